"""Samtaler and Gitt til meg over HTTP: who may open what, and what becomes of it."""

import asyncio
import re
from html import unescape

import pytest
from browsers import SignIn, csrf_token
from citizens import Citizen
from flask.testing import FlaskClient
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from said import say
from werkzeug.test import TestResponse

from bot.cases import CaseRules, Cases
from bot.settings import Settings
from bot.staff.audit import Audit, Filter
from bot.staff.conversations.marks import given_to
from bot.staff.people import local_person
from bot.staff.proposals.records import Proposals
from bot.store import ConversationStore
from bot.store.store import TurnConflictError

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
BUTTON = '/ask_topic{"topic": "grant.amount"}'


@pytest.fixture
def editor(sign_in: SignIn) -> FlaskClient:
    return sign_in(name="Eva")


@pytest.fixture(name="said")
def store_with_kari(store: ConversationStore) -> ConversationStore:
    """A store with the conversation `kari`."""
    say(
        store,
        "kari",
        "Hvem fikk penger?",
        reply="Seks miljøer fikk penger.",
        intent="ask_grant_recipients",
        topic="recipients.list",
        buttons=(("Hvor mye penger?", BUTTON), ("Hvorfor?", "/ask_topic{}")),
        quotes=("De seks miljøene",),
        thumb="down",
        comment="Ikke det jeg lurte på",
    )
    say(store, "kari", "Hvor mye penger?", presses=BUTTON, topic="grant.amount")
    return store


def post(browser: FlaskClient, path: str, **values: object) -> TestResponse:
    token = csrf_token(browser, "/given")
    return browser.post(
        path, data={"csrf_token": token, **values}, follow_redirects=True
    )


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def openings(store: ConversationStore) -> list[tuple[str, str]]:
    entries = Audit(store.engine).all_entries(Filter(action="opened_conversation"))
    return [(entry.name, entry.subject) for entry in entries]


def listed(browser: FlaskClient, query: str = "") -> list[str]:
    page = browser.get(f"/conversations{query}").text
    return re.findall(r'href="/conversations/([^"/?]+)"', page)


def test_conversations_are_listed_the_latest_first(
    editor: FlaskClient, store: ConversationStore
) -> None:
    say(store, "old", "Hei", days_ago=9, kind="smalltalk")
    say(store, "new", "Hva koster det?", kind="not_stated", language="nn")
    say(store, "old", "Hei igjen", kind="smalltalk")
    assert listed(editor) == ["old", "new"]


def test_the_list_is_filtered(editor: FlaskClient, said: ConversationStore) -> None:
    say(said, "ola", "What?", kind="clarify", language="en", days_ago=8)
    say(said, "robot", "Hei", origin="test")
    post(editor, "/conversations/ola/mark", note="Se her")
    assert set(listed(editor)) == {"kari", "ola"}
    for query, found in {
        "?days=7": ["kari"],
        "?kind=clarify": ["ola"],
        "?language=en": ["ola"],
        "?disliked=1": ["kari"],
        "?marked=1": ["ola"],
        "?tests=1": ["robot"],
        "?id=ola": ["ola"],
        "?id=nobody": [],
        "?kind=clarify&disliked=1": [],
    }.items():
        assert listed(editor, query) == found, query


def test_older_conversations_come_on_further_pages(
    editor: FlaskClient, store: ConversationStore
) -> None:
    for number in range(60):
        say(store, f"c{number}", "Hei", language="nn")
    first = editor.get("/conversations?language=nn").text
    older = re.search(r'href="(/conversations\?[^"]*before=[^"]*)"', first)
    assert older
    then = editor.get(unescape(older[1])).text
    assert re.findall(r'href="/conversations/(c\d+)"', then) == [
        f"c{number}" for number in range(9, -1, -1)
    ]


def test_what_was_said_with_the_staff_stands_where_it_was_said(
    editor: FlaskClient, said: ConversationStore, settings: Settings
) -> None:
    said.domain = Domain.empty()
    cases = Cases(said.engine, CaseRules.from_settings(settings))
    hanne = local_person("Hanne", ["handler"])
    cases.ping(hanne)
    kari = Citizen(said, cases, "kari")
    case = kari.asks()
    cases.take(case, hanne)
    kari.says("Er det noen der?")
    cases.say(case, hanne, "Ja, hva lurer du på?", "line-1")
    kari.says("Ingenting.")
    cases.close(case, hanne)
    say(said, "kari", "Og du, robot?", reply="Hei igjen.", kind="smalltalk")
    page = editor.get("/conversations/kari").text
    told = text_of(page)
    places = [
        told.index(it)
        for it in (
            *("Hvem fikk penger?", "Ba om å få snakke med et menneske"),
            *("Hanne tok saken", "Er det noen der?", "Ja, hva lurer du på?"),
            *("Ingenting.", "Hanne avsluttet saken", "Og du, robot?", "Hei igjen."),
        )
    ]
    assert places == sorted(places)
    assert told.count("Er det noen der?") == 1
    # Of what the robot did not answer nothing was understood, and no test is made.
    assert told.count("Hvorfor fikk de dette svaret?") == 3
    assert "Er det noen der?" not in editor.get("/conversations/kari/test").text
    assert listed(editor, "?kind=relayed") == ["kari"]
    assert "Sendt til en ansatt" in text_of(editor.get("/conversations").text)


