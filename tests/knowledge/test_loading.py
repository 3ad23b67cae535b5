"""Loading refuses what is broken, and says which file, which record and why."""

import shutil
from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.knowledge import KNOWLEDGE_DIR, load_knowledge


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the knowledge base that a test may break."""
    return Path(shutil.copytree(KNOWLEDGE_DIR, tmp_path / "knowledge"))


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    content = path.read_text("utf-8")
    assert old in content, f"{file} no longer holds {old!r}; choose another text"
    path.write_text(content.replace(old, new, 1), "utf-8")


def test_an_unbroken_copy_loads_like_the_original(folder: Path) -> None:
    assert load_knowledge(folder) == load_knowledge()


@pytest.mark.parametrize(
    ("file", "old", "new", "record", "reason"),
    [
        pytest.param(
            "facts.yml",
            'quotes: ["Det er Siva som deler ut pengene"]',
            "quotes: [Det er Siva som deler ut midlene]",
            "grant.distributor",
            "«Det er Siva som deler ut midlene» does not stand in announcement.txt",
            id="a quote that the announcement does not hold",
        ),
        pytest.param(
            "facts.yml",
            'quotes: ["Det er Siva som deler ut pengene"]',
            "quotes: [Det er Siva som deler ut penge]",
            "grant.distributor",
            "begins or ends inside a word or figure",
            id="a quote that ends inside a word",
        ),
        pytest.param(
            "facts.yml",
            'quotes: ["en pott på 14,5 millioner kroner som Siva gir"]',
            "quotes: [en pott på 14,5 millioner kroner som Siva gir]",
            "pot.amount",
            "begins or ends inside a word or figure",
            id="a quote that YAML cuts at its comma",
        ),
        pytest.param(
            "facts.yml",
            'quotes: ["Det er Siva som deler ut pengene"]',
            "quotes: []",
            "grant.distributor",
            "quotes",
            id="a fact without a quote",
        ),
        pytest.param(
            "facts.yml",
            "value: siva",
            "value: siiva",
            "grant.distributor",
            "refers to 'siiva'",
            id="a fact that points to no name",
        ),
        pytest.param(
            "facts.yml",
            "value: [aleap, valide,",
            "value: [aleap, valida,",
            "recipients.list",
            "refers to 'valida'",
            id="a list that holds no name",
        ),
        pytest.param(
            "facts.yml",
            "- id: document.publisher",
            "- id: document.title",
            "document.title",
            "stands twice",
            id="two facts of one id",
        ),
        pytest.param(
            "facts.yml",
            "label: {nb: utgiveren, nn: utgjevaren, en: the publisher}",
            "label: {nb: utgiveren, en: the publisher}",
            "document.publisher",
            "nn",
            id="a label without Nynorsk",
        ),
        pytest.param(
            "facts.yml",
            "value: 6000000",
            "value: 6000000\n    currency: kroner",
            "grant.amount",
            "currency",
            id="a field that facts do not have",
        ),
        pytest.param(
            "facts.yml",
            "value: 6000000",
            "value: seks millioner",
            "grant.amount",
            "integer",
            id="an amount in words",
        ),
        pytest.param(
            "facts.yml",
            "kind: amount\n    value: 6000000",
            "kind: sum\n    value: 6000000",
            "grant.amount",
            "'sum'",
            id="a kind of fact that there is not",
        ),
        pytest.param(
            "derived.yml",
            "operands: [grant.amount, pot.amount]",
            "operands: [grant.amount, pot.total]",
            "pot.share",
            "refers to 'pot.total'",
            id="a sum over a fact that there is not",
        ),
        pytest.param(
            "derived.yml",
            "operands: [grant.amount, pot.amount]",
            "operands: [grant.amount, pot.purpose]",
            "pot.share",
            "'pot.purpose' is no amount or count",
            id="a sum over words",
        ),
        pytest.param(
            "derived.yml",
            "- id: pot.share",
            "- id: pot.amount",
            "pot.amount",
            "stands twice",
            id="a derived figure of the same id as a fact",
        ),
        pytest.param(
            "names.yml",
            "label: {nb: Valide, nn: Valide, en: Valide}",
            "label: {nb: Valide, nn: Valide}",
            "valide",
            "en",
            id="a name without English",
        ),
        pytest.param(
            "names.yml",
            "aliases: [Valide]",
            "aliases: []",
            "valide",
            "aliases",
            id="a name that nobody can write",
        ),
        pytest.param(
            "names.yml",
            "- id: norinnova",
            "- id: valide",
            "valide",
            "stands twice",
            id="two names of one id",
        ),
        pytest.param(
            "topics.yml",
            "figure: recipients.count",
            "figure: recipients.number",
            "recipients.count",
            "refers to 'recipients.number'",
            id="a topic that points to no fact",
        ),
        pytest.param(
            "topics.yml",
            "holders: [siva, government, ministry]",
            "holders: [siva, parliament, ministry]",
            "grant.giver",
            "refers to 'parliament'",
            id="a topic that points to no name",
        ),
        pytest.param(
            "topics.yml",
            "next: [recipients.list, pot.amount, grant.purpose]",
            "next: [recipients.everybody, pot.amount, grant.purpose]",
            "grant.amount",
            "refers to 'recipients.everybody'",
            id="a suggestion that points to no topic",
        ),
        pytest.param(
            "not_stated.yml",
            "{id: gap.results, nearby: grant.benefits}",
            "{id: gap.results, nearby: grant.outcome}",
            "gap.results",
            "refers to 'grant.outcome'",
            id="a gap that points to no topic",
        ),
        pytest.param(
            "routes.yml",
            "ask_consortium: [{topic: consortium}]",
            "ask_consortium: [{topic: consortia}]",
            "ask_consortium",
            "refers to 'consortia'",
            id="a route that points to no topic",
        ),
        pytest.param(
            "routes.yml",
            "ask_consortium: [{topic: consortium}]",
            "ask_consortium: [{when: [alep], topic: consortium}, {topic: consortium}]",
            "ask_consortium",
            "refers to 'alep'",
            id="a route on a name that there is not",
        ),
        pytest.param(
            "routes.yml",
            "ask_consortium: [{topic: consortium}]",
            "ask_consortium: [{when: [siva], topic: consortium}]",
            "ask_consortium",
            "last route must have no condition",
            id="an intent that may lead nowhere",
        ),
        pytest.param(
            "routes.yml",
            "ask_consortium: [{topic: consortium}]",
            "ask_consortium:",
            "ask_consortium",
            "",
            id="an intent without routes",
        ),
        pytest.param(
            "wording/nn.yml",
            "  grant.benefits:\n",
            "  grant.gains:\n",
            "topics",
            "'grant.benefits' is missing",
            id="a topic without words in one language",
        ),
        pytest.param(
            "wording/en.yml",
            "  gap.results: ",
            "  gap.result: ",
            "gaps",
            "'gap.results' is missing",
            id="a gap without words in one language",
        ),
        pytest.param(
            "wording/nn.yml",
            "  goodbye:\n",
            "  farewell:\n",
            "talk",
            "'goodbye' is missing",
            id="small talk without words in one language",
        ),
        pytest.param(
            "wording/nb.yml",
            "Hele potten er på {pot.amount}.",
            "Hele potten er på 14,5 millioner kroner.",
            "pot.amount",
            "the figure 14 is typed out",
            id="a figure typed into an answer",
        ),
        pytest.param(
            "wording/nb.yml",
            "gap.results: hvilke resultater",
            "gap.results: hvilke av de 6 resultatene",
            "gap.results",
            "the figure 6 is typed out",
            id="a figure typed into a gap",
        ),
        pytest.param(
            "wording/en.yml",
            "I can’t answer that.",
            "I can’t answer that in 2019.",
            "out_of_scope",
            "the figure 2019 is typed out",
            id="a figure typed into small talk",
        ),
        pytest.param(
            "wording/nb.yml",
            "ask: Hvem fikk penger?",
            "ask: Hvem fikk 6 millioner?",
            "recipients.list",
            "the figure 6 is typed out",
            id="a figure typed into a button",
        ),
        pytest.param(
            "wording/nb.yml",
            "Hele potten er på {pot.amount}.",
            "Hele potten er på {pot.sum}.",
            "pot.amount",
            "refers to 'pot.sum'",
            id="an answer that names no fact",
        ),
        pytest.param(
            "wording/nb.yml",
            "Hele potten er på {pot.amount}.",
            "Hele potten er på {pot.amount.",
            "pot.amount",
            "Hele potten er på {pot.amount.",
            id="an answer with an open brace",
        ),
        pytest.param(
            "wording/nb.yml",
            "    ask: Hvem fikk penger?\n",
            "",
            "recipients.list",
            "no 'ask'",
            id="a suggestion without a title",
        ),
    ],
)
def test_a_broken_record_is_refused_by_file_record_and_reason(
    folder: Path, file: str, old: str, new: str, record: str, reason: str
) -> None:
    change(folder, file, old, new)
    with pytest.raises(KnowledgeError) as refusal:
        load_knowledge(folder)
    message = str(refusal.value)
    assert message.startswith(f"knowledge/{file}: {record}: ")
    assert reason in message.split(f" {record}: ", 1)[1]


@pytest.mark.parametrize(
    "file",
    [
        "announcement.txt",
        "derived.yml",
        "facts.yml",
        "names.yml",
        "not_stated.yml",
        "routes.yml",
        "topics.yml",
        "wording/en.yml",
        "wording/nb.yml",
        "wording/nn.yml",
    ],
)
def test_a_missing_file_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()
    with pytest.raises(KnowledgeError, match=f"knowledge/{file}: .*cannot be read"):
        load_knowledge(folder)


def test_broken_yaml_is_refused_by_file_and_line(folder: Path) -> None:
    change(folder, "derived.yml", "derived:\n", "derived:\n  - [unclosed\n")
    with pytest.raises(KnowledgeError, match=r"knowledge/derived\.yml: line \d+: "):
        load_knowledge(folder)


@pytest.mark.parametrize(
    ("file", "old", "key"),
    [
        ("names.yml", "    type: recipient\n", "type"),
        ("wording/nb.yml", '  percent: "{number} prosent"\n', "percent"),
    ],
)
def test_a_key_that_stands_twice_is_refused_by_file_line_and_key(
    folder: Path, file: str, old: str, key: str
) -> None:
    change(folder, file, old, old + old)
    pattern = rf"knowledge/{file}: line \d+: .*'{key}' stands twice"
    with pytest.raises(KnowledgeError, match=pattern):
        load_knowledge(folder)


@pytest.mark.parametrize("content", ["", "facts: 6\n", "- loose\n", "facts: [a, b]\n"])
def test_a_file_that_is_no_list_of_records_is_refused(
    folder: Path, content: str
) -> None:
    (folder / "facts.yml").write_text(content, "utf-8")
    with pytest.raises(KnowledgeError, match=r"knowledge/facts\.yml: .*list"):
        load_knowledge(folder)


def test_a_file_that_is_not_utf_8_is_refused(folder: Path) -> None:
    (folder / "names.yml").write_bytes("names: [ø]".encode("latin-1"))
    with pytest.raises(KnowledgeError, match=r"knowledge/names\.yml: .*UTF-8"):
        load_knowledge(folder)
