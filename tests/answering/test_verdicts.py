"""Claims held up to the facts: *yes* where all is borne out, *no*, or neither.

The claims stand by what they claim, so that each rule of the judgement has its own.
"""

import dataclasses
import re

import pytest
from talking import Conversation, frame_of

from bot.answering import Answerer, Message, Question, Reply
from bot.answering.select import Selection
from bot.answering.support import Support
from bot.answering.verdict import judge
from bot.knowledge import load_knowledge
from bot.languages import Language
from bot.reading.names import NameMatcher

BASE = load_knowledge()
SUPPORT = Support(BASE)
MATCHER = NameMatcher(BASE.names.values())
WORDS = {"nb": ("Ja", "Nei"), "nn": ("Ja", "Nei"), "en": ("Yes", "No")}
ENGLISH = re.compile(r"(?:Is|Are|Was|Were|Did|Does) ")
UNSETTLED = {
    "nb": "Det gir ikke kunngjøringen svar på.",
    "nn": "Det gjev ikkje kunngjeringa svar på.",
    "en": "The announcement does not answer that.",
}


def verdict_of(text: str, language: Language) -> bool | None:
    yes, no = WORDS[language]
    first = re.match(r"\w+", text)
    return {yes: True, no: False}.get(first.group() if first else "")


def claim(
    talk: Conversation, text: str, intent: str, unknown: str = "", lang: Language = "nb"
) -> Reply:
    """Claim something in which the names stand that the knowledge base holds."""
    names = dict.fromkeys(match.id for match in MATCHER.find(text))
    named = tuple(name for name in names if name)
    return talk.ask(
        text, intent, *named, unknown=(unknown,) if unknown else (), language=lang
    )


def check(talk: Conversation, text: str, intent: str, holds: bool | None) -> None:
    """Hold what a claim gets up to the verdict that it should get, or none."""
    lang: Language = "en" if ENGLISH.match(text) else "nb"
    reply = claim(talk, text, intent, lang=lang)
    assert verdict_of(reply.text, lang) is holds, reply.text
    unsettled = reply.text.startswith(UNSETTLED[lang])
    assert reply.kind == ("not_stated" if unsettled else "answer")
    assert not (unsettled and holds is not None)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Hvem fikk penger?", "ask_grant_recipients"),
        ("Hva skal pengene brukes til?", "ask_grant_purpose"),
        ("Hvor stor er potten?", "ask_pot"),
        ("Fortell om helsekonsortiet", "ask_consortium"),
        ("Tell me about the health consortium", "ask_consortium"),
        ("Kan du forklare hva Siva er?", "ask_organisation"),
        ("Er det kjent hvem som fikk penger?", "ask_grant_recipients"),
    ],
)
def test_what_asks_gets_an_answer_and_neither_yes_nor_no(
    talk: Conversation, text: str, intent: str
) -> None:
    reply = claim(talk, text, intent)
    assert reply.kind == "answer"
    assert verdict_of(reply.text, "nb") is None
    assert not reply.text.startswith(UNSETTLED["nb"])


@pytest.mark.parametrize(
    ("text", "intent", "holds"),
    [
        ("Var det seks miljøer som fikk penger?", "ask_recipient_count", True),
        ("Var det sju miljøer som fikk penger?", "ask_recipient_count", False),
        ("Var det 43 som søkte?", "ask_applicant_count", True),
        ("Var det førtitre som søkte?", "ask_applicant_count", True),
        ("Fikk fem miljøer støtte?", "ask_supported_count", True),
        ("Fikk ti miljøer støtte?", "ask_supported_count", False),
        ("Fikk 38 avslag?", "ask_rejected_count", True),
        ("Fikk 40 avslag?", "ask_rejected_count", False),
        ("Er det 3 600 bedrifter i programmene?", "ask_programme_companies", True),
        ("Er det 5000 bedrifter i programmene?", "ask_programme_companies", False),
        ("Er det 35 inkubatorer?", "ask_network_size", True),
        ("Er det 40 inkubatorer?", "ask_network_size", False),
        ("Har Siva 40 næringshager?", "ask_network_size", True),
        ("Har Siva 35 næringshager?", "ask_network_size", False),
        ("Er det 75 inkubatorer og næringshager i alt?", "ask_network_size", True),
        ("Er det 80 inkubatorer og næringshager i alt?", "ask_network_size", False),
        ("Ligger de i fem byer?", "ask_recipient_location", True),
        ("Ligger de i seks byer?", "ask_recipient_location", False),
        ("Går potten til tre områder?", "ask_fields", True),
        ("Går potten til fire områder?", "ask_fields", False),
        ("Er det to i Trondheim?", "ask_grant_recipients", True),
        ("Er det tre i Trondheim?", "ask_grant_recipients", False),
        ("Er en av de seks i Oslo?", "ask_grant_recipients", True),
        ("Er Aleap blant de seks som deler 6 millioner?", "ask_grant_recipients", True),
        (
            "Er Aleap blant de seks som deler 8 millioner?",
            "ask_grant_recipients",
            False,
        ),
        ("Were there forty-three applicants?", "ask_applicant_count", True),
        ("Were there 34 applicants?", "ask_applicant_count", False),
    ],
)
def test_a_figure_is_held_up_to_that_of_what_it_counts(
    talk: Conversation, text: str, intent: str, holds: bool
) -> None:
    check(talk, text, intent, holds)


