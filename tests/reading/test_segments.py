"""Messages are split where a new question begins, and nowhere else."""

import pytest

from bot.reading.segments import claimed_span, split_segments


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
        (
            "Hvem fikk penger, hvor mye var det?",
            ["Hvem fikk penger", "hvor mye var det?"],
        ),
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
        "Hva med nummer fire, hvilken by er det i?",
        "Da de søkte penger, hvem fikk?",
        "hvem fikk penger",
        "Fikk de 6 mill. kroner?",
        "Er adm. direktør med, f.eks. i dag?",
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
        ("Jeg lurer på hvem som fikk penger", True),
        ("I wonder whether Aleap got money", True),
        ("Hei!", False),
        ("Jeg lurer litt.", False),
        ("Jeg vet hvem som fikk penger.", False),
        ("Er det sant?", False),
        ("ikke sant?", False),
    ],
)
def test_a_part_asks_by_its_mark_its_first_word_or_by_wondering(
    text: str, asks: bool
) -> None:
    (segment,) = split_segments(text)
    assert segment.asks is asks


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("Fikk Aleap penger?", "Fikk Aleap penger?"),
        ("Jeg bor i Oslo. Fikk Aleap penger?", "Fikk Aleap penger?"),
        ("Fikk Aleap penger? Takk for svar.", "Fikk Aleap penger?"),
        ("Aleap fikk penger. Stemmer det?", "Aleap fikk penger."),
        ("Siva er best. Aleap fikk penger. Ikke sant?", "Aleap fikk penger."),
        ("Aleap fikk. Valide fikk ikke.", "Aleap fikk. Valide fikk ikke."),
        ("Fikk Aleap penger, eller tar jeg feil?", "Fikk Aleap penger"),
        ("Did Aleap get money, as usual?", "Did Aleap get money"),
        ("Jeg leste at Aleap fikk penger?", "Aleap fikk penger?"),
        ("I heard that Aleap got money?", "Aleap got money?"),
        ("Er det slik at Aleap fikk penger?", "Aleap fikk penger?"),
        ("", ""),
    ],
)
def test_what_is_claimed_is_told_from_what_leads_up_to_it(
    text: str, claimed: str
) -> None:
    start, end = claimed_span(text)
    assert text[start:end] == claimed
