"""The documents tell of everything there is, and of nothing else."""

import ast
import dataclasses
import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import cli
from bot.answering import Answerer, Context, Message, Question, Reply, Service
from bot.answering.reply import KINDS, PERSON, RELAYED
from bot.hours import NEVER
from bot.knowledge import load_knowledge, models
from bot.reading.lexicon import CUES, QUESTION_KINDS
from bot.settings import PROJECT_DIR, Settings, content_dir, read_settings
from bot.staff.in_force import settings_in_force
from bot.staff.settings import (
    LOCAL_STAFF,
    Provider,
    StaffSettings,
    read_staff_settings,
)
from bot.store import Turn

DOCS_DIR = PROJECT_DIR / "docs"
HTTP_API = (DOCS_DIR / "http-api.md").read_text("utf-8")
EMBEDDING = (DOCS_DIR / "embedding.md").read_text("utf-8")
README = (PROJECT_DIR / "README.md").read_text("utf-8")
SETTINGS = (PROJECT_DIR / "docs" / "settings.md").read_text("utf-8")
ARCHITECTURE = (PROJECT_DIR / "docs" / "architecture.md").read_text("utf-8")
KNOWLEDGE_DIR = PROJECT_DIR / "knowledge"
KNOWLEDGE = (KNOWLEDGE_DIR / "README.md").read_text("utf-8")
# The rooms whose modules docs/architecture.md lists.
ROOMS = (
    *("bot/reading/", "bot/knowledge/", "bot/nlu/", "bot/answering/", "bot/channels/"),
    "bot/cases/",
    *(
        "bot/privacy/",
        "bot/engine/",
        "bot/store/",
        "bot/",
        "trials/",
        "trials/scripts/",
        "trials/questions/",
    ),
    *("trials/measurements/", "trials/cluster/", "trials/cases/"),
    "trials/fuzzing/",
    *("bot/staff/", "bot/staff/drafts/", "bot/staff/figures/", "bot/staff/review/"),
    *("bot/staff/conversations/", "bot/staff/proposals/", "bot/console/"),
    *("trials/demo/", "trials/emails/", "trials/trying/"),
)
PAGES = [PROJECT_DIR / "README.md", KNOWLEDGE_DIR / "README.md"]
PAGES += sorted((PROJECT_DIR / "docs").glob("*.md"))

FACTS = models.Fact.__args__
# For each file of the knowledge base the classes of the records in it.
RECORDS: dict[str, tuple[type[models.Record], ...]] = {
    "content.yml": (models.Content, models.Roster),
    "layout.yml": (models.Line,),
    "facts.yml": FACTS,
    "derived.yml": (models.DerivedFact,),
    "names.yml": (models.Name,),
    "vocabulary.yml": (models.ValueType, models.Value, models.Forms),
    "topics.yml": (models.Topic,),
    "not_stated.yml": (models.Gap,),
    "routes.yml": (models.Route,),
    "claims/nb.yml": (models.Claims,),
    "wording/nb.yml": (models.Wording, models.TopicWording),
}


