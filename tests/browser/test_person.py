"""A person takes over in the chat: offered, waited for, answering, and gone again."""

import dataclasses
import datetime
import json
import re
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect
from rest_client import Server
from web_client import WebClient

from bot.cases import Case, CaseRules, Cases
from bot.hours import hours_of
from bot.store import ConversationStore

from .browsers import fetch, let_read_clipboard, saved
from .conftest import OpenPage
from .controls import go_to, missed_by_tab, sideways, small_targets, unreachable
from .moves import ask, choose_in_menu, field, log, remember, replies
from .test_accessibility import breaches

pytestmark = pytest.mark.usefixtures("model")
ALWAYS = "man-søn,helligdag 00:00-24:00"
SETTINGS = {
    "HELSE_CASES": "on",
    "HELSE_HOURS": ALWAYS,
    "HELSE_RATE_ADDRESS": "100000/minute",
    "HELSE_RATE_CONVERSATION": "100000/minute",
    "HELSE_RATE_OPENING": "100000/minute",
    "HELSE_RATE_CASES": "100000/minute",
}
RULES = CaseRules(True, hours_of(ALWAYS))
EVENTS = "**/api/conversation/case/events*"
VIEW = re.compile(r"/api/conversation/case\?since=\d+$")
# What is left of a window of 1280 × 800 at 400 percent.
ENLARGED = {"width": 320, "height": 200}
HELP = "Få hjelp av et menneske"
TALK = "Snakk med et menneske"
AGREE = "Ja, del samtalen"
LEAVE = "Legg igjen en beskjed"
SEND = "Send og del samtalen"
OFFICE_HOURS = [{"day": day, "from": "09:00", "to": "15:00"} for day in range(1, 6)]


@dataclasses.dataclass(frozen=True)
class Employee:
    """One of the staff."""

    id: str
    name: str


KARI, OLA = Employee("local:Kari", "Kari"), Employee("local:Ola", "Ola")


class Staff:
    """What the staff do, beside a server and on its store."""

    def __init__(self, store: Path) -> None:
        """Sit down at the desk."""
        self.cases = Cases(ConversationStore.in_file(store).engine, RULES)
        self.cases.ping(KARI)
        self.cases.set_away(KARI, False)

    def case_of(self, page: Page) -> Case:
        """Return the case of the conversation that a page shows."""
        case = self.cases.open_case(token_of(page).partition(".")[0])
        assert case
        return case

    def take(self, page: Page) -> int:
        """Take its case."""
        return self.cases.take(self.case_of(page).id, KARI).id

    def say(self, number: int, text: str) -> None:
        """Say something in a case."""
        self.cases.say(number, KARI, text, uuid.uuid4().hex)

    def heard(self, number: int) -> list[str]:
        """Return what the citizen said in a case."""
        lines = self.cases.lines(number)
        return [line.text for line in lines if line.author == "citizen"]


@pytest.fixture(scope="module")
def server(
    model: None,  # noqa: ARG001 - it has to be there before the server starts
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Server]:
    """A server whose staff can be reached at any time, in place of the shared one."""
    folder = tmp_path_factory.mktemp("person")
    started = Server(folder, folder / "conversations.db", **SETTINGS)
    yield started
    started.stop()


@pytest.fixture
def staff(server: Server) -> Staff:
    """The staff, with Kari at her desk."""
    return Staff(server.store)


@pytest.fixture(autouse=True)
def _done(server: Server) -> Iterator[None]:
    """Leave nobody in the queue to those who come after."""
    yield
    staff = Staff(server.store)
    for case in staff.cases.waiting():
        staff.cases.close(case.id, KARI)


def token_of(page: Page) -> str:
    """Return the key to the conversation that a page shows."""
    stored = page.evaluate(
        "() => Object.values(localStorage).map((it) => JSON.parse(it).token)[0]"
    )
    return str(stored)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def bar(page: Page) -> Locator:
    """Return what tells how the case stands."""
    return page.get_by_role("group", name="Samtale med et menneske")


def answers(page: Page) -> Locator:
    """Return what the staff said."""
    return page.locator("helse-assistent .message.staff .text")


def own(page: Page) -> Locator:
    """Return what the person said."""
    return page.locator("helse-assistent .message.person .text")


def typing(page: Page) -> Locator:
    """Return what tells that the person is writing."""
    return log(page).get_by_text("Medarbeideren skriver")


def writing_field(page: Page) -> Locator:
    """Return the text field while a person answers."""
    return page.get_by_role("textbox", name="Skriv til medarbeideren")


def wait_for(page: Page) -> None:
    """Ask for a person, and come into the queue."""
    ask(page, "Jeg vil snakke med et menneske")
    press(page, TALK)
    press(page, AGREE)
    expect(bar(page)).to_contain_text("i køen")


