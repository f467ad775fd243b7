"""The addresses that servers listen on."""

import psutil

from local_cloud.processes import ProcessId


def expect_loopback(process: ProcessId) -> None:
    """Assert that a server listens, and that it and its child processes listen on loopback only."""
    server = psutil.Process(process.pid)
    processes = (server, *server.children(recursive=True))
    addresses = {address for each in processes for address in _listening(each)}
    assert addresses, f"{server.name()} doesn't listen"
    assert addresses <= {"127.0.0.1", "::1"}, f"{server.name()} listens on {addresses}"


def _listening(process: psutil.Process) -> set[str]:
    """Return the addresses; none for a function's process that has ended in the meantime."""
    try:
        connections = process.net_connections("tcp")
    except psutil.NoSuchProcess:
        return set()
    return {
        connection.laddr.ip.removeprefix("::ffff:")  # an IPv4 address in an IPv6 socket
        for connection in connections
        if connection.status == psutil.CONN_LISTEN
    }
