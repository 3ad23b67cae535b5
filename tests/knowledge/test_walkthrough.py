"""The walkthroughs of knowledge/README.md lead where they say, in as few files."""

import re
import shutil
import textwrap
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from bot.answering import Answerer, Context, Message, Question, Reply, Service
from bot.knowledge import KnowledgeBase, load_knowledge
from bot.languages import LANGUAGES, Language
from bot.settings import PROJECT_DIR

README = (PROJECT_DIR / "knowledge" / "README.md").read_text("utf-8")
FACT, TOPIC = "A new fact", "A new topic with an intent of its own"
# The id of what both add.
NEW = "document.headings"
FACT_QUESTIONS = "tests/server/fact_questions.yml"
COPIED = ("knowledge", "domain.yml", FACT_QUESTIONS)
# A path by itself, and the YAML beneath it.
_BLOCK = re.compile(r"(?ms)^ *\*\*([\w./-]+\.yml)\*\*\n\n *```yaml\n(.*?)^ *```")


class Block(NamedTuple):
    """What a walkthrough adds to one file."""

    file: str
    added: Any


def blocks_of(walkthrough: str) -> list[Block]:
    text = README.split(f"### {walkthrough}\n")[1].split("\n### ")[0]
    return [
        Block(file, yaml.safe_load(textwrap.dedent(lines)))
        for file, lines in _BLOCK.findall(text)
    ]


def merged(old: Any, added: Any) -> Any:
    """Return YAML with what is added put under the keys that it is shown under."""
    if isinstance(old, dict) and isinstance(added, dict):
        return old | {key: merged(old.get(key), added[key]) for key in added}
    if isinstance(old, list) and isinstance(added, list):
        return [*old, *added]
    return added


def read(file: Path) -> Any:
    return yaml.safe_load(file.read_text("utf-8")) if file.exists() else None


def follow(folder: Path, walkthrough: str) -> set[str]:
    """Do what a walkthrough says, and return the files that it touches."""
    blocks = blocks_of(walkthrough)
    for file, added in blocks:
        path = folder / file
        content = yaml.safe_dump(merged(read(path), added), sort_keys=False)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return {block.file for block in blocks}


class Followed(NamedTuple):
    """A copy of the content in which both were followed, and what they touched."""

    folder: Path
    base: KnowledgeBase
    touched: dict[str, set[str]]

    def ask(self, question: Question, language: Language) -> Reply:
        answerer = Answerer(self.base, Service("the front desk"))
        return answerer.answer(Message((question,), language), Context())


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Followed:
    folder = tmp_path_factory.mktemp("content")
    for name in COPIED:
        source, target = PROJECT_DIR / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, target)
    touched = {each: follow(folder, each) for each in (FACT, TOPIC)}
    return Followed(folder, load_knowledge(folder / "knowledge"), touched)


def test_what_the_walkthroughs_add_is_not_there_yet() -> None:
    base = load_knowledge()
    assert NEW not in base.facts
    assert NEW not in base.topics


@pytest.mark.parametrize(("walkthrough", "most"), [(FACT, 5), (TOPIC, 6)])
def test_a_walkthrough_touches_few_files(
    followed: Followed, walkthrough: str, most: int
) -> None:
    assert 0 < len(followed.touched[walkthrough]) <= most


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_fact_is_stated_with_its_quotes(
    followed: Followed, language: Language
) -> None:
    fact = followed.base.facts[NEW]
    reply = followed.ask(Question("Tittel?", "ask_title", 0.9), language)
    assert NEW in reply.facts
    assert fact.text.into(language) in reply.text
    assert {source.quote for source in reply.sources} >= set(fact.quotes)


def test_a_new_fact_has_a_question_that_the_tests_ask(followed: Followed) -> None:
    assert NEW in read(followed.folder / FACT_QUESTIONS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_topic_is_selected_and_told(
    followed: Followed, language: Language
) -> None:
    base, words = followed.base, followed.base.wording[language].topics
    asked = Question(words[NEW].ask or "", "ask_headings", 0.9)
    reply = followed.ask(asked, language)
    assert (reply.kind, reply.context.topic) == ("answer", NEW)
    assert reply.facts == (NEW,)
    assert base.facts[NEW].text.into(language) in reply.text
    offered = [words[topic].ask for topic in base.topics[NEW].next]
    assert [button.title for button in reply.buttons] == offered


def test_a_new_topic_is_told_when_its_button_is_pressed(followed: Followed) -> None:
    pressed = Question("/ask_topic", "ask_topic", 1.0, topic=NEW)
    assert followed.ask(pressed, "nb").facts == (NEW,)


def test_a_new_topic_has_an_intent_in_the_domain_and_examples_of_it(
    followed: Followed,
) -> None:
    (intent,) = followed.base.topics[NEW].intents
    assert intent in read(followed.folder / "domain.yml")["intents"]
    (file,) = (followed.folder / "data").rglob(f"{intent}.yml")
    blocks = read(file)["nlu"]
    assert {block["intent"] for block in blocks} == {intent}
    assert {block["metadata"]["language"] for block in blocks} == set(LANGUAGES)
