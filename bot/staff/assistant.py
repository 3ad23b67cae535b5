"""The assistant for staff: understands and answers, and keeps nothing."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.answering import Answerer, Context, Message, Question, Reply, Service
from bot.errors import ModelError
from bot.intents import ASK_TOPIC
from bot.knowledge import KnowledgeBase, load_knowledge
from bot.settings import Settings
from bot.training import model_file

logger = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True)
class _Loaded:
    """A model with the content that it answers from.

    Attributes:
        model: Its file.
        agent: Rasa's agent, which runs the pipeline.
        answerer: Answers what the pipeline understood.
    """

    model: Path
    agent: Any
    answerer: Answerer


class Assistant:
    """Understands and answers in this process, with the model in force.

    The model is loaded when it is first needed, or by `begin` beside other work. Any
    number of threads may ask; they take turns.
    """

    def __init__(
        self, settings: Settings, in_force: Callable[[], Path] = model_file
    ) -> None:
        """Take what is answered with.

        Args:
            settings: The settings.
            in_force: Returns the file of the model in force.
        """
        self._settings = settings
        self._in_force = in_force
        self._lock = threading.Lock()
        self._loaded: _Loaded | None = None
        self._beginning: threading.Thread | None = None

    @property
    def knowledge(self) -> KnowledgeBase:
        """The knowledge base that is answered from."""
        return load_knowledge()

    @property
    def is_ready(self) -> bool:
        """Whether a model is loaded, so that an answer takes no time to speak of."""
        return self._loaded is not None

    def begin(self) -> None:
        """Begin to load the model in a thread of its own, if that is not done yet."""
        if self._loaded or (self._beginning and self._beginning.is_alive()):
            return
        self._beginning = threading.Thread(target=self._try_to_load, daemon=True)
        self._beginning.start()

    def forget_model(self) -> None:
        """Have the model in force loaded anew when it is next needed."""
        with self._lock:
            self._loaded = None

    def parse(self, text: str) -> dict[str, Any]:
        """Return what Rasa's pipeline finds in a text.

        Raises:
            ModelError: There is no model, or it cannot be loaded.
        """
        # Rasa takes what begins with a slash for a command.
        bare = text.lstrip("/ \t\n")
        with self._lock:
            loaded = self._with_model()
            parsed: dict[str, Any] = asyncio.run(loaded.agent.parse_message(bare))
        return parsed

    def answer(self, message: Message, context: Context) -> Reply:
        """Return the reply to a message.

        Raises:
            ModelError: There is no model, or it cannot be loaded.
        """
        with self._lock:
            return self._with_model().answerer.answer(message, context)

    def told(self, topic: str, context: Context) -> Reply:
        """Return what is told of a topic or gap, as if its button were pressed.

        Raises:
            ModelError: There is no model, or it cannot be loaded.
        """
        question = Question("", ASK_TOPIC, 1.0, topic=topic)
        return self.answer(Message((question,), context.language), context)

    def _try_to_load(self) -> None:
        try:
            with self._lock:
                self._with_model()
        except ModelError as error:
            # Whoever asks is told so again.
            logger.warning("%s", error)

    def _with_model(self) -> _Loaded:
        """Return the model in force, loaded; the lock is held."""
        if self._loaded is None:
            self._loaded = self._load()
        return self._loaded

    def _load(self) -> _Loaded:
        # Not above: it takes seconds, and most pages need none of it.
        from bot.engine import Intake, LightAgent

        model = self._in_force()
        if not model.exists():
            raise ModelError(
                f"there is no model {model.name}: have it trained by `make train`"
            )
        base = load_knowledge()
        service = Service.from_settings(self._settings, base.content.contact)
        intake = Intake({**base.topics, **base.gaps}, self._settings.longest_message)
        return _Loaded(model, LightAgent(model, intake), Answerer(base, service))
