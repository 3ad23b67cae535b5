"""From an e-mail to questions with answers, and to a letter."""

import dataclasses
import json
import subprocess
import sys
import time

import pytest

from bot.staff.assistant import Assistant
from bot.staff.composing import Paragraph, brief, composed, paragraphs_of
from bot.staff.drafting import draft_of
from bot.staff.items import Draft
from bot.staff.revising import Revision, letter_of, moved, revised, rows_of

LONG_MAIL = """Hei,

jeg er daglig leder i et lite firma på Sunnmøre som lager utstyr til sykehjem, og vi
er fire ansatte. I går var jeg på et møte i næringsforeningen, og der snakket de mye om
det nye konsortiet for helse. Jeg fikk ikke med meg alt, for jeg satt bakerst og hørte
dårlig. Nå skal jeg skrive et lite referat til styret før fredag, og da vil jeg gjerne
ha tallene riktige. Hvor mye penger gir regjeringen til innovasjonsmiljøene? Hvor mange
søkte om penger fra potten? Jeg lurer også på hvem som deler ut pengene. Og hvordan
søker vi hvis vi vil være med neste gang? Styret er opptatt av det siste, siden vi har
brukt mye egne penger.

Med vennlig hilsen
Torill Aasen
Sunnmøre Sykehjemsutstyr AS
"""


@pytest.fixture(scope="module")
def long_draft(assistant: Assistant) -> Draft:
    return draft_of(LONG_MAIL, assistant)


def kinds(draft: Draft) -> list[str]:
    return [item.kind for item in draft.items]


def test_each_question_of_a_mail_is_answered_by_itself(long_draft: Draft) -> None:
    assert kinds(long_draft) == ["answer", "answer", "answer", "not_stated"]
    assert all(item.is_in_draft for item in long_draft.items)


def test_each_is_quoted_to_the_letter(long_draft: Draft) -> None:
    for item in long_draft.items:
        quoted = LONG_MAIL[item.start : item.end]
        assert quoted.split() == item.sentence.split()


def test_each_answer_has_its_proof(long_draft: Draft, assistant: Assistant) -> None:
    for item in long_draft.items:
        assert item.sources
        for source in item.sources:
            text = assistant.knowledge.announcement[source.start : source.end]
            assert text == source.quote


def test_four_questions_in_120_words_take_two_seconds_at_most(
    assistant: Assistant,
) -> None:
    assert 115 <= len(LONG_MAIL.split()) <= 160
    assistant.parse("Hei")
    began = time.perf_counter()
    draft = draft_of(LONG_MAIL, assistant)
    assert time.perf_counter() - began <= 2
    assert len(draft.items) == 4


def test_a_mail_of_the_most_characters_takes_no_more_either(
    assistant: Assistant,
) -> None:
    mail = ("Hvem fikk penger? Hvor mange søkte? Det er fint vær i dag. " * 90)[:5000]
    assistant.parse("Hei")
    began = time.perf_counter()
    draft_of(mail, assistant)
    assert time.perf_counter() - began <= 10


@pytest.mark.parametrize(
    ("mail", "language"),
    [
        ("Hei! Hvor mange søkte om penger? Hilsen Kari", "nb"),
        ("Hei! Kor mange søkte om pengar? Eg treng eit tal. Helsing Kari", "nn"),
        ("Hello! How many applied for the money? Regards, Kate", "en"),
        ("Hello! I read about «helsekonsortiet» today. How many applied?", "en"),
    ],
)
def test_all_is_answered_in_the_language_of_the_mail(
    assistant: Assistant, mail: str, language: str
) -> None:
    assert draft_of(mail, assistant).language == language


def test_a_short_question_takes_the_language_of_the_rest(assistant: Assistant) -> None:
    mail = "Eg skriv frå ei bygd og lurer på noko. Hvem søkte? Og kven fekk pengar?"
    draft = draft_of(mail, assistant)
    assert draft.language == "nn"
    assert "Kunngjeringa" in draft.items[0].text


def test_personal_numbers_are_masked_before_anything_is_understood(
    assistant: Assistant,
) -> None:
    mail = "Jeg heter Bo, ring 915 33 221. Hvor mange søkte? Skriv til bo@eksempel.no!"
    draft = draft_of(mail, assistant)
    assert "915 33 221" not in draft.mail
    assert "bo@eksempel.no" not in draft.mail
    assert [item.kind for item in draft.items if item.is_in_draft] == ["answer"]


def test_a_question_may_point_to_what_a_statement_tells(assistant: Assistant) -> None:
    mail = "Noen tipset oss om inkubasjonsprogrammet til Siva. Hvem er det for?"
    (item,) = draft_of(mail, assistant).items
    assert "oppstartsbedrifter" in item.text


