"""Writing a line with parts that are read from right to left: each part at its place, its content in reading order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from gri_builder.layout.canvas import Pen
from gri_builder.pdf.content_stream import Operators
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.typesetting.line_breaking import Line
from gri_builder.typesetting.line_order import PlacedPiece, is_leveled, place_pieces, writing_order


class Setting(NamedTuple):
    """How a line is set; lengths in points."""

    baseline: float
    gap: float = 0.0
    """Added to each space."""
    continues: bool = False
    """Whether another line follows: readers need a space between their words."""


def show_line(pen: Pen, line: Line, x: float, baseline: float) -> None:
    """Show a line from its left edge on, as content of the element that is marked; a space follows if it continues."""
    if is_leveled(line):
        placed = place_pieces(line, x)
        element = pen.element
        write_placed(pen, placed, lambda _: element, Setting(baseline, 0.0, line.needs_space))
        pen.leave(element, x + line.width, baseline)
        return
    pen.move(x, baseline)
    for piece in line.pieces:
        pen.show(piece.text, piece.look)
    if line.needs_space:
        pen.show(" ", line.pieces[-1].look)


def write_placed(
    pen: Pen,
    placed: Sequence[PlacedPiece],
    element_of: Callable[[PlacedPiece], StructureElement | None],
    setting: Setting,
) -> None:
    """Write the pieces of a line, each as content of its element, or as an artifact for None."""
    order = writing_order(placed)
    backwards = order != list(range(len(order))) or len(order) == 1
    groups = _reserve_groups(pen, placed, element_of, backwards)
    pen.stretch(setting.gap)
    for group in sorted(groups, key=lambda group: min(order.index(place) for place in group.places)):
        pen.open(group.start)
        for place in group.places:
            last = setting.continues and place == len(placed) - 1
            _write_piece(pen, placed[place], setting, last, backwards and len(group.places) == 1)
    pen.stretch(0)


class _Group(NamedTuple):
    """Pieces that are one content, in the order of the text."""

    element: StructureElement | None
    start: Operators | None
    places: list[int]


def _reserve_groups(
    pen: Pen,
    placed: Sequence[PlacedPiece],
    element_of: Callable[[PlacedPiece], StructureElement | None],
    backwards: bool,
) -> list[_Group]:
    """Return the pieces in groups: those of one span or link, or of one element if all are written in text order.

    Elements and contents are added to the structure piece by piece, which is the order in which they are read.
    """
    groups: list[_Group] = []
    for place, each in enumerate(placed):
        look, element = each.piece.look, element_of(each)
        kept = not backwards or look.span is not None or look.link is not None or look.note is not None
        if groups and kept and groups[-1].element is element:
            groups[-1].places.append(place)
        else:
            groups.append(_Group(element, pen.reserve(element), [place]))
    return groups


def _write_piece(pen: Pen, each: PlacedPiece, setting: Setting, last: bool, backwards: bool) -> None:
    """Write a piece at its place, with a space after it if it is the last one of a line that continues."""
    look, text, left = each.piece.look, each.piece.text, each.x
    rtl = (look.level or 0) % 2 == 1
    if look.page_of is not None:
        pen.move(left, setting.baseline)
        pen.late(look.page_of, look, (left + each.advance, setting.baseline))
        return
    if last:
        text += " "
        left -= look.face.space * look.size + setting.gap if rtl else 0.0
    if rtl and not backwards:
        pen.show_words(text, look, (each.x + each.advance, setting.baseline), setting.gap)
    else:
        pen.move(left, setting.baseline)
        pen.show(text, look)
