"""Names that the knowledge base holds, and names that only hold one of them."""

from typing import Any

import pytest
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

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
    anything: Any = None
    config = KnowledgeNameExtractor.get_default_config()
    words = frozenset({"fikk", "noen", "penger", "er", "med", "ligger"})
    extractor = KnowledgeNameExtractor(config, anything, anything, words)
    (message,) = extractor.process([Message({TEXT: text})])
    found = [(each["entity"], each["value"]) for each in message.get(ENTITIES)]
    assert found == [
        *((NAME, name) for name in known),
        *((UNKNOWN_NAME, name) for name in unknown),
    ]
