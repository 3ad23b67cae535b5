/** The chat behind the button: the panel, and what it needs of the page around. */

import { createApi } from "./api.js";
import { Conversation } from "./conversation.js";
import { Desk } from "./desk.js";
import { el } from "./dom.js";
import { createPanel } from "./panel.js";
import PLACEMENT from "./placement.css";
import STYLES from "./styles.css";
import { TEXTS } from "./texts.js";

// As in styles.css.
const SMALL = "(max-width: 30em), (max-height: 30em)";
// What a site says in place of the chat's own words: attributes, for all languages, or for one
// as in `welcome-nn`. The loader reads the first too.
const WORDS = ["heading", "welcome", "consent", "starters", "contact", "hours", "question"];
const LANGUAGES = Object.keys(TEXTS);
const ATTRIBUTES = [WORDS, ...LANGUAGES.map((code) => WORDS.map((word) => `${word}-${code}`))];

/**
 * Makes it for the element and the button of loader.js, which says what to `render` and
 * whether to `show`, and `connect`s it to the page for as long as a signal lasts.
 */
export function createChat({ host, button, server, store }) {
  const api = createApi(server);
  const conversation = new Conversation(api, store);
  const desk = new Desk(api, store, conversation);
  const viewport = new CSSStyleSheet();
  const styles = new CSSStyleSheet();
  const shadow = button.getRootNode();
  const root = button.parentNode;
  let rendering = new AbortController();
  let language;
  let question;
  let panel;
  let opener;
  let isShown = false;
  let isBegun = false;
  // Messages of the staff that came while the panel was closed.
  let unread = 0;
  const told = el("p", { class: "spoken", role: "status" });
  styles.replaceSync(STYLES + PLACEMENT);
  shadow.adoptedStyleSheets.push(styles, viewport);
  root.dataset.size = store.get().size ?? "normal";
  button.setAttribute("aria-controls", "panel");
  host.addEventListener("keydown", goBackBy);
  root.append(told);
  watch(conversation, fire);
  desk.addEventListener("news", hear);
  // Somebody may answer before the panel is opened.
  if (store.get().case) conversation.load();

  function render(code) {
    const before = panel?.element;
    rendering.abort();
    rendering = new AbortController();
    const { signal } = rendering;
    const words = wordsOf(host, code);
    language = code;
    question = words.question;
    panel = createPanel({
      texts: { ...TEXTS[code], ...words },
      language,
      store,
      conversation,
      desk,
      isInline: isInline(),
      signal,
      addressOf: ({ start, end }) => new URL(`#tekst=${start}-${end}`, server).href,
      pageAt: (path) => new URL(`${path}?lang=${code}`, server).href,
      onLanguage: chooseLanguage,
      onSize: chooseSize,
      onClose: () => host.close(),
    });
    panel.element.hidden = !isShown;
    before?.remove();
    root.append(panel.element);
    panel.showEnd();
    showUnread();
  }

  /** Tells of what the staff have said, and nothing of what that is. */
  function hear({ detail: lines }) {
    const said = lines.filter(({ author }) => author === "staff");
    for (const _ of said) fire("message", { kind: "staff", language: desk.case?.language ?? language });
    if (isShown) return;
    unread += said.length;
    showUnread();
  }

  function showUnread() {
    const text = unread ? TEXTS[language].person.unread(unread) : "";
    const spoken = el("span", { class: "spoken" }, text);
    button.querySelector(".badge")?.remove();
    if (unread) button.append(el("span", { class: "badge" }, el("b", { "aria-hidden": true }, unread), spoken));
    told.textContent = text;
  }

  function show(isToBeShown) {
    if (isToBeShown === isShown) return;
    isShown = isToBeShown;
    const hasFocus = shadow.activeElement;
    if (isShown) opener = document.activeElement;
    panel.element.hidden = !isShown;
    panel.showEnd();
    unread = 0;
    showUnread();
    if (isShown) conversation.load().then(begin);
    else if (hasFocus) (button.hidden ? opener : button).focus();
    fire(isShown ? "open" : "close");
  }

  /** Asks the site's own first question, unless something has been said. */
  function begin() {
    const isAsked = question && !isBegun && !conversation.fault && conversation.isEmpty;
    isBegun = true;
    if (isAsked) conversation.say(question);
  }

  /** Asks as soon as no other message is on its way. */
  function ask(text) {
    const words = String(text).trim();
    const say = () => {
      if (conversation.sending) return;
      conversation.removeEventListener("change", say);
      conversation.say(words);
    };
    if (!words) return;
    conversation.addEventListener("change", say);
    say();
  }

  function connect(signal) {
    const observer = new MutationObserver(() => render(language));
    observer.observe(host, { attributeFilter: ATTRIBUTES.flat() });
    signal.addEventListener("abort", () => observer.disconnect());
    document.addEventListener("focusin", keepFocus, { signal });
    window.addEventListener("focus", refresh, { signal });
    // Another tab may have asked for a person.
    window.addEventListener("storage", () => store.get().case && !desk.isLive && refresh(), {
      signal,
    });
    window.addEventListener("online", () => desk.reconnect(), { signal });
    for (const event of ["resize", "scroll"]) {
      visualViewport.addEventListener(event, avoidKeyboard, { signal });
    }
  }

  function refresh() {
    conversation.refresh();
    desk.refresh();
  }

  function isInline() {
    return host.getAttribute("placement") === "inline";
  }

  function chooseLanguage(code) {
    // It holds on pages in the language that this one is in.
    store.set({ language: { code, page: host.pageLanguage } });
    host.followLanguage();
    panel.showLanguages();
  }

  function chooseSize(size) {
    store.set({ size });
    root.dataset.size = size;
    panel.showEnd();
  }

  /** Tells the styles what a phone's keyboard leaves free. */
  function avoidKeyboard() {
    const { height, offsetTop, scale } = visualViewport;
    const free = `--free-top: ${offsetTop}px; --free-height: ${height}px`;
    // Whoever zooms in with two fingers chooses what to see.
    viewport.replaceSync(scale < 1.01 ? `:host { ${free} }` : "");
  }

  /** Lets the focus go nowhere behind a panel that covers the window. */
  function keepFocus({ target }) {
    const isCovered = !isInline() && isShown && matchMedia(SMALL).matches;
    if (isCovered && target !== host) panel.focus();
  }

  function goBackBy({ key, isComposing }) {
    if (key === "Escape" && !isComposing && isShown && !panel.goBack()) host.close();
  }

  function fire(name, detail) {
    const options = { bubbles: true, composed: true, detail };
    host.dispatchEvent(new CustomEvent(`helse-${name}`, options));
  }

  return { render, show, ask, connect, focus: () => panel.focus() };
}

/** Returns what the site says in a language. */
function wordsOf(host, code) {
  const words = {};
  for (const name of WORDS) {
    const said = host.getAttribute(`${name}-${code}`) ?? host.getAttribute(name);
    if (said) words[name === "heading" ? "title" : name] = said;
  }
  const { starters } = words;
  if (starters) words.starters = starters.split("|").map((each) => each.trim());
  return words;
}

/**
 * Fires "message" for each reply and "error" for each fault. What was said stays here: the
 * page around, and whatever counts visits on it, need not know.
 */
function watch(conversation, fire) {
  const sent = new Set();
  const told = new WeakSet();

  conversation.addEventListener("change", () => {
    const { sending, turns, unsent, fault } = conversation;
    if (sending) sent.add(sending.id);
    for (const { id, reply } of turns) {
      if (sent.delete(id)) fire("message", { kind: reply.kind, language: reply.language });
    }
    for (const each of [fault, ...unsent.map((message) => message.fault)]) {
      if (!each || told.has(each) || each.code === "unsent") continue;
      told.add(each);
      fire("error", { code: each.code });
    }
  });
}
