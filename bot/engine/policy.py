"""The one rule of every conversation: whatever is said is replied to, once."""

from __future__ import annotations

from typing import Any

from rasa.core.constants import DEFAULT_POLICY_PRIORITY, POLICY_PRIORITY
from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from bot.errors import ConfigError

REPLY = "action_reply"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class ReplyPolicy(Policy):
    """Predicts the reply after a message, and listening after the reply.

    There is nothing to learn; training makes sure that the stories say the same.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings: a priority, which Rasa asks of every policy."""
        return {POLICY_PRIORITY: DEFAULT_POLICY_PRIORITY}

    def train(
        self,
        training_trackers: list[TrackerWithCachedStates],
        domain: Domain,
        **_: Any,
    ) -> Resource:
        """Hold the stories to the rule.

        Raises:
            ConfigError: The domain lacks the action, or a story has another one.
        """
        if REPLY not in domain.action_names_or_texts:
            raise ConfigError("actions in domain.yml", f"{REPLY} is missing; add it")
        for tracker in training_trackers:
            _check(tracker)
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **_: Any,
    ) -> PolicyPrediction:
        """Return which action comes next, with certainty."""
        listened = tracker.latest_action_name == ACTION_LISTEN_NAME
        chosen = REPLY if listened else ACTION_LISTEN_NAME
        return PolicyPrediction.for_action_name(
            domain, chosen, type(self).__name__, confidence=1.0
        )


def _check(story: DialogueStateTracker) -> None:
    replied = True
    for event in story.applied_events():
        if isinstance(event, UserUttered):
            replied = False
        elif isinstance(event, ActionExecuted) and event.action_name == REPLY:
            right, replied = not replied, True
            if not right:
                raise _fault(story, f"{REPLY} stands twice for one message")
        elif isinstance(event, ActionExecuted):
            if event.action_name != ACTION_LISTEN_NAME:
                raise _fault(
                    story, f"{event.action_name} stands where {REPLY} would run"
                )
            if not replied:
                raise _fault(story, f"a message has no {REPLY}")


def _fault(story: DialogueStateTracker, reason: str) -> ConfigError:
    name = story.sender_id
    return ConfigError(
        "data/stories.yml", f"{name}: {reason}; each message has one {REPLY}"
    )
