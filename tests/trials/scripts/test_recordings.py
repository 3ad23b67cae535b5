"""A conversation that is recorded can be run at once, and passes."""

import contextlib
import io
import json
import shlex
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from stand_in import HELLO, HOW_MUCH, WHO, StandIn

from bot.knowledge import load_knowledge
from bot.settings import PROJECT_DIR
from trials.client import Client
from trials.scripts import record
from trials.scripts.loading import read_conversations
from trials.scripts.promises import Promises
from trials.scripts.runner import hold

BUTTON = '/ask_topic{"topic": "grant.amount"}'
Talk = Callable[..., int]


@pytest.fixture
def talk(url: str, monkeypatch: pytest.MonkeyPatch) -> Talk:
    """Records what is typed, one message a line."""

    def type_in(file: Path, *lines: str) -> int:
        typed = io.StringIO("".join(f"{line}\n" for line in lines))
        monkeypatch.setattr("sys.stdin", typed)
        return record.main([str(file), "--url", url])

    return type_in


def passes(file: Path, url: str) -> bool:
    client, promises = Client(url), Promises(load_knowledge())
    return all(hold(t, client, promises).passed for t in read_conversations(file))


def store_with(file: Path, sender: str, *events: dict[str, Any]) -> Path:
    """Make a store as Rasa does, and return it."""
    with sqlite3.connect(file) as connection:
        connection.execute(
            "CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id TEXT, data TEXT)"
        )
        connection.executemany(
            "INSERT INTO events (sender_id, data) VALUES (?, ?)",
            [(sender, json.dumps(event)) for event in events],
        )
    connection.close()
    return file


