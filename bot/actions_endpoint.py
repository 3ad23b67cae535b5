"""Runs the custom actions inside the Rasa server, so that both share one port."""

from typing import Any

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
