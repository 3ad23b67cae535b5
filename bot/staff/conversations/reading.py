"""Reads one conversation: as the person saw it, and what was understood."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from bot.answering import Answerer, Context, Message
from bot.answering.reply import RELAYED
from bot.store import ConversationStore, Turn
from bot.store.tables import MESSAGES
from bot.store.turns import MESSAGE, REPLY, turns_of

_SLOT = "slot"
_RANKED = 3


@dataclasses.dataclass(frozen=True)
class Button:
    """A button as it was offered.

    Attributes:
        title: What stood on it.
        pressed: Whether the person pressed it.
    """

    title: str
    pressed: bool


@dataclasses.dataclass(frozen=True)
class SeenTurn:
    """A turn, with what lay behind it.

    Attributes:
        turn: What was said and replied.
        said_at: When, in seconds since 1970.
        buttons: The buttons of the reply.
        payload: What pressing a button sent; empty for text.
        parse: What the pipeline made of the message.
        slots: How the conversation stood before it.
        topic: The topic or gap that was told; empty where none was.
    """

    turn: Turn
    said_at: float
    buttons: tuple[Button, ...]
    payload: str
    parse: Mapping[str, Any]
    slots: Mapping[str, Any]
    topic: str

    @property
    def is_relayed(self) -> bool:
        """Whether the message went to a person, and the robot kept silent."""
        return bool(self.turn.reply["kind"] == RELAYED)

    @property
    def disliked(self) -> bool:
        """Whether the person gave the reply a thumb down."""
        return self.turn.feedback is not None and self.turn.feedback.rating == "down"


@dataclasses.dataclass(frozen=True)
class Asked:
    """A question that was found in a message: its text, and what it asks how surely."""

    text: str
    intent: str
    confidence: float


@dataclasses.dataclass(frozen=True)
class Understood:
    """What was understood of a message, and why.

    Attributes:
        intent: What was understood first.
        confidence: How surely (0-1).
        language: The language of the message; empty where it was not plain.
        names: The names that were found in it.
        questions: The questions that were found in it.
        likeliest: What it may ask, the likeliest first, and how surely.
        unexplained: Words that no example explains.
        steps: The steps from there to the answer, by name and what was found.
    """

    intent: str
    confidence: float
    language: str
    names: tuple[str, ...]
    questions: tuple[Asked, ...]
    likeliest: tuple[tuple[str, float], ...]
    unexplained: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]


def latest_with_robot(store: ConversationStore, sender: str) -> int:
    """Return the event of the latest message that the robot replied to, or 0."""
    latest = sa.select(sa.func.max(MESSAGES.c.event_id)).where(
        MESSAGES.c.sender_id == sender, MESSAGES.c.kind != RELAYED
    )
    with store.engine.connect() as connection:
        return connection.execute(latest).scalar() or 0


def read_conversation(
    store: ConversationStore, conversation: str
) -> tuple[SeenTurn, ...]:
    """Return the turns of a conversation, the oldest first; none where it is gone."""
    events = store.events(conversation)
    feedback = {turn.id: turn.feedback for turn in store.turns(conversation)}
    said = {event["message_id"]: event for event in events if event["event"] == MESSAGE}
    spoken = [event for event in events if event["event"] in (MESSAGE, REPLY)]
    before = _slots_before(events)
    topics = _topics(store, conversation)
    turns = [
        dataclasses.replace(turn, feedback=feedback.get(turn.id))
        for turn in turns_of(spoken)
    ]
    payloads = [_payload(said[turn.id]) for turn in turns]
    pressed = _pressed(turns, payloads)
    return tuple(
        SeenTurn(
            turn=turn,
            said_at=said[turn.id]["timestamp"],
            buttons=tuple(
                Button(button["title"], (place, button["payload"]) in pressed)
                for button in turn.reply["buttons"]
            ),
            payload=payloads[place],
            parse=said[turn.id].get("parse_data") or {},
            slots=before[turn.id],
            topic=topics.get(turn.id) or "",
        )
        for place, turn in enumerate(turns)
    )


def read_turn(
    store: ConversationStore, conversation: str, message: str
) -> SeenTurn | None:
    """Return one turn of a conversation, or None where it is gone."""
    turns = read_conversation(store, conversation)
    return next((seen for seen in turns if seen.turn.id == message), None)


def understood(seen: SeenTurn, answerer: Answerer) -> Understood:
    """Return what was understood of a message, and the steps from there.

    Args:
        seen: The turn.
        answerer: Takes the steps anew, from what was understood then.
    """
    parse = seen.parse
    found = parse.get("entities") or ()
    return Understood(
        intent=str(seen.turn.reply.get("intent") or ""),
        confidence=float(seen.turn.reply.get("confidence") or 0.0),
        language=str(parse.get("language") or ""),
        names=tuple(str(it["value"]) for it in found if it["entity"] != "topic"),
        questions=tuple(
            Asked(it["text"], it["intent"], it["confidence"])
            for it in parse.get("questions") or ()
        ),
        likeliest=tuple(
            (it["name"], it["confidence"])
            for it in (parse.get("intent_ranking") or ())[:_RANKED]
        ),
        unexplained=tuple((parse.get("scope") or {}).get("words") or ()),
        steps=tuple(_steps(seen, answerer)),
    )


def _steps(seen: SeenTurn, answerer: Answerer) -> list[tuple[str, str]]:
    if seen.payload or seen.is_relayed:
        return []  # A button says what it means; and a person answers by themselves.
    names = answerer.base.names
    # What an older content knew by name may be no more.
    known = [
        it
        for it in seen.parse.get("entities") or ()
        if it["entity"] != "name" or it["value"] in names
    ]
    message = Message.from_parse({**seen.parse, "entities": known})
    steps = answerer.steps(message, Context.from_slots(seen.slots))
    return [(step.name, step.found) for step in steps]


def _slots_before(events: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return how the conversation stood before each message."""
    slots: dict[str, Any] = {}
    before: dict[str, dict[str, Any]] = {}
    for event in events:
        if event["event"] == _SLOT:
            slots[event["name"]] = event["value"]
        elif event["event"] == MESSAGE:
            before[event["message_id"]] = dict(slots)
    return before


def _topics(store: ConversationStore, conversation: str) -> dict[str, str | None]:
    """Return what was told to each message."""
    its = sa.select(MESSAGES.c.message_id, MESSAGES.c.topic).where(
        MESSAGES.c.sender_id == conversation
    )
    with store.engine.connect() as connection:
        return {row.message_id: row.topic for row in connection.execute(its)}


def _payload(message: Mapping[str, Any]) -> str:
    """Return what a button sent, or nothing of a text."""
    text = message.get("text") or ""
    return text if text.startswith("/") else ""


def _pressed(turns: Sequence[Turn], payloads: Sequence[str]) -> set[tuple[int, str]]:
    """Return which buttons were pressed: the place of the turn, and the payload.

    A button that several replies offered was pressed at the latest of them.
    """
    offered: dict[str, int] = {}
    pressed = set()
    for place, (turn, payload) in enumerate(zip(turns, payloads, strict=True)):
        if payload in offered:
            pressed.add((offered[payload], payload))
        for button in turn.reply["buttons"]:
            offered[button["payload"]] = place
    return pressed


