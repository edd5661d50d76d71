"""What is wrong with one cell of a table, in words that name the value and the mend.

A spreadsheet rewrites what it takes for a date or a number (5-Nov-26, 46331, 1,234.5, TRUE); what it made is
not guessed back here but told, with the value that was probably meant.
"""

import difflib
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from spacesec.data.row_ids import slug

# Day 0 of a spreadsheet's dates (its day 60, 29 February 1900, never was), and the numbers that can be meant.
SPREADSHEET_ERA, SERIAL_DAYS = date(1899, 12, 30), range(10_000, 80_000)
SPREADSHEET_ERRORS = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|#+)|#+")
NOTHING = {"-", "–", "—", "n/a", "na", "nan", "none", "null", "nil", "...", "…"}
_SAID_DAYS = ("%d-%b-%y", "%d-%b-%Y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%d-%B-%Y")
_TRUTHS = {"true": "true", "yes": "true", "1": "true", "false": "false", "no": "false", "0": "false"}


def fault(field: dict[str, Any], text: str) -> str:
    """What is wrong with a cell's text as a value of this field (of a table's schema); empty where nothing
    is.
    """
    constraints = field.get("constraints", {})
    if not text:
        return "is empty, and every row needs it; write it" if constraints.get("required") else ""
    return _unclean(text, constraints) or _type_fault(field, text) or _bound_fault(field, text)


def allowed(field: dict[str, Any]) -> list[str]:
    """What the field takes, part by part, for somebody who is to fill it in."""
    constraints = field.get("constraints", {})
    kinds = {
        "integer": "a whole number",
        "number": "a number",
        "date": "a day such as 2026-11-22",
        "boolean": "true or false",
    }
    values = constraints.get("enum")
    parts = [f"one of {', '.join(map(str, values))}" if values else kinds.get(field["type"], "a text")]
    bounds = {
        "minimum": f"at least {constraints.get('minimum')}",
        "maximum": f"at most {constraints.get('maximum')}",
        "pattern": f"of the form {constraints.get('pattern')}",
    }
    parts += [words for name, words in bounds.items() if name in constraints]
    return parts if constraints.get("required") else [*parts, "or nothing"]


def _unclean(text: str, constraints: dict[str, Any]) -> str:
    """What no field takes: spaces around, line breaks, lost characters, a spreadsheet's errors."""
    stripped = text.strip().strip("\u200b\ufeff")
    if not stripped:
        return "holds spaces alone; leave it empty"
    if stripped != text:
        return f"{text!r} has a space before or after it; write {stripped}"
    if "\n" in text or "\r" in text:
        return f"{text!r} has a line break in it; write it in one line"
    if "\ufffd" in text:
        return f"{text!r} holds a character that was lost on the way; write it anew"
    if SPREADSHEET_ERRORS.fullmatch(text):
        return f"{text!r} is a spreadsheet's error, no value; mend the formula, or leave the cell empty"
    if text.lower() in NOTHING and "enum" not in constraints:
        return f"{text!r} says that there is nothing; leave the cell empty"
    return ""


def _type_fault(field: dict[str, Any], text: str) -> str:
    check: Callable[[str], str] = {
        "integer": _integer_fault,
        "number": _number_fault,
        "boolean": _boolean_fault,
        "date": _date_fault,
    }.get(field["type"], lambda text: "")
    return check(text)


def _integer_fault(text: str) -> str:
    if re.fullmatch(r"-?[0-9]+", text):
        return ""
    with suppress(ValueError, OverflowError):
        plain = float(text.replace(",", ""))
        if plain.is_integer():
            return f"{text!r} is not written as a whole number; write {int(plain)}"
    return f"{text!r} is no whole number; write digits alone"


def _number_fault(text: str) -> str:
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?", text):
        return ""
    plain = text.replace(",", "")
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+", text):
        if text.count(",") == 1:
            point = text.replace(",", ".")
            return f"{text!r} has a comma in it; write {plain}, or {point} where the comma is a decimal one"
        return f"{text!r} has a comma in it; write {plain}"
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+\.\d+", text):
        return f"{text!r} has a comma in it; write {plain}"
    if re.fullmatch(r"-?\d+,\d+", text):
        return f"{text!r} has a decimal comma; write {text.replace(',', '.')}"
    if re.fullmatch(r"-?[\d.]+ ?%", text):
        return (
            f"{text!r} is written with its unit; write {text.rstrip('% ')} where the column's unit is percent"
        )
    return f"{text!r} is no number; write digits, with a point before decimals and no unit"


