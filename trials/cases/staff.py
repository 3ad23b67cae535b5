"""One of the staff at the page Kø, who answers people through its forms."""

import dataclasses
import html
import re
import threading
from collections.abc import Iterator, Sequence
from typing import Literal
from uuid import uuid4

from trials.cases.book import Book, Mark, Said, Seen, now, numbers_in
from trials.cases.console import Tab, found

# As often as the page asks for its news.
_SECONDS_BETWEEN_QUESTIONS = 0.5
# What one of the staff needs to read and to write, if they are very quick.
_SECONDS_TO_ANSWER = 0.15
_RESENT_EACH = 7
_ITEM = re.compile(
    r'<li class="beside" id="(line|turn)-(\d+)">(.*?)'
    r'(?=<li class="beside"|</ol>|\Z)',
    re.S,
)
_LINE = r'name="line" value="([^"]+)"'
_SAID = re.compile(r'<p class="said" dir="auto">(.*?)</p>', re.S)
_ROW = re.compile(r'id="open-(\d+)"(.*?)(?=id="open-|\Z)', re.S)

Wish = Literal["transfer", "put_back", "close"]


def wish_for(text: str) -> Wish | None:
    """Return what one of the staff does after answering something, beside that."""
    numbers = numbers_in(text)
    if numbers is None:
        return None
    number, of, person = numbers
    if number == 1 and person % 7 == 1:
        return "transfer"
    if number == 2 and person % 25 == 2:
        return "put_back"
    if number == 2 and person % 20 == 5:
        return "close"  # Too early: the person asks again.
    # Some people end it themselves, and some cases stay open.
    return "close" if number == of and person % 10 in (0, 1, 4, 5, 8) else None


@dataclasses.dataclass(frozen=True)
class Line:
    """A line of a case on a page."""

    number: int
    is_staff: bool
    text: str


def lines_in(page: str) -> Iterator[Line]:
    """Yield what was said in cases on a page: no notices, no turns of the robot."""
    for kind, number, item in _ITEM.findall(page):
        said = _SAID.search(item)
        if kind == "line" and said:
            text = html.unescape(said[1]).strip()
            yield Line(int(number), 'class="reply staff"' in item, text)


def rows_in(page: str, name: str) -> list[tuple[str, bool]]:
    """Return the cases of a list on a page, and whether each needs a reply."""
    part = found(rf'(?s)data-part="{name}"(.*?)</section>', page)
    return [(number, "tag calls" in row) for number, row in _ROW.findall(part)]


def unanswered(lines: Sequence[Line]) -> list[Line]:
    """Return what people said that no answer repeats."""
    answers = {it.text.partition(": ")[2] for it in lines if it.is_staff}
    return [it for it in lines if not it.is_staff and it.text not in answers]


