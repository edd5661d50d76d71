"""Which parameters of a question a page lets its readers turn, and to which values.

A light question's parameters are turned in every combination, so their values are few: what a choice allows,
both of true and false, and of a number its default with what lies around it. How light a question is stands
in ``pace.csv``: the processor's seconds that a point takes, in all languages, and the parameters that are
turned where others than the model's first serve readers better.
"""

import csv
import functools
import itertools
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from spacesec.collection.questions import Question
from spacesec.errors import ParameterError
from spacesec.parameters import Parameters, names_known, span_of

PACE = Path(__file__).with_name("pace.csv")
SECONDS = 33.0  # of a processor, that one question's points may take together
FEWEST, MOST = 6, 24  # points: a question that cannot have so many in its time is not light
MOST_VALUES = 4  # of one parameter
WIDE = 100  # the ratio of its bounds from which a number is halved by its logarithm


@dataclass(frozen=True)
class Knob:
    """A parameter and the values it is turned to, as JSON holds them, its default among them."""

    name: str
    values: tuple[Any, ...]
    default: Any

    @property
    def usual(self) -> int:
        """The place of the default."""
        return self.values.index(self.default)


@dataclass(frozen=True)
class Pace:
    """How long a point of a question takes, and the parameters it names to be turned; none for the first."""

    seconds: float
    names: tuple[str, ...] = ()

    @property
    def points(self) -> int:
        """How many points there is time for; none for a question that is not light."""
        fitting = min(MOST, math.floor(SECONDS / self.seconds))
        return fitting if fitting >= FEWEST else 0


@functools.cache
def paces() -> dict[str, Pace]:
    """Question -> its pace, as measured (``benchmarks/pace.py``)."""
    with PACE.open(encoding="utf-8", newline="") as file:
        return {
            row["question"]: Pace(float(row["seconds"]), tuple(row["turned"].split()))
            for row in csv.DictReader(file)
        }


def light() -> list[str]:
    """The questions whose knobs are turned on their pages."""
    return [name for name, pace in paces().items() if pace.points]


def of(question: Question) -> tuple[Knob, ...]:
    """The knobs of a question: the parameters that its pace names, else those of the model in its order, as
    many as their combinations have time.
    """
    model: type[Parameters] = question.module.Parameters
    pace = paces().get(question.name, Pace(SECONDS / FEWEST))
    defaults, room = model.defaults(), pace.points or FEWEST
    found = []
    for name in pace.names or model.model_fields:
        fewer = _fewer(values(model, name), defaults[name], room)
        if len(fewer) > 1:
            found.append(Knob(name, fewer, defaults[name]))
            room //= len(fewer)
    return tuple(found)


def values(model: type[Parameters], name: str) -> list[Any]:
    """The values that a parameter may be turned to while the others stand at their defaults, its own
    among them.
    """
    return _possible(model, name, _values(model.model_fields[name], model.defaults()[name]))


def combinations(knobs: Iterable[Knob]) -> Iterator[tuple[tuple[int, ...], dict[str, Any]]]:
    """Every combination, those that differ least from the defaults first: the places of its values, and
    name -> value of what is not at its default.
    """
    knobs = tuple(knobs)
    made = []
    for places in itertools.product(*(range(len(knob.values)) for knob in knobs)):
        turned = {knob.name: knob.values[at] for knob, at in zip(knobs, places) if at != knob.usual}
        made.append((places, turned))
    yield from sorted(made, key=lambda one: len(one[1]))


def _fewer(values: list[Any], default: Any, room: int) -> tuple[Any, ...]:
    """As many of the values as there is room for, in their order, those around the default."""
    count = min(MOST_VALUES, room, len(values))
    first = max(0, min(values.index(default) - count // 2, len(values) - count))
    return tuple(values[first : first + count])


def _possible(model: type[Parameters], name: str, values: list[Any]) -> list[Any]:
    """The values that the model takes when nothing else is turned."""

    def taken(one: Any) -> bool:
        try:
            return model.of({name: one}).plain()[name] == one
        except ParameterError:
            return False

    return [one for one in values if taken(one)]


def _values(field: Any, default: Any) -> list[Any]:
    """The values that a parameter may be turned to, the default among them."""
    kind = field.annotation
    if kind is bool:
        return [False, True]
    if get_origin(kind) is Literal:
        return list(get_args(kind))
    if get_origin(kind) in (list, tuple):
        inner = next((get_args(one) for one in get_args(kind) if get_origin(one) is Literal), ())
        names = [str(one) for one in inner] or names_known(field)
        return [default, *([name] for name in names if [name] != default)]
    if kind is str and (known := names_known(field)):
        return known
    if kind in (int, float):
        return _around(kind, default, *_bounds(field))
    return [default]


def _bounds(field: Any) -> tuple[float | None, float | None]:
    span = span_of(field)
    marks: Mapping[str, Any] = {
        name: getattr(mark, name)
        for mark in (*field.metadata, *((span,) if span else ()))
        for name in ("ge", "gt", "le", "lt")
        if getattr(mark, name, None) is not None
    }
    return marks.get("ge", marks.get("gt")), marks.get("le", marks.get("lt"))


def _around(kind: type, default: float, low: float | None, high: float | None) -> list[Any]:
    """A number's default and what lies half-way to its bounds; where it stands at one of them, at a third
    and two thirds of the way to the other.
    """
    low = default - abs(default) / 2 if low is None else low
    high = default + abs(default) / 2 if high is None else high
    if default <= low or default >= high:
        steps = [_between(low, high, share) for share in (1 / 3, 2 / 3)]
    else:
        steps = [_between(low, default, 1 / 2), _between(default, high, 1 / 2)]
    rounded = {default, *(_rounded(kind, step, high - low) for step in steps)}
    return sorted(rounded)


def _between(low: float, high: float, share: float) -> float:
    if low > 0 and high / low >= WIDE:
        return low * (high / low) ** share
    return low + (high - low) * share


def _rounded(kind: type, number: float, extent: float) -> Any:
    """A number that a hand would set: of two digits of the range that it lies in."""
    if kind is int and extent < WIDE:
        return round(number)
    digits = 1 - math.floor(math.log10(min(abs(number), extent) or extent or 1))
    made = round(number, digits)
    return round(made) if kind is int else float(made)
