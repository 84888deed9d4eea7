# SPDX-License-Identifier: MIT
"""A server for load generators, on python3-h2 and by hand for HTTP/1.1, that remembers what every
connection has been like and what has been asked on it."""
import socket
import ssl
import threading

import h2.config
import h2.connection
import h2.events
import h2.settings

from . import patience, ports


class Connection:
    def __init__(self, peer):
        self.peer = peer
        self.settings = {}
        self.initial_window = None
        self.window_updates = 0
        self.requests = []  # (fields, body)
        self.tls = None  # (version, cipher, resumed, client certificate)
        self.alpn = None
        self.most_open = 0


class LoadTarget:
    """Answers everything with 200, once for every connection in a thread of its own. Connections on
    which nothing is asked, such as the one that h2load looks for a server with, are forgotten."""

    def __init__(self, pair=None, alpn=("h2", "http/1.1"), trailers=(), body=b"hello\n",
                 address=ports.LOOPBACK, path=None, ca=None, answer_at=1, versions=None):
        self.connections = []
        self.server_names = []
        self.trailers_, self.body_, self.answer_at_ = list(trailers), body, answer_at
        self.context_ = self._make_context(pair, alpn, ca, versions) if pair else None
        if path:
            self.listener_ = socket.socket(socket.AF_UNIX)
            self.listener_.bind(str(path))
            self.listener_.listen(64)
            self.port = None
        else:
            self.listener_ = socket.create_server((address, 0), backlog=64)
            self.port = self.listener_.getsockname()[1]
            self.base = f"{'https' if pair else 'http'}://localhost:{self.port}"
        self.threads_ = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _make_context(self, pair, alpn, ca, versions):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pair.cert, pair.key)
        if alpn:
            context.set_alpn_protocols(list(alpn))
        if versions:
            context.minimum_version = context.maximum_version = versions
        if ca:
            context.load_verify_locations(ca)
            context.verify_mode = ssl.CERT_REQUIRED
        context.sni_callback = lambda _, name, __: self.server_names.append(name)
        return context

    def _accept(self):
        while True:
            try:
                sock, peer = self.listener_.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(sock, peer), daemon=True)
            self.threads_.append(thread)
            thread.start()

    def _serve(self, sock, peer):
        seen = Connection(peer)
        try:
            sock.settimeout(patience.SECONDS)
            if self.context_:
                sock = self.context_.wrap_socket(sock, server_side=True)
                seen.tls = (sock.version(), sock.cipher()[0], sock.session_reused,
                            sock.getpeercert() if self.context_.verify_mode else None)
                seen.alpn = sock.selected_alpn_protocol()
            first = sock.recv(65536)
            if not first:
                return
            self.connections.append(seen)
            if first.startswith(b"PRI"):
                self._serve_http2(sock, first, seen)
            else:
                self._serve_http1(sock, first, seen)
        except OSError:
            pass
        finally:
            sock.close()

    def _serve_http2(self, sock, content, seen):
        connection = h2.connection.H2Connection(
            h2.config.H2Configuration(client_side=False, header_encoding="utf-8"))
        connection.initiate_connection()
        heads, bodies, ended = {}, {}, []
        while content:
            for event in connection.receive_data(content):
                if isinstance(event, h2.events.RemoteSettingsChanged):
                    seen.settings.update({int(code): change.new_value for code, change
                                          in event.changed_settings.items()})
                elif isinstance(event, h2.events.RequestReceived):
                    heads[event.stream_id] = event.headers
                    seen.most_open = max(seen.most_open, len(heads))
                elif isinstance(event, h2.events.DataReceived):
                    bodies[event.stream_id] = bodies.get(event.stream_id, b"") + event.data
                    connection.acknowledge_received_data(event.flow_controlled_length,
                                                         event.stream_id)
                elif isinstance(event, h2.events.WindowUpdated) and event.stream_id == 0:
                    seen.window_updates += event.delta
                elif isinstance(event, h2.events.StreamEnded):
                    ended.append(event.stream_id)
            if len(ended) >= self.answer_at_:
                for stream in ended:
                    seen.requests.append((dict(heads.pop(stream)), bodies.pop(stream, b"")))
                    self._answer(connection, stream)
                ended = []
            sock.sendall(connection.data_to_send())
            content = sock.recv(65536)

    def _answer(self, connection, stream):
        connection.send_headers(stream, [(":status", "200"), ("server", "python")])
        connection.send_data(stream, self.body_, end_stream=not self.trailers_)
        if self.trailers_:
            connection.send_headers(stream, self.trailers_, end_stream=True)

    def _serve_http1(self, sock, content, seen):
        waiting = []
        while True:
            while b"\r\n\r\n" not in content:
                more = sock.recv(65536)
                if not more:
                    return
                content += more
            head, content = content.split(b"\r\n\r\n", 1)
            lines = head.decode("ascii").split("\r\n")
            fields = {"request-line": lines[0]}
            fields.update(line.lower().split(": ", 1) for line in lines[1:])
            length = int(fields.get("content-length", 0))
            while len(content) < length:
                content += sock.recv(65536)
            waiting.append((fields, content[:length]))
            content = content[length:]
            seen.most_open = max(seen.most_open, len(waiting))
            if len(waiting) >= self.answer_at_ and b"\r\n\r\n" not in content:
                seen.requests += waiting
                response = (b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"
                            % (len(self.body_), self.body_))
                sock.sendall(response * len(waiting))
                waiting = []

    @property
    def requests(self):
        return [request for connection in self.connections for request in connection.requests]

    def stop(self):
        self.listener_.shutdown(socket.SHUT_RDWR)
        self.listener_.close()
        for thread in self.threads_:
            thread.join(patience.SECONDS)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
