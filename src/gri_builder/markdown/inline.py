"""Inline tokens of a paragraph, a heading or a cell to runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import unquote, urlsplit

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token
from msgspec import Struct, field
from msgspec.structs import replace

from gri_builder.markdown.attributes import Word, split_words
from gri_builder.markdown.bare_links import BARE
from gri_builder.markdown.passage_findings import PassageFindings, Span
from gri_builder.markdown.placeholder import parse_placeholder
from gri_builder.markdown.wrapped_lines import joins_without_space
from gri_builder.model.choices import find_choice
from gri_builder.model.finding import Location
from gri_builder.model.placeholder import DERIVED_FIELDS
from gri_builder.model.rich_text import IMAGE_SIZES, Image, ImageSize, Run, Runs, plain_text
from gri_builder.model.suggestions import find_nearest, suggest
from gri_builder.model.texts.web_addresses import is_mail_link, split_mail
from gri_builder.resources.languages import is_language, language_hint

_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):|//")
_TAG = re.compile(r"</?(?P<name>[A-Za-z][A-Za-z0-9-]*)")
ANCHOR = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]*")
_IMAGE_ATTRIBUTES = 'write {#name width=half credit="Photo: …"}; width is text, full, half or margin'
_CAPTION = re.compile(r"^\s*caption:\s*", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_STYLES: Mapping[str, Callable[[Run], Run]] = {
    "strong_open": lambda style: replace(style, bold=True),
    "em_open": lambda style: replace(style, italic=True),
    "sub_open": lambda style: replace(style, script="sub"),
    "sup_open": lambda style: replace(style, script="sup"),
}
_MARKUP = {"b": "**bold**", "strong": "**bold**", "i": "*italic*", "em": "*italic*", "sub": "CO~2~", "sup": "m^2^"}
_MARKUP |= {"a": "[text](https://…)", "img": "![description](images/…)", "code": "`code`"}


class Footnotes(Struct):
    """The footnotes of a passage."""

    defined: frozenset[str]
    """Labels with a text."""
    used: set[str] = field(default_factory=set)
    """Labels that have been referred to."""
    inside: bool = False
    """Whether the text of a footnote is being read."""


class InlineContext(Struct, frozen=True):
    """Context in which one inline text is read."""

    findings: PassageFindings
    footnotes: Footnotes
    span: Span
    """Its lines in the passage."""
    parse_inline: Callable[[str], list[Token]]
    """Parses the text of a caption to inline tokens."""
    tags: set[str] = field(default_factory=set)
    """Names of HTML tags already reported, so that a closing tag gives no second finding."""
    link_addresses: bool = True
    """Whether addresses without markup become links."""


def read_runs(tokens: list[Token], inline: InlineContext) -> Runs:
    """Return the runs of inline tokens; a line break is '\\n' in a run's text."""
    runs: list[Run] = []
    styles = [Run("")]
    for place, token in enumerate(tokens):
        if token.type in _STYLES:
            styles.append(_STYLES[token.type](styles[-1]))
        elif token.type == "link_open" and token.markup == BARE and not inline.link_addresses:
            styles.append(styles[-1])
        elif token.type == "link_open":
            _check_title(token, inline)
            styles.append(replace(styles[-1], link=_link_target(str(token.attrs.get("href", "")), inline)))
        elif token.type == "span_open":
            styles.append(replace(styles[-1], language=_read_language(token, inline) or styles[-1].language))
        elif token.type.endswith("_close"):
            styles.pop()
        elif token.type != "softbreak" or not joins_without_space(tokens, place):
            runs.extend(_RUN_READERS[token.type](token, styles[-1], inline))
    return _join(runs)


def read_images(tokens: list[Token], inline: InlineContext) -> list[Image]:
    """Return the images of a paragraph that contains nothing else."""
    return [_read_image(token, inline) for token in tokens if token.type == "image"]


def _join(runs: list[Run]) -> Runs:
    """Merge adjacent runs of the same style, and drop empty runs."""
    if len(runs) == 1 and runs[0].text:
        return (runs[0],)
    joined: list[Run] = []
    for run in runs:
        plain = run.note is None and run.placeholder is None
        if plain and joined and replace(joined[-1], text="") == replace(run, text=""):
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        elif run.text or not plain:
            joined.append(run)
    return tuple(joined)


