"""The file that plans a sweep: one question, its points, what to draw of them; checked whole before anything
runs.
"""

import csv
import difflib
import hashlib
import itertools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacesec import answers
from spacesec.collection.questions import Question, named
from spacesec.errors import ParameterError, did_you_mean
from spacesec.machine import untrusted
from spacesec.parameters import RUN_PARAMETERS, Parameters
from spacesec.run import records

MOST_POINTS = 100_000
BOOLEAN = "tag:yaml.org,2002:bool"
_KINDS = ("grid", "list", "table")


@dataclass(frozen=True)
class Sweep:
    """A checked sweep: one question, its points as complete sets of parameters, and what its small multiples
    show.
    """

    question: Question
    varied: tuple[str, ...]
    points: tuple[dict[str, Any], ...]
    plot: dict[str, str]


def read(path: Path) -> Sweep:
    """Read a sweep file and check all of it, every point included, before anything runs.

    YAML with ``question``; one of ``grid`` (name -> list of values, all combinations), ``list`` (of mappings)
    or ``table`` (a CSV file beside it, one column a parameter); optionally ``fixed`` (name -> value) and
    ``plot`` (``x``, ``y``, ``colour``). Raises ParameterError in one sentence that names the point.
    """
    content = _content(path)
    if not isinstance(content, dict) or not isinstance(content.get("question"), str):
        raise ParameterError(
            f"the sweep file {path.name} must name one question, as in `question: budgets/government_space`."
        )
    if unknown := set(map(str, content)) - {"question", "fixed", "plot", *_KINDS}:
        raise ParameterError(
            f"the sweep file {path.name} has the unknown entry {sorted(unknown)[0]!r}; it takes question,"
            f" fixed, plot and one of {', '.join(_KINDS)}."
        )
    question = named([content["question"]])[0]
    model = question.module.Parameters
    given = _points(path, content, model)
    if len(given) > MOST_POINTS:
        raise ParameterError(f"{path.name} has {len(given):,} points; at most {MOST_POINTS:,} are possible.")
    _refuse_ours(path, {*_mapping(content, "fixed"), *itertools.chain(*given)})
    _refuse_repeats(path, given)  # as given: to check a point takes far longer
    points = []
    for number, values in enumerate(given, start=1):
        try:
            points.append(model.of({**_mapping(content, "fixed"), **values}).plain())
        except ParameterError as error:
            raise ParameterError(f"point {number} of {path.name}: {error}") from None
    _refuse_repeats(path, points)
    varied = tuple(dict.fromkeys(name for values in given for name in values))
    plot = {str(role): str(name) for role, name in _mapping(content, "plot").items()}
    _check_plot(plot, varied, question)
    return Sweep(question, varied, tuple(points), plot)


