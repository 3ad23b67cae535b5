"""What can be pressed or written in on a page, in shadow trees too."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

# CSS pixels; the largest that EN 301 549's readers ask for.
SMALLEST_TARGET = 44
# Beyond a page, Tab leads through the browser's own window.
OF_THE_BROWSER = 5
# More than there is between any two controls.
ENOUGH = 60
# Browsers round what they lay out.
ROUNDING = 0.01

# Finds them, leaving out what is hidden, is seen by screen readers alone, or waits
# outside the window to be focused.
FIND = """
const within = (root) => [...root.querySelectorAll("*")].flatMap((element) =>
  element.shadowRoot ? [element, ...within(element.shadowRoot)] : [element]);
const isSeen = (element) => {
  const { width, height, right, bottom } = element.getBoundingClientRect();
  const options = { checkOpacity: true, checkVisibilityCSS: true };
  return element.checkVisibility(options) && width > 1 && height > 1 &&
    right + scrollX > 0 && bottom + scrollY > 0;
};
const CONTROLS = "a[href], button, summary, input, textarea, select, [tabindex='0']";
const controls = () => within(document).filter((element) =>
  element.matches(CONTROLS) && !element.disabled && isSeen(element));
const focused = () => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
};
const nameOf = (element) => (element.getAttribute("aria-label") ||
  element.innerText?.trim() || element.id || element.outerHTML).slice(0, 80);
"""

# A link among the words of a sentence is as high as they are: WCAG 2.5.5 lets it be.
SMALL = (
    "(smallest) => {"
    + FIND
    + """
  const isInSentence = (element) => {
    const isInline = (it) => getComputedStyle(it).display === "inline";
    if (!element.matches("a") || !isInline(element)) return false;
    let around = element.parentElement;
    while (isInline(around)) around = around.parentElement;
    return around.textContent.trim() !== element.textContent.trim();
  };
  return controls()
    .filter((element) => element.matches("a, button, summary, textarea, select, input"))
    .filter((element) => !isInSentence(element))
    .map((element) => [element, element.getBoundingClientRect()])
    .filter(([, { width, height }]) => Math.min(width, height) < smallest)
    .map(([element, { width, height }]) => `${nameOf(element)}: ${width} × ${height}`);
}"""
)

# Whether it can be brought into the window, with nothing before it where one presses.
UNREACHABLE = (
    "(where) => {"
    + FIND
    + """
  const isAt = (element, x, y) => {
    const at = element.getRootNode().elementFromPoint(x, y);
    return element.contains(at);
  };
  const isReached = (element) => {
    element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const { left, top, right, bottom } = element.getClientRects()[0];
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    return isAt(element, x, y);
  };
  const around = [...document.querySelectorAll(where)].map((it) => it.shadowRoot ?? it);
  return controls()
    .filter((element) => around.some((root) => root.contains(element)))
    .filter((element) => !isReached(element)).map(nameOf);
}"""
)

SIDEWAYS = (
    "() => {"
    + FIND
    + """
  const scrolls = (element) => element === document.documentElement ||
    ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
  return within(document).filter((element) => scrolls(element) && isSeen(element) &&
    !element.matches("textarea, pre") && element.scrollWidth > element.clientWidth + 1)
    .map((element) => element.className || element.localName);
}"""
)

# By name and number, as the chat may make an element anew meanwhile.
KEYS = (
    FIND
    + """
const keysOf = (elements) => elements.map(nameOf).map((name, at, names) =>
  `${name} (${names.slice(0, at).filter((it) => it === name).length + 1})`);
"""
)

NOTE_FOCUS = (
    "() => {"
    + KEYS
    + """
  const all = controls();
  window.focusWasAt ??= new Set();
  window.focusWasAt.add(keysOf(all)[all.indexOf(focused())]);
}"""
)

NOT_FOCUSED = (
    "() => {"
    + KEYS
    + "return keysOf(controls()).filter((key) => !window.focusWasAt.has(key)); }"
)

HAS_FOCUS = "(element) => { " + FIND + "return element === focused(); }"

IS_AHEAD = (
    "(element) => {"
    + FIND
    + """
  const all = within(document);
  return all.indexOf(element) > all.indexOf(focused());
}"""
)


def small_targets(page: Page) -> list[str]:
    """Return what is too small for a thumb, links within a sentence left out."""
    return _found(page, SMALL, SMALLEST_TARGET - ROUNDING)


def unreachable(page: Page, where: str = "html, helse-assistent") -> list[str]:
    """Return what no scrolling brings into the window to be pressed.

    Args:
        page: Where it is looked for.
        where: A selector of the elements that hold it, or whose shadow trees do.
    """
    return _found(page, UNREACHABLE, where)


def sideways(page: Page) -> list[str]:
    """Return what has to be scrolled sideways to be read."""
    return _found(page, SIDEWAYS)


def missed_by_tab(page: Page) -> list[str]:
    """Press Tab on to the end and back to the beginning; return what gets no focus."""
    page.evaluate(NOTE_FOCUS)
    missed = _found(page, NOT_FOCUSED)
    enough = len(missed) + OF_THE_BROWSER
    for key in ["Tab"] * enough + ["Shift+Tab"] * enough:
        if not missed:
            break
        page.keyboard.press(key)
        page.evaluate(NOTE_FOCUS)
        missed = _found(page, NOT_FOCUSED)
    return missed


def go_to(target: Locator) -> None:
    """Press Tab until something has the focus, with Shift for what lies behind."""
    expect(target).to_be_visible()
    key = "Tab" if target.evaluate(IS_AHEAD) else "Shift+Tab"
    for _ in range(ENOUGH):
        if target.evaluate(HAS_FOCUS):
            return
        target.page.keyboard.press(key)
    raise AssertionError(f"{key} does not lead to {target}")


def _found(page: Page, script: str, argument: Any = None) -> list[str]:
    names: list[str] = page.evaluate(script, argument)
    return names
