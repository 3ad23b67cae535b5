"""The blocks of replies: the text as what each piece of it is, and its proof.

Every topic and gap is told in every language, as `test_rendering.py` comes to it.
"""

import itertools
import re
from typing import Any

import pytest
from talking import Conversation, question
from test_rendering import BASE, question_for

from bot.answering import Answerer, Question, Reply, Service
from bot.intents import DISTRESS
from bot.knowledge.passages import passages
from bot.languages import LANGUAGES, Language

ALL = [*BASE.topics, *BASE.gaps]
EVERYTHING = pytest.mark.parametrize(
    ("target", "language"), list(itertools.product(ALL, LANGUAGES))
)
# Words that a list says in other places than the text does.
JOINING = {"og", "and", "the", "at", "ved", "med", "i", "in"}
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[–«A-ZÆØÅ])")
WHO = question("Hvem fikk penger", "ask_grant_recipients")
ABSENT = question("Fikk Ymse penger?", "ask_grant_recipients", unknown=("Ymse",))

Block = dict[str, Any]


def told(talk: Conversation, target: str, language: Language) -> Reply:
    return talk.send(question_for(target), language=language)


def of_type(reply: Reply, kind: str) -> list[Block]:
    return [block for block in reply.blocks if block["type"] == kind]


def said_in(blocks: tuple[Block, ...]) -> str:
    """Return what blocks say, without the proof."""
    lines = []
    for block in blocks:
        if block["type"] == "text":
            lines.append("".join(part["text"] for part in block["parts"]))
        elif block["type"] == "list":
            items = block["items"]
            lines += [f"{item['text']} {item.get('detail', '')}" for item in items]
        elif block["type"] == "sum":
            first, second = (term["value"] for term in block["terms"])
            result = block["result"]["value"]
            signs = block["operator"], block["equals"]
            lines.append(f"{first} {signs[0]} {second} {signs[1]} {result}")
    return "\n".join(lines)


def stems(text: str) -> set[str]:
    """Return the beginnings of the words in a text, which inflection leaves."""
    return {word[:6] for word in re.findall(r"\w+", text.lower())} - JOINING


def quotes(reply: Reply) -> list[dict[str, Any]]:
    return [p for block in of_type(reply, "quote") for p in block["passages"]]


@EVERYTHING
def test_the_blocks_say_what_the_text_says(
    talk: Conversation, target: str, language: Language
) -> None:
    reply = told(talk, target, language)
    said = said_in(reply.blocks)
    # A share is told in digits as a sum, and its result once more.
    spelt = {"fem", "five"} if of_type(reply, "sum") else set()
    assert stems(reply.text) - spelt <= stems(said)
    worked_out = stems(said) - stems(reply.text)
    assert worked_out <= {"er", "om", "lag", "is", "about", "5"}
    if not of_type(reply, "list") and not of_type(reply, "sum"):
        assert said == reply.text


@EVERYTHING
def test_every_block_is_whole_and_holds_nothing_empty(
    talk: Conversation, target: str, language: Language
) -> None:
    reply = told(talk, target, language)
    for block in reply.blocks:
        assert block["type"] in ("text", "list", "sum", "quote")
        assert all(value for value in block.values())
    for block in of_type(reply, "text"):
        text = "".join(part["text"] for part in block["parts"])
        assert text == text.strip()
        assert text[-1] in ".:!?"
        assert not re.search(r"\s[.,:]|::|\.:|\n", text)
    kinds = [block["type"] for block in reply.blocks]
    for before, after in itertools.pairwise(reply.blocks):
        ends = before["type"] == "text" and before["parts"][-1]["text"].endswith(":")
        if after["type"] in ("list", "sum") and before["type"] == "text":
            assert ends or before["parts"][-1]["text"][-1] in ".!?"
        else:
            assert not ends
    assert "quote" not in kinds[:-1]


@EVERYTHING
def test_names_that_are_listed_in_full_are_a_list(
    talk: Conversation, target: str, language: Language
) -> None:
    reply = told(talk, target, language)
    nearby = BASE.gaps[target].nearby if target in BASE.gaps else target
    template = BASE.wording[language].topics[nearby].answer
    for fact in ("recipients.list", "recipients.cities"):
        names = [BASE.names[n].label.into(language) for n in BASE.linked_names(fact)]
        lists = [[i["text"] for i in it["items"]] for it in of_type(reply, "list")]
        assert (names in lists) == (f"{{{fact}" in template)


