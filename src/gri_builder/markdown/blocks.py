"""Blocks: the tokens of a passage become prose, each block with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from markdown_it.token import Token
from msgspec.structs import replace

from gri_builder.markdown.attributes import Word, split_words
from gri_builder.markdown.dialect import DEEPEST, make_parser
from gri_builder.markdown.directives import DIRECTIVES, read_call
from gri_builder.markdown.inline import ANCHOR, Footnotes, Inline, read_images, read_runs, refuse_html
from gri_builder.markdown.passage_findings import PassageFindings, Span
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
from gri_builder.source.nodes import Passage

_COVERED = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:-]*(/[a-z](,[a-z])*)?")
_ATTRIBUTES = '{#anchor covers="ID ID"}'
_FENCE_END = re.compile(r"[\s>]*(`{3,}|~{3,})\s*")


_LOOSE = {
    "{#": ("stands in no heading", "move it to the end of the heading"),
    "{lang=": ("stands behind no passage", "put the passage in brackets directly before it: [texte]{lang=fr}"),
    "**": ("has no partner", "close the bold text with '**', directly behind its last letter"),
    "-": ("makes no list without a space", "put a space behind it"),
    "+": ("makes no list without a space", "put a space behind it"),
}
"""What is wrong with marks that are printed as they stand, and what to do about it."""


def parse_rich_text(passage: Passage) -> Result[RichText]:
    """Return the passage as blocks, with a finding for all that reports do not hold; there is always a value."""
    faults = PassageFindings(passage)
    text = faults.clean_passage()
    tokens = make_parser().parse(text)
    _check_depth(tokens, faults)
    prose = _Reader(tokens, faults).read()
    return Result(prose, sort_findings(faults.found))


class _Reader:
    """Reads the tokens of a passage, each once, from the first to the last."""

    def __init__(self, tokens: list[Token], faults: PassageFindings) -> None:
        self._tokens = iter(tokens)
        self._faults = faults
        self._footnotes = Footnotes(frozenset(t.meta["label"] for t in tokens if t.type == "footnote_reference_open"))
        self._notes: dict[str, tuple[Block, ...]] = {}
        self._note_places: dict[str, Location] = {}
        self._containers: list[str] = []

    def read(self) -> RichText:
        """Return everything."""
        blocks = tuple(self._blocks(""))
        for label, where in self._note_places.items():
            if label not in self._footnotes.used:
                hint = f"refer to it as [^{label}], or delete it"
                self._faults.warn("footnote-unused", f"nothing refers to the footnote '[^{label}]'", where, hint)
        return RichText(blocks, self._notes, self._faults.place(Span(1, 1)))

    def _blocks(self, end: str) -> Iterator[Block]:
        """Yield the blocks up to the token of that type."""
        for token in self._tokens:
            if token.type == end:
                return
            yield from _READERS[token.type](self, token)

    def _inside(self, container: str, end: str) -> tuple[Block, ...]:
        """Return the blocks inside a container, up to its closing token."""
        self._containers.append(container)
        blocks = tuple(self._blocks(end))
        self._containers.pop()
        return blocks

    def _inline_of(self, token: Token) -> Inline:
        return Inline(self._faults, self._footnotes, _span(token), _parse_inline)

    def _runs(self) -> Runs:
        """Return the runs of the inline token that follows, and go behind the closing token after it."""
        inline = next(self._tokens)
        next(self._tokens)
        self._check_marks(inline)
        return read_runs(inline.children or [], self._inline_of(inline))

    def _until(self, end: str) -> Iterator[Token]:
        """Yield the tokens up to that of a type."""
        for token in self._tokens:
            if token.type == end:
                return
            yield token

    def _refuse(self, what: str, where: Location, hint: str) -> None:
        self._faults.add("unsupported-markdown", what, where, hint)

    # Text

    def paragraph(self, token: Token) -> Iterator[Block]:
        """Read a paragraph, or the pictures in it when it holds nothing else."""
        inline = next(self._tokens)
        children = inline.children or []
        next(self._tokens)
        if children and all(child.type in ("image", "softbreak") for child in children):
            yield from read_images(children, self._inline_of(inline))
            return
        self._check_marks(inline)
        yield Paragraph(read_runs(children, self._inline_of(inline)), self._faults.place(_span(inline)))

    def _check_marks(self, inline: Token) -> None:
        """Add a finding for marks that look like Markdown, but are printed as they stand."""
        for mark in inline.meta.get("loose", ()):
            message, hint = _LOOSE[mark]
            where = self._faults.find(mark, _span(inline))
            self._faults.warn(
                "unclosed-emphasis", f"'{mark}' {message}", where, f"{hint}, or write '\\{mark}' for the characters"
            )

    def heading(self, token: Token) -> Iterator[Block]:
        """Read a heading with its attributes."""
        span = _span(token)
        where = self._faults.place(span)
        runs = self._runs()
        if "lost" in token.meta:
            hint = f"put a space behind '{token.markup}', or write '\\#' for the character"
            self._faults.add("heading-space", f"'{token.markup}' makes no heading without a space", where, hint)
        if self._containers and self._containers[-1] != "a footnote":
            self._refuse(f"a heading stands inside {self._containers[-1]}", where, "place it outside")
        if not any(run.text.strip() or run.placeholder for run in runs):
            self._faults.add("empty-heading", "a heading has no text", where, "write one, or delete the '#'")
        if token.tag == "h1" and any(run.link or run.note for run in runs):
            self._refuse("a chapter's title holds a link or a footnote", where, "move it into the text below")
        anchor, covers = self._attributes(token, span)
        yield Heading(int(token.tag[1:]), runs, where, anchor, covers)

    def _attributes(self, token: Token, span: Span) -> tuple[str | None, tuple[str, ...]]:
        """Return anchor and coverage out of a heading's braces."""
        if "attributes" not in token.meta:
            return None, ()
        source = str(token.meta["attributes"])
        anchors: list[str] = []
        covers: list[str] = []
        for word in split_words(source):
            fault = _read_attribute(word, anchors, covers)
            if fault and token.meta["closed"]:
                self._faults.add("heading-attribute", fault[0], self._faults.find(word.raw, span), fault[1])
        if not token.meta["closed"]:
            where = self._faults.find("{" + source, span)
            hint = "close it with '}', or write '\\{' for the character"
            self._faults.add("heading-attribute", "the braces of the heading are never closed", where, hint)
        return (anchors[0] if anchors else None), tuple(covers)

    def fence(self, token: Token) -> Iterator[Block]:
        """Read a block of code: a paragraph with a run of code for each line."""
        span = _span(token)
        where = self._faults.place(span)
        if span.last == span.first or not _FENCE_END.fullmatch(self._faults.line(span.last)):
            mark = token.markup
            self._faults.add(
                "unclosed-code-block", f"the code that '{mark}' opens is never closed", where, f"close it with {mark}"
            )
        text = self._faults.clean_run(token.content.removesuffix("\n"), span)
        yield Paragraph((Run(text, code=True),) if text else (), where)

    def indented_code(self, token: Token) -> Iterator[Block]:
        """Refuse text that is code only because it is indented."""
        hint = "indent it less, or put it between lines of ``` if it is code"
        where = self._faults.place(_span(token))
        self._refuse("text indented by four columns would be printed as code", where, hint)
        yield Paragraph((Run(self._faults.clean_run(token.content.strip(), _span(token)), code=True),), where)

    def html(self, token: Token) -> Iterator[Block]:
        """Refuse a block of HTML."""
        refuse_html(token.content, self._faults, _span(token))
        yield from ()

    def rule(self, token: Token) -> Iterator[Block]:
        """Read a thematic break."""
        yield Rule(self._faults.place(_span(token)))

    # Containers

    def quote(self, token: Token) -> Iterator[Block]:
        """Read a quotation."""
        where = self._faults.place(_span(token))
        yield Quote(self._inside("a quotation", "blockquote_close"), where)

    def list(self, token: Token) -> Iterator[Block]:
        """Read a bulleted or numbered list."""
        where = self._faults.place(_span(token))
        items = tuple(self._inside("a list", "list_item_close") for _ in self._until(_end_of(token)))
        yield ListBlock(items, where, int(token.attrs.get("start", 1)) if token.tag == "ol" else None)

    def definitions(self, token: Token) -> Iterator[Block]:
        """Read terms, each with what it means; a second meaning goes to the first one's."""
        where = self._faults.place(_span(token))
        entries: list[tuple[Runs, tuple[Block, ...]]] = []
        for part in self._until("dl_close"):
            if part.type == "dt_open":
                entries.append((self._runs(), ()))
            elif part.type == "dd_open":
                term, meaning = entries[-1]
                entries[-1] = term, (*meaning, *self._inside("a definition", "dd_close"))
        yield Definitions(tuple(entries), where)

    def table(self, token: Token) -> Iterator[Block]:
        """Read a table: one header row, then body rows."""
        rows: list[list[Cell]] = []
        align: list[Alignment] = []
        for part in self._until("table_close"):
            if part.type == "tr_open":
                rows.append([])
            elif part.type in ("th_open", "td_open"):
                rows[-1].append(Cell((self._runs(),)))
                if part.tag == "th":
                    style = str(part.attrs.get("style", ""))
                    align.append(find_choice(style.removeprefix("text-align:"), ALIGNMENTS) or "left")
        header, *body = (tuple(row) for row in rows)
        yield Table((header,), _head_rows(body), tuple(align), self._faults.place(_span(token)))

    def footnote(self, token: Token) -> Iterator[Block]:
        """Read the text of a footnote, which goes to the notes."""
        label, span = str(token.meta["label"]), _span(token)
        where = self._faults.place(span)
        self._footnotes.inside = True
        blocks = self._inside("a footnote", "footnote_reference_close")
        self._footnotes.inside = False
        for block in blocks:
            if not isinstance(block, Paragraph) and block.where:
                self._refuse("a footnote holds paragraphs only", block.where, "place it outside the footnote")
        if label in self._notes:
            self._faults.add(
                "footnote-duplicate", f"the footnote '[^{label}]' has a text already", where, "choose another label"
            )
        self._notes.setdefault(label, blocks)
        self._note_places.setdefault(label, where)
        yield from ()

    # Directives

    def directive(self, token: Token) -> Iterator[Block]:
        """Read a directive; one that is never closed is read as if it were closed at once."""
        line = Span(_span(token).first, _span(token).first)
        where, call = self._faults.place(line), read_call(token.info)
        for fault in call.faults:
            self._faults.add(fault.rule, fault.message, self._faults.find(fault.text, line), fault.hint)
        self._check_fences(token, call.name, where)
        closed = bool(token.meta["closing"])
        blocks = self._inside(f"'{call.name}'", "directive_close") if closed else tuple(self._blocks("directive_close"))
        holds_text = call.kind is not None and call.kind.holds_text and closed
        if call.kind and not call.kind.holds_text and "'lang'" in self._containers:
            message = f"'{call.name}' stands inside 'lang', but prints words in the report's language"
            self._faults.add("directive-content", message, where, "move it outside")
        if call.kind and call.kind.holds_entries and closed:
            self._check_entries(call.name, blocks, where)
        if name := find_choice(call.name, DIRECTIVE_NAMES):
            yield Directive(name, call.arguments, call.options, blocks if holds_text else (), where)
            if blocks and closed and not holds_text:
                hint = "move it behind the closing fence"
                self._faults.add("directive-content", f"'{call.name}' takes no text", blocks[0].where or where, hint)
        if not holds_text:
            yield from blocks

    def _check_entries(self, name: str, blocks: tuple[Block, ...], where: Location) -> None:
        """Add a finding for what is no term with its meaning, and for a directive that holds none."""
        strange = [block for block in blocks if not isinstance(block, Definitions)]
        if strange or not blocks:
            hint = "write each date on a line, and below it what happened: ': We opened the works.'"
            place = (strange[0].where if strange else None) or where
            self._faults.add("directive-content", f"'{name}' holds dates, each with what happened", place, hint)

    def _check_fences(self, token: Token, name: str, where: Location) -> None:
        """Add the findings for fences that are missing or too short."""
        closing, colons = token.meta["closing"], max(token.markup, ":::")
        if not closing:
            hint = f"close it with a line '{colons}'"
            self._faults.add("unclosed-directive", f"the directive '{name}' is never closed", where, hint)
        for line, fence in ((_span(token).first, token.markup), (_span(token).last + 1, closing)):
            if len(fence) == 2:
                self._short_fence(Span(line, line))

    def _short_fence(self, span: Span) -> None:
        where = self._faults.find("::", span)
        self._faults.add("directive-fence", "a fence has three colons or more, not two", where, "write ':::'")

    def stray_fence(self, token: Token) -> Iterator[Block]:
        """Refuse a fence that neither opens nor closes anything."""
        where = self._faults.place(_span(token))
        hint = "delete it, or name a directive behind the colons: " + ", ".join(DIRECTIVES)
        self._faults.add("unopened-directive", f"'{token.markup}' closes no directive", where, hint)
        yield from ()


