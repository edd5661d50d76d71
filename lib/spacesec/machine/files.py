"""Files that appear whole or not at all."""

import contextlib
import ctypes
import errno
import os
import re
import shutil
import stat
import tempfile
import uuid
from collections.abc import Callable, Container, Iterator
from pathlib import Path

from spacesec.errors import RunError
from spacesec.machine import paths

try:
    import fcntl
except ImportError:  # not a POSIX system: two runs at once are then kept apart by the single renames alone
    fcntl = None


def write_text(path: Path, text: str) -> None:
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Replace a file in one step; nothing is touched when it holds these bytes already. Raises RunError in
    one sentence.
    """
    with prepared(path, content) as put:
        put()


@contextlib.contextmanager
def prepared(path: Path, content: bytes) -> Iterator[Callable[[], None]]:
    """The file's next contents lie ready beside it; gives what puts them in its place in one step. Raises
    RunError in one sentence.
    """
    paths.refuse_held(path)
    try:
        if path.is_file() and path.read_bytes() == content:
            yield lambda: None
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        _refuse_protected(path)
        _sweep(path)
        name = path.parent / f".{path.name}.{os.getpid()}.{uuid.uuid4().hex[:8]}.partial"
        handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if path.exists():  # a new one is as the reader's own settings have it (umask)
                os.chmod(name, stat.S_IMODE(path.stat().st_mode))
            yield lambda: os.replace(name, path)
        finally:
            with contextlib.suppress(FileNotFoundError):  # it is in place
                os.unlink(name)
    except OSError as error:
        raise RunError(f"{path.name} could not be written ({reason(error)}); nothing was changed") from None


def staging_folder(target: Path) -> Path:
    """A new hidden folder beside ``target`` to build its next contents in; leavings of dead runs are removed
    first.
    """
    paths.refuse_held(target)
    try:
        target = target.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        _refuse_protected(target)
        _sweep(target)
        return Path(
            tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}.{os.getpid()}.", suffix=".partial")
        )
    except OSError as error:
        raise RunError(
            f"{target} cannot be written ({reason(error)}); choose another output_dir or make room"
        ) from None


@contextlib.contextmanager
def staged(target: Path) -> Iterator[Path]:
    """A staging folder for ``target``, gone at the end unless `exchange` put it in place."""
    folder = staging_folder(target)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def alone(target: Path) -> Iterator[None]:
    """Hold off every other process that puts something in the place of ``target``; the lock leaves no file
    and ends with the process. Windows opens no folder and has no such lock.
    """
    if fcntl is None:
        yield
        return
    try:
        folder = os.open(target.resolve().parent, os.O_RDONLY)
    except OSError as error:
        raise RunError(
            f"{target} cannot be written ({reason(error)}); choose another output_dir or make room"
        ) from None
    try:
        with contextlib.suppress(OSError):  # a file system without locks
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def keep_others(target: Path, staged: Path, own: Container[str]) -> None:
    """Put into ``staged`` all that ``target`` holds besides its ``own`` files and what is staged already,
    folders and links as they are.

    Files are linked, not copied: they take no room, and who has one open goes on writing to it. Raises
    OSError.
    """
    if target.is_dir():
        for path in target.iterdir():
            if path.name in own or (staged / path.name).exists():
                _refuse_protected(path)
        shutil.copytree(
            target,
            staged,
            symlinks=True,
            copy_function=_link,
            dirs_exist_ok=True,
            ignore=lambda folder, names: (
                [name for name in names if name in own or (staged / name).exists()]
                if Path(folder) == target
                else []
            ),
        )


def exchange(staged: Path, target: Path, then: Callable[[], None] = lambda: None) -> None:
    """Put a finished folder in the place of ``target`` in one step, ``then`` do what belongs to it, and
    remove what stood there.

    Linux swaps the two names atomically (renameat2); elsewhere two renames follow each other. When a step
    fails, those before it are undone. ``staged`` must lie beside ``target``, a link to a folder counting as
    that folder.
    """
    target = target.resolve()
    try:
        os.chmod(staged, stat.S_IMODE(target.stat().st_mode) if target.exists() else _usual(staged))
        old = _trade(staged, target)
        try:
            then()
        except OSError:
            old = os.rename(target, staged) if old is None else _trade(old, target)
            raise
        finally:
            if old is not None:
                shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise RunError(
            f"{target.name} could not be replaced ({reason(error)}); what stood there is unchanged"
        ) from None


def _usual(folder: Path) -> int:
    """The mode of a folder made here, as the reader's settings and the folder above have it."""
    probe = Path(tempfile.mkdtemp(dir=folder)) / "probe"
    probe.mkdir()
    mode = stat.S_IMODE(probe.stat().st_mode)
    probe.rmdir()
    probe.parent.rmdir()
    return mode


def _trade(staged: Path, target: Path) -> Path | None:
    """Where what stood at ``target`` is now; None when nothing did."""
    if not target.exists():
        os.rename(staged, target)
        return None
    if _swap(staged, target):
        return staged
    aside = staged.with_suffix(".old")
    os.rename(target, aside)
    try:
        os.rename(staged, target)
    except OSError:
        os.rename(aside, target)
        raise
    return aside


def reason(error: OSError) -> str:
    """Why, in a few words."""
    return {
        errno.ENOSPC: "the disk is full",
        errno.EACCES: "no permission",
        errno.EPERM: "no permission",
        errno.EROFS: "the folder is read-only",
        errno.EDQUOT: "the quota is used up",
        errno.EFBIG: "the limit on file size is reached",
    }.get(error.errno, error.strerror or str(error))


def _refuse_protected(path: Path) -> None:
    """Raises OSError for what its owner has made read-only: a rename would replace it all the same."""
    if path.exists() and not os.access(path, os.W_OK):
        frozen = hasattr(os, "statvfs") and os.statvfs(path).f_flag & os.ST_RDONLY
        raise OSError(errno.EROFS if frozen else errno.EACCES, f"{path.name} is read-only")


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:  # a file system without hard links
        shutil.copy2(source, target, follow_symlinks=False)


def _sweep(target: Path) -> None:
    """Remove what dead runs left beside ``target``; where one was stopped between two renames, what stood
    there comes back.
    """
    for left in target.parent.iterdir():
        match = re.fullmatch(rf"\.{re.escape(target.name)}\.(\d+)\.\w+\.(partial|old)", left.name)
        if match is None or _alive(match[1]):
            continue
        if match[2] == "old" and not target.exists():
            os.rename(left, target)
        elif left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                left.unlink()


def _swap(one: Path, other: Path) -> bool:
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    at_cwd, exchange_flag = -100, 2
    return (
        rename(at_cwd, os.fsencode(one.absolute()), at_cwd, os.fsencode(other.absolute()), exchange_flag) == 0
    )


def _alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True
