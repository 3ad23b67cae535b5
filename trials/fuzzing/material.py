"""What messages that nobody writes are made of: examples, names and the lexicon."""

import dataclasses
import functools
from collections.abc import Iterator

from bot.knowledge import KnowledgeBase, load_knowledge
from bot.reading.lexicon import word_list, word_table
from trials.examples import data_dir, read_examples


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
