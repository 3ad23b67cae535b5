"""Each way in which what is said in a case may go wrong is found, and timed."""

import dataclasses
from typing import Any

import pytest

from trials.cases.book import Book, How, Mark, Said, Seen, Side, numbered, numbers_in
from trials.cases.outcomes import Outcome, Stored, Wait, outcome_of, percentile
from trials.cases.staff import lines_in, rows_in, unanswered, wish_for

STORED = Stored(
    {"1": "web-1", "2": "web-2"},
    [("a", "web-1"), ("b", "web-1"), ("svar", "web-1"), ("c", "web-2")],
    {"web-1": [(0.0, 50.0)]},
)
TOLD = """
<section data-part="waiting"><a id="open-9" href="/cases/9">Sak</a></section>
<section data-part="mine"><ul>
<li><a id="open-1" href="/cases/1">Sak</a><ul><li class="tag calls">Svar</li></ul></li>
<li><a id="open-2" href="/cases/2">Sak</a><ul><li class="tag">Bokmål</li></ul></li>
</ul></section>
<ol><li class="beside" id="turn-3"><p class="said" dir="auto">Til roboten</p></li>
<li class="beside" id="line-4"><div class="message">
<p class="said" dir="auto">Æ &amp; å</p></div></li>
<li class="beside" id="line-5"><p class="told">Tatt</p></li>
<li class="beside" id="line-6"><div class="reply staff">
<p class="said" dir="auto">Svar 1: Æ &amp; å</p></div></li>
<li class="beside" id="line-7"><div class="message">
<p class="said" dir="auto">Og så?</p></div></li></ol>
"""


def said(text: str, by: Side = "citizen", where: str = "web-1", at: float = 1) -> Said:
    return Said(text, by, where, at, at + 0.1)


def seen(
    text: str,
    side: Side = "staff",
    where: str = "1",
    at: float = 2,
    how: How = "news",
    window: str = "Kari 1",
) -> Seen:
    return Seen(text, side, where, window, 0, how, at)


def book_of(*items: Said | Seen | Mark) -> Book:
    book = Book()
    for item in items:
        book.add(item)
    return book


def outcome(*items: Said | Seen | Mark, **changes: Any) -> Outcome:
    stored = dataclasses.replace(STORED, **changes)
    return outcome_of(book_of(*items), stored)


def test_what_was_seen_once_in_its_place_is_clean() -> None:
    found = outcome(
        said("a"),
        seen("a"),
        said("b", at=3),
        seen("b", at=4),
        said("svar", "staff", "1", 5),
        seen("svar", "citizen", "web-1", 6, "stream", "web-1"),
    )
    assert found.is_clean
    assert (found.citizens.acknowledged, found.staff.acknowledged) == (2, 1)


def test_what_was_not_seen_or_not_kept_is_lost() -> None:
    assert outcome(said("a")).citizens.lost == ("a",)
    assert outcome(said("a"), seen("a"), lines=[]).citizens.lost == ("a",)
    assert outcome(said("svar", "staff", "1")).staff.lost == ("svar",)


def test_what_one_window_shows_twice_or_the_store_holds_twice_is_doubled() -> None:
    assert outcome(said("a"), seen("a"), seen("a")).citizens.doubled == ("a",)
    opened_again = seen("a", window="Kari 2")
    assert outcome(said("a"), seen("a"), opened_again).is_clean
    lines = [*STORED.lines, ("a", "web-1")]
    assert outcome(said("a"), seen("a"), lines=lines).citizens.doubled == ("a",)


def test_what_another_conversation_shows_or_holds_is_crossed() -> None:
    elsewhere = seen("a", where="2")
    assert outcome(said("a"), seen("a"), elsewhere).citizens.crossed == ("a",)
    lines = [("a", "web-2")]
    assert outcome(said("a"), seen("a"), lines=lines).citizens.crossed == ("a",)
    strange = seen("svar", "citizen", "web-2", 6, "stream")
    assert outcome(said("svar", "staff", "1"), strange).staff.crossed == ("svar",)


def test_what_is_shown_before_what_was_said_earlier_is_disordered() -> None:
    both = said("a"), said("b", at=1.5)
    found = outcome(*both, seen("b"), seen("a", at=3))
    assert found.citizens.disordered == ("a",)
    lines = [("b", "web-1"), ("a", "web-1")]
    found = outcome(*both, seen("a"), seen("b", at=3), lines=lines)
    assert found.citizens.disordered == ("a",)


def test_the_robot_may_answer_but_not_while_a_person_does() -> None:
    to_robot = Said("d", "citizen", "web-1", 10, 11, relayed=False)
    assert outcome(to_robot).robot == ["d"]
    assert outcome(to_robot, answered={"web-1": [(0, 10.5)]}).is_clean
    assert outcome(to_robot, answered={"web-1": [(10.5, 50)]}).is_clean


def test_a_mark_shows_the_first_thing_that_was_said_and_not_those_after_it() -> None:
    marked = outcome(
        said("a", at=1),
        said("b", at=2),
        Mark("1", 2.5),
        seen("a", at=9, how="opened"),
        seen("b", at=9, how="opened"),
    )
    assert marked.waits == [Wait("citizen to list", 1, 2.5)]


def test_what_was_shown_by_itself_is_timed_apart_from_disturbances() -> None:
    items = (
        said("svar", "staff", "1", 5),
        seen("svar", "citizen", "web-1", 5.5, "stream"),
        said("a", at=1),
        seen("a", at=3),
    )
    found = outcome_of(book_of(*items), STORED, disturbed=[(2, 2.5)])
    assert found.pushed() == [0.5]
    assert found.lines()[-2:] == [
        "staff to stream: 1, p50 0.50 s, p95 0.50 s, max 0.50 s",
        "disturbed, citizen to news: 1, p50 2.00 s, p95 2.00 s, max 2.00 s",
    ]


def test_what_is_asked_for_is_not_held_to_come_at_once() -> None:
    asked = seen("svar", "citizen", "web-1", 7, "asking")
    assert outcome(said("svar", "staff", "1", 5), asked).pushed() == []


@pytest.mark.parametrize(("percent", "value"), [(50, 10), (95, 19), (100, 20)])
def test_a_percentile_is_a_value_that_was_measured(percent: int, value: float) -> None:
    assert percentile(range(1, 21), percent) == value


def test_the_pages_of_the_console_are_read() -> None:
    lines = list(lines_in(TOLD))
    assert [(it.number, it.is_staff, it.text) for it in lines] == [
        (4, False, "Æ & å"),
        (6, True, "Svar 1: Æ & å"),
        (7, False, "Og så?"),
    ]
    assert [it.text for it in unanswered(lines)] == ["Og så?"]
    assert rows_in(TOLD, "mine") == [("1", True), ("2", False)]
    assert rows_in(TOLD, "waiting") == [("9", False)]


def test_what_the_staff_do_follows_from_what_was_said() -> None:
    assert numbers_in(numbered(2, 5, 17)) == (2, 5, 17)
    assert numbers_in("Hei") is None
    assert wish_for(numbered(1, 4, 8)) == "transfer"
    assert wish_for(numbered(2, 4, 27)) == "put_back"
    assert wish_for(numbered(2, 4, 25)) == "close"
    assert wish_for(numbered(4, 4, 10)) == "close"
    assert wish_for(numbered(4, 4, 13)) is None
