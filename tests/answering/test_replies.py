"""What every reply promises, whatever was asked."""

import json

import pytest
from talking import Conversation

from bot.answering import Answerer, Context, Message, Question, Service
from bot.knowledge import load_knowledge
from bot.languages import LANGUAGES, Language
from bot.settings import PROJECT_DIR

BASE = load_knowledge()
ANNOUNCEMENT = (PROJECT_DIR / "knowledge" / "announcement.txt").read_bytes().decode()
SMALL_TALK = [
    "greet",
    "thank",
    "goodbye",
    "how_are_you",
    "acknowledge",
    "ask_bot",
    "ask_capabilities",
    "deny",
    "affirm",
    "empty",
]
OUT_OF_SCOPE = ["out_of_scope", "insult", "prompt_attack", "too_long", "nlu_fallback"]
ROBOT = {"nb": "robot", "nn": "robot", "en": "chatbot"}


@pytest.mark.parametrize(
    ("intent", "kind"),
    [
        ("ask_grant_amount", "answer"),
        ("ask_publication_date", "not_stated"),
        ("request_human", "handover"),
        *((intent, "smalltalk") for intent in SMALL_TALK),
        *((intent, "out_of_scope") for intent in OUT_OF_SCOPE),
    ],
)
def test_every_intent_gets_its_kind_of_reply(
    talk: Conversation, intent: str, kind: str
) -> None:
    reply = talk.ask("…", intent)
    assert reply.kind == kind
    assert reply.text


