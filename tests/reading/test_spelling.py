"""Folding: one spelling for the many ways in which people type a word."""

import pytest

from bot.reading.spelling import fold, words_of


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Næringshage", "naeringshage"),
        ("naeringshage", "naeringshage"),
        ("NÆRINGSHAGE", "naeringshage"),
        ("näringshage", "naeringshage"),
        ("Tromsø", "tromso"),
        ("tromsoe", "tromso"),
        ("TROMSÖ", "tromso"),
        ("åtte", "atte"),
        ("aatte", "atte"),
        ("idé", "ide"),
        ("Ｓｉｖａ", "siva"),
        ("Nærings- og fiskeridepartementet", "naerings og fiskeridepartementet"),
        ("  hva?!  ja…\tsa \n", "hva ja sa"),
        ("41 %", "41 %"),
        ("«Aleap»", "aleap"),
        ("👋🏽 hei", "hei"),
        ("...", ""),
        ("", ""),
    ],
)
def test_case_letters_and_marks_are_folded_away(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_a_combined_letter_folds_like_the_same_letter_in_one_piece() -> None:
    assert fold("a\u030al") == fold("ål")


def test_words_come_folded_and_in_order() -> None:
    assert words_of("Hva gjør Siva, da?") == ["hva", "gjor", "siva", "da"]
