"""docs/conversation-tests.md tells of every field and option, and of no other."""

import re
import textwrap
from collections.abc import Iterator
from typing import Any

import pytest
from stand_in import Write

from bot.settings import PROJECT_DIR
from trials.scripts import pytest_plugin, record
from trials.scripts.loading import read_conversations
from trials.scripts.shape import RASA_PRO_ONLY
from trials.scripts.vocabulary import load_vocabulary

PAGE = (PROJECT_DIR / "docs" / "conversation-tests.md").read_text("utf-8")


def section(heading: str) -> str:
    return re.split(r"\n##+ ", PAGE.split(f" {heading}\n", 1)[1])[0]


def names(text: str) -> list[str]:
    """Return what stands in the first cells of the tables of a text."""
    cells = [row.split("|")[1] for row in text.splitlines() if row.startswith("|")]
    return [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


def fields_in(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for value in schema.values():
            yield from fields_in(value)


def options_of_pytest() -> set[str]:
    parser = pytest.Parser(_ispytest=True)
    pytest_plugin.pytest_addoption(parser)
    group = parser.getgroup("scripted conversations")
    return {name for option in group.options for name in option.names()}


def options_of_record(capsys: pytest.CaptureFixture[str]) -> set[str]:
    with pytest.raises(SystemExit):
        record.main(["--help"])
    told = capsys.readouterr().out
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", told)) - {"--help"}


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("A conversation", "test_case"),
        ("A step", "step"),
    ],
)
def test_the_table_of_a_part_has_its_fields(
    schema: dict[str, Any], heading: str, part: str
) -> None:
    assert set(names(section(heading))) == set(schema["$defs"][part]["properties"])


def test_the_table_of_the_file_has_its_fields(schema: dict[str, Any]) -> None:
    assert set(names(section("The file"))) == set(schema["properties"])


def test_the_tables_of_assertions_have_them_and_the_fields_inside(
    schema: dict[str, Any], schema_assertions: dict[str, Any]
) -> None:
    outer, inner = section("An assertion").split("| Field inside them")
    assert set(names(outer)) == set(schema_assertions)
    elsewhere = {*schema["properties"], *schema_assertions}
    for part in ("test_case", "step"):
        elsewhere |= set(schema["$defs"][part]["properties"])
    assert set(names(inner)) == set(fields_in(schema)) - elsewhere


def test_every_field_of_the_schema_has_a_title_and_a_description(
    schema: dict[str, Any],
) -> None:
    def bare(part: Any) -> Iterator[str]:
        if isinstance(part, dict):
            for name, field in part.get("properties", {}).items():
                if not {"title", "description"} <= set(field):
                    yield name
            for value in part.values():
                yield from bare(value)

    assert not list(bare(schema))


def test_what_is_refused_of_rasa_pro_is_documented() -> None:
    assert set(names(section("If you know Rasa Pro"))) == set(RASA_PRO_ONLY)


def documented(heading: str) -> set[str]:
    return {name for name in names(section(heading)) if name.startswith("-")}


def test_every_option_is_documented_and_no_other(
    capsys: pytest.CaptureFixture[str],
) -> None:
    of_pytest = {"-k", "-x", "--junitxml"}
    assert documented("Run them") == options_of_pytest() | of_pytest
    assert documented("Record a conversation") == options_of_record(capsys)


def test_the_first_test_of_the_page_is_a_file_that_can_be_run(write: Write) -> None:
    shown = re.search(r"(?ms)^   ```yaml\n(.*?)^   ```", PAGE)
    assert shown
    text = "".join(line[3:] for line in shown[1].splitlines(keepends=True))
    (conversation,) = read_conversations(write(text))
    assert not load_vocabulary().faults(conversation)
    assert len(conversation.turns) == 2


def test_the_examples_of_steps_can_be_read(write: Write) -> None:
    examples = re.findall(r"(?ms)^```yaml\n(.*?)^```", PAGE)
    assert examples
    for example in examples:
        steps = textwrap.indent(example, "    ")
        text = f"test_cases:\n  - test_case: an example\n    steps:\n{steps}"
        (conversation,) = read_conversations(write(text))
        assert not load_vocabulary().faults(conversation)
