"""Valid parameters drawn by lot, for any question: what sentences, figures and checks have to bear besides
the defaults.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Literal, get_args, get_origin

from spacesec.errors import SpacesecError
from spacesec.parameters import Parameters, names_known

TRIES = 200  # draws for one point, until the model takes one
MOST_CHANGED = 4  # parameters that differ from the defaults in one point
# Longest runs: a draw may not ask for more of these than this share of the way from the default to the bound.
CALM = {"draws": 0.0, "days": 0.3, "satellites": 0.4, "step_seconds": 0.0, "bootstrap": 0.0}


def points(model: type[Parameters], count: int, seed: int) -> Iterator[dict[str, Any]]:
    """That many sets of parameters that the model takes, no two alike, the same for the same seed."""
    lot = random.Random(f"{model.__module__} {seed}")
    seen: set[str] = set()
    # Files of a reader's own are nobody's to draw.
    fields = [name for name in model.model_fields if not name.endswith(("_file", "_dir"))]
    for _ in range(count):
        for _ in range(TRIES):
            names = lot.sample(fields, lot.randint(1, min(MOST_CHANGED, len(fields))))
            given = {name: _drawn(lot, name, model.model_fields[name]) for name in names}
            try:
                key = str(model.of(given).plain())
            except SpacesecError:
                continue
            if key not in seen:
                seen.add(key)
                yield given
                break


def _drawn(lot: random.Random, name: str, field: Any) -> Any:
    kind = field.annotation
    if optional := [inner for inner in get_args(kind) if inner is type(None)]:
        inner = next(one for one in get_args(kind) if one is not type(None))
        return None if lot.random() < 0.3 and optional else _of_kind(lot, name, field, inner)
    return _of_kind(lot, name, field, kind)


def _of_kind(lot: random.Random, name: str, field: Any, kind: Any) -> Any:
    if kind is bool:
        return lot.random() < 0.5
    if get_origin(kind) is Literal:
        return lot.choice(get_args(kind))
    if kind in (int, float):
        return _number(lot, name, field, kind)
    if kind is date:
        low, high = _bound(field, "ge"), _bound(field, "le")
        low, high = low or date(2012, 1, 1), high or date(2026, 11, 1)
        return (low + timedelta(days=lot.randint(0, max(0, (high - low).days)))).isoformat()
    if get_origin(kind) in (list, tuple, set, frozenset):
        inner = get_args(kind)[0]
        names = list(get_args(inner)) if get_origin(inner) is Literal else names_known(field)
        if names:
            return lot.sample(names, lot.randint(1, len(names)))
    if known := names_known(field):
        return lot.choice(known)
    return field.get_default(call_default_factory=True)


def _number(lot: random.Random, name: str, field: Any, kind: type) -> Any:
    low = next((b for b in (_bound(field, "ge"), _bound(field, "gt")) if b is not None), None)
    high = next((b for b in (_bound(field, "le"), _bound(field, "lt")) if b is not None), None)
    default = field.default if isinstance(field.default, (int, float)) else high
    if low is None or high is None:
        low, high = (default or 1) * 0.5 if low is None else low, (default or 1) * 2 if high is None else high
    if name in CALM and isinstance(default, (int, float)):
        high = default + CALM[name] * (high - default)
    if lot.random() < 0.25:  # the ends themselves, where guards fail first
        found = lot.choice((low, high))
    else:
        found = lot.uniform(low, high)
    return round(found) if kind is int else float(f"{found:.3g}")


def _bound(field: Any, name: str) -> Any:
    return next(
        (getattr(mark, name) for mark in field.metadata if getattr(mark, name, None) is not None), None
    )
