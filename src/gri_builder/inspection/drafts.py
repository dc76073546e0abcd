"""Draft the fact series that a table could feed, as YAML; which of them the program can read is found out later."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from gri_builder.inspection.columns import find_header_unit, find_named_unit, name_unit
from gri_builder.inspection.result import ColumnView, SheetView
from gri_builder.resources.units import find_unit
from gri_builder.source.yaml_flow import quote_flow
from gri_builder.spreadsheets.cells import casefold_key
from gri_builder.spreadsheets.table import Table, is_year
from gri_builder.tables.constant_period import period_columns

MAX_SERIES = 12
"""Series that are drafted for a sheet."""
MAX_MEMBERS = 15
"""Members of a dimension that is drafted."""
NO_UNIT = "count"
_VALUE = re.compile(
    r"values?|amount|quantity|consumption|usage|wert|menge|betrag|verbrauch|valeur|quantité|valor|waarde|värde"
)
_NOT_ADDED = re.compile(
    r".*(%|percent|per cent|share|ratio|rate|intensity|score|index|average|mean|median|rank|change|growth|anteil|"
    r"quote).*"
)
"""Headers of columns whose numbers can't be added up."""
"""Unit of a series whose unit the file does not name."""
_KEY_LIKE = re.compile(
    r"(.*[ _-])?(id|no|nr|nummer|number|code|zip|zip ?code|postal|postcode|lat|latitude|lon|long|longitude|phone|"
    r"index|year|jahr|identification)([ _-].*)?"
)
"""Headers of columns whose numbers are keys, not values."""
_YEAR_IN_TEXT = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class Draft(Struct, frozen=True):
    """A series as drafted."""

    id: str
    title: str
    unit: str
    remark: str
    """What the reader of the stub must do about its unit; may be empty."""
    source: str
    """'from' or 'aggregate'."""
    entries: Mapping[str, str]
    """What it says of the file, as YAML."""
    by: tuple[str, ...] = ()


