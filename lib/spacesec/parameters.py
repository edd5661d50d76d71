"""Typed parameters: one model a question serves the notebook, the command line, the panel and the
documentation.
"""

import ast
import difflib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from spacesec.errors import DataError, ParameterError, did_you_mean

# Parameters of the run, not of the question: they stand in no model.
RUN_PARAMETERS = ("output_dir", "output_language", "as_known_on")


# What a parameter that follows a table may be given as, in place of a year or a day.
FIRST, LATEST = "first", "latest"


def value(
    default: Any,
    help: str,
    unit: str = "",
    known: Callable[[], Iterable[str]] | None = None,
    between: Callable[[], tuple[Any, Any]] | None = None,
    latest: Callable[[], Any] | None = None,
    **bounds: Any,
) -> Any:
    """A parameter's default, one-line help, unit and bounds (``ge``, ``gt``, ``le``, ``lt``, ``min_length``,
    ``max_length``, ``multiple_of``).

    known: for a text, or a list of texts, the names it may hold, called when somebody is to choose among
    them; the model itself refuses others. between: for a year or a day, the first and the last that a table
    knows (`spacesec.data.extent`), called when they are needed. ``"first"`` and ``"latest"`` then stand for
    them, as the default or as given; latest: what ``"latest"`` stands for where that is not the last of all,
    such as the last whole year.
    """
    field = Field(
        default, description=help, json_schema_extra={"unit": unit}, validate_default=True, **bounds
    )
    field.metadata += [Known(known)] if known else []
    field.metadata += [Span(between, latest)] if between else []
    return field


@dataclass(frozen=True)
class Span:
    """Mark of a parameter whose bounds stand in a table; ``ge`` and ``le`` are read there, as late
    as can be.
    """

    ends: Callable[[], tuple[Any, Any]]
    newest: Callable[[], Any] | None = None

    @property
    def ge(self) -> Any:
        return self.ends()[0]

    @property
    def le(self) -> Any:
        return self.ends()[1]

    def resolved(self, given: Any) -> Any:
        """The year or day that ``first`` or ``latest`` stands for; anything else as it is."""
        if given == FIRST:
            return self.ge
        if given == LATEST:
            return self.newest() if self.newest else self.le
        return given


def span_of(field: Any) -> Span | None:
    """The mark of a parameter (an entry of ``model_fields``) that follows a table; None for others."""
    return next((mark for mark in field.metadata if isinstance(mark, Span)), None)


@dataclass(frozen=True)
class Known:
    """Mark of a parameter whose possible names stand in a table."""

    names: Callable[[], Iterable[str]]


def names_known(field: Any) -> list[str]:
    """The names that a parameter (an entry of ``model_fields``) may hold; none where it does not say."""
    return next(
        (list(dict.fromkeys(map(str, mark.names()))) for mark in field.metadata if isinstance(mark, Known)),
        [],
    )


