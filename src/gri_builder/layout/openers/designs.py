"""Designs of openers: each plans one in four placements, so that no two neighbouring chapters open alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from gri_builder.layout.openers.opening import Opening, art, rule, slot_below
from gri_builder.layout.openers.plan import Area, Ground, Numeral, Plan, Slot
from gri_builder.model.color import readable_on
from gri_builder.typesetting.style import GUTTER

GAP = 26.0
"""Space between an opener and the text below it."""
PAD = 30.0
"""Space between a text and the edge of its ground."""
FOOT = 58.0
"""Height of the strip below a picture, which the page number is printed on."""
ACCENT = (44.0, 4.0)
"""Width and height of the short bar in the accent colour."""


def plan_band(opening: Opening) -> Plan:
    """Plan a band at the head of the page, with art at its side, above its title or below it."""
    page, variant = opening.page, opening.variant
    shifted = variant == 2 and opening.number > 0 and not opening.picture
    narrow = variant in (0, 2) and opening.number > 0 and not shifted
    x = page.left if shifted else page.margin
    width = page.width * 0.62 - x if narrow else page.width - page.right - x
    title = opening.fit(width, page.height * 0.4)
    strip = 40.0 * opening.scale if variant in (1, 3) and opening.number else 0.0
    down = strip if variant == 1 else 0.0
    panel = max(50.0, 104.0 * opening.scale - strip) + title + PAD
    grounds = [Ground(Area(0, down, page.width, panel), opening.ground.color)]
    if narrow:
        grounds.append(art(page.width * 0.66, 0, page.width * 0.34, panel))
    elif shifted:
        grounds.append(art(0, 0, page.left - GUTTER, panel))
    elif strip:
        grounds.append(art(0, 0 if variant == 1 else panel, page.width, strip))
    bar = down + panel - (strip and ACCENT[1]) if variant == 3 else down + panel - ACCENT[1]
    grounds.append(rule(x, bar, *ACCENT, opening.ground.accent))
    slot = Slot(x, down + panel - PAD - title, width, opening.ground.ink)
    return _with_lead(opening, Plan(0, slot, tuple(grounds)), panel + strip)


def plan_half(opening: Opening) -> Plan:
    """Plan art and a panel with the title, one above the other or side by side."""
    page, variant = opening.page, opening.variant
    tall = page.height * 0.2 * opening.scale
    if variant in (0, 1):
        title = opening.fit(page.full_width, page.height * 0.3)
        panel = title + 2 * PAD + 14 + (32.0 if variant == 1 else 0.0)
        down, drawn = (tall, 0.0) if variant == 0 else (0.0, panel)
        grounds = (
            art(0, drawn, page.width, tall),
            Ground(Area(0, down, page.width, panel), opening.ground.color),
            rule(page.margin, tall - ACCENT[1] if variant == 0 else panel - ACCENT[1], *ACCENT, opening.ground.accent),
        )
        slot = Slot(page.margin, down + panel - PAD - title, page.full_width, opening.ground.ink)
        return _with_lead(opening, Plan(0, slot, grounds), tall + panel)
    edge = page.left - GUTTER if variant == 3 else page.left + page.text_width * 0.45
    x = page.left if variant == 3 else page.margin
    if variant == 3 and opening.picture:  # a picture needs more than the margin
        edge, x = page.width * 0.46, page.width * 0.46 + PAD
    width = page.width - page.right - x if variant == 3 else edge - x - PAD
    title = opening.fit(width, page.height * 0.3)
    high = max(page.height * 0.29 * opening.scale, title + page.top + PAD)
    field = Area(edge, 0, page.width - edge, high) if variant == 3 else Area(0, 0, edge, high)
    drawn_area = (0.0, 0.0, edge, high) if variant == 3 else (edge, 0.0, page.width - edge, high)
    slot = Slot(x, high - PAD - title, width, opening.ground.ink)
    grounds = (
        art(*drawn_area),
        Ground(field, opening.ground.color),
        rule(x, slot.down - 18, *ACCENT, opening.ground.accent),
    )
    return _with_lead(opening, Plan(0, slot, grounds), high)


def plan_page(opening: Opening) -> Plan:
    """Plan a page in the chapter's colour: art above, below, or at a side of the texts."""
    page, variant = opening.page, opening.variant
    if variant in (0, 1):
        x, width, tall = page.margin, page.full_width, page.height * 0.42
        field = Area(x, tall if variant == 0 else 0, width, page.height - tall)
        drawn = art(0, 0 if variant == 0 else page.height - tall, page.width, tall - (0 if variant == 0 else FOOT))
    else:
        edge = page.left - GUTTER if variant == 2 else page.width * 0.64
        x = page.left if variant == 2 else page.margin
        field = Area(x, page.height * (0.3 if variant == 2 else 0.08), 0, page.height * 0.6)
        width = page.width - page.right - x if variant == 2 else edge - x - PAD
        drawn = art(0, 0, edge, page.height) if variant == 2 else art(edge, 0, page.width - edge, page.height - FOOT)
    title = opening.fit(width, page.height * 0.24, 1.4)
    down = field.down + 68 if variant != 1 else page.top + 40
    slot = Slot(x, down, width, opening.ground.ink)
    whole = Ground(Area(0, 0, page.width, page.height), opening.ground.color)
    bar = rule(x, down - 26, *ACCENT, opening.ground.accent)
    return _fill_page(opening, Plan(0, slot, (whole, drawn, bar)), title, width)


