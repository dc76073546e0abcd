"""The pages behind the report: the filter of the content index, all figures with their sources, the imprint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from gri_builder.model.document import Block, Callout, QrCode
from gri_builder.resources.sentences import join_list
from gri_builder.web.data.fact_sheets import FactSheet, SeriesSheet
from gri_builder.web.markup import Value, element, element_id, fragment, join
from gri_builder.web.page_context import PageContext, SiteContext
from gri_builder.web.pages.rail import class_of_color
from gri_builder.web.site_plan import FIGURES, PlannedPage
from gri_builder.web.templates import fill_template

VALUE = "web-fact-value"
"""Key of the word above the numbers."""
MOST = 6
"""Sections that a row of figures names."""


def write_filter(site: SiteContext, statuses: Sequence[str]) -> Markup:
    """Return the form that filters the content index; `statuses` are those of its rows, in their order."""
    words, claims = site.document.words, site.document.claims
    topics = dict.fromkeys(claim.group for claim in claims)
    shown = [status for status in ("covered", "partial", "omitted", "missing", "not-required") if status in statuses]
    choices = [
        {"name": "topic", "label": words["web-filter-topic"], "options": [(topic, topic) for topic in topics]},
        {
            "name": "status",
            "label": words["web-status"],
            "options": [(status, words[f"web-status-{status}"]) for status in shown],
        },
        {
            "name": "assured",
            "label": words["index-assurance"],
            "options": [("yes", words["web-assured"]), ("no", words["web-not-assured"])],
        },
    ]
    return fill_template("filter", words=words, choices=choices)


def write_figures(page: PageContext, sheets: Sequence[SeriesSheet]) -> Markup:
    """Return a page of figures: a table for each series that it lists, below links to those on other pages."""
    places = page.site.plan.figures
    tables = [_write_series(page, sheet) for sheet in sheets if places.get(sheet.id, FIGURES) == page.page.file]
    if page.page.file != FIGURES:
        return _frame(page, join(tables, Markup("\n")), element("a", page.words["web-figures"], href=FIGURES))
    lists = [each for each in page.site.plan.pages if each.kind == "figures" and each.file != FIGURES]
    cards = [_write_list(page, each, sheets) for each in lists]
    overview = [element("ol", *cards, class_="cards bare")] if cards else []
    about = element("p", page.words["web-figures-about"], class_="lead")
    return _frame(page, join((about, *overview, *tables), Markup("\n")))


def _write_list(page: PageContext, listed: PlannedPage, sheets: Sequence[SeriesSheet]) -> Markup:
    """Return a page of figures with its series, as an item of a list of pages."""
    title = element("a", _shorten(page, listed), href=listed.file, class_="card-title")
    inside = (sheet for sheet in sheets if page.site.plan.figures.get(sheet.id) == listed.file)
    links = (element("a", each.title, href=listed.file + fragment(_name_series(each))) for each in inside)
    series = element("ul", *(element("li", link) for link in links), class_="bare")
    level = page.base + 2
    return element("li", element(f"h{level}", title), series, class_=f"card {class_of_color(listed.color)}")


def _shorten(page: PageContext, listed: PlannedPage) -> str:
    """Return the title of a page of figures below that of all figures."""
    return listed.title.removeprefix(f"{page.words['web-figures']} · ")


def _name_series(sheet: SeriesSheet) -> str:
    return element_id(f"_series-{sheet.id}")


def _frame(page: PageContext, body: Markup, above: Markup | None = None) -> Markup:
    """Return a page with its title; `above` is the link to the page that it belongs to."""
    id = page.take_id(page.page.key) if not page.base else None
    title = element(f"h{1 + page.base}", _shorten(page, page.page) if above else page.page.title, id=id)
    kicker = element("p", above, class_="kicker") if above else Markup("")
    return element("article", kicker, title, body, class_=f"plain-page prose {page.page.kind}")


def _write_series(page: PageContext, sheet: SeriesSheet) -> Markup:
    words = page.words
    title = element(f"h{2 + page.base}", sheet.title, id=page.take_id(f"_series-{sheet.id}"))
    about = element("dl", *(join((element("dt", label), element("dd", text))) for label, text in sheet.about))
    keys = ("period", VALUE, "web-fact-place", "web-fact-assured", "web-fact-printed")
    heads = (element("th", words[key], scope="col", class_="number" if key == VALUE else None) for key in keys)
    head = element("thead", element("tr", *heads))
    rows = element("tbody", *(_write_fact(page, fact) for fact in sheet.facts))
    table = element("table", head, rows)
    region = element("div", table, class_="scroll", role="group", aria_label=sheet.title, tabindex=0)
    return element("section", title, about, element("div", region, class_="table wide"), class_="series")


def _write_fact(page: PageContext, fact: FactSheet) -> Markup:
    value = page.site.facts.ledger.entries[fact.key].value
    attributes: dict[str, Value] = {"id": page.take_id(f"_fact-{fact.key}")}
    return element(
        "tr",
        element("th", fact.label, scope="row"),
        element("td", element("data", fact.number, value=f"{value:f}"), class_="number"),
        element("td", join(_write_origin(page, fact), Markup("<br>"))),
        element("td", page.words["yes" if fact.is_assured else "no"]),
        element("td", join(_write_places(page, fact), ", ")),
        **attributes,
    )


def _write_origin(page: PageContext, fact: FactSheet) -> Iterator[Markup]:
    """Yield where a fact is from: its place in a file, what it was calculated from, and what is said of it."""
    yield element("span", fact.place, class_="file")
    if fact.inputs:
        links = (element("a", key, href=page.link_fact(key)) for key in fact.inputs)
        yield join((page.words["web-fact-inputs"], ": ", join(links, ", ")))
    yield from (element("small", text) for text in (fact.status, *fact.said) if text)


def _write_places(page: PageContext, fact: FactSheet) -> Iterator[Markup]:
    """Yield links to the sections that print a fact, and to the first page of the PDF that does."""
    sections = page.site.facts.printed.get(fact.key, {})
    titles = page.site.plan.titles
    for anchor in [each for each in sections if each in titles][:MOST]:
        yield element("a", titles[anchor], href=page.link(anchor))
    if fact.pages and page.site.report:
        shown = page.words["web-pdf-page"].format(page=join_list(map(str, fact.pages), page.words))
        yield element("a", shown, href=f"{page.site.report}#page={fact.pages[0]}")


def write_imprint(page: PageContext, blocks: Sequence[Block]) -> Markup:
    """Return the imprint; the code that leads here from print is left out."""
    kept = tuple(block for block in blocks if not isinstance(block, QrCode | Callout))
    notice = tuple(block for block in blocks if isinstance(block, Callout))
    return _frame(page, page.render((*notice, *kept)))
