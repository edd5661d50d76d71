"""References in RIS, BibTeX, BibLaTeX and CSL-JSON: names in kanji, eras, seasons, ranges; both ways whole;
files that are spoiled.

Expected dates follow the era table (Reiwa 1 is 2019, Heisei 1 is 1989), EDTF (ISO 8601-2: 21 spring to 24
winter, 33 to 36 quarters, ~ approximate) and the RIS specification (year/month/day/other).
"""

import json

import pytest

from spacesec.collection import cli
from spacesec.data import sources
from spacesec.importing import biblatex, csl, dates, references, ris
from spacesec.importing.found import Unplaced

RIS = """TY  - JOUR
AU  - 山田, 太郎
AU  - Smith, John, Jr.
AU  - 防衛省
TI  - 宇宙安全保障の展開
TT  - The development of space security
T2  - 国際安全保障
VL  - 48
IS  - 1
DO  - 10.1234/ab(c)1
SN  - 1346-7573
UR  - https://example.org/a_b
LA  - ja
N1  - 特集
SP  - 12
EP  - 34
PY  - 2020
DA  - 2020///2020-21
Y2  - 2026/11/22/
ID  - yamada-2020
ER  - 

TY  - RPRT
AU  - 内閣府,, 宇宙開発戦略推進事務局
TI  - 宇宙基本計画
PB  - 内閣府
UR  - https://example.org/keikaku
LA  - ja
PY  - 2019
DA  - 2019/04/01/2019-04-01/2020-03-31
ER  - 

"""


def items(folder, text, name="file.ris", **options):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [row.cells for row in references.read(path, **options).rows]


def test_ris_to_the_store_and_back_is_the_same_file(tmp_path):
    read = items(tmp_path, RIS)
    assert read[0]["author"] == [
        {"family": "山田", "given": "太郎"},
        {"family": "Smith", "given": "John", "suffix": "Jr."},
        {"literal": "防衛省"},
    ]
    assert (read[0]["original-title"], read[0]["title"]) == (
        "宇宙安全保障の展開",
        "The development of space security",
    )
    assert read[0]["issued"] == {"date-parts": [[2020]], "season": 1} and read[0]["page"] == "12-34"
    assert read[1]["author"] == [{"literal": "内閣府, 宇宙開発戦略推進事務局"}]
    assert read[1]["issued"] == {"date-parts": [[2019, 4, 1], [2020, 3, 31]]}
    assert ris.written(read) == RIS


@pytest.mark.parametrize("writer, name", [(ris, "s.ris"), (biblatex, "s.bib"), (csl, "s.json")])
def test_every_source_of_the_store_comes_back_as_it_is(tmp_path, writer, name):
    store = list(sources.store().values())
    back = {item["id"]: item for item in items(tmp_path, writer.written(store), name)}
    kept = "custom" if writer != csl else ""  # fingerprints of passages have no field elsewhere
    assert back == {one["id"]: {k: v for k, v in one.items() if k != kept} for one in store}


