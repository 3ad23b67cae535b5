"""How a question is put: to be told, confirmed or denied, limited, pointing back."""

import pytest

from bot.reading.form import read_form


@pytest.mark.parametrize(
    "text",
    [
        "Fikk Aleap penger?",
        "Fekk Aleap pengar?",
        "fikk aleap penger",
        "Did Aleap get money?",
        "Har Siva 35 inkubatorer?",
        "Er det Siva som deler ut pengene?",
        "E det Siva som dele ut pengan?",
        "Siva deler ut pengene, ikke sant?",
        "Siva hands out the money, right?",
        "Stemmer det at potten er på 14,5 millioner?",
        "Is it true that six hubs got money?",
        "Har eg forstått det rett at Norinnova er med?",
        "Var det ikke seks som fikk penger?",
        "Er det slik at de som søkte, vet hvem som fikk?",
    ],
)
def test_a_question_that_yes_or_no_answers_is_known(text: str) -> None:
    assert read_form(text).yes_no


@pytest.mark.parametrize(
    "text",
    [
        "Tell me about the consortium",
        "Fortell om Siva",
        "Forklar hva en pott er",
        "og i Tromsø?",
        "And the director?",
        "men næringsministeren?",
        "avslag",
        "Jeg har lurt på hvem som fikk",
    ],
)
def test_a_request_or_a_fragment_is_no_yes_no_question(text: str) -> None:
    assert not read_form(text).yes_no


def test_a_fragment_with_a_verb_can_be_one() -> None:
    assert read_form("og fikk Valide noe?").yes_no


def test_a_doubt_is_noticed() -> None:
    assert read_form("Det er seks, tar jeg feil?").doubted
    assert not read_form("Er det seks?").doubted


@pytest.mark.parametrize(
    "text",
    [
        "Hvem fikk penger?",
        "Kven fekk pengar?",
        "Kem fekk pæng?",
        "Hvor mange søkte?",
        "Kor mykje fekk dei?",
        "Who got money?",
        "how much was it",
        "What does Siva do?",
        "Ka e en næringshage?",
        "Og hvor ligger Norinnova?",
        "I hvilken by ligger Valide?",
    ],
)
def test_a_question_with_a_question_word_is_no_yes_no_question(text: str) -> None:
    assert not read_form(text).yes_no


@pytest.mark.parametrize(
    ("flag", "with_it", "without_it"),
    [
        ("negated", "Stemmer det at Aleap ikke fikk?", "Stemmer det at Aleap fikk?"),
        ("negated", "Aleap fekk ikkje pengar?", "Aleap fekk pengar?"),
        ("negated", "Is it true Aleap got none?", "Is it true Aleap got money?"),
        ("negated", "Aleap fikk ingen penger", "Aleap fikk penger, ikke sant?"),
        ("negated", "Aleap fikk det ikke", "Aleap fikk det, gjorde de ikke?"),
        ("negated", "Aleap er ikke med", "Er Aleap med, eller ikke?"),
        ("negated", "Aleap er ikke med", "Er ikke bare Aleap med"),
        ("negated", "Aleap fikk ikke penger?", "Fikk ikke Aleap penger?"),
        ("negated", "Er det sant at Aleap ikkje fekk?", "Fekk ikkje Aleap pengar?"),
        ("negated", "Is it true they got none?", "Didn't Aleap get money?"),
        ("confirming", "Aleap fikk penger, ikke sant?", "Aleap fikk penger?"),
        ("confirming", "Aleap fikk penger, gjorde de ikke?", "Aleap fikk ikke penger?"),
        ("confirming", "Stemmer det at Aleap fikk penger?", "Fikk Aleap penger?"),
        ("confirming", "Aleap got money, right?", "Aleap got the right money?"),
        ("asks_to_tell", "Kan du forklare potten?", "Kan inkubatorer forklare det?"),
        ("asks_to_tell", "Fortell om potten", "De forteller om potten"),
        ("asks_to_tell", "Er det kjent hvem som fikk?", "Er det Siva som fikk?"),
        ("asks_to_tell", "Do you know who got it?", "Did they know who got it?"),
        ("asks_to_tell", "Can I have the list?", "Can I say that Aleap got it?"),
        ("inverted", "Fikk Aleap penger?", "Aleap fikk penger?"),
        ("inverted", "Og fikk Aleap penger?", "Og Aleap fikk penger?"),
        ("relative", "Are they the ones who got it?", "Are they the ones, and why?"),
        ("either", "Er det seks eller fem?", "Er det seks, eller tar jeg feil?"),
        ("others", "Hvem andre fikk?", "Hvem fikk?"),
        ("only", "Er det bare Aleap?", "Er det Aleap?"),
        ("only", "Er det berre Aleap?", "Er det barn der?"),
        ("only", "Is it only Aleap?", "Is it lonely there?"),
        ("all", "Fikk alle penger?", "Fikk halle penger?"),
        ("all", "Gjekk heile potten til helse?", "Gjekk potten til helse?"),
        ("total", "Hvor mye er det til sammen?", "Hvor mye er det?"),
        ("total", "How many in all?", "How many inall?"),
    ],
)
def test_a_word_that_shapes_the_question_is_noticed_only_where_it_stands(
    flag: str, with_it: str, without_it: str
) -> None:
    assert getattr(read_form(with_it), flag)
    assert not getattr(read_form(without_it), flag)


@pytest.mark.parametrize(
    ("text", "ordinal"),
    [
        ("den første på lista", 1),
        ("den andre på lista", 2),
        ("nummer tre", 3),
        ("den fjerde da", 4),
        ("the fifth one", 5),
        ("sjette?", 6),
        ("den siste", -1),
        ("den nest siste", -2),
        ("the second to last", -2),
        ("Hvem fikk penger?", None),
    ],
)
def test_the_place_in_a_list_is_read(text: str, ordinal: int | None) -> None:
    assert read_form(text).ordinal == ordinal


@pytest.mark.parametrize(
    ("text", "pronoun"),
    [
        ("Hvem er han?", "he"),
        ("Hva sier hun?", "she"),
        ("Kva seier ho?", "she"),
        ("What does she say?", "she"),
        ("Hvor ligger den?", "it"),
        ("Where are they?", "it"),
        ("Hvor ligger det?", "that"),
        ("Where is it?", "that"),
        ("Hvem er Siva?", None),
    ],
)
def test_a_pronoun_that_points_back_is_read(text: str, pronoun: str | None) -> None:
    assert read_form(text).pronoun == pronoun


@pytest.mark.parametrize("text", ["", "   ", "?!", "👍"])
def test_a_message_without_words_has_a_form_all_the_same(text: str) -> None:
    form = read_form(text)
    assert (form.words, form.ordinal, form.pronoun) == (0, None, None)
