"""-k chooses conversations as pytest's does."""

from pathlib import Path

import pytest

from bot.errors import RunError
from trials.scripts.script import Conversation, Turn
from trials.scripts.selection import select

TALKS = [
    Conversation("who got money", Path("grant.yml"), 1, (Turn("a", 1),)),
    Conversation("kor mykje", Path("grant.yml"), 9, (Turn("a", 9),), {}, {"l": "nn"}),
    Conversation("weather", Path("other.yml"), 1, (Turn("a", 1, (), {"x": "Blåbær"}),)),
]


@pytest.mark.parametrize(
    ("expression", "chosen"),
    [
        ("", [0, 1, 2]),
        ("money", [0]),
        ("MONEY", [0]),
        ("grant", [0, 1]),
        ("nn", [1]),
        ("blåbær", [2]),
        ("not grant", [2]),
        ("grant and not nn", [0]),
        ("money or weather", [0, 2]),
        ("weather or grant and nn", [1, 2]),
        ("(weather or grant) and nn", [1]),
        ("not (money or weather)", [1]),
        ("not not money", [0]),
    ],
)
def test_an_expression_chooses_by_name_file_and_metadata(
    expression: str, chosen: list[int]
) -> None:
    assert select(TALKS, expression) == [TALKS[number] for number in chosen]


@pytest.mark.parametrize(
    ("expression", "part"),
    [
        ("and money", "a word is missing before 'and'"),
        ("money or", "a word is missing at the end"),
        ("(money", "a ')' is missing"),
        ("money)", "')' is one too many"),
        ("money weather", "'and' or 'or' is missing before 'weather'"),
        ("(money weather)", "'and' or 'or' is missing before 'weather'"),
        ("who got", "join words with and, or, not"),
        ("()", "a word is missing before ')'"),
        ("unicorn", "fits none of 3"),
    ],
)
def test_what_is_no_expression_or_fits_nothing_is_refused(
    expression: str, part: str
) -> None:
    with pytest.raises(RunError) as caught:
        select(TALKS, expression)
    assert part in str(caught.value)
    assert f"'{expression}'" in str(caught.value)
