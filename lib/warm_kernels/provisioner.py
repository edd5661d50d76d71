"""The jupyter_client provisioner ``warm``: asks the zygote for a forked kernel, else starts an
ordinary one.
"""

import asyncio
import json
import os
import select
import signal
import socket
import subprocess
import uuid
from typing import Any

from jupyter_client.provisioning import LocalProvisioner
from jupyter_core.paths import jupyter_runtime_dir

from warm_kernels import SOCKET, fall_back

WAIT_SECONDS = 60  # for a zygote that is still importing
LONGEST_SOCKET = 107  # bytes of a socket's path (unix(7))


class WarmProvisioner(LocalProvisioner):
    """Everything but launch and sockets is LocalProvisioner's: it only needs an object that looks like
    subprocess.Popen.
    """

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Sockets in the file system in place of ports that nobody chose: two processes that look for free
        ports at once can find the same ones, and a kernel that then gets none neither answers nor ends.
        """
        manager = self.parent
        if manager is not None and manager.transport == "tcp" and not manager.shell_port:
            folder = jupyter_runtime_dir()
            path = os.path.join(folder, uuid.uuid4().hex[:16])
            if len(os.fsencode(path)) + len("-10") < LONGEST_SOCKET:
                os.makedirs(folder, mode=0o700, exist_ok=True)
                manager.transport, manager.ip = "ipc", path
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any):
        try:
            self.process = await asyncio.to_thread(_fork, cmd, kwargs)
        except (OSError, ValueError) as error:
            fall_back(error)
            return await super().launch_kernel(cmd, **kwargs)
        self.pid = self.pgid = self.process.pid
        self.cwd = kwargs.get("cwd") or os.getcwd()
        return self.connection_info


class WarmKernel:
    """A kernel that is the zygote's child, as subprocess.Popen would show it.

    The zygote reaps the kernel only after ``connection`` is closed: until then the process id cannot come to
    mean another process.
    """

    stdin = stdout = stderr = None

    def __init__(self, connection: socket.socket, pid: int):
        self.connection, self.pid, self.returncode = connection, pid, None

    def poll(self) -> int | None:
        if self.returncode is None and select.select([self.connection], [], [], 0)[0]:
            try:
                said = self.connection.recv(16)
            except OSError:
                said = b""
            if not said:  # the zygote was killed and the kernel with it; what the kernel had started was not
                self.send_signal(signal.SIGKILL)
            self.returncode = int(said or -signal.SIGKILL)
            self.connection.close()
        return self.returncode

    def wait(self) -> int | None:
        select.select(
            [] if self.connection.fileno() < 0 else [self.connection],
            [],
            [],
            None if self.returncode is None else 0,
        )
        return self.poll()

    def send_signal(self, number: int) -> None:
        if self.returncode is None:
            try:
                os.killpg(self.pid, number)
            except ProcessLookupError:
                pass

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


def _fork(cmd: list[str], kwargs: dict[str, Any]) -> WarmKernel:
    """Ask for a kernel; raises OSError or ValueError with the reason when there is none to be had."""
    if SOCKET not in os.environ:
        raise ValueError("no process serves them; see warm_kernels.served")
    request = json.dumps(
        {"command": cmd, "cwd": os.path.abspath(kwargs.get("cwd") or os.getcwd()), "env": kwargs["env"]}
    ).encode()
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        connection.settimeout(WAIT_SECONDS)
        connection.connect("\0" + os.environ[SOCKET])
        with open(os.devnull, "r+b") as null:
            output = [
                _descriptor(kwargs.get(name), own, null.fileno())
                for name, own in (("stdout", 1), ("stderr", 2))
            ]
            socket.send_fds(connection, [request], [null.fileno(), *output])
        said = connection.recv(200).decode()
        if not said.isdigit():
            raise ValueError(said or "the zygote ended")
        return WarmKernel(connection, int(said))
    except BaseException:
        connection.close()
        raise


def _descriptor(stream: Any, own: int, null: int) -> int:
    if stream is None:
        return own
    if stream == subprocess.DEVNULL:
        return null
    if stream == subprocess.PIPE:
        raise ValueError("pipes are not supported")
    return stream if isinstance(stream, int) else stream.fileno()
