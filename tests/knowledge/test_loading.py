"""Loading refuses what is broken, and says which file, which record and why."""

import dataclasses
import shutil
from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.knowledge import KnowledgeBase, load_knowledge
from bot.languages import LANGUAGES
from bot.settings import PROJECT_DIR

KNOWLEDGE_DIR = PROJECT_DIR / "knowledge"
# Instead of the many claims, which take long to read.
FEW_CLAIMS = """
hold:
  grant.amount:
    - Fikk miljøene 6 millioner kroner?
open: {}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the knowledge base, with few claims, that a test may break."""
    copy = Path(shutil.copytree(KNOWLEDGE_DIR, tmp_path / "knowledge"))
    for language in LANGUAGES:
        (copy / "claims" / f"{language}.yml").write_text(FEW_CLAIMS, "utf-8")
    return copy


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    content = path.read_text("utf-8")
    assert old in content, f"{file} no longer holds {old!r}; choose another text"
    path.write_text(content.replace(old, new, 1), "utf-8")


def test_an_unbroken_copy_loads_like_the_original(folder: Path) -> None:
    shutil.copytree(KNOWLEDGE_DIR, folder, dirs_exist_ok=True)
    copy, original = load_knowledge(folder), load_knowledge(KNOWLEDGE_DIR)
    for field in dataclasses.fields(KnowledgeBase):
        assert getattr(copy, field.name) == getattr(original, field.name)


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
            "- id: grant.amount\n    kind: amount",
            "- id: grant.amount\n    kind: sum",
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
            "facts.yml",
            "values: [abroad, together]",
            "values: [abroad, togehter]",
            "grant.purpose",
            "refers to 'togehter'",
            id="a fact that states no value",
        ),
        pytest.param(
            "facts.yml",
            "counts: [applicants]",
            "counts: [aplicants]",
            "applicants.count",
            "refers to 'aplicants'",
            id="a figure that counts nothing",
        ),
        pytest.param(
            "facts.yml",
            "values: [abroad, together]",
            "values: [abroad, abroad]",
            "grant.purpose",
            "'abroad' stands twice in a list",
            id="a value twice in a list",
        ),
        pytest.param(
            "derived.yml",
            "counts: [rejected]",
            "counts: [rejekted]",
            "applicants.rejected",
            "refers to 'rejekted'",
            id="a derived figure that counts nothing",
        ),
        pytest.param(
            "names.yml",
            "aliases: [Valide]",
            "aliases: [Valide, VALIDE]",
            "valide",
            "'valide' stands twice in a list",
            id="an alias that is written twice",
        ),
        pytest.param(
            "names.yml",
            "places: [stavanger, bergen]",
            "places: [stavanger, bergn]",
            "western_norway",
            "refers to 'bergn'",
            id="a region with a place that there is not",
        ),
        pytest.param(
            "vocabulary.yml",
            "{id: euro, type: currency,",
            "{id: euro, type: curency,",
            "euro",
            "refers to 'curency'",
            id="a value of a type that there is not",
        ),
        pytest.param(
            "vocabulary.yml",
            "{id: euro, type: currency,",
            "{id: krone, type: currency,",
            "krone",
            "stands twice",
            id="two values of one id",
        ),
        pytest.param(
            "vocabulary.yml",
            "{id: euro, type: currency,",
            "{id: siva, type: currency,",
            "siva",
            "is the id of a name too",
            id="a value of the same id as a name",
        ),
        pytest.param(
            "vocabulary.yml",
            "[euro, eur]",
            "[euro, euro]",
            "euro",
            "'euro' stands twice in a list",
            id="a form that is written twice",
        ),
        pytest.param(
            "vocabulary.yml",
            "- {id: currency, exclusive: true}",
            "- {id: currency, exclusive: true, sole: true}",
            "currency",
            "field 'sole'",
            id="a field that types of values do not have",
        ),
        pytest.param(
            "topics.yml",
            "point: [recipients.count]",
            "point: [recipients.number]",
            "recipients.count",
            "refers to 'recipients.number'",
            id="a topic that points to no fact",
        ),
        pytest.param(
            "topics.yml",
            "about: [minister]",
            "about: [premier]",
            "people.minister",
            "refers to 'premier'",
            id="a topic that points to no name",
        ),
        pytest.param(
            "topics.yml",
            "listed: pot.fields",
            "listed: pot.sectors",
            "pot.fields",
            "refers to 'pot.sectors'",
            id="a topic that lists no fact",
        ),
        pytest.param(
            "topics.yml",
            "{ask_grant_amount: grant.received}",
            "{ask_grant_amount: received}",
            "grant.amount",
            "'received' is not written subject.attribute",
            id="an intent that stands for no pair",
        ),
        pytest.param(
            "topics.yml",
            "answers: [recipient.partners]",
            "answers: [recipient partners]",
            "recipients.others",
            "'recipient partners' is not written subject.attribute",
            id="an answer to no pair",
        ),
        pytest.param(
            "topics.yml",
            "answers: [recipient.partners]",
            "answers: [recipeint.partners]",
            "recipients.others",
            "refers to 'recipeint'",
            id="an answer about nobody",
        ),
        pytest.param(
            "topics.yml",
            "answers: [recipient.partners]",
            "answers: [pot.sum]",
            "pot.amount",
            "'pot.sum' leads to recipients.others already",
            id="a pair that leads to two topics",
        ),
        pytest.param(
            "not_stated.yml",
            "{ask_results: grant.results}",
            "{ask_grant_amount: grant.results}",
            "gap.results",
            "'ask_grant_amount' leads to grant.amount already",
            id="an intent that leads to two",
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
            "topics.yml",
            "next: [recipients.list, pot.amount, grant.purpose]",
            "next: [recipients.list, pot.amount, recipients.list]",
            "grant.amount",
            "'recipients.list' stands twice in a list",
            id="a suggestion twice",
        ),
        pytest.param(
            "not_stated.yml",
            "{ask_results: grant.results}, nearby: grant.benefits}",
            "{ask_results: grant.results}, nearby: grant.outcome}",
            "gap.results",
            "refers to 'grant.outcome'",
            id="a gap that points to no topic",
        ),
        pytest.param(
            "routes.yml",
            "routes:\n",
            "routes:\n  - {intents: [ask_consortium], topic: consortia}\n",
            "route 1",
            "refers to 'consortia'",
            id="a route that points to no topic",
        ),
        pytest.param(
            "routes.yml",
            "routes:\n",
            "routes:\n  - {intents: [ask_konsortium], topic: consortium}\n",
            "route 1",
            "refers to 'ask_konsortium'",
            id="a route of an intent that there is not",
        ),
        *(
            pytest.param(
                "routes.yml",
                "routes:\n",
                "routes:\n"
                f"  - {{intents: [ask_pot], {part}: [alep], topic: pot.amount}}\n",
                "route 1",
                "refers to 'alep'",
                id=f"a route that asks {part} for what there is not",
            )
            for part in ("when", "when_all", "without", "asks")
        ),
        pytest.param(
            "routes.yml",
            "routes:\n",
            "routes:\n"
            "  - {intents: [ask_pot, ask_fields], when: [siva, aleap], topic: siva}\n"
            "  - {intents: [ask_pot], when: [aleap], claim: true, topic: pot.fields}\n",
            "route 2",
            "is never reached",
            id="a route that is never reached",
        ),
        pytest.param(
            "content.yml",
            "  fact: recipients.list\n",
            "  fact: recipients.everybody\n",
            "roster",
            "refers to 'recipients.everybody'",
            id="a list that no fact names",
        ),
        pytest.param(
            "content.yml",
            "  fact: recipients.list\n",
            "  fact: grant.purpose\n",
            "roster",
            "'grant.purpose' is no fact of several names",
            id="a list in words",
        ),
        pytest.param(
            "content.yml",
            "  located: recipients.location\n",
            "  located: recipients.place\n",
            "roster",
            "refers to 'recipients.place'",
            id="a list whose places no topic tells",
        ),
        pytest.param(
            "content.yml",
            "status: document.archive",
            "status: document.arkive",
            "status and origin",
            "refers to 'document.arkive'",
            id="a status that is no topic",
        ),
        pytest.param(
            "content.yml",
            "  pot: pot.size\n",
            "  pot: pot.volume\n",
            "bare",
            "refers to 'pot.volume'",
            id="a name alone that asks for nothing",
        ),
        pytest.param(
            "content.yml",
            "  pot: pot.size\n",
            "  pott: pot.size\n",
            "bare",
            "refers to 'pott'",
            id="a name alone that is none",
        ),
        *(
            pytest.param(
                "content.yml",
                f"\n{part}: {opening}",
                f"\n{part}: {opening}{entry}, ",
                part,
                "refers to 'nonsense'",
                id=f"{part} of what there is not",
            )
            for part, opening, entry in (
                ("together", "{", "nonsense: people"),
                ("alike", "{", "nonsense: person"),
                ("harmless", "[", "nonsense"),
                ("within_names", "[", "nonsense"),
            )
        ),
        pytest.param(
            "claims/nb.yml",
            "hold:\n  grant.amount:\n",
            "hold:\n  grant.sum:\n",
            "a list",
            "refers to 'grant.sum'",
            id="claims of a topic that there is not",
        ),
        pytest.param(
            "claims/nb.yml",
            "hold:\n  grant.amount:\n",
            "hold:\n  grant.amount:\n    - Fikk de?\n    - Fikk de?\n",
            "grant.amount",
            "'Fikk de?' stands twice in a list",
            id="a claim that is written twice",
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
            "I cannot answer that.",
            "I cannot answer that in 2019.",
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
        pytest.param(
            "content.yml",
            "starters: [recipients.list",
            "starters: [pot.amont",
            "starters",
            "'pot.amont'",
            id="a first question that is no topic",
        ),
        pytest.param(
            "content.yml",
            "starters: [recipients.list, grant.amount, document.summary]",
            "starters: []",
            "the file",
            "at least one",
            id="a content without a first question",
        ),
        pytest.param(
            "content.yml",
            "origin: document.publisher",
            "origin: document.sender",
            "status and origin",
            "'document.sender'",
            id="a page that shows what is no topic",
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


def test_a_list_without_the_places_of_its_members_is_refused(folder: Path) -> None:
    change(folder, "facts.yml", "id: recipients.valide.city", "id: valide.city")
    with pytest.raises(KnowledgeError) as refusal:
        load_knowledge(folder)
    assert str(refusal.value).startswith(
        "knowledge/facts.yml: valide: refers to 'recipients.valide.city'"
    )


def test_the_place_of_a_member_must_be_one_name(folder: Path) -> None:
    change(
        folder,
        "facts.yml",
        "id: recipients.valide.city\n    kind: name\n    value: stavanger",
        "id: recipients.valide.city\n    kind: names\n    value: [stavanger]",
    )
    with pytest.raises(
        KnowledgeError, match=r"recipients\.valide\.city: must be a fact of one name"
    ):
        load_knowledge(folder)


def test_routes_must_be_a_list(folder: Path) -> None:
    (folder / "routes.yml").write_text("ask_pot: pot.amount\n", "utf-8")
    with pytest.raises(KnowledgeError, match=r"routes\.yml: routes: must be a list"):
        load_knowledge(folder)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("when: [aleap]", "when: [siva]"),
        ("when: [aleap]", "asks: [who]"),
        ("claim: true", "claim: false"),
        ("all: true", "all: false"),
        ("when: [siva], without: [aleap]", "when: [siva]"),
        ("when_all: [siva, aleap]", "when: [siva]"),
    ],
)
def test_routes_that_fit_at_different_times_stand_beside_each_other(
    folder: Path, first: str, second: str
) -> None:
    routes = "".join(
        f"  - {{intents: [ask_pot], {fits}, topic: siva}}\n" for fits in (first, second)
    )
    (folder / "routes.yml").write_text(f"routes:\n{routes}", "utf-8")
    assert len(load_knowledge(folder).routes) == 2


@pytest.mark.parametrize(
    "file",
    [
        "announcement.txt",
        "claims/en.yml",
        "claims/nb.yml",
        "claims/nn.yml",
        "content.yml",
        "derived.yml",
        "facts.yml",
        "names.yml",
        "not_stated.yml",
        "routes.yml",
        "topics.yml",
        "vocabulary.yml",
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
