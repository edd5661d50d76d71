"""The built site: the same bytes every time, whole in every part, silent about the machine, nothing from
outside; what is wrong stops it in one sentence.
"""

import csv
import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import yaml
from lxml import etree, html

from spacesec.collection import cache, messages, readme
from spacesec.collection.questions import Question
from spacesec.collection.site import build, programs
from spacesec.collection.site.page import File, Page
from spacesec.collection.site.rows import rows
from spacesec.data import sources
from spacesec.errors import RunError
from spacesec.parameters import as_given
from spacesec.words import language
from spacesec.words.language import LANGUAGES
from tests.conftest import QUESTION, ROOT

RECORDS = sorted(
    path.parent.relative_to(ROOT / "figures").as_posix() for path in ROOT.glob("figures/*/*/run.json")
)
PARTS = [
    "answer",
    "figures",
    "sensitivity",
    "limits",
    "checks",
    "method",
    "data",
    "parameters",
    "rerun",
    "results",
    "claims",
    "cite",
    "references",
]
# Errors of libxml2, which knows HTML as it was before 2014: elements that it has not heard of.
UNKNOWN_ELEMENT = 801
UNKNOWN = {"NaN", "NaT", "<NA>"}  # as pandas writes what is not known


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def record(question: str) -> dict:
    return json.loads((ROOT / "figures" / question / "run.json").read_text(encoding="utf-8"))


def words(element) -> str:
    """What an element says, with the marks of print set back to those of a keyboard."""
    return " ".join(element.text_content().translate(str.maketrans("“”‘’", "\"\"''")).split())


def parts(tree) -> list[str]:
    """The sections of a question's page, in its order."""
    return [heading.get("id") for heading in tree.iter("h2")]


def straight(text: str) -> str:
    return " ".join(text.translate(str.maketrans("“”‘’", "\"\"''")).split())


@pytest.fixture(scope="module")
def trees(site) -> dict[str, html.HtmlElement]:
    """Every page by its path."""
    return {
        path.relative_to(site).as_posix(): html.document_fromstring(
            path.read_bytes(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True)
        )
        for path in sorted(site.rglob("*.html"))
    }


# --- the same everywhere
# ---------------------------------------------------------------------------------------------------


def test_another_seed_another_day_another_folder_give_the_same_bytes(site, tmp_path):
    here, now = digests(site), datetime.now(UTC)
    zone = next(
        zone
        for zone in ("Etc/GMT+12", "Pacific/Kiritimati")
        if now.astimezone(ZoneInfo(zone)).date() != now.astimezone().date()
    )
    done = subprocess.run(
        [sys.executable, "-m", "spacesec.collection", "site", "--output-dir", "there", "--turned", QUESTION],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONHASHSEED": "1", "TZ": zone},
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    assert f"{sum(path.endswith('.html') for path in here):,} pages" in done.stdout
    assert digests(tmp_path / "there") == here


def test_no_page_knows_the_machine(site):
    machine = re.compile(
        re.escape(str(ROOT)) + r"|(?<!\w)/(tmp|home|root|Users|usr|opt)/\w|localhost|127\.0\.0\.1"
    )
    for path in site.rglob("*"):
        if (
            path.suffix in (".html", ".js", ".css", ".bib", ".txt", ".json", ".csv", ".ipynb")
            and path.is_file()
        ):
            assert not (found := machine.search(path.read_text(encoding="utf-8"))), (
                f"{path.relative_to(site)}: {found[0]}"
            )


def test_files_are_those_of_the_repository(site):
    """Figures, records, notebooks and tables, as links with ``download`` give them."""
    taken = {
        link.split("?")[0]
        for path in site.rglob("*.html")
        for link in re.findall(r'href="([^"]+)" download', path.read_text(encoding="utf-8"))
    }
    assert {Path(link).suffix for link in taken} == {
        ".png",
        ".svg",
        ".csv",
        ".json",
        ".ipynb",
        ".bib",
        ".xlsx",
    }
    held = 0
    for path in (
        path
        for room in ("figures", "notebooks", "data")
        for path in (site / room).rglob("*")
        if path.is_file()
    ):
        if not (ROOT / path.relative_to(site)).is_file():
            if path.name.endswith(".phone.svg"):
                continue  # drawn for the site alone
            assert path.suffix in (".xlsx", ".bib", ".json", ".html"), path.name
            continue  # made from tables, figures and sources, and read back elsewhere
        assert path.read_bytes() == (ROOT / path.relative_to(site)).read_bytes(), path.name
        held += 1
    assert (
        held
        == sum(len(figure["files"]) for question in RECORDS for figure in record(question)["figures"])
        + 2 * len(RECORDS)
        + len(json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))["resources"])
        + 1
    )


