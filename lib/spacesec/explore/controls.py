"""One widget for each parameter of a question, made from its typed model."""

import html
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args, get_origin

import ipywidgets as widgets

from spacesec.parameters import Parameters, as_given, as_typed

FULL = widgets.Layout(width="auto", margin="0")
# A range of more orders of magnitude than these is turned by its logarithm, and one of more whole numbers is typed.
WIDE_RATIO, MOST_STEPS = 1e4, 1_000_000
FIELD_LIMIT = 2**53  # the largest whole number that a browser holds exactly


@dataclass(frozen=True)
class Control:
    """A parameter's widget; ``shown`` turns a value as JSON holds it into the widget's, ``given`` the widget's into what the model is asked."""

    name: str
    widget: widgets.ValueWidget
    shown: Callable[[Any], Any]
    given: Callable[[Any], Any]

    @property
    def value(self) -> Any:
        return self.given(self.widget.value)

    @value.setter
    def value(self, value: Any) -> None:
        self.widget.value = self.shown(value)


def controls(model: type[Parameters], values: dict[str, Any]) -> list[Control]:
    """The controls of all parameters, in the model's order, set to these values (as JSON holds them)."""
    return [_control(entry, model.model_fields[entry["name"]], values[entry["name"]]) for entry in model.describe()]


def labelled(control: Control, entry: dict[str, Any]) -> widgets.Widget:
    """The control under its name and unit, above its help; ``entry`` is the model's description of the parameter."""
    name, unit, words = (html.escape(entry[key]) for key in ("name", "unit", "help"))
    takes = html.escape(", ".join(filter(None, (entry["type"], entry["allowed"]))))
    head = widgets.HTML(f'<span class="name">{name}</span> <span class="unit">{unit}</span>', layout=FULL)
    foot = widgets.HTML(f'<span class="help" title="takes {takes}">{words}</span>', layout=FULL)
    box = widgets.VBox([head, control.widget, foot], layout=widgets.Layout(margin="0", overflow="visible"))
    box.add_class("spacesec-parameter")
    return box


def _control(entry: dict[str, Any], field: Any, value: Any) -> Control:
    common = {"layout": FULL, "tooltip": f"{entry['name']}: {entry['help']}"}
    kind, options = field.annotation, _options(field.annotation)
    low, high = _bound(field, "ge", "gt"), _bound(field, "le", "lt")
    shown = given = _same
    if kind is bool:
        widget = widgets.Checkbox(value, indent=False, description="yes", **common)
    elif kind in (int, float):
        widget = _number(kind, value, low, high, common)
    elif kind is date:
        widget, shown = widgets.DatePicker(value=date.fromisoformat(value), **common), date.fromisoformat
    elif options and get_origin(kind) is Literal:
        widget = widgets.Dropdown(options=options, value=value, **common)
    elif options:
        first = [option for option in entry["default"] if option in options]  # the order of the default, which a choice of all of them keeps
        ordered = (*first, *(option for option in options if option not in first))
        widget = widgets.SelectMultiple(options=ordered, value=tuple(value), rows=min(6, len(ordered)), **common)
        shown, given = tuple, list
    else:
        widget, shown, given = widgets.Text(as_typed(value), continuous_update=False, **common), as_typed, as_given
    widget.add_class(f"spacesec-parameter-{entry['name']}")
    return Control(entry["name"], widget, shown, given)


def _number(kind: type, value: Any, low: float | None, high: float | None, common: dict[str, Any]) -> widgets.ValueWidget:
    bounded = low is not None and high is not None
    if kind is float and bounded and low > 0 and high / low >= WIDE_RATIO:
        return widgets.FloatLogSlider(value=value, min=math.log10(low), max=math.log10(high), step=0.05, readout_format=".3g", **common)
    if bounded and high - low <= MOST_STEPS:
        decimals = -math.floor(math.log10((high - low) / 200))
        step = 10.0 ** -decimals
        if kind is float:
            return widgets.FloatSlider(value=value, min=low, max=high, step=step, readout_format=f".{max(0, decimals)}f", **common)
        return widgets.IntSlider(value=value, min=low, max=high, step=max(1, round(step)), readout_format="d", **common)
    field = widgets.BoundedIntText if kind is int else widgets.BoundedFloatText
    return field(value=value, min=-FIELD_LIMIT if low is None else low, max=FIELD_LIMIT if high is None else high, **common)


def _bound(field: Any, *names: str) -> Any:
    return next((getattr(mark, name) for mark in field.metadata for name in names if getattr(mark, name, None) is not None), None)


def _options(annotation: Any) -> tuple:
    """The choices of a Literal, or of a list or tuple of them; none for any other type."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return next((_options(inner) for inner in get_args(annotation) if get_origin(inner) is Literal), ()) if get_origin(annotation) in (list, tuple) else ()


def _same(value: Any) -> Any:
    return value