@pytest.mark.parametrize(
    "intent", [*SMALL_TALK, *OUT_OF_SCOPE, "request_human", "clarify"]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_stated_where_nothing_was_asked(
    talk: Conversation, intent: str, language: Language
) -> None:
    reply = talk.ask("…", intent, language=language)
    assert (reply.facts, reply.sources) == ((), ())
    assert reply.language == language


@pytest.mark.parametrize(
    "intent", [*SMALL_TALK, *OUT_OF_SCOPE, "request_human", "clarify"]
)
def test_talk_is_worded_in_each_language_of_its_own(
    talk: Conversation, intent: str
) -> None:
    texts = {talk.ask("…", intent, language=language).text for language in LANGUAGES}
    assert len(texts) == len(LANGUAGES)


@pytest.mark.parametrize("text", ["Hva blir været?", "asdf qwer", "Er du gal, din 6?"])
def test_a_reply_out_of_scope_holds_no_figure(talk: Conversation, text: str) -> None:
    reply = talk.ask(text, "out_of_scope")
    assert not any(letter.isdigit() for letter in reply.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_that_is_too_long_is_told_how_long_it_may_be(
    language: Language,
) -> None:
    talk = Conversation(Answerer(BASE, Service(contact="", longest_message=321)))
    assert "321" in talk.ask("…", "too_long", language=language).text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("intent", ["ask_bot", "ask_capabilities", "greet"])
def test_it_says_that_it_is_a_robot(
    talk: Conversation, intent: str, language: Language
) -> None:
    assert ROBOT[language] in talk.ask("…", intent, language=language).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_handover_names_the_contact_and_promises_nobody(
    talk: Conversation, language: Language
) -> None:
    reply = talk.ask("…", "request_human", language=language)
    assert "the front desk, post@example.org" in reply.text
    assert ROBOT[language] in reply.text


@pytest.mark.parametrize("intent", BASE.intents)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_gets_sources_verbatim_at_their_offsets(
    talk: Conversation, intent: str, language: Language
) -> None:
    reply = talk.ask("…", intent, language=language)
    assert reply.kind in ("answer", "not_stated")
    assert reply.facts
    assert reply.sources
    for source in reply.sources:
        assert ANNOUNCEMENT[source.start : source.end] == source.quote
    for fact in reply.facts:
        assert BASE.sources([fact])


def test_the_payload_is_what_every_channel_carries(talk: Conversation) -> None:
    payload = talk.ask("Hvem fikk penger?", "ask_grant_recipients").payload()
    assert set(payload) == {
        "kind",
        "language",
        "facts",
        "sources",
        "intent",
        "confidence",
        "links",
        "blocks",
    }
    assert (payload["kind"], payload["language"]) == ("answer", "nb")
    assert (payload["intent"], payload["confidence"]) == ("ask_grant_recipients", 0.9)
    assert set(payload["sources"][0]) == {"quote", "start", "end"}
    assert json.loads(json.dumps(payload)) == payload


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reply_is_in_the_language_of_the_newest_message(
    talk: Conversation, language: Language
) -> None:
    talk.ask("Who got money?", "ask_grant_recipients", language="en")
    reply = talk.ask("…", "ask_grant_amount", language=language)
    assert reply.language == language
    unit = {"nb": "millioner", "nn": "millionar", "en": "NOK"}[language]
    assert unit in reply.text


def test_a_message_of_no_plain_language_keeps_the_language(talk: Conversation) -> None:
    talk.ask("Kven fekk pengar?", "ask_grant_recipients", language="nn")
    assert talk.ask("Siva?", "ask_organisation", "siva").language == "nn"


def test_a_conversation_survives_being_stored(talk: Conversation) -> None:
    talk.ask("Hvem fikk penger?", "ask_grant_recipients")
    context = talk.ask("den tredje på lista", "follow_up").context
    stored = json.loads(json.dumps(context.to_slots()))
    assert Context.from_slots(stored) == context
    assert (context.listed, context.place) == (BASE.members, 2)
    assert context.spoken_of == ("bergen_tto",)
    assert context.pair == "recipients.members"


def test_only_the_latest_that_was_told_and_spoken_of_is_remembered(
    talk: Conversation,
) -> None:
    for topic in [*BASE.topics][:20]:
        talk.press(topic)
    for name in BASE.members:
        talk.ask("Hvor ligger det?", "ask_recipient_location", name)
    talk.ask("Hva er det?", "ask_organisation", "siva")
    assert len(talk.context.told) < 20
    assert talk.context.told[-1] == "siva"
    assert talk.context.spoken_of == (*BASE.members[1:], "siva")


def test_a_conversation_that_has_not_begun_has_empty_slots() -> None:
    unset = dict.fromkeys(Context().to_slots())
    assert Context.from_slots(unset) == Context()


def test_a_parsed_message_gives_each_question_the_names_inside_it() -> None:
    text = "Hva er Siva? Hvor ligger Aleap, og Aleap da, og Ymse?"
    message = Message.from_parse(
        {
            "text": text,
            "language": "nb",
            "questions": [
                {
                    "text": text[:12],
                    "start": 0,
                    "end": 12,
                    "intent": "ask_organisation",
                    "confidence": 0.8,
                },
                {
                    "text": text[13:],
                    "start": 13,
                    "end": len(text),
                    "intent": "ask_recipient_location",
                    "confidence": 0.7,
                },
            ],
            "entities": [
                {"entity": "name", "value": "siva", "start": 7, "end": 11},
                {"entity": "name", "value": "aleap", "start": 25, "end": 30},
                {"entity": "name", "value": "aleap", "start": 35, "end": 40},
                {"entity": "unknown_name", "value": "Ymse", "start": 48, "end": 52},
            ],
        }
    )
    assert [question.names for question in message.questions] == [("siva",), ("aleap",)]
    assert [question.unknown for question in message.questions] == [(), ("Ymse",)]
    assert message.language == "nb"


def test_a_parsed_message_tells_the_familiar_words_and_a_name_that_stands_alone() -> (
    None
):
    text = "Aleap? Hvor mye?"
    message = Message.from_parse(
        {
            "text": text,
            "questions": [
                {
                    "text": "Aleap?",
                    "start": 0,
                    "end": 6,
                    "intent": "ask_grant_recipients",
                    "confidence": 0.8,
                },
                {
                    "text": "Hvor mye?",
                    "start": 7,
                    "end": len(text),
                    "intent": "ask_grant_amount",
                    "confidence": 0.7,
                    "familiar": ["hvor", "mye"],
                },
            ],
            "entities": [{"entity": "name", "value": "aleap", "start": 0, "end": 5}],
        }
    )
    name, amount = message.questions
    assert (name.bare, amount.bare) == (True, False)
    assert (set(name.familiar), set(amount.familiar)) == (set(), {"hvor", "mye"})


def test_a_pressed_button_is_read_as_a_question_about_its_topic() -> None:
    message = Message.from_parse(
        {
            "text": '/ask_topic{"topic": "siva"}',
            "intent": {"name": "ask_topic", "confidence": 1.0},
            "entities": [{"entity": "topic", "value": "siva", "start": 10, "end": 27}],
            "language": "da",
        }
    )
    (question,) = message.questions
    assert (question.intent, question.topic) == ("ask_topic", "siva")
    assert message.language is None


@pytest.mark.parametrize("topic", [*BASE.topics, *BASE.gaps, "grant.secret", ""])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_button_that_somebody_makes_up_breaks_the_assistant(
    talk: Conversation, topic: str, language: Language
) -> None:
    question = Question("/ask_topic", "ask_topic", 1.0, topic=topic)
    reply = talk.send(question, language=language)
    assert reply.text == reply.text.strip()
    assert " ." not in reply.text
    assert "  " not in reply.text