@pytest.mark.parametrize(
    "text, parts, more",
    [
        ("令和元年5月", [[2019, 5]], {}),
        ("平成３１年４月３０日", [[2019, 4, 30]], {}),
        ("R1.5.1", [[2019, 5, 1]], {}),
        ("昭和64年", [[1989]], {}),
        ("平成35年", [[2023]], {}),
        ("㍻30年", [[2018]], {}),
        ("2019年春号", [[2019]], {"season": 1}),
        ("Winter 2019", [[2019]], {"season": 4}),
        ("2019 Fall", [[2019]], {"season": 3}),
        ("2003 Q2", [[2003, 4], [2003, 6]], {}),
        ("2003-34", [[2003, 4], [2003, 6]], {}),
        ("April 2019", [[2019, 4]], {}),
        ("Sept. 3, 2019", [[2019, 9, 3]], {}),
        ("2019 Apr 3", [[2019, 4, 3]], {}),
        ("April-June 2019", [[2019, 4], [2019, 6]], {}),
        ("2019年4月〜6月", [[2019, 4], [2019, 6]], {}),
        ("2019年4月－2020年3月", [[2019, 4], [2020, 3]], {}),
        ("2019/2020", [[2019], [2020]], {}),
        ("2019-2020", [[2019], [2020]], {}),
        ("c. 1957", [[1957]], {"circa": True}),
        ("1957年頃", [[1957]], {"circa": True}),
        ("1957~", [[1957]], {"circa": True}),
        ("1957?", [[1957]], {"circa": True, "raw": "1957?"}),
        ("2019/..", [[2019]], {"raw": "2019/.."}),
        ("1957%", [[1957]], {"circa": True, "raw": "1957%"}),
        ("2024/03/04", [[2024, 3, 4]], {}),
        ("2024/3", [[2024, 3]], {}),
        ("令和6/3/4", [[2024, 3, 4]], {}),
        ("2019/2020", [[2019], [2020]], {}),
        # BibLaTeX's manual has the span of a decade and of a century for digits that are not known.
        ("199X", [[1990], [1999]], {"raw": "199X"}),
        ("199u", [[1990], [1999]], {"raw": "199X"}),
        ("19XX", [[1900], [1999]], {"raw": "19XX"}),
        ("2019-XX", [[2019]], {"raw": "2019-XX"}),
        ("2019-04-XX", [[2019, 4]], {"raw": "2019-04-XX"}),
        ("2019年5月号", [[2019, 5]], {}),
        ("2019年4・5月合併号", [[2019, 4], [2019, 5]], {}),
        ("2019年12月号–2020年1月号", [[2019, 12], [2020, 1]], {}),
        ("2019年1〜3月号", [[2019, 1], [2019, 3]], {}),
        ("2019年4月1日-3日", [[2019, 4, 1], [2019, 4, 3]], {}),
        ("令和元年", [[2019]], {}),
        ("令和元年5月1日（水・祝）", [[2019, 5, 1]], {}),
        ("2019年（令和元年）5月1日発行", [[2019, 5, 1]], {}),
        ("平成31(2019)年4月", [[2019, 4]], {}),
        ("Winter 2019-2020", [[2019], [2020]], {"raw": "2019-24/2020"}),
        ("Winter 2019/20", [[2019], [2020]], {"raw": "2019-24/2020"}),
        ("2019年春夏号", [[2019], [2019]], {"raw": "2019-21/2019-22"}),
        ("Wednesday, May 1, 2019", [[2019, 5, 1]], {}),
        ("December 2019–January 2020", [[2019, 12], [2020, 1]], {}),
        ("1-5 April 2019", [[2019, 4, 1], [2019, 4, 5]], {}),
        ("April 30-May 2, 2019", [[2019, 4, 30], [2019, 5, 2]], {}),
    ],
)
def test_dates_in_words(text, parts, more):
    read = dates.of_words(text)
    assert read == {"date-parts": parts, **more}
    assert dates.of_edtf(dates.edtf(read)) == read


@pytest.mark.parametrize(
    "text",
    [
        "2019-02-30",
        "2019-13",
        "201",
        "令和0年",
        "19-04-01",
        "2020/2019",
        "in press",
        "99999",
        "2019-41",
        "昭和",
        "1.5.1",
        "2019-21",  # a season of EDTF, or two years
        "2019/20",
        "Spring 2019-2020",
        "2019年4・6月号",
        "5月号",
        "平成30年(2019年)4月",
        "2019年度",
    ],
)
def test_dates_that_cannot_be_placed_are_refused(text):
    with pytest.raises(ValueError):
        dates.of_words(text)


BIB = r"""@string{mod = {Ministry of Defense}}
@article{Yamada:2019,
  author = {山田 太郎 and {防衛省} and Garc{\'i}a M{\'a}rquez, Gabriel and von der Leyen, Ursula and others},
  title = {The {JAXA} budget \& {\"U}ber 5\$},
  journal = {宇宙政策},
  date = {2019-04/2019-06},
  number = 3, pages = {12--34}, langid = {japanese},
  url = {https://example.org/a\_b}, abstract = {x},
}
@report{mod2020, author = mod, title = "White Paper", year = 2020, month = apr, institution = mod}
"""