@pytest.mark.parametrize(
    ("text", "intent", "holds"),
    [
        ("Har Siva 35 inkubatorer og 40 næringshager?", "ask_network_size", True),
        ("Har Siva 40 inkubatorer og 35 næringshager?", "ask_network_size", False),
        ("Er det 35 inkubatorer og 35 næringshager?", "ask_network_size", False),
        ("Are there 40 incubators and 35 business gardens?", "ask_network_size", False),
        ("Fikk 5 av 43 søkere støtte?", "ask_supported_count", True),
        ("Fikk 6 av 43 søkere støtte?", "ask_supported_count", False),
        ("Fikk 5 av 50 søkere støtte?", "ask_supported_count", False),
        ("Var de seks blant de 43 søkerne?", "ask_applicant_count", True),
    ],
)
def test_figures_that_are_swapped_or_of_which_one_is_wrong_make_a_claim_wrong(
    talk: Conversation, text: str, intent: str, holds: bool
) -> None:
    check(talk, text, intent, holds)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Er det 12 sider i saken?", "ask_network_size"),
        ("Er det 35 inkubatorer i Oslo?", "ask_network_size"),
        ("Fikk 43 av 5 søkere støtte?", "ask_supported_count"),
        # It is told elsewhere, of the pot.
        ("Gir Siva de 14,5 millionene?", "ask_grant_giver"),
    ],
)
def test_a_figure_of_something_else_is_not_settled(
    talk: Conversation, text: str, intent: str
) -> None:
    check(talk, text, intent, None)


@pytest.mark.parametrize(
    ("text", "intent", "holds"),
    [
        ("Fikk miljøene 6 millioner kroner?", "ask_grant_amount", True),
        ("Fikk de seks mill?", "ask_grant_amount", True),
        ("Var det 6 000 000 kroner?", "ask_grant_amount", True),
        ("Er det ti millioner de får?", "ask_grant_amount", False),
        ("Fikk miljøene 2000 kroner?", "ask_grant_amount", False),
        ("Fikk konsortiet 14,5 millioner?", "ask_grant_amount", False),
        ("Er potten på 14,5 millioner?", "ask_pot", True),
        ("Er potten på 14,5?", "ask_pot", True),
        ("Er potten på mer enn 14?", "ask_pot", True),
        ("Er potten på mer enn 15?", "ask_pot", False),
        ("Er potten på 15 millioner kroner?", "ask_pot", False),
        ("Er potten på 6 millioner?", "ask_pot", False),
        ("Er det 8,5 millioner igjen?", "ask_pot_remainder", True),
        ("Er det 9 millioner igjen?", "ask_pot_remainder", False),
        ("Er de 8,5 millionene resten av potten?", "ask_pot_remainder", True),
        ("Er 6 av de 14,5 millionene til helsekonsortiet?", "ask_pot", True),
        ("Er 8 av de 14,5 millionene til helsekonsortiet?", "ask_pot", False),
        ("Er 6 av de 15 millionene til helsekonsortiet?", "ask_pot", False),
        ("Er de seks millionene en del av 14,5 millioner?", "ask_pot", True),
        ("Did they get NOK 6 million?", "ask_grant_amount", True),
        ("Did the state give 6 million to the hubs?", "ask_grant_amount", True),
        ("Is it true that they got 10 million?", "ask_grant_amount", False),
    ],
)
def test_each_of_the_amounts_in_a_claim_must_be_right(
    talk: Conversation, text: str, intent: str, holds: bool
) -> None:
    check(talk, text, intent, holds)


@pytest.mark.parametrize(
    ("text", "intent", "holds"),
    [
        ("Fikk de mer enn 5 millioner?", "ask_grant_amount", True),
        ("Fikk de mer enn 10 millioner?", "ask_grant_amount", False),
        ("Fikk de mindre enn 7 millioner?", "ask_grant_amount", True),
        ("Fikk de under 5 millioner?", "ask_grant_amount", False),
        ("Er det over 40 søkere?", "ask_applicant_count", True),
        ("Er det over 43 søkere?", "ask_applicant_count", False),
        ("Er det minst 43 søkere?", "ask_applicant_count", True),
        ("Er det minst 44 søkere?", "ask_applicant_count", False),
        ("Er det høyst 43 søkere?", "ask_applicant_count", True),
        ("Er det høyst 42 søkere?", "ask_applicant_count", False),
        ("Var det ikke mer enn 50 søkere?", "ask_applicant_count", True),
        ("Var det over hundre som søkte?", "ask_applicant_count", False),
        ("Were there at least 50 applicants?", "ask_applicant_count", False),
        ("Were there fewer than 50 applicants?", "ask_applicant_count", True),
    ],
)
def test_a_limit_is_held_up_to_the_figure(
    talk: Conversation, text: str, intent: str, holds: bool
) -> None:
    check(talk, text, intent, holds)


