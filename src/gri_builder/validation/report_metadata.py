"""report.yaml: the organization, the period, the option, the material Aspects, the theme."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct, field
from msgspec.structs import replace

from gri_builder.model.choices import find_choice
from gri_builder.model.figures.diagrams import Site
from gri_builder.model.finding import Finding, Location, Severity, error
from gri_builder.model.framework import Aspect, Framework
from gri_builder.model.report import (
    ASSURANCE_LEVELS,
    CHAPTER_STARTS,
    PAGE_SIZES,
    AssessedTopic,
    Assurance,
    ChapterStart,
    MaterialAspect,
    Organization,
    PageSize,
    Score,
)
from gri_builder.model.suggestions import find_nearest, suggest
from gri_builder.model.texts.finding_text import listed
from gri_builder.model.theme import FontFamily, Theme
from gri_builder.resources.frameworks import framework_ids
from gri_builder.resources.languages import is_locale
from gri_builder.resources.themes import COLORS
from gri_builder.source.nodes import Node, Source
from gri_builder.source.schema_check import Checker, LabeledNode, SchemaError, load_checker
from gri_builder.source.schema_messages import explain_schema_error
from gri_builder.source.values import day_of, spelling_of, text_of, texts_of
from gri_builder.storage.file_names import find_name_flaw
from gri_builder.validation.disclosure_ids import aspect_hint, nearest_aspect
from gri_builder.validation.figures.sites import read_sites
from gri_builder.validation.parts import PartNodes, read_parts
from gri_builder.validation.theme import read_theme

DECISIVE = ("framework", "option", "sector", "material_aspects")
"""Keys that determine which disclosures the report must answer."""


class ReportMetadata(Struct, frozen=True):
    """The valid content of report.yaml."""

    root: Node
    name: str | None
    title: str | None
    organization: Organization | None
    start: date | None
    end: date | None
    published: date | None
    language: str | None
    option: str | None
    """Id of the option that is claimed; None for 'none', and when it is unknown."""
    option_known: bool
    where: Location
    """Place of the option."""
    page_size: PageSize
    chapters_start: ChapterStart
    sector: str | None
    subtitle: str | None
    notice: Node | None
    imprint: Mapping[str, str]
    """Who made the report and how, by label."""
    theme: Theme
    aspects: tuple[MaterialAspect, ...]
    assessed: tuple[AssessedTopic, ...]
    sites: tuple[Site, ...]
    key_figures: tuple[Node, ...]
    """Ids of the series whose values are printed behind the cover, as written."""
    web: str | None
    assurance: Assurance | None
    assurance_denied: bool
    """Whether the report certainly has no assurance."""
    index_columns: tuple[str, ...]
    chapters: tuple[Node, ...] = field(default=())
    """Paths of the chapters, as written."""
    parts: tuple[PartNodes, ...] = ()
    """Parts of the report, whose chapters follow the others."""
    misspelt: tuple[str, ...] = ()
    """Unknown keys of report.yaml."""
    statement: Node | None = None
    """Path of the assurance statement, as written."""
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    """Meanings of abbreviations."""

    @property
    def fonts(self) -> tuple[FontFamily, FontFamily]:
        """Font families of text and headings."""
        return self.theme.text_font, self.theme.heading_font

    @property
    def has_scores(self) -> bool:
        """Whether a topic has scores that a materiality matrix can show."""
        return any(topic.score for topic in self.assessed) or any(aspect.score for aspect in self.aspects)

    @property
    def last_day(self) -> date | None:
        """Last day of the period; None unless both days are valid and in order."""
        return self.end if self.start and self.end and self.start <= self.end else None

    @property
    def sector_known(self) -> bool:
        """Whether the sector, or that the report has none, is certain."""
        return self.is_decisive and (self.sector is not None or "sector" not in self.root.entries)

    @property
    def is_decisive(self) -> bool:
        """Whether it is certain which disclosures the report must answer; if not, answers would seem to be missing."""
        misspelt = {find_nearest(key, DECISIVE) for key in self.misspelt}
        nodes = (self.root.get(key) for key in DECISIVE)
        is_sound = not self.root.broken and all(node is None or node.is_sound for node in nodes)
        return self.option_known and is_sound and not misspelt.intersection(DECISIVE)


def read_report_metadata(source: Source, framework: Framework) -> tuple[ReportMetadata, list[Finding]]:
    """Return the content of report.yaml, and what is wrong with it."""
    root = source.report
    flaws = load_checker("report").find_errors(LabeledNode(root, root.file.path))
    findings = [*map(_explain, (*flaws, *_check_option(root, framework)))]
    findings.extend(_check_names(root, framework))
    findings.extend(_check_dates(root))
    theme, theme_findings = read_theme(source, framework)
    findings.extend(theme_findings)
    sector = _known(text_of(root.get("sector")), framework.sectors)
    aspects, aspect_findings = _read_aspects(root, framework, sector, {finding.where for finding in findings})
    findings.extend(aspect_findings)
    assessed, assessed_findings = _read_assessed(root.get("assessed_topics"), framework)
    findings.extend(assessed_findings)
    parts, part_findings = read_parts(root, framework)
    findings.extend(part_findings)
    sites, site_findings = read_sites(root.get("sites"))
    findings.extend(site_findings)
    option = root.get("option")
    claimed = _known(text_of(option), (*framework.options, "none"))
    assurance = root.get("assurance")
    return ReportMetadata(
        root=root,
        name=text_of(root.get("name")),
        title=text_of(root.get("title")),
        organization=_read_organization(root.get("organization")),
        start=day_of(_inside(root, "period", "start")),
        end=day_of(_inside(root, "period", "end")),
        published=day_of(root.get("published")),
        language=text_of(root.get("language")),
        option=None if claimed == "none" else claimed,
        option_known=claimed is not None,
        where=option.where if option else root.where,
        page_size=find_choice(_known(text_of(root.get("page_size")), PAGE_SIZES), PAGE_SIZES) or "A4",
        chapters_start=_read_start(root) or "any",
        sector=sector,
        subtitle=text_of(root.get("subtitle")),
        notice=root.get("notice"),
        imprint=_read_plain_texts(root.get("imprint")),
        theme=theme,
        aspects=aspects,
        assessed=assessed,
        sites=sites,
        key_figures=texts_of(root.get("key_figures")),
        web=text_of(root.get("web")),
        assurance=_read_assurance(assurance),
        assurance_denied=root.kind == "mapping" and (assurance is None or text_of(assurance) == "none"),
        index_columns=tuple(
            c.text for c in texts_of(_inside(root, "index", "columns")) if c.text in framework.linkages
        ),
        chapters=(*texts_of(root.get("chapters")), *(node for part in parts for node in part.chapters)),
        parts=parts,
        misspelt=tuple(flaw.name for flaw in flaws if flaw.keyword == "additionalProperties" and not flaw.path),
        statement=_inside(root, "assurance", "statement"),
        abbreviations=_read_plain_texts(root.get("abbreviations")),
    ), findings


def _read_start(root: Node) -> ChapterStart | None:
    return find_choice(_known(text_of(root.get("chapters_start")), CHAPTER_STARTS), CHAPTER_STARTS)


def _explain(flaw: SchemaError) -> Finding:
    """Return the finding for a schema error; colours have a separate rule."""
    finding = explain_schema_error(flaw)
    if flaw.path[:1] == ("theme",) and _names_color(flaw.path) and finding.rule == "wrong-value":
        message = f"'{flaw.target.value.text}' is not a valid colour"
        hint = finding.hint or 'write "#" and six hexadecimal digits, in quotes, such as "#2f6d3a"'
        return replace(finding, rule="wrong-colour", message=message, hint=hint)
    return finding


def _names_color(path: tuple[str | int, ...]) -> bool:
    return path[-1] in COLORS or "categories" in path[:-1]


def _check_option(root: Node, framework: Framework) -> list[SchemaError]:
    """Return the error of an option that the framework does not have."""
    entry = root.entries.get("option")
    checker = Checker({"enum": [*framework.options, "none"]})
    return checker.find_errors(LabeledNode(entry.value, "'option'", entry.key)) if entry else []


def _inside(root: Node, *keys: str) -> Node | None:
    found: Node | None = root
    for key in keys:
        found = found.get(key) if found else None
    return found


def _known(name: str | None, names: Mapping[str, object] | tuple[str, ...]) -> str | None:
    """Return the known name that is written, or the most similar one, so that one typo gives one finding."""
    if name is None or name in names:
        return name
    return find_nearest(name, names)


def _check_names(root: Node, framework: Framework) -> Iterator[Finding]:
    """Yield a finding for each unknown framework, sector, column and language, and for a name that no file can have."""
    own = root.get("name")
    if (name := text_of(own)) and own and (flaw := find_name_flaw(name)):
        hint = "choose another name for the output files, such as acme-2015"
        yield error("reserved-name", f"the name '{name}' {flaw}", own.where, hint)
    used = root.get("framework")
    if (name := text_of(used)) and used and name != framework.id:
        hint = suggest(name, framework_ids()) or f"the frameworks are {listed(framework_ids(), 'and')}"
        yield error("unknown-framework", f"unknown framework '{name}'", used.where, hint)
    sector = root.get("sector")
    if (name := text_of(sector)) and sector and name not in framework.sectors:
        hint = suggest(name, framework.sectors) or f"the sectors are {listed(framework.sectors, 'and')}"
        yield error("unknown-sector", f"unknown sector '{name}'", sector.where, hint)
    for column in texts_of(_inside(root, "index", "columns")):
        if column.text not in framework.linkages:
            hint = suggest(column.text, framework.linkages) or f"the columns are {listed(framework.linkages, 'and')}"
            yield error("unknown-column", f"'{column.text}' is not a column of the content index", column.where, hint)
        elif not framework.linkages[column.text].verified:
            message = (
                f"the column '{framework.linkages[column.text].column}' of the content index shows links as "
                "gri-builder knows them; not all of them were compared with the Guidelines"
            )
            hint = "compare the column with your own records before you publish, or take it out of 'index: columns'"
            yield Finding("index-unverified", Severity.INFO, message, column.where, hint)
    language = root.get("language")
    if (name := text_of(language)) and language and not is_locale(name):
        yield error("unknown-language", f"unknown language '{name}'", language.where, _language_hint(name))


def _language_hint(tag: str) -> str:
    other = tag.replace("_", "-")
    if other != tag and is_locale(other):
        return f"did you mean '{other}'?"
    return "write a language code, with a region if it matters: en-GB, de-DE, fr"


def _check_dates(root: Node) -> Iterator[Finding]:
    """Yield a finding for dates in the wrong order."""
    start, end, published = _inside(root, "period", "start"), _inside(root, "period", "end"), root.get("published")
    first, last, day = day_of(start), day_of(end), day_of(published)
    if start and end and first and last and last < first:
        message = f"the period ends on {last}, before it starts on {first}"
        suspect = start if day and last <= day < first else end
        yield error("date-order", message, suspect.where, "check the year of both dates")
    elif published and day and last and day < last:
        message = f"the report is published on {day}, before its period ends on {last}"
        yield error("date-outside-period", message, published.where, "check the year of both dates")


def _read_organization(node: Node | None) -> Organization | None:
    name = text_of(node.get("name")) if node else None
    if node is None or name is None:
        return None
    return Organization(
        name=name,
        short_name=text_of(node.get("short_name")) or name,
        address=text_of(node.get("address")),
        website=text_of(node.get("website")),
        contact=text_of(node.get("contact")),
    )


def _read_plain_texts(node: Node | None) -> dict[str, str]:
    """Return the texts of a mapping by their keys."""
    entries = node.entries if node else {}
    return {name: text for name, entry in entries.items() if (text := text_of(entry.value)) and name.strip()}


def _read_assurance(node: Node | None) -> Assurance | None:
    if node is None or node.kind != "mapping":
        return None
    provider, standard = (text_of(node.get(key)) or "" for key in ("provider", "standard"))
    # The schema refuses any other level: the report is checked further, but not built.
    level = find_choice(text_of(node.get("level")), ASSURANCE_LEVELS) or "limited"
    return Assurance(provider, level, standard, node.where, text_of(node.get("statement")))


def _read_aspects(
    root: Node, framework: Framework, sector: str | None, reported: Collection[Location]
) -> tuple[tuple[MaterialAspect, ...], list[Finding]]:
    """Return the material Aspects; a misspelt one counts as the most similar one."""
    findings: list[Finding] = []
    read: dict[str, MaterialAspect] = {}
    listed_aspects = root.get("material_aspects")
    for row in listed_aspects.items if listed_aspects else ():
        node = row.get("aspect")
        name = spelling_of(node)
        if node is None or name is None:
            continue
        aspect = framework.aspects.get(name)
        if aspect is None or aspect.sector not in (None, sector):
            findings.append(_refuse_aspect(name, node.where, aspect, framework))
            aspect = aspect or framework.aspects.get(nearest_aspect(name, framework) or "")
        elif name in read:
            message = f"the Aspect '{name}' is listed twice"
            findings.append(
                error("duplicate-aspect", message, node.where, "keep one of the two, with its whole boundary")
            )
        if (
            "within" not in row.entries
            and "outside" not in row.entries
            and framework.has_boundaries
            and row.where not in reported
            and not _has_typo(row)
        ):
            findings.append(_missing_boundary(name, row.entries["aspect"].key.where))
        if aspect:
            read.setdefault(aspect.id, _material(aspect.id, row))
    return tuple(read.values()), findings


def _has_typo(row: Node) -> bool:
    """Whether a boundary was probably written under a misspelt key, which has a finding already."""
    return any(
        find_nearest(key, ("aspect", "within", "outside", "reason")) in ("within", "outside") for key in row.entries
    )


def _missing_boundary(name: str, where: Location) -> Finding:
    message = f"the Aspect '{name}' has no boundary"
    hint = "add 'within: …' or 'outside: …', or both: where the Aspect is material, inside or outside the organization"
    return error("missing-boundary", message, where, hint)


def _material(aspect: str, row: Node) -> MaterialAspect:
    within, outside, reason = (text_of(row.get(key)) for key in ("within", "outside", "reason"))
    return MaterialAspect(aspect, row.where, within, outside, reason, _score(row))


def _score(row: Node) -> Score | None:
    """Return the score of a topic; None unless both of its numbers are given."""
    numbers = [node for key in ("influence", "impact") if (node := row.get(key)) and node.kind == "number"]
    return Score(*(Decimal(node.text) for node in numbers)) if len(numbers) == 2 else None


def _read_assessed(node: Node | None, framework: Framework) -> tuple[tuple[AssessedTopic, ...], list[Finding]]:
    """Return the topics that are not material; each has a score for the matrix, or the reason, or both."""
    read: list[AssessedTopic] = []
    findings: list[Finding] = []
    for row in node.items if node else ():
        name, score, reason = spelling_of(row.get("topic")), _score(row), text_of(row.get("reason"))
        if name is None:
            continue
        if not {"influence", "impact", "reason"}.intersection(row.entries):
            message = f"the topic '{name}' has neither a place in the matrix nor a reason"
            hint = "add 'influence: …' and 'impact: …' for the matrix, or 'reason: …': why it is not material"
            findings.append(error("missing-key", message, row.where, hint))
        aspect = framework.aspects.get(name)
        shown = aspect.display_name if aspect else name
        read.append(AssessedTopic(shown, score, aspect.id if aspect else None, reason))
    return tuple(read), findings


def _refuse_aspect(name: str, where: Location, aspect: Aspect | None, framework: Framework) -> Finding:
    if aspect and aspect.sector:
        message = f"the Aspect '{name}' belongs to the sector '{aspect.sector}', which report.yaml does not name"
        return error("unknown-aspect", message, where, f"add 'sector: {aspect.sector}', or remove the Aspect")
    return error("unknown-aspect", f"'{name}' is not an Aspect", where, aspect_hint(nearest_aspect(name, framework)))
