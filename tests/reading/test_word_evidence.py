"""Word evidence: rare words weigh, and what people ask about explains them."""

import pytest

from bot.reading.word_evidence import WordEvidence, count_words
from bot.reading.word_frequencies import WordFrequencies

FREQUENCIES = WordFrequencies.from_zipf(
    {
        "hva": 7.0,
        "er": 7.0,
        "en": 7.0,
        "i": 7.0,
        "og": 7.0,
        "fra": 6.6,
        "vi": 6.5,
        "fikk": 6.0,
        "lage": 5.3,
        "penger": 5.5,
        "middag": 4.6,
        "helse": 4.5,
        "pott": 3.4,
        "potet": 3.9,
        "naering": 4.2,
        "naeringa": 4.0,
        "vulkan": 3.0,
        "oppskrift": 3.5,
        "inkubator": 2.6,
    }
)
# How many questions, and how many other messages, hold a word.
INSIDE = {
    "hva": 60,
    "er": 60,
    "fikk": 40,
    "vi": 12,
    "penger": 30,
    "pott": 12,
    "helse": 12,
    "naering": 9,
    "inkubator": 6,
    "lage": 1,
    "kuvose": 1,
}
OUTSIDE = {"hva": 30, "er": 30, "lage": 20, "middag": 9, "vi": 20}
EVIDENCE = WordEvidence(INSIDE, OUTSIDE, FREQUENCIES)


def test_a_word_weighs_the_more_the_rarer_it_is() -> None:
    words = ["hva", "penger", "middag", "vulkan", "zqxv"]
    weights = [EVIDENCE.weight(word) for word in words]
    assert weights == sorted(weights)
    assert len(set(weights)) == len(weights)
    assert (weights[0], weights[-1]) == (0.0, 1.0)


@pytest.mark.parametrize("word", ["41%", "2018", "x", "3d", ""])
def test_figures_and_single_letters_weigh_nothing(word: str) -> None:
    assert EVIDENCE.weight(word) == 0.0


def test_a_word_of_the_questions_is_explained() -> None:
    for word in ("inkubator", "pott", "penger"):
        assert EVIDENCE.explained(word) > 0.9, word


def test_a_word_of_no_question_is_not_explained() -> None:
    for word in ("vulkan", "middag", "zqxv"):
        assert EVIDENCE.explained(word) == 0.0, word


def test_a_word_is_not_explained_that_is_likelier_in_other_messages() -> None:
    in_no_other = WordEvidence({**INSIDE, "lage": 6}, {"hva": 900}, FREQUENCIES)
    in_many = WordEvidence({**INSIDE, "lage": 6}, {"lage": 900}, FREQUENCIES)
    assert in_many.explained("lage") < 0.1
    assert in_no_other.explained("lage") > 0.9


def test_a_word_is_not_explained_that_is_likelier_in_the_language_at_large() -> None:
    for zipf, at_large in ((8.0, True), (3.0, False)):
        frequencies = WordFrequencies.from_zipf({"vi": zipf})
        evidence = WordEvidence({"vi": 1, "pott": 199}, {"hva": 900}, frequencies)
        assert (evidence.explained("vi") < 0.1) is at_large
        assert (evidence.explained("vi") > 0.9) is not at_large


def test_a_word_that_very_many_questions_hold_is_explained_however_common() -> None:
    common = WordFrequencies.from_zipf({"hva": 8.9})
    few = WordEvidence({"hva": 10, "pott": 400}, {}, common)
    many = WordEvidence({"hva": 100, "pott": 4000}, {}, common)
    assert few.explained("hva") < 0.5 < many.explained("hva")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("pengr", "penger"),
        ("pegner", "penger"),
        ("pottt", "pott"),
        ("inkubatro", "inkubator"),
        ("inkkubatorr", "inkubator"),
    ],
)
def test_a_slip_of_the_pen_is_explained_but_less_than_the_word(
    written: str, meant: str
) -> None:
    assert 0.5 < EVIDENCE.explained(written) < EVIDENCE.explained(meant)


