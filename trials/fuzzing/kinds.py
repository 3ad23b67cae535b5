"""The kinds of messages that nobody writes: each yields pieces, as many as are wanted.

Each repeats something that some step of understanding or answering has to look at:
figures, names, questions, words, characters.
"""

# Longer than other modules: the kinds are many, and each is short.

import itertools
import random
from collections.abc import Callable, Iterator

from trials.fuzzing.material import Material

_LETTERS = "abcdefghijklmnopqrstuvwxyzæøå"
_ALPHABETS = (
    "абвгдежз",
    "αβγδεζηθ",
    "汉字汉语问题",
    "ابتثج",
    "éèêëçñšž",
    "ﬁﬂﬃ①②½",
    "１２３",
)
_EMOJIS = ("😀", "👩‍👩‍👧‍👦", "🏳️‍🌈", "👍🏽", "🇳🇴", "💰")
_COMBINING = tuple(map(chr, range(0x300, 0x330)))
_INVISIBLE = ("\u200b", "\u00ad", "\ufeff", "\u202e", "\u2028", "\u0000", "\ud800")
_BRACKETS = "()[]{}<>«»“”\"'"
_MARKS = ("?", "? ", "!", ".", ". ", ",", ", ", ": ", "; ", "\n", " - ", "…", "/")
_LONGEST_UNIT = 4
_LONGEST_WORD = 14

Pieces = Callable[[random.Random, Material], Iterator[str]]


def _repeated(chance: random.Random, given: Material) -> Iterator[str]:
    """Repeat a few characters, words or sentences, whatever they are."""
    kinds = [kind for kind in KINDS.values() if kind is not _repeated]
    source = chance.choice(kinds)(chance, given)
    unit = "".join(itertools.islice(source, chance.randint(1, _LONGEST_UNIT)))
    return itertools.repeat(unit or "a")


def _figures(chance: random.Random, _: Material) -> Iterator[str]:
    while True:
        yield f"{chance.randint(0, 10 ** chance.randint(1, 6))} "


def _one_figure(chance: random.Random, _: Material) -> Iterator[str]:
    return itertools.repeat(f"{chance.randint(1, 60)} ")


def _number_words(chance: random.Random, given: Material) -> Iterator[str]:
    while True:
        yield f"{chance.choice(given.numbers)} "


def _amounts(chance: random.Random, given: Material) -> Iterator[str]:
    while True:
        number = chance.choice((str(chance.randint(1, 99)), *given.numbers[:9]))
        yield f"{number} {chance.choice(given.units)}{chance.choice((', ', ' ', '? '))}"


def _percentages(chance: random.Random, _: Material) -> Iterator[str]:
    while True:
        yield f"{chance.randint(0, 100)}{chance.choice((' %', '%', ',5 %'))} "


def _years(chance: random.Random, _: Material) -> Iterator[str]:
    while True:
        yield f"{chance.choice(('', '1.1.', 'i '))}{chance.randint(1900, 2099)} "


def _digits(chance: random.Random, _: Material) -> Iterator[str]:
    while True:
        yield f"{chance.randint(0, 999)}{chance.choice(('.', ',', ' ', '-', ':', ''))}"


def _counted(chance: random.Random, given: Material) -> Iterator[str]:
    while True:
        yield f"{chance.randint(2, 50)} {chance.choice(given.names)} "


def _names(chance: random.Random, given: Material) -> Iterator[str]:
    while True:
        yield f"{chance.choice(given.names)}{chance.choice((' ', ', ', ' og ', '? '))}"


def _misspelt_names(chance: random.Random, given: Material) -> Iterator[str]:
    while True:
        yield f"{_mutated(chance.choice(given.names), 1, chance)} "


def _unknown_names(chance: random.Random, _: Material) -> Iterator[str]:
    while True:
        yield f"{_word(chance).capitalize()}{chance.choice((' ', ' ', ' og ', '. '))}"


def _invented_words(chance: random.Random, _: Material) -> Iterator[str]:
    while True:
        yield f"{_word(chance)} "


def _long_words(chance: random.Random, given: Material) -> Iterator[str]:
    while True:
        yield f"{chance.choice(given.words)}{chance.choice(given.words)} "


def _letters(chance: random.Random, _: Material) -> Iterator[str]:
    """Yield one word, as long as the message."""
    while True:
        yield chance.choice(_LETTERS)


def _one_letter(chance: random.Random, _: Material) -> Iterator[str]:
    return itertools.repeat(chance.choice(_LETTERS))


def _short_words(chance: random.Random, _: Material) -> Iterator[str]:
    while True:
        yield f"{''.join(chance.choices(_LETTERS, k=chance.randint(1, 2)))} "


def _words(chance: random.Random, given: Material) -> Iterator[str]:
    while True:
        yield f"{chance.choice(given.words)} "


def _questions(chance: random.Random, given: Material) -> Iterator[str]:
    while True:
        yield f"{chance.choice(given.questions)} "


