"""The headers of every response: what a browser may do with it, and for which site."""

import functools
import gzip
from collections.abc import Sequence

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, empty

from bot.channels.embed import PATH as EMBEDDED
from bot.channels.faults import Fault

# Only this server's own files, and no inline script or style.
_CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors "
)
_HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
# Smaller than this, a response gains nothing by it.
_SMALLEST_TO_COMPRESS = 1000  # bytes
# What a page of another site may load, if it is on the list.
_SHARED = ("/api/", "/widget/")
_STATIC = "/page/"
_PREFLIGHT = {
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE",
    "Access-Control-Max-Age": "7200",
}


def add_headers(app: Sanic, origins: Sequence[str]) -> None:
    """Put the headers on every response, and let some sites embed the widget.

    Args:
        app: The server.
        origins: The sites, as scheme, host and port.
    """
    framed_by = " ".join(("'self'", *origins))

    @app.middleware("request")
    async def answer_preflight(request: Request) -> HTTPResponse | None:
        asks = request.method == "OPTIONS" and request.path.startswith(_SHARED)
        return empty(headers=_PREFLIGHT) if asks else None

    @app.middleware("response")
    async def complete(request: Request, response: HTTPResponse) -> None:
        # A response may be left out by Sanic after a request that it could not read.
        headers = response.headers
        headers.update(_HEADERS)
        is_for_frames = request.path.rstrip("/") == EMBEDDED
        headers["Content-Security-Policy"] = _CONTENT_SECURITY_POLICY + (
            framed_by if is_for_frames else "'none'"
        )
        if not is_for_frames:
            headers["X-Frame-Options"] = "DENY"
        caching = headers.setdefault("Cache-Control", _caching(request.path))
        if caching != "no-store":
            _compress(request, response)
        shared = request.path.startswith(_SHARED)
        headers["Cross-Origin-Resource-Policy"] = (
            "cross-origin" if shared or is_for_frames else "same-origin"
        )
        if shared:
            headers["Vary"] = "Origin, Accept-Encoding"
            origin = request.headers.get("origin")
            if origin in origins:
                headers["Access-Control-Allow-Origin"] = origin
            elif origin:
                # Else a browser would go by it when the site is on the list.
                headers["Cache-Control"] = "no-store"


def refuse_foreign(request: Request, origins: Sequence[str]) -> None:
    """Refuse what a browser sends for a page of a site that is not on the list.

    Browsers tell by the header `Sec-Fetch-Site` whose page it is; programs that are no
    browsers tell nothing, and are let in.

    Raises:
        Fault: It is such a request.
    """
    site = request.headers.get("sec-fetch-site", "none")
    if site in ("none", "same-origin") or request.headers.get("origin") in origins:
        return
    raise Fault(
        403,
        "foreign_site",
        "Pages of this site cannot use the server: HELSE_ORIGINS does not name it.",
    )


def _compress(request: Request, response: HTTPResponse) -> None:
    """Compress a page or a file of it, for whoever can read that."""
    body = response.body
    accepted = request.headers.get("accept-encoding", "")
    if body and len(body) >= _SMALLEST_TO_COMPRESS and "gzip" in accepted:
        response.body = _compressed(body)
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"


@functools.lru_cache(maxsize=32)
def _compressed(body: bytes) -> bytes:
    return gzip.compress(body)


def _caching(path: str) -> str:
    """Return how what comes from a path is cached, where its route does not say."""
    # Files are asked for again each time and mostly not sent again (304).
    return "no-cache" if path.startswith(_STATIC) else "no-store"
