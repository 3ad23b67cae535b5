"""Drafts of answers in a case: the robot's, for whoever has it, and kept nowhere."""

import time
import uuid
from typing import Any

import pytest
from browsers import SignIn, csrf_token
from flask.testing import FlaskClient
from rasa.shared.core.domain import Domain
from said import say

from bot.cases import Case, CaseRules, Cases
from bot.settings import Settings
from bot.staff.assistant import Assistant
from bot.staff.case_drafts import CaseDraft, draft_for
from bot.staff.people import local_person
from bot.store import ConversationStore
from bot.store.staff_tables import METADATA

pytestmark = pytest.mark.usefixtures("model")
HANNE = local_person("Hanne", ["handler"])
SECONDS = 0.3


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    """An assistant whose model is loaded."""
    loaded = Assistant(Settings())
    loaded.parse("Hei")
    return loaded


@pytest.fixture
def cases(
    settings: Settings, store: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> Cases:
    """Cases, in which Kari has left a message; no console loads a model by itself."""
    monkeypatch.setattr(Assistant, "begin", lambda _: None)
    store.domain = Domain.empty()
    made = Cases(store.engine, CaseRules.from_settings(settings))
    say(store, "kari", "Hvem fikk penger?", topic="recipients.list")
    return made


def leaves(cases: Cases, *texts: str, language: str = "nb") -> Case:
    for text in texts:
        call = uuid.uuid4().hex
        cases.leave("kari", call, text, "kari@example.org", "asked", language)
    case = cases.open_case("kari")
    assert case
    return cases.take(case.id, HANNE)


def draft(
    assistant: Assistant,
    store: ConversationStore,
    cases: Cases,
    *texts: str,
    language: str = "nb",
    topic: str = "",
) -> CaseDraft:
    case = leaves(cases, *texts, language=language)
    lines = [it for it in cases.lines(case.id) if it.author == "citizen"]
    began = time.thread_time()
    made = draft_for(assistant, store, case, lines, topic)
    assert time.thread_time() - began < SECONDS
    return made


def test_a_yes_is_for_the_one_who_asked_and_not_for_the_robot(
    assistant: Assistant, store: ConversationStore, cases: Cases
) -> None:
    assert draft(assistant, store, cases, "Ja takk.").text == ""
    made = draft(assistant, store, cases, "Ja takk. Og hvor mange søkte sist?")
    assert "43" in made.text


def test_a_draft_is_what_the_robot_would_say_with_its_sources(
    assistant: Assistant, store: ConversationStore, cases: Cases
) -> None:
    made = draft(assistant, store, cases, "Hvor mange søkte om penger?")
    assert (made.kind, made.language) == ("answer", "nb")
    assert "43" in made.text
    assert any("43" in source.quote for source in made.sources)
    assert made.sureness in ("very_sure", "sure")


def test_what_is_not_told_is_said_to_be_so(
    assistant: Assistant, store: ConversationStore, cases: Cases
) -> None:
    made = draft(assistant, store, cases, "Når er søknadsfristen?")
    assert made.kind == "not_stated"
    assert made.text


def test_a_message_is_understood_by_those_before_it(
    assistant: Assistant, store: ConversationStore, cases: Cases
) -> None:
    alone = draft(assistant, store, cases, "Hvor ligger det?")
    after = draft(assistant, store, cases, "Hva er Norinnova?", "Hvor ligger det?")
    assert "Tromsø" in after.text
    assert "Bergen" not in after.text
    assert alone.text != after.text


def test_a_draft_is_in_the_language_of_the_person(
    assistant: Assistant, store: ConversationStore, cases: Cases
) -> None:
    made = draft(assistant, store, cases, "How many applied for money?", language="en")
    assert made.language == "en"
    assert "43" in made.text


def test_what_only_the_robot_would_say_is_not_suggested(
    assistant: Assistant, store: ConversationStore, cases: Cases
) -> None:
    for text in ("Takk!", "Er du en robot?", "Jeg vil snakke med et menneske"):
        made = draft(assistant, store, cases, text)
        assert (made.text, made.sources) == ("", ()), text


def test_who_may_be_in_distress_is_pointed_out(
    assistant: Assistant, store: ConversationStore, cases: Cases
) -> None:
    assert draft(assistant, store, cases, "Jeg vil ta livet mitt").is_urgent
    assert not draft(assistant, store, cases, "Hvem fikk penger?").is_urgent


def test_a_topic_that_is_chosen_is_told(
    assistant: Assistant, store: ConversationStore, cases: Cases
) -> None:
    made = draft(assistant, store, cases, "Hei du", topic="applicants.count")
    assert (made.kind, made.sureness) == ("answer", "chosen")


class Page:
    """The page of a case, as one of the staff asks for its drafts."""

    def __init__(self, browser: FlaskClient, case: Case, line: int) -> None:
        self.browser = browser
        self._path = f"/cases/{case.id}"
        self._line = line

    def ask(self, **asked: str) -> tuple[int, dict[str, Any]]:
        path = f"{self._path}/draft/{self._line}"
        answer = self.browser.get(path, query_string=asked)
        return answer.status_code, dict(answer.json or {}) if answer.is_json else {}

    def read(self) -> str:
        return self.browser.get(f"{self._path}?draft={self._line}").text


@pytest.fixture
def page(sign_in: SignIn, cases: Cases) -> Page:
    case = leaves(cases, "Hvor mange søkte om penger?")
    [line] = [it for it in cases.lines(case.id) if it.author == "citizen"]
    return Page(sign_in(name="Hanne"), case, line.id)


@pytest.fixture
def loaded(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    """The console answers with the model that is loaded already."""
    monkeypatch.setattr(Assistant, "_loaded", assistant._loaded, raising=False)
    monkeypatch.setattr(Assistant, "is_ready", True)
    monkeypatch.setattr(
        Assistant, "_with_model", lambda _: assistant._loaded, raising=True
    )


@pytest.mark.usefixtures("loaded")
def test_whoever_has_a_case_gets_a_draft_and_nobody_else(
    page: Page, sign_in: SignIn
) -> None:
    status, told = page.ask()
    assert (status, "43" in told["html"]) == (200, True)
    assert "43" in page.read()
    page.browser = sign_in(name="Halvor")
    status, told = page.ask()
    assert status == 409
    assert "html" not in told
    assert "Du må ha saken" in page.read()
    assert "Utkast fra assistenten" not in page.read()


@pytest.mark.usefixtures("loaded")
def test_there_is_no_draft_of_what_nobody_asked(page: Page) -> None:
    assert page.ask(topic="no.such")[0] == 404
    page._line += 1  # A notice.
    assert page.ask()[0] == 404


def test_as_long_as_the_model_is_loaded_the_page_does_not_wait(page: Page) -> None:
    status, told = page.ask()
    assert status == 202
    assert "gjør seg klar" in told["told"]
    assert "gjør seg klar" in page.read()


@pytest.mark.usefixtures("loaded")
def test_drafts_are_kept_nowhere_and_sent_to_nobody(
    page: Page, cases: Cases, store: ConversationStore
) -> None:
    page.ask()
    page.read()
    assert not [it for it in cases.lines(1) if it.author == "staff"]
    token = csrf_token(page.browser, "/cases")
    page.browser.post("/cases/1/close", data={"csrf_token": token})
    with store.engine.connect() as connection:
        for table in METADATA.sorted_tables:
            assert "43 søkere" not in str(connection.execute(table.select()).all())
