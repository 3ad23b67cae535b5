"""What stands on buttons: whoever types it asks what the button asks."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from bot.answering.conversation import Context
from bot.answering.frame import Frame
from bot.answering.framing import read_frame
from bot.answering.question import Message, Question
from bot.answering.resolve import Resolved, resolve
from bot.answering.select import select
from bot.answering.wording import Wording
from bot.intents import ASK_TOPIC, DISTRESS, SOMETHING_ELSE
from bot.knowledge import KnowledgeBase
from bot.languages import Language
from bot.reading.spelling import fold


@dataclasses.dataclass(frozen=True)
class Label:
    """The words of a button.

    Attributes:
        topic: The topic or gap that it asks for; None asks for something else.
        language: The language of the words.
    """

    topic: str | None
    language: Language


class Labels:
    """Knows the words of every button, in every language."""

    def __init__(self, base: KnowledgeBase) -> None:
        """Take them from the knowledge base."""
        self._base = base
        self._labels: dict[str, list[Label]] = {}
        for language in base.wording:
            words = Wording(base, language)
            for topic in (*base.topics, *base.gaps):
                self._add(words.ask(topic), Label(topic, language))
            self._add(words.talk("other").text, Label(None, language))

    def _add(self, words: str | None, label: Label) -> None:
        if words:
            self._labels.setdefault(fold(words), []).append(label)

    def read(self, message: Message, context: Context) -> Message:
        """Return a message, with what is asked in a button's words as that button.

        One that is nothing else is in the language of the button.

        Args:
            message: What was understood of it.
            context: The conversation so far.
        """
        if any(question.intent == DISTRESS for question in message.questions):
            return message
        whole = self._meant(message.text, context)
        if not whole:
            asked = tuple(self._asked(q, message, context) for q in message.questions)
            return dataclasses.replace(message, questions=asked)
        first = dataclasses.replace(message.questions[0], text=message.text)
        message = dataclasses.replace(message, questions=(first,))
        asked = (self._asked(first, message, context),)
        languages = {label.language for label in whole}
        if len(languages) > 1:
            return dataclasses.replace(message, questions=asked)
        return dataclasses.replace(
            message, questions=asked, language=languages.pop(), language_confidence=1.0
        )

    def _asked(
        self, question: Question, message: Message, context: Context
    ) -> Question:
        """Return a question, as the button whose words it is put in, if there is one.

        `When was it published?` may stand on a button and still ask of what was just
        told: words that point to somebody or something named mean what they point to.
        """
        labels = self._meant(question.text, context)
        if not labels or question.topic:
            return question
        topic = labels[0].topic
        if topic is None:
            return dataclasses.replace(question, intent=SOMETHING_ELSE, confidence=1.0)
        frame = read_frame(self._base, question)
        alone = Context(language=context.language)
        if self._told(resolve(self._base, frame, alone)) != (topic,):
            question = dataclasses.replace(question, intent=ASK_TOPIC, confidence=1.0)
        elif topic not in self._offered(context) and _points(frame):
            resolved = resolve(self._base, frame, context)
            turned = resolved.names and self._told(resolved) != (topic,)
            if turned or len(message.questions) > 1:
                return question
        return dataclasses.replace(question, topic=topic)

    def _meant(self, text: str, context: Context) -> list[Label]:
        """Return the labels that a text is, all of one button; none where unclear.

        Of two buttons with the same words the one counts that is offered.
        """
        labels = self._labels.get(fold(text), [])
        if len({label.topic for label in labels}) > 1:
            offered = self._offered(context)
            labels = [label for label in labels if label.topic in offered]
        return labels if len({label.topic for label in labels}) == 1 else []

    def _offered(self, context: Context) -> Sequence[str | None]:
        """Return what the last reply offers: asked back about, or what comes next."""
        if context.offered:
            return context.offered
        gap = self._base.gaps.get(context.topic or "")
        told = self._base.topics.get(gap.nearby if gap else context.topic or "")
        following = told.next if told else self._base.content.starters
        return [topic for topic in following if topic not in context.told]

    def _told(self, resolved: Resolved) -> tuple[str, ...]:
        """Return the topics and gaps that a question asks for, as it was understood."""
        means = resolved.frame.question.intent in self._base.intents
        if not means or not resolved.attribute:
            return ()
        return tuple(it.topic for it in select(self._base, resolved))


def _points(frame: Frame) -> bool:
    """Tell whether a question names nobody and nothing, and may mean those named."""
    form = frame.form
    points = form.pronoun is not None or form.others
    return points and form.ordinal is None and not frame.names
