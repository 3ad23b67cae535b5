"""The benchmark: what it measures beside, how it counts, and what it tells."""

import re
import sqlite3
import time
from pathlib import Path

import pytest
import yaml

from trials.circumstances import Circumstances
from trials.errors import TrialError
from trials.measurements import traffic
from trials.measurements.baselines import RasaAsItComes, RasaFloor
from trials.measurements.compare import worse
from trials.measurements.figures import MEASURES, Row, rows
from trials.measurements.options import FULL, QUICK, Options, read_options
from trials.measurements.report import as_json, markdown_table, page
from trials.measurements.resources import bytes_on_disk
from trials.measurements.rounds import Values
from trials.measurements.storage import fill
from trials.measurements.traffic import load, read_conversations, turn_costs, turns
from trials.pipelines import RASAS_ENVIRONMENT

WHERE = Circumstances("2020-01-01", "2 processors", "Python 3.10", (0.5, 2.0), 9)
FLOOR: Values = {"p50": [0.004, 0.004, 0.005], "start": [10.0], "rate8": [200.0]}
DEFAULT: Values = {"p50": [0.050]}


def measured(p50: float = 0.008, rate: float = 120.0, growth: float = 1.1) -> list[Row]:
    project: Values = {
        "p50": [p50, p50 * 2, p50 / 2],
        "start": [4.0],
        "rate8": [rate],
        "growth": [growth],
    }
    return rows([project, FLOOR, DEFAULT])


def row(found: list[Row], key: str) -> Row:
    return next(row for row in found if row.measure.key == key)


@pytest.mark.parametrize(
    ("key", "verdicts"),
    [
        ("p50", ["2.00 × the floor, goal ≤ 2.5: met"]),
        ("p50", ["0.16 × the default, goal ≤ 0.35: met"]),
        ("start", ["0.40 × the floor, goal ≤ 0.6: met"]),
        ("rate8", ["0.60 × the floor, goal ≥ 0.5: met"]),
        ("growth", ["1.10, goal ≤ 1.2: met"]),
    ],
)
def test_goals_are_held_to_medians(key: str, verdicts: list[str]) -> None:
    assert set(verdicts) <= set(row(measured(), key).verdicts())


def test_a_goal_that_is_missed_says_so() -> None:
    found = measured(p50=0.012, rate=90.0, growth=1.3)
    for key in ("p50", "rate8", "growth"):
        assert row(found, key).verdicts()[0].endswith("missed")


def test_a_measure_without_figures_has_no_verdict() -> None:
    assert row(measured(), "memory").verdicts() == []


def test_the_table_holds_every_measure_with_its_spread() -> None:
    lines = markdown_table(measured()).splitlines()
    assert len(lines) == len(MEASURES) + 2
    assert any("8.0 (4.0–16.0) | 4.0 (4.0–5.0) | 50.0 |" in line for line in lines)


@pytest.mark.parametrize(("options", "says"), [(QUICK, "Quick run"), (FULL, "Run of")])
def test_the_page_says_what_kind_of_run_it_was(options: Options, says: str) -> None:
    text = page(measured(), options, WHERE)
    assert says in text
    assert f"learnt from {options.examples} examples" in text


def test_what_got_worse_is_told_by_its_multiple_of_the_floor(tmp_path: Path) -> None:
    committed = tmp_path / "benchmark.json"
    committed.write_text(as_json(measured(), WHERE), "utf-8")
    assert list(worse(measured(p50=0.009), committed)) == []
    found = list(worse(measured(p50=0.010, rate=90.0, growth=1.4), committed))
    assert found == [
        "Latency p50, ms: 2.50, was 2.00",
        "Messages a second, 8 clients: 0.45, was 0.60",
        "CPU at turn 200 / turn 5: 1.40, was 1.10",
    ]


def test_without_committed_figures_there_is_nothing_to_compare(tmp_path: Path) -> None:
    with pytest.raises(TrialError, match=r"none\.json cannot be read .* first"):
        list(worse(measured(), tmp_path / "none.json"))


def test_the_baselines_are_what_the_report_says(tmp_path: Path) -> None:
    floor, default = RasaFloor(tmp_path), RasaAsItComes(tmp_path, 600)
    configs = [
        yaml.safe_load((each.folder / "config.yml").read_text("utf-8"))
        for each in (floor, default)
    ]
    names = [
        [part["name"] for key in ("pipeline", "policies") for part in config[key]]
        for config in configs
    ]
    assert names[0] == ["WhitespaceTokenizer", "KeywordIntentClassifier", "RulePolicy"]
    assert {"DIETClassifier", "ResponseSelector", "TEDPolicy"} <= set(names[1])
    epochs = [part["epochs"] for part in configs[1]["pipeline"] if "epochs" in part]
    assert set(epochs) == {1}
    nlu = yaml.safe_load((default.folder / "data" / "nlu.yml").read_text("utf-8"))
    assert sum(each["examples"].count("\n") for each in nlu["nlu"]) == 600
    floors = yaml.safe_load((floor.folder / "data" / "nlu.yml").read_text("utf-8"))
    words = set(floors["nlu"][0]["examples"].split())
    said = [message for talk in read_conversations() for message in talk]
    assert all(re.split(r"\W+", message)[0] in words for message in said)


