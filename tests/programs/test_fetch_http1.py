# SPDX-License-Identifier: MIT
"""nghttp --http1: servers without HTTP/2 are fetched from by HTTP/1.1."""
import json
import re

import pytest

from support.options import covers
from support.patience import Deadline
from support.scripted_server import ScriptedServer

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n"


def read_head(wire):
    """Request line and fields (lower-case names) of a request, or None at the end."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        byte = wire.read_bytes(1, Deadline())
        if byte is None:
            assert not head, f"closed in the middle of {head!r}"
            return None
        head += byte
    lines = head.decode("ascii").split("\r\n")[:-2]
    return lines[0], {name.lower(): value.strip()
                      for name, _, value in (line.partition(":") for line in lines[1:])}


def read_chunked(wire):
    """Content and trailer lines of a chunked message."""
    def line():
        text = b""
        while not text.endswith(b"\r\n"):
            text += wire.read_bytes(1, Deadline())
        return text[:-2]

    content = b""
    while size := int(line(), 16):
        content += wire.read_bytes(size, Deadline())
        assert wire.read_bytes(2, Deadline()) == b"\r\n"
    trailers = []
    while text := line():
        trailers.append(text.decode())
    return content, trailers


def answering(*answers, lines=None):
    """A script that gives one answer to each request, then waits for the end."""
    def script(wire):
        for answer in answers:
            request = read_head(wire)
            if lines is not None and request:
                lines.append(request[0])
            wire.send(answer)
        assert wire.read_bytes(1, Deadline()) is None
    return script


@covers("nghttp", "--http1")
def test_fetch_from_nginx(nghttp, nginx, documents):
    run = nghttp("--http1", nginx.http1_only + "/big.bin").check_ok()
    assert run.stdout == documents.big
    assert "HTTP/1.1" in run.stderr and "localhost" in run.stderr


def test_fetch_from_apache(nghttp, apache_h2c, documents):
    run = nghttp("--http1", apache_h2c + "/medium.bin").check_ok()
    assert run.stdout == documents.read("medium.bin") and run.stderr == ""


def test_h2_is_preferred(nghttp, nginx):
    run = nghttp("-nv", "--http1", nginx.tls + "/small.txt").check_ok()
    assert "The negotiated protocol: h2\n" in run.text and run.stderr == ""


def test_alpn_can_ask_for_http1_alone(nghttp, nginx):
    run = nghttp("-nv", "--http1", "--alpn", "http/1.1", nginx.tls + "/small.txt").check_ok()
    assert "The negotiated protocol: http/1.1\n" in run.text


def test_server_without_alpn(nghttp, authority):
    with ScriptedServer(answering(OK), pair=authority.server, alpn=None) as server:
        run = nghttp("-v", "--http1", server.uri()).check_ok()
    assert "The negotiated protocol: http/1.1\n" in run.text and run.stdout.endswith(b"ok\n")


def test_error_without_the_option_names_it(nghttp, nginx, authority):
    assert nghttp(nginx.http1_only).check_failed("http/1.1", "--http1").returncode == 4
    with ScriptedServer(lambda wire: wire.read_end(), pair=authority.server, alpn=None) as server:
        nghttp(server.uri()).check_failed("--http1")


def test_requests_share_a_connection(nghttp):
    lines = []
    with ScriptedServer(answering(*[OK] * 4, lines=lines)) as server:
        run = nghttp("--http1", "-m2", server.uri("/1"), server.uri("/2?x")).check_ok()
    assert run.stdout == b"ok\n" * 4
    assert lines == ["GET /1 HTTP/1.1"] * 2 + ["GET /2?x HTTP/1.1"] * 2


def test_100_files_from_nginx(nghttp, nginx, documents):
    uris = [f"{nginx.http1_only}/many/{number}.txt" for number in range(100)]
    run = nghttp("-v", "--http1", *uris).check_ok()
    for number in range(100):
        assert documents.read(f"many/{number}.txt") in run.stdout
    assert len(re.findall(r"(?m)\] Connected$", run.text)) == 1


@pytest.mark.parametrize("close", [
    b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\nok\n",
    b"HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nok\n", b"HTTP/1.1 200 OK\r\n\r\nok\n", OK],
    ids=["close", "http_1_0", "until_close", "silently"])
def test_reconnects_when_closed(nghttp, close):
    def script(wire):
        read_head(wire)
        wire.send(close)

    with ScriptedServer(script, connections=3) as server:
        run = nghttp("--http1", "-m3", server.uri()).check_ok()
        assert len(server.wires) == 3
    assert run.stdout == b"ok\n" * 3


def test_request_on_a_connection_that_is_closed_meanwhile_is_repeated(nghttp):
    """The request has arrived, but nobody answers: it goes out again on a new connection."""
    lines = []

    def script(wire):
        first = not lines
        while request := read_head(wire):
            lines.append(request[0])
            if first and len(lines) == 2:
                return
            wire.send(OK)

    with ScriptedServer(script, connections=2) as server:
        run = nghttp("--http1", server.uri("/1"), server.uri("/2"), server.uri("/3")).check_ok()
    assert lines == [f"GET /{n} HTTP/1.1" for n in (1, 2, 2, 3)] and run.stdout == b"ok\n" * 3


def test_post_is_not_repeated(nghttp):
    def script(wire):
        _, fields = read_head(wire)
        wire.read_bytes(int(fields["content-length"]), Deadline())
        wire.send(OK)
        read_head(wire)

    with ScriptedServer(script) as server:
        run = nghttp("--http1", "-m2", "-d", "-", server.uri(), data=b"x")
    assert run.check_failed("closed").returncode == 6 and run.stdout == b"ok\n"


def test_server_that_is_gone_when_it_is_needed_again(nghttp):
    def script(wire):
        read_head(wire)
        server.listener_.close()
        wire.send(b"HTTP/1.0 200 OK\r\n\r\nok\n")

    server = ScriptedServer(script)
    run = nghttp("--http1", "-m3", server.uri())
    assert run.check_failed("cannot connect", "2 more|1 more").returncode == 3
    assert run.stdout == b"ok\n"


# Requests ------------------------------------------------------------------------------------------


def test_request_head(nghttp):
    def script(wire):
        line, fields = read_head(wire)
        assert line == "PUT /p?q HTTP/1.1"
        assert fields["host"] == server.base.partition("//")[2]
        assert fields["x-a"] == "b" and fields["user-agent"].startswith("nghttp2/")
        assert "transfer-encoding" not in fields and "connection" not in fields
        wire.send(OK)
        wire.read_bytes(1, Deadline())

    with ScriptedServer(script) as server:
        nghttp("--http1", "-H", ":method: PUT", "-H", "x-a: b", server.uri("/p?q")).check_ok()


@pytest.mark.parametrize("options, trailers", [
    ([], None), (["--no-content-length"], []), (["--trailer", "x-sum: 1"], ["x-sum: 1"])],
    ids=["length", "chunked", "trailer"])
def test_upload(nghttp, documents, directory, options, trailers):
    content = documents.big[:3_000_000]
    (directory / "upload").write_bytes(content)

    def script(wire):
        line, fields = read_head(wire)
        assert line == "POST / HTTP/1.1"
        if trailers is None:
            assert fields["content-length"] == str(len(content))
            assert wire.read_bytes(len(content), Deadline()) == content
        else:
            assert fields["transfer-encoding"] == "chunked" and "content-length" not in fields
            assert read_chunked(wire) == (content, trailers)
        wire.send(OK)
        wire.read_bytes(1, Deadline())

    with ScriptedServer(script) as server:
        nghttp("--http1", "-d", directory / "upload", *options, server.uri()).check_ok()


def test_expect_continue(nghttp):
    def script(wire):
        _, fields = read_head(wire)
        assert fields["expect"] == "100-continue"
        wire.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        assert wire.read_bytes(4, Deadline()) == b"body"
        wire.send(OK)
        wire.read_bytes(1, Deadline())

    with ScriptedServer(script) as server:
        nghttp("--http1", "-d", "-", "--expect-continue", server.uri(), data=b"body").check_ok()


def test_assets(nghttp):
    """One after the other on the connection of their page."""
    asked = []

    def script(wire):
        while request := read_head(wire):
            path = request[0].split(" ")[1]
            asked.append(path)
            body = b'<img src="/a.png"><script src="b.js"></script>' if path == "/" else b"x"
            wire.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n"
                      % len(body), body)

    with ScriptedServer(script) as server:
        nghttp("-na", "--http1", server.uri()).check_ok()
    assert asked == ["/", "/a.png", "/b.js"]


# Output --------------------------------------------------------------------------------------------


def test_statistics(nghttp, nginx):
    run = nghttp("-ns", "--http1", nginx.http1_only + "/small.txt",
                 nginx.http1_only + "/medium.bin").check_ok()
    assert re.findall(r"(?m)^ +(\d+) +\+\S+ +\+\S+ +\S+ +200 +\S+ (/\S+)$", run.text) == [
        ("1", "/small.txt"), ("2", "/medium.bin")]


def test_har_of_two_connections(nghttp, directory):
    """The first connection is the page's, the second one part of what its request waited for."""
    def script(wire):
        read_head(wire)
        wire.send(b"HTTP/1.0 200 OK\r\n\r\nok\n")

    with ScriptedServer(script, connections=2) as server:
        nghttp("-n", "--http1", "--har", directory / "log.har", server.uri("/1"),
               server.uri("/2")).check_ok()
    entries = json.loads((directory / "log.har").read_text())["log"]["entries"]
    assert [entry["request"]["httpVersion"] for entry in entries] == ["HTTP/1.1"] * 2
    assert all(entry["timings"]["wait"] > 0 for entry in entries), entries


