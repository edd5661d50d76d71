"""A process of its own computes what the panel shows: the panel stays alive meanwhile, and a computation can
be thrown away.
"""

import gc
import importlib
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from spacesec.errors import SpacesecError
from spacesec.machine import arithmetic

# What starting the process anew costs, about: a computation that nobody waits for any more has this long to
# end before it is replaced.
PATIENCE_SECONDS = 2.0
TICK_SECONDS = 0.05
LONGEST_PAUSE_SECONDS = 0.4


@dataclass(frozen=True)
class Wanted:
    """The answer to these parameters (as JSON holds them), and one figure of it by its function's name."""

    parameters: dict[str, Any]
    figure: str


def compute(connection: Connection, name: str) -> None:
    """The process: for each `Wanted` it sends ``("result", content)`` or ``("refused", sentence)``;
    ``("ready", None)`` once before.

    content: parameters, name of the figure, answer, results as a record holds them, and the figure's png, alt
    and caption. The last answer is kept, so that another figure of it is only drawn.
    """
    from spacesec import answers
    from spacesec.drawing import figures

    module = importlib.import_module("spacesec." + name.replace("/", "."))
    drawings = {draw.__name__: draw for draw in module.FIGURES}
    answered = answer = None
    connection.send(("ready", None))
    while True:
        try:
            wanted = connection.recv()
        except EOFError:  # the panel is gone
            return
        try:
            if wanted.parameters != answered:
                answered = None
                answer = module.answer(module.Parameters.of(wanted.parameters))
                answered = wanted.parameters
            picture = drawings[wanted.figure](answer)
            connection.send(
                (
                    "result",
                    {
                        "parameters": wanted.parameters,
                        "figure": wanted.figure,
                        "answer": answer.text,
                        "alt": picture.alt,
                        "caption": picture.caption,
                        "png": figures.preview(picture),
                        "results": {
                            key: {
                                "value": answers.plain(result.value),
                                "unit": result.unit,
                                "meaning": result.meaning,
                            }
                            for key, result in answer.results.items()
                        },
                    },
                )
            )
            if (
                not gc.get_freeze_count()
            ):  # what is loaded by now stays: the collector need not go through all of it again and again
                gc.freeze()
        except SpacesecError as error:
            connection.send(("refused", str(error)))
        except (
            Exception
        ) as error:  # a fault of the collection: told where the reader looks, and the next order may do
            connection.send(("refused", f"{type(error).__name__}: {' '.join(str(error).split())}"))


class Computer:
    """Carries out one order at a time in a kept process; the newest order wins.

    ``tell(kind, content)`` gets what the process sends, ``("seconds", elapsed)`` while it computes and
    ``("refused", sentence)`` when it was stopped, from a thread of its own. An order that is no longer wanted
    may end within PATIENCE_SECONDS, else its process is replaced.
    """

    def __init__(self, name: str, tell: Callable[[str, Any], None]):
        self._name, self._tell = name, tell
        self._orders: queue.SimpleQueue[Wanted | str] = queue.SimpleQueue()
        self._process: Any = None
        threading.Thread(target=self._follow, daemon=True, name=f"explore {name}").start()

    def order(self, wanted: Wanted) -> None:
        self._orders.put(wanted)

    def cancel(self) -> None:
        """Throw away what is being computed."""
        self._orders.put("cancel")

    def close(self) -> None:
        """End the process and the thread."""
        self._orders.put("close")

    def _follow(self) -> None:
        self._start()
        order, pause = None, 0.0
        while order != "close":
            order = self._rested(order or self._orders.get(), pause)
            if isinstance(order, Wanted):
                started = time.monotonic()
                order = self._carry_out(order)
                pause = min(LONGEST_PAUSE_SECONDS, (time.monotonic() - started) / 10)
            elif order == "cancel":
                order = None
        self._kill()

    def _rested(self, order: Wanted | str, pause: float) -> Wanted | str:
        """The last of orders that follow each other fast: the slower the question, the longer the hand must
        have come to rest.
        """
        while True:
            try:
                newer = self._orders.get(timeout=pause)
            except queue.Empty:
                return order
            if newer == "cancel" and isinstance(order, Wanted):  # thrown away before it was begun
                self._cancelled(0.0)
            order = newer

    def _cancelled(self, seconds: float) -> None:
        self._tell("refused", f"Cancelled after {seconds:.0f} s.")

    def _carry_out(self, order: Wanted, again: bool = True) -> Wanted | str | None:
        """Have one order computed, once ``again`` where its process ends by itself; returns the newer one
        that came meanwhile, if one did.
        """
        newer, started = None, time.monotonic()
        self._tell("seconds", 0.0)
        try:
            self._connection.send(order)
            while True:
                if self._connection.poll(TICK_SECONDS):
                    kind, content = self._connection.recv()
                    self._tell(kind, content)
                    if kind in ("result", "refused"):
                        return newer
                    self._ready = True
                    started = time.monotonic() if kind == "ready" else started
                while not self._orders.empty():
                    newer = self._orders.get()
                spent = time.monotonic() - started
                if newer in ("cancel", "close") or (newer and self._ready and spent > PATIENCE_SECONDS):
                    self._start()
                    if newer == "cancel":
                        self._cancelled(spent)
                    return newer
                self._tell("seconds", spent)
        except (EOFError, OSError):
            self._start()
            if newer or again:
                return newer or self._carry_out(order, again=False)
            self._tell(
                "refused",
                "The process that computes ended by itself, twice (no memory left?); turn a parameter to try"
                " again.",
            )
            return None

    def _start(self) -> None:
        """Start a process, in place of the one that runs; it gets ready on its own."""
        self._kill()
        arithmetic.fix()  # the process has it from this one
        context = get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process, self._ready = (
            context.Process(target=compute, args=(theirs, self._name), daemon=True),
            False,
        )
        self._process.start()
        theirs.close()

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._connection.close()
