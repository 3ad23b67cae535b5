"""Tokens and what they open, with the clock turned forward."""

import asyncio
import dataclasses
import time
from pathlib import Path

import pytest

from bot.channels.faults import Fault
from bot.channels.sessions import Sessions
from bot.errors import ConfigError
from bot.settings import Settings

DAY = 24 * 60 * 60


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(store=tmp_path / "conversations.db", kept_days=7)


async def kept(_: str) -> bool:
    return True


async def forgotten(_: str) -> bool:
    return False


def code_of(sessions: Sessions, token: str) -> str | None:
    """Return why a token opens nothing, or None where it opens its conversation."""
    try:
        asyncio.run(sessions.conversation(f"Bearer {token}"))
    except Fault as fault:
        return fault.code
    return None


def turn_clock(monkeypatch: pytest.MonkeyPatch, days: float) -> None:
    later = time.time() + days * DAY
    monkeypatch.setattr(time, "time", lambda: later)


def test_a_token_opens_its_conversation_after_a_restart(settings: Settings) -> None:
    token = Sessions(settings, forgotten).open()
    assert code_of(Sessions(settings, forgotten), token) is None


def test_a_token_of_another_secret_opens_nothing(settings: Settings) -> None:
    token = Sessions(settings, forgotten).open()
    changed = dataclasses.replace(settings, secret="another secret of some length")
    assert code_of(Sessions(changed, kept), token) == "no_session"


def test_the_secret_is_for_its_owner_alone(settings: Settings) -> None:
    Sessions(settings, forgotten)
    secret = settings.store.parent / "secret"
    assert secret.stat().st_mode & 0o777 == 0o600
    assert len(secret.read_text("ascii")) >= 32


@pytest.mark.parametrize("content", ["", "short", b"\xff" * 40])
def test_a_file_without_a_secret_is_refused(
    settings: Settings, content: str | bytes
) -> None:
    written = content if isinstance(content, bytes) else content.encode()
    (settings.store.parent / "secret").write_bytes(written)
    with pytest.raises(ConfigError, match="delete it"):
        Sessions(settings, forgotten)


def test_an_old_token_opens_a_conversation_that_is_kept_and_no_other(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = Sessions(settings, forgotten).open()
    turn_clock(monkeypatch, days=6.9)
    assert code_of(Sessions(settings, forgotten), token) is None
    turn_clock(monkeypatch, days=7.1)
    assert code_of(Sessions(settings, forgotten), token) == "session_expired"
    assert code_of(Sessions(settings, kept), token) is None
