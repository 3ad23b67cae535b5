"""What the project is measured beside: Rasa at its least, and as it comes."""

import re
from pathlib import Path
from typing import Any

from trials.examples import data_dir, read_examples, sample
from trials.measurements.traffic import read_conversations
from trials.pipelines import RasaPipeline, default_config, rules, write

_UTTERANCE = "utter_reply"
_LANGUAGE = {"recipe": "default.v1", "language": "nb", "assistant_id": "baseline"}


class RasaFloor(RasaPipeline):
    """The least that Rasa can do: words for intents, one rule and one utterance."""

    name = "Rasa's floor"

    def __init__(self, scratch: Path) -> None:
        """Write it to a new folder in `scratch`."""
        self.folder = scratch / "floor"
        # The first word of every message, so that there is one that tells its intent.
        messages = [message for talk in read_conversations() for message in talk]
        words = {re.split(r"\W+", message.lstrip())[0] for message in messages}
        config = {
            "pipeline": [
                {"name": "WhitespaceTokenizer"},
                {"name": "KeywordIntentClassifier"},
            ],
            "policies": [{"name": "RulePolicy"}],
        }
        examples = {"message": sorted(words), "other": ["Hei"]}
        _write(self.folder, config, examples)


class RasaAsItComes(RasaPipeline):
    """What Rasa trains when `config.yml` names nothing, with one utterance.

    How quick it is does not depend on how long it has learnt, and hardly on how many
    examples, so it learns from a part of them, for one round.
    """

    name = "Rasa's default"

    def __init__(self, scratch: Path, examples: int) -> None:
        """Write it to a new folder in `scratch`.

        Args:
            scratch: Where.
            examples: How many it learns from.
        """
        self.folder = scratch / "default"
        every = read_examples(data_dir())
        taken: dict[str, list[str]] = {}
        for place in sample([example.intent for example in every], examples):
            taken.setdefault(every[place].intent, []).append(every[place].text)
        config = default_config({})
        for component in [*config["pipeline"], *config["policies"]]:
            if "epochs" in component:
                component["epochs"] = 1
        _write(self.folder, config, taken)


def _write(
    folder: Path, config: dict[str, Any], examples: dict[str, list[str]]
) -> None:
    write(folder / "config.yml", {**_LANGUAGE, **config})
    write(folder / "credentials.yml", {"rest": None})
    write(folder / "endpoints.yml", {})
    intents = sorted(examples)
    write(
        folder / "domain.yml",
        {
            "version": "3.1",
            "intents": intents,
            "responses": {_UTTERANCE: [{"text": "Hei!"}]},
        },
    )
    nlu = [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)}
        for intent, texts in examples.items()
    ]
    write(folder / "data" / "nlu.yml", {"version": "3.1", "nlu": nlu})
    write(folder / "data" / "rules.yml", rules(intents, _UTTERANCE))
