"""What needs eyes is found, put together, and gone once it is settled."""

from pathlib import Path

import pytest
from said import say

from bot.errors import ConfigError
from bot.staff.review.entries import Entries, Entry, Wanted
from bot.staff.review.queue import read_queue
from bot.staff.review.settling import settle, unsettle
from bot.staff.review.sureness import unsure_below
from bot.store import ConversationStore

CHOICE = '/ask_topic{"topic": "grant.amount"}'
PRESS = {"presses": CHOICE, "topic": "grant.amount", "confidence": 1.0}


@pytest.fixture
def store(tmp_path: Path) -> ConversationStore:
    return ConversationStore.in_file(tmp_path / "conversations.db")


def entries(store: ConversationStore, **wanted: object) -> list[Entry]:
    found, _ = Entries(store).newest(Wanted(**wanted), 100)
    return list(found)


def reasons(store: ConversationStore) -> dict[str, tuple[str, ...]]:
    return {entry.text: entry.reasons for entry in entries(store)}


def test_each_reason_is_seen_and_what_went_well_is_not(
    store: ConversationStore,
) -> None:
    say(store, "a", "Hva koster det?", kind="not_stated")
    say(store, "b", "Blir det regn?", kind="out_of_scope")
    say(store, "c", "penger hva", kind="clarify", confidence=0.5)
    say(store, "d", "hvem da liksom", confidence=0.6)
    say(store, "e", "Hvem fikk penger?", thumb="down")
    say(store, "f", "Hvor mye?", thumb="up")
    say(store, "g", "Hei", kind="smalltalk", intent="greet", confidence=0.5)
    assert reasons(store) == {
        "Hva koster det?": ("not_stated",),
        "Blir det regn?": ("out_of_scope",),
        "penger hva": ("clarify",),
        "hvem da liksom": ("unsure",),
        "Hvem fikk penger?": ("disliked",),
    }


def test_a_reply_may_need_eyes_for_several_reasons(store: ConversationStore) -> None:
    say(store, "a", "Hva?", kind="not_stated", confidence=0.6, thumb="down")
    assert reasons(store) == {"Hva?": ("not_stated", "unsure", "disliked")}


@pytest.mark.parametrize("origin", ["test", "staff"])
def test_what_was_no_visitor_is_left_out(store: ConversationStore, origin: str) -> None:
    say(store, "a", "Hva koster det?", kind="not_stated", origin=origin)
    assert entries(store) == []


@pytest.mark.parametrize("origin", ["web", "rest", "demo"])
def test_what_visitors_say_is_not(store: ConversationStore, origin: str) -> None:
    say(store, "a", "Hva koster det?", kind="not_stated", origin=origin)
    assert len(entries(store)) == 1


def test_a_button_was_understood_but_may_be_disliked(store: ConversationStore) -> None:
    say(store, "a", "Hvor mye?", kind="not_stated", **PRESS)
    say(store, "b", "Hvor mye?", kind="answer", thumb="down", **PRESS)
    assert [entry.conversation for entry in entries(store)] == ["b"]


def test_what_was_too_long_to_be_read_is_left_out(store: ConversationStore) -> None:
    say(store, "a", "/too_long", kind="out_of_scope", intent="too_long")
    assert entries(store) == []


def test_entries_are_filtered(store: ConversationStore) -> None:
    say(store, "a", "Hva koster det?", kind="not_stated", topic="gap.cost", days_ago=8)
    say(store, "b", "Kva kostar det?", kind="clarify", language="nn", days_ago=2)

    def texts(**wanted: object) -> list[str]:
        return [entry.text for entry in entries(store, **wanted)]

    assert texts() == ["Kva kostar det?", "Hva koster det?"]
    assert texts(days=7) == texts(language="nn") == ["Kva kostar det?"]
    assert texts(days=30) == texts()
    assert texts(reason="clarify") == ["Kva kostar det?"]
    assert texts(topic="gap.cost") == texts(reason="not_stated") == ["Hva koster det?"]
    assert texts(reason="unsure") == texts(reason="disliked") == []


