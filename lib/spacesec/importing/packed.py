"""A part of a document or workbook of Office Open XML, read with care: none unpacks without end, none
declares entities, and names of the standard's strict form (ISO/IEC 29500) become the usual ones.
"""

import zipfile
from pathlib import Path
from xml.etree import ElementTree

from spacesec.importing.found import Unplaced

MOST_BYTES = 100_000_000  # of a part when unpacked
STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/math": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/math"
    ),
}
# What an unpacker and a parser raise for a damaged file.
DAMAGED = (
    zipfile.BadZipFile,
    ElementTree.ParseError,
    EOFError,
    OSError,
    RuntimeError,  # a locked part
    NotImplementedError,  # another packing
)


def part(path: Path, packed: zipfile.ZipFile, name: str) -> ElementTree.Element:
    """One part of the file at ``path``; raises Unplaced for one that is too large or declares entities, and
    what DAMAGED lists.
    """
    if packed.getinfo(name).file_size > MOST_BYTES:
        raise Unplaced(path, None, name, "it is too large when unpacked; divide the file into parts")
    xml = packed.read(name)
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise Unplaced(path, None, name, "it declares entities, as no document does; take it anew")
    for strict, usual in STRICT.items():
        xml = xml.replace(strict, usual)
    return ElementTree.fromstring(xml)