class Parameters(BaseModel):
    """Base of all questions' models: unknown names are refused, values are fixed once made."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    def __init__(self, /, **values: Any):
        try:
            super().__init__(**values)
        except ValidationError as error:
            first = error.errors()[0]
            if isinstance(
                cause := first.get("ctx", {}).get("error"), DataError
            ):  # a bound that stands in a table which cannot be read
                raise cause from None
            raise ParameterError(self._sentence(first)) from None

    @model_validator(mode="before")
    @classmethod
    def _follow_tables(cls, values: Any) -> Any:
        spans = {name: span for name, field in cls.model_fields.items() if (span := span_of(field))}
        given = {name: values.get(name, cls.model_fields[name].default) for name in spans}
        values = {**values, **{name: spans[name].resolved(one) for name, one in given.items()}}
        return {name: cls._fitting(name, one) for name, one in values.items()}

    @classmethod
    def _fitting(cls, name: str, given: Any) -> Any:
        try:
            return fitting(cls.model_fields[name].annotation, given) if name in cls.model_fields else given
        except TypeError:
            raise ValueError(cls._refusal(name, name, given)) from None

    @model_validator(mode="after")
    def _within_tables(self) -> "Parameters":
        for name, field in type(self).model_fields.items():
            if (span := span_of(field)) and not span.ge <= getattr(self, name) <= span.le:
                raise ValueError(self._refusal(name, name, getattr(self, name)))
        return self

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Parameters":
        """Make the model; raises ParameterError in one sentence for an unknown name, a wrong type or an
        impossible value.
        """
        return cls(**values)

    @classmethod
    def typed(cls, name: str, text: str) -> Any:
        """What a text typed for this parameter means: a text where the parameter takes one, whatever it looks
        like, else as `as_given` reads it.
        """
        read = as_given(text)
        kinds = _kinds(cls.model_fields[name].annotation) if name in cls.model_fields else set()
        return text if str in kinds and type(read) not in {str, *kinds} else read

    @classmethod
    def from_notebook(cls, namespace: Mapping[str, Any]) -> "Parameters":
        """Read the model's names from a notebook's namespace; names that papermill injected and the model
        lacks are refused.
        """
        if unknown := _injected(namespace) - set(cls.model_fields) - set(RUN_PARAMETERS):
            cls.of({unknown.pop(): None})
        return cls.of({name: namespace[name] for name in cls.model_fields if name in namespace})

    @classmethod
    def defaults(cls) -> dict[str, Any]:
        return cls.of({}).plain()

    def plain(self) -> dict[str, Any]:
        """Name -> value as JSON holds it."""
        return self.model_dump(mode="json")

    @classmethod
    def describe(cls) -> list[dict[str, Any]]:
        """One entry a parameter: name, default, type in words, what is allowed, unit, help."""
        schema, defaults = cls.model_json_schema()["properties"], cls.defaults()
        return [
            {
                "name": name,
                "default": defaults[name],
                "type": _type_in_words(field.annotation),
                "allowed": _allowed(schema[name] | _spanned(field)),
                "unit": schema[name].get("unit", ""),
                "help": field.description or "",
            }
            for name, field in cls.model_fields.items()
        ]

    @classmethod
    def _sentence(cls, error: dict) -> str:
        name = ".".join(str(part) for part in error["loc"]) or ""
        if error["type"] == "extra_forbidden":
            near = difflib.get_close_matches(name, cls.model_fields, n=1)
            known = ", ".join((*cls.model_fields, *RUN_PARAMETERS))
            hint = did_you_mean(near, f"the parameters are {known}.")
            return f"there is no parameter {name!r}; {hint}"
        if error["type"] == "value_error":
            return str(error["ctx"]["error"])
        if not name:
            return (
                "a parameter's name is not readable text; the parameters are"
                f" {', '.join((*cls.model_fields, *RUN_PARAMETERS))}."
            )
        return cls._refusal(name, str(error["loc"][0]), error["input"])

    @classmethod
    def _refusal(cls, name: str, top: str, given: Any) -> str:
        # Not by `describe`, which needs defaults that are possible: they may be what is refused.
        field, schema = cls.model_fields[top], cls.model_json_schema()["properties"][top]
        allowed = _allowed(schema | _spanned(field))
        wanted = ", ".join(filter(None, (_type_in_words(field.annotation), allowed)))
        shown, unit = _shown(given), schema.get("unit")
        if not unit:
            return f"{name} = {shown} is not possible: {top} takes {wanted}."
        return f"{name} = {shown} is not possible: {top} ({unit}) takes {wanted}."


def fitting(kind: Any, given: Any) -> Any:
    """A value as a parameter of this kind takes it, where what gave it had to guess its type: a whole number
    for a text is that text, JSON for a list or a mapping is that. Raises TypeError for what would only pass
    by its looks: true as a number, a number as a day.
    """
    kinds, inner = _kinds(kind), get_args(kind)
    if kinds & {list, tuple, set, frozenset, dict}:
        if isinstance(given, str) and given.strip()[:1] in ("[", "{"):
            given = as_given(given)
        if isinstance(given, (list, tuple)):
            return [fitting(inner[0], one) for one in given]
        if isinstance(given, Mapping) and dict in kinds:
            return {fitting(inner[0], key): fitting(inner[1], one) for key, one in given.items()}
        return given
    if isinstance(given, bool) and bool not in kinds:
        raise TypeError
    if isinstance(given, (int, float)) and not kinds & {int, float, bool}:
        if str in kinds and isinstance(given, int):
            return str(given)
        raise TypeError
    return given.strip() if isinstance(given, str) and get_origin(kind) is Literal else given


def _kinds(kind: Any) -> set[type]:
    """The types that values of an annotation have."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {type(one) for one in inner}
    if isinstance(origin, type) and not issubclass(origin, UnionType):
        return {origin}
    return set().union(*map(_kinds, inner)) if inner else {kind}


