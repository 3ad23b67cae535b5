"""What Rasa logs when it fails holds nothing that somebody wrote."""

import pytest
import structlog

from bot.quiet import silence_third_parties


def test_a_failure_is_logged_without_the_message_or_local_values(
    capsys: pytest.CaptureFixture[str],
) -> None:
    silence_third_parties()
    text = "jeg heter Kari"
    try:
        raise LookupError("no such thing")
    except LookupError:
        structlog.get_logger().exception("message.failed", text=text, sender="kari")
    told = capsys.readouterr().out
    assert "message.failed" in told
    assert "LookupError: no such thing" in told
    assert "kari" not in told.lower().replace(__file__.lower(), "")
