"""The command line: `python -m bot.cli COMMAND`; docs/settings.md lists them all."""

# Longer than other modules: one command after the other.

import argparse
import asyncio
import dataclasses
import gc
import json
import os
import socket
import sys
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Sequence
from typing import Any

from bot.errors import BotError
from bot.explaining import explanation, steps
from bot.quiet import silence_third_parties
from bot.settings import PROJECT_DIR, read_settings
from bot.staff.commands import add_commands

_NOT_FOUND = 404


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        The exit status: 0 done, 1 a fault that the message explains.
    """
    args = _parser().parse_args(arguments)
    # Rasa and the components are named and found relative to the project.
    os.chdir(PROJECT_DIR)
    silence_third_parties()
    try:
        return int(args.run(args) or 0)
    except BotError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.cli", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serve = commands.add_parser("serve", help="train if needed, then serve")
    serve.add_argument("--port", type=int, help="the port (setting PORT)")
    serve.add_argument("--socket", type=int, help=argparse.SUPPRESS)
    serve.add_argument("--parent", type=int, help=argparse.SUPPRESS)
    serve.set_defaults(run=_serve)
    ask = commands.add_parser("ask", help="ask one question")
    ask.add_argument("question")
    ask.add_argument("--url", help="the server (default: this machine, setting PORT)")
    ask.add_argument(
        "--explain", action="store_true", help="tell how the reply came about"
    )
    ask.set_defaults(run=_ask)
    commands.add_parser("train", help="train if needed").set_defaults(run=_train)
    commands.add_parser(
        "validate", help="check the knowledge base and Rasa's data"
    ).set_defaults(run=_validate)
    commands.add_parser(
        "feedback", help="print what people thought of replies, as CSV"
    ).set_defaults(run=_feedback)
    widget = commands.add_parser("widget", help="print what a site embeds the chat by")
    widget.add_argument(
        "--url", help="the server (default: this machine, setting PORT)"
    )
    widget.set_defaults(run=_widget)
    _add_for_one(commands, "export", "print all that is kept of it, as JSON", _export)
    _add_for_one(commands, "forget", "delete all that is kept of it", _forget)
    staff = commands.add_parser("staff", help="serve the staff console")
    staff.add_argument("--port", type=int, help="the port (setting STAFF_PORT)")
    staff.set_defaults(run=_staff)
    add_commands(commands)
    return parser


def _add_for_one(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    does: str,
    run: Callable[[argparse.Namespace], None],
) -> None:
    """Add a command about one conversation."""
    command = commands.add_parser(name, help=does)
    command.add_argument(
        "--conversation", required=True, help="its id: the token before the first dot"
    )
    command.set_defaults(run=run)


def _say(line: str) -> None:
    print(line, flush=True)


def _serve(args: argparse.Namespace) -> int:
    # Nothing of what is made at the start is garbage; serve() counts from there on.
    gc.disable()
    from bot.knowledge import load_knowledge

    settings = read_settings()
    if args.port:
        settings = dataclasses.replace(settings, port=args.port)
    from bot.releases import Releases

    if args.socket is None:
        Releases().recover()
    load_knowledge()
    from bot.listening import require_free_port
    from bot.training import model_file, trained

    if args.socket is not None:
        from bot.server import serve

        # Another process has made it, and the model.
        listening = socket.socket(fileno=args.socket)
        serve(model_file(), settings, listening, args.parent)
        return 0
    require_free_port(settings)
    model = trained(_say)
    _say("Starting ...")
    if settings.workers > 1:
        from bot.workers import serve_with_workers

        return serve_with_workers(settings, _say)
    from bot.server import serve

    serve(model, settings)
    return 0


def _staff(args: argparse.Namespace) -> None:
    from bot.console.serving import serve
    from bot.staff.settings import read_staff_settings

    port = {"STAFF_PORT": str(args.port)} if args.port else {}
    serve(read_settings(), read_staff_settings({**os.environ, **port}), _say)


def _train(_: argparse.Namespace) -> None:
    from bot.knowledge import load_knowledge
    from bot.training import train

    load_knowledge()
    train(_say)


def _validate(_: argparse.Namespace) -> int:
    from bot.validation import validate

    return validate(_say)


def _feedback(_: argparse.Namespace) -> None:
    from bot.exporting import write_feedback
    from bot.server import open_store

    sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
    write_feedback(open_store(read_settings()))


def _widget(args: argparse.Namespace) -> None:
    from bot.channels.snippets import snippets
    from bot.channels.widget import Widget, served_at
    from bot.knowledge import load_knowledge

    settings = read_settings()
    url = (args.url or f"http://{settings.host}:{settings.port}").rstrip("/")
    base = load_knowledge()
    loader = served_at(url) if args.url else Widget(base).loader
    title = base.content.title.nb
    _say(snippets(url, loader, title))


def _export(args: argparse.Namespace) -> None:
    from bot.exporting import copy_of
    from bot.server import open_store

    copy = copy_of(open_store(read_settings()), args.conversation)
    _say(json.dumps(copy, indent=2))


def _forget(args: argparse.Namespace) -> None:
    from bot.aside import forget_orphans
    from bot.exporting import require
    from bot.server import open_store

    store = open_store(read_settings())
    require(store, args.conversation)
    store.forget(args.conversation)
    forget_orphans(store.engine)
    _say(f"Nothing of {args.conversation} is kept any more.")


def _ask(args: argparse.Namespace) -> int:
    settings = read_settings()
    url = args.url or f"http://{settings.host}:{settings.port}"
    try:
        reply, parse = _ask_server(url, args.question)
    except urllib.error.URLError as error:
        no_server = isinstance(error.reason, ConnectionRefusedError)
        no_channel = getattr(error, "code", None) == _NOT_FOUND
        if args.url or not (no_server or no_channel):
            advice = ". Was it started with HELSE_REST=off?" if no_channel else ""
            print(
                f"The server at {url} did not answer: {error}{advice}", file=sys.stderr
            )
            return 1
        reply, parse = asyncio.run(_ask_without_server(args.question))
    for message in reply:
        _print_message(message)
    if args.explain:
        from bot.answering import Answerer

        _say("")
        for line in (*explanation(parse), *steps(parse, Answerer.in_force())):
            _say(line)
    return 0


def _ask_server(url: str, question: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return the messages of the reply, and what the pipeline made of the question."""
    request = urllib.request.Request(
        f"{url.rstrip('/')}/webhooks/rest/trace",
        json.dumps({"sender": uuid.uuid4().hex, "message": question}).encode(),
        # It is no question of a citizen's, so that no figures count it.
        {"Content-Type": "application/json", "X-Helse-Origin": "test"},
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        told = json.load(response)
    said = [event for event in told["events"] if event["event"] == "user"]
    return told["messages"], said[-1]["parse_data"]


async def _ask_without_server(
    question: str,
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    from rasa.core.channels.channel import UserMessage

    from bot.engine import LightAgent
    from bot.knowledge import load_knowledge
    from bot.renewal import intake_for
    from bot.training import trained

    intake = intake_for(read_settings(), load_knowledge())
    agent = LightAgent(trained(_say), intake)
    message = intake.taken_in(UserMessage(question))
    reply = await agent.handle_message(message)
    kept = await agent.tracker_store.retrieve(message.sender_id)
    return list(reply or []), kept.latest_message.parse_data


def _print_message(message: dict[str, Any]) -> None:
    if message.get("text"):
        _say(f"\n{message['text']}")
    for button in message.get("buttons") or ():
        _say(f"  [{button['title']}]")
    payload = message.get("custom")
    if payload:
        _say(f"\n{payload['kind']} ({payload['language']}), {payload['intent']}")
        for source in payload["sources"]:
            _say(f"  «{source['quote']}» ({source['start']}–{source['end']})")


if __name__ == "__main__":
    sys.exit(main())
