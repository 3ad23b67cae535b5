"""The console's settings: read from the environment, refused by name."""

from typing import Any

import pytest

from bot.errors import ConfigError
from bot.settings import Settings
from bot.staff.in_force import IS_SET, settings_in_force
from bot.staff.people import Person
from bot.staff.settings import Provider, StaffSettings, read_staff_settings

BY_PROVIDER = {
    "HELSE_OIDC_ISSUER": "https://id.example.org/tenant/",
    "HELSE_OIDC_CLIENT": "console",
    "HELSE_OIDC_SECRET": "a secret of the tests",
    "HELSE_OIDC_ROLES": "realm_access.roles: Support=handler Web team=editor IT=admin",
}


def test_an_empty_environment_gives_the_defaults() -> None:
    assert read_staff_settings({}) == StaffSettings()


def test_a_fresh_checkout_serves_this_machine_alone_on_port_5006() -> None:
    default = StaffSettings()
    assert (default.host, default.port) == ("127.0.0.1", 5006)
    assert default.url == "http://127.0.0.1:5006"
    assert default.provider is None


def test_two_may_approve_what_the_other_proposes() -> None:
    editors = [it for it in StaffSettings().people if "editor" in it.roles]
    assert len(editors) == 2


def test_people_are_named_with_their_roles() -> None:
    written = "Kari Li:handler  Ola:editor+handler Anne-Lise Vik:admin"
    assert read_staff_settings({"HELSE_STAFF": written}).people == (
        Person("local:Kari Li", "Kari Li", frozenset({"handler"})),
        Person("local:Ola", "Ola", frozenset({"handler", "editor"})),
        Person("local:Anne-Lise Vik", "Anne-Lise Vik", frozenset({"admin"})),
    )


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("Kari", "no list of names"),
        (":handler", "no list of names"),
        ("Kari:", "no list of names"),
        ("Kari:handler Ola", "no list of names"),
        ("Kari:boss", "boss is none of handler, editor, admin"),
        ("Kari:handler Kari:editor", "Kari stands in it twice"),
        ("Kari:admin+editor", "admin sees no texts"),
        ("Kari:handler+admin", "admin sees no texts"),
    ],
)
def test_a_list_of_people_that_cannot_be_used_is_refused(
    written: str, why: str
) -> None:
    with pytest.raises(ConfigError, match=f"HELSE_STAFF: .*{why}"):
        read_staff_settings({"HELSE_STAFF": written})


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "staff.example.org"])
def test_without_a_provider_no_other_machine_reaches_the_console(host: str) -> None:
    with pytest.raises(ConfigError, match="STAFF_HOST: without HELSE_OIDC_ISSUER"):
        read_staff_settings({"HELSE_STAFF_HOST": host})


def test_without_a_provider_the_console_has_no_public_address() -> None:
    with pytest.raises(ConfigError, match="HELSE_STAFF_URL: without HELSE_OIDC_ISSUER"):
        read_staff_settings({"HELSE_STAFF_URL": "https://staff.example.org"})


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.9", "::1", "localhost"])
def test_this_machine_reaches_it_by_any_address_of_its_own(host: str) -> None:
    settings = read_staff_settings({"HELSE_STAFF_HOST": host, "STAFF_PORT": "5123"})
    assert settings.url == f"http://{f'[{host}]' if ':' in host else host}:5123"
    assert host in settings.names


def test_a_provider_is_read() -> None:
    settings = read_staff_settings(BY_PROVIDER)
    assert settings.provider == Provider(
        issuer="https://id.example.org/tenant",
        client="console",
        secret="a secret of the tests",
        claim="realm_access.roles",
        meanings={"Support": "handler", "Web team": "editor", "IT": "admin"},
    )
    assert "a secret of the tests" not in repr(settings)


def test_a_claim_may_be_called_by_an_address() -> None:
    roles = {"HELSE_OIDC_ROLES": "https://example.org/roles: a=handler b=handler"}
    provider = read_staff_settings({**BY_PROVIDER, **roles}).provider
    assert provider
    assert provider.claim == "https://example.org/roles"
    assert provider.meanings == {"a": "handler", "b": "handler"}


@pytest.mark.parametrize("missing", BY_PROVIDER)
def test_a_part_of_a_provider_is_no_provider(missing: str) -> None:
    given = {name: value for name, value in BY_PROVIDER.items() if name != missing}
    with pytest.raises(ConfigError, match=f"{missing}: it is not set"):
        read_staff_settings(given)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HELSE_OIDC_ISSUER", "http://id.example.org"),
        ("HELSE_OIDC_ISSUER", "id.example.org"),
        ("HELSE_OIDC_ISSUER", "https://user:password@id.example.org"),
        ("HELSE_OIDC_ISSUER", "https://id.example.org/?tenant=1"),
        ("HELSE_OIDC_ROLES", "Support=handler"),
        ("HELSE_OIDC_ROLES", "groups: "),
        ("HELSE_OIDC_ROLES", "groups: Support=boss"),
        ("HELSE_OIDC_ROLES", "groups: Support"),
        ("HELSE_OIDC_ROLES", "groups: Support=handler and more"),
        ("HELSE_OIDC_SCOPES", "profile"),
        ("HELSE_STAFF_URL", "http://staff.example.org"),
        ("HELSE_STAFF_URL", "https://staff.example.org/console"),
        ("HELSE_STAFF_URL", "staff.example.org"),
        ("HELSE_STAFF", "Kari:handler"),
        ("STAFF_PORT", "0"),
        ("STAFF_PORT", "seventy"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=f"setting {name}: "):
        read_staff_settings({**BY_PROVIDER, name: value})


def test_who_listens_everywhere_says_by_which_address() -> None:
    with pytest.raises(ConfigError, match="HELSE_STAFF_URL: it is not set"):
        read_staff_settings({**BY_PROVIDER, "HELSE_STAFF_HOST": "0.0.0.0"})
    url = {"HELSE_STAFF_HOST": "0.0.0.0", "HELSE_STAFF_URL": "https://a.example.org/"}
    assert read_staff_settings({**BY_PROVIDER, **url}).url == "https://a.example.org"


@pytest.mark.parametrize(
    "settings",
    [
        {"secret": "a secret of sixteen letters"},
        {
            "database": "postgresql://user:pass-word@db.example.org:5432/helse",
            "redis": "redis://:pass-word@redis.example.org/0",
        },
    ],
)
def test_what_an_administrator_reads_holds_no_secret(settings: dict[str, Any]) -> None:
    groups = settings_in_force(Settings(**settings), read_staff_settings(BY_PROVIDER))
    shown = str(groups)
    assert "a secret" not in shown
    assert "pass-word" not in shown
    assert groups["console"]["HELSE_OIDC_SECRET"] == IS_SET
    assert groups["console"]["HELSE_OIDC_ROLES"] == BY_PROVIDER["HELSE_OIDC_ROLES"]
    if settings.get("database"):
        place = "postgresql://db.example.org:5432/helse"
        assert groups["assistant"]["HELSE_DATABASE"] == place
