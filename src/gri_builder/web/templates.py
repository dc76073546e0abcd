"""The templates of pages: all text is escaped, and a name without a value is an error."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from gri_builder.web.markup import text

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER = Path(__file__).parent


def fill_template(name: str, /, **values: object) -> Markup:
    """Return the template of that name with its values filled in."""
    return Markup(_environment().get_template(f"{name}.html.jinja").render(values))  # noqa: S704 (it escapes)


def read_asset(name: str) -> str:
    """Return a style sheet or script of the edition."""
    return (_FOLDER / "assets" / name).read_text(encoding="utf-8")


def _settle(value: object) -> object:
    return text(value) if type(value) is str else value


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_settle,
    )
