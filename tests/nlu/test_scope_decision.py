"""In or out, and which questions: the shape of a sentence and its words together."""

import json
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.question_classifier import READINGS
from bot.nlu.scope_decision import QUESTIONS, SCOPE, ScopeDecision

OUTSIDE = {"out_of_scope", "insult"}


def asked(message: Message) -> list[tuple[str, str]]:
    """Return the text and the intent of each question."""
    return [(each["text"], each["intent"]) for each in message.get(QUESTIONS)]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Hvem fikk pengene?", "ask_grant_recipients"),
        ("Kven fekk støtte frå Siva?", "ask_grant_recipients"),
        ("How much money was handed out?", "ask_grant_amount"),
        ("Hva heter direktøren?", "ask_leader"),
        ("Hei på deg", "greet"),
    ],
)
def test_a_question_in_known_words_is_taken_in(
    assistant: Any, text: str, intent: str
) -> None:
    message = assistant.read(text)
    assert message.get(INTENT)["name"] == intent
    assert message.get(SCOPE)["outside"] < 0.3
    assert message.get(SCOPE)["words"] == []


OUTSIDERS = [
    ("Hvem leder sirkuset i dyrehagen?", {"sirkuset", "dyrehagen"}),
    ("Hvem fikk sjiraffen fra dyrehagen?", {"sjiraffen", "dyrehagen"}),
    ("Kor stor er vulkanen i dyrehagen?", {"vulkanen", "dyrehagen"}),
    ("How large is the giraffe of the circus?", {"giraffe", "circus"}),
]


@pytest.mark.parametrize(("text", "words"), OUTSIDERS)
def test_an_outsider_is_turned_away_by_its_words_though_it_has_a_questions_shape(
    assistant: Any, text: str, words: set[str]
) -> None:
    message = assistant.read(text)
    assert message.get(READINGS)[0].margin < 0, "the classifier would take it in"
    assert message.get(INTENT)["name"] in OUTSIDE
    assert message.get(SCOPE)["outside"] > 0.5
    assert set(message.get(SCOPE)["words"]) == words
    assert 0.5 < message.get(SCOPE)["unexplained"] < 1


@pytest.mark.parametrize("text", [text for text, _ in OUTSIDERS])
def test_without_the_evidence_of_words_an_outsider_is_taken_in(
    make_assistant: Any, text: str
) -> None:
    blind = make_assistant(evidence=0.0)
    assert blind.read(text).get(INTENT)["name"] not in OUTSIDE


def test_the_reasons_of_a_refusal_name_the_weightiest_word_first(
    assistant: Any,
) -> None:
    scope = assistant.read("Hvem leder sirkuset og zqxvene?").get(SCOPE)
    assert set(scope) == {"outside", "unexplained", "words"}
    assert scope["words"] == ["zqxvene", "sirkuset"]


def test_what_is_set_can_be_sent_as_json(assistant: Any) -> None:
    message = assistant.read("Hvem fikk penger? Hvor stor er sjiraffen?")
    output = message.as_dict(only_output_properties=True)
    for key in (INTENT, INTENT_RANKING_KEY, QUESTIONS, SCOPE):
        assert json.loads(json.dumps(output[key])) == output[key]


def test_an_unknown_name_is_explained_where_names_are_asked_about(
    assistant: Any,
) -> None:
    text = "Fikk Zqxv penger?"
    unseen, seen = assistant.read(text), assistant.read(text, unknown_name="Zqxv")
    assert unseen.get(SCOPE)["words"] == ["zqxv"]
    assert seen.get(SCOPE)["words"] == []
    assert seen.get(SCOPE)["outside"] < unseen.get(SCOPE)["outside"]
    assert seen.get(INTENT)["name"] == "ask_grant_recipients"


def test_an_unknown_name_is_not_explained_elsewhere(assistant: Any) -> None:
    text = "Hvem leder Zqxv?"
    unseen, seen = assistant.read(text), assistant.read(text, unknown_name="Zqxv")
    assert seen.get(SCOPE) == unseen.get(SCOPE)
    assert seen.get(SCOPE)["words"] == ["zqxv"]