def _text(token: Token, style: Run, inline: InlineContext) -> Runs:
    text = inline.findings.clean_run(token.content, inline.span)
    plain = replace(style, text=_SPACES.sub(_join_lines, text) if "\n" in text else text)
    if "@" not in text or style.link or not inline.link_addresses:
        return (plain,)
    return tuple(replace(style, text=part, link=target) for part, target in split_mail(plain.text))


def _join_lines(spaces: re.Match[str]) -> str:
    return " " if "\n" in spaces[0] else spaces[0]


def _code(token: Token, style: Run, inline: InlineContext) -> Runs:
    return (replace(style, text=inline.findings.clean_run(token.content, inline.span), code=True),)


def _soft_break(token: Token, style: Run, inline: InlineContext) -> Runs:
    return (replace(style, text=" "),)


def _hard_break(token: Token, style: Run, inline: InlineContext) -> Runs:
    return (replace(style, text="\n"),)


def _placeholder(token: Token, style: Run, inline: InlineContext) -> Runs:
    source = " ".join(token.content.split())
    if placeholder := parse_placeholder(source):
        return (replace(style, text="", placeholder=replace(placeholder, source=source)),)
    where = inline.findings.find(token.markup, inline.span)
    inline.findings.add(
        "invalid-placeholder",
        f"'{' '.join(token.markup.split())}' is not a valid placeholder",
        where,
        _placeholder_hint(source),
    )
    return (replace(style, text=token.markup),)


def _placeholder_hint(source: str) -> str:
    """Return how to write the placeholder."""
    value, bar, filters = source.partition("|")
    head, dot, field = value.strip().rpartition(".")
    nearest = find_nearest(field, DERIVED_FIELDS) if dot and parse_placeholder(head) else None
    if nearest:
        return f"did you mean '{{{{ {head}.{nearest}{f' |{filters}' if bar else ''} }}}}'?"
    if bar and parse_placeholder(value):
        return "after '|' write a filter: | percent, | round 1, | in MWh or | bare"
    return (
        "write {{ id }}, {{ id[2013] }}, {{ id[2013, Women] }}, {{ id.change }} or {{ id.unit }}, with the id of a fact"
    )


def _unmatched_braces(token: Token, style: Run, inline: InlineContext) -> Runs:
    braces = token.markup
    where = inline.findings.find(braces, inline.span)
    problem = "opens a placeholder that is never closed" if braces == "{{" else "has no matching '{{'"
    hint = f"write {{{{ id }}}}, or '\\{braces}' for the characters"
    inline.findings.add("unclosed-placeholder", f"'{braces}' {problem}", where, hint)
    return (replace(style, text=braces),)


def _missing_reference(token: Token, style: Run, inline: InlineContext) -> Runs:
    label = token.markup[token.markup.rindex("[") + 1 : -1] or token.markup[1 : token.markup.index("]")]
    message = f"'{token.markup}' makes no link, as nothing says where '{label}' is"
    hint = f"write its address on a line of its own: [{label}]: https://…; or write '\\[' for the bracket"
    inline.findings.warn("broken-link", message, inline.findings.find(token.markup, inline.span), hint)
    return ()


def _check_title(token: Token, inline: InlineContext) -> None:
    """Report the title of a link, which a page does not show."""
    if title := str(token.attrs.get("title", "")):
        message = f"the title '{title}' of a link is not printed"
        where = inline.findings.find(title, inline.span)
        inline.findings.note("link-title", message, where, "write it in the text, and delete it and its quotes here")


def _footnote(token: Token, style: Run, inline: InlineContext) -> Runs:
    label = str(token.meta["label"])
    notes, findings = inline.footnotes, inline.findings
    notes.used.add(label)
    if notes.inside:
        where = findings.find(f"[^{label}]", inline.span)
        findings.add(
            "footnote-nested",
            f"a footnote refers to the footnote '[^{label}]'",
            where,
            "write the text in one footnote",
        )
    elif label not in notes.defined:
        hint = f"write its text on a line of its own: [^{label}]: …"
        nearest = find_nearest(label, sorted(notes.defined - notes.used))
        if nearest:
            hint = f"did you mean '[^{nearest}]'?"
            notes.used.add(nearest)
        where = findings.find(f"[^{label}]", inline.span)
        findings.add("footnote-missing", f"the footnote '[^{label}]' has no text", where, hint)
    return (replace(style, text=label, note=label),)


