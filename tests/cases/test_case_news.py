"""Whoever listens hears of what is new, and of nothing that is another's."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from employees import KARI, OLA

from bot.cases import Cases
from bot.cases.news import Listener, News
from bot.cases.views import standing_of

SOON = 2.0
# Longer than from one look to the next.
MEANWHILE = 0.6


def tell(cases: Cases, listener: Listener, sender: str = "web-1") -> None:
    """Tell a listener how all stands, as a stream does."""
    listener.news.clear()
    listener.told = standing_of(cases.view(sender))


async def is_woken(
    cases: Cases, listener: Listener, sender: str = "web-1", within: float = SOON
) -> bool:
    try:
        await asyncio.wait_for(listener.news.wait(), within)
    except asyncio.TimeoutError:
        return False
    tell(cases, listener, sender)
    return True


def listening(cases: Cases, hear: Callable[[News, Listener], Awaitable[None]]) -> None:
    async def listen() -> None:
        news = News(cases, lambda: False)
        with news.listening("web-1") as listener:
            tell(cases, listener)
            await hear(news, listener)

    asyncio.run(listen())


def test_what_changes_in_a_case_wakes_its_own_listener_and_no_other(
    cases: Cases,
) -> None:
    async def hear(news: News, listener: Listener) -> None:
        cases.open("web-1", "call-1", "asked", "nb")
        assert await is_woken(cases, listener)
        with news.listening("web-2") as other:
            tell(cases, other, "web-2")
            case = cases.open_case("web-1")
            assert case
            for change in (
                lambda: cases.take(case.id, KARI),
                lambda: cases.say(case.id, KARI, "Hei", "line-1"),
                lambda: cases.staff_types(case.id, KARI),
                lambda: cases.transfer(case.id, KARI, OLA),
                lambda: cases.close(case.id, OLA),
            ):
                change()
                assert await is_woken(cases, listener)
            assert not await is_woken(cases, other, "web-2", MEANWHILE)

    listening(cases, hear)


def test_nothing_new_wakes_nobody(cases: Cases) -> None:
    async def hear(_: News, listener: Listener) -> None:
        cases.open("web-2", "call-2", "asked", "nb")
        assert not await is_woken(cases, listener, within=MEANWHILE)
        cases.open("web-1", "call-1", "asked", "nb")
        assert await is_woken(cases, listener)
        [*_, case] = cases.waiting()
        assert case.sender_id == "web-1"
        cases.note(case.id, KARI, "En merknad")
        assert not await is_woken(cases, listener, within=MEANWHILE)

    listening(cases, hear)


def test_that_nobody_is_there_any_more_wakes_all(cases: Cases) -> None:
    async def hear(_: News, listener: Listener) -> None:
        cases.set_away(KARI, True)
        assert await is_woken(cases, listener)

    listening(cases, hear)


def test_a_deleted_case_wakes_its_listener(cases: Cases) -> None:
    async def hear(_: News, listener: Listener) -> None:
        cases.open("web-1", "call-1", "asked", "nb")
        assert await is_woken(cases, listener)
        with cases.engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM cases")
        assert await is_woken(cases, listener)

    listening(cases, hear)


def test_what_came_and_went_between_two_looks_is_told_to_who_was_told_of_it(
    cases: Cases,
) -> None:
    async def hear(_: News, listener: Listener) -> None:
        await asyncio.sleep(MEANWHILE)
        # All of it before the next look, which finds what the last one found.
        cases.open("web-1", "call-1", "asked", "nb")
        tell(cases, listener)
        with cases.engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM case_lines")
            connection.exec_driver_sql("DELETE FROM cases")
        assert await is_woken(cases, listener)
        assert listener.told
        assert listener.told[1] is None

    listening(cases, hear)


def test_while_nobody_listens_nothing_is_looked_for(
    cases: Cases, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = 0
    look = Cases.standings

    def counted(of: Cases) -> object:
        nonlocal looks
        looks += 1
        return look(of)

    monkeypatch.setattr(Cases, "standings", counted)

    async def listen() -> None:
        news = News(cases, lambda: False)
        with news.listening("web-1"):
            await asyncio.sleep(MEANWHILE)
        assert looks > 1
        await asyncio.sleep(MEANWHILE)
        done = looks
        await asyncio.sleep(MEANWHILE)
        assert looks == done
        # And it begins again.
        with news.listening("web-1"):
            await asyncio.sleep(MEANWHILE)
        assert looks > done

    asyncio.run(listen())


def test_a_stop_ends_all_who_listen(cases: Cases) -> None:
    async def listen() -> None:
        stops: list[bool] = []
        news = News(cases, lambda: bool(stops))
        with news.listening("web-1") as one, news.listening("web-2") as other:
            stops.append(True)
            assert await is_woken(cases, one)
            assert one.is_over
            assert other.is_over
        assert news.number == 0

    asyncio.run(listen())


def test_of_too_many_who_listen_for_one_the_oldest_ends(cases: Cases) -> None:
    async def listen() -> None:
        news = News(cases, lambda: False)
        with (
            news.listening("web-1") as oldest,
            news.listening("web-1"),
            news.listening("web-1"),
            news.listening("web-1") as fourth,
        ):
            assert not oldest.is_over
            with news.listening("web-1"):
                assert oldest.is_over
                assert not fourth.is_over
                assert news.number == 4

    asyncio.run(listen())


def test_a_new_place_is_told_by_the_look_that_found_it(cases: Cases) -> None:
    for number in (1, 2):
        cases.open(f"web-{number}", f"call-{number}", "asked", "nb")
    latest = cases.view("web-2")["latest"]
    first = cases.open_case("web-1")
    assert first
    cases.take(first.id, KARI)
    found = cases.standings()
    assert found.view("web-2", latest) == cases.view("web-2", latest)
    assert found.of("web-2") == standing_of(cases.view("web-2", latest))
    # There are lines of which the look tells nothing.
    assert found.view("web-1", latest) is None
    assert found.view("web-3", 0) is None
