/** The staff's desk: whether somebody is there, and the case in which they are asked for. */

import { newId } from "./conversation.js";
import { follow } from "./news.js";

const TYPE_EVERY = 3_000;

/**
 * Holds `reach`, the `case` that is not closed and all `lines` of the conversation, as the API
 * returned them. Fires "change" when something has changed, and then "news" with the lines
 * that are new, unless they were there when the page was opened.
 */
export class Desk extends EventTarget {
  reach = null;
  case = null;
  lines = [];

  #api;
  #store;
  #conversation;
  #token;
  // Whether all lines from before are here.
  #isRead = false;
  #isReading = false;
  // The line after which nothing is known; those of one's own calls come out of turn.
  #latest = 0;
  #following = null;
  #typedAt = 0;

  constructor(api, store, conversation) {
    super();
    this.#api = api;
    this.#store = store;
    this.#conversation = conversation;
    this.#token = store.get().token;
    conversation.addEventListener("change", () => {
      this.#belong();
      if (!this.#isRead && !this.#isReading) this.refresh();
    });
  }

  /** Whether it is known how things stood when the page was opened. */
  get isKnown() {
    return this.#isRead;
  }

  /** Whether the deployment has one. */
  get isThere() {
    return this.#conversation.about?.cases === true;
  }

  get isWaiting() {
    return this.case?.state === "waiting";
  }

  /** Whether a person answers, and the robot keeps silent. */
  get isAnswered() {
    return this.case?.state === "answered";
  }

  /** Whether a person is waited for, or answers. */
  get isLive() {
    return this.isWaiting || this.isAnswered;
  }

  /** Fetches how the case stands, unless news of it come by themselves. */
  async refresh() {
    this.#belong();
    if (!this.isThere || !this.#token || this.#following) return;
    await this.#read().catch(() => {}); // What is shown stays.
  }

  /** Listens anew: what came to this browser before may have ended without a word. */
  reconnect() {
    if (!this.#following) return;
    this.#unfollow();
    this.#follow();
  }

  /** Fetches whether somebody is there. */
  look() {
    return this.#call((token) => this.#api.readCase(token, this.#latest));
  }

  /** Asks for a person. With the same id, nothing is asked for twice. */
  open(id, reason, language) {
    const wish = { id, reason, share: true, language };
    return this.#call((token) => this.#api.openCase(token, wish));
  }

  /** Leaves a message: `text`, `reach`, `reason` and `language`. */
  async leave(id, message) {
    const body = { id, ...message, share: true };
    await this.#call((token) => this.#api.leaveMessage(token, body));
    await this.refresh(); // It may have come before, and only the reply been lost.
  }

  /** Leaves the queue, or ends what a person answers; "robot" or "nobody" goes on. */
  end(to) {
    const body = { id: newId(), to };
    return this.#call((token) => this.#api.endCase(token, body));
  }

  /** Lets the person who answers know that something is being written. */
  type() {
    if (!this.isAnswered || Date.now() - this.#typedAt < TYPE_EVERY) return;
    this.#typedAt = Date.now();
    this.#api.typeInCase(this.#token).catch(() => {}); // Nothing is lost by it.
  }

  /** Returns all lines that the server keeps, or when it cannot be asked, those here. */
  async copy() {
    const { token } = this.#store.get();
    if (!this.isThere || !token) return this.lines;
    try {
      return (await this.#api.readCase(token, 0)).lines;
    } catch (fault) {
      if (!this.#isRead) throw fault;
      return this.lines;
    }
  }

  /** Calls the server, if need be in a new conversation, and takes what it tells. */
  async #call(work) {
    let token = await this.#conversation.key();
    let view;
    try {
      view = await work(token);
    } catch (fault) {
      if (!fault.isExpiry) throw fault;
      await this.#conversation.refresh();
      if (token === this.#store.get().token) throw fault;
      token = await this.#conversation.key();
      view = await work(token);
    }
    this.#belong();
    if (token !== this.#token) return;
    // News may have told more by now. When they begin anew, they tell how things stand.
    this.#unfollow();
    this.#take(view, this.#isRead);
  }

  /** Reads what is new; or all, and forgets what is here. */
  async #read(isWhole = false) {
    const token = this.#token;
    this.#isReading = true;
    try {
      const view = await this.#api.readCase(token, isWhole ? 0 : this.#latest);
      if (token !== this.#token) return;
      const isNews = this.#isRead && !isWhole;
      if (isWhole) this.lines = [];
      this.#isRead = true;
      this.#latest = view.latest;
      this.#take(view, isNews);
    } catch (fault) {
      if (fault.isExpiry && token === this.#token) this.#conversation.refresh();
      throw fault;
    } finally {
      this.#isReading = false;
    }
  }

  #take({ reach, case: now, lines }, isNews) {
    const before = this.case;
    const known = new Set(this.lines.map(({ id }) => id));
    const news = lines.filter(({ id }) => !known.has(id));
    this.lines = [...this.lines, ...news].sort((one, other) => one.id - other.id);
    this.reach = reach;
    this.case = now;
    const { isLive } = this;
    if (Boolean(this.#store.get().case) !== isLive) this.#store.set({ case: isLive || undefined });
    if (!isLive) this.#unfollow();
    else if (!this.#following) this.#follow();
    this.#changed();
    if (isNews && news.length) this.dispatchEvent(new CustomEvent("news", { detail: news }));
    // Closed; or deleted with the conversation, and then its lines are gone too.
    if (before && !now) this.#comeAway();
  }

  async #comeAway() {
    await this.#read(true).catch(() => {});
    await this.#conversation.refresh();
  }

  #follow() {
    const token = this.#token;
    this.#following = new AbortController();
    const { signal } = this.#following;
    const source = {
      open: (own) => this.#api.streamCase(token, this.#latest, own),
      ask: () => this.#api.readCase(token, this.#latest),
      take: (view) => {
        const isNews = this.#isRead;
        this.#isRead = true;
        this.#latest = view.latest;
        this.#take(view, isNews);
      },
    };
    follow(source, signal).catch(() => {
      if (signal.aborted) return;
      this.#forget();
      this.#conversation.refresh();
    });
  }

  #unfollow() {
    this.#following?.abort();
    this.#following = null;
  }

  /** Begins anew where the conversation is another one by now. */
  #belong() {
    const { token } = this.#store.get();
    if (token === this.#token) return;
    const isNew = !this.#token;
    this.#token = token;
    this.#forget();
    this.#isRead = isNew;
  }

  #forget() {
    this.#unfollow();
    this.#isRead = false;
    this.#latest = 0;
    this.case = null;
    this.lines = [];
    if (this.#store.get().case) this.#store.set({ case: undefined });
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
