/** The menu: language, text size, and what can be done with the conversation. */

import { replyAsText } from "./blocks.js";
import { button, el, icon } from "./dom.js";
import { weave, wordsOf } from "./lines.js";
import { explain, TEXTS } from "./texts.js";

const DANGER = { class: "danger" };

/** Makes it, its `opener`, and the `question` that stands instead of the text field. */
export function createMenu(context) {
  const { texts, language, store, conversation, desk, announce, focus, pageAt } = context;
  const { onLanguage, onSize, person, foot } = context;
  const names = Object.entries(TEXTS).map(([code, { name }]) => [code, name, { lang: code }]);
  const languages = choice(texts.language, names, language, onLanguage);
  const sizes = Object.entries(texts.sizes);
  const actions = el(
    "div",
    { class: "actions" },
    action("save", texts.save, () => save(context)),
    action("again", texts.leave, leave),
    action("bin", texts.remove, remove, DANGER),
  );
  const help = el(
    "div",
    { class: "actions", hidden: true },
    action("person", texts.person.help, () => person.ask("asked")),
  );
  const statements = el("ul", { class: "statements" });
  const element = el(
    "div",
    { class: "menu", id: "menu", hidden: true },
    languages,
    choice(texts.size, sizes, store.get().size ?? "normal", onSize),
    help,
    actions,
    statements,
  );
  const state = { "aria-expanded": "false", "aria-controls": "menu" };
  const opener = button(texts.menu, () => close() || toggle(true), state, icon("menu"));
  const name = { "aria-labelledby": "question details" };
  const question = el("div", { class: "question", role: "group", hidden: true, ...name });

  function toggle(isOpen) {
    element.hidden = !isOpen;
    opener.setAttribute("aria-expanded", isOpen);
  }

  /** Returns whether it was open. */
  function close() {
    if (element.hidden) return false;
    toggle(false);
    opener.focus();
    return true;
  }

  function action(name, label, act, attributes) {
    const press = () => {
      close();
      act();
    };
    return button(label, press, attributes, icon(name));
  }

  function remove() {
    ask(texts.remove, texts.removeDetails, [[texts.remove, "remove", texts.removed]]);
  }

  function leave() {
    const { about } = conversation;
    const details = about ? texts.leaveDetails(texts.days(about.kept_days)) : "";
    ask(texts.leave, details, [
      [texts.leave, "leave", texts.left],
      [texts.removeFirst, "remove", texts.removed],
    ]);
  }

  function ask(title, details, choices) {
    const fault = el("p", { class: "fault", role: "status" });
    const act = async (method, told) => {
      try {
        // Nobody is to wait for somebody who has left.
        if (method === "leave" && desk.isLive) await desk.end("nobody").catch(() => {});
        await conversation[method]();
        foot.clear(question);
        announce(told);
        focus();
      } catch (cause) {
        fault.textContent = `${texts.notRemoved} ${explain(texts, cause)}`;
      }
    };
    const back = button(texts.cancel, cancel);
    question.replaceChildren(
      el("h3", { id: "question" }, `${title}?`),
      el("p", { id: "details" }, details),
      fault,
      ...choices.map(([label, method, told]) => {
        const press = () => act(method, told);
        if (method === "remove") return button(label, press, DANGER, icon("bin"));
        return button(label, press, { class: "primary" });
      }),
      back,
    );
    foot.show(question);
    back.focus();
  }

  /** Returns whether there was a question. */
  function cancel() {
    if (question.hidden) return false;
    foot.clear(question);
    opener.focus();
    return true;
  }

  function update() {
    actions.hidden = conversation.isEmpty && !desk.lines.length;
    help.hidden = !desk.isThere || desk.isLive;
    if (conversation.about && !statements.firstChild) showStatements(conversation.about);
  }

  function showStatements({ statements: paths }) {
    for (const [name, path] of Object.entries(paths)) {
      const page = { href: pageAt(path), target: "_blank", rel: "noopener" };
      statements.append(el("li", {}, el("a", page, texts.statements[name])));
    }
  }

  function showLanguages() {
    toggle(true);
    languages.querySelector('[aria-pressed="true"]').focus();
  }

  return { element, opener, question, update, showLanguages, goBack: () => close() || cancel() };
}

/** Makes a group of buttons, one of which is pressed. */
function choice(label, options, chosen, choose) {
  const buttons = options.map(([value, name, attributes]) => {
    const press = ({ currentTarget }) => {
      for (const each of buttons) each.setAttribute("aria-pressed", each === currentTarget);
      choose(value);
    };
    return button(name, press, { "aria-pressed": String(value === chosen), ...attributes });
  });
  const heading = el("p", { "aria-hidden": "true" }, label);
  return el("div", { class: "choice", role: "group", "aria-label": label }, heading, ...buttons);
}

/** Saves all that is kept of the conversation as a text file. */
async function save(context) {
  const { texts, conversation, desk, announce } = context;
  let copy;
  let lines;
  try {
    copy = await conversation.copy();
    lines = await desk.copy();
  } catch (fault) {
    announce(`${texts.notSaved} ${explain(texts, fault)}`);
    return;
  }
  const beginning = [texts.title];
  if (copy.id) beginning.push(`${texts.id}: ${copy.id}\n${texts.idDetails}`);
  const said = weave(copy, lines).flatMap((one) => asText(one, context));
  const unsent = conversation.unsent.map(({ text }) => `${texts.you}:\n${text}\n${texts.notSent}`);
  const file = new Blob([[...beginning, ...said, ...unsent].join("\n\n")], { type: "text/plain" });
  const href = URL.createObjectURL(file);
  el("a", { href, download: `${texts.conversation}.txt` }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000); // The browser has read it by then.
}

/** Returns what was said as paragraphs. */
function asText({ said, line }, context) {
  const { texts, desk } = context;
  const at = (time) => new Date(time).toLocaleString(texts.locale);
  if (line?.author === "staff") {
    const { staff, human } = texts.person;
    return [`${staff} (${human}), ${at(line.at)}:\n${line.text}`];
  }
  if (line) return [`${at(line.at)}: ${wordsOf(line, desk, texts)}`];
  const { time, text, reply, feedback } = said;
  const paragraphs = [`${texts.you}, ${at(time)}:\n${text}`];
  if (reply && reply.kind !== "relayed")
    paragraphs.push(`${texts.robot}:\n${replyAsText(reply, context)}`);
  if (feedback) paragraphs.push(feedbackAsText(feedback, texts));
  return paragraphs;
}

function feedbackAsText({ rating, comment }, texts) {
  const rated = `${texts.feedback}: ${texts[rating]}.`;
  return comment ? `${rated}\n«${comment}»` : rated;
}
