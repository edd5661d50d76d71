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


def document(folder, body, **parts):
    """A document with this body; notes by the names of their parts."""
    path = folder / "a.docx"
    spaces = (
        f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    )
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("word/document.xml", f"<w:document {spaces}><w:body>{body}</w:body></w:document>")
        for name, inside in parts.items():
            packed.writestr(f"word/{name}.xml", f"<w:{name} {spaces}>{inside}</w:{name}>")
    return path


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def words(folder, body, **parts):
    return passages(texts.read(document(folder, f"<w:p>{body}</w:p>", **parts)))


# ECMA-376: hidden text (17.3.2.41), values that are off (22.9.2.7), text boxes and their older form (part 3).
@pytest.mark.parametrize(
    "body, found",
    [
        (run("あ", "<w:vanish/>") + run("い"), "い"),
        (run("あ", '<w:vanish w:val="true"/>') + run("い"), "い"),
        *((run("あ", f'<w:vanish w:val="{off}"/>') + run("い"), "あい") for off in ("0", "false", "off")),
        (f"<w:del>{run('あ')}</w:del><w:ins>{run('い')}</w:ins>", "い"),
        (f"<w:moveFrom>{run('あ')}</w:moveFrom><w:moveTo>{run('い')}</w:moveTo>", "い"),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1"),
        ("<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>" + run("あ"), "あ"),
        # Two readings as Word wrote them before it had ruby, one field cut in two.
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            r'<w:r><w:instrText>EQ \* jc2 \* "Font:ＭＳ 明朝" \* hps10 \o\ad(\s\up 9(うち</w:instrText></w:r>'
            "<w:r><w:instrText>ゅう),宇宙)</w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            r"<w:r><w:instrText>EQ \o\ad(\s\up 9(ほう),法)</w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>',
            "宇宙法",
        ),
    ],
)
def test_words_of_a_document(tmp_path, body, found):
    assert words(tmp_path, body) == [("paragraph 1", found)]


