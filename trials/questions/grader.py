"""Says what is wrong with a reply to one turn of a case.

A case is one line of a case file, and a conversation of its own:

    {"id": "nb-1", "lang": "nb", "style": "plain", "turns": [
        {"user": "Hvor mange søkte?", "kind": "answer", "facts": ["applicants43"],
         "forbid": []}]}

The fields of a turn:

* `user`: the message.
* `kind`: the kind of reply that is right, or a list of such kinds, the best first.
* `facts`: the ids, in `facts.yml`, of what the reply has to say.
* `forbid`: the ids of what it must not say.
* `lang`: the language of the reply where it differs from the case's; null leaves it
  open.

Only what the person reads counts as said, never what the payload quotes.
"""

# Longer than other modules: what a fact, a turn and a fault are, to be read at once.

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pydantic
import yaml

from bot.knowledge import load_knowledge
from bot.knowledge.models import Record
from bot.languages import Language
from bot.settings import content_dir
from trials.errors import TrialError
from trials.reply import MOST_WORDS

FACTS_FILE = "facts.yml"
"""The file of facts, beside the questions."""

# Common words that only one of the three uses.
_TELLING_WORDS: Mapping[Language, str] = {
    "nb": "jeg ikke hva hvem hvor hvorfor hvordan hvilke hvilken fra en et noe noen de "
    "flere blir ble være vært se gjør gir bare mer sammen uten kommer sier innen disse "
    "selv norge millioner pengene kunngjøringen regjeringen",
    "nn": "eg ikkje kva kven kvar kvifor korleis frå ein eit ei noko nokon nokre dei "
    "fleire vert vart vere vore sjå gjer gjev berre meir saman utan kjem seier innan "
    "desse sjølv noreg millionar pengane kunngjeringa regjeringa",
    "en": "the of and is are was were be with from that this these which who not it "
    "its they their has have says on an as or",
}
# So many more of one language than of any other tell the language.
_LEAST_LEAD = 2
# A comma or full stop without a space stands inside a figure or an address.
_WORD_BEGINS = r"(?<![\w.,])"
_FIGURE_ENDS = r"(?!\w|[.,]\d)"
_QUOTE_MARKS = str.maketrans("“”„«»‘’", '"""""\'\'')


def questions_dir() -> Path:
    """Return the folder of the questions about the content in force."""
    return content_dir() / "tests" / "questions"


def normalised(text: str) -> str:
    """Return a text with single spaces and straight quote marks."""
    return " ".join(text.translate(_QUOTE_MARKS).split())


def guess_language(text: str) -> Language | None:
    """Return the language that a text is written in, or None where it is unclear.

    What stands between « and » is quoted, and so may be in another language.
    """
    words = re.findall(r"\w+", re.sub("«[^»]*»", "", text.lower()))
    found = {
        language: sum(words.count(word) for word in telling.split())
        for language, telling in _TELLING_WORDS.items()
    }
    first, second, _ = sorted(found, key=lambda language: -found[language])
    return first if found[first] - found[second] >= _LEAST_LEAD else None


def _refuse_broken(
    groups: tuple[tuple[str, ...], ...],
) -> tuple[tuple[str, ...], ...]:
    if not groups or not all(groups):
        raise ValueError("needs a pattern in each line")
    for pattern in (pattern for group in groups for pattern in group):
        try:
            found_in_nothing = re.search(pattern, "")
        except re.error as error:
            raise ValueError(f"'{pattern}' is no pattern: {error}") from error
        if found_in_nothing:
            raise ValueError(f"'{pattern}' is found in every text")
    return groups


class Fact(Record):
    """Something that a reply can say, and the words by which one sees that it does.

    Attributes:
        id: What the cases call it.
        all_of: Groups of patterns; the fact is said where of each group one pattern at
            least is found. The head of `facts.yml` describes the patterns.
    """

    id: pydantic.StrictStr
    all_of: tuple[tuple[pydantic.StrictStr, ...], ...]

    _patterns = pydantic.validator("all_of", allow_reuse=True)(_refuse_broken)

    def is_said_in(self, text: str) -> bool:
        """Tell whether a normalised text says it."""
        return all(
            any(_finds(pattern, text) for pattern in group) for group in self.all_of
        )


def _finds(pattern: str, text: str) -> bool:
    end = _FIGURE_ENDS if pattern[-1].isdigit() else ""
    found = re.search(f"{_WORD_BEGINS}(?:{pattern}){end}", text, re.IGNORECASE)
    return found is not None