def test_bibtex_as_it_is_written_by_hand(tmp_path):
    first, second = items(tmp_path, BIB, "a.bib")
    assert first["author"] == [
        {"family": "山田", "given": "太郎"},
        {"literal": "防衛省"},
        {"family": "García Márquez", "given": "Gabriel"},
        {"family": "Leyen", "given": "Ursula", "non-dropping-particle": "von der"},
    ]
    assert first["title"] == "The JAXA budget & Über 5$" and first["URL"] == "https://example.org/a_b"
    assert (first["issue"], first["page"], first["language"]) == ("3", "12-34", "ja")
    assert first["issued"] == {"date-parts": [[2019, 4], [2019, 6]]} and "id" not in first
    assert second["id"] == "mod2020" and second["issued"] == {"date-parts": [[2020, 4]]}
    assert second["publisher"] == "Ministry of Defense"


def test_csl_json_as_reference_managers_write_it(tmp_path):
    held = [
        {
            "id": "http://zotero.org/users/1/items/AB",
            "type": "book",
            "title": "宇宙の話",
            "author": [{"family": "山田", "given": "太郎"}],
            "issued": {"date-parts": [["2019", "4"]]},
            "abstract": "x",
        },
        {"id": "b", "type": "report", "title": "R", "issued": {"raw": "令和2年6月30日"}, "language": "en-US"},
        {"id": "c", "type": "report", "title": "S", "issued": {"date-parts": [[2019]], "season": "2"}},
    ]
    one, two, three = items(tmp_path, json.dumps(held), "a.json")
    assert one["issued"] == {"date-parts": [[2019, 4]]} and one["language"] == "ja" and "abstract" not in one
    assert two["issued"] == {"date-parts": [[2020, 6, 30]]} and two["language"] == "en"
    assert three["issued"] == {"date-parts": [[2019]], "season": 2}


def pair(family, given):
    return {"family": family, "given": given}


@pytest.mark.parametrize(
    "text, people",
    [
        ("Smith, John; Doe, Jane", [pair("Smith", "John"), pair("Doe", "Jane")]),
        ("Smith, John and Doe, Jane", [pair("Smith", "John"), pair("Doe", "Jane")]),
        ("Smith, John, 1950-2010", [pair("Smith", "John")]),
        ("Smith, J. et al.", [pair("Smith", "J.")]),
        ("山田 太郎・鈴木 花子", [pair("山田", "太郎"), pair("鈴木", "花子")]),
        ("山田　太郎；鈴木　花子", [pair("山田", "太郎"), pair("鈴木", "花子")]),
        ("山田太郎、鈴木花子ほか", [{"literal": "山田太郎"}, {"literal": "鈴木花子"}]),
        ("長谷部, 誠", [pair("長谷部", "誠")]),
        ("渡部 恒三", [pair("渡部", "恒三")]),
        ("スミス，アレクサンダー", [pair("スミス", "アレクサンダー")]),
        *(
            (body, [{"literal": body}])
            for body in (
                "ジョン・スミス",
                "新エネルギー・産業技術総合開発機構",
                "内閣府, 宇宙開発戦略推進事務局",
                "国立 天文台",
                "Stars and Stripes",
                "Air & Space Forces Magazine",
                "Cabinet Office, Government of Japan",
                "Ministry of Education, Culture, Sports, Science and Technology",
            )
        ),
    ],
)
def test_authors_of_one_field_are_told_apart(tmp_path, text, people):
    read = items(tmp_path, f"TY  - JOUR\nTI  - A\nAU  - {text}\nER  - \n")
    assert read[0]["author"] == people
    assert items(tmp_path, ris.written(read)) == read


@pytest.mark.parametrize(
    "text",
    [
        "山田太郎・鈴木花子",
        "山田太郎，鈴木花子",
        "林芳正 岸田文雄",
        "山田 太郎 著",
        "防衛省編",
        "John Smith and Jane Doe",
        "Smith, John & Jane",
        "Smith, J., Doe, A.",
        "Smith, J., Doe",
        "Smith J, Doe A",
    ],
)
def test_authors_that_cannot_be_told_apart_are_refused(tmp_path, text):
    with pytest.raises(Unplaced) as refused:
        items(tmp_path, f"TY  - JOUR\nTI  - A\nAU  - {text}\nER  - \n")
    assert (refused.value.line, refused.value.value) == (3, text)


