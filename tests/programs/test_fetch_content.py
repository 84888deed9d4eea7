# SPDX-License-Identifier: MIT
"""What nghttp does with content of its own when servers answer early, and with secrets and fields
that are easily lost."""
import re
import threading

import pytest

from support import debian_nghttp, field_block, frames, ports
from support.frames import DATA, HEADERS
from support.patience import Deadline
from support.scripted_server import ScriptedServer
from test_fetch_http1 import read_head
from test_fetch_upgrade import SWITCH, read_http1_head


def content_of(wire, stream):
    return b"".join(frame.body for frame in wire.seen
                    if frame.kind == DATA and frame.stream == stream)


# --expect-continue ---------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["417", "401", "302"])
def test_refused_expectation(nghttp, status):
    """The content stays here, the stream is given up, and the connection goes on."""
    def script(wire):
        wire.start()
        first, second = wire.read_request(), wire.read_request()
        wire.respond(first.stream, b"no\n", status)
        reset = wire.read_kind(frames.RST_STREAM)
        assert reset.stream == first.stream
        wire.send(frames.headers(second.stream, field_block.response("100"), end=False))
        wire.read_until(lambda f: f.kind == DATA and f.has(frames.END_STREAM), "the content")
        wire.respond(second.stream)
        wire.read_end()
        assert content_of(wire, first.stream) == b""
        assert content_of(wire, second.stream) == b"content"

    with ScriptedServer(script) as server:
        run = nghttp("-d", "-", "--expect-continue", server.uri("/1"), server.uri("/2"),
                     data=b"content").check_ok()
    assert run.stdout == b"no\nok\n"


def test_early_answer_that_wants_the_content(nghttp):
    """A server that does not know 100 may answer at once and then wait for what it was promised."""
    def script(wire):
        wire.start()
        stream = wire.read_request().stream
        wire.send(frames.headers(stream, field_block.response("200"), end=False))
        wire.read_until(lambda f: f.kind == DATA and f.has(frames.END_STREAM), "the content")
        wire.send(frames.data(stream, content_of(wire, stream), end=True))
        wire.read_end()

    with ScriptedServer(script) as server:
        run = nghttp("-d", "-", "--expect-continue", server.uri(), data=b"content").check_ok()
    assert run.stdout == b"content"


def test_complete_early_answer(nghttp):
    def script(wire):
        wire.start()
        stream = wire.read_request().stream
        wire.send(frames.headers(stream, field_block.response("204")))
        wire.read_end()
        assert content_of(wire, stream) == b""

    with ScriptedServer(script) as server:
        nghttp("-d", "-", "--expect-continue", server.uri(), data=b"content").check_ok()


def test_refused_expectation_by_http1(nghttp):
    def script(wire):
        read_head(wire)
        wire.send(b"HTTP/1.1 417 No\r\nContent-Length: 3\r\n\r\nno\n")
        assert wire.read_bytes(1, Deadline()) is None

    with ScriptedServer(script) as server:
        run = nghttp("--http1", "-d", "-", "--expect-continue", server.uri(), data=b"content")
    assert run.check_ok().stdout == b"no\n"


# -u ------------------------------------------------------------------------------------------------


def test_upgrade_with_content(nghttp):
    """OPTIONS without content asks for the switch; all URIs follow by HTTP/2, the answer to OPTIONS
    is nobody's."""
    def script(wire):
        line, fields = read_http1_head(wire)
        assert line == "OPTIONS * HTTP/1.1"
        assert not {"content-length", "transfer-encoding", "trailer"} & fields.keys()
        wire.send(SWITCH)
        wire.start()
        wire.respond(1, b"answer to OPTIONS\n")
        posts = [wire.read_request() for _ in range(2)]
        assert [(post.field(":method"), post.field(":path"), post.field("content-length"))
                for post in posts] == [("POST", "/1", "7"), ("POST", "/2", "7")]
        wire.read_until(lambda f: f.stream == posts[1].stream and f.has(frames.END_STREAM),
                        "the content")
        for post in posts:
            wire.respond(post.stream, content_of(wire, post.stream))
        wire.read_end()

    with ScriptedServer(script) as server:
        run = nghttp("-u", "-d", "-", server.uri("/1"), server.uri("/2"), data=b"content")
    assert run.check_ok().stdout == b"contentcontent"