@pytest.mark.parametrize(
    ("text", "intent", "holds"),
    [
        ("Går 41 prosent av potten til helse?", "ask_pot_share", True),
        ("Går 41,4 prosent av potten til helse?", "ask_pot_share", True),
        ("Går 43 prosent av potten til helse?", "ask_pot_share", False),
        ("Går 12 prosent av potten til helse?", "ask_fields", False),
        ("Går 33 prosent av potten til helse?", "ask_pot_share", False),
        ("Går halvparten av potten til helse?", "ask_pot_share", False),
        ("Går en tredjedel av potten til helse?", "ask_pot_share", False),
        ("Går mindre enn halvparten til helse?", "ask_pot_share", True),
        ("Går over halvparten av potten til helse?", "ask_pot_share", False),
        ("Går mer enn 40 % til helse?", "ask_pot_share", True),
        ("Fikk 12 prosent av søkerne støtte?", "ask_success_rate", True),
        ("Fikk 20 prosent av søkerne støtte?", "ask_success_rate", False),
        ("Does 41 per cent of it go to health?", "ask_pot_share", True),
        ("Did a quarter of the applicants get support?", "ask_success_rate", False),
    ],
)
def test_a_share_is_held_up_to_the_share_that_follows_from_the_facts(
    talk: Conversation, text: str, intent: str, holds: bool
) -> None:
    check(talk, text, intent, holds)


@pytest.mark.parametrize(
    ("text", "intent", "holds"),
    [
        ("Kommer meldingen vinteren 2019?", "ask_white_paper_date", True),
        ("Kommer meldingen i 2019?", "ask_white_paper_date", True),
        ("Kommer meldingen om vinteren?", "ask_white_paper_date", True),
        ("Kommer meldingen våren 2019?", "ask_white_paper_date", False),
        ("Kommer meldingen vinteren 2020?", "ask_white_paper_date", False),
        ("Kommer meldingen i juli 2019?", "ask_white_paper_date", False),
        ("Is it coming in the summer of 2019?", "ask_white_paper_date", False),
        # The announcement says winter, and no month of it.
        ("Kommer meldingen i januar 2019?", "ask_white_paper_date", None),
        ("Fikk miljøene pengene i 2018?", "ask_grant_amount", None),
    ],
)
def test_a_time_is_right_or_wrong_only_as_far_as_the_announcement_tells_it(
    talk: Conversation, text: str, intent: str, holds: bool | None
) -> None:
    check(talk, text, intent, holds)


@pytest.mark.parametrize(
    ("text", "intent", "holds"),
    [
        ("Er det Siva som deler ut pengene?", "ask_grant_giver", True),
        ("Er det regjeringen som gir?", "ask_grant_giver", True),
        ("Er det Enova som deler ut pengene?", "ask_grant_giver", False),
        ("Er det Stortinget som gir pengene?", "ask_grant_giver", False),
        ("Er NFD utgiver?", "ask_publisher", True),
        ("Er Siva utgiver?", "ask_publisher", False),
        ("Er Helsedirektoratet utgiver?", "ask_publisher", False),
        ("Får finans støtte?", "ask_fields", True),
        ("Går noe av potten til Sørlandet?", "ask_fields", False),
        ("Går noe av potten til reiseliv?", "ask_fields", False),
        ("Gikk noe av potten til oppdrett?", "ask_fields", False),
        ("Er helseministeren med på den?", "ask_white_paper_ministers", True),
        ("Er det Lorange som legger den frem?", "ask_white_paper_ministers", False),
        ("Var det under Solberg?", "ask_government", True),
        ("Var det under Stoltenberg?", "ask_government", False),
    ],
)
def test_a_name_is_wrong_where_all_are_named(
    talk: Conversation, text: str, intent: str, holds: bool
) -> None:
    check(talk, text, intent, holds)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Er det Siva og Enova som deler ut pengene?", "ask_grant_giver"),
        ("Deler Enova også ut penger?", "ask_grant_giver"),
        ("Er det Siva som legger frem meldingen?", "ask_white_paper_ministers"),
        ("Er Sintef en inkubator?", "ask_recipient_kind"),
        ("Er Valide en helseinkubator?", "ask_recipient_kind"),
        ("Er Norinnova et teknologioverføringskontor?", "ask_recipient_kind"),
    ],
)
def test_a_name_beside_the_right_one_or_where_not_all_are_named_is_not_settled(
    talk: Conversation, text: str, intent: str
) -> None:
    check(talk, text, intent, None)


