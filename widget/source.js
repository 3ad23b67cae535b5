/** The announcement in the place of the conversation, with the words of a reply marked. */

import { button, el } from "./dom.js";

const TIMEOUT = 15_000;
const WORDS = {
  nb: ["Tilbake til svaret", "Åpne hele kunngjøringen", "Kunngjøringen ble ikke hentet."],
  nn: ["Tilbake til svaret", "Opne heile kunngjeringa", "Kunngjeringa vart ikkje henta."],
  en: ["Back to the answer", "Open the whole announcement", "The announcement was not fetched."],
};
const TAGS = { title: "h2", heading: "h3" };

/** Makes the view. Where its `element` is shown, what follows that in the panel is not. */
export function createSource({ texts, language, addressOf, focus }) {
  const [back, open, failed] = WORDS[language];
  const name = { "aria-label": texts.announcement };
  const leave = button(back, close);
  const link = el("a", { target: "_blank", rel: "noopener" }, open);
  const status = el("p", { role: "status" });
  const whole = el("div", { class: "whole", lang: "nb" });
  const scroller = { class: "scroller", role: "group", tabindex: 0, ...name };
  const element = el(
    "section",
    { class: "source", hidden: true, ...name },
    el("header", {}, leave),
    el("div", scroller, status, whole),
  );
  let asker;
  let shown;

  /** Shows the words from start up to end; where `marks` name some of them, these stand out. */
  async function show(passage) {
    asker = element.getRootNode().activeElement;
    shown = passage;
    link.href = addressOf(passage);
    leave.after(link); // Not before it leads somewhere.
    status.textContent = "…";
    whole.replaceChildren();
    element.hidden = false;
    leave.focus();
    try {
      const signal = AbortSignal.timeout(TIMEOUT);
      const address = new URL("api/announcement", link.href);
      const response = await fetch(address, { credentials: "omit", signal });
      const { blocks } = await response.json();
      if (shown !== passage) return;
      whole.replaceChildren(...blocks.map((block) => createBlock(block, passage)));
      status.textContent = "";
      const first = whole.querySelector("mark");
      first.tabIndex = -1;
      first.focus({ preventScroll: true });
      first.scrollIntoView({ block: "center" });
    } catch {
      if (shown === passage) status.textContent = failed;
    }
  }

  /** Returns whether it was shown. */
  function close() {
    if (element.hidden) return false;
    shown = null;
    element.hidden = true;
    if (asker?.isConnected) asker.focus();
    else focus();
    return true;
  }

  return { element, show, close };
}

/** Offsets count characters (Unicode code points), not UTF-16 units. */
function createBlock({ role, start, text }, passage) {
  const characters = [...text];
  const nodes = [];
  let place = 0;
  for (const [tag, from, to] of divide(passage)) {
    const [first, end] = [from, to].map((it) => Math.max(place, it - start));
    const words = characters.slice(first, end).join("");
    if (words) nodes.push(characters.slice(place, first).join(""), el(tag, {}, words));
    if (words) place = end;
  }
  return el(TAGS[role] ?? "p", { class: role }, ...nodes, characters.slice(place).join(""));
}

/** Returns the spans of a passage: a tag, and where each begins and ends. */
function divide({ start, end, marks = [] }) {
  if (!marks.length) return [["mark", start, end]];
  const spans = marks.flatMap(([from, to], index) => [
    ["u", index ? marks[index - 1][1] : start, from],
    ["mark", from, to],
  ]);
  return [...spans, ["u", marks.at(-1)[1], end]];
}
