# SPDX-License-Identifier: MIT
"""nghttp --explain: each rule, broken by a server on purpose, and nothing when none is broken."""
import pathlib
import re
import shutil
import struct

import pytest

from support import field_block, frames, h2_peers, ports, process
from support.field_block import block, literal, request, response
from support.frames import Frame, continuation, data, goaway, headers, ping, push_promise, rst_stream
from support.frames import settings, window_update
from support.json_trace import JsonTrace
from support.options import covers
from support.scripted_server import ScriptedServer

_ROOT = pathlib.Path(__file__).resolve().parents[2]
_RULE = re.compile(r'\bk\w+\{\s*"([a-z0-9-]+)",\s*(\d+),\s*"([\d.]*)"')
REQUEST = request("/pushed")
BEGIN = headers(1, response(), end=False)
CONNECT = ("-H", ":method: CONNECT")
HEAD = ("-H", ":method: HEAD")


def answer(*fields, status="200", end=True):
    return headers(1, response(status, *fields), end=end)


def odd(kind, payload=b"", flags=0, stream=0):
    return Frame(kind, flags, stream, payload)


def promise(*fields):
    return push_promise(1, 2, block(*fields))


# The rule, what the server sends, of which the last frame breaks it, and nghttp's options.
ROWS = [
    ("reserved-bit", [odd(frames.PING, b"8 octets", stream=0x80000000)]),
    ("reserved-bit", [push_promise(1, 0x80000002, REQUEST)]),
    ("undefined-flags", [odd(frames.PING, b"8 octets", flags=0x40)]),
    ("frame-size", [BEGIN, Frame(frames.DATA, 0, 1, b"").encode(length=16385)]),
    ("frame-too-short", [odd(frames.GOAWAY, b"1234567")]),
    ("frame-too-short", [odd(frames.HEADERS, b"", frames.PADDED | frames.END_HEADERS, 1)]),
    ("frame-too-short", [odd(frames.PUSH_PROMISE, b"\0\0\0", frames.END_HEADERS, 1)]),
    ("frame-too-short", [odd(frames.ALTSVC, b"\0\5ab")]),
    ("interrupted-block", [headers(1, response(), end_headers=False), ping()]),
    ("interrupted-block", [headers(1, response(), end_headers=False), odd(0xfa, b"?")]),
    ("padding-length", [BEGIN, odd(frames.DATA, b"\5abc", frames.PADDED, 1)]),
    ("padding-not-zero", [BEGIN, odd(frames.DATA, b"\2ab\1\0", frames.PADDED, 1)]),
    ("data-on-connection", [data(0, b"x")]),
    ("headers-on-connection", [headers(0, response())]),
    ("priority-on-connection", [frames.priority(0, 3)]),
    ("priority-length", [odd(frames.PRIORITY, b"1234", stream=1)]),
    ("priority-self", [frames.priority(1, 1)]),
    ("priority-self", [headers(1, response(), priority=(1, 5))]),
    ("rst-stream-on-connection", [rst_stream(0)]),
    ("rst-stream-length", [odd(frames.RST_STREAM, b"123", stream=1)]),
    ("ping-on-stream", [odd(frames.PING, b"8 octets", stream=1)]),
    ("ping-length", [odd(frames.PING, b"1234567")]),
    ("continuation-on-connection unexpected-continuation", [continuation(0, b"")]),
    ("unexpected-continuation", [continuation(1, response())]),
    ("unexpected-continuation", [BEGIN, continuation(1, b"")]),
    ("settings-on-stream", [odd(frames.SETTINGS, stream=1)]),
    ("settings-length", [odd(frames.SETTINGS, b"12345")]),
    ("settings-ack-length", [odd(frames.SETTINGS, bytes(6), frames.ACK)]),
    ("settings-enable-push", [settings((frames.ENABLE_PUSH, 1))]),
    ("settings-initial-window-size", [settings((frames.INITIAL_WINDOW_SIZE, 1 << 31))]),
    ("settings-max-frame-size", [settings((frames.MAX_FRAME_SIZE, 16383))]),
    ("settings-max-frame-size", [settings((frames.MAX_FRAME_SIZE, 1 << 24))]),
    ("settings-enable-connect-protocol", [settings((frames.ENABLE_CONNECT_PROTOCOL, 2))]),
    ("settings-connect-protocol-withdrawn", [settings((frames.ENABLE_CONNECT_PROTOCOL, 1)),
                                             settings((frames.ENABLE_CONNECT_PROTOCOL, 0))]),
    ("settings-no-rfc7540-priorities settings-no-rfc7540-priorities-changed",
     [settings((frames.NO_RFC7540_PRIORITIES, 2))]),
    ("settings-no-rfc7540-priorities-changed", [settings((frames.NO_RFC7540_PRIORITIES, 1))]),
    ("window-update-length", [odd(frames.WINDOW_UPDATE, b"123")]),
    ("window-update-zero", [window_update(0, 0)]),
    ("window-update-zero", [BEGIN, window_update(1, 0)]),
    ("window-overflow", [window_update(0, 0x7fffffff)]),
    ("window-overflow", [window_update(1, 0x7fffffff)]),
    ("flow-control-stream", [BEGIN, data(1, bytes(1023)), data(1, b"x")], "-w", "10"),
    ("goaway-on-stream", [odd(frames.GOAWAY, bytes(8), stream=1)]),
    ("goaway-last-stream", [goaway(1), goaway(3)]),
    ("idle-stream", [data(3, b"x")]),
    ("idle-stream", [window_update(5, 1)]),
    ("idle-stream", [rst_stream(2)]),
    ("idle-stream", [headers(9, response())]),
    ("not-promised", [headers(2, response())]),
    ("reserved-stream", [push_promise(1, 2, REQUEST), data(2, b"x")]),
    ("reserved-stream", [push_promise(1, 2, REQUEST), window_update(2, 1)]),
    ("after-end-stream", [answer(), data(1, b"x")]),
    ("after-end-stream", [answer(), answer()]),
    ("after-rst-stream", [rst_stream(1), answer()]),
    ("concurrent-streams", [push_promise(1, 2, REQUEST), headers(2, response(), end=False)],
     "--max-concurrent-streams=0"),
    ("push-promise-on-connection", [push_promise(0, 2, REQUEST)]),
    ("push-disabled", [push_promise(1, 2, REQUEST)], "--no-push"),
    ("push-promise-parent", [push_promise(1, 2, REQUEST), push_promise(2, 4, REQUEST)]),
    ("push-promise-parent", [push_promise(3, 2, REQUEST)]),
    ("push-promise-parent", [answer(), push_promise(1, 2, REQUEST)]),
    ("promised-stream-even", [push_promise(1, 3, REQUEST)]),
    ("promised-stream-greater", [push_promise(1, 4, REQUEST), push_promise(1, 2, REQUEST)]),
    ("tunnel-frame", [BEGIN, headers(1, block(("a", "b")))], *CONNECT),
    ("altsvc-without-origin", [odd(frames.ALTSVC, b"\0\0" b'h2=":1"')]),
    ("altsvc-with-origin", [odd(frames.ALTSVC, b"\0\1ax", stream=1)]),
    ("origin-in-cleartext", [odd(frames.ORIGIN)]),
    ("origin-in-cleartext origin-on-stream", [odd(frames.ORIGIN, stream=1)]),
    ("priority-update", [odd(frames.PRIORITY_UPDATE, struct.pack(">I", 1) + b"u=1")]),
    ("hpack", [headers(1, b"\x80")]),
    ("hpack", [headers(1, response() + b"\xff\xff\xff\xff\xff\xff")]),
    ("hpack", [push_promise(1, 2, b"\x3f\xff\xff\x7f")]),
    ("field-name-empty", [answer(("", "x"))]),
    ("field-name-upper-case", [answer(("X-Upper", "1"))]),
    ("field-name-character", [answer(("x y", "1"))]),
    ("field-name-character", [answer(("x:y", "1"))]),
    ("field-name-character", [answer((b"x\xff", "1"))]),
    ("field-value-character", [answer(("x", "a\nb"))]),
    ("field-value-character", [answer(("x", "a\0b"))]),
    ("field-value-space", [answer(("x", " a"))]),
    ("field-value-space", [answer(("x", "a\t"))]),
    *[("connection-field", [answer((name, "x"))]) for name in (
        "connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade")],
    ("te", [answer(("te", "gzip"))]),
    ("pseudo-field-late", [headers(1, literal("a", "b") + response())]),
    ("pseudo-field-repeated", [answer((":status", "200"))]),
    ("pseudo-field-invalid", [answer((":path", "/"))]),
    ("pseudo-field-invalid", [answer((":odd", "1"))]),
    ("pseudo-field-in-trailers", [BEGIN, headers(1, block((":status", "200")))]),
    ("status-missing", [headers(1, block(("a", "b")))]),
    ("status-invalid", [answer(status="20")]),
    ("status-invalid", [answer(status="600")]),
    ("status-101", [answer(status="101", end=False)]),
    ("promised-request-incomplete", [promise((":method", "GET"), (":scheme", "http"),
                                             (":authority", "localhost"))]),
    ("promised-request-incomplete", [push_promise(1, 2, request(""))]),
    ("promised-request-authority", [promise((":method", "GET"), (":scheme", "http"),
                                            (":path", "/"))]),
    ("promised-request-method", [push_promise(1, 2, request("/", "POST"))]),
    ("promised-request-content", [push_promise(1, 2, request("/", "GET",
                                                             ("content-length", "3")))]),
    ("informational-end-stream", [answer(status="103")]),
    ("trailers-without-end-stream", [BEGIN, headers(1, block(("a", "b")), end=False)]),
    ("data-before-response", [data(1, b"x")]),
    ("content-length-mismatch", [answer(("content-length", "5"), end=False),
                                 data(1, b"abc", end=True)]),
    ("content-length-mismatch", [answer(("content-length", "2"), end=False), data(1, b"abc")]),
    ("content-length-mismatch", [answer(("content-length", "5"))]),
    ("content-length-mismatch", [answer(("content-length", "5"), end=False),
                                 headers(1, block(("a", "b")))]),
    ("content-length-invalid", [answer(("content-length", "5x"))]),
    ("content-length-invalid", [answer(("content-length", "0"), ("content-length", "0"))]),
    ("content-length-forbidden", [answer(("content-length", "0"), status="204")]),
    ("content-length-forbidden", [answer(("content-length", "0"), status="103", end=False)]),
    ("content-forbidden", [answer(status="204", end=False), data(1, b"x", end=True)]),
    ("content-forbidden", [answer(end=False), data(1, b"x", end=True)], *HEAD),
]
# Rules whose breach needs more than frames in a row.
ELSEWHERE = {"first-frame", "settings-window-overflow", "flow-control-connection"}


