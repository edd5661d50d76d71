"""Passages of Word documents (DOCX) with their paragraphs: a text box once, notes where they are called,
without what was deleted or is hidden.

Read from the XML itself: libraries lose the words that have a reading above them.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from spacesec.importing import packed
from spacesec.importing.found import LEFT_OUT, Unplaced, tallied
from spacesec.words.language import noted

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MAIN = re.compile(r"word/document\d*\.xml")  # Word for the web writes document2.xml
_APART = re.compile(r"word/(?:header|footer|comments)\d*\.xml")
_NOTES = ("footnote", "endnote")
_SILENT = {f"{_W}{name}" for name in ("rt", "del", "moveFrom", "p", "pPr", "rPr")} | {_FALLBACK}
_OFF = ("0", "false", "off")
# Word's older way of a reading above words, and of a sign in a circle: an equation, one laid over the other.
_OVERSTRIKE = re.compile(r"\s*EQ\b.*\\o.*[,;](.*)\)\s*", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class _Parts:
    """The text of a document, its notes by kind and id, the styles that hide, and the parts left out."""

    body: ElementTree.Element
    notes: dict[tuple[str, str], ElementTree.Element]
    hiding: set[str]
    apart: int


def passages(path: Path, told: list[str]) -> list[tuple[str, str]]:
    """Places and passages; what is left out is told. Raises Unplaced for what is no document."""
    try:
        with zipfile.ZipFile(path) as file:
            parts = _parts(path, file)
        found = list(_passages(parts))
    except packed.DAMAGED as error:
        raise Unplaced(path, None, None, f"it is a damaged document ({error}); download it again") from None
    told += tallied({noted("headers, footers and comments"): parts.apart}, LEFT_OUT)
    return found


def _passages(parts: _Parts) -> Iterator[tuple[str, str]]:
    counts = dict.fromkeys(_NOTES, 0)
    for number, paragraph in enumerate(_paragraphs(parts.body), start=1):
        yield f"paragraph {number}", _words(paragraph, parts.hiding)
        for kind, note in _called(paragraph, parts.notes):
            counts[kind] += 1
            said = "\n".join(_words(one, parts.hiding) for one in _paragraphs(note))
            yield f"paragraph {number}, {kind} {counts[kind]}", said


def _parts(path: Path, file: zipfile.ZipFile) -> _Parts:
    names = file.namelist()
    main = next(filter(_MAIN.fullmatch, names), None)
    if main is None:
        raise Unplaced(path, None, None, "it is packed, but no document (.docx); save it as .docx or .txt")
    body = packed.part(path, file, main)
    if body.find(f".//{_W}altChunk") is not None:
        raise Unplaced(path, None, None, "it holds another file inside; open it and save it anew as .docx")
    notes = {
        (kind, note.get(f"{_W}id", "")): note
        for kind in _NOTES
        if f"word/{kind}s.xml" in names
        for note in packed.part(path, file, f"word/{kind}s.xml").iter(f"{_W}{kind}")
    }
    hiding = set()
    if "word/styles.xml" in names:
        styles = packed.part(path, file, "word/styles.xml").iter(f"{_W}style")
        hiding = {
            style.get(f"{_W}styleId", "") for style in styles if _is_on(style.find(f"{_W}rPr/{_W}vanish"))
        }
    apart = [packed.part(path, file, name) for name in names if _APART.fullmatch(name)]
    return _Parts(body, notes, hiding, sum(any(t.text for t in one.iter(f"{_W}t")) for one in apart))


def _paragraphs(element: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Paragraphs in the order of the document; a text box has them in two forms, of which one is taken."""
    for child in element:
        if child.tag == f"{_W}p":
            yield child
        if child.tag == f"{_W}p" or child.tag not in _SILENT:
            yield from _paragraphs(child)


def _called(
    paragraph: ElementTree.Element, notes: dict[tuple[str, str], ElementTree.Element]
) -> Iterator[tuple[str, ElementTree.Element]]:
    """The notes that a paragraph calls, in its order."""
    for child in paragraph:
        for kind in _NOTES:
            if child.tag == f"{_W}{kind}Reference" and (kind, child.get(f"{_W}id", "")) in notes:
                yield kind, notes[kind, child.get(f"{_W}id", "")]
        if child.tag not in _SILENT:
            yield from _called(child, notes)


def _words(paragraph: ElementTree.Element, hiding: set[str]) -> str:
    """The words of a paragraph; of fields, between private signs, what an equation lays a reading over."""
    text = "".join(_runs(paragraph, hiding)).replace("\ue001\ue000", "").replace("\ue002", "")
    return re.sub("\ue000(.*?)\ue001", _laid_over, text, flags=re.DOTALL)


def _laid_over(field: re.Match) -> str:
    found = _OVERSTRIKE.fullmatch(field[1])
    return found[1] if found else ""


def _runs(element: ElementTree.Element, hiding: set[str]) -> Iterator[str]:
    """The words of a paragraph: without readings, without what was deleted or is hidden."""
    for child in element:
        name = child.tag.removeprefix(_W)
        if child.tag in _SILENT or (name == "r" and _is_hidden(child, hiding)):
            continue
        if name == "t" or child.tag == _MATH:
            yield child.text or ""
        elif name == "instrText":  # a field may stand in several
            yield f"\ue000{child.text or ''}\ue001"
        elif name == "fldChar":
            yield "\ue002"
        elif name in ("tab", "br", "cr"):
            yield "\n" if name != "tab" else " "
        elif name == "noBreakHyphen":
            yield "-"
        else:
            yield from _runs(child, hiding)


def _is_hidden(run: ElementTree.Element, hiding: set[str]) -> bool:
    said = run.find(f"{_W}rPr/{_W}vanish")
    style = run.find(f"{_W}rPr/{_W}rStyle")
    return _is_on(said) if said is not None else style is not None and style.get(f"{_W}val") in hiding


def _is_on(said: ElementTree.Element | None) -> bool:
    return said is not None and said.get(f"{_W}val", "1") not in _OFF
