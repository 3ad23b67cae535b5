"""Which words a claim about a topic can hold and still be right.

They are learnt from the words of the topic itself, its facts and what proves them, and
from claims that are known to hold (`knowledge/claims/`).
"""

from __future__ import annotations

import collections
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.knowledge import KnowledgeBase
from bot.languages import LANGUAGES
from bot.reading.lexicon import word_list
from bot.reading.spelling import words_of

# A word that right claims about so many topics hold belongs to none of them, unless
# claims that nothing settles hold it in more.
_COMMON_TOPICS = 4
# Letters of a word's beginning that tell it: `bedriftene` is like `bedrifter`.
_STEM = 5
_LONGEST_ENDING = 3
_SHORTEST_SLIP = 6
_LONG = 9


class _Near:
    """Which words are nearly some known ones.

    What is looked up is prepared, so that no word of a message is held up to them all.
    """

    def __init__(self, known: Iterable[str], more: Iterable[str]) -> None:
        """Take words with their other forms and slips, and more with their slips."""
        known = frozenset(known)
        self._stems = {
            word[: len(word) - ending]
            for word in known
            for ending in range(_LONGEST_ENDING + 1)
        }
        self._by_letter: dict[str, list[str]] = collections.defaultdict(list)
        for word in known.union(more):
            self._by_letter[word[:1]].append(word)

    def holds(self, word: str) -> bool:
        """Tell whether a word is another form or a slip of a known one."""
        return self._is_like(word) or self._is_slip(word)

    def _is_like(self, word: str) -> bool:
        ends = range(max(_STEM, len(word) - _LONGEST_ENDING), len(word) + 1)
        return len(word) >= _STEM and any(word[:end] in self._stems for end in ends)

    def _is_slip(self, word: str) -> bool:
        if len(word) < _SHORTEST_SLIP:
            return False
        return bool(
            process.extractOne(
                word,
                self._by_letter.get(word[:1], ()),
                scorer=OSA.distance,
                score_cutoff=2 if len(word) >= _LONG else 1,
            )
        )


class Support:
    """Tells whether a word of a claim is borne out."""

    def __init__(self, base: KnowledgeBase) -> None:
        """Learn the words.

        Args:
            base: The knowledge base, with claims that hold and claims that are open.
        """
        self._base = base
        self._of_topic: dict[str, frozenset[str]] = {}
        held = {topic: self._claimed(topic, "hold") for topic in base.topics}
        opened = {topic: self._claimed(topic, "open") for topic in base.topics}
        in_held = collections.Counter(w for words in held.values() for w in words)
        in_open = collections.Counter(w for words in opened.values() for w in words)
        common = {
            word
            for word, topics in in_held.items()
            if topics >= max(_COMMON_TOPICS, in_open[word])
        }
        self._common = frozenset(common) | word_list("empty_words")
        wrong = (
            word for topic in base.topics for word in self._claimed(topic, "wrong")
        )
        self._heard = frozenset((*in_held, *wrong))
        self._own = {topic: frozenset(self._stated(topic)) for topic in base.topics}
        for topic in base.topics:
            self._of_topic[topic] = frozenset({*held[topic], *self._own[topic]})
        # Whoever claims something of the list may be told any side of it.
        told = base.content.roster.all_topics()
        shared = frozenset().union(*(self._of_topic[topic] for topic in told))
        self._of_topic |= dict.fromkeys(told, shared)
        # Made when a topic is first asked about.
        self._nearby: dict[str, _Near] = {}
        self._nearby_own: dict[str, _Near] = {}

    def unexplained(
        self,
        topic: str,
        words: Iterable[str],
        familiar: frozenset[str],
        exact: frozenset[str] = frozenset(),
    ) -> tuple[str, ...]:
        """Return the folded words that nothing in a topic bears out, each once.

        Args:
            topic: The id of a topic.
            words: The words.
            familiar: Those that many ask with, who ask about the same.
            exact: Those that are no slips of others, as names are not.
        """
        return tuple(
            word
            for word in dict.fromkeys(words)
            if word not in familiar and not self._explains(topic, word, word in exact)
        )

    def tells_of(self, topic: str, word: str) -> bool:
        """Tell whether a topic itself holds a folded word, or it means nothing."""
        own = word in self._own[topic] or word in word_list("empty_words")
        return own or self._near_own(topic).holds(word)

    def heard(self, word: str) -> bool:
        """Tell whether claims that are settled hold a folded word, whatever of."""
        return word in self._heard

    def of_topic(self, topic: str, words: Iterable[str]) -> bool:
        """Tell whether right claims about a topic hold all of some folded words."""
        return self._of_topic[topic].issuperset(words)

    def _claimed(self, topic: str, sort: str) -> set[str]:
        return {
            word
            for claims in self._base.claims.values()
            for text in getattr(claims, sort).get(topic, ())
            for word in words_of(text)
        }

    def _stated(self, topic: str) -> set[str]:
        """Return the words of what a topic says, of its facts and of their proof."""
        base = self._base
        texts: list[str] = []
        for language in LANGUAGES:
            words = base.wording[language].topics[topic]
            texts += [words.answer, words.ask or "", words.simple or ""]
            for fact_id in base.stated[topic]:
                record = base.derived.get(fact_id) or base.facts[fact_id]
                texts.append(record.label.into(language))
                text = getattr(record, "text", None)
                texts.append(text.into(language) if text else "")
        for fact_id in base.stated[topic]:
            for stated in base.operands(fact_id):
                texts += base.facts[stated].quotes
        return {word for text in texts for word in words_of(text)}

    def _explains(self, topic: str, word: str, exact: bool) -> bool:
        if word in self._of_topic[topic] or word in self._common or len(word) == 1:
            return True
        return not exact and self._near(topic).holds(word)

    def _near(self, topic: str) -> _Near:
        if topic not in self._nearby:
            self._nearby[topic] = _Near(self._of_topic[topic], self._common)
        return self._nearby[topic]

    def _near_own(self, topic: str) -> _Near:
        if topic not in self._nearby_own:
            own = self._own[topic] | word_list("empty_words")
            self._nearby_own[topic] = _Near(own, own)
        return self._nearby_own[topic]