def be_answered(page: Page, staff: Staff, by: str = "En medarbeider") -> int:
    """Ask for a person, and be answered."""
    wait_for(page)
    number = staff.take(page)
    expect(bar(page)).to_contain_text(f"{by} svarer deg")
    return number


def say(page: Page, text: str) -> None:
    """Say something to the person who answers."""
    writing_field(page).fill(text)
    # It is shown before the server has it.
    with page.expect_response("**/api/conversation/messages") as answer:
        writing_field(page).press("Enter")
    assert answer.value.ok
    expect(own(page).filter(has_text=text)).to_have_count(1)
    expect(log(page).get_by_text("Ikke sendt")).to_have_count(0)


def tell_reach(page: Page, **reach: Any) -> None:
    """Let the server tell something else of when somebody is there."""

    def answer(route: Route) -> None:
        response = route.fetch()
        view = response.json()
        view["reach"] = {"state": "closed", "opens_at": None, "hours": [], **reach}
        route.fulfill(response=response, json=view)

    page.route(VIEW, answer)


def test_a_person_is_asked_for_and_answers_until_the_robot_goes_on(
    open_page: OpenPage, staff: Staff, shoot: Callable[[Page, str], None]
) -> None:
    page = open_page()
    ask(page, "Hva er en næringshage?")
    expect(page.get_by_role("button", name=TALK)).to_have_count(0)
    ask(page, "Jeg vil snakke med et menneske")
    expect(page.get_by_role("group", name=HELP)).to_contain_text("svare deg her")
    shoot(page, "person-offer")
    press(page, TALK)
    consent = page.get_by_role("region", name=TALK)
    expect(consent).to_contain_text("hele denne samtalen og hvilket språk du bruker")
    expect(consent).to_contain_text("slettes sammen med samtalen")
    shoot(page, "person-consent")
    assert staff.cases.open_case(token_of(page).partition(".")[0]) is None
    press(page, AGREE)
    expect(bar(page)).to_contain_text("Du er neste i køen")
    expect(page.get_by_role("button", name=TALK)).to_have_count(0)
    expect(field(page)).to_be_focused()
    shoot(page, "person-waiting")
    # Meanwhile the robot goes on.
    ask(page, "Hvem fikk penger i Bergen?")
    number = staff.take(page)
    expect(bar(page)).to_contain_text("En medarbeider svarer deg.")
    expect(bar(page)).to_contain_text("Roboten svarer ikke nå.")
    robots = replies(page).count()
    staff.cases.staff_types(number, KARI)
    expect(typing(page)).to_be_visible()
    staff.say(number, "Hei, jeg er Kari. Se siva.no.")
    expect(answers(page)).to_have_text("Hei, jeg er Kari. Se siva.no.")
    marks = page.locator("helse-assistent .message.staff .who")
    expect(marks).to_contain_text("Medarbeider")
    expect(marks).to_contain_text("Menneske")
    with page.expect_response("**/api/conversation/case/typing"):
        writing_field(page).fill("Hvem")
    assert staff.case_of(page).citizen_types
    say(page, "Hvem fikk penger?")
    expect(own(page).last).to_have_text("Hvem fikk penger?")
    assert staff.heard(number) == ["Hvem fikk penger?"]
    shoot(page, "person-answered")
    expect(replies(page)).to_have_count(robots)
    press(page, "Tilbake til roboten")
    expect(bar(page)).to_be_hidden()
    expect(log(page)).to_contain_text("Du har gått tilbake til roboten.")
    expect(ask(page, "og i Tromsø?")).to_contain_text("Norinnova")


def test_notices_stand_among_what_was_said(open_page: OpenPage, staff: Staff) -> None:
    page = open_page()
    number = be_answered(page, staff)
    staff.say(number, "Hei!")
    expect(answers(page)).to_have_count(1)
    say(page, "Hei på deg")
    staff.cases.transfer(number, KARI, OLA)
    staff.cases.close(number, OLA)
    said = log(page).locator(":scope > *")
    expect(said.last).to_contain_text("Roboten svarer deg igjen")
    expected = [
        "Jeg vil snakke med et menneske",
        "Du står i kø",
        "En medarbeider svarer deg nå",
        "Hei!",
        "Hei på deg",
        "En annen medarbeider har tatt over",
        "Roboten svarer deg igjen",
    ]
    for _ in range(2):
        expect(said).to_have_count(len(expected))
        for number, text in enumerate(expected):
            expect(said.nth(number)).to_contain_text(text)
        page.reload()


