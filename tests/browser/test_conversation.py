"""A person at the page, from the greeting to the words that prove the answer."""

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from rest_client import Server
from web_client import WebClient

from bot.channels.widget import Widget
from bot.knowledge import KnowledgeBase, load_knowledge
from bot.languages import Language
from bot.settings import PROJECT_DIR

from .browsers import let_read_clipboard, saved
from .conftest import OpenPage
from .moves import (
    PAGE,
    READ,
    ask,
    choose_in_menu,
    field,
    hold_long_conversation,
    log,
    open_long_conversation,
    remember,
    replies,
    show_earlier,
    show_sources,
    without_blanks,
    words_of,
)


def test_before_the_first_message_the_robot_says_what_it_is_and_what_is_kept(
    open_page: OpenPage, shoot: Callable[[Page, str], None]
) -> None:
    page = open_page()
    chat = page.get_by_role("region", name="Spør om helsesatsingen")
    expect(chat).to_contain_text("Jeg er en robot")
    expect(chat.get_by_text("Ikke skriv fødselsnummer")).to_be_visible()
    expect(chat.get_by_text("Roboten kan ta feil")).to_be_visible()
    expect(chat.get_by_text("Mye kan være annerledes nå")).to_be_visible()
    kept = chat.get_by_text("slettes 30 dager etter den siste meldingen")
    expect(kept).to_be_hidden()
    shoot(page, "page-welcome")
    chat.get_by_text("Om samtalen").click()
    expect(kept).to_be_visible()
    expect(kept).to_contain_text("ingen informasjonskapsler")
    shoot(page, "page-welcome-more")


def test_the_text_field_is_described_by_what_not_to_write_in_it(
    open_page: OpenPage,
) -> None:
    page = open_page()
    expect(field(page)).to_have_accessible_description(
        re.compile("kan ta feil.*Ikke skriv fødselsnummer.*Trykk Enter")
    )


def serve_widget(context: BrowserContext, base: KnowledgeBase) -> None:
    """Let the widget hold another content."""
    widget = Widget(base)
    context.route(
        "**/widget/*/*.js",
        lambda route: route.fulfill(
            body=getattr(widget, Path(route.request.url).stem).content,
            content_type="text/javascript",
        ),
    )


def test_a_content_without_status_is_not_said_to_be_old(
    open_page: OpenPage, context: BrowserContext
) -> None:
    chat = (page := open_page()).locator("helse-assistent")
    expect(chat.get_by_text("Mye kan være annerledes nå.")).to_be_visible()
    base = load_knowledge()
    content = base.content.copy(update={"status": None})
    serve_widget(context, dataclasses.replace(base, content=content))
    page.reload()
    expect(chat.get_by_text("Jeg er en robot")).to_be_visible()
    expect(chat.get_by_text("Mye kan være annerledes nå.")).to_have_count(0)


def test_what_a_site_sets_itself_is_said_before_the_first_message(
    open_page: OpenPage, shoot: Callable[[Page, str], None]
) -> None:
    page = open_page()
    words = {
        "welcome": "Hei, du snakker med kommunens robot.",
        "consent": "Du samtykker ved å sende. Les mer på https://kommune.no/samtykke.",
        "contact": "Ring 22 24 90 90, skriv til post@kommune.no, eller se siva.no, "
        "f.eks. nå.",
        "hours": "Vi svarer 08.00–15.30.",
    }
    for name, value in words.items():
        page.locator("helse-assistent").evaluate(
            "(chat, [name, value]) => chat.setAttribute(name, value)", [name, value]
        )
    chat = page.locator("helse-assistent .panel")
    expect(chat).to_contain_text("Hei, du snakker med kommunens robot.")
    expect(chat).not_to_contain_text("«Vil løfte")
    expect(chat.get_by_text("Vi svarer 08.00–15.30.")).to_be_visible()
    shown = [
        (link.inner_text(), link.get_attribute("href"))
        for link in chat.get_by_role("link").all()
    ]
    assert shown == [
        ("https://kommune.no/samtykke", "https://kommune.no/samtykke"),
        ("22 24 90 90", "tel:22249090"),
        ("post@kommune.no", "mailto:post@kommune.no"),
        ("siva.no", "https://siva.no"),
    ]
    shoot(page, "page-welcome-of-a-site")


