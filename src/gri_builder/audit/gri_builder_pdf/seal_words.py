"""Differences from a seal in plain words: each one sentence that names the page and the object."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from gri_builder.audit.gri_builder_pdf.seal_comparison import Area, Difference
from gri_builder.embedded.seal.syntax import read_float, read_string

LONGEST = 80
"""Characters of a value that a message quotes."""
OF_REPORTLAB = "FormXob."
"""Starts the names of pictures and drawings in resources."""
Objects = Mapping[str, Mapping[str, str]]
"""Entries of dictionaries and streams by digest."""

BOXES = {
    "/MediaBox": "has another size",
    "/CropBox": "is cropped otherwise",
    "/BleedBox": "has another bleed box",
    "/TrimBox": "has another trim box",
    "/ArtBox": "has another art box",
}
PAGE_ENTRIES = {
    "/Group": "its colours are mixed otherwise (Group)",
    "/Tabs": "the order of its links for the keyboard differs (Tabs)",
    "/Trans": "the way in which it appears on a screen differs (Trans)",
    "/Dur": "how long it is shown on a screen differs (Dur)",
    "/AA": "it does something when it is opened or closed (AA)",
    "/Thumb": "its thumbnail differs (Thumb)",
    "/Metadata": "its metadata differs (Metadata)",
    "/PieceInfo": "a program's private data on it differs (PieceInfo)",
    "/AF": "files that are associated with it differ (AF)",
    "/B": "the threads of its text differ (B)",
    "/VP": "its measuring areas differ (VP)",
}
RESOURCES = {
    "/Font": "font",
    "/XObject": "drawing",
    "/ExtGState": "graphics state",
    "/ColorSpace": "colour space",
    "/Pattern": "pattern",
    "/Shading": "gradient",
    "/Properties": "property list",
    "/ProcSet": "list of procedure sets",
}
ASPECTS = {
    "/Widths": "its widths differ",
    "/W": "its widths differ",
    "/DW": "its widths differ",
    "/MissingWidth": "its widths differ",
    "/FontFile": "its glyphs differ",
    "/FontFile2": "its glyphs differ",
    "/FontFile3": "its glyphs differ",
    "/CharProcs": "its glyphs differ",
    "/ToUnicode": "the text that its glyphs mean when they are copied differs",
    "/Encoding": "its encoding differs, so that other glyphs are drawn",
    "/CIDToGIDMap": "other glyphs are drawn for its codes",
    "/BaseFont": "its name differs",
    "/FontMatrix": "its glyphs are scaled or turned otherwise",
    "/SMask": "its soft mask differs, so that other parts are transparent",
    "/Mask": "its mask differs, so that other parts are transparent",
    "/Decode": "its colours are decoded otherwise, for instance inverted",
    "/ColorSpace": "its colour space differs",
    "/CS": "its colour space differs",
    "/Matrix": "it is moved, scaled or turned",
    "/BBox": "it is clipped otherwise",
    "/ca": "its opacity differs",
    "/CA": "its opacity differs",
    "/BM": "its blend mode differs",
    "/OC": "it can be hidden (optional content)",
    "/Function": "its colours differ",
    "/Functions": "its colours differ",
    "/Coords": "its place or direction differs",
    "data": "its data differs",
}
ANNOTATIONS = {
    "/Link": "link",
    "/Text": "note",
    "/FreeText": "text box",
    "/Stamp": "stamp annotation",
    "/Widget": "form field",
    "/Popup": "pop-up window",
    "/Redact": "redaction",
    "/Highlight": "highlight",
    "/Underline": "underline",
    "/StrikeOut": "strike-out",
    "/Squiggly": "squiggly underline",
    "/Ink": "hand-drawn line",
    "/Line": "line",
    "/Square": "rectangle",
    "/Circle": "circle",
    "/Polygon": "polygon",
    "/PolyLine": "polygonal line",
    "/FileAttachment": "attached file",
    "/Watermark": "watermark",
    "/Screen": "screen for media",
    "/Movie": "film",
    "/Sound": "sound",
    "/3D": "3D drawing",
    "/RichMedia": "media annotation",
    "/Caret": "insertion mark",
}
ACTIONS = {
    "/JavaScript": "runs a script",
    "/Launch": "starts a program or opens a file",
    "/SubmitForm": "sends data to an address",
    "/ImportData": "imports data",
    "/GoToR": "opens another document",
    "/GoToE": "opens an embedded document",
    "/Named": "runs a command of the viewer",
    "/Hide": "hides or shows annotations",
    "/SetOCGState": "hides or shows layers",
    "/Rendition": "plays media",
    "/Sound": "plays a sound",
    "/Movie": "plays a film",
    "/ResetForm": "resets a form",
    "/URI": "opens a web address",
    "/GoTo": "goes to a place",
    "/Thread": "goes to a thread",
    "/Trans": "shows a transition",
    "/GoTo3DView": "shows a 3D view",
}
CATALOG = {
    "/AA": "the document does something when it is closed, saved or printed (AA)",
    "/AcroForm": "a form differs (AcroForm)",
    "/AF": "the list of associated files differs (AF)",
    "/Collection": "the document is shown as a collection of files (Collection)",
    "/Dests": "named destinations of the old kind differ (Dests)",
    "/Extensions": "the list of extensions to the standard differs (Extensions)",
    "/Lang": "the language of the document differs (Lang)",
    "/MarkInfo": "what is said about tags differs (MarkInfo)",
    "/OCProperties": "the document has other layers that can be hidden (OCProperties)",
    "/OutputIntents": "the intended colours differ (OutputIntents)",
    "/PageLayout": "the layout in which pages are shown differs (PageLayout)",
    "/PageMode": "what is shown beside the pages differs (PageMode)",
    "/Perms": "the permissions of signatures differ (Perms)",
    "/DSS": "stored certificates differ (DSS)",
    "/Threads": "threads of text differ (Threads)",
    "/ViewerPreferences": "how a viewer shows the document differs (ViewerPreferences)",
    "/URI": "the base of its web addresses differs (URI)",
    "/SpiderInfo": "data of a web capture differs (SpiderInfo)",
    "/Requirements": "what a viewer must be able to do differs (Requirements)",
    "/Legal": "a legal attestation differs (Legal)",
    "/Version": "the version of the format differs (Version)",
}
FLAGS = (
    "invisible",
    "hidden",
    "printed",
    "fixed in size",
    "fixed in direction",
    "not shown",
    "read-only",
    "locked",
    "toggled",
    "locked in content",
)
"""Flags of annotations by bit (ISO 32000-1, table 165)."""
TEXTS = {
    "/Alt": "the alternative text",
    "/ActualText": "the actual text",
    "/Lang": "the language",
    "/E": "the expansion",
    "/T": "the title",
}
INFO = {
    "/Title": "title",
    "/Author": "author",
    "/Subject": "subject",
    "/Keywords": "keywords",
    "/Creator": "creator",
    "/CreationDate": "date of creation",
    "dc:title": "title",
    "dc:creator": "author",
    "dc:description": "subject",
    "dc:language": "language",
    "dc:format": "format",
    "xmp:CreateDate": "date of creation",
    "xmp:CreatorTool": "creator",
    "pdfaid:part": "conformance to PDF/A",
    "pdfaid:conformance": "conformance to PDF/A",
    "pdfuaid:part": "conformance to PDF/UA",
}


def describe(difference: Difference, objects: Objects) -> str:
    """Return a difference as one sentence; `objects` are the entries of what is in the file and in the seal."""
    return _WRITERS[difference.area](difference, objects)


def quote(value: str | None) -> str:
    """Return a value as a message shows it."""
    if value is None:
        return "nothing"
    text = read_string(value)
    text = value.removeprefix("/") if text is None else text
    if value.startswith("#"):
        return "something else"
    text = re.sub(r"page -(\d+)", r"the added page \1", text)
    return f"'{text if len(text) <= LONGEST else text[:LONGEST] + ' …'}'"


def list_pages(pages: Sequence[int]) -> str:
    """Return page numbers as a list with ranges, such as 'pages 1, 3-9 and 12'."""
    ranges: list[list[int]] = []
    for page in sorted(set(pages)):
        if ranges and page == ranges[-1][1] + 1:
            ranges[-1][1] = page
        else:
            ranges.append([page, page])
    parts = [str(first) if first == last else f"{first}-{last}" for first, last in ranges]
    named = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"page{'s' if len(set(pages)) > 1 else ''} {named}"


def _state(before: str | None, after: str | None) -> str:
    """Return what happened to a thing."""
    return "added" if before is None else "removed" if after is None else "changed"


def _write_page(each: Difference, objects: Objects) -> str:
    kind = each.path[0]
    if kind == "removed":
        return f"what was built as page {each.before} is not in the PDF"
    if kind == "moved":
        return f"page {each.after} is what was built as page {each.before}: pages were moved"
    if each.before:
        return f"page {each.after} was added: it is a copy of what was built as page {each.before}"
    return f"page {each.after} was added"


def _write_content(each: Difference, objects: Objects) -> str:
    return f"what {list_pages(each.pages)} draws was changed after the report was made"


def _write_entry(each: Difference, objects: Objects) -> str:
    key, pages = each.path[0], list_pages(each.pages)
    many = len(each.pages) > 1
    if key == "/Rotate":
        turn = int(read_float(each.after or "0") or 0) - int(read_float(each.before or "0") or 0)
        return f"{pages} {'are' if many else 'is'} turned by {turn % 360}°"
    if key == "/UserUnit":
        return f"the unit of {pages} is {quote(each.after)} instead of {quote(each.before)}: all of it is enlarged"
    if key in BOXES:
        does = BOXES[key].replace("has", "have", 1).replace("is ", "are ", 1) if many else BOXES[key]
        return f"{pages} {does}: {key[1:]} is {quote(each.after)} instead of {quote(each.before)}"
    said = PAGE_ENTRIES.get(key, f"the entry '{key.removeprefix('/')}' was {_state(each.before, each.after)}")
    return f"{pages} {'were' if many else 'was'} changed: {said}{_write_action(each, objects)}"


def _write_resource(each: Difference, objects: Objects) -> str:
    pages = list_pages(each.pages)
    category = each.path[0]
    if len(each.path) == 1:
        return f"the {RESOURCES.get(category, category[1:])}s of {pages} differ"
    what = _name_resource(each)
    if len(each.path) == 2 and (each.before is None or each.after is None):
        return f"{what} was {_state(each.before, each.after)} on {pages}"
    return f"{what} on {pages} was exchanged: {_name_aspect(each)}"


def _name_resource(each: Difference) -> str:
    """Return kind and name of a resource: fonts by the name of theirs, others by that in the resources."""
    category, name = each.path[:2]
    entries = each.was or each.now
    kind = RESOURCES.get(category, "resource")
    if category == "/Font":
        name = re.sub(r"^/[A-Z]{6}\+", "/", entries.get("/BaseFont", name))
    elif category == "/XObject" and entries.get("/Subtype") == "/Image":
        kind = "picture"
    return f"the {kind} '{name.removeprefix('/').removeprefix(OF_REPORTLAB)}'"


def _name_aspect(each: Difference) -> str:
    """Return what of a resource differs; of a drawing, also in which of its own resources."""
    keys = each.path[2:]
    inner = max((place for place, key in enumerate(keys) if key == "/Resources"), default=-1)
    if 0 <= inner < len(keys) - 2:
        category, name = keys[inner + 1 : inner + 3]
        rest = _name_keys(keys[inner + 3 :], each, "what it draws differs")
        return f"in it, the {RESOURCES.get(category, 'resource')} '{name.removeprefix('/')}' was exchanged: {rest}"
    is_picture = (each.was or each.now).get("/Subtype") == "/Image"
    return _name_keys(keys, each, "its pixels differ" if is_picture else "what it draws differs")


def _name_keys(keys: Sequence[str], each: Difference, of_data: str) -> str:
    """Return what differs by the outermost key that has words; `of_data` says it of the data of a drawing."""
    for key in keys:
        if key in ASPECTS:
            return of_data if key == "data" and each.path[0] == "/XObject" else ASPECTS[key]
    named = " of ".join(f"'{key.removeprefix('/')}'" for key in reversed(keys))
    return f"{named} was {_state(each.before, each.after)}" if named else "it is another one"


def _write_annotation(each: Difference, objects: Objects) -> str:
    pages, entries = list_pages(each.pages), each.was or each.now
    kind = ANNOTATIONS.get(entries.get("/Subtype", ""), f"annotation of the kind {quote(entries.get('/Subtype'))}")
    article = "an" if kind[0] in "aeiou" else "a"
    target = _name_target(entries, objects)
    whose = f"{article} {kind}{f' to {target}' if target and each.path[:1] not in (('/A',), ('/Dest',)) else ''}"
    if not each.path:
        return f"{whose} was {_state(each.before, each.after)} on {pages}{_write_doing(each.now, objects)}"
    key = each.path[0]
    if key in ("/A", "/Dest", "/PA"):
        new = _name_target(each.now, objects) or "nothing"
        return f"{whose} on {pages} leads to {new} instead of {target or 'nothing'}"
    if key in ("/Rect", "/QuadPoints"):
        return f"{whose} on {pages} was moved: {key[1:]} is {quote(each.after)} instead of {quote(each.before)}"
    if key == "/F":
        return f"{whose} on {pages} was changed: it is {_name_flags(each.after)} instead of {_name_flags(each.before)}"
    if key == "/AP":
        return f"{whose} on {pages} looks different: its appearance was {_state(each.before, each.after)} (AP)"
    if key == "/AA":
        return f"{whose} on {pages} does something when it is touched (AA){_write_action(each, objects)}"
    named = key.removeprefix("/")
    return f"{whose} on {pages} was changed: '{named}' is {quote(each.after)} instead of {quote(each.before)}"


def _name_flags(value: str | None) -> str:
    bits = int(read_float(value or "0") or 0)
    return " and ".join(name for place, name in enumerate(FLAGS) if bits >> place & 1) or "without flags"


def _name_target(entries: Mapping[str, str], objects: Objects) -> str:
    """Return where an annotation, a bookmark or an action leads; empty where nowhere."""
    if "/Dest" in entries:
        return quote(entries["/Dest"])
    action = objects.get(entries.get("/A", ""), {})
    if "/URI" in action:
        return quote(action["/URI"])
    if action.get("/S") == "/GoTo":
        return quote(action.get("/D"))
    return f"an action that {_name_action(action)}" if action else ""


def _name_action(action: Mapping[str, str]) -> str:
    return ACTIONS.get(action.get("/S", ""), f"is of the kind {quote(action.get('/S'))}")


def _write_doing(entries: Mapping[str, str], objects: Objects) -> str:
    """Return what a new annotation does, if it acts."""
    action = objects.get(entries.get("/A", ""), {})
    return f"; it {_name_action(action)}" if action and entries.get("/Subtype") != "/Link" else ""


def _write_action(each: Difference, objects: Objects) -> str:
    """Return what an action, or one of several, does."""
    entries = objects.get(each.after or "", {})
    actions = [entries, *(objects.get(text, {}) for text in entries.values())]
    named = [ACTIONS[action["/S"]] for action in actions if action.get("/S") in ACTIONS]
    return f": it {' and '.join(sorted(set(named)))}" if named else ""


def _write_role(each: Difference, objects: Objects) -> str:
    pages = list_pages(each.pages)
    if each.path == ("all",):
        return f"the structure of {pages} was removed: screen readers read nothing of it"
    before, after = (_name_item(each.before), _name_item(each.after))
    places = int(each.path[0])
    more = f" (the first of {places} changes)" if places > 1 else ""
    if each.before is None:
        return f"{after} was added to the structure of {pages}{more}"
    if each.after is None:
        return f"{before} was removed from the structure of {pages}{more}"
    return f"the structure of {pages} was changed: {after} instead of {before}{more}"


def _name_item(item: str | None) -> str:
    if item is None:
        return "nothing"
    role = re.fullmatch(r"(\d+)/(.*)", item)
    if role:
        return f"the element '{role[2]}' at level {role[1]}"
    return "an annotation" if item == "@" else f"marked content{f' {item}' if item.isdigit() else ''}"


def _write_text(each: Difference, objects: Objects) -> str:
    pages = list_pages(each.pages)
    found = re.match(r"/([^/]*)(/\w+) ", each.after or each.before or "")
    role, key = (found[1], found[2]) if found else ("?", "?")
    before, after = (text and text[len(role) + 1 + len(key) + 1 :] for text in (each.before, each.after))
    what = f"{TEXTS.get(key, key[1:])} of an element '{role}' on {pages}"
    if each.before is None or each.after is None:
        return f"{what} was {_state(each.before, each.after)}: {quote(after if after is not None else before)}"
    return f"{what} was changed: it is {quote(after)} instead of {quote(before)}"


def _write_attribute(each: Difference, objects: Objects) -> str:
    key = each.path[0].removeprefix("/")
    return (
        f"attributes of structure elements on {list_pages(each.pages)} were {_state(each.before, each.after)} ({key})"
    )


def _write_stray(each: Difference, objects: Objects) -> str:
    return f"the parent tree leads from {list_pages(each.pages)} to other structure elements: {each.after}"


def _write_catalog(each: Difference, objects: Objects) -> str:
    key = each.path[0]
    if key == "/OpenAction":
        entries = objects.get(each.after or "", {})
        does = _name_action(entries) if entries else f"goes to {quote(each.after)}"
        return f"the document {does} when it opens (OpenAction)" if each.after else "its open action was removed"
    said = CATALOG.get(key, f"the entry '{key.removeprefix('/')}' of the catalog was {_state(each.before, each.after)}")
    if key == "/AcroForm" and "/XFA" in (*each.path, *objects.get(each.after or "", {})):
        return "a form was added that draws pages of its own (XFA)"
    if len(each.path) == 1 and not f"{each.before}{each.after}".count("#"):
        return f"{said}: {quote(each.after)} instead of {quote(each.before)}"
    return f"{said}{_write_action(each, objects)}"


def _write_name(each: Difference, objects: Objects) -> str:
    tree, name = each.path[:2]
    state = _state(each.before, each.after) if len(each.path) == 2 else "changed"
    if tree == "/EmbeddedFiles":
        keys = [key.removeprefix("/") for key in each.path[2:] if key not in ("/EF", "/F", "/UF")]
        detail = f": its {'content' if keys[-1:] == ['data'] else repr(keys[-1])} differs" if keys else ""
        return f"the attachment '{name}' was {state}{detail}"
    if tree == "/JavaScript":
        return f"the document runs a script when it opens: '{name}' was {state}"
    if tree == "/Dests":
        if each.before is None or each.after is None:
            return f"the named destination '{name}' was {state}"
        return f"the named destination '{name}' leads to {quote(each.after)} instead of {quote(each.before)}"
    return f"the name '{name}' was {state} in the document's names '{tree.removeprefix('/')}'"


def _write_label(each: Difference, objects: Objects) -> str:
    page = int(each.path[0]) + 1 if each.path[0].isdigit() else each.path[0]
    return f"the page labels from page {page} on were {_state(each.before, each.after)}"


def _write_bookmark(each: Difference, objects: Objects) -> str:
    title = quote((each.was or each.now).get("/Title"))
    if not each.path:
        return f"the bookmark {title} was {_state(each.before, each.after)}"
    if each.path[0] in ("/Dest", "/A"):
        to = _name_target(each.now, objects) or "nothing"
        return f"the bookmark {title} leads to {to} instead of {_name_target(each.was, objects) or 'nothing'}"
    if each.path[0] == "/Title":
        return f"the bookmark {title} is called {quote(each.after)} now"
    key = each.path[0].removeprefix("/")
    return f"the bookmark {title} was changed: '{key}' is {quote(each.after)} instead of {quote(each.before)}"


def _write_structure(each: Difference, objects: Objects) -> str:
    named = {
        "/RoleMap": "the role map differs: roles mean something else",
        "/ClassMap": "the class map differs: classes of attributes mean something else",
        "order": "the reading order of the structure differs",
        "identifiers": "the identifiers of structure elements differ",
        "without content": "structure elements without content differ",
    }
    key = each.path[0]
    if key == "all":
        return "the structure tree was removed: screen readers find no headings, tables and descriptions"
    said = named.get(key, f"the entry '{key.removeprefix('/')}' of the structure was {_state(each.before, each.after)}")
    detail = f" ('{each.path[1].removeprefix('/')}' is {quote(each.after)})" if len(each.path) > 1 else ""
    return f"{said}{detail}"


def _write_info(each: Difference, objects: Objects) -> str:
    key = each.path[0]
    kind = "document's properties" if each.area == "info" else "document's metadata"
    name = INFO.get(key, f"entry '{key.removeprefix('/')}'")
    return f"the {name} in the {kind} is {quote(each.after)} instead of {quote(each.before)}"


def _write_trailer(each: Difference, objects: Objects) -> str:
    return f"the entry '{each.path[0].removeprefix('/')}' of the file was {_state(each.before, each.after)}"


_WRITERS: Mapping[Area, Callable[[Difference, Objects], str]] = {
    "page": _write_page,
    "content": _write_content,
    "entry": _write_entry,
    "resource": _write_resource,
    "annotation": _write_annotation,
    "role": _write_role,
    "text": _write_text,
    "attribute": _write_attribute,
    "stray": _write_stray,
    "catalog": _write_catalog,
    "name": _write_name,
    "label": _write_label,
    "bookmark": _write_bookmark,
    "structure": _write_structure,
    "info": _write_info,
    "metadata": _write_info,
    "trailer": _write_trailer,
}
