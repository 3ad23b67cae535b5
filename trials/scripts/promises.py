"""What the assistant promises for every reply, checked without being asked for.

The promises are told in docs/architecture.md, "The reply".
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from bot.answering.reply import Kind
from bot.knowledge import KnowledgeBase
from bot.languages import LANGUAGES
from trials.reply import MOST_WORDS, Reply
from trials.scripts.differences import told
from trials.unsupported import Scanner

_FIELDS = ("kind", "language", "facts", "sources", "intent", "confidence")
_STATING = ("answer", "not_stated")
# These replies hold figures of the deployment's own: a contact, help lines, for how
# long a conversation is kept, and a limit of length.
_OWN_FIGURES = (
    "request_human",
    "distress",
    "ask_operator",
    "ask_storage",
    "ask_deletion",
    "something_else",
    "too_long",
)
# The questions of a reply that asks back are numbered.
_NUMBERS = re.compile(r"^\d\. ", re.MULTILINE)


class Promises:
    """Checks replies against the knowledge base of this project."""

    def __init__(self, base: KnowledgeBase) -> None:
        """Take what may be stated.

        Args:
            base: The knowledge base that the server should answer from.
        """
        self._base = base
        self._scanner = Scanner(base)

    def broken(self, reply: Reply, asked: str) -> list[str]:
        """Return the promises that a reply breaks, one a line.

        Args:
            reply: What came back.
            asked: What the person has written in the conversation so far.
        """
        return [*self._form(reply), *self._sources(reply), *self._figures(reply, asked)]

    def _form(self, reply: Reply) -> Iterator[str]:
        if not reply.text.strip():
            yield "the reply has no text"
        words = len(reply.text.split())
        if words > MOST_WORDS:
            yield f"the text has {words} words, and no reply may have over {MOST_WORDS}"
        if len(reply.payloads) != 1:
            yield f"the reply has {len(reply.payloads)} payloads, and must have one"
            return
        missing = [field for field in _FIELDS if field not in reply.payload]
        if missing:
            yield f"the payload lacks {', '.join(missing)}"
        if reply.payload.get("kind") not in get_args(Kind):
            yield f"there is no kind {told(reply.payload.get('kind'))}"
        if reply.payload.get("language") not in LANGUAGES:
            yield f"there is no language {told(reply.payload.get('language'))}"

    def _sources(self, reply: Reply) -> Iterator[str]:
        whole = [s for s in reply.sources if {"quote", "start", "end"} <= s.keys()]
        if len(whole) < len(reply.sources):
            yield "a source lacks its quote, start or end"
        for source in whole:
            if self._passage(source) != source["quote"]:
                yield (
                    f"the source {told(source['quote'])} does not stand at "
                    f"{source['start']}–{source['end']} of the announcement"
                )
        spans = [(source["start"], source["end"]) for source in whole]
        for fact in reply.facts:
            if fact not in self._base.facts and fact not in self._base.derived:
                yield f"the knowledge base has no fact {fact}"
                continue
            for proof in self._base.sources([fact]):
                if not any(a <= proof.start and proof.end <= b for a, b in spans):
                    yield f"no source proves {fact}: {told(proof.quote)} is missing"

    def _passage(self, source: Mapping[str, Any]) -> str:
        return self._base.announcement[source["start"] : source["end"]]

    def _figures(self, reply: Reply, asked: str) -> Iterator[str]:
        if reply.payload.get("intent") in _OWN_FIGURES:
            return
        stray: list[str] = []
        if reply.payload.get("kind") in _STATING:
            quotes = [source.get("quote", "") for source in reply.sources]
            stray += self._scanner.unproven(reply.text, reply.facts, quotes)
            stray += self._scanner.unsupported(reply.text, asked)
        else:
            text = reply.text
            if reply.payload.get("kind") == "clarify":
                text = _NUMBERS.sub("", text)
            stray += self._scanner.unsupported_figures(text)
        for written in dict.fromkeys(stray):
            yield f"neither its facts nor its sources hold {told(written)}"
