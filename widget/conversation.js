/** The conversation, and what the browser remembers of it. */

import { ApiError } from "./api.js";

const SLOW_AFTER = 8_000;

/**
 * Holds `about` and `turns` as the API returned them, and messages that the server does not
 * have yet: `id`, `text`, perhaps a `button`, why it was not sent (`fault`), and whether it
 * `mustWait` before it is sent again. Fires "change" when something has changed.
 */
export class Conversation extends EventTarget {
  about = null;
  turns = [];
  unsent = [];
  sending = null;
  isSlow = false;
  isLoading = false;
  /** Why it was not loaded. */
  fault = null;
  /** Whether one before it ran out. */
  isSuccessor = false;

  #api;
  #store;
  #isRead = false;
  #delivery;

  constructor(api, store) {
    super();
    this.#api = api;
    this.#store = store;
    const fault = new ApiError("unsent");
    for (const message of store.get().unsent ?? []) this.unsent.push({ ...message, fault });
  }

  get isEmpty() {
    return !this.turns.length && !this.unsent.length;
  }

  /** Fetches what the server tells about itself, and what was said before. */
  async load() {
    this.isLoading = true;
    this.fault = null;
    this.#changed();
    await this.#prepare().catch((fault) => (this.fault = fault));
    this.isLoading = false;
    this.#changed();
  }

  /** Fetches what another tab may have said. */
  async refresh() {
    if (!this.#isRead || this.sending) return;
    await this.#read().catch(() => {}); // What is shown stays.
    this.#changed();
  }

  /** Says something, or presses the button that offered it. */
  say(text, button) {
    // 128 random bits; crypto.randomUUID would need HTTPS.
    const id = crypto.getRandomValues(new Uint32Array(4)).join("-");
    const message = { id, text, button };
    this.unsent.push(message);
    this.send(message);
  }

  /** Sends a message, perhaps again: with the same id, it is not said twice. */
  send(message) {
    if (!this.sending) this.#delivery = this.#deliver(message);
  }

  /** Drops a message that was not sent. */
  discard(message) {
    this.unsent = this.unsent.filter((other) => other !== message);
    this.#keepUnsent();
  }

  /** Says whether a reply helped. */
  async rate(turn, feedback) {
    await this.#api.rate(this.#store.get().token, turn.id, feedback);
    turn.feedback = feedback;
  }

  /** Deletes all that was said, on the server and here. */
  async remove() {
    await this.#delivery; // Lest it be said after the deletion.
    const { token } = this.#store.get();
    try {
      if (token) await this.#api.remove(token);
    } catch (fault) {
      if (!fault.isExpiry) throw fault;
    }
    this.leave();
  }

  /** Begins anew; the server keeps what was said until its time is out. */
  leave() {
    this.#forget(false);
    this.unsent = [];
    this.#keepUnsent();
  }

  async #deliver(message) {
    const slowness = setTimeout(() => {
      this.isSlow = true;
      this.#changed();
    }, SLOW_AFTER);
    this.sending = message;
    message.fault = null;
    this.#keepUnsent();
    try {
      await this.#prepare();
      const turn = await this.#post(message);
      // Unless the conversation was left meanwhile.
      if (this.unsent.includes(message)) this.turns = [...this.turns, turn];
      this.unsent = this.unsent.filter((other) => other !== message);
    } catch (fault) {
      this.#fail(message, fault);
    }
    clearTimeout(slowness);
    this.sending = null;
    this.isSlow = false;
    this.#keepUnsent();
  }

  #fail(message, fault) {
    message.fault = fault;
    message.mustWait = fault.retryAfter > 0;
    if (!message.mustWait) return;
    setTimeout(() => {
      message.mustWait = false;
      this.#changed();
    }, fault.retryAfter * 1000);
  }

  async #prepare() {
    this.about ??= await this.#api.about();
    if (!this.#isRead) await this.#read();
    this.fault = null;
  }

  async #read() {
    const shown = this.turns;
    const { token } = this.#store.get();
    try {
      const turns = token ? await this.#api.read(token) : [];
      // What was said meanwhile is newer.
      if (shown === this.turns) this.turns = turns;
    } catch (fault) {
      if (!fault.isExpiry) throw fault;
      this.#forget(true);
    }
    this.#isRead = true;
    const ids = this.turns.map(({ id }) => id);
    this.unsent = this.unsent.filter(({ id }) => !ids.includes(id));
  }

  /** Sends a message, if need be in a new conversation, and returns its turn. */
  async #post(message, isAgain = false) {
    let { token } = this.#store.get();
    if (!token) {
      token = await this.#api.open();
      this.#store.set({ token });
    }
    try {
      return await this.#api.send(token, message);
    } catch (fault) {
      const { id, text, button } = message;
      // A new conversation has offered no buttons, but knows their words.
      if (button && fault.code === "unknown_button") return this.#post({ id, text }, isAgain);
      if (isAgain || !fault.isExpiry) throw fault;
      this.#forget(true);
      return this.#post(message, true);
    }
  }

  #forget(isSuccessor) {
    this.turns = [];
    this.isSuccessor = isSuccessor;
    this.#store.set({ token: undefined });
  }

  #keepUnsent() {
    const unsent = this.unsent.map(({ id, text, button }) => ({ id, text, button }));
    this.#store.set({ unsent });
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

/**
 * Opens what the browser remembers about a server: `token`, `unsent`, `draft`, `language`,
 * `size` and `open`. Where storage is blocked, it lasts as long as the page.
 */
export function openStore(origin) {
  const key = `helse-assistent:${origin}`;
  let memory = {};
  let isBlocked = false;

  function get() {
    try {
      if (!isBlocked) memory = JSON.parse(localStorage.getItem(key)) ?? {};
    } catch {
      isBlocked = true;
    }
    return memory;
  }

  function set(changes) {
    memory = { ...get(), ...changes };
    try {
      localStorage.setItem(key, JSON.stringify(memory));
    } catch {
      isBlocked = true;
    }
  }

  return { get, set };
}