def load_facts(file: Path | None = None) -> dict[str, Fact]:
    """Return the facts of a file, by id.

    Args:
        file: That of the content in force when left out.

    Raises:
        TrialError: The file cannot be read, a fact has an unknown field, lacks
            one or has a broken pattern, or an id stands twice. The message names the
            file and the fact.
    """
    file = file or questions_dir() / FACTS_FILE
    name = f"{file.parent.name}/{file.name}"
    try:
        content = yaml.safe_load(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise TrialError(f"{name} cannot be read: {error}") from error
    records = content.get("facts") if isinstance(content, dict) else None
    if not isinstance(records, list) or set(content) != {"facts"}:
        raise TrialError(f"{name} must hold a list under 'facts:' and no more")
    facts: dict[str, Fact] = {}
    for number, record in enumerate(records, 1):
        stated = record.get("id") if isinstance(record, dict) else None
        where = f"{name}: {stated or f'fact {number}'}"
        try:
            fact = Fact.parse_obj(record)
        except pydantic.ValidationError as error:
            fault = error.errors()[0]
            field = ".".join(str(part) for part in fault["loc"])
            raise TrialError(f"{where}: field '{field}': {fault['msg']}") from None
        if fact.id in facts:
            raise TrialError(f"{where}: the id stands twice; rename one")
        facts[fact.id] = fact
    return facts


class Grader:
    """Judges replies by the facts that they should say and the announcement."""

    def __init__(self, facts: Mapping[str, Fact], announcement: str) -> None:
        """Keep what the replies are held to.

        Args:
            facts: The facts that the cases may name, by id.
            announcement: The text that every answer quotes.
        """
        self._facts = facts
        self._announcement = normalised(announcement)

    def knows(self, fact: str) -> bool:
        """Tell whether there is a fact of that id."""
        return fact in self._facts

    def says(self, fact: str, text: str) -> bool:
        """Tell whether a text says a fact.

        Raises:
            TrialError: There is no fact of that id.
        """
        if not self.knows(fact):
            raise TrialError(
                f"a case names the fact '{fact}', which {FACTS_FILE} lacks"
            )
        return self._facts[fact].is_said_in(normalised(text))

    def judge(
        self,
        turn: Mapping[str, Any],
        language: str | None,
        reply: Sequence[Mapping[str, Any]],
    ) -> list[str]:
        """Return what is wrong with a reply; nothing when it is right.

        Args:
            turn: The turn of a case; its `lang`, if it has one, wins over `language`.
            language: The language that an answer should be in; None leaves it open.
            reply: The parts of the reply, as the REST channel returns them.

        Raises:
            TrialError: The turn names a fact that does not exist.
        """
        text = "\n".join(part["text"] for part in reply if part.get("text"))
        custom = [part.get("custom") for part in reply]
        payloads = [
            each for each in custom if isinstance(each, dict) and "kind" in each
        ]
        if len(payloads) != 1:
            return [f"no payload, or several: {len(payloads)} instead of one"]
        given = payloads[0]["kind"]
        expected = [turn["kind"]] if isinstance(turn["kind"], str) else turn["kind"]
        faults = []
        if given not in expected:
            faults.append(f"kind {given} instead of {' or '.join(expected)}")
        if not text.strip():
            faults.append("no text")
        faults += [
            f"lacks {f}" for f in turn.get("facts", ()) if not self.says(f, text)
        ]
        faults += [
            f"must not hold {f}" for f in turn.get("forbid", ()) if self.says(f, text)
        ]
        if given == "answer" and given in expected:
            faults += self._faults_of_answer(
                payloads[0], turn.get("lang", language), text
            )
        return faults

    def _faults_of_answer(
        self, payload: Mapping[str, Any], language: str | None, text: str
    ) -> Iterator[str]:
        quotes = [source.get("quote") or "" for source in payload.get("sources") or ()]
        if not quotes:
            yield "no source"
        for quote in map(normalised, quotes):
            if not quote or quote not in self._announcement:
                yield f"quote not in the announcement: «{quote}»"
        if (words := len(text.split())) > MOST_WORDS:
            yield f"{words} words, which is more than {MOST_WORDS}"
        guessed = guess_language(text)
        if language and guessed and guessed != language:
            yield f"replied in {guessed}, asked in {language}"


def load_grader() -> Grader:
    """Return the grader of the content in force: its facts and its announcement.

    Raises:
        TrialError: `facts.yml` is broken; the message says where.
    """
    return Grader(load_facts(), load_knowledge().announcement)
