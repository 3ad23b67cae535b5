"""The grader's verdicts on stored replies, beside those of another grader."""

import json
from pathlib import Path

from trials.questions.grader import guess_language, load_grader

# `turn`, `language` and `reply` are what the grader is given, `right` is the verdict of
# a grader that was written apart from this one, and `made` tells whether the reply came
# like that when the question was asked, or what was altered.
REPLIES = [
    json.loads(line)
    for line in Path(__file__).with_name("replies.jsonl").open(encoding="utf-8")
]
LEAST_AGREEMENT = 0.99


def test_the_stored_replies_are_many_and_many_of_them_wrong() -> None:
    assert len(REPLIES) >= 500
    assert sum(not each["right"] for each in REPLIES) >= 200


def test_the_stored_verdicts_are_given_again() -> None:
    grader = load_grader()
    found = [
        (each, grader.judge(each["turn"], each["language"], each["reply"]))
        for each in REPLIES
    ]
    differing = [(each, wrong) for each, wrong in found if each["right"] == bool(wrong)]
    listed = "\n".join(
        f"- {each['made']}, {'right' if each['right'] else 'wrong'} before, now "
        f"{wrong or 'right'}: {each['turn']} | {each['reply'][0]['text']!r}"
        for each, wrong in differing
    )
    print(listed)
    agreement = 1 - len(differing) / len(REPLIES)
    assert agreement >= LEAST_AGREEMENT, f"only {agreement:.1%}:\n{listed}"


def test_the_language_told_is_that_of_the_assistants_own_replies() -> None:
    asked = [each for each in REPLIES if each["made"] == "asked"]
    told = [
        (custom["custom"]["language"], guess_language(text["text"]))
        for text, custom in (each["reply"] for each in asked)
    ]
    assert all(guessed in (language, None) for language, guessed in told)
    assert sum(guessed is not None for _, guessed in told) > 0.75 * len(told)
