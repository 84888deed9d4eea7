# SPDX-License-Identifier: MIT
"""Hostile servers against h2load: every request adds up, the run ends, memory is bounded, and the
report says what was wrong."""
import functools
import re

import pytest

from support import field_block, frames, patience, process, programs
from support.field_block import indexed, inserted
from support.flood import Flood
from support.frames import Frame
from support.h2load import Report
from support.scripted_server import ScriptedServer

OK = field_block.response()
MEMORY_KIB = 64 * 1024 * (12 if patience.SANITIZED else 1)
REQUESTS = 5
LIMIT = "--response-timeout=500ms"


@pytest.fixture(name="measured_load")
def make_measured_load(directory):
    """h2load whose use of memory is checked, and its report."""
    program = programs.under_test("h2load")

    def load(server, *arguments, amount=f"-n{REQUESTS}"):
        result, peak = process.run_measured(
            [program, amount, *arguments, server.uri()], directory / "peak")
        assert peak < MEMORY_KIB, f"{peak} KiB in use"
        return Report(result.check_ok().text).check_sums()
    return load


def frames_of(*shapes):
    return b"".join(shape.encode() for shape in shapes)


def head(stream):
    return frames.headers(stream, OK, end=False)


# ---- Floods: chunks are made for the stream of the request and their own number ----


def continuations(stream, number, fragment=b""):
    opening = frames_of(frames.headers(stream, OK, end_headers=False)) if number == 0 else b""
    return opening + frames_of(frames.continuation(stream, fragment, end_headers=False)) * 100


def field_bomb(stream, number):
    """Entries of 4 KB that an octet each refers to."""
    opening = inserted("x-bomb", "x" * 4000) if number == 0 else b""
    return frames_of(frames.headers(stream, OK + opening + indexed(62) * 12000))


def octets(stream, number):
    """A window of one octet that is always open again."""
    return (frames_of(head(stream)) if number == 0 else b"") + frames_of(
        frames.data(stream, b"x")) * 1000


ENDED = [
    ("empty_continuations", continuations, 30000, [], "a header block without end"),
    ("fields_without_end", functools.partial(continuations, fragment=b"\x00\x01x\x7f" + b"x" * 127),
     1000, [], "a header block"),
    ("field_bomb", field_bomb, 3000, [], "a header block that cannot be decoded"),
    ("octets_of_small_windows", octets, 3000, ["-w1"], "too many answers to DATA"),
    ("settings", lambda *_: frames_of(frames.settings((1, 4096))) * 1000, 3000, [],
     "too many answers to SETTINGS"),
    ("pings", lambda *_: frames_of(frames.ping()) * 1000, 3000, [], "too many answers to PING"),
    ("window_updates", lambda *_: frames_of(frames.window_update(0, 1 << 30)) * 1000, 3000, [],
     "the connection's window overflows"),
]


@pytest.mark.parametrize("chunk, count, arguments, reason",
                         [pytest.param(*row[1:], id=row[0]) for row in ENDED])
def test_flood_is_ended(measured_load, chunk, count, arguments, reason):
    def script(wire):
        wire.start()
        Flood(wire, functools.partial(chunk, wire.read_request().stream), count,
              reading=False).expect_limit()

    with ScriptedServer(script) as server:
        report = measured_load(server, "-m2", *arguments)
    assert report.requests["errored"] == REQUESTS
    assert "protocol error of the server: " in report.line("failures")
    assert reason in report.line("failures")


def empty_data(stream, number):
    return (frames_of(head(stream)) if number == 0 else b"") + frames_of(
        frames.data(stream)) * 1000


IGNORED = [
    ("empty_data", empty_data),
    ("padding", lambda stream, number: (frames_of(head(stream)) if number == 0 else b"")
     + frames_of(frames.data(stream, padding=255)) * 100),
    ("interim_responses", lambda stream, _: frames_of(
        frames.headers(stream, field_block.response("103"), end=False)) * 1000),
    ("unknown_frames", lambda stream, _: Frame(0xfe, 0, stream, b"?").encode() * 1000),
    ("priorities", lambda stream, _: frames_of(frames.priority(stream)) * 1000),
]


@pytest.mark.parametrize("chunk", [pytest.param(row[1], id=row[0]) for row in IGNORED])
def test_flood_is_no_progress(measured_load, chunk):
    """What brings a response no further does not keep its request alive either."""
    def script(wire):
        wire.start()
        Flood(wire, functools.partial(chunk, wire.read_request().stream), 1 << 30)

    with ScriptedServer(script) as server:
        report = measured_load(server, LIMIT)
    assert report.requests["timeout"] == 1 and report.requests["errored"] == REQUESTS
    assert "no response in time" in report.line("failures")


# ---- Silence: the server sends this for the request, and no more ----