def test_trace(nghttp):
    answer = (b"HTTP/1.1 200 Fine\x1b[2J\r\nX-A: \xff\r\nTransfer-Encoding: chunked\r\n\r\n"
              b"3\r\nok\n\r\n0\r\nX-Sum: 1\r\n\r\n").replace(b"\x1b[2J", b"")
    with ScriptedServer(answering(answer)) as server:
        run = nghttp("-nvv", "--http1", server.uri("/p")).check_ok()
    sent, received = (run.text.index(way + " HTTP/1.1 head") for way in ("send", "recv"))
    assert sent < run.text.index("\n          GET /p HTTP/1.1\n") < received
    assert received < run.text.index("\n          HTTP/1.1 200 Fine\n          X-A: \\xff\n")
    assert "recv HTTP/1.1 content <length=3>\n" in run.text and "x-sum: 1\n" in run.text
    assert "content" not in nghttp_v(nghttp, answer).replace("content-", "")


def nghttp_v(nghttp, answer):
    with ScriptedServer(answering(answer)) as server:
        return nghttp("-nv", "--http1", server.uri("/p")).check_ok().text


def test_hexdump(nghttp):
    with ScriptedServer(answering(OK)) as server:
        run = nghttp("-n", "--http1", "--hexdump", server.uri()).check_ok()
    assert "48 54 54 50 2f 31 2e 31" in run.text


