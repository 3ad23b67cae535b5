"""Messages that lean on what was said before."""

import pytest
from talking import Conversation

from bot.answering import Question
from bot.knowledge import load_knowledge
from bot.languages import LANGUAGES, Language

BASE = load_knowledge()
# One way to each topic that needs a name to be told of.
TOLD = {
    "recipients.list": ("Hvem fikk penger?", "ask_grant_recipients", [], ()),
    "recipients.named": ("Fikk Aleap?", "ask_grant_recipients", ["aleap"], ()),
    "recipients.in_place": ("Noen i Oslo?", "ask_grant_recipients", ["oslo"], ()),
    "recipients.absent": ("Fikk Ymse?", "ask_grant_recipients", [], ("Ymse",)),
    "recipients.not_only": (
        "Er det bare Oslo som får?",
        "ask_grant_recipients",
        ["oslo"],
        (),
    ),
    "recipients.location": (
        "Hvor er Valide?",
        "ask_recipient_location",
        ["valide"],
        (),
    ),
    "recipients.kind": ("Hva er Sintef?", "ask_recipient_kind", ["sintef"], ()),
    "gap.other_organisation": ("Hva er Ymse?", "ask_organisation", [], ("Ymse",)),
    "gap.amount_per_recipient": (
        "Hva fikk Aleap?",
        "ask_grant_amount",
        ["aleap"],
        (),
    ),
    "pot.share": ("Hvor stor del?", "ask_pot_share", [], ()),
}


def tell(talk: Conversation, topic: str, language: Language = "nb") -> str:
    text, intent, names, unknown = TOLD[topic]
    reply = talk.ask(text, intent, *names, unknown=unknown, language=language)
    assert reply.context.topic == topic
    return reply.text


@pytest.mark.parametrize(
    ("first", "then", "topic", "says"),
    [
        (
            ("Hvem fikk penger i Bergen?", "ask_grant_recipients", "bergen"),
            ("og i Tromsø?", "tromso"),
            "recipients.in_place",
            "Norinnova",
        ),
        (
            ("Hva er en inkubator?", "ask_programme", "incubation"),
            ("og en næringshage?", "garden"),
            "programmes.garden",
            "næringshage",
        ),
        (
            ("Hvor mange inkubatorer er det?", "ask_network_size", "incubation"),
            ("og næringshager?", "garden"),
            "programmes.garden.network",
            "40",
        ),
        (
            ("Hva sier ministeren?", "ask_statement", "minister"),
            ("og direktøren?", "director"),
            "director.statement",
            "Lorange",
        ),
        (
            ("Hvor ligger Aleap?", "ask_recipient_location", "aleap"),
            ("enn Valide?", "valide"),
            "recipients.location",
            "Stavanger",
        ),
        (
            ("Hvem er inkubatorene for?", "ask_programme_target", "incubation"),
            ("nei, jeg mente næringshagene", "garden"),
            "programmes.garden.target",
            "etablerte",
        ),
    ],
)
def test_the_last_question_is_asked_again_about_another_name(
    talk: Conversation,
    first: tuple[str, str, str],
    then: tuple[str, str],
    topic: str,
    says: str,
) -> None:
    before = talk.ask(*first, language="nb")
    reply = talk.ask(then[0], "follow_up", then[1])
    assert reply.context.topic == topic
    assert says in reply.text
    assert reply.text != before.text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hva med den første?", "aleap"),
        ("den andre på lista", "valide"),
        ("og nummer tre?", "bergen_tto"),
        ("den fjerde da", "norinnova"),
        ("the fifth one", "sintef"),
        ("og den siste?", "ntnu"),
        ("den nest siste?", "sintef"),
    ],
)
def test_a_place_in_the_list_points_to_the_name_that_stands_there(
    talk: Conversation, text: str, name: str
) -> None:
    tell(talk, "recipients.list")
    reply = talk.ask(text, "follow_up")
    assert f"recipients.{name}.city" in reply.facts
    assert reply.context.names == (name,)


@pytest.mark.parametrize(
    ("text", "intent", "topic"),
    [
        ("Hvem er han?", "ask_person", "people.minister"),
        ("Hva sier han?", "ask_statement", "minister.statement"),
        ("Hvem er hun?", "ask_person", "people.director"),
        ("Kva seier ho?", "ask_statement", "director.statement"),
    ],
)
@pytest.mark.parametrize("focus", ["minister", "director"])
def test_he_and_she_point_to_the_right_person_whoever_was_spoken_of(
    talk: Conversation, focus: str, text: str, intent: str, topic: str
) -> None:
    talk.ask("Hvem er det?", "ask_person", focus)
    assert talk.ask(text, intent).context.topic == topic


def test_it_points_to_what_was_spoken_of(talk: Conversation) -> None:
    talk.ask("Hva er Norinnova?", "ask_organisation", "norinnova", language="nb")
    assert "Tromsø" in talk.ask("Hvor ligger det?", "ask_recipient_location").text


def test_each_more_tells_something_new(talk: Conversation) -> None:
    tell(talk, "recipients.list")
    topics = [talk.ask("fortell mer", "ask_more").context.topic for _ in range(4)]
    assert len({"recipients.list", *topics}) == 5


def test_more_about_somebody_tells_of_them(talk: Conversation) -> None:
    tell(talk, "recipients.list")
    reply = talk.ask("Fortell mer om Siva", "ask_more", "siva")
    assert reply.context.topic == "siva"


