/** The conversation: what was said, and what is still to be sent. */

import { ApiError } from "./api.js";

const SLOW_AFTER = 8_000;
// For so long a message is sent again while the server is away: restarts take some seconds.
const PATIENCE = 20_000;
const FIRST_PAUSE = 1_000;

/**
 * Holds `about` and `turns` as the API returned them, whether the server `hasEarlier` ones,
 * and messages that the server does not have yet: `id`, `text`, perhaps a `button`, why it
 * was not sent (`fault`), and whether it `mustWait` before it is sent again. Fires "change"
 * when something has changed.
 */
export class Conversation extends EventTarget {
  about = null;
  turns = [];
  hasEarlier = false;
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
  #opening = null;
  #patience = new AbortController();

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

  /** Fetches what was said before the first of the turns. */
  async readEarlier() {
    const [{ id }] = this.turns;
    const page = await this.#api.read(this.#store.get().token, id);
    // Unless others have taken their place meanwhile.
    if (this.turns[0]?.id !== id) return;
    this.turns = [...page.turns, ...this.turns];
    this.hasEarlier = page.earlier;
    this.#changed();
  }

  /**
   * Returns all `turns` that the server keeps, and the conversation's `id`. When it cannot be
   * asked, those that are here do, if they are all.
   */
  async copy() {
    const { token } = this.#store.get();
    // The rest of the token is a secret.
    const id = token?.split(".")[0];
    try {
      let page = token ? await this.#api.read(token) : { turns: [] };
      let { turns } = page;
      while (page.earlier) {
        page = await this.#api.read(token, turns[0].id);
        turns = [...page.turns, ...turns];
      }
      return { id, turns };
    } catch (fault) {
      if (!this.#isRead || this.hasEarlier) throw fault;
      return { id, turns: this.turns };
    }
  }

  /** Returns the token of the conversation, which is begun where there is none. */
  key() {
    const { token } = this.#store.get();
    if (token) return token;
    this.#opening ??= this.#api
      .open()
      .then((opened) => {
        this.#store.set({ token: opened });
        return opened;
      })
      .finally(() => (this.#opening = null));
    return this.#opening;
  }

  /** Says something, or presses the button that offered it. */
  say(text, button) {
    const message = { id: newId(), text, button };
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
    this.turns = [...this.turns]; // What is being read may be older.
  }

  /** Deletes all that was said, on the server and here. */
  async remove() {
    this.#patience.abort();
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
    this.#patience.abort(); // Lest it be said in the next.
    this.#forget(false);
    this.#store.set({ note: undefined });
    this.unsent = [];
    this.#keepUnsent();
  }

  async #deliver(message) {
    const slowness = setTimeout(() => {
      this.isSlow = true;
      this.#changed();
    }, SLOW_AFTER);
    this.sending = message;
    this.#patience = new AbortController();
    message.fault = null;
    this.#keepUnsent();
    try {
      const turn = await this.#insist(message, this.#patience.signal);
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

  /** Sends a message, again and again while the server is away, and returns its turn. */
  async #insist(message, signal) {
    const end = Date.now() + PATIENCE;
    for (let pause = FIRST_PAUSE; ; pause *= 2) {
      try {
        await this.#prepare();
        return await this.#post(message);
      } catch (fault) {
        const wait = Math.max(pause, (fault.retryAfter ?? 0) * 1000);
        const isInVain = fault.code !== "away" || Date.now() + wait > end;
        if (!isInVain) await sleep(wait, signal);
        if (isInVain || signal.aborted) throw fault;
      }
    }
  }

  #fail(message, fault) {
    message.fault = fault;
    message.mustWait = fault.code === "rate_limited";
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
      const latest = token ? await this.#api.read(token) : { turns: [] };
      // What was said meanwhile is newer.
      if (shown === this.turns) this.#show(latest);
    } catch (fault) {
      if (!fault.isExpiry) throw fault;
      this.#forget(true);
    }
    this.#isRead = true;
    const ids = this.turns.map(({ id }) => id);
    this.unsent = this.unsent.filter(({ id }) => !ids.includes(id));
  }

  /** Takes the latest turns; what is here from before them stays. */
  #show({ turns, earlier }) {
    const start = this.turns.findIndex(({ id }) => id === turns[0]?.id);
    const before = this.turns.slice(0, Math.max(start, 0));
    if (!before.length) this.hasEarlier = earlier;
    // Whoever holds a turn learns of the feedback that another tab gave.
    const known = new Map(this.turns.map((turn) => [turn.id, turn]));
    const latest = turns.map((turn) => Object.assign(known.get(turn.id) ?? {}, turn));
    this.turns = [...before, ...latest];
  }

  /** Sends a message, if need be in a new conversation, and returns its turn. */
  async #post(message, isAgain = false) {
    const token = await this.key();
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
    this.hasEarlier = false;
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

/** Returns 128 random bits; crypto.randomUUID would need HTTPS. */
export function newId() {
  return crypto.getRandomValues(new Uint32Array(4)).join("-");
}

/** Waits, unless it is broken off. */
function sleep(milliseconds, signal) {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", resolve);
    setTimeout(resolve, milliseconds);
  });
}
