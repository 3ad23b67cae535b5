"""Citizens and staff in real browsers, driven step by step in one thread."""

# Longer than other modules: either side, and the scripts that note what they are shown.

import threading
from collections.abc import Callable, Sequence
from typing import Any

from playwright.sync_api import Browser, Locator, Page, Playwright, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from trials.cases.book import WISH, Book, How, Mark, Said, Seen, Side, now, numbered
from trials.cases.staff import Line, unanswered, wish_for

Launch = Callable[[Playwright], Browser]

_MILLISECONDS_TO_TAKE_A_STEP = 30_000
_MILLISECONDS_TO_PRESS = 8_000
_SECONDS_BETWEEN_STEPS = 0.1
_SECONDS_TO_THINK = 1.5
# Notes what a page shows that it did not show before; what is noted outlives the page.
_WATCH = """
(() => {
  const find = %s;
  const known = new Map();
  const read = (name) => JSON.parse(sessionStorage.getItem(name) ?? "[]");
  const write = (name, value) => sessionStorage.setItem(name, JSON.stringify(value));
  const look = () => {
    const times = new Map();
    const marked = read("marked");
    const noted = [];
    for (const { mark, ...event } of find()) {
      const key = mark ? event.where : JSON.stringify([event.where, event.text]);
      if (mark ? marked.includes(key) : (known.get(key) ?? 0) > (times.get(key) ?? 0)) {
        times.set(key, (times.get(key) ?? 0) + 1);
        continue;
      }
      times.set(key, (times.get(key) ?? 0) + 1);
      if (mark) marked.push(key);
      else known.set(key, times.get(key));
      noted.push({ ...event, mark, window: performance.timeOrigin, at: Date.now() });
    }
    if (noted.length) write("noted", [...read("noted"), ...noted]);
    write("marked", marked.filter((it) => times.has(it)));
  };
  if (location.protocol !== "about:") setInterval(look, 40);
})();
"""
_SHOWN_TO_CITIZENS = """() => {
  const root = document.querySelector("helse-assistent")?.shadowRoot;
  const said = [...(root?.querySelectorAll(".message.staff .text") ?? [])];
  return said.map((it) => ({ text: it.textContent.trim(), line: 0, where: "" }));
}"""
_SHOWN_TO_STAFF = """() => {
  const desk = document.getElementById("desk");
  if (!desk) return [];
  window.opened ??= Number(desk.dataset.since);
  const said = [...document.querySelectorAll("#story li[id^=line-] .message .said")];
  const mine = document.querySelector("[data-part=mine]");
  const calls = [...(mine?.querySelectorAll("li:has(.calls) a[id^=open-]") ?? [])];
  const { case: here } = desk.dataset;
  const ids = calls.map((it) => it.id.slice(5)).filter((id) => id !== here);
  const lines = said.map((it) => {
    const line = Number(it.closest("li").id.slice(5));
    const opened = line <= window.opened;
    return { text: it.textContent.trim(), line, where: here, opened };
  });
  return [...lines, ...ids.map((where) => ({ where, mark: true }))];
}"""


