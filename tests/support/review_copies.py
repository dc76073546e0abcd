"""Edit review copies as reviewers do: comments and tracked changes as Word writes them (ISO 29500-1, 17.13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from lxml import etree

from tests.support.packages import read_parts, write_parts

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office/2011/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def edit_copy(data: bytes, edits: Sequence[Mapping[str, Any]]) -> bytes:
    """Return a copy after some edits, each a mapping as the cases in tests/cases/review have them."""
    parts = read_parts(data)
    editor = _Editor(parts)
    for edit in edits:
        editor.apply(dict(edit))
    editor.save()
    return write_parts(parts)


class _Editor:
    def __init__(self, parts: dict[str, bytes]) -> None:
        self.parts = parts
        self.name = "word/document.xml"
        self.root = etree.fromstring(parts[self.name])
        self.comments: list[tuple[str, str, str, str | None, bool]] = []
        self.number = 9000

    def apply(self, edit: dict[str, Any]) -> None:
        by = str(edit.pop("by", "Kari Holm"))
        kind = next(iter(edit))
        getattr(self, f"_{kind}")(by, **edit)

    def find(self, words: str) -> Any:
        """Return the run that is just those words; the runs that hold them are cut."""
        for run in self.root.iter(qn("w:r")):
            text = "".join(each.text or "" for each in run.findall(qn("w:t")))
            start = text.replace("\u00a0", " ").replace("\u202f", " ").find(words)
            if start >= 0:
                before, after = text[:start], text[start + len(words) :]
                words = text[start : start + len(words)]
                found = self.cut(run, (before, words, after))
                return found[1]
        raise LookupError(words)

    def cut(self, run: Any, texts: Sequence[str]) -> list[Any]:
        """Return runs with those texts, in place of one."""
        made = []
        for text in texts:
            copy = deepcopy(run)
            for old in copy.findall(qn("w:t")):
                copy.remove(old)
            element = etree.SubElement(copy, qn("w:t"))
            element.text = text
            element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            if text:
                run.addprevious(copy)
            made.append(copy)
        run.getparent().remove(run)
        return made

    def change(self, tag: str, by: str, *inner: Any) -> Any:
        self.number += 1
        element = etree.Element(qn(tag))
        for name, value in (("w:id", str(self.number)), ("w:author", by), ("w:date", "2016-03-01T10:00:00Z")):
            element.set(qn(name), value)
        element.extend(inner)
        return element

    def run(self, text: str) -> Any:
        run = etree.Element(qn("w:r"))
        etree.SubElement(run, qn("w:t")).text = text
        return run

    def _comment(self, by: str, comment: str, says: str, replies: Sequence[str] = (), resolved: bool = False) -> None:
        run = self.find(comment)
        id = str(len(self.comments))
        for tag, place in (("w:commentRangeStart", run.addprevious), ("w:commentRangeEnd", run.addnext)):
            mark = etree.Element(qn(tag))
            mark.set(qn("w:id"), id)
            place(mark)
        reference = etree.Element(qn("w:r"))
        etree.SubElement(reference, qn("w:commentReference")).set(qn("w:id"), id)
        mark.addnext(reference)
        self.comments.append((id, by, says, None, resolved))
        for reply in replies:
            self.comments.append((str(len(self.comments)), "Ola", reply, id, False))

    def _replace(self, by: str, replace: str, **new: str) -> None:
        run = self.find(replace)
        run.addnext(self.change("w:ins", by, self.run(new["with"])))
        self._take_out(run, "w:del", by)

    def _delete(self, by: str, delete: str) -> None:
        self._take_out(self.find(delete), "w:del", by)

    def _take_out(self, run: Any, tag: str, by: str) -> None:
        wrapper = self.change(tag, by)
        run.addprevious(wrapper)
        wrapper.append(run)
        if tag == "w:del":
            for text in run.findall(qn("w:t")):
                text.tag = qn("w:delText")

    def _insert(self, by: str, insert: str, after: str) -> None:
        self.find(after).addnext(self.change("w:ins", by, self.run(insert)))

    def _move(self, by: str, move: str, after: str) -> None:
        run = self.find(move)
        copy = deepcopy(run)
        name = f"move{self.number}"
        for tag, target in (("From", None), ("To", self.find(after))):
            start, end = (etree.Element(qn(f"w:move{tag}Range{edge}")) for edge in ("Start", "End"))
            start.set(qn("w:id"), str(self.number + 1))
            end.set(qn("w:id"), str(self.number + 1))
            start.set(qn("w:name"), name)
            if target is None:
                run.addprevious(start)
                run.addnext(end)
                self._take_out(run, "w:moveFrom", by)
            else:
                target.addnext(end)
                target.addnext(self.change("w:moveTo", by, copy))
                target.addnext(start)
            self.number += 1

    def _split(self, by: str, split: str) -> None:
        run = self.find(split)
        paragraph = run.getparent()
        new = etree.Element(qn("w:p"))
        properties = etree.SubElement(etree.SubElement(new, qn("w:pPr")), qn("w:rPr"))
        properties.append(self.change("w:ins", by))
        for element in [run, *run.itersiblings(preceding=True)][::-1]:
            if element.tag != qn("w:pPr"):
                new.append(element)
        paragraph.addprevious(new)

    def _untracked(self, by: str, untracked: str, **new: str) -> None:
        run = self.find(untracked)
        for text in run.findall(qn("w:t")):
            text.text = new["with"]

    def _remove(self, by: str, remove: str) -> None:
        paragraph = next(self.find(remove).iterancestors(qn("w:p")))
        paragraph.getparent().remove(paragraph)

    def _paragraph(self, by: str, paragraph: str, after: str) -> None:
        place = next(self.find(after).iterancestors(qn("w:p")))
        new = etree.Element(qn("w:p"))
        properties = etree.SubElement(etree.SubElement(new, qn("w:pPr")), qn("w:rPr"))
        properties.append(self.change("w:ins", by))
        new.append(self.change("w:ins", by, self.run(paragraph)))
        place.addnext(new)

    def _transfer(self, by: str, transfer: str, after: str) -> None:
        """Move a whole paragraph: its bookmark goes along, as in Word."""
        run = self.find(transfer)
        paragraph = next(run.iterancestors(qn("w:p")))
        place = next(self.find(after).iterancestors(qn("w:p")))
        moved = deepcopy(paragraph)
        name = f"move{self.number}"
        for tag, target in (("From", paragraph), ("To", moved)):
            for each in list(target.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
                if tag == "From":
                    each.getparent().remove(each)
            for each in list(target.iter(qn("w:r"))):
                self._take_out(each, f"w:move{tag}", by)
            start, end = (etree.Element(qn(f"w:move{tag}Range{edge}")) for edge in ("Start", "End"))
            for mark in (start, end):
                mark.set(qn("w:id"), str(self.number + 1))
            start.set(qn("w:name"), name)
            target.insert(1, start)
            target.append(end)
            self.number += 1
        place.addnext(moved)

    def _note(self, by: str, note: str, after: str) -> None:
        """Add a footnote, tracked."""
        reference = etree.Element(qn("w:r"))
        etree.SubElement(reference, qn("w:footnoteReference")).set(qn("w:id"), "77")
        self.find(after).addnext(self.change("w:ins", by, reference))
        root = etree.fromstring(self.parts["word/footnotes.xml"])
        footnote = etree.SubElement(root, qn("w:footnote"))
        footnote.set(qn("w:id"), "77")
        etree.SubElement(footnote, qn("w:p")).append(self.change("w:ins", by, self.run(note)))
        self.parts["word/footnotes.xml"] = etree.tostring(root, encoding="UTF-8", standalone=True)

    def _row(self, by: str, row: str, after: str) -> None:
        """Add a row of a table, tracked."""
        place = next(self.find(after).iterancestors(qn("w:tr")))
        new = etree.Element(qn("w:tr"))
        etree.SubElement(new, qn("w:trPr")).append(self.change("w:ins", by))
        for text in row.split("|"):
            paragraph = etree.SubElement(etree.SubElement(new, qn("w:tc")), qn("w:p"))
            paragraph.append(self.change("w:ins", by, self.run(text.strip())))
        place.addnext(new)

    def _box(self, by: str, box: str, after: str) -> None:
        """Add a text box, not tracked, as Word writes it: twice, for newer and older programs."""
        inner = "".join(
            f"<mc:{kind}><w:txbxContent><w:p><w:r><w:t>{box}</w:t></w:r></w:p></w:txbxContent></mc:{kind}>"
            for kind in ("Choice", "Fallback")
        )
        names = 'xmlns:w="{}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        names = names.format("http://schemas.openxmlformats.org/wordprocessingml/2006/main")
        self.find(after).addnext(
            etree.fromstring(f"<w:r {names}><mc:AlternateContent>{inner}</mc:AlternateContent></w:r>")
        )

    def save(self) -> None:
        self.parts[self.name] = etree.tostring(self.root, encoding="UTF-8", xml_declaration=True, standalone=True)
        if self.comments:
            self._save_comments()

    def _save_comments(self) -> None:
        rows, extended = [], []
        for number, (id, by, says, parent, resolved) in enumerate(self.comments):
            comment = OxmlElement("w:comment")
            comment.set(qn("w:id"), id)
            comment.set(qn("w:author"), by)
            paragraph = etree.SubElement(comment, qn("w:p"))
            paragraph.set(f"{{{W14}}}paraId", f"{number:08X}")
            paragraph.append(self.run(says))
            rows.append(etree.tostring(comment).decode())
            above = f' w15:paraIdParent="{int(parent):08X}"' if parent is not None else ""
            extended.append(f'<w15:commentEx w15:paraId="{number:08X}"{above} w15:done="{int(resolved)}"/>')
        main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        self.parts["word/comments.xml"] = f'<w:comments xmlns:w="{main}">{"".join(rows)}</w:comments>'.encode()
        added = f'<w15:commentsEx xmlns:w15="{W15}">{"".join(extended)}</w15:commentsEx>'
        self.parts["word/commentsExtended.xml"] = added.encode()
        relations = self.parts["word/_rels/document.xml.rels"].decode()
        new = (
            f'<Relationship Id="rIdC1" Type="{OFFICE}/comments" Target="comments.xml"/>'
            f'<Relationship Id="rIdC2" Type="{MICROSOFT}/commentsExtended" Target="commentsExtended.xml"/>'
        )
        relations = relations.replace("</Relationships>", f"{new}</Relationships>")
        self.parts["word/_rels/document.xml.rels"] = relations.encode()
        types = self.parts["[Content_Types].xml"].decode()
        kinds = "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{WORD}.{name}+xml"/>'
            for name in ("comments", "commentsExtended")
        )
        self.parts["[Content_Types].xml"] = types.replace("</Types>", f"{kinds}</Types>").encode()
