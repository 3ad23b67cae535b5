"""What a site steers the chat by: attributes, methods, events, and the frame."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect
from rest_client import Server

from bot.channels.widget import Widget
from bot.knowledge import load_knowledge

from .browsers import SCHEMES
from .conftest import OpenPage
from .moves import field, replies

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
RULES = {"runOnly": {"type": "tag", "values": WCAG}}
LOADER = Widget(load_knowledge()).loader
EVENTS = ("ready", "open", "close", "message", "source", "error")
HEARD = """
window.heard = [];
for (const name of NAMES) {
  const note = ({ detail }) => heard.push([name, detail]);
  document.addEventListener(`helse-${name}`, note);
}
"""
Embed = Callable[..., Page]


@pytest.fixture
def embed(
    open_page: OpenPage, embedding_site: str, site_folder: Path, server: Server
) -> Embed:
    """Opens a page of another site with an element, and notes its events."""
    script = (
        f'<script type="module" crossorigin src="{server.url}/widget/{LOADER.path}" '
        f'integrity="{LOADER.integrity}"></script>'
    )

    def embed(body: str, lang: str = "nb", before: str = "") -> Page:
        heard = HEARD.replace("NAMES", json.dumps(EVENTS))
        page = (
            f'<!doctype html><html lang="{lang}"><meta charset="utf-8">'
            f"<title>Kommunen</title><link rel=icon href=data:,>"
            f"<script>{heard}</script><body>{body}<script>{before}</script>{script}"
        )
        (site_folder / "made.html").write_text(page, "utf-8")
        return open_page(f"{embedding_site}/made.html")

    return embed


def launcher(page: Page) -> Locator:
    return page.locator("helse-assistent .launcher")


def call(page: Page, script: str) -> Any:
    """Do something with the element, called `chat`."""
    wrapped = f"const chat = document.querySelector('helse-assistent'); return {script}"
    return page.evaluate(f"async () => {{ {wrapped} }}")


def heard(page: Page) -> list[list[Any]]:
    return list(page.evaluate("window.heard"))


def hear(page: Page, *names: str) -> list[Any]:
    """Wait for events, in this order, and return their details."""
    page.wait_for_function("number => window.heard.length >= number", arg=len(names))
    events = heard(page)
    assert [name for name, _ in events] == list(names)
    return [detail for _, detail in events]


def test_the_events_tell_what_happens_and_not_what_is_said(embed: Embed) -> None:
    page = embed("<helse-assistent></helse-assistent>", "nn")
    hear(page, "ready")
    launcher(page).click()
    page.get_by_role("button", name="Kven fekk pengar?").click()
    hear(page, "ready", "open", "message")
    page.get_by_role("button", name="Lukk samtalen").click()
    *_, message, _ = hear(page, "ready", "open", "message", "close")
    assert message == {"kind": "answer", "language": "nn"}


def test_a_fault_is_told_by_its_code(embed: Embed) -> None:
    page = embed("<helse-assistent open></helse-assistent>")
    page.route("**/api/conversations", lambda route: route.abort())
    field(page).fill("Hvem fikk penger?")
    field(page).press("Enter")
    *_, fault = hear(page, "ready", "open", "error")
    assert fault == {"code": "unreachable"}
    page.unroute("**/api/conversations")
    expect(page.get_by_text("Ikke sendt.")).to_be_visible()


@pytest.fixture(autouse=True)
def _forgive_aborted(open_page: OpenPage, request: pytest.FixtureRequest) -> Any:
    """Let a test that cuts the line have the browser say so."""
    yield
    if request.node.name.startswith(("test_a_fault", "test_a_chat_that_is_not")):
        open_page.faults.clear()


def test_a_site_opens_asks_and_closes(embed: Embed) -> None:
    page = embed("<helse-assistent></helse-assistent>")
    assert call(page, "await chat.ask(' Hvem fikk penger? ')") is True
    expect(replies(page)).to_contain_text("Norinnova – Tromsø")
    expect(field(page)).to_be_focused()
    # The second waits for the first.
    call(
        page,
        "[chat.ask('Hvor mange søkte?'), chat.ask('Hvem er Siva?'), chat.ask(' ')]",
    )
    expect(replies(page)).to_have_count(3)
    call(page, "chat.close()")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert call(page, "await chat.open()") is True
    expect(replies(page)).to_have_count(3)


def test_a_site_has_its_own_words_in_each_language(embed: Embed) -> None:
    page = embed(
        """<helse-assistent heading="Spør oss" heading-nn="Spør oss, du"
          welcome="Velkommen til kommunen." starters="Hvem er Siva? | Hvor mange søkte?"
        ></helse-assistent>"""
    )
    page.get_by_role("button", name="Spør oss", exact=True).click()
    chat = page.get_by_role("dialog", name="Spør oss")
    expect(chat).to_contain_text("Velkommen til kommunen.")
    starters = chat.get_by_role("group", name="Forslag til spørsmål").get_by_role(
        "button"
    )
    expect(starters).to_have_text(["Hvem er Siva?", "Hvor mange søkte?"])
    call(page, "chat.setAttribute('welcome', 'Hei på deg.')")
    expect(chat).to_contain_text("Hei på deg.")
    call(page, "chat.language = 'nn'")
    expect(page.get_by_role("dialog", name="Spør oss, du")).to_be_visible()
    assert call(page, "chat.language") == "nn"


def test_what_a_framework_sets_before_the_element_is_defined_holds(
    embed: Embed,
) -> None:
    page = embed(
        "<helse-assistent></helse-assistent>",
        before="document.querySelector('helse-assistent').language = 'en'",
    )
    expect(launcher(page)).to_have_text("Ask about the health initiative")


def test_an_element_that_a_script_makes_works_like_one_in_the_page(
    embed: Embed,
) -> None:
    page = embed("")
    page.evaluate(
        """async () => {
          await customElements.whenDefined("helse-assistent");
          const chat = document.createElement("helse-assistent");
          chat.setAttribute("heading", "Spør oss");
          document.body.append(chat);
        }"""
    )
    page.get_by_role("button", name="Spør oss").click()
    expect(page.get_by_role("dialog", name="Spør oss")).to_be_visible()


def test_the_sites_own_question_is_asked_once(embed: Embed) -> None:
    page = embed("<helse-assistent question='Hvem er Siva?'></helse-assistent>")
    launcher(page).click()
    expect(replies(page)).to_have_count(1)
    for _ in range(2):
        call(page, "[chat.close(), chat.open()]")
    page.reload()
    expect(replies(page)).to_have_count(1)
    expect(page.get_by_text("Hvem er Siva?", exact=True)).to_have_count(1)


def test_without_the_button_a_site_opens_the_chat_by_its_own(embed: Embed) -> None:
    page = embed(
        """<button onclick="chat.open()">Hjelp</button>
        <helse-assistent id="chat" launcher="hidden"></helse-assistent>"""
    )
    own = page.get_by_role("button", name="Hjelp")
    own.click()
    expect(field(page)).to_be_focused()
    expect(launcher(page)).to_be_hidden()
    page.keyboard.press("Escape")
    expect(own).to_be_focused()


@pytest.mark.parametrize(
    "position", ["bottom-right", "bottom-left", "top-right", "top-left"]
)
def test_the_chat_stands_in_the_corner_that_the_site_chooses(
    embed: Embed, position: str
) -> None:
    page = embed(f"<helse-assistent position={position} open></helse-assistent>")
    expect(field(page)).to_be_visible()
    button = launcher(page).bounding_box()
    panel = page.get_by_role("dialog").bounding_box()
    assert button
    assert panel
    vertical, horizontal = position.split("-")
    for box in (button, panel):
        left, right = box["x"], 1280 - box["x"] - box["width"]
        assert (left < right) == (horizontal == "left")
        assert 0 <= box["y"] <= 800 - box["height"]
    assert (button["y"] < panel["y"]) == (vertical == "top")
    overlap = min(button["y"] + button["height"], panel["y"] + panel["height"]) - max(
        button["y"], panel["y"]
    )
    assert overlap <= 0


def test_the_site_sets_the_layer_and_the_distance(embed: Embed) -> None:
    page = embed("<helse-assistent></helse-assistent>")
    page.evaluate(
        """() => {
          const style = new CSSStyleSheet();
          style.replaceSync(
            "helse-assistent { --helse-layer: 7; --helse-offset: 80px }");
          document.adoptedStyleSheets.push(style);
        }"""
    )
    assert call(page, "getComputedStyle(chat).zIndex") == "7"
    box = launcher(page).bounding_box()
    assert box
    assert box["y"] + box["height"] == pytest.approx(720, abs=1)


def test_of_two_chats_on_a_page_one_shows_and_hears_what_the_other_is_told(
    embed: Embed,
) -> None:
    page = embed(
        """<helse-assistent id=a></helse-assistent>
        <helse-assistent id=b></helse-assistent>"""
    )
    expect(page.locator(".launcher:visible")).to_have_count(1)
    page.evaluate("document.querySelector('#b').ask('Hvem er Siva?')")
    expect(page.locator("#a .message.robot .text")).to_have_count(1)
    page.evaluate("document.querySelector('#a').remove()")
    expect(page.locator("#b .launcher")).to_be_visible()


def test_beside_a_chat_in_the_page_none_floats(embed: Embed) -> None:
    page = embed(
        """<helse-assistent id=floating></helse-assistent>
        <div><helse-assistent placement=inline id=inline></helse-assistent></div>"""
    )
    expect(page.get_by_role("region")).to_be_visible()
    expect(page.locator("#floating .launcher")).to_be_hidden()
    page.evaluate("document.querySelector('#floating').ask('Hvem er Siva?')")
    expect(page.locator("#inline .message.robot .text")).to_have_count(1)


def test_a_chat_that_is_moved_in_the_page_goes_on(embed: Embed) -> None:
    page = embed("<main></main><helse-assistent></helse-assistent>")
    call(page, "await chat.ask('Hvem er Siva?')")
    expect(replies(page)).to_have_count(1)
    call(page, "document.querySelector('main').append(chat)")
    expect(replies(page)).to_have_count(1)
    page.evaluate("document.documentElement.lang = 'en'")
    expect(page.get_by_role("textbox", name="Write a question")).to_be_visible()
    assert [name for name, _ in heard(page)].count("ready") == 1


@pytest.mark.parametrize("body", ["export const createChat = 1;", None])
def test_a_chat_that_is_not_what_the_loader_vouches_for_does_not_run(
    embed: Embed, body: str | None
) -> None:
    page = embed("<helse-assistent><p>Ring oss på 22 24 90 90.</p></helse-assistent>")
    cors = {"Access-Control-Allow-Origin": "*"}
    page.route(
        "**/widget/*/chat.js*",
        lambda route: (
            route.fulfill(body=body, content_type="text/javascript", headers=cors)
            if body
            else route.abort()
        ),
    )
    launcher(page).click()
    expect(page.get_by_role("alert")).to_have_text(
        "Samtalen kunne ikke åpnes. Prøv igjen."
    )
    expect(page.get_by_text("Ring oss på")).to_be_visible()
    *_, fault = hear(page, "ready", "error")
    assert fault == {"code": "not_loaded"}
    page.unroute("**/widget/*/chat.js*")
    launcher(page).click()
    expect(field(page)).to_be_focused()
    expect(page.get_by_role("alert")).to_be_hidden()
    expect(page.get_by_text("Ring oss på")).to_be_hidden()


def test_an_inline_chat_that_cannot_be_loaded_leaves_what_stands_there(
    embed: Embed, context: BrowserContext, open_page: OpenPage
) -> None:
    context.route("**/widget/*/chat.js*", lambda route: route.abort())
    page = embed("<helse-assistent placement=inline><p>Ring oss.</p></helse-assistent>")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_text("Ring oss.")).to_be_visible()
    context.unroute("**/widget/*/chat.js*")
    launcher(page).click()
    expect(field(page)).to_be_visible()
    open_page.faults.clear()


FRAME = """
<script>
  window.told = [];
  addEventListener("message", ({ origin, data }) => told.push([origin, data]));