def test_which_intents_ask_about_names_the_content_says(
    assistant: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = property(lambda _: ("ask_leader",))
    monkeypatch.setattr(ScopeDecision, "_asks_names", told)
    leads = assistant.read("Hvem leder Zqxv?", unknown_name="Zqxv")
    got = assistant.read("Fikk Zqxv penger?", unknown_name="Zqxv")
    assert leads.get(SCOPE)["words"] == []
    assert got.get(SCOPE)["words"] == ["zqxv"]


@pytest.mark.parametrize("text", ["Hvem leder Zqxv?", "Fikk Zqxv penger?"])
def test_a_known_name_is_explained_everywhere(assistant: Any, text: str) -> None:
    message = assistant.read(text, name="Zqxv")
    assert message.get(SCOPE)["words"] == []
    assert message.get(INTENT)["name"] not in OUTSIDE


def test_a_name_explains_nothing_in_another_sentence(assistant: Any) -> None:
    text = "Jeg så Zqxv. Hvem leder sirkuset i Zqxv?!"
    message = assistant.read(text, name="Zqxv")
    assert "zqxv" in message.get(SCOPE)["words"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Hvem fikk penger? Jeg orker ikke mer.", "Jeg orker ikke mer."),
        (
            "Hei! Jeg er så fortvilet. Hvem fikk penger? Hvor stor er potten?",
            "Jeg er så fortvilet.",
        ),
        ("Du er dum! I cannot go on.", "I cannot go on."),
    ],
)
def test_a_sentence_in_distress_decides_for_the_whole_message(
    assistant: Any, text: str, sentence: str
) -> None:
    message = assistant.read(text)
    assert message.get(INTENT)["name"] == "distress"
    assert asked(message) == [(sentence, "distress")]


def test_what_is_not_urgent_does_not_decide(make_assistant: Any) -> None:
    patient = make_assistant(urgent={})
    message = patient.read("Hvem fikk penger? Jeg orker ikke mer.")
    assert message.get(INTENT)["name"] == "ask_grant_recipients"


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        (
            "Hvem fikk penger? Hvor stor er potten?",
            [
                ("Hvem fikk penger?", "ask_grant_recipients"),
                ("Hvor stor er potten?", "ask_grant_amount"),
            ],
        ),
        (
            "Kven leier Siva og kor stor er potten?",
            [
                ("Kven leier Siva", "ask_leader"),
                ("kor stor er potten?", "ask_grant_amount"),
            ],
        ),
    ],
)
def test_two_questions_are_told_apart_in_their_order(
    assistant: Any, text: str, questions: list[tuple[str, str]]
) -> None:
    message = assistant.read(text)
    assert asked(message) == questions
    assert message.get(INTENT)["name"] == questions[0][1]
    for each in message.get(QUESTIONS):
        assert text[each["start"] : each["end"]] == each["text"]


def test_one_question_asked_twice_stays_one(assistant: Any) -> None:
    text = "Hvem fikk penger? Hvem fikk støtte?"
    assert asked(assistant.read(text)) == [(text, "ask_grant_recipients")]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (
            "Hvem fikk penger? Hva blir været i morgen?",
            ("Hvem fikk penger?", "ask_grant_recipients"),
        ),
        (
            "Hva blir været i morgen? Hvem leder Siva?",
            ("Hvem leder Siva?", "ask_leader"),
        ),
    ],
)
def test_an_outsider_beside_a_question_is_left_out(
    assistant: Any, text: str, question: tuple[str, str]
) -> None:
    message = assistant.read(text)
    assert asked(message) == [question]
    assert message.get(INTENT)["name"] == question[1]
    assert message.get(SCOPE)["outside"] < 0.5


def test_outsiders_alone_are_turned_away_together(assistant: Any) -> None:
    message = assistant.read("Hei! Hva blir været i morgen? Hvem vant kampen i går?")
    assert message.get(INTENT)["name"] == "out_of_scope"
    assert message.get(SCOPE)["outside"] > 0.5
    (question,) = message.get(QUESTIONS)
    assert "Hei" not in question["text"]


def test_what_is_told_before_a_question_counts_against_it_but_does_not_decide(
    assistant: Any,
) -> None:
    alone = assistant.read("Hvem fikk penger?")
    told = assistant.read("Jeg har sett sjiraffen i dyrehagen. Hvem fikk penger?")
    assert alone.get(SCOPE)["outside"] < told.get(SCOPE)["outside"] < 0.5
    assert told.get(INTENT)["name"] == "ask_grant_recipients"


