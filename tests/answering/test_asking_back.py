"""Where it is not plain what was asked: what is offered, and choosing from it."""

import pytest
from talking import Conversation

from bot.answering import Question, Reply

LIKELY = ("ask_grant_amount", "ask_application", "ask_grant_recipients", "ask_person")


def ask_back(talk: Conversation, *likely: str, text: str = "penger?") -> Reply:
    """Say something that was understood too unsurely to be answered."""
    question = Question(text, "nlu_fallback", 0.4, alternatives=likely or LIKELY)
    return talk.send(question, language="nb")


def answer(talk: Conversation, text: str, intent: str = "out_of_scope") -> Reply:
    return talk.send(Question(text, intent, 0.9), language="nb")


def test_up_to_three_questions_are_offered_the_likeliest_first(
    talk: Conversation,
) -> None:
    reply = ask_back(talk)
    assert reply.kind == "clarify"
    assert reply.context.offered == (
        "grant.amount",
        "gap.application",
        "recipients.list",
    )
    titles = [button.title for button in reply.buttons]
    assert titles[-1] == "Noe annet"
    assert [f"{n}. {title}" for n, title in enumerate(titles[:-1], 1)] == (
        reply.text.splitlines()[1:4]
    )


@pytest.mark.parametrize("place", [0, 1, 2])
def test_each_button_leads_to_what_it_asks(talk: Conversation, place: int) -> None:
    topic = ask_back(talk).context.offered[place]
    reply = talk.press(topic, language="nb")
    assert reply.context.topic == topic
    assert reply.kind == ("not_stated" if topic.startswith("gap.") else "answer")


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("2", "gap.application"),
        ("nr. 3", "recipients.list"),
        ("den første", "grant.amount"),
        ("den andre, takk", "gap.application"),
        ("den siste", "recipients.list"),
        ("the second one", "gap.application"),
        ("Hvem fikk penger?", "recipients.list"),
    ],
)
def test_a_number_or_a_place_in_the_list_chooses(
    talk: Conversation, said: str, topic: str
) -> None:
    ask_back(talk)
    assert answer(talk, said).context.topic == topic


def test_yes_takes_the_likeliest(talk: Conversation) -> None:
    ask_back(talk)
    assert answer(talk, "ja", "affirm").context.topic == "grant.amount"


@pytest.mark.parametrize("said", ["noe annet", "ingen av dem", "none of them"])
def test_none_of_them_is_told_what_can_be_asked_and_whom(
    talk: Conversation, said: str
) -> None:
    ask_back(talk)
    reply = answer(talk, said)
    assert reply.kind == "smalltalk"
    assert "post@example.org" in reply.text


def test_a_number_that_was_not_offered_chooses_nothing(talk: Conversation) -> None:
    ask_back(talk)
    assert answer(talk, "7").kind == "out_of_scope"


def test_a_new_question_is_answered_as_such(talk: Conversation) -> None:
    ask_back(talk)
    reply = answer(talk, "Hvor mange søkte på den andre potten?", "ask_applicant_count")
    assert reply.context.topic == "applicants.count"


def test_what_was_offered_is_forgotten_with_the_next_reply(talk: Conversation) -> None:
    ask_back(talk)
    answer(talk, "takk", "thank")
    assert talk.context.offered == ()
    assert answer(talk, "2").kind == "out_of_scope"


def test_without_a_likely_question_it_says_what_can_be_asked(
    talk: Conversation,
) -> None:
    reply = ask_back(talk, "out_of_scope", "insult")
    assert (reply.kind, reply.context.offered) == ("out_of_scope", ())


def test_what_rather_leans_on_the_last_reply_is_taken_for_that(
    talk: Conversation,
) -> None:
    talk.ask("Hvem fikk penger?", "ask_grant_recipients", language="nb")
    reply = ask_back(talk, "ask_source", "ask_publisher", text="hvor er det fra da")
    assert reply.kind == "answer"
    assert "«" in reply.text


@pytest.mark.parametrize(
    ("surely", "kind"), [(0.52, "smalltalk"), (0.45, "out_of_scope")]
)
def test_what_is_hardly_small_talk_is_none_of_its_business(
    talk: Conversation, surely: float, kind: str
) -> None:
    question = Question(
        "heisann sveisann", "nlu_fallback", surely, alternatives=("greet",)
    )
    assert talk.send(question, language="nb").kind == kind


def test_nobody_is_handed_over_on_a_guess(talk: Conversation) -> None:
    question = Question(
        "Where do eels breed?", "nlu_fallback", 0.54, alternatives=("request_human",)
    )
    assert talk.send(question, language="en").kind == "out_of_scope"
