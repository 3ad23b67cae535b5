"""The two pipelines that are compared, each in a working copy of the project."""

import abc
import contextlib
import dataclasses
import os
import re
import shutil
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from bot.intents import FALLBACK
from bot.settings import PROJECT_DIR, content_dir
from trials.client import Client
from trials.errors import TrialError
from trials.processes import LOOPBACK, Process, free_port, last_lines, running, wait

DIET = "DIETClassifier"
DEFAULT_EPOCHS_OF_DIET = 100
# What a server is asked to find out whether it answers.
_FIRST = "Hei!"
# What a working copy of the project needs to train and to serve.
COPIED = (
    "actions",
    "bot",
    "language_model/dist",
    "language_model/frequencies",
    "page",
    "trials",
    "widget",
    "config.yml",
    "credentials.yml",
    "endpoints.yml",
    "requirements.lock",
)
_COPIED_CONTENT = ("data", "domain.yml", "knowledge")
# A working copy serves its own content, whatever is in force here.
_OWN_CONTENT = {"HELSE_CONTENT": ""}
_TRAINED = re.compile(
    r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) INFO\s.*?"
    r"(Starting to train|Finished training) component '(\w+)'"
)


@dataclasses.dataclass(frozen=True)
class Command:
    """What follows `python`, and the differences in its environment."""

    arguments: Sequence[str]
    environment: Mapping[str, str]


class Pipeline(abc.ABC):
    """A way to train and serve the same data, domain and actions.

    Attributes:
        name: What the report calls it.
        folder: Its working copy, where nothing is trained yet.
    """

    name: str
    environment: Mapping[str, str]

    def __init__(self, scratch: Path) -> None:
        """Copy the project, with the content in force, to a new folder in `scratch`."""
        self.folder = scratch / type(self).__name__.lower()
        sources = {entry: PROJECT_DIR / entry for entry in COPIED}
        sources |= {entry: content_dir() / entry for entry in _COPIED_CONTENT}
        for entry, source in sources.items():
            target = self.folder / entry
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                ignored = shutil.ignore_patterns("__pycache__")
                shutil.copytree(source, target, ignore=ignored)
            else:
                shutil.copy2(source, target)

    @abc.abstractmethod
    def training(self) -> Command:
        """Return the command that trains it on everything."""

    @abc.abstractmethod
    def serving(self, port: int, actions_port: int) -> list[Command]:
        """Return the commands that together serve it on a port."""


class Project(Pipeline):
    """This project's pipeline, as `make train` and `make serve` run it."""

    name = "This project"
    environment: Mapping[str, str] = _OWN_CONTENT

    def training(self) -> Command:
        """Return the command of `make train`."""
        return Command(["-m", "bot.cli", "train"], self.environment)

    def serving(self, port: int, actions_port: int) -> list[Command]:
        """Return the command of `make serve`: Rasa and the actions in one process."""
        del actions_port
        arguments = ["-m", "bot.cli", "serve", "--port", str(port)]
        return [Command(arguments, {**self.environment, "HELSE_HOST": LOOPBACK})]


