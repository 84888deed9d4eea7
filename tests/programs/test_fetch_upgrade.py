# SPDX-License-Identifier: MIT
"""nghttp -u: from HTTP/1.1 to HTTP/2 by Upgrade: h2c (RFC 7540 section 3.2)."""
import base64
import re

from support import field_block, frames
from support.frames import HEADERS, PREFACE
from support.options import covers
from support.patience import Deadline
from support.scripted_server import ScriptedServer
from support.trace import Trace

SWITCH = b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"


def read_http1_head(wire):
    """Request line and fields (lower-case names) of an HTTP/1.1 request."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        byte = wire.read_bytes(1, Deadline())
        assert byte is not None, f"closed in the middle of {head!r}"
        head += byte
    lines = head.decode("ascii").split("\r\n")[:-2]
    return lines[0], {name.lower(): value.strip()
                      for name, _, value in (line.partition(":") for line in lines[1:])}


def test_fetch_from_apache(nghttp, apache_h2c, documents):
    """Smaller than a window: this httpd drops upgraded connections that have to wait for one."""
    run = nghttp("-u", apache_h2c + "/many/2.txt").check_ok()
    assert run.stdout == documents.read("many/2.txt")


def test_several_requests(nghttp):
    """The first one upgrades, the others follow on streams of their own."""
    def script(wire):
        line, _ = read_http1_head(wire)
        assert line == "GET /1 HTTP/1.1"
        wire.send(SWITCH)
        wire.read_preface()
        wire.send(frames.settings(), frames.settings_ack())
        requests = [wire.read_request() for _ in range(5)]
        assert sorted(request.field(":path") for request in requests) == ["/1"] * 2 + ["/2"] * 3
        for stream in [1] + [request.stream for request in requests]:
            wire.respond(stream)
        wire.read_end()

    with ScriptedServer(script) as server:
        run = nghttp("-u", "-m3", server.uri("/1"), server.uri("/2")).check_ok()
    assert run.stdout == b"ok\n" * 6


def test_trace(nghttp, apache_h2c):
    run = nghttp("-nvu", apache_h2c + "/small.txt").check_ok()
    assert re.search(r"(?m)^\[ *\d+\.\d{3}\] HTTP Upgrade request$", run.text)
    assert re.search(r"(?m)^\[ *\d+\.\d{3}\] HTTP Upgrade response$", run.text)
    assert "GET /small.txt HTTP/1.1" in run.text and "HTTP/1.1 101" in run.text
    assert (1, ":status", "200") in Trace(run.text).fields


@covers("nghttp", "--upgrade")
def test_requests_and_settings(nghttp):
    """The request is HTTP/1.1; its answer and all that follows is HTTP/2 from stream 1 on."""
    def script(wire):
        line, fields = read_http1_head(wire)
        assert line == "GET /upgraded?x=1 HTTP/1.1"
        assert fields["host"] == f"localhost:{wire.socket.getsockname()[1]}"
        assert fields["upgrade"] == "h2c" and fields["x-added"] == "yes"
        assert sorted(option.strip().lower() for option in fields["connection"].split(",")) \
            == ["http2-settings", "upgrade"]
        encoded = fields["http2-settings"]
        assert re.fullmatch(r"[A-Za-z0-9_-]+", encoded)
        payload = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
        wire.send(SWITCH)
        settings = wire.read_preface()
        assert payload == settings.payload
        wire.send(frames.settings(), frames.settings_ack())
        wire.respond(1, b"upgraded\n")
        wire.read_end()

    with ScriptedServer(script) as server:
        run = nghttp("-u", "-H", "x-added: yes", server.uri("/upgraded?x=1")).check_ok()
    assert run.stdout == b"upgraded\n"


def test_20_mib_after_an_upgrade(nghttp, documents):
    def script(wire):
        read_http1_head(wire)
        wire.send(SWITCH)
        wire.read_preface()
        wire.send(frames.settings(), frames.settings_ack(),
                  frames.headers(1, field_block.response(), end=False))
        window, sent = {0: 65535, 1: 65535}, 0
        for frame in wire.seen:
            if frame.kind == frames.WINDOW_UPDATE:
                window[frame.stream] += frame.increment
        while sent < len(documents.big):
            room = min(*window.values(), 16384, len(documents.big) - sent)
            if room:
                wire.send(frames.data(1, documents.big[sent:sent + room],
                                      end=sent + room == len(documents.big)))
                sent += room
                window = {stream: left - room for stream, left in window.items()}
            else:
                update = wire.read_kind(frames.WINDOW_UPDATE)
                window[update.stream] += update.increment
        wire.read_end()

    with ScriptedServer(script) as server:
        assert nghttp("-u", server.uri()).check_ok().stdout == documents.big


def test_answer_in_one_write_with_the_switch(nghttp):
    def script(wire):
        read_http1_head(wire)
        wire.send(SWITCH, frames.settings(), frames.headers(1, field_block.response(), end=False),
                  frames.data(1, b"at once\n", end=True))
        wire.read_preface()
        wire.read_end()

    with ScriptedServer(script) as server:
        assert nghttp("-u", server.uri()).check_ok().stdout == b"at once\n"


def test_upload_upgrades_with_options(nghttp):
    """A body cannot precede the switch: OPTIONS upgrades, then the POST follows on HTTP/2."""
    def script(wire):
        line, _ = read_http1_head(wire)
        assert line.startswith("OPTIONS ")
        wire.send(SWITCH)
        assert wire.read_bytes(len(PREFACE), Deadline()) == PREFACE
        wire.send(frames.settings(), frames.headers(1, field_block.response("204")))
        request = wire.read_request()
        assert request.field(":method") == "POST"
        wire.read_until(lambda f: f.kind == frames.DATA and f.has(frames.END_STREAM), "the body")
        wire.respond(request.stream)
        wire.read_end()

    with ScriptedServer(script) as server:
        run = nghttp("-u", "-d", "-", server.uri(), data=b"body").check_ok()
    assert run.stdout == b"ok\n"


def test_server_that_does_not_upgrade(nghttp):
    def script(wire):
        read_http1_head(wire)
        wire.send(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nno\n")

    with ScriptedServer(script) as server:
        nghttp("-u", server.uri()).check_failed("upgrade")


def test_server_that_answers_the_upgrade_with_garbage(nghttp):
    def script(wire):
        read_http1_head(wire)
        wire.send(b"\0\xff garbage\r\n\r\n" * 10)

    with ScriptedServer(script) as server:
        nghttp("-u", server.uri()).check_failed()


def test_server_that_closes_instead_of_upgrading(nghttp):
    def script(wire):
        read_http1_head(wire)
        wire.send(b"HTTP/1.1 101 Switch")

    with ScriptedServer(script) as server:
        nghttp("-u", server.uri()).check_failed()


def test_server_with_an_endless_upgrade_response(nghttp):
    """The head of the response has a bound."""
    def script(wire):
        read_http1_head(wire)
        wire.send(b"HTTP/1.1 101 Switching Protocols\r\n")
        for _ in range(5000):
            if not wire.try_send(b"X-Filler: " + b"x" * 10_000 + b"\r\n"):
                return
        raise AssertionError("nghttp read 50 MB of response head")

    with ScriptedServer(script) as server:
        nghttp("-u", server.uri()).check_failed()


def test_ignored_with_tls(nghttp, nginx, documents):
    run = nghttp("-u", nginx.tls + "/small.txt").check_ok()
    assert run.stdout == documents.read("small.txt")


def test_header_options_cannot_split_the_upgrade_request(nghttp):
    """A line break in an option must not become a line of the HTTP/1.1 request."""
    def script(wire):
        try:
            _, fields = read_http1_head(wire)
        except AssertionError:
            return  # nghttp refused the option
        assert "x-injected" not in fields

    with ScriptedServer(script) as server:
        nghttp("-u", "-H", "x-a: 1\r\nX-Injected: 2", server.uri()).check_failed()


def test_stream_1_is_half_closed(nghttp):
    """The upgraded request is complete: nghttp must not send anything on stream 1."""
    def script(wire):
        read_http1_head(wire)
        wire.send(SWITCH)
        wire.read_preface()
        wire.send(frames.settings(), frames.settings_ack())
        wire.expect_pong()
        assert not [f for f in wire.seen if f.stream == 1 and f.kind in (frames.DATA, HEADERS)]
        wire.respond(1)
        wire.read_end()

    with ScriptedServer(script) as server:
        nghttp("-u", server.uri()).check_ok()
