"""Counting the treebank's words, on texts written for the tests."""

import sys
from pathlib import Path

import pytest

from language_model import count_words as module
from language_model.count_words import TABLE, count_words, main, nynorsk_table, table
from language_model.treebank import Sentence, Token


def _sentence(text: str) -> Sentence:
    return tuple(
        Token(i, form, form, "subst", "_", 0, "FRAG", "O")
        for i, form in enumerate(text.split(), start=1)
    )


def _write(folder: Path, name: str, *sentences: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    blocks = [
        "".join(
            f"{token.number}\t{token.form}\t_\t_\t_\t_\t0\t_\t_\tname=O\n"
            for token in _sentence(sentence)
        )
        for sentence in sentences
    ]
    (folder / name).write_text("\n".join(blocks), encoding="utf-8")


@pytest.fixture
def norne(tmp_path: Path) -> Path:
    """A treebank of two Nynorsk texts and one in Bokmål."""
    root = tmp_path / "norne"
    _write(root / "ndt" / "nno", "b.conll", "Eg såg ei øy |", "Ei øy , ei ås !")
    _write(root / "ndt" / "nno", "a.conll", "Ås er ei øy . Er ho stor ?", "Ås")
    _write(root / "ndt" / "nob", "a.conll", "Jeg så jeg så jeg")
    return root


def test_words_are_counted_in_lower_case() -> None:
    counts = count_words([_sentence("Øya såg øya"), _sentence("ØYA !")])
    assert counts == {"øya": 3, "såg": 1}


@pytest.mark.parametrize(
    "word", ["ikkje", "vêret", "idé", "götz", "e-post", "kultur-", "æøå"]
)
def test_letters_and_hyphens_make_a_word(word: str) -> None:
    assert count_words([_sentence(word)]) == {word: 1}


@pytest.mark.parametrize("form", ["|", ".", "5,56", "2011", "bl.a.", "nr1", "½", "«"])
def test_nothing_else_is_counted(form: str) -> None:
    assert count_words([_sentence(form)]) == {}


def test_only_words_that_stand_at_least_twice_are_kept() -> None:
    assert table({"ei": 5, "stor": 1, "øy": 2}) == "ei\t5\nøy\t2\n"


def test_the_commonest_words_come_first_and_then_the_alphabet() -> None:
    counts = {"øy": 2, "ås": 3, "er": 2, "ei": 11}
    assert table(counts) == "ei\t11\nås\t3\ner\t2\nøy\t2\n"


def test_the_nynorsk_texts_are_counted_together_and_no_others(norne: Path) -> None:
    assert nynorsk_table(norne) == "ei\t4\nås\t3\nøy\t3\ner\t2\n"


def test_the_command_writes_the_table(
    norne: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[Path] = []
    monkeypatch.setattr(module, "verify", checked.append)
    file = tmp_path / "new" / "words.tsv"
    arguments = ["count_words", "--norne", str(norne), "--table", str(file)]
    monkeypatch.setattr(sys, "argv", arguments)
    assert main() == 0
    assert file.read_bytes() == nynorsk_table(norne).encode()
    assert checked == [norne]


def test_another_version_of_the_treebank_is_refused_and_nothing_written(
    norne: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "words.tsv"
    arguments = ["count_words", "--norne", str(norne), "--table", str(file)]
    monkeypatch.setattr(sys, "argv", arguments)
    assert main() == 1
    assert "not the version this recipe was written for" in capsys.readouterr().err
    assert not file.exists()


def test_the_committed_table_is_one_that_the_command_writes() -> None:
    text = TABLE.read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()]
    counts = {word: int(count) for word, count in rows}
    assert len(counts) > 10_000
    assert table(counts) == text
    words = count_words([tuple(_sentence(word)[0] for word in counts)])
    assert set(words) == set(counts)
