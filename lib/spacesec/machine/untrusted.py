"""What comes from outside the program: JSON, its shape, the names of files in it. Raised is ValueError, in a
few words; callers name the file and the mend.
"""

import ast
import json
import math
import os
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

LONGEST_NAME, LONGEST_PATH = 255, 1000  # bytes that every common file system takes


def parse(content: bytes) -> Any:
    """JSON as the standard has it, in UTF-8; raises ValueError in a few words for anything else.

    Refused besides bad syntax: NaN and Infinity, numbers that no float holds, halves of surrogate pairs,
    nesting past what Python follows.
    """
    try:
        found = json.loads(content.decode("utf-8"), parse_constant=_no_number, parse_float=_finite)
        if b"\\u" in content:
            json.dumps(found, ensure_ascii=False).encode("utf-8")
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except UnicodeError:
        raise ValueError("it is not UTF-8 text") from None
    return found


def shaped(found: Any, shape: Any, place: str = "") -> Any:
    """What was found, when it has this shape; raises ValueError in a few words that name the place.

    A shape is a type (``float`` takes whole numbers too, nothing but ``bool`` takes true and false), a tuple
    of shapes of which one fits, ``[shape]`` for a list, ``{"name": shape}`` for the entries that a mapping
    must have (``"name?"`` may be missing; further ones stay), ``{shape: shape}`` for a mapping with any
    names, or a function that raises ValueError.
    """
    if isinstance(shape, list):
        _typed(found, list, place)
        for number, item in enumerate(found):
            shaped(item, shape[0], f"{place}.{number}")
    elif isinstance(shape, dict):
        _mapped(found, shape, place)
    elif isinstance(shape, tuple):
        for inner in shape[:-1]:
            try:
                return shaped(found, inner, place)
            except ValueError:
                continue
        shaped(found, shape[-1], place)
    elif isinstance(shape, type):
        _typed(found, shape, place)
    else:
        try:
            shape(found)
        except ValueError as error:
            raise ValueError(f"{place.lstrip('.')}: {error}") from None
    return found


def _mapped(found: Any, shape: dict, place: str) -> None:
    _typed(found, dict, place)
    for name, inner in shape.items():
        if not isinstance(name, str):
            for key, item in found.items():
                shaped(key, name, f"{place}.{key}")
                shaped(item, inner, f"{place}.{key}")
        elif (key := name.removesuffix("?")) in found:
            shaped(found[key], inner, f"{place}.{key}")
        elif key == name:
            raise ValueError(f"{place.lstrip('.') or 'the whole'} lacks {name}")


def relative(name: Any) -> str:
    """The name of a file below a folder, as it is; raises ValueError for one that could lead out of the
    folder or that no system takes.
    """
    parts = PurePosixPath(name).parts if isinstance(name, str) else ()
    if (
        not parts
        or name.startswith("/")
        or ".." in parts
        or "\\" in name
        or ":" in name
        or not name.isprintable()
        or len(name.encode()) > LONGEST_PATH
        or max(len(part.encode()) for part in parts) > LONGEST_NAME
    ):
        raise ValueError("it is not the name of a file below this folder")
    return name


def below(folder: Path, name: str) -> Path:
    """The path of a file named from outside; raises ValueError when it lies outside the folder, also by a
    link on the way.
    """
    path = folder / relative(name)
    if not os.path.realpath(path).startswith(os.path.join(os.path.realpath(folder), "")):
        raise ValueError(f"{name} leads out of the folder by a link")
    return path


# What stands for a plain value in Python's source, a fraction of two included.
_PLAIN = (
    *(ast.Constant, ast.List, ast.Tuple, ast.Dict, ast.Load),
    *(ast.UnaryOp, ast.USub, ast.UAdd, ast.BinOp, ast.Div),
)


def assignments(source: str) -> dict[str, Any]:
    """The plain values that a few lines of Python give to names, without running them; raises ValueError for
    other code.
    """
    found = {}
    try:
        for line in ast.parse(source).body:
            if not (
                isinstance(line, ast.Assign)
                and isinstance(line.targets[0], ast.Name)
                and all(isinstance(part, _PLAIN) for part in ast.walk(line.value))
            ):
                raise ValueError(f"line {line.lineno} gives no plain value to a name")
            value = eval(compile(ast.Expression(line.value), "a cell", "eval"), {"__builtins__": {}})
            found[line.targets[0].id] = value
    except (SyntaxError, ArithmeticError, TypeError, RecursionError, MemoryError) as error:
        raise ValueError(f"it is not Python ({type(error).__name__})") from None
    return found


def exactly(value: Any) -> Callable[[Any], None]:
    """The shape of one value."""

    def check(found: Any) -> None:
        if found != value or type(found) is not type(value):
            raise ValueError(f"it is not {value!r}")

    return check


def _typed(found: Any, kind: type, place: str) -> None:
    if type(found) is kind or kind is object or (kind is float and type(found) is int):
        return
    words = {
        dict: "a mapping",
        list: "a list",
        str: "a text",
        int: "a whole number",
        float: "a number",
        bool: "true or false",
        type(None): "null",
    }
    raise ValueError(f"{place.lstrip('.') or 'the whole'} is not {words.get(kind, kind.__name__)}")


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is not JSON")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"the number {text[:12]} is too large")
    return value
