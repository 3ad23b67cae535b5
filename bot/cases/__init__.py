"""A person takes over: cases in which people and the staff talk. It knows no HTTP."""

from bot.cases.cases import Cases
from bot.cases.counting import CaseFigures, counted
from bot.cases.reading import kept_of
from bot.cases.records import (
    REASONS,
    Case,
    CaseRefusedError,
    Line,
    Note,
    Presence,
    Reach,
    Reason,
)
from bot.cases.relaying import Relay
from bot.cases.rules import CaseRules

__all__ = [
    "REASONS",
    "Case",
    "CaseFigures",
    "CaseRefusedError",
    "CaseRules",
    "Cases",
    "Line",
    "Note",
    "Presence",
    "Reach",
    "Reason",
    "Relay",
    "counted",
    "kept_of",
]
