"""Asks a content's questions, holds its conversations, and judges the replies."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypedDict

from bot.knowledge import load_knowledge
from trials.questions.grading import ask_all, case_files
from trials.scripts.loading import conversations_dir, find_files, read_files
from trials.scripts.promises import Promises
from trials.scripts.runner import hold
from trials.scripts.script import Conversation
from trials.trying.assistant import LocalAssistant

# The latest rounds, and what is the assistant's business at all. Older rounds were
# learnt from, and take as long again.
_FOLDERS = ("held_out", "in_or_out")

Tell = Callable[[float], None]


class Turn(TypedDict):
    """One message, and what came of it.

    Attributes:
        where: Of a question its file; of a conversation its file and its name.
        message: What is said.
        reply: What is replied.
        right: Whether that is right.
        faults: What is wrong with it.
    """

    where: str
    message: str
    reply: str
    right: bool
    faults: list[str]


class Asked(TypedDict):
    """All that was asked, by an id that stays the same from one model to another."""

    questions: dict[str, Turn]
    conversations: dict[str, Turn]


def ask_everything(model: Path, tell: Tell) -> Asked:
    """Ask the questions and hold the conversations of the content in force.

    Args:
        model: The model that answers.
        tell: Is told which share (0-1) is done.
    """
    files = [file for file in case_files() if file.parent.name in _FOLDERS]
    conversations = _conversations()
    with tempfile.TemporaryDirectory(prefix="trying-") as folder:
        assistant = LocalAssistant(model, Path(folder) / "conversations.db")
        try:
            questions: dict[str, Turn] = {}
            for number, file in enumerate(files):
                tell(number / (len(files) + 1))
                questions |= _questions(assistant, file)
            tell(len(files) / (len(files) + 1))
            promises = Promises(load_knowledge())
            held = {
                key: turn
                for conversation in conversations
                for key, turn in _turns(conversation, assistant, promises)
            }
        finally:
            assistant.close()
    return {"questions": questions, "conversations": held}


def _questions(assistant: LocalAssistant, file: Path) -> dict[str, Turn]:
    return {
        f"{verdict.case}.{verdict.number}": {
            "where": f"{file.parent.name}/{file.name}",
            "message": verdict.asked,
            "reply": verdict.told,
            "right": verdict.right,
            "faults": list(verdict.faults),
        }
        for verdict in ask_all(assistant.say, [file])
    }


def _conversations() -> list[Conversation]:
    """Return the scripted conversations of the content in force.

    Raises:
        ScriptError: A file of them cannot be used.
    """
    folder = conversations_dir()
    if not folder.is_dir() or not any(folder.rglob("*.yml")):
        return []
    conversations, faults = read_files(find_files([folder]))
    if faults:
        raise faults[0]
    return conversations


def _turns(
    conversation: Conversation, assistant: LocalAssistant, promises: Promises
) -> Iterator[tuple[str, Turn]]:
    where = f"{conversation.file.name}: {conversation.name}"
    result = hold(conversation, assistant, promises)
    for number, turn in enumerate(result.turns, 1):
        faults = [f"{each.field}: {each.text}" for each in turn.failures]
        yield (
            f"{where} {number}",
            {
                "where": where,
                "message": turn.turn.user,
                "reply": turn.reply.text if turn.reply else "",
                "right": turn.passed,
                "faults": [*faults, *filter(None, [turn.error])],
            },
        )
