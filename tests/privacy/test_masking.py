"""What is left out of messages, and what stays."""

import json
import re
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from stdnum.no import fodselsnummer

from bot.privacy import PLACEHOLDERS, is_personal, masked, without_placeholders
from bot.settings import PROJECT_DIR

HERE = Path(__file__).parent
SETS = sorted(path.name for path in HERE.glob("personal*.tsv"))
ORDINARY = sorted(path.name for path in HERE.glob("ordinary*.txt"))
PERSONAL_PART = re.compile(r"⟦(.*?)⟧", re.DOTALL)
LEAST_RECALL = 0.99
# Longer than any message that is read, and far above what it takes.
SECONDS_FOR_TEN_THOUSAND = 1.0
# Examples and questions of which a person's number is the point.
WITH_PERSONAL_NUMBERS = {
    "00000000000",
    "00000012345",
    "01010112345",
    "000 00 000",
    "000-00-0000",
    "1111 2222 3333 4444",
    "1234 1234 1234 1234",
    "12345678910",
    "999999 99999",
}


def personal(name: str) -> list[tuple[str, str]]:
    """Return the kind and the marked message of each line of a set."""
    lines = (HERE / name).read_text("utf-8").split("\n")
    told = (line.split("\t", 1) for line in lines if line and line[0] != "#")
    return [(kind, text.replace("\\n", "\n")) for kind, text in told]


