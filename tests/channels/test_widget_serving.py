"""The widget over HTTP: files that never change, and one that follows the server."""

import base64
import hashlib
import json
import logging
from unittest import mock

import pytest
import requests
import sqlalchemy.exc
from rest_client import Server

from bot import cli
from bot.channels.widget import FOLLOWED, Widget, WidgetFile
from bot.knowledge import load_knowledge
from bot.settings import PROJECT_DIR
from bot.store import ConversationStore

BASE = load_knowledge()
SECOND = load_knowledge(PROJECT_DIR / "tests" / "second_content" / "knowledge")
WIDGET = Widget(BASE)


def get(server: Server, path: str, **headers: str) -> requests.Response:
    return requests.get(f"{server.url}{path}", headers=headers, timeout=30)


def integrity(body: bytes) -> str:
    return f"sha384-{base64.b64encode(hashlib.sha384(body).digest()).decode()}"


@pytest.mark.parametrize("file", [WIDGET.loader, WIDGET.chat], ids=lambda it: it.name)
def test_a_file_that_is_named_by_its_version_never_changes(
    server: Server, file: WidgetFile
) -> None:
    answer = get(server, f"/widget/{file.path}")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert integrity(answer.content) == file.integrity
    version = hashlib.sha256(answer.content).hexdigest()[:16]
    assert file.path == f"{version}/{file.name}"


@pytest.mark.parametrize("path", [FOLLOWED, "/widget/widget.js"])
def test_a_page_that_follows_the_server_asks_again_after_ten_minutes(
    server: Server, path: str
) -> None:
    answer = get(server, path)
    assert answer.text == WIDGET.loader.content
    assert "max-age=600" in answer.headers["cache-control"]
    tag = answer.headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}'):
        again = get(server, path, **{"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
    assert get(server, path, **{"If-None-Match": '"other"'}).status_code == 200


def test_the_loader_vouches_for_the_chat(server: Server) -> None:
    loader = get(server, FOLLOWED).text
    config = json.JSONDecoder().raw_decode(loader, loader.index("{"))[0]
    chat = get(server, f"/widget/{config['path']}")
    assert config["integrity"] == integrity(chat.content)


@pytest.mark.parametrize("base", [BASE, SECOND], ids=["first", "second"])
def test_the_chat_says_what_the_content_says(base: object) -> None:
    assert isinstance(base, type(BASE))
    widget = Widget(base)
    [title] = [base.text_of(block) for block in base.blocks() if block.role == "title"]
    for language in ("nb", "nn", "en"):
        for topic in base.content.starters:
            asked = base.wording[language].topics[topic].ask
            assert json.dumps(asked, ensure_ascii=False) in widget.chat.content
        named = json.dumps(base.content.title.into(language), ensure_ascii=False)
        assert f'"{language}":{named}' in widget.loader.content
    assert title in widget.chat.content


def test_another_content_has_other_addresses() -> None:
    assert Widget(SECOND).loader.path != WIDGET.loader.path
    assert Widget(SECOND).chat.path != WIDGET.chat.path


def test_what_was_served_once_is_served_to_pages_that_name_it(server: Server) -> None:
    older = WidgetFile("chat.js", "export const chat = 'that of last year';")
    assert get(server, f"/widget/{older.path}").status_code == 404
    store = ConversationStore.in_file(server.store)
    for _ in range(2):
        store.keep_widget_file(older.path, older.content)
    answer = get(server, f"/widget/{older.path}")
    assert integrity(answer.content) == older.integrity
    assert "immutable" in answer.headers["cache-control"]


def test_what_is_served_is_kept_for_servers_that_come_after(server: Server) -> None:
    store = ConversationStore.in_file(server.store)
    for file in (WIDGET.loader, WIDGET.chat):
        assert store.widget_file(file.path) == file.content


def test_a_store_that_is_away_keeps_no_content_from_being_served(
    caplog: pytest.LogCaptureFixture,
) -> None:
    away = sqlalchemy.exc.OperationalError("INSERT", {}, Exception("away"))
    store = mock.Mock(keep_widget_file=mock.Mock(side_effect=away))
    with caplog.at_level(logging.ERROR):
        WIDGET.keep(store)
    assert WIDGET.loader.path in caplog.text


def test_sites_on_the_list_and_no_other_may_frame_the_page_for_frames(
    server: Server, other_site: str
) -> None:
    for path in ("/embed/", "/embed?lang=nn"):
        framed = get(server, path)
        policy = framed.headers["content-security-policy"]
        assert policy.endswith(f"frame-ancestors 'self' {other_site}")
    assert "script-src 'self'" in policy
    assert "x-frame-options" not in framed.headers
    assert '<html lang="nn">' in framed.text
    for path in ("/", "/embed.html", "/page/embed.js"):
        headers = get(server, path).headers
        assert headers["content-security-policy"].endswith("frame-ancestors 'none'")
        assert headers["x-frame-options"] == "DENY"


def test_a_command_prints_what_a_site_pastes(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["widget", "--url", f"{server.url}/"]) == 0
    printed = capsys.readouterr().out
    assert f'src="{server.url}/widget/{WIDGET.loader.path}"' in printed
    assert f'integrity="{WIDGET.loader.integrity}"' in printed
    assert f'src="{server.url}{FOLLOWED}"' in printed
    assert f'src="{server.url}/embed?lang=nb"' in printed
    assert f"script-src 'self' {server.url}; connect-src 'self' {server.url}" in printed


def test_without_an_address_the_command_prints_what_this_machine_serves(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", "8080")
    assert cli.main(["widget"]) == 0
    printed = capsys.readouterr().out
    assert f"http://127.0.0.1:8080/widget/{WIDGET.loader.path}" in printed


def test_an_address_that_serves_no_widget_is_told(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["widget", "--url", f"{server.url}/nothing"]) == 1
    assert f"{server.url}/nothing serves no widget" in capsys.readouterr().err