def rules_of_sources():
    text = (_ROOT / "src" / "trace" / "rules.h").read_text(encoding="utf-8")
    return {name: (int(rfc), section) for name, rfc, section in _RULE.findall(text)}


@pytest.fixture
def explained(nghttp, directory):
    """explained(script, option...) -> the trace in JSON and what -v says, with --explain."""
    def run(script, *options):
        path = directory / "trace"
        with ScriptedServer(script) as server:
            done = nghttp("-nv", "--explain", f"--json={path}", *options, server.uri())
        return JsonTrace(path.read_text(encoding="ascii")), done.text
    return run


def check(trace, text, names):
    """The last frame with an explanation breaks these rules, and none before it breaks any."""
    rules = rules_of_sources()
    broken = [frame for frame in trace.frames() if "breaks" in frame]
    assert len(broken) == 1, broken
    breaches = broken[0]["breaks"]
    assert sorted(one["rule"] for one in breaches) == sorted(names)
    lines = text.splitlines()
    shown = [line for line in lines if line.startswith(" " * 10 + "! RFC ")]
    assert len(shown) == len(breaches)
    for one, line in zip(breaches, shown):
        rfc, section = rules[one["rule"]]
        assert (one["rfc"], one["section"]) == (rfc, section or one["section"])
        assert f'! RFC {one["rfc"]}, section {one["section"]}: {one["reason"]}' in line
    above = lines[:lines.index(shown[0])]
    head = next(line for line in reversed(above) if re.search(r"\] (recv|send) [A-Z_a-z]+ frame", line)
                or "INVALID" in line)
    kind = broken[0]["type"].replace("UNKNOWN", "extension").replace("CONTINUATION",
                                                                    "(CONTINUATION|HEADERS)")
    assert re.search(rf" recv {kind} frame <", head) or re.search(rf"recv {kind} ", head), head


