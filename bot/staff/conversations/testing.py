"""Makes steps of a scripted conversation of what was said in one."""

from bot.knowledge import KnowledgeBase
from bot.staff.conversations.reading import SeenTurn
from bot.staff.proposals.changes import Step

AS_REPLIED = "as_replied"
"""What must hold is what was replied."""
_TELLS = ("answer", "not_stated")


def step_of(base: KnowledgeBase, seen: SeenTurn, text: str, expected: str) -> Step:
    """Return a turn as a step, with what must hold for the reply.

    A reply that the person disliked is nothing to hold the assistant to: where nothing
    else is expected in its place, its message only leads up to those that follow.

    Args:
        base: The knowledge base.
        seen: The turn.
        text: The message in the words that the test is to have; a button is pressed
            as it was.
        expected: `as_replied`, or the topic or gap that should have been told; else
            nothing is.
    """
    said = seen.payload or text
    language = str(seen.turn.reply["language"])
    if expected in base.topics:
        return Step(said, "answer", language, expected)
    if expected in base.gaps:
        return Step(said, "not_stated", language, expected)
    if expected != AS_REPLIED or seen.disliked:
        return Step(said)
    kind = str(seen.turn.reply["kind"])
    return Step(said, kind, language, seen.topic if kind in _TELLS else "")
