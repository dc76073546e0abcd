"""Style sheets and selectors (CSS 2.2, 5 and 6.4; Selectors 4), as far as drawing programs write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from gri_builder.graphics.svg.document import Element
from gri_builder.graphics.svg.reading import Refusals, quote

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_COMPOUND = re.compile(
    r"""(?P<tag>\*|[a-zA-Z][\w-]*) | \#(?P<id>[\w-]+) | \.(?P<class>-?[_a-zA-Z\u0080-\U0010ffff][\w-]*)
    | \[\s*(?P<name>[\w:-]+)\s*(?:(?P<how>[~|^$*]?=)\s*(?P<value>"[^"]*"|'[^']*'|[\w-]+)\s*)?\]
    | ::?(?P<pseudo>[a-z-]+)(?:\((?P<argument>[^()]*)\))?""",
    re.VERBOSE,
)
_NEVER = {"hover", "active", "focus", "focus-within", "focus-visible", "visited", "link", "target", "any-link"}
"""States that a printed picture is never in (SVG Integration, secure static mode)."""
_NOWHERE = {"selection", "before", "after", "first-line", "first-letter", "placeholder", "marker", "backdrop"}
"""Parts that elements of SVG do not have, or that only a pointer makes."""
_COMBINATOR = re.compile(r"\s*+([>+~])?\s*+")
_SCREEN = re.compile(r"(?:@media\s+|,\s*)(?:only\s+)?(?:all|screen|print)\s*(?=,|$)", re.IGNORECASE)
_IDLE_MEDIA = re.compile(
    r"prefers-color-scheme\s*:\s*dark|prefers-reduced-motion|forced-colors|hover\s*:", re.IGNORECASE
)
"""Media that a printed page never is."""
MAX_RULES = 20_000
MAX_COMPARISONS = 300_000
"""Rules of a file that are compared with elements, and declarations that are given to them."""
MAX_MEDIA = 8
"""Levels of '@media' inside one another."""
MAX_SELECTOR = 500
"""Number of characters of a selector."""
Specificity = tuple[int, int, int]
Test = Callable[[Element], bool]


class Declaration:
    """A property with its value."""

    __slots__ = ("important", "line", "name", "value")

    def __init__(self, name: str, value: str, important: bool, line: int) -> None:
        self.name, self.value, self.important, self.line = name, value, important, line


class Rule:
    """Declarations and the selector of the elements that they are for."""

    __slots__ = ("declarations", "key", "order", "parts", "specificity")

    def __init__(self, parts: list[tuple[str, list[Test]]], specificity: Specificity, order: int, key: str) -> None:
        self.parts = parts
        """Compound selectors from right to left, each with the combinator between it and the one to its left."""
        self.specificity, self.order, self.key = specificity, order, key
        self.declarations: list[Declaration] = []

    def matches(self, element: Element, failed: set[tuple[int, int]]) -> bool:
        """Return whether the rule is for an element; adds the elements around it that a part does not match."""
        return all(test(element) for test in self.parts[0][1]) and _match_rest(self.parts, 0, element, failed)


class StyleSheet:
    """All rules of a file, by the class, id or name that an element must have."""

    def __init__(self, rules: list[Rule]) -> None:
        self._by_key: dict[str, list[Rule]] = {}
        for rule in rules:
            self._by_key.setdefault(rule.key, []).append(rule)
        self._comparisons = 0

    @property
    def is_exhausted(self) -> bool:
        """Whether more rules were compared with more elements than MAX_COMPARISONS."""
        return self._comparisons > MAX_COMPARISONS

    def declarations(self, element: Element) -> list[Declaration]:
        """Return the declarations for an element, less specific ones first."""
        keys = ["*", element.tag, f"#{element.get('id')}"]
        keys += [f".{name}" for name in dict.fromkeys((element.get("class") or "").split())]
        found: list[Rule] = []
        for rule in (rule for key in keys for rule in self._by_key.get(key, ())):
            if self.is_exhausted:
                break
            failed: set[tuple[int, int]] = set()
            if rule.matches(element, failed):
                found.append(rule)
                self._comparisons += len(rule.declarations)
            self._comparisons += 1 + len(failed)
        found.sort(key=lambda rule: (rule.specificity, rule.order))
        return [declaration for rule in found for declaration in rule.declarations]


def read_stylesheets(root: Element, refusals: Refusals) -> StyleSheet:
    """Return the rules of all <style> elements."""
    rules = list[Rule]()
    for element in root.walk():
        if element.tag != "style" or element.get("type") not in (None, "", "text/css"):
            continue
        if not _is_shown(element.get("media")):
            continue
        _read_rules(_strip_comments(element.text), element.line, rules, refusals)
    return StyleSheet(rules)


def parse_declarations(text: str, line: int) -> list[Declaration]:
    """Return the declarations of a 'style' attribute or a rule; what is not a declaration has the name ''."""
    found = list[Declaration]()
    plain = _strip_comments(text)
    counted = 0
    for part, start in split_outside(plain, ";"):
        line, counted = line + plain.count("\n", counted, start), start
        if not part.strip():
            continue
        name, colon, value = part.partition(":")
        name = name.strip()
        important = value.rstrip().lower()
        is_important = important.endswith("important") and important[:-9].rstrip().endswith("!")
        value = value[: value.rindex("!")] if is_important else value
        name = (name if name.startswith("--") else name.lower()) if colon else ""
        found.append(Declaration(name, value.strip() if name else part.strip(), is_important, line))
    return found


def split_outside(text: str, separator: str) -> Iterator[tuple[str, int]]:
    """Yield the parts of a text with their starts, split where the separator is in no quotes and no brackets."""
    depth, start = 0, 0
    for position, char in _outside_quotes(text):
        if char in "([":
            depth += 1
        elif char in ")]":
            depth = max(0, depth - 1)
        elif char == separator and not depth:
            yield text[start:position], start
            start = position + 1
    if start < len(text):
        yield text[start:], start


def _outside_quotes(text: str, position: int = 0) -> Iterator[tuple[int, str]]:
    """Yield the characters from a position on, with their places, that are neither escaped nor in quotes."""
    quoted, size = "", len(text)
    while position < size:
        char = text[position]
        if char == "\\":
            position += 1
        elif quoted:
            quoted = "" if char == quoted else quoted
        elif char in "\"'":
            quoted = char
        else:
            yield position, char
        position += 1


def _strip_comments(text: str) -> str:
    """Return CSS without comments, line breaks kept, and without the signs that hid it from old programs."""
    text = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    return text.replace("<!--", "").replace("-->", "")


def _is_shown(media: str | None) -> bool:
    return media is None or not media.strip() or bool(_SCREEN.search(f"@media {media}"))


def _read_rules(text: str, line: int, rules: list[Rule], refusals: Refusals, depth: int = 0) -> None:
    """Append the rules of a style sheet; at-rules with an effect on the drawing are refused."""
    position = counted = 0
    while position < len(text):
        start, end, after = _find_block(text, position)
        line, counted = line + text.count("\n", counted, start), start
        *others, head = (part.strip() for part in text[position:start].split(";"))
        place = line
        for other in filter(None, others):  # at-rules without a block
            _check_at_rule(other, place, refusals)
        if head.startswith("@"):
            if depth < MAX_MEDIA and head.lower().startswith("@media") and _SCREEN.search(head.lower()):
                _read_rules(text[start + 1 : end], place, rules, refusals, depth + 1)
            else:
                _check_at_rule(head, place, refusals)
        elif start < len(text):
            _add_rules(head, text[start + 1 : end], place, rules, refusals)
        elif head:
            refusals.add(f"style sheet {quote(head)}", place, "is not a rule")
        position = after


def _find_block(text: str, position: int) -> tuple[int, int, int]:
    """Return the places of the next block's braces, and of what follows; the text's end without one."""
    size, depth, start = len(text), 0, len(text)
    for place, char in _outside_quotes(text, position):
        if char == "{":
            start = start if depth else place
            depth += 1
        elif char == "}" and depth:
            depth -= 1
            if not depth:
                return start, place, place + 1
    return start, size, size


def _check_at_rule(head: str, line: int, refusals: Refusals) -> None:
    head = head[:MAX_SELECTOR]
    name = head[1:].split(None, 1)[0].lower() if head[1:].split() else ""
    if name in ("charset", "namespace", "font-face", "keyframes", "-webkit-keyframes", "page", "counter-style"):
        return  # fonts are named where text asks for one; pictures do not move
    if name == "media" and (_IDLE_MEDIA.search(head) or re.fullmatch(r"@media\s+(speech|tty|projection)\s*", head)):
        return
    refusals.add(f"@{name}", line, "is a rule of style sheets that is not read")


def _add_rules(head: str, body: str, line: int, rules: list[Rule], refusals: Refusals) -> None:
    declarations = parse_declarations(body, line)
    for selector, _ in split_outside(head, ","):
        try:
            parts, specificity, key = _parse_selector(selector.strip())
        except ValueError:
            refusals.add(f"selector {quote(selector)}", line, "is a selector that is not known")
            continue
        rule = Rule(parts, specificity, len(rules), key)
        rule.declarations = declarations
        rules.append(rule)
    if len(rules) > MAX_RULES:
        del rules[MAX_RULES:]
        refusals.add("style sheet", line, f"has more than {MAX_RULES} rules")


def _parse_selector(text: str) -> tuple[list[tuple[str, list[Test]]], Specificity, str]:
    """Return the parts of a selector from right to left, its specificity, and its key; ValueError for unknown ones."""
    position, combinator, parts, key = 0, "", list[tuple[str, list[Test]]](), "*"
    if len(text) > MAX_SELECTOR:
        raise ValueError(text)
    counts = [0, 0, 0]
    while position < len(text):
        tests, key = list[Test](), "*"
        while match := _COMPOUND.match(text, position):
            test, rank = _make_test(match)
            tests.append(test)
            key = match[0] if match["id"] or match["class"] or match["tag"] else key
            if rank >= 0:
                counts[rank] += 1
            position = match.end()
        if not tests:
            raise ValueError(text)
        parts.append((combinator, tests))
        between = _COMBINATOR.match(text, position)
        assert between is not None
        combinator = between[1] or (" " if between[0] else "")
        position = between.end()
        if position < len(text) and not combinator:
            raise ValueError(text)
    if not parts or (combinator.strip() and position >= len(text)):
        raise ValueError(text)
    return parts[::-1], (counts[0], counts[1], counts[2]), key


def _make_test(match: re.Match[str]) -> tuple[Test, int]:
    """Return the test of a simple selector, and which part of the specificity it counts in."""
    if tag := match["tag"]:
        return (lambda element: tag in ("*", element.tag)), -1 if tag == "*" else 2
    if name := match["id"]:
        return (lambda element: element.get("id") == name), 0
    if word := match["class"]:
        return (lambda element: word in (element.get("class") or "").split()), 1
    if attribute := match["name"]:
        return _attribute_test(attribute, match["how"], (match["value"] or "").strip("\"'")), 1
    if match["pseudo"] == "not" and match["argument"]:
        return _negate(match["argument"].strip())
    return _pseudo_test(match["pseudo"], match["argument"]), 1


def _negate(argument: str) -> tuple[Test, int]:
    """Return the test of ':not()' around one simple selector."""
    inner = _COMPOUND.fullmatch(argument)
    if inner is None or inner["pseudo"] == "not":
        raise ValueError(argument)
    test, rank = _make_test(inner)
    return (lambda element: not test(element)), rank


_NTH = re.compile(r"\s*(?:(odd|even)|([+-]?\d*)n\s*(?:([+-])\s*(\d+))?|([+-]?\d+))\s*")


def _parse_nth(text: str) -> tuple[int, int]:
    """Return step and start of 'an+b' (CSS Syntax 3, 6)."""
    match = _NTH.fullmatch(text.lower())
    if match is None:
        raise ValueError(text)
    if match[1]:
        return 2, 1 if match[1] == "odd" else 0
    if match[5]:
        return 0, int(match[5])
    step = int(match[2] + "1") if match[2] in ("", "+", "-") else int(match[2])
    return step, int((match[3] or "") + (match[4] or "0"))


def _is_nth(position: int, step: int, start: int) -> bool:
    """Return whether a position, from 1, is one of start, start + step …"""
    if not step:
        return position == start
    return (position - start) % step == 0 and (position - start) // step >= 0


def _pseudo_test(name: str, argument: str | None) -> Test:
    if argument is not None:
        if name not in ("nth-child", "nth-last-child"):
            raise ValueError(name)
        step, start = _parse_nth(argument)
        is_last = name == "nth-last-child"
        return lambda element: (
            element.parent is not None
            and _is_nth(
                len(element.parent.children) - element.position if is_last else element.position + 1, step, start
            )
        )
    if name in _NEVER or name in _NOWHERE:
        return lambda element: False
    if name == "root":
        return lambda element: element.parent is None
    if name == "first-child":
        return lambda element: element.parent is not None and element.position == 0
    if name == "last-child":
        return lambda element: element.parent is not None and element.position == len(element.parent.children) - 1
    raise ValueError(name)


def _attribute_test(name: str, how: str | None, value: str) -> Test:
    compare: dict[str | None, Callable[[str], bool]] = {
        None: lambda given: True,
        "=": lambda given: given == value,
        "~=": lambda given: value in given.split(),
        "|=": lambda given: given == value or given.startswith(f"{value}-"),
        "^=": lambda given: bool(value) and given.startswith(value),
        "$=": lambda given: bool(value) and given.endswith(value),
        "*=": lambda given: bool(value) and value in given,
    }
    test = compare[how]
    return lambda element: (given := element.get(name)) is not None and test(given)


def _match_rest(
    parts: Sequence[tuple[str, list[Test]]], index: int, element: Element, failed: set[tuple[int, int]]
) -> bool:
    """Return whether the parts to the left of one match around an element that this part matches."""
    if index + 1 == len(parts):
        return True
    combinator, tests = parts[index][0], parts[index + 1][1]
    for other in _candidates(combinator, element):
        key = (index, id(other))
        if key in failed:
            continue
        if all(test(other) for test in tests) and _match_rest(parts, index + 1, other, failed):
            return True
        failed.add(key)
    return False


def _candidates(combinator: str, element: Element) -> Iterator[Element]:
    """Yield the elements that a combinator leads to from the right."""
    parent = element.parent
    if combinator == " ":
        while parent is not None:
            yield parent
            parent = parent.parent
    elif parent is not None and combinator == ">":
        yield parent
    elif parent is not None and combinator == "+" and element.position:
        yield parent.children[element.position - 1]
    elif parent is not None and combinator == "~":
        yield from reversed(parent.children[: element.position])
