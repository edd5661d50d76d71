"""One widget for each parameter of a question, made from its typed model."""

import html
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from types import NoneType
from typing import Any, Literal, get_args, get_origin

import ipywidgets as widgets
import traitlets

from spacesec.parameters import Parameters, as_given, as_typed, names_known

FULL = widgets.Layout(width="auto", margin="0")
# A range of more orders of magnitude than these is turned by its logarithm, and one of more steps is typed.
WIDE_RATIO, MOST_STEPS = 1e4, 20_000
FINE_STEPS = 200  # a slider has at least so many, where its numbers are not whole
FINER = 2  # digits by which a step is made smaller to meet the value that the control is made with
FIELD_LIMIT = 2**53  # the largest whole number that a browser holds exactly


class Ticks(widgets.Box):
    """Several choices of a few, each a box to tick; ``value`` holds those ticked, in the order of the
    options.
    """

    value = traitlets.Tuple()

    def __init__(self, options: tuple, value: tuple, tooltip: str, **keywords: Any):
        self._boxes = {
            option: widgets.Checkbox(
                option in value, description=str(option), indent=False, layout=FULL, tooltip=tooltip
            )
            for option in options
        }
        super().__init__(list(self._boxes.values()), value=tuple(value), **keywords)
        self.add_class("spacesec-ticks")
        for box in self._boxes.values():
            box.observe(self._ticked, "value")

    def _ticked(self, _: Any) -> None:
        self.value = tuple(option for option, box in self._boxes.items() if box.value)

    @traitlets.observe("value")
    def _shown(self, change: Any) -> None:
        for option, box in self._boxes.items():
            box.unobserve(self._ticked, "value")
            box.value = option in change["new"]
            box.observe(self._ticked, "value")


@dataclass
class Control:
    """A parameter's widget; ``shown`` turns a value as JSON holds it into the widget's, ``given`` the
    widget's into what the model is asked.

    A slider moves its value to the nearest step as soon as a browser shows it: as long as it stands there,
    the value is still the one that was ``put``.
    """

    name: str
    widget: widgets.Widget
    put: Any
    shown: Callable[[Any], Any]
    given: Callable[[Any], Any]
    near: Callable[[Any, Any], bool]

    @property
    def value(self) -> Any:
        given = self.given(self.widget.value)
        return self.put if self.near(given, self.put) else given

    @value.setter
    def value(self, value: Any) -> None:
        self.put = value
        self.widget.value = self.shown(value)


def controls(model: type[Parameters], values: dict[str, Any]) -> list[Control]:
    """The controls of all parameters, in the model's order, set to these values (as JSON holds them)."""
    return [
        _control(entry, model.model_fields[entry["name"]], values[entry["name"]])
        for entry in model.describe()
    ]


def labelled(control: Control, entry: dict[str, Any]) -> widgets.Widget:
    """The control under its name and unit, above its help; ``entry`` is the model's description of the
    parameter.
    """
    name, unit, words = (html.escape(entry[key]) for key in ("name", "unit", "help"))
    takes = html.escape(", ".join(filter(None, (entry["type"], entry["allowed"]))))
    head = widgets.HTML(f'<span class="name">{name}</span> <span class="unit">{unit}</span>', layout=FULL)
    foot = widgets.HTML(f'<span class="help" title="takes {takes}">{words}</span>', layout=FULL)
    box = widgets.VBox([head, control.widget, foot], layout=widgets.Layout(margin="0", overflow="visible"))
    box.add_class("spacesec-parameter")
    return box


