# SPDX-License-Identifier: MIT
"""A server that follows a script frame by frame, for nghttp as the client under test."""
import socket
import ssl
import threading
import traceback

from . import field_block, frames, patience, ports
from .wire import Wire


class ServerWire(Wire):
    """The server's end of one connection."""

    def start(self, *entries):
        """Preface and SETTINGS both ways (section 3.4)."""
        self.read_preface()
        self.send(frames.settings(*entries), frames.settings_ack())

    def read_preface(self):
        preface = self.read_bytes(len(frames.PREFACE), patience.Deadline())
        assert preface == frames.PREFACE, f"not the client preface: {preface!r}"
        first = self.read_frame()
        assert first is not None and first.kind == frames.SETTINGS and not first.has(frames.ACK), (
            f"the client preface goes on with {first} instead of SETTINGS")
        return first

    def read_request(self):
        """The HEADERS frame of the next request, with all of its fields."""
        head = self.read_kind(frames.HEADERS)
        if not head.has(frames.END_HEADERS):
            self.read_until(lambda frame: frame.has(frames.END_HEADERS), "END_HEADERS")
        return head

    def read_settings_ack(self):
        return self.read_until(
            lambda frame: frame.kind == frames.SETTINGS and frame.has(frames.ACK),
            "the acknowledgement of SETTINGS")

    def respond(self, stream, body=b"ok\n", status="200", *extra):
        self.send(frames.headers(stream, field_block.response(status, *extra), end=False),
                  frames.data(stream, body, end=True))


class ScriptedServer:
    """Runs script(wire) for every connection, in a thread; errors appear when it is closed."""

    def __init__(self, script, pair=None, alpn=("h2",), connections=1):
        self.script_ = script
        self.connections_ = connections
        self.context_ = _context(pair, alpn) if pair else None
        self.errors_ = []
        self.wires = []
        self.listener_ = socket.create_server((ports.LOOPBACK, 0))
        self.listener_.settimeout(patience.SECONDS)
        self.port = self.listener_.getsockname()[1]
        self.base = f"{'https' if pair else 'http'}://localhost:{self.port}"
        self.thread_ = threading.Thread(target=self._serve, daemon=True)
        self.thread_.start()

    def uri(self, path="/"):
        return self.base + path

    def _serve(self):
        for _ in range(self.connections_):
            try:
                sock, _ = self.listener_.accept()
            except OSError:
                return
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                if self.context_:
                    sock.settimeout(patience.SECONDS)
                    sock = self.context_.wrap_socket(sock, server_side=True)
                with ServerWire(sock) as wire:
                    self.wires.append(wire)
                    self.script_(wire)
            except Exception:  # whatever went wrong must reach the test
                self.errors_.append(traceback.format_exc())
            finally:
                sock.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener_.shutdown(socket.SHUT_RDWR)  # wakes accept(): nobody will connect any more
        self.thread_.join(2 * patience.SECONDS)
        self.listener_.close()
        assert not self.thread_.is_alive(), "the scripted server did not come to its end"
        assert not self.errors_, "in the scripted server:\n" + "\n".join(self.errors_)


def _context(pair, alpn):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair.cert, pair.key)
    if alpn:
        context.set_alpn_protocols(list(alpn))
    return context
