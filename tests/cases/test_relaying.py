"""A message goes to who answers, whole or not at all, and the robot's memory stays."""

import asyncio
import json
import signal
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from employees import ALWAYS, KARI
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rest_client import Server
from web_client import WebClient

from bot.cases import CaseRules, Cases, Relay, relaying
from bot.engine import Intake, LightAgent
from bot.store import ConversationStore
from bot.store.case_tables import CASE_LINES
from bot.store.store import Connection
from bot.training import model_file

pytestmark = pytest.mark.usefixtures("model")
RULES = CaseRules(True, ALWAYS)


@pytest.fixture(scope="module")
def loaded() -> LightAgent:
    return LightAgent(model_file(), Intake({"grant.amount"}, longest=100))


@pytest.fixture
def agent(loaded: LightAgent, store: ConversationStore) -> LightAgent:
    """An agent with cases."""
    store.domain = loaded.domain
    loaded.tracker_store = loaded.processor.tracker_store = store
    loaded._relay = Relay(store, RULES)
    return loaded


def say(agent: LightAgent, text: str, message: str = "") -> list[dict[str, Any]]:
    output = CollectingOutputChannel()
    said = UserMessage(text, output, "kari", message_id=message or None)
    asyncio.run(agent.handle_message(said))
    return list(output.messages)


def kind_of(said: list[dict[str, Any]]) -> str:
    [payload] = [it["custom"] for it in said if "custom" in it]
    return str(payload["kind"])


def taken(cases: Cases) -> int:
    cases.open("kari", f"call-{len(cases.done())}", "asked", "nb")
    case = cases.open_case("kari")
    assert case
    cases.take(case.id, KARI)
    return case.id


def lines(store: ConversationStore) -> list[tuple[str, str]]:
    its = CASE_LINES.c.author == "citizen"
    columns = sa.select(CASE_LINES.c.message_id, CASE_LINES.c.text).where(its)
    with store.engine.connect() as connection:
        return [(it.message_id, it.text) for it in connection.execute(columns)]


def test_the_robot_goes_on_where_it_was(
    agent: LightAgent, store: ConversationStore, cases: Cases
) -> None:
    say(agent, "Hva er en næringshage?")
    standing = store.standing("kari")
    number = taken(cases)
    assert kind_of(say(agent, "Hvem fikk penger?")) == "relayed"
    assert kind_of(say(agent, "Hvem fikk penger?")) == "relayed"
    assert standing
    after = store.standing("kari")
    assert after
    assert json.loads(after[0]) == json.loads(standing[0])
    cases.close(number, KARI)
    assert kind_of(say(agent, "og inkubatorene?")) == "answer"


def test_a_message_is_a_line_and_a_turn_or_neither(
    agent: LightAgent, store: ConversationStore, cases: Cases
) -> None:
    taken(cases)
    say(agent, "Hei", "message-1")
    # It is kept already: the turn cannot be written, and so neither is the line.
    with pytest.raises((sa.exc.IntegrityError, sqlite3.IntegrityError)):
        say(agent, "Hei", "message-1")
    assert lines(store) == [("message-1", "Hei")]
    [turn] = store.turns("kari")
    [line] = [it for it in cases.lines_of("kari") if it.author == "citizen"]
    assert (turn.reply["kind"], turn.reply["relayed"]) == ("relayed", line.id)


