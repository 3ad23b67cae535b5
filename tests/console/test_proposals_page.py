"""The page of proposals, as editors use it."""

from pathlib import Path
from typing import Any

import pytest
from browsers import SignIn, csrf_token
from flask.testing import FlaskClient
from proposing import EXAMPLE, FILE, TEST, copy_of_content, found_green, found_red, made
from werkzeug.test import TestResponse

import bot.releases
from bot.console.texts import read_texts
from bot.staff.audit import Audit, Filter
from bot.staff.proposals.records import Proposals
from bot.staff.proposals.refusals import REASONS
from bot.store import ConversationStore
from bot.training import model_name

EVA, ERIK = "local:Eva", "local:Erik"


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The content in force."""
    copy = copy_of_content(tmp_path)
    monkeypatch.setenv("HELSE_CONTENT", str(copy))
    return copy


@pytest.fixture
def models(tmp_path: Path, content: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of models, of which releases are made."""
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / model_name(content=content)).write_text("old", "utf-8")
    (folder / "new.tar.gz").write_text("new", "utf-8")
    real = bot.releases.Releases.__init__

    def with_these(self: Any, **_: Any) -> None:
        real(self, models=folder)

    monkeypatch.setattr(bot.releases.Releases, "__init__", with_these)
    return folder


def post(browser: FlaskClient, path: str, **fields: str) -> TestResponse:
    token = csrf_token(browser, "/proposals/")
    return browser.post(path, data={"csrf_token": token, **fields})


@pytest.mark.usefixtures("content")
def test_it_lists_proposals_with_their_status_in_words(
    sign_in: SignIn, store: ConversationStore
) -> None:
    made(store)
    page = sign_in("editor").get("/proposals/").text
    assert EXAMPLE in page
    assert "Klart til utprøving" in page
    nynorsk = sign_in("editor").get("/proposals/?lang=nn").text
    assert "<h1>Forslag</h1>" in nynorsk
    assert "Klart til utprøving" in nynorsk


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("role", ["handler", "admin"])
def test_only_editors_come_in(
    sign_in: SignIn, store: ConversationStore, role: str
) -> None:
    number = made(store)
    browser = sign_in(role)
    for path in ("/proposals/", f"/proposals/{number}"):
        assert browser.get(path).status_code == 403


@pytest.mark.usefixtures("content")
def test_it_shows_what_would_change_line_by_line(
    sign_in: SignIn, store: ConversationStore
) -> None:
    page = sign_in("editor").get(f"/proposals/{made(store)}").text
    assert FILE in page
    assert "tests/conversations/reviewed.yml" in page
    assert TEST in page
    assert "<td>Ny</td>" in page


def test_the_author_cannot_approve_and_another_can(
    content: Path, models: Path, sign_in: SignIn, store: ConversationStore
) -> None:
    number = made(store, author=EVA)
    found_green(store, number, content, models / "new.tar.gz")
    eva, erik = sign_in(name="Eva"), sign_in(name="Erik")
    own = eva.get(f"/proposals/{number}").text
    assert f"/proposals/{number}/approve" not in own
    assert "En annen redaktør må godkjenne det" in own
    refused = post(eva, f"/proposals/{number}/approve")
    assert refused.status_code == 422
    assert Proposals(store).get(number).status == "green"
    assert EXAMPLE not in (content / FILE).read_text("utf-8")
    assert f"/proposals/{number}/approve" in erik.get(f"/proposals/{number}").text
    assert post(erik, f"/proposals/{number}/approve").status_code == 303
    assert EXAMPLE in (content / FILE).read_text("utf-8")
    assert post(erik, f"/proposals/{number}/undo").status_code == 303
    assert EXAMPLE not in (content / FILE).read_text("utf-8")
    noted = [it.action for it in Audit(store.engine).entries(Filter(person=ERIK), 9)[0]]
    assert noted[:2] == ["undid_release", "approved_proposal"]


def test_red_is_told_in_words_with_both_answers_and_no_way_to_approve(
    content: Path, models: Path, sign_in: SignIn, store: ConversationStore
) -> None:
    number = made(store, author=EVA)
    found_red(store, number, content, models / "new.tar.gz")
    page = sign_in(name="Erik").get(f"/proposals/{number}").text
    for told in ("Rødt", "Svaret før", "Svaret etter", "Var riktig, blir feil"):
        assert told in page
    assert "skulle vært av slaget «Svar», men er «Spør tilbake»" in page
    assert f"/proposals/{number}/approve" not in page


@pytest.mark.usefixtures("content")
def test_an_edit_is_kept_and_makes_whoever_edits_unable_to_approve(
    sign_in: SignIn, store: ConversationStore
) -> None:
    number = made(store, author=EVA)
    erik = sign_in(name="Erik")
    form = erik.get(f"/proposals/{number}/edit").text
    assert EXAMPLE in form
    version = str(Proposals(store).get(number).changed_at)
    fields = {
        "version": version,
        "title": "Strøm",
        "intent-0": "ask_power",
        "examples-0-nb": f"{EXAMPLE}\nHvor mye kraft kan vi regne med?",
        "examples-0-nn": "Kor mange kilowattimar kan vi rekne med no?",
        "examples-0-en": "",
        "step-0-0-user": TEST,
        "step-0-0-kind": "answer",
        "step-0-0-topic": "grant.energy",
    }
    assert post(erik, f"/proposals/{number}/edit", **fields).status_code == 303
    after = Proposals(store).get(number)
    assert [it.language for it in after.changes.examples] == ["nb", "nb", "nn"]
    assert (after.title, after.changed_by, after.status) == ("Strøm", ERIK, "open")
    late = post(erik, f"/proposals/{number}/edit", **fields)
    assert late.status_code == 422
    assert "Noen andre har endret forslaget" in late.text


@pytest.mark.usefixtures("content")
def test_a_rejection_shows_its_reason(
    sign_in: SignIn, store: ConversationStore
) -> None:
    number = made(store)
    erik = sign_in(name="Erik")
    path = f"/proposals/{number}"
    assert post(erik, f"{path}/reject", reason=" ").status_code == 422
    assert post(erik, f"{path}/reject", reason="Finnes fra før").status_code == 303
    assert "Avvist fordi: Finnes fra før" in erik.get(path).text


@pytest.mark.usefixtures("content")
def test_a_proposal_that_there_is_not_is_not_found(sign_in: SignIn) -> None:
    assert sign_in("editor").get("/proposals/77").status_code == 404


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_refusal_has_its_words(language: str) -> None:
    refusals = read_texts()[language]["proposals"]["refusals"]  # type: ignore[index]
    assert set(refusals) == set(REASONS)
