"""What every response promises, whatever was asked."""

import socket
from urllib.parse import urlsplit

import pytest
import requests
from rest_client import Server
from web_client import WebClient, code_of

from bot.channels.page import ADDRESSES
from bot.channels.widget import Widget
from bot.knowledge import load_knowledge

EVIL_SITE = "https://evil.example"
WIDGET = Widget(load_knowledge())


def get(server: Server, path: str, **headers: str) -> requests.Response:
    return requests.get(f"{server.url}{path}", headers=headers, timeout=30)


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_server_that_is_up_says_so(server: Server, path: str) -> None:
    answer = get(server, path)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nothing", 404, "not_found"),
        ("GET", "/api/nothing", 404, "not_found"),
        ("GET", "/widget/nothing.js", 404, "not_found"),
        ("GET", "/widget/%2e%2e/pyproject.toml", 404, "not_found"),
        ("GET", "/widget/", 404, "not_found"),
        ("GET", "/widget/%00", 404, "not_found"),
        ("GET", "/widget/1/chat.js", 404, "not_found"),
        ("GET", "/widget/0123456789abcdef/chat.js", 404, "not_found"),
        ("GET", "/widget/widget.js/x", 404, "not_found"),
        ("GET", "/page/index.html", 404, "not_found"),
        ("GET", "/page/..%2f..%2fpyproject.toml", 404, "not_found"),
        ("PUT", "/api/about", 405, "method_not_allowed"),
        ("DELETE", "/", 405, "method_not_allowed"),
        ("GET", "/api/conversation", 401, "no_session"),
        ("POST", "/webhooks/rest/webhook", 400, "invalid_request"),
    ],
)
def test_every_error_has_the_same_shape(
    server: Server, method: str, path: str, status: int, code: str
) -> None:
    answer = requests.request(method, f"{server.url}{path}", timeout=30)
    assert (answer.status_code, code_of(answer)) == (status, code)
    assert answer.headers["content-type"].startswith("application/json")


@pytest.mark.parametrize(
    "header",
    [
        "Content-Length: -5",
        "Content-Length: five",
        "Content-Length: ٥",
        "Transfer-Encoding: gzip",
    ],
)
def test_a_body_of_unclear_length_is_refused_and_the_server_goes_on(
    server: Server, header: str
) -> None:
    address = urlsplit(server.url)
    with socket.create_connection((address.hostname, address.port), 10) as line:
        request = (
            f"POST /api/conversations HTTP/1.1\r\nHost: a\r\n{header}\r\n\r\nhello"
        )
        line.sendall(request.encode())
        answer = line.recv(4096).decode()
    assert answer.startswith("HTTP/1.1 400")
    assert get(server, "/healthz").status_code == 200


