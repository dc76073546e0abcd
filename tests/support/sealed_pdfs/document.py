"""Changes to the document as a whole: what it does, says of itself, and carries."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Pdf, String

from tests.support.sealed_pdfs.kinds import Expected, kind


def _make_script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


@kind(2)
def script(pdf: Pdf, dice: random.Random) -> Expected:
    pdf.Root.Names.JavaScript = Dictionary(Names=Array([String(f"s{dice.random()}"), _make_script()]))
    return Expected(None, ("the document runs a script when it opens",))


@kind(2)
def open_action(pdf: Pdf, dice: random.Random) -> Expected:
    actions = (_make_script(), Dictionary(S=Name.Launch, F=String("a")), Array([pdf.pages[2].obj, Name.Fit]))
    pdf.Root.OpenAction = actions[dice.randrange(3)]
    return Expected(None, ("when it opens (OpenAction)",))


@kind(1)
def closing_action(pdf: Pdf, dice: random.Random) -> Expected:
    pdf.Root.AA = Dictionary(WC=_make_script())
    return Expected(None, ("the document does something when it is closed", "runs a script"))


@kind(1)
def base_address(pdf: Pdf, dice: random.Random) -> Expected:
    pdf.Root.URI = Dictionary(Base=String("https://evil.example"))
    return Expected(None, ("base of its web addresses",))


@kind(2)
def language(pdf: Pdf, dice: random.Random) -> Expected:
    pdf.Root.Lang = String(dice.choice(("fr", "de-DE")))
    return Expected(None, ("language of the document", str(pdf.Root.Lang)))


@kind(1)
def layers(pdf: Pdf, dice: random.Random) -> Expected:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("hidden")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))
    return Expected(None, ("layers",))


@kind(1)
def page_mode(pdf: Pdf, dice: random.Random) -> Expected:
    pdf.Root.PageMode = Name.FullScreen
    return Expected(None, ("PageMode", "'FullScreen'"))


@kind(1)
def page_layout(pdf: Pdf, dice: random.Random) -> Expected:
    pdf.Root.PageLayout = Name.TwoColumnLeft
    return Expected(None, ("PageLayout",))


@kind(1)
def viewer_preferences(pdf: Pdf, dice: random.Random) -> Expected:
    pdf.Root.ViewerPreferences.HideToolbar = True
    return Expected(None, ("ViewerPreferences",))


@kind(1)
def marked(pdf: Pdf, dice: random.Random) -> Expected:
    pdf.Root.MarkInfo.Marked = False
    return Expected(None, ("MarkInfo",))


@kind(1)
def output_intent(pdf: Pdf, dice: random.Random) -> Expected:
    stream = pdf.Root.OutputIntents[0].DestOutputProfile
    data = bytearray(stream.read_bytes())
    data[-3] ^= 1
    stream.write(bytes(data))
    return Expected(None, ("intended colours",))


@kind(1)
def form_of_pages(pdf: Pdf, dice: random.Random) -> Expected:
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp/>"))
    return Expected(None, ("XFA",))


@kind(1)
def collection(pdf: Pdf, dice: random.Random) -> Expected:
    pdf.Root.Collection = Dictionary(Type=Name.Collection, View=Name.H)
    return Expected(None, ("Collection",))


@kind(1)
def hidden_pages(pdf: Pdf, dice: random.Random) -> Expected:
    """A page outside the page tree, reachable from the catalog."""
    page = pdf.make_indirect(Dictionary(Type=Name.Template, MediaBox=[0, 0, 9, 9]))
    pdf.Root.Names.Templates = Dictionary(Names=Array([String("t"), page]))
    return Expected(None, ("'Templates'",))


@kind(2)
def unknown_entry(pdf: Pdf, dice: random.Random) -> Expected:
    pdf.Root[f"/Own{dice.randint(1, 9)}"] = dice.choice((String("x"), Dictionary(A=1)))
    return Expected(None, ("the entry 'Own", "catalog"))


@kind(1)
def unknown_trailer_entry(pdf: Pdf, dice: random.Random) -> Expected:
    pdf.trailer.Own = Dictionary(A=String("x"))
    return Expected(None, ("the entry 'Own' of the file",))


@kind(1)
def unknown_node_entry(pdf: Pdf, dice: random.Random) -> Expected:
    pdf.Root.Pages.Own = Dictionary(A=String("x"))
    return Expected(None, ("the entry 'Own' of the file",))


@kind(4)
def info(pdf: Pdf, dice: random.Random) -> Expected:
    key = dice.choice(("/Title", "/Author", "/Subject", "/Keywords", "/Creator"))
    pdf.trailer.Info[key] = String("Something else")
    return Expected(None, (key[1:].lower(), "properties", "'Something else'"))


@kind(1)
def info_added(pdf: Pdf, dice: random.Random) -> Expected:
    pdf.trailer.Info.Company = String("Evil Ltd")
    return Expected(None, ("'Company'", "'Evil Ltd'"))


@kind(2)
def info_producer(pdf: Pdf, dice: random.Random) -> Expected:
    pdf.trailer.Info[dice.choice(("/Producer", "/ModDate"))] = String("D:2020")
    return Expected(None, ("a program saved the file again",))


@kind(3)
def metadata(pdf: Pdf, dice: random.Random) -> Expected:
    data = pdf.Root.Metadata.read_bytes()
    old, new, word = dice.choice(
        (
            (b"Locks and weirs", b"Locks and keys", "title"),
            (b">Locks Ltd<", b">Evil Ltd<", "author"),
            (b"<pdfaid:part>3", b"<pdfaid:part>2", "PDF/A"),
            (b"en-GB", b"fr-FR", "language"),
        )
    )
    assert old in data
    pdf.Root.Metadata.write(data.replace(old, new))
    return Expected(None, (word, "metadata"))


@kind(1)
def metadata_removed(pdf: Pdf, dice: random.Random) -> Expected:
    del pdf.Root["/Metadata"]
    return Expected(None, ("title", "metadata", "nothing"))


def _names(tree: Any) -> Iterator[tuple[str, Any]]:
    held = list(tree.Names)
    yield from zip((str(each) for each in held[::2]), held[1::2], strict=True)


@kind(2)
def attachment_changed(pdf: Pdf, dice: random.Random) -> Expected:
    name, specification = dice.choice([each for each in _names(pdf.Root.Names.EmbeddedFiles) if each[0] != "seal.json"])
    stream = specification.EF.F
    stream.write(stream.read_bytes() + b" ")
    return Expected(None, (f"the attachment '{name}' was changed", "content"))


@kind(2)
def attachment_added(pdf: Pdf, dice: random.Random) -> Expected:
    pdf.attachments["more.txt"] = AttachedFileSpec(pdf, b"more", filename="more.txt")
    return Expected(None, ("the attachment 'more.txt' was added",))


@kind(1)
def attachment_removed(pdf: Pdf, dice: random.Random) -> Expected:
    del pdf.attachments["content-index.csv"]
    return Expected(None, ("the attachment 'content-index.csv' was removed",))


@kind(1)
def attachment_relationship(pdf: Pdf, dice: random.Random) -> Expected:
    name, specification = next(iter(_names(pdf.Root.Names.EmbeddedFiles)))
    specification.AFRelationship = Name.Alternative
    return Expected(None, (f"the attachment '{name}' was changed", "AFRelationship"))


@kind(1)
def attachment_description(pdf: Pdf, dice: random.Random) -> Expected:
    name, specification = next(iter(_names(pdf.Root.Names.EmbeddedFiles)))
    specification.Desc = String("Something else")
    return Expected(None, (f"the attachment '{name}' was changed", "Desc"))


@kind(1)
def seal_removed(pdf: Pdf, dice: random.Random) -> Expected:
    del pdf.attachments["seal.json"]
    return Expected(None, ("does not contain 'seal.json'",))


@kind(1)
def seal_emptied(pdf: Pdf, dice: random.Random) -> Expected:
    specification = dict(_names(pdf.Root.Names.EmbeddedFiles))["seal.json"]
    specification.EF.F.write(b"{}")
    return Expected(None, ("'seal.json' is not as gri-builder writes it",))


@kind(1)
def associated_files(pdf: Pdf, dice: random.Random) -> Expected:
    pdf.Root.AF = Array(list(pdf.Root.AF)[1:])
    return Expected(None, ("associated files",))


@kind(3)
def destination_moved(pdf: Pdf, dice: random.Random) -> Expected:
    name, place = dice.choice(list(_names(pdf.Root.Names.Dests)))
    page = dice.choice([each.obj for each in pdf.pages if each.obj.objgen != place[0].objgen])
    place[0] = page
    return Expected(None, (f"the named destination '{name}' leads to",))


@kind(2)
def destination_lowered(pdf: Pdf, dice: random.Random) -> Expected:
    name, place = dice.choice(list(_names(pdf.Root.Names.Dests)))
    place[3] = int(place[3]) - 100
    return Expected(None, (f"the named destination '{name}' leads to",))


@kind(1)
def destination_removed(pdf: Pdf, dice: random.Random) -> Expected:
    names = pdf.Root.Names.Dests.Names
    removed = str(names[4])
    del names[4:6]
    return Expected(None, (f"the named destination '{removed}' was removed",))


@kind(2)
def page_labels(pdf: Pdf, dice: random.Random) -> Expected:
    first = dice.randint(0, 3)
    pdf.Root.PageLabels = Dictionary(Nums=Array([first, Dictionary(S=Name.r, St=7)]))
    return Expected(None, ("page labels from page",))


def _bookmarks(first: Any) -> Iterator[Any]:
    while first is not None:
        yield first
        yield from _bookmarks(first.get("/First"))
        first = first.get("/Next")


@kind(2)
def bookmark_title(pdf: Pdf, dice: random.Random) -> Expected:
    bookmark = dice.choice(list(_bookmarks(pdf.Root.Outlines.First)))
    old = str(bookmark.Title)
    bookmark.Title = String("Something else")
    return Expected(None, (f"the bookmark '{old}' is called 'Something else'",))


@kind(2)
def bookmark_target(pdf: Pdf, dice: random.Random) -> Expected:
    bookmark = dice.choice(list(_bookmarks(pdf.Root.Outlines.First)))
    bookmark.Dest = String("at-rest" if bookmark.Dest != "at-rest" else "canal")
    return Expected(None, (f"the bookmark '{bookmark.Title}' leads to '{bookmark.Dest}'",))


@kind(2)
def bookmark_action(pdf: Pdf, dice: random.Random) -> Expected:
    bookmark = dice.choice(list(_bookmarks(pdf.Root.Outlines.First)))
    del bookmark["/Dest"]
    bookmark.A = Dictionary(S=Name.URI, URI=String("https://evil.example"))
    return Expected(None, (f"the bookmark '{bookmark.Title}' leads to 'https://evil.example'",))


@kind(1)
def bookmark_added(pdf: Pdf, dice: random.Random) -> Expected:
    last = pdf.Root.Outlines.Last
    last.Next = pdf.make_indirect(Dictionary(Title=String("More"), Dest=String("canal"), Parent=pdf.Root.Outlines))
    pdf.Root.Outlines.Last = last.Next
    return Expected(None, ("the bookmark 'More' was added",))


@kind(1)
def bookmark_removed(pdf: Pdf, dice: random.Random) -> Expected:
    first = pdf.Root.Outlines.First
    pdf.Root.Outlines.First = first.Next
    return Expected(None, (f"the bookmark '{first.Title}' was removed",))


@kind(1)
def bookmarks_removed(pdf: Pdf, dice: random.Random) -> Expected:
    title = pdf.Root.Outlines.First.Title
    del pdf.Root["/Outlines"]
    return Expected(None, (f"the bookmark '{title}' was removed",))