@pytest.mark.parametrize(
    "text",
    [
        "Er det NTNU som gir pengene?",
        "Er det Norinnova som deler ut pengene?",
        "Gir NTNU 6 millioner kroner?",
        "Er det departementet som betaler ut pengene?",
    ],
)
def test_whoever_plays_another_part_is_not_confirmed_in_this_one(
    talk: Conversation, text: str
) -> None:
    assert verdict_of(claim(talk, text, "ask_grant_giver").text, "nb") is not True


@pytest.mark.parametrize(
    ("text", "intent", "unknown"),
    [
        ("Er det Ymse AS som deler ut pengene?", "ask_grant_giver", "Ymse AS"),
        ("Er Fiskeridirektoratet utgiver?", "ask_publisher", "Fiskeridirektoratet"),
        ("Fikk Ymse AS penger?", "ask_grant_recipients", "Ymse AS"),
        ("Leder Kari Nordmann Siva?", "ask_leader", "Kari Nordmann"),
    ],
)
def test_somebody_unknown_is_denied_where_all_are_named(
    talk: Conversation, text: str, intent: str, unknown: str
) -> None:
    reply = claim(talk, text, intent, unknown)
    assert verdict_of(reply.text, "nb") is False
    assert reply.kind == "answer"


@pytest.mark.parametrize(
    ("text", "intent", "unknown"),
    [
        ("Er det Siva og Ymse AS som deler ut pengene?", "ask_grant_giver", "Ymse AS"),
        ("Skal de samarbeide med Ymse AS?", "ask_grant_purpose", "Ymse AS"),
        ("Fikk Ymse AS 8 millioner?", "ask_grant_amount", "Ymse AS"),
        ("Leder Lorange og Kari Nordmann Siva?", "ask_leader", "Kari Nordmann"),
    ],
)
def test_somebody_unknown_beside_what_is_right_is_not_settled(
    talk: Conversation, text: str, intent: str, unknown: str
) -> None:
    reply = claim(talk, text, intent, unknown)
    assert verdict_of(reply.text, "nb") is None
    assert reply.kind == "not_stated"


def test_a_capitalised_surname_that_is_not_known_makes_another_person(
    talk: Conversation,
) -> None:
    right = claim(talk, "Heter direktøren Ingrid Lorange?", "ask_leader")
    wrong = claim(talk, "Heter direktøren Ingrid Hansen?", "ask_leader")
    assert verdict_of(right.text, "nb") is True
    assert verdict_of(wrong.text, "nb") is not True


@pytest.mark.parametrize(
    ("text", "intent", "holds"),
    [
        ("Er det seks millioner norske kroner?", "ask_grant_amount", True),
        ("Er det seks millioner svenske kroner?", "ask_grant_amount", False),
        ("Is it 6 million euros?", "ask_grant_amount", False),
        ("Skal miljøene samarbeide internasjonalt?", "ask_grant_purpose", True),
        ("Skal miljøene samarbeide på hjemmemarkedet?", "ask_grant_purpose", False),
        ("Skal miljøene jobbe hver for seg?", "ask_grant_purpose", False),
        ("Skal de konkurrere mot hverandre?", "ask_grant_purpose", False),
        ("Er inkubatorene for oppstartsbedrifter?", "ask_programme_target", True),
        ("Er inkubatorene for etablerte bedrifter?", "ask_programme_target", False),
        ("Har næringshagene fokus på distriktene?", "ask_programme_target", True),
        ("Er næringshagene for storbyene?", "ask_programme_target", False),
        ("Er det den første meldingen?", "ask_white_paper_first", True),
        ("Har det kommet en slik melding før?", "ask_white_paper_first", False),
        ("Blir befolkningen eldre?", "ask_health_challenges", True),
        ("Blir befolkningen yngre?", "ask_health_challenges", False),
        ("Er det mangel på hender i helsesektoren?", "ask_health_challenges", True),
        ("Har vi nok folk i helsevesenet?", "ask_health_challenges", False),
        ("Er de seks millionene en del av potten?", "ask_pot", True),
        ("Kommer de seks millionene i tillegg?", "ask_pot", False),
        ("Skal de danne et konsortium?", "ask_consortium", True),
        ("Skal de danne et aksjeselskap?", "ask_consortium", False),
        ("Går pengene til sykehjem?", "ask_grant_purpose", False),
    ],
)
def test_a_value_contradicts_another_of_its_kind(
    talk: Conversation, text: str, intent: str, holds: bool
) -> None:
    check(talk, text, intent, holds)


