"""Kø over HTTP: who waits, what the staff do, what is logged, and what others see."""

import dataclasses
import datetime
import re
import uuid
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from browsers import SignIn, csrf_token
from citizens import Citizen
from flask import Flask
from flask.testing import FlaskClient
from rasa.shared.core.domain import Domain
from said import say
from werkzeug.test import TestResponse

from bot.cases import CaseRules, Cases, Reach
from bot.console.desk import Desk
from bot.console.opening_hours import closed_days_told, hours_told, reach_told
from bot.hours import hours_of
from bot.staff.assistant import Assistant
from bot.staff.audit import Audit, Filter
from bot.store import ConversationStore

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'


@pytest.fixture(autouse=True)
def _without_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """The model takes seconds to load, and nothing here asks for a draft."""
    monkeypatch.setattr(Assistant, "begin", lambda _: None)


@pytest.fixture
def cases(store: ConversationStore, console: Flask) -> Cases:
    """The cases as the server has them, with a domain to write by."""
    store.domain = Domain.empty()
    rules = CaseRules.from_settings(Desk.of(console).settings)
    return Cases(store.engine, rules)


@pytest.fixture
def hanne(sign_in: SignIn, cases: Cases) -> FlaskClient:
    """A handler's browser, with the page open."""
    del cases  # From here on they can be written.
    browser = sign_in(name="Hanne")
    browser.get("/cases")
    return browser


@pytest.fixture
def halvor(sign_in: SignIn, hanne: FlaskClient) -> FlaskClient:
    """The browser of another."""
    del hanne  # She comes first.
    browser = sign_in(name="Halvor")
    browser.get("/cases")
    return browser


@pytest.fixture
def citizen(
    store: ConversationStore, cases: Cases, hanne: FlaskClient
) -> Callable[[str], Citizen]:
    """Returns somebody who has asked the robot, while Hanne is there."""
    del hanne

    def made(name: str = "kari") -> Citizen:
        say(
            store,
            name,
            "Hvem var det som fikk noe?",
            reply="Seks miljøer fikk penger.",
            topic="recipients.list",
            quotes=("De seks miljøene",),
        )
        return Citizen(store, cases, name)

    return made


def post(browser: FlaskClient, path: str, **values: object) -> TestResponse:
    token = csrf_token(browser, "/cases")
    return browser.post(
        path, data={"csrf_token": token, **values}, follow_redirects=True
    )


def reply(browser: FlaskClient, case: int, text: str, line: str = "") -> TestResponse:
    sent = {"reply": text, "line": line or uuid.uuid4().hex}
    return post(browser, f"/cases/{case}/say", **sent)


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def part(page: str, name: str) -> str:
    """Return the text of a part of a page."""
    found = re.search(
        rf'data-part="{name}".*?(?=data-part=|<footer|</main>|\Z)', page, re.DOTALL
    )
    assert found, f"there is no part {name}"
    return text_of(f"<{found[0]}")


def news(browser: FlaskClient, **asked: object) -> dict[str, Any]:
    answer = browser.get("/cases/news", query_string=asked)
    assert answer.status_code == 200
    return dict(answer.json or {})


def noted(store: ConversationStore, *actions: str) -> list[tuple[str, str]]:
    entries = Audit(store.engine).all_entries(Filter())
    return [(it.name, it.action) for it in entries if it.action in actions][::-1]


Ask = Callable[..., Citizen]


def test_who_waits_stands_in_the_queue_with_why_and_how_long(
    hanne: FlaskClient, citizen: Ask
) -> None:
    kari = citizen()
    kari.asks("not_stated", "nn")
    page = hanne.get("/cases").text
    waiting = part(page, "waiting")
    for read in ("Venter (1)", "Har ventet under ett minutt", "Nynorsk"):
        assert read in waiting
    assert "Fant ikke svaret" in waiting
    assert "<title>(1) Kø" in page
    # What they wrote stands on the page of the case alone.
    assert "Hvem var det" not in waiting


