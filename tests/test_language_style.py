"""What readers are told keeps to the style sheet: the tables of docs/language.md, held to messages, prose and
titles.
"""

import json
import re

import pytest
from babel.messages import pofile

from spacesec.words import language
from tests.conftest import ROOT

SHEET = ROOT / "docs" / "language.md"
# Rules that are a form and no word; code (between backticks) and formulas are left out before.
FORMS = {
    "a percent sign stands close to its number": r"(?<=[\d}]) (%|percent\b)",
    "a day is 18 April 2026": r"\b(January|February|March|April|June|July|August|September|October|November"
    r"|December) \d{1,2}\b(?!\d)",
    "thousands have a comma": r"(?<![\d,.])(?<!Cosmos )(?!(19|20)\d\ds?\b)\d{4,}",
    "short forms of verbs are not written": r"\b\w+n't\b",
}


def table(heading: str) -> dict[str, str]:
    """The rows of the table under a heading of the sheet: what is not written, and what is."""
    section = SHEET.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", section, re.MULTILINE)
    return {first: then for first, then in rows if first.strip("- ") and not first.startswith("not")}


def kept() -> list[str]:
    """The names that stay."""
    [line] = re.findall(r"^Names that stay: (.+)\.$", SHEET.read_text(encoding="utf-8"), re.MULTILINE)
    return [name.split(" (")[0] for name in line.split(", ")]


AVOIDED = {**table("Spelling"), **table("One name a thing")}
JARGON = table("Titles")


def pattern(words: str) -> str:
    """Words of the sheet in their forms; those that are not all small letters are meant as they are."""
    if words.islower():
        return rf"(?i:\b{re.escape(words)}(s|d|ed|r|rs|ing)?\b)"
    return rf"(?<!\w){re.escape(words)}(?!\w)"


def slips(text: str) -> list[str]:
    """What a text says that the sheet does not, with what it should say."""
    for name in kept():
        text = text.replace(name, "")
    text = re.sub(r"`[^`]*`|\$[^$]*\$|\]\([^)]*\)", " ", text)
    words = [f"{not_this}: {but}" for not_this, but in AVOIDED.items() if re.search(pattern(not_this), text)]
    return words + [rule for rule, form in FORMS.items() if re.search(form, text)]


def jargon(title: str) -> list[str]:
    """Words of the trade in a title."""
    return [f"{word}: {plain}" for word, plain in JARGON.items() if re.search(pattern(word), title)]


def messages(domain: str) -> list[str]:
    """The English messages of one catalogue, both forms of a count."""
    with language.path_of("ja", domain).open("rb") as file:
        entries = [one.id for one in pofile.read_po(file, locale="ja") if one.id]
    return [text for one in entries for text in ((one,) if isinstance(one, str) else one)]


DOMAINS = sorted(
    path.relative_to(language.LOCALE / "ja").with_suffix("").as_posix()
    for path in (language.LOCALE / "ja").rglob("*.po")
    if path.stem not in (language.CELLS, language.COLUMNS, language.NOTES)  # the tables' own, as they hold it
)


@pytest.mark.parametrize("domain", DOMAINS)
def test_messages_keep_to_the_sheet(domain):
    found = {text: wrong for text in messages(domain) if (wrong := slips(text))}
    assert not found


def test_prose_keeps_to_the_sheet():
    found = {}
    notebooks = [*ROOT.glob("notebooks/*/*.ipynb"), *ROOT.glob("docs/lessons/*.ipynb")]
    for path in [*notebooks, ROOT / "README.md", SHEET]:
        for text in told_in(path):
            if wrong := slips(text):
                found[path.name, text[:80]] = wrong
    assert not found


def told_in(path) -> list[str]:
    """The prose of a notebook or of a page, without blocks of code and what the collection fills in."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "markdown"]
        return ["".join(cell["source"]) for cell in cells]
    return [
        re.sub(r"```.*?```|<!-- (\w+):begin.*?:end -->|^\|.*?$", "", text, flags=re.DOTALL | re.MULTILINE)
    ]


@pytest.mark.parametrize(
    "text, wrong",
    [
        ("Two neighbouring planes", ["neighbour: neighbor"]),
        ("The Defence of Japan", ["defence: defense"]),
        ("17 % of 207", ["a percent sign stands close to its number"]),
        ("17 percent of 207", ["a percent sign stands close to its number"]),
        ("on April 18, 2026", ["a day is 18 April 2026"]),
        ("at 35786 km in the 1980s", ["thousands have a comma"]),
        ("near the DPRK's coast", ["DPRK: North Korea"]),
        ("programs of 2,026 catalogs from May 2026, percent of 17%", []),
        ("`budgets/programmes` at the end in the catalogue", []),
    ],
)
def test_a_slip_is_seen(text, wrong):
    assert slips(text) == wrong


def test_words_of_the_trade_are_seen_in_a_title():
    assert jargon("Cohen's kappa is low; an own layer helps") == [
        "kappa: agreement beyond chance",
        "own layer: a layer of Japan's own",
    ]
    assert not jargon("Japan prioritizes the core")[1:]
