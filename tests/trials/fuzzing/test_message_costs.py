"""One message, whatever it is filled with, takes little longer than an ordinary one.

Processor time is measured, each message beside ordinary ones of the same moment.
"""

import json
import random

import pytest

from bot.settings import PROJECT_DIR
from trials.fuzzing.costs import dearest
from trials.fuzzing.in_process import InProcess
from trials.fuzzing.kinds import KINDS
from trials.fuzzing.messages import odd_messages

QUESTIONS = PROJECT_DIR / "tests" / "questions"
LONG, LONGEST = 1000, 10_000
# An ordinary message has 40 characters, these 1,000. They take 6 to 9 times as long on
# a quiet machine, and took 34 when the work grew with the square of the length.
MOST = 16.0
# Ten times as long takes ten times as long, and not a hundred.
MOST_OF_LONGEST = 80.0


@pytest.fixture(scope="module")
def ordinary() -> list[str]:
    lines = (
        line
        for file in sorted(QUESTIONS.rglob("*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
    )
    asked = {turn["user"] for line in lines for turn in json.loads(line)["turns"]}
    texts = sorted(asked)
    random.Random(1).shuffle(texts)
    return texts[:300]


def test_no_message_of_a_thousand_characters_takes_much_longer_than_a_question(
    assistant: InProcess, ordinary: list[str]
) -> None:
    messages = list(odd_messages(3 * len(KINDS), LONG))
    dear = dearest(assistant, messages, ordinary)
    assert dear[0].times < MOST, dear[:5]


def test_a_message_of_ten_thousand_characters_takes_longer_in_line_with_its_length(
    assistant: InProcess, ordinary: list[str]
) -> None:
    messages = list(odd_messages(len(KINDS), LONGEST))
    dear = dearest(assistant, messages, ordinary)
    assert dear[0].times < MOST_OF_LONGEST, dear[:5]
