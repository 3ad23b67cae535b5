"""Yes/no questions: answered yes or no first, false premises included."""

import re

import pytest
from talking import Conversation

from bot.languages import Language

WORDS = {"nb": ("Ja", "Nei"), "nn": ("Ja", "Nei"), "en": ("Yes", "No")}


def verdict_of(text: str, language: Language) -> bool | None:
    yes, no = WORDS[language]
    first = re.match(r"\w+", text)
    return {yes: True, no: False}.get(first.group() if first else "")


def test_a_question_with_a_question_word_gets_neither_yes_nor_no(
    talk: Conversation,
) -> None:
    for text, intent in [
        ("Hvem fikk penger?", "ask_grant_recipients"),
        ("Hva skal pengene brukes til?", "ask_grant_purpose"),
        ("Hvor stor er potten?", "ask_pot"),
    ]:
        assert verdict_of(talk.ask(text, intent).text, "nb") is None


@pytest.mark.parametrize(
    ("text", "intent", "holds"),
    [
        ("Fikk miljøene 6 millioner kroner?", "ask_grant_amount", True),
        ("Fikk de seks mill?", "ask_grant_amount", True),
        ("Var det 6 000 000 kroner?", "ask_grant_amount", True),
        ("Er det ti millioner de får?", "ask_grant_amount", False),
        ("Fikk miljøene 2000 kroner?", "ask_grant_amount", False),
        ("Fikk de mer enn 5 millioner?", "ask_grant_amount", True),
        ("Fikk de mer enn 10 millioner?", "ask_grant_amount", False),
        ("Fikk de mindre enn 7 millioner?", "ask_grant_amount", True),
        ("Fikk de under 5 millioner?", "ask_grant_amount", False),
        ("Er potten på 14,5 millioner?", "ask_pot", True),
        ("Er potten på 14,5?", "ask_pot", True),
        ("Er potten på 15 millioner kroner?", "ask_pot", False),
        ("Er potten på 6 millioner?", "ask_pot", False),
        ("Er det 8,5 millioner igjen?", "ask_pot_remainder", True),
        ("Er det 9 millioner igjen?", "ask_pot_remainder", False),
        ("Går 41 prosent av potten til helse?", "ask_pot_share", True),
        ("Går halvparten av potten til helse?", "ask_pot_share", False),
        ("Går mindre enn halvparten til helse?", "ask_pot_share", True),
        ("Går mer enn 40 % til helse?", "ask_pot_share", True),
        ("Fikk 12 prosent av søkerne støtte?", "ask_success_rate", True),
        ("Fikk 20 prosent av søkerne støtte?", "ask_success_rate", False),
        ("Var det seks miljøer som fikk penger?", "ask_recipient_count", True),
        ("Var det sju miljøer som fikk penger?", "ask_recipient_count", False),
        ("Var det 43 som søkte?", "ask_applicant_count", True),
        ("Var det førtitre som søkte?", "ask_applicant_count", True),
        ("Var det over hundre som søkte?", "ask_applicant_count", False),
        ("Fikk fem miljøer støtte?", "ask_supported_count", True),
        ("Fikk ti miljøer støtte?", "ask_supported_count", False),
        ("Fikk 38 avslag?", "ask_rejected_count", True),
        ("Fikk 40 avslag?", "ask_rejected_count", False),
        ("Er det 3 600 bedrifter i programmene?", "ask_programme_companies", True),
        ("Er det 5000 bedrifter i programmene?", "ask_programme_companies", False),
        ("Kommer meldingen vinteren 2019?", "ask_white_paper_date", True),
        ("Kommer meldingen i januar 2019?", "ask_white_paper_date", True),
        ("Kommer meldingen i 2019?", "ask_white_paper_date", True),
        ("Kommer meldingen våren 2019?", "ask_white_paper_date", False),
        ("Kommer meldingen vinteren 2020?", "ask_white_paper_date", False),
        ("Er det den første meldingen?", "ask_white_paper_first", True),
        ("Har det kommet en slik melding før?", "ask_white_paper_first", False),
        ("Skal de danne et konsortium?", "ask_consortium", True),
        ("Potten er på 20 millioner, ikke sant?", "ask_pot", False),
    ],
)
def test_a_claim_about_a_figure_or_a_time_is_held_up_to_the_facts(
    talk: Conversation, text: str, intent: str, holds: bool
) -> None:
    reply = talk.ask(text, intent, language="nb")
    assert reply.kind == "answer"
    assert verdict_of(reply.text, "nb") is holds