@EVERYTHING
def test_amounts_and_counts_in_digits_are_figures(
    talk: Conversation, target: str, language: Language
) -> None:
    reply = told(talk, target, language)
    plain = " ".join(
        part["text"]
        for block in of_type(reply, "text")
        for part in block["parts"]
        if "figure" not in part
    )
    # A year is no figure of this kind.
    assert not re.findall(r"\d+", plain.replace("2019", ""))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("topic", "operator", "result"),
    [
        ("pot.remainder", "−", "pot.remainder"),
        ("applicants.rejected", "−", "applicants.rejected"),
        ("pot.share", None, "pot.share"),
        ("applicants.success_rate", None, "applicants.success_rate"),
        ("programmes.companies_each", None, "programmes.companies_each"),
    ],
)
def test_arithmetic_is_a_sum_of_the_figures_it_is_worked_out_from(
    talk: Conversation,
    topic: str,
    operator: str | None,
    result: str,
    language: Language,
) -> None:
    reply = told(talk, topic, language)
    [block] = of_type(reply, "sum")
    words = talk.answerer._teller.wording(language)
    operands = BASE.derived[result].operands
    assert [t["value"] for t in block["terms"]] == [*map(words.figure, operands)]
    assert block["result"]["value"] == words.figure(result)
    labels = [t["label"] for t in (*block["terms"], block["result"])]
    records = {**BASE.facts, **BASE.derived}
    expected = [records[fact].label.into(language) for fact in (*operands, result)]
    assert labels == expected
    assert operator in (None, block["operator"])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "Slik er det regnet ut: 5 av 43 er om lag 12 prosent."),
        ("nn", "Slik er det rekna ut: 5 av 43 er om lag 12 prosent."),
        ("en", "This is how it is worked out: 5 out of 43 is about 12 per cent."),
    ],
)
def test_whoever_asks_how_it_was_worked_out_is_shown_the_sum(
    talk: Conversation, language: Language, text: str
) -> None:
    talk.press("applicants.success_rate", language)
    reply = talk.ask("hvordan?", "ask_calculation", language=language)
    assert reply.text.startswith(text)
    kinds = [block["type"] for block in reply.blocks]
    assert kinds == ["text", "sum", "text", "quote"]


def test_two_sums_stand_one_after_the_other(talk: Conversation) -> None:
    talk.press("pot.comparison", "nb")
    reply = talk.ask("hvordan?", "ask_calculation", language="nb")
    kinds = [block["type"] for block in reply.blocks]
    assert kinds == ["text", "sum", "sum", "text", "quote"]


@EVERYTHING
def test_the_quote_is_whole_sentences_in_order_around_every_source(
    talk: Conversation, target: str, language: Language
) -> None:
    reply = told(talk, target, language)
    found = quotes(reply)
    lines = [BASE.text_of(line) for line in BASE.lines()]
    whole = {s for line in lines for s in (line, *SENTENCE.split(line))}
    for passage in found:
        text = "".join(part["text"] for part in passage["parts"])
        assert text == BASE.announcement[passage["start"] : passage["end"]]
        assert text in whole or set(SENTENCE.split(text)) <= whole
    for before, after in itertools.pairwise(found):
        # Two that follow each other in one line would be one.
        assert "\n" in BASE.announcement[before["end"] : after["start"]] or (
            BASE.announcement[before["end"] : after["start"]].strip()
        )
    for source in reply.sources:
        [around] = [
            p for p in found if p["start"] <= source.start and source.end <= p["end"]
        ]
        marked = "".join(p["text"] for p in around["parts"] if "marked" in p)
        assert source.quote in marked


@EVERYTHING
def test_nothing_but_words_of_the_sources_is_marked(
    talk: Conversation, target: str, language: Language
) -> None:
    reply = told(talk, target, language)
    for passage in quotes(reply):
        at = passage["start"]
        for part in passage["parts"]:
            for place, letter in enumerate(part["text"], at):
                inside = any(s.start <= place < s.end for s in reply.sources)
                # Marks with no word between them are one.
                if letter.isalnum():
                    assert inside == ("marked" in part), part
            at += len(part["text"])


def test_a_sentence_that_leans_on_the_one_before_it_comes_with_that() -> None:
    [passage] = passages(BASE, BASE.sources(["minister.business_role"]))
    text = BASE.announcement[passage.start : passage.end]
    assert text.startswith("For å ta vare på befolkningen")
    assert text.endswith("sier Røe Isaksen.")


def test_what_is_ascribed_at_the_end_of_a_sentence_comes_alone() -> None:
    [passage] = passages(BASE, BASE.sources(["people.director.name"]))
    assert BASE.announcement[passage.start :].startswith("Dette er et løft")


