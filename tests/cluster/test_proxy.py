"""What Caddy lets through, as deploy/Caddyfile sets it up."""

import socket
import ssl
from collections.abc import Iterator

import pytest
import urllib3

from trials.cluster.cluster import Cluster, lone_server


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with lone_server() as started:
        yield started


@pytest.fixture(scope="module")
def pool(cluster: Cluster) -> urllib3.PoolManager:
    certificate = str(cluster.proxy.certificate)
    return urllib3.PoolManager(retries=False, ca_certs=certificate, timeout=10)


def raw(cluster: Cluster, request: str) -> str:
    """Send what no client would write, and return how the answer begins."""
    port = int(cluster.proxy.url.rsplit(":", 1)[1])
    trusting = ssl.create_default_context(cafile=cluster.proxy.certificate)
    with (
        socket.create_connection(("127.0.0.1", port), 10) as plain,
        trusting.wrap_socket(plain, server_hostname="localhost") as connection,
    ):
        connection.sendall(request.encode())
        return connection.recv(4096).decode(errors="replace")


def test_the_page_comes_over_https(cluster: Cluster, pool: urllib3.PoolManager) -> None:
    answer = pool.request("GET", cluster.proxy.url)
    assert answer.status == 200
    assert b"helse-assistent" in answer.data
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_nobody_who_does_not_trust_the_authority_gets_in(cluster: Cluster) -> None:
    with pytest.raises(urllib3.exceptions.SSLError):
        urllib3.PoolManager(retries=False).request("GET", cluster.proxy.url)


@pytest.mark.parametrize(
    "path",
    [
        "/webhooks/rest/webhook",
        "/webhooks/rest/trace",
        "/webhooks/rest/",
        "/webhooks",
        "//webhooks/rest/webhook",
        "/WEBHOOKS/rest/webhook",
        "/%77ebhooks/rest/webhook",
        "/webhooks%2Frest%2Fwebhook",
        "/x/../webhooks/rest/webhook",
        "/./webhooks/rest/webhook",
        "/widget/%2e%2e/webhooks/rest/webhook",
    ],
)
def test_the_rest_channel_is_closed_however_it_is_written(
    cluster: Cluster, path: str
) -> None:
    body = '{"sender": "abc", "message": "Hei"}'
    answer = raw(
        cluster,
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}",
    )
    assert answer.split()[1] in ("400", "404", "405"), answer
    assert '"code"' in answer or answer.split()[1] == "400"


def test_a_body_that_is_far_too_large_is_refused_in_the_shape_of_all_errors(
    cluster: Cluster, pool: urllib3.PoolManager
) -> None:
    url = f"{cluster.proxy.url}/api/conversations"
    answer = pool.request("POST", url, body=bytes(400_000))
    assert answer.status == 413
    assert answer.json()["error"]["code"] == "too_large"


def test_where_no_server_is_ready_it_is_told_so_in_the_shape_of_all_errors(
    cluster: Cluster, pool: urllib3.PoolManager
) -> None:
    (server,) = cluster.servers.values()
    server.let_go()
    answer = pool.request("POST", f"{cluster.proxy.url}/api/conversations", timeout=20)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "1")
    error = answer.json()["error"]
    assert (error["code"], error["retry_after"]) == ("not_ready", 1)
