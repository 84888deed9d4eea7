# SPDX-License-Identifier: MIT
"""A client that misbehaves on purpose, for a server under test."""
import socket
import ssl

from . import frames, patience, ports
from .wire import Wire


def connect(port):
    """A TCP connection to a loopback port."""
    sock = socket.create_connection((ports.LOOPBACK, port), timeout=patience.SECONDS)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def tls_context(alpn=("h2",), lowest=None, highest=None, ciphers=None):
    """A TLS client context that trusts anyone: authentication is not what these tests are about."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    if ciphers:
        context.set_ciphers(ciphers)
    if lowest:
        context.minimum_version = lowest
    if highest:
        context.maximum_version = highest
    if alpn:
        context.set_alpn_protocols(list(alpn))
    return context


class RawClient(Wire):
    """A connection to a server; the handshake of both sides is done unless start is False."""

    def __init__(self, server, start=True, settings=(), alpn=("h2",)):
        sock = connect(server.port)
        if server.tls:
            sock = tls_context(alpn).wrap_socket(sock, server_hostname="localhost")
        super().__init__(sock)
        if start:
            self.start(*settings)

    def start(self, *entries):
        """Preface and SETTINGS both ways, all acknowledged (section 3.4)."""
        self.send(frames.PREFACE, frames.settings(*entries))
        first = self.read_frame()
        assert first is not None and first.kind == frames.SETTINGS and not first.has(frames.ACK), (
            f"the server's preface is not SETTINGS but {first}")
        self.send(frames.settings_ack())
        self.read_until(lambda frame: frame.kind == frames.SETTINGS and frame.has(frames.ACK),
                        "the acknowledgement of SETTINGS")

    def get(self, stream, block):
        """Send a request without body and read its whole response."""
        self.send(frames.headers(stream, block))
        return self.read_message(stream)
