"""The assistant for staff: understands and answers, and keeps nothing."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.answering import Answerer, Context, Message, Question, Reply
from bot.errors import ModelError
from bot.intents import ASK_TOPIC
from bot.knowledge import KnowledgeBase, load_knowledge
from bot.settings import Settings
from bot.training import model_file

_NEW_WORD = "Hei fra Qwertystad"

logger = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True)
class _Loaded:
    """A model with the content that it answers from.

    Attributes:
        release: What was in force when it was loaded.
        agent: Rasa's agent, which runs the pipeline.
        answerer: Answers what the pipeline understood.
    """

    release: object
    agent: Any
    answerer: Answerer


def _the_only() -> object:
    """Return what is in force where no release is ever made."""
    return None


class Assistant:
    """Understands and answers in this process, with the model in force.

    The model is loaded when it is first needed, or by `begin` beside other work. Any
    number of threads may ask; they take turns.
    """

    def __init__(
        self,
        settings: Settings,
        model: Callable[[], Path] = model_file,
        release: Callable[[], object] = _the_only,
    ) -> None:
        """Take what is answered with.

        Args:
            settings: The settings.
            model: Returns the file of the model in force.
            release: Returns what is in force; once that is another, the model and the
                content are loaded anew before the next answer. It is asked each time.
        """
        self._settings = settings
        self._model = model
        self._release = release
        self._lock = threading.Lock()
        self._loaded: _Loaded | None = None
        self._beginning: threading.Thread | None = None

    @property
    def knowledge(self) -> KnowledgeBase:
        """The knowledge base that is answered from."""
        loaded = self._loaded
        return loaded.answerer.base if loaded else load_knowledge()

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
        release = self._release()
        if self._loaded is None or self._loaded.release != release:
            self._loaded = self._load(release)
        return self._loaded

    def _load(self, release: object) -> _Loaded:
        # Not above: it takes seconds, and most pages need none of it.
        from bot.engine import LightAgent
        from bot.renewal import intake_for

        model = self._model()
        if not model.exists():
            raise ModelError(
                f"there is no model {model.name}: have it trained by `make train`"
            )
        base = load_knowledge()
        agent = LightAgent(model, intake_for(self._settings, base))
        # What is looked for where a word is new is loaded at the first such word.
        asyncio.run(agent.parse_message(_NEW_WORD))
        return _Loaded(release, agent, Answerer.of(base, self._settings))