@pytest.mark.parametrize(
    ("text", "intent", "holds"),
    [
        ("Er inkubatorene for ferske gründere?", "ask_programme", True),
        (
            "Er inkubatorene for oppstartsbedrifter og næringshagene for etablerte?",
            "ask_programme_target",
            True,
        ),
        (
            "Er inkubatorene for etablerte og næringshagene for oppstartsbedrifter?",
            "ask_programme_target",
            False,
        ),
        (
            "Er inkubatorene for oppstartsbedrifter og næringshagene i utlandet?",
            "ask_programme_target",
            None,
        ),
    ],
)
def test_each_clause_is_held_up_to_what_is_told_of_the_one_it_names(
    talk: Conversation, text: str, intent: str, holds: bool | None
) -> None:
    check(talk, text, intent, holds)


@pytest.mark.parametrize(
    ("text", "intent", "holds"),
    [
        ("Går alt til helse?", "ask_fields", False),
        ("Går bare helse inn under potten?", "ask_fields", False),
        ("Er det bare finans som får?", "ask_fields", False),
        ("Gikk hele potten til helse?", "ask_pot", False),
        ("Fikk Aleap hele potten?", "ask_grant_recipients", False),
        ("Fikk Aleap alle pengene?", "ask_grant_recipients", False),
        ("Fikk alle søkerne støtte?", "ask_supported_count", False),
        ("Fikk alle støtte?", "ask_supported_count", False),
        ("Fikk alle miljøene til sammen 6 millioner?", "ask_grant_amount", True),
        ("Fikk bare fem av søkerne støtte?", "ask_supported_count", True),
        ("Er det bare fem miljøer som fikk støtte?", "ask_supported_count", True),
        ("Ligger alle i Oslo?", "ask_recipient_location", False),
        ("Er alle i samme by?", "ask_recipient_location", False),
        ("Er de fleste i Trondheim?", "ask_recipient_location", False),
        ("Er Sintef og NTNU i samme by?", "ask_recipient_location", True),
        ("Er Aleap og NTNU i samme by?", "ask_recipient_location", False),
        ("Er to av dem i samme by?", "ask_recipient_location", True),
        ("Er tre av dem i samme by?", "ask_recipient_location", False),
        ("Er Sintef og NTNU samme miljø?", "ask_organisation", False),
        ("Er alle miljøene med i konsortiet?", "ask_consortium", True),
        (
            "Er det bare næringsministeren som legger den frem?",
            "ask_white_paper_ministers",
            False,
        ),
    ],
)
def test_only_all_and_most_are_held_up_to_how_many_there_are(
    talk: Conversation, text: str, intent: str, holds: bool
) -> None:
    check(talk, text, intent, holds)


@pytest.mark.parametrize(
    "text",
    [
        "Er forventningene til helsetjenestene lave?",
        "Mangler det hender i helsesektoren på grunn av lave lønninger?",
    ],
)
def test_how_low_something_is_is_not_settled(talk: Conversation, text: str) -> None:
    check(talk, text, "ask_health_challenges", None)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Er det bare Siva som gir?", "ask_grant_giver"),
        ("Gir bare inkubatorene mentoring?", "ask_programme_services"),
        ("Deler Siva ut alt?", "ask_grant_giver"),
    ],
)
def test_only_and_everything_are_not_settled_where_nothing_goes_against_them(
    talk: Conversation, text: str, intent: str
) -> None:
    check(talk, text, intent, None)


@pytest.mark.parametrize(
    ("text", "intent", "holds"),
    [
        ("Stemmer det at Siva ikke deler ut pengene?", "ask_grant_giver", False),
        ("Stemmer det at Enova ikke deler ut pengene?", "ask_grant_giver", True),
        ("Det var ikke 43 søkere, stemmer det?", "ask_applicant_count", False),
        ("Det var ikke 50 søkere, stemmer det?", "ask_applicant_count", True),
        ("Stemmer det at Aleap ikke er med?", "ask_grant_recipients", False),
        ("Stemmer det at Aleap ikke fikk penger?", "ask_grant_recipients", False),
        ("Is it true that Aleap didn't get money?", "ask_grant_recipients", False),
        ("Er det 38 som ikke fikk støtte?", "ask_rejected_count", True),
    ],
)
def test_a_denial_is_right_where_what_it_denies_is_wrong(
    talk: Conversation, text: str, intent: str, holds: bool
) -> None:
    check(talk, text, intent, holds)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Stemmer det at Siva ikke har en kantine?", "ask_organisation"),
        ("Skal de samarbeide og ikke til utlandet?", "ask_grant_purpose"),
    ],
)
def test_a_denial_of_what_is_not_settled_or_of_a_part_is_not_settled(
    talk: Conversation, text: str, intent: str
) -> None:
    check(talk, text, intent, None)


@pytest.mark.parametrize(
    ("text", "intent", "holds"),
    [
        ("Skal de samarbeide og ikke konkurrere?", "ask_grant_purpose", True),
        ("Skal de konkurrere i stedet for å samarbeide?", "ask_grant_purpose", False),
        ("Are they to work together rather than abroad?", "ask_grant_purpose", None),
    ],
)
def test_what_a_claim_sets_apart_is_denied(
    talk: Conversation, text: str, intent: str, holds: bool | None
) -> None:
    check(talk, text, intent, holds)


