"""Tag conversion, on dependency trees written for the tests."""

from language_model.convert import agreement, convert
from language_model.treebank import Sentence, Token


def _tree(*rows: str) -> Sentence:
    """Build a sentence from ``form lemma pos feats head relation`` rows."""
    tokens = []
    for number, row in enumerate(rows, start=1):
        form, lemma, pos, feats, head, relation = row.split()
        tokens.append(Token(number, form, lemma, pos, feats, int(head), relation, "O"))
    return tuple(tokens)


def _upos(*rows: str) -> list[str]:
    return [upos for upos, _ in convert(_tree(*rows))]


def test_the_verb_that_governs_a_verb_is_auxiliary() -> None:
    rows = ("Hun hun pron _ 2 SUBJ", "har ha verb pres 0 FINV")
    participle = "hostet hoste verb perf-part 2 INFV"
    noun = "feber feber subst appell 2 DOBJ"
    assert _upos(*rows, participle) == ["PRON", "AUX", "VERB"]
    assert _upos(*rows, noun) == ["PRON", "VERB", "NOUN"]


def test_the_copula_is_auxiliary_and_existence_a_verb() -> None:
    rows = ("Barnet barn subst appell 2 SUBJ", "er være verb pres 0 FINV")
    assert _upos(*rows, "sykt syk adj pos 2 SPRED")[1] == "AUX"
    assert _upos(*rows, "hjemme hjemme adv _ 2 ADV")[1] == "VERB"


def test_a_preposition_before_a_clause_is_a_subordinator() -> None:
    head = ("Ring ringe verb imp 0 FINV", "for for prep _ 1 ADV")
    infinitive = ("å å inf-merke _ 4 INFV", "spørre spørre verb inf 2 PUTFYLL")
    # The treebank lets the infinitive marker stand for the clause.
    marked = ("å å inf-merke _ 2 PUTFYLL", "spørre spørre verb inf 3 INFV")
    assert _upos(*head, *marked) == ["VERB", "SCONJ", "PART", "VERB"]
    assert _upos(*head, *infinitive)[1] == "SCONJ"
    assert _upos(*head, "deg du pron _ 2 PUTFYLL")[1] == "ADP"
    assert _upos(*head)[1] == "ADP"


def test_place_words_are_adverbs_and_relative_som_a_pronoun() -> None:
    assert _upos("her her prep _ 0 FRAG") == ["ADV"]
    assert _upos("derfra derfra prep _ 0 FRAG") == ["ADV"]
    assert _upos("som som sbu _ 0 SBU", "at at sbu _ 0 SBU") == ["PRON", "SCONJ"]


def test_determiners_divide_into_three_classes() -> None:
    converted = convert(
        _tree(
            "en en det mask|ent|kvant 0 DET",
            "fem fem det fl|kvant 0 DET",
            "min min det mask|ent|poss 0 DET",
            "ingen ingen det fl|kvant 0 DET",
        )
    )
    assert converted == [
        ("DET", "Gender=Masc|Number=Sing|PronType=Art"),
        ("NUM", "Number=Plur|NumType=Card"),
        ("PRON", "Gender=Masc|Number=Sing|Poss=Yes|PronType=Prs"),
        ("DET", "Number=Plur|Polarity=Neg|PronType=Neg"),
    ]


def test_features_of_both_written_forms_agree() -> None:
    bokmål = convert(_tree("dagen dag subst appell|mask|be|ent 0 FRAG"))
    nynorsk = convert(_tree("dagen dag subst mask|appell|eint|bu 0 FRAG"))
    assert bokmål == nynorsk == [("NOUN", "Definite=Def|Gender=Masc|Number=Sing")]


def test_participles_and_negation() -> None:
    converted = convert(
        _tree(
            "hevet heve adj ub|m/f|ent|<perf-part> 0 ATR",
            "ikke ikke adv _ 0 ADV",
            "kalles kalle verb pres|pass 0 FINV",
        )
    )
    assert converted == [
        ("ADJ", "Definite=Ind|Number=Sing|VerbForm=Part"),
        ("PART", "Polarity=Neg"),
        ("VERB", "Mood=Ind|Tense=Pres|VerbForm=Fin|Voice=Pass"),
    ]


def test_agreement_counts_words_without_the_headline_bar() -> None:
    ndt = _tree("Feber feber subst appell 0 FRAG", "| $| clb <overskrift> 1 IP")
    right = _tree("Feber feber NOUN _ 0 root")
    wrong = _tree("Feber feber VERB _ 0 root")
    total, agreed = agreement([(ndt, right), (ndt, wrong)])
    assert (total, agreed["upos"], agreed["feats"]) == (2, 1, 2)