def _control(entry: dict[str, Any], field: Any, value: Any) -> Control:
    common = {"layout": FULL, "tooltip": f"{entry['name']}: {entry['help']}"}
    kind, options, known = field.annotation, _options(field.annotation), names_known(field)
    low, high = _bound(field, "ge", "gt"), _bound(field, "le", "lt")
    shown = given = _same
    near: Callable[[Any, Any], bool] = _never
    if kind is bool:
        widget = widgets.Checkbox(value, indent=False, description="yes", **common)
    elif kind in (int, float):
        widget, given, near = _number(kind, value, low, high, common)
    elif kind is date:
        widget, shown = widgets.DatePicker(value=date.fromisoformat(value), **common), date.fromisoformat
    elif options and get_origin(kind) is Literal:
        widget = widgets.Dropdown(options=options, value=value, **common)
    elif options:
        first = [
            option for option in entry["default"] if option in options
        ]  # the order of the default, which a choice of all of them keeps
        ordered = (*first, *(option for option in options if option not in first))
        widget, shown, given = Ticks(ordered, tuple(value), **common), tuple, list
    elif kind == list[str]:
        widget = widgets.TagsInput(
            value=value, allowed_tags=known, allow_duplicates=False, placeholder="add …", **common
        )
        shown = given = list
    elif kind == list[int]:
        widget, shown, given = (
            widgets.IntsInput(value=value, allow_duplicates=False, format="d", **common),
            list,
            list,
        )
    elif known:
        widget = widgets.Dropdown(options=known, value=value, **common)
    else:
        shown, given = _typed, _read
        widget = widgets.Text(
            shown(value),
            continuous_update=False,
            placeholder="not set" if NoneType in get_args(kind) else "",
            **common,
        )
    widget.add_class(f"spacesec-parameter-{entry['name']}")
    return Control(entry["name"], widget, value, shown, given, near)


def _number(
    kind: type, value: Any, low: float | None, high: float | None, common: dict[str, Any]
) -> tuple[widgets.ValueWidget, Callable, Callable]:
    """A slider or a field, what a number of it means, and whether it still stands where a value was put."""
    bounded = low is not None and high is not None
    if kind is float and bounded and low > 0 and high / low >= WIDE_RATIO:
        widget = widgets.FloatLogSlider(
            value=value, min=math.log10(low), max=math.log10(high), step=0.05, readout_format=".3g", **common
        )
        return (
            widget,
            lambda one: float(f"{one:.3g}"),
            lambda one, put: put > 0 and abs(math.log10(one / put)) <= widget.step / 2,
        )
    digits = _digits(value - low, high - low, kind) if bounded else 0
    step = 10.0**-digits
    if bounded and (high - low) / step <= MOST_STEPS:
        if kind is float:
            widget = widgets.FloatSlider(
                value=value, min=low, max=high, step=step, readout_format=f".{max(0, digits)}f", **common
            )
            return widget, lambda one: round(one, max(0, digits)), lambda one, put: abs(one - put) <= step / 2
        widget = widgets.IntSlider(
            value=value, min=low, max=high, step=round(step), readout_format="d", **common
        )
        return widget, _same, lambda one, put: abs(one - put) <= step / 2
    field = widgets.BoundedIntText if kind is int else widgets.BoundedFloatText
    return (
        field(
            value=value,
            min=-FIELD_LIMIT if low is None else low,
            max=FIELD_LIMIT if high is None else high,
            **common,
        ),
        _same,
        _never,
    )


def _digits(distance: float, extent: float, kind: type) -> int:
    """Decimals of a slider's step (below zero: tens, hundreds): coarse enough for a hand, and such that the
    value lies on a step where that can be.
    """
    coarse = -math.floor(math.log10(extent / FINE_STEPS))
    finest = 0 if kind is int else coarse + FINER
    coarse = min(coarse, finest)
    fitting = (
        digits
        for digits in range(coarse, finest + 1)
        if math.isclose(distance * 10.0**digits, round(distance * 10.0**digits), rel_tol=1e-9, abs_tol=1e-9)
    )
    return next(fitting, coarse)


def _bound(field: Any, *names: str) -> Any:
    return next(
        (
            getattr(mark, name)
            for mark in field.metadata
            for name in names
            if getattr(mark, name, None) is not None
        ),
        None,
    )


def _options(annotation: Any) -> tuple:
    """The choices of a Literal, or of a list or tuple of them; none for any other type."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return (
        next((_options(inner) for inner in get_args(annotation) if get_origin(inner) is Literal), ())
        if get_origin(annotation) in (list, tuple)
        else ()
    )


def _typed(value: Any) -> str:
    return "" if value is None else as_typed(value)


def _read(text: str) -> Any:
    return as_given(text) if text.strip() else None


def _same(value: Any) -> Any:
    return value


def _never(value: Any, put: Any) -> bool:
    return False
