# SPDX-License-Identifier: MIT
"""A server of HTTP/2 (python3-h2) and HTTP/1.1 whose answers a function of the test makes."""
import dataclasses
import socket
import ssl
import threading

import h2.config
import h2.connection
import h2.events

from . import patience, ports


@dataclasses.dataclass
class Request:
    connection: int  # which one, from 0, of those on which something was asked
    fields: dict
    body: bytes = b""
    trailers: dict = dataclasses.field(default_factory=dict)

    @property
    def method(self):
        return self.fields[":method"]

    @property
    def path(self):
        return self.fields[":path"]


class AnswerServer:
    """`answer` gets a Request and returns status, fields and body. Requests are kept in the order in
    which they were complete."""

    def __init__(self, answer, pair=None, requests_per_connection=None):
        self.answer_, self.requests = answer, []
        self.most_ = requests_per_connection
        self.context_ = None
        if pair:
            self.context_ = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context_.load_cert_chain(pair.cert, pair.key)
            self.context_.set_alpn_protocols(["h2", "http/1.1"])
        self.lock_, self.connections_ = threading.Lock(), 0
        self.listener_ = socket.create_server((ports.LOOPBACK, 0), backlog=64)
        self.base = (f"{'https' if pair else 'http'}://{ports.LOOPBACK}:"
                     f"{self.listener_.getsockname()[1]}")
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                sock = self.listener_.accept()[0]
            except OSError:
                return
            threading.Thread(target=self._serve, args=(sock,), daemon=True).start()

    def _serve(self, sock):
        sock.settimeout(patience.SECONDS)
        try:
            if self.context_:
                sock = self.context_.wrap_socket(sock, server_side=True)
            first = sock.recv(65536)
            if not first:
                return
            with self.lock_:
                number, self.connections_ = self.connections_, self.connections_ + 1
            serve = self._serve_http2 if first.startswith(b"PRI") else self._serve_http1
            serve(sock, first, number)
        except OSError:
            pass
        finally:
            sock.close()

    def _ask(self, request):
        with self.lock_:
            self.requests.append(request)
            return self.answer_(request)

    def _serve_http2(self, sock, content, number):
        connection = h2.connection.H2Connection(
            h2.config.H2Configuration(client_side=False, header_encoding="utf-8"))
        connection.initiate_connection()
        open_ = {}
        while content:
            for event in connection.receive_data(content):
                if isinstance(event, h2.events.RequestReceived):
                    open_[event.stream_id] = Request(number, dict(event.headers))
                elif isinstance(event, h2.events.DataReceived):
                    open_[event.stream_id].body += event.data
                    connection.acknowledge_received_data(event.flow_controlled_length,
                                                         event.stream_id)
                elif isinstance(event, h2.events.TrailersReceived):
                    open_[event.stream_id].trailers = dict(event.headers)
                elif isinstance(event, h2.events.StreamEnded):
                    status, fields, body = self._ask(open_.pop(event.stream_id))
                    connection.send_headers(event.stream_id,
                                            [(":status", str(status)), *fields.items()])
                    connection.send_data(event.stream_id, body, end_stream=True)
            sock.sendall(connection.data_to_send())
            content = sock.recv(65536)

    def _serve_http1(self, sock, content, number):
        stream = _Stream(sock, content)
        served = 0
        while True:
            first, fields = stream.head()
            if first is None:
                return
            method, path, _ = first.split(" ")
            request = Request(number, {":method": method, ":path": path, **fields})
            if fields.get("transfer-encoding") == "chunked":
                while size := int(stream.line(), 16):
                    request.body += stream.take(size)
                    stream.line()
                request.trailers = stream.fields()
            else:
                request.body = stream.take(int(fields.get("content-length", 0)))
            status, fields, body = self._ask(request)
            served += 1
            fields = {**fields, "Content-Length": len(body)}
            if served == self.most_:
                fields["Connection"] = "close"
            lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
            sock.sendall(f"HTTP/1.1 {status} X\r\n{lines}\r\n".encode() + body)
            if served == self.most_:
                return

    @property
    def paths(self):
        return [request.path for request in self.requests]

    def stop(self):
        self.listener_.shutdown(socket.SHUT_RDWR)
        self.listener_.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


class _Stream:
    """Octets of HTTP/1.1 off a socket."""

    def __init__(self, sock, content):
        self.sock_, self.content_ = sock, content

    def _fill(self):
        more = self.sock_.recv(65536)
        if not more:
            raise ConnectionError("closed")
        self.content_ += more

    def line(self):
        while b"\r\n" not in self.content_:
            self._fill()
        line, self.content_ = self.content_.split(b"\r\n", 1)
        return line.decode("latin-1")

    def take(self, size):
        while len(self.content_) < size:
            self._fill()
        part, self.content_ = self.content_[:size], self.content_[size:]
        return part

    def fields(self):
        fields = {}
        while line := self.line():
            name, value = line.split(": ", 1)
            fields[name.lower()] = value
        return fields

    def head(self):
        try:
            return self.line(), self.fields()
        except ConnectionError:
            return None, {}