@pytest.mark.parametrize(
    ("text", "intent", "names", "holds"),
    [
        ("Er det 35 inkubatorer?", "ask_network_size", ["incubation"], True),
        ("Er det 40 inkubatorer?", "ask_network_size", ["incubation"], False),
        ("Har Siva 40 næringshager?", "ask_network_size", ["siva", "garden"], True),
        ("Har Siva 35 næringshager?", "ask_network_size", ["siva", "garden"], False),
        ("Er det Siva som deler ut pengene?", "ask_grant_giver", ["siva"], True),
        ("Er det regjeringen som gir?", "ask_grant_giver", ["government"], True),
        ("Er det NTNU som gir pengene?", "ask_grant_giver", ["ntnu"], False),
        ("Er det bare Siva som gir?", "ask_grant_giver", ["siva"], False),
        ("Er Isaksen næringsminister?", "ask_person", ["minister"], True),
        ("Er Lorange direktør i Siva?", "ask_leader", ["director", "siva"], True),
        ("Leder Isaksen Siva?", "ask_leader", ["minister", "siva"], False),
        (
            "Er Isaksen helseminister?",
            "ask_person",
            ["minister", "health_minister"],
            False,
        ),
        (
            "Legger helseministeren frem meldingen?",
            "ask_white_paper_ministers",
            ["health_minister"],
            True,
        ),
        (
            "Er det bare næringsministeren som legger den frem?",
            "ask_white_paper_ministers",
            ["minister"],
            False,
        ),
        (
            "Legger Siva frem meldingen?",
            "ask_white_paper_ministers",
            ["siva"],
            False,
        ),
        ("Går alt til helse?", "ask_fields", ["health"], False),
        ("Er det bare finans som får?", "ask_fields", ["finance"], False),
        ("Får finans støtte?", "ask_fields", ["finance"], True),
        ("Er NFD utgiver?", "ask_publisher", ["ministry"], True),
        ("Er Siva utgiver?", "ask_publisher", ["siva"], False),
        ("Var det under Solberg?", "ask_government", ["government"], True),
    ],
)
def test_a_claim_about_who_is_held_up_to_the_facts(
    talk: Conversation, text: str, intent: str, names: list[str], holds: bool
) -> None:
    reply = talk.ask(text, intent, *names, language="nb")
    assert reply.kind == "answer"
    assert verdict_of(reply.text, "nb") is holds


@pytest.mark.parametrize(
    ("text", "intent", "unknown"),
    [
        (
            "Er det Innovasjon Norge som gir pengene?",
            "ask_grant_giver",
            "Innovasjon Norge",
        ),
        ("Er Helsedirektoratet utgiver?", "ask_publisher", "Helsedirektoratet"),
        ("Var det regjeringa til Støre?", "ask_government", "Støre"),
    ],
)
def test_a_claim_about_somebody_unknown_is_denied(
    talk: Conversation, text: str, intent: str, unknown: str
) -> None:
    reply = talk.ask(text, intent, unknown=(unknown,), language="nb")
    assert verdict_of(reply.text, "nb") is False
    assert reply.kind == "answer"


@pytest.mark.parametrize(
    ("language", "text", "intent", "holds"),
    [
        ("nn", "Fekk miljøa 6 millionar?", "ask_grant_amount", True),
        ("nn", "Er det femti søkjarar?", "ask_applicant_count", False),
        ("nn", "Kjem meldinga våren 2019?", "ask_white_paper_date", False),
        ("en", "Did they get NOK 6 million?", "ask_grant_amount", True),
        ("en", "Did the state give 6 million to the hubs?", "ask_grant_amount", True),
        ("en", "Is it true that they got 10 million?", "ask_grant_amount", False),
        ("en", "Were there forty-three applicants?", "ask_applicant_count", True),
        ("en", "Does 41 per cent of it go to health?", "ask_pot_share", True),
        ("en", "Is it coming in the summer of 2019?", "ask_white_paper_date", False),
    ],
)
def test_yes_and_no_are_said_in_the_language_of_the_question(
    talk: Conversation, language: Language, text: str, intent: str, holds: bool
) -> None:
    reply = talk.ask(text, intent, language=language)
    assert verdict_of(reply.text, language) is holds


