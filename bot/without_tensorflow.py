"""Lets Rasa be imported where TensorFlow is not installed.

Rasa imports TensorFlow, which is most of its start, its memory and its disk, though
nothing in this project's `config.yml` uses it. So `requirements.lock` leaves it out and
a stand-in takes its place: modules whose every name is a class that Rasa can inherit
from and write in annotations, and that says what is missing when it is used.

Where TensorFlow is installed it is used: the stand-in is asked last, after all real
ways to find a module. `make install` copies this file into the environment and has it
run at every start of Python there, so that Rasa's own command line works too. It
imports nothing but the standard library, and nothing of the project.
"""

import importlib
import sys
import types
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from typing import Any, NoReturn

NEEDING = frozenset(
    {
        "ConveRTFeaturizer",
        "DIETClassifier",
        "LanguageModelFeaturizer",
        "ResponseSelector",
        "TEDPolicy",
        "UnexpecTEDIntentPolicy",
    }
)
"""Rasa's components that need TensorFlow."""
ADVICE = (
    "TensorFlow, which is not installed here: run make install-tensorflow, then your "
    "command again with VENV=.venv-tensorflow"
)
_ROOTS = ("tensorflow", "keras")


class _Absent(type):
    """What stands in for each name: a class, whose attributes are such classes too."""

    def __getattr__(cls, name: str) -> "_Absent":
        return _absent(f"{cls.__module__}.{cls.__name__}", name)

    def __call__(cls, *_: object, **__: object) -> NoReturn:
        raise ImportError(f"{cls.__name__} needs {ADVICE}")


def _absent(module: str, name: str) -> _Absent:
    if name.startswith("__"):
        raise AttributeError(name)
    return _Absent(name, (), {"__module__": module})


class _Module(types.ModuleType):
    """A module of TensorFlow or Keras that is not there."""

    def __getattr__(self, name: str) -> Any:
        return _absent(self.__name__, name)


class _StandIn(MetaPathFinder, Loader):
    """Finds and makes the modules that are not there."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: types.ModuleType | None = None,
    ) -> ModuleSpec | None:
        """Return how to make a module, for those of TensorFlow and Keras alone."""
        del path, target
        root = fullname.partition(".")[0]
        # Where the root is there, its parts are its own.
        is_ours = fullname == root or isinstance(sys.modules.get(root), _Module)
        if root not in _ROOTS or not is_ours or _is_thinc_asking():
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> types.ModuleType:
        """Return the module."""
        return _Module(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Do nothing: the module has nothing in it."""


def _is_thinc_asking() -> bool:
    """Tell whether spaCy's library asks, which would use what it finds.

    It is imported here if it was not yet, so that it has asked before anybody else.
    """
    try:
        asking = importlib.import_module("thinc.compat")
    except ImportError:
        return False
    return not hasattr(asking, "has_tensorflow")


def stand_in() -> None:
    """Stand in for TensorFlow wherever it is imported and not found; once is enough."""
    # Another copy of this file may have done it: the one in the environment.
    if _StandIn.__name__ not in {type(finder).__name__ for finder in sys.meta_path}:
        sys.meta_path.append(_StandIn())


def is_missing() -> bool:
    """Tell whether there is no TensorFlow but the stand-in, if that."""
    try:
        return not hasattr(importlib.import_module("tensorflow"), "__version__")
    except ImportError:
        return True