@pytest.mark.usefixtures("said")
def test_one_is_shown_as_the_person_saw_it_with_what_was_understood(
    editor: FlaskClient,
) -> None:
    page = editor.get("/conversations/kari").text
    for read in (
        "Hvem fikk penger?",
        "Seks miljøer fikk penger.",
        "De seks miljøene",
        "Ikke det jeg lurte på",
        "Forstått som Hvem fikk penger?",
        "button : recipients.list",
    ):
        assert read in text_of(page)
    pressed = re.findall(r'<li class="pressed"><bdi>([^<]+)</bdi>', page)
    assert pressed == ["Hvor mye penger?"]


def test_every_opening_is_logged(editor: FlaskClient, said: ConversationStore) -> None:
    editor.get("/conversations/kari")
    editor.get("/conversations/kari")
    editor.get("/conversations/kari/test")
    assert openings(said) == [("Eva", "kari")] * 3


def test_a_handler_opens_what_was_given_to_them_and_nothing_else(
    editor: FlaskClient, sign_in: SignIn, said: ConversationStore
) -> None:
    say(said, "ola", "Hei")
    hanne, halvor = sign_in(name="Hanne"), sign_in(name="Halvor")
    assert hanne.get("/conversations/kari").status_code == 403
    post(editor, "/conversations/kari/mark", note="Se på det", given_to="local:Hanne")
    assert hanne.get("/conversations/kari").status_code == 200
    assert hanne.get("/conversations/ola").status_code == 403
    assert halvor.get("/conversations/kari").status_code == 403
    assert hanne.get("/conversations").status_code == 403
    assert {it for it in openings(said) if it[0] != "Eva"} == {("Hanne", "kari")}
    for path in ("/conversations/kari/delete", "/conversations/kari/test"):
        assert hanne.get(path).status_code == 403
        assert post(hanne, path).status_code == 403
    assert post(hanne, "/conversations/kari/mark", note="x").status_code == 403


@pytest.mark.usefixtures("said")
def test_an_admin_sees_no_conversation(sign_in: SignIn) -> None:
    admin = sign_in("admin")
    for path in ("/conversations", "/conversations/kari", "/given"):
        assert admin.get(path).status_code == 403


def test_what_was_given_stands_on_a_page_of_theirs_until_it_is_done(
    editor: FlaskClient, sign_in: SignIn, said: ConversationStore
) -> None:
    post(editor, "/conversations/kari/mark", note="Ring dem", given_to="local:Hanne")
    hanne, halvor = sign_in(name="Hanne"), sign_in(name="Halvor")
    page = text_of(hanne.get("/given").text)
    assert "Ring dem" in page
    assert "Fra Eva" in page
    assert "Ring dem" not in halvor.get("/given").text
    [mark] = given_to(said, "local:Hanne")
    assert post(halvor, f"/given/{mark.id}", done="1").status_code == 404
    done = post(hanne, f"/given/{mark.id}", done="1")
    assert "Ferdige" in text_of(done.text)
    assert given_to(said, "local:Hanne")[0].done_at
    post(hanne, f"/given/{mark.id}")
    assert given_to(said, "local:Hanne")[0].done_at is None


@pytest.mark.usefixtures("said")
def test_nobody_outside_the_staff_is_given_a_conversation(
    editor: FlaskClient,
) -> None:
    for person in ("local:Ada", "local:Nobody"):
        answer = post(editor, "/conversations/kari/mark", note="x", given_to=person)
        assert answer.status_code == 400


def test_a_test_expects_what_was_replied_but_never_what_was_disliked(
    editor: FlaskClient, said: ConversationStore
) -> None:
    say(
        said,
        "kari",
        "Hva med kantina, tro?",
        kind="not_stated",
        topic="gap.selection",
        language="nb",
    )
    page = editor.get("/conversations/kari/test").text
    turns = re.findall(r'name="turn" value="([^"]+)"', page)
    assert len(turns) == 3
    assert "Svaret fikk tommel ned" in text_of(page)
    post(
        editor,
        "/conversations/kari/test",
        turn=turns,
        **{
            f"text-{turns[0]}": "Hvem var det som fikk pengene da, mon?",
            f"text-{turns[2]}": "Hva med kantina deres, tro?",
            # Not offered for a reply that was disliked, and of no use.
            f"expected-{turns[0]}": "as_replied",
            f"expected-{turns[1]}": "as_replied",
            f"expected-{turns[2]}": "as_replied",
        },
    )
    [proposal] = Proposals(said).all()
    [conversation] = proposal.changes.conversations
    assert [(it.user, it.kind, it.topic) for it in conversation.steps] == [
        ("Hvem var det som fikk pengene da, mon?", "", ""),
        (BUTTON, "answer", "grant.amount"),
        ("Hva med kantina deres, tro?", "not_stated", "gap.selection"),
    ]
    assert proposal.sender_id == "kari"


