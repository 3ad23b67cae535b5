"""A small assistant of its own: some questions to learn, and how frequent words are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import wordfreq
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.question_classifier import QuestionClassifier
from bot.nlu.scope_decision import ScopeDecision

EXAMPLES = {
    "ask_grant_recipients": [
        "Hvem fikk penger?",
        "Hvem fikk pengene fra Siva?",
        "Hvem var det som fikk støtte?",
        "Hvilke inkubatorer fikk penger?",
        "Fikk inkubatorene penger?",
        "Kven fekk pengar?",
        "Kven fekk pengane frå Siva?",
        "Kva inkubatorar fekk støtte?",
        "Fekk inkubatorane pengar?",
        "Who got the money?",
        "Who got money from Siva?",
        "Which incubators got money?",
    ],
    "ask_grant_amount": [
        "Hvor mye penger var det?",
        "Hvor mye støtte ble delt ut?",
        "Hvor stor er potten?",
        "Hvor mange millioner er potten på?",
        "Hva er summen på støtten?",
        "Kor mykje pengar var det?",
        "Kor stor er potten?",
        "Kor mykje støtte vart delt ut?",
        "Kor mange millionar er potten på?",
        "How much money was it?",
        "How large is the pot?",
        "How many millions were handed out?",
    ],
    "ask_leader": [
        "Hvem leder Siva?",
        "Hvem er direktør i Siva?",
        "Hva heter direktøren?",
        "Hva heter lederen i Siva?",
        "Hvem er sjef der?",
        "Kven leier Siva?",
        "Kven er direktør i Siva?",
        "Kva heiter direktøren?",
        "Kven er sjef der?",
        "Who leads Siva?",
        "Who is the director of Siva?",
        "What is the director called?",
    ],
    "greet": [
        *("Hei", "Hei hei", "Hallo", "Hei du", "God dag", "God morgen"),
        *("Heisann", "Hei på deg", "Hello", "Hi", "Hi there", "Good morning"),
    ],
    "distress": [
        "Jeg orker ikke mer",
        "Jeg vil ikke leve lenger",
        "Jeg har det helt forferdelig",
        "Jeg er så fortvilet",
        "Alt er håpløst for meg",
        "Eg orkar ikkje meir",
        "Eg vil ikkje leve lenger",
        "Eg er så fortvila",
        "Eg har det heilt forferdeleg",
        "I cannot go on",
        "I do not want to live anymore",
        "I am so desperate",
    ],
    "out_of_scope": [
        "Hva blir været i morgen?",
        "Kan du lage en oppskrift på vafler?",
        "Hvem vant kampen i går?",
        "Hva er hovedstaden i Frankrike?",
        "Skriv et dikt om katten min",
        "Korleis vert vêret i morgon?",
        "Kan du laga ei oppskrift på vaflar?",
        "Kven vann kampen i går?",
        "Skriv eit dikt om katten min",
        "What will the weather be tomorrow?",
        "Who won the match yesterday?",
        "Write a poem about my cat",
    ],
    "insult": [
        *("Du er dum", "Du er en idiot", "Så dum du er", "For en idiot", "Hold kjeft"),
        *("Du er ein idiot", "Hald kjeft", "Så dum du er da", "You are stupid"),
        *("You are an idiot", "Shut up", "Stupid bot"),
    ],
}
# Shares of all words, as the package wordfreq gives them: common ones and rare ones.
SHARES = {
    1e-2: """hva hvem hvor hvilke mye mange er det i og en et som på kan du jeg har ikke
        vil kva kven kor eg ikkje ein ei eit who what how the is of a do you it my om
        meg min fra frå til for var ble vart blir vert så fikk fekk got stor large""",
    1e-4: "penger pengar money hei hello dag morgen leve spiller spelar leder leier",
    1e-6: "sjiraffen sirkuset vulkanen bronkitt dyrehagen giraffe volcano circus",
}
# The settings in use are fitted to thousands of examples, these to some dozens.
FITTED = {
    "evidence": 2.0,
    "talk_unexplained": 0.2,
    "midpoint": 0.1,
    "slope": 5.0,
    "base_confidence": 0.3,
    "urgent": {"distress": -0.25},
    "question_confidence": 0.4,
    "split_confidence": 0.5,
}


class Assistant:
    """The two components, trained and loaded, one after the other as Rasa runs them."""

    def __init__(
        self,
        examples: dict[str, list[str]],
        folder: Path,
        classifier: dict[str, Any],
        decision: dict[str, Any],
    ) -> None:
        storage = LocalModelStorage.create(folder)
        data = TrainingData(
            [
                Message({TEXT: text, INTENT: intent})
                for intent, texts in examples.items()
                for text in texts
            ]
        )
        self.trained: list[Any] = []
        self.loaded: list[Any] = []
        for kind, own in (
            (QuestionClassifier, {"features": 2**12, **classifier}),
            (ScopeDecision, decision),
        ):
            config = {**kind.get_default_config(), **own}
            where = (
                storage,
                Resource(kind.__name__),
                ExecutionContext(GraphSchema({})),
            )
            component = kind.create(config, *where)
            component.train(data)
            self.trained.append(component)
            self.loaded.append(kind.load(config, *where))

    def read(self, text: str, *, loaded: bool = True, **names: str) -> Message:
        """Return a message with what the components set on it.

        Args:
            text: What is written.
            loaded: Ask the loaded components, not those that have just been trained.
            names: A name in the text for a kind of entity.
        """
        entities = [
            {"entity": kind, "start": start, "end": start + len(name)}
            for kind, name in names.items()
            for start in [text.index(name)]
        ]
        message = Message({TEXT: text, ENTITIES: entities})
        for component in self.loaded if loaded else self.trained:
            component.process([message])
        return message


MakeAssistant = Callable[..., Assistant]
Learn = Callable[..., Any]


@pytest.fixture
def learn(tmp_path: Path) -> Learn:
    """Trains one component on examples, and returns it loaded from what it kept."""

    def learn_from(kind: Any, examples: list[Message], **config: Any) -> Any:
        where = (
            LocalModelStorage.create(tmp_path),
            Resource(kind.__name__),
            ExecutionContext(GraphSchema({})),
        )
        settings = {**kind.get_default_config(), **config}
        kind.create(settings, *where).train(TrainingData(examples))
        return kind.load(settings, *where)

    return learn_from


@pytest.fixture(scope="session")
def make_assistant(tmp_path_factory: pytest.TempPathFactory) -> MakeAssistant:
    """Trains an assistant, with settings of ScopeDecision and the classifier's."""
    shares = {word: share for share, words in SHARES.items() for word in words.split()}
    nynorsk = tmp_path_factory.mktemp("frequencies") / "nynorsk.tsv"
    nynorsk.write_text("ikkje\t10\n", encoding="utf-8")

    def make(
        examples: dict[str, list[str]] = EXAMPLES,
        classifier: dict[str, Any] | None = None,
        **decision: Any,
    ) -> Assistant:
        folder = tmp_path_factory.mktemp("model")
        own = {"nynorsk": str(nynorsk), **FITTED, **decision}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(wordfreq, "get_frequency_dict", lambda *_, **__: shares)
            return Assistant(examples, folder, classifier or {}, own)

    return make


@pytest.fixture(scope="session")
def examples() -> dict[str, list[str]]:
    """What the assistant has learnt from: sentences by their intent."""
    return EXAMPLES


@pytest.fixture(scope="session")
def assistant(make_assistant: MakeAssistant) -> Assistant:
    """A trained assistant."""
    return make_assistant()
