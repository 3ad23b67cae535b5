"""Which sentences of an e-mail ask something."""

import pytest

from bot.staff.asking import asked_in, is_courtesy
from bot.staff.mail import read_mail
from bot.staff.readings import claim_as_question, readings


def asked(text: str) -> list[str]:
    return [each.sentence.text for each in asked_in(read_mail(text))]


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
