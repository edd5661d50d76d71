"""Texts from PDF, DOCX, HTML and plain text, with the place of each passage; readings above words left out;
what reads wrongly refused.
"""

import zipfile

import pytest

from spacesec.importing import texts
from spacesec.importing.found import Unplaced

SENTENCE = "早期警戒衛星を整備し、抑止力を高める。期間は2025年〜2027年とする。"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def read(folder, content, name="text.txt"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return texts.read(path)


def passages(found):
    return [(row.cells["locator"], row.cells["text"]) for row in found.rows]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932", "euc_jp", "iso2022_jp"]
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_every_japanese_encoding(tmp_path, encoding, ends):
    # Windows writes the wave dash as a full-width tilde, JIS as what it is.
    sentence = SENTENCE.replace("〜", "～") if encoding == "cp932" else SENTENCE
    text = f"{sentence}{ends}{ends}次の段落。{ends}".encode(encoding)
    assert passages(read(tmp_path, text)) == [("line 1", SENTENCE), ("line 3", "次の段落。")]


def test_lines_words_and_signs_are_as_meant():
    assert texts.normalised("安全保\n障の\n確保") == "安全保障の確保"
    assert texts.normalised("recon-\nnaissance satel\u00adlites") == "reconnaissance satellites"
    assert texts.normalised("early warning\nsatellites") == "early warning satellites"
    assert texts.normalised("ﾐｻｲﾙ防衛 ﬁghter １２３ 神") == "ミサイル防衛 fighter 123 神"
    assert texts.normalised("2025年～2027年") == texts.normalised("2025年〜2027年") == "2025年〜2027年"
    assert texts.normalised("North-\nKorea") == "North- Korea"


def test_readings_in_brackets_are_left_out(tmp_path):
    found = read(tmp_path, "｜準天頂衛星《じゅんてんちょうえいせい》の測位《そくい》と「きぼう」。\n")
    assert passages(found) == [("line 1", "準天頂衛星の測位と「きぼう」。")]
    assert found.notes == ["left out readings set in brackets (2)"]
    assert passages(read(tmp_path, "実験棟《きぼう》の運用。")) == [("line 1", "実験棟《きぼう》の運用。")]


HTML = """<!DOCTYPE html><html><head><title>宇宙</title><meta charset="{}"><style>p {{}}</style></head><body>
<h1>計画</h1><p><ruby>宇宙<rp>(</rp><rt>うちゅう</rt><rp>)</rp></ruby>の&amp;安全<br>保障</p>
<script>var x = "<p>no</p>";</script><table><tr><td>一</td><td>二</td></tr></table>
<p><ruby>防<rt>ぼう</rt>衛<rt>えい</rt></ruby>省</body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "euc_jp"])
def test_html(tmp_path, encoding):
    found = read(tmp_path, HTML.format(encoding).encode(encoding), "page.html")
    assert passages(found) == [
        ("line 2", "計画"),
        ("line 2", "宇宙の&安全保障"),
        ("line 3", "一"),
        ("line 3", "二"),
        ("line 4", "防衛省"),
    ]


DOCX = f"""<w:document xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>
<w:p><w:r><w:ruby><w:rt><w:r><w:t>うちゅう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>宇宙</w:t></w:r></w:rubyBase></w:ruby></w:r>
<w:r><w:t>の安全</w:t></w:r><w:del><w:r><w:delText>消した</w:delText></w:r></w:del><w:ins><w:r><w:t>保障</w:t></w:r></w:ins>
<w:r><w:rPr><w:vanish/></w:rPr><w:t>隠し</w:t></w:r></w:p><w:p/>
<w:p><mc:AlternateContent><mc:Choice><w:r><w:t>図</w:t></w:r></mc:Choice>
<mc:Fallback><w:r><w:t>図</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p></w:body></w:document>"""


def test_docx(tmp_path):
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("word/document.xml", DOCX)
    assert passages(texts.read(path)) == [("paragraph 1", "宇宙の安全保障"), ("paragraph 3", "図")]


def pdf(folder, *pages, lock=""):
    from fpdf import FPDF

    from spacesec.machine import paths

    made = FPDF()
    fonts = paths.root() / "lib" / "spacesec" / "assets" / "fonts"
    made.add_font("latin", fname=fonts / "SourceSansPro-Regular.ttf")
    made.add_font("noto", fname=fonts / "ja" / "NotoSansJP-Regular.ttf")
    made.set_fallback_fonts(["latin"])
    for page in pages:
        made.add_page()
        made.set_font("noto", size=12)
        if page:
            made.multi_cell(0, 6, page)
    if lock:
        made.set_encryption(owner_password=lock, user_password=lock)
    path = folder / "a.pdf"
    made.output(str(path))
    return path


def test_pdf_keeps_the_page(tmp_path):
    found = texts.read(pdf(tmp_path, SENTENCE, "", "second page of the plan"))
    assert passages(found) == [("page 1", SENTENCE), ("page 3", "second page of the plan")]
    assert found.notes == ["found no text on pages that may be pictures (1 of 3)"]


def test_pdf_that_does_not_read_is_refused(tmp_path):
    with pytest.raises(Unplaced, match="locked with a password"):
        texts.read(pdf(tmp_path, "x", lock="secret"))
    with pytest.raises(Unplaced, match="pictures of its pages"):
        texts.read(pdf(tmp_path, ""))
    with pytest.raises(Unplaced, match="no kana"):
        texts.read(pdf(tmp_path, "宇宙安全保障構想早期警戒衛星整備抑止力強化計画"))
    with pytest.raises(Unplaced, match="page 1: '/one.oldstyle'"):
        texts.read(pdf(tmp_path, "budget of /one.oldstyle billion"))
    with pytest.raises(Unplaced, match="page 1, is not taken: its upright text"):
        texts.read(pdf(tmp_path, "\n".join("早期警戒衛星を整備し抑止力を高める宇宙の利用")))
    path = pdf(tmp_path, "x")
    path.write_bytes(path.read_bytes()[:400])
    with pytest.raises(Unplaced, match="damaged PDF"):
        texts.read(path)


@pytest.mark.parametrize(
    "content, name, said",
    [
        (b"", "a.txt", "empty"),
        (b" \n\n", "a.txt", "empty"),
        (b"abc\x00def", "a.txt", "no text holds"),
        ("宇宙の利用\n".encode() + "安全保障の確保".encode("cp932"), "a.txt", "line 2"),
        (b"\xff\xfe\x00", "a.txt", "utf-16"),
        (b"PK\x03\x04 broken", "a.docx", "damaged"),
        (b"\xd0\xcf\x11\xe0 doc", "a.doc", "old form"),
        (b"{\\rtf1 x}", "a.rtf", "rich text"),
        (b"\x89PNG\r\n", "a.txt", "a picture"),
        (b"\x1f\x8b\x08", "a.txt", "gzip"),
        (b"%PDF-1.7 broken", "a.pdf", "damaged PDF"),
        (
            "<html><head><title>404 Not Found</title></head><body>nothing here</body></html>",
            "a.html",
            "error",
        ),
        ("<html><head><title>Just a moment...</title></head><body>Checking</body></html>", "a.txt", "error"),
        ("<html><body><script>1</script></body></html>", "a.html", "empty"),
        ("<html><body><p>text</p>", "a.html", "cut off"),
        ("<!DOCTY", "a.html", "cut off"),
    ],
)
def test_spoiled_files_are_refused(tmp_path, content, name, said):
    with pytest.raises(Unplaced) as refused:
        read(tmp_path, content, name)
    assert said in str(refused.value) and "\n" not in str(refused.value)