def plan_side(opening: Opening) -> Plan:
    """Plan a column of colour at the margin with number and art; title and lead are set large beside it."""
    page, variant = opening.page, opening.variant
    edge, x = page.left - GUTTER, page.left
    width = page.width - page.right - x
    title = opening.fit(width, page.height * 0.3, 1.15)
    down = page.top + 18
    slot = Slot(x, down, width, opening.color)
    lead = slot_below(slot, title, 22, opening.style.text)
    after = lead.down + opening.lead_height(width) + (14 if opening.lead else 0)
    topics = Slot(x, after, width, opening.style.text)
    reach = after + opening.topics_height(width) + (16 if opening.topics else 0)
    high = max(reach, page.height * 0.36 * opening.scale)
    share = (0.56, 0.56, 1.0, 0.3)[variant]
    drawn = art(0, high * (1 - share) if variant in (0, 3) else 0, edge, high * share)
    number_down = {0: page.top + 62, 1: high - 24, 2: high - 24, 3: page.top + 62}[variant]
    grounds = [Ground(Area(0, 0, edge, high), opening.ground.color), drawn]
    if variant == 2:
        grounds.append(Ground(Area(0, high - 96, edge, 96), opening.ground.color))
    grounds.append(rule(x, down - 14, *ACCENT, opening.style.accent))
    numeral = Numeral(page.margin, number_down, 76, opening.ground.ink)
    return Plan(high + GAP, slot, tuple(grounds), lead, topics, numeral)


def plan_number(opening: Opening) -> Plan:
    """Plan a large number and the title on white, with a rule; art is a strip at the page's head if there is any."""
    page, variant = opening.page, opening.variant
    strip = page.height * 0.2 * opening.scale if opening.picture else 0.0
    top = max(page.top, strip + 34)
    ends = variant in (1, 3)
    right = page.width - page.right
    size = min(118.0 * opening.scale, 118.0)
    room = opening.numeral_width(size) + 24 if ends and opening.number else 0.0
    x = page.left if not ends else page.margin
    width = right - x - room
    size = size if ends else min(size, page.margin_width / max(1.0, opening.numeral_width(1.0)))
    title = opening.fit(width, page.height * 0.3, 1.1)
    cap = size * 0.7
    line = top if variant in (0, 1) else top + max(cap, title) + 22
    first = top + 22 if variant in (0, 1) else top
    slot = Slot(x, first + max(0.0, cap - title), width, opening.color)
    numeral = Numeral(right if ends else page.margin, first + max(cap, title), size, opening.color, ends)
    grounds = [rule(page.margin, line, page.full_width, 3, opening.color)]
    if strip:
        grounds.insert(0, art(0, 0, page.width, strip))
    reach = max(first + max(cap, title), line + 3)
    return _with_lead(opening, Plan(0, slot, tuple(grounds), numeral=numeral), reach)


