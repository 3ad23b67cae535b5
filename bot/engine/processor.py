"""Rasa's processor of messages, with less done for each."""

from pathlib import Path

from rasa.core.actions.action import Action, ActionListen, RemoteAction
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.engine import loader
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    BotUttered,
    Event,
    UserUttered,
)
from rasa.shared.core.slot_mappings import SlotMappingType
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.common import TempDirectoryPath, get_temp_dir_name

from bot.engine.actions import InProcessAction, InProcessActions
from bot.engine.graph import DirectRunner
from bot.engine.intake import TakenIn
from bot.engine.relaying import NotAnsweredError, Relayed


class LightProcessor(MessageProcessor):
    """Runs graphs and actions directly, and leaves out what finds nothing here."""

    @staticmethod
    def _load_model(model_path: str | Path) -> tuple[str, ModelMetadata, GraphRunner]:
        """Load a model as Rasa does, but to be run directly."""
        with TempDirectoryPath(get_temp_dir_name()) as folder:
            metadata, runner = loader.load_predict_graph_runner(
                Path(folder), Path(model_path), LocalModelStorage, DirectRunner
            )
        return Path(model_path).name, metadata, runner

    def predict_next_with_tracker_if_should(
        self, tracker: DialogueStateTracker
    ) -> tuple[Action, PolicyPrediction]:
        """Return the next action; a custom one runs here if its endpoint does."""
        action, prediction = super().predict_next_with_tracker_if_should(tracker)
        here = isinstance(self.action_endpoint, InProcessActions)
        if here and isinstance(action, RemoteAction):
            action = InProcessAction(action.name(), self.action_endpoint)
        return action, prediction

    async def keep_relayed(self, message: TakenIn, relayed: Relayed) -> bool:
        """Keep a message that is handed to a person, with its payload as the reply.

        Nothing is understood of it, and the slots stay as they are: what the robot
        remembers goes on when the robot does.

        Returns:
            Whether somebody was still there to hand it to.
        """
        output = message.output_channel
        tracker = await self.fetch_tracker_and_update_session(message.sender_id, output)
        intent = {"name": relayed.payload["intent"], "confidence": 1.0}
        parse = {
            "text": message.text,
            "intent": intent,
            "intent_ranking": [intent],
            "entities": [],
        }
        said = UserUttered(
            message.text,
            intent,
            [],
            parse,
            input_channel=message.input_channel,
            message_id=message.message_id,
            metadata=message.metadata,
        )
        for event in (
            said,
            BotUttered(None, {"custom": relayed.payload}),
            ActionExecuted(ACTION_LISTEN_NAME),
        ):
            tracker.update(event)
        try:
            await self.tracker_store.save(tracker, relayed.write)
        except NotAnsweredError:
            return False
        if output is not None:
            await output.send_custom_json(message.sender_id, relayed.payload)
        return True

    async def run_action_extract_slots(
        self, output_channel: OutputChannel, tracker: DialogueStateTracker
    ) -> DialogueStateTracker:
        """Let Rasa fill slots from a message, where one is filled like that."""
        if not self._fills_slots():
            return tracker
        return await super().run_action_extract_slots(output_channel, tracker)

    def _fills_slots(self) -> bool:
        mappings = [it for slot in self.domain.slots for it in slot.mappings]
        custom = SlotMappingType.CUSTOM.value
        return any(it.get("type") != custom or it.get("action") for it in mappings)

    async def _run_action(
        self,
        action: Action,
        tracker: DialogueStateTracker,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        prediction: PolicyPrediction,
    ) -> bool:
        """Run an action; to listen takes no copy of the conversation to try it on."""
        if not isinstance(action, ActionListen):
            return bool(
                await super()._run_action(
                    action, tracker, output_channel, nlg, prediction
                )
            )
        self._log_action_on_tracker(tracker, action, [], prediction)
        return False

    def _log_action_on_tracker(
        self,
        tracker: DialogueStateTracker,
        action: Action,
        events: list[Event] | None,
        prediction: PolicyPrediction,
    ) -> None:
        """Add an action and its events, without a copy of them for Rasa's log."""
        given = events or []
        if not any(isinstance(event, ActionExecutionRejected) for event in given):
            tracker.update_with_events(prediction.events, self.domain)
            tracker.update(action.event_for_successful_execution(prediction))
        tracker.update_with_events(given, self.domain)

    def _check_for_unseen_features(self, parse_data: object) -> None:
        """Warn of nothing: all intents and entities that can be found are known."""
