# SPDX-License-Identifier: MIT
"""h2load and servers that fail: it says so, what was started is accounted for, and it ends."""
import socket
import threading

import pytest

from support import field_block, frames, h2load, patience, ports
from support.h2load import load
from support.options import covers
from support.scripted_server import ScriptedServer


def read_requests(wire, number):
    wire.start((frames.MAX_CONCURRENT_STREAMS, 100))
    return [wire.read_request().stream for _ in range(number)]


@pytest.mark.parametrize("arguments, message", [
    (["http://127.0.0.1:1/"], r"http://127.0.0.1:1: cannot connect .*Connection refused"),
    (["http://nowhere.invalid/"], r"nowhere\.invalid"),
    ([], "a URI is missing"),
    (["ftp://localhost/"], "ftp"),
    (["-i", "/nonexistent", "http://localhost/"], "/nonexistent"),
    (["-d", "/nonexistent", "http://localhost/"], "/nonexistent"),
    (["--log-file=/nonexistent/log", "-n0"], "/nonexistent/log"),
    (["-n", "many", "http://localhost/"], "many"),
    (["-c0", "http://localhost/"], "clients"),
    (["-t2", "http://localhost/"], "--threads must not be more than --clients"),
    (["-w31", "http://localhost/"], "window-bits"),
    (["-p", "spdy/3", "http://localhost/"], "h2c http/1.1"),
    (["-H", "no colon", "http://localhost/"], "header"),
    (["-H", "a b: c", "http://localhost/"], "bad value 'a b: c'"),
    (["-D1", "-r1", "http://localhost/"], "exclude each other"),
    (["--warm-up-time=1", "http://localhost/"], "needs --duration"),
    (["--rps=1", "--total-rps=1", "http://localhost/"], "exclude each other"),
    (["--rps=-1", "http://localhost/"], "rps"),
    (["--total-rps=0", "http://localhost/"], "rps"),
    (["--ramp=10", "http://localhost/"], "RATE:DURATION"),
    (["--arrival=poisson", "http://localhost/"], "needs --total-rps"),
    (["--sni=" + "x" * 256, "http://localhost/"], "255"),
    (["-B", "unix:", "http://localhost/"], "UNIX"),
    (["--source-address=here", "http://localhost/"], "IP addresses"),
    (["--no-such-option"], "no-such-option"),
])
def test_what_cannot_be_done(arguments, message, server):
    if message.endswith("/log"):
        arguments = arguments + [server.uri("/")]
    run = h2load.run(*arguments).check_failed(message)
    assert "finished in" not in run.text


def test_lines_of_files(directory, server):
    script, uris = directory / "script", directory / "uris"
    for text, message in ((f"0\t{server.uri('/')}\nsoon\t/\n", "script, line 2: expected milli"),
                          (f"5\t{server.uri('/')}\n\n1\t/x\n", "script, line 3: its time is be"),
                          ("\n", "no request in it")):
        script.write_text(text, encoding="ascii")
        h2load.run(f"--timing-script-file={script}").check_failed(message)
    uris.write_text("\n\n", encoding="ascii")
    h2load.run("-i", uris).check_failed("no URI in it")


def test_server_dies_with_requests_open():
    """The next connection ends before anything is answered on it: that is the end."""
    alive = [True]

    def script(wire):
        if not alive:
            return
        alive.clear()
        for stream in read_requests(wire, 4)[:2]:
            wire.respond(stream)
        wire.read_request()

    with ScriptedServer(script, connections=2) as server:
        report = load("-n20", "-m4", server.uri())
    assert report.requests["succeeded"] == report.requests["done"] == 2
    assert report.requests["errored"] == 18 and report.requests["timeout"] == 0
    assert "connection" in report.line("failures")


def test_server_closes_at_once():
    with ScriptedServer(lambda wire: wire.start()) as server:
        report = load("-n5", server.uri())
    assert report.requests["errored"] == 5 and report.requests["done"] == 0


