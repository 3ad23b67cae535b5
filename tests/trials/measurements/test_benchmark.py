"""The benchmark's default configuration, its messages and its report."""

from pathlib import Path

import pytest
import yaml

from bot.settings import PROJECT_DIR
from trials.circumstances import Circumstances
from trials.measurements.figures import Figures, Row, Training, rows
from trials.measurements.options import FULL, QUICK, Options, read_options
from trials.measurements.report import cells, markdown_table, page
from trials.measurements.serving import Round, Serving
from trials.measurements.traffic import read_conversations, turns
from trials.pipelines import default_config, seconds_of_component


def serving(*starts: float, latency: float, rate: float, sizes: list[int]) -> Serving:
    return Serving(
        [
            Round(start, [latency] * 20, 10 * latency, rate, 1.0, sizes)
            for start in starts
        ]
    )


MINE = Figures(
    Training(80.0),
    serving(9.0, 10.0, 14.0, latency=0.010, rate=40.0, sizes=[400_000_000]),
)
THEIRS = Figures(
    Training(500.0, diet_seconds=400.0),
    serving(30.0, latency=0.040, rate=20.0, sizes=[900_000_000, 100_000_000]),
)
OPTIONS = Options(diet_epochs=10)


def row(named: str) -> Row:
    return next(r for r in rows(MINE, THEIRS, OPTIONS) if r.measure.startswith(named))


def test_the_default_is_what_rasa_fills_in_and_keeps_the_projects_language() -> None:
    own = yaml.safe_load((PROJECT_DIR / "config.yml").read_text(encoding="utf-8"))
    config = default_config(own, diet_epochs=100)
    components = [component["name"] for component in config["pipeline"]]
    assert {"DIETClassifier", "ResponseSelector"} <= set(components)
    assert "TEDPolicy" in [policy["name"] for policy in config["policies"]]
    assert not any(name.startswith(("bot.", "Spacy")) for name in components)
    assert config["language"] == own["language"]


def test_fewer_epochs_change_diet_and_nothing_else() -> None:
    whole, cut = default_config({}, 100), default_config({}, 7)
    changed = [
        (before, after)
        for before, after in zip(whole["pipeline"], cut["pipeline"], strict=True)
        if before != after
    ]
    assert [after["name"] for _, after in changed] == ["DIETClassifier"]
    assert changed[0][1] == {**changed[0][0], "epochs": 7}
    assert whole["policies"] == cut["policies"]


@pytest.mark.parametrize(
    ("measure", "project", "default", "ratio"),
    [
        ("Training, s (DIET cut to 10 of 100", 80.0, 500.0, 0.16),
        ("Training, s (DIET's 100", 80.0, 4100.0, 80 / 4100),
        ("Start to first answer", 10.0, 30.0, 1 / 3),
        ("Memory", 400.0, 1000.0, 0.4),
        ("Latency p50", 10.0, 40.0, 0.25),
        ("Processor time a message", 5.0, 20.0, 0.25),
        ("Messages a second", 40.0, 20.0, 2.0),
    ],
)
def test_a_ratio_is_the_projects_figure_divided_by_the_defaults(
    measure: str, project: float, default: float, ratio: float
) -> None:
    found = row(measure)
    assert (found.project, found.default) == pytest.approx((project, default))
    assert found.ratio == pytest.approx(ratio)


@pytest.mark.parametrize(
    ("project", "shown"), [(50.0, "≤ 0.50 met"), (50.1, "≤ 0.50 missed")]
)
def test_a_goal_is_met_up_to_its_ratio(project: float, shown: str) -> None:
    assert cells(Row("Start", project, 100.0, goal=0.5))[-1] == shown


def test_the_table_holds_every_row() -> None:
    table = rows(MINE, THEIRS, OPTIONS)
    lines = markdown_table(table).splitlines()
    assert len(lines) == len(table) + 2
    assert {line.count("|") for line in lines} == {6}


@pytest.mark.parametrize(("options", "says"), [(QUICK, "Quick run"), (FULL, "Run of")])
def test_the_page_says_what_kind_of_run_it_was(options: Options, says: str) -> None:
    where = Circumstances("2020-01-01", "2 processors", "Python 3.10", (0.5, 2.0), 9)
    text = page(rows(MINE, THEIRS, options), MINE, THEIRS, options, where)
    assert says in text
    assert f"trained {options.diet_epochs} of its 100 epochs" in text


def test_the_time_of_a_component_is_read_between_progress_bars() -> None:
    log = (
        "2020-01-01 10:00:00 INFO     rasa.hooks  - Starting to train component 'A'.\n"
        "Epochs: 100%\r2020-01-01 10:01:30 INFO     rasa.hooks  - "
        "Finished training component 'A'.\n"
    )
    assert seconds_of_component(log, "A") == 90
    assert seconds_of_component(log, "B") is None


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


def test_options_on_the_command_line_come_before_those_of_a_quick_run() -> None:
    options = read_options(["--quick", "--rounds", "4"])
    assert (options.quick, options.rounds) == (True, 4)
    assert options.messages == QUICK.messages


@pytest.mark.parametrize(
    "arguments",
    [["--rounds", "0"], ["--messages", "0"], ["--x"]],
)
def test_options_that_cannot_be_used_are_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit):
        read_options(arguments)