def test_older_entries_come_on_the_next_page(store: ConversationStore) -> None:
    said = [say(store, f"{n}", f"Hva {n}?", kind="clarify") for n in range(5)]
    first, more = Entries(store).newest(Wanted(), 3)
    assert [entry.id for entry in first] == said[:1:-1]
    assert more
    rest, more = Entries(store).newest(Wanted(), 3, before=first[-1].id)
    assert [entry.id for entry in rest] == said[1::-1]
    assert not more


def test_the_same_question_makes_one_group_and_the_largest_comes_first(
    store: ConversationStore,
) -> None:
    say(store, "a", "Er det gratis parkering der?", kind="not_stated")
    say(store, "b", "er de gratis parkering der", kind="out_of_scope")
    say(store, "c", "Hvem er statsminister?", kind="out_of_scope")
    parking, minister = read_queue(store, Wanted()).groups
    assert [entry.conversation for entry in parking.entries] == ["b", "a"]
    assert parking.reasons == (("not_stated", 1), ("out_of_scope", 1))
    assert parking.examples == (
        "er de gratis parkering der",
        "Er det gratis parkering der?",
    )
    assert minister.examples == ("Hvem er statsminister?",)


def test_what_a_button_led_to_an_answer_comes_last(store: ConversationStore) -> None:
    say(store, "a", "Er det gratis parkering?", kind="clarify")
    say(store, "a", "Hvor mye?", **PRESS)
    say(store, "a2", "Er det gratis parkering?", kind="clarify")
    say(store, "a2", "Hvor mye?", **PRESS)
    say(store, "b", "Hvem er statsminister?", kind="clarify")
    say(store, "b", "Noe annet", kind="smalltalk", presses="/something_else")
    minister, parking = read_queue(store, Wanted()).groups
    assert (minister.open, parking.open) == (1, 0)
    assert all(entry.led_on for entry in parking.entries)


def test_the_other_groups_stay_as_they_are_when_one_is_settled(
    store: ConversationStore,
) -> None:
    for number in range(30):
        for place in range(3):
            text = f"Hva er {number * 7919}{place}?"
            say(store, f"{number}-{place}", text, kind="clarify")

    def groups() -> list[tuple[int, ...]]:
        return [group.ids for group in read_queue(store, Wanted()).groups]

    before = groups()
    assert 1 < len(before) < 90
    found = Entries(store).of(before[0])
    settle(store, found, "ignored", "kari")
    assert groups() == before[1:]


def test_what_is_settled_is_gone_until_it_is_taken_back(
    store: ConversationStore,
) -> None:
    say(store, "a", "Er det gratis parkering?", kind="clarify")
    say(store, "b", "Hvem er statsminister?", kind="clarify")
    minister, parking = entries(store)
    moment = settle(store, [parking], "ignored", "kari")
    assert moment
    assert entries(store) == [minister]
    assert Entries(store).of([parking.id, minister.id]) == (minister,)
    assert unsettle(store, "ola", moment) == 0
    assert unsettle(store, "kari", moment) == 1
    assert entries(store) == [minister, parking]


def test_what_became_a_proposal_is_not_taken_back(store: ConversationStore) -> None:
    say(store, "a", "Er det gratis parkering?", kind="clarify")
    moment = settle(store, entries(store), "proposed", "kari")
    assert moment
    assert unsettle(store, "kari", moment) == 0


def test_who_settles_second_changes_nothing(store: ConversationStore) -> None:
    say(store, "a", "Er det gratis parkering?", kind="clarify")
    found = entries(store)
    moment = settle(store, found, "ignored", "kari")
    assert moment
    assert settle(store, found, "proposed", "ola") is None
    assert unsettle(store, "kari", moment) == 1


def test_unsure_is_halfway_between_asking_back_and_certainty(tmp_path: Path) -> None:
    config = tmp_path / "config.yml"
    config.write_text("pipeline: [{name: FallbackClassifier, threshold: 0.6}]", "utf-8")
    assert unsure_below(config) == pytest.approx(0.8)
    config.write_text("pipeline: [{name: Other, threshold: 0.6}]", "utf-8")
    with pytest.raises(ConfigError, match=r"config\.yml"):
        unsure_below(config)


def test_the_assistants_own_threshold_is_read() -> None:
    assert 0.5 < unsure_below() < 1
