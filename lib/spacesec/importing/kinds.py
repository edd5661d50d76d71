"""The kinds of files that are read: one entry each."""

from collections.abc import Callable
from dataclasses import dataclass

from spacesec.errors import ParameterError
from spacesec.importing import gcat, orbits, positions, ucs
from spacesec.importing.found import Found


@dataclass(frozen=True)
class Kind:
    """A kind of file: ``read(path, **options)``, what it takes in a few words, the tables that its rows may
    go into (the first unless another is named) and the columns that tell whether a row stands there already.
    """

    read: Callable[..., Found]
    takes: str
    tables: tuple[str, ...] = ()
    key: tuple[str, ...] = ()


KINDS = {
    "orbits": Kind(
        orbits.read,
        "element sets: TLE, 3LE, OMM as CSV, JSON, XML, KVN",
        ("space_systems/elements",),
        ("norad_id", "epoch_utc"),
    ),
    "gcat": Kind(gcat.read, "the General Catalog of Artificial Space Objects: tsv files"),
    "positions": Kind(positions.read, "navigation satellites: RINEX 3 and 4, SP3, YUMA almanacs"),
    "ucs": Kind(ucs.read, "the UCS Satellite Database as CSV or text"),
}


def kind(name: str) -> Kind:
    """The kind of this name; raises ParameterError for another."""
    if name not in KINDS:
        raise ParameterError(f"there is no kind of file {name!r}; the kinds are {', '.join(KINDS)}.")
    return KINDS[name]
