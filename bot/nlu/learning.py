"""What the components that learn have in common: how they come to be, and are kept."""

from __future__ import annotations

import abc
from pathlib import Path
from typing import Any, Generic, TypeVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

T = TypeVar("T")


class LearningComponent(GraphComponent, abc.ABC, Generic[T]):
    """A component that learns something of type `T` from the examples."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        learnt: T | None = None,
    ) -> None:
        """Take the settings and what was learnt, if that is known already."""
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._learnt = learnt

    @abc.abstractmethod
    def learn(self, training_data: TrainingData) -> T:
        """Return what the examples teach."""

    @staticmethod
    @abc.abstractmethod
    def save(learnt: T, folder: Path) -> None:
        """Write what was learnt into a folder of the model."""

    @staticmethod
    @abc.abstractmethod
    def read(folder: Path) -> T:
        """Return what was learnt from that folder."""

    @abc.abstractmethod
    def complete(self, message: Message, learnt: T) -> None:
        """Set on a message, which has a text, what is found out about it."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LearningComponent[T]:
        """Return a component that has learnt nothing yet."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LearningComponent[T]:
        """Return a component with what it has learnt."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, cls.read(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples, and keep what they teach."""
        self._learnt = self.learn(training_data)
        with self._storage.write_to(self._resource) as folder:
            self.save(self._learnt, folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the examples as they are: no other component learns from this one."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Complete the messages with a text, once something was learnt."""
        for message in messages:
            if message.get(TEXT) and self._learnt is not None:
                self.complete(message, self._learnt)
        return messages
