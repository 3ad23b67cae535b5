"""What is logged holds nothing that somebody wrote, whoever logs it."""

import json
import logging

import pytest
import structlog

from bot.logs import RASA, log_request, log_to_stderr, request_id
from bot.quiet import silence_third_parties

SAID = "jeg heter Kari"


@pytest.fixture(params=["plain", "json"])
def style(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each way to log; pytest's own handlers are put back after the test."""
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(root, "level", root.level)
    return str(request.param)


def fail() -> None:
    try:
        raise LookupError(SAID)
    except LookupError as error:
        raise ValueError(f"no number: {SAID}") from error


def told(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    assert captured.out == ""
    assert SAID not in captured.err
    return captured.err


def test_a_failure_is_logged_with_its_place_and_causes_and_no_words(
    style: str, capsys: pytest.CaptureFixture[str]
) -> None:
    log_to_stderr(style)  # type: ignore[arg-type]
    try:
        fail()
    except ValueError as error:
        logging.getLogger("bot.server").error("It failed", exc_info=error)
    written = told(capsys)
    assert "It failed" in written
    assert "builtins.ValueError" in written
    assert "builtins.LookupError" in written
    assert __file__ in written


def test_of_what_others_log_only_the_place_is_told(
    style: str, capsys: pytest.CaptureFixture[str]
) -> None:
    log_to_stderr(style)  # type: ignore[arg-type]
    logging.getLogger("asyncio").error("Task failed: %s", SAID)
    assert "test_logs:" in told(capsys)


def test_rasas_lines_keep_their_name_alone(
    style: str, capsys: pytest.CaptureFixture[str]
) -> None:
    silence_third_parties()
    log_to_stderr(style)  # type: ignore[arg-type]
    try:
        fail()
    except ValueError:
        structlog.get_logger().exception("message.failed", text=SAID, sender="kari")
    written = told(capsys)
    assert "message.failed" in written
    assert RASA in written
    assert "kari" not in written.lower().replace(__file__.lower(), "")


def test_a_request_is_a_line_of_json_with_its_id(
    style: str, capsys: pytest.CaptureFixture[str]
) -> None:
    log_to_stderr(style)  # type: ignore[arg-type]
    reset = request_id.set("0f8d2a4c")
    log_request(method="POST", route="/api/conversations", status=201, ms=1.2)
    request_id.reset(reset)
    written = told(capsys)
    if style == "plain":
        assert written == ""
        return
    line = json.loads(written)
    assert line["request_id"] == "0f8d2a4c"
    assert (line["route"], line["status"], line["ms"]) == (
        "/api/conversations",
        201,
        1.2,
    )
