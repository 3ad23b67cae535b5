"""Kø in browsers: two of the staff, and people who reach for them over the API."""

import dataclasses
import re
import statistics
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Route, expect
from rest_client import Server
from web_client import WebClient

from bot.cases import CaseRules, Cases
from bot.hours import hours_of

from .staff_console import Console, console_in
from .test_accessibility import RULES, assert_no_sideways_scrolling

pytestmark = pytest.mark.chromium_alone
HOURS = "man-søn,helligdag 00:00-24:00"
FREELY = "100000/minute"
# The model is loaded when the first draft is asked for.
LOADING = 60_000
PHONE = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def assistant(
    model: None,  # noqa: ARG001 - it has to be there before the server starts
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Server]:
    """A server whose staff can be reached at any time."""
    folder = tmp_path_factory.mktemp("live")
    rates = ("ADDRESS", "CONVERSATION", "OPENING", "CASES")
    server = Server(
        folder,
        folder / "conversations.db",
        HELSE_CASES="on",
        HELSE_HOURS=HOURS,
        **{f"HELSE_RATE_{rate}": FREELY for rate in rates},
    )
    yield server
    server.stop()


@pytest.fixture(scope="module")
def console(assistant: Server) -> Iterator[Console]:
    """The console beside it."""
    hours = hours_of(HOURS)
    with console_in(assistant.store.parent, cases=True, hours=hours) as served:
        yield served


@pytest.fixture
def hanne(console: Console, context: BrowserContext) -> Page:
    return console.open(context, "Hanne", "/cases")


@pytest.fixture
def halvor(console: Console, elsewhere: BrowserContext, hanne: Page) -> Page:
    del hanne  # She comes first.
    elsewhere.set_default_timeout(15_000)
    return console.open(elsewhere, "Halvor", "/cases")


@pytest.fixture
def citizen(assistant: Server, console: Console) -> Iterator[WebClient]:
    """Somebody who has asked the robot; at the end nobody waits any more."""
    client = WebClient(assistant.url)
    client.say("Hvem fikk penger?")
    yield client
    call(client, "/end", id=uuid.uuid4().hex, to="robot")
    cases = cases_of(console)
    for case in cases.messages():
        cases.close(case.id, Somebody(case.taken_by or "", case.taken_name or ""))


@dataclasses.dataclass(frozen=True)
class Somebody:
    """Who has what a test has left, and closes it."""

    id: str
    name: str


def cases_of(console: Console) -> Cases:
    return Cases(console.store.engine, CaseRules(True, hours_of(HOURS)))


def call(client: WebClient, path: str, **body: Any) -> dict[str, Any]:
    answer = client.call("POST", f"conversation/case{path}", json=body)
    assert answer.status_code in (200, 204), answer.text
    return dict(answer.json()) if answer.content else {}


def asks(client: WebClient, language: str = "nb") -> None:
    call(
        client,
        "",
        id=uuid.uuid4().hex,
        reason="asked",
        share=True,
        language=language,
    )


def view_of(client: WebClient) -> dict[str, Any]:
    return dict(client.call("GET", "conversation/case").json())


def heard(client: WebClient) -> list[str]:
    """Return what the staff have said to somebody."""
    lines = view_of(client)["lines"]
    return [line["text"] for line in lines if line["author"] == "staff"]


def until(page: Page, is_so: Callable[[], Any]) -> None:
    """Wait for something that a page does not show."""
    end = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < end
        page.wait_for_timeout(50)


def take(page: Page, client: WebClient) -> None:
    """Have one of the staff take the case of somebody who reaches for them."""
    asks(client)
    page.get_by_role("button", name="Ta saken").click()
    expect(page.get_by_text("Hos deg.")).to_be_visible()


def field(page: Page) -> Any:
    return page.get_by_label("Svaret ditt")


