"""The zygote: imports the usual libraries once, then forks one real ipykernel for each request. Started by
``warm_kernels.served``, on Linux only.

Called with two descriptors: the socket to listen on and the zygote's end of the pair it shares with its
owner. It has one thread, always: nothing here may start a thread, an event loop or a zmq context before the
fork. One connection is one kernel: a JSON request with the kernel's stdin, stdout and stderr comes in; the
process id goes out, or the reason why not; later the exit status. When the connection closes or its other end
dies, the kernel's whole process group is killed.
"""

import builtins
import ctypes
import gc
import importlib
import json
import os
import selectors
import signal
import socket
import struct
import sys
import time
import types

# What ``WARM_KERNELS_PRELOAD`` names, else these. Third-party libraries only, never a project's own code.
# Nothing of matplotlib_inline: imported while there is no shell it would never hook into one,
# and inline figures would be missing without an error.
PRELOAD = os.environ.get(
    "WARM_KERNELS_PRELOAD",
    """ipykernel.kernelapp ipykernel.ipkernel IPython.core.pylabtools IPython.core.history
    IPython.core.completer sqlite3 resource psutil numpy numpy.random pandas pandas.io.formats.html
    pandas.io.formats.string pandas.io.formats.csvs matplotlib.pyplot matplotlib.style
    matplotlib.backends.backend_agg matplotlib.backends.backend_svg matplotlib.mathtext
    matplotlib.patheffects contourpy PIL.Image PIL.PngImagePlugin PIL.BmpImagePlugin PIL.GifImagePlugin
    PIL.JpegImagePlugin PIL.PpmImagePlugin pydantic.main pydantic.fields pydantic.json_schema
    scipy.optimize scipy.special scipy.stats citeproc""",
).split()
# Read when a library is imported: a kernel that needs other values than the zygote had cannot come from it.
READ_AT_IMPORT = (
    "PYTHON",
    "LC_",
    "LANG",
    "MPL",
    "MATPLOTLIB",
    "OMP_",
    "OPENBLAS_",
    "MKL_",
    "NUMEXPR_",
    "NPY_",
    "BLIS_",
    "VECLIB_",
    "JE_",
    "MALLOC",
    "LD_",
    "XDG_",
    "HOME",
    "VIRTUAL_ENV",
    "CONDA_PREFIX",
)
IDLE_SECONDS = float(os.environ.get("WARM_KERNELS_IDLE", "300"))
PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


def preload() -> None:
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")  # as ipykernel does
    builtins.get_ipython = lambda: types.SimpleNamespace(
        kernel=True
    )  # pandas, as it is imported, asks whether it shows tables in a notebook or a terminal
    for name in PRELOAD:
        try:
            importlib.import_module(name)
        except Exception:  # a library that is missing or broken is the notebook's affair
            continue
    del builtins.get_ipython
    for name in [name for name in sys.modules if name.partition(".")[0] == "matplotlib_inline"]:
        del sys.modules[name]


def unsafe() -> str | None:
    """Why a fork would not be safe now: threads that it would not take along, open files whose position the
    kernels would share.
    """
    if len(os.listdir("/proc/self/task")) > 1:
        return "a library started threads"
    for descriptor in os.listdir("/proc/self/fd"):
        try:
            target = os.readlink(f"/proc/self/fd/{descriptor}")
        except OSError:  # the listing's own
            continue
        if target.startswith("/") and not target.startswith(("/dev/", "/proc/")):
            return f"a library keeps {os.path.basename(target)} open"
    return None


