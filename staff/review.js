// Single keys on the pages of Vurder. What has data-key is pressed by that key; J, K and the
// arrows move between what has data-move. Nothing here does what no link or button does.

const ARROWS = { ArrowLeft: "k", ArrowRight: "j" };
const STEPS = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };
const TYPED_INTO = "input, select, textarea, [contenteditable]";

let leaving = false;
addEventListener("pageshow", () => {
  leaving = false;
});
addEventListener("submit", () => {
  leaving = true;
});

if (document.querySelector("[data-keys=on]")) {
  addEventListener("keydown", (event) => {
    const { key, target, repeat } = event;
    const modified = event.ctrlKey || event.altKey || event.metaKey || event.isComposing;
    if (modified || repeat || leaving || target.closest(TYPED_INTO)) return;
    if (move(key, target) || press(ARROWS[key] ?? key.toLowerCase())) event.preventDefault();
  });
}

function press(key) {
  const found = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!found) return false;
  if (found.matches(TYPED_INTO)) found.focus();
  else found.click();
  return true;
}

// The arrows scroll the page, as ever, until one of the list has the focus.
function move(key, target) {
  const places = [...document.querySelectorAll("[data-move]")];
  const step = STEPS[key.length === 1 ? key.toLowerCase() : key];
  const at = places.indexOf(target);
  if (!places.length || !step || (key.length > 1 && at < 0)) return false;
  const next = at < 0 ? (step > 0 ? 0 : places.length - 1) : at + step;
  places[Math.min(Math.max(next, 0), places.length - 1)].focus();
  return true;
}