# --- nothing from outside
# ---------------------------------------------------------------------------------------------------


def test_pages_load_nothing_from_outside_and_lead_only_to_sources_and_licences(site, trees):
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    known = {
        item["URL"]
        for item in json.loads((ROOT / "data" / "sources.json").read_text(encoding="utf-8"))
        if item.get("URL")
    }
    known |= {
        licence["path"]
        for resource in [package, *package["resources"]]
        for licence in resource.get("licenses", [])
    }
    outside = re.compile(r"^(?!data:image/png;base64,)([a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
    for path, tree in trees.items():
        for element in tree.iter(etree.Element):
            for name, value in element.attrib.items():
                if name in (
                    "src",
                    "srcset",
                    "action",
                    "formaction",
                    "data",
                    "poster",
                    "background",
                    "ping",
                ) or (name in ("href", "xlink:href") and element.tag != "a"):
                    assert not outside.match(value), f"{path}: {element.tag} {name}={value}"
                assert not name.startswith("on"), f"{path}: {name}"
                assert not re.search(r"url\((?!['\"]?#)", value), f"{path}: {name}={value}"
        assert all(link in known for link in tree.xpath("//a/@href") if outside.match(link)), path
        assert all(
            element.get("src") or element.get("type") == "application/ld+json"
            for element in tree.iter("script")
        ), f"{path} has a script of its own"
        [policy] = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert "script-src 'self';" in policy
    for path in site.rglob("*.css"):
        assert not re.search(r"@import|url\(\s*['\"]?(https?:|//|data:)", path.read_text(encoding="utf-8")), (
            path.name
        )
    for path in (site / "static").glob("*.js"):
        assert (
            not re.search(
                r"fetch\(|XMLHttpRequest|sendBeacon|WebSocket|cookie|https?://(?!www\.w3\.org/2000/svg)",
                path.read_text(encoding="utf-8").replace("search-index", ""),
            )
            or path.name == "search-index.js"
        ), path.name


def test_what_others_made_is_named_with_version_and_licence(site, trees):
    vendor = site / "static" / "vendor"
    listed, about = (vendor / "README.txt").read_text(encoding="utf-8"), words(trees["about.html"])
    for folder, name, license in (
        ("minisearch", "MiniSearch 7.2.0", "MIT"),
        ("datatables", "DataTables 3.1.5", "MIT"),
        ("fonts", "Newsreader", "SIL O"),
        ("fonts", "Collection Sans", "SIL O"),
        ("fonts", "Collection Japanese", "SIL O"),
    ):
        assert name in listed and name in about and license in listed
        assert any(path.name.startswith("LICENSE") for path in (vendor / folder).iterdir())
    assert (
        "DataTables 3.1.5" in (vendor / "datatables" / "dataTables.min.js").read_text(encoding="utf-8")[:60]
    )
    assert {path.name for path in vendor.iterdir()} == {"README.txt", "minisearch", "datatables", "fonts"}


# --- every page is whole
# -----------------------------------------------------------------------------------------------------


def test_pages_are_well_formed_and_say_what_they_are(site, trees):
    titles = {}
    for path, tree in trees.items():
        parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
        html.document_fromstring((site / path).read_bytes(), parser=parser)
        faults = [error for error in parser.error_log if error.type != UNKNOWN_ELEMENT]
        assert not faults, f"{path}: {faults[0].line}: {faults[0].message}"
        assert len(ids := tree.xpath("//@id")) == len(set(ids)), f"{path} gives an id twice"
        assert len(tree.findall(".//h1")) == 1 and tree.get("lang") == (
            "ja" if path.startswith("ja/") else "en"
        )
        levels = [int(element.tag[1]) for element in tree.iter("h1", "h2", "h3", "h4")]
        assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False)), (
            f"{path} leaves a level of headings out"
        )
        assert not (
            labels := [
                label for label in tree.xpath("//*[@aria-labelledby]/@aria-labelledby") if label not in ids
            ]
        ), f"{path}: {labels}"
        assert all(image.get("alt") is not None for image in tree.iter("img")), path
        titles.setdefault(tree.findtext(".//title"), []).append(path)
    assert not [
        paths for paths in titles.values() if len(paths) > 1 and not all("sources/" in path for path in paths)
    ]


