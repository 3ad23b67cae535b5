"""The staff console as a process, and a tab of a browser that has it open."""

import html
import json
import re
from collections.abc import Mapping, Sequence
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import urllib3

from bot.settings import PROJECT_DIR
from trials.cluster.keeper import Kept
from trials.errors import TrialError
from trials.processes import LOOPBACK, Command, free_port

_OK, _SEE_OTHER = 200, 303
_SECONDS_TO_ANSWER = 30
_LINK = re.compile(r"^  (?P<name>.+?) \([^)]*\): (?P<link>\S+)$", re.M)


class Console:
    """The console, with a link for each of the staff.

    Attributes:
        url: Its address.
        kept: Its process.
    """

    def __init__(
        self, folder: Path, names: Sequence[str], settings: Mapping[str, str]
    ) -> None:
        """Start it.

        Args:
            folder: Where its log is.
            names: Who may sign in; all of them answer people.
            settings: Settings that differ from the default, by name.
        """
        port = free_port()
        self.url = f"http://{LOOPBACK}:{port}"
        staff = " ".join(f"{name}:handler" for name in names)
        own = {"STAFF_PORT": str(port), "HELSE_STAFF": staff}
        command = Command(["-m", "bot.cli", "staff"], {**settings, **own})
        self.kept = Kept("console", command, folder, self._is_up, root=PROJECT_DIR)

    def links(self) -> dict[str, str]:
        """Return the link that signs somebody in, once, by name."""
        printed = self.kept.log.read_text("utf-8")
        return {it["name"]: it["link"] for it in _LINK.finditer(printed)}

    def _is_up(self) -> bool:
        try:
            with urllib3.PoolManager(retries=False, timeout=2) as pool:
                answer = pool.request("GET", f"{self.url}/sign-in")
        except urllib3.exceptions.HTTPError:
            return False
        return bool(answer.status == _OK)


class Tab:
    """A tab in which somebody is signed in."""

    def __init__(self, url: str, link: str) -> None:
        """Sign in.

        Args:
            url: The address of the console.
            link: The link that signs in.
        """
        self._url = url
        self._pool = urllib3.PoolManager(retries=False, timeout=_SECONDS_TO_ANSWER)
        self._cookies: SimpleCookie = SimpleCookie()
        self._token = ""
        self.open(link.removeprefix(url))
        self.send(link.removeprefix(url))

    def open(self, path: str) -> str:
        """Open a page, and return it."""
        page = self._ask("GET", path).data.decode()
        if token := found(r'name="csrf_token" value="([^"]+)"', page):
            self._token = token
        return page

    def news(self, path: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a page is told of its news."""
        told: dict[str, Any] = self._ask("GET", f"{path}?{urlencode(asked)}").json()
        return told

    def send(self, path: str, **fields: str) -> str:
        """Send a form, and return the page that it leads to."""
        answer = self._ask("POST", path, fields)
        if answer.status != _SEE_OTHER:
            raise TrialError(f"{path} gave {answer.status}")
        return self.open(answer.headers["Location"].removeprefix(self._url))

    def send_by_script(self, path: str, **fields: str) -> dict[str, Any]:
        """Send a form as a script does, and return what it is told."""
        answer = self._ask("POST", path, fields, {"Accept": "application/json"})
        try:
            told: dict[str, Any] = answer.json()
        except json.JSONDecodeError as error:
            raise TrialError(f"{path} gave {answer.status}") from error
        return told

    def _ask(
        self,
        method: str,
        path: str,
        fields: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> urllib3.BaseHTTPResponse:
        named = "; ".join(f"{it.key}={it.value}" for it in self._cookies.values())
        sent = {"Cookie": named, "Origin": self._url, **(headers or {})}
        body = None
        if fields is not None:
            body = urlencode({"csrf_token": self._token, **fields})
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        answer = self._pool.request(
            method, f"{self._url}{path}", body=body, headers=sent, redirect=False
        )
        for cookie in answer.headers.getlist("Set-Cookie"):
            self._cookies.load(cookie)
        return answer


def found(pattern: str, page: str) -> str:
    """Return what a pattern finds first in a page, or nothing."""
    match = re.search(pattern, page)
    return html.unescape(match[1]) if match else ""
