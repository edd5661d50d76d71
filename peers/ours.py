"""This collection's side: recorded results, answers under other parameters, the fingerprint of a record."""

import functools
import hashlib
import json
import re
from pathlib import Path

from spacesec.collection.questions import named
from spacesec.machine import paths

PAGE = Path(__file__).with_name("README.md")


def record(question: str) -> dict:
    """Results of the stored default run: name -> value."""
    file = paths.figures() / question / "run.json"
    return {name: r["value"] for name, r in json.loads(file.read_text(encoding="utf-8"))["results"].items()}


def recorded(question: str, *keys):
    """One recorded result, or a part of it: ``recorded("budgets/strategy_fund", "break_year", "booked")``."""
    return functools.reduce(lambda value, key: value[key], keys, record(question))


@functools.cache
def _answered(question: str, parameters: str):
    module = named([question])[0].module
    return module.answer(module.Parameters.of(json.loads(parameters)))


def answered(question: str, **parameters):
    """The answer (results and tables) of a question's model with these parameters, others at default."""
    return _answered(question, json.dumps(parameters, default=str))


def fingerprint(question: str) -> str:
    """Twelve signs that change when any recorded value of the question changes (its words may)."""
    values = json.dumps(record(question), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(values.encode()).hexdigest()[:12]


def told(page: str) -> dict[str, list[tuple[str, str]]]:
    """Verdict and fingerprint of every row of the page, by question in the page's order."""
    found: dict[str, list[tuple[str, str]]] = {}
    for part in re.split(r"^### ", page, flags=re.M)[1:]:
        question, *lines = part.splitlines()
        rows = [line.strip("| ").split(" | ") for line in lines if re.search(r"`[0-9a-f]{12}` \|$", line)]
        found[question.strip()] = [(cells[-3], cells[-1].strip("`")) for cells in rows]
    return found