class BrowserCitizen:
    """A citizen who uses the widget.

    Attributes:
        sender: Their conversation; empty until they have one.
    """

    def __init__(
        self, page: Page, url: str, book: Book, person: int, messages: int
    ) -> None:
        """Open the page.

        Args:
            page: Shows nothing yet.
            url: The address of the server.
            book: Takes down what happens.
            person: Their number.
            messages: How many they say to a person.
        """
        self.sender = ""
        self._person = person
        self._page, self._book, self._messages = page, book, messages
        self._said = 0
        self._pending: tuple[str, float] | None = None
        self._ready_at = 0.0
        page.add_init_script(_WATCH % _SHOWN_TO_CITIZENS)
        page.goto(url)

    @property
    def is_done(self) -> bool:
        """Whether they have said all, and all of it was acknowledged."""
        return self._said == self._messages and self._pending is None

    def step(self) -> None:
        """Do what comes next, if its time has come."""
        self.look()
        if not self.sender:
            self._ask()
        elif self._pending:
            self._wait_for_it(*self._pending)
        elif not self.is_done and now() > self._ready_at:
            self._say()

    def look(self) -> None:
        """Take down what the page has shown."""
        for it in _noted(self._page):
            _see(self._book, it, "citizen", self.sender, "widget")

    def _ask(self) -> None:
        page = self._page
        field = page.get_by_role("textbox", name="Skriv et spørsmål")
        field.fill(f"{WISH} ({self._person}).")
        field.press("Enter")
        page.get_by_role("button", name="Snakk med et menneske", exact=True).click()
        page.get_by_role("button", name="Ja, del samtalen", exact=True).click()
        token = page.evaluate(
            "() => Object.values(localStorage).map((it) => JSON.parse(it).token)[0]"
        )
        self.sender = str(token).partition(".")[0]

    def _say(self) -> None:
        field = self._page.get_by_role("textbox", name="Skriv til medarbeideren")
        if not field.is_visible():
            return
        text = numbered(self._said + 1, self._messages, self._person)
        field.fill(text)
        self._said += 1
        self._pending = (text, now())
        field.press("Enter")

    def _wait_for_it(self, text: str, began: float) -> None:
        """Wait until what was said is acknowledged, and try again where it was not."""
        unsent = self._page.evaluate(
            """() => Object.values(localStorage).flatMap(
              (it) => JSON.parse(it).unsent ?? [])"""
        )
        if not unsent:
            self._book.add(Said(text, "citizen", self.sender, began, now()))
            self._pending = None
            self._ready_at = now() + _SECONDS_TO_THINK
            return
        again = self._page.get_by_role("button", name="Prøv igjen")
        if again.count():
            again.first.click()


class BrowserEmployee:
    """One of the staff who uses the page Kø with its script.

    Attributes:
        name: What they are called.
    """

    def __init__(self, page: Page, link: str, name: str, book: Book, most: int) -> None:
        """Sign in.

        Args:
            page: Shows nothing yet.
            link: The link that signs in.
            name: What they are called.
            book: Takes down what happens.
            most: How many cases they have at most.
        """
        self.name = name
        self._page, self._book, self._most = page, book, most
        self._said = 0
        page.add_init_script(_WATCH % _SHOWN_TO_STAFF)
        page.goto(link)
        self._follow(page.locator("main").get_by_role("button"))
        self._queue = f"{page.url.partition('/cases')[0].rstrip('/')}/cases"
        page.goto(self._queue)

    def step(self) -> None:
        """Do what is most urgent."""
        self.look()
        page = self._page
        has = page.locator("[data-part=mine] a[id^=open-]").count()
        takes = page.locator("[data-part=waiting] button[id^=list-take-]")
        calls = page.locator("[data-part=mine] li:has(.calls) a[id^=open-]")
        here = f"open-{self._case()}"
        others = [it for it in _ids(calls) if it != here]
        if has < self._most and (waiting := _ids(takes)):
            self._open(waiting[0])
        elif (open_ones := unanswered(self._lines())) and self._can_reply():
            self._answer(open_ones)
        elif others:
            self._open(others[0])

    def look(self) -> None:
        """Take down what the page has shown."""
        for it in _noted(self._page):
            if it.get("mark"):
                self._book.add(Mark(it["where"], it["at"] / 1000))
            else:
                how: How = "opened" if it["opened"] else "page"
                _see(self._book, it, "staff", it["where"], how, self.name)

    def _case(self) -> str:
        return self._page.locator("#desk").get_attribute("data-case") or ""

    def _can_reply(self) -> bool:
        return bool(self._page.locator("#send").count())

    def _lines(self) -> list[Line]:
        found: list[dict[str, Any]] = self._page.evaluate(
            """() => {
              const lines = [...document.querySelectorAll("#story li[id^=line-]")];
              return lines.map((it) => ({
                number: Number(it.id.slice(5)),
                staff: it.querySelector(".reply.staff") !== null,
                text: it.querySelector(".said")?.textContent.trim(),
              }));
            }"""
        )
        shown = [it for it in found if it.get("text")]
        return [Line(it["number"], it["staff"], it["text"]) for it in shown]

    def _follow(self, control: Locator) -> None:
        """Press something that leads to a page."""
        with self._page.expect_navigation():
            control.click(timeout=_MILLISECONDS_TO_PRESS, no_wait_after=True)

    def _open(self, control: str) -> None:
        """Open or take a case, and greet where nothing else is to be said."""
        try:
            self._follow(self._page.locator(f"#{control}"))
        except PlaywrightTimeout:
            return  # A colleague was first, and the list was renewed.
        if self._can_reply() and not unanswered(self._lines()):
            self._said += 1
            self._say(f"Hei {self._said}, dette er {self.name} i sak {self._case()}.")

    def _answer(self, lines: Sequence[Line]) -> None:
        wishes = []
        for line in lines:
            self._said += 1
            case = self._case()
            text = f"Svar {self._said} fra {self.name} i sak {case}: {line.text}"
            if not self._say(text):
                return
            wishes.append(wish_for(line.text))
        wish = next(filter(None, wishes), None)
        button = self._page.locator(f"#{(wish or '').replace('_', '-')}")
        is_all = not unanswered(self._lines())  # More may have come meanwhile.
        if wish and is_all and button.count():
            self._follow(button)

    def _say(self, text: str) -> bool:
        """Say something; tell whether it was said."""
        page, case = self._page, self._case()
        page.locator("#reply").fill(text)
        began = now()
        page.locator("#send").click()
        shown = page.locator("#story .reply.staff .said").filter(has_text=text)
        trouble = page.locator("#trouble:not([hidden])")
        shown.or_(trouble).first.wait_for()
        if not shown.count():
            page.goto(self._queue)
            return False
        self._book.add(Said(text, "staff", case, began, now()))
        return True


