"""Spans of a text, and which of them another touches."""

import random

from bot.reading.spans import Spans


def test_spans_overlap_that_share_a_character() -> None:
    spans = Spans([(10, 15), (0, 5)])
    assert spans.overlap(4, 6)
    assert spans.overlap(0, 20)
    assert not spans.overlap(5, 10)
    assert not spans.overlap(15, 20)


def test_spans_keep_their_order_whatever_is_added() -> None:
    spans = Spans([(10, 15)])
    spans.add(0, 5)
    spans.add(20, 25)
    assert list(spans) == [(0, 5), (10, 15), (20, 25)]
    assert list(spans.overlapping(3, 12)) == [0, 1]


def test_what_is_found_is_what_comparing_all_would_find() -> None:
    chance = random.Random(1)
    for _ in range(200):
        cuts = sorted(chance.sample(range(60), 12))
        listed = list(zip(cuts[::2], cuts[1::2], strict=True))
        start = chance.randrange(55)
        end = start + chance.randint(1, 5)
        touched = [n for n, (a, b) in enumerate(listed) if a < end and start < b]
        assert list(Spans(listed).overlapping(start, end)) == touched
