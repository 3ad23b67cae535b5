/** The chat as a custom element, and what a site steers it by: docs/embedding.md. */

export type Language = "nb" | "nn" | "en";

/** What a reply is: an answer, or why there is none. More may come. */
export type Kind =
  | "answer"
  | "not_stated"
  | "out_of_scope"
  | "smalltalk"
  | "handover"
  | "clarify"
  | "relayed";

/** Detail of `helse-message`: what came of a message, and nothing of what was said. */
export interface Message {
  /** Of a reply; or `staff`, when one of the staff has said something. */
  kind: Kind | "staff" | (string & {});
  language: Language;
}

/** Detail of `helse-source`: the words that somebody wants to see, and where they stand. */
export interface Source {
  quote: string;
  /** Characters from the beginning of the announcement. */
  start: number;
  end: number;
  /** The assistant's page with the words marked. */
  url: string;
}

/** Detail of `helse-error`: a code of docs/http-api.md, or one of those below. */
export interface Fault {
  code: "not_loaded" | "offline" | "timeout" | "unreachable" | "away" | (string & {});
}

export interface HelseAssistentElement extends HTMLElement {
  /** The language of the chat. To set it is to set the attribute `lang`. */
  get language(): Language;
  set language(code: Language);
  /** Opens the chat and goes to its text field. Resolves to whether it is shown. */
  open(): Promise<boolean>;
  /** Closes the chat, unless it is inline. */
  close(): void;
  /** Opens the chat and asks a question. Resolves to whether it can be asked. */
  ask(text: string): Promise<boolean>;
}

export interface LoadOptions {
  /** As `python -m bot.cli widget` prints it; without, the chat follows the server. */
  version?: string;
  integrity?: string;
  /** Where the site's Content-Security-Policy asks for one. */
  nonce?: string;
}

/** Loads the chat of a server, and resolves when the element is defined. */
export function load(server: string, options?: LoadOptions): Promise<void>;

export interface HelseAssistentEvents {
  "helse-ready": CustomEvent<null>;
  "helse-open": CustomEvent<null>;
  "helse-close": CustomEvent<null>;
  "helse-message": CustomEvent<Message>;
  "helse-source": CustomEvent<Source>;
  "helse-error": CustomEvent<Fault>;
}

declare global {
  interface HTMLElementTagNameMap {
    "helse-assistent": HelseAssistentElement;
  }
  // They bubble, so elements and the document hear them.
  interface HTMLElementEventMap extends HelseAssistentEvents {}
  interface DocumentEventMap extends HelseAssistentEvents {}
}
