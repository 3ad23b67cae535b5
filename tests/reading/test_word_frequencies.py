"""Word frequencies: what goes in comes out, and the commonest language counts."""

from pathlib import Path

import pytest
import wordfreq

from bot.reading.word_frequencies import WordFrequencies, read_frequencies
from bot.settings import PROJECT_DIR

NYNORSK = PROJECT_DIR / "language_model" / "frequencies" / "nynorsk.tsv"
# Shares of all words, as the package wordfreq gives them.
SHARES = {
    "nb": {
        **{"penger": 1e-4, "tøy": 1e-5, "is": 1e-5, "nok": 1e-3},
        **{"e-post": 1e-6, "gullruten": 1e-8},
    },
    "en": {"money": 1e-3, "is": 1e-2, "penger": 1e-8, "nok": 1e-7},
}


@pytest.fixture
def frequencies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WordFrequencies:
    """Frequencies of some words: SHARES, and ten thousand words of Nynorsk text."""

    def shares(language: str, wordlist: str) -> dict[str, float]:
        assert wordlist == "large"
        return SHARES[language]

    monkeypatch.setattr(wordfreq, "get_frequency_dict", shares)
    nynorsk = tmp_path / "nynorsk.tsv"
    nynorsk.write_text("ikkje\t9000\npengar\t990\npenger\t10\n", encoding="utf-8")
    return read_frequencies(nynorsk)


def test_values_come_out_as_they_went_in_to_half_a_step() -> None:
    zipf = {"penger": 5.51, "vulkan": 3.14, "og": 7.5, "gullruten": 1.0, "%": 0.03}
    frequencies = WordFrequencies.from_zipf(zipf)
    assert {w: frequencies.zipf(w) for w in zipf} == pytest.approx(zipf, abs=0.021)


def test_a_word_takes_five_bytes() -> None:
    frequencies = WordFrequencies.from_zipf({"penger": 5.5, "vulkan": 3.0})
    assert frequencies.hashes.nbytes + frequencies.values.nbytes == 10


def test_values_beyond_the_scale_stay_at_its_ends() -> None:
    frequencies = WordFrequencies.from_zipf({"under": -1.0, "over": 400.0})
    assert frequencies.zipf("under") == 0.0
    assert frequencies.zipf("over") > 10


@pytest.mark.parametrize("word", ["vulkan", "", "a", "zzz"])
@pytest.mark.parametrize("known", [{}, {"penger": 5.5}])
def test_an_unknown_word_has_no_frequency(known: dict[str, float], word: str) -> None:
    assert WordFrequencies.from_zipf(known).zipf(word) == 0.0


def test_each_language_gives_its_words(frequencies: WordFrequencies) -> None:
    found = [frequencies.zipf(word) for word in ("gullruten", "money", "pengar")]
    assert found == pytest.approx([1.0, 6.0, 7.996], abs=0.02)


def test_a_word_of_several_languages_takes_the_highest(
    frequencies: WordFrequencies,
) -> None:
    assert frequencies.zipf("nok") == pytest.approx(6.0, abs=0.02), "Bokmål"
    assert frequencies.zipf("is") == pytest.approx(7.0, abs=0.02), "English"
    assert frequencies.zipf("penger") == pytest.approx(5.93, abs=0.02), "Nynorsk"


def test_words_are_known_by_their_folded_spelling(frequencies: WordFrequencies) -> None:
    assert frequencies.zipf("toy") == pytest.approx(4.0, abs=0.02)
    assert frequencies.zipf("tøy") == 0.0


def test_the_parts_of_a_word_with_a_hyphen_are_known(
    frequencies: WordFrequencies,
) -> None:
    assert frequencies.zipf("post") == pytest.approx(3.0, abs=0.02)


def test_the_tables_in_use_know_the_words_of_all_three_languages() -> None:
    frequencies = read_frequencies(NYNORSK)
    common = [frequencies.zipf(w) for w in ("penger", "pengar", "money", "ikkje")]
    assert min(common) > frequencies.zipf("vulkan") + 1
    assert frequencies.zipf("vulkan") > frequencies.zipf("konsortieleder")
