"""Widths of the columns of the content index: the same in all its tables, so that pages are below each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from gri_builder.layout.tables.widths import ColumnWidths

CODE, TITLE, PAGE, EXPLANATION = "code", "title", "page", "omission-explanation"
"""Ids of the first columns, and of that with sentences.

Code and title are below one head, and the title takes the room that the others leave.
"""
WIDEST_SHARE = 0.34
"""Share of the width that a column other than the title may have before its text is broken into lines."""
TITLE_SHARE = 0.58
"""Share of the room of titles and explanations that titles have at most, where explanations need the rest."""
MOST_SPREAD = 36.0
"""Room that a column has beyond its text at most: further apart, the eye loses the row."""
SHORT_TITLE, SHORTEST_TITLE = 0.52, 0.36
"""Share of the width that the titles keep, whatever the other columns hold; and what they keep before heads of other
columns have more than two lines."""


class Needs(Struct, frozen=True):
    """Widths that a column needs, in points."""

    least: float = 0.0
    """In which words are whole."""
    headed: float = 0.0
    """In which its head has two lines at most, too."""
    natural: float = 0.0
    """In which each cell is one line."""


class IndexColumns(Struct):
    """What the columns of all tables need, and the widths chosen from it."""

    needs: dict[str, Needs] = field(default_factory=dict)

    def add(self, columns: Sequence[str], heads: Mapping[int, Needs], rows: ColumnWidths) -> None:
        """Add what the columns of a table need; codes are never broken.

        `heads` are the widths that the heads need, by the number of the column.
        """
        for place, name in enumerate(columns):
            known = self.needs.get(name, Needs())
            head = Needs() if name in (CODE, TITLE) else heads.get(place, Needs())
            natural = max(rows.natural[place], head.headed)
            whole = natural if name == CODE else rows.whole[place]
            self.needs[name] = Needs(
                max(known.least, whole, head.least),
                max(known.headed, whole, head.headed),
                max(known.natural, natural),
            )

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
        if EXPLANATION in others:
            return self._share_with_explanations(width)
        chosen = {name: max(each.headed, min(each.natural, WIDEST_SHARE * width)) for name, each in others.items()}
        title = self.needs.get(TITLE, Needs()).natural
        kept = min(title, SHORT_TITLE * width)
        if sum(chosen.values()) > width - kept:
            chosen = _shrink(chosen, {name: each.headed for name, each in others.items()}, width - kept)
            kept = min(title, SHORTEST_TITLE * width)
            if sum(chosen.values()) > width - kept:
                chosen = _shrink(chosen, {name: each.least for name, each in others.items()}, width - kept)
            return {**chosen, TITLE: width - sum(chosen.values())}
        room = width - sum(chosen.values())
        spread = min(MOST_SPREAD, max(0.0, room - title) / (len(self.needs) or 1))
        widths = {name: each + (spread if number else 0.0) for number, (name, each) in enumerate(chosen.items())}
        most = width - sum(widths.values())
        wide = min(most, max(title, 0.0) + MOST_SPREAD) if spread == MOST_SPREAD else most
        last = next(reversed(widths), TITLE)
        return {**widths, last: widths.get(last, 0.0) + most - wide, TITLE: wide}

    def _share_with_explanations(self, width: float) -> Mapping[str, float]:
        """Return the widths where a column has sentences: it shares with the titles what the others leave."""
        title, explained = self.needs.get(TITLE, Needs()), self.needs[EXPLANATION]
        chosen = {name: each.headed for name, each in self.needs.items() if name not in (TITLE, EXPLANATION)}
        room = width - sum(chosen.values())
        if room < title.least + explained.least:
            chosen = {name: self.needs[name].least for name in chosen}
            room = width - sum(chosen.values())
        kept = max(room - max(explained.natural, explained.headed), min(title.natural, TITLE_SHARE * room))
        return {**chosen, TITLE: kept, EXPLANATION: room - kept}


def _shrink(chosen: Mapping[str, float], least: Mapping[str, float], room: float) -> dict[str, float]:
    """Return widths that add up to `room`, or else to the least ones."""
    slack = {name: width - min(width, least[name]) for name, width in chosen.items()}
    excess = min(sum(chosen.values()) - room, sum(slack.values()))
    share = excess / (sum(slack.values()) or 1.0)
    return {name: width - share * slack[name] for name, width in chosen.items()}
