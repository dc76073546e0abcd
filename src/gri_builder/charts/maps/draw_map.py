"""Drawing of a map: land, borders, sites with their names or numbers, and the legend below it."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot, pi, sqrt

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.charts.maps.label_placing import Mark, PlacedLabel, place_labels, spread
from gri_builder.charts.maps.land import list_borders, list_land
from gri_builder.charts.maps.map_legend import draw_legend, legend_height
from gri_builder.charts.maps.map_view import MapView, choose_view
from gri_builder.charts.maps.site_marks import HALO, draw_mark, draw_ring
from gri_builder.charts.scene import Box, Datum, Label, Scale, Scene, Shape, circle, line, polygon, rectangle
from gri_builder.charts.space import ChartSpace
from gri_builder.model.color import WHITE, Color, readable_on
from gri_builder.model.figures.diagrams import MapSite, SiteMap
from gri_builder.model.rich_text import Run
from gri_builder.typesetting.line_breaking import TextFormat, break_lines, make_words
from gri_builder.typesetting.style import tint

DOT, NUMBERED = 3.5, 6.4
"""Radius of a mark, and of one that holds a number."""
LARGEST = 24.0
"""Highest radius of a circle whose area shows a value."""
SMALLEST_SEEN = 1.7
"""Radius under which a circle gets a ring around it."""
RING = 3.4
MAX_NAMED = 32
"""Sites whose names are written on the map at most; of more, numbers."""
KILOMETRES = (500, 200, 100, 50, 20, 10, 5, 2, 1)
"""Lengths of the scale bar."""
MARK_CONTRAST = 3.2
"""Contrast of marks with land, a little more than WCAG 2 asks for (1.4.11)."""


class MapColors(Struct, frozen=True):
    """Colours of a map."""

    land: Color
    sea: Color
    mark: Color
    """Of marks and circles."""


class DrawnMap(Struct, frozen=True):
    """The scene of a map."""

    scene: Scene
    is_numbered: bool
    """Whether it shows numbers, so that a list must name the sites."""


def choose_colors(space: ChartSpace, color: Color) -> MapColors:
    """Return the colours of a map in a chapter of that colour."""
    land = tint(space.style.muted, 0.74)
    return MapColors(land, tint(color, 0.95), readable_on(color, land, MARK_CONTRAST))


def draw_map(shown: SiteMap, space: ChartSpace, color: Color, language: str) -> DrawnMap:
    """Return the drawn map; its sites have numbers where their names have no room."""
    places = [(one.site.longitude, one.site.latitude) for one in shown.sites]
    view = choose_view(places, space.width, min(space.max_height, 380.0))
    colors = choose_colors(space, color)
    drawn = _MapDrawing(shown, space, colors, view, language).draw()
    if not (drawn.is_numbered and shown.kinds):
        return drawn
    # numbered marks have one form, so the legend has no kinds
    return _MapDrawing(replace(shown, kinds=()), space, colors, view, language).draw()


class _MapDrawing:
    """Draws one map."""

    def __init__(self, shown: SiteMap, space: ChartSpace, colors: MapColors, view: MapView, language: str) -> None:
        self.shown, self.space, self.colors, self.view, self.language = shown, space, colors, view, language
        self.radii = _choose_radii(shown, view)
        largest = max(self.radii)
        self.sizes = [(value, text, self._radius(value, largest)) for value, text in shown.sizes]
        self.low = legend_height(shown, space, self.sizes)
        """Height of the legend, above which the map is."""
        self.window: Box = (0.0, self.low, view.width, self.low + view.height)
        self.scene = Scene(space.width, self.low + view.height)

    def _radius(self, value: float, largest: float) -> float:
        highest = max((one.value or 0.0 for one in self.shown.sites), default=0.0)
        return largest * sqrt(value / highest) if highest else 0.0

    def draw(self) -> DrawnMap:
        """Return the drawn map."""
        self._draw_ground()
        bar = self._draw_scale_bar()
        points = [self._point(one) for one in self.shown.sites]
        names = self._place_names(points, bar)
        is_numbered = names is None
        marks = self._marks(points, is_numbered)
        self._draw_marks(points, marks, is_numbered)
        if names is not None:
            self._write_names(names)
        draw_legend(self.scene, self.shown, self.space, self.sizes, self.colors.mark)
        return DrawnMap(self.scene, is_numbered)

    def _point(self, one: MapSite) -> tuple[float, float]:
        x, y = self.view.place((one.site.longitude, one.site.latitude))
        return x, y + self.low

    def _draw_ground(self) -> None:
        scene, (left, low, right, top) = self.scene, self.window
        scene.add(Shape((rectangle(left, low, right - left, top - low),), fill=self.colors.sea))
        land = tuple(polygon(self._raise(area)) for area in list_land(self.view))
        if land:
            scene.add(Shape(land, fill=self.colors.land))
        borders = tuple(line(self._raise(part)) for part in list_borders(self.view))
        if borders:
            scene.add(Shape(borders, stroke=WHITE, width=0.45 if self.view.is_world else 0.7, is_round=True))

    def _raise(self, points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(round(x, 2), round(y + self.low, 2)) for x, y in points]

    def _draw_scale_bar(self) -> list[Box]:
        """Draw how long some kilometres are; not on a map of the world, which has no one scale."""
        room, look = self.view.width * 0.28, self.space.look()
        length = next((each for each in KILOMETRES if each * self.view.kilometre <= room), None)
        if self.view.is_world or length is None or length * self.view.kilometre < 14:
            return []
        size, text = length * self.view.kilometre, f"{length}\u00a0km"
        width = size + 4 + self.space.text_width(text)
        for x in (8.0, self.view.width - 8.0 - width):
            y = self.low + 8
            box = (x - 3, y - 4, x + width + 3, y + 8)
            if not any(_is_inside(self._point(one), box, 12) for one in self.shown.sites):
                bar = line([(x, y + 3), (x, y), (x + size, y), (x + size, y + 3)])
                self.scene.add(Shape((bar,), stroke=self.space.style.text, width=0.8, role="axis"))
                self.scene.write(Label(text, x + size + 4, y - 1, look, role="tick"))
                return [box]
        return []

    def _place_names(
        self, points: list[tuple[float, float]], taken: list[Box]
    ) -> list[tuple[PlacedLabel, list[Label]]] | None:
        """Return the labels of all sites; None if there is no room for one of them."""
        if len(points) > MAX_NAMED:
            return None
        marks = self._marks(points, False)
        blocks = [self._write_block(one) for one in self.shown.sites]
        leading = self.space.style.chart.leading
        sizes = [(max(label.width for label in block), leading * len(block) - 1) for block in blocks]
        placed = place_labels(marks, sizes, self.window, taken)
        return None if placed is None else list(zip(placed, blocks, strict=True))

    def _write_block(self, one: MapSite) -> list[Label]:
        """Return the lines of a label: the name of a site, and its value."""
        strong = self.space.look(strong=True, bold=True)
        room = max(58.0, self.space.width * 0.3)
        lines = [
            Label(text, 0, 0, strong) for text in wrap_text(one.site.name, strong, self.space, room, self.language)
        ]
        if one.text:
            look = self.space.look(strong=True)
            lines.append(Label(one.text, 0, 0, look, role="value" if one.fact else "note", fact=one.fact))
        return lines

    def _write_names(self, names: list[tuple[PlacedLabel, list[Label]]]) -> None:
        leading = self.space.style.chart.leading
        for placed, block in names:
            if placed.line:
                self.scene.add(Shape((line(placed.line),), stroke=self.space.style.text, width=0.5))
            y = placed.box[3] - leading + 2.4
            for label in block:
                self.scene.write(Label(label.text, placed.box[0], y, label.look, role=label.role, fact=label.fact))
                y -= leading

    def _marks(self, points: list[tuple[float, float]], is_numbered: bool) -> list[Mark]:
        """Return the marks; small ones are moved apart where they would cover each other."""
        if self.shown.sizes:
            marks = [Mark(x, y, max(radius, RING)) for (x, y), radius in zip(points, self.radii, strict=True)]
            return spread(marks, self.window, share=0.5)
        radius = NUMBERED if is_numbered else DOT
        return spread([Mark(x, y, radius) for x, y in points], self.window)

    def _draw_marks(self, points: list[tuple[float, float]], marks: list[Mark], is_numbered: bool) -> None:
        """Draw the sites, large ones first, and lines from where they are to where their marks are."""
        order = sorted(range(len(marks)), key=lambda each: (-self.radii[each], each))
        for number in order:
            (x, y), mark = points[number], marks[number]
            if hypot(mark.x - x, mark.y - y) > 1.5:
                self.scene.add(Shape((line([(x, y), (mark.x, mark.y)]),), stroke=self.space.style.text, width=0.6))
                self.scene.add(Shape((circle(x, y, 0.9),), fill=self.space.style.text))
        if self.shown.sizes:
            area = pi * max(self.radii) ** 2
            highest = max((one.value or 0.0 for one in self.shown.sites), default=0.0)
            scale = self.scene.add_scale(Scale(0.0, area / highest if highest else 1.0))
            for number in order:
                self._draw_circle(self.shown.sites[number], marks[number], self.radii[number], scale)
        else:
            for number in order:
                kind = self.shown.sites[number].site.kind
                index = self.shown.kinds.index(kind) if kind in self.shown.kinds and not is_numbered else 0
                self.scene.add(
                    *draw_mark(index, marks[number].x, marks[number].y, marks[number].radius, self.colors.mark)
                )
        if is_numbered:
            self._write_numbers(marks)

    def _draw_circle(self, one: MapSite, mark: Mark, radius: float, scale: int) -> None:
        if radius < SMALLEST_SEEN:
            self.scene.add(draw_ring(mark.x, mark.y, RING, self.colors.mark, one.value is None))
        if one.value is not None:
            shape = circle(mark.x, mark.y, radius)
            datum = (Datum(one.value, one.fact),)
            if radius >= SMALLEST_SEEN:
                self.scene.add(Shape((circle(mark.x, mark.y, radius + HALO / 2),), fill=WHITE))
            self.scene.add(Shape((shape,), fill=self.colors.mark, role="data", data=datum, measure="area", scale=scale))

    def _write_numbers(self, marks: list[Mark]) -> None:
        white = self.space.look(bold=True, color=WHITE)
        for number, mark in enumerate(marks, 1):
            if mark.radius >= NUMBERED - 0.1:
                self.scene.write(Label(str(number), mark.x, mark.y - 0.35 * white.size, white, "center", "name"))
        self._write_beside(marks)

    def _write_beside(self, marks: list[Mark]) -> None:
        """Write the numbers of small marks beside them."""
        look = self.space.look(strong=True, bold=True)
        small = {number: mark for number, mark in enumerate(marks, 1) if mark.radius < NUMBERED - 0.1}
        sizes = [(self.space.text_width(str(number), bold=True), look.size * 0.8) for number in small]
        large = [mark.box for number, mark in enumerate(marks, 1) if number not in small]
        placed = place_labels(list(small.values()), sizes, self.window, large, most_led=len(small))
        for n, (number, mark) in enumerate(small.items()):
            box = placed[n].box if placed else (mark.x + mark.radius + 1, mark.y - 3, 0.0, 0.0)
            if placed and (way := placed[n].line):
                self.scene.add(Shape((line(way),), stroke=self.space.style.text, width=0.5))
            self.scene.write(Label(str(number), box[0], box[1] + 0.08 * look.size, look))


def _choose_radii(shown: SiteMap, view: MapView) -> list[float]:
    """Return the radius of each circle, of which the area is in proportion to the value; of marks, their own."""
    if not shown.sizes:
        return [DOT] * len(shown.sites)
    largest = min(LARGEST, 0.12 * min(view.width, view.height))
    highest = max((one.value or 0.0 for one in shown.sites), default=0.0)
    return [largest * sqrt(max(0.0, one.value or 0.0) / highest) if highest else 0.0 for one in shown.sites]


def _is_inside(point: tuple[float, float], box: Box, margin: float) -> bool:
    return box[0] - margin < point[0] < box[2] + margin and box[1] - margin < point[1] < box[3] + margin


def wrap_text(text: str, look: TextFormat, space: ChartSpace, width: float, language: str) -> list[str]:
    """Return a text as lines of at most that width, hyphenated where a word is wider."""
    if look.face.width(text) * look.size <= width:
        return [text]
    style = space.style.chart
    words = make_words((Run(text, bold=True),), style)
    return ["".join(piece.text for piece in each.pieces).strip() for each in break_lines(words, width, style, language)]
