"""Familiar words: what many ask with, who ask about the same."""

from typing import Any

from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.familiar_words import FamiliarWords
from bot.nlu.scope_decision import QUESTIONS

EXAMPLES = [
    Message({TEXT: text, INTENT: intent})
    for intent, texts in {
        "ask_recipients": [
            "Hvem fikk penger?",
            "Hvem i landet fikk penger?",
            "Hvilke miljøer fikk støtte?",
            "Stemmer det at departementet sa hvem som fikk?",
            "Var det departementet som sa hvem som fikk?",
            "Vis meg lista",
            "Vis hele lista",
        ],
        "ask_amount": ["Hvor mye penger er potten på?", "Hvor stor er potten?"],
    }.items()
    for text in texts
]


def familiar(component: FamiliarWords, *questions: tuple[str, str]) -> list[list[str]]:
    """Return the familiar words of each question, given by its intent and text."""
    asked = [{"intent": intent, "text": text} for intent, text in questions]
    message = Message({TEXT: " ".join(q["text"] for q in asked), QUESTIONS: asked})
    component.process([message])
    told = message.get(QUESTIONS)
    assert [{k: q[k] for k in ("intent", "text")} for q in told] == asked
    return [question["familiar"] for question in told]


def test_words_that_several_examples_hold_are_familiar(learn: Any) -> None:
    component = learn(FamiliarWords, EXAMPLES)
    text = "Fikk hvem som helst i landet penger, penger?"
    assert familiar(component, ("ask_recipients", text)) == [["fikk", "hvem", "penger"]]


def test_claims_and_what_holds_no_question_word_teach_nothing(learn: Any) -> None:
    component = learn(FamiliarWords, EXAMPLES)
    text = "Er det departementet som viser lista? Vis lista."
    assert familiar(component, ("ask_recipients", text)) == [[]]


def test_what_is_familiar_in_one_intent_is_not_so_in_others(learn: Any) -> None:
    component = learn(FamiliarWords, EXAMPLES)
    text = "Hvem fikk potten?"
    questions = [(name, text) for name in ("ask_recipients", "ask_amount", "unheard")]
    assert familiar(component, *questions) == [["hvem", "fikk"], ["potten"], []]


def test_how_many_examples_it_takes_can_be_set(learn: Any) -> None:
    component = learn(FamiliarWords, EXAMPLES, least=3)
    assert familiar(component, ("ask_recipients", "Hvem fikk penger?")) == [["fikk"]]


def test_a_message_that_asks_nothing_is_left_as_it_is(learn: Any) -> None:
    component = learn(FamiliarWords, EXAMPLES)
    message = Message({TEXT: "Hvem fikk penger?"})
    component.process([message])
    assert message.data == {TEXT: "Hvem fikk penger?"}
