/** The panel: header, menu, conversation, and the text field or a question. */

import { el, iconButton } from "./dom.js";
import { createFoot } from "./foot.js";
import { createLog } from "./log.js";
import { createMenu } from "./menu.js";
import { createPerson } from "./person.js";
import { createSource } from "./source.js";

const TOLD_FOR = 8_000;
// As in styles.css.
const LOW = "(max-height: 30em)";
const NEAR_LIMIT = 100;
// How much room is left when it is read aloud; not at each key.
const TOLD_AT = [100, 50, 20, 10, -1];

/**
 * Makes it from what chat.js provides. Its parts get the same, with `announce(text)`,
 * which shows a line and has it read aloud, `copy(text)`, `focus()`, which goes to the text
 * field, and `showSource(passage)`.
 */
export function createPanel(options) {
  const { texts, conversation, desk, isInline, signal, onClose } = options;
  const status = el("p", { class: "status", role: "status" });
  const offline = el("p", { class: "status", role: "status" });
  const context = {
    ...options,
    announce,
    copy,
    focus: () => composer.focus(),
    speak: (said) => log.speak(said),
    add: (change) => log.add(change),
  };
  const source = createSource(context);
  context.showSource = source.show;
  const composer = createComposer(context);
  context.foot = createFoot(composer.element);
  const person = createPerson(context);
  Object.assign(context, { person, onRated: person.follow });
  const menu = createMenu(context);
  const log = createLog(context);
  const role = isInline ? "region" : "dialog";
  const element = el(
    "section",
    { class: "panel", id: "panel", role, "aria-labelledby": "title" },
    source.element,
    el(
      "header",
      {},
      el("h2", { id: "title" }, texts.title),
      menu.opener,
      !isInline && iconButton("close", texts.close, onClose),
    ),
    menu.element,
    person.bar,
    log.element,
    status,
    offline,
    menu.question,
    person.element,
    composer.element,
  );
  let timer;

  function announce(text) {
    clearTimeout(timer);
    log.add(() => (status.textContent = text));
    timer = setTimeout(() => status.replaceChildren(), TOLD_FOR);
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      announce(texts.copied);
    } catch {
      announce(texts.notCopied);
    }
  }

  function update() {
    for (const part of [person, log, menu, composer]) part.update();
    offline.textContent = navigator.onLine ? "" : texts.faults.offline;
  }

  // A low window shows header and text field to whoever comes by keyboard, or to write. Under
  // a pointer nothing may move.
  function keepWhole({ target }) {
    if (!isInline || !matchMedia(LOW).matches || !target.matches(":focus-visible")) return;
    element.scrollIntoView({ block: "center" });
  }

  element.addEventListener("focusin", keepWhole);
  element.addEventListener("input", keepWhole);
  conversation.addEventListener("change", update, { signal });
  desk.addEventListener("change", update, { signal });
  window.addEventListener("online", update, { signal });
  window.addEventListener("offline", update, { signal });
  update();

  function focus() {
    source.close();
    if (!person.focus()) composer.focus();
  }

  const goBack = () => source.close() || menu.goBack() || person.goBack();
  return { element, focus, showEnd: log.showEnd, goBack, showLanguages: menu.showLanguages };
}

/** Makes the text field, and bars sending what is too long or too early. */
function createComposer({ texts, store, conversation, desk, announce }) {
  const field = el("textarea", {
    id: "field",
    rows: 1,
    enterkeyhint: "send",
    "aria-describedby": "notice personal hint count",
    oninput: keepDraft,
    onkeydown: sendByEnter,
  });
  // Holds the same text, and gives the field its height.
  const mirror = el("div", { class: "mirror", "aria-hidden": "true" });
  const count = el("p", { class: "hint", id: "count" });
  const told = el("p", { class: "spoken", role: "status" });
  const send = el("button", { class: "primary" }, texts.send);
  const label = el("label", { for: "field" }, texts.field);
  const notice = el("p", { class: "hint", id: "notice" }, texts.notice);
  const element = el(
    "form",
    { class: "composer", onsubmit: submit },
    el(
      "div",
      { class: "naming" },
      label,
      notice,
    ),
    el("div", { class: "field" }, mirror, field),
    send,
    count,
    told,
  );
  let room = Infinity;
  field.value = store.get().draft ?? "";

  function update() {
    // It says who reads what is written.
    const words = desk.isAnswered ? texts.person : texts;
    if (label.textContent !== words.field) label.textContent = words.field;
    if (notice.textContent !== words.notice) notice.textContent = words.notice;
    const longest = conversation.about?.longest_message ?? Infinity;
    room = longest - [...field.value.trim()].length;
    const isTooLong = room < 0;
    if (isTooLong) count.textContent = texts.tooLong(-room);
    else count.textContent = room <= NEAR_LIMIT ? texts.room(room) : "";
    count.classList.toggle("fault", isTooLong);
    field.setAttribute("aria-invalid", isTooLong);
    send.setAttribute("aria-disabled", isTooLong || conversation.sending !== null);
    mirror.textContent = `${field.value}\u200b`; // Lest a last line break takes no room.
  }

  function keepDraft() {
    const before = room;
    store.set({ draft: field.value });
    update();
    if (field.value.trim()) desk.type();
    if (TOLD_AT.some((mark) => room <= mark && mark < before)) tell();
  }

  function tell() {
    told.replaceChildren(count.textContent);
  }

  function sendByEnter(event) {
    // While letters are composed, Enter chooses among them; 229 is how Safari says so.
    const isComposing = event.isComposing || event.keyCode === 229;
    if (event.key === "Enter" && !event.shiftKey && !isComposing) submit(event);
  }

  function submit(event) {
    event.preventDefault();
    focus();
    const text = field.value.trim();
    if (room < 0) tell();
    else if (text && conversation.sending) announce(desk.isAnswered ? texts.person.wait : texts.wait);
    else if (text) {
      field.value = "";
      store.set({ draft: "" });
      conversation.say(text);
    }
  }

  function focus() {
    // To focus again would scroll the page again.
    if (!field.matches(":focus")) field.focus();
  }

  return { element, update, focus };
}