def test_several_answers_give_their_blocks_with_one_quote_last(
    talk: Conversation,
) -> None:
    leader = question("hvem leder Siva?", "ask_leader", "siva")
    apart = [Conversation(talk.answerer).send(part) for part in (WHO, leader)]
    reply = talk.send(WHO, leader)
    assert reply.blocks[:-1] == (*apart[0].blocks[:-1], *apart[1].blocks[:-1])
    places = [(p["start"], p["end"]) for p in quotes(reply)]
    assert places == sorted(places)
    assert len(places) == len({start for start, _ in places})


@pytest.mark.parametrize(
    ("language", "summary"),
    [("nb", "De samme seks"), ("nn", "Dei same seks"), ("en", "The same six")],
)
def test_a_list_that_was_told_before_is_the_same_one(
    talk: Conversation, language: Language, summary: str
) -> None:
    talk.send(WHO, language=language)
    [block] = of_type(talk.send(ABSENT, language=language), "list")
    assert block["summary"] == summary
    assert len(block["items"]) == len(BASE.members)
    # Also where that was told so, and not as a list that was asked for.
    [block] = of_type(talk.send(ABSENT, language=language), "list")
    assert block["summary"] == summary


def test_a_list_is_whole_the_first_time_and_whenever_it_is_asked_for(
    talk: Conversation,
) -> None:
    [first] = of_type(talk.send(ABSENT), "list")
    [asked] = of_type(talk.send(WHO), "list")
    [again] = of_type(talk.send(WHO), "list")
    [repeated] = of_type(talk.ask("gjenta", "ask_repeat"), "list")
    assert not [it for it in (first, asked, again, repeated) if "summary" in it]


def test_a_list_that_was_told_is_the_same_after_a_restart(talk: Conversation) -> None:
    talk.send(WHO)
    talk.context = type(talk.context).from_slots(talk.context.to_slots())
    [block] = of_type(talk.send(ABSENT), "list")
    assert block["summary"]


def test_another_list_is_whole(talk: Conversation) -> None:
    talk.send(WHO)
    [block] = of_type(talk.press("recipients.cities"), "list")
    assert "summary" not in block


def test_three_that_are_named_are_a_list_where_they_end_a_sentence(
    talk: Conversation,
) -> None:
    asked = ("Hvor ligger Aleap, Valide og Norinnova?", "ask_recipient_location")
    reply = talk.ask(*asked, "aleap", "valide", "norinnova", language="nb")
    [block] = of_type(reply, "list")
    assert [item["text"] for item in block["items"]] == [
        "Aleap ligger i Oslo",
        "Valide ligger i Stavanger",
        "Norinnova ligger i Tromsø",
    ]
    inside = talk.ask(
        "Fikk Aleap, Valide og Norinnova penger?",
        "ask_grant_recipients",
        *("aleap", "valide", "norinnova"),
        language="nb",
    )
    assert not of_type(inside, "list")
    assert said_in(inside.blocks) == inside.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_that_are_offered_are_a_numbered_list(
    talk: Conversation, language: Language
) -> None:
    unsure = Question(
        "penger?",
        "nlu_fallback",
        0.3,
        alternatives=("ask_grant_amount", "ask_pot", "ask_grant_purpose"),
    )
    reply = talk.send(unsure, language=language)
    assert reply.kind == "clarify"
    before, block, after = reply.blocks
    assert (before["type"], after["type"]) == ("text", "text")
    assert block["ordered"] is True
    titles = [button.title for button in reply.buttons]
    assert [item["text"] for item in block["items"]] == titles[:-1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("intent", ["request_human", DISTRESS, "ask_operator"])
def test_contact_addresses_are_links(intent: str, language: Language) -> None:
    service = Service(
        contact="siva.no, post@example.org", operator="Etaten", helpline="116 123"
    )
    talk = Conversation(Answerer(BASE, service))
    reply = talk.ask("…", intent, language=language)
    parts = [part for block in reply.blocks for part in block["parts"]]
    linked = [(part["text"], part["url"]) for part in parts if "url" in part]
    assert linked
    if intent != "ask_operator":
        assert linked == [(link.title, link.url) for link in reply.links]
    assert said_in(reply.blocks) == reply.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_small_talk_is_paragraphs_that_say_what_the_text_says(
    talk: Conversation, language: Language
) -> None:
    for intent in ("greet", "thank", "ask_bot", "ask_trust", "out_of_scope"):
        reply = talk.ask("…", intent, language=language)
        assert said_in(reply.blocks) == reply.text
        assert not quotes(reply)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("intent", ["ask_source", "doubt"])
def test_quotes_in_a_text_are_the_proof_and_not_said_twice(
    talk: Conversation, intent: str, language: Language
) -> None:
    talk.press("grant.channel", language)
    reply = talk.ask("hvor står det?", intent, language=language)
    assert "«Det er Siva" in reply.text
    assert "Det er Siva" not in said_in(reply.blocks)
    assert quotes(reply)
