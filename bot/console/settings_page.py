"""The page `Innstillinger`: the settings in force, for administrators."""

from flask import Blueprint

from bot.cases import CaseRules
from bot.console.access import needs
from bot.console.desk import Desk
from bot.console.opening_hours import closed_days_told, hours_told
from bot.console.pages import shown
from bot.staff.in_force import IS_SET, settings_in_force


def blueprint(desk: Desk) -> Blueprint:
    """Return the page."""
    pages = Blueprint("settings", __name__, url_prefix="/settings")

    @pages.get("/")
    @needs("admin")
    def index() -> str:
        groups = settings_in_force(desk.settings, desk.staff)
        rules = CaseRules.from_settings(desk.settings)
        return shown(
            "settings.html",
            groups=groups,
            is_set=IS_SET,
            has_cases=rules.are_on,
            hours=hours_told(rules),
            closed_days=closed_days_told(rules),
        )

    return pages
