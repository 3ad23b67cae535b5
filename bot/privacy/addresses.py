"""E-mail addresses, also such as are put in words: `ola (at) example punktum no`."""

import re
from collections.abc import Iterator

from bot.privacy.groups import Span

_SIGNS = "._%+'-"
_LONGEST_LOCAL = 64
_AT_WORDS = r"krøll-?\s?alfa|alfa-?krøll|snabel-?a|kralfa"
_AT = re.compile(
    rf"\s?@+\s?|\s?[(\[{{<]\s?(?:at|a|@|{_AT_WORDS})\s?[)\]}}>]\s?"
    rf"|\s-?(?:{_AT_WORDS})-?\s|(?P<word>\sat\s)",
    re.IGNORECASE,
)
_DOT_WORD = r"\s?[(\[{](?:dot|punktum|prikk|\.)[)\]}]\s?|\s(?:dot|punktum|prikk)\s"
_LABEL = r"[^\W_](?:[^\W_]|-){0,62}"
_HOST = re.compile(
    rf"{_LABEL}(?:(?:{_DOT_WORD}|\s?\.|,(?=(?:no|com|org|net)\b)){_LABEL}){{1,4}}",
    re.IGNORECASE,
)
_BARE_HOST = re.compile(_LABEL)
_DOT_IN_WORDS = re.compile(_DOT_WORD, re.IGNORECASE)
# `ola punktum` of `ola punktum nordmann krøllalfa example.no`.
_FIRST_PARTS = re.compile(
    rf"(?<!\w)(?:\w{{1,20}}(?:{_DOT_WORD})){{1,3}}$", re.IGNORECASE
)
_NAMED = re.compile(r"(?:e-?post|e-?mail|\bmail)\w*\W{1,3}(?:\w+\W{1,3}){0,2}$", re.I)
_BEFORE = 30
# Mailboxes of an office, which are no secret of anybody.
OFFICES = frozenset(
    (
        *("post", "postmottak", "firmapost", "info", "kontakt", "contact", "support"),
        *("hello", "hei", "press", "presse", "redaksjon", "resepsjon", "sentralbord"),
        *("servicetorg", "kundeservice", "office", "webmaster"),
    )
)


def addresses(text: str) -> Iterator[Span]:
    """Yield the spans of e-mail addresses in a plain text."""
    for at in _AT.finditer(text):
        start = _start_of_local(text, at.start())
        local = text[start : at.start()]
        host = _HOST.match(text, at.end()) or _bare(text, at)
        if not local or host is None or _is_office(local.lower(), host.group()):
            continue
        if at["word"] and not _is_meant(text, start, local, host.group()):
            continue
        yield start, host.end()


def _is_office(local: str, host: str) -> bool:
    """Tell whether an address is an organisation's own: its office's, or its name."""
    return local in OFFICES or re.split(r"\W", host.lower())[0] == local


def _start_of_local(text: str, end: int) -> int:
    first = max(0, end - _LONGEST_LOCAL)
    start = end
    while start > first and (text[start - 1].isalnum() or text[start - 1] in _SIGNS):
        start -= 1
    while start < end and text[start] in _SIGNS:
        start += 1
    in_words = _FIRST_PARTS.search(text, first, start) if start < end else None
    return in_words.start() if in_words else start


def _bare(text: str, at: re.Match[str]) -> re.Match[str] | None:
    """Return a host without a dot, where nothing but the sign stands before it."""
    return _BARE_HOST.match(text, at.end()) if set(at.group()) == {"@"} else None


def _is_meant(text: str, start: int, local: str, host: str) -> bool:
    """Tell whether `at` stands for the sign, rather than for Norwegian `at`."""
    marked = any(letter in "._0123456789" for letter in local)
    in_words = _DOT_IN_WORDS.search(host) is not None
    named = _NAMED.search(text[max(0, start - _BEFORE) : start])
    return marked or in_words or named is not None
