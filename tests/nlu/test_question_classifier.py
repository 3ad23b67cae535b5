"""The classifier: what a message and each of its sentences may ask."""

from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.question_classifier import READINGS, QuestionClassifier, Reading
from bot.privacy import PLACEHOLDERS

OUTSIDE = {"out_of_scope", "insult"}
# New sentences, held together of words and pieces that the examples hold.
NEW = {
    "ask_grant_recipients": "Hvilke fikk pengene?",
    "ask_grant_amount": "Hvor stor støtte var det?",
    "ask_leader": "Hva heter sjefen i Siva?",
    "greet": "Hei og god dag",
    "distress": "Eg er heilt fortvilet og orker ikkje leve",
    "out_of_scope": "Kan du skrive et dikt om været i morgen?",
    "insult": "Du er så dum, din idiot",
}


def read(assistant: Any, text: str) -> Message:
    """Return a message as the classifier leaves it, before the decision."""
    message = Message({TEXT: text})
    assistant.loaded[0].process([message])
    return message


def readings(assistant: Any, text: str) -> list[Reading]:
    return list(read(assistant, text).get(READINGS))


@pytest.mark.parametrize("intent", NEW)
def test_the_likeliest_intent_comes_first(assistant: Any, intent: str) -> None:
    message = read(assistant, NEW[intent])
    ranking = message.get(INTENT_RANKING_KEY)
    assert message.get(INTENT) == ranking[0]
    assert ranking[0]["name"] == intent
    confidences = [each["confidence"] for each in ranking]
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) == pytest.approx(1.0)


@pytest.mark.parametrize("placeholder", PLACEHOLDERS)
def test_what_was_left_out_of_a_message_asks_nothing(
    assistant: Any, placeholder: str
) -> None:
    asked = "Hvilke fikk pengene?"
    (alone,) = readings(assistant, asked)
    (beside,) = readings(assistant, f"{placeholder} {asked}")
    assert beside.margins == alone.margins
    start = beside.segment.start
    assert (start, beside.segment.text) == (len(placeholder) + 1, asked)


def test_no_more_intents_are_ranked_than_set(make_assistant: Any) -> None:
    short = make_assistant(classifier={"ranking_length": 3})
    assert len(read(short, "Hvem fikk penger?").get(INTENT_RANKING_KEY)) == 3


@pytest.mark.parametrize("intent", NEW)
def test_the_margin_tells_on_which_side_a_text_lies(
    assistant: Any, intent: str
) -> None:
    (reading,) = readings(assistant, NEW[intent])
    assert (reading.margin > 0) is (intent in OUTSIDE)


@pytest.mark.parametrize("intent", NEW)
def test_each_side_has_likelihoods_of_its_own(
    assistant: Any, examples: dict[str, list[str]], intent: str
) -> None:
    (reading,) = readings(assistant, NEW[intent])
    assert set(reading.inside) == set(examples) - OUTSIDE
    assert set(reading.outside) == OUTSIDE
    for side in (reading.inside, reading.outside):
        assert sum(side.values()) == pytest.approx(1.0)
        if intent in side:
            assert max(side, key=lambda name: side[name]) == intent


def test_one_sentence_is_read_once(assistant: Any) -> None:
    (reading,) = readings(assistant, "Hvem fikk penger?")
    assert reading.segment.text == "Hvem fikk penger?"


def test_several_sentences_are_read_together_and_each_alone(assistant: Any) -> None:
    text = "Hei! Hvem fikk penger og hvor stor er potten?"
    parts = readings(assistant, text)
    assert [part.segment.text for part in parts] == [
        text,
        "Hei!",
        "Hvem fikk penger",
        "hvor stor er potten?",
    ]
    likeliest = [max(p.inside, key=lambda name: p.inside[name]) for p in parts[1:]]
    assert likeliest == ["greet", "ask_grant_recipients", "ask_grant_amount"]


@pytest.mark.parametrize(
    "text",
    [
        "Jeg heter Tom. Hvem fikk penger?",
        "Hvem fikk penger? Mvh Tom",
        "Hei, mitt navn er Tom, Hvem fikk penger?\nHilsen Tom",
    ],
)
def test_introductions_and_signatures_are_not_read(assistant: Any, text: str) -> None:
    (reading,) = readings(assistant, text)
    part = reading.segment
    assert text[part.start : part.end] == part.text == "Hvem fikk penger?"
    plain = read(assistant, "Hvem fikk penger?")
    assert read(assistant, text).get(INTENT_RANKING_KEY) == plain.get(
        INTENT_RANKING_KEY
    )


def test_it_is_the_less_sure_the_less_its_examples_agree(
    make_assistant: Any, assistant: Any, examples: dict[str, list[str]]
) -> None:
    names = list(examples)
    # Every third sentence stands under another intent.
    muddled: dict[str, list[str]] = {name: [] for name in names}
    for place, name in enumerate(names):
        for number, text in enumerate(examples[name]):
            moved = names[(place + 1) % len(names)] if number % 3 == 0 else name
            muddled[moved].append(text)
    unsure = make_assistant(muddled)
    text = "Hvor stor støtte var det?"
    before, after = (read(each, text).get(INTENT) for each in (assistant, unsure))
    assert after["confidence"] < before["confidence"] - 0.1


def test_loaded_it_reads_as_when_it_was_trained(
    assistant: Any, examples: dict[str, list[str]]
) -> None:
    for texts in examples.values():
        ways = []
        for loaded in (True, False):
            message = assistant.read(texts[0], loaded=loaded)
            ways.append((message.get(INTENT_RANKING_KEY), message.get(READINGS)))
        assert ways[0] == ways[1]


def test_before_training_and_without_text_a_message_stays_as_it_is(
    assistant: Any,
) -> None:
    untrained = QuestionClassifier.create(
        QuestionClassifier.get_default_config(),
        None,  # nothing is stored
        Resource("none"),
        ExecutionContext(GraphSchema({})),
    )
    for component, text in (
        (untrained, "Hvem fikk penger?"),
        (assistant.loaded[0], ""),
    ):
        message = Message({TEXT: text})
        assert component.process([message]) == [message]
        assert message.data == {TEXT: text}


def test_so_many_sentences_are_read_by_themselves_and_the_rest_with_the_whole(
    make_assistant: Any,
) -> None:
    bounded = make_assistant(classifier={"most_sentences": 3})
    text = "Hei! Hvem fikk penger? Hvor stor er potten? Hvem leder Siva? Hei!"
    whole, *parts = [r.segment.text for r in readings(bounded, text)]
    assert whole == text
    assert parts == ["Hei!", "Hvem fikk penger?", "Hvor stor er potten?"]
    long = " ".join(["Hvem fikk penger?"] * 60)
    assert len(readings(bounded, long)) == 1 + 2 * 3
