"""Introductions and signatures are taken from a message, and nothing that it asks."""

import time

import pytest

from bot.reading.courtesies import without_courtesies
from bot.reading.segments import split_segments


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("My name is Tom. Who got the money?", "Who got the money?"),
        ("Hi, my name's Anna, who got money", "who got money"),
        ("I work at a bank in Bergen. Did Aleap get any?", "Did Aleap get any?"),
        ("Jeg heter Anne. Hvem fikk penger?", "Hvem fikk penger?"),
        ("Hei, jeg heter Anne, hvem fikk penger?", "hvem fikk penger?"),
        ("Jeg jobber i et firma og hvem fikk penger?", "hvem fikk penger?"),
        ("Mitt navn er Per!\nHvem fikk penger?", "Hvem fikk penger?"),
        ("Eg heiter Olav, kven fekk pengar?", "kven fekk pengar?"),
        ("God dag. Eg arbeider i ein kommune; kven fekk pengar?", "kven fekk pengar?"),
        ("æ heite Kari å kem fekk pæng", "kem fekk pæng"),
    ],
)
def test_an_introduction_before_a_question_is_left_out(text: str, asked: str) -> None:
    assert without_courtesies(text).text == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Hvem fikk pengene? Hilsen Kari", "Hvem fikk pengene?"),
        ("hvem fikk penger mvh ole", "hvem fikk penger"),
        ("Hvem fikk penger?\n\nMed vennlig hilsen\nKari Lie\n", "Hvem fikk penger?"),
        ("Hvem fikk penger, vennlig hilsen Åse-Marie H. Moe!", "Hvem fikk penger"),
        ("Hvem fikk penger? Mvh", "Hvem fikk penger?"),
        ("Kven fekk pengar? Venleg helsing Olav", "Kven fekk pengar?"),
        ("Kven fekk pengar? Helsing Olav", "Kven fekk pengar?"),
        ("Who got money? Kind regards, Tom Smith", "Who got money?"),
        ("Who got money? Yours sincerely Tom", "Who got money?"),
    ],
)
def test_a_signature_after_a_question_is_left_out(text: str, asked: str) -> None:
    assert without_courtesies(text).text == asked


def test_both_are_left_out_of_one_message() -> None:
    text = "Jeg heter Kari. Hvem fikk penger? Hilsen Kari"
    assert without_courtesies(text).text == "Hvem fikk penger?"


@pytest.mark.parametrize(
    "text",
    [
        "Hilsen Kari",
        "mvh",
        "Kind regards, Tom",
        "My name is Tom.",
        "Hei, jeg heter Anne!",
        "Jeg heter Kari. Hilsen Kari",
        "Eg heiter Olav, 5?",
    ],
)
def test_a_message_that_is_nothing_but_a_courtesy_stays(text: str) -> None:
    assert without_courtesies(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "Hvem sendte en hilsen til Siva i går?",
        "Kom det ei helsing frå ministeren?",
        "What did he say with regards to health?",
        "Kan jeg sende en hilsen?",
        "Hvem fikk julehilsen",
        "Hvem sa hilsen og takk til alle som var med på dagen i Oslo",
        "Hvem heter Tom? Er han direktør?",
        "Hvor mange er det jeg jobber med? Hvem er de?",
        "Hvem fikk penger?",
        "jeg heter kari hvem fikk penger",
        "",
        "👍",
    ],
)
def test_a_message_stays_whole_that_only_holds_such_words(text: str) -> None:
    assert without_courtesies(text).text == text


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Jeg heter Kari. Hvem fikk penger? Hilsen Kari", 16),
        ("  Hvem fikk penger? ", 2),
        ("\tmvh ole\n", 1),
        ("I work at Siva. Siva", 16),
        ("Eg heiter Siva, Siva, helsing Siva", 16),
        ("Hei!\r\nHvem fikk penger?\r\nHilsen Kari", 0),
    ],
)
def test_what_is_left_stands_at_its_offsets_without_white_space(
    text: str, start: int
) -> None:
    core = without_courtesies(text)
    assert core.start == start
    assert text[core.start : core.end] == core.text == core.text.strip()


@pytest.mark.parametrize("rest", ["a" * 120, "a-" * 60, ". " * 60, "mvh " * 60])
def test_a_long_word_after_a_courtesy_is_read_at_once(rest: str) -> None:
    text = f"Hilsen {rest}?"
    began = time.perf_counter()
    assert without_courtesies(text).text == text
    assert time.perf_counter() - began < 1


def test_the_parts_of_what_is_left_keep_their_place_in_the_message() -> None:
    text = "Jeg heter Kari. Hvem fikk penger? Hvor mye og hvem delte ut? Hilsen Kari"
    core = without_courtesies(text)
    parts = split_segments(text, core.start, core.end)
    assert [part.text for part in parts] == [
        "Hvem fikk penger?",
        "Hvor mye",
        "hvem delte ut?",
    ]
    assert [text[part.start : part.end] for part in parts] == [p.text for p in parts]


@pytest.mark.parametrize(
    "text",
    [
        "Hei! Hvem fikk penger? Takk! Det var alt.",
        "Hei! Hvem fikk penger? Takk til deg og hvem du vil",
    ],
)
def test_nothing_outside_the_given_part_is_split(text: str) -> None:
    (part,) = split_segments(text, start=5, end=22)
    assert (part.text, part.start, part.end) == ("Hvem fikk penger?", 5, 22)


def test_what_stands_before_the_given_part_makes_no_question_of_its_first_word() -> (
    None
):
    text = "Jeg heter Kari. Hva og hvem?"
    (part,) = split_segments(text, start=16)
    assert part.text == "Hva og hvem?"