def as_given(text: str) -> Any:
    """A value typed on the command line: JSON where it reads as JSON (``2015``, ``null``, ``["a"]``),
    Python's words too, else the text.
    """
    words = {"True": True, "False": False, "None": None}
    if text in words:
        return words[text]
    try:
        return json.loads(text)
    except (
        ValueError,
        RecursionError,
    ):  # also more digits than Python reads, and brackets nested past what it follows
        return text


def as_typed(value: Any) -> str:
    """A value as JSON holds it, the way it is typed on the command line; `as_given` reads it back."""
    return (
        value
        if isinstance(value, str) and as_given(value) == value
        else json.dumps(value, ensure_ascii=False)
    )


def _injected(namespace: Mapping[str, Any]) -> set[str]:
    """Names assigned by papermill's injected cell, which starts with the comment ``# Parameters``."""
    cells = [cell for cell in namespace.get("In", []) if cell.startswith("# Parameters\n")]
    trees = [ast.parse(cell) for cell in cells]
    return {
        target.id
        for tree in trees
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _type_in_words(annotation: Any) -> str:
    words = {
        int: "a whole number",
        float: "a number",
        str: "a text",
        bool: "true or false",
        date: "a day such as 2026-11-22",
        dict: "a table",
        NoneType: "null",
    }
    origin, arguments = get_origin(annotation), get_args(annotation)
    if annotation in words:
        return words[annotation]
    if origin is Literal:
        return f"one of {', '.join(str(argument) for argument in arguments)}"
    if origin in (list, tuple, set, frozenset):
        inner = next((a for a in arguments if a is not Ellipsis), str)
        named = {str: "a list of texts", int: "a list of whole numbers", float: "a list of numbers"}
        if inner in named:
            return named[inner]
        return f"a list of {_type_in_words(inner).removeprefix('a ').removeprefix('one of ')}" + (
            "" if get_origin(inner) is Literal else "s"
        )
    if origin is dict:
        return f"a mapping from {_type_in_words(arguments[0])} to {_type_in_words(arguments[1])}"
    if arguments and arguments[-1] is NoneType:
        return f"{' or '.join(map(_type_in_words, arguments[:-1]))} or null"
    if arguments:
        return " or ".join(_type_in_words(argument) for argument in arguments)
    return getattr(annotation, "__name__", str(annotation))


def _spanned(field: Any) -> dict[str, Any]:
    span = span_of(field)
    return {"minimum": span.ge, "maximum": span.le} if span else {}


def _allowed(schema: dict) -> str:
    options = [schema, *schema.get("anyOf", [])]
    found = {key: option[key] for option in options for key in option}
    low, high = found.get("minimum"), found.get("maximum")
    parts = []
    if low is not None and high is not None:
        parts.append(f"from {_bound(low)} to {_bound(high)}")
    elif low is not None:
        parts.append(f"at least {_bound(low)}")
    elif high is not None:
        parts.append(f"at most {_bound(high)}")
    bounds = {key: _bound(bound) for key, bound in found.items()}
    words = {
        "exclusiveMinimum": f"above {bounds.get('exclusiveMinimum')}",
        "exclusiveMaximum": f"below {bounds.get('exclusiveMaximum')}",
        "multipleOf": f"a multiple of {bounds.get('multipleOf')}",
        "minItems": f"at least {bounds.get('minItems')} of them",
        "maxItems": f"at most {bounds.get('maxItems')} of them",
        "minProperties": f"at least {bounds.get('minProperties')} of them",
    }
    return ", ".join(parts + [text for key, text in words.items() if key in found])


def _bound(bound: Any) -> str:
    return f"{bound:g}" if isinstance(bound, float) else str(bound)


def _shown(given: Any) -> str:
    try:
        text = json.dumps(given, ensure_ascii=False, default=str)
    except (TypeError, ValueError, RecursionError):  # a key that is no text, a number of too many digits
        text = f"this {type(given).__name__}"
    return text if len(text) <= 60 else text[:57] + "…"
