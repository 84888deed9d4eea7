# SPDX-License-Identifier: MIT
"""HTTP2Server with curl and python3-h2 as its clients."""
import asyncio
import io
import logging
import socket
import ssl
import subprocess
import time

import h2.config
import h2.connection
import h2.events
import pytest

import nghttp2
from conftest import curl, peer_environment

PRIOR = "--http2-prior-knowledge"


class H2Client:
    """A connection of python3-h2 that collects what happens."""

    def __init__(self, served, **settings):
        self.socket = socket.create_connection((served.host, served.port), 10)
        self.h2 = h2.connection.H2Connection(h2.config.H2Configuration(header_encoding=None))
        self.h2.initiate_connection()
        if settings:
            self.h2.update_settings(settings)
        self.events = []
        self.flush()

    def flush(self):
        self.socket.sendall(self.h2.data_to_send())

    def request(self, path="/", method="GET", end_stream=True, extra=()):
        stream_id = self.h2.get_next_available_stream_id()
        self.h2.send_headers(stream_id, [(":method", method), (":scheme", "http"),
                                         (":authority", "test"), (":path", path), *extra],
                             end_stream=end_stream)
        self.flush()
        return stream_id

    def wait(self, kind, stream_id=None, acknowledge=True):
        """The next event of a kind; what came before it stays in self.events."""
        while True:
            for event in self.events:
                if isinstance(event, kind) and (
                        stream_id in (None, getattr(event, "stream_id", None))):
                    self.events.remove(event)
                    return event
            data = self.socket.recv(65536)
            assert data, "the server closed the connection"
            for event in self.h2.receive_data(data):
                if isinstance(event, h2.events.DataReceived) and acknowledge:
                    self.h2.acknowledge_received_data(event.flow_controlled_length,
                                                      event.stream_id)
                self.events.append(event)
            self.flush()

    def content(self, stream_id):
        self.wait(h2.events.StreamEnded, stream_id)
        return b"".join(event.data for event in self.events
                        if isinstance(event, h2.events.DataReceived)
                        and event.stream_id == stream_id)


class Clock:
    """The body of the README's asynchronous example."""

    def __init__(self, handler):
        self.handler = handler
        handler.eof = False
        handler.buf = io.BytesIO()

    def generate(self, n):
        data = self.handler.buf.read1(n)
        if not data and not self.handler.eof:
            return None, nghttp2.DATA_DEFERRED
        return data, nghttp2.DATA_EOF if self.handler.eof else nghttp2.DATA_OK


async def tick(handler):
    for data in (b"hello", b"world"):
        handler.buf = io.BytesIO(data)
        handler.resume()
        await asyncio.sleep(0.05)
    handler.eof = True
    handler.resume()


async def chunks():
    for number in range(200):
        yield b"%04d" % number * 250
        if number % 50 == 0:
            await asyncio.sleep(0)


BIG = bytes(range(256)) * 2000
COUNTED = b"".join(b"%04d" % number * 250 for number in range(200))


class Handler(nghttp2.BaseRequestHandler):
    bodies = {b"/str": lambda self: ("grüße", "grüße".encode()),
              b"/bytes": lambda self: (BIG, BIG),
              b"/file": lambda self: (io.BytesIO(BIG), BIG),
              b"/iterator": lambda self: ((b"%d," % i for i in range(9000)),
                                          b"".join(b"%d," % i for i in range(9000))),
              b"/async": lambda self: (chunks(), COUNTED),
              b"/callback": lambda self: (self.clock(), b"helloworld"),
              b"/none": lambda self: (None, b"")}

    def clock(self):
        asyncio.ensure_future(tick(self))
        return Clock(self).generate

    def on_headers(self):
        self.content = []
        if self.path in self.bodies:
            self.send_response(headers={"Content-Type": "text/plain"},
                               body=self.bodies[self.path](self)[0])

    def on_data(self, data):
        self.content.append(data)

    def on_request_done(self):
        if self.path == b"/echo":
            self.send_response(201, body=b"".join(self.content))
        elif self.path == b"/who":
            self.send_response(body=repr((
                self.method, self.scheme, self.host, self.path, dict(self.headers)[b"x-a"],
                self.cookies, self.client_address[0], self.stream_id, self.client_certificate)))


@pytest.mark.parametrize("path", [path.decode() for path in Handler.bodies])
def test_every_kind_of_body(serve_handler, path):
    expected = {"/str": "grüße".encode(), "/bytes": BIG, "/file": BIG, "/async": COUNTED,
                "/iterator": b"".join(b"%d," % i for i in range(9000)),
                "/callback": b"helloworld", "/none": b""}[path]
    assert curl(PRIOR, serve_handler(Handler).base + path) == expected


def test_request_attributes(serve_handler):
    served = serve_handler(Handler)
    seen = curl(PRIOR, "-H", "X-A: b", "-H", "Cookie: c=1; d=2", served.base + "/who").decode()
    host = f"127.0.0.1:{served.port}".encode()
    assert seen == repr((b"GET", b"http", host, b"/who", b"b", [b"c=1; d=2"], "127.0.0.1", 1, None))