@pytest.mark.parametrize("question", RECORDS)
def test_a_question_page_has_every_part(site, trees, question):
    tree, run, here = trees[f"questions/{question}.html"], record(question), f"../../figures/{question}"
    assert parts(tree) == (PARTS[:1] + ["turn"] + PARTS[1:] if question == QUESTION else PARTS)
    section = {part: tree.xpath(f"//section[@aria-labelledby='{part}']")[0] for part in PARTS}
    plain = re.sub(r"[*`]|\[([^]]*)\]\([^)]*\)", r"\1", run["answer"].split("\n\n")[0])
    assert straight(plain)[:80] in words(section["answer"])
    assert all(len(words(section[part])) > 150 for part in PARTS if part != "claims")
    links = {part: set(section[part].xpath(".//@href")) for part in PARTS}
    drawn = {figure.get("data-figure"): figure for figure in tree.iter("figure")}
    assert list(drawn) and set(drawn) == {figure["name"] for figure in run["figures"]}
    for figure in run["figures"]:
        element = drawn[figure["name"]]
        own = set(element.xpath(".//@href"))
        assert {f"{here}/{figure['name']}.{kind}" for kind in ("png", "svg", "csv")} <= own
        assert {f"../../sources/{source}.html" for source in figure["sources"]} <= own and figure["sources"]
        assert straight(figure["caption"]) in words(element) and straight(figure["title"]) in words(element)
        assert figure["alt"] in element.xpath(".//img/@alt | .//svg/@aria-label")
    published = [words(row) for row in section["checks"].xpath(".//tbody/tr")]
    assert (
        all(any(straight(check["what"]) in row for row in published) for check in run["checks"])
        and run["checks"]
    )
    assert {f"../../sources/{check['source_id']}.html" for check in run["checks"]} <= links["checks"]
    named = {cell.text_content() for cell in section["parameters"].xpath(".//tbody/tr/th")}
    assert named == set(run["parameters"])
    assert {cell.get("id") for cell in section["results"].xpath(".//tbody/tr")} == {
        f"result-{name}" for name in run["results"]
    }
    assert f"spacesec run {question}" in words(
        section["rerun"]
    ) and f"papermill notebooks/{question}.ipynb" in words(section["rerun"])
    for line in section["rerun"].xpath(".//pre")[0].text_content().splitlines()[1:]:
        told = shlex.split(line)  # as a shell does
        name, value = told[told.index("-p") + 1 :][:2]
        assert (
            getattr(Question(question).module.Parameters.of({name: as_given(value)}), name)
            != run["parameters"][name]
        ), "another value than the default"
        assert told[told.index("-p") + 3] in ("--output-dir", "-p"), "one word for the shell"
    assert links["rerun"] >= {f"../../notebooks/{question}.ipynb", f"{here}/run.json"}
    assert {
        f"../../claims/{claim}.html" for result in run["results"].values() for claim in result["claims"]
    } == {link for link in links["claims"] if not link.endswith("index.html")}
    assert (
        "Japan Space Security Collection" in words(section["cite"])
        and "@" in words(section["cite"])
        and f"../../questions/{question}.bib" in links["cite"]
    )
    cited = {source for figure in run["figures"] for source in figure["sources"]} | {
        check["source_id"] for check in run["checks"]
    }
    assert {f"../../sources/{source}.html" for source in cited} <= links[
        "references"
    ] and f"{here}/references.bib" in links["references"]
    read = {
        name.split("#")[0].removeprefix("data/").removesuffix(".csv")
        for name in run["inputs"]
        if name.split("#")[0].endswith(".csv") and name.startswith("data/")
    }
    assert {f"../../tables/{name}.html" for name in read - {"conflicts"}} <= links["data"]


