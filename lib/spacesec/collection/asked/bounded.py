"""A computation in a process of its own, ended when it takes too long."""

import os
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from spacesec.errors import RunError, SpacesecError
from spacesec.machine import arithmetic

SECONDS = 60.0
LONGEST = "SPACESEC_ASKED_SECONDS"  # another bound, from the environment


def within(work: Callable[..., Any], *arguments: Any) -> Any:
    """``work(*arguments)``; raises what it refuses, and RunError where it takes longer than the bound."""
    seconds = float(os.environ.get(LONGEST) or SECONDS)
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_carry_out, args=(there, work, arguments), daemon=True)
    process.start()
    there.close()
    try:
        if not here.poll(seconds):
            raise RunError(
                f"it takes longer than {seconds:g} seconds here; run it with `spacesec run`, or ask for less"
            )
        kind, content = here.recv()
    except EOFError:
        raise RunError("the computation ended by itself; run it with `spacesec run` to see why") from None
    finally:
        process.kill()
        process.join()
        here.close()
    if kind == "refused":
        raise content
    return content


def _carry_out(connection: Connection, work: Callable[..., Any], arguments: tuple) -> None:
    arithmetic.fix()
    try:
        connection.send(("result", work(*arguments)))
    except SpacesecError as error:
        connection.send(("refused", error))
    except Exception as error:  # a fault of the collection, told where it was asked
        connection.send(("refused", RunError(f"{type(error).__name__}: {' '.join(str(error).split())}")))
