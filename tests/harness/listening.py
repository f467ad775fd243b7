"""The addresses that servers listen on."""

import psutil

from local_cloud.processes import ProcessId


def expect_loopback(process: ProcessId) -> None:
    """Assert that a server listens, and that it and its child processes listen on loopback only."""
    server = psutil.Process(process.pid)
    addresses = {
        connection.laddr.ip.removeprefix("::ffff:")  # an IPv4 address in an IPv6 socket
        for each in (server, *server.children(recursive=True))
        for connection in each.net_connections("tcp")
        if connection.status == psutil.CONN_LISTEN
    }
    assert addresses, f"{server.name()} doesn't listen"
    assert addresses <= {"127.0.0.1", "::1"}, f"{server.name()} listens on {addresses}"
