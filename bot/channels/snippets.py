"""What a site embeds the chat by, to paste."""

import html

from bot.channels.embed import PATH
from bot.channels.widget import FOLLOWED, WidgetFile

_SNIPPETS = """\
In the page, pinned to this version, which the browser checks and keeps:

    <script type="module" crossorigin="anonymous"
      src="{url}/widget/{loader.path}"
      integrity="{loader.integrity}"></script>
    <helse-assistent></helse-assistent>

Or with corrections as they come:

    <script type="module" src="{url}{followed}"></script>
    <helse-assistent></helse-assistent>

Or in a frame:

    <iframe src="{url}{embedded}?lang=nb" title="{title}"
      allow="clipboard-write" width="400" height="600" frameborder="0"></iframe>

Add to the site's Content-Security-Policy, where it has one:

    script-src 'self' {origin}; connect-src 'self' {origin}

or, for the frame:

    frame-src {origin}

The server has to know the site: HELSE_ORIGINS="https://www.example.org"."""


def snippets(url: str, loader: WidgetFile, title: str) -> str:
    """Return what to paste, and what to permit.

    Args:
        url: The server's address, without a slash at its end.
        loader: The loader that it serves.
        title: What the chat is called.
    """
    scheme, _, rest = url.partition("://")
    return _SNIPPETS.format(
        url=url,
        origin=f"{scheme}://{rest.split('/')[0]}",
        loader=loader,
        followed=FOLLOWED,
        embedded=PATH,
        title=html.escape(title),
    )
