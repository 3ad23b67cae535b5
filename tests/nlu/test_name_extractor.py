"""Names that the knowledge base holds, and names that only hold one of them."""

from typing import Any

import pytest
import spacy
from rasa.nlu.utils.spacy_utils import SpacyModel
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from spacy.tokens import Doc, Span

from bot.nlu.name_extractor import NAME, UNKNOWN_NAME, KnowledgeNameExtractor


@pytest.mark.parametrize(
    ("text", "known", "unknown"),
    [
        ("Fikk noen på Vestlandet penger?", ["western_norway"], []),
        ("Fikk Høgskulen på Vestlandet penger?", [], ["Høgskulen på Vestlandet"]),
        ("Er universitetet i Oslo med?", [], ["universitetet i Oslo"]),
        ("Er Oslo universitetssykehus med?", [], ["Oslo universitetssykehus"]),
        ("Ligger Aleap i Oslo?", ["aleap", "oslo"], []),
    ],
)
def test_an_institution_that_is_called_after_a_place_is_not_the_place(
    text: str, known: list[str], unknown: list[str]
) -> None:
    words = ("fikk", "noen", "penger", "er", "med", "ligger")
    found = names(text, spacy.blank("nb"), *words)
    assert found == [
        *((NAME, name) for name in known),
        *((UNKNOWN_NAME, name) for name in unknown),
    ]


def test_spacy_runs_where_a_word_may_be_a_name_and_only_there() -> None:
    run: list[str] = []
    blank = spacy.blank("nb")

    def model(text: str) -> Doc:
        run.append(text)
        doc = blank(text)
        doc.ents = [Span(doc, 1, 2, "ORG")]
        return doc

    known = ("fikk", "penger", "og", "hvor", "mange")
    assert names("Fikk Oslo og Siva penger? 43", model, *known)[0][0] == NAME
    assert names("Hvor mange fikk penger?", model, *known) == []
    assert run == []
    found = names("fikk zorgkompaniet penger", model, *known)
    assert found == [(UNKNOWN_NAME, "zorgkompaniet")]
    assert run == ["fikk zorgkompaniet penger"]


@pytest.mark.parametrize(("word", "read"), [("fikk", 60), ("zorg", 40)])
def test_spacy_reads_so_many_words_of_a_long_message_fewer_where_all_may_be_names(
    word: str, read: int
) -> None:
    run: list[str] = []
    blank = spacy.blank("nb")

    def model(text: str) -> Doc:
        run.append(text)
        return blank(text)

    names(f"zorgkompaniet {' '.join([word] * 300)}", model, "fikk")
    assert [len(text.split()) for text in run] == [read]


class Loaded:
    """Stands in for a model that has been loaded."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def begin(self) -> None:
        """Have nothing to do."""

    def __call__(self, text: str) -> Doc:
        doc: Doc = self._model(text)
        return doc


def names(text: str, model: Any, *known_words: str) -> list[tuple[str, str]]:
    """Return the names that the extractor finds, in a model that knows some words."""
    anything: Any = None
    config = KnowledgeNameExtractor.get_default_config()
    words = frozenset(known_words)
    extractor = KnowledgeNameExtractor(config, anything, anything, words)
    loaded = SpacyModel(Loaded(model), "made up")
    (message,) = extractor.process([Message({TEXT: text})], loaded)
    return [(each["entity"], each["value"]) for each in message.get(ENTITIES)]
