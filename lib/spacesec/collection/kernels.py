"""Which kernels the collection's notebooks run in, and how it talks to them."""

import contextlib
import os
import signal
import sys
import tempfile
import uuid
import weakref
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from traitlets import default

from spacesec.collection import usage
from spacesec.machine import arithmetic, files

KINDS = ("warm", "ordinary")
LONGEST_SOCKET = 107  # bytes of a socket's path (unix(7)), of which the names in a run's folder take 60
SHORT = "/tmp"  # where sockets lie when the machine's folder for what is temporary has a long name
_PROVISIONER = "JUPYTER_DEFAULT_PROVISIONER_NAME"


@contextlib.contextmanager
def served(kind: str = "warm", eager: bool = True) -> Iterator[None]:
    """Notebooks that this process and its descendants run inside have kernels of this kind.

    Ordinary kernels are jupyter_client's own and the reference. Another kind is an entry point of the group
    ``spacesec.kernels``; where it is not installed, kernels are ordinary and one line says so. ``eager``: the
    first kernel will be asked for soon.
    """
    arithmetic.fix()
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # else a kernel's debugger warns of frozen modules
    if kind != "ordinary":
        try:
            found = next(iter(entry_points(group="spacesec.kernels", name=kind))).load()
        except (StopIteration, ImportError):
            usage.tell(f"ordinary kernels instead ({kind} ones are not installed)", sys.stderr)
        else:
            with found(eager=eager):
                yield
            return
    before = os.environ.get(_PROVISIONER)
    os.environ[_PROVISIONER] = "local-provisioner"
    try:
        yield
    finally:
        os.environ.pop(_PROVISIONER) if before is None else os.environ.update({_PROVISIONER: before})


class LocalKernelManager(AsyncKernelManager):
    """Kernels of this Python, whatever kernels the reader has, without the reader's own IPython settings;
    over sockets in a folder of the run: two runs at once cannot collide, and nothing listens on the network.
    """

    transport = "ipc"
    folder: str
    living: "weakref.WeakSet[LocalKernelManager]"
    stopped: bool
    environment: dict[str, str]

    @default("ip")
    def _socket_path(self) -> str:
        return f"{self.folder}/{uuid.uuid4().hex[:12]}"

    @default("connection_file")
    def _swept_with_the_run(self) -> str:
        return f"{self.folder}/{uuid.uuid4().hex[:12]}.json"

    @default("kernel_spec_manager")
    def _own_python(self) -> KernelSpecManager:
        return KernelSpecManager(kernel_dirs=[])

    async def start_kernel(self, **keywords) -> None:
        if not self.stopped:
            self.living.add(self)
            await super().start_kernel(
                **{**keywords, "env": {**(keywords.get("env") or os.environ), **self.environment}}
            )
        if self.stopped:  # perhaps while it started
            self.kill_group()
            raise RuntimeError("the run was stopped")

    def kill_group(self) -> None:
        """Kill the kernel, if there is one, with all that it started."""
        if self.has_kernel:
            with contextlib.suppress(OSError):
                os.killpg(self.provisioner.pid, signal.SIGKILL)

    @classmethod
    def stop(cls) -> None:
        """Kill the run's kernels, and start no more."""
        cls.stopped = True
        for manager in list(cls.living):
            manager.kill_group()


@contextlib.contextmanager
def managers() -> Iterator[type[LocalKernelManager]]:
    """The managers of one run's kernels, none of which outlives it."""
    usual = tempfile.gettempdir()
    short = len(os.fsencode(usual)) < LONGEST_SOCKET - 60 or not os.path.isdir(SHORT)
    with files.staged(Path(usual if short else SHORT, "spacesec")) as folder:
        own = {"IPYTHONDIR": str(folder / "ipython")}
        kind = type(
            "RunKernelManager",
            (LocalKernelManager,),
            {"folder": str(folder), "living": weakref.WeakSet(), "stopped": False, "environment": own},
        )
        try:
            yield kind
        finally:
            kind.stop()