@covers("nghttp", "--explain")
@pytest.mark.parametrize("names, sent, options", [
    pytest.param(row[0].split(), row[1], row[2:], id=f"{number}-{row[0].split()[0]}")
    for number, row in enumerate(ROWS)])
def test_rule(explained, names, sent, options):
    def script(wire):
        wire.start()
        wire.read_request()
        wire.send(*sent)
        wire.socket.shutdown(1)
        wire.read_end()

    check(*explained(script, *options), names)


def test_first_frame(explained):
    def script(wire):
        wire.read_preface()
        wire.send(ping(), settings(), frames.settings_ack())
        wire.socket.shutdown(1)
        wire.read_end()

    check(*explained(script), ["first-frame"])


def test_settings_window_overflow(explained, documents):
    """A stream that is being sent to: an upload larger than the window."""
    def script(wire):
        wire.start()
        wire.read_request()
        total = 0
        while total < 65535:
            total += len(wire.read_kind(frames.DATA).payload)
        wire.send(window_update(1, 0x7fffffff), settings((frames.INITIAL_WINDOW_SIZE, 65536)))
        wire.socket.shutdown(1)
        wire.read_end()

    check(*explained(script, "-d", documents.root / "medium.bin"), ["settings-window-overflow"])


def test_every_rule_is_tested_and_described():
    tested = {name for row in ROWS for name in row[0].split()} | ELSEWHERE
    assert tested == set(rules_of_sources())
    page = (_ROOT / "doc" / "nghttp-explain.rst").read_text(encoding="utf-8")
    described = dict(re.findall(r"^``([a-z0-9-]+)`` +(RFC \d+ [\d.]*)", page, re.M))
    assert described == {name: f"RFC {rfc} {section}"
                         for name, (rfc, section) in rules_of_sources().items()}


