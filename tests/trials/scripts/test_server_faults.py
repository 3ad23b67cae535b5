"""A fault that is put into the server is caught, and its name is told."""

import copy
import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from stand_in import HELLO, HOW_MANY_APPLIED, HOW_MUCH, WHO, StandIn, Write

from bot.knowledge import load_knowledge
from trials.client import Client
from trials.scripts.loading import read_conversations
from trials.scripts.promises import Promises
from trials.scripts.results import PROMISE, Failure
from trials.scripts.runner import hold

TALK = f"""
test_cases:
  - test_case: money and applicants
    steps:
      - user: "{WHO}"
        assertions:
          - kind: answer
          - language: nb
          - intent: ask_grant_recipients
          - facts: [recipients.count, recipients.list, grant.amount]
      - user: "{HOW_MUCH}"
        assertions:
          - kind: answer
          - facts_include: [grant.amount]
      - user: "{HOW_MANY_APPLIED}"
        assertions:
          - language: en
  - test_case: a greeting
    steps:
      - user: "{HELLO}"
        assertions:
          - kind: smalltalk
"""
# The same without a word of what is expected: what is caught, the promises catch.
BARE = TALK[: TALK.index("        assertions")] + (
    f'      - user: "{HOW_MUCH}"\n      - user: "{HELLO}"\n'
)


def failures_of(assistant: StandIn, write: Write, text: str = TALK) -> list[Failure]:
    talks = read_conversations(write(text))
    with assistant.running() as url:
        client, promises = Client(url), Promises(load_knowledge())
        results = [hold(talk, client, promises) for talk in talks]
    turns = [turn for result in results for turn in result.turns]
    assert all(turn.reply for turn in turns)
    return [failure for turn in turns for failure in turn.failures]


def text_of(answer: dict[str, Any]) -> str:
    return str(answer["messages"][0]["text"])


def payload_of(answer: dict[str, Any]) -> dict[str, Any]:
    payload: dict[str, Any] = answer["messages"][1]["custom"]
    return payload


def with_text(change: Callable[[str], str]) -> Callable[[dict[str, Any]], Any]:
    def changed(answer: dict[str, Any]) -> dict[str, Any]:
        answer = copy.deepcopy(answer)
        answer["messages"][0]["text"] = change(text_of(answer))
        return answer

    return changed


def with_payload(change: Callable[[dict[str, Any]], Any]) -> Callable[..., Any]:
    def changed(answer: dict[str, Any]) -> dict[str, Any]:
        answer = copy.deepcopy(answer)
        change(payload_of(answer))
        return answer

    return changed


def with_fact(fact_id: str, **values: Any) -> StandIn:
    base = load_knowledge()
    facts = {**base.facts, fact_id: base.facts[fact_id].copy(update=values)}
    return StandIn(base=dataclasses.replace(base, facts=facts))


def test_a_sound_server_passes(assistant: StandIn, write: Write) -> None:
    assert failures_of(assistant, write) == []
    assert failures_of(assistant, write, BARE) == []


@pytest.mark.parametrize("text", [TALK, BARE])
def test_a_changed_figure_of_the_knowledge_base_is_caught(
    write: Write, text: str
) -> None:
    found = failures_of(with_fact("grant.amount", value=7_000_000), write, text)
    assert {failure.field for failure in found} == {PROMISE}
    assert any("«7 millioner»" in failure.text for failure in found)


def test_a_figure_in_the_place_of_another_that_also_exists_is_caught(
    write: Write,
) -> None:
    sum_of_the_pot = load_knowledge().value("pot.amount")
    found = failures_of(with_fact("grant.amount", value=sum_of_the_pot), write, BARE)
    assert any("«14,5 millioner»" in failure.text for failure in found)


def test_a_swapped_intent_is_caught(assistant: StandIn, write: Write) -> None:
    assistant.meanings[WHO] = ("ask_pot", "nb")
    found = failures_of(assistant, write)
    texts = {failure.field: failure.text for failure in found}
    assert texts["intent"] == "expected ask_grant_recipients, came ask_pot"
    assert "missing: recipients.count" in texts["facts"]


@pytest.mark.parametrize("text", [TALK, BARE])
def test_a_lost_source_is_caught(assistant: StandIn, write: Write, text: str) -> None:
    assistant.change = with_payload(lambda payload: payload.update(sources=[]))
    found = failures_of(assistant, write, text)
    assert any("no source proves grant.amount" in failure.text for failure in found)


def test_a_wrong_language_is_caught(assistant: StandIn, write: Write) -> None:
    assistant.meanings[HOW_MANY_APPLIED] = ("ask_applicant_count", "nb")
    (failure,) = failures_of(assistant, write)
    assert (failure.field, failure.text) == ("language", "expected en, came nb")


@pytest.mark.parametrize(
    ("extra", "told"),
    [
        (" Det kom 17 søknader.", "«17»"),
        (" Det kom tjue søknader.", "«tjue»"),
        (" 12 prosent er lite.", "«12 prosent»"),
        (" Siva har 40 næringshager.", "«40»"),
        (" Det skjedde i 2017.", "«2017»"),
        (" Equinor deler ut pengene.", "«Equinor»"),
    ],
)
def test_a_number_or_name_too_many_is_caught(
    assistant: StandIn, write: Write, extra: str, told: str
) -> None:
    assistant.change = with_text(
        lambda text: text + extra if "innovasjonsmiljøer" in text else text
    )
    found = failures_of(assistant, write, BARE)
    assert found
    assert all(failure.field == PROMISE for failure in found)
    assert any(told in failure.text for failure in found)


def test_a_number_in_small_talk_is_caught(assistant: StandIn, write: Write) -> None:
    assistant.change = with_text(lambda text: f"{text} 17 millioner!")
    found = failures_of(assistant, write)
    assert len(found) >= 4


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (with_text(lambda _: " "), "no text"),
        (with_text(lambda text: text + " ja" * 121), "may have over 120"),
        (lambda answer: {**answer, "messages": answer["messages"][:1]}, "0 payloads"),
        (
            lambda answer: {**answer, "messages": 2 * answer["messages"]},
            "2 payloads",
        ),
        (with_payload(lambda payload: payload.pop("confidence")), "lacks confidence"),
        (with_payload(lambda payload: payload.update(kind="guess")), "no kind «guess»"),
        (with_payload(lambda payload: payload.update(language="sv")), "«sv»"),
        (
            with_payload(lambda payload: payload.update(facts=["moon.cheese"])),
            "no fact moon.cheese",
        ),
        (
            with_payload(
                lambda payload: [
                    source.update(start=source["start"] + 1)
                    for source in payload["sources"]
                ]
            ),
            "does not stand at",
        ),
        (
            with_payload(
                lambda payload: [source.pop("end") for source in payload["sources"]]
            ),
            "a source lacks its quote, start or end",
        ),
    ],
)
def test_a_promise_that_is_broken_is_told_without_being_asked_for(
    assistant: StandIn, write: Write, change: Callable[..., Any], told: str
) -> None:
    assistant.change = change
    found = failures_of(assistant, write, BARE)
    assert any(told in failure.text for failure in found), found
    assert all(failure.field == PROMISE for failure in found)
