/** What a reply says, block by block: docs/http-api.md. */

import { button, el, icon } from "./dom.js";

const SAFE = /^(https?|mailto|tel):/;
// Characters of a proof that are shown at once.
const AT_ONCE = 360;
// A mailbox, a page or a telephone number.
const ADDRESS =
  /([\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(https?:\/\/[\w./~:?#@&=%+-]*[\w/]|(?:[\w-]+\.)+(?:no|com|org|net|eu)\b(?:\/[\w./~-]*[\w/])?)|(\+?\d(?:[ \u00a0]?\d){7,14})/gi;
const SHOWN = { text: showText, list: showList, sum: showSum };

/** Shows what a reply says, but for its proof. */
export function showWords(reply) {
  const blocks = blocksOf(reply).filter(({ type }) => Object.hasOwn(SHOWN, type));
  return blocks.map((block) => SHOWN[block.type](block));
}

/** Shows the passages that prove a reply, as a `proof`, and a button for `more` of a long one. */
export function showProof(reply, context) {
  const { texts } = context;
  const passages = passagesOf(reply);
  if (!passages.length) return {};
  const name = el("p", { class: "hint" }, icon("quote"), texts.quote);
  const quotes = passages.map((passage) => showPassage(passage, context));
  const words = el("div", {}, ...quotes);
  const group = { class: "proof", role: "group", "aria-label": texts.quote };
  const proof = el("div", group, name, words);
  if (passages.map(wordsOf).join("").length <= AT_ONCE) return { proof };

  const more = button("", () => fold(!words.classList.contains("folded")));
  fold(true);

  function fold(isFolding) {
    words.classList.toggle("folded", isFolding);
    more.textContent = isFolding ? texts.showMore : texts.showLess;
    more.setAttribute("aria-expanded", !isFolding);
  }

  return { proof, more };
}

/** Returns the words of a site's own text, with the addresses in it as links. */
export function linked(text) {
  const parts = [];
  let end = 0;
  for (const { 0: title, 1: mailbox, 2: page, index } of text.matchAll(ADDRESS)) {
    const address = page && (/^http/i.test(page) ? page : `https://${page}`);
    const url = address ?? (mailbox ? `mailto:${title}` : `tel:${title.replace(/[^+\d]/g, "")}`);
    parts.push({ text: text.slice(end, index) }, { text: title, url });
    end = index + title.length;
  }
  return [...parts, { text: text.slice(end) }].map(showPart);
}

/** Returns a reply and its proof as plain text. */
export function replyAsText(reply, { texts, addressOf }) {
  const quotes = passagesOf(reply).map((passage) => `«${wordsOf(passage)}»\n${addressOf(passage)}`);
  if (quotes.length) quotes.unshift(`${texts.quote}, «${texts.announcement}»:`);
  return [reply.text, ...quotes].join("\n\n");
}

/** Returns the blocks of a reply; those kept from before there were any are made here. */
function blocksOf({ blocks, text, links = [], sources = [] }) {
  if (blocks?.length) return blocks;
  const parts = [];
  for (const { title, url } of links) {
    const start = text.indexOf(title);
    if (start < 0) continue;
    parts.push({ text: text.slice(0, start) }, { text: title, url });
    text = text.slice(start + title.length);
  }
  const words = { type: "text", parts: [...parts, { text }] };
  return [words, { type: "quote", passages: merge(sources) }];
}

/** Makes passages of sources, one of those that overlap. Offsets count code points. */
function merge(sources) {
  const passages = [];
  for (const { quote, start, end } of [...sources].sort((one, other) => one.start - other.start)) {
    const last = passages.at(-1);
    if (!last || last.end < start) passages.push({ start, end, parts: [{ text: quote }] });
    else if (last.end < end) {
      last.parts.push({ text: [...quote].slice(last.end - start).join("") });
      last.end = end;
    }
  }
  return passages;
}

function passagesOf(reply) {
  return blocksOf(reply).find(({ type }) => type === "quote")?.passages ?? [];
}

function wordsOf({ parts }) {
  return parts.map(({ text }) => text).join("");
}

function showText({ parts }) {
  return el("p", {}, ...parts.map(showPart));
}

function showPart({ text, url, figure, marked }) {
  if (marked) return el("mark", {}, text);
  if (figure) return el("strong", { class: "figure" }, text);
  if (!url || !SAFE.test(url)) return text;
  const page = url.startsWith("http") && { target: "_blank", rel: "noopener" };
  return el("a", { href: url, ...page }, text);
}

/** Shows a list, folded when it was told before. */
function showList({ items, ordered, summary }) {
  const rows = items.map(({ text, detail }) =>
    el("li", {}, text, detail && el("span", { class: "detail" }, ` – ${detail}`)),
  );
  const list = el(ordered ? "ol" : "ul", {}, ...rows);
  return summary ? el("details", {}, el("summary", {}, summary), list) : list;
}

/** Shows a calculation as on paper: what goes into it, and beneath a line the result. */
function showSum({ terms, operator, equals, result }) {
  const signs = [...terms.map((_, index) => (index ? operator : "")), equals];
  const rows = [...terms, result].map(({ value, label }, index) => {
    const figure = el("strong", { class: "figure" }, value);
    return el("div", {}, el("dt", {}, label), el("dd", {}, signs[index], " ", figure));
  });
  return el("dl", {}, ...rows);
}

/** Shows a passage, which is the link to its place in the announcement. */
function showPassage(passage, { texts, addressOf, showSource }) {
  const { start, end, parts } = passage;
  const href = addressOf(passage);

  function show(event) {
    // A tab or window of its own is what these ask for.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const detail = { quote: wordsOf(passage), start, end, marks: marksOf(passage), url: href };
    const options = { bubbles: true, composed: true, cancelable: true, detail };
    const isFree = event.currentTarget.dispatchEvent(new CustomEvent("helse-source", options));
    if (isFree) showSource(detail);
  }

  const page = { target: "_blank", rel: "noopener", class: "passage", href, onclick: show };
  const words = el("span", { lang: "nb" }, "«", ...parts.map(showPart), "»");
  const cue = el("span", { class: "cue" }, texts.showSource);
  return el("blockquote", {}, el("a", page, words, " ", cue));
}

/** Returns where the decisive words of a passage begin and end, in code points. */
function marksOf({ start, parts }) {
  const marks = [];
  for (const { text, marked } of parts) {
    const end = start + [...text].length;
    if (marked) marks.push([start, end]);
    start = end;
  }
  return marks;
}
