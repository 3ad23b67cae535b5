/** What was said, between the welcome and the questions that may come next. */

import { button, el } from "./dom.js";
import { createMessage } from "./message.js";
import { explain } from "./texts.js";

// Milliseconds until screen readers have learnt of what was added.
const QUIET_FOR = 300;
// Pixels
const NEAR_END = 100;
const MARGIN = 12;
const NONE = [];

/** Makes it. */
export function createLog(context) {
  const { texts, language, conversation, announce, focus } = context;
  const name = { "aria-label": texts.conversation };
  const announcement = el("span", { lang: "nb" }, `«${texts.announcement}»`);
  const kept = el("p");
  const problem = el("div", { role: "alert" });
  const earlier = button(texts.showEarlier, showEarlier, { hidden: true });
  const log = el("div", { role: "log", "aria-live": "polite", ...name });
  const group = { class: "suggestions", role: "group", "aria-label": texts.suggestions };
  const suggestions = el("div", group);
  const successor = el("p", { class: "hint", role: "status" });
  const element = el(
    "div",
    { class: "scroller", role: "group", tabindex: 0, ...name },
    el("p", {}, ...welcome(texts, announcement)),
    kept,
    el("p", {}, el("strong", {}, texts.personal)),
    problem,
    successor,
    earlier,
    log,
    suggestions,
  );
  const starters = texts.starters.map((title) => ({ title }));
  let messages = new Map();
  let oldest;
  let typing = null;
  let shownFault = null;
  let shownButtons = null;

  function update() {
    const wasAtEnd = isAtEnd();
    const first = oldest;
    const top = first?.getBoundingClientRect().top;
    const { about, fault } = conversation;
    kept.textContent = about ? texts.kept(texts.days(about.kept_days)) : "";
    if (fault !== shownFault) problem.replaceChildren(...(fault ? describe(fault) : NONE));
    shownFault = fault;
    const { isRestored, isAsked, reply } = collect();
    if (isRestored) keepQuiet();
    arrange(isRestored);
    suggest();
    oldest = messages.get(conversation.turns[0]?.id)?.element;
    const isEarlier = oldest !== first && log.contains(first ?? null);
    if (isEarlier && earlier.matches(":focus")) goTo(first.previousSibling);
    earlier.hidden = !conversation.hasEarlier;
    if (isEarlier) {
      // What was read stays where it is.
      box().scrollTop += first.getBoundingClientRect().top - top;
      return;
    }
    const hasFailed = conversation.unsent.some((message) => message.fault);
    if (isRestored || isAsked || (wasAtEnd && (reply || hasFailed))) showEnd();
  }

  function describe(fault) {
    const retry = () => {
      focus();
      conversation.load();
    };
    return [el("p", { class: "fault" }, explain(texts, fault)), button(texts.retry, retry)];
  }

  async function showEarlier() {
    earlier.setAttribute("aria-disabled", true);
    try {
      await conversation.readEarlier();
      announce(texts.earlierShown);
    } catch (fault) {
      announce(`${texts.earlierNotShown} ${explain(texts, fault)}`);
    }
    earlier.removeAttribute("aria-disabled");
  }

  /** Lets reading go on at a message: the button is far above by now, or gone. */
  function goTo(message) {
    message.tabIndex = -1;
    message.focus({ preventScroll: true });
  }

  /** Brings the messages up to date, and returns what is new. */
  function collect() {
    const known = messages;
    const news = {};
    messages = new Map();
    for (const said of [...conversation.turns, ...conversation.unsent]) {
      const message = known.get(said.id) ?? createMessage(said.text, context);
      const { reply } = message;
      message.update(said);
      messages.set(said.id, message);
      if (known.has(said.id)) news.reply ??= reply ? null : message.reply;
      else if (said.reply || said.fault) news.isRestored = true;
      else news.isAsked = true;
    }
    return news;
  }

  /** Adds what is new. What would move would be read again, so only the restored does. */
  function arrange(isRestored) {
    const { sending, isSlow, isSuccessor } = conversation;
    typing = sending && (typing ?? createTyping());
    if (isSlow) typing.lastChild.textContent = texts.slow;
    const nodes = Array.from(messages.values(), ({ element }) => element);
    if (typing) nodes.push(typing);
    for (const node of [...log.children]) if (!nodes.includes(node)) node.remove();
    let next = null;
    for (const node of nodes.reverse()) {
      const isMisplaced = isRestored && node.nextSibling !== next;
      if (isMisplaced || !node.parentNode) log.insertBefore(node, next);
      next = node;
    }
    successor.textContent = isSuccessor ? `${texts.successor} ${texts.left}` : "";
  }

  function createTyping() {
    const dots = el("span", { class: "dots", "aria-hidden": "true" }, "•••");
    const told = el("span", { class: "spoken" }, texts.typing);
    return el("div", { class: "typing" }, dots, told, el("p"));
  }

  /** Offers questions to begin with, or those of the newest reply. */
  function suggest() {
    const { turns, unsent, isEmpty, isLoading } = conversation;
    const newest = turns.at(-1)?.reply;
    let buttons = NONE;
    if (isEmpty && !isLoading) buttons = starters;
    else if (newest && !unsent.length) ({ buttons } = newest);
    if (buttons === shownButtons) return;
    shownButtons = buttons;
    suggestions.lang = newest?.language ?? language;
    suggestions.replaceChildren(
      ...buttons.map(({ title, payload }) => button(title, () => say(title, payload))),
    );
  }

  function say(title, payload) {
    conversation.say(title, payload);
    // On a phone, the text field would bring its keyboard with it.
    if (matchMedia("(pointer: coarse)").matches) element.focus();
    else focus();
  }

  function keepQuiet() {
    log.setAttribute("aria-live", "off");
    setTimeout(() => log.setAttribute("aria-live", "polite"), QUIET_FOR);
  }

  /** Returns what scrolls: in a low window, the whole panel does. */
  function box() {
    return element.scrollHeight > element.clientHeight ? element : element.parentElement;
  }

  function isAtEnd() {
    const { scrollHeight = 0, clientHeight, scrollTop } = box() ?? {};
    return scrollHeight - clientHeight - scrollTop < NEAR_END;
  }

  /** Shows the end; of a long reply, the beginning. */
  function showEnd() {
    const newest = [...messages.values()].at(-1);
    if (newest) reveal(newest.reply ?? suggestions);
  }

  /** Scrolls to the end, but not past the top of a node. */
  function reveal(node) {
    const scrolled = box();
    if (!scrolled) return;
    const above = node.getBoundingClientRect().top - scrolled.getBoundingClientRect().top;
    const end = scrolled.scrollHeight - scrolled.clientHeight;
    scrolled.scrollTop = Math.min(end, scrolled.scrollTop + above - MARGIN);
  }

  return { element, update, showEnd };
}

/** Returns the words of the welcome; a site's own stand alone. */
function welcome({ welcome }, announcement) {
  return Array.isArray(welcome) ? [welcome[0], announcement, welcome[1]] : [welcome];
}