def test_names_of_the_peer_are_escaped(explained):
    def script(wire):
        wire.start()
        wire.read_request()
        wire.send(answer(("\x1b[2J\nX", "1")))
        wire.socket.shutdown(1)
        wire.read_end()

    _, text = explained(script)
    assert "\x1b" not in text and "\n X" not in text


def test_explain_alone_has_the_trace_shown(nghttp, nginx):
    assert " recv SETTINGS frame <" in nghttp("-n", "--explain", nginx.clear).text


def test_nothing_is_explained_unasked(nghttp):
    def script(wire):
        wire.start()
        wire.read_request()
        wire.send(window_update(0, 0))
        wire.read_end()

    with ScriptedServer(script) as server:
        assert "! RFC" not in nghttp("-nv", server.uri()).text


# Conversations by the rules -------------------------------------------------------------------


@pytest.fixture
def check_clean(nghttp, directory):
    def run(*arguments, ok=True):
        path = directory / "trace"
        done = nghttp("-nvy", "--explain", f"--json={path}", *arguments)
        if ok:
            done.check_ok()
        trace = JsonTrace(path.read_text(encoding="ascii"))
        assert trace.frames("received")
        assert not [frame for frame in trace.frames() if "breaks" in frame]
        assert "! RFC" not in done.text
    return run