def test_a_test_that_expects_nothing_is_not_made(
    editor: FlaskClient, said: ConversationStore
) -> None:
    page = editor.get("/conversations/kari/test").text
    [turn, _] = re.findall(r'name="turn" value="([^"]+)"', page)
    answer = post(
        editor,
        "/conversations/kari/test",
        turn=turn,
        **{f"text-{turn}": "Hvem var det, mon?"},
    )
    assert answer.status_code == 422
    assert "Velg minst ett svar" in text_of(answer.text)
    assert 'value="Hvem var det, mon?"' in answer.text
    assert Proposals(said).all() == []


def test_a_sentence_that_is_trained_on_is_no_test(
    editor: FlaskClient, store: ConversationStore
) -> None:
    trained = "Hvem fikk penger?"
    say(store, "kari", trained, topic="recipients.list")
    page = editor.get("/conversations/kari/test").text
    [turn] = re.findall(r'name="turn" value="([^"]+)"', page)
    answer = post(
        editor,
        "/conversations/kari/test",
        turn=turn,
        **{f"text-{turn}": trained, f"expected-{turn}": "as_replied"},
    )
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert Proposals(store).all() == []


def test_one_is_deleted_after_a_second_question(
    editor: FlaskClient, said: ConversationStore
) -> None:
    post(editor, "/conversations/kari/mark", note="x", given_to="local:Hanne")
    assert "Slett samtalen for godt?" in text_of(
        editor.get("/conversations/kari/delete").text
    )
    assert said.holds("kari")
    post(editor, "/conversations/kari/delete")
    assert not said.holds("kari")
    assert given_to(said, "local:Hanne") == ()
    [noted] = Audit(said.engine).all_entries(Filter(action="deleted_conversation"))
    assert noted.subject == "kari"
    assert editor.get("/conversations/kari").status_code == 404


def test_hostile_texts_are_shown_harmlessly(
    editor: FlaskClient, store: ConversationStore
) -> None:
    for text in (HOSTILE, "\u202egnirts", "e" * 900):
        say(
            store,
            "kari",
            text,
            reply=text,
            thumb="down",
            comment=text,
            quotes=(text,),
            buttons=((text, BUTTON),),
        )
    post(editor, "/conversations/kari/mark", note=HOSTILE, given_to="local:Eva")
    for path in ("/conversations/kari", "/conversations/kari/test", "/given"):
        page = editor.get(path).text
        assert "<script>alert" not in page
        assert "<img" not in page
        for tag, attributes in re.findall(r"<(\w+)([^<>]*)>[^<]*\u202e", page):
            assert tag in ("bdi", "input") or 'dir="auto"' in attributes


def test_a_conversation_of_any_name_is_opened_and_deleted(
    editor: FlaskClient, store: ConversationStore
) -> None:
    name = "a/b c?å&#"
    say(store, name, "Hei")
    page = editor.get("/conversations").text
    [path] = re.findall(r'href="(/conversations/[^"]+)"', page)
    assert editor.get(unescape(path)).status_code == 200
    assert openings(store) == [("Eva", name)]
    post(editor, f"{unescape(path)}/delete")
    assert not store.holds(name)


def test_a_message_that_is_half_said_when_one_is_deleted_fails(
    editor: FlaskClient, said: ConversationStore
) -> None:
    said.domain = Domain.empty()
    tracker = asyncio.run(said.retrieve("kari"))
    tracker.update(UserUttered("Og så?", message_id="half-said"))
    post(editor, "/conversations/kari/delete")
    with pytest.raises(TurnConflictError):
        asyncio.run(said.save(tracker))
    assert not said.holds("kari")


def test_numbers_of_people_are_masked_in_notes(
    editor: FlaskClient, said: ConversationStore
) -> None:
    post(
        editor,
        "/conversations/kari/mark",
        note="Ring 99887766",
        given_to="local:Hanne",
    )
    [mark] = given_to(said, "local:Hanne")
    assert "99887766" not in mark.note


def test_what_is_not_there_is_not_found(editor: FlaskClient) -> None:
    for path in ("/conversations/nobody", "/conversations/nobody/delete"):
        assert editor.get(path).status_code == 404


def test_an_address_that_a_handler_makes_up_is_not_noted(
    sign_in: SignIn, store: ConversationStore
) -> None:
    answer = sign_in("handler").get("/conversations/Kari Nordmann 13097248022")
    assert answer.status_code == 403
    noted = Audit(store.engine).entries(Filter(action="refused"), 9)[0]
    assert [it.subject for it in noted] == ["conversations.one"]