def test_the_queue_can_be_left_and_a_place_is_told_when_it_changes(
    open_page: OpenPage, server: Server, staff: Staff
) -> None:
    first = WebClient(server.url)
    body = {"id": uuid.uuid4().hex, "reason": "asked", "share": True, "language": "nb"}
    first.call("POST", "conversation/case", json=body)
    page = open_page()
    wait_for(page)
    expect(bar(page)).to_contain_text("Du er nummer 2 i køen.")
    staff.cases.take(staff.cases.waiting()[0].id, KARI)
    expect(bar(page)).to_contain_text("Du er neste i køen.")
    expect(page.get_by_role("log")).to_contain_text("Du er neste i køen.")
    press(page, "Forlat køen")
    expect(bar(page)).to_be_hidden()
    expect(field(page)).to_be_focused()
    assert staff.cases.waiting() == ()


def test_one_can_leave_a_message_instead_of_waiting(
    open_page: OpenPage, staff: Staff
) -> None:
    page = open_page()
    wait_for(page)
    bar(page).get_by_role("button", name=LEAVE).click()
    page.get_by_label("Hvordan kan vi nå deg?").fill("ola@example.org")
    press(page, SEND)
    expect(log(page)).to_contain_text("Kvitteringsnummeret ditt er")
    expect(bar(page)).to_be_hidden()
    case = staff.case_of(page)
    assert (case.state, case.reach) == ("message", "ola@example.org")


def test_the_robot_answers_again_when_a_person_ends_it(
    open_page: OpenPage, staff: Staff
) -> None:
    page = open_page()
    be_answered(page, staff)
    press(page, "Avslutt")
    expect(log(page)).to_contain_text("Roboten svarer deg igjen")
    ask(page, "Hvem fikk penger?")


@pytest.mark.parametrize("way", ["thumb", "menu"])
def test_a_person_is_offered_in_other_ways(
    open_page: OpenPage, staff: Staff, way: str
) -> None:
    page = open_page()
    if way == "thumb":
        ask(page, "Hvem fikk penger?")
        press(page, "Svaret hjalp ikke")
        press(page, TALK)
    else:
        choose_in_menu(page, HELP)
    press(page, AGREE)
    expect(bar(page)).to_contain_text("i køen")
    assert staff.case_of(page).reason == ("thumbs" if way == "thumb" else "asked")


def test_nothing_is_opened_before_somebody_agrees(
    open_page: OpenPage, staff: Staff
) -> None:
    page = open_page()
    ask(page, "Jeg vil snakke med et menneske")
    press(page, TALK)
    press(page, "Avbryt")
    expect(page.get_by_role("button", name=TALK)).to_be_focused()
    press(page, TALK)
    expect(page.get_by_role("button", name=AGREE)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=AGREE)).to_have_count(0)
    expect(field(page)).to_be_visible()
    assert staff.cases.waiting() == ()


def test_one_thing_at_a_time_is_asked_in_place_of_the_text_field(
    open_page: OpenPage, staff: Staff
) -> None:
    page = open_page()
    ask(page, "Jeg vil snakke med et menneske")
    agree = page.get_by_role("button", name=AGREE)
    question = page.get_by_role("group", name="Start på nytt?")
    for _ in range(2):
        press(page, TALK)
        expect(agree).to_be_visible()
        choose_in_menu(page, "Start på nytt")
        expect(question).to_be_visible()
        expect(agree).to_be_hidden()
    press(page, TALK)
    expect(agree).to_be_visible()
    expect(question).to_be_hidden()
    expect(field(page)).to_be_hidden()
    press(page, "Avbryt")
    expect(field(page)).to_be_visible()
    assert staff.cases.waiting() == ()


def test_a_failed_wish_is_told_and_made_once(open_page: OpenPage, staff: Staff) -> None:
    page = open_page()
    ask(page, "Jeg vil snakke med et menneske")
    press(page, TALK)

    def lose(route: Route) -> None:
        fetch(route)
        route.abort()

    page.route("**/api/conversation/case", lose)
    press(page, AGREE)
    expect(page.get_by_text("Du står ikke i køen.")).to_be_visible()
    page.unroute("**/api/conversation/case")
    press(page, AGREE)
    expect(bar(page)).to_contain_text("Du er neste i køen")
    lines = staff.cases.lines(staff.case_of(page).id)
    assert [line.code for line in lines] == ["opened"]
    open_page.faults.clear()