def test_the_title_and_the_first_questions_are_those_of_the_content(
    open_page: OpenPage, context: BrowserContext
) -> None:
    other = load_knowledge(PROJECT_DIR / "tests" / "second_content" / "knowledge")
    serve_widget(context, other)
    page = open_page("/?lang=nn")
    chat = page.get_by_role("region", name=other.content.title.nn)
    [title] = [other.text_of(b) for b in other.blocks() if b.role == "title"]
    expect(chat).to_contain_text(f"«{title}»")
    for topic in other.content.starters:
        asked = other.wording["nn"].topics[topic].ask or ""
        expect(chat.get_by_role("button", name=asked)).to_be_visible()


def test_a_starter_is_asked_and_the_source_of_its_answer_is_marked(
    open_page: OpenPage, shoot: Callable[[Page, str], None]
) -> None:
    page = open_page()
    page.get_by_role("button", name="Hvem fikk penger?").click()
    expect(replies(page)).to_contain_text("Norinnova")
    passage = show_sources(page).last
    words = words_of(passage)
    passage.click()
    expect(page.locator("article mark").first).to_be_in_viewport()
    assert without_blanks("".join(marked_on(page))) == words
    assert "helseinkubatorenAleapiOslo" in words
    assert words in without_blanks(load_knowledge().announcement)
    expect(page.locator("article mark").first).to_be_focused()
    shoot(page, "page-source")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Tilbake til svaret")).to_be_focused()
    page.keyboard.press("Enter")
    expect(passage).to_be_focused()


def marked_on(page: Page) -> list[str]:
    """Return the words of the passage that is marked in the announcement."""
    return page.locator("article :is(mark, .passage)").all_text_contents()


def test_another_source_takes_the_place_of_the_one_that_was_marked(
    open_page: OpenPage,
) -> None:
    page = open_page()
    ask(page, "Hvem fikk penger?")
    before = page.locator("article").inner_text()
    passages = show_sources(page)
    for number in range(passages.count()):
        passages.nth(number).click()
        words = words_of(passages.nth(number))
        assert without_blanks("".join(marked_on(page))) == words
    page.locator(".back").evaluate("it => it.remove()")
    assert page.locator("article").inner_text() == before


def test_a_follow_up_and_a_suggestion_are_understood(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "Hvem fikk penger i Bergen?")
    expect(ask(page, "og i Tromsø?")).to_contain_text("Norinnova")
    offered = page.get_by_role("group", name="Forslag til spørsmål").get_by_role(
        "button"
    )
    title = offered.first.inner_text()
    offered.first.click()
    expect(log(page)).to_contain_text(title)
    expect(replies(page)).to_have_count(3)


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=document.title='taken'> hvem fikk penger?",
        "<script>document.title='taken'</script>",
        "[lenke](javascript:alert(1)) **fet** &lt;b&gt;",
    ],
)
def test_what_looks_like_a_script_is_shown_as_text(
    open_page: OpenPage, text: str
) -> None:
    page = open_page()
    ask(page, text)
    expect(log(page).get_by_text(text, exact=True)).to_be_visible()
    page.reload()
    expect(log(page).get_by_text(text, exact=True)).to_be_visible()
    assert page.locator("helse-assistent .message img").count() == 0
    assert page.title() != "taken"


def test_the_conversation_and_the_draft_survive_a_reload(open_page: OpenPage) -> None:
    page = open_page()
    said = ask(page, "Hvem fikk penger?").inner_text()
    field(page).fill("og hvor mye")
    page.reload()
    expect(replies(page)).to_have_text(said, use_inner_text=True)
    expect(field(page)).to_have_value("og hvor mye")


def test_two_answers_in_one_reply_stand_in_lines_of_their_own(
    open_page: OpenPage,
) -> None:
    reply = ask(open_page(), "Hva er en inkubator? Og hvor mange søkte?")
    assert "\n" in reply.inner_text()


