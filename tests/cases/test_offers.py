"""A person is offered where somebody may want one, and can be reached."""

import pytest

from bot.answering import Answerer, Context, Message, Question, Service
from bot.answering.reply import RELAYED
from bot.cases import relaying
from bot.knowledge import load_knowledge


class Talk:
    """A conversation of which only the offers are looked at."""

    def __init__(self, has_cases: bool = True) -> None:
        service = Service("the front desk", has_cases=has_cases)
        self._answerer = Answerer(load_knowledge(), service)
        self._context = Context()

    def offers(self, *questions: Question) -> bool:
        """Tell whether the reply to a message offers a person."""
        reply = self._answerer.answer(Message(questions, "nb"), self._context)
        self._context = reply.context
        assert reply.payload().get("offer", "") == reply.offer
        return reply.offer == "person"


def asks(text: str, intent: str) -> Question:
    return Question(text, intent, 0.9)


HUMAN = asks("Kan jeg snakke med noen?", "request_human")
DEADLINE = asks("Når er søknadsfristen?", "ask_application")
AMOUNT = asks("Hvor mye fikk de?", "ask_grant_amount")
HELLO = asks("Hei", "greet")
OTHER = Question("/something_else", "something_else", 1.0)
DISTRESS = asks("Jeg orker ikke mer", "distress")


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        ([HUMAN], [True]),
        ([OTHER], [True]),
        ([DEADLINE], [False]),
        ([DEADLINE, DEADLINE], [False, True]),
        ([DEADLINE, HELLO, DEADLINE], [False, False, True]),
        ([DEADLINE, AMOUNT, DEADLINE], [False, False, False]),
        ([AMOUNT, HELLO], [False, False]),
        ([DISTRESS], [False]),
    ],
)
def test_it_is_offered_to_who_asks_or_is_stuck(
    said: list[Question], offered: list[bool]
) -> None:
    talk = Talk()
    assert [talk.offers(question) for question in said] == offered


def test_none_of_the_questions_that_were_offered_is_a_reason_too() -> None:
    talk = Talk()
    unsure = Question(
        "penger bedrift hjelp",
        "nlu_fallback",
        0.3,
        alternatives=("ask_grant_amount", "ask_application"),
    )
    assert not talk.offers(unsure)
    assert talk.offers(asks("noe annet", "nlu_fallback"))


def test_who_is_in_danger_is_told_whom_to_ring_and_put_into_no_queue() -> None:
    assert not Talk().offers(DISTRESS, HUMAN)


def test_nobody_is_offered_where_there_are_no_cases() -> None:
    talk = Talk(has_cases=False)
    assert [talk.offers(it) for it in (HUMAN, DEADLINE, DEADLINE)] == [False] * 3


def test_a_payload_of_what_was_relayed_has_the_kind_that_others_know() -> None:
    assert relaying.RELAYED == RELAYED