def test_without_anybody_there_a_message_is_left_and_nothing_of_it_is_lost(
    open_page: OpenPage, staff: Staff, shoot: Callable[[Page, str], None]
) -> None:
    staff.cases.set_away(KARI, True)
    page = open_page()
    ask(page, "Jeg vil snakke med et menneske")
    offer = page.get_by_role("group", name=HELP)
    expect(offer).to_contain_text("Ingen medarbeidere kan svare deg her akkurat nå.")
    expect(offer).to_contain_text("Åpningstider: alle dager hele døgnet.")
    press(page, LEAVE)
    message, reach = (
        page.get_by_label("Beskjeden din"),
        page.get_by_label("Hvordan kan vi nå deg?"),
    )
    press(page, SEND)
    expect(message).to_be_focused()
    expect(message).to_have_accessible_description(re.compile("Skriv hva du lurer på"))
    expect(reach).to_have_accessible_description(re.compile("hvordan vi kan nå deg"))
    message.fill("Når kommer det mer? Skriv til kari@example.org.")
    reach.fill("22 24 90 90")
    page.get_by_label("Hvilket språk vil du ha svar på?").select_option("nn")
    shoot(page, "person-message")
    page.route("**/api/conversation/case/message", lambda route: route.abort())
    press(page, SEND)
    expect(page.get_by_text("Beskjeden ble ikke sendt.")).to_be_visible()
    open_page.faults.clear()
    page.unroute("**/api/conversation/case/message")
    page.reload()
    press(page, LEAVE)
    expect(message).to_have_value("Når kommer det mer? Skriv til kari@example.org.")
    expect(reach).to_have_value("22 24 90 90")
    press(page, SEND)
    expect(log(page)).to_contain_text("Kvitteringsnummeret ditt er")
    case = staff.case_of(page)
    expect(log(page)).to_contain_text(f"Kvitteringsnummeret ditt er {case.number}.")
    expect(own(page).last).to_have_text(re.compile(r"Skriv til \[e-post"))
    assert (case.state, case.reach, case.language) == ("message", "22 24 90 90", "nn")
    shoot(page, "person-receipt")
    stored = page.evaluate("JSON.stringify(localStorage)")
    assert "22 24 90 90" not in stored
    page.reload()
    expect(log(page)).to_contain_text(f"Kvitteringsnummeret ditt er {case.number}.")
    expect(own(page)).to_have_count(2)


def test_a_message_that_is_corrected_after_a_lost_reply_is_taken_as_it_is_now(
    open_page: OpenPage, staff: Staff
) -> None:
    page = open_page()
    form(page, staff)
    way = page.get_by_label("Hvordan kan vi nå deg?")
    page.get_by_label("Beskjeden din").fill("Når kommer det mer?")
    way.fill("22 24 90 90")

    def lose_the_reply(route: Route) -> None:
        fetch(route)
        route.abort()

    page.route("**/case/message", lose_the_reply, times=1)
    press(page, SEND)
    expect(page.get_by_text("Beskjeden ble ikke sendt.")).to_be_visible()
    open_page.faults.clear()
    way.fill("22 24 90 91")
    press(page, SEND)
    expect(log(page)).to_contain_text("Kvitteringsnummeret")
    assert staff.case_of(page).reach == "22 24 90 91"
    expect(own(page)).to_have_count(2)


def test_who_was_not_answered_in_time_is_asked_how_to_be_reached(
    open_page: OpenPage, staff: Staff
) -> None:
    page = open_page()
    wait_for(page)
    impatient = dataclasses.replace(RULES, wait=0)
    Cases(staff.cases.engine, impatient).expire()
    expect(bar(page)).to_contain_text("Ingen rakk å svare.")
    number = staff.case_of(page).number
    expect(log(page)).to_contain_text(f"med nummer {number}")
    press(page, "Skriv hvordan vi når deg")
    page.get_by_label("Hvordan kan vi nå deg?").fill("22 24 90 90")
    press(page, SEND)
    expect(log(page)).to_contain_text(f"Kvitteringsnummeret ditt er {number}.")
    expect(bar(page)).to_be_hidden()
    assert staff.case_of(page).reach == "22 24 90 90"


def test_the_same_is_seen_after_a_reload_and_in_a_second_tab(
    open_page: OpenPage, staff: Staff
) -> None:
    page, second = open_page(), open_page()
    number = be_answered(page, staff)
    expect(bar(second)).to_contain_text("En medarbeider svarer deg")
    staff.say(number, "Hei!")
    say(page, "Fra den første fanen")
    say(second, "Fra den andre fanen")
    staff.say(number, "Takk for begge.")
    page.bring_to_front()
    for shown in (page, second):
        expect(answers(shown)).to_have_text(["Hei!", "Takk for begge."])
        expect(own(shown)).to_contain_text(
            ["menneske", "Fra den første fanen", "Fra den andre fanen"]
        )
    page.reload()
    expect(bar(page)).to_contain_text("En medarbeider svarer deg")
    expect(answers(page)).to_have_text(["Hei!", "Takk for begge."])
    expect(own(page)).to_have_count(3)
    say(page, "Etterpå")
    expect(own(second)).to_have_count(4)
    assert staff.heard(number) == [
        "Fra den første fanen",
        "Fra den andre fanen",
        "Etterpå",
    ]
    press(second, "Avslutt")
    expect(bar(page)).to_be_hidden()


