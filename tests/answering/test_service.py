"""Questions about the service itself, and whoever needs help."""

import dataclasses
from typing import Any

import pytest
from talking import Conversation

from bot.answering import Answerer, Context, Message, Question, Service
from bot.knowledge import load_knowledge
from bot.languages import LANGUAGES, Language
from bot.settings import read_settings

SERVICE = Service(
    contact="post@example.org",
    operator="Innovasjonshuset",
    kept_days=17,
    emergency="110",
    out_of_hours="222 333",
    helpline="444 555",
)
ABOUT_IT = (
    "ask_operator",
    "ask_storage",
    "ask_deletion",
    "ask_restart",
    "ask_trust",
    "ask_languages",
)


def conversation(**changes: Any) -> Conversation:
    service = dataclasses.replace(SERVICE, **changes)
    return Conversation(Answerer(load_knowledge(), service))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("intent", ABOUT_IT)
def test_it_is_small_talk_that_states_no_fact(intent: str, language: Language) -> None:
    reply = conversation().ask("…", intent, language=language)
    assert (reply.kind, reply.language, reply.facts) == ("smalltalk", language, ())
    assert "{" not in reply.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_runs_it_is_named_and_how_to_reach_them(language: Language) -> None:
    reply = conversation().ask("Hvem står bak?", "ask_operator", language=language)
    assert "Innovasjonshuset" in reply.text
    assert [(link.title, link.url) for link in reply.links] == [
        ("post@example.org", "mailto:post@example.org")
    ]


def test_nobody_is_named_where_the_settings_name_nobody() -> None:
    reply = conversation(operator="").ask("Hvem står bak?", "ask_operator")
    assert "har ikke oppgitt navnet sitt" in reply.text


@pytest.mark.parametrize("intent", ["ask_storage", "ask_deletion"])
def test_it_tells_for_how_many_days_a_conversation_is_kept(intent: str) -> None:
    assert "17 dager" in conversation().ask("…", intent).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_is_in_distress_gets_the_help_lines_and_nothing_else(
    language: Language,
) -> None:
    talk = conversation()
    talk.ask("Hvem fikk penger?", "ask_grant_recipients", language=language)
    reply = talk.ask("jeg orker ikke mer", "distress", language=language)
    assert (reply.kind, reply.facts, reply.buttons) == ("handover", (), ())
    assert [link.url for link in reply.links] == ["tel:110", "tel:222333", "tel:444555"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("jeg orker ikke resten", ()),
        ("jeg dør i Oslo", ("oslo",)),
        ("det første er at han slår meg", ()),
        ("ingen hjelper meg", ()),
        ("ring 113", ()),
    ],
)
@pytest.mark.parametrize("asked_back", [False, True])
def test_help_comes_before_whatever_else_the_words_could_mean(
    text: str, names: tuple[str, ...], asked_back: bool
) -> None:
    talk = conversation()
    talk.ask("Hvem fikk penger?", "ask_grant_recipients")
    talk.ask("Hvor stor er potten?", "ask_pot")
    if asked_back:
        likely = ("ask_pot", "ask_grant_amount")
        talk.send(Question("penger", "nlu_fallback", 0.4, alternatives=likely))
    reply = talk.ask(text, "distress", *names)
    assert (reply.kind, reply.facts) == ("handover", ())
    assert "222 333" in reply.text


def test_help_is_not_held_back_for_a_warning_of_an_identity_number() -> None:
    question = Question("[fødselsnummer] jeg får ikke puste", "distress", 1.0)
    message = Message((question,), "nb", left_out=("[fødselsnummer]",))
    reply = conversation().answerer.answer(message, Context())
    assert (reply.kind, reply.buttons) == ("handover", ())
    assert "fødselsnummer" not in reply.text


def test_the_help_lines_are_those_of_norway_unless_set() -> None:
    reply = Conversation(
        Answerer(load_knowledge(), Service.from_settings(read_settings({}), "contact"))
    ).ask("jeg har brystsmerter", "distress")
    assert all(number in reply.text for number in ("113", "116 117", "116 123"))


def test_the_contact_is_that_of_the_content_unless_set() -> None:
    default = Service.from_settings(read_settings({}), "post@example.net")
    given = {"HELSE_CONTACT": "post@example.org"}
    own = Service.from_settings(read_settings(given), "post@example.net")
    assert (default.contact, own.contact) == ("post@example.net", "post@example.org")


def test_a_language_that_is_not_spoken_is_told_so_in_english_and_norwegian() -> None:
    reply = conversation().ask("Kto dostał pieniądze?", "foreign_language")
    assert reply.kind == "out_of_scope"
    assert "only understand Norwegian and English" in reply.text
    assert "forstår bare norsk og engelsk" in reply.text


def test_a_language_that_it_does_not_answer_in_is_no_change_of_language() -> None:
    talk = conversation()
    reply = talk.ask("do you speak German?", "change_language", language="en")
    assert (reply.kind, talk.context.language) == ("smalltalk", "en")
    assert all(name in reply.text for name in ("Bokmål", "Nynorsk", "English"))


@pytest.mark.parametrize(
    "intent", ["ask_application", "ask_eligibility", "ask_contact_details"]
)
def test_whoever_wants_to_reach_somebody_is_told_where(intent: str) -> None:
    reply = conversation().ask("Hvem ringer jeg?", intent)
    assert reply.kind == "not_stated"
    assert [link.title for link in reply.links] == ["post@example.org"]


def test_are_you_sure_asks_of_the_last_answer_where_there_is_one() -> None:
    talk = conversation()
    assert talk.ask("er du sikker?", "ask_trust").kind == "smalltalk"
    talk.ask("Hvem fikk penger?", "ask_grant_recipients")
    assert talk.ask("er du sikker?", "ask_trust").kind == "answer"
    long = "Hvordan kan jeg være sikker på at du har rett?"
    assert talk.ask(long, "ask_trust").kind == "smalltalk"


REGIONS = [
    ("western_norway", {"valide", "bergen_tto"}),
    ("rogaland", {"valide"}),
    ("trondelag", {"sintef", "ntnu"}),
    ("eastern_norway", {"aleap"}),
]


@pytest.mark.parametrize(("region", "recipients"), REGIONS)
def test_a_region_knows_who_sits_in_it(region: str, recipients: set[str]) -> None:
    reply = conversation().ask(
        "Fikk noen der penger?", "ask_grant_recipients", region, language="nb"
    )
    assert reply.text.startswith("Ja.")
    told = {fact.split(".")[1] for fact in reply.facts if fact.endswith(".city")}
    assert told == recipients


def test_a_region_with_none_of_them_gets_a_no() -> None:
    reply = conversation().ask(
        "Fikk noen på Sørlandet penger?",
        "ask_grant_recipients",
        "southern_norway",
        language="nb",
    )
    assert reply.text.startswith("Nei. Kunngjøringen nevner ikke Sørlandet ")


def test_a_keyword_is_answered_without_yes_or_no() -> None:
    reply = conversation().send(Question("avslag", "ask_rejected_count", 0.9))
    assert not reply.text.startswith(("Ja", "Nei"))


def test_a_name_that_is_asked_for_is_told_of_without_yes_or_no() -> None:
    reply = conversation().ask("Aleap?", "ask_grant_recipients", "aleap", language="nb")
    assert reply.text.startswith("Aleap i Oslo er ett av de seks")