def _check_depth(tokens: list[Token], faults: PassageFindings) -> None:
    """Add a finding for the first block that is nested too deep."""
    token = next((token for token in tokens if token.level >= DEEPEST and token.map), None)
    if token:
        where = faults.place(_span(token))
        faults.add(
            "deep-nesting", "lists and quotations stand too deep inside each other", where, "nest them less deep"
        )


def _head_rows(rows: list[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """Return a table's body, its first column as headers of the rows where all of it is bold (ISO 14289-1, 7.5)."""
    firsts = [run for row in rows for runs in row[0].paragraphs for run in runs if run.text.strip() or run.placeholder]
    if not firsts or not all(run.bold for run in firsts):
        return tuple(rows)
    return tuple((replace(first, header=True), *others) for first, *others in rows)


def _parse_inline(text: str) -> list[Token]:
    return make_parser().parseInline(text)[0].children or []


def _span(token: Token) -> Span:
    """Return the lines of a token, from 1."""
    first, behind = token.map or (0, 1)
    return Span(first + 1, max(first + 1, behind))


def _end_of(token: Token) -> str:
    """Return the type of the token that closes what this one opens."""
    return token.type.removesuffix("_open") + "_close"


def _read_attribute(word: Word, anchors: list[str], covers: list[str]) -> tuple[str, str] | None:
    """Take one attribute of a heading; return message and hint when it is faulty."""
    if not word.closed:
        return f"the quote of {word.raw} is not closed, or text follows it directly", 'write covers="ID ID"'
    if word.key == "covers":
        return _read_covers(word, covers)
    if word.key is not None:
        return f"'{word.key}' is not an attribute of a heading", suggest(word.key, ["covers"]) or _ATTRIBUTES
    name = word.value.removeprefix("#")
    if name == word.value or not ANCHOR.fullmatch(name):
        return f"'{word.raw}' is not an anchor", f"an anchor is '#' and letters, digits, '-', '_' or '.': {_ATTRIBUTES}"
    if anchors:
        return f"'{word.raw}' is a second anchor", "leave one of them out"
    anchors.append(name)
    return None


def _read_covers(word: Word, covers: list[str]) -> tuple[str, str] | None:
    if covers:
        return "'covers' is given twice", "put all ids into one"
    ids = word.value.split()
    wrong = next((id for id in ids if not _COVERED.fullmatch(id)), None)
    if wrong or not ids:
        return (
            f"'{wrong or ''}' is not the id of a disclosure",
            'write covers="ID ID/a,b": spaces between ids, commas between letters',
        )
    covers.extend(ids)
    return None


_READERS: Mapping[str, Callable[[_Reader, Token], Iterator[Block]]] = {
    "paragraph_open": _Reader.paragraph,
    "heading_open": _Reader.heading,
    "fence": _Reader.fence,
    "code_block": _Reader.indented_code,
    "html_block": _Reader.html,
    "hr": _Reader.rule,
    "blockquote_open": _Reader.quote,
    "bullet_list_open": _Reader.list,
    "ordered_list_open": _Reader.list,
    "table_open": _Reader.table,
    "dl_open": _Reader.definitions,
    "footnote_reference_open": _Reader.footnote,
    "directive_open": _Reader.directive,
    "stray_fence": _Reader.stray_fence,
}