SILENT = [
    ("nothing", lambda stream: b""),
    ("half_a_frame", lambda stream: frames_of(head(stream))[:5]),
    ("a_frame_without_its_payload", lambda stream: frames_of(head(stream))[:9]),
    ("half_a_header_block",
     lambda stream: frames_of(frames.headers(stream, OK, end_headers=False))),
    ("a_head_alone", lambda stream: frames_of(head(stream))),
    ("half_a_content", lambda stream: frames_of(head(stream), frames.data(stream, b"x"))),
]


@pytest.mark.parametrize("octets", [pytest.param(row[1], id=row[0]) for row in SILENT])
@pytest.mark.parametrize("limit", ["-T500ms", "-N500ms", LIMIT])
def test_silence(measured_load, octets, limit):
    def script(wire):
        wire.start()
        wire.send(octets(wire.read_request().stream))
        wire.read_end()

    with ScriptedServer(script) as server:
        report = measured_load(server, limit)
    assert report.requests["timeout"] == 1 and report.requests["errored"] == REQUESTS
    assert re.search("no response in time|for too long", report.line("failures"))


def test_no_further_streams(measured_load):
    """A response a connection, and then SETTINGS forbid any more: as if it had been closed."""
    def script(wire):
        wire.start()
        stream = wire.read_request().stream
        wire.send(frames.settings((frames.MAX_CONCURRENT_STREAMS, 0)), frames.headers(stream, OK))
        wire.read_end()

    with ScriptedServer(script, connections=REQUESTS) as server:
        report = measured_load(server, LIMIT)
    assert report.requests["succeeded"] == REQUESTS
    assert report.line("connections") == f"{REQUESTS} established, 0 failed"


@pytest.mark.parametrize("limit", ["-T500ms", "-N500ms", LIMIT])
def test_window_that_never_opens(measured_load, directory, limit):
    body = directory / "body"
    body.write_bytes(b"x" * 100000)

    def script(wire):
        wire.start((frames.INITIAL_WINDOW_SIZE, 0))
        wire.read_end()

    with ScriptedServer(script) as server:
        report = measured_load(server, limit, "-m2", "-d", body)
    assert report.requests["timeout"] == 2 and report.requests["errored"] == REQUESTS


# ---- Ends: what the server sends before it closes, and why the requests failed ----

ENDS = [
    ("close", lambda stream: b"", "connection "),
    ("half_a_frame", lambda stream: frames_of(head(stream))[:5], "connection "),
    ("goaway_of_all", lambda stream: frames_of(frames.goaway(1 << 30)), "connection "),
    ("goaway_of_none", lambda stream: frames_of(frames.goaway(0, frames.ENHANCE_YOUR_CALM)),
     "the server closes the connection"),
    ("goaway_too_short", lambda stream: Frame(frames.GOAWAY, 0, 0, bytes(7)).encode(), "GOAWAY"),
    ("frame_of_16_mb", lambda stream: b"\xff\xff\xff\x00\x00\x00\x00\x00\x01", "frame size"),
    ("padding_only", lambda stream: frames_of(head(stream)) + Frame(
        frames.DATA, frames.PADDED, stream, b"").encode(), "padding"),
    ("priority_cut_short", lambda stream: Frame(
        frames.HEADERS, frames.END_HEADERS | frames.PRIORITY_FLAG, stream, bytes(4)).encode(),
     "HEADERS"),
    ("settings_of_five", lambda stream: Frame(frames.SETTINGS, 0, 0, bytes(5)).encode(),
     "SETTINGS"),
    ("window_of_2_31", lambda stream: frames_of(
        frames.settings((frames.INITIAL_WINDOW_SIZE, 1 << 31))), "SETTINGS_INITIAL_WINDOW_SIZE"),
    ("frame_size_of_1", lambda stream: frames_of(frames.settings((frames.MAX_FRAME_SIZE, 1))),
     "SETTINGS_MAX_FRAME_SIZE"),
    ("reset_of_idle", lambda stream: frames_of(frames.rst_stream(999)), "RST_STREAM of an idle"),
]


@pytest.mark.parametrize("octets, reason", [pytest.param(*row[1:], id=row[0]) for row in ENDS])
def test_ends(measured_load, octets, reason):
    def script(wire):
        wire.start()
        wire.send(octets(wire.read_request().stream))

    with ScriptedServer(script) as server:
        report = measured_load(server, LIMIT)
    assert report.requests["errored"] == REQUESTS and report.requests["done"] == 0
    assert reason in report.line("failures")


def test_resets_without_reading(measured_load):
    """Requests are not piled up for a server that resets them all and reads none."""
    def script(wire):
        wire.start((frames.MAX_CONCURRENT_STREAMS, 1000))
        wire.read_request()
        numbers = iter(range(1, 1 << 30, 2))
        Flood(wire, lambda _: frames_of(*(frames.rst_stream(next(numbers)) for _ in range(1000))),
              20000, reading=False)

    with ScriptedServer(script) as server:
        report = measured_load(server, "-m1000", "-H", "x: " + "y" * 2000, amount="-D2")
    assert report.requests["done"] == 0 and report.requests["errored"] > 1000
