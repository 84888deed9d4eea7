# SPDX-License-Identifier: MIT
"""Free loopback ports, and starting a server on one."""
import socket

from . import patience

LOOPBACK = "127.0.0.1"


def free_ports(count):
    """Ports that were free a moment ago; whoever uses them retries on a collision."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind((LOOPBACK, 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


def refused_port():
    """A bound socket that does not listen: connecting to its port is refused while it is open."""
    holder = socket.socket()
    holder.bind((LOOPBACK, 0))
    return holder


def accepts(port, address=LOOPBACK):
    try:
        with socket.create_connection((address, port), timeout=1):
            return True
    except OSError:
        return False


def start(launch, count, address=LOOPBACK):
    """launch(ports) starts a Background; return it once all ports accept connections.

    Another process may take a port first; then the server ends and new ports are tried.
    """
    for _ in range(5):
        ports = free_ports(count)
        server = launch(ports)
        waiting = list(ports)

        def ready():
            if not server.alive():
                return True
            while waiting and accepts(waiting[0], address):
                waiting.pop(0)
            return not waiting

        try:
            patience.poll(ready, f"{server.command[0]} to listen on {ports}")
        except AssertionError as error:
            log = server.log()
            server.stop()
            raise AssertionError(f"{error}\n{log[-4000:]}") from None
        if server.alive():
            return server, ports
    raise AssertionError(f"{server.command[0]} does not start:\n{server.log()[-4000:]}")
