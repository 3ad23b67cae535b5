"""What speaks against a reply to a question, beside how surely it was understood."""

from __future__ import annotations

import re

from bot.knowledge import KnowledgeBase
from bot.knowledge.models import PLACE
from bot.languages import Language
from bot.reading.form import read_form
from bot.reading.lexicon import holds_any, word_list
from bot.reading.quantities import find_quantities
from bot.reading.spelling import fold, tokens_of
from bot.staff.hearing import Heard
from bot.staff.phrases import holds, words_of

# A question understood as surely (0-1) as this leans on nothing that was said.
_UNDERSTOOD = 0.96
# Words of the shortest question that says by itself what it is about, if understood as
# surely as this in spite of a pronoun: 24 of 25 that were doubted so were right.
_TELLING_WORDS = 6
_UNDERSTOOD_AT_LENGTH = 0.85
_SUCH = re.compile(r"\bsånn\b", re.IGNORECASE)
# Second words of question words, and what adds nothing.
_FILLING = ("mange", "mye", "mykje", "many", "much", "egentlig", "eigentleg", "alt")


class Doubts:
    """Doubts about replies in one language."""

    def __init__(self, base: KnowledgeBase, language: Language) -> None:
        """Take the knowledge base and the language."""
        self._base = base
        self._language = language

    def answers_yes_no(self, heard: Heard) -> bool:
        """Tell whether a reply says yes or no where its question asks for that."""
        return heard.reply.kind != "answer" or not self.lacks_verdict(heard)

    def lacks_verdict(self, heard: Heard) -> bool:
        """Tell whether a question asks for yes or no, and its reply says neither."""
        form = read_form(heard.text)
        asked = form.yes_no and (form.inverted or form.confirming)
        told = form.asks_to_tell or form.either or asks_further(heard.text)
        return asked and not told and self.verdict(heard) is None

    def verdict(self, heard: Heard) -> str | None:
        """Return `yes` or `no` where a reply begins so."""
        verdicts = self._base.wording[self._language].verdicts
        text = heard.reply.text
        said = (key for key, word in verdicts.items() if text.startswith(f"{word}."))
        return next(said, None)

    @staticmethod
    def points_back(heard: Heard) -> bool:
        """Tell whether a question may only be understood by what is before it."""
        named = any(entity["entity"] == "name" for entity in heard.entities)
        confidence = heard.reply.confidence
        long = len(heard.text.split()) >= _TELLING_WORDS
        if named or (long and confidence >= _UNDERSTOOD_AT_LENGTH):
            return False
        return holds_pronoun(heard.text, surely=confidence >= _UNDERSTOOD)

    def leaves_open(self, heard: Heard) -> bool:
        """Tell whether the reply is that a claim is not settled by what it tells.

        The chat errs on that side, where a person sees at once whether it is settled.
        """
        return heard.reply.kind == "not_stated" and heard.topic in self._base.topics

    @staticmethod
    def says_too_little(heard: Heard, *, known: bool) -> bool:
        """Tell whether a question such as `how many is it?` names nothing by itself.

        Without a pronoun it goes on with what was asked before it, if that is known.
        """
        if known and not holds_pronoun(heard.text, surely=True):
            return False
        little = word_list("question_words") | word_list("empty_words")
        words = (token.word for token in tokens_of(heard.text))
        surely = heard.reply.confidence >= _UNDERSTOOD
        return not surely and all(w in little or w in _FILLING for w in words)

    def holds_figures(self, heard: Heard) -> bool:
        """Tell whether an answer says something to each figure of its question.

        What is surely understood may leave out the figure that the question went by.
        """
        reply = heard.reply
        understood = reply.confidence >= _UNDERSTOOD
        if reply.kind != "answer" or self.verdict(heard) or understood:
            return True
        told = {quantity.value for quantity in find_quantities(reply.text)}
        asked = {
            quantity.value
            for quantity in find_quantities(heard.text)
            # `Two ministers` in words claims little.
            if quantity.unit != "count" or heard.text[quantity.start].isdigit()
        }
        return asked <= told

    def holds_names(self, heard: Heard) -> bool:
        """Tell whether an answer speaks of each place and member that is asked about.

        What was taken for a name, but is written as other words are, is one only where
        the answer takes it for one too.
        """
        base, reply = self._base, heard.reply
        if reply.kind != "answer" or self.verdict(heard) == "no":
            return True
        stated = {each for fact in reply.facts for each in base.stated_by(fact)}
        told = fold(reply.text)
        for entity in heard.entities:
            written = heard.text[entity.get("start", 0) : entity.get("end", 0)]
            if entity["entity"] == "unknown_name":
                if written[:1].isupper() != (fold(written) in told):
                    return False
            elif entity["value"] in base.names and self._must_be_told(entity["value"]):
                label = base.names[entity["value"]].label.into(self._language)
                if entity["value"] not in stated and fold(label) not in told:
                    return False
        return True

    def _must_be_told(self, name: str) -> bool:
        kind = self._base.type_of(name)
        member = name in self._base.members
        # What can stand in for another, and so contradict it.
        return member or kind == PLACE or kind in self._base.content.alike


def holds_pronoun(text: str, *, surely: bool) -> bool:
    """Tell whether a question holds a word that stands for something said before.

    Args:
        text: The question.
        surely: Leave out words such as `de`, which are often no pronouns.
    """
    words = [token.word for token in tokens_of(text)]
    goes_on = word_list("verbs_first") | word_list("empty_words")
    for place, word in enumerate(words):
        following = words[place + 1 : place + 2]
        alone = not following or following[0] in goes_on
        if word in words_of("pronouns"):
            return True
        if word in words_of("pronouns_or_articles") and alone and not surely:
            return True
    return False


def asks_further(text: str) -> bool:
    """Tell whether a yes/no question goes on to ask more: `, and if so who`."""
    _, comma, rest = text.rpartition(",")
    folded = fold(rest)
    return bool(comma) and holds(folded, "conditions") and holds_any(
        folded, "question_words"
    )


def leans_on_reply(text: str) -> bool:
    """Tell whether a question holds only in case of one reply to the one before it."""
    return holds(fold(text), "conditions") and not asks_further(text)


def weighs_claims(text: str) -> bool:
    """Tell whether a question is who or what of several is right."""
    # `Sånn`, folded, is `sann`, which is true.
    folded = fold(_SUCH.sub(" ", text))
    return holds_any(folded, "right_or_wrong") and holds_any(folded, "asking_words")
