"""How the collection talks to its kernels."""

from jupyter_client.manager import AsyncKernelManager
from traitlets import default


class LocalKernelManager(AsyncKernelManager):
    """Kernels over sockets in a folder that the run provides: two runs at once cannot collide, and nothing listens on the network.

    Left to itself the manager names its sockets after the working folder, the same for every kernel there.
    """

    transport = "ipc"
    folder = "."

    @default("ip")
    def _socket_path(self) -> str:
        return f"{self.folder}/kernel"