def test_somebody_is_answered_with_a_draft_by_a_key_and_handed_on(
    hanne: Page,
    halvor: Page,
    citizen: WebClient,
    shoot: Callable[[Page, str], None],
) -> None:
    expect(hanne).to_have_title("Kø – Konsoll for ansatte")
    asks(citizen)
    for page in (hanne, halvor):
        expect(page).to_have_title("(1) Kø – Konsoll for ansatte")
        expect(page.get_by_role("heading", name="Venter (1)")).to_be_visible()
    expect(halvor.locator("#told")).to_have_text("Ny sak i køen. 1 venter.")
    hanne.get_by_role("button", name="Ta saken").click()
    expect(hanne.get_by_text("Hos deg.")).to_be_visible()
    expect(halvor.get_by_role("heading", name="Hos kolleger (1)")).to_be_visible()
    expect(halvor).to_have_title("Kø – Konsoll for ansatte")

    assert citizen.say("Hvor mange søkte om penger?")["reply"]["kind"] == "relayed"
    log = hanne.get_by_role("log")
    expect(log.get_by_text("Hvor mange søkte om penger?")).to_be_visible()
    draft = log.locator(".suggested")
    expect(draft).to_be_visible(timeout=LOADING)
    call(citizen, "/typing")
    expect(hanne.get_by_text("Skriver nå …").last).to_be_visible()
    field(hanne).focus()
    hanne.keyboard.press("F2")
    suggested = draft.inner_text()
    expect(field(hanne)).to_have_value(suggested)
    until(hanne, lambda: view_of(citizen)["case"]["typing"])
    # What is suggested goes nowhere by itself.
    assert heard(citizen) == []
    hanne.keyboard.type(" Hilsen Hanne")
    shoot(hanne, "staff-queue")
    hanne.keyboard.press("Control+Enter")
    expect(field(hanne)).to_have_value("")
    assert heard(citizen) == [f"{suggested} Hilsen Hanne"]
    expect(log.get_by_text("Hilsen Hanne")).to_be_visible()

    hanne.get_by_label("Kollega som er til stede").select_option("Halvor")
    hanne.get_by_role("button", name="Overfør").click()
    expect(halvor.get_by_role("heading", name="Mine saker (1)")).to_be_visible()
    expect(halvor).to_have_title("(1) Kø – Konsoll for ansatte")
    halvor.get_by_role("link", name=re.compile("Sak")).first.click()
    field(halvor).fill("Nå er det meg.")
    halvor.get_by_role("button", name="Send").click()
    until(halvor, lambda: heard(citizen)[-1] == "Nå er det meg.")
    halvor.get_by_role("button", name="Avslutt saken").click()
    expect(halvor.get_by_text("er avsluttet.")).to_be_visible()
    assert view_of(citizen)["case"] is None
    assert citizen.say("Hvem fikk penger?")["reply"]["kind"] == "answer"


def test_what_is_said_is_shown_soon_and_once(hanne: Page, citizen: WebClient) -> None:
    take(hanne, citizen)
    took = []
    for number in range(8):
        text = f"Melding nummer {number}!"
        citizen.say(text)
        began = time.perf_counter()
        expect(hanne.get_by_role("log").get_by_text(text)).to_have_count(1)
        took.append(time.perf_counter() - began)
    texts = hanne.locator("#story .message .said").all_inner_texts()
    assert [it for it in texts if it.startswith("Melding")] == [
        f"Melding nummer {number}!" for number in range(8)
    ]
    assert statistics.median(took) < 1
    print(f"shown after {max(took):.2f} s at most")


def test_nothing_that_is_written_is_lost(
    hanne: Page, halvor: Page, citizen: WebClient, assistant: Server
) -> None:
    take(hanne, citizen)
    field(hanne).press_sequentially("Jeg skriver")
    other = WebClient(assistant.url)
    asks(other)
    citizen.say("Er du der?")
    expect(hanne.get_by_role("log").get_by_text("Er du der?")).to_be_visible()
    expect(hanne.get_by_role("heading", name="Venter (1)")).to_be_visible()
    expect(field(hanne)).to_be_focused()
    field(hanne).press_sequentially(" mer")
    expect(field(hanne)).to_have_value("Jeg skriver mer")
    hanne.reload()
    expect(field(hanne)).to_have_value("Jeg skriver mer")
    # Also where a colleague takes over meanwhile; and they do not see it.
    halvor.locator("[data-part=others] a").click()
    halvor.get_by_role("button", name="Overta fra Hanne").click()
    expect(hanne.get_by_text("Hos Halvor.").first).to_be_visible()
    expect(hanne.get_by_label("Det du skrev, er ikke sendt")).to_have_value(
        "Jeg skriver mer"
    )
    assert "Jeg skriver mer" not in halvor.content()
    expect(field(halvor)).to_have_value("")
    assert heard(citizen) == []
    call(other, "/end", id=uuid.uuid4().hex, to="nobody")


def test_what_is_half_written_is_gone_once_somebody_signs_out(
    hanne: Page, citizen: WebClient
) -> None:
    take(hanne, citizen)
    field(hanne).press_sequentially("Jeg skriver")
    assert hanne.evaluate("sessionStorage.length") == 1
    hanne.get_by_role("button", name="Logg ut").click()
    expect(hanne.get_by_role("heading", name="Du er logget ut")).to_be_visible()
    assert hanne.evaluate("sessionStorage.length") == 0