def test_who_greets_in_words_of_their_own_is_no_outsider(make_assistant: Any) -> None:
    text = "Hei vulkanen og sjiraffen"
    for most, outside in ((0.2, False), (1.0, True)):
        message = make_assistant(talk_unexplained=most).read(text)
        assert (message.get(INTENT)["name"] in OUTSIDE) is outside


def test_a_question_that_points_back_is_read_with_what_it_points_to(
    assistant: Any,
) -> None:
    told = "Siva delte ut penger. "
    pointing, plain = "Hvem er sjef der?", "Hvem er direktør i Siva?"
    assert asked(assistant.read(told + pointing)) == [(told + pointing, "ask_leader")]
    assert asked(assistant.read(told + plain)) == [(plain, "ask_leader")]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Hei! Hvem fikk penger?", ("Hvem fikk penger?", "ask_grant_recipients")),
        ("Hei! Hva blir været i morgen?", ("Hva blir været i morgen?", "out_of_scope")),
    ],
)
def test_a_greeting_before_a_question_is_no_small_talk(
    assistant: Any, text: str, question: tuple[str, str]
) -> None:
    assert asked(assistant.read(text)) == [question]


@pytest.mark.parametrize(
    "text",
    [
        "Jeg heter Tom Zqxv. Hvem fikk penger?",
        "My name is Tom Zqxv, who got the money?",
        "Kven fekk pengar? Helsing Tom Zqxv",
    ],
)
def test_the_name_of_who_asks_is_no_part_of_the_question(
    assistant: Any, text: str
) -> None:
    message = assistant.read(text, unknown_name="Tom Zqxv")
    (question,) = message.get(QUESTIONS)
    assert question["intent"] == "ask_grant_recipients"
    assert text[question["start"] : question["end"]] == question["text"]
    assert "Tom" not in question["text"]
    assert message.get(SCOPE)["words"] == []


def test_the_ranking_is_in_order_and_as_long_as_set(make_assistant: Any) -> None:
    ranking = make_assistant(ranking_length=3).read("Hei").get(INTENT_RANKING_KEY)
    confidences = [each["confidence"] for each in ranking]
    assert len(ranking) == 3
    assert confidences == sorted(confidences, reverse=True)


def test_a_question_knows_what_else_it_may_be(assistant: Any) -> None:
    message = assistant.read("Hvem fikk penger?")
    (question,) = message.get(QUESTIONS)
    ranking = message.get(INTENT_RANKING_KEY)
    assert question["confidence"] == ranking[0]["confidence"]
    following = [each["name"] for each in ranking[1:]]
    assert question["alternatives"]
    assert following[: len(question["alternatives"])] == question["alternatives"]


def test_it_is_the_surer_of_two_likely_intents_the_higher_the_base(
    make_assistant: Any,
) -> None:
    text = "Hvor mange fikk penger fra Siva?"
    low, high = (
        make_assistant(base_confidence=base).read(text).get(INTENT_RANKING_KEY)
        for base in (0.6, 0.0)
    )
    assert high[0]["name"] == low[0]["name"]
    assert 0.2 < high[0]["confidence"] < low[0]["confidence"] - 0.02


def test_loaded_it_decides_as_when_it_was_trained(assistant: Any) -> None:
    for text in ("Hvem fikk penger?", *(text for text, _ in OUTSIDERS)):
        ways = [assistant.read(text, loaded=loaded) for loaded in (True, False)]
        assert ways[0].get(SCOPE) == ways[1].get(SCOPE)
        assert ways[0].get(QUESTIONS) == ways[1].get(QUESTIONS)


def test_before_training_and_without_readings_a_message_stays_as_it_is(
    assistant: Any,
) -> None:
    untrained = ScopeDecision.create(
        ScopeDecision.get_default_config(),
        None,  # nothing is stored
        Resource("none"),
        ExecutionContext(GraphSchema({})),
    )
    readings = assistant.read("Hvem fikk penger?").get(READINGS)
    for component, data in (
        (untrained, {TEXT: "Hvem fikk penger?", READINGS: readings}),
        (assistant.loaded[1], {TEXT: "👍"}),
    ):
        message = Message(dict(data))
        assert component.process([message]) == [message]
        assert message.data == data


def test_so_many_questions_are_answered_the_first_ones(make_assistant: Any) -> None:
    bounded = make_assistant(most_questions=2)
    first, second = "Hvem fikk pengene?", "Hvor stor er potten?"
    message = bounded.read(f"{first} {second} Hvem leder Siva?")
    assert [text for text, _ in asked(message)] == [first, second]
