"""Moves that lean on the last reply: more, again, simpler, its source, its sums."""

import pytest
from talking import Conversation

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
        "Er det bare Aleap som får?",
        "ask_grant_recipients",
        ["aleap"],
        (),
    ),
    "recipients.not_all": (
        "Er alle som får, i Oslo?",
        "ask_grant_recipients",
        ["oslo"],
        (),
    ),
    "recipients.others": (
        "Hvem andre enn Aleap får?",
        "ask_grant_recipients",
        ["aleap"],
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_quotes_are_bokmal_so_that_others_are_told_the_answer_again_too(
    talk: Conversation, language: Language
) -> None:
    before = talk.press("grant.amount", language).text
    reply = talk.ask("Hvor står det?", "ask_source")
    assert (before in reply.text) is (language != "nb")


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
    assert reply.text == BASE.wording[language].talk["language"][0]


def test_the_list_is_repeated_on_demand(talk: Conversation) -> None:
    talk.ask("Hvor mye penger?", "ask_grant_amount")
    assert "Valide" in talk.ask("Gjenta lista", "ask_repeat").text


def test_the_list_is_repeated_as_it_is_after_another_answer(talk: Conversation) -> None:
    tell(talk, "gap.amount_per_recipient")
    reply = talk.ask("Ta lista en gang til", "ask_repeat")
    assert reply.context.topic == "recipients.list"
    assert talk.ask("den andre", "follow_up").context.names == ("valide",)


def test_whoever_doubts_an_answer_is_shown_that_it_stands_there(
    talk: Conversation,
) -> None:
    before = tell(talk, "recipients.list")
    reply = talk.ask("Er du sikker på det?", "doubt")
    assert reply.text.startswith("Ja, det står i kunngjøringen. ")
    assert before in reply.text
    assert f"«{reply.sources[0].quote}»" in reply.text
    assert set(reply.facts) == set(talk.context.facts)


def test_a_doubt_before_anything_was_said_is_about_them_all(talk: Conversation) -> None:
    reply = talk.ask("Er du sikker?", "doubt")
    assert (reply.kind, reply.facts) == ("smalltalk", ())


def test_an_answer_to_something_else_is_regretted_and_what_is_near_it_offered(
    talk: Conversation,
) -> None:
    tell(talk, "recipients.list")
    reply = talk.ask("Det var ikke det jeg spurte om", "misunderstood")
    assert (reply.kind, reply.facts) == ("clarify", ())
    offered = [button.title for button in reply.buttons]
    near = BASE.topics["recipients.list"].next
    assert offered == [BASE.wording["nb"].topics[topic].ask for topic in near]


@pytest.mark.parametrize(
    "text", ["Er det mye?", "Er det rettferdig?", "Er det nok til alle?"]
)
def test_a_judgement_of_what_was_told_is_not_settled(
    talk: Conversation, text: str
) -> None:
    told = talk.ask("Hvor mye fikk de?", "ask_grant_amount", language="nb").text
    reply = talk.ask(text, "out_of_scope")
    assert reply.kind == "not_stated"
    assert reply.text == f"Det gir ikke kunngjøringen svar på. Den sier dette: {told}"


def test_a_judgement_before_anything_was_told_is_none_of_its_business(
    talk: Conversation,
) -> None:
    assert talk.ask("Er det mye?", "out_of_scope").kind == "out_of_scope"
