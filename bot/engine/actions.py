"""Runs the custom actions inside the Rasa server, so that both share one port."""

from typing import Any

from rasa.core.actions import action
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor


class InProcessActions(EndpointConfig):
    """An action endpoint that calls the actions instead of sending them over HTTP.

    It takes what Rasa would post to an action server and returns what that would send
    back; rasa-sdk's executor runs the action, as in its own server.
    """

    def __init__(self, package: str = "actions") -> None:
        """Register the actions of a package."""
        super().__init__(url=f"in-process:{package}")
        self._executor = ActionExecutor()
        self._executor.register_package(package)

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Any | None:
        """Run the action call in `json` and return its events and responses."""
        return await self._executor.run(kwargs["json"])


class InProcessAction(action.RemoteAction):
    """A custom action that runs in the server's own process.

    Rasa writes the whole conversation and the domain into each call, and checks what
    comes back from an action server against a JSON schema, and that schema against its
    own: more than half of the time to a reply. The actions here read the latest message
    and the slots, and rasa-sdk has just made the result, so there is nothing to check.
    """

    async def run(
        self,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        tracker: DialogueStateTracker,
        domain: Domain,
    ) -> list[Event]:
        """Return what the action utters and the events that it gives."""
        del domain
        call = {
            "next_action": self.name(),
            "sender_id": tracker.sender_id,
            "tracker": {**tracker.current_state(), "events": []},
            "domain": {},
        }
        result = await self.action_endpoint.request(json=call)
        uttered = await self._utter_responses(
            result["responses"], output_channel, nlg, tracker
        )
        return [*uttered, *map(_event, result["events"])]


def _event(written: dict[str, Any]) -> Event:
    """Return an event as the SDK writes it; most are slots, which need no search."""
    if written["event"] == SlotSet.type_name:
        return SlotSet(written["name"], written["value"], written["timestamp"])
    return deserialise_events([written])[0]
