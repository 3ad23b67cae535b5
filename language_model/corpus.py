"""Training, development and test documents for spaCy from the treebank."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from language_model.augment import Style, Word, random_style, retype
from language_model.convert import agreement, convert
from language_model.gazetteer import Renamer
from language_model.treebank import (
    FORMS,
    HEADLINE_BAR,
    Sentence,
    key_of,
    ndt_paths,
    read_sentences,
    respace,
    ud_path,
)

# spaCy's own converter joins ten sentences to a document by default; the figures
# measured here follow suit, so that they can be held beside the published ones.
SENTENCES_PER_DOC = 10
MAX_SENTENCES_PER_MESSAGE = 3
# Share of messages kept in their retyped copy: enough to learn chat typing from,
# while most of the limited training time stays with the sentences as printed.
RETYPED_SHARE = 0.5


def ndt_words(sentence: Sentence) -> list[Word]:
    """Turn an NDT sentence into UD-annotated words with spacing.

    Args:
        sentence: An NDT sentence; its headline bar is dropped.

    Returns:
        One word per remaining token.
    """
    tokens = [token for token in sentence if token.form != HEADLINE_BAR]
    spaces = respace([token.form for token in tokens])
    return [
        Word(t.form, t.lemma, upos, feats.strip("_"), t.name, space, t.relation)
        for t, (upos, feats), space in zip(
            tokens, convert(sentence), spaces, strict=True
        )
    ]


def ud_words(sentence: Sentence) -> list[Word]:
    """Turn a UD sentence into words, keeping its annotation and spacing."""
    return [
        Word(t.form, t.lemma, t.pos, t.feats.strip("_"), t.name, t.space_after)
        for t in sentence
    ]


def held_out(root: Path) -> set[str]:
    """Return the folded text of every dev and test sentence, both forms."""
    return {
        key_of(sentence)
        for form in FORMS
        for split in ("dev", "test")
        for sentence in read_sentences(ud_path(root, form, split))
    }


def training_texts(root: Path, form: str) -> Iterator[list[list[Word]]]:
    """Yield the training sentences of a written form, one text at a time."""
    excluded = held_out(root)
    for path in ndt_paths(root, form):
        kept = [s for s in read_sentences(path) if key_of(s) not in excluded]
        sentences = [words for words in map(ndt_words, kept) if words]
        if sentences:
            yield sentences


def training_docs(
    root: Path, form: str, rng: random.Random, vocab: Vocab
) -> Iterator[Doc]:
    """Yield a form's training sentences as printed, and a share retyped as chat.

    Printed sentences come in documents of :data:`SENTENCES_PER_DOC`, retyped ones
    (:data:`RETYPED_SHARE` of all) in messages of at most
    :data:`MAX_SENTENCES_PER_MESSAGE`, each in one typing style.

    Args:
        root: The treebank folder.
        form: ``"nob"`` or ``"nno"``.
        rng: Source of all random choices.
        vocab: Vocabulary the documents belong to.

    Yields:
        Annotated documents, in treebank order.
    """
    for text in training_texts(root, form):
        yield from _printed_and_retyped(text, rng, vocab)


def renamed_docs(
    root: Path, form: str, rng: random.Random, vocab: Vocab
) -> Iterator[Doc]:
    """Yield the same as :func:`training_docs`, about other people and places."""
    for text in training_texts(root, form):
        renamer = Renamer(form, rng)
        renamed = [renamer.rename(sentence) for sentence in text]
        yield from _printed_and_retyped(renamed, rng, vocab)


def _printed_and_retyped(
    text: list[list[Word]], rng: random.Random, vocab: Vocab
) -> Iterator[Doc]:
    for group in _groups(text, SENTENCES_PER_DOC):
        yield make_doc(group, vocab)
    rest = text
    while rest:
        size = rng.randint(1, MAX_SENTENCES_PER_MESSAGE)
        message, rest = rest[:size], rest[size:]
        if rng.random() < RETYPED_SHARE:
            yield make_doc(_retyped(message, random_style(rng)), vocab)


def word_counts(docs: Mapping[str, Iterable[Doc]]) -> dict[str, list[int]]:
    """Count the lower-case words of each written form.

    Args:
        docs: Documents by written form.

    Returns:
        For every word its counts, in the order of the forms.
    """
    by_form = [
        Counter(token.lower_ for doc in group for token in doc)
        for group in docs.values()
    ]
    words = {word: None for counts in by_form for word in counts}
    return {word: [counts[word] for counts in by_form] for word in words}


def _retyped(message: list[list[Word]], style: Style) -> list[list[Word]]:
    """Retype a message; only its last sentence may lose the closing mark."""
    inner = replace(style, open_end=False)
    return [
        *(retype(sentence, inner) for sentence in message[:-1]),
        retype(message[-1], style),
    ]


def gold_docs(
    root: Path, form: str, split: str, vocab: Vocab, style: Style | None = None
) -> list[Doc]:
    """Return the annotated documents of a UD split.

    Args:
        root: The treebank folder.
        form: ``"nob"`` or ``"nno"``.
        split: ``"dev"`` or ``"test"``.
        vocab: Vocabulary the documents belong to.
        style: Retype every sentence this way first.

    Returns:
        Documents of :data:`SENTENCES_PER_DOC` sentences.
    """
    sentences = [ud_words(s) for s in read_sentences(ud_path(root, form, split))]
    if style is not None:
        sentences = [retype(sentence, style) for sentence in sentences]
    return [make_doc(g, vocab) for g in _groups(sentences, SENTENCES_PER_DOC)]


def _groups(items: list[list[Word]], size: int) -> Iterator[list[list[Word]]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def make_doc(sentences: list[list[Word]], vocab: Vocab) -> Doc:
    """Build one annotated spaCy document from sentences of words."""
    words = [word for sentence in sentences for word in sentence]
    starts: list[bool | int | None] = [
        i == 0 for sentence in sentences for i in range(len(sentence))
    ]
    return Doc(
        vocab,
        words=[w.form for w in words],
        spaces=[w.space for w in words],
        pos=[w.upos for w in words],
        morphs=[w.feats for w in words],
        # For the tagger `relations` in config.cfg, which package.py takes out again.
        tags=[w.relation for w in words],
        lemmas=[w.lemma for w in words],
        ents=[w.name for w in words],
        sent_starts=starts,
    )


def save(docs: Iterable[Doc], path: Path) -> int:
    """Write documents to one binary file and return how many words they hold."""
    docs = list(docs)
    path.parent.mkdir(parents=True, exist_ok=True)
    DocBin(docs=docs, store_user_data=False).to_disk(path)
    return sum(len(doc) for doc in docs)


def conversion_report(root: Path, form: str) -> tuple[int, dict[str, float]]:
    """Measure the tag conversion on the doubly annotated dev sentences.

    Sentences whose two editions divide the words differently are left out.

    Args:
        root: The treebank folder.
        form: ``"nob"`` or ``"nno"``.

    Returns:
        The number of words compared and the share that agrees, from 0 to 1, for
        ``upos``, ``feats``, ``lemma`` and ``name``.
    """
    by_text: dict[str, Sentence] = {}
    for path in ndt_paths(root, form):
        for sentence in read_sentences(path):
            by_text.setdefault(key_of(sentence), sentence)
    pairs = []
    for gold in read_sentences(ud_path(root, form, "dev")):
        ndt = by_text.get(key_of(gold), ())
        if len([t for t in ndt if t.form != HEADLINE_BAR]) == len(gold):
            pairs.append((ndt, gold))
    total, agreed = agreement(pairs)
    return total, {key: count / total for key, count in agreed.items()}
