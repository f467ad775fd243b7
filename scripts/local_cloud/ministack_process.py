"""MiniStack as the embedded cloud runs it: asked to end, it ends, whoever is still connected.

Run by the cloud's own Python. MiniStack writes its state once its web server has closed, and from Python 3.12 on a
server that closes waits for its connections. A console left open in a browser holds one, the WebSocket of its live
updates, for as long as it likes: MiniStack would be killed in the end, and what it holds lost.
"""

import asyncio
import runpy
from typing import Any
from unittest.mock import patch

_close = asyncio.Server.close


def _close_with_clients(server: Any) -> None:
    """Stop listening, and end the connections that stand, after what is still to be sent on them."""
    _close(server)
    server.close_clients()


if __name__ == "__main__":
    with patch.object(asyncio.Server, "close", _close_with_clients):
        runpy.run_module("ministack", run_name="__main__", alter_sys=True)