class RasaDefault(Pipeline):
    """What Rasa trains when config.yml names no pipeline, served as its manual says.

    Conversations are kept in memory then, as `rasa run` does when nothing else is said.
    """

    name = "Rasa's default"
    # The defaults of TensorFlow and OpenBLAS, which the project changes for itself.
    environment: Mapping[str, str] = {
        **_OWN_CONTENT,
        "TF_ENABLE_ONEDNN_OPTS": "1",
        "OPENBLAS_NUM_THREADS": str(os.cpu_count()),
    }

    def __init__(self, scratch: Path, diet_epochs: int) -> None:
        """Copy the project and replace its pipeline, policies and ways in."""
        super().__init__(scratch)
        path = self.folder / "config.yml"
        config = default_config(yaml.safe_load(path.read_text("utf-8")), diet_epochs)
        _write(path, config)
        _write(self.folder / "data" / "rules.yml", rules(self.folder / "domain.yml"))
        _write(self.folder / "credentials.yml", {"rest": None})

    def training(self) -> Command:
        """Return `rasa train`; it logs when each component begins and ends."""
        changes = {**self.environment, "LOG_LEVEL": "INFO"}
        return Command(["-m", "rasa", "train"], changes)

    def serving(self, port: int, actions_port: int) -> list[Command]:
        """Return `rasa run actions` and `rasa run`."""
        url = f"http://{LOOPBACK}:{actions_port}/webhook"
        _write(self.folder / "endpoints.yml", {"action_endpoint": {"url": url}})
        quiet = {**self.environment, "LOG_LEVEL": "ERROR"}
        actions = ["-m", "rasa", "run", "actions", "--port", str(actions_port)]
        server = ["-m", "rasa", "run", "--interface", LOOPBACK, "--port", str(port)]
        return [
            Command(actions, {**quiet, "SANIC_HOST": LOOPBACK}),
            Command(server, quiet),
        ]


def default_config(config: Mapping[str, Any], diet_epochs: int) -> dict[str, Any]:
    """Return a configuration with the pipeline and policies that Rasa itself fills in.

    Args:
        config: The project's; its language and names are kept.
        diet_epochs: How long DIET trains. All else is Rasa's default.
    """
    from rasa.engine.recipes.default_recipe import DefaultV1Recipe

    chosen = {"pipeline", "policies"}
    kept = {key: value for key, value in config.items() if key not in chosen}
    completed: dict[str, Any] = DefaultV1Recipe.complete_config(kept, chosen)
    for component in completed["pipeline"]:
        if component["name"] == DIET and diet_epochs != DEFAULT_EPOCHS_OF_DIET:
            component["epochs"] = diet_epochs
    return completed


def rules(domain: Path) -> dict[str, Any]:
    """Return the rules by which `RulePolicy` does what `ReplyPolicy` does.

    Whatever is said is replied to: every intent of the domain, and the one that Rasa's
    FallbackClassifier puts in place of those that are not likely.
    """
    content = yaml.safe_load(domain.read_text("utf-8"))
    (action,) = content["actions"]
    every = [{"intent": intent} for intent in (*content["intents"], FALLBACK)]
    rule = {"rule": "Whatever is said", "steps": [{"or": every}, {"action": action}]}
    return {"version": "3.1", "rules": [rule]}


def seconds_of_component(log: str, component: str) -> float | None:
    """Return how long Rasa trained a component, or None where its log does not say."""
    at = {
        event: datetime.fromisoformat(moment)
        for moment, event, name in _TRAINED.findall(log)
        if name == component
    }
    if len(at) != 2:
        return None
    return (at["Finished training"] - at["Starting to train"]).total_seconds()


def stopped(pipeline: Pipeline, error: TrialError, log: Path) -> TrialError:
    """Return the error of a server that no longer answers, with what it wrote."""
    return TrialError(
        f"{pipeline.name} stopped answering ({error}); its server wrote\n"
        f"{last_lines(log)}"
    )


@contextlib.contextmanager
def served(pipeline: Pipeline, log: Path) -> Iterator[tuple[list[Process], str, float]]:
    """Serve a pipeline; yield its processes, its address and the seconds to an answer.

    Raises:
        TrialError: It does not start.
    """
    port, actions_port = free_port(), free_port()
    url = f"http://{LOOPBACK}:{port}"

    def is_up() -> bool:
        with contextlib.suppress(TrialError):
            return Client(url).is_answered(uuid.uuid4().hex, _FIRST)
        return False

    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        processes = [
            stack.enter_context(
                running(command.arguments, pipeline.folder, command.environment, log)
            )
            for command in pipeline.serving(port, actions_port)
        ]
        wait(processes, is_up, log, "a server")
        yield processes, url, time.monotonic() - began


def _write(path: Path, content: object) -> None:
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