@pytest.mark.parametrize(
    "text, people",
    [
        ("Ministry of Defense and {JAXA}", [{"literal": "Ministry of Defense"}, {"literal": "JAXA"}]),
        (r"Marks \& Clerk", [{"literal": "Marks & Clerk"}]),
        ("Smith, Jr., John", [{**pair("Smith", "John"), "suffix": "Jr."}]),
        ("Smith, John; Doe, Jane", [pair("Smith", "John"), pair("Doe", "Jane")]),
        ("Center for Strategic and International Studies", None),
        ("Smith, J., Doe", None),
        ("John Smith & Jane Doe", None),
    ],
)
def test_authors_of_bibtex(tmp_path, text, people):
    source = f"@misc{{a, title={{A}}, author={{{text}}}}}"
    if people is None:
        with pytest.raises(Unplaced, match="one author or several|it is no name"):
            items(tmp_path, source, "a.bib")
    else:
        assert items(tmp_path, source, "a.bib")[0]["author"] == people


@pytest.mark.parametrize(
    "said, page",
    [
        ("SP  - 12--18", "12-18"),
        ("SP  - pp. 12-18", "12-18"),
        ("SP  - 12-18\nEP  - 18", "12-18"),
        ("SP  - １２\nEP  - １８", "12-18"),
        ("SP  - 12〜18頁", "12-18"),
        ("SP  - iii\nEP  - ix", "iii-ix"),
        ("SP  - e1234", "e1234"),
        ("SP  - P12001", "P12001"),
        ("SP  - 12", "12"),
        ("SP  - 12\nEP  - 12", "12"),
        ("SP  - 123\nEP  - 34", "123-34"),
    ],
)
def test_pages(tmp_path, said, page):
    [read] = items(tmp_path, f"TY  - JOUR\nTI  - A\n{said}\nER  - \n")
    assert read["page"] == page
    assert items(tmp_path, ris.written([read])) == [read]


def test_the_pages_that_a_book_has_are_no_page_of_it(tmp_path):
    # The start page of a book is the number of its pages in Zotero's and EndNote's RIS.
    assert "page" not in items(tmp_path, "TY  - BOOK\nTI  - A\nSP  - 256\nER  - \n")[0]
    for told in ("xii, 256 p.", "256頁"):
        assert "page" not in items(tmp_path, f"@book{{a, title={{A}}, pages={{{told}}}}}", "a.bib")[0]
    cited = [{"type": "book", "title": "A", "page": "256"}]
    assert items(tmp_path, ris.written(cited)) == cited


# What the RIS specification calls these types beside what CSL 1.0.2 does.
TYPES = {
    "GEN": "document",
    "GOVDOC": "report",
    "HEAR": "hearing",
    "BILL": "bill",
    "STAT": "legislation",
    "LEGAL": "regulation",
    "RPRT": "report",
    "MGZN": "article-magazine",
    "NEWS": "article-newspaper",
    "ELEC": "webpage",
    "CHAP": "chapter",
    "CONF": "paper-conference",
    "ART": "graphic",
    "FIGURE": "figure",
    "MUSIC": "musical_score",
    "STAND": "standard",
    "COMP": "software",
    "DATA": "dataset",
}
CSL_ONLY = (
    "interview",
    "review",
    "review-book",
    "treaty",
    "performance",
    "event",
    "periodical",
    "collection",
)


def test_types_are_mapped_or_refused_by_name(tmp_path):
    for kind, csl_kind in TYPES.items():
        assert items(tmp_path, f"TY  - {kind}\nTI  - A\nER  - \n")[0]["type"] == csl_kind
    for kind in ("ABST", "EQUA", "GRANT", "MULTI", "CTLG"):
        with pytest.raises(Unplaced, match=f"line 1: '{kind}' is not taken: no type of CSL answers to this"):
            items(tmp_path, f"TY  - {kind}\nTI  - A\nER  - \n")
    for kind in (*TYPES.values(), *CSL_ONLY):
        held = [{"id": "a", "type": kind, "title": "A", "page": "1-2", "issue": "3"}]
        assert items(tmp_path, csl.written(held), "a.json") == held
        assert items(tmp_path, biblatex.written(held), "a.bib") == held
    for kind in ("interview", "review-book", "treaty"):
        with pytest.raises(ValueError, match=f"RIS has no type for {kind}"):
            ris.written([{"type": kind, "title": "A"}])
    made = items(
        tmp_path, "@legal{a, title={A}}\n@mastersthesis{b, title={B}}\n@movie{c, title={C}}", "a.bib"
    )
    assert [one["type"] for one in made] == ["treaty", "thesis", "motion_picture"]
    assert made[1]["genre"] == "Master's thesis"
    [made] = items(tmp_path, "@phdthesis{a, title={A}, type={Habilitation}}", "a.bib")
    assert made["genre"] == "Habilitation"


