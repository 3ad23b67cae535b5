"""The language of a message: which of the three, and when that is not plain."""

from typing import Any

import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.language_identifier import (
    LANGUAGE,
    LANGUAGE_CONFIDENCE,
    LanguageIdentifier,
)
from bot.privacy import PLACEHOLDERS

SENTENCES = {
    "nb": [
        "Hvem fikk pengene fra departementet?",
        "Hvor mye penger ble delt ut?",
        "Hva skal de gjøre med støtten?",
        "Når kommer den nye meldingen?",
        "Hvordan kan jeg søke om hjelp?",
        "Hvilke bedrifter er ikke med?",
    ],
    "nn": [
        "Kven fekk pengane frå departementet?",
        "Kor mykje pengar vart delt ut?",
        "Kva skal dei gjera med støtta?",
        "Når kjem den nye meldinga?",
        "Korleis kan eg søkja om hjelp?",
        "Kva bedrifter er ikkje med?",
    ],
    "en": [
        "Who got the money from the ministry?",
        "How much money was handed out?",
        "What will they do with the support?",
        "When does the new report come?",
        "How can I apply for help?",
        "Which companies are not included?",
    ],
}
NEW = {
    "nb": "Hvor kommer pengene fra, og hvem skal ikke få?",
    "nn": "Kvar kjem pengane frå, og kven skal ikkje få?",
    "en": "Where does the money come from, and who will not get any?",
}


def example(text: str, language: str | None) -> Message:
    metadata = {"metadata": {"intent": {"language": language}}} if language else {}
    return Message({TEXT: text, INTENT: "ask", **metadata})


EXAMPLES = [example(text, name) for name, of in SENTENCES.items() for text in of]


def read(identifier: LanguageIdentifier, text: str) -> tuple[Any, Any]:
    """Return the language and the confidence that are set on a message."""
    (message,) = identifier.process([Message({TEXT: text})])
    return message.get(LANGUAGE), message.get(LANGUAGE_CONFIDENCE)


@pytest.mark.parametrize("language", NEW)
def test_it_tells_the_language_of_new_sentences(learn: Any, language: str) -> None:
    found, confidence = read(learn(LanguageIdentifier, EXAMPLES), NEW[language])
    assert found == language
    assert 0.7 <= confidence <= 1


@pytest.mark.parametrize("text", ["Tromsø", "43?", "…"])
def test_where_it_is_not_plain_no_language_is_set(learn: Any, text: str) -> None:
    assert read(learn(LanguageIdentifier, EXAMPLES), text) == (None, None)


def test_a_short_message_has_to_be_plainer_than_a_long_one(learn: Any) -> None:
    limits = {"short": 4, "short_confidence": 1.01, "least_confidence": 0.0}
    identifier = learn(LanguageIdentifier, EXAMPLES, **limits)
    assert read(identifier, "Kven fekk pengane?") == (None, None)
    assert read(identifier, "Kven fekk ikkje pengane?")[0] == "nn"


def test_the_first_words_of_a_long_message_show_its_language(learn: Any) -> None:
    identifier = learn(LanguageIdentifier, EXAMPLES, most_words=9)
    assert read(identifier, f"{NEW['nn']} {NEW['en'] * 9}") == read(
        identifier, NEW["nn"]
    )


def test_what_was_left_out_of_a_message_says_nothing(learn: Any) -> None:
    identifier = learn(LanguageIdentifier, EXAMPLES)
    whole = "Kven av oss fekk ikkje pengane frå departementet?"
    cut = "Kven av oss fekk ikkje pengane frå departementet[withthemoney]?"
    assert read(identifier, cut) == read(identifier, whole)
    for placeholder in PLACEHOLDERS:
        assert read(identifier, placeholder) == (None, None)


def test_it_learns_only_from_examples_that_say_which_language_they_are_in(
    learn: Any,
) -> None:
    silent = [example(text, None) for text in SENTENCES["en"] * 9]
    identifier = learn(LanguageIdentifier, EXAMPLES + silent)
    assert read(identifier, NEW["nn"]) == read(
        learn(LanguageIdentifier, EXAMPLES), NEW["nn"]
    )


@pytest.mark.parametrize("labelled", [[], ["nb"]])
def test_without_two_languages_to_tell_apart_none_is_set(
    learn: Any, labelled: list[str]
) -> None:
    examples = [
        example(text, name if name in labelled else None)
        for name, of in SENTENCES.items()
        for text in of
    ]
    assert read(learn(LanguageIdentifier, examples), NEW["nb"]) == (None, None)