def test_a_case_is_taken_answered_and_closed_by_forms_alone(
    hanne: FlaskClient, citizen: Ask, cases: Cases, store: ConversationStore
) -> None:
    kari = citizen()
    case = kari.asks()
    opened = hanne.get(f"/cases/{case}").text
    for read in ("Seks miljøer fikk penger.", "De seks miljøene", "Plass 1 i køen"):
        assert read in text_of(opened)
    assert 'name="reply"' not in opened
    taken = post(hanne, f"/cases/{case}/take")
    assert "Hos deg" in part(taken.text, "state")
    kari.says("Og hvor mye?")
    answered = reply(hanne, case, "Seks millioner kroner.\r\nRing 22 24 90 90.").text
    told = text_of(answered)
    assert told.index("Og hvor mye?") < told.index("Seks millioner kroner.")
    assert "22 24 90 90" in told
    assert "<title>Sak" in answered
    post(hanne, f"/cases/{case}/note", note="Ola, 22 24 90 90, er hissig")
    assert "er hissig" in part(hanne.get(f"/cases/{case}").text, "notes")
    assert "22 24 90 90" not in part(hanne.get(f"/cases/{case}").text, "notes")
    closed = post(hanne, f"/cases/{case}/close")
    assert "Ingen venter." in text_of(closed.text)
    assert "Avsluttet av en ansatt" in text_of(closed.text)
    found = cases.case(case)
    assert found
    assert (found.state, found.closed_by) == ("closed", "staff")
    said = [line.text for line in cases.lines(case) if line.author == "staff"]
    assert said == ["Seks millioner kroner.\nRing 22 24 90 90."]
    assert noted(store, "opened_case", "took_case", "noted_case", "closed_case") == [
        ("Hanne", "opened_case"),
        ("Hanne", "took_case"),
        ("Hanne", "noted_case"),
        ("Hanne", "closed_case"),
    ]


def test_what_is_sent_twice_is_said_once(
    hanne: FlaskClient, citizen: Ask, cases: Cases
) -> None:
    case = citizen().asks()
    post(hanne, f"/cases/{case}/take")
    reply(hanne, case, "Hei", "the-same-line")
    reply(hanne, case, "Hei", "the-same-line")
    assert [it.text for it in cases.lines(case) if it.author == "staff"] == ["Hei"]
    assert reply(hanne, case, " ").status_code == 200
    assert hanne.post(f"/cases/{case}/say").status_code == 400


def test_of_two_who_take_a_case_one_gets_it_and_the_other_is_told(
    hanne: FlaskClient, halvor: FlaskClient, citizen: Ask, store: ConversationStore
) -> None:
    case = citizen().asks()
    post(hanne, f"/cases/{case}/take")
    told = post(halvor, f"/cases/{case}/take")
    assert "Hanne har allerede tatt saken." in text_of(told.text)
    assert "Hos Hanne." in part(halvor.get("/cases").text, "others")
    assert "Hos kolleger" not in part(hanne.get("/cases").text, "mine")
    refused = reply(halvor, case, "Hei fra Halvor")
    assert refused.status_code == 409
    assert "Saken er hos Hanne." in text_of(refused.text)
    # Nobody loses what they wrote.
    assert "Hei fra Halvor" in refused.text
    assert noted(store, "took_case") == [("Hanne", "took_case")]


def test_a_case_is_taken_over_handed_on_and_put_back(
    hanne: FlaskClient, halvor: FlaskClient, citizen: Ask, cases: Cases
) -> None:
    case = citizen().asks()
    post(hanne, f"/cases/{case}/take")
    page = post(halvor, f"/cases/{case}/take-over", instead_of="local:Hanne")
    assert "Hos deg" in part(page.text, "state")
    late = post(halvor, f"/cases/{case}/take-over", instead_of="local:Hanne")
    assert "Saken er hos Halvor." in text_of(late.text)
    assert "Velg en annen" in text_of(
        post(halvor, f"/cases/{case}/transfer", to="local:Begge").text
    )
    post(halvor, f"/cases/{case}/transfer", to="local:Hanne")
    assert [it.taken_by for it in cases.answered()] == ["local:Hanne"]
    post(hanne, f"/cases/{case}/put-back")
    assert [(it.id, it.place) for it in cases.waiting()] == [(case, 1)]
    told = text_of(hanne.get(f"/cases/{case}").text)
    for read in ("Halvor fikk saken", "Hanne fikk saken", "la saken tilbake i køen"):
        assert read in told


def test_who_is_away_is_given_nothing_and_people_are_told_so(
    hanne: FlaskClient, halvor: FlaskClient, citizen: Ask, cases: Cases
) -> None:
    case = citizen().asks()
    post(hanne, f"/cases/{case}/take")
    assert "Overfør" in part(hanne.get(f"/cases/{case}").text, "state")
    away = post(halvor, "/cases/away", away="1").text
    assert "Du er satt som borte." in part(away, "presence")
    assert re.search(r"Halvor \(borte\)", part(away, "presence"))
    assert "Overfør" not in part(hanne.get(f"/cases/{case}").text, "state")
    refused = post(hanne, f"/cases/{case}/transfer", to="local:Halvor")
    assert "Kollegaen er ikke til stede." in text_of(refused.text)
    assert cases.reach().state == "open"
    post(hanne, "/cases/away", away="1", case=case)
    assert cases.reach().state == "away"
    assert "ingen er til stede" in part(hanne.get("/cases").text, "presence")
    post(hanne, "/cases/away")
    assert cases.reach().state == "open"


