"""Work in processes of their own, which end with the one that started them."""

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from multiprocessing import active_children, get_context, parent_process
from pathlib import Path
from typing import Any, TypeVar

from spacesec.machine import arithmetic, limits

Key = TypeVar("Key")


def each(
    work: Callable[..., Any], tasks: Mapping[Key, tuple], jobs: int, homes: Mapping[Key, Path] | None = None
) -> Iterator[tuple[Key, Any]]:
    """``work(*arguments)`` for every task, about ``jobs`` at a time; gives key and result as they come.

    homes: for each task the collection that it works on, where that is not this one; a process knows one
    collection only. Whoever stops listening ends the processes. Raises BrokenProcessPool where one was killed
    from outside.
    """
    limits.suffice(min(jobs, len(tasks)))
    belongs = {key: (homes or {}).get(key) for key in tasks}
    served = set(belongs.values())
    pools: dict[Path | None, ProcessPoolExecutor] = {}
    with contextlib.ExitStack() as stack:
        try:  # an interrupt may come before the first pool stands
            for home in served:
                pools[home] = stack.enter_context(
                    ProcessPoolExecutor(
                        max(1, min(jobs // len(served), sum(one == home for one in belongs.values()))),
                        get_context("spawn"),
                        _serve,
                        (home,),
                    )
                )
            with _deaf():
                waiting = {
                    pools[belongs[key]].submit(work, *arguments): key for key, arguments in tasks.items()
                }
            while waiting:
                for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                    yield waiting.pop(future), future.result()
        except BaseException:
            for pool in pools.values():
                pool.shutdown(wait=False, cancel_futures=True)
            for child in active_children():  # a task under way may take minutes more
                child.kill()
            raise


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """Processes started here hear no SIGINT or SIGTERM, which Ctrl-C sends to all of them: the driver hears
    it and ends them.
    """
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(home: Path | None) -> None:
    """What a process does first: it must not outlive a killed driver."""
    arithmetic.fix()
    if home is not None:
        os.environ["SPACESEC_HOME"] = str(home)
    driver = parent_process()
    threading.Thread(target=lambda: (driver.join(), os._exit(1)), daemon=True).start()