def test_a_thumb_with_a_comment_is_kept(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "Hvem fikk penger?")
    page.get_by_role("button", name="Svaret hjalp ikke").click()
    page.get_by_role("textbox", name=re.compile("Vil du si mer")).fill("For kort")
    page.get_by_role("button", name="Send kommentaren").click()
    expect(page.get_by_text("Takk for tilbakemeldingen")).to_be_attached()
    page.reload()
    thumb = page.get_by_role("button", name="Svaret hjalp ikke")
    expect(thumb).to_have_attribute("aria-pressed", "true")


def test_an_answer_is_copied_with_its_source(open_page: OpenPage, context) -> None:
    let_read_clipboard(context)
    page = open_page()
    ask(page, "Hvem fikk penger?")
    said = reply_text(page)
    page.get_by_role("button", name="Kopier svaret").click()
    expect(page.get_by_text("Svaret er kopiert")).to_be_attached()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert said in copied
    assert "De seks innovasjonsmiljøene som har fått penger" in copied


def save(page: Page, label: str = "Lagre samtalen", menu: str = "Meny") -> str:
    """Save the conversation and return what the file holds."""

    def choose() -> None:
        page.get_by_role("button", name=menu, exact=True).click()
        page.get_by_role("button", name=label, exact=True).click()

    name, text = saved(page, choose)
    assert name.endswith(".txt")
    return text


def token_of(page: Page) -> str:
    """Return the token that the browser holds."""
    return page.evaluate(
        "JSON.parse(localStorage.getItem(`helse-assistent:${location.origin}`)).token"
    )


def reply_text(page: Page) -> str:
    """Return the text of the newest reply, as the server keeps it."""
    return page.evaluate(
        """async (token) => {
          const headers = { Authorization: `Bearer ${token}` };
          const response = await fetch("/api/conversation", { headers });
          const { turns } = await response.json();
          return turns.at(-1).reply.text;
        }""",
        token_of(page),
    )


def test_a_conversation_is_saved_as_text(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "Hvem fikk penger?")
    said = reply_text(page)
    text = save(page)
    assert "Hvem fikk penger?" in text
    assert said in text
    assert "Sitat fra kunngjøringen, «Vil løfte norsk helsenæring" in text
    assert "helseinkubatoren Aleap i Oslo" in text.split("Sitat fra")[1]


def test_the_saved_file_holds_the_feedback_beneath_the_reply_that_it_is_about(
    open_page: OpenPage,
) -> None:
    page = open_page()
    ask(page, "Hvem fikk penger?")
    page.get_by_role("button", name="Svaret hjalp ikke").click()
    page.get_by_role("textbox", name=re.compile("Vil du si mer")).fill("For kort")
    page.get_by_role("button", name="Send kommentaren").click()
    expect(page.get_by_text("Takk for tilbakemeldingen")).to_be_attached()
    ask(page, "Hva er en inkubator?")
    rated, unrated = save(page).split("Hva er en inkubator?")
    assert "Tilbakemeldingen din: Svaret hjalp ikke.\n«For kort»\n\nDu, " in rated
    assert "Tilbakemelding" not in unrated


@pytest.mark.parametrize(
    ("lang", "label", "menu", "told"),
    [
        ("nb", "Lagre samtalen", "Meny", "kan du gi denne ID-en til dem som driver"),
        ("nn", "Lagre samtalen", "Meny", "kan du gje denne ID-en til dei som driv"),
        ("en", "Save the conversation", "Menu", "give this ID to the people who"),
    ],
)
def test_the_saved_file_holds_the_id_of_the_conversation_and_never_its_token(
    open_page: OpenPage, lang: str, label: str, menu: str, told: str
) -> None:
    page = open_page(f"/?lang={lang}")
    page.locator(".suggestions").get_by_role("button").first.click()
    expect(replies(page)).to_have_count(1)
    text = save(page, label, menu)
    conversation, *secret = token_of(page).split(".")
    assert len(secret) == 2
    assert f"ID: {conversation}\n" in text
    assert told in text
    assert not [part for part in secret if part in text]