@pytest.mark.parametrize("path", ["/model", "/version", "/conversations/x/tracker"])
def test_rasas_http_api_is_not_there(server: Server, path: str) -> None:
    assert get(server, path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?lang=en",
        "/tilgjengelighet",
        "/api/announcement",
        "/widget/1/loader.js",
        f"/widget/{WIDGET.chat.path}",
        "/page/page.css",
        "/api/about",
    ],
)
def test_every_response_has_the_headers_of_a_careful_site(
    server: Server, path: str
) -> None:
    headers = get(server, path).headers
    policy = dict(
        part.strip().split(" ", 1)
        for part in headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in headers


@pytest.mark.parametrize("path", ["/nothing", "/api/conversation"])
def test_an_error_has_them_too(server: Server, path: str) -> None:
    assert "content-security-policy" in get(server, path).headers


def test_what_was_said_is_never_cached(web: WebClient) -> None:
    assert web.call("GET", "conversation").headers["cache-control"] == "no-store"


def test_a_file_that_has_not_changed_is_not_sent_again(server: Server) -> None:
    first = get(server, "/page/page.js")
    stamp = first.headers["last-modified"]
    again = get(server, "/page/page.js", **{"If-Modified-Since": stamp})
    assert again.status_code == 304
    assert "javascript" in first.headers["content-type"]


@pytest.mark.parametrize(
    "path",
    ["/", "/personvern", "/api/announcement", "/widget/1/loader.js", "/page/page.css"],
)
def test_what_is_large_comes_compressed_to_whoever_can_read_it(
    server: Server, path: str
) -> None:
    plain = get(server, path, **{"Accept-Encoding": "identity"})
    small = get(server, path, **{"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert small.headers["content-encoding"] == "gzip"
    assert int(small.headers["content-length"]) < len(plain.content) / 2
    assert small.content == plain.content


def test_without_a_setting_the_contact_is_that_of_the_content(server: Server) -> None:
    told = get(server, "/api/about").json()["contact"]
    assert told == load_knowledge().content.contact


@pytest.mark.parametrize("address", ADDRESSES.values())
def test_the_statements_are_served_in_the_language_that_is_asked_for(
    server: Server, address: str
) -> None:
    for query, language in {"": "nb", "?lang=nn": "nn", "?lang=de": "nb"}.items():
        page = get(server, address + query)
        assert page.status_code == 200
        assert page.headers["cache-control"] == "no-cache"
        assert f'<html lang="{language}">' in page.text


def test_the_api_tells_where_the_statements_are(server: Server) -> None:
    assert get(server, "/api/about").json()["statements"] == ADDRESSES


def test_the_announcement_is_told_line_by_line_at_its_offsets(server: Server) -> None:
    base = load_knowledge()
    told = get(server, "/api/announcement").json()
    assert told["title"] == base.title
    assert [block["role"] for block in told["blocks"]].count("title") == 1
    shown = {block["start"]: block["text"] for block in told["blocks"]}
    assert shown == {block.start: base.text_of(block) for block in base.blocks()}


def test_an_announcement_that_is_known_is_not_sent_again(
    server: Server, other_site: str
) -> None:
    first = get(server, "/api/announcement")
    tag = first.headers["etag"]
    again = get(
        server, "/api/announcement", **{"If-None-Match": tag, "Origin": other_site}
    )
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["access-control-allow-origin"] == other_site
    assert again.headers["etag"] == tag
    assert again.headers["cache-control"] == "no-cache"
    other = get(server, "/api/announcement", **{"If-None-Match": 'W/"other"'})
    assert other.json() == first.json()


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/", *ADDRESSES.values()])
def test_a_monitor_that_asks_for_the_head_alone_is_answered(
    server: Server, path: str
) -> None:
    assert requests.head(f"{server.url}{path}", timeout=30).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/api/about",
        "/api/announcement",
        "/widget/1/loader.js",
        f"/widget/{WIDGET.chat.path}",
    ],
)
def test_a_site_on_the_list_may_embed_the_widget_and_no_other(
    server: Server, other_site: str, path: str
) -> None:
    allowed = get(server, path, Origin=other_site).headers
    assert allowed["access-control-allow-origin"] == other_site
    assert "access-control-allow-credentials" not in allowed
    refused = get(server, path, Origin=EVIL_SITE).headers
    assert "access-control-allow-origin" not in refused
    assert refused["cache-control"] == "no-store"
    assert allowed["vary"] == refused["vary"] == "Origin, Accept-Encoding"


@pytest.mark.parametrize(
    "path", ["/", "/personvern", "/webhooks/rest/webhook", "/readyz"]
)
def test_the_rest_of_the_server_is_for_no_other_site(
    server: Server, other_site: str, path: str
) -> None:
    headers = get(server, path, Origin=other_site).headers
    assert "access-control-allow-origin" not in headers


def test_a_browser_that_asks_first_is_told_what_it_may_send(
    server: Server, other_site: str
) -> None:
    asks = {
        "Origin": other_site,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    url = f"{server.url}/api/conversation/messages"
    answer = requests.options(url, headers=asks, timeout=30)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == other_site
    assert "Authorization" in answer.headers["access-control-allow-headers"]
    assert "POST" in answer.headers["access-control-allow-methods"]
