"""Serves Canaille, an OpenID provider, with made-up people: serve.py PORT CONSOLE FILE.

It runs in .venv-provider, beside the tests. All is kept in an SQLite file: in memory it
would find what fits any of several attributes, and so check the wrong one of two codes.
A line of JSON on standard input, such as `["kari", ["IT"]]`, puts somebody into other
groups.
"""

import json
import logging
import secrets
import sys
import threading
from collections.abc import Sequence

from canaille import create_app
from canaille.app import models
from canaille.backends import Backend
from flask import Flask
from werkzeug.serving import make_server

CLIENT, SECRET = "staff-console", "not-a-secret-outside-the-tests"
PASSWORD = "fjell-og-fjord-i-regn"
PEOPLE = {
    "kari": ("Kari Li", ["Support"]),
    "ola": ("Ola Berg", ["Web team"]),
    "anne": ("Anne Vik", ["IT"]),
    "nils": ("Nils Lunde", ["Archive"]),
    "bodil": ("Bodil Moe", ["IT", "Support"]),
}


def provider_at(port: int, console: str, file: str) -> Flask:
    """Return the provider, which knows the console and lets it ask who somebody is."""
    app = create_app(
        {
            "SECRET_KEY": secrets.token_hex(),
            "SERVER_NAME": f"127.0.0.1:{port}",
            "PREFERRED_URL_SCHEME": "http",
            "CANAILLE": {"DATABASE": "sql", "JAVASCRIPT": False},
            "CANAILLE_SQL": {"DATABASE_URI": f"sqlite:///{file}"},
            # The client's address makes it one that needs nobody's consent.
            "CANAILLE_OIDC": {"TRUSTED_DOMAINS": ["127.0.0.1"]},
        }
    )
    with app.app_context(), Backend.instance.session():
        for login, (name, _) in PEOPLE.items():
            given, family = name.split()
            person = models.User(
                user_name=login,
                password=PASSWORD,
                formatted_name=name,
                given_name=given,
                family_name=family,
                emails=[f"{login}@example.org"],
            )
            Backend.instance.save(person)
        client = models.Client(
            client_id=CLIENT,
            client_secret=SECRET,
            client_name="Console",
            client_uri=console,
            redirect_uris=[f"{console}/sign-in/done"],
            post_logout_redirect_uris=[f"{console}/signed-out"],
            grant_types=["authorization_code"],
            response_types=["code"],
            scope=["openid", "profile", "groups"],
            token_endpoint_auth_method="client_secret_basic",
        )
        Backend.instance.save(client)
        client.audience = [client]
        Backend.instance.save(client)
    for login, (_, groups) in PEOPLE.items():
        put(app, login, groups)
    return app


def put(app: Flask, login: str, groups: Sequence[str]) -> None:
    """Put somebody into groups, and out of all others."""
    with app.app_context(), Backend.instance.session():
        person = Backend.instance.get(models.User, user_name=login)
        for name in groups:
            if Backend.instance.get(models.Group, display_name=name) is None:
                group = models.Group(display_name=name, members=[person])
                Backend.instance.save(group)
        person.groups = [
            Backend.instance.get(models.Group, display_name=name) for name in groups
        ]
        Backend.instance.save(person)


def main() -> None:
    """Serve until standard input ends."""
    port, console, file = int(sys.argv[1]), *sys.argv[2:]
    app = provider_at(port, console, file)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", port, app)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("ready", flush=True)
    for line in sys.stdin:
        put(app, *json.loads(line))
        print("done", flush=True)


if __name__ == "__main__":
    main()
