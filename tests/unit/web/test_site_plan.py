"""The plan of a site: files whose names every system accepts, and that are like no other."""

from __future__ import annotations

from pathlib import Path

from tests.support.web_sites import render
from tests.unit.pipeline.test_build import make_folder

from gri_builder.web.site_plan import plan_site

TITLES = ("Con", "Index", "figures", "Über uns", "水", "Uber uns", "Imprint", "水 und mehr", "x" * 200)


def test_names_of_pages(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    (folder / "chapters").mkdir()
    for number, title in enumerate(TITLES):
        anchor = "" if number != 1 else " {#NUL}"
        (folder / "chapters" / f"{number}.md").write_text(f"# {title}{anchor}\n\nWords.\n", "utf-8")
    listed = ", ".join(f"chapters/{number}.md" for number, _ in enumerate(TITLES))
    settings = (folder / "report.yaml").read_text("utf-8")
    (folder / "report.yaml").write_text(f"{settings}chapters: [{listed}]\n", "utf-8")
    _, made = render(folder, draft=True)
    files = [page.file for page in plan_site(made.document, made.ledger).pages]
    assert len({file.lower() for file in files}) == len(files)
    assert files[:1] == ["index.html"]
    assert files[-2:] == ["figures.html", "imprint.html"]
    assert not {"con.html", "nul.html"} & set(files)
    assert all(file.isascii() and len(file) < 80 for file in files)


def test_each_anchor_is_on_one_page(tmp_path: Path) -> None:
    _, made = render(make_folder(tmp_path), draft=True)
    plan = plan_site(made.document, made.ledger)
    assert set(plan.files.values()) <= {page.file for page in plan.pages}
    assert plan.places["G4-3"][0].anchor == "G4-3"
