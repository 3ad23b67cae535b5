"""Reads the example sentences for Rasa, much faster than Rasa's own reader."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import without_tensorflow
from bot.errors import ConfigError

_YAML_SUFFIXES = (".yml", ".yaml")
_EXAMPLE = re.compile(r"- (\S.*)")
# Compiled where PyYAML was built with libyaml, and many times faster then.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Example(Message):
    """An example sentence, which nothing changes once it is read.

    Rasa copies every example and digests it anew each time it puts training data
    together, which for 50,000 takes a minute. An example stands for its own copy.
    """

    def __deepcopy__(self, _: dict[int, Any]) -> Example:
        """Return the example itself."""
        return self

    def fingerprint(self) -> str:
        """Return a digest of what the example says, without Rasa's detours by JSON."""
        return hashlib.sha256(repr(self.data).encode()).hexdigest()


class ExampleImporter(RasaFileImporter):
    """Rasa's importer of files, for plain examples without marks of entities.

    Rasa's own tells what a file holds by parsing all of them several times.
    """

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
        **_: Any,
    ) -> None:
        """Sort the files by what they hold.

        Args:
            config_file: Rasa's `config.yml`.
            domain_path: Rasa's `domain.yml`.
            training_data_paths: Files and folders of YAML.

        Raises:
            ConfigError: The configuration needs TensorFlow, which is not installed.
        """
        super().__init__(config_file, domain_path, [])
        _require_tensorflow(self.get_config())
        given = training_data_paths or []
        files = list(_files([given] if isinstance(given, str) else given))
        self._nlu_files = [file for file in files if has_key(file, "nlu")]
        self._story_files = [
            file for file in files if has_key(file, "stories") or has_key(file, "rules")
        ]

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Return the examples of all files.

        Raises:
            ConfigError: A line is no example.
        """
        return TrainingData(
            [example for file in self._nlu_files for example in read_examples(file)]
        )


def read_examples(file: str) -> Iterator[Message]:
    """Yield the examples of a file of Rasa's NLU format.

    Raises:
        ConfigError: A line is no example; the message names it.
    """
    content = yaml.load(Path(file).read_text("utf-8"), Loader=_Loader)
    for block in content["nlu"]:
        for line in block["examples"].splitlines():
            found = _EXAMPLE.fullmatch(line.rstrip())
            if not found:
                raise ConfigError(
                    file, f"'{line}' is no example; begin the line with '- '"
                )
            yield Example.build(
                found[1], block["intent"], intent_metadata=block.get("metadata")
            )


def _require_tensorflow(config: dict[str, Any]) -> None:
    """Make sure that TensorFlow is there where some component needs it.

    Where a list of components is missing, Rasa fills in its own, which need it.
    """
    for key in ("pipeline", "policies") if config else ():
        named = [part["name"].rpartition(".")[2] for part in config.get(key) or ()]
        needing = without_tensorflow.NEEDING.intersection(named)
        if (needing or not named) and without_tensorflow.is_missing():
            which = ", ".join(sorted(needing)) or "Rasa's own choice"
            raise ConfigError(
                f"{key} in config.yml", f"{which} needs {without_tensorflow.ADVICE}"
            )


def _files(paths: list[str]) -> Iterator[str]:
    for path in map(Path, paths):
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (str(file) for file in inside if file.suffix in _YAML_SUFFIXES)


def has_key(file: str, key: str) -> bool:
    """Tell whether a file of YAML holds something under a key."""
    found = re.search(rf"^{key}:", Path(file).read_text("utf-8"), re.MULTILINE)
    return found is not None
