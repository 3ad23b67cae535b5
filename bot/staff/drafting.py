"""Makes of an e-mail its questions, each with an answer for staff to look through."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.answering import Context
from bot.intents import DISTRESS
from bot.knowledge import KnowledgeBase
from bot.knowledge.models import PLACE
from bot.languages import DEFAULT_LANGUAGE, LANGUAGES, Language
from bot.reading.segments import Segment
from bot.staff.asking import Asked, asked_in, is_courtesy
from bot.staff.assistant import Assistant
from bot.staff.deciding import (
    LEAST_SURE,
    LEAST_SURE_RUN_ON,
    LEAST_SURE_UNASKED,
    Decider,
    asks_of,
    stated_names,
)
from bot.staff.items import Alternative, Draft, Item
from bot.staff.mail import Mail, checked, read_mail
from bot.staff.readings import claim_as_question, readings, with_name
from bot.staff.rewordings import rewordings
from bot.staff.run_ons import runs_on

# How likely (0-1) a sentence without a question mark must be to ask what is told.
_LEAST_LIKELY = 0.3


def draft_of(text: str, assistant: Assistant) -> Draft:
    """Return the questions of an e-mail with their answers; nothing is kept.

    Args:
        text: The e-mail.
        assistant: Understands and answers.

    Raises:
        MailError: It is empty or too long.
        ModelError: There is no model, or it cannot be loaded.
    """
    # Not above: Rasa takes seconds to import, and other pages need none of it.
    from bot.engine.intake import cleaned

    mail = read_mail(cleaned(checked(text)))
    parses = {s.start: assistant.parse(s.text) for s in mail.sentences}
    return _Drafting(assistant, mail, parses).draft()


class _Drafting:
    """Answers the questions of one e-mail, one after the other."""

    def __init__(
        self, assistant: Assistant, mail: Mail, parses: Mapping[int, dict[str, Any]]
    ) -> None:
        self._assistant = assistant
        # What follows was parsed just now, so that a model is loaded.
        self._base = assistant.knowledge
        self._mail = mail
        self._parses = parses
        self._language = _language_of(mail, parses)
        self._decider = Decider(assistant, self._language)

    def draft(self) -> Draft:
        context = Context(language=self._language)
        items: list[Item] = []
        wants_human: list[str] = []
        certain = True
        for asked in asked_in(self._mail):
            context = self._after_reading(asked.about, context)
            item, context = self._answered(asked, context, certain)
            if item.kind == "handover":
                wants_human.append(item.sentence)
            elif not self._is_dropped(item, asked):
                items.append(item)
                if item.sure or asked.plainly:
                    certain = item.sure or item.confidence >= LEAST_SURE
        return Draft(
            self._mail.text,
            self._language,
            self._mail.sender,
            _once(items),
            tuple(self._urgent()),
            tuple(wants_human),
        )

    def _after_reading(self, about: Sequence[Segment], context: Context) -> Context:
        """Return a context in which that was spoken of which sentences name."""
        for sentence in about:
            names = _names(self._base, self._parses[sentence.start])
            if names:
                spoken = (*context.spoken_of, *names)
                context = dataclasses.replace(context, names=names, spoken_of=spoken)
        return context

    def _answered(
        self, asked: Asked, context: Context, certain: bool
    ) -> tuple[Item, Context]:
        texts = self._readings(asked)
        least = LEAST_SURE if asked.plainly else LEAST_SURE_UNASKED
        if runs_on(texts[0]):
            least = LEAST_SURE_RUN_ON
        decided = self._decider.decide(
            texts,
            context,
            certain=certain,
            least=least,
            leans=asked.leans,
            rewordings=rewordings(texts[-1], self._language),
        )
        reply = decided.reply
        words = self._base.wording[self._language]
        item = Item(
            sentence=asked.sentence.text,
            claim=asked.claim.text if asked.claim else "",
            start=asked.sentence.start,
            end=asked.sentence.end,
            kind=reply.kind,
            text=reply.text,
            sources=reply.sources,
            facts=reply.facts,
            intent=reply.intent,
            confidence=reply.confidence,
            sure=decided.sure,
            alternatives=tuple(
                Alternative(topic, asks_of(words, topic))
                for topic in decided.alternatives
            ),
        )
        told = reply.kind in ("answer", "not_stated")
        after = dataclasses.replace(reply.context, offered=())
        return item, after if told else context

    def _readings(self, asked: Asked) -> list[str]:
        if asked.claim:
            return [claim_as_question(asked.claim.text, self._language)]
        sentence = asked.sentence.text
        meant = self._with_antecedent(asked)
        return readings(meant or sentence)

    def _with_antecedent(self, asked: Asked) -> str | None:
        """Return a question with the name in place of the pronoun that points to it.

        A name that the knowledge base does not hold has no place in a context: of
        `We know Acme. Is it they who pay?` the question is `Is it Acme who pay?`.
        """
        own = self._parses[asked.sentence.start].get("entities") or ()
        if own or not asked.about:
            return None
        before = asked.about[-1]
        entities = self._parses[before.start].get("entities") or ()
        for entity in reversed(entities):
            if entity["value"] not in stated_names(self._base):
                name = before.text[entity["start"] : entity["end"]]
                return with_name(asked.sentence.text, name)
            return None
        return None

    def _is_dropped(self, item: Item, asked: Asked) -> bool:
        """Tell whether what seemed to be a question is none for a draft."""
        if item.kind in ("answer", "not_stated") and item.sure:
            return False
        if is_courtesy(item.sentence) or asked.barely:
            return True
        if item.kind == "smalltalk":
            return item.confidence >= LEAST_SURE or not item.alternatives
        if item.confidence < _LEAST_LIKELY and not (asked.is_marked or asked.listed):
            return True
        return not asked.plainly and item.kind not in ("answer", "not_stated")

    def _urgent(self) -> Iterator[str]:
        """Yield the sentences by whose words somebody may be in danger.

        One by itself may sound so that does not among those around it.
        """
        sentences = self._mail.sentences
        for number, sentence in enumerate(sentences):
            if not _is_distress(self._parses[sentence.start]):
                continue
            before, after = max(0, number - 1), number + 2
            windows = ((before, after), (before, number + 1), (number, after))
            if all(self._sounds_urgent(sentences[a:b]) for a, b in windows):
                yield sentence.text

    def _sounds_urgent(self, sentences: Sequence[Segment]) -> bool:
        together = " ".join(each.text for each in sentences)
        return _is_distress(self._assistant.parse(together))


def _is_distress(parse: Mapping[str, Any]) -> bool:
    found = [parse.get("intent") or {}, *(parse.get("questions") or ())]
    return any(DISTRESS in (each.get("name"), each.get("intent")) for each in found)


def _names(base: KnowledgeBase, parse: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names in a sentence that another may point back to."""
    found = (e["value"] for e in parse.get("entities") or () if e["entity"] == "name")
    return tuple(
        dict.fromkeys(n for n in found if n in base.names and base.type_of(n) != PLACE)
    )


def _language_of(mail: Mail, parses: Mapping[int, dict[str, Any]]) -> Language:
    """Return the language that most of an e-mail is in."""
    said: Counter[Language] = Counter()
    for sentence in mail.sentences:
        parse = parses[sentence.start]
        for language in LANGUAGES:
            if parse.get("language") == language:
                words = len(sentence.text.split())
                said[language] += round(100 * words * parse["language_confidence"])
    return said.most_common(1)[0][0] if said else DEFAULT_LANGUAGE


def _once(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return items of which each that says what one before it says points to that."""
    first: dict[str, int] = {}
    once = []
    for number, item in enumerate(items):
        told = first.setdefault(item.text, number)
        same_as = told if told != number and item.kind != "clarify" else None
        once.append(dataclasses.replace(item, same_as=same_as, place=number))
    return tuple(once)
