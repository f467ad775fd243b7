"""Run MiniStack so that it ends when it is terminated, even with open connections.

Run by the cloud's own Python. MiniStack writes its state after its web server has closed, and since Python 3.12 a
closing server waits for its connections. A console that is open in a browser has one, the WebSocket of its live
updates. MiniStack would be killed in the end, and lose its data.
"""

import asyncio
import runpy
from typing import Any

_close = asyncio.Server.close


def _close_with_clients(server: Any) -> None:
    """Stop listening, and close open connections once their pending data is sent."""
    _close(server)
    server.close_clients()


if __name__ == "__main__":
    asyncio.Server.close = _close_with_clients  # type: ignore[assignment, method-assign]
    runpy.run_module("ministack", run_name="__main__", alter_sys=True)