@pytest.mark.parametrize(
    "field, found",
    [
        (r"howpublished={\url{https://example.org/a_b}}", {"URL": "https://example.org/a_b"}),
        ("howpublished={https://example.org/a}", {"URL": "https://example.org/a"}),
        (
            r"howpublished={Available at: \url{https://example.org/a}. Accessed: 2020-01-02}",
            {"URL": "https://example.org/a", "accessed": {"date-parts": [[2020, 1, 2]]}},
        ),
        (
            r"note={Slides, \href{https://example.org/a}{here}}",
            {"URL": "https://example.org/a", "note": "Slides"},
        ),
        (r"url={\url{https://example.org/a}}", {"URL": "https://example.org/a"}),
        (
            r"url={https://example.org/a}, note={See \url{https://example.org/b}}",
            {"URL": "https://example.org/a", "note": "See https://example.org/b"},
        ),
        ("howpublished={Press release}", {"publisher": "Press release"}),
        ("date={1957~}", {"issued": {"date-parts": [[1957]], "circa": True}}),
        (r"date={1957\%}", {"issued": {"date-parts": [[1957]], "circa": True, "raw": "1957%"}}),
        ("date={2019-21}", {"issued": {"date-parts": [[2019]], "season": 1}}),
        ("year={2019}, month={5月号}", {"issued": {"date-parts": [[2019, 5]]}}),
        ("year={平成31年}, month={4月}", {"issued": {"date-parts": [[2019, 4]]}}),
        ("year={[出版年不明]}", {}),
        ("type={techreport}", {"genre": "Technical report"}),
        ("date={n.d.}", {}),
        ("pages={pp.~12--18}", {"page": "12-18"}),
    ],
)
def test_fields_of_bibtex_as_they_are_written(tmp_path, field, found):
    read = items(tmp_path, f"@misc{{a, title={{A}}, {field}}}", "a.bib")
    assert read == [{"id": "a", "type": "document", "title": "A", **found}]
    assert items(tmp_path, biblatex.written(read), "b.bib") == read


@pytest.mark.parametrize(
    "said, issued",
    [
        ("PY  - 2019\nDA  - May", [[2019, 5]]),  # as EndNote has a day, without its year
        ("PY  - 2019\nDA  - 4・5月合併号", [[2019, 4], [2019, 5]]),
        ("PY  - 令和元年\nDA  - 5月1日", [[2019, 5, 1]]),
        ("PY  - 2019////", [[2019]]),
        ("PY  - 2019/05//5月号", [[2019, 5]]),
        ("PY  - n.d.", None),
        ("PY  - [刊年不明]", None),
        ("PY  - n.d.\nDA  - 2019/05/01", [[2019, 5, 1]]),
    ],
)
def test_dates_of_ris_as_they_are_written(tmp_path, said, issued):
    [read] = items(tmp_path, f"TY  - MGZN\nTI  - A\n{said}\nER  - \n")
    assert read.get("issued") == (issued and {"date-parts": issued})