@pytest.mark.parametrize(
    ("text", "intent", "holds"),
    [
        ("Er det like mange næringshager som inkubatorer?", "ask_network_size", False),
        ("Heter direktøren i Siva Ingrid Berg?", "ask_person", False),
        ("Sju miljøer slår seg sammen, som vanlig?", "ask_recipient_count", False),
    ],
)
def test_what_is_firmly_wrong_is_denied_whatever_else_is_said(
    talk: Conversation, text: str, intent: str, holds: bool | None
) -> None:
    check(talk, text, intent, holds)


def test_nothing_that_only_asks_to_be_told_is_affirmed(talk: Conversation) -> None:
    for text in ("Legg sammen alle sammen for meg.", "Er tallet riktig?"):
        reply = claim(talk, text, "ask_network_size", lang="nb")
        assert verdict_of(reply.text, "nb") is None, reply.text


@pytest.mark.parametrize(
    ("text", "intent", "holds"),
    [
        ("Er det ikke Siva som deler ut pengene?", "ask_grant_giver", True),
        ("Er det ikke Enova som deler ut pengene?", "ask_grant_giver", False),
        ("Fikk ikke Aleap penger?", "ask_grant_recipients", True),
        ("Aleap fikk penger, gjorde de ikke?", "ask_grant_recipients", True),
        ("Er det ikke slik at potten er på 14,5 millioner?", "ask_pot", True),
        ("Potten er på 20 millioner, ikke sant?", "ask_pot", False),
        ("Er det ikke nok hender i helsesektoren?", "ask_health_challenges", True),
    ],
)
def test_whoever_asks_is_it_not_expects_yes(
    talk: Conversation, text: str, intent: str, holds: bool
) -> None:
    check(talk, text, intent, holds)


@pytest.mark.parametrize("tag", ["or no", "or nah", "eller nei", "eller ikke"])
def test_a_closing_tag_offers_no_second_answer(talk: Conversation, tag: str) -> None:
    reply = talk.ask(f"Fikk miljøene 6 millioner, {tag}?", "ask_grant_amount")
    assert verdict_of(reply.text, "nb") is True


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Er det fortsatt seks miljøer som får penger?", "ask_recipient_count"),
        ("Er 6 millioner rettferdig?", "ask_grant_amount"),
        ("Er de seks miljøene flinke?", "ask_grant_recipients"),
        ("Er det altfor mange næringshager?", "ask_network_size"),
        ("Should they get 6 million?", "ask_grant_amount"),
        ("Er Siva statlig eid?", "ask_organisation"),
    ],
)
def test_what_no_announcement_settles_is_not_settled_whatever_else_is_right(
    talk: Conversation, text: str, intent: str
) -> None:
    reply = claim(talk, text, intent)
    assert verdict_of(reply.text, "nb") is None
    assert verdict_of(reply.text, "en") is None
    assert reply.kind == "not_stated"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Fikk de 6 millioner og en ny kontorbygning?", "ask_grant_amount"),
        ("Deler Siva ut pengene og leier ut lokaler?", "ask_grant_giver"),
        ("Fikk Aleap penger til å kjøpe robotutstyr?", "ask_grant_recipients"),
        ("Skal de bygge et romskip?", "ask_grant_purpose"),
        ("Skal pengene gjøre dem til verdensmestere i sjakk?", "ask_grant_purpose"),
        ("Er Aleap det beste av de seks miljøene?", "ask_grant_recipients"),
        ("Did Aleap get money for a swimming pool?", "ask_grant_recipients"),
    ],
)
def test_what_is_added_to_a_claim_keeps_it_from_a_yes(
    talk: Conversation, text: str, intent: str
) -> None:
    reply = claim(talk, text, intent)
    assert verdict_of(reply.text, "nb") is None
    assert reply.kind == "not_stated"


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Er det flere næringshager enn inkubatorer?", True),
        ("Er det flere inkubatorer enn næringshager?", False),
        ("Er det færre inkubatorer enn næringshager?", True),
        ("Er det færre næringshager enn inkubatorer?", False),
        ("Are there fewer business gardens than incubators?", False),
        ("Are there more business gardens than incubators?", True),
        ("Er det fem flere næringshager enn inkubatorer?", True),
        ("Er det ti flere næringshager enn inkubatorer?", False),
    ],
)
def test_a_comparison_is_held_up_to_what_there_are_of_each(
    talk: Conversation, text: str, holds: bool
) -> None:
    check(talk, text, "ask_network_size", holds)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Er det flere næringshager enn det?", True),
        ("Er det flere av dem enn næringshager?", False),
        ("Er det færre næringshager enn det?", False),
    ],
)
def test_a_comparison_may_point_to_what_was_spoken_of(
    talk: Conversation, text: str, holds: bool
) -> None:
    talk.ask("Hvor mange inkubatorer er det?", "ask_network_size", "incubation")
    check(talk, text, "ask_network_size", holds)


