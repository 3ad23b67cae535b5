"""Topics, intents and faults have names that people can read."""

import pytest
from flask import Flask

from bot.console.names import intent_name, topic_name
from bot.console.refusals import told
from bot.console.texts import INTERFACE_LANGUAGES
from bot.console.verdicts import fault_told
from bot.knowledge import load_knowledge
from bot.settings import content_dir
from bot.staff.proposals.intents import learnable
from bot.staff.proposals.refusals import RefusedError


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_no_topic_or_intent_is_called_by_its_id(console: Flask, language: str) -> None:
    base = load_knowledge()
    with console.test_request_context(f"/?lang={language}"):
        topics = {it: topic_name(it) for it in (*base.topics, *base.gaps)}
        intents = {it: intent_name(it) for it in learnable(content_dir())}
    named = {**topics, **intents}
    raw = [it for it, name in named.items() if it == name or "{" in name]
    assert raw == []


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("kind clarify instead of answer or not_stated", "«Svar / Står ikke i"),
        ("kind: expected answer, came None", "men er «None»"),
        ("replied in nn, asked in nb", "vært på bokmål, men er på nynorsk"),
        ("lacks grant.amount", "mangler noe"),
        ("must not hold pot.amount", "ikke skal si"),
        ("no source", "ikke dekket"),
        ("61 words, which is more than 60", "for langt"),
    ],
)
def test_what_is_wrong_with_a_reply_is_told_in_plain_words(
    console: Flask, fault: str, words: str
) -> None:
    with console.test_request_context("/"):
        assert words in fault_told(fault)[0]
        assert fault_told(fault)[1] == ""


def test_another_topic_is_told_by_its_question(console: Flask) -> None:
    base = load_knowledge()
    expected, came = list(base.topics)[:2]
    fault = f"slot_was_set: last_topic was not set to «{expected}»; it holds «{came}»"
    with console.test_request_context("/"):
        words, english = fault_told(fault)
        assert topic_name(expected) in words
        assert topic_name(came) in words
    assert english == ""


def test_what_is_not_known_is_told_in_english_after_words_that_say_so(
    console: Flask,
) -> None:
    with console.test_request_context("/"):
        words, english = fault_told("none of «a» stands in the text")
    assert words.endswith("på engelsk.")
    assert english == "none of «a» stands in the text"


def test_a_refusal_names_the_topic_and_the_languages(console: Flask) -> None:
    topic = next(iter(load_knowledge().topics))
    with console.test_request_context("/"):
        taken = told(RefusedError("gap_taken", pair="a.b", topic=topic))
        lacking = told(RefusedError("gap_words", languages="nb, en"))
        assert topic_name(topic) in taken
    assert "bokmål, engelsk" in lacking