def plan_photo(opening: Opening) -> Plan:
    """Plan a picture over the whole page, with the texts on a field in one of its corners."""
    page, variant = opening.page, opening.variant
    wide = variant == 3
    width = (page.full_width if wide else page.full_width * 0.62) - 2 * PAD
    title = opening.fit(width, page.height * 0.26, 1.25)
    inner = opening.lead_height(width) + opening.topics_height(width) + (20 if opening.topics else 0)
    high = title + inner + 2 * PAD + (24 if opening.lead else 0) + 14
    x = (page.margin, page.width - page.right - width - 2 * PAD, page.margin, page.margin)[variant]
    down = page.top if variant == 2 else page.height - FOOT - 40 - high
    field = Area(0 if wide else x, down, page.width if wide else width + 2 * PAD, high + (40 if wide else 0))
    slot = Slot(x + PAD, down + PAD + 14, width, opening.ground.ink)
    grounds = (
        art(0, 0, page.width, page.height - FOOT),
        Ground(Area(0, page.height - FOOT, page.width, FOOT), opening.ground.color),
        Ground(field, opening.ground.color),
        rule(x + PAD, down + PAD - 8, *ACCENT, opening.ground.accent),
    )
    lead = slot_below(slot, title, 24)
    topics = slot_below(lead, opening.lead_height(width), 20)
    return Plan(page.height - page.bottom, slot, grounds, lead, topics)


def plan_frame(opening: Opening) -> Plan:
    """Plan framed art on a field of paper, with the title below it in the chapter's colour."""
    page, variant = opening.page, opening.variant
    tall = page.height * (0.17 if opening.number else 0.06) * opening.scale
    top, left, wide = page.top * 0.6, page.margin, page.full_width
    share = (1.0, 0.62, 0.62, 0.3)[variant]
    inset = left if variant in (0, 1) else left + wide * (1 - share)
    drawn = [art(inset, top, wide * share, tall)]
    if variant:
        rest = wide * (1 - share) - GUTTER
        panel = left + wide * share + GUTTER if variant == 1 else left
        drawn.append(Ground(Area(panel, top, rest, tall), opening.ground.color))
    number_at = {1: left + wide * 0.62 + GUTTER + 14, 2: left + 14, 3: left + 14}.get(variant, 0.0)
    numeral = Numeral(number_at, top + tall - 16, 58, opening.ground.ink) if variant else None
    title = opening.fit(wide, page.height * 0.25, 1.1)
    slot = Slot(left, top + tall + 40, wide, readable_on(opening.color, opening.style.surface))
    reach = slot.down + title + 24
    grounds = (
        Ground(Area(0, 0, page.width, reach), opening.style.surface),
        *drawn,
        rule(left, top + tall + 22, *ACCENT, opening.style.accent),
    )
    return _with_lead(opening, Plan(0, slot, grounds, numeral=numeral), reach)


def plan_part(opening: Opening) -> Plan:
    """Plan the page of a part: art, its number, title and summary, and its chapters with their page numbers."""
    page, variant = opening.page, opening.variant
    beside = variant in (1, 3)
    edge = page.width * 0.6 if variant == 1 else page.left - GUTTER
    x = page.margin if variant == 1 else page.left
    width = edge - PAD - x if variant == 1 else page.width - page.right - x
    title = opening.fit(width, page.height * 0.22, 1.45)
    inner = title + 20 + opening.lead_height(width) + 26 + opening.topics_height(width)
    room = page.height - page.bottom - inner
    tall = max(0.0, min(page.height * 0.48, room - 84))
    down = {0: tall + 56, 1: max(150.0, room - 30), 2: page.top + 24, 3: min(page.height * 0.3, room)}[variant]
    drawn = {
        0: art(0, 0, page.width, tall),
        1: art(edge, 0, page.width - edge, page.height - FOOT),
        2: art(0, page.height - tall, page.width, tall - FOOT),
        3: art(0, 0, edge, page.height),
    }[variant]
    slot = Slot(x, down, width, opening.ground.ink)
    size = 92.0
    numeral = Numeral(x if beside else page.margin, down - 34 if beside else down + 66, size, opening.ground.ink)
    lead = slot_below(slot, title, 20)
    topics = slot_below(lead, opening.lead_height(width), 26)
    whole = Ground(Area(0, 0, page.width, page.height), opening.ground.color)
    bar = rule(x, down - 18, *ACCENT, opening.ground.accent)
    return Plan(page.height - page.bottom, slot, (whole, drawn, bar), lead, topics, numeral)


