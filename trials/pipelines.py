"""Ways to train and serve an assistant: the project, and what Rasa does by itself."""

import abc
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.intents import FALLBACK
from bot.settings import PROJECT_DIR, content_dir
from trials.errors import TrialError
from trials.processes import LOOPBACK, Command

ENVIRONMENT = PROJECT_DIR / ".venv"
RASAS_ENVIRONMENT = PROJECT_DIR / ".venv-tensorflow"
"""The environment with all that Rasa brings, which its own pipelines need."""
RASAS_SETTINGS = {
    # The defaults of TensorFlow and OpenBLAS, which the project changes for itself.
    "TF_ENABLE_ONEDNN_OPTS": "1",
    "OPENBLAS_NUM_THREADS": str(os.cpu_count()),
    "LOG_LEVEL": "ERROR",
}
# What a working copy of the project needs to train and to serve.
_COPIED = (
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


class Pipeline(abc.ABC):
    """A way to train and serve an assistant.

    Attributes:
        name: What the reports call it.
        folder: Where it is trained and served.
        environment: The folder of its Python environment.
    """

    name: str
    folder: Path
    environment: Path

    @abc.abstractmethod
    def training(self) -> Command:
        """Return the command that trains it on everything."""

    @abc.abstractmethod
    def serving(self, port: int, actions_port: int) -> list[Command]:
        """Return the commands that together serve it on a port."""


class Project(Pipeline):
    """This project's pipeline, as `make train` and `make serve` run it.

    Attributes:
        settings: Settings that it is served with, by name.
    """

    name = "This project"
    environment = ENVIRONMENT

    def __init__(self, scratch: Path) -> None:
        """Copy the project, with the content in force, to a new folder in `scratch`."""
        self.folder = scratch / "project"
        self.settings: dict[str, str] = {}
        copy_project(self.folder)

    def training(self) -> Command:
        """Return the command of `make train`."""
        return Command(["-m", "bot.cli", "train"], _OWN_CONTENT)

    def serving(self, port: int, actions_port: int) -> list[Command]:
        """Return the command of `make serve`: Rasa and the actions in one process."""
        del actions_port
        arguments = ["-m", "bot.cli", "serve", "--port", str(port)]
        changes = {**_OWN_CONTENT, "HELSE_HOST": LOOPBACK, **self.settings}
        return [Command(arguments, changes)]


class RasaPipeline(Pipeline):
    """A pipeline that is trained and served by Rasa's own commands.

    Conversations are kept in memory then, as `rasa run` does when nothing else is said.
    """

    environment = RASAS_ENVIRONMENT

    def training(self) -> Command:
        """Return `rasa train`."""
        return self.rasa("train")

    def serving(self, port: int, actions_port: int) -> list[Command]:
        """Return `rasa run`."""
        del actions_port
        return [self.rasa("run", "--interface", LOOPBACK, "--port", str(port))]

    def rasa(self, *arguments: str, **settings: str) -> Command:
        """Return a command of Rasa's in the environment that has all it needs.

        Raises:
            TrialError: The environment is not there.
        """
        python = python_of(self.environment)
        changes = {**_OWN_CONTENT, **RASAS_SETTINGS, **settings}
        return Command(["-m", "rasa", *arguments], changes, str(python))


class RasaDefault(RasaPipeline):
    """What Rasa trains when config.yml names no pipeline, with the project's actions.

    It is served as Rasa's manual says, with an action server beside it.
    """

    name = "Rasa's default"

    def __init__(self, scratch: Path, diet_epochs: int) -> None:
        """Copy the project and replace its pipeline, policies and ways in."""
        self.folder = scratch / "default"
        copy_project(self.folder)
        path = self.folder / "config.yml"
        config = default_config(yaml.safe_load(path.read_text("utf-8")))
        for component in config["pipeline"]:
            if component["name"] == "DIETClassifier":
                component["epochs"] = diet_epochs
        write(path, config)
        domain = yaml.safe_load((self.folder / "domain.yml").read_text("utf-8"))
        (action,) = domain["actions"]
        write(self.folder / "data" / "rules.yml", rules(domain["intents"], action))
        write(self.folder / "credentials.yml", {"rest": None})

    def serving(self, port: int, actions_port: int) -> list[Command]:
        """Return `rasa run actions` and `rasa run`."""
        url = f"http://{LOOPBACK}:{actions_port}/webhook"
        write(self.folder / "endpoints.yml", {"action_endpoint": {"url": url}})
        arguments = ["run", "actions", "--port", str(actions_port)]
        actions = self.rasa(*arguments, SANIC_HOST=LOOPBACK)
        return [actions, *super().serving(port, actions_port)]


def python_of(environment: Path) -> Path:
    """Return the Python of an environment.

    Raises:
        TrialError: The environment is not there.
    """
    python = environment / "bin" / "python"
    if not python.exists():
        raise TrialError(
            f"there is no {environment.name}, which Rasa's own pipelines need: run "
            "make install-tensorflow first"
        )
    return python


def copy_project(folder: Path) -> None:
    """Make a working copy of the project, with the content in force."""
    sources = {entry: PROJECT_DIR / entry for entry in _COPIED}
    sources |= {entry: content_dir() / entry for entry in _COPIED_CONTENT}
    for entry, source in sources.items():
        target = folder / entry
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, target, ignore=ignored)
        else:
            shutil.copy2(source, target)


def default_config(config: Mapping[str, Any]) -> dict[str, Any]:
    """Return a configuration with the pipeline and policies that Rasa itself fills in.

    Args:
        config: What else stands in it.
    """
    from rasa.engine.recipes.default_recipe import DefaultV1Recipe

    chosen = {"pipeline", "policies"}
    kept = {key: value for key, value in config.items() if key not in chosen}
    completed: dict[str, Any] = DefaultV1Recipe.complete_config(kept, chosen)
    return completed


def rules(intents: list[str], action: str) -> dict[str, Any]:
    """Return the rules by which `RulePolicy` does what `ReplyPolicy` does.

    Whatever is said is replied to: each of the intents, and the one that Rasa's
    FallbackClassifier puts in place of those that are not likely.
    """
    every = [{"intent": intent} for intent in (*intents, FALLBACK)]
    rule = {"rule": "Whatever is said", "steps": [{"or": every}, {"action": action}]}
    return {"version": "3.1", "rules": [rule]}


def write(path: Path, content: object) -> None:
    """Write a file of YAML, in a folder that is made if it is not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