def _html(token: Token, style: Run, inline: InlineContext) -> Runs:
    match = _TAG.match(token.content)
    name = match["name"].lower() if match else ""
    if not (token.content.startswith("</") and name in inline.tags):
        refuse_html(token.content, inline.findings, inline.span)
    inline.tags.add(name)
    return ()


def _image(token: Token, style: Run, inline: InlineContext) -> Runs:
    source = str(token.attrs.get("src", ""))
    hint = "put it in a separate paragraph, with empty lines around it"
    where = inline.findings.find(source or "![", inline.span)
    inline.findings.add("unsupported-image", f"the image '{source}' is inside a line of text", where, hint)
    return ()


_RUN_READERS: Mapping[str, Callable[[Token, Run, InlineContext], Runs]] = {
    "text": _text,
    "code_inline": _code,
    "softbreak": _soft_break,
    "hardbreak": _hard_break,
    "placeholder": _placeholder,
    "unmatched_braces": _unmatched_braces,
    "missing_reference": _missing_reference,
    "footnote_ref": _footnote,
    "html_inline": _html,
    "image": _image,
}


_PLAIN = ("text", "code_inline", "softbreak", "hardbreak")


def refuse_html(source: str, findings: PassageFindings, span: Span) -> None:
    """Report raw HTML, with the equivalent Markdown in the hint."""
    tag = source.strip().split("\n")[0]
    match = _TAG.match(tag)
    name = match["name"].lower() if match else ""
    hint = (f"write {_MARKUP[name]}, or " if name in _MARKUP else "write ") + "'\\<' for the character '<'"
    if name == "br":
        hint = "end the line with a backslash"
    elif tag.startswith("<!--"):
        hint = "delete the comment"
    findings.add("raw-html", f"'{tag}' is HTML, which is not supported", findings.find(tag, span), hint)


def _link_target(target: str, inline: InlineContext) -> str | None:
    """Return the target of a link; None, with a finding, if it is neither an anchor nor a web or mail address."""
    scheme = _scheme_of(target)
    if scheme in ("http", "https") and _has_host(target):
        return normalizeLink(target)
    if (scheme == "mailto" and is_mail_link(target)) or (target.startswith("#") and len(target) > 1):
        return normalizeLink(target) if scheme else target
    hint = "link to a heading with '#anchor', to a web address with 'https://…', or to 'mailto:…'"
    if scheme == "mailto" and "@" in target:
        hint = "write the address, perhaps with a subject: 'mailto:report@example.com?subject=…'"
    if re.match(r"www\.\S+$", target):
        hint = f"did you mean 'https://{target}'?"
    elif not scheme and "@" in target:
        hint = f"did you mean 'mailto:{target}'?"
    where = inline.findings.find(target or "()", inline.span)
    inline.findings.add("link-target", f"'{target}' is not a valid link target", where, hint)
    return None


def _read_language(token: Token, inline: InlineContext) -> str | None:
    """Return the language in the braces of a passage; None, with findings, if none is valid."""
    languages: list[str] = []
    words = split_words(token.markup)
    for word in words if token.meta["closed"] else ():
        if problem := _add_language(word, languages):
            inline.findings.add(
                "passage-attribute", problem[0], inline.findings.find(word.raw, inline.span), problem[1]
            )
    if not token.meta["closed"] or not words:
        message = "the braces of a passage are " + ("empty" if token.meta["closed"] else "never closed")
        where = inline.findings.find("]{", inline.span)
        inline.findings.add("passage-attribute", message, where, "write [texte]{lang=fr}, or '\\{' for the character")
    return languages[0] if languages else None