PATHS = ["/small.txt", "/medium.bin", "/nothing-there", "/index.html", "/empty.txt"]
OPTIONS = [[], ["-w", "9"], ["-W", "20", "-w", "18"], ["-m", "20"], ["-b", "200", "-c", "0"],
           ["-H", ":method: HEAD"], ["-c", "100", "-c", "64K", "-m", "3"]]


@pytest.mark.parametrize("options", OPTIONS, ids=" ".join)
@pytest.mark.parametrize("base", ["tls", "clear"])
def test_nothing_wrong_with_nginx(check_clean, nginx, base, options):
    check_clean(*options, *[getattr(nginx, base) + path for path in PATHS])


@pytest.mark.parametrize("options", OPTIONS, ids=" ".join)
def test_nothing_wrong_with_nghttpd(check_clean, start_nghttpd, options):
    with start_nghttpd("-p/index.html=/small.txt,/medium.bin", "-b", "99", "-c", "200") as server:
        check_clean(*options, *map(server.uri, PATHS))


def test_nothing_wrong_with_an_upload(check_clean, start_nghttpd, documents):
    with start_nghttpd("--echo-upload", tls=True) as server:
        check_clean("-d", documents.root / "medium.bin", "--trailer", "a: b", "--expect-continue",
                    server.uri("/up"))


@pytest.mark.parametrize("options", [["-u"], [], ["-u", "-d", "small.txt"]], ids=" ".join)
def test_nothing_wrong_with_apache(check_clean, apache_h2c, documents, options):
    options = [str(documents.root / word) if word.endswith("txt") else word for word in options]
    # After an upgrade, Apache may close while later requests are still on their way.
    paths = PATHS[:1] if "-u" in options else PATHS[:3]
    check_clean(*options, *[apache_h2c + path for path in paths], ok="-d" not in options)


def test_nothing_wrong_with_python_h2(check_clean):
    def script(wire):
        peer = h2_peers.H2Peer(wire, client_side=False)
        peer.start()
        stream = peer.wait_for(h2_peers.h2.events.RequestReceived).stream_id
        peer.connection.push_stream(stream, 2, [
            (":method", "GET"), (":scheme", "http"), (":authority", "x"), (":path", "/p")])
        peer.connection.send_headers(2, [(":status", "204")], end_stream=True)
        peer.connection.send_headers(stream, [(":status", "103"), ("link", "</x>")])
        peer.connection.send_headers(stream, [(":status", "200"), ("x", "1" * 30000)])
        peer.connection.send_data(stream, b"12345", pad_length=3)
        peer.connection.send_headers(stream, [("trailer", "t")], end_stream=True)
        peer.flush()
        while peer.pump():
            pass

    with ScriptedServer(script) as server:
        check_clean(server.uri())


@pytest.mark.skipif(not shutil.which("h2o"), reason="h2o is not installed")
def test_nothing_wrong_with_h2o(check_clean, documents, directory, authority):
    def launch(port):
        (directory / "h2o.conf").write_text(
            f"listen:\n  host: 127.0.0.1\n  port: {port[0]}\n"
            f"listen:\n  host: 127.0.0.1\n  port: {port[1]}\n  ssl:\n"
            f"    certificate-file: {authority.server.cert}\n"
            f"    key-file: {authority.server.key}\n"
            f"hosts:\n  default:\n    paths:\n      /:\n        file.dir: {documents.root}\n"
            + ("user: root\n" if directory.owner() == "root" else ""), encoding="ascii")
        return process.Background(["h2o", "-c", directory / "h2o.conf"], directory / "h2o.log")

    server, port = ports.start(launch, 2)
    try:
        for base in f"http://localhost:{port[0]}", f"https://localhost:{port[1]}":
            check_clean(*[base + path for path in PATHS], "-m", "3", "-w", "9")
    finally:
        server.stop()
