"""The settings in force, as an administrator may read them: without secrets."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from bot.settings import Settings, content_dir
from bot.staff.settings import Provider, StaffSettings

IS_SET = "***"
"""Stands for a secret that is set."""


def settings_in_force(
    settings: Settings, staff: StaffSettings
) -> dict[str, Mapping[str, str]]:
    """Return the value of each setting, by its name, of the assistant and the console.

    What is not set is empty.
    """
    return {"assistant": _assistant(settings), "console": _console(staff)}


def _assistant(settings: Settings) -> dict[str, str]:
    host, port = settings.metrics or ("", "")
    return {
        "PORT": str(settings.port),
        "WORKERS": str(settings.workers),
        "HELSE_HOST": settings.host,
        "HELSE_CONTENT": str(content_dir()),
        "HELSE_CONTACT": settings.contact,
        "HELSE_OPERATOR": settings.operator,
        "HELSE_PRIVACY_CONTACT": settings.privacy_contact,
        "HELSE_PRIVACY_URL": settings.privacy_url,
        "HELSE_ACCESSIBILITY_URL": settings.accessibility_url,
        "HELSE_EMERGENCY": settings.emergency,
        "HELSE_OUT_OF_HOURS": settings.out_of_hours,
        "HELSE_HELPLINE": settings.helpline,
        "HELSE_STORE": "" if settings.database else str(settings.store),
        "HELSE_DATABASE": _place(settings.database),
        "HELSE_REDIS": _place(settings.redis),
        "HELSE_SECRET": IS_SET if settings.secret else "",
        "HELSE_KEPT_DAYS": str(settings.kept_days),
        "HELSE_AUDIT_DAYS": str(settings.audit_days),
        "HELSE_LONGEST_MESSAGE": str(settings.longest_message),
        "HELSE_ORIGINS": " ".join(settings.origins),
        "HELSE_RATE_CONVERSATION": settings.rate_conversation,
        "HELSE_RATE_OPENING": settings.rate_opening,
        "HELSE_RATE_ADDRESS": settings.rate_address,
        "HELSE_PROXIES": str(settings.proxies),
        "HELSE_REST": "on" if settings.rest else "off",
        "HELSE_DRAIN": str(settings.drain),
        "HELSE_METRICS": f"{host}:{port}" if host else "",
        "HELSE_LOG": settings.log,
        "HELSE_CASES": "on" if settings.cases else "off",
        "HELSE_HOURS": settings.hours.written,
        "HELSE_CLOSED_DAYS": " ".join(map(str, sorted(settings.closed_days))),
        "HELSE_CASE_WAIT": str(settings.case_wait),
        "HELSE_CASE_IDLE": str(settings.case_idle),
        "HELSE_STAFF_NAMES": "on" if settings.staff_names else "off",
        "HELSE_RATE_CASES": settings.rate_cases,
    }


def _console(staff: StaffSettings) -> dict[str, str]:
    people = [f"{it.name}:{'+'.join(sorted(it.roles))}" for it in staff.people]
    return {
        "STAFF_PORT": str(staff.port),
        "HELSE_STAFF_HOST": staff.host,
        "HELSE_STAFF_URL": staff.url,
        "HELSE_STAFF": "" if staff.provider else " ".join(people),
        **_provider(staff.provider),
    }


def _provider(provider: Provider | None) -> dict[str, str]:
    names = ("ISSUER", "CLIENT", "SECRET", "ROLES", "SCOPES")
    values = [""] * len(names)
    if provider:
        means = [f"{value}={role}" for value, role in provider.meanings.items()]
        roles = f"{provider.claim}: {' '.join(means)}"
        values = [provider.issuer, provider.client, IS_SET, roles, provider.scopes]
    return {
        f"HELSE_OIDC_{name}": value for name, value in zip(names, values, strict=True)
    }


def _place(url: str) -> str:
    """Return the address of a database without its user and password."""
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}{parts.path}" if url else ""
