"""A reply is shown as it was given: its blocks, its links and its buttons."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from bot.knowledge import load_knowledge

from .browsers import let_read_clipboard
from .conftest import OpenPage
from .moves import (
    SEND,
    answer_with,
    ask,
    field,
    replies,
    show_sources,
    turn,
)

BASE = load_knowledge()

CONTACTS: dict[str, Any] = {
    "kind": "handover",
    "text": "Ring 113. Se siva.no, eller skriv til post@example.org. Siva.no svarer.",
    "links": [
        {"title": "113", "url": "tel:113"},
        {"title": "siva.no", "url": "https://siva.no"},
        {"title": "post@example.org", "url": "mailto:post@example.org"},
        {"title": "Siva.no", "url": "https://siva.no"},
    ],
}
CHOICES: dict[str, Any] = {
    "kind": "clarify",
    "text": "Mener du dette?\n1. Hvem fikk penger?\n2. Hvor mye?\nSvar med et tall.",
    "buttons": [
        {"title": "Hvem fikk penger?", "payload": '/ask_topic{"topic": "a.b"}'},
        {"title": "Hvor mye?", "payload": '/ask_topic{"topic": "a.c"}'},
        {"title": "Noe annet", "payload": "/something_else"},
    ],
}


def links_of(page: Page) -> list[tuple[str, str, str | None]]:
    """Return the text, the address and the target of each link in the replies."""
    return [
        (link.inner_text(), link.get_attribute("href"), link.get_attribute("target"))
        for link in replies(page).get_by_role("link").all()
    ]


def test_the_contacts_in_a_reply_are_links_that_lead_there(
    open_page: OpenPage, shoot: Callable[[Page, str], None]
) -> None:
    page = open_page()
    answer_with(page, **CONTACTS)
    reply = ask(page, "Hvem kan hjelpe?")
    expect(reply).to_have_text(CONTACTS["text"])
    assert links_of(page) == [
        ("113", "tel:113", None),
        ("siva.no", "https://siva.no", "_blank"),
        ("post@example.org", "mailto:post@example.org", None),
        ("Siva.no", "https://siva.no", "_blank"),
    ]
    shoot(page, "widget-links")


def test_a_page_that_a_reply_names_opens_in_a_tab_that_knows_nothing_of_this_one(
    open_page: OpenPage, context: BrowserContext
) -> None:
    context.route(
        "https://siva.no/**",
        lambda route: route.fulfill(body="<p>Siva</p>", content_type="text/html"),
    )
    page = open_page()
    answer_with(page, **CONTACTS)
    link = ask(page, "Hvem kan hjelpe?").get_by_role("link", name="siva.no").first
    with page.expect_popup() as opened:
        link.click()
    expect(opened.value.get_by_text("Siva")).to_be_visible()
    assert opened.value.url == "https://siva.no/"
    assert opened.value.evaluate("window.opener") is None


def test_a_conversation_that_comes_back_has_its_links_and_older_replies_have_none(
    open_page: OpenPage,
) -> None:
    page = open_page()
    answer_with(page, text="Se siva.no.")
    ask(page, "Hei")
    turns = [
        turn({"id": "older-one", "text": "Hei"}, text="Se siva.no."),
        turn({"id": "newer-one", "text": "Hvem kan hjelpe?"}, **CONTACTS),
    ]
    page.route(
        "**/api/conversation", lambda route: route.fulfill(json={"turns": turns})
    )
    page.reload()
    expect(replies(page)).to_have_text(["Se siva.no.", CONTACTS["text"]])
    expect(replies(page).get_by_role("link")).to_have_count(len(CONTACTS["links"]))


@pytest.mark.parametrize(
    "url",
    ["javascript:document.title='taken'", "data:text/html,hei", "//siva.no", "siva.no"],
)
def test_an_address_of_another_kind_stays_text(open_page: OpenPage, url: str) -> None:
    page = open_page()
    answer_with(page, text="Se siva.no.", links=[{"title": "siva.no", "url": url}])
    expect(ask(page, "Hei")).to_have_text("Se siva.no.")
    assert links_of(page) == []


def test_what_looks_like_markup_in_a_reply_is_text(open_page: OpenPage) -> None:
    page = open_page()
    text = "<b>Se</b> <i>siva.no</i> &amp; ."
    link = {"title": "<i>siva.no</i>", "url": 'https://siva.no/?a="><img src=x>'}
    answer_with(page, text=text, links=[link])
    expect(ask(page, "Hei")).to_have_text(text)
    assert replies(page).locator("b, i, img").count() == 0


def test_a_link_is_reached_by_keyboard_and_shows_its_focus(open_page: OpenPage) -> None:
    page = open_page()
    answer_with(page, **CONTACTS)
    ask(page, "Hvem kan hjelpe?")
    link = replies(page).get_by_role("link").last
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if link.evaluate("it => it.matches(':focus')"):
            break
    expect(link).to_be_focused()
    expect(link).to_have_css("outline-style", "solid")
    expect(link).to_have_css("text-decoration-line", "underline")


def test_a_reply_with_links_is_copied_as_it_reads(
    open_page: OpenPage, context: BrowserContext
) -> None:
    let_read_clipboard(context)
    page = open_page()
    answer_with(page, **CONTACTS)
    ask(page, "Hvem kan hjelpe?")
    page.get_by_role("button", name="Kopier svaret").click()
    expect(page.get_by_text("Svaret er kopiert")).to_be_attached()
    assert page.evaluate("navigator.clipboard.readText()") == CONTACTS["text"]


def test_the_questions_of_a_reply_that_asks_back_have_a_line_each(
    open_page: OpenPage, shoot: Callable[[Page, str], None]
) -> None:
    page = open_page()
    answer_with(page, **CHOICES)
    reply = ask(page, "penger")
    assert reply.inner_text().splitlines() == CHOICES["text"].splitlines()
    group = page.get_by_role("group", name="Forslag til spørsmål")
    expect(group.get_by_role("button")).to_have_text(
        [button["title"] for button in CHOICES["buttons"]]
    )
    shoot(page, "widget-clarify")


@pytest.mark.parametrize("choice", CHOICES["buttons"], ids=lambda it: it["title"])
def test_a_choice_is_sent_as_its_payload(
    open_page: OpenPage, choice: dict[str, str]
) -> None:
    page = open_page()
    answer_with(page, **CHOICES)
    ask(page, "penger")
    sent = answer_with(page, text="Greit.")
    page.get_by_role("button", name=choice["title"], exact=True).click()
    expect(replies(page).last).to_have_text("Greit.")
    assert [message["button"] for message in sent] == [choice["payload"]]
    assert "text" not in sent[0]


def passage(quote: str, *marked: str) -> dict[str, Any]:
    """Return a passage of the announcement in which some words are marked."""
    place = BASE.locate(quote)
    parts = []
    for words in marked:
        before, quote = quote.split(words, 1)
        parts += [{"text": before}, {"text": words, "marked": True}]
    parts.append({"text": quote})
    return {"start": place.start, "end": place.end, "parts": parts}


AMOUNT = passage("Blant 43 søkere har fem miljøer fått støtte.", "43 søkere", "fem")
LONG = BASE.announcement[1066:1403]
BLOCKS: dict[str, Any] = {
    "kind": "answer",
    "text": "Seks fikk 6 millioner kroner: Aleap i Oslo og Valide. Se siva.no.",
    "blocks": [
        {
            "type": "text",
            "parts": [
                {"text": "Seks fikk "},
                {"text": "6 millioner kroner", "figure": True},
                {"text": ":"},
            ],
        },
        {
            "type": "list",
            "items": [{"text": "Aleap", "detail": "Oslo"}, {"text": "Valide"}],
        },
        {"type": "hologram", "of": "what comes later"},
        {
            "type": "text",
            "parts": [
                {"text": "Se "},
                {"text": "siva.no", "url": "https://siva.no"},
                {"text": ", ikke "},
                {"text": "her", "url": "javascript:document.title='taken'"},
                {"text": "."},
            ],
        },
        {"type": "quote", "passages": [AMOUNT]},
    ],
}


def test_the_blocks_of_a_reply_are_a_list_figures_and_links(
    open_page: OpenPage, shoot: Callable[[Page, str], None]
) -> None:
    page = open_page()
    answer_with(page, **BLOCKS)
    reply = ask(page, "Hvem fikk penger?")
    expect(reply.get_by_role("list").get_by_role("listitem")).to_have_text(
        ["Aleap – Oslo", "Valide"]
    )
    expect(reply.locator("strong")).to_have_text("6 millioner kroner")
    assert links_of(page) == [("siva.no", "https://siva.no", "_blank")]
    expect(reply.locator("p")).to_have_text(
        ["Seks fikk 6 millioner kroner:", "Se siva.no, ikke her."]
    )
    shoot(page, "widget-blocks")


def test_a_figure_stands_in_one_line_if_it_can(open_page: OpenPage) -> None:
    page = open_page()
    parts = [{"text": "å " * 17}, {"text": "6 millioner kroner", "figure": True}]
    answer_with(page, blocks=[{"type": "text", "parts": parts}])
    box = ask(page, "Hei").locator("strong").bounding_box()
    assert box is not None
    assert box["height"] < 30


def test_the_proof_is_seen_at_once_and_leads_to_its_place(
    open_page: OpenPage,
) -> None:
    page = open_page()
    page.evaluate(
        """() => addEventListener("helse-source", ({ detail }) => {
          window.shown = detail;
        })"""
    )
    answer_with(page, **BLOCKS)
    ask(page, "Hvem fikk penger?")
    proof = page.get_by_role("group", name="Sitat fra kunngjøringen")
    expect(proof.get_by_role("button")).to_have_count(0)
    link = proof.get_by_role("link")
    expect(link).to_have_count(1)
    expect(link).to_be_in_viewport()
    expect(link.locator("mark")).to_have_text(["43 søkere", "fem"])
    link.click()
    start, end = AMOUNT["start"], AMOUNT["end"]
    assert page.evaluate("window.shown") == {
        "quote": BASE.announcement[start:end],
        "start": start,
        "end": end,
        "url": page.url.partition("#")[0] + f"#tekst={start}-{end}",
        "marks": [[start + 6, start + 15], [start + 20, start + 23]],
    }
    expect(page.locator("article mark").first).to_be_focused()


@pytest.mark.parametrize(
    ("lang", "label"),
    [
        ("nn", "Sitat frå kunngjeringa (på bokmål)"),
        ("en", "Quote from the announcement (in Norwegian)"),
    ],
)
def test_in_other_languages_the_proof_is_said_to_be_in_norwegian(
    open_page: OpenPage, lang: str, label: str
) -> None:
    page = open_page(f"/?lang={lang}")
    answer_with(page, **BLOCKS)
    page.locator("helse-assistent #field").fill("Hei")
    page.keyboard.press("Enter")
    proof = page.get_by_role("group", name=label)
    expect(proof.get_by_text(label)).to_be_visible()
    expect(proof.locator("[lang=nb]")).to_contain_text("Blant 43 søkere")


def test_a_long_proof_begins_at_once_and_is_shown_whole_when_asked(
    open_page: OpenPage, shoot: Callable[[Page, str], None]
) -> None:
    page = open_page()
    passages = [AMOUNT, passage(LONG, "De er")]
    answer_with(page, kind="answer", blocks=[{"type": "quote", "passages": passages}])
    field(page).fill("Hvem fikk penger?")
    field(page).press("Enter")
    proof = page.get_by_role("group", name="Sitat fra kunngjøringen")
    quotes = proof.locator("[lang=nb]")
    expect(quotes).to_have_count(2)
    # What runs on within a line has no height of its own.
    hidden = "it => it.clientHeight > 0 && it.scrollHeight > it.clientHeight + 1"
    assert quotes.nth(1).evaluate(hidden)
    more = page.get_by_role("button", name="Vis hele sitatet")
    expect(more).to_have_attribute("aria-expanded", "false")
    more.focus()
    page.keyboard.press("Enter")
    less = page.get_by_role("button", name="Vis mindre av sitatet")
    expect(less).to_be_focused()
    expect(less).to_have_attribute("aria-expanded", "true")
    assert not quotes.nth(1).evaluate(hidden)
    shoot(page, "widget-long-proof")
    page.keyboard.press("Enter")
    assert quotes.nth(1).evaluate(hidden)


def test_a_list_that_was_told_before_is_folded_under_what_it_is(
    open_page: OpenPage,
) -> None:
    page = open_page()
    names = {"type": "list", "items": [{"text": "Aleap"}], "summary": "De samme seks"}
    answer_with(page, blocks=[names])
    reply = ask(page, "Hvem?")
    expect(reply.get_by_text("Aleap")).to_be_hidden()
    reply.get_by_text("De samme seks").click()
    expect(reply.get_by_role("listitem")).to_have_text("Aleap")


def test_a_calculation_stands_as_on_paper(
    open_page: OpenPage, shoot: Callable[[Page, str], None]
) -> None:
    page = open_page()
    sum_ = {
        "type": "sum",
        "operator": "−",
        "equals": "=",
        "terms": [{"value": "43", "label": "søkere"}, {"value": "5", "label": "fikk"}],
        "result": {"value": "38", "label": "fikk avslag"},
    }
    answer_with(page, blocks=[sum_])
    reply = ask(page, "Hvor mange fikk avslag?")
    expect(reply.get_by_role("term")).to_have_text(["søkere", "fikk", "fikk avslag"])
    expect(reply.get_by_role("definition")).to_have_text(["43", "− 5", "= 38"])
    shoot(page, "widget-sum")


def test_the_questions_of_one_that_asks_back_are_numbered(
    open_page: OpenPage,
) -> None:
    page = open_page()
    items = [{"text": "Hvem fikk penger?"}, {"text": "Hvor mye?"}]
    answer_with(page, blocks=[{"type": "list", "items": items, "ordered": True}])
    numbered = ask(page, "penger").locator("ol > li")
    expect(numbered).to_have_text(["Hvem fikk penger?", "Hvor mye?"])
    expect(numbered.first).to_have_css("list-style-type", "decimal")


def test_a_reply_of_before_shows_its_sources_as_one_proof(open_page: OpenPage) -> None:
    page = open_page()
    whole = BASE.locate("Blant 43 søkere har fem miljøer fått støtte")
    start, end = whole.start, whole.end
    texts = BASE.announcement
    spans = [(start + 6, end), (27, 69), (start, start + 15), (start, start + 5)]
    sources = [{"quote": texts[a:b], "start": a, "end": b} for a, b in spans]
    answer_with(page, kind="answer", text="Fem.\nAv 43.", sources=sources)
    reply = ask(page, "Hvor mange?")
    assert reply.inner_text() == "Fem.\nAv 43."
    expect(show_sources(page)).to_have_text(
        [
            f"«{texts[27:69]}» Vis i kunngjøringen",
            f"«{whole.quote}» Vis i kunngjøringen",
        ]
    )


def test_a_proof_is_copied_and_saved_with_its_place(
    open_page: OpenPage, context: BrowserContext
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = open_page()
    answer_with(page, **BLOCKS)
    ask(page, "Hvem fikk penger?")
    page.get_by_role("button", name="Kopier svaret").click()
    expect(page.get_by_text("Svaret er kopiert")).to_be_attached()
    start, end = AMOUNT["start"], AMOUNT["end"]
    assert page.evaluate("navigator.clipboard.readText()") == (
        f"{BLOCKS['text']}\n\n"
        f"Sitat fra kunngjøringen, «{BASE.title}»:\n\n"
        f"«{BASE.announcement[start:end]}»\n"
        f"{page.url.partition('#')[0]}#tekst={start}-{end}"
    )


KINDS = {
    "not_stated": "Uten svar",
    "out_of_scope": "Utenfor tema",
    "handover": "Kontakt",
}


def test_the_kinds_of_replies_are_told_apart_at_a_glance(open_page: OpenPage) -> None:
    page = open_page()
    looks = set()
    for kind in ("answer", *KINDS):
        answer_with(page, kind=kind)
        ask(page, "Hei")
        bubble = page.locator("helse-assistent .message.robot").last
        name = bubble.locator(".kind")
        expect(name).to_have_text([KINDS[kind]] if kind in KINDS else [])
        looks.add(
            bubble.evaluate(
                """(it) => {
                  const { backgroundColor, borderTopStyle, borderTopColor } =
                    getComputedStyle(it);
                  const icon = it.querySelector(".kind path")?.getAttribute("d");
                  return [backgroundColor, borderTopStyle, borderTopColor, icon].join();
                }"""
            )
        )
    assert len(looks) == 1 + len(KINDS)


def test_small_talk_is_not_rated_and_other_replies_are(open_page: OpenPage) -> None:
    page = open_page()
    thumb = page.get_by_role("button", name="Svaret hjalp", exact=True)
    answer_with(page, kind="smalltalk")
    ask(page, "Hei")
    expect(thumb).to_have_count(0)
    answer_with(page, kind="not_stated")
    ask(page, "Når?")
    expect(thumb).to_have_count(1)


def test_today_has_a_clock_and_earlier_days_a_date_too(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "Hei")
    year = datetime.datetime.now(datetime.timezone.utc).year
    times = [
        "2019-01-10T12:05:00+00:00",
        f"{year}-01-01T00:30:00+00:00",
        datetime.datetime.now(datetime.timezone.utc).isoformat(),
    ]
    turns = [
        {**turn({"id": f"message-{number}", "text": "Hei"}), "time": time}
        for number, time in enumerate(times)
    ]
    page.route(
        "**/api/conversation", lambda route: route.fulfill(json={"turns": turns})
    )
    page.reload()
    shown = page.locator("helse-assistent time")
    expect(shown).to_have_count(3)
    assert [time.get_attribute("datetime") for time in shown.all()] == times
    last_year, this_year, today = shown.all_inner_texts()
    assert "januar 2019" in last_year
    assert "januar" in this_year or "desember" in this_year
    assert str(year) not in this_year
    assert len(today) == len("12:05")


def test_the_form_for_a_comment_opens_where_it_is_seen(
    open_page: OpenPage, shoot: Callable[[Page, str], None]
) -> None:
    page = open_page()
    page.set_viewport_size({"width": 375, "height": 740})
    ask(page, "Hvem fikk penger?")
    page.get_by_role("button", name="Svaret hjalp ikke").click()
    send = page.get_by_role("button", name="Send kommentaren")
    expect(send).to_be_in_viewport(ratio=1)
    shoot(page, "widget-comment")
    page.keyboard.press("Tab")
    expect(page.get_by_role("textbox", name="Vil du si mer?")).to_be_focused()


def test_whoever_waits_to_send_again_keeps_the_focus(open_page: OpenPage) -> None:
    page = open_page()
    error = {"error": {"code": "rate_limited", "message": "", "retry_after": 2}}
    page.route(SEND, lambda route: route.fulfill(status=429, json=error))
    field(page).fill("Hei")
    field(page).press("Enter")
    retry = page.get_by_role("button", name="Prøv igjen")
    expect(retry).to_be_disabled()
    page.get_by_role("button", name="Fjern").focus()
    expect(retry).to_be_enabled()
    expect(retry).to_be_focused()
    open_page.faults.clear()