</script>
<iframe title="Spør" width="400" height="600" src="{url}/embed?lang=nn&theme=dark
&heading=Spør%20oss&source=parent"></iframe>
"""


def test_the_chat_in_a_frame_is_steered_by_its_address_and_by_messages(
    embed: Embed, server: Server
) -> None:
    page = embed(FRAME.replace("{url}", server.url).replace("\n&", "&"))
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("region", name="Spør oss")).to_be_visible()
    page.evaluate(
        """document.querySelector("iframe").contentWindow.postMessage(
          { target: "helse-assistent", command: "ask", text: "Kven fekk pengar?" },
          "*")"""
    )
    expect(frame.locator(".message.robot .text")).to_contain_text("Norinnova")
    page.wait_for_function("window.told.length >= 3")
    told = page.evaluate("window.told")
    assert {origin for origin, _ in told} == {server.url}
    assert [data["event"] for _, data in told] == ["ready", "open", "message"]
    message = {"kind": "answer", "language": "nn"}
    assert told[2][1] == {
        "source": "helse-assistent",
        "event": "message",
        "detail": message,
    }
    page.evaluate(
        """document.querySelector("iframe").contentWindow.postMessage(
          { target: "helse-assistent", command: "language", language: "en" }, "*")"""
    )
    expect(frame.get_by_role("textbox", name="Write a question")).to_be_visible()


def test_by_itself_the_page_for_frames_says_nothing_that_its_address_says(
    open_page: OpenPage,
) -> None:
    page = open_page(
        "/embed?heading=Ring%20815&question=Hvem%20er%20Siva%3F&theme=dark"
    )
    expect(page.get_by_role("region", name="Spør om helsesatsingen")).to_be_visible()
    expect(field(page)).to_be_visible()
    assert replies(page).count() == 0
    assert "815" not in page.locator("body").inner_text()
    assert call(page, "chat.getAttribute('theme')") == "dark"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_no_fault_in_what_a_site_embeds(
    embed: Embed, open_page: OpenPage, context: BrowserContext, scheme: Any
) -> None:
    context.route("**/widget/*/chat.js*", lambda route: route.abort())
    page = embed(
        """<main><h1>Kommunen</h1></main>
        <helse-assistent><p>Ring <a href="tel:22249090">22 24 90 90</a>.</p>
        </helse-assistent>"""
    )
    page.emulate_media(color_scheme=scheme)
    assert Axe().run(page, options=RULES).violations_count == 0
    launcher(page).click()
    expect(page.get_by_role("alert")).to_be_visible()
    failed = Axe().run(page, options=RULES)
    assert failed.violations_count == 0, failed.generate_report()
    context.unroute("**/widget/*/chat.js*")
    frame = open_page("/embed")
    frame.emulate_media(color_scheme=scheme)
    expect(field(frame)).to_be_visible()
    framed = Axe().run(frame, options=RULES)
    assert framed.violations_count == 0, framed.generate_report()
    open_page.faults.clear()
