"""Pages keep their identity while others are inserted before them, and pictures belong to what pages show."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from gri_builder.pdf_reader.page_pictures import ClosedError, PagePictures
from gri_builder.preview.server import shown_pages as module
from gri_builder.preview.server.edited_place import EditedPlace, find_edited
from gri_builder.preview.server.shown_pages import ShownPages
from gri_builder.preview.view import PageRange, PreviewPage, SourceBlock


def make_pdf(texts: list[str]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(200, 100))
    for text in texts:
        canvas.drawString(20, 40, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def make_page(key: str, *blocks: tuple[str, int, float]) -> PreviewPage:
    made = tuple(
        SourceBlock((10, 10 * i, 90, 10 * i + height), file, line) for i, (file, line, height) in enumerate(blocks)
    )
    return PreviewPage(key, "1", 200, 100, made)


def replace(pages: ShownPages, first: int, replaced: int, *new: PreviewPage) -> tuple[int, ...]:
    return pages.replace(PageRange(make_pdf([page.key for page in new]), new, first, replaced))


def test_pages_are_inserted_before_others() -> None:
    pages = ShownPages()
    fresh = replace(pages, 0, 0, *(make_page(key) for key in "abcd"))
    before = {each.page.key: each.id for each in pages.pages}
    assert fresh == tuple(before.values())
    assert len(replace(pages, 1, 1, make_page("b1"), make_page("b2"))) == 2
    ids = [each.id for each in pages.pages]
    assert [each.page.key for each in pages.pages] == ["a", "b1", "b2", "c", "d"]
    assert (ids[0], ids[1], ids[3], ids[4]) == tuple(before[key] for key in "abcd")
    assert ids[2] not in before.values()
    pages.close()


def test_pages_are_found_again_where_every_number_on_them_has_changed() -> None:
    """A page is inserted at the start, so that all keys are new; blocks keep their sizes while their lines move."""
    pages = ShownPages()
    old = [make_page(f"{i}", ("one.md", i * 10, 20.0 + i), ("one.md", i * 10 + 4, 9)) for i in range(4)]
    replace(pages, 0, 0, *old)
    ids = [each.id for each in pages.pages]
    moved = [make_page(f"{i + 1}'", ("one.md", i * 10 + 7, 20.0 + i), ("one.md", i * 10 + 11, 9)) for i in range(4)]
    replace(pages, 0, 4, make_page("0'", ("one.md", 3, 77)), *moved)
    assert [each.id for each in pages.pages][1:] == ids
    assert pages.pages[0].id not in ids
    pages.close()


def test_everything_is_replaced_for_a_new_session() -> None:
    pages = ShownPages()
    replace(pages, 0, 0, make_page("a"), make_page("b"))
    new = (make_page("c"),)
    pages.replace(PageRange(make_pdf(["c"]), new, 0, 0), everything=True)
    assert [each.page.key for each in pages.pages] == ["c"]
    pages.close()


def test_pictures_are_those_of_the_key() -> None:
    pages = ShownPages()
    replace(pages, 0, 0, make_page("a"), make_page("b"))
    picture = pages.draw("b", 2.0)
    assert picture
    image = Image.open(io.BytesIO(picture))
    assert image.size == (400, 200)
    assert min(image.convert("L").tobytes()) < 60
    assert pages.draw("b", 2.0) is picture
    assert pages.draw("z", 2.0) is None
    document = pages.pages[0].document
    replace(pages, 0, 2, make_page("c"))
    assert pages.draw("c", 1.0)
    replace(pages, 0, 1, make_page("d"))
    with pytest.raises(ClosedError):
        document.draw(0, 1.0)
    pages.close()


def test_a_page_is_drawn_until_browsers_know_that_it_is_replaced() -> None:
    pages = ShownPages()
    replace(pages, 0, 0, make_page("a"), make_page("b"))
    replace(pages, 0, 1, make_page("c"))
    assert pages.draw("a", 1.0)
    assert pages.find("a") is None
    replace(pages, 1, 1, make_page("d"))
    assert pages.draw("b", 1.0)
    assert pages.draw("a", 3.0) is None
    pages.close()


def test_the_cache_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = ShownPages()
    replace(pages, 0, 0, make_page("a"))
    size = len(pages.draw("a", 1.0) or b"")
    monkeypatch.setattr(module, "CACHE_BYTES", size * 3)
    first = pages.draw("a", 1.0)
    for step in range(8):
        pages.draw("a", 1.01 + step / 100)
    assert pages.draw("a", 1.0) is not first
    pages.close()


def test_content_is_found_by_its_identifier() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(200, 100), pageCompression=0)
    canvas._code.append("/Span <</MCID 7>> BDC")
    canvas.drawString(20, 40, "1204")
    canvas._code.append("EMC")
    canvas.save()
    document = PagePictures(out.getvalue())
    left, top, right, bottom = document.find_content(0, {7, 8})[7]
    assert 19 < left < 22
    assert 45 < right < 52
    assert 48 < top < 55
    assert 58 < bottom < 62
    document.close()


def test_the_edited_block_is_found() -> None:
    pages = ShownPages()
    fresh = replace(
        pages,
        0,
        0,
        make_page("a", ("one.md", 1, 9), ("one.md", 5, 9)),
        make_page("b", ("one.md", 9, 9), ("two.md", 3, 9)),
    )
    first, second = fresh
    assert find_edited(pages.pages, fresh, {"one.md": 7}, None) == EditedPlace(first, 10)
    assert find_edited(pages.pages, fresh, {"one.md": 30}, None) == EditedPlace(second, 0)
    assert find_edited(pages.pages, (second,), {"one.md": 1}, None) == EditedPlace(second, 0)
    assert find_edited(pages.pages, fresh, {"three.md": 1}, None) is None
    pages.close()
