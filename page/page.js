// Shows the words of the announcement that an answer rests on: when the chat asks for it,
// and when the address ends in #tekst=START-END. Offsets count characters (Unicode code
// points) of the announcement from 0; data-start holds that of an element's first one.

const announcement = document.getElementById("kunngjoring");
const chat = document.getElementById("samtale");
const back = document.querySelector(".back");
const blocks = [...announcement.querySelectorAll("[data-start]")].map((element) => {
  const start = Number(element.dataset.start);
  return { element, start, end: start + [...element.textContent].length };
});
const length = Math.max(...blocks.map((block) => block.end));
const sight = new IntersectionObserver(followSight);

// Where the words were asked for, to go back to.
let asker = null;
let isChatInSight = true;

/**
 * Marks the words from start up to end in place of those marked before, and takes the
 * reader there; where `marks` name some of them, these alone are marked strongly. Returns
 * false, and does nothing, when there are no such words.
 */
function show({ start, end, marks }, askedBy) {
  if (!areOffsets(start, end) || end > length) return false;
  const touched = blocks.filter((block) => block.start < end && start < block.end);
  if (touched.length === 0) return false;
  clear();
  const spans = divide(start, end, marks);
  for (const block of touched) mark(block, spans);
  const first = announcement.querySelector("mark") ?? announcement.querySelector(".passage");
  first.tabIndex = -1;
  offerWayBack(askedBy, touched.at(-1).element);
  goTo(first, "center");
  return true;
}

function areOffsets(start, end) {
  return Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start < end;
}

/** Returns the passage as spans that follow each other: a tag, and where each ends. */
function divide(start, end, marks) {
  const inside = (Array.isArray(marks) ? marks : [])
    .filter((it) => areOffsets(it?.[0], it?.[1]) && start <= it[0] && it[1] <= end)
    .sort(([one], [other]) => one - other);
  if (inside.length === 0) return [{ tag: "mark", start, end }];
  const spans = [];
  let place = start;
  for (const [from, to] of [...inside, [end, end]]) {
    if (place < from) spans.push({ tag: "span", start: place, end: from });
    place = Math.max(place, from);
    if (place < to) spans.push({ tag: "mark", start: place, end: to });
    place = Math.max(place, to);
  }
  return spans;
}

function mark(block, spans) {
  const text = block.element.firstChild;
  const characters = [...text.data];
  const words = (from, to) => characters.slice(from, Math.max(from, to)).join("");
  const nodes = [];
  let place = 0;
  for (const { tag, start, end } of spans) {
    const [from, to] = [start, end].map((it) => Math.max(0, it - block.start));
    if (words(from, to) === "") continue;
    const wrapped = document.createElement(tag);
    if (tag === "span") wrapped.className = "passage";
    wrapped.append(words(from, to));
    nodes.push(words(place, from), wrapped);
    place = to;
  }
  text.replaceWith(...nodes.filter(Boolean), words(place, characters.length));
}

function clear() {
  endWayBack();
  announcement.after(back);
  for (const marked of announcement.querySelectorAll("mark, .passage")) {
    const element = marked.parentElement;
    marked.replaceWith(...marked.childNodes);
    element.normalize();
  }
}

/** Puts the way back to the answer beneath the words, until the reader is there again. */
function offerWayBack(askedBy, last) {
  asker = askedBy;
  if (asker === null) return;
  const item = last.closest("li");
  if (item) item.append(back);
  else (last.closest("figure") ?? last).after(back);
  back.hidden = false;
  back.classList.add("aside");
  isChatInSight = true;
  sight.observe(chat);
}

/** Where the chat stands beside the words, only who comes by keyboard sees the way back. */
function followSight(changes) {
  const { isIntersecting } = changes.at(-1);
  if (isIntersecting && !isChatInSight) endWayBack();
  isChatInSight = isIntersecting;
  back.classList.toggle("aside", isIntersecting);
}

function endWayBack() {
  back.hidden = true;
  sight.disconnect();
}

function goTo(element, block) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block, behavior: still ? "auto" : "smooth" });
}

/** Returns whether the address names words of the announcement. */
function showFromAddress() {
  const found = /^#tekst=(\d+)-(\d+)$/.exec(location.hash);
  return found !== null && show({ start: Number(found[1]), end: Number(found[2]) }, null);
}

document.addEventListener("helse-source", (event) => {
  if (show(event.detail ?? {}, event.composedPath()[0])) event.preventDefault();
});

back.addEventListener("click", () => {
  endWayBack();
  goTo(asker.isConnected ? asker : chat, "nearest");
});

chat.addEventListener("focusin", endWayBack);
window.addEventListener("hashchange", showFromAddress);
// Who follows a link to the words came to read: the chat comes after them.
document.documentElement.classList.toggle("reading", showFromAddress());
