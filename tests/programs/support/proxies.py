# SPDX-License-Identifier: MIT
"""Small proxies for nghttp: HTTP CONNECT and SOCKS5, on a loopback port."""
import base64
import ipaddress
import selectors
import socket
import threading
import traceback

from . import patience, ports


class ProxyError(Exception):
    """Ends a dialogue after its last answer has been sent."""


class Proxy:
    """Serves connections one after the other; subclasses lead the dialogue.

    `names` are the names it can resolve; `asked` lists the (host, port) that clients wanted.
    """

    scheme = None

    def __init__(self, credentials=None, names=None, early=b""):
        self.credentials = credentials
        self.names = names or {}
        self.early = early  # sent behind the consent, in the same write
        self.asked = []
        self.errors_ = []
        self.listener_ = socket.create_server((ports.LOOPBACK, 0))
        self.port = self.listener_.getsockname()[1]
        self.thread_ = threading.Thread(target=self._serve, daemon=True)
        self.thread_.start()

    def url(self, login=""):
        return f"{self.scheme}://{login}{'@' if login else ''}127.0.0.1:{self.port}"

    def _serve(self):
        while True:
            try:
                client, _ = self.listener_.accept()
            except OSError:
                return
            with client:
                client.settimeout(patience.SECONDS)
                try:
                    self._handle(client)
                except (ProxyError, ConnectionError, socket.timeout):
                    pass
                except Exception:
                    self.errors_.append(traceback.format_exc())

    def _handle(self, client):
        host, port = self.negotiate(client)
        self.asked.append((host, port))
        try:
            server = socket.create_connection((self.names.get(host, host), port),
                                              timeout=patience.SECONDS)
        except OSError:
            self.refuse(client)
            return
        with server:
            self.consent(client)
            relay(client, server)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener_.shutdown(socket.SHUT_RDWR)
        self.thread_.join(2 * patience.SECONDS)
        self.listener_.close()
        assert not self.errors_, "in the proxy:\n" + "\n".join(self.errors_)


def relay(one, other):
    """Copy both ways until either side ends."""
    with selectors.DefaultSelector() as selector:
        selector.register(one, selectors.EVENT_READ, other)
        selector.register(other, selectors.EVENT_READ, one)
        while True:
            for key, _ in selector.select(patience.SECONDS):
                content = key.fileobj.recv(65536)
                if not content:
                    return
                key.data.sendall(content)


def read_exactly(sock, count):
    content = b""
    while len(content) < count:
        piece = sock.recv(count - len(content))
        if not piece:
            raise ProxyError
        content += piece
    return content


class ConnectProxy(Proxy):
    """HTTP CONNECT with Basic authentication (RFC 9110 section 9.3.6)."""

    scheme = "http"

    def negotiate(self, client):
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += read_exactly(client, 1)
        lines = head.decode("ascii").split("\r\n")
        method, target, version = lines[0].split(" ")
        fields = {name.lower(): value.strip()
                  for name, _, value in (line.partition(":") for line in lines[1:-2])}
        assert (method, version) == ("CONNECT", "HTTP/1.1") and fields["host"] == target, head
        if self.credentials is not None:
            pair = base64.b64encode(self.credentials.encode()).decode()
            if fields.get("proxy-authorization") != "Basic " + pair:
                client.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\n"
                               b'Proxy-Authenticate: Basic realm="tests"\r\n'
                               b"Content-Length: 3\r\n\r\nno\n")
                raise ProxyError
        host, _, port = target.rpartition(":")
        return host.strip("[]"), int(port)

    def refuse(self, client):
        client.sendall(b"HTTP/1.1 502 No Way There\r\nContent-Length: 0\r\n\r\n")

    def consent(self, client):
        client.sendall(b"HTTP/1.1 200 Connection established\r\nX-A: b\r\n\r\n" + self.early)


class SocksProxy(Proxy):
    """SOCKS5 (RFC 1928) with or without user and password (RFC 1929)."""

    scheme = "socks5"
    bound = b"\x01\x7f\0\0\1\0\x50"  # where the proxy says that it connected from

    def negotiate(self, client):
        version, count = read_exactly(client, 2)
        methods = read_exactly(client, count)
        assert version == 5 and 0 in methods
        if self.credentials is None:
            client.sendall(b"\5\0")
        elif 2 not in methods:
            client.sendall(b"\5\xff")
            raise ProxyError
        else:
            client.sendall(b"\5\2")
            self._log_in(client)
        version, command, reserved, kind = read_exactly(client, 4)
        assert (version, command, reserved) == (5, 1, 0)
        if kind == 3:
            host = read_exactly(client, read_exactly(client, 1)[0]).decode("ascii")
        else:
            host = str(ipaddress.ip_address(read_exactly(client, {1: 4, 4: 16}[kind])))
        return host, int.from_bytes(read_exactly(client, 2), "big")

    def _log_in(self, client):
        version, length = read_exactly(client, 2)
        user = read_exactly(client, length).decode()
        password = read_exactly(client, read_exactly(client, 1)[0]).decode()
        assert version == 1
        good = f"{user}:{password}" == self.credentials
        client.sendall(b"\1\0" if good else b"\1\1")
        if not good:
            raise ProxyError

    def refuse(self, client):
        client.sendall(b"\5\5\0" + self.bound)

    def consent(self, client):
        client.sendall(b"\5\0\0" + self.bound + self.early)
