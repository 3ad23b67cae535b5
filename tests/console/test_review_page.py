"""Vurder over HTTP: what is listed, chosen, ignored, taken back and refused."""

import re
from html import unescape

import pytest
from browsers import SignIn, csrf_token
from flask.testing import FlaskClient
from said import say
from werkzeug.test import TestResponse

from bot.staff.audit import Audit, Filter
from bot.staff.proposals.records import Proposals
from bot.staff.review.entries import Entries, Wanted
from bot.store import ConversationStore

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
BACKWARDS = "\u202egnirts"
LONG_WORD = "e" * 900


@pytest.fixture
def editor(sign_in: SignIn) -> FlaskClient:
    return sign_in(name="Eva")


def post(browser: FlaskClient, path: str, **values: str) -> TestResponse:
    token = csrf_token(browser, "/review")
    return browser.post(
        path, data={"csrf_token": token, **values}, follow_redirects=True
    )


def open_texts(store: ConversationStore) -> list[str]:
    found, _ = Entries(store).newest(Wanted(), 100)
    return [entry.text for entry in found]


def text_of(page: str) -> str:
    """Return what a page reads, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return unescape(found[1])


def test_groups_are_listed_with_their_reasons(
    editor: FlaskClient, store: ConversationStore
) -> None:
    say(store, "a", "Er det gratis parkering der?", kind="not_stated")
    say(store, "b", "er de gratis parkering der", kind="out_of_scope", thumb="down")
    page = text_of(editor.get("/review").text)
    assert "Spørsmål: 1. Meldinger: 2." in page
    for read in ("Står ikke i kunngjøringen", "Utenfor tema", "Tommel ned"):
        assert read in page


def test_the_page_is_in_nynorsk_too(
    editor: FlaskClient, store: ConversationStore
) -> None:
    say(store, "a", "Kva kostar det?", kind="not_stated")
    page = text_of(editor.get("/review?lang=nn").text)
    assert "Meldingar som assistenten ikkje kunne svare på" in page


def test_the_filter_holds_through_to_the_groups(
    editor: FlaskClient, store: ConversationStore
) -> None:
    say(store, "a", "Er det gratis parkering der?", kind="not_stated")
    place = say(store, "b", "Kven er statsminister?", kind="clarify", language="nn")
    page = editor.get("/review?language=nn").text
    assert "parkering" not in page
    assert f"/review/{place}?language=nn" in page
    assert "Spørsmål 1 av 1" in text_of(editor.get(f"/review/{place}?language=nn").text)


@pytest.mark.parametrize(
    "query", ["days=x", "reason=x&language=x", "before=-1", "days=3"]
)
def test_a_filter_that_there_is_not_filters_nothing(
    editor: FlaskClient, store: ConversationStore, query: str
) -> None:
    say(store, "a", "Hva koster det?", kind="clarify")
    assert editor.get(f"/review?{query}").status_code == 200


def test_a_group_shows_what_was_said_replied_and_why(
    editor: FlaskClient, store: ConversationStore
) -> None:
    place = say(
        store,
        "a",
        "Hvor mye penger ble det?",
        reply="Det vet jeg ikke.",
        kind="not_stated",
        confidence=0.62,
        thumb="down",
        comment="Dumt svar",
        buttons=(("Hvem fikk penger?", '/ask_topic{"topic": "recipients.list"}'),),
    )
    page = text_of(editor.get(f"/review/{place}").text)
    for read in (
        "Hvor mye penger ble det?",
        "Det vet jeg ikke.",
        "Dumt svar",
        "Hvem fikk penger?",
        "Forstått som Hvor mye penger fikk miljøene?",
        "62 %",
        "frame : ask grant.received",
    ):
        assert read in page


def test_the_likeliest_topic_is_the_first_of_nine(
    editor: FlaskClient, store: ConversationStore
) -> None:
    place = say(store, "a", "Hvor mye penger ble det?", kind="clarify")
    page = editor.get(f"/review/{place}").text
    chosen = re.findall(r'name="choice" value="([^"]+)" data-key="(\d)"', page)
    assert chosen[0] == ("grant.amount", "1")
    assert [key for _, key in chosen] == [str(number) for number in range(1, 10)]


def test_picking_a_topic_makes_a_proposal_and_settles_the_group(
    editor: FlaskClient, store: ConversationStore
) -> None:
    say(store, "a", "Hvor mye kroner vanket det?", kind="clarify")
    place = say(store, "b", "hvor mye kroner vanket det", kind="clarify")
    other = say(store, "c", "Finnes det en kantine?", kind="out_of_scope")
    form = editor.get(f"/review/{place}/topic?choice=grant.amount").text
    assert hidden(form, "after") == str(other)
    answer = post(
        editor,
        f"/review/{place}/topic",
        choice="grant.amount",
        entries=hidden(form, "entries"),
        after=hidden(form, "after"),
        example="Hvor mye kroner vanket det?",
        test_sentence="Hvor stor var summen som vanket?",
        language="nb",
    )
    assert answer.request.path == f"/review/{other}"
    assert open_texts(store) == ["Finnes det en kantine?"]
    [proposal] = Proposals(store).all()
    assert proposal.author == "local:Eva"
    [example] = proposal.changes.examples
    assert (example.intent, example.text) == (
        "ask_grant_amount",
        "Hvor mye kroner vanket det?",
    )
    [conversation] = proposal.changes.conversations
    assert conversation.steps[0].user == "Hvor stor var summen som vanket?"
    assert (conversation.steps[0].kind, conversation.steps[0].topic) == (
        "answer",
        "grant.amount",
    )
    [noted] = Audit(store.engine).all_entries(Filter(action="made_proposal"))
    assert noted.subject == str(proposal.id)


def test_the_same_sentence_is_never_trained_and_tested(
    editor: FlaskClient, store: ConversationStore
) -> None:
    place = say(store, "a", "Hvor mye kroner vanket det?", kind="clarify")
    answer = post(
        editor,
        f"/review/{place}/topic",
        choice="grant.amount",
        entries=str(place),
        example="Hvor mye kroner vanket det?",
        test_sentence="hvor mye KRONER vanket det",
        language="nb",
    )
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert 'value="hvor mye KRONER vanket det"' in answer.text
    assert open_texts(store) == ["Hvor mye kroner vanket det?"]
    assert Proposals(store).all() == []


def test_a_question_written_in_the_search_chooses_its_topic(
    editor: FlaskClient, store: ConversationStore
) -> None:
    place = say(store, "a", "Hvor mye kroner vanket det?", kind="clarify")
    path = f"/review/{place}/topic?question=hvem fikk PENGER"
    assert hidden(editor.get(path).text, "choice") == "recipients.list"
    lost = editor.get(f"/review/{place}/topic?question=tull", follow_redirects=True)
    assert "Fant ikke noe tema" in text_of(lost.text)


def test_a_new_gap_becomes_a_draft_that_others_are_added_to(
    editor: FlaskClient, store: ConversationStore
) -> None:
    first = say(store, "a", "Er det kantine der?", kind="out_of_scope")
    post(
        editor,
        f"/review/{first}/gap",
        entries=str(first),
        example="Er det kantine der?",
        test_sentence="Får en kjøpt lunsj hos dem?",
        language="nb",
        nearby="grant.amount",
        question_nb="Er det kantine?",
        question_nn="Er det kantine?",
        question_en="Is there a canteen?",
        words_nb="om det er kantine",
        words_nn="om det er kantine",
        words_en="whether there is a canteen",
    )
    [proposal] = Proposals(store).all()
    assert proposal.changes.gap
    assert proposal.changes.gap.id == "gap.er_det_kantine"
    assert proposal.changes.gap.words["en"] == "whether there is a canteen"
    second = say(store, "b", "Serveres det middag?", kind="out_of_scope")
    assert 'value="gap.er_det_kantine"' in editor.get(f"/review/{second}/gap").text
    post(
        editor,
        f"/review/{second}/gap",
        entries=str(second),
        example="Serveres det middag?",
        test_sentence="Kan man spise middag der?",
        language="nb",
        gap="gap.er_det_kantine",
    )
    [proposal] = Proposals(store).all()
    assert len(proposal.changes.examples) == 2
    assert open_texts(store) == []


def test_what_is_ignored_can_be_taken_back(
    editor: FlaskClient, sign_in: SignIn, store: ConversationStore
) -> None:
    place = say(store, "a", "Er det kantine der?", kind="out_of_scope")
    other = say(store, "b", "Hvem er statsminister?", kind="out_of_scope")
    answer = post(
        editor, f"/review/{place}/ignore", entries=str(place), after=str(other)
    )
    assert answer.request.path == f"/review/{other}"
    assert open_texts(store) == ["Hvem er statsminister?"]
    moment = hidden(answer.text, "moment")
    post(sign_in(name="Erik"), "/review/undo", moment=moment, id=str(place))
    assert open_texts(store) == ["Hvem er statsminister?"]
    back = post(editor, "/review/undo", moment=moment, id=str(place))
    assert back.request.path == f"/review/{place}"
    assert "Er det kantine der?" in open_texts(store)


def test_two_who_settle_the_same_group_make_one_proposal(
    editor: FlaskClient, sign_in: SignIn, store: ConversationStore
) -> None:
    place = say(store, "a", "Hvor mye kroner vanket det?", kind="clarify")
    post(sign_in(name="Erik"), f"/review/{place}/ignore", entries=str(place))
    answer = post(
        editor,
        f"/review/{place}/topic",
        choice="grant.amount",
        entries=str(place),
        example="Hvor mye kroner vanket det?",
        test_sentence="Hvor stor var summen som vanket?",
        language="nb",
    )
    assert "Meldingene er allerede vurdert" in text_of(answer.text)
    assert Proposals(store).all() == []


def test_single_keys_can_be_switched_off(
    editor: FlaskClient, store: ConversationStore
) -> None:
    place = say(store, "a", "Hvor mye kroner vanket det?", kind="clarify")
    assert "data-keys" in editor.get(f"/review/{place}").text
    off = post(editor, "/review/keys", id=str(place))
    assert off.request.path == f"/review/{place}"
    assert "data-keys" not in off.text
    assert "data-keys" in post(editor, "/review/keys", id=str(place), on="1").text


@pytest.mark.parametrize("text", [HOSTILE, BACKWARDS, LONG_WORD])
def test_hostile_texts_are_shown_harmlessly(
    editor: FlaskClient, store: ConversationStore, text: str
) -> None:
    place = say(
        store,
        "a",
        text,
        reply=text,
        kind="clarify",
        thumb="down",
        comment=text,
        buttons=((text, '/ask_topic{"topic": "grant.amount"}'),),
    )
    for path in ("/review", f"/review/{place}", f"/review/{place}/gap"):
        page = editor.get(path).text
        assert "<script>alert" not in page
        assert "<img" not in page
        # Every direction that a text begins ends with the element it stands in.
        for shown in re.findall(r"<(\w+)([^<>]*)>[^<]*\u202e", page):
            assert shown[0] in ("bdi", "input") or 'dir="auto"' in shown[1]


@pytest.mark.parametrize("role", ["handler", "admin"])
def test_only_editors_review(sign_in: SignIn, role: str) -> None:
    browser = sign_in(role)
    for path in ("/review", "/review/1", "/review/1/topic", "/review/1/gap"):
        assert browser.get(path).status_code == 403


def test_what_is_gone_leads_back_to_the_list(editor: FlaskClient) -> None:
    answer = editor.get("/review/999", follow_redirects=True)
    assert answer.request.path == "/review"
    assert "allerede vurdert" in text_of(answer.text)