def test_a_conversation_longer_than_what_is_shown_is_saved_whole(
    open_page: OpenPage, server: Server
) -> None:
    person = WebClient(server.url)
    first = person.say("Hvem fikk penger?")
    assert person.rate(first["id"], rating="up", comment="Bra").status_code == 204
    for number in range(PAGE + 1):
        person.say(f"hei {number}")
    page = open_page()
    remember(page, person.token)
    expect(replies(page)).to_have_count(PAGE)
    text = save(page)
    assert "«Bra»" in text
    assert len(re.findall("^Du, ", text, re.MULTILINE)) == PAGE + 2
    said = re.findall(r"^hei (\d+)$", text, re.MULTILINE)
    assert said == [str(number) for number in range(PAGE + 1)]
    page.get_by_role("button", name="Vis eldre meldinger").click()
    expect(replies(page)).to_have_count(PAGE + 2)
    expect(page.get_by_role("button", name="Vis eldre meldinger")).to_be_hidden()
    expect(replies(page).first).to_contain_text("Tromsø")


def test_earlier_messages_are_shown_when_asked_and_what_was_read_stays_in_place(
    open_page: OpenPage,
    context: BrowserContext,
    server: Server,
    shoot: Callable[[Page, str], None],
) -> None:
    hold_long_conversation(context, 2 * PAGE + 50)
    page = open_long_conversation(open_page, server)
    first = log(page).get_by_text("Spørsmål 250.")
    expect(log(page).get_by_text("Spørsmål 449.")).to_be_in_viewport()
    show_earlier(page).scroll_into_view_if_needed()
    before = first.bounding_box()
    shoot(page, "widget-earlier")
    show_earlier(page).click()
    expect(replies(page)).to_have_count(2 * PAGE)
    page.wait_for_timeout(200)  # The browser may move what is shown later, too.
    after = first.bounding_box()
    assert abs(after["y"] - before["y"]) < 2
    expect(log(page).get_by_text("Spørsmål 249.")).to_be_in_viewport()
    show_earlier(page).click()
    expect(replies(page)).to_have_count(2 * PAGE + 50)
    expect(show_earlier(page)).to_be_hidden()
    shown = page.locator("helse-assistent .message.person .text").all_inner_texts()
    assert shown == [f"Spørsmål {number}." for number in range(2 * PAGE + 50)]


def test_earlier_messages_stay_when_the_latest_are_fetched_again(
    open_page: OpenPage, context: BrowserContext, server: Server
) -> None:
    hold_long_conversation(context, PAGE + 50)
    page = open_long_conversation(open_page, server)
    show_earlier(page).click()
    expect(replies(page)).to_have_count(PAGE + 50)
    with page.expect_response(READ):
        page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.wait_for_timeout(200)
    expect(replies(page)).to_have_count(PAGE + 50)
    expect(show_earlier(page)).to_be_hidden()


def test_a_short_conversation_has_no_earlier_messages_to_show(
    open_page: OpenPage,
) -> None:
    page = open_page()
    ask(page, "Hei")
    expect(show_earlier(page)).to_be_hidden()


def test_a_conversation_that_cannot_be_fetched_whole_is_not_saved_in_part(
    open_page: OpenPage, context: BrowserContext, server: Server
) -> None:
    hold_long_conversation(context, PAGE + 50)
    page = open_long_conversation(open_page, server)
    page.route(re.compile(r"\?before="), lambda route: route.abort())
    choose_in_menu(page, "Lagre samtalen")
    fault = "Samtalen ble ikke lagret. Jeg får ikke kontakt med serveren."
    expect(page.get_by_text(fault)).to_be_visible()
    show_earlier(page).click()
    expect(page.get_by_text("Eldre meldinger ble ikke hentet.")).to_be_visible()
    expect(show_earlier(page)).to_be_focused()
    open_page.faults.clear()


def test_what_is_here_is_saved_when_the_server_is_away_and_it_is_all(
    open_page: OpenPage,
) -> None:
    page = open_page()
    ask(page, "Hvem fikk penger?")
    said = reply_text(page)
    page.route(READ, lambda route: route.abort())
    assert said in save(page)
    open_page.faults.clear()


