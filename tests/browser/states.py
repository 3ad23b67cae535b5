"""What the chat can look like, and how one comes there."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from .moves import SEND, answer_with, ask, choose_in_menu, field, replies, show_sources

State = Callable[[Page], None]


def welcome(page: Page) -> None:
    """Nothing was asked yet."""
    expect(page.get_by_role("button", name="Hvem fikk penger?")).to_be_visible()


def about(page: Page) -> None:
    """What is told of the chat, unfolded."""
    page.get_by_text("Om samtalen").click()


def answered(page: Page) -> None:
    """An answer with its source."""
    ask(page, "Når legges helsenæringsmeldingen frem?")


def quoted(page: Page) -> None:
    """An answer that quotes somebody."""
    expect(ask(page, "Hva sier ministeren?")).to_contain_text("Røe Isaksen")


def listed(page: Page) -> None:
    """An answer that is a list, with all that proves it in sight."""
    expect(ask(page, "Hvem fikk penger?")).to_contain_text("Tromsø")
    show_sources(page)


def conversation(page: Page) -> None:
    """An answer, and the form for a comment on it."""
    listed(page)
    page.get_by_role("button", name="Svaret hjalp", exact=True).click()
    expect(page.get_by_role("button", name="Send kommentaren")).to_be_visible()


def not_stated(page: Page) -> None:
    """The announcement does not say."""
    ask(page, "Når ble kunngjøringen publisert?")


def asked_back(page: Page) -> None:
    """The chat asks which question was meant."""
    ask(page, "uio da, penger eller ei")


def handed_over(page: Page) -> None:
    """The chat says who can be asked."""
    ask(page, "Jeg vil snakke med et menneske")


def links(page: Page) -> None:
    """An answer with links among its words."""
    answer_with(
        page,
        text="Ring 116 117, eller se siva.no.",
        kind="handover",
        links=[
            {"title": "116 117", "url": "tel:116117"},
            {"title": "siva.no", "url": "https://siva.no"},
        ],
    )
    ask(page, "Hvem kan jeg ringe?")
    expect(replies(page).get_by_role("link")).to_have_count(2)


def blocks(page: Page) -> None:
    """An answer of figures, lists, one of them folded, a sum and a quote."""
    quote = {"text": "Blant 43 søkere", "marked": True}
    term = {"value": "43", "label": "søkere"}
    names = {"type": "list", "items": [{"text": "Aleap", "detail": "Oslo"}]}
    answer_with(
        page,
        kind="answer",
        blocks=[
            {"type": "text", "parts": [{"text": "6 millioner", "figure": True}]},
            names,
            {**names, "summary": "De samme seks"},
            {"type": "sum", "terms": [term], "equals": "=", "result": term},
            {"type": "quote", "passages": [{"start": 1, "end": 16, "parts": [quote]}]},
        ],
    )
    ask(page, "Hvor mye?")
    expect(page.get_by_text("De samme seks")).to_be_visible()


def source(page: Page) -> None:
    """The words that prove an answer are marked in the announcement."""
    ask(page, "Hvem fikk penger?")
    show_sources(page).first.click()
    expect(page.locator("article mark").first).to_be_focused()


def menu(page: Page) -> None:
    """The menu is open."""
    page.get_by_role("button", name="Meny", exact=True).click()


def full_menu(page: Page) -> None:
    """The menu is open, with what can be done with a conversation."""
    ask(page, "Hei")
    menu(page)


def leave(page: Page) -> None:
    """The question before one starts anew."""
    ask(page, "Hei")
    choose_in_menu(page, "Start på nytt")


def deletion(page: Page) -> None:
    """The question before a conversation is deleted."""
    ask(page, "Hei")
    choose_in_menu(page, "Slett samtalen")


def not_sent(page: Page) -> None:
    """A message that the server did not get."""
    page.route(SEND, lambda route: route.abort())
    field(page).fill("Hvem fikk penger?")
    field(page).press("Enter")
    expect(page.get_by_role("button", name="Prøv igjen")).to_be_visible()


def too_long(page: Page) -> None:
    """A message that is longer than what is taken."""
    field(page).fill("å" * 1001)


STATES: dict[str, State] = {
    state.__name__: state
    for state in (
        welcome,
        about,
        answered,
        quoted,
        listed,
        conversation,
        not_stated,
        asked_back,
        handed_over,
        links,
        blocks,
        source,
        full_menu,
        leave,
        deletion,
        not_sent,
        too_long,
    )
}


def closed(page: Page) -> None:
    """No more than the button that opens the chat on another site."""
    expect(page.get_by_role("button", name="Spør om helsesatsinga")).to_be_visible()


def opened(page: Page) -> None:
    """The chat on another site."""
    closed(page)
    page.get_by_role("button", name="Spør om helsesatsinga").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def embedded_answer(page: Page) -> None:
    """An answer on another site."""
    opened(page)
    page.get_by_role("button", name="Kven fekk pengar?").click()
    expect(replies(page)).to_contain_text("Tromsø")


# On a site of another origin, in Nynorsk.
EMBEDDED_STATES: dict[str, State] = {
    state.__name__: state for state in (closed, opened, embedded_answer)
}