def _boolean_fault(text: str) -> str:
    if text in ("true", "false"):
        return ""
    meant = _TRUTHS.get(text.lower())
    return f"{text!r} is neither true nor false; write {meant or 'true or false'}"


def _date_fault(text: str) -> str:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        with suppress(ValueError):
            date.fromisoformat(text)
            return ""
        return f"{text!r} is no day of the calendar; mend it"
    if re.fullmatch(r"\d{4}(-\d{2})?", text):
        return f"{text!r} is a period; write its first day, as in {(text + '-01-01')[:10]}, and its precision"
    days = sorted({day.isoformat() for day in _days_meant(text)})
    if not days:
        return f"{text!r} is no day; write it as in 2026-11-22"
    meant = days[0] if len(days) == 1 else f"{days[0]} or {days[1]}, whichever is meant"
    return f"{text!r} is not how a day is written here (did a spreadsheet?); write {meant}"


def _days_meant(text: str) -> list[date]:
    """The days that a text may mean, as people and spreadsheets write them."""
    parts = [int(part) for part in re.findall(r"\d+", text)]
    orders: list[tuple[int, ...]] = []
    if re.fullmatch(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?([ T]0?0:00(:00)?(\.0+)?)?", text):
        orders = [(0, 1, 2)]
    elif re.fullmatch(r"\d{8}", text):
        parts, orders = [int(text[:4]), int(text[4:6]), int(text[6:])], [(0, 1, 2)]
    elif re.fullmatch(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}", text):
        orders = [(2, 0, 1), (2, 1, 0)]
    elif re.fullmatch(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2}", text):
        parts, orders = [*parts[:2], 2000 + parts[2]], [(2, 0, 1), (2, 1, 0)]
    elif re.fullmatch(r"\d{5}(\.0)?", text) and int(text[:5]) in SERIAL_DAYS:
        return [SPREADSHEET_ERA + timedelta(days=int(text[:5]))]
    found = []
    for order in orders:
        with suppress(ValueError):
            found.append(date(*(parts[place] for place in order)))
    for form in _SAID_DAYS:
        with suppress(ValueError):
            found.append(datetime.strptime(text, form).date())
    return found


def _bound_fault(field: dict[str, Any], text: str) -> str:
    constraints, name = field.get("constraints", {}), field["name"]
    values = constraints.get("enum")
    if values and text not in map(str, values):
        near = difflib.get_close_matches(text.lower(), map(str, values), n=1, cutoff=0.5)
        mend = f"did you mean {near[0]}?" if near else f"write one of {', '.join(map(str, values))}"
        return f"{text!r} is none of its values; {mend}"
    if "pattern" in constraints and not re.fullmatch(constraints["pattern"], text):
        tries = (f"0{text}", text[:5], f"0{text}"[:5], slug(text))
        meant = next((one for one in tries if re.fullmatch(constraints["pattern"], one)), None)
        return f"{text!r} has not the form {constraints['pattern']}; write {meant or 'it in that form'}"
    for bound, beyond, word in (("minimum", -1, "is below"), ("maximum", 1, "is above")):
        if bound in constraints and beyond * (_rank(text) - _rank(str(constraints[bound]))) > 0:
            return (
                f"{text} {word} {constraints[bound]}, the bound of {name}; mend the value, or the bound in"
                " data/datapackage.json where it is right"
            )
    for bound, beyond, word in (("minLength", -1, "is shorter than"), ("maxLength", 1, "is longer than")):
        if bound in constraints and beyond * (len(text) - constraints[bound]) > 0:
            return f"{text!r} {word} {constraints[bound]} characters; mend it"
    return ""


def _rank(text: str) -> float:
    """A number or a day as a number, to compare."""
    try:
        return float(text)
    except ValueError:
        return float(date.fromisoformat(text).toordinal())
