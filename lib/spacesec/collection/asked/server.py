"""The tools as a server of the Model Context Protocol, on standard input and output or over HTTP here."""

import functools
import json
import socket
import threading
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

from spacesec.collection.asked import tools
from spacesec.errors import RunError, SpacesecError
from spacesec.machine import files

LARGEST = 200_000  # characters of one answer
HERE = "127.0.0.1"
ONE_AT_A_TIME = threading.Lock()  # the server asks from many threads
INSTRUCTIONS = (
    "Sourced tables, analyses and claims on Japan's space security. Ask search or questions first. Give"
    " readers the as_of date, the grade and the source with each fact. Where a tool says that nothing is"
    " held, say so and do not guess."
)


def serve(port: int | None) -> None:
    """Serve until stopped: over HTTP on a port of this machine alone where one is given."""
    if port is None:
        made().run("stdio")
        return
    try:
        with socket.socket() as free:
            free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            free.bind((HERE, port))
    except (OSError, OverflowError) as error:
        why = files.reason(error) if isinstance(error, OSError) else "ports go from 0 to 65,535"
        raise RunError(f"port {port} cannot be used ({why}); choose another") from None
    made().run("streamable-http", host=HERE, port=port)


def made() -> Any:
    """The server with every tool, each marked as one that only reads."""
    from mcp.server import MCPServer
    from mcp.server.mcpserver.exceptions import ToolError
    from mcp.types import ToolAnnotations

    class Server(MCPServer):
        """Refuses a name that a tool does not take, which would else go without a word."""

        async def call_tool(self, name: str, arguments: dict[str, Any], context: Any = None) -> Any:
            try:
                tools.refuse_unknown(name, arguments)
            except SpacesecError as error:
                raise ToolError(str(error)) from None
            return await super().call_tool(name, arguments, context)

    server = Server(
        "spacesec",
        title="Japan Space Security Collection",
        version=version("spacesec"),
        instructions=INSTRUCTIONS,
        log_level="WARNING",
    )
    only_reads = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    for tool in tools.TOOLS:
        server.add_tool(_bounded(tool), annotations=only_reads)
    return server


def _bounded(tool: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """The tool with refusals told as the protocol wants them, and answers of a bounded size."""
    from mcp.server.mcpserver.exceptions import ToolError

    @functools.wraps(tool)
    def asked(*arguments: Any, **named: Any) -> dict[str, Any]:
        try:
            with ONE_AT_A_TIME:
                found = tool(*arguments, **named)
        except SpacesecError as error:
            raise ToolError(str(error)) from None
        size = len(json.dumps(found, ensure_ascii=False))
        if size > LARGEST:
            raise ToolError(f"the answer has {size:,} characters, more than {LARGEST:,}; ask for fewer rows.")
        return found

    return asked
