"""Names: found inflected, misspelt or in part, and nowhere else."""

import pytest

from bot.knowledge import load_knowledge
from bot.languages import LANGUAGES, Language
from bot.reading.names import NameMatcher

BASE = load_knowledge()
MATCHER = NameMatcher(BASE.names.values())
# Called by a word of its own in replies: `the county`, `another government`.
CALLED_OTHERWISE = {"county", "labour_party", "other_government"}


def found(text: str) -> list[str]:
    return [match.id for match in MATCHER.find(text)]


@pytest.mark.parametrize("name_id", BASE.names)
def test_a_name_is_found_by_each_of_its_aliases_and_by_no_other_name(
    name_id: str,
) -> None:
    for alias in BASE.names[name_id].aliases:
        matches = MATCHER.find(f"hei {alias}!")
        assert [(match.id, match.score) for match in matches] == [(name_id, 1.0)], alias


@pytest.mark.parametrize("name_id", BASE.names)
def test_a_name_is_found_by_each_of_its_titles(name_id: str) -> None:
    for title in BASE.names[name_id].titles:
        assert found(f"hei {title}!") == [name_id], title


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name_id", BASE.names.keys() - CALLED_OTHERWISE)
def test_a_name_is_found_by_what_the_replies_call_it(
    name_id: str, language: Language
) -> None:
    assert set(found(BASE.names[name_id].label.into(language))) == {name_id}


@pytest.mark.parametrize(
    ("written", "name_id"),
    [
        ("Sivas", "siva"),
        ("Siva's", "siva"),
        ("NTNUs", "ntnu"),
        ("Norinnovas", "norinnova"),
        ("Aleaps", "aleap"),
        ("Oslos", "oslo"),
        ("Lorange sitt", "director"),
        ("konsortiets", "consortium"),
        ("helsekonsortia", "consortium"),
        ("ministerens", "minister"),
        ("statsrådens", "minister"),
        ("næringshagenes", "garden"),
        ("inkubatoranes", "incubation"),
        ("helsenæringsmeldingens", "white_paper"),
        ("pottens", "pot"),
    ],
)
def test_inflected_names_are_found(written: str, name_id: str) -> None:
    assert found(f"si noe om {written} rolle") == [name_id]


@pytest.mark.parametrize(
    ("written", "name_id"),
    [
        ("Norinova", "norinnova"),
        ("Norrinnova", "norinnova"),
        ("norinnvoa", "norinnova"),
        ("Alaep", "aleap"),
        ("Vallide", "valide"),
        ("sintev", "sintef"),
        ("bergn", "bergen"),
        ("Stavnger", "stavanger"),
        ("Trondhiem", "trondheim"),
        ("tromsoe", "tromso"),
        ("Bergen teknologioverforing", "bergen_tto"),
        ("Røe Isaksn", "minister"),
        ("loragne", "director"),
        ("inkubattor", "incubation"),
        ("næringshgae", "garden"),
        ("helsenærigsmeldingen", "white_paper"),
        ("helsekonsorsiet", "consortium"),
    ],
)
def test_misspelt_names_are_found(written: str, name_id: str) -> None:
    assert found(f"fortell om {written}") == [name_id]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "👍",
        "Siv Jensen",
        "potet",
        "Stavern",
        "Tromsdalen",
        "Trondenes",
        "Drammen og Bodø",
        "Hansen",
        "finale",
        "inkubasjonstid",
        "departementet",
        "status",
        "en hage",
        "teknologi",
        "Siwa",
        "Olso",
    ],
)
def test_words_that_only_look_like_a_name_are_no_name(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("I hold a valid driving licence", "valid"),
        ("Hva gjør et direktorat?", "direktorat"),
    ],
)
def test_a_real_word_is_no_slip_of_a_name_once_it_is_known(
    sentence: str, word: str
) -> None:
    assert len(found(sentence)) == 1
    assert NameMatcher(BASE.names.values(), {word}).find(sentence) == []


def test_a_name_stays_a_name_even_where_it_is_a_known_word() -> None:
    matcher = NameMatcher(BASE.names.values(), {"valide", "siva", "oslo"})
    assert [match.id for match in matcher.find("Valide, Siva, Oslo")] == [
        "valide",
        "siva",
        "oslo",
    ]


@pytest.mark.parametrize(
    ("text", "name_id"),
    [
        ("Torbjørn Røe Isaksen", "minister"),
        ("Ingrid Riddervold Lorange", "director"),
        ("direktøren i Siva", "director"),
        ("Bergen TTO", "bergen_tto"),
        ("NTNU Technology Transfer", "ntnu"),
        ("helseinkubatoren i Oslo", "aleap"),
        ("minister of health", "health_minister"),
    ],
)
def test_the_longest_name_wins_over_the_names_inside_it(
    text: str, name_id: str
) -> None:
    assert found(text) == [name_id]


def test_names_come_in_the_order_of_the_text_and_at_their_offsets() -> None:
    text = "Får Norinova i Tromsø mer enn Sivas direktør?"
    matches = MATCHER.find(text)
    assert [(match.id, text[match.start : match.end]) for match in matches] == [
        ("norinnova", "Norinova"),
        ("tromso", "Tromsø"),
        ("siva", "Sivas"),
        ("director", "direktør"),
    ]


def test_a_slip_costs_score_and_more_slips_cost_more() -> None:
    words = ("næringshageprogrammet", "næringhageprogrammet", "næringhageprogramet")
    scores = [MATCHER.find(word)[0].score for word in words]
    assert scores[0] == 1.0
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)
