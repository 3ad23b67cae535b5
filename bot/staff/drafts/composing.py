"""Puts the answers to an e-mail together into the draft of one letter."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence

import yaml

from bot.answering.wording import Wording
from bot.knowledge import KnowledgeBase, Source
from bot.languages import Language
from bot.settings import PROJECT_DIR
from bot.staff.drafts.items import Draft, Item
from bot.staff.drafts.readings import readings

_TEXTS_FILE = PROJECT_DIR / "staff" / "texts" / "letters.yml"
# Characters of the longest question that is repeated whole.
_LONGEST_QUESTION = 140


@dataclasses.dataclass(frozen=True)
class Paragraph:
    """What a letter says to one question.

    Attributes:
        question: The words of the e-mail that ask it.
        kind: `answer`, or `not_stated` where the announcement does not tell it.
        text: What it says.
        sources: The passages that prove it.
    """

    question: str
    kind: str
    text: str
    sources: tuple[Source, ...] = ()

    @classmethod
    def of(cls, item: Item) -> Paragraph:
        """Return what a letter says to an item, as it stands."""
        return cls(item.sentence, item.kind, item.text, item.sources)


def paragraphs_of(draft: Draft) -> list[Paragraph]:
    """Return what a letter says unless somebody decides otherwise."""
    return [Paragraph.of(item) for item in draft.items if item.is_in_draft]


def composed(
    paragraphs: Sequence[Paragraph],
    language: Language,
    base: KnowledgeBase,
    *,
    sender: str = "",
) -> str:
    """Return a letter: greeting, answers, what is not stated, sources, closing line.

    Args:
        paragraphs: What it says, in order.
        language: The language that it is in.
        base: Tells what the announcement is called, and whose it is.
        sender: The first name of whoever it goes to, where that is known.
    """
    texts = _texts()[language]
    told = [p for p in paragraphs if p.text.strip() and p.kind != "not_stated"]
    missing = [p for p in paragraphs if p.text.strip() and p.kind == "not_stated"]
    greeting = texts["greeting_by_name" if sender else "greeting"]
    opening = texts["opening" if told else "opening_without_answers"]
    parts = [greeting.format(name=sender), opening]
    parts += [_answered(each, texts) for each in told]
    if missing:
        parts += [texts["not_stated"], *(_answered(p, texts) for p in missing)]
    sources = [source for each in (*told, *missing) for source in each.sources]
    quotes = list(_quotes(base, sources))
    if quotes:
        title, publisher = base.title, _publisher(base, language)
        key = "source" if publisher else "source_without_publisher"
        source = texts[key].format(title=title, publisher=publisher)
        parts.append("\n".join([source, *(f"– «{quote}»" for quote in quotes)]))
    return "\n\n".join([*parts, texts["closing"]]) + "\n"


def brief(sentence: str) -> str:
    """Return the words of a sentence that ask, on one line; all of a short one."""
    line = " ".join(sentence.split())
    if len(line) <= _LONGEST_QUESTION:
        return line
    cores = (reading.rstrip("?") for reading in readings(line))
    shorter = [core for core in cores if core in line and len(core) < len(line)]
    core = shorter[0] if shorter else line
    if len(core) > _LONGEST_QUESTION:
        core = core[:_LONGEST_QUESTION].rsplit(" ", 1)[0] + " …"
    begins = "" if line.startswith(core[:10]) else "… "
    return f"{begins}{core}"


@functools.cache
def _texts() -> Mapping[Language, Mapping[str, str]]:
    texts: Mapping[Language, Mapping[str, str]] = yaml.safe_load(
        _TEXTS_FILE.read_text("utf-8")
    )
    return texts


def _answered(paragraph: Paragraph, texts: Mapping[str, str]) -> str:
    asked = texts["asked"].format(question=brief(paragraph.question))
    return f"{asked}\n{paragraph.text.strip()}"


def _quotes(base: KnowledgeBase, sources: Iterable[Source]) -> Iterator[str]:
    """Yield passages of the announcement in its order, those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted({(source.start, source.end) for source in sources}):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    for start, end in merged:
        # What somebody says begins with a dash there, which would be a second one.
        quote = " ".join(base.announcement[start:end].split())
        yield quote.lstrip("–—- ")


def _publisher(base: KnowledgeBase, language: Language) -> str:
    """Return who published the announcement: whomever its origin names, or nothing."""
    topic = base.topics.get(base.content.origin or "")
    wording = Wording(base, language)
    facts = topic.point if topic else ()
    names = (name for fact in facts for name in base.linked_names(fact))
    return wording.join([wording.label(name) for name in names])
