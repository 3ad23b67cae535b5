"""E-mail addresses, also such as are put in words: `ola (at) example punktum no`."""

import re
from collections.abc import Iterator

from bot.privacy.groups import Span

_LETTERS = "abcdefghijklmnopqrstuvwxyzæøåäöéüABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅÄÖÉÜ0123456789"
_LOCAL = _LETTERS + "._%+'-"
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
    rf"{_LABEL}(?:(?:{_DOT_WORD}|\s?\.|,(?=[a-z]{{2,4}}\b)|\.\s(?=[a-z]{{2,3}}\b)){_LABEL}){{1,4}}",
    re.IGNORECASE,
)
_BARE_HOST = re.compile(_LABEL)
_DOT_IN_WORDS = re.compile(_DOT_WORD, re.IGNORECASE)
# `ola punktum` of `ola punktum nordmann krøllalfa example.no`.
_FIRST_PARTS = re.compile(rf"(?<!\w)(?:\w{{1,20}}(?:{_DOT_WORD})){{1,3}}$", re.IGNORECASE)
_NAMED = re.compile(r"(?:e-?post|e-?mail|\bmail)\w*\W{1,3}(?:\w+\W{1,3}){0,2}$", re.I)
_BEFORE = 30
# Mailboxes of an office, which are no secret of anybody.
OFFICES = frozenset(
    "post postmottak firmapost info kontakt contact support hello hei press presse "
    "resepsjon sentralbord servicetorg kundeservice office webmaster redaksjon".split()
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
    before = text[max(0, end - _LONGEST_LOCAL) : end]
    local = before[len(before.rstrip(_LOCAL)) :].lstrip("._%+'-")
    in_words = _FIRST_PARTS.search(before, 0, len(before) - len(local))
    return end - len(local) - (len(in_words.group()) if in_words and local else 0)


def _bare(text: str, at: re.Match[str]) -> re.Match[str] | None:
    """Return a host without a dot, where a sign joins it to what stands before."""
    return _BARE_HOST.match(text, at.end()) if "@" in at.group() and at.group().strip() == at.group() else None


def _is_meant(text: str, start: int, local: str, host: str) -> bool:
    """Tell whether `at` stands for the sign, rather than for Norwegian `at`."""
    marked = any(letter in "._0123456789" for letter in local)
    in_words = _DOT_IN_WORDS.search(host) is not None
    named = _NAMED.search(text[max(0, start - _BEFORE) : start])
    return marked or in_words or named is not None
