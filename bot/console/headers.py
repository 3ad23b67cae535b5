"""The headers of every response, and which requests are answered at all."""

from urllib.parse import urlsplit

from flask import Flask, abort, request
from werkzeug.wrappers import Response

from bot.staff.settings import StaffSettings

_HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    # The guard against forged forms looks at it under HTTPS; others get none.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_FILES = ("/staff/", "/page/")
_YEAR = 365 * 24 * 3600


def add_headers(app: Flask, settings: StaffSettings) -> None:
    """Put the headers on every response of an app."""
    headers = {**_HEADERS, "Content-Security-Policy": _policy(settings)}
    if settings.is_secure:
        headers["Strict-Transport-Security"] = f"max-age={_YEAR}"

    @app.after_request
    def complete(response: Response) -> Response:
        response.headers.update(headers)
        is_file = request.path.startswith(_FILES) and response.status_code < 400
        response.headers["Cache-Control"] = "no-cache" if is_file else "no-store"
        return response


def refuse_strangers(app: Flask, settings: StaffSettings) -> None:
    """Refuse requests that are meant for another host, or come from another site.

    The first keeps a page of somebody else's from reaching the console by a name of its
    own that leads to this machine (DNS rebinding).
    """

    @app.before_request
    def look() -> None:
        name = urlsplit(f"//{request.host}").hostname
        if name not in settings.names:
            abort(421)
        site = request.headers.get("Sec-Fetch-Site", "none")
        writes = request.method not in ("GET", "HEAD", "OPTIONS")
        if writes and site not in ("none", "same-origin"):
            abort(403)


def _policy(settings: StaffSettings) -> str:
    """Return what a page may load: this console's own files, and nothing inline.

    Signing out leads on to the provider, which counts as where a form is sent.
    """
    forms = "'self'"
    if settings.provider:
        parts = urlsplit(settings.provider.issuer)
        forms += f" {parts.scheme}://{parts.netloc}"
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        f"connect-src 'self'; base-uri 'none'; form-action {forms}; "
        "frame-ancestors 'none'"
    )