# -H ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("option", ["x-empty:", "x-empty: ", "X-Empty:\t"])
def test_empty_field_is_sent(nghttp, option):
    def script(wire):
        wire.start()
        wire.respond(wire.read_request().stream)
        wire.read_end()

    with ScriptedServer(script) as server:
        nghttp("-H", option, "-H", "accept:", server.uri()).check_ok()
    fields = next(frame.fields for frame in server.wires[0].seen if frame.kind == HEADERS)
    assert [value for name, value in fields if name == "x-empty"] == [""]
    assert [value for name, value in fields if name == "accept"] == [""]


# SSLKEYLOGFILE -------------------------------------------------------------------------------------


def test_key_log(nghttp, nginx, directory):
    """Every connection adds its secrets, each for the client random of its own."""
    path = directory / "keys"
    path.write_text("# mine\n")
    for _ in range(2):
        nghttp("-n", nginx.tls + "/small.txt", env={"SSLKEYLOGFILE": str(path)}).check_ok()
    first, *lines = path.read_text().splitlines()
    assert first == "# mine"
    form = re.compile(r"([A-Z_0-9]+) ([0-9a-f]{64}) ([0-9a-f]{64,96})$")
    found = [form.match(line).groups() for line in lines if not line.startswith("#")]
    labels = {label for label, _, _ in found}
    assert "CLIENT_TRAFFIC_SECRET_0" in labels or labels == {"CLIENT_RANDOM"}
    assert len({random for _, random, _ in found}) == 2
    nghttp("-n", nginx.clear + "/small.txt", env={"SSLKEYLOGFILE": str(path)}).check_ok()
    assert path.read_text().splitlines() == [first, *lines]


def test_key_log_that_cannot_be_written(nghttp, nginx, directory):
    path = directory / "missing" / "keys"
    run = nghttp("-n", nginx.tls + "/small.txt", env={"SSLKEYLOGFILE": str(path)})
    assert "missing/keys" in run.stderr and "No such file" in run.stderr


# --http1 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 200 OK\r\nContent-", b"HTTP/1.1 100 C\r\n\r\n",
                                    b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
                                    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9"])
def test_timeout_by_http1(nghttp, answer):
    def script(wire):
        read_head(wire)
        wire.send(answer)
        assert wire.read_bytes(1, Deadline()) is None

    with ScriptedServer(script) as server:
        run = nghttp("--http1", "-n", "-t300ms", server.uri())
    assert run.check_failed("timed out after 300ms").returncode == 7


def test_timeout_of_an_upload_by_http1(nghttp, documents, directory):
    (directory / "upload").write_bytes(documents.big)

    def script(wire):
        read_head(wire)
        assert nothing_more.wait(20)

    nothing_more = threading.Event()
    with ScriptedServer(script) as server:
        run = nghttp("--http1", "-t300ms", "-d", directory / "upload", server.uri())
        nothing_more.set()
    assert run.check_failed("timed out after 300ms").returncode == 7


def test_har_of_a_server_that_is_not_there(nghttp, directory):
    """The log says by which protocol it was asked."""
    for options, protocol in ([], "HTTP/2.0"), (["--http1"], "HTTP/1.1"):
        with ports.refused_port() as holder:
            nghttp("-n", *options, "--har", directory / "log",
                   f"http://127.0.0.1:{holder.getsockname()[1]}/")
        log = debian_nghttp.parse_har((directory / "log").read_text())
        assert [entry["request"]["httpVersion"] for entry in log["entries"]] == [protocol]