def test_the_draft_that_was_asked_for_last_is_shown(
    hanne: Page, citizen: WebClient
) -> None:
    take(hanne, citizen)
    held: list[Route] = []
    hanne.route("**/draft/*", lambda route: held.append(route))
    citizen.say("Hvem fikk penger?")
    until(hanne, lambda: len(held) == 1)
    hanne.get_by_role("button", name="Vis utkast").click()
    until(hanne, lambda: len(held) == 2)
    for route, text in [(held[1], "Det nye."), (held[0], "Det gamle.")]:
        route.fulfill(json={"html": f'<p class="suggested">{text}</p>'})
    expect(hanne.locator(".suggested")).to_have_text("Det nye.")
    hanne.wait_for_timeout(300)
    expect(hanne.locator(".suggested")).to_have_text("Det nye.")


def test_who_is_given_the_case_that_they_look_at_can_answer_at_once(
    hanne: Page, halvor: Page, citizen: WebClient
) -> None:
    take(hanne, citizen)
    citizen.say("Hvem fikk penger?")
    halvor.locator("[data-part=others] a").click()
    expect(halvor.get_by_text("Hos Hanne.").first).to_be_visible()
    assert halvor.locator("#say, .draft").count() == 0
    note = halvor.get_by_role("textbox", name="Nytt notat")
    note.fill("Har spurt om dette før.")
    hanne.get_by_label("Kollega som er til stede").select_option("Halvor")
    hanne.get_by_role("button", name="Overfør").click()
    expect(field(halvor)).to_be_visible()
    expect(note).to_have_value("Har spurt om dette før.")
    expect(halvor.locator(".suggested")).to_be_visible(timeout=LOADING)
    field(halvor).fill("Her er jeg.")
    halvor.keyboard.press("Control+Enter")
    until(halvor, lambda: heard(citizen) == ["Her er jeg."])


def test_a_draft_is_added_to_what_is_written_and_can_be_undone(
    hanne: Page, citizen: WebClient
) -> None:
    take(hanne, citizen)
    citizen.say("Hvem fikk penger?")
    expect(hanne.locator(".suggested")).to_be_visible(timeout=LOADING)
    field(hanne).press_sequentially("Hei!")
    hanne.get_by_role("button", name="Sett inn i svaret").click()
    expect(field(hanne)).to_have_value(re.compile(r"^Hei!\n\n.+"))
    hanne.keyboard.press("Control+z")
    expect(field(hanne)).to_have_value("Hei!")
    hanne.get_by_text("Faste setninger").click()
    hanne.get_by_role("button", name="Er det noe mer du lurer på?").click()
    expect(field(hanne)).to_have_value("Hei!\n\nEr det noe mer du lurer på?")


def test_a_message_that_is_not_plain_lets_one_choose_what_it_is_about(
    hanne: Page, citizen: WebClient
) -> None:
    take(hanne, citizen)
    citizen.say("penger næringshage inkubator sted hvem")
    draft = hanne.locator(".draft-text")
    expect(draft).to_be_visible(timeout=LOADING)
    if draft.locator(".suggested").count() == 0:
        draft.get_by_role("button").first.click()
        expect(hanne.get_by_text("Valgt av deg")).to_be_visible()
    expect(hanne.locator(".suggested")).to_be_visible()


def test_keys_do_nothing_once_they_are_switched_off(
    hanne: Page, citizen: WebClient
) -> None:
    take(hanne, citizen)
    hanne.get_by_text("Lyd og taster").click()
    hanne.get_by_role("button", name="Slå av hurtigtastene").click()
    field(hanne).fill("Ikke send")
    hanne.keyboard.press("Control+Enter")
    hanne.keyboard.press("F2")
    expect(field(hanne)).to_have_value("Ikke send")
    hanne.wait_for_timeout(700)
    assert heard(citizen) == []


def test_a_sound_is_played_to_those_who_want_it(
    hanne: Page, citizen: WebClient
) -> None:
    hanne.add_init_script(
        """window.played = 0;
        const start = OscillatorNode.prototype.start;
        OscillatorNode.prototype.start = function (...given) {
          window.played += 1;
          return start.apply(this, given);
        };"""
    )
    hanne.reload()
    asks(citizen)
    expect(hanne.get_by_role("heading", name="Venter (1)")).to_be_visible()
    assert hanne.evaluate("played") == 0
    call(citizen, "/end", id=uuid.uuid4().hex, to="nobody")
    hanne.get_by_text("Lyd og taster").click()
    hanne.get_by_label("Spill en lyd når noen stiller seg i køen").check()
    expect(hanne.get_by_role("heading", name="Venter (0)")).to_be_visible()
    once = hanne.evaluate("played")
    assert once > 0
    asks(citizen)
    until(hanne, lambda: hanne.evaluate("played") > once)


