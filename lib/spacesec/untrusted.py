"""What comes from outside the program: JSON, its shape, the names of files in it."""

import json
import math
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Annotated, Any

if TYPE_CHECKING:
    from pydantic import TypeAdapter


def parse(content: bytes) -> Any:
    """JSON as the standard has it, in UTF-8; raises ValueError in a few words for anything else.

    Refused besides bad syntax: NaN and Infinity, numbers that no float holds, halves of surrogate pairs, nesting past what Python follows.
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


def shaped(found: Any, shape: "TypeAdapter") -> Any:
    """What was found, when it has this shape; raises ValueError in a few words that name the place. Entries that the shape does not name stay."""
    from pydantic import ValidationError

    try:
        shape.validate_python(found, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        raise ValueError(f"{'.'.join(map(str, first['loc'])) or 'the whole'}: {first['msg'].removeprefix('Value error, ')}") from None
    return found


def relative(name: str) -> str:
    """The name of a file below a folder, as it is; raises ValueError for one that could lead out of the folder or that no system takes."""
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or "\\" in name or ":" in name or not name.isprintable():
        raise ValueError("it is not the name of a file below this folder")
    return name


def path_below() -> Any:
    """The type of a text that `relative` takes, for shapes."""
    from pydantic import AfterValidator

    return Annotated[str, AfterValidator(relative)]


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is not JSON")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"the number {text[:12]} is too large")
    return value
