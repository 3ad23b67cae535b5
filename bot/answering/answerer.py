"""Answers messages: one reply to each, whatever it holds.

A question goes one way: it is read (`frame`), filled in from the conversation
(`resolve`), looked up (`select`), held up to the facts (`verdict`) and told (`tell`).
"""

# Longer than other modules: all steps of a message are led from here.

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from bot.answering import asking_back
from bot.answering.blocks import blocks_of
from bot.answering.conversation import Context, language_of_reply
from bot.answering.findings import Verdict
from bot.answering.frame import Frame
from bot.answering.framing import read_frame
from bot.answering.joining import once, shortened
from bot.answering.labels import Labels
from bot.answering.left_out import warning_of
from bot.answering.moves import MOVES, in_language
from bot.answering.question import Message, Question
from bot.answering.reply import PERSON, Button, Kind, Reply
from bot.answering.resolve import Resolved, resolve
from bot.answering.select import Selection, select
from bot.answering.service import Service
from bot.answering.spoken import matcher
from bot.answering.support import Support
from bot.answering.tell import TALK_KINDS, Part, Teller
from bot.answering.verdict import judge, with_right_figure
from bot.intents import ASK_TOPIC, DISTRESS, SOMETHING_ELSE
from bot.knowledge import KnowledgeBase, load_knowledge
from bot.links import links_in
from bot.settings import Settings, read_settings

_MOST_BUTTONS = 3
# Words in the longest `are you sure?` about the last answer, not about them all.
_LONGEST_DOUBT = 4
# Words in the longest `is that much?` about the last answer.
_LONGEST_UNSETTLED = 6
_WANTS_PERSON = ("request_human", SOMETHING_ELSE)
# Where one message holds several questions, the reply takes the first kind it can.
_KIND_ORDER: tuple[Kind, ...] = (
    "answer",
    "not_stated",
    "handover",
    "clarify",
    "smalltalk",
    "out_of_scope",
)


@dataclasses.dataclass(frozen=True)
class Step:
    """What one step made of a question: its name, and what it found."""

    name: str
    found: str


