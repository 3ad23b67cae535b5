/** The chat as a custom element. It talks to the server that this file comes from. */

import { createApi } from "./api.js";
import { Conversation, openStore } from "./conversation.js";
import { button, el, icon } from "./dom.js";
import { createPanel } from "./panel.js";
import { languageAround, TEXTS } from "./texts.js";

const TAG = "helse-assistent";
// The attribute that follows whether the panel is open.
const OPEN = "open";
const SERVER = new URL("../", import.meta.url);
// As in styles.css.
const SMALL = "(max-width: 30em), (max-height: 30em)";
const STYLES = new URL("styles.css", import.meta.url);

/**
 * A button in the corner of the page that opens a panel; with `placement="inline"`, a
 * panel that fills its container.
 *
 * Attributes: `open` follows whether the panel is open. `theme` is `light`, `dark` or
 * `auto`. `lang` is `nb`, `nn` or `en`; without it, the nearest `lang` around counts. What
 * the person chooses in the menu goes first on pages in the language it was chosen on.
 *
 * Event `helse-source`: somebody wants to see a source. Its detail holds `quote`, `start`,
 * `end`, and the `url` that opens in a new tab unless a listener calls `preventDefault`.
 */
class HelseAssistent extends HTMLElement {
  static observedAttributes = [OPEN];

  #store = openStore(SERVER.origin);
  #conversation = new Conversation(createApi(SERVER), this.#store);
  #viewport = new CSSStyleSheet();
  #root = el("div", { class: "root", hidden: true });
  #language;
  #launcher;
  #panel;
  #presence;
  #rendering = new AbortController();

  /** Opens the panel and goes to its text field. */
  open() {
    this.toggleAttribute(OPEN, true);
    this.#panel?.focus();
  }

  /** Closes the panel, unless it is inline. */
  close() {
    const hasFocus = this.shadowRoot?.activeElement;
    this.toggleAttribute(OPEN, false);
    if (hasFocus && !this.#isInline) this.#launcher.focus();
  }

  connectedCallback() {
    if (!this.shadowRoot) this.#build();
    this.#presence = new AbortController();
    const { signal } = this.#presence;
    const observer = new MutationObserver(() => this.#followLanguage());
    observer.observe(document, { subtree: true, attributeFilter: ["lang"] });
    signal.addEventListener("abort", () => observer.disconnect());
    document.addEventListener("focusin", (event) => this.#keepFocus(event), { signal });
    window.addEventListener("focus", () => this.#conversation.refresh(), { signal });
    for (const event of ["resize", "scroll"]) {
      visualViewport.addEventListener(event, () => this.#avoidKeyboard(), { signal });
    }
    this.#followLanguage();
  }

  disconnectedCallback() {
    this.#presence.abort();
  }

  attributeChangedCallback() {
    if (!this.#panel) return;
    this.#store.set({ open: this.hasAttribute(OPEN) });
    this.#show();
  }

  get #isInline() {
    return this.getAttribute("placement") === "inline";
  }

  get #isOpen() {
    return this.#isInline || this.hasAttribute(OPEN);
  }

  #build() {
    this.attachShadow({ mode: "open" }).append(this.#root);
    this.addEventListener("keydown", (event) => this.#goBackBy(event));
    const { open, size = "normal" } = this.#store.get();
    // Filling the window, it would hide the page that somebody goes to.
    const isSmall = matchMedia(SMALL).matches;
    if (open !== undefined) this.toggleAttribute(OPEN, open && !isSmall);
    this.#root.dataset.size = size;
    loadStyles().then((styles) => {
      this.shadowRoot.adoptedStyleSheets = [styles, this.#viewport];
      this.#root.hidden = false;
      this.#panel.showEnd();
    });
  }

  /** Shows the language that counts now, if it does not already. */
  #followLanguage() {
    const page = languageAround(this);
    const { language: chosen } = this.#store.get();
    const language = chosen?.page === page ? chosen.code : page;
    if (language === this.#language) return;
    this.#language = language;
    this.#render();
  }

  #render() {
    const texts = TEXTS[this.#language];
    this.#rendering.abort();
    this.#rendering = new AbortController();
    this.#panel = createPanel({
      texts,
      language: this.#language,
      store: this.#store,
      conversation: this.#conversation,
      isInline: this.#isInline,
      signal: this.#rendering.signal,
      addressOf: ({ start, end }) => new URL(`#tekst=${start}-${end}`, SERVER).href,
      onLanguage: (code) => this.#chooseLanguage(code),
      onSize: (size) => this.#chooseSize(size),
      onClose: () => this.close(),
    });
    const toggle = () => (this.#isOpen ? this.close() : this.open());
    const attributes = { class: "launcher", "aria-haspopup": "dialog", "aria-controls": "panel" };
    this.#launcher = button(texts.title, toggle, attributes, icon("chat"));
    this.#launcher.hidden = this.#isInline;
    this.#root.lang = this.#language;
    this.#root.replaceChildren(this.#launcher, this.#panel.element);
    this.#show();
  }

  #chooseLanguage(code) {
    this.#store.set({ language: { code, page: languageAround(this) } });
    this.#followLanguage();
    this.#panel.showLanguages();
  }

  #chooseSize(size) {
    this.#store.set({ size });
    this.#root.dataset.size = size;
    this.#panel.showEnd();
  }

  #show() {
    this.#launcher.setAttribute("aria-expanded", this.#isOpen);
    this.#panel.element.hidden = !this.#isOpen;
    if (this.#isOpen) this.#conversation.load();
    this.#panel.showEnd();
  }

  /** Tells the styles what a phone's keyboard leaves free. */
  #avoidKeyboard() {
    const { height, offsetTop, scale } = visualViewport;
    const free = `--free-top: ${offsetTop}px; --free-height: ${height}px`;
    // Whoever zooms in with two fingers chooses what to see.
    this.#viewport.replaceSync(scale < 1.01 ? `:host { ${free} }` : "");
  }

  /** Lets the focus go nowhere behind a panel that covers the window. */
  #keepFocus({ target }) {
    const isCovered = !this.#isInline && this.#isOpen && matchMedia(SMALL).matches;
    if (isCovered && target !== this) this.#panel.focus();
  }

  #goBackBy({ key, isComposing }) {
    if (key === "Escape" && !isComposing && !this.#panel.goBack()) this.close();
  }
}

async function loadStyles() {
  const sheet = new CSSStyleSheet();
  const response = await fetch(STYLES);
  sheet.replaceSync(await response.text());
  return sheet;
}

if (!customElements.get(TAG)) {
  customElements.define(TAG, HelseAssistent);
}