class _Recorder(Mapping[str, str]):
    """An empty environment that remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def sections(page: str) -> dict[str, str]:
    """Return the text below each heading of the second level."""
    parts = re.split(r"(?m)^## (.+)\n", page)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def rows(text: str) -> list[list[str]]:
    """Return the cells of the rows whose first cell is code."""
    lines = re.findall(r"(?m)^\| `.*\|$", text)
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def first_cells(text: str) -> set[str]:
    """Return the code in the first cell of each row."""
    return {row[0].strip("`") for row in rows(text)}


def settings_read() -> set[str]:
    environment = _Recorder()
    read_settings(environment)
    content_dir(environment)
    return environment.asked


def staff_settings_read() -> set[str]:
    environment = _Recorder()
    read_staff_settings(environment)
    return environment.asked


def cli_help(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit):
        cli.main([*arguments, "--help"])
    return capsys.readouterr().out


def cli_commands(capsys: pytest.CaptureFixture[str]) -> set[str]:
    return set(re.findall(r"(?m)^ {4}([a-z-]+)\b", cli_help(capsys)))


def make_targets() -> set[str]:
    makefile = (PROJECT_DIR / "Makefile").read_text("utf-8")
    return set(re.findall(r"(?m)^([a-z-]+):.*## \S", makefile))


def fields_of(file: str) -> set[str]:
    return {field for record in RECORDS[file] for field in record.__fields__}


def values_of(record: type[models.Record], field: str) -> tuple[str, ...]:
    return tuple(map(str, record.__fields__[field].type_.__args__))


def as_documented(default: Any) -> str:
    if isinstance(default, Path):
        default = default.relative_to(PROJECT_DIR)
    if isinstance(default, bool):
        default = "on" if default else "off"
    nothing = ("", (), None, frozenset(), NEVER)
    return f"`{default}`" if default not in nothing else "none"


def test_every_setting_is_documented_and_no_other() -> None:
    before_files = SETTINGS.split("\n## ")[0]
    assert first_cells(before_files) == settings_read()


def test_the_documented_defaults_are_the_defaults() -> None:
    fields = dict(re.findall(r"(?m)^ +(\w+): `(\w+)`:", Settings.__doc__ or ""))
    assert {*fields.values(), "HELSE_CONTENT"} == settings_read()
    documented = {row[0].strip("`"): row[2] for row in rows(SETTINGS.split("\n## ")[0])}
    for field, name in fields.items():
        shown = as_documented(getattr(Settings(), field))
        assert documented[name].startswith(shown), name


def test_every_setting_of_the_console_is_documented_and_no_other() -> None:
    described = first_cells(sections(SETTINGS)["The staff console"])
    assert described == staff_settings_read()
    fields = [*re.findall(r"`([A-Z_]+)`", f"{StaffSettings.__doc__}{Provider.__doc__}")]
    assert set(fields) == described
    assert described <= set(settings_in_force(Settings(), StaffSettings())["console"])


def test_the_documented_defaults_of_the_console_are_the_defaults() -> None:
    table = {row[0]: row[2] for row in rows(sections(SETTINGS)["The staff console"])}
    default = StaffSettings()
    assert table["`STAFF_PORT`"] == f"`{default.port}`"
    assert table["`HELSE_STAFF_HOST`"] == f"`{default.host}`"
    assert table["`HELSE_STAFF_URL`"].startswith(f"`{default.url}`")
    assert table["`HELSE_STAFF`"] == f"`{LOCAL_STAFF}`"
    assert table["`HELSE_OIDC_SCOPES`"] == f"`{Provider.scopes}`"


def test_every_example_of_a_setting_of_the_console_can_be_read() -> None:
    table = rows(sections(SETTINGS)["The staff console"])
    examples = [row[3].strip("`").partition("=")[::2] for row in table]
    given = {name: value.strip('"') for name, value in examples}
    oidc = {name: value for name, value in given.items() if "OIDC" in name}
    assert read_staff_settings(oidc).provider
    for name in given.keys() - oidc.keys():
        assert read_staff_settings({name: given[name]}) != StaffSettings()


def test_the_page_of_settings_shows_every_setting() -> None:
    shown = settings_in_force(Settings(), StaffSettings())
    assert set(shown["assistant"]) == settings_read()
    assert set(shown["console"]) == staff_settings_read()


# What settings need beside them.
SHARED = {
    "HELSE_DATABASE": "postgresql://helse:secret@db.example.org/helse",
    "HELSE_SECRET": "4f0c1e2b7a9d8c3e5f6a",
}
WITH_IT = {"HELSE_DATABASE": SHARED, "HELSE_REDIS": SHARED, "WORKERS": SHARED}


def test_every_example_of_a_setting_can_be_read() -> None:
    for name, _, _, example in rows(SETTINGS.split("\n## ")[0]):
        given, _, value = example.strip("`").partition("=")
        assert given == name.strip("`")
        environment = {given: value.strip('"'), **WITH_IT.get(given, {})}
        read = read_settings(environment), content_dir(environment)
        assert read != (Settings(), PROJECT_DIR)


def test_every_command_is_documented_and_no_other(
    capsys: pytest.CaptureFixture[str],
) -> None:
    table = sections(SETTINGS)["Commands behind make"]
    commands = {f"python -m bot.cli {name}" for name in cli_commands(capsys)}
    assert commands
    assert first_cells(table) == commands


def test_every_option_of_a_command_is_documented(
    capsys: pytest.CaptureFixture[str],
) -> None:
    table = rows(sections(SETTINGS)["Commands behind make"])
    explained = {row[0].strip("`").split()[-1]: row[1] for row in table}
    for command in cli_commands(capsys):
        options = set(re.findall(r"--[a-z-]+", cli_help(capsys, command)))
        for option in options - {"--help"}:
            assert f"`{option}`" in explained[command], f"{command} {option}"


def test_every_make_target_stands_in_the_command_table_of_the_readme() -> None:
    table = first_cells(sections(README)["Commands"])
    assert {command.split()[1] for command in table} == make_targets()


def test_every_slot_is_documented_and_no_other() -> None:
    domain = yaml.safe_load((PROJECT_DIR / "domain.yml").read_text("utf-8"))
    assert first_cells(sections(ARCHITECTURE)["What is remembered"]) == set(
        domain["slots"]
    )


def test_every_field_of_the_payload_is_documented_and_no_other() -> None:
    payload = Reply(
        *("answer", "nb", "", (), (), "ask_grant_amount", 1.0, (), Context()),
        offer=PERSON,
    ).payload()
    documented = first_cells(sections(ARCHITECTURE)["The reply"])
    assert documented == {*payload, RELAYED}


def test_every_kind_of_reply_is_documented_and_no_other() -> None:
    openapi = yaml.safe_load((DOCS_DIR / "openapi.yml").read_text("utf-8"))
    reply = openapi["components"]["schemas"]["Reply"]["properties"]
    assert tuple(reply["kind"]["enum"]) == KINDS
    assert first_cells(sections(HTTP_API)["Showing a reply"]) == set(KINDS)
    [kind] = [it[1] for it in rows(sections(ARCHITECTURE)["The reply"])][:1]
    assert set(re.findall(r"`(\w+)`", kind)) == set(KINDS)


def modules_of(room: str) -> set[str]:
    files = {file.name for file in (PROJECT_DIR / room).glob("*.py")}
    return {f"{room}{name}" for name in files - {"__init__.py"}}


def imported_by(module: str) -> set[str]:
    """Return the files of the project that a module imports, or their rooms."""
    code = ast.parse((PROJECT_DIR / module).read_text("utf-8"))
    imports = [node for node in ast.walk(code) if isinstance(node, ast.ImportFrom)]
    names = {(node.module or "").replace(".", "/") for node in imports}
    names |= {
        f"{(node.module or '').replace('.', '/')}/{alias.name}"
        for node in imports
        for alias in node.names
    }
    files = {f"{name}.py" for name in names if (PROJECT_DIR / f"{name}.py").exists()}
    rooms = {f"{name}/" for name in names if (PROJECT_DIR / name).is_dir()}
    return files | rooms


def test_every_module_of_the_listed_rooms_is_described_and_no_other() -> None:
    listed = first_cells(sections(ARCHITECTURE)["Modules"])
    assert listed == set().union(*map(modules_of, ROOMS))


@pytest.mark.parametrize("room", ROOMS)
def test_a_module_imports_of_its_room_only_those_above_it(room: str) -> None:
    table = [row[0].strip("`") for row in rows(sections(ARCHITECTURE)["Modules"])]
    listed = [module for module in table if module in modules_of(room)]
    below = {module: listed[place:] for place, module in enumerate(listed)}
    wrong = {m: imported_by(m).intersection(below[m]) for m in listed}
    assert not {module: names for module, names in wrong.items() if names}


def test_a_room_imports_the_rooms_that_the_architecture_says_and_no_other() -> None:
    table = rows(sections(ARCHITECTURE)["Who imports whom"])
    for room, documented in ((row[0].strip("`"), row[1]) for row in table):
        imported = set().union(*map(imported_by, modules_of(room)))
        found = {
            f"{Path(name).parent}/" if name[-1] != "/" else name for name in imported
        }
        assert found - {room, "bot/"} == set(re.findall(r"`([\w/]+/)`", documented)), (
            room
        )


def test_the_steps_that_the_architecture_shows_are_those_that_are_taken() -> None:
    base = load_knowledge()
    answerer = Answerer(base, Service("the front desk"))
    said = [
        Question(
            "Siva har 40 inkubatorer og 35 næringshager, ikke sant?",
            "ask_network_size",
            0.9,
            ("siva", "incubation", "garden"),
        ),
        Question(
            "Hva kan inkubatorene hjelpe med?",
            "ask_programme_services",
            0.9,
            ("incubation",),
        ),
        Question("og hagene?", "follow_up", 0.9),
    ]
    context = Context()
    for question in said:
        assert question.text in ARCHITECTURE
        message = Message((question,), "nb")
        steps = answerer.steps(message, context)
        taken = "\n".join(f"    {step.name}: {step.found}" for step in steps)
        assert textwrap.indent(taken, "   ") in ARCHITECTURE or taken in ARCHITECTURE
        context = answerer.answer(message, context).context


def test_every_file_of_the_knowledge_base_has_a_section() -> None:
    files = {
        str(path.relative_to(KNOWLEDGE_DIR))
        for path in KNOWLEDGE_DIR.rglob("*")
        if path.is_file() and path.suffix != ".md"
    }
    headings = {name for heading in sections(KNOWLEDGE) for name in heading.split(", ")}
    assert files <= headings


@pytest.mark.parametrize("file", RECORDS)
def test_every_field_of_a_knowledge_file_is_documented_and_no_other(file: str) -> None:
    text = next(
        text
        for heading, text in sections(KNOWLEDGE).items()
        if file in heading.split(", ")
    )
    assert first_cells(text) == fields_of(file)


@pytest.mark.parametrize(
    ("file", "values"),
    [
        ("facts.yml", [kind for fact in FACTS for kind in values_of(fact, "kind")]),
        ("facts.yml", values_of(models.SeasonOfYear, "season")),
        ("facts.yml", [*models.SeasonOfYear.__fields__]),
        ("derived.yml", values_of(models.DerivedFact, "operation")),
        ("names.yml", values_of(models.Name, "pronoun")),
        ("routes.yml", QUESTION_KINDS),
        ("routes.yml", CUES),
        ("layout.yml", models.LineRole.__args__),
    ],
    ids=[
        "kinds",
        "seasons",
        "fields of a season",
        "operations",
        "pronouns",
        "kinds of question words",
        "cues",
        "roles",
    ],
)
def test_every_value_that_a_field_can_take_is_documented(
    file: str, values: list[str]
) -> None:
    text = sections(KNOWLEDGE)[file]
    assert not [value for value in values if not re.search(rf"`[^`]*\b{value}\b", text)]


def test_the_checksum_of_the_announcement_is_that_of_the_tests() -> None:
    test = PROJECT_DIR / "tests" / "knowledge" / "test_announcement.py"
    checksum = re.findall(r'"([0-9a-f]{64})"', test.read_text("utf-8"))
    assert re.findall(r"`([0-9a-f]{64})`", KNOWLEDGE) == checksum


def test_the_reply_shown_in_the_readme_is_what_the_assistant_says() -> None:
    asked = re.search(r'"message": "([^"]+)"', README)
    shown = re.search(r"(?ms)^```json\n(.*?)^```", README)
    assert asked
    assert shown
    text, payload = json.loads(shown[1])
    question = Question(
        asked[1], payload["custom"]["intent"], payload["custom"]["confidence"]
    )
    base = load_knowledge()
    service = Service.from_settings(Settings(), base.content.contact)
    reply = Answerer(base, service).answer(Message((question,), "nb"), Context())
    assert text["text"] == reply.text
    assert payload["custom"] == reply.payload()
    titles = [button["title"] for button in text["buttons"]]
    assert titles == [button.title for button in reply.buttons]


def test_every_link_between_the_documents_leads_somewhere() -> None:
    broken = [
        (page.name, target)
        for page in PAGES
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert not broken


def test_every_file_that_the_documents_name_is_there() -> None:
    named = r"`((?:actions|bot|data|docs|knowledge|language_model|tests)/[\w./-]*)`"
    missing = [
        (page.name, path)
        for page in PAGES
        for path in re.findall(named, page.read_text("utf-8"))
        if not (PROJECT_DIR / path).exists()
    ]
    assert not missing


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) <= 120


def test_every_call_of_the_api_is_documented_and_no_other() -> None:
    openapi = yaml.safe_load((DOCS_DIR / "openapi.yml").read_text("utf-8"))
    calls = {
        f"{method.upper()} {path}"
        for path, methods in openapi["paths"].items()
        for method in methods
    }
    assert first_cells(sections(HTTP_API)["Calls"]) == calls


def test_every_code_of_an_error_is_documented_and_no_other() -> None:
    openapi = yaml.safe_load((DOCS_DIR / "openapi.yml").read_text("utf-8"))
    error = openapi["components"]["schemas"]["Error"]["properties"]["error"]
    codes = set(error["properties"]["code"]["enum"])
    assert first_cells(sections(HTTP_API)["Errors"]) == codes
    sources = (PROJECT_DIR / "bot").rglob("*.py")
    code = "\n".join(path.read_text("utf-8") for path in sources)
    assert {name for name in codes if f'"{name}"' not in code} == set()
    raised = set(re.findall(r'(?s)Fault\(\s*\d+,\s*"(\w+)"', code))
    assert raised <= codes


def test_every_field_of_a_turn_is_documented_and_no_other() -> None:
    fields = {field.name for field in dataclasses.fields(Turn)}
    assert first_cells(sections(HTTP_API)["A conversation"]) == fields


def test_every_property_and_attribute_of_the_widget_is_documented_and_no_other() -> (
    None
):
    folder = PROJECT_DIR / "widget"
    sheets = ("launcher.css", "styles.css")
    styles = "".join((folder / name).read_text("utf-8") for name in sheets)
    properties = re.findall(r"(?m)^ +(--helse-[a-z-]+):", styles)
    named = re.findall(r"`(--helse-[a-z-]+)`", EMBEDDING)
    assert set(named) == set(properties)
    scripts = ("loader.js", "chat.js")
    code = styles + "".join((folder / name).read_text("utf-8") for name in scripts)
    code += (folder / "placement.css").read_text("utf-8")
    words = re.search(r"WORDS = \[(.*)\]", code)
    assert words is not None
    texts = set(re.findall(r'"([a-z]+)"', words[1]))
    others = {"open", "placement", "position", "launcher", "theme", "lang"}
    assert first_cells(sections(EMBEDDING)["Attributes"]) == texts | others
    assert {name for name in others if name not in code} == set()


def test_every_event_and_method_of_the_widget_is_documented_and_typed() -> None:
    folder = PROJECT_DIR / "widget"
    names = ("loader.js", "chat.js", "message.js")
    code = "\n".join((folder / name).read_text("utf-8") for name in names)
    types = (folder / "helse-assistent.d.ts").read_text("utf-8")
    fired = set(re.findall(r'[fF]ire\("([a-z]+)"', code)) | {"open", "close", "source"}
    events = {f"helse-{name}" for name in fired}
    assert first_cells(sections(EMBEDDING)["Events"]) == events
    assert set(re.findall(r'"(helse-[a-z]+)": CustomEvent', types)) == events
    for method in ("open", "close", "ask"):
        assert f"chat.{method}(" in sections(EMBEDDING)["Methods"]
