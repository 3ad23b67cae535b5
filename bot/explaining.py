"""Tells, for maintainers, why a message was understood and answered as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.answering import Answerer

_RANKED = 3


def explanation(parse: Mapping[str, Any]) -> Iterator[str]:
    """Yield lines on what the pipeline made of a message.

    Args:
        parse: Rasa's parse data, with `scope` and `questions` of the project's
            components where they have run.
    """
    for question in parse.get("questions") or ():
        surely = f"{question['intent']} ({question['confidence']:.2f})"
        yield f"asks: {surely} «{question['text']}»"
    likely = [
        f"{intent['name']} ({intent['confidence']:.2f})"
        for intent in (parse.get("intent_ranking") or ())[:_RANKED]
    ]
    if likely:
        yield f"likeliest: {', '.join(likely)}"
    scope = parse.get("scope")
    if scope:
        yield f"none of its business: {scope['outside']:.0%}"
        words = ", ".join(scope["words"]) or "none"
        yield f"words that no example explains: {words} ({scope['unexplained']:.0%})"
    names = [f"{e['value']} ({e['entity']})" for e in parse.get("entities") or ()]
    if names:
        yield f"names: {', '.join(names)}"
    yield f"language: {parse.get('language') or 'not plain'}"


def steps(parse: Mapping[str, Any], answerer: Answerer) -> Iterator[str]:
    """Yield a line on each step from what was understood to what was told.

    Args:
        parse: As above.
        answerer: Takes the steps, as for the first message of a conversation.
    """
    # Not above: the command line imports this module for every command.
    from bot.answering import Context, Message

    for step in answerer.steps(Message.from_parse(parse), Context()):
        yield f"{step.name}: {step.found}"