@pytest.mark.needs("offline")
def test_what_is_said_while_the_line_is_gone_comes_once(
    open_page: OpenPage, context: BrowserContext, staff: Staff
) -> None:
    page = open_page()
    number = be_answered(page, staff)
    staff.say(number, "Før")
    expect(answers(page)).to_have_count(1)
    context.set_offline(True)
    writing_field(page).fill("Er du der?")
    writing_field(page).press("Enter")
    expect(page.get_by_text("Ikke sendt.")).to_be_visible()
    staff.say(number, "Imens")
    context.set_offline(False)
    expect(answers(page)).to_have_text(["Før", "Imens"])
    press(page, "Prøv igjen")
    expect(page.get_by_text("Ikke sendt.")).to_have_count(0)
    staff.say(number, "Etterpå")
    expect(answers(page)).to_have_text(["Før", "Imens", "Etterpå"])
    assert staff.heard(number) == ["Er du der?"]
    open_page.faults.clear()


def test_a_restart_of_the_server_loses_and_doubles_nothing(
    context: BrowserContext, tmp_path: Path
) -> None:
    server = Server(tmp_path, tmp_path / "conversations.db", **SETTINGS)
    port = int(server.url.rpartition(":")[2])
    try:
        staff = Staff(server.store)
        page = context.new_page()
        page.goto(server.url)
        number = be_answered(page, staff)
        staff.say(number, "Før")
        say(page, "Ja?")
        server.stop()
        staff.say(number, "Imens")
        server = Server(tmp_path, tmp_path / "conversations.db", port, **SETTINGS)
        expect(answers(page)).to_have_text(["Før", "Imens"], timeout=30_000)
        say(page, "Hei igjen")
        staff.say(number, "Etterpå")
        expect(answers(page)).to_have_text(["Før", "Imens", "Etterpå"])
        assert staff.heard(number) == ["Ja?", "Hei igjen"]
    finally:
        server.stop()


@pytest.mark.parametrize("way", ["refused", "held back"])
def test_where_no_stream_comes_through_the_server_is_asked(
    open_page: OpenPage, staff: Staff, way: str
) -> None:
    page = open_page()
    held: list[Route] = []
    page.route(
        EVENTS,
        (lambda route: route.fulfill(status=502, body="Bad"))
        if way == "refused"
        else (lambda route: held.append(route)),
    )
    number = be_answered(page, staff)
    for count in range(1, 4):
        staff.say(number, f"Nummer {count}")
        expect(answers(page)).to_have_count(count)
    say(page, "Jeg hører deg")
    expect(own(page)).to_have_count(2)
    staff.cases.close(number, KARI)
    expect(bar(page)).to_be_hidden()
    open_page.faults.clear()


def test_nothing_is_listened_to_without_a_case(
    open_page: OpenPage, staff: Staff
) -> None:
    page = open_page()
    asked: list[str] = []
    page.on(
        "request",
        lambda request: (
            "/conversation/case" in request.url and asked.append(request.url)
        ),
    )
    ask(page, "Hvem fikk penger?")
    assert asked == []
    number = be_answered(page, staff)
    staff.cases.close(number, KARI)
    expect(bar(page)).to_be_hidden()
    page.wait_for_timeout(1000)
    asked.clear()
    page.wait_for_timeout(4000)
    assert asked == []


def test_a_conversation_that_is_deleted_meanwhile_ends_the_case(
    open_page: OpenPage, server: Server, staff: Staff
) -> None:
    page = open_page()
    number = be_answered(page, staff)
    staff.say(number, "Hei!")
    expect(answers(page)).to_have_count(1)
    WebClient(server.url, token_of(page)).call("DELETE", "conversation")
    expect(bar(page)).to_be_hidden()
    expect(answers(page)).to_have_count(0)
    expect(own(page)).to_have_count(0)
    ask(page, "Hei")


def test_who_starts_again_leaves_the_queue(open_page: OpenPage, staff: Staff) -> None:
    page = open_page()
    wait_for(page)
    choose_in_menu(page, "Start på nytt")
    press(page, "Start på nytt")
    expect(bar(page)).to_be_hidden()
    expect(own(page)).to_have_count(0)
    assert staff.cases.waiting() == ()


FLOATING = """<!doctype html><html lang="nb"><meta charset="utf-8">
<title>Kommunen</title><link rel="icon" href="data:,"><main><h1>Kommunen</h1>
<helse-assistent></helse-assistent></main>
<script>window.heard = [];
document.addEventListener("helse-message", ({ detail }) => heard.push(detail));</script>
<script type="module" src="/widget/1/loader.js"></script></html>"""


