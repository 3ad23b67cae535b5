/**
 * What the loader has to know of the chat: its `titles` by language, its `path` below
 * `widget/` on the server, and its `integrity`. The server writes it here when it serves the
 * loader (bot/channels/widget.py).
 */
export const CONFIG = "HELSE_CONFIG";