class Employee:
    """One of the staff, with one tab, whose script asks for news.

    Attributes:
        name: What they are called.
    """

    def __init__(self, tab: Tab, name: str, book: Book, most: int) -> None:
        """Take their place.

        Args:
            tab: Their tab; they are signed in.
            name: What they are called.
            book: Takes down what happens.
            most: How many cases they have at most.
        """
        self.name = name
        self._tab, self._book, self._most = tab, book, most
        self._version = ""
        self._case = ""
        self._lines: list[Line] = []
        self._robot = self._since = "0"
        self._lists: dict[str, list[tuple[str, bool]]] = {}
        self._marked: set[str] = set()
        self._line = ""
        self._opened = 0
        self._said = 0
        self._take_page(self._tab.open("/cases"))

    def work(self, over: threading.Event) -> None:
        """Take cases and answer people, until told that it is over.

        Raises:
            TrialError: The console does not do what was asked.
        """
        while not over.is_set():
            asked = now()
            self._hear()
            while now() < asked + _SECONDS_BETWEEN_QUESTIONS and self._act():
                over.wait(_SECONDS_TO_ANSWER)
            over.wait(max(0.0, asked + _SECONDS_BETWEEN_QUESTIONS - now()))

    def look_into(self, cases: Sequence[str]) -> None:
        """Open cases, and see what was said there."""
        for case in cases:
            self._open(case)

    def _act(self) -> bool:
        """Do what is most urgent; tell whether there was anything."""
        waiting = [case for case, _ in self._lists["waiting"]]
        if waiting and len(self._lists["mine"]) < self._most:
            self._take(waiting[0])
        elif self._case and unanswered(self._lines):
            self._answer()
        else:
            mine = self._lists["mine"]
            calls = [it for it, calls in mine if calls and it != self._case]
            if not calls:
                return False
            self._open(calls[self._said % len(calls)])
            if self._line and not unanswered(self._lines):
                self._greet()  # It was handed on just now.
        return True

    def _hear(self) -> None:
        """Ask for news, as the page's script does."""
        asked = {"version": self._version}
        if self._case:
            asked |= {"case": self._case, "since": self._since, "robot": self._robot}
        told = self._tab.news("/cases/news", asked)
        self._version = told["version"]
        if "parts" in told:
            self._read_lists(told["parts"])
            if line := found(_LINE, told["parts"]):
                self._line = line
        case = told.get("case")
        if case:
            self._robot = str(case["robot"])
            if "said" in case:
                self._since = str(case["latest"])
                self._see(case["said"], "news")

    def _open(self, case: str) -> None:
        self._take_page(self._tab.open(f"/cases/{case}"))

    def _take_page(self, page: str) -> None:
        self._opened += 1
        self._version, self._lines = "", []
        self._case = found(r'data-case="(\d+)"', page)
        self._since = found(r'data-since="(\d+)"', page)
        self._robot = found(r'data-robot="(\d+)"', page)
        self._line = found(_LINE, page)
        self._read_lists(page)
        self._see(page, "opened")

    def _read_lists(self, page: str) -> None:
        self._lists = {it: rows_in(page, it) for it in ("waiting", "mine")}
        marked = {case for case, calls in self._lists["mine"] if calls}
        for case in marked - self._marked - {self._case}:
            self._book.add(Mark(case, now()))
        self._marked = marked - {self._case}

    def _see(self, page: str, how: Literal["news", "opened"]) -> None:
        at, shown = now(), {it.number for it in self._lines}
        window = f"{self.name} {self._opened}"
        for line in lines_in(page):
            if line.number in shown:
                continue  # The script adds none that is there.
            self._lines.append(line)
            if not line.is_staff:
                where, text, number = self._case, line.text, line.number
                seen = Seen(text, "staff", where, window, number, how, at)
                self._book.add(seen)

    def _take(self, case: str) -> None:
        self._take_page(self._tab.send(f"/cases/{case}/take"))
        if self._case == case and self._line:
            self._greet()

    def _greet(self) -> None:
        self._said += 1
        self._say(f"Hei {self._said}, dette er {self.name} i sak {self._case}.")

    def _answer(self) -> None:
        wishes: list[Wish | None] = []
        for line in unanswered(self._lines):
            self._said += 1
            text = f"Svar {self._said} fra {self.name} i sak {self._case}: {line.text}"
            if not self._say(text):
                break
            wishes.append(wish_for(line.text))
        wish = next((it for it in wishes if it), None)
        # Something may have come while this was written.
        self._hear()
        if wish and self._case and not unanswered(self._lines):
            self._do(wish)

    def _say(self, text: str) -> bool:
        """Say something; tell whether it was said."""
        case, path = self._case, f"/cases/{self._case}/say"
        line = self._line or uuid4().hex
        began = now()
        told = self._tab.send_by_script(path, reply=text, line=line)
        if self._said % _RESENT_EACH == 0:
            # As a script does that has not heard the answer.
            self._tab.send_by_script(path, reply=text, line=line)
        # A script shows it with the next news, as it does what others say.
        if "line" not in told:
            self._lines = []  # It is somebody else's now, or closed.
            self._case = ""
            return False
        self._line = told["line"]
        self._lines.append(Line(-self._said, True, text))
        self._book.add(Said(text, "staff", case, began, now()))
        return True

    def _do(self, wish: Wish) -> None:
        path = f"/cases/{self._case}/{wish.replace('_', '-')}"
        fields = {}
        if wish == "transfer":
            page = self._tab.open(f"/cases/{self._case}")
            others = re.findall(r'<option value="([^"]+)"', page)
            if not others:
                return
            fields["to"] = html.unescape(others[self._said % len(others)])
        self._take_page(self._tab.send(path, **fields))
