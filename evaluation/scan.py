"""Finds what a reply states without support in the knowledge base."""

import dataclasses
import re
from collections.abc import Iterable, Iterator

import num2words

from bot.knowledge import KnowledgeBase
from bot.knowledge.models import SeasonFact, TextFact, TopicWording
from bot.reading.lexicon import word_table
from bot.reading.spelling import fold, words_of
from evaluation.grading import Verdict

SCANNED = ("answer", "not_stated")
_MILLION = 1_000_000
_YEARS = range(1900, 2100)
_LARGEST_SPELT = 100
_DIGITS = re.compile(
    r"(?<!\d)(?<!\d[.,])(?:\d{1,3}(?:[ .,\u00a0]\d{3})+|\d+(?:[.,]\d+)?)(?!\d)"
)
_GROUPED = re.compile(r"\d{1,3}(?:[ .,\u00a0]\d{3})+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SCALES = (
    (re.compile(r"[\s-]*(?:milliard|billion|mrd)", re.I), 1000 * _MILLION),
    (re.compile(r"[\s-]*(?:million|mill\b|mnok)", re.I), _MILLION),
    (re.compile(r"[\s-]*(?:tusen|thousand)", re.I), 1000),
    (re.compile(r"[\s-]*(?:hundre)", re.I), 100),
)
_PERCENT = re.compile(r"[\s-]*(?:%|prosent|per ?cent|pst)", re.I)
_MONEY_AFTER = re.compile(r"[\s-]*(?:kroner?\b|kr\b|nok\b)", re.I)
_MONEY_BEFORE = re.compile(r"\b(?:NOK|kr)\.?\s*$", re.I)
_MONTHS = re.compile(
    r"\b(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november"
    r"|desember|January|February|March|May(?= \d)|June|July|October|December)\b"
)
_CAPITALISED = re.compile(r"[A-ZÆØÅ][\w-]*(?:['’]s\b)?")
# Where a capital says nothing about the word that has it.
_SENTENCE_START = re.compile(r"(?:^|[.!?:;|]\s+|\n\s*|[«“\"(]\s*|[–•-]\s+)$")
_ENGLISH = re.compile(r"\b(?:the|of|is|and)\b", re.I)
# Number words that are other words in English.
_NO_NUMBERS_IN_ENGLISH = frozenset({"to", "fire", "tre"})
# Fractions of the lexicon that are other words in Nynorsk: each.
_NO_FRACTIONS = frozenset({"kvart"})
# Capitals that name nothing one could be wrong about; the announcement says Norge.
_NO_NAMES = frozenset({"I", "NOK", "NFD", "OK", "Noreg"})


def unsupported(text: str, asked: str, base: KnowledgeBase) -> list[str]:
    """Return what a reply states that neither the knowledge base nor the person said.

    Figures in digits or words and times must be values of the knowledge base or follow
    from them. Names may also be the person's own, said back. A name shows by its
    capital, so one in lower case is not found.

    Args:
        text: The reply's text.
        asked: What the person has written in the conversation.
        base: The knowledge base.
    """
    return Scanner(base).unsupported(text, asked)


def offenders(
    verdicts: Iterable[Verdict], base: KnowledgeBase
) -> list[tuple[Verdict, list[str]]]:
    """Return the answers that state something without support, and what that is."""
    scanner = Scanner(base)
    asked: dict[str, str] = {}
    found = []
    for verdict in verdicts:
        asked[verdict.case] = f"{asked.get(verdict.case, '')}\n{verdict.asked}"
        if verdict.given in SCANNED:
            stray = scanner.unsupported(verdict.told, asked[verdict.case])
            if stray:
                found.append((verdict, stray))
    return found


@dataclasses.dataclass(frozen=True)
class _Figure:
    """A figure where it stands: a plain count, whole kroner, or percent."""

    written: str
    value: float
    unit: str


class Scanner:
    """`unsupported` for many replies: reads the knowledge base once."""

    def __init__(self, base: KnowledgeBase) -> None:
        """Collect what the knowledge base supports."""
        seasons = [f.value for f in base.facts.values() if isinstance(f, SeasonFact)]
        self._years = {season.year for season in seasons}
        self._seasons = {season.season for season in seasons}
        self._values = _values(base)
        known = " ".join(_known_texts(base))
        self._names = set(_CAPITALISED.findall(known)) | _NO_NAMES
        self._openings = _openings(base)

    def unsupported(self, text: str, asked: str) -> list[str]:
        """Return what has no support, in the order of figures, times and names."""
        found = [
            *(f.written for f in _figures(text) if not self._is_supported(f)),
            *self._stray_times(text),
            *self._stray_names(text, set(words_of(asked))),
        ]
        return list(dict.fromkeys(found))

    def _is_supported(self, figure: _Figure) -> bool:
        if figure.unit == "count" and figure.value in self._years:
            return True
        return round(figure.value, 1) in self._values[figure.unit]

    def _stray_times(self, text: str) -> Iterator[str]:
        yield from _MONTHS.findall(text)
        seasons = word_table("seasons")
        for match in _WORD.finditer(text):
            season = seasons.get(fold(match.group()))
            if season is not None and season not in self._seasons:
                yield match.group()

    def _stray_names(self, text: str, echoed: set[str]) -> Iterator[str]:
        for match in _CAPITALISED.finditer(text):
            before = text[: match.start()]
            if before[-1:].isalnum() or before[-1:] == "-":
                continue
            word = re.sub(r"['’]s$", "", match.group())
            forms = {word, word.removesuffix("s"), word.rstrip("-")}
            known = forms & self._names or set(words_of(word)) <= echoed
            opens = _SENTENCE_START.search(before) and fold(word) in self._openings
            if not known and not opens:
                yield match.group()


