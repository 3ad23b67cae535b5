"""The models' own arithmetic for one message gives what scikit-learn gives."""

import functools
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from bot.nlu.language_identifier import LanguageModel, ngrams
from bot.nlu.linear_model import LinearTrainer

TEXTS = ["hvem fikk penger", "kven fekk pengar", "who got money", "hva er siva", ""]
NEW = ["hvem fekk money money", "x", "siva siva siva", "", "æ ø å 43 %"]


def test_margins_of_a_text_are_those_of_the_trainer() -> None:
    texts = [text for text in (*TEXTS, *NEW) if text]
    trainer = LinearTrainer(texts, features=2**10, strength=1.0)
    labels = np.array([f"label {number % 3}" for number in range(len(texts))])
    model = trainer.fit(labels, lambda _: None)
    ours = model.margins(texts)
    theirs = trainer.margins(model, np.arange(len(texts)))
    np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(model.margins([""]), [model.biases])


def test_languages_are_as_likely_as_by_scikit_learn(tmp_path: Path) -> None:
    texts, languages = TEXTS[:4] * 2, ["nb", "nn", "en", "nb"] * 2
    vectorizer = TfidfVectorizer(
        analyzer=functools.partial(_listed, largest=3), sublinear_tf=True
    )
    theirs = make_pipeline(vectorizer, LogisticRegression(solver="liblinear"))
    theirs.fit(texts, languages)
    fitted = theirs[-1]
    made = LanguageModel(
        languages=tuple(fitted.classes_),
        largest=3,
        vocabulary={n: i for i, n in enumerate(vectorizer.get_feature_names_out())},
        idf=vectorizer.idf_,
        weights=fitted.coef_.T,
        biases=fitted.intercept_,
    )
    made.save(tmp_path / "language.npz")
    ours = LanguageModel.load(tmp_path / "language.npz")
    assert ours.vocabulary == made.vocabulary
    for text in (*TEXTS, *NEW):
        expected = theirs.predict_proba([text])[0]
        np.testing.assert_allclose(ours.likelihoods(text), expected, rtol=1e-5)


def test_ngrams_are_those_of_scikit_learn() -> None:
    analyze = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4)).build_analyzer()
    for text in (*TEXTS, *NEW):
        assert sorted(ngrams(text, 4)) == sorted(analyze(text))


def _listed(text: str, largest: int) -> list[str]:
    return list(ngrams(text, largest))