# --- what is wrong stops it
# --------------------------------------------------------------------------------------------------


@pytest.fixture
def old(tmp_path, monkeypatch):
    """A small site that stands; building anew is to leave it so. Gives a function that builds these parts
    there and says how it was refused.
    """
    folder = tmp_path / "out"
    index = Page("index.html", "claims.html", "Start")

    def made(*parts):
        monkeypatch.setattr(build, "parts", lambda *_: iter(parts))
        monkeypatch.setattr(build, "environment", lambda: _Plain())
        monkeypatch.setattr(build, "told", lambda *_: None)
        return build.build(folder)

    assert made(index) == len(LANGUAGES)
    before = digests(folder)

    def refused(*parts) -> str:
        with pytest.raises(RunError) as raised:
            made(*parts)
        assert digests(folder) == before and [path.name for path in tmp_path.iterdir()] == ["out"]
        assert "\n" not in str(raised.value)
        return str(raised.value)

    return refused


class _Plain:
    """Templates that only show a page's title."""

    def get_template(self, name):
        return self

    def render(self, context):
        return f"<!DOCTYPE html><html><body id='top'>{context['title']}</body></html>"


def test_a_link_that_leads_nowhere_is_refused(old):
    assert (
        old(Page("a/b.html", "", "<a href='../c.html'>c</a>"))
        == "a/b.html links to ../c.html, which the site does not hold"
    )
    assert (
        old(Page("b.html", "", "<a href='#nobody'>c</a>"))
        == "b.html links to #nobody, which the site does not hold"
    )
    assert (
        old(Page("b.html", "", "<img src='c.png'>")) == "b.html links to c.png, which the site does not hold"
    )
    assert (
        old(Page("b.html", "", "<a href='a.html#nobody'>c</a>"), Page("a.html", "", "a"))
        == "b.html links to a.html#nobody, which the site does not hold"
    )


def test_two_files_of_one_name_are_refused(old):
    assert "two files b.csv" in old(File("b.csv", b"1"), File("b.csv", b"2"))


def test_a_file_that_is_not_there_is_refused(old, tmp_path):
    assert "what stood there is unchanged" in old(File("b.csv", tmp_path / "nowhere.csv"))


def site_of(collection, folder: Path) -> subprocess.CompletedProcess:
    return collection.spacesec("site", "--output-dir", str(folder), "--turned")


def test_the_command_refuses_in_one_sentence_and_leaves_the_old_site(collection, tmp_path):
    folder = tmp_path / "site"
    done = site_of(collection, folder)
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1 and "CITATION.cff" in done.stderr
    shutil.copy(ROOT / "CITATION.cff", collection.root)
    done = site_of(collection, folder)
    assert done.returncode == 0, done.stderr
    before = digests(folder)
    (collection.figures / "series.svg").unlink()
    done = site_of(collection, folder)
    assert (
        done.returncode == 1
        and len(done.stderr.splitlines()) == 1
        and "series.svg" in done.stderr
        and QUESTION in done.stderr
    )
    assert digests(folder) == before
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    done = site_of(collection, tmp_path / "mine")
    assert (
        done.returncode == 1
        and done.stderr
        == f"spacesec: {tmp_path / 'mine'} holds other things than a site; give a new or empty folder\n"
    )
    assert digests(tmp_path / "mine") == {"letter.txt": hashlib.sha256(b"dear").hexdigest()}
    assert not [path for path in tmp_path.iterdir() if path.name not in ("site", "mine", "collection")]


