/**
 * The chat as a custom element: its button, and what a site steers it by. The chat itself
 * comes from the same server when it is opened first. docs/embedding.md describes both.
 */

import { CONFIG } from "./config.js";
import STYLES from "./launcher.css";
import { loadChat, SERVER } from "./loading.js";
import { openStore } from "./store.js";

const TAG = "helse-assistent";
// The attribute that follows whether the panel is open.
const OPEN = "open";
// As in styles.css.
const SMALL = "(max-width: 30em), (max-height: 30em)";
const SVG = "http://www.w3.org/2000/svg";
const ICON = "M4 5h16v11h-8l-5 4v-4H4zM8 9h8M8 12h5";
const UNLOADED = {
  nb: "Samtalen kunne ikke åpnes. Prøv igjen.",
  nn: "Samtalen kunne ikkje opnast. Prøv igjen.",
  en: "The chat could not be opened. Try again.",
};
const styles = new CSSStyleSheet();
styles.replaceSync(STYLES);
// Those in the document, in the order in which they came.
const present = new Set();

/**
 * A button in the corner of the page that opens a panel; with `placement="inline"`, a
 * panel that fills its container. One is enough for a page: beside an inline one, or after
 * another that floats, one that floats shows nothing and passes on what it is told.
 */
class HelseAssistent extends HTMLElement {
  static observedAttributes = [
    ...[OPEN, "lang", "launcher", "placement"],
    ...["heading", "heading-nb", "heading-nn", "heading-en"],
  ];

  #store = openStore(new URL(SERVER).origin);
  #problem = make("p", { role: "alert" });
  #notice = make("div", { class: "notice" }, this.#problem, make("slot"));
  #launcher = make("button", { type: "button", class: "launcher", "aria-haspopup": "dialog" });
  #root = make("div", { class: "root" }, this.#notice, this.#launcher);
  #chat;
  #loading;
  #language;
  #presence;

  /** Opens the panel and goes to its text field. Resolves to whether it is shown. */
  async open() {
    const shown = this.#shown;
    shown.toggleAttribute(OPEN, true);
    const isShown = await shown.#show();
    if (isShown) shown.#chat.focus();
    return isShown;
  }

  /** Closes the panel, unless it is inline. */
  close() {
    this.#shown.removeAttribute(OPEN);
  }

  /** Opens the panel and asks a question. Resolves to whether it can be asked. */
  async ask(text) {
    const isShown = await this.open();
    if (isShown) this.#shown.#chat.ask(text);
    return isShown;
  }

  /** The language of the chat. To set it is to set `lang`. */
  get language() {
    const { language: chosen } = this.#store.get();
    const page = this.pageLanguage;
    return chosen?.page === page ? chosen.code : page;
  }

  set language(code) {
    this.lang = code;
  }

  /** The language of the page around: the nearest `lang`, or Bokmål. */
  get pageLanguage() {
    const { lang } = this.closest("[lang]") ?? document.documentElement;
    const [code] = lang.toLowerCase().split("-");
    return code in UNLOADED ? code : "nb";
  }

  connectedCallback() {
    const isNew = !this.shadowRoot;
    present.add(this);
    if (isNew) this.#build();
    this.#presence = new AbortController();
    const { signal } = this.#presence;
    const observer = new MutationObserver(() => this.followLanguage());
    observer.observe(document, { subtree: true, attributeFilter: ["lang"] });
    signal.addEventListener("abort", () => observer.disconnect());
    this.#chat?.connect(signal);
    this.followLanguage();
    HelseAssistent.#showAll();
    if (isNew) this.#fire("ready");
  }

  disconnectedCallback() {
    this.#presence.abort();
    present.delete(this);
    HelseAssistent.#showAll();
  }

  attributeChangedCallback(name) {
    if (!this.#language) return;
    if (name === OPEN) this.#store.set({ open: this.hasAttribute(OPEN) });
    else this.#render();
    HelseAssistent.#showAll();
  }

  static #showAll() {
    for (const each of present) each.#show();
  }

  get #isInline() {
    return this.getAttribute("placement") === "inline";
  }

  get #isOpen() {
    return this.#shown === this && (this.#isInline || this.hasAttribute(OPEN));
  }

  /** The one that shows: this one, or another in its place. */
  get #shown() {
    if (this.#isInline || !present.has(this)) return this;
    const all = [...present];
    return all.find((each) => each.#isInline) ?? all[0];
  }

  #build() {
    const shadow = this.attachShadow({ mode: "open" });
    shadow.append(this.#root);
    shadow.adoptedStyleSheets = [styles];
    this.#launcher.addEventListener("click", () =>
      this.#chat && this.#isOpen ? this.close() : this.open(),
    );
    // Set by a framework before this class was there.
    if (Object.hasOwn(this, "language")) {
      const { language } = this;
      delete this.language;
      this.language = language;
    }
    const { open } = this.#store.get();
    // Filling the window, it would hide the page that somebody goes to.
    if (open != null) this.toggleAttribute(OPEN, open && !matchMedia(SMALL).matches);
  }

  /** Shows the language that counts now, if it does not already. */
  followLanguage() {
    if (this.language !== this.#language) this.#render();
  }

  #render() {
    const { language } = this;
    const heading = this.getAttribute(`heading-${language}`) ?? this.getAttribute("heading");
    const [icon, path] = ["svg", "path"].map((tag) => document.createElementNS(SVG, tag));
    icon.setAttribute("viewBox", "0 0 24 24");
    icon.setAttribute("aria-hidden", true);
    path.setAttribute("d", ICON);
    icon.append(path);
    this.#language = this.#root.lang = language;
    this.#launcher.replaceChildren(icon, heading ?? CONFIG.titles[language]);
    this.#chat?.render(language);
  }

  /** Shows what the attributes say. Resolves to whether the panel is shown. */
  async #show() {
    this.#arrange();
    // In a case, the chat listens for who answers, open or not.
    const isNeeded = this.#isOpen || (this.#shown === this && this.#store.get().case);
    if (isNeeded && !this.#chat) await (this.#loading ??= this.#load());
    this.#arrange();
    const isShown = Boolean(this.#chat) && this.#isOpen;
    this.#launcher.setAttribute("aria-expanded", isShown);
    this.#chat?.show(isShown);
    return isShown;
  }

  #arrange() {
    const isSpare = this.#isInline && !this.#problem.textContent;
    this.#root.hidden = this.#shown !== this;
    this.#launcher.hidden = isSpare || this.getAttribute("launcher") === "hidden";
    this.#notice.hidden = this.#chat || (!this.#isInline && !this.#problem.textContent);
  }

  async #load() {
    this.#launcher.ariaBusy = true;
    const chat = await loadChat(this.nonce).catch(() => null);
    this.#launcher.ariaBusy = this.#loading = null;
    this.#problem.textContent = chat ? "" : UNLOADED[this.#language];
    if (chat) {
      const button = this.#launcher;
      this.#chat = chat.createChat({ host: this, button, server: SERVER, store: this.#store });
      this.#chat.connect(this.#presence.signal);
      this.#render();
    } else {
      this.close();
      this.#fire("error", { code: "not_loaded" });
    }
  }

  #fire(name, detail) {
    const options = { bubbles: true, composed: true, detail };
    this.dispatchEvent(new CustomEvent(`helse-${name}`, options));
  }
}

/** Makes an element. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const name in attributes) element.setAttribute(name, attributes[name]);
  element.append(...children);
  return element;
}

// Another version may be on the page already.
if (!customElements.get(TAG)) customElements.define(TAG, HelseAssistent);