def test_upload_beyond_the_windows(serve_handler, tmp_path):
    (tmp_path / "big").write_bytes(BIG * 8)
    served = serve_handler(Handler)
    assert curl(PRIOR, "--data-binary", f"@{tmp_path}/big", served.base + "/echo") == BIG * 8


def test_padding_is_given_back_to_the_windows(serve_handler):
    client = H2Client(serve_handler(Handler))
    stream_id = client.request("/echo", "POST", end_stream=False)
    for _ in range(600):
        while client.h2.local_flow_control_window(stream_id) < 400:
            client.wait(h2.events.WindowUpdated)
        client.h2.send_data(stream_id, b"x" * 100, pad_length=200)
        client.flush()
    client.h2.end_stream(stream_id)
    client.flush()
    assert client.content(stream_id) == b"x" * 60000


def test_head_has_no_content(serve_handler):
    client = H2Client(serve_handler(Handler))
    stream_id = client.request("/bytes", "HEAD")
    assert client.content(stream_id) == b""


def test_tls_with_alpn(serve_handler, server_context, certificate):
    served = serve_handler(Handler, server_context)
    out = curl("--http2", "--cacert", certificate[0], "-w", "%{http_version}",
               f"https://localhost:{served.port}/str")
    assert out == "grüße2".encode()


