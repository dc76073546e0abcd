"""An approval of a fact series or of an answer."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from gri_builder.model.finding import Location


class Approval(Struct, frozen=True):
    """What a named person approved: the values of a series, or an answer with the facts that it prints."""

    by: str
    """Name of the person."""
    on: date
    """Day of the approval."""
    sha256: str
    """Hash of what was approved; the approval expires when what there is now has another one."""
    where: Location