def test_a_baseline_without_its_environment_says_what_to_do(tmp_path: Path) -> None:
    floor = RasaFloor(tmp_path)
    floor.environment = tmp_path / RASAS_ENVIRONMENT.name
    with pytest.raises(
        TrialError, match=r"no \.venv-tensorflow.* run make install-tensorflow"
    ):
        floor.training()


def test_the_questions_make_conversations_with_senders_of_their_own(
    tmp_path: Path,
) -> None:
    file = tmp_path / "questions.txt"
    file.write_text("# note\nA\nB\n\n\nC\n", encoding="utf-8")
    conversations = read_conversations(file)
    assert conversations == [["A", "B"], ["C"]]
    asked = list(turns(conversations, 5))
    assert [message for _, message in asked] == ["A", "B", "C", "A", "B"]
    assert len({sender for sender, _ in asked}) == 3


class Answering:
    """Stands in for a client: notes what is said, and answers all but silence."""

    said: list[tuple[str, str]]

    def __init__(self, url: str) -> None:
        del url

    def is_answered(self, sender: str, message: str) -> bool:
        self.said.append((sender, message))
        return message != "silence"


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    Answering.said = []
    monkeypatch.setattr(traffic, "Client", Answering)
    # One second of processor time for each message.
    monkeypatch.setattr(
        traffic, "processor_seconds", lambda _: float(len(Answering.said))
    )
    return Answering.said


@pytest.mark.parametrize("clients", [1, 3, 8])
def test_all_clients_together_send_the_messages(
    said: list[tuple[str, str]], clients: int
) -> None:
    began = time.perf_counter()
    result = load("", [None], [["A", "B"], ["C"]], 50, clients)  # type: ignore[list-item]
    assert len(said) == 50
    assert result.rate >= 50 / (time.perf_counter() - began)
    assert result.processor == 1


@pytest.mark.usefixtures("said")
def test_a_message_without_a_reply_ends_the_measurement() -> None:
    with pytest.raises(TrialError, match="no reply to «silence»"):
        load("", [None], [["A", "silence"]], 4, 1)  # type: ignore[list-item]


def test_the_cost_is_that_of_the_turns_around(said: list[tuple[str, str]]) -> None:
    costs = turn_costs("", [None], list("ABCDEFGHIJKL"), 3)  # type: ignore[list-item]
    assert costs == {5: 1, 50: 1, 200: 1}
    assert len(said) == 600
    assert len({sender for sender, _ in said}) == 3
    of_one = [text for sender, text in said if sender == said[0][0]]
    for first in (0, 45, 190):
        assert of_one[first : first + 10] == list("ABCDEFGHIJ")


def test_a_store_is_filled_with_copies(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    with sqlite3.connect(file) as connection:
        connection.executescript(
            "CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id, type_name, "
            "timestamp, intent_name, action_name, data);"
            "CREATE TABLE messages (event_id PRIMARY KEY, sender_id, message_id);"
            "CREATE TABLE standings (sender_id PRIMARY KEY, slots, said_at);"
            "INSERT INTO events (sender_id, type_name) VALUES ('kari', 'user');"
            "INSERT INTO events (sender_id, type_name) VALUES ('kari', 'bot');"
            "INSERT INTO standings (sender_id) VALUES ('kari');"
        )
    fill(file, "kari", 7)
    with sqlite3.connect(file) as connection:
        counts = [
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("events", "messages", "standings")
        ]
    assert counts == [2 + 14, 7, 1 + 7]


def test_a_file_counts_once_however_often_it_is_linked(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 10_000)
    once = bytes_on_disk(tmp_path)
    (tmp_path / "b").hardlink_to(tmp_path / "a")
    (tmp_path / "c").symlink_to(tmp_path / "a")
    assert bytes_on_disk(tmp_path) == once >= 10_000


def test_options_on_the_command_line_come_before_those_of_a_quick_run() -> None:
    options = read_options(["--quick", "--rounds", "4"])
    assert (options.quick, options.rounds) == (True, 4)
    assert options.messages == QUICK.messages
    assert not options.compare


@pytest.mark.parametrize("arguments", [["--rounds", "0"], ["--messages", "0"], ["--x"]])
def test_options_that_cannot_be_used_are_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit):
        read_options(arguments)