def ordinary(name: str) -> list[str]:
    lines = (HERE / name).read_text("utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("##")]


def as_written(marked: str) -> str:
    return PERSONAL_PART.sub(r"\1", marked)


def is_left_out(marked: str) -> bool:
    """Tell whether placeholders, and nothing else, took the personal parts' place."""
    placeholder = f"(?:{'|'.join(map(re.escape, PLACEHOLDERS))})"
    around = PERSONAL_PART.split(marked)[::2]
    wanted = placeholder.join(map(re.escape, around))
    return re.fullmatch(wanted, masked(as_written(marked))) is not None


def own_messages() -> Iterator[str]:
    """Yield the questions of the rounds, and the examples that Rasa learns from."""
    for file in (PROJECT_DIR / "tests" / "questions").rglob("*.jsonl"):
        for line in file.read_text("utf-8").splitlines():
            yield from (turn["user"] for turn in json.loads(line)["turns"])
    for file in (PROJECT_DIR / "data" / "nlu").rglob("*.yml"):
        for part in yaml.safe_load(file.read_text("utf-8"))["nlu"]:
            examples = part["examples"]
            if isinstance(examples, str):
                yield from (line[2:] for line in examples.splitlines())
            else:
                yield from (example["text"] for example in examples)


@pytest.mark.parametrize("name", SETS)
def test_personal_numbers_and_addresses_are_left_out(name: str) -> None:
    messages = personal(name)
    kept = [as_written(text) for _, text in messages if not is_left_out(text)]
    assert len(kept) <= (1 - LEAST_RECALL) * len(messages), kept


@pytest.mark.parametrize("name", SETS)
def test_the_placeholder_tells_what_was_left_out(name: str) -> None:
    wrong = [
        text
        for kind, text in personal(name)
        if f"[{kind}]" not in masked(as_written(text))
    ]
    assert not wrong


@pytest.mark.parametrize("name", ORDINARY)
def test_nothing_is_left_out_of_ordinary_messages(name: str) -> None:
    changed = {text: masked(text) for text in ordinary(name) if is_personal(text)}
    assert not changed


def test_there_are_enough_messages_to_say_so() -> None:
    assert sum(len(personal(name)) for name in SETS) >= 300
    assert sum(len(ordinary(name)) for name in ORDINARY) >= 300


def test_nothing_is_left_out_of_the_questions_and_examples() -> None:
    messages = set(own_messages())
    assert len(messages) > 10_000
    changed = {text: masked(text) for text in messages if is_personal(text)}
    unmeant = {
        text: left
        for text, left in changed.items()
        if not any(number in text for number in WITH_PERSONAL_NUMBERS)
    }
    assert not unmeant


@pytest.mark.parametrize("name", SETS)
def test_what_was_masked_stays_as_it_is(name: str) -> None:
    once = [masked(as_written(text)) for _, text in personal(name)]
    assert [masked(text) for text in once] == once


@pytest.mark.parametrize(
    "text",
    [
        "Fødselsnummeret mitt er 01010154321",
        "41010112345 er eit D-nummer",
        "01810112345 er syntetisk",
        "0101011234 5",
    ],
)
def test_the_checksum_is_no_condition(text: str) -> None:
    assert "[fødselsnummer]" in masked(text)
    assert not re.search(r"\d", masked(text))


def test_eleven_digits_are_a_sum_where_they_are_counted() -> None:
    assert not is_personal("14500000000 kroner")
    assert not is_personal("NOK 14500000000")
    assert is_personal("14500000000")


def test_a_question_beside_a_number_is_kept_word_for_word() -> None:
    said = "Eg er 010101 12345 (tlf. 412 34 567). Kven delte ut pengane i 2018?"
    assert masked(said) == (
        "Eg er [fødselsnummer] (tlf. [telefonnummer]). Kven delte ut pengane i 2018?"
    )
    beside = "Skriv til ola@example.no. Kva fekk dei?"
    assert masked(beside) == "Skriv til [e-postadresse]. Kva fekk dei?"


def test_a_text_without_placeholders_has_all_else_in_its_place() -> None:
    said = "Er [telefonnummer] og [e-postadresse] rett?"
    rest = without_placeholders(said)
    assert len(rest) == len(said)
    assert rest.split() == ["Er", "og", "rett?"]
    assert rest.index("rett") == said.index("rett")


def test_the_numbers_of_an_office_are_nobodys() -> None:
    for text in ("post@example.no", "Ring 116 117", "tlf 815 00 000", "tlf. 02800"):
        assert not is_personal(text)


def test_digits_of_all_scripts_are_looked_at() -> None:
    digits = [
        chr(code)
        for code in range(0x110000)
        if unicodedata.digit(chr(code), None) is not None
    ]
    assert len(digits) > 600
    assert not [digit for digit in digits if not is_personal(digit * 11)]


@pytest.mark.parametrize(
    "piece",
    [
        *("1 ", "1", "01.01.", "a@", "@", "9,", "0 ", "+1", "+47 ", "00 1 ", "1.1.01 "),
        *(
            "4111 1111 ",
            "12 34 ",
            "010101 ",
            "41234567 ",
            "NO9",
            "AA11A",
            " at ",
            "(at)",
        ),
        *("passport 1 ", "konto 12345 ", "personnummer 12345 ", "tlf 4 ", "krøllalfa "),
        *("a.", "a-", "a dot ", "http://1", "1\u2060", "\u2060", "١ ", "kr ", "jan 1 "),
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    started = time.process_time()
    masked(text)
    assert time.process_time() - started < SECONDS_FOR_TEN_THOUSAND


def test_twice_the_text_takes_about_twice_as_long() -> None:
    def seconds(text: str) -> float:
        started = time.process_time()
        masked(text)
        return time.process_time() - started

    short, long = "1 " * 1_000, "1 " * 4_000
    assert min(seconds(long) for _ in range(3)) < 12 * min(
        seconds(short) for _ in range(3)
    )


def test_a_message_without_digits_is_returned_at_once() -> None:
    text = "Hvem fikk penger til å løfte helsenæringen internasjonalt, og hvorfor?"
    rounds = 1_000
    started = time.process_time()
    for _ in range(rounds):
        assert masked(text) is text
    assert (time.process_time() - started) / rounds < 30e-6


def test_the_identity_numbers_in_the_sets_are_nobodys() -> None:
    numbers = {
        "".join(str(unicodedata.digit(c)) for c in part if c.isdigit())
        for name in SETS
        for kind, text in personal(name)
        if kind == "fødselsnummer"
        for part in PERSONAL_PART.findall(text)
    }
    whole = {number for number in numbers if len(number) == len("01010112345")}
    assert len(whole) > 100
    real = {n for n in whole if fodselsnummer.is_valid(n) and int(n[2:4]) <= 12}
    assert not real
