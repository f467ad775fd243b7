"""The addresses that servers listen on."""

from typing import TYPE_CHECKING

import psutil

from local_cloud.processes import ProcessId

if TYPE_CHECKING:
    from psutil._common import pconn


def expect_loopback(process: ProcessId) -> None:
    """Assert that a server listens, and that it and its child processes listen on loopback only."""
    server = psutil.Process(process.pid)
    addresses = {
        connection.laddr.ip.removeprefix("::ffff:")  # an IPv4 address in an IPv6 socket
        for each in (server, *server.children(recursive=True))
        for connection in _connections(each)
        if connection.status == psutil.CONN_LISTEN
    }
    assert addresses, f"{server.name()} doesn't listen"
    assert addresses <= {"127.0.0.1", "::1"}, f"{server.name()} listens on {addresses}"


def _connections(process: psutil.Process) -> "list[pconn]":
    try:
        return process.net_connections("tcp")
    except psutil.NoSuchProcess:  # a function's process that has ended in the meantime
        return []
