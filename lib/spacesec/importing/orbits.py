"""Element sets (skeleton)."""

from pathlib import Path

from spacesec.importing.found import Found, digest


def read(path: Path) -> Found:
    return Found([], ("norad_id", "epoch_utc"), path.name, digest(path))
