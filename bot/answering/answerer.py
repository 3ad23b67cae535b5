"""Answers messages: one reply to each, whatever it holds."""

import dataclasses

from bot.answering import asking_back, dialogue
from bot.answering.claims import judge
from bot.answering.conversation import Context
from bot.answering.membership import look_up_members
from bot.answering.question import Message, Question
from bot.answering.reply import Button, Kind, Reply
from bot.answering.routing import Choice, choose
from bot.answering.service import Service
from bot.answering.wording import Subject, Told, Wording
from bot.knowledge import KnowledgeBase
from bot.languages import Language
from bot.links import links_in

_MOST_BUTTONS = 3
_FIRST_SUGGESTIONS = ("recipients.list", "grant.amount", "document.summary")
_MEMBERS = "recipients.list"
_NOT_ONLY = "recipients.not_only"
BUTTON_INTENT = "ask_topic"
DISTRESS = "distress"
_SURE_OF_WRITTEN_FORM = 0.9
_TALK_KINDS: dict[str, Kind] = {
    "greet": "smalltalk",
    "thank": "smalltalk",
    "goodbye": "smalltalk",
    "how_are_you": "smalltalk",
    "acknowledge": "smalltalk",
    "ask_bot": "smalltalk",
    "ask_capabilities": "smalltalk",
    "ask_operator": "smalltalk",
    "ask_operator_unnamed": "smalltalk",
    "ask_storage": "smalltalk",
    "ask_deletion": "smalltalk",
    "ask_restart": "smalltalk",
    "ask_trust": "smalltalk",
    "ask_languages": "smalltalk",
    "something_else": "smalltalk",
    "deny": "smalltalk",
    "empty": "smalltalk",
    "nothing_before": "smalltalk",
    "language": "smalltalk",
    "insult": "out_of_scope",
    "prompt_attack": "out_of_scope",
    "out_of_scope": "out_of_scope",
    "foreign_language": "out_of_scope",
    "too_long": "out_of_scope",
    "personal_number": "out_of_scope",
    "request_human": "handover",
    DISTRESS: "handover",
    "clarify": "clarify",
}
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
class Part:
    """What is said to one question."""

    kind: Kind
    text: str
    facts: tuple[str, ...]
    context: Context
    suggestions: tuple[str, ...]