def test_a_closed_chat_tells_of_what_the_staff_say_and_not_what(
    open_page: OpenPage,
    context: BrowserContext,
    server: Server,
    staff: Staff,
    shoot: Callable[[Page, str], None],
) -> None:
    context.route(
        f"{server.url}/floating",
        lambda route: route.fulfill(content_type="text/html", body=FLOATING),
    )
    page = open_page("/floating")
    launcher = page.locator("helse-assistent .launcher")
    launcher.click()
    number = be_answered(page, staff)
    press(page, "Lukk samtalen")
    staff.say(number, "En hemmelighet")
    expect(launcher).to_have_accessible_name(re.compile("1 ny melding fra en medarb"))
    # Also where the chat was not opened: on the next page.
    page.reload()
    page.wait_for_function(
        "document.querySelector('helse-assistent').shadowRoot.querySelector('.panel')"
    )
    expect(bar(page)).to_be_hidden()
    expect(answers(page)).to_have_text(["En hemmelighet"])
    expect(launcher).not_to_have_accessible_name(re.compile("melding"))
    assert page.evaluate("heard") == []
    staff.say(number, "Enda en")
    expect(launcher).to_have_accessible_name(re.compile("1 ny melding fra en medarb"))
    expect(page.locator("helse-assistent .root > .spoken")).to_have_text(
        "1 ny melding fra en medarbeider"
    )
    shoot(page, "person-closed")
    assert breaches(page) == []
    assert page.evaluate("heard") == [{"kind": "staff", "language": "nb"}]
    launcher.click()
    expect(answers(page)).to_have_text(["En hemmelighet", "Enda en"])
    expect(launcher).not_to_have_accessible_name(re.compile("melding"))


def test_the_saved_conversation_has_what_the_person_and_the_staff_said(
    open_page: OpenPage, staff: Staff
) -> None:
    page = open_page()
    number = be_answered(page, staff)
    staff.say(number, "Hei, hva gjelder det?")
    expect(answers(page)).to_have_count(1)
    say(page, "Midlene i Bergen")
    page.get_by_role("button", name="Meny", exact=True).click()
    _, text = saved(page, lambda: press(page, "Lagre samtalen"))
    order = [
        "Jeg vil snakke med et menneske",
        "Du står i kø",
        "En medarbeider svarer deg nå",
        "Medarbeider (Menneske), ",
        "Hei, hva gjelder det?",
        "Midlene i Bergen",
    ]
    places = [text.index(said) for said in order]
    assert places == sorted(places)
    assert text.count("Midlene i Bergen") == 1


def test_what_the_staff_say_is_read_aloud_once(
    open_page: OpenPage, staff: Staff
) -> None:
    page = open_page()
    page.evaluate(
        """() => {
          const region = document.querySelector("helse-assistent").shadowRoot
            .querySelector("[role=log]");
          window.spoken = [];
          new MutationObserver((changes) => {
            for (const { addedNodes } of changes)
              for (const node of addedNodes) spoken.push(node.textContent);
          }).observe(region, { childList: true });
        }"""
    )
    number = be_answered(page, staff)
    staff.say(number, "Hei!")
    expect(answers(page)).to_have_count(1)
    say(page, "Hei")
    spoken = page.evaluate("spoken")
    assert spoken.count("Medarbeider: Hei!") == 1
    [opened] = [text for text in spoken if text.startswith("Du står i kø")]
    assert "Du er neste i køen." in opened
    assert sum(text.startswith("En medarbeider svarer deg nå") for text in spoken) == 1
    assert not any(text == "Hei" for text in spoken)


@pytest.mark.parametrize(
    ("lang", "reach", "told"),
    [
        (
            "nb",
            {"hours": OFFICE_HOURS, "opens_at": "2030-01-07T08:00:00+00:00"},
            "Det er stengt nå. Vi åpner igjen mandag 7. januar klokka 09:00. "
            "Åpningstider: mandag–fredag klokka 09:00–15:00.",
        ),
        (
            "nn",
            {
                "hours": [
                    {"day": 2, "from": "09:00", "to": "11:30"},
                    {"day": 2, "from": "12:00", "to": "15:00"},
                    {"day": 6, "from": "10:00", "to": "12:00"},
                ],
                "opens_at": "2030-07-06T08:00:00+00:00",
            },
            "Det er stengt no. Vi opnar igjen laurdag 6. juli klokka 10:00. "
            "Opningstider: tysdag klokka 09:00–11:30 og klokka 12:00–15:00, "
            "laurdag klokka 10:00–12:00.",
        ),
        (
            "en",
            {"hours": OFFICE_HOURS, "opens_at": None},
            "We are closed now. Opening hours: Monday–Friday 09:00–15:00.",
        ),
        ("nb", {"hours": []}, "Medarbeiderne svarer ikke her i samtalen"),
    ],
    ids=["office hours", "several spans", "no opening", "never"],
)
def test_hours_are_told_in_words(
    open_page: OpenPage, lang: str, reach: dict[str, Any], told: str
) -> None:
    page = open_page(f"/?lang={lang}")
    tell_reach(page, **reach)
    wish = {
        "nb": "Jeg vil snakke med et menneske",
        "nn": "Eg vil snakke med eit menneske",
        "en": "I want to talk to a human being",
    }[lang]
    page.locator("helse-assistent textarea#field").fill(wish)
    page.keyboard.press("Enter")
    expect(page.locator("helse-assistent .offer")).to_contain_text(told)


