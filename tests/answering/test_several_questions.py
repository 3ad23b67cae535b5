"""Several questions in one message, and the buttons that follow."""

import itertools
import json
import re

import pytest
from talking import Conversation, question

from bot.answering import Button, Question
from bot.knowledge import load_knowledge
from bot.languages import LANGUAGES, Language

BASE = load_knowledge()
MOST_WORDS = 120


def topics_of_buttons(buttons: tuple[Button, ...]) -> list[str]:
    return [
        json.loads(re.sub(r"^/ask_topic", "", button.payload))["topic"]
        for button in buttons
    ]


WHO = question("Hvem fikk penger", "ask_grant_recipients")
HOW_MUCH = question("hvor mye fikk de?", "ask_grant_amount")
LEADER = question("hvem leder Siva?", "ask_leader", "siva")
WHEN = question("når ble den publisert?", "ask_publication_date")
WHAT_FOR = question("hva er pengene til?", "ask_grant_purpose")
SPENT = question("hva brukes pengene konkret på?", "ask_spending")
HOW_LONG = question("hvor lenge varer pengene?", "ask_duration")
WEATHER = question("hva blir været?", "out_of_scope")
HELLO = question("Hei!", "greet")


def test_both_questions_are_answered_in_one_reply(talk: Conversation) -> None:
    apart = [Conversation(talk.answerer).send(part) for part in (WHO, LEADER)]
    reply = talk.send(WHO, LEADER)
    assert all(single.text in reply.text for single in apart)
    assert {fact for single in apart for fact in single.facts} == set(reply.facts)


@pytest.mark.parametrize("parts", [(WHAT_FOR, SPENT), (SPENT, WHAT_FOR)])
def test_what_is_near_a_gap_is_not_told_twice(
    talk: Conversation, parts: tuple[Question, ...]
) -> None:
    answer = Conversation(talk.answerer).send(WHAT_FOR)
    missing, *_ = Conversation(talk.answerer).send(SPENT).text.split(". ")
    reply = talk.send(*parts)
    assert answer.text in reply.text
    assert f"{missing}." in reply.text
    assert reply.facts == answer.facts


def test_what_is_near_a_gap_is_told_beside_an_answer_to_something_else(
    talk: Conversation,
) -> None:
    apart = [Conversation(talk.answerer).send(part) for part in (WHO, SPENT)]
    reply = talk.send(WHO, SPENT)
    assert all(single.text in reply.text for single in apart)
    assert {fact for single in apart for fact in single.facts} == set(reply.facts)


def test_what_is_not_stated_twice_comes_with_what_is_nearby_each(
    talk: Conversation,
) -> None:
    apart = [Conversation(talk.answerer).send(part) for part in (WHEN, HOW_LONG)]
    reply = talk.send(WHEN, HOW_LONG)
    assert reply.text == "\n\n".join(single.text for single in apart)


def test_several_long_answers_are_cut_at_the_end_of_a_sentence(
    talk: Conversation,
) -> None:
    long = [
        question("hva må til?", "ask_health_solutions"),
        question("hva er forskjellen?", "ask_programme_difference"),
        question("hva sier ministeren?", "ask_statement", "minister"),
        question("hva er helsekonsortiet?", "ask_consortium"),
    ]
    reply = talk.send(*long)
    parts = reply.text.split("\n\n")
    assert len(parts) == len(long)
    assert all(part.endswith(".") for part in parts)
    assert len(reply.text.split()) <= MOST_WORDS
    assert all(BASE.sources([fact]) for fact in reply.facts)


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ((WHO, WHEN), "answer"),
        ((WHEN, WHO), "answer"),
        ((WHEN, WEATHER), "not_stated"),
        ((HELLO, WHO), "answer"),
        ((HELLO, WEATHER), "out_of_scope"),
    ],
)
def test_the_reply_is_of_the_best_kind_that_a_part_has(
    talk: Conversation, parts: tuple[Question, ...], kind: str
) -> None:
    assert talk.send(*parts).kind == kind


def test_a_greeting_before_a_question_is_not_answered_apart(talk: Conversation) -> None:
    alone = Conversation(talk.answerer).send(WHO)
    assert talk.send(HELLO, WHO).text == alone.text


def test_the_same_answer_is_given_once(talk: Conversation) -> None:
    again = question("Hvem var det som fikk", "ask_grant_recipients")
    assert talk.send(WHO, again).text == Conversation(talk.answerer).send(WHO).text