def test_tls_without_alpn_is_refused(serve_handler, server_context, client_context):
    served = serve_handler(Handler, server_context)
    client_context.set_alpn_protocols(["http/1.1"])
    with pytest.raises(OSError):
        with socket.create_connection((served.host, served.port), 10) as plain:
            with client_context.wrap_socket(plain, server_hostname="localhost") as tls:
                tls.sendall(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n")
                if tls.recv(100) == b"":
                    raise ConnectionResetError("closed")


def test_client_certificate(serve_handler, server_context, certificate):
    server_context.load_verify_locations(certificate[0])
    server_context.verify_mode = ssl.CERT_REQUIRED

    class Shows(nghttp2.BaseRequestHandler):
        def on_headers(self):
            self.send_response(body=repr(self.client_certificate["subject"]))

    served = serve_handler(Shows, server_context)
    out = curl("--http2", "--cacert", certificate[0], "--cert", certificate[0], "--key",
               certificate[1], f"https://localhost:{served.port}/")
    assert out == repr(((("commonName", "localhost"),),)).encode()


class Pusher(nghttp2.BaseRequestHandler):
    closed = []

    def on_headers(self):
        if self.path == b"/":
            self.pushed = self.push("/style.css", request_headers=[("x-why", "push")],
                                    headers=[("content-type", "text/css")], body="body{}")
            self.send_response(body=repr(self.pushed is not None))

    def on_close(self, error_code):
        self.closed.append((self.path, error_code))


def test_push(serve_handler):
    Pusher.closed.clear()
    client = H2Client(serve_handler(Pusher))
    stream_id = client.request()
    pushed = client.wait(h2.events.PushedStreamReceived)
    assert pushed.parent_stream_id == stream_id
    assert (b":path", b"/style.css") in pushed.headers and (b"x-why", b"push") in pushed.headers
    assert client.content(stream_id) == b"True"
    assert client.content(pushed.pushed_stream_id) == b"body{}"
    assert sorted(Pusher.closed) == [(b"/", 0), (b"/style.css", 0)]


def test_push_to_a_client_that_wants_none(serve_handler):
    assert curl(PRIOR, serve_handler(Pusher).base + "/") == b"False"


def fails(self):
    yield b"begun"
    raise ValueError("in the body")


async def fails_later():
    yield b"begun"
    raise ValueError("in the body")


class Broken(nghttp2.BaseRequestHandler):
    def on_headers(self):
        where = self.path.decode()
        if where == "/headers":
            raise ValueError("in on_headers")
        if where == "/iterator":
            self.send_response(body=fails(self))
        elif where == "/async":
            self.send_response(body=fails_later())
        elif where == "/field":
            self.send_response(headers=[("x", "a\r\nset-cookie: b")])
        elif where == "/empty":
            self.send_response(body=lambda n: (b"", nghttp2.DATA_OK))
        elif where == "/good":
            self.send_response(body=b"good")

    def on_data(self, data):
        raise ValueError("in on_data")

    def on_request_done(self):
        if self.path == b"/done":
            raise ValueError("in on_request_done")


@pytest.mark.parametrize("path", ["/headers", "/iterator", "/async", "/field", "/empty", "/done"])
def test_an_exception_resets_its_stream_alone(serve_handler, caplog, path):
    client = H2Client(serve_handler(Broken))
    stream_id = client.request(path)
    with caplog.at_level(logging.ERROR, "nghttp2"):
        event = client.wait(h2.events.StreamReset, stream_id)
    assert event.error_code == 2
    assert [record for record in caplog.records if record.exc_info]
    assert client.content(client.request("/good")) == b"good"


def test_an_exception_in_on_data(serve_handler):
    client = H2Client(serve_handler(Broken))
    stream_id = client.request("/data", "POST", end_stream=False)
    client.h2.send_data(stream_id, b"abc")
    client.flush()
    assert client.wait(h2.events.StreamReset, stream_id).error_code == 2
    assert client.content(client.request("/good")) == b"good"


def test_a_second_response_is_refused(serve_handler):
    class Twice(nghttp2.BaseRequestHandler):
        def on_headers(self):
            self.send_response(103, [("link", "</a>")])
            self.send_response(body=b"first")
            with pytest.raises(RuntimeError):
                self.send_response(body=b"second")

    client = H2Client(serve_handler(Twice))
    stream_id = client.request()
    assert (b":status", b"103") in client.wait(
        h2.events.InformationalResponseReceived, stream_id).headers
    assert client.content(stream_id) == b"first"


def test_a_slow_reader_makes_an_async_body_wait(serve_handler):
    produced = []

    async def endless():
        while True:
            produced.append(1)
            yield b"x" * 1000

    class Endless(nghttp2.BaseRequestHandler):
        def on_headers(self):
            self.send_response(body=endless())

    client = H2Client(serve_handler(Endless))
    stream_id = client.request()
    client.wait(h2.events.DataReceived, stream_id, acknowledge=False)
    time.sleep(0.3)
    assert len(produced) * 1000 <= 65535 + 65536 + 2 * 16384 + 2000
    client.socket.close()


def closed_within(client, seconds):
    client.socket.settimeout(seconds)
    while client.socket.recv(65536):
        pass


def test_a_client_that_sends_no_settings(serve_handler):
    served = serve_handler(Handler, settings_timeout=0.2)
    with socket.create_connection((served.host, served.port), 10) as silent:
        silent.settimeout(5)
        while silent.recv(65536):
            pass


def test_an_idle_connection_ends(serve_handler):
    client = H2Client(serve_handler(Handler, idle_timeout=0.3, settings_timeout=0.2))
    assert client.wait(h2.events.ConnectionTerminated).error_code == 0
    closed_within(client, 5)


def test_a_stalled_request_ends(serve_handler):
    client = H2Client(serve_handler(Handler, stall_timeout=0.3, settings_timeout=0.2))
    client.request("/echo", "POST", end_stream=False)
    client.wait(h2.events.ConnectionTerminated)
    closed_within(client, 5)


def test_a_large_header_list_is_refused(serve_handler):
    client = H2Client(serve_handler(Handler, max_header_list_size=2000))
    stream_id = client.request("/str", extra=[(f"x-{i}", "y" * 100) for i in range(30)])
    client.wait(h2.events.StreamReset, stream_id)
    assert client.content(client.request("/str")) == "grüße".encode()


def test_connections_beyond_the_limit_are_closed(serve_handler):
    served = serve_handler(Handler, max_connections=1)
    deadline = time.monotonic() + 10
    while True:
        try:
            client = H2Client(served)
            assert client.content(client.request("/str")) == "grüße".encode()
            break
        except (AssertionError, OSError):  # the connection of the fixture is still there
            assert time.monotonic() < deadline
    with pytest.raises((AssertionError, OSError)):
        H2Client(served).wait(h2.events.RemoteSettingsChanged)


def test_garbage_closes_the_connection(serve_handler):
    served = serve_handler(Handler)
    with socket.create_connection((served.host, served.port), 10) as garbage:
        garbage.sendall(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n")
        while garbage.recv(65536):
            pass
    assert curl(PRIOR, served.base + "/str") == "grüße".encode()


def test_stop_lets_open_streams_end(serve_handler):
    class Slow(nghttp2.BaseRequestHandler):
        def on_headers(self):
            async def body():
                yield b"begun "
                await asyncio.sleep(0.4)
                yield b"ended"
            self.send_response(body=body())

    served = serve_handler(Slow)
    peer = subprocess.Popen(["curl", "-sS", "-N", PRIOR, served.base + "/"], text=True,
                            stdout=subprocess.PIPE, env=peer_environment())
    assert peer.stdout.read(6) == "begun "
    served.server.stop()
    assert peer.communicate(timeout=10)[0] == "ended"
    assert peer.returncode == 0


def test_unix_socket(serve, tmp_path):
    server = nghttp2.HTTP2Server(str(tmp_path / "socket"), Handler)

    async def talk():
        async with server:
            async with nghttp2.HTTP2Client(str(tmp_path / "socket")) as client:
                return (await client.request("GET", "/str")).text()

    assert asyncio.run(talk()) == "grüße"


def test_a_port_in_use_is_an_error_at_once():
    with socket.create_server(("127.0.0.1", 0)) as other:
        with pytest.raises(OSError):
            nghttp2.HTTP2Server(other.getsockname(), Handler)
