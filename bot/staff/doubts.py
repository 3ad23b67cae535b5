"""What speaks against a reply to a question, beside how surely it was understood."""

from __future__ import annotations

from bot.knowledge import KnowledgeBase
from bot.knowledge.models import PLACE
from bot.languages import Language
from bot.reading.form import read_form
from bot.reading.lexicon import holds_any, word_list
from bot.reading.quantities import find_quantities
from bot.reading.spelling import fold, tokens_of
from bot.staff.hearing import Heard
from bot.staff.phrases import words_of

# A question understood as surely (0-1) as this leans on nothing that was said.
_UNDERSTOOD = 0.96
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
        form = read_form(heard.text)
        asked = form.yes_no and (form.inverted or form.confirming)
        if not asked or form.asks_to_tell or form.either:
            return True
        return heard.reply.kind != "answer" or self._verdict(heard) is not None

    def _verdict(self, heard: Heard) -> str | None:
        """Return `yes` or `no` where a reply begins so."""
        verdicts = self._base.wording[self._language].verdicts
        text = heard.reply.text
        said = (key for key, word in verdicts.items() if text.startswith(f"{word}."))
        return next(said, None)

    @staticmethod
    def points_back(heard: Heard) -> bool:
        """Tell whether a question may only be understood by what is before it."""
        named = any(entity["entity"] == "name" for entity in heard.entities)
        understood = heard.reply.confidence >= _UNDERSTOOD
        return not named and holds_pronoun(heard.text, surely=understood)

    def leaves_open(self, heard: Heard) -> bool:
        """Tell whether the reply is that a claim is not settled by what it tells.

        The chat errs on that side, where a person sees at once whether it is settled.
        """
        return heard.reply.kind == "not_stated" and heard.topic in self._base.topics

    @staticmethod
    def says_too_little(heard: Heard) -> bool:
        """Tell whether a question such as `how many is it?` names nothing by itself."""
        known = word_list("question_words") | word_list("empty_words")
        words = (token.word for token in tokens_of(heard.text))
        surely = heard.reply.confidence >= _UNDERSTOOD
        return not surely and all(word in known or word in _FILLING for word in words)

    def holds_figures(self, heard: Heard) -> bool:
        """Tell whether an answer says something to each figure of its question."""
        reply = heard.reply
        if reply.kind != "answer" or self._verdict(heard):
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

        What was taken for a name, but is written as other words are, may be none.
        """
        base, reply = self._base, heard.reply
        if reply.kind != "answer" or self._verdict(heard) == "no":
            return True
        stated = {each for fact in reply.facts for each in base.stated_by(fact)}
        told = fold(reply.text)
        for entity in heard.entities:
            written = heard.text[entity.get("start", 0) : entity.get("end", 0)]
            if entity["entity"] == "unknown_name":
                if not written[:1].isupper() or fold(written) not in told:
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


def weighs_claims(text: str) -> bool:
    """Tell whether a question is who or what of several is right."""
    folded = fold(text)
    return holds_any(folded, "right_or_wrong") and holds_any(folded, "asking_words")
