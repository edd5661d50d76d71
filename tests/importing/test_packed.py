"""Parts of packed XML: read, refused when too large or when they declare entities, in the usual names."""

import zipfile

import pytest

from spacesec.importing import packed
from spacesec.importing.found import Unplaced

USUAL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read(folder, xml: str):
    path = folder / "book.xlsx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("xl/one.xml", xml)
    with zipfile.ZipFile(path) as file:
        return packed.part(path, file, "xl/one.xml")


def test_strict_names_become_the_usual_ones(tmp_path):
    # ISO/IEC 29500-1 gives the strict form this namespace, part 4 the transitional one the other.
    xml = '<a xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"><b>7</b></a>'
    assert read(tmp_path, xml).find(f"{USUAL}b").text == "7"


@pytest.mark.parametrize("declared", ["<!DOCTYPE a>", '<!DOCTYPE a [<!ENTITY b "c">]>'])
def test_a_part_that_declares_entities_is_refused_by_name(tmp_path, declared):
    with pytest.raises(Unplaced, match="book.xlsx: 'xl/one.xml' is not taken: it declares entities"):
        read(tmp_path, f"{declared}<a/>")


def test_a_part_too_large_when_unpacked_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(packed, "MOST_BYTES", 8)
    assert read(tmp_path, "<a>b</a>").tag == "a"
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("it was unpacked"))
    with pytest.raises(Unplaced, match="too large when unpacked; divide the file into parts"):
        read(tmp_path, "<a>bcd</a>")