@pytest.mark.parametrize("topic", TOLD)
def test_a_repeated_answer_states_what_it_stated_before(
    talk: Conversation, topic: str
) -> None:
    tell(talk, topic)
    before = talk.context.facts
    reply = talk.ask("Hva sa du?", "ask_repeat")
    assert reply.kind == "answer"
    assert set(before) <= set(reply.facts)
    assert reply.text == reply.text.strip()
    assert " ." not in reply.text


@pytest.mark.parametrize("topic", TOLD)
@pytest.mark.parametrize("language", ["nn", "en"])
def test_an_answer_is_told_again_in_the_language_that_is_asked_for(
    talk: Conversation, topic: str, language: Language
) -> None:
    before = tell(talk, topic)
    wish = {"nn": "og på nynorsk?", "en": "og på engelsk?"}[language]
    reply = talk.ask(wish, "change_language", language="nb")
    assert reply.language == language
    assert reply.text != before
    assert reply.facts
    assert talk.ask("…", "ask_repeat").language == language


@pytest.mark.parametrize("topic", TOLD)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_source_of_an_answer_is_quoted_to_the_letter(
    talk: Conversation, topic: str, language: Language
) -> None:
    tell(talk, topic, language)
    facts = talk.context.facts
    reply = talk.ask("Hvor står det?", "ask_source")
    assert reply.kind == "answer"
    assert set(reply.facts) == set(facts)
    assert f"«{reply.sources[0].quote}»" in reply.text


@pytest.mark.parametrize(
    "topic", [t for t in BASE.topics if BASE.wording["nb"].topics[t].simple]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_simpler_answer_is_shorter_and_has_its_sources(
    talk: Conversation, topic: str, language: Language
) -> None:
    before = talk.press(topic, language)
    reply = talk.ask("Forklar enklere", "ask_simpler")
    assert len(reply.text.split()) < len(before.text.split())
    assert reply.kind == "answer"
    assert reply.sources
    assert talk.ask("Hvor står det?", "ask_source").kind == "answer"


@pytest.mark.parametrize(
    ("intent", "parts"),
    [
        ("ask_pot_share", ["6 millioner", "14,5 millioner", "41 prosent"]),
        ("ask_pot_remainder", ["14,5 millioner", "6 millioner", "8,5 millioner"]),
        ("ask_rejected_count", ["43", "5", "38"]),
    ],
)
def test_a_calculation_shows_its_operands_and_its_result_in_order(
    talk: Conversation, intent: str, parts: list[str]
) -> None:
    talk.ask("Hvor mye?", intent, language="nb")
    text = talk.ask("Hvordan regnet du?", "ask_calculation").text
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_an_answer_without_arithmetic_shows_its_source_instead(
    talk: Conversation,
) -> None:
    tell(talk, "recipients.list")
    reply = talk.ask("Hvordan regnet du?", "ask_calculation")
    assert f"«{reply.sources[0].quote}»" in reply.text


@pytest.mark.parametrize(
    "intent", ["ask_source", "ask_repeat", "ask_simpler", "ask_calculation"]
)
def test_nothing_can_be_repeated_before_something_was_said(
    talk: Conversation, intent: str
) -> None:
    reply = talk.ask("…", intent)
    assert (reply.kind, reply.facts) == ("smalltalk", ())


@pytest.mark.parametrize(
    ("wish", "language"),
    [
        ("Kan du svare på nynorsk?", "nn"),
        ("speak english please", "en"),
        ("ta det på bokmål", "nb"),
    ],
)
def test_the_language_can_be_chosen_before_anything_was_asked(
    talk: Conversation, wish: str, language: Language
) -> None:
    reply = talk.ask(wish, "change_language", language="nb")
    assert (reply.kind, reply.language) == ("smalltalk", language)


def test_thanks_between_two_questions_do_not_end_the_topic(talk: Conversation) -> None:
    talk.ask("Hvem fikk penger i Bergen?", "ask_grant_recipients", "bergen")
    talk.ask("takk", "thank")
    assert "Norinnova" in talk.ask("og i Tromsø?", "follow_up", "tromso").text


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("programmes.incubation", "programmes.garden"),
        ("programmes.garden.target", "programmes.incubation.target"),
        ("programmes.incubation.services", "programmes.garden.services"),
        ("programmes.garden.network", "programmes.incubation.network"),
    ],
)
def test_the_other_programme_can_be_asked_for(
    talk: Conversation, first: str, then: str
) -> None:
    talk.press(first)
    reply = talk.ask("og den andre?", "follow_up")
    assert reply.context.topic == then


def test_a_name_alone_is_a_question_about_it(talk: Conversation) -> None:
    question = Question("Aleap", "ask_organisation_details", 0.2, ("aleap",), bare=True)
    assert talk.send(question).kind == "answer"


def test_others_than_those_spoken_of_are_the_whole_list(talk: Conversation) -> None:
    talk.ask("Fikk Norinnova penger?", "ask_grant_recipients", "norinnova")
    reply = talk.ask("hvem fler er med enn dem?", "ask_grant_recipients")
    assert "recipients.list" in reply.facts
    assert "Valide" in reply.text


def test_the_list_is_repeated_on_demand(talk: Conversation) -> None:
    talk.ask("Hvor mye penger?", "ask_grant_amount")
    assert "Valide" in talk.ask("Gjenta lista", "ask_repeat").text


@pytest.mark.parametrize("text", ["nummer fire, hvor er den?", "hvor ligger nr 4?"])
def test_a_number_on_the_list_leads_to_its_place(talk: Conversation, text: str) -> None:
    talk.ask("Hvem fikk penger?", "ask_grant_recipients")
    assert "Tromsø" in talk.ask(text, "ask_contact_details").text
