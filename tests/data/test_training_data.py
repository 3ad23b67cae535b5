"""The training data: no question of the tests in it, and no intent left behind."""

import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml
from rest_client import ROOT

from bot.answering.moves import MOVES
from bot.intents import ASK_TOPIC
from bot.knowledge import load_knowledge
from bot.languages import LANGUAGES
from trials.examples import read_examples
from trials.questions.grading import case_files, read_cases

DATA = ROOT / "data"
LEAST_EXAMPLES = 40
# These come from a button or from the channel, never from a text that is classified;
# `something_else` is a button too.
WITHOUT_EXAMPLES = {"ask_topic", "something_else", "empty", "too_long"}
# What it holds is in no language of the assistant's.
FOREIGN, OF_FOREIGN = "foreign_language", "other"
# Everybody greets and thanks in the same words.
SAID_ALIKE = {"greet", "thank", "goodbye"}
FACT_QUESTIONS = ROOT / "tests" / "server" / "fact_questions.yml"


# Seventy thousand sentences, which libyaml reads several times faster.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(file: Path) -> Any:
    return yaml.load(file.read_text("utf-8"), Loader=_Loader)


def fold(text: str) -> str:
    """Return a sentence without case, punctuation and marks of entities."""
    unmarked = re.sub(r"\[([^\]]*)\](\([^)]*\)|\{[^}]*\})", r"\1", text)
    return " ".join(re.findall(r"\w+", unmarked.casefold()))


EXAMPLES = read_examples(DATA)
BY_FOLDED = {fold(example.text): example for example in EXAMPLES}
INTENTS: list[str] = read_yaml(ROOT / "domain.yml")["intents"]


@pytest.mark.parametrize("file", case_files(), ids=lambda file: file.stem)
def test_no_held_out_question_stands_in_the_training_data(file: Path) -> None:
    leaked = [
        (case["id"], turn["user"], example)
        for case in read_cases(file)
        for turn in case["turns"]
        if (example := BY_FOLDED.get(fold(turn["user"])))
        and example.intent not in SAID_ALIKE
    ]
    assert not leaked, "\n".join(map(str, leaked))


def test_no_question_about_a_fact_stands_in_the_training_data() -> None:
    questions = read_yaml(FACT_QUESTIONS).values()
    assert not [question for question in questions if fold(question) in BY_FOLDED]


def test_no_sentence_stands_in_two_intents() -> None:
    intents = defaultdict(set)
    for example in EXAMPLES:
        intents[fold(example.text)].add(example.intent)
    torn = {text: sorted(of) for text, of in intents.items() if text and len(of) > 1}
    assert not torn


def test_no_sentence_stands_twice_in_one_intent_and_language() -> None:
    counts = Counter((example[0], *example[1:3]) for example in EXAMPLES)
    assert not [sentence for sentence, count in counts.items() if count > 1]


@pytest.mark.parametrize("intent", [i for i in INTENTS if i not in WITHOUT_EXAMPLES])
def test_an_intent_has_examples_enough_and_in_each_language(intent: str) -> None:
    of_intent = [example for example in EXAMPLES if example.intent == intent]
    languages = {OF_FOREIGN} if intent == FOREIGN else set(LANGUAGES)
    assert {example.language for example in of_intent} == languages
    assert len(of_intent) >= LEAST_EXAMPLES


def test_every_example_is_of_an_intent_in_the_domain() -> None:
    assert {example.intent for example in EXAMPLES} <= set(INTENTS)


def test_no_comment_stands_inside_examples() -> None:
    for file in sorted(DATA.rglob("*.yml")):
        for block in read_yaml(file).get("nlu") or ():
            for line in block["examples"].splitlines():
                assert re.match(r"- \S", line), f"{file.name}: {line!r}"
                assert " # " not in line, f"{file.name}: {line!r}"


def test_every_intent_that_means_a_question_is_in_the_domain() -> None:
    questions = {intent for intent in INTENTS if intent.startswith("ask_")}
    meant = set(load_knowledge().intents)
    assert meant <= questions
    # The others are about the service itself, or lean on the last reply.
    spoken = load_knowledge().wording["nb"].talk.keys() | MOVES.keys()
    assert questions - meant - {ASK_TOPIC} <= spoken


def test_every_intent_that_leans_on_the_last_reply_is_in_the_domain() -> None:
    assert set(MOVES) <= set(INTENTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_held_out_question_stands_among_the_claims(language: str) -> None:
    claims = load_knowledge().claims[language]
    learnt = {
        fold(text)
        for of_topic in (claims.hold, claims.wrong, claims.open)
        for texts in of_topic.values()
        for text in texts
    }
    asked = {
        fold(turn["user"])
        for file in case_files()
        for case in read_cases(file)
        for turn in case["turns"]
    }
    assert not learnt & asked


def test_every_file_of_examples_is_named_after_the_one_intent_that_it_holds() -> None:
    for file in sorted((DATA / "nlu").rglob("*.yml")):
        (intent,) = {block["intent"] for block in read_yaml(file)["nlu"]}
        # Many examples of one intent may be parted: `out_of_scope_encyclopaedia.yml`.
        assert file.stem == intent or file.stem.startswith(f"{intent}_"), file
