"""What maintainers are told of how a message was understood."""

from bot.explaining import explanation

PARSE = {
    "questions": [
        {"intent": "out_of_scope", "confidence": 0.91, "text": "Hva er en vulkan?"}
    ],
    "intent_ranking": [
        {"name": "out_of_scope", "confidence": 0.91},
        {"name": "ask_programme", "confidence": 0.08},
    ],
    "scope": {"outside": 0.93, "unexplained": 0.61, "words": ["vulkan"]},
    "entities": [{"value": "Etna", "entity": "unknown_name"}],
    "language": "nb",
}


def test_it_tells_what_is_asked_and_why_it_is_in_or_out() -> None:
    assert list(explanation(PARSE)) == [
        "asks: out_of_scope (0.91) «Hva er en vulkan?»",
        "likeliest: out_of_scope (0.91), ask_programme (0.08)",
        "none of its business: 93%",
        "words that no example explains: vulkan (61%)",
        "names: Etna (unknown_name)",
        "language: nb",
    ]


def test_a_button_has_nothing_to_explain_but_its_language() -> None:
    assert list(explanation({"intent_ranking": []})) == ["language: not plain"]
