"""Every reply keeps the contract: its fields, sources, texts and buttons."""

import json
import uuid

import jsonschema
import pytest
import yaml
from rest_client import ROOT, Client, Reply

from bot.answering.wording import Subject, Wording
from bot.knowledge import load_knowledge
from bot.languages import LANGUAGES, Language

ANNOUNCEMENT = (ROOT / "knowledge" / "announcement.txt").read_text("utf-8")
API = yaml.safe_load((ROOT / "docs" / "openapi.yml").read_text("utf-8"))
MOST_WORDS = 120
FIELDS = {
    "kind",
    "language",
    "facts",
    "sources",
    "intent",
    "confidence",
    "links",
    "blocks",
}
# What is said, and the kind and language of the reply that is due.
MESSAGES = [
    ("Hvem fikk penger?", "answer", "nb"),
    ("Hva er en næringshage?", "answer", "nb"),
    ("Kor mykje pengar fekk dei seks miljøa?", "answer", "nn"),
    ("How many applicants were there?", "answer", "en"),
    ("Stemmer det at potten er på 20 millioner kroner?", "answer", "nb"),
    ("Hvor stor andel av potten gikk til helse?", "answer", "nb"),
    ("Hvem fikk penger, og når kommer helsenæringsmeldingen?", "answer", "nb"),
    ("Hei! Hvem fikk penger?", "answer", "nb"),
    ("Hvor mye fikk Aleap alene?", "not_stated", "nb"),
    ("Kva heiter helseministeren?", "not_stated", "nn"),
    ("How do I apply for this money?", "not_stated", "en"),
    ("Hvordan blir været i morgen?", "out_of_scope", "nb"),
    ("What is the capital of France?", "out_of_scope", "en"),
    ("Hei!", "smalltalk", "nb"),
    ("Tusen takk for hjelpa, eg er nøgd!", "smalltalk", "nn"),
    ("Are you a robot?", "smalltalk", "en"),
    ("Jeg vil snakke med et menneske", "handover", "nb"),
]
TITLES = [
    pytest.param(language, topic, id=f"{language}-{topic}")
    for language in LANGUAGES
    for topic, words in load_knowledge().wording[language].topics.items()
    if words.ask
]


@pytest.fixture(
    scope="module", params=MESSAGES, ids=[text for text, *_ in MESSAGES], name="case"
)
def _case(
    request: pytest.FixtureRequest, client: Client
) -> tuple[Reply, str, Language]:
    text, kind, language = request.param
    return client.ask(text), kind, language


def button_of(topic: str) -> str:
    return f'/ask_topic{{"topic": "{topic}"}}'


def test_a_message_gets_exactly_one_payload_of_the_kind_and_language_that_are_due(
    case: tuple[Reply, str, Language],
) -> None:
    reply, kind, language = case
    assert len(reply.payloads) == 1
    assert (reply.kind, reply.payload["language"]) == (kind, language), reply.text


def test_a_payload_has_the_fields_of_the_contract_and_their_types(
    case: tuple[Reply, str, Language],
) -> None:
    payload = case[0].payload
    assert set(payload) == FIELDS
    assert isinstance(payload["intent"], str)
    assert payload["intent"]
    assert isinstance(payload["confidence"], float | int)
    assert 0 <= payload["confidence"] <= 1
    base = load_knowledge()
    assert set(payload["facts"]) <= {*base.facts, *base.derived}
    assert len(payload["facts"]) == len(set(payload["facts"]))
    for source in payload["sources"]:
        assert {key: type(value) for key, value in source.items()} == {
            "quote": str,
            "start": int,
            "end": int,
        }


def test_sources_stand_verbatim_at_their_offsets_in_the_announcement(
    case: tuple[Reply, str, Language],
) -> None:
    for source in case[0].payload["sources"]:
        assert source["quote"]
        assert ANNOUNCEMENT[source["start"] : source["end"]] == source["quote"]


def test_facts_and_sources_come_with_what_is_stated_and_with_nothing_else(
    case: tuple[Reply, str, Language],
) -> None:
    reply, kind, _ = case
    states_something = kind in ("answer", "not_stated")
    assert bool(reply.facts) == states_something
    assert bool(reply.payload["sources"]) == states_something


