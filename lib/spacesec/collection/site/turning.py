"""A question's main parameters turned on its page: the points as a script beside it, and what its controls
are made of.
"""

import json
from typing import Any

from markupsafe import Markup

from spacesec.collection import knobs, points
from spacesec.collection.questions import Question
from spacesec.collection.site import text, words
from spacesec.parameters import as_typed
from spacesec.words.language import ENGLISH, in_force

LARGEST = 2_000_000  # bytes of one question's points in one language
ROOT = "../../"  # from a question's page to the root of its language


def context(question: Question, made: dict[str, points.Point], parameters: list[dict[str, Any]]) -> dict:
    """What the template needs: controls as the page's own table tells their parameters, with their values as
    a command takes them; the parameters whose other values can be typed; where the points are.
    """
    told = {entry["name"]: entry | {"typed": as_typed(entry["default"])} for entry in parameters}
    turned = knobs.of(question)
    return {
        "controls": [
            told[knob.name] | {"values": [as_typed(value) for value in knob.values], "chosen": knob.usual}
            for knob in turned
        ],
        "others": list(told.values()),
        "points": len(made),
        "usual": points.key(tuple(knob.usual for knob in turned)),
        "script": f"{question.name.split('/')[1]}.turned.js",
        "line": f".venv/bin/papermill notebooks/{question.name}.ipynb out.ipynb",
        "option": "" if in_force() == ENGLISH else f" -p output_language {in_force()}",
        "said": said(),
    }


def script(made: dict[str, points.Point]) -> bytes:
    """The points in the language in force as a script, since a page opened from a folder may not fetch.

    Of more than a reader should load the last points, which differ most from the defaults, are left out; the
    page then says that it does not hold them.
    """
    held = dict(made)
    while len(written := _written(held)) > LARGEST and len(held) > 1:
        held.popitem()
    return written


def _written(made: dict[str, points.Point]) -> bytes:
    """Drawings share most of their lines, and results their words: each stands once."""
    lines, said = Numbered(), Numbered()
    told = {place: _told(point[in_force()], lines, said) for place, point in made.items()}
    content = {"points": told, "lines": lines.all(), "words": said.all()}
    packed = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f"var turnedPoints = {packed};\n".encode()


class Numbered:
    """Texts by number, each once."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def of(self, said: str) -> int:
        return self._places.setdefault(said, len(self._places))

    def all(self) -> list[str]:
        return list(self._places)


def _told(point: dict[str, Any], lines: Numbered, said: Numbered) -> dict[str, Any]:
    if "refused" in point:
        return {"refused": point["refused"]}
    figure = point["figure"]
    return {
        "answer": text.html(point["answer"], ROOT),
        "title": words.quotes(figure["title"]),
        "caption": words.quotes(figure["caption"]),
        "alt": figure["alt"],
        "drawing": [lines.of(line) for line in figure["svg"].split("\n")],
        "results": [
            [said.of(part) for part in (one["meaning"], one["shown"], one["unit"])]
            for one in point["results"].values()
        ],
    }


def said() -> dict[str, Markup]:
    """What the script says."""
    return {
        "lacking": words.said(
            "This page does not hold this combination; in a copy of the collection, the line below computes"
            " it."
        ),
        "missing": words.said(
            "The file with the answers to these values could not be loaded; the line below computes them."
        ),
        "same": words.said("Other results that stay as they are at the defaults: {n}."),
        "none": words.said("Every result stays as it is at the defaults ({n} in all)."),
    }