def test_a_comparison_with_something_that_is_not_told_of_is_not_settled(
    talk: Conversation,
) -> None:
    check(talk, "Er det flere inkubatorer enn kirker?", "ask_network_size", None)


@pytest.mark.parametrize(
    ("text", "intent", "holds"),
    [
        ("Er Isaksen næringsminister?", "ask_person", True),
        ("Er Isaksen helseminister?", "ask_person", False),
        ("Er Røe Isaksen finansminister?", "ask_person", False),
        ("Er Lorange næringsminister?", "ask_person", False),
        ("Heter næringsministeren Isaksen?", "ask_person", True),
        ("Heter næringsministeren Lorange?", "ask_person", False),
        ("Er Lorange direktør i Siva?", "ask_leader", True),
        ("Leder Lorange Siva?", "ask_leader", True),
        ("Leder Isaksen Siva?", "ask_leader", False),
        ("Er direktøren Isaksen?", "ask_leader", False),
        ("Er Lorange styreleder i Siva?", "ask_leader", False),
        ("Er Lorange minister?", "ask_leader", False),
        ("Er Aleap en helseinkubator?", "ask_recipient_kind", True),
        ("Er Aleap en inkubator?", "ask_recipient_kind", True),
    ],
)
def test_what_somebody_is_is_told_from_what_they_are_not(
    talk: Conversation, text: str, intent: str, holds: bool
) -> None:
    check(talk, text, intent, holds)


@pytest.mark.parametrize(
    ("text", "intent", "holds"),
    [
        ("Sier Lorange at de har stor tro på miljøene?", "ask_statement", True),
        ("Sier ministeren at de har stor tro på miljøene?", "ask_statement", False),
    ],
)
def test_words_belong_to_whoever_said_them(
    talk: Conversation, text: str, intent: str, holds: bool
) -> None:
    check(talk, text, intent, holds)


@pytest.mark.parametrize(
    ("language", "text", "intent", "holds"),
    [
        ("nb", "Fikk miljøene 6 millioner?", "ask_grant_amount", True),
        ("nn", "Fekk miljøa 6 millionar?", "ask_grant_amount", True),
        ("nn", "Er det femti søkjarar?", "ask_applicant_count", False),
        ("nn", "Kjem meldinga våren 2019?", "ask_white_paper_date", False),
        ("nn", "Skal dei byggje eit romskip?", "ask_grant_purpose", None),
        ("en", "Did the hubs get 6 million?", "ask_grant_amount", True),
        ("en", "Were there fifty applicants?", "ask_applicant_count", False),
        ("en", "Will they build a spaceship?", "ask_grant_purpose", None),
    ],
)
def test_the_verdict_is_said_in_the_language_of_the_question(
    talk: Conversation, language: Language, text: str, intent: str, holds: bool | None
) -> None:
    reply = talk.ask(text, intent, language=language)
    assert verdict_of(reply.text, language) is holds
    assert reply.text.startswith(UNSETTLED[language]) is (holds is None)


@pytest.mark.parametrize(
    ("text", "intent", "right"),
    [
        ("Fikk de 10 millioner?", "ask_grant_amount", "6 millioner kroner"),
        ("Var det 50 søkere?", "ask_applicant_count", "43"),
        ("Går halvparten til helse?", "ask_pot_share", "41 prosent"),
        ("Kommer den våren 2019?", "ask_white_paper_date", "vinteren 2019"),
        ("Er Isaksen helseminister?", "ask_person", "næringsminister"),
        ("Går 30 prosent av potten til helse?", "ask_fields", "41 prosent"),
    ],
)
def test_a_no_comes_with_what_is_right(
    talk: Conversation, text: str, intent: str, right: str
) -> None:
    reply = claim(talk, text, intent)
    assert verdict_of(reply.text, "nb") is False
    assert right in reply.text


def test_a_claim_that_is_not_settled_comes_with_what_is_said_of_it(
    talk: Conversation,
) -> None:
    plain = talk.ask("Hvor mye fikk de?", "ask_grant_amount", language="nb")
    reply = claim(talk, "Fikk de 6 millioner og et romskip?", "ask_grant_amount")
    assert reply.text == f"{UNSETTLED['nb']} Den sier dette: {plain.text}"
    assert reply.facts == plain.facts
    assert reply.sources


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Er saken fortsatt aktuell?", "nb"),
        ("Er saken aktuell?", "nb"),
        ("Er kunngjøringen gjeldende?", "nb"),
        ("Er saka framleis aktuell?", "nn"),
        ("Is this still current?", "en"),
        ("Is the announcement up to date?", "en"),
    ],
)
def test_that_it_lies_in_an_archive_does_not_settle_whether_it_holds_today(
    talk: Conversation, text: str, language: Language
) -> None:
    reply = talk.ask(text, "ask_archive", language=language)
    assert verdict_of(reply.text, language) is None
    assert reply.kind == "answer"
    assert "document.archive" in reply.facts