def test_ris_as_publishers_write_it(tmp_path):
    """JSTOR's head; IEEE Xplore's VO and Y1; Taylor and Francis's DOI as kind and note; Web of Science's
    seasons and days; Scopus's ISSN.
    """
    [jstor] = items(
        tmp_path,
        'Provider: JSTOR http://www.jstor.org\nDatabase: JSTOR\nContent: text/plain; charset="UTF-8"\n\n\n'
        "TY  - JOUR\nTI  - A\nER  - \n",
    )
    assert jstor == {"type": "article-journal", "title": "A"}
    [ieee] = items(
        tmp_path,
        "TY  - CONF\nTI  - A\nT2  - P\nJO  - P\nPY  - 2019\nVO  - \nY1  - 29 Nov.-1 Dec. 2019\nER  - \n",
    )
    assert ieee["issued"] == {"date-parts": [[2019, 11, 29], [2019, 12, 1]]}
    doi = "10.1080/14777622.2019.1234567"
    [taylor] = items(
        tmp_path, f"{HEAD}N1  - doi: {doi}\nM3  - doi: {doi}\nDO  - https://doi.org/{doi}\nER  - \n"
    )
    assert taylor == {"type": "article-journal", "title": "A title", "DOI": doi}
    for said, issued in (
        ("FAL", {"date-parts": [[2007]], "season": 3}),
        ("MAY-JUN", {"date-parts": [[2007, 5], [2007, 6]]}),
        ("NOV 29", {"date-parts": [[2007, 11, 29]]}),
    ):
        [science] = items(tmp_path, f"{HEAD}PY  - 2007\nDA  - {said}\nER  - \n")
        assert science["issued"] == issued
    [twice] = items(tmp_path, HEAD + "UR  - https://example.org/a; https://example.org/b\nER  - \n")
    assert twice["URL"] == "https://example.org/a"
    [indented] = items(tmp_path, "  TY  - BOOK\n  TI  - A\n  ER  - \n")
    assert indented == {"type": "book", "title": "A"}
    [scopus] = items(tmp_path, HEAD + "SN  - 02659646 (ISSN)\nM3  - Article\nER  - \n")
    assert (scopus["ISSN"], scopus["genre"]) == ("02659646", "Article")


def test_bibtex_as_publishers_write_it(tmp_path):
    crossref = " @article{Aoki_2019, title={X &amp; Y}, url={http://example.org/?a=1&amp;copy=2}, month=may }"
    [read] = items(tmp_path, crossref, "a.bib")
    assert (read["title"], read["URL"]) == ("X & Y", "http://example.org/?a=1&copy=2")
    ads = r"""@ARTICLE{a, author = {{Suzuki}, K. and {Aoki}, Setsuko},
        title = "{The \emph{Space} \enquote{policy}}"%s}"""
    [read] = items(tmp_path, ads % "", "a.bib")
    assert read["author"] == [pair("Suzuki", "K."), pair("Aoki", "Setsuko")]
    assert read["title"] == "The Space “policy”"
    with pytest.raises(Unplaced, match=r"line 1: '.*apj' is not taken: it is a command of LaTeX"):
        items(tmp_path, ads % r", journal = {\apj}", "a.bib")
    with pytest.raises(Unplaced, match=r"line 1: '\$\^2\$' is not taken: it is a command of LaTeX"):
        items(tmp_path, "@misc{a, title={10$^{2}$ km}}", "a.bib")


def test_csl_json_as_crossref_writes_it(tmp_path):
    held = {
        "type": "journal-article",
        "title": "X",
        "ISSN": ["0265-9646"],
        "author": [{"given": "K.", "family": "Suzuki", "sequence": "first", "affiliation": []}],
    }
    assert items(tmp_path, json.dumps(held), "a.json") == [
        {"type": "article-journal", "title": "X", "author": [{"given": "K.", "family": "Suzuki"}]}
    ]


def test_every_kind_of_date_and_name_goes_out_and_in(tmp_path):
    told = (
        "1957~ 1957? 1957% 199X 19XX 2019-XX 2019-04-XX 2019/.. 2019-04/2019-06 2019-24/2020 2019-21/2019-22"
    )
    bodies = [
        "A; B",
        "John Smith and Jane Doe",
        "山田太郎・鈴木花子",
        "防衛省編",
        "Foo et al.",
        "Smith, J., Doe, A.",
    ]
    held = [
        {
            "id": f"a{number}",
            "type": "report",
            "title": "A",
            "author": [{"literal": bodies[number % len(bodies)]}],
            "issued": dates.of_edtf(date),
        }
        for number, date in enumerate(told.split())
    ]
    for form, name in ((ris, "a.ris"), (biblatex, "a.bib"), (csl, "a.json")):
        assert items(tmp_path, form.written(held), name) == held


