"""The grader's facts: what says them, and how their file is read."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from trials.errors import TrialError
from trials.questions.grader import Fact, load_facts, load_grader, normalised

GRADER = load_grader()
FACTS = load_facts()
SAID: dict[str, dict[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("said.yml").read_text("utf-8")
)


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_is_said_by_its_words_and_by_no_others(fact: str) -> None:
    assert [text for text in SAID[fact]["said"] if not GRADER.says(fact, text)] == []
    assert [text for text in SAID[fact]["unsaid"] if GRADER.says(fact, text)] == []


def test_every_fact_has_examples_and_every_example_a_fact() -> None:
    assert set(SAID) == set(FACTS)
    assert all(each["said"] and each["unsaid"] for each in SAID.values())


@pytest.mark.parametrize("fact", FACTS)
def test_no_pattern_of_a_fact_could_be_left_out(fact: str) -> None:
    texts = [normalised(text) for text in SAID[fact]["said"]]
    for place, group in enumerate(FACTS[fact].all_of):
        for pattern in group:
            groups = list(FACTS[fact].all_of)
            # A line needs a pattern: one that is found nowhere.
            groups[place] = tuple(p for p in group if p != pattern) or ("(?!)x",)
            without = Fact(id=fact, all_of=groups)
            assert not all(map(without.is_said_in, texts)), pattern


def test_the_grader_knows_the_facts_of_its_file_and_no_others() -> None:
    assert all(map(GRADER.knows, FACTS))
    assert GRADER.knows("six")
    assert not GRADER.knows("made_up")


def test_capitals_do_not_matter() -> None:
    assert GRADER.says("siva", "SIVA")


GOOD = {"facts": [{"id": "six", "all_of": [["6"], ["hubs"]]}]}


def facts_file(folder: Path, content: Any) -> Path:
    file = folder / "questions" / "facts.yml"
    file.parent.mkdir()
    text = content if isinstance(content, str) else yaml.safe_dump(content)
    file.write_text(text, "utf-8")
    return file


def broken(change: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    content = copy.deepcopy(GOOD)
    change(content["facts"][0])
    return content


def test_a_file_of_facts_is_read(tmp_path: Path) -> None:
    facts = load_facts(facts_file(tmp_path, GOOD))
    assert facts["six"].is_said_in("the 6 hubs")
    assert not facts["six"].is_said_in("the hubs")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (broken(lambda f: f.update(any_of=[])), "six: field 'any_of': extra fields"),
        (broken(lambda f: f.pop("all_of")), "six: field 'all_of': field required"),
        (broken(lambda f: f.pop("id")), "fact 1: field 'id': field required"),
        (broken(lambda f: f.update(all_of=[["6", "(a"]])), r"six: .*'\(a' is no patt"),
        (broken(lambda f: f.update(all_of=[["6", "a*"]])), r"six: .*in every text"),
        (broken(lambda f: f.update(all_of=[["6", ""]])), r"six: .*in every text"),
        (
            broken(lambda f: f.update(all_of=[["6"], []])),
            r"six: .*pattern in each line",
        ),
        (broken(lambda f: f.update(all_of=[])), r"six: .*pattern in each line"),
        (broken(lambda f: f.update(all_of=[[6]])), r"six: .*all_of\.0\.0': str type"),
        (broken(lambda f: f.update(id=True)), "True: field 'id': str type"),
        ({"facts": GOOD["facts"] * 2}, "six: the id stands twice"),
        ({"facts": ["six"]}, "fact 1: "),
        ({**GOOD, "more": []}, "must hold a list under 'facts:' and no more"),
        ({"facts": {}}, "must hold a list under 'facts:'"),
        ([], "must hold a list under 'facts:'"),
        ("facts: [", "cannot be read"),
    ],
)
def test_a_broken_file_of_facts_is_refused_by_file_and_fact(
    tmp_path: Path, content: Any, message: str
) -> None:
    with pytest.raises(TrialError, match=rf"^questions/facts\.yml:? {message}"):
        load_facts(facts_file(tmp_path, content))


def test_a_missing_file_of_facts_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrialError, match=r"/facts\.yml cannot be read"):
        load_facts(tmp_path / "facts.yml")