def test_that_it_opens_tomorrow_is_told_so(open_page: OpenPage) -> None:
    page = open_page()
    tomorrow = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(1)
    moment = tomorrow.isoformat(timespec="seconds")
    tell_reach(page, hours=OFFICE_HOURS, opens_at=moment)
    ask(page, "Jeg vil snakke med et menneske")
    offer = page.get_by_role("group", name=HELP)
    expect(offer).to_contain_text("Vi åpner igjen i morgen klokka")


def test_another_language_tells_the_same_and_a_name_where_one_is_told(
    open_page: OpenPage, staff: Staff
) -> None:
    def answer(route: Route) -> None:
        response = route.fetch()
        view = response.json()
        if view["case"] and view["case"]["by"]:
            view["case"]["by"]["name"] = "Kari Li"
        route.fulfill(response=response, json=view)

    page = open_page()
    page.route(EVENTS, lambda route: route.fulfill(status=502, body="Bad"))
    page.route(VIEW, answer)
    number = be_answered(page, staff, by="Kari Li")
    staff.say(number, "Hei!")
    expect(answers(page)).to_have_count(1)
    choose_in_menu(page, "English")
    expect(page.locator("helse-assistent .bar")).to_contain_text(
        "Kari Li is answering you. The chatbot is not answering now."
    )
    expect(page.locator("helse-assistent .message.staff")).to_contain_text("Person")
    expect(answers(page)).to_have_attribute("lang", "nb")
    expect(page.get_by_role("textbox", name="Write to the member of")).to_be_visible()
    expect(page.get_by_role("log")).to_be_empty()
    open_page.faults.clear()


