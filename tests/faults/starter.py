"""Commands begun by a process that has imported other people's libraries already: real processes with real
signals, limits and folders, without the second that each would spend on imports. None of the collection's
own code is imported before a command begins.
"""

import contextlib
import ctypes
import importlib
import json
import os
import resource
import signal
import socket
import struct
import subprocess
import sys
import tempfile

PRELOAD = """PIL.Image citeproc frictionless jupyter_client.manager matplotlib.pyplot nbclient nbformat pandas
    papermill pybtex.database pydantic scipy.stats seaborn yaml""".split()
NUMBER = struct.Struct("q")  # how a process id and an exit status are told


def limit_files() -> None:
    """Every write past the first 4,000 bytes of a file fails."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))


def obey() -> None:
    """Root gives up the right to pass over permissions, here and in what it starts; others never had it."""
    if os.geteuid():
        return
    libc = ctypes.CDLL(None, use_errno=True)
    version = (ctypes.c_uint32 * 2)(0x20080522, 0)  # _LINUX_CAPABILITY_VERSION_3, this process
    held = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable: the first 32 of each, then the rest
    failed = libc.capget(version, held)
    held[:3] = [rights & ~0b110 for rights in held[:3]]  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
    failed |= libc.capset(version, held)
    for right in (1, 2):
        failed |= libc.prctl(24, right, 0, 0, 0)  # PR_CAPBSET_DROP
    if failed:
        raise OSError(ctypes.get_errno(), "no right to give up rights")


BEFORE = {function.__name__: function for function in (limit_files, obey)}


class Starter:
    """The process that begins commands; it ends with this one."""

    def __init__(self, preload: bool = True):
        self._socket, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, __file__, str(theirs.fileno()), *(PRELOAD if preload else ())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
            )

    def start(self, code: str, words: tuple[str, ...], environment: dict, folder, before="") -> "Started":
        """Run Python code with words as ``python -c`` would, in a session of its own."""
        started = Started()
        request = {
            "code": code,
            "words": ["-c", *words],
            "environment": environment,
            "folder": str(folder),
            "before": before,
        }
        with tempfile.TemporaryFile() as file:
            file.write(json.dumps(request).encode())
            file.flush()
            ours, theirs = socket.socketpair()
            with theirs:
                handed = (file, theirs, started.output, started.errors)
                socket.send_fds(self._socket, [b"1"], [one.fileno() for one in handed])
        started.begin(ours)
        return started

    def close(self) -> None:
        self._socket.close()
        self._process.wait()


class Started:
    """One command, with as much of ``subprocess.Popen`` as these tests need."""

    def __init__(self):
        self.output, self.errors = tempfile.TemporaryFile(), tempfile.TemporaryFile()
        self.returncode: int | None = None

    def begin(self, connection: socket.socket) -> None:
        self._connection, self.pid = connection, _number(connection)

    def wait(self, timeout: float | None) -> int:
        """Its exit status as ``subprocess`` tells it; raises OSError before its end."""
        if self.returncode is None:
            self._connection.settimeout(timeout)
            self.returncode = _number(self._connection)
            self._connection.close()
        return self.returncode

    def poll(self) -> int | None:
        with contextlib.suppress(BlockingIOError):
            self.wait(0)
        return self.returncode

    def ready(self) -> bool:
        """Whether it has written anything yet."""
        return os.fstat(self.output.fileno()).st_size > 0

    def communicate(self, timeout: float) -> tuple[str, str]:
        self.wait(timeout)
        with self.output, self.errors:
            return tuple(os.pread(one.fileno(), 1 << 20, 0).decode() for one in (self.output, self.errors))

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)


def _number(connection: socket.socket) -> int:
    return NUMBER.unpack(connection.recv(NUMBER.size, socket.MSG_WAITALL))[0]


def serve(requests: socket.socket) -> str:
    """Begin a command for each request; returns in a command's own process only, with its code."""
    while True:
        message, handed, *_ = socket.recv_fds(requests, 1, 4)
        if not message:
            os._exit(0)
        if not os.fork():
            requests.close()
            return _begun(*handed)
        for descriptor in handed:
            os.close(descriptor)


def _begun(request: int, connection: int, output: int, errors: int) -> str:
    """In a process that begins one command, tells its end and ends with it."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    if pid := os.fork():
        os.write(connection, NUMBER.pack(pid))
        os.write(connection, NUMBER.pack(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])))
        os._exit(0)
    os.setsid()
    given = json.loads(os.pread(request, os.fstat(request).st_size, 0))
    os.dup2(output, 1)
    os.dup2(errors, 2)
    for descriptor in (request, connection, output, errors):
        os.close(descriptor)
    os.environ.clear()
    os.environ.update(given["environment"])
    os.chdir(given["folder"])
    sys.argv = given["words"]
    sys.path[:] = [given["folder"], *os.environ.get("PYTHONPATH", "").split(os.pathsep), *sys.path]
    if given["before"]:
        BEFORE[given["before"]]()
    return given["code"]


if __name__ == "__main__":
    sys.path[:] = [place for place in sys.path if place != os.path.dirname(os.path.abspath(__file__))]
    for name in sys.argv[2:]:
        importlib.import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those who tell of an end
    command = serve(socket.socket(fileno=int(sys.argv[1])))
    del __file__  # as where ``python -c`` begins it
    exec(command, {"__name__": "__main__"})