def plan_glance(opening: Opening) -> Plan:
    """Plan the title of the page at a glance: a strip of art at the head of a page in the main colour."""
    page, ground = opening.page, opening.ground
    strip = 64.0
    title = opening.fit(page.full_width, page.height * 0.2, 1.2)
    slot = Slot(page.margin, strip + 40, page.full_width, ground.ink)
    grounds = (art(0, 0, page.width, strip), rule(page.margin, strip + 22, *ACCENT, ground.accent))
    return Plan(slot.down + title + 20, slot, grounds)


def plan_run_on(opening: Opening) -> Plan:
    """Plan a band inside the text frame, for a chapter that continues the page of the one before."""
    page, color = opening.page, opening.ground.color
    pad = 21.0
    width = page.full_width - 2 * pad
    title = opening.fit(width, opening.style.chapter_title.leading * 1.5, 0.72) - 0.22 * opening.look.size
    high = title + 2 * pad
    grounds = (
        rule(page.margin, 0, page.full_width, high, color),
        rule(page.margin, 0, 4, high, opening.ground.accent),
    )
    slot = Slot(page.margin + pad, pad - 0.08 * opening.look.size, width, opening.ground.ink)
    return _with_lead(opening, Plan(0, slot, grounds), high, 16)


def _with_lead(opening: Opening, plan: Plan, down: float, gap: float = GAP) -> Plan:
    """Return the plan with the lead on white below it, and the topics in the margin beside the lead."""
    page = opening.page
    x = page.margin if opening.is_wide else page.left
    width = page.width - page.right - x
    lead = Slot(x, down + gap, width, opening.color)
    topics = Slot(page.margin, down + gap + 3, page.margin_width, opening.style.text)
    low = down + gap
    if opening.lead:
        low = max(low, down + gap + opening.lead_height(width) + 16)
    if opening.topics:
        low = max(low, down + gap + opening.topics_height(page.margin_width) + 12)
    return Plan(low, plan.title, plan.grounds, lead, topics, plan.numeral)


def _fill_page(opening: Opening, plan: Plan, title: float, width: float) -> Plan:
    """Return the plan with lead and topics below the title, reaching down to the foot of the page."""
    lead = slot_below(plan.title, title, 30)
    topics = slot_below(lead, opening.lead_height(width), 28, opening.soft_ink)
    return Plan(opening.page.height - opening.page.bottom, plan.title, plan.grounds, lead, topics, plan.numeral)


class Design(NamedTuple):
    """How one kind of opener is planned."""

    plan: Callable[[Opening], Plan]
    fills_page: bool = False
    """Whether it takes a whole page."""
    is_large: bool = False
    """Whether it is too large for a chapter of a page or less."""


DESIGNS: Mapping[str, Design] = {
    "band": Design(plan_band),
    "half": Design(plan_half, is_large=True),
    "page": Design(plan_page, fills_page=True, is_large=True),
    "side": Design(plan_side, is_large=True),
    "photo": Design(plan_photo, fills_page=True, is_large=True),
    "number": Design(plan_number),
    "frame": Design(plan_frame),
    "part": Design(plan_part, fills_page=True),
    "glance": Design(plan_glance),
    "run-on": Design(plan_run_on),
}
"""Every kind of opener, by name."""
