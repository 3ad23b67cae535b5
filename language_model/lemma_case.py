"""Capital letters in lemmas, apart from the endings.

The trainable lemmatizer learns edits of the word as written, so that it would have to
learn *Familiene* → *familie* and *familiene* → *familie* separately, for every first
letter.  Here it learns lemmas that keep the word's capital (*Familie*), and what is no
name is put in lower case afterwards.  The module is shipped inside the wheel.
"""

from spacy.language import Language
from spacy.tokens import Doc, Token


def is_name_or_foreign(upos: str, feats: str) -> bool:
    """Tell the words whose lemma keeps its capital.

    Args:
        upos: UD word class.
        feats: UD features, ``""`` when there are none.  UD Nynorsk has names among
            its nouns; they lack the number that every other noun has.
    """
    return upos in {"PROPN", "X"} or (upos == "NOUN" and "Number=" not in feats)


def keep_capitals(doc: Doc) -> None:
    """Give the lemmas of capitalised words that are no names a capital as well.

    This is what the lemmatizer is trained on; :func:`lemma_case` undoes it.
    """
    for token in doc:
        if _may_lose_capital(token) and token.lemma_.islower():
            upper = token.is_upper and len(token) > 1
            lemma = token.lemma_
            token.lemma_ = lemma.upper() if upper else lemma[:1].upper() + lemma[1:]


@Language.component("lemma_case", requires=["token.lemma"], assigns=["token.lemma"])
def lemma_case(doc: Doc) -> Doc:
    """Put the lemmas of capitalised words that are no names in lower case."""
    for token in doc:
        if _may_lose_capital(token):
            token.lemma_ = token.lemma_.lower()
    return doc


def _may_lose_capital(token: Token) -> bool:
    capitalised = token.is_title or token.is_upper
    return capitalised and not is_name_or_foreign(token.pos_, str(token.morph))
