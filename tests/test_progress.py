"""Progress: the step, the percentage and the time left, and nothing twice."""

import re
from collections.abc import Iterator
from itertools import pairwise
from types import SimpleNamespace

import pytest

from bot import progress as module
from bot.progress import Progress, listen, part_of, report

STEPS = ["data", "language", "familiar", "classifier", "scope", "names"]


class Clock:
    """Stands in for the module `time`, and goes only when it is told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    return clock


@pytest.fixture(autouse=True)
def nobody_listens() -> Iterator[None]:
    listen(None)
    yield
    listen(None)


def percent(line: str) -> int:
    found = re.match(r" *(\d+)% ", line)
    assert found, line
    return int(found[1])


def test_each_step_has_words_of_its_own_and_the_percentage_never_falls() -> None:
    lines: list[str] = []
    progress = Progress(lines.append)
    for step in STEPS:
        for share in (0.0, 0.5, 1.0):
            progress.report(step, share)
    shown = [percent(line) for line in lines]
    assert shown == sorted(shown)
    assert shown[0] == 0
    texts = {re.split(r"% |, about", line)[1] for line in lines}
    assert len(texts) == len(STEPS)


def test_all_steps_together_make_the_whole() -> None:
    lines: list[str] = []
    Progress(lines.append).report(STEPS[-1], 1.0)
    assert percent(lines[0]) == 100


def test_a_step_begins_where_the_one_before_it_ends() -> None:
    for step, following in pairwise(STEPS):
        lines: list[str] = []
        progress = Progress(lines.append)
        progress.report(step, 1.0)
        progress.report(following, 0.0)
        end, beginning = map(percent, lines)
        assert end == beginning > 0


def test_a_step_is_told_at_once_and_then_only_when_there_is_news() -> None:
    lines: list[str] = []
    progress = Progress(lines.append)
    for thousandth in range(1001):
        progress.report("classifier", thousandth / 1000)
    shown = [percent(line) for line in lines]
    assert 5 < len(shown) < 20
    assert all(b - a >= 5 for a, b in pairwise(shown))
    progress.report("scope", 0.0)
    assert len(lines) == len(shown) + 1


@pytest.mark.parametrize("share", [0.3, 0.6, 1.0])
def test_the_time_left_follows_from_the_time_that_it_took(
    clock: Clock, share: float
) -> None:
    lines: list[str] = []
    progress = Progress(lines.append)
    clock.now += 200
    progress.report("classifier", share)
    (line,) = lines
    found = re.search(r", about (\d+) s left$", line)
    assert found, line
    done = percent(line)
    assert int(found[1]) == pytest.approx(200 * (100 - done) / done, rel=0.05)


def test_at_the_very_beginning_no_time_is_guessed(clock: Clock) -> None:
    lines: list[str] = []
    progress = Progress(lines.append)
    clock.now += 5
    progress.report("data", 0.0)
    assert "left" not in lines[0]


def test_who_listens_is_told_what_the_components_report() -> None:
    lines: list[str] = []
    listen(Progress(lines.append))
    report("language", 0.0)
    assert len(lines) == 1


def test_without_a_listener_a_report_goes_nowhere() -> None:
    lines: list[str] = []
    listen(Progress(lines.append))
    listen(None)
    report("language", 0.0)
    assert lines == []


def test_a_part_of_a_step_is_told_as_its_place_in_the_step() -> None:
    told: list[tuple[str, float]] = []
    listener = SimpleNamespace(report=lambda step, share: told.append((step, share)))
    listen(listener)  # type: ignore[arg-type]
    tell = part_of("classifier", 0.5, 0.9)
    for share in (0.0, 0.5, 1.0):
        tell(share)
    assert told == [
        ("classifier", pytest.approx(0.5)),
        ("classifier", pytest.approx(0.7)),
        ("classifier", pytest.approx(0.9)),
    ]
