"""Keeps third parties quiet and small: no warnings, telemetry, needless threads."""

import importlib
import logging
import os
import warnings
from collections.abc import MutableMapping
from typing import Any

import structlog

from bot.logs import RASA
from bot.without_tensorflow import stand_in

# Fields of Rasa's log lines that hold nothing of a conversation.
_KEPT = frozenset({"event", "exc_info"})
_ENVIRONMENT = {
    # TensorFlow tells of processor features and missing graphics cards.
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    # Rasa 3.6 is written for SQLAlchemy 1.4 and cannot heed its notes on 2.0.
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "SQLALCHEMY_WARN_20": "0",
    # Rasa draws no progress bars at this level.
    "LOG_LEVEL": "ERROR",
    # Rasa's own cache does not see changes in the project's components.
    "RASA_MAX_CACHE_SIZE": "0",
    # One message is too little for several threads of OpenBLAS, which wait for each
    # other in loops that keep the processors busy.
    "OPENBLAS_NUM_THREADS": "1",
}


def silence_third_parties() -> None:
    """Set this up; call it before numpy, Rasa, spaCy or TensorFlow are imported."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.update(_ENVIRONMENT)
    stand_in()
    # Sanic sets up warnings when it is imported, so that has to come first.
    importlib.import_module("sanic")
    # Deprecations inside pinned libraries are for those who raise the pins.
    warnings.simplefilter("ignore")
    structlog.configure(
        processors=[
            without_values,
            structlog.stdlib.render_to_log_kwargs,
        ],
        logger_factory=lambda *_: logging.getLogger(RASA),
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
    )
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    logging.getLogger("rasa").setLevel(logging.WARNING)
    logging.getLogger("tensorflow").setLevel(logging.ERROR)
    logging.getLogger("matplotlib").setLevel(logging.WARNING)


def without_values(
    logger: Any, method: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Leave out of a log line of Rasa's what could hold what somebody wrote."""
    del logger, method
    return {name: value for name, value in line.items() if name in _KEPT}