def test_a_question_may_point_to_what_was_asked_before(assistant: Assistant) -> None:
    mail = "Når skulle helsenæringsmeldingen komme? Hvem skulle legge den frem?"
    _, second = draft_of(mail, assistant).items
    assert second.is_in_draft
    assert "helseministeren" in second.text


def test_a_pronoun_may_stand_for_somebody_unknown(assistant: Assistant) -> None:
    mail = "Vi kjenner folk i Innovasjon Norge. Er det de som deler ut pengene?"
    (item,) = draft_of(mail, assistant).items
    assert item.text.startswith("Nei.")


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("Jeg har lest at 43 søkte.", "Ja."),
        ("Jeg har lest at 20 søkte.", "Nei."),
        ("Sjefen min påstår at 20 søkte. Jeg tviler.", "Nei."),
    ],
)
def test_a_claim_is_judged_where_it_is_asked_about(
    assistant: Assistant, claim: str, verdict: str
) -> None:
    (item,) = draft_of(f"{claim} Stemmer det?", assistant).items
    assert item.sentence == "Stemmer det?"
    assert item.text.startswith(verdict)


def test_a_claim_that_nobody_asks_about_is_no_question(assistant: Assistant) -> None:
    mail = "Hei! Jeg har lest at fem miljøer fikk seks millioner. Fint. Hilsen Bo"
    assert draft_of(mail, assistant).items == ()


def test_the_same_answer_is_given_once(assistant: Assistant) -> None:
    mail = "Hvordan søker vi om penger? Og når er fristen for å søke?"
    first, second = draft_of(mail, assistant).items
    assert first.is_in_draft
    assert second.same_as == 0
    assert not second.is_in_draft


def test_small_talk_and_asking_for_help_are_none_of_the_questions(
    assistant: Assistant,
) -> None:
    mail = "Hei, hvordan går det? Kan dere hjelpe meg? Hvor mange søkte? Takk for det!"
    assert kinds(draft_of(mail, assistant)) == ["answer"]


def test_what_is_out_of_scope_is_shown_and_left_out(assistant: Assistant) -> None:
    mail = "Hvor mange søkte om penger? Og når kommer barnetrygden denne måneden?"
    _, other = draft_of(mail, assistant).items
    assert other.kind == "out_of_scope"
    assert not other.is_in_draft


def test_whoever_wants_a_human_being_is_told_apart(assistant: Assistant) -> None:
    mail = "Hvor mange søkte? Kan jeg få snakke med et menneske?"
    draft = draft_of(mail, assistant)
    assert kinds(draft) == ["answer"]
    assert draft.wants_human == ("Kan jeg få snakke med et menneske?",)


def test_words_of_despair_are_told_apart_wherever_they_stand(
    assistant: Assistant,
) -> None:
    mail = "Hvor mange søkte? Jeg orker ikke leve lenger. Hilsen Bo"
    draft = draft_of(mail, assistant)
    assert draft.urgent == ("Jeg orker ikke leve lenger.",)


@pytest.mark.parametrize(
    "question",
    [
        "Hva var det hun het?",  # nobody was spoken of
        "hvor mange av dem ligger i Agder?",
        "Naboen sier ja og jeg sier nei, hvem har rett?",
    ],
)
def test_what_is_not_surely_understood_is_left_to_a_person(
    assistant: Assistant, question: str
) -> None:
    for item in draft_of(f"Hei! {question}", assistant).items:
        assert not item.is_in_draft


def test_what_holds_in_case_of_one_reply_is_left_to_a_person(
    assistant: Assistant,
) -> None:
    mail = "Hei! Fikk noen utenfor helse penger? Hvem var i så fall mottakeren?"
    leaning = draft_of(mail, assistant).items[-1]
    assert leaning.sentence.startswith("Hvem")
    assert not leaning.is_in_draft


@pytest.mark.parametrize(
    "sentence",
    [
        "Jeg skriver om hvordan ulike land gjør det.",
        "Her kan dere se hva vi driver med.",
    ],
)
def test_a_clause_that_is_not_surely_understood_is_no_question(
    assistant: Assistant, sentence: str
) -> None:
    mail = f"Hei! {sentence} Hvor mange søkte om penger?"
    (item,) = draft_of(mail, assistant).items
    assert item.is_in_draft


def test_what_may_be_meant_is_offered(assistant: Assistant) -> None:
    mail = "Hei! hvor mange av dem ligger i Agder?"
    (item,) = draft_of(mail, assistant).items
    assert item.alternatives
    for alternative in item.alternatives:
        assert alternative.asks
        assert item.chosen(alternative.topic, "nb", assistant).kind in (
            "answer",
            "not_stated",
        )


def test_a_mail_that_asks_nothing_gives_no_question(assistant: Assistant) -> None:
    draft = draft_of("Hei! Takk for en fin sak. Ha en god dag. Hilsen Unni", assistant)
    assert draft.items == ()


# The letter


def letter(draft: Draft, assistant: Assistant) -> str:
    return composed(
        paragraphs_of(draft), draft.language, assistant.knowledge, sender=draft.sender
    )


