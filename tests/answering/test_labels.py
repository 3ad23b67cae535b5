"""A button's own words, typed, get its answer; by whatever intent they go."""

import dataclasses
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from talking import Conversation

from bot.answering import Answerer, Message, Question, Reply, Service
from bot.answering.wording import Subject, Wording
from bot.knowledge import KnowledgeBase, load_knowledge
from bot.languages import LANGUAGES, Language
from bot.settings import PROJECT_DIR

SERVICE = Service(contact="the front desk, post@example.org")
CONTENTS = {
    "own": load_knowledge(),
    "other": load_knowledge(PROJECT_DIR / "tests" / "second_content" / "knowledge"),
}
SPELLINGS: dict[str, Callable[[str], str]] = {
    "as it stands": str,
    "in lower case": str.lower,
    "in capitals": str.upper,
    "without its mark": lambda text: text.rstrip("?"),
    "with more marks": lambda text: f"{text}??!",
    "in quotation marks": lambda text: f"«{text}»",
    "among blanks": lambda text: f"  {text.replace(' ', '  ')}\n",
    "in parts of letters": lambda text: unicodedata.normalize("NFD", text),
    "with a straight apostrophe": lambda text: text.replace("’", "'"),
}
TOPIC, POINTING, NAME = "recipients.cities", "Hvilke byer ligger de i?", "incubation"


def labels_of(base: KnowledgeBase) -> Iterator[tuple[Language, str, str]]:
    """Yield each topic and gap that a button asks for, with its language and words."""
    for language in LANGUAGES:
        words = Wording(base, language)
        for topic in (*base.topics, *base.gaps):
            label = words.ask(topic)
            if label:
                yield language, topic, label


def typed(
    talk: Conversation,
    text: str,
    intent: str = "out_of_scope",
    language: Language | None = None,
) -> Reply:
    """Type a text that was understood as something; mostly in no plain language."""
    message = Message((Question(text, intent, 0.3),), language, text=text)
    reply = talk.answerer.answer(message, talk.context)
    talk.context = reply.context
    return reply


def said(reply: Reply) -> tuple[object, ...]:
    """Return what a person gets of a reply, and what the next one goes on from."""
    told = (reply.kind, reply.language, reply.text, reply.facts, reply.sources)
    return (*told, reply.buttons, reply.context)


def with_label(base: KnowledgeBase, *labels: tuple[Language, str, str]) -> Answerer:
    """Return an answerer of a content in which some buttons have other words."""
    wording = dict(base.wording)
    for language, topic, label in labels:
        words = wording[language]
        asked = words.topics[topic].copy(update={"ask": label})
        topics = {**words.topics, topic: asked}
        wording[language] = words.copy(update={"topics": topics})
    return Answerer(dataclasses.replace(base, wording=wording), SERVICE)


@pytest.mark.parametrize("spelt", SPELLINGS.values(), ids=SPELLINGS)
@pytest.mark.parametrize("base", CONTENTS.values(), ids=CONTENTS)
def test_every_label_gets_the_answer_of_its_button(
    base: KnowledgeBase, spelt: Callable[[str], str]
) -> None:
    answerer = Answerer(base, SERVICE)
    labels = list(labels_of(base))
    assert {topic for _, topic, _ in labels}.issuperset(base.content.starters)
    alike = Counter(label for _, _, label in labels)
    for language, topic, label in labels:
        pressed = Conversation(answerer).press(topic, language)
        # What two languages have in common tells neither.
        plain = language if alike[label] > 1 else None
        reply = typed(Conversation(answerer), spelt(label), language=plain)
        assert said(reply) == said(pressed), label


@pytest.mark.parametrize("base", CONTENTS.values(), ids=CONTENTS)
def test_a_button_that_is_offered_never_leads_nowhere(base: KnowledgeBase) -> None:
    answerer = Answerer(base, SERVICE)
    for language, topic, label in labels_of(base):
        reply = Conversation(answerer).press(topic, language)
        assert reply.kind in ("answer", "not_stated"), label


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_button_for_something_else_can_be_typed_too(
    talk: Conversation, language: Language
) -> None:
    label = Wording(talk.answerer.base, language).talk("other").text
    reply = typed(talk, f"{label}.", "ask_more")
    assert (reply.kind, reply.intent) == ("smalltalk", "something_else")
    assert (reply.language, reply.confidence) == (language, 1.0)