def test_not_http2():
    with ScriptedServer(lambda wire: wire.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as server:
        report = load("-n5", server.uri())
    assert report.requests["errored"] == 5


def test_connection_error():
    """DATA of a stream that never was."""
    def script(wire):
        read_requests(wire, 1)
        wire.send(frames.data(99, b"x"))
        wire.read_until(lambda frame: frame.kind == frames.GOAWAY, "GOAWAY")

    with ScriptedServer(script) as server:
        report = load("-n3", server.uri())
    assert report.requests["errored"] == 3


def test_resets():
    def script(wire):
        first, second, third = read_requests(wire, 3)
        wire.send(frames.rst_stream(first, frames.INTERNAL_ERROR))
        wire.send(frames.headers(second, field_block.response(), end=False))
        wire.send(frames.data(second, b"part"), frames.rst_stream(second, frames.NO_ERROR))
        wire.respond(third)
        wire.read_until(lambda frame: frame.kind == frames.GOAWAY, "GOAWAY")

    with ScriptedServer(script) as server:
        report = load("-n3", "-m3", server.uri())
    assert report.requests == {"total": 3, "started": 3, "done": 1, "succeeded": 1, "failed": 2,
                               "errored": 2, "timeout": 0}
    assert report.line("RST_STREAM") == "INTERNAL_ERROR (1), NO_ERROR (1)"
    assert "stream reset by the server: INTERNAL_ERROR (1)" in report.line("failures")


def test_goaway_and_on():
    """What the server has not processed goes out once more on the next connection."""
    counts = []

    def script(wire):
        streams = read_requests(wire, 4 if not counts else 2)
        counts.append(len(streams))
        if len(counts) == 1:
            wire.send(frames.goaway(streams[1]))
            streams = streams[:2]
        for stream in streams:
            wire.respond(stream)
        if len(counts) == 2:
            for stream in [wire.read_request().stream for _ in range(2)]:
                wire.respond(stream)
        wire.read_end()

    with ScriptedServer(script, connections=2) as server:
        report = load("-n6", "-m4", server.uri()).check_all_succeeded(6)
    assert report.requests["started"] == 6
    assert report.line("GOAWAY") == "NO_ERROR (1)"
    assert report.line("connections") == "2 established, 0 failed"


def test_goaway_for_ever():
    """A server that never processes anything does not hold the run up."""
    def script(wire):
        read_requests(wire, 1)
        wire.send(frames.goaway(0))
        wire.read_end()

    with ScriptedServer(script, connections=3) as server:
        report = load("-n7", server.uri())
    assert report.requests["errored"] == 7 and report.line("GOAWAY") == "NO_ERROR (3)"


def silent(wire):
    wire.start()
    wire.read_end()


@covers("h2load", "--connection-active-timeout", "--connection-inactivity-timeout",
        "--response-timeout")
@pytest.mark.parametrize("option, reason", [
    ("-T300ms", "the connection was open for too long"),
    ("-N300ms", "the connection was inactive for too long"),
    ("--response-timeout=300ms", "no response in time")])
def test_timeouts(option, reason):
    with ScriptedServer(silent) as server:
        report = load("-n3", "-m2", option, server.uri())
    assert report.requests == {"total": 3, "started": 2, "done": 0, "succeeded": 0, "failed": 3,
                               "errored": 3, "timeout": 2}
    assert report.line("failures") == reason + " (3)"


def test_one_request_is_never_answered():
    """The others do not keep it alive."""
    def script(wire):
        hung = read_requests(wire, 1)[0]
        resets = []
        while not resets:
            frame = wire.read_frame()
            if frame.kind == frames.HEADERS:
                wire.respond(frame.stream)
            elif frame.kind == frames.RST_STREAM:
                resets.append(frame.stream)
        assert resets == [hung]
        while (frame := wire.read_frame()) and frame.kind != frames.GOAWAY:
            if frame.kind == frames.HEADERS:
                wire.respond(frame.stream)

    with ScriptedServer(script) as server:
        report = load("-n40", "-m2", "--rps=50", "--response-timeout=300ms", server.uri())
    assert report.requests["timeout"] == report.requests["failed"] == 1
    assert report.requests["succeeded"] == 39


def test_timed_run_against_silence():
    with ScriptedServer(silent) as server:
        report = load("-D1", "-m3", server.uri())
    assert report.requests == {"total": 3, "started": 3, "done": 0, "succeeded": 0, "failed": 3,
                               "errored": 3, "timeout": 3}


class Http1Server:
    """Sends the same octets for every connection with a request, then closes it."""

    def __init__(self, answer):
        self.answer_ = answer
        self.listener_ = socket.create_server((ports.LOOPBACK, 0))
        self.uri = f"http://localhost:{self.listener_.getsockname()[1]}/"
        self.connections = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                sock, _ = self.listener_.accept()
            except OSError:
                return
            with sock:
                sock.settimeout(patience.SECONDS)
                if sock.recv(65536):
                    self.connections += 1
                    sock.sendall(self.answer_)
                    sock.shutdown(socket.SHUT_WR)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener_.shutdown(socket.SHUT_RDWR)
        self.listener_.close()


@pytest.mark.parametrize("answer", [
    b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
    b"HTTP/1.1 200 OK\r\n\r\nuntil the end",
    b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
    b"HTTP/1.1 103 Hints\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
    b"Connection: close\r\n\r\n2\r\nok\r\n0\r\n\r\n",
    b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"])
def test_http1_connection_per_request(answer):
    """Pipelined requests that were not answered are sent on the next connection."""
    with Http1Server(answer) as server:
        load("--h1", "-n4", "-m2", server.uri).check_all_succeeded(4)
        assert server.connections == 4


@pytest.mark.parametrize("answer", [
    b"", b"HTTP/1.1 200 OK\r\nContent-Le", b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab",
    b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", b"rubbish\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    b"HTTP/1.1 101 Switching Protocols\r\n\r\n", b"x" * 100000])
def test_http1_rubbish(answer):
    with Http1Server(answer) as server:
        report = load("--h1", "-n3", server.uri)
    assert report.requests["done"] == 0 and report.requests["errored"] == 3


def test_all_shapes_of_frames():
    """Padding, priorities, CONTINUATION, interim responses, unknown frames and pieces of each."""
    def script(wire):
        stream = read_requests(wire, 1)[0]
        early, block = field_block.response("103"), field_block.response()
        shapes = [frames.headers(stream, early, end=False), frames.Frame(0xfa, 0, 0, b"unknown"),
                  frames.headers(stream, block[:1], end=False, end_headers=False, padding=3),
                  frames.continuation(stream, block[1:]), frames.ping(b"12345678"),
                  frames.data(stream, b"abc", padding=5), frames.data(stream, b""),
                  frames.data(stream, b"def", end=True)]
        octets = b"".join(frame.encode() for frame in shapes)
        for index in range(len(octets)):
            wire.send(octets[index:index + 1])
        wire.read_until(lambda frame: frame.kind == frames.PING and frame.has(frames.ACK), "PONG")
        wire.read_end()

    with ScriptedServer(script) as server:
        report = load("-n1", server.uri()).check_all_succeeded(1)
    assert report.data_bytes == 6


@pytest.mark.parametrize("shapes, reason", [
    (lambda stream: [frames.headers(stream, field_block.response(), end=False, end_headers=False),
                     frames.ping(b"12345678")], "a header block is interrupted"),
    (lambda stream: [frames.headers(2, field_block.response())], "HEADERS of an idle stream"),
    (lambda stream: [frames.push_promise(stream, 2, field_block.request())], "push is disabled"),
    (lambda stream: [frames.headers(stream, b"\xff\xff\xff\xff\xff\xff")], "cannot be decoded"),
    (lambda stream: [frames.Frame(frames.DATA, 0, stream, b"x" * 20000)], "frame size"),
    (lambda stream: [frames.window_update(0, 0)], "WINDOW_UPDATE of nothing"),
    (lambda stream: [frames.Frame(frames.DATA, 8, stream, b"\xff")], "padding"),
    (lambda stream: [frames.headers(stream, b"", end=False, end_headers=False)] +
     [frames.continuation(stream, b"", end_headers=False)] * 40000, "header block without end"),
])
def test_broken_protocol(shapes, reason):
    def script(wire):
        wire.send(b"".join(frame.encode() for frame in shapes(read_requests(wire, 1)[0])))
        wire.read_until(lambda frame: frame.kind == frames.GOAWAY, "GOAWAY")

    with ScriptedServer(script) as server:
        report = load("-n2", server.uri())
    assert report.requests["errored"] == 2
    assert "protocol error of the server: " in report.line("failures")
    assert reason in report.line("failures")


@pytest.mark.parametrize("shapes", [
    lambda stream: [frames.data(stream, b"no head", end=True)],
    lambda stream: [frames.headers(stream, field_block.response("20"))],
    lambda stream: [frames.headers(stream, field_block.response("200", ("content-length", "5")),
                                   end=False), frames.data(stream, b"four", end=True)],
    lambda stream: [frames.headers(stream, field_block.response("103"))],
])
def test_malformed_responses(shapes):
    """The stream is reset; the connection goes on."""
    def script(wire):
        stream, other = read_requests(wire, 2)
        wire.send(*shapes(stream))
        wire.read_kind(frames.RST_STREAM, stream)
        wire.respond(other)
        wire.read_end()

    with ScriptedServer(script) as server:
        report = load("-n2", "-m2", server.uri())
    assert report.requests["succeeded"] == report.requests["errored"] == 1
    assert report.line("failures") == "malformed response: PROTOCOL_ERROR (1)"


def test_small_windows(server, documents):
    """Credit is given back as content comes."""
    report = load("-n6", "-m3", "-w10", "-W16", server.uri("/medium.bin")).check_all_succeeded(6)
    assert report.data_bytes == 6 * len(documents.read("medium.bin"))