@pytest.mark.parametrize(
    ("text", "intent", "language"),
    [
        ("Er konsortiet for helse eller for finans?", "ask_consortium", "nb"),
        ("Is this old or new?", "ask_archive", "en"),
        ("Det er seks miljøer og fem. Er det en feil?", "ask_six_and_five", "nb"),
        ("Det var 6 millioner kroner, tar jeg feil?", "ask_grant_amount", "nb"),
    ],
)
def test_two_answers_to_choose_from_and_doubt_get_neither(
    talk: Conversation, text: str, intent: str, language: Language
) -> None:
    reply = talk.ask(text, intent, language=language)
    assert verdict_of(reply.text, language) is None
    assert reply.kind == "answer"


@pytest.mark.parametrize(
    ("topic", "intent"),
    [
        (t.id, intent)
        for t in BASE.topics.values()
        if t.unsettled
        for intent in t.intents
    ],
)
def test_what_the_announcement_leaves_open_is_told_as_it_is(
    talk: Conversation, topic: str, intent: str
) -> None:
    reply = talk.ask("Er det seks miljøer?", intent, language="nb")
    assert reply.context.topic == topic
    assert verdict_of(reply.text, "nb") is None
    assert reply.kind == "answer"


def test_a_keyword_claims_nothing(talk: Conversation) -> None:
    assert verdict_of(talk.ask("avslag", "ask_rejected_count").text, "nb") is None
    assert verdict_of(talk.ask("43 søkere", "ask_applicant_count").text, "nb") is None


def test_a_statement_is_corrected_where_it_is_wrong_and_else_only_answered(
    talk: Conversation,
) -> None:
    right = talk.ask("Det var 43 som søkte på potten", "ask_applicant_count")
    wrong = talk.ask("Det var 50 som søkte på potten", "ask_applicant_count")
    other = talk.ask("Det var fint vær den dagen", "ask_applicant_count")
    verdicts = [verdict_of(reply.text, "nb") for reply in (right, wrong, other)]
    assert verdicts == [None, False, None]
    assert {reply.kind for reply in (right, wrong, other)} == {"answer"}


@pytest.mark.parametrize(
    ("text", "intent", "names", "holds"),
    [
        ("Fikk gjøglerne 6 millioner?", "ask_grant_amount", [], True),
        ("Fikk gjøglerne i Aleap penger?", "ask_grant_recipients", ["aleap"], True),
        # Of somebody else they may ask something else.
        ("Fikk gjøglerne i Enova penger?", "ask_grant_recipients", ["enova"], None),
        # They explain neither what is added nor what is compared.
        ("Fikk de 6 millioner og kjente gjøglere?", "ask_grant_amount", [], None),
        ("Er det 35 inkubatorer enn gjøglere?", "ask_network_size", [], None),
        ("Er det 12 gjøglere?", "ask_network_size", [], None),
    ],
)
def test_what_many_ask_with_is_explained_but_claims_nothing_more(
    talk: Conversation, text: str, intent: str, names: list[str], holds: bool | None
) -> None:
    words = frozenset({"gjoglerne", "gjoglere", "kjente"})
    strange = Question(text, intent, 0.9, tuple(names))
    known = dataclasses.replace(strange, familiar=words)
    assert verdict_of(talk.send(strange).text, "nb") is None
    assert verdict_of(talk.send(known).text, "nb") is holds


def test_a_verdict_tells_what_became_of_each_thing_that_is_claimed() -> None:
    frame = frame_of("Var det 50 søkere?", "ask_applicant_count")
    selection = Selection("applicants.count", "applicants.applied", ())
    verdict = judge(BASE, SUPPORT, frame, selection)
    assert verdict.holds is False
    assert verdict.contradicted == "applicants.count"
    assert verdict.described() == "no (50 contradicts, applicants supports)"


def test_each_step_from_question_to_verdict_can_be_read(talk: Conversation) -> None:
    asked = Question("Var det 50 søkere?", "ask_applicant_count", 0.9)
    answerer: Answerer = talk.answerer
    steps = [*answerer.steps(Message((asked,)), talk.context)]
    assert [step.name for step in steps] == ["frame", "resolve", "select", "verdict"]
    assert steps[-1].found.startswith("no (50 contradicts")


def test_the_steps_tell_what_a_judgement_is_of(talk: Conversation) -> None:
    talk.ask("Hvor mye fikk de?", "ask_grant_amount", language="nb")
    judged = Message((Question("Er det mye?", "out_of_scope", 0.9),))
    steps = [*talk.answerer.steps(judged, talk.context)]
    assert [step.name for step in steps] == ["frame", "unsettled"]
    assert steps[-1].found.startswith("grant.amount")
