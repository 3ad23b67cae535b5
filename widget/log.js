/** What was said, between the welcome and the questions that may come next. */

import { linked } from "./blocks.js";
import { button, el, iconButton } from "./dom.js";
import { createLine, weave, wordsOf } from "./lines.js";
import { createMessage } from "./message.js";
import { explain } from "./texts.js";

// Milliseconds until screen readers have learnt of what was said.
const SPOKEN_FOR = 5_000;
// Pixels
const NEAR_END = 100;
const MARGIN = 12;
// How much of the window a question may take above its reply, and a press moves on.
const FOR_QUESTION = 0.3;
const FOR_PRESS = 0.8;
const NONE = [];

/** Makes it. */
export function createLog(context) {
  const { texts, language, conversation, desk, announce, focus, person, signal } = context;
  const name = { "aria-label": texts.conversation };
  const kept = el("p");
  const problem = el("div");
  const earlier = button(texts.showEarlier, showEarlier, { hidden: true });
  const log = el("div", { class: "log" });
  // Only words stand in it: what can be pressed stands in the log.
  const spoken = el("div", { class: "spoken", role: "log", ...name });
  const group = { class: "suggestions", role: "group", "aria-label": texts.suggestions };
  const suggestions = el("div", group);
  const successor = el("p", { class: "hint", role: "status" });
  const end = el("div", { class: "end" });
  const down = iconButton("down", texts.goDown, goDown);
  const more = el("div", { class: "more", hidden: true }, down);
  const element = el(
    "div",
    { class: "scroller", role: "group", tabindex: 0, ...name },
    ...createWelcome(texts, kept),
    problem,
    successor,
    earlier,
    log,
    spoken,
    suggestions,
    person.offer,
    end,
    more,
  );
  new IntersectionObserver(([{ isIntersecting }]) => (more.hidden = isIntersecting)).observe(end);
  const starters = texts.starters.map((title) => ({ title }));
  let messages = new Map();
  let oldest;
  let typing = null;
  let typist = null;
  let isTypingTold = false;
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
    const { isRestored, isAsked, isTold, reply } = collect();
    if (reply) speak(reply);
    arrange();
    suggest();
    oldest = messages.get(conversation.turns[0]?.id)?.element;
    const isEarlier = oldest !== first && log.contains(first ?? null);
    if (isEarlier && earlier.matches(":focus")) goTo(first.previousSibling);
    earlier.hidden = !conversation.hasEarlier;
    if (isEarlier) {
      // What was read stays where it is.
      element.scrollTop += first.getBoundingClientRect().top - top;
      return;
    }
    const hasFailed = conversation.unsent.some((message) => message.fault);
    if (isRestored || isAsked || (wasAtEnd && (reply || isTold || hasFailed))) showEnd();
  }

  function describe(fault) {
    const retry = () => {
      focus();
      conversation.load();
    };
    return [el("p", { class: "fault", role: "alert" }, explain(texts, fault)), button(texts.retry, retry)];
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
    for (const { key, said, line } of weave(conversation, desk.lines)) {
      const isKnown = known.has(key);
      const make = () => (line ? createLine(line, context) : createMessage(said.text, context));
      const message = known.get(key) ?? make();
      const { reply, isSent } = message;
      message.update(said);
      messages.set(key, message);
      if (isKnown) {
        news.reply ??= !reply && message.reply ? said.reply : null;
        news.isTold ||= isSent !== message.isSent;
      } else if (known.size && (line ?? said.line)) news.isTold = true;
      else if (!said || said.reply || said.fault || said.line) news.isRestored = true;
      else news.isAsked = true;
    }
    return news;
  }

  function arrange() {
    const { isSlow, isSuccessor } = conversation;
    showTyping();
    if (isSlow && typist === "robot") typing.lastChild.textContent = texts.slow;
    const nodes = Array.from(messages.values(), ({ element }) => element);
    if (typing) nodes.push(typing);
    const standing = new Set(nodes);
    for (const node of [...log.children]) if (!standing.has(node)) node.remove();
    let next = null;
    for (const node of nodes.reverse()) {
      if (node.parentNode !== log || node.nextSibling !== next) log.insertBefore(node, next);
      next = node;
    }
    successor.textContent = isSuccessor ? `${texts.successor} ${texts.left}` : "";
  }

  /** Shows that the robot writes, or while a person answers, that they do. */
  function showTyping() {
    const before = typist;
    if (desk.isAnswered) typist = desk.case.typing ? "staff" : null;
    else typist = conversation.sending && "robot";
    if (typist === before) return;
    typing = typist && createTyping();
    const isStaff = typist === "staff";
    if (isStaff) typing.append(el("span", {}, texts.person.typing));
    // Whoever writes for long stops and goes on.
    if (typist && !(isStaff && isTypingTold))
      speak({ text: isStaff ? texts.person.typing : texts.typing, language });
    isTypingTold ||= isStaff;
  }

  function createTyping() {
    const dots = el("span", { class: "dots", "aria-hidden": "true" }, "•••");
    return el("div", { class: "typing" }, dots, el("p", { role: "status" }));
  }

  /** Has something read aloud once. */
  function speak({ kind, text, language: lang }) {
    const words = el("p", { lang }, kind in texts.kinds && `${texts.kinds[kind]}. `, text);
    spoken.append(words);
    setTimeout(() => words.remove(), SPOKEN_FOR);
  }

  /** Has what is new in a case read aloud. */
  function tell({ detail: lines }) {
    for (const line of lines) {
      if (line.author === "citizen") continue;
      const isStaff = line.author === "staff";
      const said = isStaff ? `${texts.person.staff}: ${line.text}` : wordsOf(line, desk, texts);
      const place = line.code === "opened" && desk.isWaiting && texts.person.place(desk.case.place);
      speak({ text: [said, place].filter(Boolean).join(" "), language });
      if (isStaff) isTypingTold = false;
    }
  }

  desk.addEventListener("news", tell, { signal });

  /** Offers questions to begin with, or those of the newest reply. */
  function suggest() {
    const { turns, unsent, isEmpty, isLoading } = conversation;
    const newest = turns.at(-1)?.reply;
    let buttons = NONE;
    // They are the robot's.
    if (desk.isAnswered) buttons = NONE;
    else if (isEmpty && !isLoading) buttons = starters;
    else if (newest && !unsent.length) ({ buttons } = newest);
    // The same ones stay, lest they lose the focus when the conversation is fetched again.
    const payloads = JSON.stringify(buttons);
    if (payloads === shownButtons) return;
    shownButtons = payloads;
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

  function isAtEnd() {
    return element.scrollHeight - element.clientHeight - element.scrollTop < NEAR_END;
  }

  /** Shows the end; of a long reply, the beginning, beneath what was asked. */
  function showEnd() {
    const newest = [...messages.values()].at(-1);
    if (!newest) return;
    const { top } = element.getBoundingClientRect();
    const from = (node) => element.scrollTop + node.getBoundingClientRect().top - top - MARGIN;
    const room = element.clientHeight * FOR_QUESTION;
    const { reply } = newest;
    const start = reply ? Math.max(from(newest.element), from(reply) - room) : Infinity;
    element.scrollTop = Math.min(element.scrollHeight, start);
  }

  function goDown() {
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const top = element.clientHeight * FOR_PRESS;
    element.scrollBy({ top, behavior: isStill ? "auto" : "smooth" });
    // The button goes at the end.
    element.focus({ preventScroll: true });
  }

  /** Lets something change the room or what stands last, and stays at the end. */
  function add(change) {
    const wasAtEnd = isAtEnd();
    change();
    if (wasAtEnd) element.scrollTop = element.scrollHeight;
  }

  return { element, update, showEnd, speak, add };
}

/** Says what this is; what is seldom asked for stands one press away. */
function createWelcome(texts, kept) {
  const announcement = el("span", { lang: "nb" }, `«${texts.announcement}»`);
  const [before, after] = [texts.welcome].flat();
  const { consent, contact, hours } = texts;
  const own = [consent, contact, hours].filter(Boolean);
  return [
    el("p", {}, before, after && announcement, after),
    el("p", { class: "hint" }, texts.status && `${texts.status} ${texts.changed}`),
    el("p", { id: "personal" }, el("strong", {}, texts.personal)),
    ...own.map((text) => el("p", {}, ...linked(text))),
    el(
      "details",
      {},
      el("summary", {}, texts.about),
      el("p", {}, texts.wrong),
      kept,
      el("p", {}, texts.understands),
      el("p", { id: "hint" }, texts.hint),
    ),
  ];
}
