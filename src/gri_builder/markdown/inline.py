"""Inline text: the tokens of a paragraph, a heading or a cell become runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import unquote, urlsplit

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token
from msgspec import Struct, field
from msgspec.structs import replace

from gri_builder.markdown.attributes import Word, split_words
from gri_builder.markdown.passage_findings import PassageFindings, Span
from gri_builder.markdown.placeholder import parse_placeholder
from gri_builder.model.choices import find_choice
from gri_builder.model.finding import Location
from gri_builder.model.placeholder import DERIVED_FIELDS
from gri_builder.model.rich_text import IMAGE_SIZES, Image, ImageSize, Run, Runs, plain_text
from gri_builder.model.suggestions import find_nearest, suggest
from gri_builder.resources.languages import is_language, language_hint

_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):|//")
_TAG = re.compile(r"</?(?P<name>[A-Za-z][A-Za-z0-9-]*)")
ANCHOR = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]*")
"""How wide pictures may be."""
_IMAGE_ATTRIBUTES = 'write {#name width=half credit="Photo: …"}; width is text, full, half or margin'
_CAPTION = re.compile(r"^\s*caption:\s*", re.IGNORECASE)
_LOOKS: Mapping[str, Callable[[Run], Run]] = {
    "strong_open": lambda look: replace(look, bold=True),
    "em_open": lambda look: replace(look, italic=True),
    "sub_open": lambda look: replace(look, script="sub"),
    "sup_open": lambda look: replace(look, script="sup"),
}
_MARKUP = {"b": "**bold**", "strong": "**bold**", "i": "*italic*", "em": "*italic*", "sub": "CO~2~", "sup": "m^2^"}
_MARKUP |= {"a": "[text](https://…)", "img": "![description](images/…)", "code": "`code`"}


class Footnotes(Struct):
    """The footnotes of a passage."""

    defined: frozenset[str]
    """Labels that have a text."""
    used: set[str] = field(default_factory=set)
    """Labels referred to so far."""
    inside: bool = False
    """Whether a footnote's own text is being read."""


class Inline(Struct, frozen=True):
    """The reading of one inline text."""

    faults: PassageFindings
    footnotes: Footnotes
    span: Span
    """The lines on which it stands."""
    parse_inline: Callable[[str], list[Token]]
    """Turns the text of a caption into inline tokens."""
    tags: set[str] = field(default_factory=set)
    """Names of HTML tags met so far, so that a closing tag gives no second finding."""


def read_runs(tokens: list[Token], inline: Inline) -> Runs:
    """Return the runs of inline tokens; a line break is '\\n' in a run's text."""
    runs: list[Run] = []
    looks = [Run("")]
    for token in tokens:
        if token.type in _LOOKS:
            looks.append(_LOOKS[token.type](looks[-1]))
        elif token.type == "link_open":
            looks.append(replace(looks[-1], link=_judge_link(str(token.attrs.get("href", "")), inline)))
        elif token.type == "span_open":
            looks.append(replace(looks[-1], language=_read_language(token, inline) or looks[-1].language))
        elif token.type.endswith("_close"):
            looks.pop()
        else:
            runs.extend(_READERS[token.type](token, looks[-1], inline))
    return _join(runs)


def read_images(tokens: list[Token], inline: Inline) -> list[Image]:
    """Return the pictures of a paragraph that holds nothing else."""
    return [_read_image(token, inline) for token in tokens if token.type == "image"]


def _join(runs: list[Run]) -> Runs:
    """Return the runs with neighbours of the same look made one, and without empty ones."""
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


def _text(token: Token, look: Run, inline: Inline) -> Runs:
    text = inline.faults.clean_run(token.content, inline.span)
    return (replace(look, text=re.sub(r"\s*\n\s*", " ", text) if "\n" in text else text),)


def _code(token: Token, look: Run, inline: Inline) -> Runs:
    return (replace(look, text=inline.faults.clean_run(token.content, inline.span), code=True),)


def _soft_break(token: Token, look: Run, inline: Inline) -> Runs:
    return (replace(look, text=" "),)


def _hard_break(token: Token, look: Run, inline: Inline) -> Runs:
    return (replace(look, text="\n"),)


def _placeholder(token: Token, look: Run, inline: Inline) -> Runs:
    source = " ".join(token.content.split())
    if placeholder := parse_placeholder(source):
        return (replace(look, text="", placeholder=replace(placeholder, source=source)),)
    where = inline.faults.find(token.markup, inline.span)
    inline.faults.add(
        "invalid-placeholder",
        f"'{' '.join(token.markup.split())}' is not a placeholder",
        where,
        _expression_hint(source),
    )
    return (replace(look, text=token.markup),)


