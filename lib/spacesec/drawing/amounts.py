"""Money in a figure as the language in force counts it.

English figures count in billions and millions; Japanese ones in 億 and 万 of yen or dollars, and from ten
thousand of these on in the next step (1兆10億). An axis says in its English name what it counts; numbers
beside marks are told by `short` when they are drawn. Both languages round alike: what English says is told.
"""

import re
from typing import TYPE_CHECKING

from spacesec.words import japanese, language

if TYPE_CHECKING:
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

# What an English axis counts -> the style of money (`japanese.money`) of its bare number.
SCALES = {"trillion": "兆", "billion": "十億", "million": "百万"}
CURRENCIES = {"yen": "円", "US dollars": "ドル", "dollars": "ドル", "USD": "ドル"}
UNIT = re.compile(rf"\b(?P<scale>{'|'.join(SCALES)}) (?P<currency>{'|'.join(CURRENCIES)})\b")
NUMBER = re.compile(r"[−-]?\d[\d,]*(?:\.\d+)?")


def style(words: str) -> str:
    """The style of the money that a name speaks of (``billion yen, nominal``), empty where of none."""
    found = UNIT.search(words)
    return f"{SCALES[found['scale']]}{CURRENCIES[found['currency']]}数" if found else ""


def short(numbers: str, unit: str = "billion yen") -> str:
    """The numbers of a label that counts money, as English has them, in the steps of the language in force:
    ``1,001.0`` of a billion yen is 1兆10億, ``13.5`` is 135 (億円).
    """
    if language.in_force() == language.ENGLISH:
        return numbers
    return NUMBER.sub(lambda match: format(japanese.Number(match.group()), style(unit)), numbers)


def counted(figure: "Figure") -> "dict[Axis, str]":
    """The axes that count money, each with its unit in English; of those that share their ticks one. An axis
    without a name counts what those beside it do that have one.
    """
    found: dict[Axis, str] = {}
    for which in ("xaxis", "yaxis"):
        axes = [getattr(one, which) for one in figure.axes]
        units = {axis: _unit(axis) for axis in axes if axis.get_label_text()}
        beside = units[next(iter(units))] if len(set(units.values())) == 1 else ""
        ticks = {id(axis.major): (axis, units.get(axis, beside)) for axis in reversed(axes)}
        found |= {axis: unit for axis, unit in ticks.values() if unit}
    return found


def _unit(axis: "Axis") -> str:
    found = UNIT.search(axis.get_label_text())
    return found.group() if found else ""
