"""Warm kernels: real ipykernels forked from a process in which the usual libraries are already imported.

A short notebook spends most of its time starting a kernel and importing. Here a *zygote* imports once; the
kernel provisioner ``warm`` asks it for a fork in place of a new process. papermill, nbclient, nbval and
JupyterLab start their kernels through jupyter_client and need no change:

    with warm_kernels.served():            # in Python: for this process and all that it starts
        papermill.execute_notebook(...)
    python -m warm_kernels COMMAND ...     # for one command

Where a fork is not possible or not safe an ordinary kernel starts, and one line says why;
``WARM_KERNELS_STRICT=1`` makes that an error.
"""

import contextlib
import os
import select
import socket
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator

SOCKET, STRICT = "WARM_KERNELS", "WARM_KERNELS_STRICT"
# A fork takes only the calling thread along, so libraries that start threads when imported must not. Kernels
# get the same values, warm or not.
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}
_ZYGOTE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "zygote.py")
_TRIES = 2  # zygotes that end before they are ready, one after another, until no more are started
_said = threading.Lock()  # taken once, never released: one line a process


class NoWarmKernel(RuntimeError):
    """A warm kernel could not be had, and strict mode forbids an ordinary one."""


def fall_back(reason: object) -> None:
    """Say once a process that kernels are ordinary ones, and why; raises NoWarmKernel in strict mode."""
    if os.environ.get(STRICT):
        raise NoWarmKernel(f"no warm kernel ({reason}), and {STRICT} is set")
    if _said.acquire(blocking=False):
        print(f"warm kernels: ordinary kernels instead ({reason})", file=sys.stderr, flush=True)


@contextlib.contextmanager
def served(eager: bool = True) -> Iterator[None]:
    """Kernels that this process and its descendants start inside are warm ones; nothing is left when it ends.

    ``eager``: import the libraries at once and not when the first kernel is asked for. Inside another
    ``served`` this one does nothing.
    """
    if SOCKET in os.environ:
        yield
        return
    if not sys.platform.startswith("linux"):
        fall_back("they need Linux")
        yield
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        name = f"warm-{uuid.uuid4()}"
        listener.bind(f"\0{name}")  # a name without a file: nothing to clear away, whoever is killed
        listener.listen(64)
        mine = {**ONE_THREAD, SOCKET: name, "JUPYTER_DEFAULT_PROVISIONER_NAME": "warm"}
        before = {name: os.environ.get(name) for name in mine}
        os.environ.update(mine)
        stop, stopped = socket.socketpair()
        keeper = threading.Thread(
            target=_keep_a_zygote, args=(listener, stopped, eager, dict(os.environ)), daemon=True
        )
        keeper.start()
        try:
            yield
        finally:
            stop.close()
            keeper.join()
            for name, value in before.items():
                os.environ.pop(name, None) if value is None else os.environ.update({name: value})


def _keep_a_zygote(
    listener: socket.socket, stopped: socket.socket, eager: bool, environment: dict[str, str]
) -> None:
    """Start a zygote whenever a kernel is asked for and none listens: the first, or one in place of a killed,
    idle or outdated one.

    The listening socket stays here, so that nobody who asks meanwhile is turned away. Each zygote holds one
    end of a pair: what it closes says that it takes no more requests; what closes here, by our end too, ends
    it and its kernels.
    """
    zygotes, failures = [], 0
    with stopped:
        while failures < _TRIES and (eager or stopped not in select.select([listener, stopped], [], [])[0]):
            eager = False
            ours, theirs = socket.socketpair()
            with theirs:
                command = [sys.executable, _ZYGOTE, str(listener.fileno()), str(theirs.fileno())]
                zygotes.append(
                    (
                        ours,
                        subprocess.Popen(
                            command,
                            env=environment,
                            pass_fds=[listener.fileno(), theirs.fileno()],
                            start_new_session=True,
                            stdin=subprocess.DEVNULL,
                            stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL,
                        ),
                    )
                )
            failures += 1
            while stopped not in (heard := select.select([ours, stopped], [], [])[0]) and _received(ours):
                failures = 0  # it is ready
            if stopped in heard:
                break
        listener.close()  # from here on connecting is refused, and who waits is told
    for ours, _ in zygotes:
        ours.close()
    for _, zygote in zygotes:
        try:
            zygote.wait(10)
        except subprocess.TimeoutExpired:
            zygote.kill()
            zygote.wait()


def _received(end: socket.socket) -> bytes:
    try:
        return end.recv(1)
    except OSError:
        return b""