@pytest.mark.parametrize(
    ("text", "intent", "right"),
    [
        ("Fikk de 10 millioner?", "ask_grant_amount", "6 millioner kroner"),
        ("Var det 50 søkere?", "ask_applicant_count", "43"),
        ("Går halvparten til helse?", "ask_pot_share", "41 prosent"),
        ("Kommer den våren 2019?", "ask_white_paper_date", "vinteren 2019"),
    ],
)
def test_a_no_comes_with_what_is_right(
    talk: Conversation, text: str, intent: str, right: str
) -> None:
    assert right in talk.ask(text, intent, language="nb").text


@pytest.mark.parametrize(
    ("text", "intent", "names", "unknown", "holds"),
    [
        (
            "Er Aleap en inkubator?",
            "ask_recipient_kind",
            ["aleap", "incubation"],
            (),
            True,
        ),
        (
            "Er Sintef en inkubator?",
            "ask_recipient_kind",
            ["sintef", "incubation"],
            (),
            False,
        ),
        (
            "Er Valide i Stavanger?",
            "ask_organisation",
            ["valide", "stavanger"],
            (),
            True,
        ),
        (
            "Er Valide i Kristiansand?",
            "ask_grant_recipients",
            ["valide"],
            ("Kristiansand",),
            False,
        ),
        ("Skal de konkurrere mot hverandre?", "ask_grant_purpose", [], (), False),
        ("Skal de samarbeide?", "ask_grant_purpose", [], (), True),
        ("Går pengene til nye sykehjem?", "ask_grant_purpose", [], (), False),
        ("Kommer de seks millionene i tillegg?", "ask_pot", [], (), False),
        ("Er de en del av noe større?", "ask_pot", [], (), True),
        ("Er Røe Isaksen finansminister?", "ask_person", ["minister"], (), False),
        (
            "Var det under regjeringen Støre?",
            "ask_government",
            ["government"],
            (),
            False,
        ),
        ("Er det ikke nok hender?", "ask_health_challenges", [], (), True),
        ("Har vi nok folk i helsevesenet?", "ask_health_challenges", [], (), False),
        ("Gikk hele potten til helse?", "ask_pot", ["pot", "health"], (), False),
        ("Gikk noe av potten til oppdrett?", "ask_fields", [], (), False),
        (
            "Er det departementet som betaler ut pengene?",
            "ask_grant_giver",
            ["ministry"],
            (),
            False,
        ),
    ],
)
def test_a_claim_in_words_is_held_up_to_the_facts(
    talk: Conversation,
    text: str,
    intent: str,
    names: list[str],
    unknown: tuple[str, ...],
    holds: bool,
) -> None:
    reply = talk.ask(text, intent, *names, unknown=unknown)
    assert verdict_of(reply.text, "nb") is holds, reply.text


@pytest.mark.parametrize(
    "text",
    [
        "Skal de bygge et romskip?",
        "Skal pengene gjøre dem til verdens beste i sjakk, tror du?",
    ],
)
def test_a_claim_that_nothing_confirms_gets_the_facts_without_a_yes(
    talk: Conversation, text: str
) -> None:
    assert verdict_of(talk.ask(text, "ask_expected_benefits").text, "nb") is not True


@pytest.mark.parametrize(
    ("text", "intent", "language"),
    [
        ("Tell me about the health consortium", "ask_consortium", "en"),
        ("Fortell om helsekonsortiet", "ask_consortium", "nb"),
        ("Er konsortiet for helse eller for finans?", "ask_consortium", "nb"),
        ("Is this old or new?", "ask_archive", "en"),
        ("Det er seks miljøer og fem. Er det en feil?", "ask_six_and_five", "nb"),
        ("Det var 6 millioner kroner, tar jeg feil?", "ask_grant_amount", "nb"),
    ],
)
def test_what_asks_for_no_yes_gets_none(
    talk: Conversation, text: str, intent: str, language: Language
) -> None:
    reply = talk.ask(text, intent, language=language)
    assert verdict_of(reply.text, language) is None
    assert reply.kind == "answer"


@pytest.mark.parametrize("tag", ["or no", "or nah", "eller nei", "eller ikke"])
def test_a_closing_tag_offers_no_second_answer(talk: Conversation, tag: str) -> None:
    reply = talk.ask(f"Fikk miljøene 6 millioner, {tag}?", "ask_grant_amount")
    assert verdict_of(reply.text, "nb") is True


def test_another_currency_or_one_place_for_all_is_denied(talk: Conversation) -> None:
    euros = talk.ask("Is it 6 million euros?", "ask_grant_amount", language="en")
    assert verdict_of(euros.text, "en") is False
    place = talk.ask("Er alle i samme by?", "ask_recipient_location", language="nb")
    assert verdict_of(place.text, "nb") is False
