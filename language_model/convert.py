"""From the treebank's own tags to Universal Dependencies tags and features.

Most NDT tags decide the UD word class alone.  The rest need the sentence around
the word, which the NDT dependency columns give: auxiliaries govern a verb,
prepositions that introduce a clause are subordinators, and so on.  The rules are
written from the structure of both schemes; the dev sentences, annotated in both,
only measure how far they agree (:func:`agreement`).
"""

# Longer than other modules: one table of tags, and the code that reads it.

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from language_model.treebank import HEADLINE_BAR, Sentence, Token

_PLAIN = {
    "subst": "NOUN",
    "adj": "ADJ",
    "adv": "ADV",
    "konj": "CCONJ",
    "inf-merke": "PART",
    "interj": "INTJ",
    "pron": "PRON",
    "symb": "SYM",
    "ukjent": "X",
    "clb": "PUNCT",
    "<komma>": "PUNCT",
    "<strek>": "PUNCT",
    "<anf>": "PUNCT",
    "<parentes-beg>": "PUNCT",
    "<parentes-slutt>": "PUNCT",
}

_FEATURES = {
    "ub": "Definite=Ind",
    "be": "Definite=Def",
    "bu": "Definite=Def",
    "ent": "Number=Sing",
    "eint": "Number=Sing",
    "fl": "Number=Plur",
    "gen": "Case=Gen",
    "nom": "Case=Nom",
    "akk": "Case=Acc",
    "pos": "Degree=Pos",
    "komp": "Degree=Cmp",
    "sup": "Degree=Sup",
    "hum": "Animacy=Hum",
    "1": "Person=1",
    "2": "Person=2",
    "3": "Person=3",
    "refl": "Reflex=Yes",
    "poss": "Poss=Yes",
    "fork": "Abbr=Yes",
    "pass": "Voice=Pass",
    "perf-part": "VerbForm=Part",
    "<perf-part>": "VerbForm=Part",
    "<pres-part>": "VerbForm=Part",
    "inf": "VerbForm=Inf",
    "pres": "Mood=Ind|Tense=Pres|VerbForm=Fin",
    "pret": "Mood=Ind|Tense=Past|VerbForm=Fin",
    "imp": "Mood=Imp|VerbForm=Fin",
    "mask": "Gender=Masc",
    "fem": "Gender=Fem",
    "nøyt": "Gender=Neut",
}

_BE = frozenset({"være", "vere"})
_MODALS = {"skulle", "skulla", "ville", "vilja", "vilje", "kunne", "kunna", "måtte"}
_MODALS |= {"måtta", "burde", "børe", "tørre", "tore", "pleie"}
_AUXILIARIES = _BE | _MODALS | {"bli", "ha", "få"}
# Determiners NDT calls quantifiers that UD counts as determiners, not numerals.
_KINDS = {
    "Art": frozenset({"en", "ein"}),
    "Tot": frozenset({"all", "alle", "begge", "hver", "kvar", "enhver", "einkvar"}),
    "Ind": frozenset({"noen", "noe", "nokon", "noko"}),
    "Neg": frozenset({"ingen", "ingenting", "inkje"}),
}
_NEGATION = frozenset({"ikke", "ikkje"})
# NDT counts the words for "here" and "there", alone or compounded, as prepositions.
_PLACE_ADVERB = re.compile(
    "(her|der|hit|dit)(av|etter|fra|frå|ifra|ifrå|i|iblant|med|om|på|til|under|ved|over|mot)?"
)
_PREDICATIVE = frozenset({"SPRED", "FSPRED", "OPRED", "FOPRED"})


@dataclass(frozen=True)
class Tree:
    """An NDT sentence with its dependants listed by head number."""

    tokens: Sentence
    children: dict[int, list[Token]]

    @classmethod
    def of(cls, sentence: Sentence) -> Tree:
        """Build the tree of a sentence, headline bars included."""
        children: dict[int, list[Token]] = {}
        for token in sentence:
            children.setdefault(token.head, []).append(token)
        return cls(sentence, children)

    def below(self, token: Token) -> list[Token]:
        """Return the direct dependants of a token, in sentence order."""
        return self.children.get(token.number, [])

    def lemma(self, number: int) -> str:
        """Return the lemma of the word with this number, ``""`` for the root."""
        found = (token.lemma for token in self.tokens if token.number == number)
        return next(found, "")


def convert(sentence: Sentence) -> list[tuple[str, str]]:
    """Give every word of an NDT sentence its UD tag and features.

    Args:
        sentence: An NDT sentence, with or without its headline bar.

    Returns:
        One ``(UPOS, FEATS)`` pair per word, headline bars left out.  FEATS is
        ``"_"`` or feature pairs sorted by name and joined by ``|``.
    """
    tree = Tree.of(sentence)
    pairs = []
    for token in sentence:
        if token.form != HEADLINE_BAR:
            upos = _upos(token, tree)
            pairs.append((upos, _feats(token, upos)))
    return pairs