def test_who_is_there_is_known_as_long_as_the_page_is_open(
    hanne: Page, halvor: Page, console: Console
) -> None:
    cases = cases_of(console)
    halvor.get_by_role("button", name="Sett meg som borte").click()
    expect(hanne.locator("[data-part=presence]")).to_contain_text("Halvor (borte)")
    halvor.get_by_role("button", name="Sett meg som til stede").click()
    expect(hanne.locator("[data-part=presence]")).not_to_contain_text("(borte)")
    # A page that nobody sees asks on, by the clock of a worker.
    hanne.evaluate(
        """() => {
          Object.defineProperty(document, "hidden", { value: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    seen = {it.name: it.seen_at for it in cases.present()}["Hanne"]
    hanne.wait_for_timeout(11_000)
    assert {it.name: it.seen_at for it in cases.present()}["Hanne"] > seen + 4


def test_it_works_without_a_script(
    console: Console, context: BrowserContext, citizen: WebClient
) -> None:
    plain = context.browser.new_context(java_script_enabled=False)
    page = console.open(plain, "Hanne", "/cases")
    expect(page.get_by_text("Denne siden oppdaterer seg ikke selv")).to_be_visible()
    asks(citizen)
    page.get_by_role("link", name="Oppdater siden").click()
    page.get_by_role("button", name="Ta saken").click()
    citizen.say("Hvor mange søkte om penger?")
    page.get_by_role("link", name="Oppdater siden").click()
    end = time.monotonic() + LOADING / 1000
    while not page.locator(".suggested").count():
        assert time.monotonic() < end, page.locator("main").inner_text()[:900]
        page.get_by_role("button", name="Vis utkast").click()
        page.wait_for_timeout(500)
    assert field(page).input_value() == page.locator(".suggested").inner_text()
    page.get_by_role("button", name="Send").click()
    assert len(heard(citizen)) == 1
    page.get_by_label("Nytt notat").fill("Fint")
    page.get_by_role("button", name="Lagre notatet").click()
    page.get_by_role("button", name="Legg tilbake i køen").click()
    expect(page.get_by_role("heading", name="Venter (1)")).to_be_visible()
    plain.close()


def test_who_deletes_the_conversation_takes_it_from_the_page(
    hanne: Page, citizen: WebClient
) -> None:
    take(hanne, citizen)
    citizen.call("DELETE", "conversation")
    expect(hanne.get_by_text("Samtalen er slettet.")).to_be_visible()
    citizen.token = ""
    citizen.token = citizen.call("POST", "conversations").json()["token"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["nb", "nn"])
def test_axe_finds_no_breach_in_any_state(
    console: Console,
    hanne: Page,
    halvor: Page,
    assistant: Server,
    citizen: WebClient,
    shoot: Callable[[Page, str], None],
    scheme: str,
    lang: str,
) -> None:
    del halvor  # He is there, so that a case can be handed on.
    hanne.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    other = WebClient(assistant.url)
    call(
        other,
        "/message",
        id=uuid.uuid4().hex,
        text="Hvem kan jeg ringe?",
        reach="kari@example.org",
        language="nb",
        share=True,
    )
    asks(citizen)
    cases = cases_of(console)
    [waiting], [message] = cases.waiting(), cases.messages()

    def check(name: str) -> None:
        hanne.evaluate(
            "document.querySelectorAll('details').forEach((it) => { it.open = true; })"
        )
        shoot(hanne, f"staff-queue-{name}-{lang}-{scheme}")
        found = Axe().run(hanne, options=RULES)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"
        hanne.set_viewport_size(PHONE)
        assert_no_sideways_scrolling(hanne)
        hanne.set_viewport_size({"width": 1280, "height": 800})

    hanne.goto(f"{console.url}/cases?lang={lang}")
    check("lists")
    hanne.goto(f"{console.url}/cases/{waiting.id}")
    check("waiting")
    hanne.locator("#take").click()
    citizen.say("Hvor mange søkte om penger?")
    expect(hanne.locator(".suggested")).to_be_visible(timeout=LOADING)
    check("answered")
    hanne.locator("#close").click()
    hanne.goto(f"{console.url}/cases/{waiting.id}")
    check("closed")
    hanne.goto(f"{console.url}/cases/{message.id}")
    hanne.locator("#take").click()
    expect(hanne.locator(".suggested")).to_be_visible(timeout=LOADING)
    check("message")