def test_ids_in_the_tables_of_a_notebook_lead_to_their_pages(trees):
    links = set(
        trees["questions/policy_evolution/claims.html"].xpath(
            "//section[@aria-labelledby='figures']//td/a/@href"
        )
    )
    with (ROOT / "figures" / "policy_evolution" / "claims" / "board.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        told = {
            row["claim_id"]
            for row in csv.DictReader(file)
            if row["verdict"] in ("contradicted", "contested", "open")
        }
    assert {f"../../claims/{claim}.html" for claim in told} <= links
    page = trees["questions/budgets/government_space.html"].xpath("//section[@aria-labelledby='data']")[0]
    [shown] = [
        "".join(cell["outputs"][0]["data"]["text/markdown"])
        for cell in json.loads((ROOT / "notebooks" / f"{QUESTION}.ipynb").read_text(encoding="utf-8"))[
            "cells"
        ]
        if "".join(cell["source"]).startswith("columns =")
    ]
    named = re.findall(r"\| (space-budget-[\w-]+) \|", shown)
    assert len(named) > 5 and {f"../../tables/{QUESTION}.html#{row}" for row in named} <= set(
        page.xpath(".//td/a/@href")
    )
    assert page.xpath(".//p[@class='lines']/a/@href") == [
        f"../../tables/{QUESTION}.html#space-budget-2015-combined"
    ]


@pytest.mark.parametrize("question", RECORDS)
def test_every_table_that_a_notebook_shows_is_on_the_page(trees, question):
    """But for those of settings, results and checks, which come from the record here."""
    cells = json.loads((ROOT / "notebooks" / f"{question}.ipynb").read_text(encoding="utf-8"))["cells"]
    shown = [
        line
        for cell in cells
        for output in cell.get("outputs", [])
        for line in "".join(output.get("data", {}).get("text/markdown", "")).splitlines()
        if line.startswith("| ")
        and not "".join(cell["source"]).startswith(("run.", "answer"))
        and "record.start(" not in "".join(cell["source"])
    ]
    there = {
        words(cell) for cell in trees[f"questions/{question}.html"].xpath("//section//td | //section//th")
    }
    assert shown and not there & UNKNOWN, "what is not known is blank"
    for line in shown:
        said = {re.sub(r"\\(.)", r"\1", cell.strip()) for cell in re.split(r"(?<!\\)\|", line)}
        assert {straight(cell) for cell in said if cell.strip("-: ")} <= there


# --- shared, embedded, read by programs
# --------------------------------------------------------------------------------------------------


def meta(tree, name: str) -> str:
    [content] = tree.xpath(f"//meta[@property='{name}']/@content")
    return content


@pytest.mark.parametrize("folder", ["", "ja/"])
def test_every_figure_has_a_page_to_share_and_to_embed(site, trees, folder):
    for question in RECORDS:
        run = japanese(question) if folder else record(question)
        for figure in run["figures"]:
            path = f"{folder}figures/{question}/{figure['name']}.html"
            tree, stem = trees[path], path.removesuffix(".html").removeprefix(folder)
            assert meta(tree, "og:image") == f"../../../{stem}.png"
            assert meta(tree, "og:title") == tree.findtext(".//title").split(" · ")[0]
            assert straight(meta(tree, "og:description")) == straight(figure["caption"])
            snippet = html.fromstring(tree.xpath("//pre[@data-site]/code")[0].text_content())
            assert snippet.get("href") == f"SITE/{path}" and snippet[0].get("alt") == figure["alt"]
            assert snippet[0].get("src") == f"SITE/{folder}{stem}.svg"
            [described] = map(json.loads, tree.xpath("//script[@type='application/ld+json']/text()"))
            files = [one["contentUrl"] for one in described["distribution"]]
            assert described["@type"] == "Dataset" and files == [
                f"../../../{stem}.{kind}" for kind in ("csv", "json", "svg", "png")
            ]
            on_its_page = trees[f"{folder}questions/{question}.html"]
            own = set(on_its_page.xpath(f"//figure[@id='figure-{figure['name']}']//@href"))
            assert {f"../../{stem}.html", f"../../{stem}.json"} <= own


@pytest.mark.parametrize("question", RECORDS)
def test_a_figure_as_json_holds_its_file_its_words_and_its_sources(site, question):
    for figure in record(question)["figures"]:
        told = json.loads((site / "figures" / question / f"{figure['name']}.json").read_text("utf-8"))
        with (ROOT / "figures" / question / f"{figure['name']}.csv").open(
            encoding="utf-8", newline=""
        ) as file:
            head, *lines = csv.reader(file)
        assert told["columns"] == head and told["title"] == figure["title"]
        assert list(told["sources"]) == figure["sources"]
        for row, line in zip(told["rows"], lines, strict=True):
            for value, cell in zip(row, line, strict=True):
                if isinstance(value, str) or value is None:
                    assert (value or "") == cell
                else:
                    assert float(cell) == value


