/** Something that was said, and what came of it: a reply, or why it was not sent. */

import { replyAsText, showProof, showWords } from "./blocks.js";
import { button, el, icon, iconButton } from "./dom.js";
import { explain } from "./texts.js";
import { createTime } from "./time.js";

/** Icons of the kinds of replies that differ from an answer. */
const ICONS = { not_stated: "unknown", out_of_scope: "outside", handover: "phone" };

/** Makes it; its `reply` follows. */
export function createMessage(text, context) {
  const { texts, language, conversation, focus } = context;
  const words = el("p", { class: "text", lang: language }, text);
  const who = el("span", { class: "spoken" }, `${texts.you}:`);
  const failure = el("div", { class: "failure" });
  const time = createTime(texts);
  const sent = el("p", { class: "sent hint" });
  const element = el("div", {}, el("div", { class: "message person" }, who, words), failure, sent);
  const message = { element, reply: null, isSent: false, fault: "", update };

  /** Takes a turn, or a message that is not sent yet. */
  function update(said) {
    const fault = said.fault ? describe(said) : "";
    if (fault !== message.fault) {
      const hadFocus = failure.querySelector(":focus");
      failure.replaceChildren(...(fault ? tell(fault, said) : []));
      if (hadFocus) (failure.querySelector("button:enabled") ?? { focus }).focus();
    }
    message.fault = fault;
    if (!said.reply && !said.line) return;
    time.tell(said.time);
    if (message.reply) return;
    // Without what the server left out, such as a national identity number.
    words.textContent = said.text;
    // What goes to a person gets no reply of the robot's.
    const isRelayed = !said.reply || said.reply.kind === "relayed";
    if (isRelayed) {
      message.isSent = true;
      sent.replaceChildren(time.element);
      return;
    }
    words.lang = said.reply.language;
    message.reply = createReply(said, time.element, context);
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
      el("p", { class: "fault", role: "alert" }, fault),
      button(texts.retry, act("send"), { disabled: said.mustWait === true }),
      button(texts.discard, act("discard")),
    ];
  }

  return message;
}

function createReply(turn, time, context) {
  const { texts } = context;
  const { kind, language } = turn.reply;
  const { proof, more } = showProof(turn.reply, context);
  const name = kind in ICONS && el("strong", { class: "kind" }, icon(ICONS[kind]), texts.kinds[kind]);
  const reply = el(
    "div",
    { class: "message robot", "data-kind": kind },
    el("p", { class: "who" }, icon("robot"), texts.robot, name, time),
    el("div", { class: "text", lang: language }, ...showWords(turn.reply)),
    proof,
  );
  const tools = el("div", { class: "tools" }, more);
  reply.append(tools);
  // Who greets has nothing to rate.
  if (kind !== "smalltalk") {
    const { thumbs, comment } = createFeedback(turn, context);
    const copy = () => context.copy(replyAsText(turn.reply, context));
    tools.append(iconButton("copy", texts.copy, copy), ...thumbs);
    reply.append(comment);
  }
  return reply;
}

/** Makes the `thumbs` of a reply, and the form for a `comment`. */
function createFeedback(turn, { texts, conversation, announce, onRated }) {
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
    onRated(rating);
    field.maxLength = conversation.about.longest_comment;
    comment.hidden = false;
    comment.scrollIntoView({ block: "nearest" });
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