class Answerer:
    """Answers from the knowledge base. It keeps nothing between two messages."""

    def __init__(self, base: KnowledgeBase, service: Service) -> None:
        """Take what there is to know.

        Args:
            base: The knowledge base.
            service: What is told of the service itself.
        """
        self.base = base
        self._service = service
        self._wording = {lang: Wording(base, lang) for lang in base.wording}

    def answer(self, message: Message, context: Context) -> Reply:
        """Return the reply to a message.

        Args:
            message: What was understood of it; it has at least one question.
            context: The conversation so far.
        """
        offered = context.offered
        context = dataclasses.replace(
            context, language=_language_of_reply(message, context), offered=()
        )
        parts: list[Part] = []
        questions = asking_back.as_chosen(self, message.questions, offered, context)
        for number, question in enumerate(questions, 1):
            if question.intent == "change_language" and number < len(message.questions):
                context = dialogue.in_language(question, context)
                continue
            part = self.answer_question(question, context)
            context = part.context
            if part.text not in [earlier.text for earlier in parts]:
                parts.append(part)
        in_distress = any(q.intent == DISTRESS for q in message.questions)
        if message.personal_number and not in_distress:
            warning = self.talk("personal_number", context)
            answers = [p for p in parts if p.kind in ("answer", "not_stated")]
            parts = [warning, *(answers if message.asks_more else ())]
        return self._reply(message, parts, context)

    def wording(self, language: Language) -> Wording:
        """Return the words of one language."""
        return self._wording[language]

    def answer_question(self, question: Question, context: Context) -> Part:
        """Return what is said to one question; help comes before all else."""
        if question.intent == DISTRESS:
            return self.talk(DISTRESS, context)
        question = dialogue.with_ordinal(self.base, question, context)
        if question.bare or dialogue.only_names(question, context):
            return dialogue.follow_up(self, question, context)
        aside = dialogue.aside(self.base, question, context)
        if aside:
            return self.tell_topic(aside, context)
        if question.intent == BUTTON_INTENT and question.topic:
            return self.tell_chosen(question, question.topic, context)
        if question.intent in dialogue.MOVES:
            return dialogue.MOVES[question.intent](self, question, context)
        if question.intent in self.base.routes:
            return self.answer_intent(question, context, question.intent)
        if question.intent == "ask_trust" and dialogue.is_doubt(question, context):
            return dialogue.show_source(self, question, context)
        if question.intent == "ask_operator" and not self._service.operator:
            return self.talk("ask_operator_unnamed", context)
        if question.intent in _TALK_KINDS:
            return self.talk(question.intent, context)
        return asking_back.ask_back(self, question, context)

    def answer_intent(self, question: Question, context: Context, intent: str) -> Part:
        """Return the answer to a question taken as a given intent."""
        choice = choose(self.base, question, context, intent)
        if choice.topic == _MEMBERS:
            members = look_up_members(self.base, question, choice.names)
            verdict = members.holds if question.form.yes_no else None
            if members.holds is None:
                topic = self.base.topics[_MEMBERS]
                verdict = judge(self.base, question, topic, topic.facts, ())
            return self._tell(
                question, context, members.topic, choice, members.subject, verdict
            )
        subject = self._subject(question, choice)
        if self.base.is_gap(choice.topic):
            return self._tell_gap(context, intent, choice, subject)
        topic = self.base.topics[choice.topic]
        facts = self.wording(context.language).tell(topic.id, subject).facts
        verdict = judge(self.base, question, topic, facts, choice.names)
        if choice.topic == "recipients.location":
            members = look_up_members(self.base, question, choice.names)
            if members.topic in (choice.topic, _NOT_ONLY) or not subject.names:
                verdict = members.holds if question.form.yes_no else None
                return self._tell(
                    question, context, members.topic, choice, members.subject, verdict
                )
            if question.unknown and question.form.yes_no:
                verdict = False
        return self._tell(question, context, choice.topic, choice, subject, verdict)

    def tell_chosen(self, question: Question, topic_id: str, context: Context) -> Part:
        """Return what is said to a topic or gap that somebody has pressed or chosen."""
        if topic_id in self.base.topics:
            return self.tell_topic(topic_id, context)
        if topic_id in self.base.gaps:
            choice = Choice(topic_id, (), by_name=False)
            return self._tell_gap(context, BUTTON_INTENT, choice, Subject())
        return asking_back.ask_back(self, question, context)

    def tell_topic(
        self,
        topic_id: str,
        context: Context,
        *,
        names: tuple[str, ...] = (),
        simple: bool = False,
    ) -> Part:
        """Return a topic's answer, told without a question about it."""
        subject = self._subject_of(names)
        words = self.wording(context.language)
        if words.lacks(topic_id, subject):
            topic_id = _MEMBERS
        told = words.tell(topic_id, subject, simple=simple)
        after = context.after(
            context.intent or BUTTON_INTENT,
            topic_id,
            names or self.base.topics[topic_id].about,
            told.facts,
        )
        return self._part("answer", told, after, self.base.topics[topic_id].next)

    def talk(
        self, key: str, context: Context, kind: Kind | None = None, **values: str
    ) -> Part:
        """Return a piece of talk that states no fact."""
        values |= self._service.values()
        told = self.wording(context.language).talk(key, **values)
        return self._part(
            kind or _TALK_KINDS[key],
            Told(told.text, ()),
            context,
            () if key == DISTRESS else _FIRST_SUGGESTIONS,
        )

    def _subject_of(self, names: tuple[str, ...]) -> Subject:
        recipients = tuple(n for n in names if n in self.base.recipients)
        places = tuple(n for n in names if self.base.names[n].type == "place")
        cities = (*places, *(self.base.city_of(r) for r in recipients))
        return Subject(recipients or places, place=cities[0] if cities else "")

    def _subject(self, question: Question, choice: Choice) -> Subject:
        return Subject(
            names=tuple(n for n in choice.names if n in self.base.recipients),
            unknown=question.unknown[0] if question.unknown else "",
        )

    def _tell_gap(
        self, context: Context, intent: str, choice: Choice, subject: Subject
    ) -> Part:
        told = self.wording(context.language).gap(choice.topic, subject)
        if self.base.gaps[choice.topic].contact:
            contact = self.talk("contact", context, "handover").text
            told = Told(f"{told.text} {contact}", told.facts)
        nearby = self.base.topics[self.base.gaps[choice.topic].nearby]
        names = choice.names or nearby.about
        after = context.after(intent, choice.topic, names, told.facts)
        return self._part("not_stated", told, after, nearby.next)

    def _tell(
        self,
        question: Question,
        context: Context,
        topic_id: str,
        choice: Choice,
        subject: Subject,
        verdict: bool | None,
    ) -> Part:
        words = self.wording(context.language)
        told = words.tell(topic_id, subject)
        if verdict is not None:
            told = Told(f"{words.verdict(verdict)}. {told.text}", told.facts)
        about = self.base.topics[topic_id].about
        names = subject.names or choice.names or about
        after = context.after(question.intent, topic_id, names, told.facts)
        return self._part("answer", told, after, self.base.topics[topic_id].next)

    def _part(
        self, kind: Kind, told: Told, context: Context, suggestions: tuple[str, ...]
    ) -> Part:
        untold = tuple(topic for topic in suggestions if topic not in context.told)
        return Part(kind, told.text, told.facts, context, untold)

    def _reply(self, message: Message, parts: list[Part], context: Context) -> Reply:
        # A greeting or thanks beside a question is not answered apart.
        said = [part for part in parts if part.kind != "smalltalk"] or parts
        kind = min((part.kind for part in said), key=_KIND_ORDER.index)
        if kind in ("answer", "not_stated") and not message.personal_number:
            said = [part for part in said if part.kind != "out_of_scope"]
        facts = tuple(dict.fromkeys(fact for part in said for fact in part.facts))
        first = message.questions[0]
        text = "\n\n".join(part.text for part in said)
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
            sources=self.base.sources(facts),
            intent=first.intent,
            confidence=first.confidence,
            buttons=self._buttons(tuple(suggestions), context),
            context=context,
            links=links_in(text, self._service.addresses(kind)),
        )

    def _buttons(
        self, suggestions: tuple[str, ...], context: Context
    ) -> tuple[Button, ...]:
        if context.offered:
            return asking_back.buttons(self, context)
        return tuple(
            self.button(topic, context.language)
            for topic in suggestions[:_MOST_BUTTONS]
        )

    def button(self, topic_id: str, language: Language) -> Button:
        """Return the button that asks for a topic."""
        title = self.wording(language).ask(topic_id) or ""
        return Button(title, f'/{BUTTON_INTENT}{{"topic": "{topic_id}"}}')


def _language_of_reply(message: Message, context: Context) -> Language:
    """Return the message's language, or the conversation's where it is not plain.

    Bokmål and Nynorsk share so many words that a conversation changes from the one to
    the other only for a message that is surely in it.
    """
    if message.language is None:
        return context.language
    between_norwegians = {message.language, context.language} == {"nb", "nn"}
    unsure = message.language_confidence < _SURE_OF_WRITTEN_FORM
    if between_norwegians and unsure and context.topic is not None:
        return context.language
    return message.language