def test_tables_and_claims_as_json_hold_every_row_and_verdict(site):
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    for resource in (one for one in package["resources"] if "schema" in one):
        told = json.loads((site / "data" / f"{resource['name']}.json").read_text(encoding="utf-8"))
        with (ROOT / "data" / resource["path"]).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(told["rows"]) == len(rows)
        for one, row in zip(told["rows"], rows, strict=True):
            assert [name for name in row if row[name]] == [name for name in one if one[name] is not None]
            for name, cell in row.items():
                if isinstance(one[name], bool):
                    assert cell == str(one[name]).lower()
                elif isinstance(one[name], (int, float)):
                    assert float(cell) == one[name]
                else:
                    assert (one[name] or "") == cell
    with (ROOT / "figures/policy_evolution/claims/board.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            told = json.loads((site / "claims" / f"{row['claim_id']}.json").read_text(encoding="utf-8"))
            assert (told["claim"], told["verdict"]) == (row["claim_id"], row["verdict"])


def test_every_page_says_which_state_it_shows_who_made_it_and_how_to_correct_it(trees):
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    git = ["git", "-C", str(ROOT), "rev-parse", "HEAD"]
    commit = subprocess.run(git, capture_output=True, text=True, check=True).stdout[:12]
    day = date.fromisoformat(package["as_of"])
    for path, tree in trees.items():
        foot, up = tree.xpath("//footer")[0], "../" * path.removeprefix("ja/").count("/")
        assert f"{up}about.html#correct" in foot.xpath(".//@href")
        said = words(foot)
        shown = f"{day.year}年{day.month}月{day.day}日" if path.startswith("ja/") else package["as_of"]
        for part in (str(cited["version"]), commit, shown, cited["authors"][0]["name"]):
            assert part in said, path


def test_the_feed_tells_every_number_that_moved(site):
    atom = "{http://www.w3.org/2005/Atom}"
    feed = etree.parse(str(site / "changes.atom")).getroot()
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    told = re.findall(r"^### Numbers that moved\n(.*?)(?=^##)", changes, re.MULTILINE | re.DOTALL)
    entries = feed.findall(f"{atom}entry")
    assert len(entries) == sum(len(re.findall(r"^- ", part, re.MULTILINE)) for part in told) > 10
    for element in (feed, *entries):
        assert datetime.fromisoformat(element.findtext(f"{atom}updated")).tzinfo
        assert element.findtext(f"{atom}title") and element.findtext(f"{atom}id").startswith("urn:uuid:")
    ids = [entry.findtext(f"{atom}id") for entry in entries]
    assert len(ids) == len(set(ids))


def test_what_programs_are_told_leads_to_files(site):
    told = (site / "llms.txt").read_text(encoding="utf-8")
    named = re.findall(r"\]\(([^)]+)\)", told) + re.findall(r": (data/\S+\.json)", told)
    assert len(named) > 200 and not [path for path in named if not (site / path).is_file()]
    assert all(f"(questions/{question}.html)" in told for question in RECORDS)


def test_an_address_makes_shared_links_whole_and_lists_the_pages():
    page = Page("about.html", "base.html", "About", picture="figures/a.png", about="What this is")
    for name, home in (("en", ""), ("ja", "ja/")):
        with language.speaking(name):
            made = build.render([page], "https://example.org/japan/")[f"{home}about.html"]
        tree = html.document_fromstring(made.decode("utf-8"))
        assert meta(tree, "og:image") == f"https://example.org/japan/{home}figures/a.png"
        [canonical] = tree.xpath("//link[@rel='canonical']/@href")
        assert canonical == f"https://example.org/japan/{home}about.html"
    listed = etree.fromstring(programs.site_map("https://example.org/japan/", ["a.html", "ja/a.html"]))
    assert [one.text for one in listed.iter("{*}loc")] == [
        "https://example.org/japan/a.html",
        "https://example.org/japan/ja/a.html",
    ]


# --- in two languages
# --------------------------------------------------------------------------------------------------


def japanese(question: str) -> dict:
    folder = ROOT / "build" / "ja" / question
    return json.loads((folder / "run.json").read_text(encoding="utf-8"))


def test_every_page_stands_in_both_languages_and_names_the_other(trees):
    english = {path for path in trees if not path.startswith("ja/")}
    assert {path.removeprefix("ja/") for path in trees.keys() - english} == english
    for path, tree in trees.items():
        up = "../" * path.count("/")
        own = path.removeprefix("ja/")
        alternates = {one.get("hreflang"): one.get("href") for one in tree.xpath("//link[@hreflang]")}
        assert alternates == {
            "en": f"{up}{own}",
            "ja": f"{up}ja/{own}",
            "x-default": f"{up}{own}",
        }
        [switch] = tree.xpath("//p[@class='languages']/a")
        other = "en" if path.startswith("ja/") else "ja"
        assert (switch.get("href"), switch.get("lang")) == (alternates[other], other)


def test_what_both_languages_share_is_stored_once(site):
    assert {path.name for path in (site / "ja").iterdir()} == {
        "about.html",
        "claims",
        "data",
        "disagreements.html",
        "figures",
        "index.html",
        "lessons",
        "notebooks",
        "python",
        "python.html",
        "questions",
        "recommendations",
        "sources",
        "static",
        "tables",
        "thumbnails",
    }
    assert [path.name for path in (site / "ja" / "static").iterdir()] == ["search-index.js"]
    assert {path.suffix for path in (site / "ja" / "data").rglob("*.*")} == {".xlsx"}
    own = {path.relative_to(site / "ja").as_posix() for path in (site / "ja" / "figures").rglob("*.*")}
    assert not [path for path in own if path.endswith(".bib")] and own


@pytest.mark.parametrize("question", RECORDS)
def test_a_japanese_question_page_tells_its_own_run(trees, question):
    tree, run, english = trees[f"ja/questions/{question}.html"], japanese(question), record(question)
    assert parts(tree) == (PARTS[:1] + ["turn"] + PARTS[1:] if question == QUESTION else PARTS)
    assert all(language.OTHER_LETTERS.search(words(heading)) for heading in tree.iter("h1", "h2"))
    section = {part: tree.xpath(f"//section[@aria-labelledby='{part}']")[0] for part in PARTS}
    assert all(len(words(section[part])) > 50 for part in PARTS if part != "claims")
    said = re.sub(r"[*`]", "", run["answer"].split("\n\n")[0])
    assert "".join(said.split())[:60] in "".join(words(section["answer"]).split())
    drawn = {figure.get("data-figure"): figure for figure in tree.iter("figure")}
    assert set(drawn) == {figure["name"] for figure in english["figures"]}
    for figure in run["figures"]:
        assert straight(figure["caption"]) in words(drawn[figure["name"]])
        assert figure["alt"] in drawn[figure["name"]].xpath(".//img/@alt | .//svg/@aria-label")
    assert {row.get("id") for row in section["results"].xpath(".//tbody/tr")} == {
        f"result-{name}" for name in english["results"]
    }
    lines = section["rerun"].xpath(".//pre")[0].text_content().splitlines()
    assert [line.split()[-2:] for line in lines] == [["--language", "ja"]] * 2 + [["output_language", "ja"]]


# Names, code, formulas and drawings are the same in every language; a script's words are for no reader.
SPOKEN = re.compile(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}")
UNSPOKEN = "ancestor::*[self::code or self::pre or self::math or self::svg or self::title or self::style]"


def test_english_on_a_japanese_page_is_marked_as_english(trees):
    faults = {}
    for path, tree in trees.items():
        for text in tree.xpath("//body//text()[normalize-space()]") if path.startswith("ja/") else ():
            if SPOKEN.search(text) and not language.OTHER_LETTERS.search(text):
                element = text.getparent()
                element = element.getparent() if text.is_tail else element
                nearest = element.xpath("ancestor-or-self::*[@lang][1]/@lang")
                element = next(element.iterancestors("p"), element) if element.tag != "td" else element
                if language.OTHER_LETTERS.search(element.text_content()):
                    continue  # a name in a Japanese sentence
                if not element.xpath(f"self::code|self::pre|{UNSPOKEN}") and nearest[-1] == "ja":
                    faults.setdefault(path, text.strip())
    assert not faults, list(faults.items())[:8]


def test_what_we_say_of_claims_and_columns_is_japanese_on_japanese_pages(trees):
    told = {
        "ja/claims/C": "//h1 | //table[@class='tests']/tbody/tr/th | //p[@class='reason']",
        "ja/tables/": "//details[@class='codebook']//tbody/tr/td[1]",
    }
    for begins, ours in told.items():
        pages = {path: tree for path, tree in trees.items() if path.startswith(begins)}
        assert len(pages) > 100
        for path, tree in pages.items():
            english = [one for one in tree.xpath(ours) if not language.OTHER_LETTERS.search(words(one))]
            assert english == [], (path, [words(one) for one in english])
            if begins.endswith("C"):
                assert "文書自体の文言ではない" in words(tree.xpath("//p[@class='meta']")[0])


def _chinese(row) -> bool:
    return any(sources.store()[source]["language"] == "zh" for source in row.sources)


def test_every_sign_of_the_japanese_pages_is_in_the_face(site, trees):
    style = (site / "static" / "japanese-face.css").read_text(encoding="utf-8")
    held = {chr(int(code, 16)) for code in re.findall(r"U\+([0-9A-F]+)", style)}
    for number in re.findall(r'url\("vendor/fonts/(collection-japanese-\d+\.woff)"\)', style):
        assert (site / "static" / "vendor" / "fonts" / number).is_file()
    kana_and_kanji = re.compile("[\u3041-\u30ff\u4e00-\u9fff]")
    front = set(kana_and_kanji.findall((site / "ja" / "index.html").read_text(encoding="utf-8")))
    assert len(front) > 200 and front <= held
    first = style.splitlines()[0]
    assert front <= {chr(int(code, 16)) for code in re.findall(r"U\+([0-9A-F]+)", first)}
    # Locators may quote a source in Chinese; the reader's own fonts show it.
    quoted = {sign for row in rows().by_id.values() if _chinese(row) for sign in row.locator}
    for path in (path for path in trees if path.startswith("ja/questions")):
        found = set(kana_and_kanji.findall((site / path).read_text(encoding="utf-8")))
        assert found - quoted <= held, path


def test_no_mark_of_bold_is_left_on_the_front_and_the_questions(site):
    for root in (site, site / "ja"):
        for page in [root / "index.html", *(root / "questions").rglob("*.html")]:
            assert "**" not in page.read_text(encoding="utf-8"), page


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("**甲は一つ。乙は二つ。**丙。", "甲は一つ。"),
        ("甲は一つ。**乙は二つ。**", "甲は一つ。"),
        ("甲は**一つ**である。乙。", "甲は**一つ**である。"),
        ("**A is one. B is two.** C.", "A is one."),
    ],
)
def test_a_first_sentence_keeps_whole_marks_of_bold(text, first, monkeypatch):
    monkeypatch.setattr(readme.records, "read", lambda _: SimpleNamespace(answer=text))
    assert readme.first_sentence(SimpleNamespace(folder=None)) == first


def test_a_japanese_run_is_fresh_until_its_words_change(site, monkeypatch, tmp_path):
    question = Question(QUESTION, "ja")
    assert cache.fresh(question)
    monkeypatch.setattr(cache, "path_of", lambda *_: tmp_path / "other.po")
    (tmp_path / "other.po").write_text("")
    assert not cache.fresh(question)


@pytest.mark.parametrize("domain", sorted(messages.OWN))
def test_the_words_of_pages_are_whole_and_hold_nothing_stale(domain):
    with language.speaking("ja"):
        gathered = [*messages.written(), *messages.places()]
    asked = {message for home, message, _ in gathered if home == domain and language.PLACES.sub("", message)}
    held = {message.split(language.END_OF_CONTEXT)[-1] for message in language.catalogue("ja", domain)}
    assert sorted(asked ^ held) == [], "run `make messages`"
