"""Runs the custom actions inside the Rasa server, so that both share one port."""

from typing import Any

from rasa.core.actions import action
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor


class InProcessActions(EndpointConfig):
    """An action endpoint that calls the actions instead of sending them over HTTP.

    Rasa asks an `EndpointConfig` to post the action call and takes the JSON that comes
    back; this one hands the call to the SDK's executor, as its own server would.
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


class TrustedAction(action.RemoteAction):
    """A custom action that runs in the server's own process.

    Rasa writes the whole conversation and the domain into each call, and checks what
    comes back from an action server against a JSON schema, and that schema against its
    own: more than half of the time to a reply. The actions here read the latest message
    and the slots, and rasa-sdk has just made the result, so there is nothing to check.
    """

    def _action_call_format(
        self, tracker: DialogueStateTracker, domain: Domain
    ) -> dict[str, Any]:
        state = {**tracker.current_state(), "events": []}
        call = {"next_action": self.name(), "sender_id": tracker.sender_id}
        return {**call, "tracker": state, "domain": {}}

    def _validate_action_result(self, result: dict[str, Any]) -> bool:
        return True


def run_actions_here() -> InProcessActions:
    """Have Rasa run the custom actions in this process, all of them `TrustedAction`.

    Returns:
        The endpoint to give Rasa.
    """
    # Rasa has no setting for the class of custom actions.
    action.RemoteAction = TrustedAction
    return InProcessActions()
