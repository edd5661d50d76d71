"""A drawing that is what it was is not made anew: its files are kept, with a digest of what they hang on.

The digest is of the figure itself, as pickle sees it (every artist with its data, place and words), of the
settings it is drawn with, the fonts, our code that draws and the versions of what else does. A figure that
holds a function or class of which none of these tells what it does is made every time.
"""

import copyreg
import functools
import hashlib
import io
import json
import pickle
import sys
import zipfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacesec.errors import SpacesecError
from spacesec.machine import files

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PARTS = ("png", "inline", "svg")
LIBRARY = Path(__file__).parents[1]
DRAW = ("matplotlib", "numpy", "pandas", "pillow", "deflate")  # versions that a drawing hangs on
OURS = ("spacesec.drawing", "spacesec.methods")
# Modules of which the digest tells what their functions and classes do, by a version or by our code.
TOLD = ("matplotlib", "mpl_toolkits", "numpy", "pandas", "PIL", "cycler", "dateutil", *OURS)


def made(
    figure: "Figure", metadata: dict[str, str], place: Path | None, make: Callable[[], tuple[bytes, ...]]
) -> tuple[bytes, ...]:
    """The contents of `PARTS` that ``make()`` gives, or those kept at ``place`` where they are of this very
    drawing; without a place, made anew. What is made is kept there, if it can be.
    """
    if place is None or (drawing := digest(figure, metadata)) is None:
        return make()
    if (held := _held(place, drawing)) is None:
        held = make()
        try:
            files.write_bytes(place, _packed(drawing, held))
        except SpacesecError:  # only the next run's time hangs on it
            pass
    return held


def digest(figure: "Figure", metadata: dict[str, str]) -> str | None:
    """SHA-256 of all that a figure's files hang on; None where that cannot be told."""
    from matplotlib import rcParams

    seen = hashlib.sha256(_surroundings().encode())
    settings = {name: str(value) for name, value in rcParams.items()}
    seen.update(json.dumps([settings, metadata], sort_keys=True).encode())
    written = io.BytesIO()
    try:
        _Figures(written, protocol=5).dump(figure)
    except (pickle.PicklingError, TypeError, AttributeError, RecursionError):
        return None
    seen.update(written.getbuffer())
    return seen.hexdigest()


class _Figures(pickle.Pickler):
    """Figures as bytes that are never read again, equal for equal drawings in whatever process."""

    def reducer_override(self, found: Any) -> Any:
        from matplotlib.transforms import TransformNode

        if isinstance(found, TransformNode):
            state = found.__getstate__()
            del state["_parents"]  # by their addresses; each names this one as its child
            return copyreg.__newobj__, (type(found),), state
        if isinstance(found, type) or callable(found) and hasattr(found, "__module__"):
            module = found.__module__ or "builtins"
            own = module.partition(".")[0] in sys.stdlib_module_names
            if not own and not f"{module}.".startswith(tuple(f"{told}." for told in TOLD)):
                raise pickle.PicklingError  # nothing tells what it does
        return NotImplemented


@functools.cache
def _surroundings() -> str:
    """What every drawing of this process hangs on."""
    seen = [sys.version, *(f"{name} {version(name)}" for name in DRAW)]
    used = [f"{package.split('.')[1]}/**/*.py" for package in OURS] + ["assets/fonts/**/*.ttf"]
    for path in sorted(path for pattern in used for path in LIBRARY.glob(pattern)):
        seen += [path.name, hashlib.sha256(path.read_bytes()).hexdigest()]
    return "\n".join(seen)


def _packed(drawing: str, contents: tuple[bytes, ...]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:  # not compressed, but with a checksum of each
        archive.comment = drawing.encode()
        for part, content in zip(PARTS, contents, strict=True):
            archive.writestr(part, content)
    return packed.getvalue()


def _held(place: Path, drawing: str) -> tuple[bytes, ...] | None:
    try:
        with zipfile.ZipFile(place) as archive:
            if archive.comment == drawing.encode():
                return tuple(archive.read(part) for part in PARTS)
    except (OSError, KeyError, zipfile.BadZipFile):  # none, half of one, or another's
        pass
    return None
