"""CONTRIBUTING's drawings are those of the code: the rooms with their imports, and the stages with their types."""

from __future__ import annotations

import ast
import importlib
import inspect
import os
import re
from pathlib import Path

from tests.support.paths import ROOT

PAGE = ROOT / "CONTRIBUTING.md"
PACKAGE = ROOT / "src" / "gri_builder"
STAGES = (
    "source.loader.load_report",
    "facts.read_facts.read_facts",
    "validation.validate.validate_report",
    "coverage.assess.assess_report",
    "compose.compose.compose_document",
    "layout.render.render_pdf",
    "pipeline.output_files.write_files",
)
"""The stages of a build, in their order."""


def rooms() -> dict[str, set[str]]:
    """Return the rooms, each with the rooms that its modules import; late and type-checking imports count too."""
    found: dict[str, set[str]] = {path.parent.name: set() for path in PACKAGE.glob("*/__init__.py")}
    for path in PACKAGE.rglob("*.py"):
        room = path.relative_to(PACKAGE).parts[0]
        for node in ast.walk(ast.parse(path.read_text("utf-8"))) if room in found else ():
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("gri_builder."):
                found[room].add(node.module.split(".")[1])
    return {room: (imported - {room}) & found.keys() for room, imported in found.items()}


def reduce(graph: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return a graph without the arrows that follow from longer ways (its transitive reduction)."""

    def reached(start: str) -> set[str]:
        below = graph[start]
        return below.union(*(reached(room) for room in below))

    return {room: {b for b in below if not any(b in reached(a) for a in below - {b})} for room, below in graph.items()}


def draw_rooms() -> str:
    arrows = sorted((room, below) for room, belows in reduce(rooms()).items() for below in belows)
    return "\n".join(("```mermaid", "flowchart TD", *(f"  {a} --> {b}" for a, b in arrows), "```"))


def draw_stages() -> str:
    lines = ["| stage | takes | returns |", "|---|---|---|"]
    for name in STAGES:
        module, _, function = name.rpartition(".")
        signature = inspect.signature(getattr(importlib.import_module(f"gri_builder.{module}"), function))
        required = [p for p in signature.parameters.values() if p.default is p.empty]
        takes = ", ".join(f"`{p.annotation}`" for p in required)
        lines.append(f"| `{name}` | {takes} | `{signature.return_annotation}` |")
    return "\n".join(lines).replace("|`", "\\|`")


def test_the_drawings_are_up_to_date() -> None:
    page = PAGE.read_text("utf-8")
    renewed = page
    for name, drawing in (("rooms", draw_rooms()), ("stages", draw_stages())):
        pattern = rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)"
        renewed = re.sub(pattern, lambda m, text=drawing: f"{m[1]}{text}\n{m[2]}", renewed, flags=re.DOTALL)  # type: ignore[misc]
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(renewed, "utf-8")
    assert renewed == page, "run `make update`, and read the diff"


def test_every_room_has_its_line() -> None:
    listed = set(re.findall(r"^\| `(\w+)/` \|", PAGE.read_text("utf-8"), re.MULTILINE))
    assert listed >= rooms().keys()


def test_no_room_is_a_hall() -> None:
    lines = {path: len(path.read_text("utf-8").splitlines()) for path in PACKAGE.rglob("*.py")}
    for room in rooms():
        share = sum(n for path, n in lines.items() if PACKAGE / room in path.parents) / sum(lines.values())
        assert share < 1 / 6, f"{room} holds {share:.0%} of the code"
    for folder in {path.parent for path in lines}:
        modules = [path for path in folder.glob("*.py") if path.name != "__init__.py"]
        assert len(modules) <= 21, f"{folder.relative_to(PACKAGE)} holds {len(modules)} modules"


def test_packages_only_name_things() -> None:
    for path in PACKAGE.rglob("__init__.py"):
        if path.parent != PACKAGE:
            body = ast.parse(path.read_text("utf-8")).body
            assert all(isinstance(node, ast.Expr | ast.ImportFrom | ast.Assign) for node in body), path


def test_unit_tests_mirror_the_rooms() -> None:
    tests = ROOT / "tests" / "unit"
    for folder in (path for path in tests.rglob("*") if path.is_dir() and path.name != "__pycache__"):
        room: Path = PACKAGE / folder.relative_to(tests)
        assert room.is_dir() or room.with_suffix(".py").exists(), f"there is no room {room.relative_to(PACKAGE)}"