# Failures ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer, status, reason", [
    (b"", 6, "without a response"),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nok\n", 6, "complete"),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nok\n\r\n", 6, "complete"),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", 5, "both"),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 5, "content-length"),
    (b"HTTP/1.1 200 OK\nContent-Length: 1\n\n", 5, "CR"),
    (b"HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n", 5, "folded"),
    (b"HTTP/1.1 200 OK\r\nX : a\r\n\r\n", 5, "field name"),
    (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", 5, "unasked"),
    (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 10_000 + b"\r\n", 5, "head is larger|fields"),
    (b"\0\0\4\4\0\0\0\0\0", 5, "not an HTTP/1.1 response"),
    (b"\x1b[2J\r\n", 5, "not an HTTP/1.1 response")],
    ids=["nothing", "short", "short_chunks", "two_framings", "two_lengths", "bare_lf", "folded",
         "space_before_colon", "switch", "many_fields", "http2", "escape_sequence"])
def test_bad_response(nghttp, answer, status, reason):
    def script(wire):
        read_head(wire)
        wire.send(answer)

    with ScriptedServer(script) as server:
        run = nghttp("--http1", server.uri())
    assert run.check_failed(reason).returncode == status
    assert "\x1b" not in run.stderr


def test_timeout_leaves_the_next_request_a_new_connection(nghttp):
    def script(wire):
        line, _ = read_head(wire)
        if line.startswith("GET /1"):
            assert wire.read_bytes(1, Deadline()) is None
        else:
            wire.send(OK)
            wire.read_bytes(1, Deadline())

    with ScriptedServer(script, connections=2) as server:
        run = nghttp("--http1", "-t500ms", server.uri("/1"), server.uri("/2"))
    assert run.check_failed("/1: timed out").returncode == 7 and run.stdout == b"ok\n"


def test_truncated_tls(nghttp, authority):
    """A response that ends with its connection has to end with close_notify, too."""
    def script(wire):
        read_head(wire)
        wire.send(b"HTTP/1.1 200 OK\r\n\r\nhalf")
        wire.socket.shutdown(2)

    with ScriptedServer(script, pair=authority.server, alpn=["http/1.1"]) as server:
        assert nghttp("--http1", server.uri()).check_failed("close_notify").returncode == 6


def test_header_options_cannot_split_a_request(nghttp):
    assert nghttp("--http1", "-H", ":path: /\r\nX: y", "http://localhost:1/").returncode != 0
    with ScriptedServer(lambda wire: wire.read_bytes(1, Deadline())) as server:
        run = nghttp("--http1", "-H", ":path: / HTTP/1.1", server.uri())
    assert run.check_failed("request target").returncode == 2


def test_http1_contradicts_upgrade(nghttp):
    assert nghttp("--http1", "-u", "http://localhost:1/").check_failed("contradict").returncode == 1
