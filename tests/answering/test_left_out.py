"""What is said where a personal number or address was left out of a message."""

import pytest
from talking import Conversation, question

from bot.answering import Answerer, Message, Reply, Service
from bot.knowledge import load_knowledge
from bot.languages import LANGUAGES, Language
from bot.privacy import PLACEHOLDERS

# A word that tells what was left out, in each language.
TOLD = {
    "[fødselsnummer]": ("fødselsnummer", "fødselsnummer", "identity number"),
    "[telefonnummer]": ("telefonnummer", "telefonnummer", "phone number"),
    "[e-postadresse]": ("e-postadresse", "e-postadresse", "email address"),
    "[kontonummer]": ("kontonummer", "kontonummer", "account number"),
    "[kortnummer]": ("kortnummer", "kortnummer", "card number"),
    "[passnummer]": ("passnummer", "passnummer", "passport number"),
}


@pytest.fixture
def talk() -> Conversation:
    return Conversation(Answerer(load_knowledge(), Service(contact="the desk")))


def say(
    talk: Conversation,
    text: str,
    intent: str = "out_of_scope",
    language: Language = "nb",
) -> Reply:
    """Return the reply to a message, of which the intent is given."""
    parse = {
        "text": text,
        "intent": {"name": intent, "confidence": 0.9},
        "language": language,
    }
    return talk.answerer.answer(Message.from_parse(parse), talk.context)


@pytest.mark.parametrize("placeholder", PLACEHOLDERS)
@pytest.mark.parametrize("place", range(len(LANGUAGES)), ids=LANGUAGES)
def test_it_is_told_what_was_left_out_and_that_it_is_not_stored(
    talk: Conversation, placeholder: str, place: int
) -> None:
    reply = say(talk, placeholder, "ask_contact_details", LANGUAGES[place])
    assert (reply.kind, reply.language) == ("out_of_scope", LANGUAGES[place])
    assert TOLD[placeholder][place] in reply.text
    assert ("ikke lagret", "ikkje lagra", "not stored it")[place] in reply.text
    assert "[" not in reply.text


@pytest.mark.parametrize("placeholder", PLACEHOLDERS)
def test_a_question_beside_it_is_answered(talk: Conversation, placeholder: str) -> None:
    asked = "Hvem fikk penger?"
    reply = say(talk, f"{asked} {placeholder}", "ask_grant_recipients")
    assert reply.kind == "answer"
    assert TOLD[placeholder][0] in reply.text
    assert reply.text.endswith(talk.ask(asked, "ask_grant_recipients").text)


def test_an_identity_number_is_told_before_all_else(talk: Conversation) -> None:
    both = say(talk, "[telefonnummer] [fødselsnummer]")
    assert both.text == say(talk, "[fødselsnummer]").text


def test_of_several_kinds_it_is_told_that_they_are_personal(talk: Conversation) -> None:
    reply = say(talk, "[telefonnummer], [e-postadresse]")
    assert "personopplysninger" in reply.text
    assert say(talk, "[kontonummer] [kortnummer]").text == (
        say(talk, "[kortnummer]").text
    )


def test_a_message_of_placeholders_alone_asks_nothing_more() -> None:
    alone = Message((question("[e-postadresse], [telefonnummer]", "empty"),))
    beside = Message((question("[e-postadresse] er min", "empty"),))
    named = Message((question("Siva [telefonnummer]", "empty", "siva"),))
    assert (alone.asks_more, beside.asks_more, named.asks_more) == (False, True, True)


def test_a_word_that_names_what_was_left_out_asks_nothing(talk: Conversation) -> None:
    reply = say(talk, "tlf [telefonnummer]", "ask_contact_details")
    assert reply.text == say(talk, "[telefonnummer]").text
