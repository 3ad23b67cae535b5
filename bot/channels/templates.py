"""The templates of the pages, in `page/`."""

import jinja2

from bot.settings import PROJECT_DIR

PAGE_DIR = PROJECT_DIR / "page"


def template(name: str) -> jinja2.Template:
    """Return a template, which escapes what it is filled with."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(PAGE_DIR),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
