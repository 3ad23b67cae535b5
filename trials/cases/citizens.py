"""A citizen who asks for a person, and talks with them over the API."""

import json
import random
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import urllib3

from trials.cases.book import WISH, Book, How, Said, Seen, now, numbered
from trials.cluster.talking import Talk
from trials.errors import TrialError

_OK = 200
# As often as the widget asks where no stream comes through, and tries again.
_SECONDS_BETWEEN_QUESTIONS = 2.5
_SECONDS_BETWEEN_STREAMS = 0.5
# Longer than between two beats of the server.
_SECONDS_OF_SILENCE = 40
_SECONDS_OF_PATIENCE = 180
_SECONDS_FOR_A_REPLY = 15
_SECONDS_TO_THINK = 0.5, 3.0
_RESENT_EACH = 4
_QUESTION = "Hvor mange miljøer fikk penger?"


class Citizen:
    """Somebody with a conversation of their own.

    Attributes:
        person: Their number.
        sender: Their conversation.
        faults: What went wrong that no message tells of.
    """

    def __init__(
        self,
        url: str,
        certificate: Path,
        book: Book,
        person: int,
        *,
        messages: int,
        asks: bool,
    ) -> None:
        """Open a conversation.

        Args:
            url: The address of the server.
            certificate: The file with the certificate of its authority.
            book: Takes down what happens.
            person: Their number.
            messages: How many they say to a person.
            asks: Whether they ask for news again and again, and have no stream.
        """
        self.person = person
        self.faults: list[str] = []
        self._talk = Talk(url, certificate)
        self.sender = self._talk.token.partition(".")[0]
        self._pool = urllib3.PoolManager(retries=False, ca_certs=str(certificate))
        self._url, self._book, self._messages, self._asks = url, book, messages, asks
        self._thinking = random.Random(person)
        self._news = threading.Condition()
        self._state: str | None = None
        self._latest = 0
        self._replies = 0

    def talk(self, over: threading.Event) -> None:
        """Ask for a person, and say all that there is to say to them.

        Args:
            over: Ends the listening, which goes on after this.

        Raises:
            TrialError: Something took too long, or was refused for good.
        """
        offered = self._say(f"{WISH} ({self.person}).")
        if offered["reply"].get("offer") != "person":
            self.faults.append(f"{self.person} was offered nobody")
        self._open()
        listening = threading.Thread(target=self._listen, args=(over,), daemon=True)
        listening.start()
        for number in range(1, self._messages + 1):
            self._wait_until_answered()
            replies = self._replies
            time.sleep(self._thinking.uniform(*_SECONDS_TO_THINK))
            self._say(numbered(number, self._messages, self.person))
            # Some are in a hurry, and say the next before they are answered.
            if number % 3:
                self._wait_for_reply(replies, _SECONDS_FOR_A_REPLY)
        self._end(replies)

    def _open(self) -> None:
        body = {"id": _new_id(), "reason": "asked", "share": True, "language": "nb"}
        self._talk.call("POST", "conversation/case", body)

    def _say(self, text: str) -> Mapping[str, Any]:
        began = now()
        said = self._talk.say(text)
        turn: Mapping[str, Any] = said.turn
        relayed = turn["reply"]["kind"] == "relayed"
        self._book.add(Said(text, "citizen", self.sender, began, now(), relayed))
        if len(self._talk.said) % _RESENT_EACH == 0:
            # As a client does that has not heard the answer.
            status, told = self._talk.try_to_say(text, said.id)
            if status == _OK and told != turn:
                self.faults.append(f"'{text}' was acknowledged twice, differently")
        return turn

    def _end(self, replies: int) -> None:
        """Go back to the robot, or just end it; or leave that to the staff."""
        to = {3: "robot", 6: "nobody"}.get(self.person % 10)
        if to is None:
            return
        if to == "robot":
            self._wait_for_reply(replies, _SECONDS_OF_PATIENCE)
        self._wait_until_answered()
        self._talk.call("POST", "conversation/case/end", {"id": _new_id(), "to": to})
        reply = self._say(f"{_QUESTION} ({self.person})")["reply"]
        if reply["kind"] == "relayed" or not reply["text"]:
            self.faults.append(f"the robot did not answer {self.person} again")

    def _wait_until_answered(self) -> None:
        deadline = time.monotonic() + _SECONDS_OF_PATIENCE
        while not self._wait(lambda: self._state in ("answered", "none"), 1):
            if time.monotonic() > deadline:
                raise TrialError(f"nobody answered {self.person}: {self._state}")
        if self._state == "none":
            # The staff were done, and this one was not.
            with self._news:
                self._state = None
            self._open()
            self._wait_until_answered()

    def _wait_for_reply(self, replies: int, seconds: float) -> None:
        self._wait(lambda: self._replies > replies, seconds)

    def _wait(self, is_so: Callable[[], bool], seconds: float) -> bool:
        with self._news:
            return bool(self._news.wait_for(is_so, seconds))

    def _listen(self, over: threading.Event) -> None:
        while not over.is_set():
            try:
                if self._asks:
                    path = f"conversation/case?since={self._latest}"
                    self._take(self._talk.call("GET", path)[0], over)
                else:
                    self._follow(over)
            except (urllib3.exceptions.HTTPError, TrialError):
                pass  # It comes again.
            pause = _SECONDS_BETWEEN_STREAMS
            if self._asks:
                pause = _SECONDS_BETWEEN_QUESTIONS
            over.wait(pause * self._thinking.uniform(0.8, 1.2))

    def _follow(self, over: threading.Event) -> None:
        """Read a stream until it ends."""
        stream = self._pool.request(
            "GET",
            f"{self._url}/api/conversation/case/events?since={self._latest}",
            headers={"Authorization": f"Bearer {self._talk.token}"},
            timeout=_SECONDS_OF_SILENCE,
            preload_content=False,
        )
        try:
            if stream.status != _OK:
                return
            written = b""
            for part in stream.stream():
                *events, written = (written + part).split(b"\n\n")
                for event in events:
                    data = event.partition(b"data: ")[2]
                    if data:
                        self._take(json.loads(data), over)
                if over.is_set():
                    return
        finally:
            stream.close()

    def _take(self, view: Mapping[str, Any], over: threading.Event) -> None:
        at = now()
        how: How = "asking" if self._asks else "stream"
        for line in view["lines"]:
            if line["author"] == "staff" and not over.is_set():
                where, text, number = self.sender, line["text"], line["id"]
                seen = Seen(text, "citizen", where, where, number, how, at)
                self._book.add(seen)
        with self._news:
            self._replies += sum(it["author"] == "staff" for it in view["lines"])
            self._latest = view["latest"]
            self._state = view["case"]["state"] if view["case"] else "none"
            self._news.notify_all()


def _new_id() -> str:
    return uuid.uuid4().hex
