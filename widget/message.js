/** Something that was said, and what came of it: a reply, or why it was not sent. */

import { button, el, icon, iconButton } from "./dom.js";
import { explain } from "./texts.js";

const SOURCES_AT_ONCE = 2;
const WORDS_IN_NAME = 6;
const SAFE = /^(https?|mailto|tel):/;

/** Makes it; its `reply` follows. */
export function createMessage(text, context) {
  const { texts, language, conversation, focus } = context;
  const words = el("p", { class: "text", lang: language }, text);
  const who = el("span", { class: "spoken" }, `${texts.you}:`);
  const failure = el("div", { class: "failure" });
  const element = el("div", {}, el("div", { class: "message person" }, who, words), failure);
  const message = { element, reply: null, update };
  let shown = "";

  /** Takes a turn, or a message that is not sent yet. */
  function update(said) {
    const fault = said.fault ? describe(said) : "";
    if (fault !== shown) failure.replaceChildren(...(fault ? tell(fault, said) : []));
    shown = fault;
    if (!said.reply || message.reply) return;
    words.lang = said.reply.language;
    message.reply = createReply(said, context);
    element.append(message.reply);
  }

  function describe({ fault, mustWait }) {
    const hasWaited = fault.code === "rate_limited" && !mustWait;
    return hasWaited ? texts.notSent : `${texts.notSent} ${explain(texts, fault)}`;
  }

  function tell(fault, said) {
    const act = (method) => () => {
      focus();
      conversation[method](said);
    };
    return [
      el("p", { class: "fault" }, fault),
      button(texts.retry, act("send"), { disabled: said.mustWait === true }),
      button(texts.discard, act("discard")),
    ];
  }

  return message;
}

/** Returns a reply and its sources as plain text. */
export function replyAsText({ text, sources }, { texts, addressOf }) {
  const quotes = sources.map((source) => `«${source.quote}»\n${addressOf(source)}`);
  if (quotes.length) quotes.unshift(`${texts.source}: «${texts.announcement}»`);
  return [text, ...quotes].join("\n\n");
}

function createReply(turn, context) {
  const { texts, announce } = context;
  const { kind, language, sources } = turn.reply;
  const { thumbs, comment } = createFeedback(turn, context);

  async function copy() {
    try {
      await navigator.clipboard.writeText(replyAsText(turn.reply, context));
      announce(texts.copied);
    } catch {
      // Without HTTPS, or where it is forbidden.
      announce(texts.notCopied);
    }
  }

  return el(
    "div",
    { class: "message robot" },
    el("p", { class: "who" }, icon("robot"), texts.robot),
    kind in texts.kinds && el("p", { class: "hint" }, texts.kinds[kind]),
    el("p", { class: "text", lang: language }, ...linked(turn.reply)),
    sources.length > 0 && createSources(sources, context),
    el("div", { class: "tools" }, ...thumbs, iconButton("copy", texts.copy, copy)),
    comment,
  );
}

/** Returns a reply's words, with its links among them; older replies have none. */
function linked({ text, links = [] }) {
  const words = [];
  for (const { title, url } of links) {
    const start = text.indexOf(title);
    if (start < 0 || !SAFE.test(url)) continue;
    const page = url.startsWith("http") && { target: "_blank", rel: "noopener" };
    words.push(text.slice(0, start), el("a", { href: url, ...page }, title));
    text = text.slice(start + title.length);
  }
  return [...words, text];
}

function createSources(sources, context) {
  const { texts } = context;
  const list = el("ul", {}, ...sources.map((source) => createSource(source, context)));
  if (sources.length <= SOURCES_AT_ONCE) {
    const heading = sources.length > 1 ? texts.sources : texts.source;
    return el("div", { class: "sources" }, el("p", {}, heading), list);
  }
  const heading = el("summary", {}, `${texts.sources} (${sources.length})`);
  return el("details", { class: "sources" }, heading, list);
}

function createSource({ quote, start, end }, { texts, addressOf, showSource }) {
  const words = quote.split(" ");
  const rest = words.length > WORDS_IN_NAME ? " …" : "";
  const beginning = words.slice(0, WORDS_IN_NAME).join(" ") + rest;

  function show({ currentTarget }) {
    const detail = { quote, start, end, url: addressOf({ start, end }) };
    const options = { bubbles: true, composed: true, cancelable: true, detail };
    const isFree = currentTarget.dispatchEvent(new CustomEvent("helse-source", options));
    if (isFree) showSource(detail);
  }

  const name = { "aria-label": `${texts.showSource}: «${beginning}»` };
  const shown = el("blockquote", { lang: "nb" }, `«${quote}»`);
  return el("li", {}, shown, button(texts.showSource, show, name));
}

/** Makes the `thumbs` of a reply, and the form for a `comment`. */
function createFeedback(turn, { texts, conversation, announce }) {
  const thumbs = ["up", "down"].map((rating) =>
    iconButton("thumb", texts[rating], () => rate(rating), { value: rating }),
  );
  const id = `comment-${turn.id}`;
  const field = el("textarea", { id, rows: 2, "aria-describedby": `${id}-hint` });
  const comment = el(
    "form",
    { class: "comment", hidden: true, onsubmit: send },
    el("label", { for: id }, texts.comment),
    el("p", { class: "hint", id: `${id}-hint` }, texts.personal),
    field,
    el("button", {}, texts.sendComment),
    button(texts.cancel, close),
  );
  field.value = turn.feedback?.comment ?? "";
  press(turn.feedback?.rating);

  function press(rating) {
    for (const thumb of thumbs) thumb.setAttribute("aria-pressed", thumb.value === rating);
  }

  async function rate(rating) {
    press(rating);
    if (!(await give(rating, turn.feedback?.comment))) return;
    field.maxLength = conversation.about.longest_comment;
    comment.hidden = false;
  }

  async function send(event) {
    event.preventDefault();
    if (await give(turn.feedback.rating, field.value.trim())) close();
  }

  /** Returns whether the server took it. */
  async function give(rating, words) {
    try {
      await conversation.rate(turn, words ? { rating, comment: words } : { rating });
      announce(texts.thanks);
      return true;
    } catch (fault) {
      announce(`${texts.notRated} ${explain(texts, fault)}`);
      return false;
    } finally {
      press(turn.feedback?.rating);
    }
  }

  function close() {
    comment.hidden = true;
    thumbs.find((thumb) => thumb.value === turn.feedback.rating).focus();
  }

  return { thumbs, comment };
}
