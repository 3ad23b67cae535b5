"""An e-mail without what its sender did not write for the occasion."""

import pytest

from bot.staff.drafts.mail import LONGEST_MAIL, MailError, checked, read_mail


def sentences(text: str) -> list[str]:
    return [" ".join(each.text.split()) for each in read_mail(text).sentences]


def test_greeting_and_signature_are_set_aside() -> None:
    mail = "Hei,\n\nhvor mange søkte?\n\nMed vennlig hilsen\nKari Lunde\nRådgiver"
    assert sentences(mail) == ["hvor mange søkte?"]


@pytest.mark.parametrize(
    "head",
    [
        "Den 3. mars 2019 kl. 09:12 skrev Postmottak <post@example.no>:",
        "On Mon, 4 Mar 2019 at 10:02, Kari Lunde wrote:",
        "-----Opprinnelig melding-----",
        "-----Original Message-----",
        "Fra: Kari\nSendt: 4. mars 2019\nTil: Postmottak\nEmne: SV: Hei",
        "From: Kari\nSent: 4 March 2019\nTo: Post\nSubject: Re: Hello",
    ],
)
def test_an_earlier_mail_is_set_aside(head: str) -> None:
    mail = f"Hvor mange søkte?\n\n{head}\n\nHvem er du?\nHva vil du?"
    assert sentences(mail) == ["Hvor mange søkte?"]


def test_lines_marked_as_quoted_are_set_aside_and_what_is_between_is_not() -> None:
    mail = "> Hvem er du?\nJeg er Kari.\n> Hva vil du?\nHvor mange søkte?"
    assert sentences(mail) == ["Jeg er Kari.", "Hvor mange søkte?"]


def test_a_mail_that_is_only_forwarded_is_read_as_the_mail() -> None:
    mail = (
        "---------- Forwarded message ----------\nFrom: Tom\nDate: 1 March\n"
        "Subject: Question\n\nHow many applied?\n\nRegards\nTom"
    )
    assert sentences(mail) == ["How many applied?"]


def test_a_mail_that_points_below_is_read_with_what_stands_there() -> None:
    mail = (
        "Hei, kan noen svare på dette. Se under.\n\nMvh Linn\n\n"
        "---------- Videresendt melding ----------\nFra: Gunnar\nSendt: mandag\n"
        "Til: Linn\n\n- Hvor mange søkte\n- Hvem fikk penger"
    )
    assert "Hvor mange søkte" in sentences(mail)
    assert "Hvem fikk penger" in sentences(mail)
    assert read_mail(mail).sender == "Linn"


def test_an_earlier_mail_below_a_question_is_set_aside_all_the_same() -> None:
    mail = "Hvor mange søkte? Se under.\n\n-----Opprinnelig melding-----\n\nHvem er du?"
    assert "Hvem er du?" not in sentences(mail)


@pytest.mark.parametrize(
    "disclaimer",
    [
        "Denne e-posten er konfidensiell. Er du ikke rett mottaker, slett den.",
        "This e-mail and any attachments are intended solely for the addressee.",
        "Sendt fra min iPhone",
        "Tenk på miljøet før du skriver ut.",
    ],
)
def test_disclaimers_are_set_aside(disclaimer: str) -> None:
    assert sentences(f"Hvor mange søkte?\n\n{disclaimer}") == ["Hvor mange søkte?"]


def test_a_postscript_is_read() -> None:
    mail = "Hvor mange søkte?\n\nHilsen Kari\n\nPS: Hvem deler ut pengene?"
    assert sentences(mail)[-1] == "Hvem deler ut pengene?"


def test_a_sentence_over_two_lines_is_one() -> None:
    mail = (
        "Jeg skriver på vegne av et lag i bygda, og vi har lurt på en ting: hvor\n"
        "mange var det som søkte om penger fra den store potten?"
    )
    assert sentences(mail)[-1].startswith("hvor mange var det som søkte")


@pytest.mark.parametrize("mark", ["1. ", "2) ", "(3) ", "a) ", "- ", "– ", "• ", "* "])
def test_marks_of_lists_are_no_words_of_the_question(mark: str) -> None:
    listed = sentences(f"Vi lurer på:\n{mark}Hvem fikk penger?")
    assert listed[-1] == "Hvem fikk penger?"


def test_places_are_those_of_the_mail() -> None:
    mail = "Hei!\n\n1) Hvor mange søkte?\n2) Hvem\nfikk penger?\n\nHilsen Bo"
    for sentence in read_mail(mail).sentences:
        assert mail[sentence.start : sentence.end].split() == sentence.text.split()


@pytest.mark.parametrize(
    ("end", "name"),
    [
        ("Hilsen Kari Lunde", "Kari"),
        ("Mvh\nOla", "Ola"),
        ("Kind regards,\nDr. Fiona MacLeod", "Fiona"),
        ("Takk på forhånd\n\nNils Arne Bakke", "Nils"),
        ("Takk for hjelpen.\n\nHilsen Gunvor Bråten", "Gunvor"),
        ("All the best,\nZainab", "Zainab"),
        ("Hilsen en som lurer", ""),
        ("", ""),
    ],
)
def test_the_first_name_is_that_of_the_signature(end: str, name: str) -> None:
    assert read_mail(f"Hei!\n\nHvor mange søkte?\n\n{end}").sender == name


def test_a_name_may_stand_in_the_mail_instead() -> None:
    assert read_mail("Hei! Jeg heter Siri Moe. Hvor mange søkte?").sender == "Siri"


@pytest.mark.parametrize("mail", ["", " \n\t", "…", "?!"])
def test_an_empty_mail_is_refused(mail: str) -> None:
    with pytest.raises(MailError) as caught:
        checked(mail)
    assert caught.value.fault == "empty"


def test_a_mail_that_is_too_long_is_refused_with_its_length() -> None:
    with pytest.raises(MailError, match=str(LONGEST_MAIL + 1)) as caught:
        checked("a" * (LONGEST_MAIL + 1))
    assert caught.value.fault == "too_long"


def test_a_line_break_counts_as_one_character() -> None:
    assert len(checked("a\r\n" * (LONGEST_MAIL // 2))) == LONGEST_MAIL
