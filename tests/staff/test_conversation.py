"""One conversation, as the person saw it, and what lay behind each reply."""

from pathlib import Path

import pytest
from said import say

from bot.answering import Answerer
from bot.knowledge import load_knowledge
from bot.settings import Settings
from bot.staff.conversations.answerers import answerer_for
from bot.staff.conversations.reading import read_conversation, read_turn, understood
from bot.staff.conversations.testing import AS_REPLIED, step_of
from bot.staff.proposals.changes import Step
from bot.staff.review.candidates import MOST, candidates, choices, likely_intent, named
from bot.store import ConversationStore
from bot.store.tables import EVENTS, row_of

AMOUNT = '/ask_topic{"topic": "grant.amount"}'
PURPOSE = '/ask_topic{"topic": "grant.purpose"}'


@pytest.fixture
def store(tmp_path: Path) -> ConversationStore:
    return ConversationStore.in_file(tmp_path / "conversations.db")


@pytest.fixture
def answerer() -> Answerer:
    return answerer_for(Settings())


def test_the_latest_reply_that_offered_a_button_has_it_pressed(
    store: ConversationStore,
) -> None:
    offered = (("Hvor mye?", AMOUNT), ("Hvorfor?", PURPOSE))
    say(store, "kari", "Hva?", buttons=offered)
    say(store, "kari", "Hvem?", buttons=offered)
    say(store, "kari", "Hvor mye?", presses=AMOUNT)
    pressed = [
        [button.pressed for button in seen.buttons]
        for seen in read_conversation(store, "kari")
    ]
    assert pressed == [[False, False], [True, False], []]


def test_a_turn_knows_what_was_said_before_it(
    store: ConversationStore, answerer: Answerer
) -> None:
    say(store, "kari", "Hvor ligger Aleap?", intent="ask_recipient_location")
    slot = {"event": "slot", "name": "last_topic", "value": "grant.amount"}
    with store.engine.begin() as connection:
        row = row_of("kari", slot)
        connection.execute(EVENTS.insert(), row)
    say(store, "kari", "Er det mye?", intent="doubt")
    first, second = read_conversation(store, "kari")
    assert first.slots == {}
    assert second.slots == {"last_topic": "grant.amount"}
    found = understood(second, answerer)
    assert ("unsettled", "grant.amount, as it was told before") in found.steps


def test_a_name_that_the_content_knows_no_more_harms_nothing(
    store: ConversationStore, answerer: Answerer
) -> None:
    say(store, "kari", "Hvor mye fikk de?")
    [seen] = read_conversation(store, "kari")
    gone = {"entity": "name", "value": "nobody_any_more", "start": 0, "end": 4}
    seen.parse["entities"].append(gone)
    assert understood(seen, answerer).names == ("nobody_any_more",)


def test_one_turn_is_found_or_gone(store: ConversationStore) -> None:
    say(store, "kari", "Hva?")
    [seen] = read_conversation(store, "kari")
    assert read_turn(store, "kari", seen.turn.id) == seen
    assert read_turn(store, "kari", "other") is None
    assert read_turn(store, "ola", seen.turn.id) is None


def test_a_reply_that_was_disliked_is_no_expectation(store: ConversationStore) -> None:
    say(store, "kari", "Hvor mye?", topic="grant.amount", thumb="up")
    say(store, "kari", "Hvor?", topic="recipients.cities", thumb="down")
    say(store, "kari", "Hei", kind="smalltalk", topic=None)
    liked, disliked, talk = read_conversation(store, "kari")
    base = load_knowledge()
    assert step_of(base, liked, "Hva fikk de?", AS_REPLIED) == Step(
        "Hva fikk de?", "answer", "nb", "grant.amount"
    )
    assert step_of(base, liked, "Hva fikk de?", "") == Step("Hva fikk de?")
    assert step_of(base, disliked, "Hvor da?", AS_REPLIED) == Step("Hvor da?")
    assert step_of(base, talk, "Heisann", AS_REPLIED) == Step(
        "Heisann", "smalltalk", "nb"
    )


def test_another_answer_can_be_expected_in_its_place(store: ConversationStore) -> None:
    say(store, "kari", "Hvor?", topic="recipients.cities", thumb="down")
    [disliked] = read_conversation(store, "kari")
    base = load_knowledge()
    assert step_of(base, disliked, "Hvor da?", "grant.amount") == Step(
        "Hvor da?", "answer", "nb", "grant.amount"
    )
    assert step_of(base, disliked, "Hvor da?", "gap.selection") == Step(
        "Hvor da?", "not_stated", "nb", "gap.selection"
    )


def test_candidates_are_what_was_likely_and_then_what_reads_alike() -> None:
    base = load_knowledge()
    parse = {
        "questions": [{"intent": "ask_grant_recipients", "confidence": 0.4}],
        "intent_ranking": [
            {"name": "nlu_fallback", "confidence": 0.57},
            {"name": "ask_application", "confidence": 0.2},
            {"name": "ask_title", "confidence": 0.0},
        ],
    }
    asked = base.wording["en"].topics["pot.amount"].ask
    assert asked
    found = candidates(base, parse, asked, "nb")
    assert [it.id for it in found[:3]] == [
        "recipients.list",
        "gap.application",
        "pot.amount",
    ]
    assert len(found) == MOST
    assert likely_intent(base, parse, "recipients.list") == "ask_grant_recipients"
    assert likely_intent(base, parse, "pot.amount") is None


def test_every_choice_can_be_learnt_and_is_found_by_its_question() -> None:
    base = load_knowledge()
    found = choices(base, "nn")
    for each in found:
        record = base.topics.get(each.id) or base.gaps[each.id]
        assert record.intents
        assert named(found, each.question.upper()) == each
        assert named(found, each.id) == each
    assert named(found, "Kva er moms?") is None
