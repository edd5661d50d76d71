"""What the search box searches: pages, rows that say something in words, and which words mean the same."""

import json
import re
from collections.abc import Iterator

from spacesec.collection.site.page import Page
from spacesec.collection.site.rows import ABOUT, Row, named_rows, rows
from spacesec.collection.site.words import TABLES
from spacesec.data import tables
from spacesec.words import language

# Tables whose rows are found otherwise: on pages of their own, as words that mean the same, as notes on data,
# by the resolution that was voted on.
ELSEWHERE = ("claim_id", "demand_id")
APART = (
    "checks/",
    "glossary",
    "policy_evolution/recommendation_demands",
    "policy_evolution/terms",
    "policy_evolution/word_counts",
    "regional_cooperation/un_votes",
)
WORD = re.compile(r"[^\W\d_]{3,}")
# What readers call by another name than documents do; the glossary and the terms have the rest.
EVERYDAY = (
    ("military", "defense", "defence", "軍事", "防衛"),
    ("spending", "budget", "expenditure", "予算", "支出"),
    ("cost", "price", "費用", "経費"),
    ("spy satellite", "reconnaissance satellite", "IGS", "偵察衛星", "情報収集衛星"),
    ("North Korea", "DPRK", "北朝鮮"),
    ("anti-satellite", "ASAT", "counterspace", "killer satellite", "対衛星", "キラー衛星"),
    ("jamming", "interference", "妨害"),
    ("ship", "vessel", "船", "船舶"),
    ("hypersonic", "glide vehicle", "glider", "HGV", "極超音速", "滑空"),
    ("weapon", "arms", "兵器"),
    ("UN", "United Nations", "国連"),
    ("vote", "投票"),
    ("rocket", "launch vehicle", "ロケット"),
    ("launch", "打ち上げ", "打上げ", "発射"),
    ("late", "delay", "slipped", "遅れ", "遅延"),
    ("people", "personnel", "strength", "人員", "定員"),
    ("space force", "Space Operations Group", "宇宙部隊"),
    ("Kirameki", "きらめき"),
    ("Golden Dome", "ゴールデン・ドーム"),
    ("Kosmos", "Cosmos"),
    ("Starlink", "スターリンク"),
    ("Taiwan", "台湾"),
    ("China", "Chinese", "中国"),
    ("India", "Indian", "インド"),
    ("cooperation", "cooperate", "partner", "協力", "連携"),
    ("cable", "海底ケーブル", "ケーブル"),
)


def index(pages: list[Page]) -> bytes:
    """Pages, rows and words as a script, since a page opened from a folder may not fetch.

    ``searchDocuments``: a page each; ``searchRows``: a table each with page, title and, for each row, its id,
    title and further words; ``searchWords``: lists of forms that mean the same.
    """
    documents = [
        {
            "id": page.path,
            "kind": page.kind,
            "title": page.title,
            "keys": page.keys,
            "words": page.words,
            "about": page.about,
        }
        for page in pages
    ]
    held = {"searchDocuments": documents, "searchRows": list(_tables()), "searchWords": _same()}
    return "".join(
        f"window.{name} = {json.dumps(found, ensure_ascii=False, separators=(',', ':'))};\n"
        for name, found in held.items()
    ).encode("utf-8")


def _tables() -> Iterator[dict]:
    """Every table that has such rows. Rows that say the same words are told once, by the first."""
    for name, found in rows().tables.items():
        columns = {field["name"] for field in tables.describe(name)["schema"]["fields"]}
        if name.startswith(APART) or columns & set(ELSEWHERE):
            continue
        said: dict[str, Row] = {}
        for row in found:
            words = _words(row)
            if WORD.search(words):
                said.setdefault(words, row)
        if said:
            yield {
                "page": f"tables/{name}.html",
                "title": language.known(tables.describe(name)["title"], TABLES),
                "rows": [[row.id, row.title, _beside(row.title, words)] for words, row in said.items()],
            }


def _beside(title: str, words: str) -> str:
    """The words that the title does not hold."""
    return " ".join(word for word in words.split() if word not in title)


def _words(row: Row) -> str:
    """What a row says in words of its own: no names of other rows, no choice of a few."""
    told = [
        row.cells[field["name"]]
        for field in row.fields
        if field["type"] == "string"
        and field["name"] not in (*row.keys, *(ABOUT - {"note"}))
        and not named_rows(field["name"])
        and "enum" not in field.get("constraints", {})
    ]
    return " ".join(filter(None, told))


def _same() -> list[list[str]]:
    """Forms that mean the same: everyday words, terms of the documents, the glossary with readings."""
    groups = [list(forms) for forms in EVERYDAY]
    if "policy_evolution/terms" in tables.names():
        terms = tables.load("policy_evolution/terms").itertuples()
        plain = ([one.term.replace("-", " "), *one.japanese.split("|")] for one in terms)
        groups += [[form for form in forms if "(" not in form] for forms in plain]
    if "glossary" in tables.names():
        kept: dict[str, list[str]] = {}
        for one in tables.load("glossary").fillna("").itertuples():
            forms = (one.japanese, one.english, *one.also.split("|"), one.reading)
            kept.setdefault(one.japanese, []).extend(forms)
        groups += [[form for form in dict.fromkeys(forms) if form] for forms in kept.values()]
    return groups
