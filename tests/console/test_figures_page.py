"""The page of figures: who may open it, what it shows, and its files."""

import json
import re
import time
import uuid

import pytest
from browsers import SignIn
from flask.testing import FlaskClient

from bot.staff.audit import Audit, Filter
from bot.store import ConversationStore
from bot.store.case_tables import CASES
from bot.store.tables import MESSAGES


def fill(store: ConversationStore, count: int = 20, origin: str = "web") -> None:
    """Hold conversations of two messages: a question that is answered, and a gap."""
    rows = []
    for number in range(count):
        sender = f"{origin}-{uuid.uuid4().hex}"
        its = {"sender_id": sender, "said_at": time.time() - 60, "origin": origin}
        said = {**its, "language": "nb", "took": 0.02, "pressed": number % 2 == 0}
        answer = {"kind": "answer", "topic": "grant.amount", "intent": "ask_topic"}
        gap = {"kind": "not_stated", "topic": "gap.application", "intent": "ask"}
        rows += [
            {**said, **row, "message_id": str(uuid.uuid4())} for row in (answer, gap)
        ]
    with store.engine.begin() as connection:
        ids = range(1, len(rows) + 1)
        first = len(connection.execute(MESSAGES.select()).all())
        connection.execute(
            MESSAGES.insert(),
            [{**row, "event_id": first + n} for n, row in zip(ids, rows, strict=True)],
        )


@pytest.mark.parametrize("role", ["handler", "editor", "admin"])
def test_every_role_sees_the_figures(
    sign_in: SignIn, store: ConversationStore, role: str
) -> None:
    fill(store)
    page = sign_in(role).get("/figures/")
    assert page.status_code == 200
    assert "Hvor mye penger fikk miljøene?" in page.text


@pytest.mark.parametrize("path", ["", "figures.csv", "figures.json"])
def test_nobody_else_does(visitor: FlaskClient, path: str) -> None:
    answer = visitor.get(f"/figures/{path}")
    assert answer.status_code == 303
    assert "/sign-in" in answer.location


@pytest.mark.parametrize(
    ("language", "title", "kind"),
    [
        ("nb", "<h1>Tall</h1>", "Står ikke i kunngjøringen"),
        ("nn", "<h1>Tal</h1>", "Står ikkje i kunngjeringa"),
    ],
)
@pytest.mark.parametrize("days", [1, 7, 30])
def test_the_page_tells_all_in_both_languages(
    sign_in: SignIn,
    store: ConversationStore,
    language: str,
    title: str,
    kind: str,
    days: int,
) -> None:
    fill(store, 1100)
    page = sign_in("handler").get(f"/figures/?days={days}&lang={language}").text
    assert title in page
    assert kind in page
    # As Norwegians write it: a blank in the thousands, a comma for the decimals.
    assert "1\u00a0100" in page
    assert "2\u00a0200" in page
    assert page.count('aria-current="page"') == 2


def test_behind_each_chart_stands_a_table(
    sign_in: SignIn, store: ConversationStore
) -> None:
    fill(store)
    page = sign_in("editor").get("/figures/").text
    # A chart that nothing is in has no table; the columns share one.
    charts = page.count('<ul class="bars">') + page.count('class="time-chart"') - 1
    assert page.count("<table>") == page.count("<caption>") == charts > 4
    assert "style=" not in page
    assert "<script" not in page


def test_a_number_that_is_hidden_stands_nowhere_on_the_page(
    sign_in: SignIn, store: ConversationStore
) -> None:
    fill(store, 23)
    fill(store, 3, origin="test")
    with store.engine.begin() as connection:
        some = MESSAGES.c.event_id <= 3
        connection.execute(MESSAGES.update().where(some).values(language="en"))
    page = sign_in("handler").get("/figures/").text
    rows = re.findall(r'<th scope="row">(.*?)</th><td class="number">(.*?)</td>', page)
    told = {name: re.sub(r"<.*?>", "", number) for name, number in rows}
    assert told["Engelsk"] == "skjult"
    assert told["Bokmål"] == "skjult"
    assert told["Nynorsk"] == "0"


def test_when_nothing_was_asked_the_page_says_so(sign_in: SignIn) -> None:
    page = sign_in("handler").get("/figures/").text
    assert "Ingen har spurt om noe i dette tidsrommet." in page


@pytest.mark.parametrize("asked", ["0", "8", "x", "-1", "1e9", ""])
def test_days_that_there_are_none_of_are_a_week(sign_in: SignIn, asked: str) -> None:
    page = sign_in("handler").get(f"/figures/?days={asked}").text
    assert re.search(r'days=7"\s*aria-current="page"', page)


def test_the_files_are_saved_and_noted(
    sign_in: SignIn, store: ConversationStore
) -> None:
    fill(store)
    browser = sign_in("admin")
    table = browser.get("/figures/figures.csv?days=30")
    assert table.headers["Content-Disposition"] == 'attachment; filename="tall-30.csv"'
    assert table.text.startswith("\ufefftable,name,measure,number\r\n")
    assert "kinds,not_stated,number,20\r\n" in table.text
    data = browser.get("/figures/figures.json?days=1")
    assert json.loads(data.text)["messages"] == 40
    noted, _ = Audit(store.engine).entries(Filter(action="exported_figures"), 10)
    assert [(it.name, it.subject) for it in noted] == [("Ada", "1"), ("Ada", "30")]


def test_all_pages_tell_that_there_are_made_up_conversations(
    sign_in: SignIn, store: ConversationStore
) -> None:
    browser = sign_in("handler")
    fill(store)
    assert "oppdiktet" not in browser.get("/figures/").text
    fill(store, origin="demo")
    assert "oppdiktet" in browser.get("/figures/").text


def test_what_an_older_server_did_not_note_is_called_unknown(
    sign_in: SignIn, store: ConversationStore
) -> None:
    fill(store)
    with store.engine.begin() as connection:
        connection.execute(MESSAGES.update().values(language=None))
    page = sign_in("admin").get("/figures/")
    assert page.status_code == 200
    assert "Ukjent" in page.text


def test_topics_without_a_question_are_told_by_their_answer(
    sign_in: SignIn, store: ConversationStore
) -> None:
    fill(store)
    with store.engine.begin() as connection:
        connection.execute(MESSAGES.update().values(topic="recipients.in_place"))
    page = sign_in("admin").get("/figures/").text
    assert "recipients.in_place" not in page
    assert "I … er … ett av de …" in page


def test_cases_are_told_of_where_there_are_any(
    sign_in: SignIn, store: ConversationStore
) -> None:
    fill(store)
    row = {
        "state": "closed",
        "reason": "asked",
        "language": "nb",
        "topic": "grant.amount",
        "opened_at": time.time() - 600,
        "waiting_since": time.time() - 600,
        "taken_at": time.time() - 480,
        "closed_by": "time",
        "changed_at": time.time(),
        "last_line": 0,
    }
    with store.engine.begin() as connection:
        for number in range(7):
            its = {"sender_id": f"person-{number}", "number": number}
            connection.execute(CASES.insert(), {**row, **its})
    page = sign_in("admin").get("/figures/").text
    section = page.split('id="cases"')[1]
    assert re.search(r"Ventetid i kø \(median\)</dt><dd>2 min", section)
    for heading in ("Hva sakene handlet om", "Hvem som avsluttet sakene"):
        assert heading in section
    assert section.count("<caption>") == 4
