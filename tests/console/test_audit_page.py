"""The pages of administrators: the log and the settings."""

import csv
import io
import re

import pytest
from browsers import SignIn

from bot.staff.audit import ACTIONS, Audit, Filter
from bot.staff.people import local_person
from bot.store import ConversationStore

EVA = local_person("Eva", {"editor"})
ODD = local_person('=cmd("x")<b>', {"editor"})


@pytest.fixture
def audit(store: ConversationStore) -> Audit:
    return Audit(store.engine)


def subjects(page: str) -> list[str]:
    return re.findall(r"<td><code>([^<]*)</code></td>", page)


def test_the_log_shows_who_did_what(sign_in: SignIn, audit: Audit) -> None:
    audit.note(EVA, "opened_conversation", "web-123")
    page = sign_in("admin").get("/audit/").text
    assert "Åpnet en samtale" in page
    assert "web-123" in subjects(page)


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_action_is_told_in_words(
    sign_in: SignIn, audit: Audit, language: str
) -> None:
    for action in ACTIONS:
        audit.note(EVA, action)
    page = sign_in("admin").get(f"/audit/?lang={language}&person={EVA.id}").text
    cells = page.split("<tbody>")[1]
    assert not [action for action in ACTIONS if action in cells]


def test_the_log_is_filtered_by_person_action_and_day(
    sign_in: SignIn, audit: Audit
) -> None:
    audit.note(EVA, "opened_conversation", "first")
    audit.note(ODD, "opened_conversation", "second")
    audit.note(EVA, "made_draft", "third")
    browser = sign_in("admin")

    def found(**asked: str) -> list[str]:
        return subjects(browser.get("/audit/", query_string=asked).text)

    assert found(person=EVA.id) == ["third", "first"]
    assert found(action="opened_conversation") == ["second", "first"]
    assert found(person=EVA.id, since="2001-02-03", until="2001-02-04") == []
    assert found(person=EVA.id, since="2001-02-03") == ["third", "first"]
    assert found(person=EVA.id, since="no day", until="2999-01-01") != []


def test_older_entries_stand_on_further_pages(sign_in: SignIn, audit: Audit) -> None:
    for number in range(60):
        audit.note(EVA, "opened_conversation", f"web-{number}")
    browser = sign_in("admin")
    address, seen = f"/audit/?person={EVA.id}", []
    while address:
        page = browser.get(address).text
        seen += subjects(page)
        further = re.search(r'href="([^"]+)">Vis eldre', page)
        address = further[1].replace("&amp;", "&") if further else ""
    assert seen == [f"web-{number}" for number in reversed(range(60))]


def test_the_file_holds_what_was_looked_for_and_no_formula(
    sign_in: SignIn, audit: Audit
) -> None:
    audit.note(EVA, "opened_conversation", "web-1")
    audit.note(ODD, "made_draft", "+1")
    browser = sign_in("admin")
    answer = browser.get("/audit/audit.csv?action=made_draft")
    assert answer.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[0] == ["time", "person", "name", "roles", "action", "subject"]
    assert [row[1:] for row in rows[1:]] == [
        ['local:=cmd("x")<b>', '\'=cmd("x")<b>', "editor", "made_draft", "'+1"]
    ]
    [noted], _ = audit.entries(Filter(action="exported_audit"), 5)
    assert noted.name == "Ada"


def test_names_are_escaped(sign_in: SignIn, audit: Audit) -> None:
    audit.note(ODD, "made_draft")
    page = sign_in("admin").get("/audit/").text
    assert "&lt;b&gt;" in page
    assert "<b>" not in page


def test_the_settings_in_force_are_shown_and_no_secret(sign_in: SignIn) -> None:
    page = sign_in("admin").get("/settings/").text
    for name in ("HELSE_KEPT_DAYS", "HELSE_STAFF", "STAFF_PORT", "HELSE_OIDC_SECRET"):
        assert f"<code>{name}</code>" in page
    assert "Hanne:handler" in page