class Answerer:
    """Answers from the knowledge base. It keeps nothing between two messages."""

    def __init__(self, base: KnowledgeBase, service: Service) -> None:
        """Take what there is to know.

        Args:
            base: The knowledge base.
            service: What is told of the service itself.
        """
        self.base = base
        self._teller = Teller(base, service)
        self._support = Support(base)
        self._labels = Labels(base)

    @classmethod
    def in_force(cls) -> Answerer:
        """Return one of the content and the settings in force."""
        return cls.of(load_knowledge(), read_settings())

    @classmethod
    def of(cls, base: KnowledgeBase, settings: Settings) -> Answerer:
        """Return one of a content and settings."""
        return cls(base, Service.from_settings(settings, base.content.contact))

    def answer(self, message: Message, context: Context) -> Reply:
        """Return the reply to a message.

        Args:
            message: What was understood of it; it has at least one question.
            context: The conversation so far.
        """
        before = context = context.within(self.base)
        message = self._labels.read(message, context)
        offered = context.offered
        context = dataclasses.replace(
            context, language=language_of_reply(message, context), offered=()
        )
        parts: list[Part] = []
        frames = [read_frame(self.base, q) for q in message.questions]
        if len(frames) == 1 and offered:
            frames = [asking_back.as_chosen(frames[0], offered)]
        for number, frame in enumerate(frames, 1):
            if frame.question.intent == "change_language" and number < len(frames):
                context = in_language(frame, context)
                continue
            for part in self._answer(frame, context):
                context = part.context
                if part.text not in [earlier.text for earlier in parts]:
                    parts.append(part)
        in_distress = any(q.intent == DISTRESS for q in message.questions)
        if message.left_out and not in_distress:
            warning = self._teller.talk(warning_of(message.left_out), context)
            answers = [p for p in parts if p.kind in ("answer", "not_stated")]
            parts = [warning, *(answers if message.asks_more else ())]
        reply = self._reply(message, parts, context)
        offers = not in_distress and self._offers_person(reply, frames, before)
        return dataclasses.replace(reply, offer=PERSON if offers else "")

    def _offers_person(
        self, reply: Reply, frames: list[Frame], before: Context
    ) -> bool:
        """Tell whether somebody may want a human being, where one can be reached.

        Somebody may who asks for one, whom no question that is offered helps, or who
        hears for the second time that the announcement does not tell, with no answer
        between.
        """
        if not self._teller.service.has_cases:
            return False
        again = reply.kind == "not_stated" and before.topic in self.base.gaps
        return again or any(it.question.intent in _WANTS_PERSON for it in frames)

    def steps(self, message: Message, context: Context) -> Iterator[Step]:
        """Yield what each step makes of the questions of a message."""
        context = context.within(self.base)
        for question in self._labels.read(message, context).questions:
            yield from self._steps(question, context)

    def _steps(self, question: Question, context: Context) -> Iterator[Step]:
        if question.topic:
            yield Step("button", question.topic)
            return
        frame = read_frame(self.base, question)
        yield Step("frame", frame.described())
        if question.intent == DISTRESS:
            return
        resolved = resolve(self.base, frame, context)
        if self._asks(resolved):
            yield Step("resolve", resolved.described())
            for selection, verdict in self._selected(resolved):
                yield Step("select", selection.described())
                yield Step("verdict", verdict.described())
        elif last := self._unsettled(frame, context):
            yield Step("unsettled", f"{last.topic}, as it was told before")
        elif likeliest := self._likeliest(frame, context):
            yield Step("taken as", likeliest.intent)
            yield from self._steps(likeliest, context)

    def _answer(self, frame: Frame, context: Context) -> Iterator[Part]:
        """Yield what is said to one question; help comes before all else."""
        question = frame.question
        if question.intent == DISTRESS:
            yield self._teller.talk(DISTRESS, context)
            return
        if question.topic:
            yield self._of_button(question.topic, context)
            return
        resolved = resolve(self.base, frame, context)
        if self._asks(resolved):
            yield from self._answer_question(resolved, context)
        elif last := self._unsettled(frame, context):
            yield self._teller.unsettled(last, context)
        elif likeliest := self._likeliest(frame, context):
            *_, part = self._answer(read_frame(self.base, likeliest), context)
            yield part
        else:
            yield self._talk(frame, context)

    def _of_button(self, topic_id: str, context: Context) -> Part:
        """Return what is said to a button: with a verdict where its words claim."""
        selection = self._teller.chosen(topic_id, context)
        if selection is None:
            return self._teller.talk("out_of_scope", context)
        words = self._teller.wording(context.language).ask(topic_id) or ""
        names = matcher(tuple(self.base.names.values())).find(words)
        named = tuple(dict.fromkeys(found.id for found in names))
        frame = read_frame(self.base, Question(words, ASK_TOPIC, 1.0, named))
        verdict = judge(self.base, self._support, frame, selection)
        return self._teller.tell(selection, verdict, context)

    def _unsettled(self, frame: Frame, context: Context) -> Selection | None:
        """Return what `is it much?` asks of, where no announcement settles it."""
        kinds = {self.base.type_of(value) for value in frame.values}
        unsettling = any(self.base.value_types[kind].unsettling for kind in kinds)
        topic = context.topic or ""
        if not unsettling or frame.act == "remark" or topic not in self.base.topics:
            return None
        if frame.form.words > _LONGEST_UNSETTLED or not frame.form.pronoun:
            return None
        selection = Selection(topic, context.pair or "", context.names)
        lacks = self._teller.wording(context.language).lacks(topic, selection.subject)
        return None if lacks else selection

    def _asks(self, resolved: Resolved) -> bool:
        """Tell whether something of the announcement is asked or claimed."""
        frame, question = resolved.frame, resolved.frame.question
        follows = question.bare or question.intent == "follow_up"
        turned = resolved.attribute != frame.attribute
        means = question.intent in self.base.intents
        return bool(
            resolved.attribute and (follows or means or resolved.names or turned)
        )

    def _answer_question(self, resolved: Resolved, context: Context) -> Iterator[Part]:
        for selection, verdict in self._selected(resolved):
            claims = resolved.frame.act == "claim"
            topic = self.base.topics.get(selection.topic)
            open_to_doubt = topic and not (topic.unsettled or topic.open)
            if claims and verdict.leaves_open and open_to_doubt:
                part = self._teller.unsettled(selection, context)
            else:
                part = self._teller.tell(selection, verdict, context)
            context = part.context
            yield part

    def _selected(self, resolved: Resolved) -> Iterator[tuple[Selection, Verdict]]:
        for selection in select(self.base, resolved):
            verdict = judge(self.base, self._support, resolved.frame, selection)
            yield with_right_figure(self.base, selection, verdict), verdict

    def _talk(self, frame: Frame, context: Context) -> Part:
        intent = frame.question.intent
        if intent in MOVES:
            return MOVES[intent](self._teller, frame, context)
        if intent == "ask_trust" and len(frame.folded.split()) <= _LONGEST_DOUBT:
            return MOVES["doubt"](self._teller, frame, context)
        if intent == "ask_operator" and not self._teller.service.operator:
            return self._teller.talk("ask_operator_unnamed", context)
        if intent in TALK_KINDS:
            return self._teller.talk(intent, context)
        return asking_back.ask_back(self._teller, frame, context)

    def _likeliest(self, frame: Frame, context: Context) -> Question | None:
        """Return what a question that was not understood is taken for, or None."""
        if frame.question.intent in {*MOVES, *TALK_KINDS}:
            return None
        seems = asking_back.as_it_seems(self.base, frame, context)
        return seems or asking_back.as_its_words_say(
            self.base, self._support, frame, context
        )

    def _reply(self, message: Message, parts: list[Part], context: Context) -> Reply:
        # A greeting or thanks beside a question is not answered apart.
        said = [part for part in parts if part.kind != "smalltalk"] or parts
        kind = min((part.kind for part in said), key=_KIND_ORDER.index)
        if kind in ("answer", "not_stated") and not message.left_out:
            said = [part for part in said if part.kind != "out_of_scope"]
        if len(said) > 1:
            said = shortened(once(said, self.base))
        facts = tuple(dict.fromkeys(fact for part in said for fact in part.facts))
        first = message.questions[0]
        text = "\n\n".join([part.text for part in said])
        sources = self.base.sources(facts)
        suggestions = dict.fromkeys(
            topic
            for part in said
            for topic in part.suggestions
            if topic not in context.told
        )
        return Reply(
            kind=kind,
            language=context.language,
            text=text,
            facts=facts,
            sources=sources,
            intent=first.intent,
            confidence=first.confidence,
            buttons=self._buttons(tuple(suggestions), context),
            context=context,
            links=links_in(text, self._teller.service.addresses(kind)),
            blocks=blocks_of([part.said for part in said], self.base, sources),
        )

    def _buttons(
        self, suggestions: tuple[str, ...], context: Context
    ) -> tuple[Button, ...]:
        if context.offered:
            return asking_back.buttons(self._teller, context)
        return tuple(
            self._teller.button(topic, context.language)
            for topic in suggestions[:_MOST_BUTTONS]
        )