def test_a_message_tells_how_to_be_reached_on_its_own_page_alone(
    hanne: FlaskClient, halvor: FlaskClient, citizen: Ask, cases: Cases
) -> None:
    case = citizen().leaves("Hvem kan jeg ringe?", "Kari, kari@example.org")
    listed = hanne.get("/cases").text
    assert "Beskjeder (1)" in part(listed, "messages")
    assert "kari@example.org" not in listed
    page = post(hanne, f"/cases/{case}/take").text
    assert "kari@example.org" in part(page, "state")
    assert 'name="reply"' not in page
    assert "Mine saker (1)" in part(page, "mine")
    assert "Beskjeder (0)" in part(page, "messages")
    assert "kari@example.org" not in halvor.get("/cases").text
    post(hanne, f"/cases/{case}/close")
    assert cases.messages() == ()


def test_news_tell_what_changed_and_nothing_twice(
    hanne: FlaskClient, citizen: Ask
) -> None:
    first = news(hanne)
    assert (first["calls"], first["waiting"]) == (0, [])
    assert "parts" not in news(hanne, version=first["version"])
    kari = citizen()
    case = kari.asks()
    then = news(hanne, version=first["version"])
    assert (then["calls"], then["waiting"]) == (1, [case])
    assert "Venter (1)" in part(then["parts"], "waiting")
    post(hanne, f"/cases/{case}/take")
    kari.says("Er du der?")
    told = news(hanne, case=case, since=0)
    assert "Er du der?" in text_of(told["case"]["said"])
    assert told["calls"] == 1
    latest, robot = told["case"]["latest"], told["case"]["robot"]
    again = news(hanne, case=case, since=latest, robot=robot, version=told["version"])
    assert again["case"] == {"robot": robot, "typing": False}
    assert "parts" not in again
    reply(hanne, case, "Ja")
    told = news(hanne, case=case, since=latest, robot=robot, version=told["version"])
    assert "Er du der?" not in told["case"]["said"]
    assert text_of(told["case"]["said"]).endswith("Ja")
    assert told["calls"] == 0


def test_news_tell_what_the_robot_said_while_they_wait_and_who_types(
    hanne: FlaskClient, citizen: Ask, store: ConversationStore, cases: Cases
) -> None:
    kari = citizen()
    case = kari.asks()
    told = news(hanne, case=case, since=0)["case"]
    say(store, "kari", "Hvor mye?", reply="Seks millioner.")
    new = news(hanne, case=case, since=told["latest"], robot=told["robot"])["case"]
    assert "Seks millioner." in text_of(new["said"])
    post(hanne, f"/cases/{case}/take")
    cases.types("kari")
    assert news(hanne, case=case, since=0)["case"]["typing"]
    typing = post(hanne, f"/cases/{case}/typing")
    assert typing.status_code == 204
    found = cases.case(case)
    assert found
    assert found.staff_types


def test_a_script_is_answered_in_json(hanne: FlaskClient, citizen: Ask) -> None:
    case = citizen().asks()
    token = csrf_token(hanne, "/cases")
    post(hanne, f"/cases/{case}/take")

    def sent() -> TestResponse:
        data = {"csrf_token": token, "reply": "Hei", "line": uuid.uuid4().hex}
        accepts = {"Accept": "application/json"}
        return hanne.post(f"/cases/{case}/say", data=data, headers=accepts)

    assert re.fullmatch(r"[0-9a-f]{32}", (sent().json or {})["line"])
    post(hanne, f"/cases/{case}/close")
    refused = sent()
    assert refused.status_code == 409
    assert "Saken er avsluttet." in (refused.json or {})["told"]


