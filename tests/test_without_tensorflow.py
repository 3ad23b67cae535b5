"""Rasa without TensorFlow: it is imported, serves, and says what is missing."""

import subprocess
import sys
from pathlib import Path

import pytest
import rasa.engine.recipes.default_components
import yaml
from rasa.nlu.classifiers.diet_classifier import DIET, DIETClassifier

from bot import without_tensorflow
from bot.errors import ConfigError
from bot.nlu.example_importer import ExampleImporter
from bot.settings import PROJECT_DIR

pytestmark = pytest.mark.skipif(
    not without_tensorflow.is_missing(), reason="TensorFlow is installed here"
)
QUIET = "from bot.quiet import silence_third_parties as quiet; quiet(); "
FOUND_BY_SPACY = "import thinc.compat as it; print(it.has_tensorflow)"


def python(code: str, **environment: str) -> str:
    """Return what Python prints that begins in the project's folder."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=PROJECT_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_the_server_is_imported_with_nothing_of_tensorflow() -> None:
    code = QUIET + "import bot.server, sys; print(*sorted(sys.modules))"
    imported = python(code).split()
    assert "tensorflow" in imported
    assert not [name for name in imported if name.startswith(("jax", "tensorboard"))]
    assert without_tensorflow.is_missing()


@pytest.mark.parametrize("first", ["import rasa.nlu.utils.spacy_utils", "import spacy"])
def test_spacy_sees_that_there_is_none(first: str) -> None:
    then = "import rasa.core.agent"
    assert python(f"{QUIET}{first}; {then}; {FOUND_BY_SPACY}") == "False"


def test_what_uses_it_says_how_to_get_it() -> None:
    with pytest.raises(ImportError, match=r"DIET needs TensorFlow.*install-tensorflow"):
        DIET({}, {}, False, {}, [])


def test_the_components_that_need_it_are_those_whose_modules_import_it() -> None:
    needing = set()
    for component in vars(rasa.engine.recipes.default_components).values():
        module = sys.modules.get(getattr(component, "__module__", ""))
        if module and hasattr(component, "required_packages"):
            source = Path(str(module.__file__)).read_text("utf-8")
            if "import tensorflow" in source:
                needing.add(component.__name__)
    assert needing == without_tensorflow.NEEDING


@pytest.mark.parametrize("key", ["pipeline", "policies"])
@pytest.mark.parametrize("name", [DIETClassifier.__name__, "a.b.TEDPolicy", None])
def test_a_configuration_that_needs_it_is_refused_with_what_to_do(
    tmp_path: Path, key: str, name: str | None
) -> None:
    config = yaml.safe_load((PROJECT_DIR / "config.yml").read_text("utf-8"))
    if name is None:
        del config[key]
    else:
        config[key].append({"name": name})
    file = tmp_path / "config.yml"
    file.write_text(yaml.safe_dump(config), "utf-8")
    with pytest.raises(ConfigError, match=f"{key} in config.yml: .*VENV=.venv-tens"):
        ExampleImporter(str(file))


def test_a_tensorflow_that_is_installed_is_used(tmp_path: Path) -> None:
    package = tmp_path / "tensorflow"
    package.mkdir()
    (package / "__init__.py").write_text("__version__ = '2.12.0'", "utf-8")
    code = f"{QUIET}from bot.without_tensorflow import is_missing; print(is_missing())"
    assert python(code, PYTHONPATH=str(tmp_path)) == "False"
    tries = "import tensorflow\ntry:\n  import tensorflow.lacking\nexcept ImportError: "
    assert python(tries + "print('missing')", PYTHONPATH=str(tmp_path)) == "missing"


def test_pythons_start_in_the_environment_stands_in_too() -> None:
    told = python("import tensorflow; print(hasattr(tensorflow, '__version__'))")
    assert told == "False"