def test_what_was_understood_alike_keeps_its_intent(talk: Conversation) -> None:
    asked = "ask_grant_recipients"
    label = Wording(talk.answerer.base, "nn").ask("recipients.list") or ""
    reply = typed(talk, label, asked)
    assert (reply.intent, reply.confidence) == (asked, 0.3)
    reply = typed(talk, label, "ask_siva")
    assert (reply.intent, reply.confidence) == ("ask_topic", 1.0)


@pytest.mark.parametrize(
    ("intent", "topic"), [("out_of_scope", "siva"), ("distress", None)]
)
def test_help_comes_before_any_button(
    talk: Conversation, intent: str, topic: str | None
) -> None:
    label = Wording(talk.answerer.base, "en").ask("siva") or ""
    assert typed(talk, label, intent).context.topic == topic


def test_among_several_questions_each_may_be_a_button(talk: Conversation) -> None:
    words = Wording(talk.answerer.base, "en")
    texts = [words.ask(topic) or "" for topic in ("siva", "applicants.count")]
    asked = [Question(text, "out_of_scope", 0.3) for text in texts]
    reply = talk.send(Question("Hi!", "greet", 0.9), *asked, language="en")
    told = [words.tell(topic, Subject()) for topic in ("siva", "applicants.count")]
    assert reply.facts == tuple(dict.fromkeys(f for it in told for f in it.facts))


def test_a_label_that_is_parted_at_its_and_is_one_question(talk: Conversation) -> None:
    label = "What do business gardens do, and who is the minister?"
    other = Conversation(with_label(talk.answerer.base, ("en", "siva", label)))
    parts = (Question(part, "out_of_scope", 0.3) for part in label.split(", and "))
    reply = other.answerer.answer(Message((*parts,), text=label), other.context)
    assert reply.context.topic == "siva"


def test_words_of_two_languages_are_in_the_one_of_the_message() -> None:
    answerer = with_label(
        CONTENTS["own"], ("nb", "siva", "Om Siva?"), ("nn", "siva", "Om Siva?")
    )
    for language in ("nb", "nn"):
        question = Question("Om Siva?", "out_of_scope", 0.3)
        message = Message((question,), language, text="Om Siva?")
        reply = answerer.answer(message, Conversation(answerer).context)
        assert (reply.language, reply.context.topic) == (language, "siva")


def test_of_two_buttons_with_the_same_words_the_one_that_is_offered_counts() -> None:
    base = CONTENTS["own"]
    following = base.topics["recipients.list"].next
    offered = next(it for it in following if it not in base.content.starters)
    answerer = with_label(base, ("nb", offered, "Og mer?"), ("en", "siva", "Og mer?"))
    talk = Conversation(answerer)
    assert typed(talk, "Og mer?").kind == "out_of_scope"
    talk.press("recipients.list", "nb")
    assert typed(talk, "Og mer?").context.topic == offered


def test_what_points_to_somebody_spoken_of_is_asked_of_them() -> None:
    base = CONTENTS["own"]
    answerer = with_label(base, ("nb", TOPIC, POINTING))
    asked = base.topics[TOPIC]
    intent = next(iter(asked.intents))
    talk = Conversation(answerer)
    assert typed(talk, POINTING, intent).context.topic == TOPIC
    talk = Conversation(answerer)
    talk.ask("Hva er en inkubator?", "ask_programme", NAME, language="nb")
    before = talk.context
    assert typed(talk, POINTING, intent).context.topic == "gap.programme_locations"
    # Offered just then, it is the button after all.
    talk.context = dataclasses.replace(before, offered=(TOPIC,))
    assert typed(talk, POINTING, intent).context.topic == TOPIC


def test_a_button_whose_words_claim_gets_a_verdict(talk: Conversation) -> None:
    label = "Skulle helsenæringsmeldingen bli den første?"
    answerer = with_label(talk.answerer.base, ("nb", "white_paper.first", label))
    reply = Conversation(answerer).press("white_paper.first", "nb")
    assert reply.text.startswith("Ja. ")


def test_the_steps_name_the_button(talk: Conversation) -> None:
    label = Wording(talk.answerer.base, "nb").ask("siva") or ""
    message = Message((Question(label, "out_of_scope", 0.3),), text=label)
    steps = [*talk.answerer.steps(message, talk.context)]
    assert [(step.name, step.found) for step in steps] == [("button", "siva")]
