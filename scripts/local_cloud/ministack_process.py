"""Run MiniStack so that it ends when it is terminated, even with open connections.

Run by the cloud's own Python. MiniStack writes its state after its web server has closed, and since Python 3.12 a
closing server waits for its connections. A console that is open in a browser has one, the WebSocket of its live
updates. Without this module, MiniStack would be killed, and lose its data.

It also corrects the refresh of managed login's tokens: MiniStack's token endpoint returns ID tokens without
`cognito:groups` for the refresh tokens that it has stored. For others, it does the same as `InitiateAuth`, as on AWS.
So it must not store any.
"""

import asyncio
import runpy
from typing import Any

_close = asyncio.Server.close


def _close_with_clients(server: Any) -> None:
    """Stop listening, and close open connections once their pending data is sent."""
    _close(server)
    server.close_clients()


class _Empty(dict[str, Any]):
    """A dictionary that stays empty."""

    def __setitem__(self, key: str, value: Any) -> None:
        """Ignore the item."""

    def update(self, *_: Any, **__: Any) -> None:
        """Ignore the items."""


if __name__ == "__main__":
    asyncio.Server.close = _close_with_clients  # type: ignore[assignment, method-assign]
    from ministack.services import cognito  # type: ignore[import-not-found]

    cognito._refresh_tokens = _Empty()
    runpy.run_module("ministack", run_name="__main__", alter_sys=True)