def test_a_text_box_is_read_once(tmp_path):
    box = f"<w:txbxContent><w:p>{run('箱の中')}</w:p></w:txbxContent>"
    body = (
        f"{run('外')}<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert words(tmp_path, body) == [("paragraph 1", "外"), ("paragraph 2", "箱の中")]


def test_notes_stand_where_they_are_called_and_headers_are_left_out(tmp_path):
    def note(kind, number, text, more=""):
        return f'<w:{kind} w:id="{number}"{more}><w:p>{run(text)}</w:p></w:{kind}>'

    foot = (
        note("footnote", 0, "―", ' w:type="separator"')
        + note("footnote", 3, "後")
        + note("footnote", 2, "先")
    )
    body = (
        f'{run("本文")}<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:footnoteReference w:id="3"/></w:r>'
        f'<w:r><w:endnoteReference w:id="1"/></w:r>'
    )
    path = document(tmp_path, f"<w:p>{body}</w:p>", footnotes=foot, endnotes=note("endnote", 1, "末"))
    with zipfile.ZipFile(path, "a") as packed:
        for name in ("header1", "footer2"):
            packed.writestr(f"word/{name}.xml", f'<w:hdr xmlns:w="{W}"><w:p>{run("柱")}</w:p></w:hdr>')
        packed.writestr(
            "word/footer1.xml",
            f'<w:ftr xmlns:w="{W}"><w:p><w:r><w:instrText>PAGE</w:instrText></w:r></w:p></w:ftr>',
        )
    found = texts.read(path)
    assert passages(found) == [
        ("paragraph 1", "本文"),
        ("paragraph 1, footnote 1", "先"),
        ("paragraph 1, footnote 2", "後"),
        ("paragraph 1, endnote 1", "末"),
    ]
    assert found.notes == ["left out headers, footers and comments (2)"]


def test_a_style_hides_and_a_run_shows_again(tmp_path):
    styles = '<w:style w:styleId="Hidden"><w:rPr><w:vanish/></w:rPr></w:style>'
    hidden = '<w:rStyle w:val="Hidden"/>'
    body = run("あ", hidden) + run("い", hidden + '<w:vanish w:val="0"/>') + run("う")
    assert words(tmp_path, body, styles=styles) == [("paragraph 1", "いう")]


def test_documents_of_other_programs(tmp_path):
    path = tmp_path / "strict.docx"
    with zipfile.ZipFile(path, "w") as packed:  # Word for the web's name, and Strict Open XML
        strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
        xml = f'<w:document xmlns:w="{strict}"><w:body><w:p>{run("あ")}</w:p></w:body></w:document>'
        packed.writestr("word/document2.xml", xml)
    assert passages(texts.read(path)) == [("paragraph 1", "あ")]
    deep = "<w:sdt>" * 3000 + "</w:sdt>" * 3000
    with pytest.raises(Unplaced, match="damaged document"):
        texts.read(document(tmp_path, deep))
    with pytest.raises(Unplaced, match="another file inside"):
        texts.read(document(tmp_path, '<w:altChunk w:id="a"/>'))


PLENTY = "宇宙の利用は国民の生活に欠かせない。" * 60


@pytest.mark.parametrize(
    "title, long",
    [
        ("404 Not Found", True),
        ("404 ページが見つかりません | 防衛省・自衛隊", True),
        ("お探しのページは見つかりませんでした。", True),
        ("ご指定のページは存在しません", True),
        ("Page not found - Cabinet Office", True),
        ("The page you requested could not be found.", True),
        ("Error 503 Service Unavailable", True),
        ("アクセスが拒否されました", True),
        ("ただいまメンテナンス中です", True),
        ("Access Denied", False),
        ("メンテナンスのお知らせ", False),
        ("Attention Required! | Cloudflare", False),
        ("Request Rejected", True),
        ("防衛省：404エラー", True),
        ("このページは移動又は削除されました", True),
        ("302 Found", False),
        ("システムエラー", False),
        ("ログイン", False),
    ],
)
def test_pages_of_errors_are_refused(tmp_path, title, long):
    text = PLENTY if long else "しばらくお待ちください。"
    for page in (
        f"<html><head><title>{title}</title></head><body><p>{text}</p></body></html>",
        f"<html><head><title>内閣府</title></head><body><h1>{title}</h1><p>{text}</p></body></html>",
    ):
        with pytest.raises(Unplaced, match="page of an error"):
            read(tmp_path, page, "page.html")


@pytest.mark.parametrize(
    "title",
    [
        "Access Denied: the contest for the first island chain",
        "衛星のメンテナンス技術に関する調査",
        "エラー訂正符号の宇宙利用",
        "Boeing 404 and other aircraft",
    ],
)
def test_texts_about_errors_are_none(tmp_path, title):
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{PLENTY}</p></body></html>"
    assert len(passages(read(tmp_path, page, "page.html"))) == 2
    assert passages(read(tmp_path, f"{title}\n")) == [("line 1", title)]


def pdf(folder, *pages, lock="", title=""):
    from fpdf import FPDF

    from spacesec.machine import paths

    made = FPDF()
    if title:
        made.set_title(title)
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
    with pytest.raises(Unplaced, match="page of an error"):
        texts.read(pdf(tmp_path, f"お探しのページは見つかりませんでした\n{SENTENCE * 20}"))
    with pytest.raises(Unplaced, match="'Access Denied' is not taken: it is the page of an error"):
        texts.read(pdf(tmp_path, "You have no permission.", title="Access Denied"))
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
        ("404 Not Found\nnginx\n", "a.txt", "page of an error"),
        ("件名: $B1'Ch4pK\\K!(B\n", "a.txt", "wrong encoding"),
        ("Subject: $B1'Ch4pK\\K!$N(B\n", "a.txt", "wrong encoding"),
        ("<html><body><p>å®\x87å®\x99å®\x89å…¨</p></body></html>", "a.html", "line 1"),
        (
            "From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>",
            "a.mht",
            "mail",
        ),
        ('<?xml version="1.0"?><Law><Title>宇宙基本法</Title></Law>', "a.xml", "XML or JSON"),
        ('{"speechRecord": [{"speech": "宇宙"}]}', "a.txt", "XML or JSON"),
    ],
)
def test_spoiled_files_are_refused(tmp_path, content, name, said):
    with pytest.raises(Unplaced) as refused:
        read(tmp_path, content, name)
    assert said in str(refused.value) and "\n" not in str(refused.value)
