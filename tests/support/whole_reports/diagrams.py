"""Directives that draw a list: a process or value chain, and an organization."""

from __future__ import annotations

from tests.support.whole_reports.inline import some_words
from tests.support.whole_reports.writer import Writer


def write_process(writer: Writer) -> list[str]:
    """Return a process of some steps."""
    names = _names(writer, writer.choose(2, 3, 5, 9))
    options = _options(writer, names) + writer.choose("", ' legend="Our own operations"')
    return [
        f"::: process{options}",
        *(f"{number}. {_entry(writer, name)}" for number, name in enumerate(names, 1)),
        ":::",
    ]


def write_organization(writer: Writer) -> list[str]:
    """Return an organization: units below others, up to three levels deep."""
    names = _names(writer, writer.choose(1, 3, 5, 9))
    lines, level = list[str](), 0
    for name in names:
        lines.append(f"{'  ' * level}- {_entry(writer, name)}")
        level = writer.number(1, min(3, level + 1))
    return [f"::: organization{_options(writer, names)}", *lines, ":::"]


def _names(writer: Writer, count: int) -> list[str]:
    return [f"{writer.leaf_word()}{writer.choose('', ' Größe', ' of the whole group')}" for _ in range(count)]


def _options(writer: Writer, names: list[str]) -> str:
    return writer.choose("", f' highlight="{writer.pick(names)}"') + writer.choose("", ' title="Some title"')


def _entry(writer: Writer, name: str) -> str:
    """Return the name of a step or unit, with what it does, now and then with a fact or a link."""
    writer.keep(name)
    end = writer.choose("", ".", ":")
    if end != ":":
        return writer.choose(name, f"**{name}**") + end
    words = some_words(writer, writer.choose(2, 6)).replace(":", "")
    if writer.chance(4) and writer.supply.placeholders:
        return f"{name}: about {{{{ {writer.pick(writer.supply.placeholders)} }}}} of it"
    if writer.chance(4):
        return f"{name}: [the web](https://acme.example/)"
    return f"{name}: {words}"