def test_no_date_of_csl(tmp_path):
    for none in (
        {"literal": "n.d."},
        {"raw": "刊年不明"},
        {"date-parts": [[None]]},
        {"date-parts": []},
        "n.d.",
    ):
        held = [{"type": "book", "title": "A", "issued": none}]
        assert items(tmp_path, json.dumps(held), "a.json") == [{"type": "book", "title": "A"}]


def test_the_number_of_a_report_is_no_isbn(tmp_path):
    [read] = items(tmp_path, "TY  - RPRT\nTI  - A\nSN  - RR-1234-AF\nER  - \n")
    assert read["number"] == "RR-1234-AF" and "ISBN" not in read


@pytest.mark.parametrize(
    "title",
    ["\ufffd\ufffdの話", "宇宙".encode().decode("cp1252", "replace") * 3, "$B1'Ch$NOC(B"],
)
@pytest.mark.parametrize("form", ["TY  - JOUR\nTI  - {}\nER  - \n", "@misc{{a, title={{{}}}}}"])
def test_misread_references_are_refused(tmp_path, form, title):
    with pytest.raises(Unplaced, match="wrong encoding"):
        items(tmp_path, form.format(title))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp932", "euc_jp", "iso2022_jp"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(tmp_path, encoding, ends):
    assert items(tmp_path, RIS.replace("\n", ends).encode(encoding)) == items(tmp_path, RIS)


HEAD = "TY  - JOUR\nTI  - A title\n"


@pytest.mark.parametrize(
    "text, line, said",
    [
        (HEAD, 1, "no ER"),
        (HEAD + "TY  - BOOK\nTI  - B\nER  - \n", 1, "no ER"),
        (HEAD.replace("JOUR", "JURN") + "ER  - \n", 1, "'JURN'"),
        ("TI  - A\nTY  - JOUR\nER  - \n", 1, "no record has begun"),
        (HEAD + "ER  - \nER  - \n", 4, "did not begin"),
        (HEAD + "DA  - 2019/02/30\nER  - \n", 3, "'2019-02-30'"),
        (HEAD + "DA  - 30/02/2019\nER  - \n", 3, "'30/02/2019'"),
        (HEAD + "PY  - 20l9\nER  - \n", 3, "'20l9'"),
        (HEAD + "PY  - 2018\nDA  - 2019/04/01\nER  - \n", 3, "'2018'"),
        (HEAD + "DO  - doi.org/abc\nER  - \n", 3, "no DOI"),
        (HEAD + "UR  - www.example.org\nER  - \n", 3, "no address"),
        (HEAD + "SN  - 978-4-00-000000-1\nER  - \n", 3, "ISBN"),
        (HEAD + "SN  - 1346-7574\nER  - \n", 3, "ISSN"),
        (HEAD + "TI  - Another\nER  - \n", 3, "'Another'"),
        (HEAD + "T1  - Another\nER  - \n", 3, "'Another'"),
        (HEAD + "ZZ  - x\nER  - \n", 3, "'ZZ'"),
        (HEAD + "LA  - Klingon\nER  - \n", 3, "'Klingon'"),
        ("TY  - JOUR\nAU  - A, B\nER  - \n", 1, "no title"),
        (HEAD + "ID  - a\nER  - \n" + HEAD.replace("A title", "Other") + "ID  - a\nER  - \n", 5, "'a'"),
        ("<!DOCTYPE html><html><body>404", None, "web page"),
        ("", None, "empty"),
        ("nothing of the kind", None, "neither RIS"),
        ("%PDF-1.7 ...", None, "PDF"),
        ("PK\x03\x04....", None, "workbook"),
        ("@article{a, title = {x}, year = 2019", 1, "BibTeX"),
        ("@article{a, title = {x}, year = {n/a}}", 1, "'n/a'"),
        ("@article{a, title = {x}, title = {y}}", 1, "twice"),
        ("@artikel{a, title = {x}}", 1, "'@artikel'"),
        ("@article{a, title = {x}, joural = {y}}", 1, "did you mean journal?"),
        ("@article{a, title = {x}, date = {2019-13}}", 1, "'2019-13'"),
        ("@inproceedings{a, title = {x}, crossref = {b}}", 1, "from another entry"),
        (HEAD + "EP  - 12\nER  - \n", 3, "no first one"),
        (HEAD + "SP  - 12-18\nEP  - 19\nER  - \n", 4, "SP says something else"),
        (HEAD + "SP  - S18\nEP  - S12\nER  - \n", 1, "before its first"),
        ("@article{a, title = {x}, year = unknown}", 1, "BibTeX"),
        ('[{"type": "book", "title": "x"', 1, "no JSON"),
        ('[{"type": "book", "title": "x"},\n {"type": "buch", "title": "x"}]', 2, "'buch'"),
        ('[{"type": "book", "title": "x", "issued": {"date-parts": [[2019, 13]]}}]', 1, "no date"),
        ('[{"type": "book", "title": "x", "issued": {"date-parts": [[NaN]]}}]', 1, "NaN"),
        ('[{"type": "book", "title": "x", "author": [{"given": "Y"}]}]', 1, "family name"),
        ('[{"title": "x"}]', 1, "has a type"),
    ],
)
def test_spoiled_files_are_refused_by_line_and_value(tmp_path, text, line, said):
    with pytest.raises(Unplaced) as refused:
        items(tmp_path, text)
    assert said in str(refused.value) and "\n" not in str(refused.value)
    assert refused.value.line == line