def _short_questions(chance: random.Random, given: Material) -> Iterator[str]:
    while True:
        yield f"{chance.choice(given.asking)} {chance.choice(given.openings)}? "


def _one_word_questions(chance: random.Random, given: Material) -> Iterator[str]:
    while True:
        yield f"{chance.choice(given.asking + given.numbers)}? "


def _joined_questions(chance: random.Random, given: Material) -> Iterator[str]:
    while True:
        asked = f"{chance.choice(given.asking)} {chance.choice(given.words)}"
        yield f"{asked}{chance.choice((', ', ' og ', ' and '))}"


def _claims(chance: random.Random, given: Material) -> Iterator[str]:
    while True:
        claimed = f"{chance.choice(given.names)} {chance.randint(2, 50)}"
        yield f"{chance.choice(given.openings)} {claimed}{chance.choice(('?', ''))} "


def _openings(chance: random.Random, given: Material) -> Iterator[str]:
    while True:
        yield f"{chance.choice(given.openings)} "


def _clauses(chance: random.Random, given: Material) -> Iterator[str]:
    while True:
        yield f"{chance.choice(given.words)} {chance.choice(given.joints)} "


def _joints(chance: random.Random, given: Material) -> Iterator[str]:
    return itertools.repeat(f"{chance.choice(given.joints)} ")


def _marks(chance: random.Random, _: Material) -> Iterator[str]:
    while True:
        yield chance.choice(_MARKS)


def _blanks(chance: random.Random, given: Material) -> Iterator[str]:
    """Yield long runs of blanks, and hardly a word."""
    blank = chance.choice((" ", "\n", "\t"))
    while True:
        yield blank * chance.choice((1, 40, 400))
        yield chance.choice(("", blank, chance.choice(given.words)))


def _brackets(chance: random.Random, _: Material) -> Iterator[str]:
    mark = chance.choice(_BRACKETS)
    while True:
        yield chance.choice((mark, mark, mark, chance.choice(_BRACKETS), "a"))


def _emojis(chance: random.Random, _: Material) -> Iterator[str]:
    while True:
        yield chance.choice(_EMOJIS) + chance.choice(("", " ", "a"))


def _combining(chance: random.Random, _: Material) -> Iterator[str]:
    yield chance.choice(_LETTERS)
    while True:
        yield chance.choice((*_COMBINING, chance.choice(_LETTERS)))


def _invisible(chance: random.Random, given: Material) -> Iterator[str]:
    while True:
        yield chance.choice((*_INVISIBLE, chance.choice(given.words), " "))


def _alphabets(chance: random.Random, given: Material) -> Iterator[str]:
    while True:
        alphabet = chance.choice((*_ALPHABETS, chance.choice(given.words)))
        yield f"{''.join(chance.choices(alphabet, k=chance.randint(1, 8)))} "


def _mutations(chance: random.Random, given: Material) -> Iterator[str]:
    while True:
        asked = chance.choice(given.questions)
        yield f"{_mutated(asked, chance.randint(1, 20), chance)} "


def _cut_questions(chance: random.Random, given: Material) -> Iterator[str]:
    while True:
        asked = chance.choice(given.questions)
        start = chance.randrange(len(asked))
        yield asked[start : start + chance.randint(1, 40)] + chance.choice(("", " "))


def _anything(chance: random.Random, given: Material) -> Iterator[str]:
    """Mix some pieces of every kind."""
    kinds = [kind for kind in KINDS.values() if kind is not _anything]
    while True:
        source = chance.choice(kinds)(chance, given)
        yield from itertools.islice(source, chance.randint(1, 5))


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(_LETTERS, k=chance.randint(2, _LONGEST_WORD)))


def _mutated(text: str, slips: int, chance: random.Random) -> str:
    """Return a text with some characters dropped, doubled, changed or swapped."""
    letters = list(text)
    for _ in range(slips):
        place = chance.randrange(len(letters))
        letters[place] = chance.choice(
            ("", letters[place] * 2, chance.choice(_LETTERS), letters[place - 1])
        )
    return "".join(letters)


KINDS: dict[str, Pieces] = {
    kind.__name__.strip("_"): kind
    for kind in (
        _figures,
        _one_figure,
        _number_words,
        _amounts,
        _percentages,
        _years,
        _digits,
        _counted,
        _names,
        _misspelt_names,
        _unknown_names,
        _invented_words,
        _long_words,
        _letters,
        _one_letter,
        _short_words,
        _words,
        _questions,
        _short_questions,
        _one_word_questions,
        _joined_questions,
        _claims,
        _openings,
        _clauses,
        _joints,
        _marks,
        _blanks,
        _brackets,
        _emojis,
        _combining,
        _invisible,
        _alphabets,
        _mutations,
        _cut_questions,
        _repeated,
        _anything,
    )
}
"""The kinds of messages, by what they are made of."""