def test_each_case_that_is_seen_is_logged_also_by_news(
    hanne: FlaskClient, halvor: FlaskClient, citizen: Ask, store: ConversationStore
) -> None:
    one, other = citizen("kari").asks(), citizen("ola").asks()
    for case in (one, one, other, one):
        hanne.get(f"/cases/{case}")
        hanne.get("/cases/news", query_string={"case": case})
    halvor.get("/cases/news", query_string={"case": other})
    halvor.get("/cases/news", query_string={"case": other})
    assert noted(store, "opened_case") == [
        *[("Hanne", "opened_case")] * 3,
        ("Halvor", "opened_case"),
    ]
    entries = Audit(store.engine).all_entries(Filter(action="opened_conversation"))
    assert [it.subject for it in entries] == ["ola", "kari", "ola", "kari"]


def test_a_deleted_conversation_takes_its_case_from_the_page(
    hanne: FlaskClient, citizen: Ask, store: ConversationStore
) -> None:
    case = citizen().asks()
    hanne.get(f"/cases/{case}")
    store.forget("kari")
    page = hanne.get(f"/cases/{case}", follow_redirects=True)
    assert "Samtalen er slettet." in text_of(page.text)
    assert news(hanne, case=case)["case"] is None
    for path in ("take", "close", "note", "put-back"):
        told = post(hanne, f"/cases/{case}/{path}", note="x")
        assert "Samtalen er slettet." in text_of(told.text), path
    assert "Samtalen er slettet." in text_of(reply(hanne, case, "Hei").text)


def test_what_people_write_is_text_and_nothing_else(
    hanne: FlaskClient, citizen: Ask
) -> None:
    kari = citizen()
    case = kari.leaves(HOSTILE, HOSTILE)
    post(hanne, f"/cases/{case}/note", note=HOSTILE)
    for page in (
        hanne.get(f"/cases/{case}").text,
        news(hanne, case=case, since=0)["case"]["said"],
        news(hanne, case=case, since=0)["parts"],
    ):
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "alert(1)" in page


@pytest.mark.parametrize("lang", ["nb", "nn"])
def test_openings_are_in_the_language_of_the_person(
    hanne: FlaskClient, citizen: Ask, lang: str
) -> None:
    case = citizen().asks(language="en")
    post(hanne, f"/cases/{case}/take")
    page = hanne.get(f"/cases/{case}?lang={lang}&opening=more").text
    found = re.search(r'<textarea id="reply"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert found
    assert "tell me a little more" in found[1]
    assert "Is there anything else" in page


def test_where_cases_are_off_the_page_is_not_in_the_way(
    sign_in: SignIn, console: Flask
) -> None:
    browser = sign_in(name="Hanne")
    assert 'href="/cases"' in browser.get("/drafts").text
    desk = Desk.of(console)
    object.__setattr__(desk.settings, "cases", False)
    assert 'href="/cases"' not in browser.get("/drafts").text


def test_keys_are_switched_off_and_on(hanne: FlaskClient) -> None:
    assert 'data-keys="on"' in hanne.get("/cases").text
    assert 'data-keys="on"' not in post(hanne, "/cases/keys").text
    assert 'data-keys="on"' in post(hanne, "/cases/keys", on="1").text


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (
            "man-tor 08:00-15:00; fre 08:00-11:30,12:00-14:00",
            [
                ("Mandag–torsdag", "08.00–15.00"),
                ("Fredag", "08.00–11.30, 12.00–14.00"),
                ("Lørdag–søndag", "stengt"),
                ("Helligdager", "stengt"),
            ],
        ),
        ("", [("Mandag–søndag", "stengt"), ("Helligdager", "stengt")]),
    ],
)
def test_the_opening_hours_are_told_in_words(
    console: Flask, written: str, told: list[tuple[str, str]]
) -> None:
    with console.test_request_context("/"):
        assert hours_told(CaseRules(True, hours_of(written))) == told


def test_when_it_opens_next_is_told_by_day_and_date(console: Flask) -> None:
    opens = datetime.datetime(2026, 11, 30, 8, tzinfo=datetime.timezone.utc)
    with console.test_request_context("/"):
        told = reach_told(Reach("closed", opens))
        assert "Åpner mandag 30. november 2026 kl. 09.00." in told
        assert "Ingen åpningstid" in reach_told(Reach("closed"))
        days = frozenset({datetime.date(2000, 1, 1), datetime.date(2999, 12, 24)})
        hours = dataclasses.replace(hours_of(""), closed=days)
        assert closed_days_told(CaseRules(True, hours)) == "24. desember 2999"


def test_the_opening_hours_stand_in_the_settings(sign_in: SignIn) -> None:
    page = text_of(sign_in("admin").get("/settings/").text)
    assert "Åpningstider Mandag–søndag 00.00–24.00 Helligdager 00.00–24.00" in page