def test_if_writing_fails_in_the_middle_nothing_is_left(
    agent: LightAgent,
    store: ConversationStore,
    cases: Cases,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken(cases)

    def fail(*_: Any) -> None:
        raise sa.exc.OperationalError("INSERT", {}, Exception("the disk is full"))

    with monkeypatch.context() as broken:
        broken.setattr("bot.store.store._write_turn", fail)
        with pytest.raises(sa.exc.OperationalError):
            say(agent, "Hei", "message-1")
    assert (lines(store), store.turns("kari")) == ([], ())
    assert kind_of(say(agent, "Hei", "message-1")) == "relayed"
    assert lines(store) == [("message-1", "Hei")]


def test_a_message_that_comes_as_the_case_is_closed_is_answered_by_the_robot(
    agent: LightAgent,
    store: ConversationStore,
    cases: Cases,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    number = taken(cases)
    relayed = Relay.relayed

    async def and_closed(*given: Any) -> Any:
        found = await relayed(*given)
        cases.close(number, KARI)
        return found

    monkeypatch.setattr(Relay, "relayed", and_closed)
    assert kind_of(say(agent, "Hei")) == "smalltalk"
    assert lines(store) == []
    [turn] = store.turns("kari")
    assert turn.reply["kind"] == "smalltalk"


def test_where_there_are_no_cases_nothing_is_looked_up(
    agent: LightAgent, store: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    first_row = ConversationStore.first_row

    def counted(self: ConversationStore, query: Any, values: Any) -> Any:
        asked.append(str(query))
        return first_row(self, query, values)

    monkeypatch.setattr(ConversationStore, "first_row", counted)
    say(agent, "Hei")
    with_cases = [it for it in asked if "FROM cases" in it]
    asked.clear()
    agent._relay = Relay(store, CaseRules())
    say(agent, "Hei")
    assert (len(with_cases), [it for it in asked if "FROM cases" in it]) == (1, [])


def test_the_lookup_of_a_message_reads_one_index(cases: Cases) -> None:
    query = str(relaying._CASE.compile(dialect=cases.engine.dialect))
    with cases.engine.connect() as connection:
        explained = f"EXPLAIN QUERY PLAN {query}"
        [row] = connection.exec_driver_sql(explained, ("a", "answered")).all()
    assert "USING INDEX cases_by_sender (sender_id=? AND state=?)" in row.detail


def test_a_button_is_relayed_with_what_stands_on_it(
    agent: LightAgent, store: ConversationStore, cases: Cases
) -> None:
    taken(cases)
    button = agent._intake.pressed(
        '/ask_topic{"topic": "grant.amount"}',
        "Hvor mye?",
        output_channel=CollectingOutputChannel(),
        sender_id="kari",
        message_id="message-1",
    )
    asyncio.run(agent.handle_message(button))
    assert lines(store) == [("message-1", "Hvor mye?")]
    [turn] = store.turns("kari")
    assert (turn.text, turn.reply["kind"]) == ("Hvor mye?", "relayed")


def test_a_kill_while_messages_are_relayed_loses_and_doubles_none(
    tmp_path: Path,
) -> None:
    settings = {
        "HELSE_CASES": "on",
        "HELSE_HOURS": "man-søn,helligdag 00:00-24:00",
        "HELSE_RATE_CONVERSATION": "100000/minute",
        "HELSE_RATE_ADDRESS": "100000/minute",
    }
    server = Server(tmp_path, tmp_path / "conversations.db", **settings)
    port = int(server.url.rpartition(":")[2])
    try:
        client = WebClient(server.url)
        store = ConversationStore.in_file(tmp_path / "conversations.db")
        cases = Cases(store.engine, RULES)
        cases.ping(KARI)
        sender = client.token.partition(".")[0]
        cases.open(sender, "call-open", "asked", "nb")
        case = cases.open_case(sender)
        assert case
        cases.take(case.id, KARI)
        killing = threading.Timer(0.5, server.stop, (signal.SIGKILL,))
        killing.start()
        sent: list[str] = []
        while True:
            sent.append(f"message-{len(sent)}")
            try:
                answer = client.send(sent[-1], sent[-1])
            except OSError:
                break
            assert answer.json()["reply"]["kind"] == "relayed"
        killing.join()
        server = Server(tmp_path, tmp_path / "conversations.db", port, **settings)
        for message in sent:
            answer = client.send(message, message)
            assert answer.json()["reply"]["kind"] == "relayed"
        kept = [it.text for it in cases.lines(case.id) if it.author == "citizen"]
        assert kept == sent
        relayed = [turn["reply"]["relayed"] for turn in client.turns()]
        assert relayed == sorted(set(relayed))
        assert [turn["id"] for turn in client.turns()] == sent
    finally:
        server.stop()


def test_the_lock_of_the_row_is_taken_before_a_line_has_its_id(
    store: ConversationStore, cases: Cases
) -> None:
    taken(cases)
    relay = Relay(store, RULES)
    relayed = asyncio.run(relay.relayed("kari", "message-1", "Hei"))
    assert relayed
    statements: list[str] = []

    class Noted:
        def __init__(self, connection: Connection) -> None:
            self._connection = connection

        def execute(self, statement: Any, values: Any) -> Any:
            statements.append(str(statement).split()[0])
            return self._connection.execute(statement, values)

    with store.engine.begin() as connection:
        relayed.write(Noted(connection))  # type: ignore[arg-type]
    assert statements == ["UPDATE", "INSERT", "UPDATE"]
