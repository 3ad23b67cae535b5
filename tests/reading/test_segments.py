"""Messages are split where a new question begins, and nowhere else."""

import pytest

from bot.reading.segments import split_segments


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Hvem fikk penger? Hvor mye fikk de?",
            ["Hvem fikk penger?", "Hvor mye fikk de?"],
        ),
        (
            "Hvem fikk penger og hvor mye var det?",
            ["Hvem fikk penger", "hvor mye var det?"],
        ),
        (
            "Kven fekk pengar, og kva skal dei brukast til?",
            ["Kven fekk pengar", "kva skal dei brukast til?"],
        ),
        ("Who got money and how much?", ["Who got money", "how much?"]),
        ("Hei!\n\nHva er Siva?", ["Hei!", "Hva er Siva?"]),
        ("Hva er Siva\nhvem leder Siva", ["Hva er Siva", "hvem leder Siva"]),
    ],
)
def test_a_message_is_split_between_its_questions(text: str, parts: list[str]) -> None:
    assert [segment.text for segment in split_segments(text)] == parts


@pytest.mark.parametrize(
    "text",
    [
        "Hvor ligger Aleap og Valide?",
        "Hva er Nærings- og fiskeridepartementet?",
        "Er potten på 14.5 millioner?",
        "Hva og hvem?",
        "hvem fikk penger",
    ],
)
def test_one_question_stays_in_one_piece(text: str) -> None:
    assert [segment.text for segment in split_segments(text)] == [text]


@pytest.mark.parametrize("text", ["", "  \n ", "\t"])
def test_nothing_written_gives_no_part(text: str) -> None:
    assert split_segments(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "  Hei!  Hvem fikk penger, og hvor mye?\n Takk ",
        "Hvem leder Siva og hva sier hun? Og så?",
    ],
)
def test_each_part_stands_at_its_offsets(text: str) -> None:
    segments = split_segments(text)
    assert len(segments) > 1
    for segment in segments:
        assert text[segment.start : segment.end] == segment.text


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Hvem fikk penger", True),
        ("Får Aleap noe", True),
        ("Og Tromsø?", True),
        ("Hei!", False),
        ("Jeg lurer litt.", False),
    ],
)
def test_a_part_asks_by_its_mark_or_its_first_word(text: str, asks: bool) -> None:
    (segment,) = split_segments(text)
    assert segment.asks is asks
