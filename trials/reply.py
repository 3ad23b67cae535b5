"""What came back for one message."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

MOST_WORDS = 120
"""The longest that a reply may be."""


@dataclasses.dataclass(frozen=True)
class Reply:
    """A reply and what happened inside the server, as its trace route tells them.

    Attributes:
        messages: The messages, exactly as the webhook returns them.
        events: Rasa's events of this turn.
        slots: Every slot's value after the turn.
    """

    messages: Sequence[Mapping[str, Any]]
    events: Sequence[Mapping[str, Any]] = ()
    slots: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def texts(self) -> list[str]:
        """The text of each message that has one."""
        return [part["text"] for part in self.messages if part.get("text")]

    @property
    def text(self) -> str:
        """All that the person reads."""
        return "\n".join(self.texts)

    @property
    def payloads(self) -> list[Mapping[str, Any]]:
        """The payloads; by the contract there is one."""
        return [part["custom"] for part in self.messages if part.get("custom")]

    @property
    def payload(self) -> Mapping[str, Any]:
        """The first payload; empty when there is none."""
        return self.payloads[0] if self.payloads else {}

    @property
    def facts(self) -> list[str]:
        """Ids of the facts that it states."""
        return list(self.payload.get("facts") or ())

    @property
    def sources(self) -> list[Mapping[str, Any]]:
        """The passages that prove them."""
        return list(self.payload.get("sources") or ())

    @property
    def buttons(self) -> list[Mapping[str, str]]:
        """Every button, in order."""
        return [b for part in self.messages for b in part.get("buttons") or ()]

    @property
    def actions(self) -> list[str]:
        """Names of the actions that ran."""
        return [event["name"] for event in self._of_kind("action")]

    @property
    def responses(self) -> list[str]:
        """Names of the domain's responses that were uttered."""
        metadata = [event.get("metadata") or {} for event in self._of_kind("bot")]
        return [each["utter_action"] for each in metadata if "utter_action" in each]

    @property
    def intents(self) -> list[str]:
        """Every intent that was understood; a message can hold several questions."""
        found = [self.payload.get("intent")]
        for event in self._of_kind("user"):
            parse = event.get("parse_data") or {}
            found.append((parse.get("intent") or {}).get("name"))
            found += [part.get("intent") for part in parse.get("questions") or ()]
        return list(dict.fromkeys(intent for intent in found if intent))

    def values_set(self, slot: str) -> list[Any]:
        """Return the values that this turn gave to a slot, empty ones left out."""
        return [
            event["value"]
            for event in self._of_kind("slot")
            if event["name"] == slot and event["value"] not in (None, "", [], {})
        ]

    def _of_kind(self, kind: str) -> list[Mapping[str, Any]]:
        return [event for event in self.events if event.get("event") == kind]