def _add_language(word: Word, languages: list[str]) -> tuple[str, str] | None:
    """Add the language of an attribute to `languages`; return message and hint if the attribute is not valid."""
    if word.key != "lang":
        nearest = find_nearest(word.key or "", ("lang",))
        hint = "did you mean 'lang'?" if nearest else "a passage takes only its language: [texte]{lang=fr}"
        return f"unknown attribute '{word.raw}' of a passage", hint
    if languages:
        return "the passage has two languages", "keep one of the two"
    if not word.closed:
        return f"the quote of {word.raw} is not closed", "close the quotes"
    if not is_language(word.value):
        return f"unknown language '{word.value}'", language_hint(word.value)
    languages.append(word.value)
    return None


def _scheme_of(target: str) -> str:
    """Return the scheme of an address in lower case; '' for a path, '//' for an address without a scheme."""
    match = _SCHEME.match(target)
    return (match["scheme"] or "//").lower() if match else ""


def _has_host(target: str) -> bool:
    try:
        return bool(urlsplit(target).hostname)
    except ValueError:
        return False


def _read_image(token: Token, inline: InlineContext) -> Image:
    source = str(token.attrs.get("src", ""))
    where = inline.findings.find(source or "()", inline.span)
    _check_image(source, where, inline)
    alt = _alternative(token.children or [], inline)
    if not alt:
        hint = "write what it shows between the square brackets: ![description](images/…)"
        inline.findings.add("image-description", f"the image '{source}' has no description", where, hint)
    title = _CAPTION.sub("", str(token.attrs.get("title", "")), count=1)
    caption = read_runs(inline.parse_inline(title), inline) if title else ()
    anchor, size, credit = _read_attributes(token, inline)
    return Image(unquote(source), alt, where, caption, read_runs(inline.parse_inline(credit), inline), size, anchor)


def _read_attributes(token: Token, inline: InlineContext) -> tuple[str | None, ImageSize, str]:
    """Return anchor, size and credit from the braces after an image."""
    anchor: str | None = None
    size: ImageSize = "text"
    credit = ""
    source = str(token.meta.get("attributes", ""))
    if source and not token.meta["closed"]:
        where = inline.findings.find("{" + source, inline.span)
        inline.findings.add("image-attribute", "the braces of the image are never closed", where, "close them with '}'")
    for word in split_words(source):
        if word.key == "width" and (chosen := find_choice(word.value, IMAGE_SIZES)):
            size = chosen
        elif word.key == "credit" and word.closed and word.value.strip():
            credit = word.value
        elif word.key is None and ANCHOR.fullmatch(word.value.removeprefix("#")) and word.value.startswith("#"):
            anchor = word.value[1:]
        else:
            hint = (
                suggest(word.value, IMAGE_SIZES)
                if word.key == "width"
                else suggest(word.key or "", ("width", "credit"))
            )
            where = inline.findings.find(word.raw, inline.span)
            message = f"unknown attribute '{word.raw}' of an image"
            inline.findings.add("image-attribute", message, where, hint or _IMAGE_ATTRIBUTES)
    return anchor, size, credit


def _check_image(source: str, where: Location, inline: InlineContext) -> None:
    """Report an image that is not a file in the report folder."""
    scheme = _scheme_of(source)
    if scheme in ("data", "file"):
        hint = "save it in the report folder, and write its path: images/…"
        inline.findings.add("unsupported-image", f"the image is given as '{scheme}:'", where, hint)
    elif scheme:
        hint = "download it to the report folder, and write its path: images/…"
        inline.findings.add("remote-image", f"the image '{source}' is not in the report folder", where, hint)


def _alternative(tokens: list[Token], inline: InlineContext) -> str:
    """Return the description of an image as plain text."""
    if any(token.type == "placeholder" for token in tokens):
        where = inline.findings.find("{{", inline.span)
        inline.findings.add(
            "invalid-placeholder",
            "the description of an image can't contain placeholders",
            where,
            "write the value itself",
        )
    if any(token.type == "link_open" and token.markup != BARE for token in tokens):
        where = inline.findings.find("](", inline.span)
        hint = "move it to the caption of the image"
        inline.findings.add("unsupported-markdown", "the description of an image contains a link", where, hint)
    return plain_text(read_runs([t for t in tokens if t.type in _PLAIN], inline)).strip()
