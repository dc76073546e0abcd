"""Widths of the columns of the content index: the same in all its tables, so that pages are below each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from gri_builder.layout.tables.widths import ColumnWidths

CODE, TITLE, PAGE = "code", "title", "page"
"""Ids of the first columns; code and title are below one head, and the title takes the room that the others leave."""
WIDEST_SHARE = 0.34
"""Share of the width that a column other than the title may have before its text is broken into lines."""
MOST_SPREAD = 36.0
"""Room that a column has beyond its text at most: further apart, the eye loses the row."""
SHORT_TITLE = 0.52
"""Share of the width that the titles keep, however much the other columns hold."""


class Needs(Struct, frozen=True):
    """Widths that a column needs, in points."""

    least: float
    """In which words are whole."""
    natural: float
    """In which each cell is one line."""


class IndexColumns(Struct):
    """What the columns of all tables need, and the widths chosen from it."""

    needs: dict[str, Needs] = field(default_factory=dict)

    def add(self, columns: Sequence[str], heads: Mapping[int, float], rows: ColumnWidths) -> None:
        """Add what the columns of a table need; codes are never broken.

        `heads` are the widths of the heads in several lines, by the number of the column.
        """
        for place, name in enumerate(columns):
            known = self.needs.get(name, Needs(0.0, 0.0))
            head = 0.0 if name in (CODE, TITLE) else heads.get(place, 0.0)
            natural = max(rows.natural[place], head)
            least = natural if name == CODE else max(rows.whole[place], head)
            self.needs[name] = Needs(max(known.least, least), max(known.natural, natural))

    def choose(self, columns: Sequence[str], width: float) -> list[float]:
        """Return the widths of a table's columns, which add up to `width`.

        Columns beside the title are as wide as their text; where all have room, what is left is spread between them.
        Where a table has a column less than others, its pages have that room, so that they start where those of the
        others do.
        """
        chosen = self._choose_all(width)
        wide = PAGE if PAGE in columns else TITLE
        others = sum(chosen[name] for name in columns if name != wide)
        return [chosen[name] if name != wide else width - others for name in columns]

    def _choose_all(self, width: float) -> Mapping[str, float]:
        """Return the width of each column of the index."""
        others = {name: need for name, need in self.needs.items() if name != TITLE}
        chosen = {name: max(each.least, min(each.natural, WIDEST_SHARE * width)) for name, each in others.items()}
        title = self.needs.get(TITLE, Needs(0.0, 0.0)).natural
        room = width - sum(chosen.values())
        if room < min(title, SHORT_TITLE * width):
            narrow = _shrink(chosen, others, width - min(title, SHORT_TITLE * width))
            return {**narrow, TITLE: width - sum(narrow.values())}
        spread = min(MOST_SPREAD, max(0.0, room - title) / (len(self.needs) or 1))
        widths = {name: each + (spread if number else 0.0) for number, (name, each) in enumerate(chosen.items())}
        most = width - sum(widths.values())
        wide = min(most, max(title, 0.0) + MOST_SPREAD) if spread == MOST_SPREAD else most
        last = next(reversed(widths), TITLE)
        return {**widths, last: widths.get(last, 0.0) + most - wide, TITLE: wide}


def _shrink(chosen: Mapping[str, float], needs: Mapping[str, Needs], room: float) -> Mapping[str, float]:
    """Return widths that add up to `room`, or to what whole words need."""
    slack = {name: width - min(width, needs[name].least) for name, width in chosen.items()}
    excess = min(sum(chosen.values()) - room, sum(slack.values()))
    share = excess / (sum(slack.values()) or 1.0)
    return {name: width - share * slack[name] for name, width in chosen.items()}