def _figures(text: str) -> Iterator[_Figure]:
    for match in _DIGITS.finditer(text):
        yield _with_unit(text, match, _parse(match.group()))
    numbers = _number_words(english=bool(_ENGLISH.search(text)))
    for match in _WORD.finditer(text):
        value = numbers.get(fold(match.group()))
        if value is not None:
            yield _with_unit(text, match, value)
    for fraction, percent in word_table("fractions").items():
        if fraction not in _NO_FRACTIONS and f" {fraction} " in f" {fold(text)} ":
            yield _Figure(fraction, float(percent), "percent")


def _parse(digits: str) -> float:
    if _GROUPED.fullmatch(digits):
        return float(re.sub(r"\D", "", digits))
    return float(digits.replace(",", "."))


def _with_unit(text: str, match: "re.Match[str]", value: float) -> _Figure:
    end, unit = match.end(), "count"
    for pattern, factor in _SCALES:
        scale = pattern.match(text, end)
        if scale:
            value, end = value * factor, scale.end()
            unit = "kroner" if factor >= _MILLION else unit
            break
    if _PERCENT.match(text, end):
        unit, end = "percent", end + 1
    elif _MONEY_AFTER.match(text, end) or _MONEY_BEFORE.search(text[: match.start()]):
        unit = "kroner"
    written = re.match(r"\s*\S*", text[match.end() :])
    tail = written.group() if written and unit != "count" else ""
    return _Figure(match.group() + tail.rstrip(".,;:!?»”"), value, unit)


def _number_words(*, english: bool) -> dict[str, float]:
    """Return the number words from 2 up, folded; 1 is an article more often."""
    spelt = {
        fold(num2words.num2words(number, lang=language)): float(number)
        for language in ("no", "en")
        for number in range(2, _LARGEST_SPELT + 1)
    }
    spelt |= {word: float(n) for word, n in word_table("number_words").items() if n > 1}
    spelt |= {"hundre": 100.0, "hundred": 100.0, "tusen": 1000.0, "thousand": 1000.0}
    if english:
        return {w: n for w, n in spelt.items() if w not in _NO_NUMBERS_IN_ENGLISH}
    return spelt


def _values(base: KnowledgeBase) -> dict[str, set[float]]:
    """Return the figures that may be stated, by unit, to one decimal or none."""
    values: dict[str, set[float]] = {"count": set(), "kroner": set(), "percent": set()}
    for fact in [*base.facts, *base.derived]:
        kind = base.figure_kind(fact)
        if kind in ("amount", "count", "percent"):
            unit = "kroner" if kind == "amount" else kind
            value = base.value(fact)
            values[unit] |= {float(round(value)), round(value, 1)}
        # What is listed may be counted.
        if len(base.linked_names(fact)) > 1:
            values["count"].add(float(len(base.linked_names(fact))))
    of_type = [name.type for name in base.names.values()]
    programmes = of_type.count("programme")
    speakers = sum(bool(re.fullmatch(r"people\.\w+\.name", f)) for f in base.facts)
    values["count"] |= {float(programmes), float(speakers)}
    return values


def _known_texts(base: KnowledgeBase) -> Iterator[str]:
    yield base.announcement
    for name in base.names.values():
        yield from (name.label.nb, name.label.nn, name.label.en, *name.aliases)
    for fact in base.facts.values():
        text = getattr(fact, "text", None)
        if text is not None:
            yield from (text.nb, text.nn, text.en)


def _openings(base: KnowledgeBase) -> set[str]:
    """Return the folded words that sentences of the wording begin with."""
    templates: list[str] = []
    for wording in base.wording.values():
        for topic in wording.topics.values():
            templates += _templates(topic)
        templates += wording.gaps["frame"], *wording.verdicts.values()
        templates += wording.clauses.values()
        templates += [text for texts in wording.talk.values() for text in texts]
    for fact in base.facts.values():
        if isinstance(fact, TextFact):
            templates += fact.text.nb, fact.text.nn, fact.text.en
    starts = {
        words_of(part)[0]
        for template in templates
        for part in re.split(r"[.!?:]\s+", template)
        if words_of(part) and not part.startswith("{")
    }
    return starts | set(_number_words(english=False))


def _templates(topic: TopicWording) -> list[str]:
    texts = (topic.answer, topic.answer_plural, topic.simple)
    return [text for text in texts if text]