def test_what_the_staff_say_can_be_copied(
    open_page: OpenPage, context: BrowserContext, staff: Staff
) -> None:
    let_read_clipboard(context)
    page = open_page()
    number = be_answered(page, staff)
    staff.say(number, "Se siva.no.")
    press(page, "Kopier meldingen")
    expect(page.get_by_text("er kopiert")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "Se siva.no."


def test_the_newest_stays_in_sight(open_page: OpenPage, staff: Staff) -> None:
    page = open_page()
    ask(page, "Hvem fikk penger?")
    wait_for(page)
    expect(log(page).get_by_text("Du står i kø")).to_be_in_viewport(ratio=0.9)
    number = staff.take(page)
    for text in ("Hei!", "Hva gjelder det?"):
        staff.say(number, text)
        expect(answers(page).filter(has_text=text)).to_be_in_viewport(ratio=0.9)
    say(page, "Midlene")
    expect(log(page).locator(".sent").last).to_be_in_viewport(ratio=0.9)


def test_that_somebody_writes_is_told_no_longer_than_it_is_so(
    open_page: OpenPage, staff: Staff
) -> None:
    page = open_page()
    number = be_answered(page, staff)
    staff.cases.staff_types(number, KARI)
    expect(typing(page)).to_be_visible()
    expect(typing(page)).to_be_hidden(timeout=15_000)


def offered(page: Page, _: Staff) -> None:
    ask(page, "Jeg vil snakke med et menneske")
    expect(page.get_by_role("button", name=TALK)).to_be_visible()


def consent(page: Page, staff: Staff) -> None:
    offered(page, staff)
    press(page, TALK)


def waiting(page: Page, _: Staff) -> None:
    wait_for(page)


def answered(page: Page, staff: Staff) -> None:
    number = be_answered(page, staff)
    staff.say(number, "Hei!")
    say(page, "Hei på deg")
    staff.cases.staff_types(number, KARI)
    expect(typing(page)).to_be_visible()


def form(page: Page, staff: Staff) -> None:
    staff.cases.set_away(KARI, True)
    ask(page, "Jeg vil snakke med et menneske")
    press(page, LEAVE)
    press(page, SEND)
    expect(page.get_by_text("Skriv hva du lurer på.")).to_be_visible()


def receipt(page: Page, staff: Staff) -> None:
    form(page, staff)
    page.get_by_label("Beskjeden din").fill("Når kommer det mer?")
    page.get_by_label("Hvordan kan vi nå deg?").fill("22 24 90 90")
    press(page, SEND)
    expect(log(page)).to_contain_text("Kvitteringsnummeret")


STATES = [offered, consent, waiting, answered, form, receipt]


in_all_states = pytest.mark.parametrize(
    "come_to", STATES, ids=lambda state: str(state.__name__)
)


@in_all_states
def test_whatever_is_shown_can_be_seen_reached_and_pressed(
    open_page: OpenPage,
    staff: Staff,
    shoot: Callable[[Page, str], None],
    come_to: Callable[[Page, Staff], None],
) -> None:
    page = open_page()
    come_to(page, staff)
    shoot(page, f"person-{come_to.__name__}-light")
    live = page.locator("helse-assistent :is([role=log], [role=status], [role=alert])")
    expect(live.locator("button, a, textarea, input")).to_have_count(0)
    found = {
        "against a rule": breaches(page),
        "too small": small_targets(page),
        "missed by Tab": missed_by_tab(page),
    }
    page.set_viewport_size(ENLARGED)
    shoot(page, f"person-{come_to.__name__}-400-percent")
    found["scrolls sideways"] = sideways(page)
    found["out of reach"] = unreachable(page)
    assert found == {check: [] for check in found}


@pytest.mark.needs("colour schemes")
@in_all_states
def test_nothing_is_against_a_rule_in_dark_colours(
    open_page: OpenPage,
    staff: Staff,
    shoot: Callable[[Page, str], None],
    come_to: Callable[[Page, Staff], None],
) -> None:
    page = open_page()
    page.emulate_media(color_scheme="dark")
    come_to(page, staff)
    shoot(page, f"person-{come_to.__name__}-dark")
    assert breaches(page) == []


def test_a_keyboard_is_enough(open_page: OpenPage, staff: Staff) -> None:
    page = open_page()
    ask(page, "Jeg vil snakke med et menneske")
    expect(page.get_by_role("button", name=TALK)).to_be_visible()

    def go(name: str) -> None:
        go_to(page.get_by_role("button", name=name, exact=True))

    go(TALK)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=AGREE)).to_be_focused()
    page.keyboard.press("Enter")
    expect(bar(page)).to_contain_text("i køen")
    staff.take(page)
    expect(writing_field(page)).to_be_focused()
    page.keyboard.type("Hei")
    page.keyboard.press("Enter")
    expect(own(page).last).to_have_text("Hei")
    go("Tilbake til roboten")
    page.keyboard.press("Enter")
    expect(bar(page)).to_be_hidden()
    expect(field(page)).to_be_focused()


@pytest.mark.needs("forced colours")
def test_forced_colours_and_print_tell_a_person_apart(
    open_page: OpenPage, staff: Staff, shoot: Callable[[Page, str], None]
) -> None:
    page = open_page("/embed")
    answered(page, staff)
    page.emulate_media(forced_colors="active")
    shoot(page, "person-forced-colours")
    width = "it => parseFloat(getComputedStyle(it).borderInlineStartWidth)"
    assert page.locator("helse-assistent .message.staff").evaluate(width) >= 3
    page.emulate_media(forced_colors="none", media="print")
    expect(answers(page)).to_be_visible()
    expect(page.get_by_role("button", name="Avslutt", exact=True)).to_be_hidden()


def test_a_conversation_that_ran_out_is_begun_anew_for_a_person(
    open_page: OpenPage, staff: Staff
) -> None:
    page = open_page()
    ask(page, "Hei")
    remember(page, "expired.token")
    choose_in_menu(page, HELP)
    press(page, AGREE)
    expect(bar(page)).to_contain_text("Du er neste i køen")
    assert staff.case_of(page).state == "waiting"
    open_page.faults.clear()


def test_where_there_are_no_cases_nothing_is_offered(open_page: OpenPage) -> None:
    def answer(route: Route) -> None:
        response = route.fetch()
        about = {**response.json(), "cases": False}
        route.fulfill(response=response, body=json.dumps(about))

    page = open_page("/embed")
    page.route("**/api/about", answer)
    page.reload()
    ask(page, "Hvem fikk penger?")
    press(page, "Svaret hjalp ikke")
    expect(page.get_by_role("button", name="Send kommentaren")).to_be_visible()
    page.get_by_role("button", name="Meny", exact=True).click()
    expect(page.get_by_role("button", name=HELP)).to_have_count(0)
    expect(page.get_by_role("group", name=HELP)).to_have_count(0)