def test_two_encodings_in_one_file_are_refused(tmp_path):
    with pytest.raises(Unplaced, match="two encodings"):
        items(tmp_path, RIS.encode() + "TY  - JOUR\nTI  - 宇宙の平和利用\nER  - \n".encode("cp932"))


def test_what_is_left_out_is_told(tmp_path):
    path = tmp_path / "a.ris"
    path.write_text(HEAD + "AB  - a\nKW  - b\nKW  - c\nER  - \n" + HEAD + "AB  - a\nER  - \n", "utf-8")
    read = references.read(path, language="en", accessed="2026-11-29")
    assert [row.cells for row in read.rows] == [
        {
            "type": "article-journal",
            "title": "A title",
            "language": "en",
            "accessed": {"date-parts": [[2026, 11, 29]]},
        }
    ]
    assert "AB (2), KW (2)" in read.notes[0] and "stands in the file again (1)" in read.notes[1]


def test_the_store_goes_out_and_in_by_command(tmp_path, capsys):
    for form in ("ris", "biblatex", "csl-json"):
        path = tmp_path / f"all.{form}"
        assert cli.main(["export", "references", form, "--output", str(path)]) == 0
        assert cli.main(["import", "references", str(path), "--check"]) == 0
        told = capsys.readouterr().err
        assert "1," in told and "beside data/sources.json: 0 new" in told and "other words" not in told


def test_references_are_selected_or_the_option_is_refused(tmp_path, capsys):
    path = tmp_path / "two.ris"
    path.write_text(HEAD + "ER  - \nTY  - BOOK\nTI  - B\nER  - \n", "utf-8")
    assert cli.main(["import", "references", str(path), "--only", "type", "book"]) == 0
    assert [one["title"] for one in json.loads(capsys.readouterr().out)] == ["B"]
    assert cli.main(["import", "references", str(path), "--only", "typ", "book"]) == 2
    assert "no column 'typ'" in capsys.readouterr().err
    for option in (["--key", "id"], ["--cell", "title", "x"]):
        assert cli.main(["import", "references", str(path), *option]) == 2
        assert "leave --key and --cell out" in capsys.readouterr().err


def test_a_new_reference_is_offered_as_csl_json(tmp_path, capsys):
    path = tmp_path / "new.ris"
    path.write_text(HEAD + "UR  - https://example.org/new\nER  - \n", "utf-8")
    assert cli.main(["import", "references", str(path)]) == 0
    out, told = capsys.readouterr()
    assert json.loads(out)[0]["title"] == "A title" and "1 new" in told
    assert cli.main(["import", "references", str(path), "--into", "budgets/gdp"]) == 2
    assert cli.main(["export", "references", "docx"]) == 2