def stamp(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


class Kernel:
    def __init__(self, pid: int, connection: socket.socket, client: int):
        self.pid, self.connection, self.client, self.end = pid, connection, client, os.pidfd_open(pid)

    def kill_group(self) -> None:
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


class Zygote:
    def __init__(self, listener: socket.socket, owner: socket.socket, environment: dict[str, str]):
        self.listener, self.owner, self.environment, self.kernels = listener, owner, environment, {}
        self.libc = ctypes.CDLL(None)
        files = {getattr(module, "__file__", None) for module in list(sys.modules.values())} - {None}
        self.stamps = {path: stamp(path) for path in files}
        self.selector = selectors.PollSelector()  # the one kind that has no descriptor for a fork to share
        self.selector.register(owner, selectors.EVENT_READ, (self.end, ()))
        self.selector.register(listener, selectors.EVENT_READ, (self.accept, ()))

    def serve(self) -> list[str]:
        """Serve until the owner ends; returns in a forked child only, with the kernel's command."""
        while True:
            events = self.selector.select(None if self.kernels else IDLE_SECONDS)
            if events:
                handle, arguments = events[-1][
                    0
                    # one at a time: it may close what the others are about; the newest first, new kernels
                    # last
                ].data
                if command := handle(*arguments):
                    return command
            elif not self.kernels:
                self.retire()
            if not self.kernels and self.listener is None:
                os._exit(0)

    def retire(self) -> None:
        """Take no more requests, let the owner know, and end with the last kernel."""
        self.drop(self.listener)
        self.listener = None
        self.owner.shutdown(socket.SHUT_WR)

    def end(self) -> None:
        for kernel in self.kernels.values():
            kernel.kill_group()
        for pid in self.kernels:
            os.waitpid(pid, 0)
        os._exit(0)

    def accept(self) -> list[str] | None:
        if any(stamp(path) != old for path, old in self.stamps.items()):
            return self.retire()  # who waits is served by the next zygote
        reason = unsafe()  # asked before the client's descriptors are here
        connection, _ = self.listener.accept()
        connection.settimeout(5)
        descriptors: list[int] = []
        try:
            body, descriptors, _, _ = socket.recv_fds(connection, 1 << 20, 3)
            client, user, _ = struct.unpack(
                "3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
            )
            if user != os.getuid():
                raise ValueError("another user's")
            request = json.loads(body)
            if reason := reason or self.mismatch(request):
                raise ValueError(reason)
            return self.fork(request, connection, os.pidfd_open(client), descriptors)
        except (OSError, ValueError) as error:
            self.tell(connection, error)
            connection.close()
        finally:
            for descriptor in descriptors:
                os.close(descriptor)

    def mismatch(self, request: dict) -> str | None:
        """Why this request needs a process of its own."""
        executable, *module = request["command"][:3]
        if module != ["-m", "ipykernel_launcher"] or executable != sys.executable:
            return "not a plain ipykernel of this Python"
        for name in {*self.environment, *request["env"]}:
            if name.startswith(READ_AT_IMPORT) and self.environment.get(name) != request["env"].get(name):
                return f"the variable {name} differs"
        return None

    def fork(
        self, request: dict, connection: socket.socket, client: int, descriptors: list[int]
    ) -> list[str] | None:
        zygote = os.getpid()
        try:
            pid = os.fork()
        except OSError:
            os.close(client)
            raise
        if pid == 0:
            try:
                self.leave(zygote, request, descriptors)
                connection.close()
                os.close(client)
            except BaseException:  # never back into the zygote's loop
                os._exit(1)
            return request["command"]
        os.setpgid(pid, pid)  # both sides, so that the group exists whoever is first
        kernel = self.kernels[pid] = Kernel(pid, connection, client)
        self.selector.register(kernel.end, selectors.EVENT_READ, (self.ended, (kernel,)))
        self.selector.register(client, selectors.EVENT_READ, (self.left, (kernel,)))
        self.selector.register(connection, selectors.EVENT_READ, (self.left, (kernel,)))
        self.tell(connection, pid)
        return None

    def leave(self, zygote: int, request: dict, descriptors: list[int]) -> None:
        """In the child: keep nothing of the zygote, become what was asked for."""
        os.setpgid(0, 0)
        self.libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != zygote:
            os._exit(1)
        for number, descriptor in enumerate(descriptors):
            os.dup2(descriptor, number)
        for key in list(self.selector.get_map().values()):
            self.drop(key.fileobj)
        os.environ.clear()
        os.environ.update(request["env"])
        time.tzset()
        os.chdir(request["cwd"])

    def ended(self, kernel: Kernel) -> None:
        """The kernel ended: end what it had started, tell the client, and reap it when the client has closed
        the connection.
        """
        self.drop(kernel.end)
        kernel.end = None
        kernel.kill_group()
        found = os.waitid(os.P_PID, kernel.pid, os.WEXITED | os.WNOWAIT)
        self.tell(kernel.connection, found.si_status if found.si_code == os.CLD_EXITED else -found.si_status)

    def left(self, kernel: Kernel) -> None:
        kernel.kill_group()
        os.waitpid(kernel.pid, 0)
        for end in (kernel.end, kernel.client, kernel.connection):
            if end is not None:
                self.drop(end)
        del self.kernels[kernel.pid]

    def tell(self, connection: socket.socket, what: object) -> None:
        try:
            connection.send(str(what).encode()[:200])
        except OSError:  # the client is gone; its end of the connection says so
            pass

    def drop(self, end: int | socket.socket) -> None:
        self.selector.unregister(end)
        os.close(end) if isinstance(end, int) else end.close()


def main() -> None:
    listener, owner = (socket.socket(fileno=int(number)) for number in sys.argv[1:])
    environment = dict(os.environ)
    if not sys.flags.safe_path:
        del sys.path[0]  # this folder; a kernel's own sys.path begins without one, too
    preload()
    gc.collect()
    gc.freeze()
    zygote = Zygote(listener, owner, environment)
    owner.send(b"+")
    become_kernel(zygote.serve())


def become_kernel(command: list[str]) -> None:
    import ipykernel_launcher
    from ipykernel.kernelapp import IPKernelApp

    if "numpy.random" in sys.modules:
        sys.modules[
            "numpy.random"
        ].seed()  # else every kernel would draw the same; Python's own generator reseeds itself after a fork
    sys.argv = [ipykernel_launcher.__file__, *command[3:]]
    IPKernelApp.launch_instance(parent_handle=os.getppid())


if __name__ == "__main__":
    main()