def _content(path: Path) -> Any:
    """What the YAML of a sweep file says."""
    import yaml

    class Loader(yaml.SafeLoader):
        """Without aliases: a few lines of them stand for more values than any machine holds, or for a list
        that holds itself. ``NO`` is a text, as in YAML 1.2.
        """

        yaml_implicit_resolvers = {
            letter: [(tag, how) for tag, how in resolvers if tag != BOOLEAN or letter in "tTfF"]
            for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

        def compose_node(self, parent, index):
            if self.check_event(yaml.AliasEvent):
                raise yaml.YAMLError("it takes no aliases, as in *name")
            return super().compose_node(parent, index)

        def construct_mapping(self, node, deep=False):
            names = [self.construct_object(key, deep=True) for key, _ in node.value]
            if twice := [name for place, name in enumerate(names) if name in names[:place]]:
                raise yaml.YAMLError(f"{twice[0]} stands there twice")
            return super().construct_mapping(node, deep)

    try:
        if path.exists() and not path.is_file():
            raise IsADirectoryError(0, "it is no file")
        # What a SafeLoader reads are values, never objects.
        return yaml.load(path.read_text(encoding="utf-8"), Loader)
    except (OSError, UnicodeDecodeError) as error:
        raise ParameterError(
            f"the sweep file {path.name} cannot be read"
            f" ({getattr(error, 'strerror', None) or 'not UTF-8 text'}); name one that exists."
        ) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ParameterError(
            f"the sweep file {path.name} is not YAML ({' '.join(str(error).split())[:120]})."
        ) from None


def _refuse_ours(path: Path, names: set[str]) -> None:
    if ours := names & {*RUN_PARAMETERS}:
        raise ParameterError(
            f"{path.name} gives {min(ours)}, which is not the question's; leave it out, since a sweep writes"
            " where --output-dir says."
        )


def _refuse_repeats(path: Path, points: list[dict[str, Any]]) -> None:
    seen: set[str] = set()
    for number, point in enumerate(points, start=1):
        if (found := repr(sorted(point.items()))) in seen:
            raise ParameterError(f"point {number} of {path.name} repeats an earlier point; remove one.")
        seen.add(found)


def _points(path: Path, content: dict, model: type[Parameters]) -> list[dict[str, Any]]:
    kinds = [kind for kind in _KINDS if kind in content]
    if len(kinds) != 1:
        raise ParameterError(f"the sweep file {path.name} must have exactly one of {', '.join(_KINDS)}.")
    if kinds == ["grid"]:
        grid = _mapping(content, "grid")
        if not grid or not all(isinstance(values, list) and values for values in grid.values()):
            raise ParameterError(
                f"grid in {path.name} takes a list of values for each parameter, as in `satellites: [24,"
                " 36]`."
            )
        count = 1
        for values in grid.values():
            count *= len(values)
        if count > MOST_POINTS:
            raise ParameterError(
                f"grid in {path.name} has {count:,} points; at most {MOST_POINTS:,} are possible."
            )
        return [dict(zip(grid, values)) for values in itertools.product(*grid.values())]
    if kinds == ["list"]:
        found = content["list"]
        if not isinstance(found, list) or not found or not all(isinstance(item, dict) for item in found):
            raise ParameterError(f"list in {path.name} takes one mapping of parameters for each point.")
        return [{str(name): value for name, value in item.items()} for item in found]
    return _table(path, content["table"], model)


def _table(path: Path, name: Any, model: type[Parameters]) -> list[dict[str, Any]]:
    try:
        place = untrusted.below(path.parent, name)
    except ValueError:
        raise ParameterError(f"table in {path.name} must lie beside the sweep file, not at {name}.") from None
    try:
        with place.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True, restkey="")
            rows = [
                row for row in reader if any(map(any, row.values()))
            ]  # not those a spreadsheet left empty
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ParameterError(
            f"table {name} of {path.name} cannot be read ({getattr(error, 'strerror', None) or error})."
        ) from None
    if len(names := reader.fieldnames or []) == 1 and ";" in names[0]:
        raise ParameterError(
            f"table {name} of {path.name} is divided by semicolons; save it as CSV divided by commas."
        )
    if (
        not rows
        or len(set(reader.fieldnames)) < len(reader.fieldnames)
        or any(None in row or None in row.values() for row in rows)
    ):
        raise ParameterError(
            f"table {name} of {path.name} takes a header of parameter names, each once, and full rows"
            " below it."
        )
    typed = model.typed
    return [{column: typed(column, text) if text else None for column, text in row.items()} for row in rows]


def named_apart(results: list[dict[str, Any]], varied: tuple[str, ...]) -> list[dict[str, Any]]:
    """The columns that results take in a sweep's table; one with the name of a varied parameter is
    ``result.<name>``.
    """
    return [
        {f"result.{name}" if name in varied else name: value for name, value in row.items()}
        for row in answers.columns(results)
    ]


def _check_plot(plot: dict[str, str], varied: tuple[str, ...], question: Question) -> None:
    """What is drawn upwards is a number, or nothing, in the default run."""
    default = {name: result.value for name, result in records.read(question.folder).results.items()}
    (row,) = named_apart([default], varied)
    results = tuple(name for name, one in row.items() if one is None or type(one) in (int, float))
    allowed = {"x": varied, "y": results, "colour": varied, "panel": varied}
    for role, name in plot.items():
        if name not in allowed.get(role, ()):
            takes = (
                f"{role} takes one of {', '.join(allowed[role])}"
                if role in allowed
                else f"it takes {', '.join(allowed)}"
            )
            near = difflib.get_close_matches(name, allowed.get(role, ()), n=1)
            hint = did_you_mean(near, f"{takes}.")
            raise ParameterError(f"plot in the sweep file cannot show {role} = {name!r}; {hint}")
    if plot and not {"x", "y"} <= set(plot):
        raise ParameterError("plot in the sweep file needs x (a varied parameter) and y (a result).")


def _mapping(content: dict, name: str) -> dict[str, Any]:
    found = content.get(name) or {}
    if not isinstance(found, dict):
        raise ParameterError(f"{name} in the sweep file takes a mapping, as in `{name}: {{currency: USD}}`.")
    return {str(key): value for key, value in found.items()}


def key(point: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(point, sort_keys=True).encode("utf-8")).hexdigest()[:32]