@pytest.mark.parametrize(
    "word",
    [
        "potet",  # a real word, one letter from `pott`
        "pattx",  # two slips are too many in a short word
        "enger",  # the first letter is seldom wrong
        "kuvosen",  # a single question holds `kuvose`
    ],
)
def test_a_word_that_only_looks_like_one_is_no_slip(word: str) -> None:
    assert EVIDENCE.explained(word) < 0.5


def test_an_inflected_form_of_a_long_word_is_explained_though_it_is_a_real_word() -> (
    None
):
    assert FREQUENCIES.zipf("naeringa") > 0
    assert EVIDENCE.explained("naeringa") > 0.5


@pytest.mark.parametrize("word", ["helsepott", "naeringspott", "helsenaering"])
def test_a_compound_of_two_known_words_is_explained_but_less_than_they(
    word: str,
) -> None:
    known = min(EVIDENCE.explained(part) for part in ("helse", "pott", "naering"))
    assert 0.5 < EVIDENCE.explained(word) < known


@pytest.mark.parametrize("word", ["helsevulkan", "vulkanpott", "helseri", "kuvosepott"])
def test_a_compound_with_an_unknown_part_is_not_explained(word: str) -> None:
    assert EVIDENCE.explained(word) == 0.0


def test_a_question_in_known_words_leaves_hardly_anything_unexplained() -> None:
    evidence = EVIDENCE.of("Hva er en inkubator, og fikk vi penger?")
    assert evidence.unexplained < 0.2
    assert evidence.words == ()


def test_what_is_not_explained_is_named_the_weightiest_first_and_once() -> None:
    evidence = EVIDENCE.of("Oppskrift i en vulkan: middag og vulkan, ZQXV?")
    assert evidence.words == ("zqxv", "vulkan", "oppskrift", "middag")
    assert evidence.unexplained > 0.7


def test_the_share_follows_the_weight_of_the_words() -> None:
    one_of_many = EVIDENCE.of("Fikk helse og pott og inkubator penger i middag?")
    one_alone = EVIDENCE.of("Hva er middag?")
    assert 0 < one_of_many.unexplained < one_alone.unexplained < 1


def test_one_rare_word_is_less_certain_than_two() -> None:
    one, two = EVIDENCE.of("vulkan"), EVIDENCE.of("vulkan oppskrift")
    assert one.unexplained < two.unexplained < 1


@pytest.mark.parametrize("names", [["Vulkan ZQXV"], ["vulkan", "Zqxv"]])
def test_a_name_that_is_given_is_explained(names: list[str]) -> None:
    text = "Hva er Vulkan Zqxv?"
    assert EVIDENCE.of(text).words == ("zqxv", "vulkan")
    assert EVIDENCE.of(text, names).words == ()
    assert EVIDENCE.of(text, names).unexplained == 0.0


def test_a_name_explains_nothing_but_itself() -> None:
    evidence = EVIDENCE.of("Oppskrift fra Vulkan?", ["Vulkan"])
    assert evidence.words == ("oppskrift",)
    assert 0 < evidence.unexplained < EVIDENCE.of("Oppskrift fra Vulkan?").unexplained


@pytest.mark.parametrize("text", ["", "?!", "👍", "41 %"])
def test_a_text_without_words_shows_nothing(text: str) -> None:
    evidence = EVIDENCE.of(text)
    assert (evidence.unexplained, evidence.words) == (0.0, ())


def test_without_any_example_no_word_is_explained() -> None:
    assert WordEvidence({}, {}, FREQUENCIES).of("inkubator").words == ("inkubator",)


def test_texts_that_hold_a_word_are_counted_once_each_whatever_the_spelling() -> None:
    counts = count_words(["Næring og næring!", "NAERING", "og så?", ""])
    assert counts == {"naering": 2, "og": 2, "sa": 1}