def _expression_hint(source: str) -> str:
    """Return how the placeholder was probably meant."""
    value, bar, filters = source.partition("|")
    head, dot, field = value.strip().rpartition(".")
    nearest = find_nearest(field, DERIVED_FIELDS) if dot and parse_placeholder(head) else None
    if nearest:
        return f"did you mean '{{{{ {head}.{nearest}{f' |{filters}' if bar else ''} }}}}'?"
    if bar and parse_placeholder(value):
        return "behind a bar stands what is done with the value: | percent, | round 1, | in MWh or | bare"
    return (
        "write {{ id }}, {{ id[2013] }}, {{ id[2013, Women] }}, {{ id.change }} or {{ id.unit }}, with the id of a fact"
    )


def _loose_braces(token: Token, look: Run, inline: Inline) -> Runs:
    braces = token.markup
    where = inline.faults.find(braces, inline.span)
    opens = "opens a placeholder that is never closed" if braces == "{{" else "closes no placeholder"
    hint = f"write {{{{ id }}}}, or '\\{braces}' for the characters"
    inline.faults.add("unclosed-placeholder", f"'{braces}' {opens}", where, hint)
    return (replace(look, text=braces),)


def _footnote(token: Token, look: Run, inline: Inline) -> Runs:
    label = str(token.meta["label"])
    notes, faults = inline.footnotes, inline.faults
    notes.used.add(label)
    if notes.inside:
        where = faults.find(f"[^{label}]", inline.span)
        faults.add(
            "footnote-nested", f"a footnote refers to the footnote '[^{label}]'", where, "say it in one footnote"
        )
    elif label not in notes.defined:
        hint = f"write its text on a line of its own: [^{label}]: …"
        nearest = find_nearest(label, sorted(notes.defined - notes.used))
        if nearest:
            hint = f"did you mean '[^{nearest}]'?"
            notes.used.add(nearest)
        where = faults.find(f"[^{label}]", inline.span)
        faults.add("footnote-missing", f"the footnote '[^{label}]' has no text", where, hint)
    return (replace(look, text=label, note=label),)


def _html(token: Token, look: Run, inline: Inline) -> Runs:
    match = _TAG.match(token.content)
    name = match["name"].lower() if match else ""
    if not (token.content.startswith("</") and name in inline.tags):
        refuse_html(token.content, inline.faults, inline.span)
    inline.tags.add(name)
    return ()


def _image(token: Token, look: Run, inline: Inline) -> Runs:
    source = str(token.attrs.get("src", ""))
    hint = "give it a paragraph of its own, with empty lines around it"
    where = inline.faults.find(source or "![", inline.span)
    inline.faults.add("unsupported-image", f"the picture '{source}' stands inside text", where, hint)
    return ()


_READERS: Mapping[str, Callable[[Token, Run, Inline], Runs]] = {
    "text": _text,
    "code_inline": _code,
    "softbreak": _soft_break,
    "hardbreak": _hard_break,
    "placeholder": _placeholder,
    "loose_braces": _loose_braces,
    "footnote_ref": _footnote,
    "html_inline": _html,
    "image": _image,
}


_PLAIN = ("text", "code_inline", "softbreak", "hardbreak")


def refuse_html(source: str, faults: PassageFindings, span: Span) -> None:
    """Add the finding for raw HTML, with the Markdown that does the same where there is any."""
    tag = source.strip().split("\n")[0]
    match = _TAG.match(tag)
    name = match["name"].lower() if match else ""
    hint = (f"write {_MARKUP[name]}, or " if name in _MARKUP else "write ") + "'\\<' where the character '<' is meant"
    if name == "br":
        hint = "end the line with a backslash"
    elif tag.startswith("<!--"):
        hint = "delete the comment"
    faults.add("raw-html", f"'{tag}' is HTML, which reports do not hold", faults.find(tag, span), hint)


def _judge_link(target: str, inline: Inline) -> str | None:
    """Return the target of a link; None, with a finding, where it leads neither into the report nor to the web."""
    scheme = _scheme_of(target)
    if scheme in ("http", "https") and _has_host(target):
        return normalizeLink(target)
    if (scheme == "mailto" and "@" in target) or (target.startswith("#") and len(target) > 1):
        return normalizeLink(target) if scheme else target
    hint = "link to a heading with '#anchor', to a web address with 'https://…', or to 'mailto:…'"
    if re.match(r"www\.\S+$", target):
        hint = f"did you mean 'https://{target}'?"
    elif not scheme and "@" in target:
        hint = f"did you mean 'mailto:{target}'?"
    where = inline.faults.find(target or "()", inline.span)
    inline.faults.add("link-target", f"'{target}' is not a target of a link", where, hint)
    return None