def _upos(token: Token, tree: Tree) -> str:
    feats = token.feats.split("|")
    if token.pos == "subst" and "prop" in feats:
        # UD Nynorsk calls a name a noun when another feature is listed before
        # "prop"; followed here, as the pipeline is measured against UD.
        nynorsk_order = feats[0] != "prop"
        return "NOUN" if nynorsk_order else "PROPN"
    if token.pos == "verb":
        return "AUX" if _is_auxiliary(token, tree) else "VERB"
    if token.pos == "det":
        return _determiner(token, feats)
    if token.pos == "prep":
        return _preposition(token, tree)
    if token.pos == "sbu":
        return "PRON" if token.lemma == "som" else "SCONJ"
    if token.pos == "adv" and token.lemma in _NEGATION:
        return "PART"
    return _PLAIN.get(token.pos, "X")


def _is_auxiliary(token: Token, tree: Tree) -> bool:
    """UD's auxiliaries: verbs governing a verb, and the copula."""
    relations = {child.relation for child in tree.below(token)}
    if "INFV" in relations:
        return token.lemma in _AUXILIARIES
    return token.lemma in _BE and bool(relations & {"SPRED", "FSPRED"})


def _determiner(token: Token, feats: list[str]) -> str:
    if "poss" in feats:
        return "PRON"
    if "kvant" not in feats or any(token.lemma in words for words in _KINDS.values()):
        return "DET"
    return "NUM"


def _preposition(token: Token, tree: Tree) -> str:
    """NDT's prepositions: UD keeps some as adverbs or subordinators."""
    if _PLACE_ADVERB.fullmatch(token.lemma.lower()):
        return "ADV"
    complements = [t for t in tree.below(token) if t.relation == "PUTFYLL"]
    if not complements:
        return "ADP"
    if token.relation in _PREDICATIVE - {"SPRED"}:
        return "SCONJ"
    if token.relation == "SPRED" and token.lemma == "som":
        return "ADP" if tree.lemma(token.head) in _BE else "SCONJ"
    if token.relation not in {"ADV", "ATR", "SPRED"}:
        return "ADP"
    return "SCONJ" if _is_clause(complements[0], token, tree) else "ADP"


def _is_clause(complement: Token, preposition: Token, tree: Tree) -> bool:
    """Whether a preposition's complement is an infinitive or a finite clause."""
    if complement.pos == "inf-merke":
        return True
    return complement.pos == "verb" and (
        preposition.relation == "ADV"
        or any(t.pos == "sbu" for t in tree.below(complement))
    )


def _feats(token: Token, upos: str) -> str:
    if upos in {"PUNCT", "SCONJ", "X", "SYM"}:
        return "_"
    parts = token.feats.split("|")
    values: dict[str, set[str]] = {}
    pairs = [pair for part in parts for pair in _FEATURES.get(part, "").split("|")]
    for pair in [*pairs, *_pronominal(token, upos, parts)]:
        if pair:
            name, value = pair.split("=")
            values.setdefault(name, set()).add(value)
    names = sorted(values, key=str.casefold)
    return "|".join(f"{n}={','.join(sorted(values[n]))}" for n in names) or "_"


def _pronominal(token: Token, upos: str, parts: list[str]) -> list[str]:
    """Features UD adds by the word itself: kind of pronoun, numeral, negation."""
    if upos == "NUM":
        return ["NumType=Card"]
    if upos == "PART" and token.pos == "adv":
        return ["Polarity=Neg"]
    if token.pos == "sbu":
        return ["PronType=Rel"]
    if upos not in {"DET", "PRON"}:
        return []
    for part, kind in (("res", "Rcp"), ("sp", "Int"), ("dem", "Dem")):
        if part in parts:
            return [f"PronType={kind}"]
    # A quantifying determiner is told by its word alone; anything else is also
    # personal, the only exception being the word for "nothing".
    personal = "kvant" not in parts and token.lemma != "ingenting"
    found = ["PronType=Prs"] if personal else []
    if "kvant" in parts or token.pos == "pron":
        found += [
            f"PronType={k}" for k, words in _KINDS.items() if token.lemma in words
        ]
        if token.lemma in _KINDS["Neg"]:
            found.append("Polarity=Neg")
    return found


def agreement(
    pairs: Iterable[tuple[Sentence, Sentence]],
) -> tuple[int, Counter[str]]:
    """Compare converted sentences with their UD annotation, word by word.

    Args:
        pairs: NDT sentences beside the same sentences in UD.

    Returns:
        The number of words compared and a count of agreements under the keys
        ``"upos"``, ``"feats"``, ``"lemma"`` and ``"name"``.
    """
    agreed: Counter[str] = Counter()
    total = 0
    for ndt, ud in pairs:
        words = [token for token in ndt if token.form != HEADLINE_BAR]
        for word, (upos, feats), gold in zip(words, convert(ndt), ud, strict=True):
            total += 1
            agreed["upos"] += upos == gold.pos
            agreed["feats"] += feats == gold.feats
            agreed["lemma"] += word.lemma == gold.lemma
            agreed["name"] += word.name == gold.name
    return total, agreed
