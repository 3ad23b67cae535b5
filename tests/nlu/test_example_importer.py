"""The reader of examples: the same as Rasa's own, and what it refuses."""

from pathlib import Path

import pytest
from rasa.shared.importers.rasa import RasaFileImporter
from rest_client import ROOT

from bot.errors import ConfigError
from bot.nlu.example_importer import ExampleImporter, read_examples

FILES = [
    str(ROOT / "data" / "nlu" / "talk" / "ask_trust.yml"),
    str(ROOT / "data" / "nlu.yml"),
    str(ROOT / "data" / "stories.yml"),
]


def test_it_reads_what_rasas_own_importer_reads() -> None:
    ours = ExampleImporter(training_data_paths=FILES)
    rasas = RasaFileImporter(training_data_paths=FILES)
    read, expected = (
        [example.as_dict() for example in importer.get_nlu_data().training_examples]
        for importer in (ours, rasas)
    )
    assert len(read) > 500
    assert sorted(map(str, read)) == sorted(map(str, expected))


def test_copies_of_training_data_are_as_good_as_the_first() -> None:
    data = ExampleImporter(training_data_paths=FILES).get_nlu_data()
    merged = data.merge(data)
    assert len(merged.training_examples) == len(data.training_examples)


def test_a_line_that_is_no_example_is_named(tmp_path: Path) -> None:
    file = tmp_path / "greet.yml"
    file.write_text(
        "nlu:\n  - intent: greet\n    examples: |\n      - hei\n      hallo\n", "utf-8"
    )
    with pytest.raises(ConfigError, match=r"greet\.yml.*'hallo' is no example"):
        list(read_examples(str(file)))
