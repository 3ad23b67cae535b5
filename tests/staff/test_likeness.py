"""What asks the same comes together, and nothing else does."""

import itertools
import json
import random
import time
from pathlib import Path

import pytest
import yaml

from bot.settings import PROJECT_DIR
from bot.staff.review.likeness import alike

MADE_UP = yaml.safe_load((Path(__file__).parent / "alike.yml").read_text("utf-8"))
GROUPS = {text: name for name, texts in MADE_UP["groups"].items() for text in texts}
OTHERS = PROJECT_DIR / "tests" / "questions" / "development"
MOST = 2_000
# Two cores may be busy with other tests.
PATIENCE = 4


def mixed() -> list[str]:
    """Return the made-up questions, spread among others, 2,000 in all."""
    lines = [
        line
        for file in sorted(OTHERS.glob("*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
    ]
    others = [turn["user"] for line in lines for turn in json.loads(line)["turns"]]
    chance = random.Random(1)
    texts = [*GROUPS, *chance.sample(others, MOST - len(GROUPS))]
    chance.shuffle(texts)
    return texts


@pytest.fixture(scope="module")
def found() -> tuple[list[str], list[int]]:
    texts = mixed()
    return texts, alike(texts)


def test_made_up_groups_among_other_questions_are_found(
    found: tuple[list[str], list[int]],
) -> None:
    group_of = dict(zip(*found, strict=True))
    pairs = list(itertools.combinations(GROUPS, 2))
    same = {pair for pair in pairs if GROUPS[pair[0]] == GROUPS[pair[1]]}
    together = {pair for pair in pairs if group_of[pair[0]] == group_of[pair[1]]}
    assert len(same & together) >= 0.85 * len(same)
    assert len(same & together) >= 0.97 * len(together)


def test_hardly_another_question_comes_among_them(
    found: tuple[list[str], list[int]],
) -> None:
    texts, groups = found
    made_up = {group for text, group in zip(*found, strict=True) if text in GROUPS}
    intruders = [
        text
        for text, group in zip(texts, groups, strict=True)
        if group in made_up and text not in GROUPS
    ]
    assert len(intruders) <= 0.01 * len(texts)


def test_spelling_case_and_punctuation_do_not_part_the_same_question() -> None:
    texts = ["Når åpner dere på lørdag?", "NAAR AAPNER DERE PAA LORDAG", "Hva er moms?"]
    assert alike(texts) == [0, 0, 1]


def test_the_same_texts_always_give_the_same_groups() -> None:
    texts = mixed()[:300]
    assert alike(texts) == alike(texts)


@pytest.mark.parametrize("texts", [[], ["?"], ["?", "…", ""], ["a"], ["\u202e" * 9]])
def test_texts_without_words_are_grouped_too(texts: list[str]) -> None:
    assert len(alike(texts)) == len(texts)


def test_two_thousand_texts_are_grouped_quickly() -> None:
    texts = mixed()
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        alike(texts)
        times.append(time.perf_counter() - begun)
    assert min(times) < 0.15 * PATIENCE
