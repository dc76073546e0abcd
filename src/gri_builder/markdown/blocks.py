"""Tokens of a passage to rich text, each block with its location."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from markdown_it.token import Token
from msgspec.structs import replace

from gri_builder.limits.limits import TEXT_DEPTH
from gri_builder.markdown.attributes import Word, split_words
from gri_builder.markdown.dialect import make_parser
from gri_builder.markdown.directive_lists import check_list
from gri_builder.markdown.directives import DIRECTIVES, read_call
from gri_builder.markdown.inline import ANCHOR, Footnotes, InlineContext, read_images, read_runs, refuse_html
from gri_builder.markdown.line_checks import Environment, check_lines
from gri_builder.markdown.passage_findings import PassageFindings, Span
from gri_builder.markdown.stray_marks import ESCAPES, SEVERE
from gri_builder.markdown.tables import find_table_errors, surplus_cells
from gri_builder.memos import remembered
from gri_builder.model.choices import find_choice
from gri_builder.model.finding import Location, Result, sort_findings
from gri_builder.model.rich_text import (
    ALIGNMENTS,
    DIRECTIVE_NAMES,
    Alignment,
    Block,
    Cell,
    Definitions,
    Directive,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    RichText,
    Rule,
    Run,
    Runs,
    Table,
)
from gri_builder.model.suggestions import suggest
from gri_builder.model.texts.finding_text import shorten
from gri_builder.source.nodes import Passage

_COVERED_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:@-]*(/[a-z](,[a-z])*)?")
_ATTRIBUTES = '{#anchor covers="ID ID"}'
_FENCE_END = re.compile(r"[\s>]*(`{3,}|~{3,})\s*")


_CROSSES_PAGES = frozenset({"'lang'", "a list", "a footnote"})
"""Containers that landscape pages may start in; a directive in a footnote is reported anyway."""


@remembered(lambda passage: passage)
def parse_rich_text(passage: Passage) -> Result[RichText]:
    """Return the passage as blocks, with a finding for all unsupported Markdown; there is always a value."""
    findings = PassageFindings(passage)
    text = findings.clean_passage()
    environment: Environment = {}
    tokens = make_parser().parse(text, environment)
    is_whole = _check_depth(tokens, findings)
    prose = _BlockReader(tokens, findings).read()
    if is_whole:
        check_lines(tokens, environment, findings)
    return Result(prose, sort_findings(findings.found))


class _BlockReader:
    """Reads the tokens of a passage in one pass."""

    def __init__(self, tokens: list[Token], findings: PassageFindings) -> None:
        self._tokens = iter(tokens)
        self._findings = findings
        self._footnotes = Footnotes(frozenset(t.meta["label"] for t in tokens if t.type == "footnote_reference_open"))
        self._notes: dict[str, tuple[Block, ...]] = {}
        self._note_places: dict[str, Location] = {}
        self._containers: list[str] = []

    def read(self) -> RichText:
        """Return all blocks and footnotes."""
        blocks = tuple(self._blocks(""))
        for label, where in self._note_places.items():
            if label not in self._footnotes.used:
                hint = f"refer to it as [^{label}], or delete it"
                self._findings.warn("footnote-unused", f"the footnote '[^{label}]' is not used", where, hint)
        return RichText(blocks, self._notes, self._findings.place(Span(1, 1)))

    def _blocks(self, end: str) -> Iterator[Block]:
        """Yield the blocks up to a token of that type."""
        for token in self._tokens:
            if token.type == end:
                return
            yield from _BLOCK_READERS[token.type](self, token)

    def _container(self, container: str, end: str) -> tuple[Block, ...]:
        """Return the blocks of a container, up to its closing token."""
        self._containers.append(container)
        blocks = tuple(self._blocks(end))
        self._containers.pop()
        return blocks

    def _inline_of(self, token: Token) -> InlineContext:
        return InlineContext(self._findings, self._footnotes, _span(token), _parse_inline)

    def _runs(self, link_addresses: bool = True) -> Runs:
        """Return the runs of the next inline token, and skip the closing token after it."""
        inline = next(self._tokens)
        next(self._tokens)
        self._check_marks(inline)
        return read_runs(inline.children or [], replace(self._inline_of(inline), link_addresses=link_addresses))

    def _until(self, end: str) -> Iterator[Token]:
        """Yield the tokens up to a token of that type."""
        for token in self._tokens:
            if token.type == end:
                return
            yield token

    def _report_unsupported(self, what: str, where: Location, hint: str) -> None:
        self._findings.add("unsupported-markdown", what, where, hint)

    # Text

    def paragraph(self, token: Token) -> Iterator[Block]:
        """Read a paragraph; one that contains only images becomes those images."""
        inline = next(self._tokens)
        children = inline.children or []
        next(self._tokens)
        if children and all(child.type in ("image", "softbreak") for child in children):
            yield from read_images(children, self._inline_of(inline))
            return
        self._check_marks(inline)
        self._check_table_lines(inline)
        yield Paragraph(read_runs(children, self._inline_of(inline)), self._findings.place(_span(inline)))

    def _check_marks(self, inline: Token) -> None:
        """Report markup that looks like Markdown, but would be printed as text."""
        for needle, mark in inline.meta.get("stray", ()):
            where = self._findings.find(needle, _span(inline))
            sign = needle if len(needle) < 10 and mark.rule != "unclosed-placeholder" else needle[0]
            escaped = ESCAPES.get(sign, "\\" + sign)
            hint = f"{mark.hint}, or write '{escaped}' for the characters"
            if mark.rule == "text-left-out":
                hint = f"{mark.hint}: " + needle.replace("\\", "\\\\")
            report = self._findings.add if mark.rule in SEVERE else self._findings.warn
            report(mark.rule, f"'{shorten(needle)}' {mark.problem}", where, hint)

    def _check_table_lines(self, inline: Token) -> None:
        """Report lines that are meant as a table, but would be printed with their bars."""
        for problem in find_table_errors(inline.content.split("\n")) if "|" in inline.content else ():
            line = _span(inline).first + problem.line
            where = self._findings.place(Span(line, line))
            self._findings.add("table-columns", problem.message, where, problem.hint)

    def heading(self, token: Token) -> Iterator[Block]:
        """Read a heading with its attributes."""
        span = _span(token)
        where = self._findings.place(span)
        runs = self._runs(link_addresses=token.tag != "h1")
        if "unspaced" in token.meta:
            hint = f"put a space after '{token.markup}', or write '\\#' for the character"
            self._findings.add("heading-space", f"a heading needs a space after '{token.markup}'", where, hint)
        if self._containers and self._containers[-1] != "a footnote":
            self._report_unsupported(f"a heading is inside {self._containers[-1]}", where, "place it outside")
        if not any(run.text.strip() or run.placeholder for run in runs):
            self._findings.add("empty-heading", "a heading has no text", where, "write its text, or delete the '#'")
        if token.tag == "h1" and any(run.link or run.note for run in runs):
            self._report_unsupported(
                "the title of a chapter contains a link or a footnote", where, "move it to the text below"
            )
        if any(run.link and "{page}" in run.text for run in runs):
            message = "a heading contains '{page}', a number that the contents and bookmarks can't show"
            self._report_unsupported(message, self._findings.find("{page}", span), "move it to the text below")
        anchor, covers = self._attributes(token, span)
        yield Heading(int(token.tag[1:]), runs, where, anchor, covers)

    def _attributes(self, token: Token, span: Span) -> tuple[str | None, tuple[str, ...]]:
        """Return anchor and covered disclosures from the braces of a heading."""
        if "attributes" not in token.meta:
            return None, ()
        source = str(token.meta["attributes"])
        anchors: list[str] = []
        covers: list[str] = []
        for word in split_words(source):
            problem = _read_attribute(word, anchors, covers)
            if problem and token.meta["closed"]:
                self._findings.add("heading-attribute", problem[0], self._findings.find(word.raw, span), problem[1])
        if not token.meta["closed"]:
            where = self._findings.find("{" + source, span)
            hint = "close it with '}', or write '\\{' for the character"
            self._findings.add("heading-attribute", "the braces of the heading are never closed", where, hint)
        return (anchors[0] if anchors else None), tuple(covers)

    def fence(self, token: Token) -> Iterator[Block]:
        """Read a block of code: a paragraph with one run of code."""
        span = _span(token)
        where = self._findings.place(span)
        if span.last == span.first or not _FENCE_END.fullmatch(self._findings.line(span.last)):
            mark = token.markup
            self._findings.add(
                "unclosed-code-block",
                f"the code block opened by '{mark}' is never closed",
                where,
                f"close it with {mark}",
            )
        text = self._findings.clean_run(token.content.removesuffix("\n"), span)
        yield Paragraph((Run(text, code=True),) if text else (), where)

    def indented_code(self, token: Token) -> Iterator[Block]:
        """Report text that is code only because it is indented."""
        hint = "indent it less, or put it between lines of ``` if it is code"
        where = self._findings.place(_span(token))
        self._report_unsupported("text indented by four or more columns would be printed as code", where, hint)
        yield Paragraph((Run(self._findings.clean_run(token.content.strip(), _span(token)), code=True),), where)

    def html(self, token: Token) -> Iterator[Block]:
        """Report a block of HTML."""
        refuse_html(token.content, self._findings, _span(token))
        yield from ()

    def rule(self, token: Token) -> Iterator[Block]:
        """Read a thematic break."""
        yield Rule(self._findings.place(_span(token)))

    # Containers

    def quote(self, token: Token) -> Iterator[Block]:
        """Read a quotation."""
        where = self._findings.place(_span(token))
        yield Quote(self._container("a quotation", "blockquote_close"), where)

    def list(self, token: Token) -> Iterator[Block]:
        """Read a bulleted or numbered list."""
        where = self._findings.place(_span(token))
        numbers: list[str] = []
        items: list[tuple[Block, ...]] = []
        for item in self._until(_end_of(token)):
            numbers.append(item.info)
            items.append(self._container("a list", "list_item_close"))
        labels = read_labels(numbers, token.markup) if token.tag == "ol" else ()
        yield ListBlock(tuple(items), where, int(token.attrs.get("start", 1)) if token.tag == "ol" else None, labels)

    def definitions(self, token: Token) -> Iterator[Block]:
        """Read terms with their definitions; further definitions of a term are joined."""
        where = self._findings.place(_span(token))
        entries: list[tuple[Runs, tuple[Block, ...]]] = []
        for part in self._until("dl_close"):
            if part.type == "dt_open":
                entries.append((self._runs(), ()))
            elif part.type == "dd_open":
                term, meaning = entries[-1]
                entries[-1] = term, (*meaning, *self._container("a definition", "dd_close"))
        yield Definitions(tuple(entries), where)

    def table(self, token: Token) -> Iterator[Block]:
        """Read a table: one header row, then body rows."""
        rows: list[list[Cell]] = []
        align: list[Alignment] = []
        for part in self._until("table_close"):
            if part.type == "tr_open":
                rows.append([])
                self._check_row(part, len(rows[0]) if len(rows) > 1 else 0)
            elif part.type in ("th_open", "td_open"):
                rows[-1].append(Cell((self._runs(),)))
                if part.tag == "th":
                    style = str(part.attrs.get("style", ""))
                    align.append(find_choice(style.removeprefix("text-align:"), ALIGNMENTS) or "left")
        header, *body = (tuple(row) for row in rows)
        yield Table((header,), _head_rows(body), tuple(align), self._findings.place(_span(token)))

    def _check_row(self, row: Token, columns: int) -> None:
        """Report cells of a row beyond the header, and a text below a table that becomes a row; 0 for the header."""
        span, cells = _span(row), row.meta.get("cells", ())
        surplus = surplus_cells(row, columns) if columns else []
        if surplus:
            message = f"'{shorten(surplus[0])}' is in a row of {len(cells)} cells, but the table has {columns} columns"
            where = self._findings.at(span.first, surplus[0])
            hint = "add a header and dashes for its column, or write '\\|' for a bar that is no border of a cell"
            self._findings.add("table-cells", message, where, hint)
        elif columns and len(cells) == 1 and "|" not in self._findings.line(span.first):
            message = f"'{shorten(cells[0])}' becomes a row of the table above it"
            hint = "put an empty line between the table and the text; if it is a row, start it with '|'"
            self._findings.warn("text-in-table", message, self._findings.place(span), hint)

    def footnote(self, token: Token) -> Iterator[Block]:
        """Read the text of a footnote into the notes; yield no block."""
        label, span = str(token.meta["label"]), _span(token)
        where = self._findings.place(span)
        self._footnotes.inside = True
        blocks = self._container("a footnote", "footnote_reference_close")
        self._footnotes.inside = False
        for block in blocks:
            if not isinstance(block, Paragraph) and block.where:
                self._report_unsupported(
                    "a footnote can only contain paragraphs", block.where, "place it outside the footnote"
                )
        if label in self._notes:
            self._findings.add(
                "footnote-duplicate", f"the footnote '[^{label}]' is written twice", where, "choose another label"
            )
        self._notes.setdefault(label, blocks)
        self._note_places.setdefault(label, where)
        yield from ()

    # Directives

    def directive(self, token: Token) -> Iterator[Block]:
        """Read a directive; one that is never closed is read as if it were empty."""
        line = Span(_span(token).first, _span(token).first)
        where, call = self._findings.place(line), read_call(token.info)
        for problem in call.errors:
            self._findings.add(problem.rule, problem.message, self._findings.find(problem.text, line), problem.hint)
        self._check_fences(token, call.name, where)
        if call.kind and "{{" in token.info:
            message = f"'{{{{' in the first line of '{call.name}' would be printed as it is"
            hint = "write the value itself, without braces"
            self._findings.add("placeholder-in-plain-text", message, self._findings.find("{{", line), hint)
        closed = bool(token.meta["closing"])
        blocks = (
            self._container(f"'{call.name}'", "directive_close") if closed else tuple(self._blocks("directive_close"))
        )
        holds_text = call.kind is not None and call.kind.holds_text and closed
        if call.kind and not call.kind.holds_text and "'lang'" in self._containers:
            message = f"'{call.name}' is inside 'lang', but prints words in the report's language"
            self._findings.add("directive-content", message, where, "move it outside")
        if call.name == "landscape":
            self._check_landscape(where)
        if call.kind and call.kind.holds_entries and closed:
            self._check_entries(call.name, blocks, where)
        if name := find_choice(call.name, DIRECTIVE_NAMES):
            if DIRECTIVES[name].holds_list and closed:
                for message, place, hint in check_list(name, blocks, where):
                    self._findings.add("directive-content", message, place, hint)
            yield Directive(name, call.arguments, call.options, blocks if holds_text else (), where)
            if blocks and closed and not holds_text:
                hint = "move it after the closing fence"
                self._findings.add("directive-content", f"'{call.name}' takes no text", blocks[0].where or where, hint)
        if not holds_text:
            yield from blocks

    def _check_landscape(self, where: Location) -> None:
        """Report landscape pages inside a container that is set on one page, or heads what follows it."""
        outer = next((name for name in reversed(self._containers) if name not in _CROSSES_PAGES), None)
        if outer:
            message = f"'landscape' is inside {outer}, where no landscape page can start"
            self._findings.add("misplaced-directive", message, where, "move it outside")

    def _check_entries(self, name: str, blocks: tuple[Block, ...], where: Location) -> None:
        """Report blocks that are not terms with definitions, and a directive without any."""
        others = [block for block in blocks if not isinstance(block, Definitions)]
        if others or not blocks:
            hint = "write each date on a line, and below it what happened: ': We opened the works.'"
            place = (others[0].where if others else None) or where
            self._findings.add("directive-content", f"'{name}' takes dates, each with what happened", place, hint)

    def _check_fences(self, token: Token, name: str, where: Location) -> None:
        """Report fences that are missing or too short."""
        closing, colons = token.meta["closing"], max(token.markup, ":::")
        if not closing:
            hint = f"close it with a line '{colons}'"
            self._findings.add("unclosed-directive", f"the directive '{name}' is never closed", where, hint)
        for line, fence in ((_span(token).first, token.markup), (_span(token).last + 1, closing)):
            if len(fence) == 2:
                self._short_fence(Span(line, line))

    def _short_fence(self, span: Span) -> None:
        where = self._findings.find("::", span)
        self._findings.add("directive-fence", "a fence needs three or more colons", where, "write ':::'")

    def stray_fence(self, token: Token) -> Iterator[Block]:
        """Report a fence that neither opens nor closes a directive."""
        where = self._findings.place(_span(token))
        hint = "delete it, or write a directive after the colons: " + ", ".join(DIRECTIVES)
        self._findings.add("unopened-directive", f"'{token.markup}' does not close any directive", where, hint)
        yield from ()


def _check_depth(tokens: list[Token], findings: PassageFindings) -> bool:
    """Report the first block that is nested too deeply; return whether none is."""
    token = next((token for token in tokens if token.level >= TEXT_DEPTH.most and token.map), None)
    if token:
        where = findings.place(_span(token))
        findings.add("deep-nesting", "lists and quotations are nested too deeply", where, "use fewer levels")
    return token is None


def _head_rows(rows: list[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """Return the body of a table; if its first column is all bold, its cells are row headers (ISO 14289-1, 7.5)."""
    firsts = [run for row in rows for runs in row[0].paragraphs for run in runs if run.text.strip() or run.placeholder]
    if not firsts or not all(run.bold for run in firsts):
        return tuple(rows)
    return tuple((replace(first, header=True), *others) for first, *others in rows)


def read_labels(numbers: list[str], sign: str) -> tuple[str, ...]:
    """Return the labels of a numbered list as written; none if they count up, or all are the same, as '1.'."""
    values = [int(number) for number in numbers]
    counts = values == list(range(values[0], values[0] + len(values)))
    repeated = len(set(values)) == 1 and values[0] < 2
    padded = any(number != str(value) for number, value in zip(numbers, values, strict=True))
    counts = counts and values[0] > 0  # a list is printed from 1, unless its labels are given
    return () if (counts or repeated) and sign == "." and not padded else tuple(number + sign for number in numbers)


def _parse_inline(text: str) -> list[Token]:
    return make_parser().parseInline(text)[0].children or []


def _span(token: Token) -> Span:
    """Return the lines of a token, from 1."""
    first, end = token.map or (0, 1)
    return Span(first + 1, max(first + 1, end))


def _end_of(token: Token) -> str:
    """Return the type of the closing token."""
    return token.type.removesuffix("_open") + "_close"


def _read_attribute(word: Word, anchors: list[str], covers: list[str]) -> tuple[str, str] | None:
    """Add one attribute of a heading to `anchors` or `covers`; return message and hint if it is not valid."""
    if not word.closed:
        return f"the quote of {word.raw} is not closed, or text follows it directly", 'write covers="ID ID"'
    if word.key == "covers":
        return _read_covers(word, covers)
    if word.key is not None:
        return f"unknown attribute '{word.key}' of a heading", suggest(word.key, ["covers"]) or _ATTRIBUTES
    name = word.value.removeprefix("#")
    if name == word.value or not ANCHOR.fullmatch(name):
        return (
            f"'{word.raw}' is not a valid anchor",
            f"an anchor is '#' and letters, digits, '-', '_' or '.': {_ATTRIBUTES}",
        )
    if anchors:
        return f"'{word.raw}' is a second anchor", "delete one of the two"
    anchors.append(name)
    return None


def _read_covers(word: Word, covers: list[str]) -> tuple[str, str] | None:
    if covers:
        return "'covers' is given twice", "put all ids in one list"
    ids = word.value.split()
    wrong = next((id for id in ids if not _COVERED_ID.fullmatch(id)), None)
    if wrong or not ids:
        return (
            f"'{wrong or ''}' is not a valid disclosure id",
            'write covers="ID ID/a,b": spaces between ids, commas between letters',
        )
    covers.extend(ids)
    return None


_BLOCK_READERS: Mapping[str, Callable[[_BlockReader, Token], Iterator[Block]]] = {
    "paragraph_open": _BlockReader.paragraph,
    "heading_open": _BlockReader.heading,
    "fence": _BlockReader.fence,
    "code_block": _BlockReader.indented_code,
    "html_block": _BlockReader.html,
    "hr": _BlockReader.rule,
    "blockquote_open": _BlockReader.quote,
    "bullet_list_open": _BlockReader.list,
    "ordered_list_open": _BlockReader.list,
    "table_open": _BlockReader.table,
    "dl_open": _BlockReader.definitions,
    "footnote_reference_open": _BlockReader.footnote,
    "directive_open": _BlockReader.directive,
    "stray_fence": _BlockReader.stray_fence,
}
