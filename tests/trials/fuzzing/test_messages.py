"""Messages that nobody writes: always the same, of every kind, and all answered."""

import pytest

from trials.fuzzing.in_process import InProcess, without_one_reply
from trials.fuzzing.kinds import KINDS
from trials.fuzzing.messages import Odd, any_messages, odd_messages


def test_a_seed_gives_the_same_messages_again_and_another_seed_others() -> None:
    first = list(odd_messages(len(KINDS), 200))
    assert list(odd_messages(len(KINDS), 200)) == first
    assert list(odd_messages(len(KINDS), 200, seed=1)) != first


@pytest.mark.parametrize("length", [1, 200, 1000])
def test_messages_are_of_every_kind_and_as_long_as_is_wanted(length: int) -> None:
    messages = list(odd_messages(len(KINDS), length))
    assert [message.kind for message in messages] == list(KINDS)
    assert {len(message.text) for message in messages} == {length}


def test_messages_of_any_length_are_no_longer_than_the_longest() -> None:
    lengths = {len(message.text) for message in any_messages(300, 500)}
    assert min(lengths) < 5
    assert 400 < max(lengths) <= 500


def test_each_of_them_gets_exactly_one_payload(assistant: InProcess) -> None:
    assert without_one_reply(assistant, any_messages(300, 1000)) == []


def test_half_a_surrogate_pair_gets_a_reply(assistant: InProcess) -> None:
    texts = ["\ud800", "Hvem er \udfff sjefen?", "a\ud83d", "\ud800" * 1000]
    messages = [Odd("surrogates", text) for text in texts]
    assert without_one_reply(assistant, messages) == []
