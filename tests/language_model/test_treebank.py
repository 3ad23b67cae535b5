"""Reading, spacing and checksums, on sentences written for the tests."""

from pathlib import Path

import pytest

from language_model.treebank import (
    Sentence,
    Token,
    TreebankError,
    key_of,
    read_sentences,
    respace,
    sha256,
    verify,
)


def _text(forms: list[str]) -> str:
    pieces = zip(forms, respace(forms), strict=True)
    return "".join(form + " " * space for form, space in pieces).strip()


def _sentence(*forms: str) -> Sentence:
    return tuple(
        Token(i, form, form, "subst", "_", 0, "FRAG", "O")
        for i, form in enumerate(forms, start=1)
    )


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Vaksinen er gratis .", "Vaksinen er gratis."),
        ("Er du syk , bør du hvile !", "Er du syk, bør du hvile!"),
        ('Hun sa " ja " , så " nei " .', 'Hun sa "ja", så "nei".'),
        ("« Ring legen » , sa Kari .", "«Ring legen», sa Kari."),
        ("To ( 2 ) dager", "To (2) dager"),
        ("Hoste - og feber", "Hoste - og feber"),
        ("Febern er 39 %", "Febern er 39 %"),
        ("og / eller", "og/eller"),
    ],
)
def test_spacing_is_rebuilt(words: str, text: str) -> None:
    assert _text(words.split()) == text


def test_spacing_of_nothing_is_nothing() -> None:
    assert respace([]) == []


def test_folding_ignores_spacing_case_quotes_and_headline_bar() -> None:
    headline = _sentence("Sier", '"', "Ja", '"', "til", "vaksine", "|")
    assert key_of(headline) == key_of(
        _sentence("sier", "«", "ja", "»", "til", "vaksine")
    )
    assert key_of(headline) != key_of(_sentence("sier", "nei", "til", "vaksine"))


def test_folding_keeps_punctuation_only_sentences_apart() -> None:
    assert key_of(_sentence("...")) != key_of(_sentence("!"))


def test_reading_both_layouts(tmp_path: Path) -> None:
    file = tmp_path / "a.conllu"
    file.write_text(
        "# text = Kari hoster.\n"
        "1\tKari\tKari\tPROPN\t_\t_\t2\tnsubj\t_\tname=B-PER\n"
        "2\thoster\thoste\tVERB\t_\tTense=Pres\t0\troot\t_\tSpaceAfter=No|name=O\n"
        "3\t.\t$.\tPUNCT\t_\t_\t2\tpunct\t_\tname=O\n",
        encoding="utf-8",
    )
    (sentence,) = read_sentences(file)
    assert [t.form for t in sentence] == ["Kari", "hoster", "."]
    assert [t.name for t in sentence] == ["B-PER", "O", "O"]
    assert [t.space_after for t in sentence] == [True, False, True]
    assert (sentence[1].feats, sentence[1].head) == ("Tense=Pres", 0)


def test_a_malformed_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "bad.conll"
    file.write_text("1\tord\n", encoding="utf-8")
    with pytest.raises(TreebankError, match=r"bad\.conll, line 1: expected 10"):
        list(read_sentences(file))


def test_checksums_tell_missing_from_differing(tmp_path: Path) -> None:
    root, manifest = tmp_path / "norne", tmp_path / "sums.txt"
    root.mkdir()
    (root / "a").write_text("en", encoding="utf-8")
    (root / "b").write_text("to", encoding="utf-8")
    right = sha256(root / "a")
    manifest.write_text(f"{right}  a\n", encoding="utf-8")
    verify(root, manifest)
    manifest.write_text(f"{right}  a\n{right}  b\n{right}  c\n", encoding="utf-8")
    with pytest.raises(TreebankError) as caught:
        verify(root, manifest)
    assert "differs: b" in str(caught.value)
    assert "missing: c" in str(caught.value)
    assert ": a" not in str(caught.value)


def test_a_missing_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(TreebankError, match="--norne"):
        verify(tmp_path / "nowhere")
