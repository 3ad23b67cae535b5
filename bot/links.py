"""Finds addresses of pages, mailboxes and telephones, so that they become links."""

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_HOST = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}"
_MAIL_ADDRESS = re.compile(rf"[\w.+-]+@{_HOST}", re.ASCII | re.IGNORECASE)
_WEB_ADDRESS = re.compile(
    rf"(?P<scheme>https?://)?(?P<rest>{_HOST}(?:/[\w./~-]*)?)",
    re.ASCII | re.IGNORECASE,
)
# No number has more digits than 15 (ITU-T E.164); those of help lines begin at three.
_TELEPHONE = re.compile(r"\+?[0-9](?:[ \u00a0]?[0-9]){2,14}")
# An address is no part of a longer one, and a telephone number none of a figure.
_ALONE = r"(?<![\w@.,+/-])(?ai:{})(?![\w@/-]|[.,:]\w)"
_NO_FIGURE = r"(?<!\d[^\S\n]){}(?![^\S\n]\d{{3}}(?!\d))"


@dataclass(frozen=True)
class Link:
    """An address that a text names.

    Attributes:
        title: The address as it stands in the text.
        url: Where it leads: `https:`, `http:`, `mailto:` or `tel:`.
    """

    title: str
    url: str


def address_of(piece: str) -> str | None:
    """Return where words lead that are as a whole the address of something, if any.

    Args:
        piece: A web page, with or without its scheme, a mailbox, or a telephone number
            of 3 to 15 digits.
    """
    if _TELEPHONE.fullmatch(piece):
        return f"tel:{re.sub(r'[^+0-9]', '', piece)}"
    return _page_or_mailbox(piece)


def linked(contact: str) -> Iterator[tuple[str, str | None]]:
    """Yield each piece of a contact and the address that it is a link to, if any.

    Blanks part pages and mailboxes. Since they also stand inside telephone numbers,
    these are set apart by commas or semicolons: "Postboks 8090 Dep" names none.
    """
    for part in re.split(r"(\s*[,;]\s*)", contact):
        address = address_of(part)
        if address:
            yield part, address
        else:
            for word in re.split(r"(\s+)", part):
                yield word, _page_or_mailbox(word)


def links_in(text: str, contacts: Iterable[str]) -> tuple[Link, ...]:
    """Return the addresses of some contacts that stand in a text, in its order.

    What else looks like an address is left alone. To show the links, look for each
    title in what follows the one before: one that would be found too early, inside
    another word or figure, is left out.

    Args:
        text: What is said.
        contacts: Contacts as the settings give them, such as "example.org, 116 117".
    """
    addresses, pattern = _addresses(tuple(contacts))
    if not addresses:
        return ()
    links = []
    end = 0
    for match in pattern.finditer(text):
        if text.find(match[0], end) == match.start():
            links.append(Link(match[0], addresses[match[0].lower()]))
            end = match.end()
    return tuple(links)


@functools.lru_cache(maxsize=16)
def _addresses(contacts: tuple[str, ...]) -> tuple[dict[str, str], re.Pattern[str]]:
    """Return where the addresses in contacts lead, and what finds them in a text."""
    addresses = {
        words.lower(): address
        for contact in contacts
        for words, address in linked(contact)
        if address
    }
    longest_first = sorted(addresses, key=len, reverse=True)
    return addresses, re.compile("|".join(map(_pattern_of, longest_first)))


def _page_or_mailbox(piece: str) -> str | None:
    web = _WEB_ADDRESS.fullmatch(piece)
    if web:
        return f"{(web['scheme'] or 'https://').lower()}{web['rest']}"
    return f"mailto:{piece}" if _MAIL_ADDRESS.fullmatch(piece) else None


def _pattern_of(words: str) -> str:
    pattern = _ALONE.format(re.escape(words))
    return _NO_FIGURE.format(pattern) if _TELEPHONE.fullmatch(words) else pattern
