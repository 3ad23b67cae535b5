"""A conversation with the answerer, without Rasa: what was understood is given."""

from bot.answering import Answerer, Context, Message, Question, Reply
from bot.answering.frame import Frame
from bot.answering.framing import read_frame
from bot.knowledge import load_knowledge
from bot.languages import Language

CONFIDENCE = 0.9


def question(
    text: str, intent: str, *names: str, unknown: tuple[str, ...] = ()
) -> Question:
    """Return a question in which some names stand."""
    return Question(text, intent, CONFIDENCE, names, unknown)


def frame_of(
    text: str,
    intent: str = "ask_summary",
    *names: str,
    unknown: tuple[str, ...] = (),
) -> Frame:
    """Return what the words of a question mean."""
    return read_frame(load_knowledge(), question(text, intent, *names, unknown=unknown))


class Conversation:
    """One person's conversation: each message goes on from the one before."""

    def __init__(self, answerer: Answerer) -> None:
        self.answerer = answerer
        self.context = Context()

    def ask(
        self,
        text: str,
        intent: str,
        *names: str,
        unknown: tuple[str, ...] = (),
        language: Language | None = None,
    ) -> Reply:
        """Put a question in which some names stand, and return the reply."""
        asked = question(text, intent, *names, unknown=unknown)
        return self.send(asked, language=language)

    def press(self, topic: str, language: Language | None = None) -> Reply:
        """Press the button of a topic, and return the reply."""
        text = f'/ask_topic{{"topic": "{topic}"}}'
        pressed = Question(text, "ask_topic", 1.0, topic=topic)
        return self.send(pressed, language=language)

    def send(self, *questions: Question, language: Language | None = None) -> Reply:
        """Send one message of several questions, and return the reply."""
        reply = self.answerer.answer(Message(questions, language), self.context)
        self.context = reply.context
        return reply
