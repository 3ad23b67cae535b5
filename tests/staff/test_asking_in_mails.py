"""Which sentences of an e-mail ask something."""

import pytest

from bot.languages import Language
from bot.staff.drafts.asking import asked_in, is_courtesy
from bot.staff.drafts.mail import read_mail
from bot.staff.drafts.readings import claim_as_question, readings
from bot.staff.drafts.rewordings import rewordings


def asked(text: str) -> list[str]:
    found = asked_in(read_mail(text))
    return [each.sentence.text for each in found if not each.barely]


@pytest.mark.parametrize(
    "sentence",
    [
        "Hvor mange søkte?",
        "Jeg lurer på hvem som fikk penger.",
        "Vi er usikre på om det er flere som har fått.",
        "Derfor luerer jeg på hvilken by det er.",
        "Kan dere si noe om hvorfor det er slik.",
        "Så vil hun vite hvor mange bedrifter som er med.",
        "Jeg trenger navnet på direktøren.",
        "I tillegg vil jeg ha navnene på dem som fikk nei.",
        "Eg veit ikkje kven som deler ut pengane.",
        "Det gjeld kor mange som er tilsette.",
        "I was wonderring how many applied.",
        "Please tell me who got the money.",
        "I would be grateful to know how large the share is.",
        "Fortell meg hva potten er.",
        "Har dere en liste over dem som søkte.",
        "Når blir pengene utbetalt da",
        "Bekreft gjerne at 43 søkte.",
        "May I ask when your government intends to publish it.",
        "I would value a sentence or two on what it costs.",
        "43 søkte om pengene er det rett",
    ],
)
def test_a_sentence_may_ask_in_many_ways(sentence: str) -> None:
    assert asked(f"Vi har lest saken.\n\n{sentence}") == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "Jeg har lest at fem miljøer fikk seks millioner.",
        "Har ikke så lyst til å gå glipp av den.",
        "Vi treng nokre nøkkeltal om Siva til innleiinga.",
        "I would like to put them in our note, which goes out on Wednesday.",
        "Når jeg leser saken, blir jeg glad.",
        "Skal levere på fredag.",
        "What I need for my report is evidence.",
        "Her kan dere se hva vi driver med.",
    ],
)
def test_what_is_told_is_not_asked(sentence: str) -> None:
    assert asked(f"{sentence} Ha en fin dag videre.") == []


def test_a_clause_that_may_only_tell_is_told_from_a_question() -> None:
    mail = read_mail("Her kan dere se hva vi driver med. Hvor mange søkte?")
    assert [each.barely for each in asked_in(mail)] == [True, False]


@pytest.mark.parametrize(
    "mail",
    [
        "Var det noen fra Bodø? Og hvis ikke, hvem er nærmest?",
        "Was anybody from Bodø there? Who was it in that case?",
    ],
)
def test_a_question_may_lean_on_the_reply_to_another(mail: str) -> None:
    first, second = asked_in(read_mail(mail))
    assert not first.leans
    assert second.leans


def test_a_question_that_goes_on_in_case_of_yes_leans_on_no_other() -> None:
    (each, *_) = asked_in(read_mail("Er noen fra Bodø med, og i så fall hvem?"))
    assert not each.leans


def test_questions_without_any_mark_between_them_are_parted() -> None:
    mail = (
        "hei vi er to stykker som lager en app og har lest om pengene hvordan søker vi "
        "og når går fristen ut"
    )
    assert asked(mail) == ["hvordan søker vi", "når går fristen ut"]


def test_lines_of_a_list_may_ask_with_whether() -> None:
    mail = (
        "Vi lurer på:\na) om de seks millionene kommer i tillegg til de andre som ble "
        "delt ut\nb) hvem som søkte"
    )
    assert [text.split()[0] for text in asked(mail)] == ["om", "hvem"]


def test_several_questions_of_one_sentence_are_asked_one_by_one() -> None:
    mail = "Hvem fikk penger, og hvor mange søkte, og til slutt hva er potten?"
    assert len(asked(mail)) == 3