class _Drafter(Struct, frozen=True):
    """Drafts the series of one table."""

    table: Table
    view: SheetView
    year: int
    """Year of a file that names none."""

    def draft(self) -> Iterator[Draft]:
        """Yield the series that the table could feed, the likely ones first."""
        match self.view.shape:
            case "years across":
                yield from self._years_across()
            case "months across":
                yield from self._months_across()
            case "rows":
                yield from self._rows()

    def _of_kind(self, *kinds: str) -> list[ColumnView]:
        return [each for each in self.view.columns if each.kind in kinds and not each.is_period and each.header]

    def _text(self, row: int, view: ColumnView) -> str:
        return " ".join(self.table.sheet.cell(self.table.rows[row], view.place).text.split())

    def _years_across(self) -> Iterator[Draft]:
        """Yield a series for each row; one for each label of the first column, by the second, if labels repeat."""
        labels = self._of_kind("text", "unit")
        keys = [each for each in labels if each.kind == "text"]
        unit_column = next((each for each in labels if each.kind == "unit"), None)
        if not keys:
            yield self._make(self.view.name or "values", None, "from", {})
            return
        first = next((each for each in keys if each.distinct == each.filled), keys[0])
        seen: dict[str, int] = {}
        for place in range(len(self.table.rows)):
            seen.setdefault(self._text(place, first), place)
        other = next((each for each in keys if each is not first), None) if first.distinct < first.filled else None
        for label, place in seen.items():
            if label:
                unit = self._text(place, unit_column) if unit_column else None
                members = {"members": quote_flow(other.header)} if other else {}
                where = f"{{{quote_flow(first.header)}: {quote_flow(label)}}}"
                by = (_name(other.header),) if other else ()
                yield self._make(label, unit, "from", {"where": where, **members}, by)

    def _months_across(self) -> Iterator[Draft]:
        """Yield one series that adds up the months."""
        period = (
            {}
            if any(map(_YEAR_IN_TEXT.search, (each.header for each in self.view.columns if each.is_period)))
            else self._period()
        )
        unit_column = next(iter(self._of_kind("unit")), None)
        groups, by = self._group()
        key = next(iter(self._of_kind("text")), None)
        label = self._text(0, key) if key and len(self.table.rows) == 1 else ""
        unit = self._text(0, unit_column) if unit_column and unit_column.distinct == 1 else None
        for text in self._units(unit_column) or (unit,):
            where = (
                {"where": f"{{{quote_flow(unit_column.header)}: {quote_flow(text)}}}"} if unit_column and text else {}
            )
            yield self._make(
                label or (self.view.titles[0] if self.view.titles else self.view.name or "values"),
                text,
                "aggregate",
                {**period, **where, **groups},
                by,
            )

    def _period(self) -> dict[str, str]:
        """Return the entry for the column of the periods, or for the year of a file that has none."""
        column = next(iter(self._of_kind("period", "date")), None)
        if column is None:
            places = period_columns(self.table)
            column = next((each for each in self.view.columns if each.place in places and each.filled), None)
        return {"period": quote_flow(column.header) if column else str(self._named_year())}

    def _named_year(self) -> int:
        texts = (*self.view.titles, self.view.name or "", self.table.sheet.path.rpartition("/")[2])
        found = [match[0] for text in texts for match in _YEAR_IN_TEXT.finditer(text)]
        return int(found[-1]) if found else self.year

    def _group(self) -> tuple[dict[str, str], tuple[str, ...]]:
        """Return the entry for the column by which values are broken down, and the dimension."""
        found = [each for each in self._of_kind("text") if 1 < each.distinct <= MAX_MEMBERS]
        column = min(found, key=lambda each: (each.distinct, each.place), default=None)
        texts = {self._text(place, column) for place in range(len(self.table.rows))} if column else set[str]()
        if column is None or "" in texts or not all(map(_is_printable, texts)):
            return {}, ()
        name = _name(column.header)
        return {"group": f"{{{quote_flow(name)}: {quote_flow(column.header)}}}"}, (name,)

    def _units(self, column: ColumnView | None) -> list[str]:
        """Return the units in a column of units, in the order of the rows, if there are several."""
        if column is None:
            return []
        texts = dict.fromkeys(self._text(place, column) for place in range(len(self.table.rows)))
        return [text for text in texts if text] if len(texts) > 1 else []

    def _rows(self) -> Iterator[Draft]:
        """Yield a series for each column of numbers, and for each unit in a column of units."""
        period, (groups, by) = self._period(), self._group()
        unit_column = next(iter(self._of_kind("unit")), None)
        single = self._text(0, unit_column) if unit_column and unit_column.distinct == 1 else None
        is_single = self._is_one_row_each(period)
        for view in self._values(period["period"], is_single):
            entries = {**period, "value": quote_flow(view.header)}
            if is_single:
                yield self._make(view.header, view.unit or single, "from", entries)
                continue
            for text in self._units(unit_column) or [""]:
                where = (
                    {"where": f"{{{quote_flow(unit_column.header)}: {quote_flow(text)}}}"}
                    if unit_column and text
                    else {}
                )
                title = f"{view.header} in {text}" if text else view.header
                yield self._make(title, text or view.unit or single, "aggregate", {**entries, **where, **groups}, by)

    def _values(self, period: str, is_single: bool) -> list[ColumnView]:
        """Return the columns of numbers that are values, not keys; only those that can be added up, if they are."""
        found = [
            view
            for view in self._of_kind("number")
            if not _KEY_LIKE.fullmatch(_words(view.header)) and quote_flow(view.header) != period
        ]
        if not is_single:
            found = [view for view in found if not _is_rate(view)]
        named = [view for view in found if _VALUE.fullmatch(casefold_key(view.header))]
        return named or sorted(found, key=lambda view: view.unit is None)

    def _is_one_row_each(self, period: Mapping[str, str]) -> bool:
        """Return whether each period, a year, has a single row."""
        column = next((each for each in self.view.columns if quote_flow(each.header) == period["period"]), None)
        if column is None:
            return False
        texts = [self._text(place, column) for place in range(len(self.table.rows))]
        return len(set(texts)) == len(texts) and all(map(is_year, texts))

    def _make(
        self, title: str, unit: str | None, source: str, entries: Mapping[str, str], by: tuple[str, ...] = ()
    ) -> Draft:
        symbol = unit or find_header_unit(title) or self._titled_unit()
        known = find_named_unit(symbol) if symbol else None
        named = unit or name_unit(title)
        remark = ""
        if known is None:
            remark = "the file names no unit: write it"
            if named:
                remark = f"the file says '{named}', which is not a known unit, or means several"
        title = _without_unit(title)
        title = title if _is_printable(title) else "Values"
        return Draft(make_id(title), title, known or NO_UNIT, remark, source, entries, by)

    def _titled_unit(self) -> str | None:
        """Return the unit that the titles name."""
        return next(
            filter(None, (find_header_unit(text) for text in self.view.titles if "(" in text or " in " in text)), None
        )


def draft_series(table: Table, view: SheetView, year: int) -> list[Draft]:
    """Return the series that a table could feed; `year` is that of a file that names none."""
    found: list[Draft] = []
    for draft in _Drafter(table, view, year).draft():
        if len(found) < MAX_SERIES:
            found.append(draft)
    return found


def _without_unit(title: str) -> str:
    """Return a title without the unit in brackets at its end."""
    text = re.sub(r"[(\[][^()\[\]]*[)\]]\s*$", "", title).rstrip()
    return text or title


def _is_printable(title: str) -> bool:
    """Return whether the fonts of a report surely have the characters of a title."""
    scripts = ("LATIN", "GREEK", "CYRILLIC")
    return all(unicodedata.name(each, "").startswith(scripts) for each in title if each.isalpha())


def _words(header: str) -> str:
    """Return the words of a header such as 'ZipCode' in lower case."""
    return casefold_key(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header))


def _is_rate(view: ColumnView) -> bool:
    """Return whether the numbers of a column are shares, intensities or the like."""
    unit = find_unit(view.unit) if view.unit else None
    named = name_unit(view.header) or ""
    return (
        bool(_NOT_ADDED.fullmatch(casefold_key(view.header)))
        or "/" in named
        or (unit is not None and "/" in unit.symbol)
    )


def make_id(title: str) -> str:
    """Return the id of a series by its title: lower-case letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "values"


def _name(header: str) -> str:
    """Return the name of a dimension by its header."""
    name = " ".join(header.split()).lower()
    return name if _is_printable(name) else "group"


def name_apart(drafts: Sequence[Draft], taken: set[str]) -> Iterator[Draft]:
    """Yield the series with ids that differ from each other and from those that are taken."""
    from msgspec.structs import replace

    for draft in drafts:
        id, number = draft.id, 1
        while id in taken:
            number += 1
            id = f"{draft.id}-{number}"
        taken.add(id)
        yield replace(draft, id=id)