def _read_language(token: Token, inline: Inline) -> str | None:
    """Return the language that a passage's braces name; None, with findings, where they name none."""
    languages: list[str] = []
    words = split_words(token.markup)
    for word in words if token.meta["closed"] else ():
        if fault := _judge_attribute(word, languages):
            inline.faults.add("passage-attribute", fault[0], inline.faults.find(word.raw, inline.span), fault[1])
    if not token.meta["closed"] or not words:
        message = "the braces of a passage are " + ("empty" if token.meta["closed"] else "never closed")
        where = inline.faults.find("]{", inline.span)
        inline.faults.add("passage-attribute", message, where, "write [texte]{lang=fr}, or '\\{' for the character")
    return languages[0] if languages else None


def _judge_attribute(word: Word, languages: list[str]) -> tuple[str, str] | None:
    """Take the language of an attribute; return what is wrong with it and what to do, if anything is."""
    if word.key != "lang":
        nearest = find_nearest(word.key or "", ("lang",))
        hint = "did you mean 'lang'?" if nearest else "a passage takes its language alone: [texte]{lang=fr}"
        return f"'{word.raw}' is not an attribute of a passage", hint
    if languages:
        return "the passage has a language already", "keep one of the two"
    if not word.closed or not is_language(word.value):
        hint = language_hint(word.value) if word.closed else "close the quotes"
        return f"'{word.value}' is not a language that is known here", hint
    languages.append(word.value)
    return None


def _scheme_of(target: str) -> str:
    """Return the scheme of an address in small letters; '' for a path, '//' for an address without a scheme."""
    match = _SCHEME.match(target)
    return (match["scheme"] or "//").lower() if match else ""


def _has_host(target: str) -> bool:
    try:
        return bool(urlsplit(target).hostname)
    except ValueError:
        return False


def _read_image(token: Token, inline: Inline) -> Image:
    source = str(token.attrs.get("src", ""))
    where = inline.faults.find(source or "()", inline.span)
    _judge_image(source, where, inline)
    alt = _alternative(token.children or [], inline)
    if not alt:
        hint = "write what it shows between the square brackets: ![description](images/…)"
        inline.faults.add("image-description", f"the picture '{source}' has no description", where, hint)
    title = _CAPTION.sub("", str(token.attrs.get("title", "")), count=1)
    caption = read_runs(inline.parse_inline(title), inline) if title else ()
    anchor, size, credit = _read_attributes(token, inline)
    return Image(unquote(source), alt, where, caption, read_runs(inline.parse_inline(credit), inline), size, anchor)


def _read_attributes(token: Token, inline: Inline) -> tuple[str | None, ImageSize, str]:
    """Return anchor, size and credit out of the braces behind a picture."""
    anchor: str | None = None
    size: ImageSize = "text"
    credit = ""
    source = str(token.meta.get("attributes", ""))
    if source and not token.meta["closed"]:
        where = inline.faults.find("{" + source, inline.span)
        inline.faults.add("image-attribute", "the braces of the picture are never closed", where, "close them with '}'")
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
            where = inline.faults.find(word.raw, inline.span)
            message = f"'{word.raw}' is no attribute of a picture"
            inline.faults.add("image-attribute", message, where, hint or _IMAGE_ATTRIBUTES)
    return anchor, size, credit


def _judge_image(source: str, where: Location, inline: Inline) -> None:
    """Add a finding for a picture that is no file of the report folder."""
    scheme = _scheme_of(source)
    if scheme in ("data", "file"):
        hint = "save it in the report folder, and name it by its path: images/…"
        inline.faults.add("unsupported-image", f"the picture is written as '{scheme}:'", where, hint)
    elif scheme:
        hint = "download it into the report folder, and name it by its path: images/…"
        inline.faults.add("remote-image", f"the picture '{source}' is not in the report folder", where, hint)


def _alternative(tokens: list[Token], inline: Inline) -> str:
    """Return a picture's description as plain text."""
    if any(token.type == "placeholder" for token in tokens):
        where = inline.faults.find("{{", inline.span)
        inline.faults.add(
            "invalid-placeholder", "a picture's description takes no placeholders", where, "write the value itself"
        )
    if any(token.type == "link_open" for token in tokens):
        where = inline.faults.find("](", inline.span)
        hint = "move it into the picture's caption"
        inline.faults.add("unsupported-markdown", "a picture's description holds a link", where, hint)
    return plain_text(read_runs([t for t in tokens if t.type in _PLAIN], inline)).strip()