def test_questions_after_a_colon_are_asked_without_what_leads_to_them() -> None:
    mail = "Jeg lurer på følgende: hvor mange søkte, og hvem deler ut pengene?"
    assert asked(mail) == ["hvor mange søkte", "hvem deler ut pengene?"]


def test_lines_of_a_list_may_name_what_is_wanted() -> None:
    mail = "Vi trenger dette til et notat:\n- antall søkere\n- navn på utgiveren"
    assert asked(mail) == ["antall søkere", "navn på utgiveren"]


def test_what_only_asks_to_confirm_asks_about_the_sentence_before() -> None:
    (each,) = asked_in(read_mail("Jeg har lest at 43 søkte. Stemmer det?"))
    assert each.claim is not None
    assert each.claim.text == "Jeg har lest at 43 søkte."


def test_what_somebody_says_is_found_behind_other_sentences() -> None:
    mail = "Odd sier at 43 søkte. Vi ble ikke enige. Er det riktig det Odd sier?"
    (each,) = asked_in(read_mail(mail))
    assert each.claim is not None
    assert each.claim.text == "Odd sier at 43 søkte."


def test_the_sentences_before_a_question_come_with_it() -> None:
    mail = "Vi vurderer programmet. Hvem er det for? Vi er tre. Hva koster det?"
    first, second = asked_in(read_mail(mail))
    assert [each.text for each in first.about] == ["Vi vurderer programmet."]
    assert [each.text for each in second.about] == ["Vi er tre."]


@pytest.mark.parametrize(
    ("sentence", "is_one"),
    [
        ("Kan dere hjelpe meg med det aller viktigste?", True),
        ("Could you help me, please?", True),
        ("Kan dere hjelpe meg med hvem som fikk penger?", False),
        ("Hvor mange søkte?", False),
        ("May I ask for a minute of your time?", True),
        ("May I ask when it is due?", False),
    ],
)
def test_asking_for_help_is_no_question_by_itself(sentence: str, is_one: bool) -> None:
    assert is_courtesy(sentence) is is_one


@pytest.mark.parametrize(
    ("sentence", "reading"),
    [
        ("Og så lurer jeg på hvem det er, for det står ikke.", "hvem det er?"),
        ("Noen sier så mye rart, er det sant at 43 søkte?", "er det sant at 43 søkte?"),
        ("Could you please tell me who got it?", "who got it?"),
        ("Har den noe fokus, eller er det mest prat?", "Har den noe fokus?"),
    ],
)
def test_a_sentence_can_be_put_more_shortly(sentence: str, reading: str) -> None:
    assert reading in readings(sentence)
    assert readings(sentence)[-1] == sentence


def test_a_claim_is_put_as_a_question_without_who_says_it() -> None:
    claim = "Sjefen min har hørt at 43 søkte."
    assert claim_as_question(claim, "nb") == "Stemmer det at 43 søkte?"
    assert claim_as_question("I heard that 43 applied.", "en") == (
        "Is it true that 43 applied?"
    )


@pytest.mark.parametrize(
    ("sentence", "language", "reworded"),
    [
        ("43 søkte, stemmer dette?", "nb", "Stemmer det at 43 søkte?"),
        ("Some 43 did; is that figure sound?", "en", "Is it true that some 43 did?"),
        ("ho er minister er det rett", "nn", "Stemmer det at ho er minister?"),
        ("Hvem er det som representerer oss?", "nb", "Hvem representerer oss?"),
        ("hvor mange stillinger det er?", "nb", "hvor mange stillinger er det?"),
        ("Hvor mange er det egentlig som søkte?", "nb", "Hvor mange er det som søkte?"),
        ("Hvor mange er det der - åtte?", "nb", "Hvor mange er det der?"),
        ("Hun som siteres, hvem er det?", "nb", "hvem er hun som siteres?"),
    ],
)
def test_a_question_can_be_put_in_other_words(
    sentence: str, language: Language, reworded: str
) -> None:
    found = [each.lower() for each in rewordings(sentence, language)]
    assert reworded.lower() in found
