"""Addresses of a contact become links, and nothing else does."""

import pytest

from bot.knowledge import load_knowledge
from bot.links import Link, address_of, linked, links_in

CONTACT = load_knowledge().content.contact
HELP_LINES = "113, 116 117, 116 123"


def titles_and_places(text: str, links: tuple[Link, ...]) -> list[tuple[str, int]]:
    """Return where whoever looks for the titles one after the other finds them."""
    found = []
    end = 0
    for link in links:
        place = text.index(link.title, end)
        found.append((link.title, place))
        end = place + len(link.title)
    return found


@pytest.mark.parametrize(
    ("piece", "address"),
    [
        ("siva.no", "https://siva.no"),
        ("regjeringen.no/nfd", "https://regjeringen.no/nfd"),
        ("http://example.org/a-b/c.html", "http://example.org/a-b/c.html"),
        ("HTTP://Example.org/A", "http://Example.org/A"),
        ("post@example.org", "mailto:post@example.org"),
        ("113", "tel:113"),
        ("116 117", "tel:116117"),
        ("116\u00a0117", "tel:116117"),
        ("22 24 90 90", "tel:22249090"),
        ("+47 22 24 90 90", "tel:+4722249090"),
        ("123456789012345", "tel:123456789012345"),
    ],
)
def test_the_address_of_a_page_a_mailbox_or_a_telephone_leads_there(
    piece: str, address: str
) -> None:
    assert address_of(piece) == address


@pytest.mark.parametrize(
    "piece",
    [
        "",
        "siva",
        "post@localhost",
        "//example.org",
        "javascript:alert(1)",
        "data:text/html,hei",
        "https://example.org/?q=<b>",
        "ftp://example.org",
        "siva.no og",
        " siva.no",
        "11",
        "1234567890123456",
        "113 ",
        "116  117",
        "116\n117",
        "1+13",
        "١١٣",
        "113a",
    ],
)
def test_what_is_no_such_address_as_a_whole_leads_nowhere(piece: str) -> None:
    assert address_of(piece) is None


@pytest.mark.parametrize(
    ("contact", "addresses"),
    [
        (CONTACT, ["https://regjeringen.no/nfd", "https://siva.no"]),
        ("siva.no", ["https://siva.no"]),
        ("siva.no post@example.org", ["https://siva.no", "mailto:post@example.org"]),
        ("post@example.org; 22 24 90 90", ["mailto:post@example.org", "tel:22249090"]),
        (HELP_LINES, ["tel:113", "tel:116117", "tel:116123"]),
        ("Skriv til post@example.org", ["mailto:post@example.org"]),
        ("Postboks 8090 Dep, 0032 Oslo", []),
        ("javascript:alert(1)", []),
        ("https://example.org/?q=<b>", []),
        ("", []),
    ],
)
def test_the_addresses_in_a_contact_are_links_and_its_words_stay(
    contact: str, addresses: list[str]
) -> None:
    pieces = list(linked(contact))
    assert "".join(piece for piece, _ in pieces) == contact
    assert [address for _, address in pieces if address] == addresses


def test_a_text_has_the_links_of_several_contacts_in_its_own_order() -> None:
    text = "Ring 116 117 eller 113. Se siva.no, eller skriv til post@example.org."
    contacts = ["post@example.org; siva.no", HELP_LINES]
    assert links_in(text, contacts) == (
        Link("116 117", "tel:116117"),
        Link("113", "tel:113"),
        Link("siva.no", "https://siva.no"),
        Link("post@example.org", "mailto:post@example.org"),
    )


def test_a_link_stands_once_for_each_place_of_its_address() -> None:
    text = "Siva.no svarer. Se siva.no."
    assert titles_and_places(text, links_in(text, ["siva.no"])) == [
        ("Siva.no", 0),
        ("siva.no", 19),
    ]


@pytest.mark.parametrize("contact", ["siva.no, siva.no/om", "siva.no/om, siva.no"])
def test_of_two_addresses_that_begin_alike_the_longer_is_the_link(contact: str) -> None:
    [link] = links_in("Se siva.no/om.", [contact])
    assert link == Link("siva.no/om", "https://siva.no/om")


def test_what_the_settings_do_not_name_is_no_link() -> None:
    text = "Ring 112, 22 24 90 90 eller post@example.com, se https://example.com."
    assert links_in(text, [CONTACT, HELP_LINES]) == ()
    assert links_in(text, []) == ()
    assert links_in("", [CONTACT]) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Skriv til post@siva.no",
        "Se www.siva.no",
        "Se siva.no/om",
        "Se siva.nord",
        "Se min-siva.no",
        "Se siva.no.example.org",
        "Det er 1130 kroner",
        "Det er 113 000 kroner",
        "Det er 2\u00a0113 kroner",
        "Det er 113,5 eller 0.113",
        "Skriv til a113@example.org",
        "Ring +113",
        "Ring 116117",
        "ſiva.no",
    ],
)
def test_part_of_another_address_or_of_a_figure_is_no_link(text: str) -> None:
    assert links_in(text, ["siva.no", HELP_LINES]) == ()


@pytest.mark.parametrize(
    "text", ["Ring 113!", "(113)", "«113»", "Ring 113.", "113: nødhjelp", "113\n116"]
)
def test_punctuation_around_an_address_is_no_part_of_it(text: str) -> None:
    assert links_in(text, [HELP_LINES]) == (Link("113", "tel:113"),)


def test_a_title_that_would_be_found_too_early_is_left_out() -> None:
    text = "Det gjelder 113 000 kroner. Ring 113 eller 116 117."
    assert links_in(text, [HELP_LINES]) == (Link("116 117", "tel:116117"),)