def test_a_letter_greets_answers_names_what_is_missing_and_cites(
    long_draft: Draft, assistant: Assistant
) -> None:
    text = letter(long_draft, assistant)
    in_order = [
        "Hei, Torill!",
        "Du spør: «Hvor mye penger gir regjeringen til innovasjonsmiljøene?»",
        "Du spør: «Hvor mange søkte om penger fra potten?»",
        "Dette står ikke i kunngjøringen:",
        "Svarene bygger på kunngjøringen «",
        "Vennlig hilsen",
    ]
    places = [text.index(part) for part in in_order]
    assert places == sorted(places)


def test_a_letter_quotes_the_announcement_to_the_letter(
    long_draft: Draft, assistant: Assistant
) -> None:
    told = letter(long_draft, assistant).partition("Dette står der:")[2]
    quotes = [line[3:-1] for line in told.splitlines() if line.startswith("– «")]
    announcement = " ".join(assistant.knowledge.announcement.split())
    assert quotes
    assert all(quote in announcement for quote in quotes)
    assert len(quotes) == len(set(quotes))


def test_a_letter_without_answers_promises_none(assistant: Assistant) -> None:
    text = composed([], "nn", assistant.knowledge)
    assert text.split("\n\n") == ["Hei!", "Takk for e-posten.", "Venleg helsing\n"]


def test_an_answer_that_staff_wrote_needs_no_proof(assistant: Assistant) -> None:
    told = [Paragraph("Hva er klokka?", "answer", "Den er tolv.")]
    text = composed(told, "nb", assistant.knowledge)
    assert "Den er tolv." in text
    assert "«Hva er klokka?»" in text
    assert "bygger på" not in text


def test_a_long_question_is_repeated_from_the_word_that_asks() -> None:
    reason = "for det har vi grublet på hele vinteren, og det har naboen vår også" * 3
    assert brief(f"Jeg lurer på hvem som fikk penger, {reason}.") == (
        "… hvem som fikk penger"
    )


def test_a_short_question_is_repeated_whole_on_one_line() -> None:
    assert brief("Hvem\nfikk penger?") == "Hvem fikk penger?"


# What a person makes of it


def revision(draft: Draft, **changes: object) -> Revision:
    rows = rows_of(draft)
    unchanged = Revision(
        order=[row.item.key for row in rows],
        kept=[row.item.key for row in rows if row.kept],
        texts={row.item.key: row.text for row in rows},
        chosen={},
        texts_of={},
    )
    return dataclasses.replace(unchanged, **changes)


def test_what_nobody_changed_stays(long_draft: Draft, assistant: Assistant) -> None:
    rows = revised(long_draft, revision(long_draft), assistant)
    assert rows == rows_of(long_draft)
    assert letter_of(rows) == paragraphs_of(long_draft)


def test_a_question_that_is_chosen_brings_its_answer(assistant: Assistant) -> None:
    draft = draft_of("Hei! hvor mange av dem ligger i Agder?", assistant)
    (item,) = draft.items
    topic = item.alternatives[0].topic
    (row,) = revised(draft, revision(draft, chosen={item.key: topic}), assistant)
    assert row.kept
    assert row.text == item.chosen(topic, "nb", assistant).text


def test_a_topic_that_was_not_offered_is_not_chosen(
    long_draft: Draft, assistant: Assistant
) -> None:
    key = long_draft.items[0].key
    rows = revised(long_draft, revision(long_draft, chosen={key: "x"}), assistant)
    assert rows == rows_of(long_draft)


def test_keys_of_another_mail_count_for_nothing(
    long_draft: Draft, assistant: Assistant
) -> None:
    odd = revision(long_draft, order=["9999"], texts={"9999": "x"}, kept=["9999"])
    rows = revised(long_draft, odd, assistant)
    assert [row.item for row in rows] == list(long_draft.items)


@pytest.mark.parametrize(
    ("by", "order"), [(1, [1, 0, 2, 3]), (-1, [0, 1, 2, 3]), (9, [1, 2, 3, 0])]
)
def test_rows_are_moved_as_far_as_there_are_others(
    long_draft: Draft, by: int, order: list[int]
) -> None:
    rows = rows_of(long_draft)
    assert moved(rows, rows[0].item.key, by) == [rows[place] for place in order]


# The command line


def test_the_command_prints_the_letter_and_the_questions() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "draft", "-", "--json"],
        input="Hei! Hvor mange søkte? Hilsen Kari".encode(),
        capture_output=True,
        check=True,
    )
    told = json.loads(done.stdout)
    assert told["letter"].startswith("Hei, Kari!")
    assert [item["in_draft"] for item in told["items"]] == [True]
    assert "mail" not in told


def test_the_command_names_a_file_that_it_cannot_read() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "draft", "nowhere.txt"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "nowhere.txt" in done.stderr
