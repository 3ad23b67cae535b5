"""Settings: read from the environment, with defaults, refused by name."""

from pathlib import Path
from typing import Any

import pytest

from bot.errors import ConfigError
from bot.settings import PROJECT_DIR, Settings, content_dir, read_settings


def test_an_empty_environment_gives_the_defaults() -> None:
    assert read_settings({}) == Settings()


def test_a_fresh_checkout_listens_to_itself_on_port_5005() -> None:
    assert (Settings().host, Settings().port) == ("127.0.0.1", 5005)


@pytest.mark.parametrize(
    ("name", "written", "field", "value"),
    [
        ("PORT", "8080", "port", 8080),
        ("PORT", "65535", "port", 65535),
        ("HELSE_HOST", "0.0.0.0", "host", "0.0.0.0"),
        ("HELSE_CONTACT", "post@example.org", "contact", "post@example.org"),
        ("HELSE_PRIVACY_CONTACT", "ombud@example.org", "privacy_contact", None),
        ("HELSE_PRIVACY_URL", "https://example.org/a?b=c#d", "privacy_url", None),
        ("HELSE_ACCESSIBILITY_URL", "http://uustatus.no", "accessibility_url", None),
        ("HELSE_STORE", "var/other.db", "store", Path("var/other.db")),
        ("HELSE_LONGEST_MESSAGE", "200", "longest_message", 200),
    ],
)
def test_a_setting_is_read_from_its_variable(
    name: str, written: str, field: str, value: Any
) -> None:
    expected = written if value is None else value
    assert getattr(read_settings({name: written}), field) == expected


@pytest.mark.parametrize(
    "name",
    ["PORT", "HELSE_HOST", "HELSE_CONTACT", "HELSE_STORE", "HELSE_LONGEST_MESSAGE"],
)
def test_a_variable_set_to_nothing_counts_as_unset(name: str) -> None:
    assert read_settings({name: ""}) == Settings()


@pytest.mark.parametrize("written", [{}, {"HELSE_CONTENT": ""}])
def test_the_content_is_the_projects_own_unless_a_folder_is_named(
    written: dict[str, str], tmp_path: Path
) -> None:
    assert content_dir(written) == PROJECT_DIR
    for folder in ("knowledge", "data"):
        (tmp_path / folder).mkdir()
    (tmp_path / "domain.yml").touch()
    assert content_dir({"HELSE_CONTENT": str(tmp_path)}) == tmp_path


def test_a_folder_that_holds_no_content_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"HELSE_CONTENT: .* has no knowledge"):
        content_dir({"HELSE_CONTENT": str(tmp_path)})


@pytest.mark.parametrize("name", ["PORT", "HELSE_LONGEST_MESSAGE"])
@pytest.mark.parametrize("written", ["0", "-1", "5005.0", "five", "1e3", "99999999"])
def test_a_number_that_cannot_be_used_is_refused_by_its_own_name(
    name: str, written: str
) -> None:
    with pytest.raises(ConfigError, match=f"setting {name}: '{written}'"):
        read_settings({name: written})


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("HELSE_REST", "yes"),
        ("HELSE_ORIGINS", "*"),
        ("HELSE_ORIGINS", "https://a.example/page"),
        ("HELSE_SECRET", "short"),
        ("HELSE_RATE_ADDRESS", "many"),
        ("HELSE_RATE_CONVERSATION", "20"),
        ("HELSE_PROXIES", "-1"),
        ("HELSE_KEPT_DAYS", "0"),
        ("HELSE_PRIVACY_URL", "www.example.org/personvern"),
        ("HELSE_PRIVACY_URL", "https://"),
        ("HELSE_ACCESSIBILITY_URL", "javascript:alert(1)"),
        ("HELSE_ACCESSIBILITY_URL", "https://example.org/a page"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_its_own_name(
    name: str, written: str
) -> None:
    with pytest.raises(ConfigError, match=f"setting {name}:"):
        read_settings({name: written})


def test_the_process_environment_is_read_when_no_other_is_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HELSE_CONTACT", "the front desk")
    assert read_settings().contact == "the front desk"
