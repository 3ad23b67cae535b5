/**
 * What the content decides of what the chat says, by language: the title of the
 * `announcement`, the chat's own `title`, and the questions that it offers first, its
 * `starters`. The server writes it here when it serves the chat (bot/channels/widget.py).
 */
export const CONTENT = "HELSE_CONTENT";