def test_every_fact_that_is_stated_is_covered_by_a_source(
    case: tuple[Reply, str, Language],
) -> None:
    reply, *_ = case
    base = load_knowledge()
    passages = [(s["start"], s["end"]) for s in reply.payload["sources"]]
    for fact in reply.facts:
        for proof in base.sources([fact]):
            assert any(
                start <= proof.start and proof.end <= end for start, end in passages
            ), f"{fact}: «{proof.quote}»"


def test_a_reply_is_as_the_description_of_the_api_has_it(
    case: tuple[Reply, str, Language],
) -> None:
    reply, *_ = case
    shown = {"text": reply.text, "buttons": reply.buttons, **reply.payload}
    schema = {**API, "$ref": "#/components/schemas/Reply"}
    jsonschema.Draft202012Validator(schema).validate(shown)


def test_the_last_block_is_the_proof_of_what_is_stated_and_no_other_is(
    case: tuple[Reply, str, Language],
) -> None:
    payload = case[0].payload
    kinds = [block["type"] for block in payload["blocks"]]
    assert "quote" not in kinds[:-1]
    assert (kinds[-1] == "quote") == bool(payload["sources"])
    for block in payload["blocks"]:
        for passage in block.get("passages", ()):
            text = "".join(part["text"] for part in passage["parts"])
            assert ANNOUNCEMENT[passage["start"] : passage["end"]] == text


def test_a_reply_holds_only_texts_buttons_and_payloads_for_the_sender(
    case: tuple[Reply, str, Language],
) -> None:
    reply, *_ = case
    for message in reply.messages:
        assert message["recipient_id"] == reply.sender
        assert set(message) <= {"recipient_id", "text", "buttons", "custom"}
        if "custom" in message:
            assert set(message) == {"recipient_id", "custom"}
        else:
            assert message["text"].strip()
    for button in reply.buttons:
        assert set(button) == {"title", "payload"}
        assert button["title"].strip()


def test_a_text_is_short_and_has_no_gap_left_to_fill(
    case: tuple[Reply, str, Language],
) -> None:
    text = case[0].text
    assert 0 < len(text.split()) <= MOST_WORDS
    assert not [mark for mark in ("{", "}", "None", "  ") if mark in text]


def test_every_reply_that_leads_on_suggests_questions_that_do_not_repeat_each_other(
    case: tuple[Reply, str, Language],
) -> None:
    reply, kind, language = case
    titles = [button["title"] for button in reply.buttons]
    payloads = [button["payload"] for button in reply.buttons]
    # Nothing follows on thanks, nor on where to find a human being.
    ends = kind == "handover" or reply.payload["intent"] == "thank"
    assert bool(titles) != ends
    assert len(titles) <= 3
    assert len(set(titles)) == len(titles)
    wording = load_knowledge().wording[language]
    assert payloads == [
        button_of(topic)
        for title in titles
        for topic, words in wording.topics.items()
        if words.ask == title
    ]


@pytest.mark.parametrize(("language", "topic"), TITLES)
def test_a_button_leads_to_its_own_topic(
    client: Client, language: Language, topic: str
) -> None:
    sender = uuid.uuid4().hex
    openings: dict[Language, str] = {
        "nb": "Hei, hvem er du?",
        "nn": "Hei, kven er du? Eg veit ikkje kva eg skal spørje om.",
        "en": "Hello, who are you?",
    }
    client.say(sender, openings[language])
    reply = client.say(sender, button_of(topic))
    words = Wording(load_knowledge(), language)
    told = words.tell(topic, Subject())
    # A button may claim something.
    judged = [f"{words.verdict(holds)}. {told.text}" for holds in (True, False)]
    assert reply.kind == "answer"
    assert reply.payload["intent"] == "ask_topic"
    assert reply.payload["language"] == language
    assert reply.text in (told.text, *judged)
    assert reply.facts == list(told.facts)
    assert button_of(topic) not in [button["payload"] for button in reply.buttons]


def test_the_sender_is_kept_as_it_was_written(client: Client) -> None:
    for sender in ("abc", "Kåre-7", uuid.uuid4().hex):
        reply = client.say(sender, "Hvem fikk penger?")
        assert {message["recipient_id"] for message in reply.messages} == {sender}


def test_a_reply_is_json_with_norwegian_letters_whole(client: Client) -> None:
    status, messages = client.post(
        json.dumps({"sender": "abc", "message": "Hvem fikk penger i Tromsø?"}).encode()
    )
    assert status == 200
    assert "Tromsø" in Reply(messages).text
