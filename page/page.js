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

// Where the words were asked for, to go back to.
let asker = null;

/**
 * Marks the words from start up to end in place of those marked before, and takes the
 * reader there. Returns false, and does nothing, when there are no such words.
 */
function show(start, end, askedBy) {
  const whole = Number.isInteger(start) && Number.isInteger(end);
  if (!whole || start < 0 || start >= end || end > length) return false;
  const touched = blocks.filter((block) => block.start < end && start < block.end);
  if (touched.length === 0) return false;
  clear();
  const [first] = touched.map((block) => mark(block, start, end));
  asker = askedBy;
  back.hidden = asker === null;
  first.tabIndex = -1;
  goTo(first, "center");
  return true;
}

function mark(block, start, end) {
  const text = block.element.firstChild;
  const [from, to] = [start, end].map((place) => units(text.data, place - block.start));
  const words = text.splitText(from);
  words.splitText(to - from);
  const marked = document.createElement("mark");
  words.replaceWith(marked);
  marked.append(words);
  return marked;
}

/** How many UTF-16 units, in which JavaScript counts, the first characters make. */
function units(text, characters) {
  return [...text].slice(0, Math.max(0, characters)).join("").length;
}

function clear() {
  for (const marked of announcement.querySelectorAll("mark")) {
    const element = marked.parentElement;
    marked.replaceWith(...marked.childNodes);
    element.normalize();
  }
}

function goTo(element, block) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block, behavior: still ? "auto" : "smooth" });
}

function showFromAddress() {
  const found = /^#tekst=(\d+)-(\d+)$/.exec(location.hash);
  if (found) show(Number(found[1]), Number(found[2]), null);
}

document.addEventListener("helse-source", (event) => {
  const { start, end } = event.detail ?? {};
  if (show(start, end, event.composedPath()[0])) event.preventDefault();
});

back.addEventListener("click", () => {
  back.hidden = true;
  goTo(asker.isConnected ? asker : chat, "nearest");
});

window.addEventListener("hashchange", showFromAddress);
showFromAddress();
