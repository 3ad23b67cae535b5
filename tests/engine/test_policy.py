"""The one rule of every conversation, and stories that it is held to."""

from pathlib import Path

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.policy import ReplyPolicy
from bot.errors import ConfigError

DOMAIN = Domain.from_dict({"intents": ["greet"], "actions": ["action_reply", "other"]})
SAID = UserUttered("Hei", {"name": "greet"})
LISTEN, REPLY = ActionExecuted("action_listen"), ActionExecuted("action_reply")


@pytest.fixture
def policy(tmp_path: Path) -> ReplyPolicy:
    made = ReplyPolicy.create(
        ReplyPolicy.get_default_config(),
        LocalModelStorage.create(tmp_path),
        Resource("policy"),
        ExecutionContext(GraphSchema({})),
    )
    assert isinstance(made, ReplyPolicy)
    return made


def chosen(policy: ReplyPolicy, *events: Event) -> str:
    tracker = DialogueStateTracker.from_events("kari", list(events), DOMAIN.slots)
    prediction = policy.predict_action_probabilities(tracker, DOMAIN)
    assert prediction.max_confidence == 1
    return DOMAIN.action_names_or_texts[prediction.max_confidence_index]


def train(policy: ReplyPolicy, *events: Event) -> None:
    story = TrackerWithCachedStates.from_events("A story", list(events), DOMAIN.slots)
    policy.train([story], DOMAIN)


def test_a_message_is_replied_to_once_and_then_listened_for(
    policy: ReplyPolicy,
) -> None:
    said = (LISTEN, SAID)
    assert chosen(policy, *said) == "action_reply"
    assert chosen(policy, *said, REPLY) == "action_listen"
    assert chosen(policy, *said, REPLY, LISTEN, SAID) == "action_reply"


@pytest.mark.parametrize("intent", ["restart", "back", "unheard_of", None])
def test_no_intent_has_another_rule(policy: ReplyPolicy, intent: str | None) -> None:
    assert chosen(policy, LISTEN, UserUttered("/x", {"name": intent})) == "action_reply"


def test_stories_that_follow_the_rule_are_taken(policy: ReplyPolicy) -> None:
    train(policy, LISTEN, SAID, REPLY, SlotSet("language", "nb"), LISTEN, SAID, REPLY)


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        ((LISTEN, SAID, LISTEN), "a message has no action_reply"),
        ((LISTEN, SAID, REPLY, REPLY), "action_reply stands twice"),
        ((LISTEN, SAID, ActionExecuted("other")), "other stands where"),
    ],
)
def test_a_story_that_says_otherwise_is_named(
    policy: ReplyPolicy, events: tuple[Event, ...], reason: str
) -> None:
    with pytest.raises(ConfigError, match=f"A story: {reason}"):
        train(policy, *events)


def test_a_domain_without_the_action_is_refused(policy: ReplyPolicy) -> None:
    with pytest.raises(ConfigError, match=r"domain\.yml: action_reply is missing"):
        policy.train([], Domain.empty())