class Browsers:
    """Citizens and staff in browsers, all of them in one thread.

    Attributes:
        citizens: The citizens.
    """

    def __init__(
        self,
        launch: Launch,
        book: Book,
        *,
        url: str,
        people: Sequence[int],
        messages: int,
        links: Sequence[tuple[str, str]],
        most: int,
    ) -> None:
        """Say who they are.

        Args:
            launch: Starts a browser.
            book: Takes down what happens.
            url: The address of the server.
            people: The numbers of the citizens.
            messages: How many each says to a person.
            links: Names of the staff, with the links that sign them in.
            most: How many cases each of the staff has at most.
        """
        self.citizens: list[BrowserCitizen] = []
        self.are_there = threading.Event()
        self.faults: list[str] = []
        self._launch, self._book, self._url = launch, book, url
        self._people, self._messages = people, messages
        self._links, self._most = links, most

    @property
    def are_done(self) -> bool:
        """Whether the citizens have said all."""
        is_begun = len(self.citizens) == len(self._people)
        return is_begun and all(it.is_done for it in self.citizens)

    def run(self, begun: threading.Event, over: threading.Event) -> None:
        """Let them work and talk.

        Args:
            begun: The staff work from the start; citizens come when it is set.
            over: Ends it.
        """
        staff: list[BrowserEmployee] = []
        with sync_playwright() as playwright:
            browser = self._launch(playwright)
            for name, link in self._links:
                page = self._page(browser)
                staff.append(BrowserEmployee(page, link, name, self._book, self._most))
            self.are_there.set()
            while not over.is_set():
                if begun.is_set() and len(self.citizens) < len(self._people):
                    person = self._people[len(self.citizens)]
                    page = self._page(browser)
                    made = BrowserCitizen(
                        page, self._url, self._book, person, self._messages
                    )
                    self.citizens.append(made)
                for employee in staff:
                    employee.step()
                for citizen in self.citizens:
                    citizen.step()
                over.wait(_SECONDS_BETWEEN_STEPS)
            for employee in staff:
                employee.look()
            for citizen in self.citizens:
                citizen.look()
            browser.close()

    def _page(self, browser: Browser) -> Page:
        context = browser.new_context(locale="nb-NO", ignore_https_errors=True)
        context.set_default_timeout(_MILLISECONDS_TO_TAKE_A_STEP)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        return page


def _noted(page: Page) -> list[dict[str, Any]]:
    """Return what a page has noted since it was asked last."""
    noted: list[dict[str, Any]] = page.evaluate(
        """() => {
          const noted = JSON.parse(sessionStorage.getItem("noted") ?? "[]");
          sessionStorage.removeItem("noted");
          return noted;
        }"""
    )
    return noted


def _ids(controls: Locator) -> list[str]:
    found: list[str] = controls.evaluate_all("(found) => found.map((it) => it.id)")
    return found


def _see(
    book: Book, it: dict[str, Any], side: Side, where: str, how: How, who: str = ""
) -> None:
    window = f"{who or where} {it['window']}"
    at = it["at"] / 1000
    book.add(Seen(it["text"], side, where, window, it["line"], how, at))