def test_a_deleted_conversation_is_gone_here_and_on_the_server(
    open_page: OpenPage, shoot: Callable[[Page, str], None]
) -> None:
    page = open_page()
    ask(page, "Hvem fikk penger?")
    choose_in_menu(page, "Slett samtalen")
    shoot(page, "widget-delete")
    expect(page.locator("helse-assistent .question .primary")).to_have_count(0)
    page.get_by_role("button", name="Slett samtalen", exact=True).last.click()
    expect(page.get_by_text("Samtalen er slettet").first).to_be_attached()
    expect(replies(page)).to_have_count(0)
    page.reload()
    expect(page.get_by_role("button", name="Hvem fikk penger?")).to_be_visible()
    expect(replies(page)).to_have_count(0)


def test_the_first_choice_of_whoever_starts_again_deletes_nothing(
    open_page: OpenPage, shoot: Callable[[Page, str], None]
) -> None:
    page = open_page()
    ask(page, "Hei")
    choose_in_menu(page, "Start på nytt")
    shoot(page, "widget-leave")
    choices = page.locator("helse-assistent .question").get_by_role("button")
    expect(choices).to_have_text(["Start på nytt", "Slett og start på nytt", "Avbryt"])
    expect(page.locator("helse-assistent .question .primary")).to_have_text(
        "Start på nytt"
    )
    expect(page.get_by_role("button", name="Avbryt")).to_be_focused()


def test_deleting_does_not_look_like_saving(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "Hei")
    page.get_by_role("button", name="Meny", exact=True).click()
    looks = [
        page.get_by_role("button", name=name).evaluate(
            "it => [getComputedStyle(it).color, it.querySelector('path').outerHTML]"
        )
        for name in ("Lagre samtalen", "Slett samtalen")
    ]
    assert looks[0][0] != looks[1][0]
    assert looks[0][1] != looks[1][1]


def test_what_the_server_left_out_of_a_message_does_not_stay_on_screen(
    open_page: OpenPage, shoot: Callable[[Page, str], None]
) -> None:
    page = open_page()
    ask(page, "Mitt fødselsnummer er 01019012345. Hvem fikk penger?")
    expect(log(page)).to_contain_text("Mitt fødselsnummer er [fødselsnummer].")
    expect(log(page)).not_to_contain_text("01019012345")
    shoot(page, "widget-masked")


def test_a_message_that_is_too_long_is_explained_and_not_sent(
    open_page: OpenPage, shoot: Callable[[Page, str], None]
) -> None:
    page = open_page()
    ask(page, "Hei")
    field(page).fill("å" * 950)
    expect(page.get_by_text("50 tegn igjen").first).to_be_attached()
    field(page).fill("😀" * 1003)
    expect(page.get_by_text("3 tegn for lang").first).to_be_visible()
    field(page).press("Enter")
    shoot(page, "widget-too-long")
    expect(replies(page)).to_have_count(1)
    expect(field(page)).to_have_value("😀" * 1003)


@pytest.mark.parametrize(("choice", "code"), [("Nynorsk", "nn"), ("English", "en")])
def test_the_interface_changes_language(
    open_page: OpenPage,
    shoot: Callable[[Page, str], None],
    choice: str,
    code: Language,
) -> None:
    base = load_knowledge()
    title = base.content.title.into(code)
    question = base.wording[code].topics["recipients.list"].ask
    page = open_page()
    choose_in_menu(page, choice)
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    page.get_by_role("button", name=question).click()
    expect(replies(page)).to_contain_text("Tromsø")
    expect(replies(page)).to_have_attribute("lang", code)
    shoot(page, f"widget-{code}")
    page.reload()
    expect(page.get_by_role("heading", name=title)).to_be_visible()


@pytest.mark.parametrize(
    ("lang", "said"), [("nn", "Eg er ein robot"), ("en", "I’m a chatbot")]
)
def test_the_chat_follows_the_language_of_the_page(
    open_page: OpenPage, lang: str, said: str
) -> None:
    page = open_page(f"/?lang={lang}")
    expect(page.locator("helse-assistent .panel")).to_contain_text(said)
    assert page.locator("helse-assistent .root").get_attribute("lang") == lang
