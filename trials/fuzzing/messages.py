"""Makes messages that nobody writes in earnest, always the same ones from a seed.

Each kind repeats something that some step of understanding or answering has to look
at: figures, names, questions, words. Real questions stand before and after it, so that
the steps behind it are reached.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

from bot.knowledge import KnowledgeBase, load_knowledge
from bot.reading.lexicon import word_list, word_table
from trials.examples import data_dir, read_examples

SEED = 2024
"""Which messages are made where nothing else is said."""
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

Pieces = Callable[[random.Random, "Material"], Iterator[str]]


@dataclasses.dataclass(frozen=True)
class Material:
    """What messages are made of.

    Attributes:
        questions: Examples of what people write.
        claims: What people claim, rightly or wrongly.
        names: The names of the knowledge base, as they are written.
        numbers: Numbers in words.
        openings: Words that open a yes/no question.
        asking: Question words.
        units: What figures are measured in.
        joints: What stands between two parts of a sentence.
        words: The words of the examples.
    """

    questions: tuple[str, ...]
    claims: tuple[str, ...]
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    openings: tuple[str, ...]
    asking: tuple[str, ...]
    units: tuple[str, ...]
    joints: tuple[str, ...]
    words: tuple[str, ...]


class Odd(NamedTuple):
    """A message that nobody writes.

    Attributes:
        kind: What it is made of.
        text: It.
    """

    kind: str
    text: str


@functools.lru_cache(maxsize=1)
def material() -> Material:
    """Return what the content in force and the lexicon give."""
    questions = tuple(example.text for example in read_examples(data_dir()))
    base = load_knowledge()
    names = base.names.values()
    return Material(
        questions=questions,
        claims=tuple(_claimed(base)),
        names=tuple(alias for name in names for alias in (*name.aliases, *name.titles)),
        numbers=tuple(sorted(word_table("number_words"))),
        openings=tuple(sorted(word_list("verbs_first"))),
        asking=tuple(sorted(word_list("question_words"))),
        units=tuple(sorted(word_list("money") | word_list("percentages"))),
        joints=tuple(sorted(word_list("joints"))),
        words=tuple(dict.fromkeys(word for text in questions for word in text.split())),
    )


def _claimed(base: KnowledgeBase) -> Iterator[str]:
    for claims in base.claims.values():
        for sort in (claims.hold, claims.open, claims.wrong):
            for texts in sort.values():
                yield from texts


def odd_messages(count: int, length: int, seed: int = SEED) -> Iterator[Odd]:
    """Yield messages of as many characters, of each kind in turn.

    Args:
        count: How many.
        length: Characters of each.
        seed: The same seed gives the same messages.
    """
    for number, kind in enumerate(itertools.islice(itertools.cycle(KINDS), count)):
        chance = random.Random(f"{seed} {number}")
        yield Odd(kind, _message(KINDS[kind], length, chance))


def any_messages(count: int, longest: int, seed: int = SEED) -> Iterator[Odd]:
    """Yield messages of any length up to `longest`, short ones most often."""
    for number in range(count):
        chance = random.Random(f"{seed} any {number}")
        kind = chance.choice(list(KINDS))
        length = max(1, int(longest ** chance.random()))
        yield Odd(kind, _message(KINDS[kind], length, chance))


def _message(pieces: Pieces, length: int, chance: random.Random) -> str:
    """Return pieces up to a length, mostly before, after or inside something real."""
    given = material()
    before, after = chance.choice(
        (
            (_real(chance, given), ""),
            ("", _real(chance, given)),
            (_real(chance, given), _real(chance, given)),
            _halves(_real(chance, given), chance),
            ("", ""),
        )
    )
    before, after = (f"{before} " if before else ""), (f" {after}" if after else "")
    room = length - len(before) - len(after)
    filling: list[str] = []
    for piece in pieces(chance, given):
        if room <= 0:
            break
        filling.append(piece)
        room -= len(piece)
    filled = before + "".join(filling)
    return (filled[: max(length - len(after), 0)] + after)[:length]


def _real(chance: random.Random, given: Material) -> str:
    return chance.choice(chance.choice((given.questions, given.claims)))


def _halves(text: str, chance: random.Random) -> tuple[str, str]:
    words = text.split()
    place = chance.randint(0, len(words))
    return " ".join(words[:place]), " ".join(words[place:])


def _repeated(chance: random.Random, given: Material) -> Iterator[str]:
    """Repeat a few characters, words or sentences, whatever they are."""
    kinds = [kind for kind in KINDS.values() if kind is not _repeated]
    source = chance.choice(kinds)(chance, given)
    unit = "".join(itertools.islice(source, chance.randint(1, _LONGEST_UNIT)))
    return itertools.repeat(unit or "a")


def _figures(chance: random.Random, given: Material) -> Iterator[str]:
    del given
    while True:
        yield f"{chance.randint(0, 10 ** chance.randint(1, 6))} "


def _one_figure(chance: random.Random, given: Material) -> Iterator[str]:
    del given
    return itertools.repeat(f"{chance.randint(1, 60)} ")


def _number_words(chance: random.Random, given: Material) -> Iterator[str]:
    while True:
        yield f"{chance.choice(given.numbers)} "


def _amounts(chance: random.Random, given: Material) -> Iterator[str]:
    while True:
        number = chance.choice((str(chance.randint(1, 99)), *given.numbers[:9]))
        yield f"{number} {chance.choice(given.units)}{chance.choice((', ', ' ', '? '))}"


def _percentages(chance: random.Random, given: Material) -> Iterator[str]:
    del given
    while True:
        yield f"{chance.randint(0, 100)}{chance.choice((' %', '%', ',5 %'))} "


def _years(chance: random.Random, given: Material) -> Iterator[str]:
    del given
    while True:
        yield f"{chance.choice(('', '1.1.', 'i '))}{chance.randint(1900, 2099)} "


def _digits(chance: random.Random, given: Material) -> Iterator[str]:
    del given
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


def _unknown_names(chance: random.Random, given: Material) -> Iterator[str]:
    del given
    while True:
        yield f"{_word(chance).capitalize()}{chance.choice((' ', ' ', ' og ', '. '))}"


def _invented_words(chance: random.Random, given: Material) -> Iterator[str]:
    del given
    while True:
        yield f"{_word(chance)} "


def _long_words(chance: random.Random, given: Material) -> Iterator[str]:
    while True:
        yield f"{chance.choice(given.words)}{chance.choice(given.words)} "


def _letters(chance: random.Random, given: Material) -> Iterator[str]:
    """Yield one word, as long as the message."""
    del given
    while True:
        yield chance.choice(_LETTERS)


def _one_letter(chance: random.Random, given: Material) -> Iterator[str]:
    del given
    return itertools.repeat(chance.choice(_LETTERS))


def _short_words(chance: random.Random, given: Material) -> Iterator[str]:
    del given
    while True:
        yield f"{chance.choice(_LETTERS)}{chance.choice(('', chance.choice(_LETTERS)))} "


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
        yield f"{chance.choice(chance.choice((given.asking, given.numbers)))}? "


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


def _marks(chance: random.Random, given: Material) -> Iterator[str]:
    del given
    while True:
        yield chance.choice(_MARKS)


def _brackets(chance: random.Random, given: Material) -> Iterator[str]:
    del given
    mark = chance.choice(_BRACKETS)
    while True:
        yield chance.choice((mark, mark, mark, chance.choice(_BRACKETS), "a"))


def _emojis(chance: random.Random, given: Material) -> Iterator[str]:
    del given
    while True:
        yield chance.choice(_EMOJIS) + chance.choice(("", " ", "a"))


def _combining(chance: random.Random, given: Material) -> Iterator[str]:
    del given
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
