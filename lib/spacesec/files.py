"""Files that appear whole or not at all."""

import ctypes
import errno
import os
import shutil
import tempfile
from pathlib import Path

from spacesec.errors import RunError


def write_text(path: Path, text: str) -> None:
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Replace a file in one step; nothing is touched when it holds these bytes already. Raises RunError in one sentence."""
    try:
        if path.is_file() and path.read_bytes() == content:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, 0o644)
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        raise RunError(f"{path.name} could not be written ({reason(error)}); nothing was changed") from None


def staging_folder(target: Path) -> Path:
    """A new hidden folder beside ``target`` to build its next contents in; leavings of dead runs are removed first."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for left in target.parent.glob(f".{target.name}.*.partial"):
            if not _alive(left.name.split(".")[-3]):
                shutil.rmtree(left, ignore_errors=True)
        return Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}.{os.getpid()}.", suffix=".partial"))
    except OSError as error:
        raise RunError(f"{target} cannot be written ({reason(error)}); choose another output_dir or make room") from None


def exchange(staged: Path, target: Path) -> None:
    """Put a finished folder in the place of ``target`` in one step, and remove what stood there.

    Linux swaps the two names atomically (renameat2); elsewhere two renames follow each other, and the first is undone if the second
    fails. ``staged`` must lie beside ``target``.
    """
    os.chmod(staged, 0o755)
    try:
        if not target.exists():
            os.rename(staged, target)
            return
        if not _swap(staged, target):
            aside = staged.with_suffix(".old")
            os.rename(target, aside)
            try:
                os.rename(staged, target)
            except OSError:
                os.rename(aside, target)
                raise
            staged = aside
    except OSError as error:
        raise RunError(f"{target.name} could not be replaced ({reason(error)}); what stood there is unchanged") from None
    shutil.rmtree(staged, ignore_errors=True)


def reason(error: OSError) -> str:
    return {errno.ENOSPC: "the disk is full", errno.EACCES: "no permission", errno.EPERM: "no permission",
            errno.EROFS: "the folder is read-only", errno.EDQUOT: "the quota is used up"}.get(error.errno, error.strerror or str(error))


def _swap(one: Path, other: Path) -> bool:
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    at_cwd, exchange_flag = -100, 2
    return rename(at_cwd, os.fsencode(one.absolute()), at_cwd, os.fsencode(other.absolute()), exchange_flag) == 0


def _alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError):
        return False
    except OSError:
        return True
    return True