def test_what_is_typed_is_written_and_passes_when_it_is_run(
    talk: Talk, url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "new" / "talk.yml"
    assert talk(file, WHO, HELLO, "", "never said") == 0
    told = capsys.readouterr()
    assert "  1 Hvor mye penger fikk miljøene?" in told.out
    assert "«Regjeringen gir 6 millioner" in told.out
    assert f"Wrote {file}" in told.err
    (conversation,) = read_conversations(file)
    assert conversation.name == WHO
    assert [turn.user for turn in conversation.turns] == [WHO, HELLO]
    written = file.read_text("utf-8")
    assert "schema.json" in written.splitlines()[0]
    assert "      # Seks innovasjonsmiljøer fikk penger" in written
    assert "facts: [recipients.count, recipients.list, grant.amount]" in written
    assert "facts: []" in written
    assert passes(file, url)


def test_the_command_that_is_told_at_the_end_runs_what_was_written(
    talk: Talk, url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    talk(tmp_path / "my talk.yml", WHO)
    command = shlex.split(capsys.readouterr().err.splitlines()[-1])
    assert command[:2] == ["make", "conversations"]
    assert command[2].endswith(f"--url {url}")
    done = subprocess.run(
        [*command, "-o", "train"],
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout


def test_a_number_presses_the_button_of_that_number(
    talk: Talk, url: str, tmp_path: Path
) -> None:
    file = tmp_path / "talk.yml"
    talk(file, WHO, "1", "")
    (conversation,) = read_conversations(file)
    assert [turn.user for turn in conversation.turns] == [WHO, BUTTON]
    assert f"- user: '{BUTTON}'" in file.read_text("utf-8")
    assert passes(file, url)


def test_a_number_beyond_the_buttons_is_told_and_not_sent(
    talk: Talk,
    assistant: StandIn,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assistant.meanings |= {"7": ("greet", "nb"), "2019": ("greet", "nb")}
    talk(tmp_path / "talk.yml", "7", WHO, "9", "0", "2019")
    assert [body["message"] for body in assistant.heard] == ["7", WHO, "2019"]
    told = capsys.readouterr().err
    assert "There is no button 9; there are 1 to " in told
    assert "There is no button 0" in told


def test_ctrl_c_ends_the_talk_and_what_was_said_is_written(
    url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = iter([WHO])

    def typed(_: str) -> str:
        line = next(lines, None)
        if line is None:
            raise KeyboardInterrupt
        return line

    monkeypatch.setattr("builtins.input", typed)
    file = tmp_path / "talk.yml"
    assert record.main([str(file), "--url", url]) == 0
    assert "What was said so far is kept." in capsys.readouterr().err
    (conversation,) = read_conversations(file)
    assert [turn.user for turn in conversation.turns] == [WHO]


def test_what_is_read_while_talking_is_broken_between_words(
    talk: Talk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    talk(tmp_path / "talk.yml", WHO)
    told = capsys.readouterr().out
    assert max(map(len, told.splitlines())) <= 40
    assert "Seks innovasjonsmiljøer fikk penger" in " ".join(told.split())


def test_a_file_that_is_there_gets_one_conversation_more_and_keeps_the_others(
    talk: Talk, url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "talk.yml"
    before = f'# Mine\ntest_cases:\n- test_case: "{WHO}"\n  steps:\n  - user: "{HELLO}"'
    file.write_text(before, "utf-8")
    assert talk(file, WHO) == 0
    assert f"Added to {file}" in capsys.readouterr().err
    assert file.read_text("utf-8").startswith(f"{before}\n\n- test_case: ")
    names = [conversation.name for conversation in read_conversations(file)]
    assert names == [WHO, f"{WHO} (2)"]
    assert passes(file, url)


@pytest.mark.parametrize(
    ("before", "part"),
    [
        ("notes: mine\n", "notes"),
        (
            f'test_cases:\n- test_case: a\n  steps:\n  - user: "{HELLO}"\n'
            "fixtures:\n- b: [{language: en}]\n",
            "test_cases: must come last",
        ),
    ],
)
def test_a_file_that_cannot_take_a_conversation_is_left_as_it_is(
    talk: Talk,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    before: str,
    part: str,
) -> None:
    file = tmp_path / "talk.yml"
    file.write_text(before, "utf-8")
    assert talk(file, WHO) == 1
    assert part in capsys.readouterr().err
    assert file.read_text("utf-8") == before


def test_nothing_is_written_when_nothing_was_said(talk: Talk, tmp_path: Path) -> None:
    file = tmp_path / "talk.yml"
    assert talk(file, "") == 1
    assert not file.exists()


def test_a_message_without_a_reply_is_told_and_not_written(
    talk: Talk,
    assistant: StandIn,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assistant.status = 500
    assert talk(tmp_path / "talk.yml", WHO) == 1
    assert "No reply, so this is not written down" in capsys.readouterr().err


def test_a_stored_conversation_is_written_and_passes_when_it_is_run(
    assistant: StandIn, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant.meanings |= {"/empty": ("empty", "nb"), "?": ("empty", "nb")}
    assistant.meanings["/too_long"] = ("too_long", "nb")
    events: list[dict[str, Any]] = [{"event": "action", "name": "action_listen"}]
    for message in (HOW_MUCH, "/empty", "/too_long"):
        events.append({"event": "user", "text": message})
        answer = assistant.answer({"sender": "anna", "message": message})
        events += [
            {
                "event": "bot",
                "text": part.get("text"),
                "data": {"custom": part.get("custom"), "buttons": None},
            }
            for part in answer["messages"]
        ]
    events.append({"event": "user", "text": "never answered"})
    store = store_with(tmp_path / "store.db", "anna", *events)
    monkeypatch.setenv("HELSE_STORE", str(store))
    file = tmp_path / "anna.yml"
    assert record.main([str(file), "--from-conversation", "anna"]) == 0
    (conversation,) = read_conversations(file)
    assert [turn.user for turn in conversation.turns] == [HOW_MUCH, "?"]
    assert passes(file, url)


BUTTON = '/ask_topic{"topic": "grant.amount"}'


def test_a_button_keeps_its_topic_and_a_thumb_down_leaves_the_reply_undecided(
    assistant: StandIn,
    url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assistant.meanings[BUTTON] = assistant.meanings[HOW_MUCH]
    events: list[dict[str, Any]] = []
    for message, title in ((WHO, ""), (BUTTON, "Hvor mye penger?"), (HELLO, "")):
        metadata = {"said": title} if title else {}
        said = {"event": "user", "text": message, "metadata": metadata}
        events.append({**said, "message_id": message})
        answer = assistant.answer({"sender": "anna", "message": message})
        events += [
            {"event": "bot", "text": part.get("text"), "data": part}
            for part in answer["messages"]
        ]
    store = store_with(tmp_path / "store.db", "anna", *events)
    rate(store, "anna", {WHO: "down", BUTTON: "up"})
    monkeypatch.setenv("HELSE_STORE", str(store))
    file = tmp_path / "anna.yml"
    assert record.main([str(file), "--from-conversation", "anna"]) == 0
    assert "1 replies that got a thumb down" in capsys.readouterr().err
    (conversation,) = read_conversations(file)
    assert [turn.user for turn in conversation.turns] == [WHO, BUTTON, HELLO]
    fields = [[check.field for check in turn.checks] for turn in conversation.turns]
    # What was wrong is expected of nobody, and the file says what is to be decided.
    assert fields == [[], ["kind", "language", "facts"], ["kind", "language", "facts"]]
    written = file.read_text("utf-8")
    assert "# The person pressed thumbs down. Decide what is right" in written
    assert "# The button «Hvor mye penger?»." in written
    assert passes(file, url)


def rate(store: Path, sender: str, ratings: dict[str, str]) -> None:
    with contextlib.closing(sqlite3.connect(store)) as connection, connection:
        connection.execute(
            "CREATE TABLE feedback (sender_id TEXT, message_id TEXT, rating TEXT)"
        )
        connection.executemany(
            "INSERT INTO feedback VALUES (?, ?, ?)",
            [(sender, message, rating) for message, rating in ratings.items()],
        )


@pytest.mark.parametrize("there", [True, False])
def test_a_conversation_or_store_that_is_not_there_is_named(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    there: bool,
) -> None:
    store = tmp_path / "store.db"
    if there:
        store_with(store, "anna")
    monkeypatch.setenv("HELSE_STORE", str(store))
    file = tmp_path / "eva.yml"
    assert record.main([str(file), "--from-conversation", "eva"]) == 1
    told = capsys.readouterr().err
    assert ("'eva'" if there else f"there is no {store}") in told
    assert "HELSE_STORE" in told
    assert not file.exists()
