/** What was said in a case, among what was said before and after. */

import { linked } from "./blocks.js";
import { el, icon, iconButton } from "./dom.js";
import { createTime } from "./time.js";

/**
 * Returns turns, lines and what is unsent in the order in which they came about, each once:
 * what somebody says to the staff is both a turn and a line. Lines of turns that were not
 * fetched are left out.
 */
export function weave({ turns, unsent = [], hasEarlier = false }, lines) {
  const own = new Set([...turns, ...unsent].map(({ id }) => id));
  const since = hasEarlier && turns.length ? Date.parse(turns[0].time) : -Infinity;
  const rest = lines.filter(
    ({ author, message, at }) =>
      !(author === "citizen" && own.has(message)) && Date.parse(at) >= since,
  );
  const woven = [];
  let next = 0;
  for (const turn of turns) {
    const { time, reply } = turn;
    // Ids say for sure what came first; where there are none, the clock does.
    const isBefore = ({ id, at }) =>
      reply.relayed ? id < reply.relayed : Date.parse(at) < Date.parse(time);
    while (next < rest.length && isBefore(rest[next])) woven.push(ofLine(rest[next++]));
    woven.push({ key: turn.id, said: turn });
  }
  woven.push(...rest.slice(next).map(ofLine));
  return [...woven, ...unsent.map((message) => ({ key: message.id, said: message }))];
}

/** What a person wrote to the staff is shown as any message of theirs. */
function ofLine(line) {
  const { id, author, message, text, at } = line;
  if (author === "citizen") return { key: message, said: { id: message, text, time: at, line } };
  return { key: `line-${id}`, line };
}

/** Says what a notice tells. A message that was left has a number as long as it is open. */
export function wordsOf(line, desk, { person }) {
  if (line.code !== "became_message") return person.codes[line.code] ?? "";
  const isLatest = !desk.lines.some(({ id, code }) => id > line.id && code === line.code);
  const { state, number, reachable } = desk.case ?? {};
  if (state !== "message" || !isLatest) return person.left;
  return reachable ? person.sent(number) : person.turned(number);
}

/** Makes a line of the staff's, or a notice. */
export function createLine(line, context) {
  return line.author === "staff" ? createAnswer(line, context) : createNotice(line, context);
}

function createAnswer({ text, at }, { texts, language, desk, copy }) {
  const { person } = texts;
  const time = createTime(texts);
  const element = el(
    "div",
    { class: "message staff" },
    el(
      "p",
      { class: "who" },
      icon("person"),
      person.staff,
      el("strong", { class: "kind" }, person.human),
      time.element,
    ),
    el("p", { class: "text", lang: desk.case?.language ?? language }, ...linked(text)),
    el("div", { class: "tools" }, iconButton("copy", person.copy, () => copy(text))),
  );
  return { element, reply: element, update: () => time.tell(at) };
}

function createNotice(line, { texts, desk }) {
  const words = el("span");
  const time = createTime(texts);
  const element = el("p", { class: "news hint" }, icon("person"), words, time.element);

  function update() {
    const said = wordsOf(line, desk, texts);
    if (words.textContent !== said) words.textContent = said;
    time.tell(line.at);
  }

  return { element, reply: null, update };
}
