"""A sample of what `make test-long` sends: odd messages and odd bodies."""

from collections.abc import Iterator

import pytest

from trials.fuzzing.bodies import MARK, any_requests
from trials.fuzzing.messages import Odd, any_messages
from trials.fuzzing.over_http import Sender, sender

MESSAGES, BODIES = 150, 2000


@pytest.fixture(scope="module")
def sending(model: None) -> Iterator[Sender]:  # noqa: ARG001 - it is served
    with sender(print) as made:
        yield made


def test_every_odd_message_gets_one_payload_on_each_channel(sending: Sender) -> None:
    half = Odd("half a letter", f"Hvem fikk penger? \ud800 {MARK}")
    messages = [half, *any_messages(MESSAGES, 1000)]
    assert list(sending.failed_messages(messages)) == []
    assert sending.is_quiet()


def test_an_odd_body_is_refused_or_answered_and_never_fails_the_server(
    sending: Sender,
) -> None:
    assert list(sending.failed_requests(any_requests(BODIES))) == []
    assert sending.is_quiet()


def test_the_same_bodies_come_again_and_are_of_many_kinds() -> None:
    first, again = ([r.path for r in any_requests(100)] for _ in range(2))
    assert first == again
    assert len(set(first)) == 4
    assert sum(MARK.encode() in request.body for request in any_requests(100)) > 50
