# SPDX-License-Identifier: MIT
"""Hostile servers against nghttp: it ends, in bounded memory, with a non-zero exit status."""
import functools

import pytest

from support import field_block, frames, patience, process, programs
from support.field_block import indexed, inserted
from support.flood import Flood
from support.frames import Frame
from support.scripted_server import ScriptedServer

OK = field_block.response()
MEMORY_KIB = 64 * 1024 * (12 if patience.SANITIZED else 1)


@pytest.fixture
def measured_nghttp(directory):
    """nghttp whose use of memory is checked."""
    program = programs.under_test("nghttp")
    process.run([program, "--version"]).check_ok()

    def run(*arguments):
        result, peak = process.run_measured([program, *arguments], directory / "peak")
        assert peak < MEMORY_KIB, f"{peak} KiB in use"
        return result
    return run


# Chunks are made for the stream of the request and their own number.


def pushes(stream, number):
    first = 1000 * number + 1
    return b"".join(frames.push_promise(stream, 2 * (first + index),
                                        field_block.request("/p")).encode()
                    for index in range(1000))


def continuation_flood(fragment):
    def chunk(stream, number):
        opening = frames.headers(stream, OK, end_headers=False).encode() if number == 0 else b""
        return opening + frames.continuation(stream, fragment, end_headers=False).encode()
    return chunk


def empty_data(stream, number):
    opening = frames.headers(stream, OK, end=False).encode() if number == 0 else b""
    return opening + frames.data(stream).encode() * 1000


def unknown_frames(stream, _):
    return Frame(0xfe, 0, stream, b"?").encode() * 1000


def settings_of_very_many_entries(*_):
    return Frame(frames.SETTINGS, 0, 0, bytes(6) * 2000).encode()


MUST_END = [
    ("empty_continuation", continuation_flood(b""), 2000),
    ("continuation_with_fields", continuation_flood(field_block.literal("x", "y" * 16000)), 200),
    ("empty_data", empty_data, 50),
    ("unknown_frames", unknown_frames, 50),
    ("settings_of_very_many_entries", settings_of_very_many_entries, 1),
]


@pytest.mark.parametrize("chunk, count", [pytest.param(*row[1:], id=row[0]) for row in MUST_END])
def test_flood_is_ended(measured_nghttp, chunk, count):
    def script(wire):
        wire.start()
        stream = wire.read_request().stream
        Flood(wire, functools.partial(chunk, stream), count).expect_end()

    with ScriptedServer(script) as server:
        measured_nghttp("-n", server.uri()).check_failed()


@pytest.mark.parametrize("frame", [frames.settings(), frames.ping()], ids=["settings", "ping"])
def test_unread_acknowledgements(measured_nghttp, frame):
    def script(wire):
        wire.start()
        wire.read_request()
        Flood(wire, frame.encode() * 1000, 3000, reading=False).expect_limit()

    with ScriptedServer(script) as server:
        measured_nghttp("-n", server.uri()).check_failed()


def test_endless_pushes(measured_nghttp):
    def script(wire):
        wire.start()
        stream = wire.read_request().stream
        Flood(wire, functools.partial(pushes, stream), 100)

    with ScriptedServer(script) as server:
        measured_nghttp("-n", server.uri()).check_failed()


@pytest.mark.parametrize("entry, rounds", [
    (inserted("x-bomb", "x" * 4000), 1), (inserted("a", ""), 6)], ids=["large", "tiny"])
def test_field_bomb(measured_nghttp, entry, rounds):
    """Response fields that are thousands of times larger than their encoding: refused, or
    decoded without being kept."""
    def script(wire):
        wire.start()
        stream = wire.read_request().stream
        wire.send(frames.headers(stream, OK + entry + indexed(62) * 12000, end_headers=False))
        for number in range(rounds):
            wire.send(frames.continuation(stream, indexed(62) * 16384,
                                          end_headers=number == rounds - 1))
        wire.read_end()

    with ScriptedServer(script) as server:
        measured_nghttp("-n", server.uri())


def test_names_in_messages_are_not_passed_on_raw(measured_nghttp):
    """Reasons that come from the server must not carry escape sequences to the terminal."""
    def script(wire):
        wire.start()
        wire.read_request()
        wire.send(frames.goaway(0, frames.PROTOCOL_ERROR, b"\x1b]0;title\x07\x1b[2J"))
        wire.read_end()

    with ScriptedServer(script) as server:
        run = measured_nghttp(server.uri())
    run.check_failed()
    assert b"\x1b" not in run.stderr_bytes and b"\x07" not in run.stderr_bytes
