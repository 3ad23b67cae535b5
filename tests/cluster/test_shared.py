"""Two servers are one assistant to whoever talks to it."""

import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
import urllib3

from bot.store import ConversationStore
from bot.store.columns import KNOWN
from bot.store.staff_tables import MARKS
from bot.store.tables import EVENTS, FEEDBACK, MESSAGES, row_of
from trials.cluster.cluster import Cluster, shared_cluster
from trials.cluster.talking import Talk

ALLOWED = 12


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with shared_cluster(HELSE_RATE_OPENING=f"{ALLOWED}/hour") as started:
        yield started


def talk_with(cluster: Cluster) -> Talk:
    return Talk(cluster.proxy.url, cluster.proxy.certificate)


def test_what_is_said_to_one_is_known_to_the_other(cluster: Cluster) -> None:
    talk = talk_with(cluster)
    texts = ["Hva er en næringshage?", "og inkubatorene?", "på engelsk, takk"]
    for text, url in zip(texts, cluster.urls * 2, strict=False):
        talk.url = url
        said = talk.say(text)
    assert said.turn["reply"]["language"] == "en"
    for url in cluster.urls:
        talk.url = url
        assert [turn["text"] for turn in talk.turns()] == texts


def test_a_message_that_both_get_at_once_is_said_once(cluster: Cluster) -> None:
    talk = talk_with(cluster)
    ids = [uuid.uuid4().hex for _ in range(20)]
    with ThreadPoolExecutor(len(cluster.urls) * 2) as pool:
        for message in ids:
            sent = [pool.submit(_send, talk, url, message) for url in cluster.urls * 2]
            turns = [each.result() for each in sent]
            assert turns == turns[:1] * len(turns)
    assert [turn["id"] for turn in talk.turns()] == ids
    stored = cluster.times_stored()
    assert [stored[message] for message in ids] == [1] * len(ids)


def _send(talk: Talk, url: str, message: str) -> object:
    other = Talk(url, token=talk.token)
    while True:
        status, told = other.try_to_say("Hei!", message)
        if status == 200:
            return told
        # Somebody else was first; the same again gives what that one got.
        assert status == 503, told


def test_what_is_said_at_once_in_one_conversation_stands_there_in_some_order(
    cluster: Cluster,
) -> None:
    talk = talk_with(cluster)

    def say(number: int) -> str:
        url = cluster.urls[number % len(cluster.urls)]
        return Talk(url, token=talk.token).say(f"Hei! ({number})").id

    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(say, range(40)))
    assert sorted(turn["id"] for turn in talk.turns()) == sorted(ids)


def test_what_is_known_of_messages_and_what_staff_keep_is_in_the_database(
    cluster: Cluster,
) -> None:
    store = ConversationStore.in_database(cluster.store)
    talk = talk_with(cluster)
    talk.say("Hvem fikk penger?")
    conversation, _, _ = talk.token.partition(".")
    its = MESSAGES.c.sender_id == conversation
    with store.engine.begin() as connection:
        [written] = connection.execute(MESSAGES.select().where(its)).all()
        # As a server of the version before writes it.
        connection.execute(MESSAGES.update().where(its).values(dict.fromkeys(KNOWN)))
        said = {"sender_id": conversation, "message_id": written.message_id}
        mark = {"note": "", "given_to": "ola", "person": "kari", "at": 0.0}
        connection.execute(MARKS.insert(), {**said, **mark})
    assert (written.kind, written.topic) == ("answer", "recipients.list")
    assert (written.origin, written.pressed) == ("web", False)
    assert 0 < written.took < 60
    assert store.fill_in() == 1
    with store.engine.connect() as connection:
        [filled] = connection.execute(MESSAGES.select().where(its)).all()
    assert {**written, "took": None} == {**filled}
    store.forget(conversation)
    with store.engine.connect() as connection:
        assert connection.execute(MARKS.select()).all() == []


def test_rates_are_counted_together_and_nobody_can_pretend_to_be_another(
    cluster: Cluster,
) -> None:
    # Afterwards this address has to wait, so no test that talks comes below.
    certificate = str(cluster.proxy.certificate)
    pool = urllib3.PoolManager(retries=False, ca_certs=certificate)
    url = f"{cluster.proxy.url}/api/conversations"
    statuses = [
        pool.request(
            "POST", url, headers={"X-Forwarded-For": f"192.0.2.{number}"}
        ).status
        for number in range(ALLOWED + 2)
    ]
    # The tests above have opened some already.
    assert statuses.count(201) <= ALLOWED - 3
    assert statuses[-2:] == [429, 429]


def test_what_is_old_is_deleted_from_the_database_too(cluster: Cluster) -> None:
    store = ConversationStore.in_database(cluster.store)
    long_ago = time.time() - 90 * 24 * 60 * 60
    given = {"message_id": "12345678", "rating": "up", "comment": ""}
    with store.engine.begin() as connection:
        for name, moment in (("old", long_ago), ("young", time.time())):
            event = {"event": "bot", "timestamp": moment}
            connection.execute(EVENTS.insert(), [row_of(name, event)])
        for name in ("old", "gone before"):
            connection.execute(
                FEEDBACK.insert(), {**given, "sender_id": name, "timestamp": long_ago}
            )
    assert store.forget_old(30) == 1
    assert [store.holds(name) for name in ("old", "young")] == [False, True]
    with store.engine.connect() as connection:
        assert connection.execute(sa.select(FEEDBACK)).all() == []
