"""How the collection talks to its kernels."""

from jupyter_client.manager import AsyncKernelManager


class LocalKernelManager(AsyncKernelManager):
    """Kernels over sockets in the file system: two runs at once cannot collide on a port, and nothing listens on the network."""

    transport = "ipc"
