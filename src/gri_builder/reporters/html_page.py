"""HTML pages from templates: all text is escaped, and nothing is loaded from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from gri_builder.model.texts.control_characters import settle_text

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_FOLDER = Path(__file__).parent / "templates"


def render_page(name: str, values: Mapping[str, object]) -> str:
    """Return the page of a template in the folder `templates/`, with its values filled in."""
    return _environment().get_template(f"{name}.html.jinja").render(values)


def read_asset(name: str) -> Markup:
    """Return the style sheet or script of that name, to be placed inside a page without escaping."""
    from markupsafe import Markup

    return Markup((_FOLDER / name).read_text(encoding="utf-8"))  # noqa: S704 (a file of this package)


def hash_source(text: str) -> str:
    """Return how a Content Security Policy names an inline style or script, so that nothing else is used."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _settle(value: object) -> object:
    """Return a value as it is printed: text can't reorder the page, or hold what no page may hold."""
    return settle_text(value) if type(value) is str else value


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_settle,
    )
    environment.filters["base64"] = lambda data: base64.b64encode(data).decode()
    return environment