def test_a_second_question_leans_on_the_first(talk: Conversation) -> None:
    reply = talk.send(
        question("Hvem leder Siva", "ask_leader", "siva"),
        question("hva sier hun?", "ask_statement"),
    )
    assert {"people.director.name", "director.belief"} <= set(reply.facts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "topic", [t for t in BASE.topics if BASE.wording["nb"].topics[t].ask]
)
def test_an_answer_suggests_at_most_three_topics_and_none_just_told(
    talk: Conversation, topic: str, language: Language
) -> None:
    reply = talk.press(topic, language)
    suggested = topics_of_buttons(reply.buttons)
    assert 1 <= len(suggested) <= 3
    assert topic not in suggested
    assert len(set(suggested)) == len(suggested)
    titles = [BASE.wording[language].topics[told].ask for told in suggested]
    assert [button.title for button in reply.buttons] == titles


def test_a_pressed_button_is_not_offered_again(talk: Conversation) -> None:
    told = ["recipients.list"]
    reply = talk.send(WHO)
    while reply.buttons and len(told) < 8:
        told.append(topics_of_buttons(reply.buttons)[0])
        reply = talk.press(told[-1])
        assert not set(topics_of_buttons(reply.buttons)) & set(told)
    assert len(set(told)) == len(told) > 2


@pytest.mark.parametrize("parts", [(WHO, HOW_MUCH), (HOW_MUCH, WHO)])
def test_neither_of_two_answers_is_suggested(
    talk: Conversation, parts: tuple[Question, ...]
) -> None:
    suggested = topics_of_buttons(talk.send(*parts).buttons)
    assert not {"recipients.list", "grant.amount"} & set(suggested)


def test_two_answers_together_suggest_at_most_three_topics(talk: Conversation) -> None:
    difference = question("hva er forskjellen?", "ask_programme_difference")
    assert len(talk.send(WHO, difference).buttons) == 3


@pytest.mark.parametrize("intent", ["greet", "out_of_scope", "ask_capabilities"])
def test_somebody_who_asked_nothing_is_shown_where_to_begin(
    talk: Conversation, intent: str
) -> None:
    assert talk.ask("…", intent).buttons


@pytest.mark.parametrize(
    "intent",
    ["request_human", "thank", "goodbye", "ask_deletion", "ask_storage", "distress"],
)
def test_somebody_who_wants_something_else_is_not_shown_where_to_begin(
    talk: Conversation, intent: str
) -> None:
    assert not talk.ask("…", intent).buttons


def test_an_answer_that_another_states_in_full_is_not_told_apart(
    talk: Conversation,
) -> None:
    how_many = question("Hvor mange fikk penger", "ask_recipient_count")
    alone = Conversation(talk.answerer).send(WHO)
    assert talk.send(how_many, WHO).text == alone.text


def test_a_list_that_is_asked_for_is_told_beside_what_only_rests_on_it(
    talk: Conversation,
) -> None:
    where = question("Hvor ligger Aleap", "ask_recipient_location", "aleap")
    reply = talk.send(where, WHO)
    assert "Aleap ligger i Oslo" in reply.text
    assert "Valide" in reply.text


def test_a_yes_or_no_is_said_though_another_answer_states_the_same(
    talk: Conversation,
) -> None:
    claim = question("Stemmer det at seks fikk penger", "ask_recipient_count")
    assert talk.send(WHO, claim).text.count("Ja. ") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_said_twice_whatever_two_topics_are_asked_for(
    talk: Conversation, language: Language
) -> None:
    topics = [t for t in BASE.topics if BASE.wording["nb"].topics[t].ask]
    pressed = [Question("…", "ask_topic", 1.0, topic=topic) for topic in topics]
    for pair in itertools.permutations(pressed, 2):
        text = Conversation(talk.answerer).send(*pair, language=language).text
        sentences = re.split(r"(?<=[.!?])\s+(?=[A-ZÆØÅ«“0-9])", text)
        assert len(sentences) == len(set(sentences)), text


def test_what_is_shared_is_told_once_beside_two_answers(talk: Conversation) -> None:
    consortium = question("Hva er helsekonsortiet", "ask_consortium")
    fields = question("hvilke områder går potten til", "ask_fields")
    assert talk.send(fields, consortium).text.count("6 millioner kroner") == 1


def test_what_was_cut_out_is_not_cited(talk: Conversation) -> None:
    reply = talk.send(
        question("hvilket program passer?", "ask_programme_fit"),
        question("hvilke markeder gjelder det?", "ask_markets"),
    )
    assert "for få hender" not in reply.text
    assert "minister.workforce" not in reply.facts
