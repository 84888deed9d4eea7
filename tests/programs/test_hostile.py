# SPDX-License-Identifier: MIT
"""Floods and bombs against nghttpd: it ends the connection or limits it, its memory stays
bounded, and other clients are served meanwhile and afterwards."""
import contextlib
import socket
import struct
import time

import pytest

from support import field_block, frames, patience, ports
from support.field_block import indexed, inserted
from support.flood import Flood
from support.frames import CANCEL, GOAWAY, HEADERS, INITIAL_WINDOW_SIZE, RST_STREAM, Frame
from support.options import covers
from support.raw_client import RawClient, connect
from support.wire import Wire

GET = field_block.request("/small.txt")
POST = field_block.request("/", "POST")

# What one hostile connection may cost. The address sanitizer keeps freed memory for a while.
GROWTH_KIB = 48 * 1024 * (12 if patience.SANITIZED else 1)


def check_serves(server):
    with RawClient(server) as peer:
        head, body, _ = peer.get(1, GET)
        assert head.field(":status") == "200" and body.startswith(b"0123")


@pytest.fixture
def victim(start_nghttpd):
    """A fresh server; afterwards its memory is compared and another client is served."""
    with start_nghttpd("--echo-upload") as server:
        for _ in range(5):
            check_serves(server)
        before = server.process.resident_kib()
        yield server
        server.check_alive()
        check_serves(server)
        grown = server.process.resident_kib() - before
        assert grown < GROWTH_KIB, f"{grown} KiB more than before"


def check_memory(server, before):
    grown = server.process.resident_kib() - before
    assert grown < GROWTH_KIB, f"{grown} KiB more than before, while the attack lasts"


def connect_with_small_buffer(server):
    """A connection that takes little before the server's output piles up on its side."""
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    sock.connect((ports.LOOPBACK, server.port))
    return Wire(sock)


def requests(per_chunk, make):
    """A chunk of requests per call, on ever new streams; make(stream) gives their frames."""
    def chunk(number):
        first = number * per_chunk
        return b"".join(frame.encode() for index in range(first, first + per_chunk)
                        for frame in make(2 * index + 1))
    return chunk


# Floods that the server must end: name, bytes or function, how many of them ----------------------


def reset_at_once(stream):
    return [frames.headers(stream, GET), frames.rst_stream(stream)]


def reset_open_stream(stream):
    return [frames.headers(stream, POST, end=False), frames.rst_stream(stream)]


def provoke_by_window_update(stream):
    return [frames.headers(stream, POST, end=False), frames.window_update(stream, 0)]


def provoke_by_window_overflow(stream):
    return [frames.headers(stream, POST, end=False), frames.window_update(stream, 2**31 - 1)]


def malformed(stream):
    return [frames.headers(stream, GET + field_block.literal("UPPER", "1"))]


def too_much_content(stream):
    return [frames.headers(stream, POST + field_block.literal("content-length", "0"), end=False),
            frames.data(stream, b"x")]


def empty_data(number):
    opening = frames.headers(1, POST, end=False).encode() if number == 0 else b""
    return opening + frames.data(1).encode() * 1000


def continuation_flood(fragment):
    def chunk(number):
        opening = frames.headers(1, POST, end_headers=False).encode() if number == 0 else b""
        return opening + frames.continuation(1, fragment, end_headers=False).encode()
    return chunk


MUST_END = [
    ("rapid_reset", requests(100, reset_at_once), 200),
    ("rapid_reset_of_open_streams", requests(100, reset_open_stream), 200),
    ("resets_provoked_by_window_update", requests(100, provoke_by_window_update), 300),
    ("resets_provoked_by_window_overflow", requests(100, provoke_by_window_overflow), 300),
    ("malformed_requests", requests(100, malformed), 300),
    ("content_beyond_content_length", requests(100, too_much_content), 300),
    ("empty_data", empty_data, 30),
    ("continuation_with_fields", continuation_flood(field_block.literal("x", "y" * 16000)), 100),
    ("continuation_of_one_field",
     continuation_flood(b"\0\x7f\xff\xff\x7f" + b"x" * 16000), 100),
    ("empty_continuation", continuation_flood(b""), 2000),
    ("priority", lambda number: frames.priority(2 * number + 1).encode() * 1000, 50),
    ("unknown_frames", Frame(0xfe, 0, 0, b"?").encode() * 1000, 50),
    ("altsvc", Frame(frames.ALTSVC, 0, 0, b"\0\1hx").encode() * 1000, 50),
    ("settings_of_very_many_entries",
     Frame(frames.SETTINGS, 0, 0, struct.pack(">HI", 0xff00, 1) * 2000).encode(), 1),
]


@pytest.mark.parametrize("chunk, count", [pytest.param(*row[1:], id=row[0]) for row in MUST_END])
def test_flood_is_ended(victim, chunk, count):
    with RawClient(victim) as peer:
        Flood(peer, chunk, count).expect_end()


def test_priority_update_flood(victim):
    """For a server that has turned to RFC 9218; others take it for an unknown frame."""
    frame = Frame(frames.PRIORITY_UPDATE, 0, 0, struct.pack(">I", 2**31 - 1) + b"u=1")
    with RawClient(victim) as peer:
        Flood(peer, frame.encode() * 1000, 50).expect_end()


# Floods that pile up answers if nobody reads them ------------------------------------------------


@pytest.mark.parametrize("frame, count", [
    (frames.settings(), 3000), (frames.ping(), 2000)], ids=["settings", "ping"])
def test_unread_acknowledgements(victim, frame, count):
    with connect_with_small_buffer(victim) as peer:
        peer.send(frames.PREFACE, frames.settings())
        Flood(peer, frame.encode() * 1000, count, reading=False).expect_limit()
        check_serves(victim)


def test_unread_resets(victim):
    with connect_with_small_buffer(victim) as peer:
        peer.send(frames.PREFACE, frames.settings())
        Flood(peer, requests(100, malformed), 20_000, reading=False).expect_limit()
        check_serves(victim)


def test_unread_responses(victim):
    """Windows wide open, but nothing is read: 100 files of 20 MiB must not end up in memory."""
    before = victim.process.resident_kib()
    with connect_with_small_buffer(victim) as peer:
        peer.send(frames.PREFACE, frames.settings((INITIAL_WINDOW_SIZE, 2**31 - 1)),
                  frames.window_update(0, 2**31 - 1 - 65535),
                  *[frames.headers(stream, field_block.request("/big.bin"))
                    for stream in range(1, 200, 2)])
        for _ in range(50):
            check_serves(victim)
            check_memory(victim, before)


def test_responses_without_window(victim):
    """Like before with windows of no size, for each of many connections."""
    before = victim.process.resident_kib()
    with contextlib.ExitStack() as stack:
        for _ in range(10):
            peer = stack.enter_context(RawClient(victim, settings=[(INITIAL_WINDOW_SIZE, 0)]))
            peer.send(*[frames.headers(stream, field_block.request("/big.bin"))
                        for stream in range(1, 200, 2)])
            peer.expect_pong()
        check_serves(victim)
        check_memory(victim, before)


def test_window_dripping(victim):
    """One byte of window at a time is slow, but may neither fail nor block others."""
    with RawClient(victim, settings=[(INITIAL_WINDOW_SIZE, 0)]) as peer:
        peer.send(frames.headers(1, GET))
        for count in range(37):
            peer.send(frames.window_update(1, 1))
            frame = peer.read_kind(frames.DATA, 1)
            assert len(frame.body) == 1, count
        check_serves(victim)


def drip(peer, stream, octets, deadline):
    """Opens the windows by so many octets whenever they have come. Answers the code of the reset,
    None if there was none in time, and how much has come."""
    taken = 0
    while not deadline.passed():
        peer.send(frames.window_update(stream, octets), frames.window_update(0, octets))
        came = 0
        while came < octets:
            frame = peer.read_frame()
            assert frame is not None
            if frame.kind == RST_STREAM and frame.stream == stream:
                return frame.error_code, taken + came
            if frame.kind == frames.DATA:
                came += len(frame.body)
        taken += came
        time.sleep(0.05)
    return None, taken


@covers("nghttpd", "--stream-timeout")
def test_window_dripping_for_ever(start_nghttpd):
    """Windows that open octet by octet do not hold streams: what counts is what has moved."""
    with start_nghttpd("--stream-timeout", "1s") as server:
        with RawClient(server, settings=[(INITIAL_WINDOW_SIZE, 0)]) as peer:
            peer.send(*[frames.headers(stream, field_block.request("/big.bin"))
                        for stream in range(1, 20, 2)])
            code, taken = drip(peer, 1, 1, patience.Deadline())
            assert code == CANCEL and 1 < taken < 1024
            # The others have waited as long.
            while {frame.stream for frame in peer.seen if frame.kind == RST_STREAM} != set(
                    range(1, 20, 2)):
                assert peer.read_frame() is not None
            check_serves(server)


def test_slow_but_steady_reader(start_nghttpd):
    """Slow is allowed: 2 KiB at a time for longer than the limit."""
    with start_nghttpd("--stream-timeout", "1s") as server:
        with RawClient(server, settings=[(INITIAL_WINDOW_SIZE, 0)]) as peer:
            peer.send(frames.headers(1, field_block.request("/big.bin")))
            code, taken = drip(peer, 1, 2048, patience.Deadline(4))
            assert code is None and taken > 2048


def test_window_updates_of_the_connection(victim):
    """Legal, however many: they are applied and the connection lives, or it is ended."""
    with RawClient(victim) as peer:
        Flood(peer, frames.window_update(0, 1).encode() * 1000, 100)


# Bombs in field blocks ---------------------------------------------------------------------------


def expect_refusal(peer, stream):
    """Anything but a 2xx response, or an end of the connection."""
    while (frame := peer.read_frame()) is not None:
        if frame.kind == GOAWAY or (frame.kind == RST_STREAM and frame.stream == stream):
            return
        if frame.kind == HEADERS and frame.stream == stream:
            assert not frame.field(":status").startswith("2"), frame
            return


@pytest.mark.parametrize("entry", [
    inserted("x-bomb", "x" * 4000), inserted("cookie", "x" * 4000)], ids=["field", "cookie"])
def test_large_entry_referred_to_very_often(victim, entry):
    """16 kB on the wire that mean 64 MB of fields (CVE-2016-6581)."""
    before = victim.process.resident_kib()
    with RawClient(victim) as peer:
        peer.send(frames.headers(1, GET + entry),
                  frames.headers(3, GET + indexed(62) * (16384 - len(GET))))
        expect_refusal(peer, 3)
        check_memory(victim, before)


@pytest.mark.parametrize("entry", [inserted("a", ""), inserted("cookie", "")],
                         ids=["field", "cookie"])
def test_tiny_entry_referred_to_very_often(victim, entry):
    """Costs the server many times more than the sender, unless fields are counted."""
    before = victim.process.resident_kib()
    with RawClient(victim) as peer:
        peer.send(frames.headers(1, GET + entry),
                  frames.headers(3, GET + indexed(62) * (16384 - len(GET)), end_headers=False),
                  *[frames.continuation(3, indexed(62) * 16384, end_headers=number == 5)
                    for number in range(6)])
        expect_refusal(peer, 3)
        check_memory(victim, before)


def test_large_fields_on_every_stream(victim):
    """Each request is below the limits of one; together they are 100 times that."""
    before = victim.process.resident_kib()
    block = POST + b"".join(field_block.literal(f"x-{number}", "y" * 4000) for number in range(3))
    with RawClient(victim) as peer:
        peer.send(*[frames.headers(stream, block, end=False) for stream in range(1, 200, 2)])
        peer.expect_pong()
        check_serves(victim)
        check_memory(victim, before)


def test_huge_single_field(victim):
    with RawClient(victim) as peer:
        block = GET + field_block.literal("x", b"y" * 100_000)
        pieces = [block[at:at + 16384] for at in range(0, len(block), 16384)]
        peer.send(frames.headers(1, pieces[0], end_headers=False),
                  *[frames.continuation(1, piece, end_headers=piece is pieces[-1])
                    for piece in pieces[1:]])
        expect_refusal(peer, 1)


# Slow and silent clients -------------------------------------------------------------------------


def test_silent_connections(victim):
    with contextlib.ExitStack() as stack:
        for _ in range(200):
            stack.enter_context(connect(victim.port))
        check_serves(victim)


def test_slow_preface_and_requests(victim):
    with contextlib.ExitStack() as stack:
        for cut in range(1, 24):
            peer = stack.enter_context(RawClient(victim, start=False))
            peer.send(frames.PREFACE[:cut])
        for _ in range(20):
            peer = stack.enter_context(RawClient(victim))
            peer.send(frames.headers(1, GET, end_headers=False))
        check_serves(victim)


def test_silent_tls_clients(start_nghttpd):
    with start_nghttpd(tls=True) as server, contextlib.ExitStack() as stack:
        for content in (b"", b"\x16", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"):
            for _ in range(20):
                sock = stack.enter_context(connect(server.port))
                sock.sendall(content)
        check_serves(server)


def test_clients_that_vanish(victim):
    """Connections reset in the middle of everything."""
    linger = struct.pack("ii", 1, 0)
    for _ in range(50):
        peer = RawClient(victim)
        peer.send(*[frames.headers(stream, field_block.request("/big.bin"))
                    for stream in range(1, 21, 2)])
        peer.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        peer.close()


def test_upload_that_is_never_read_back(victim):
    """A large echo whose client does not read: held in bounded memory, or not taken at all."""
    before = victim.process.resident_kib()
    with RawClient(victim, settings=[(INITIAL_WINDOW_SIZE, 0)]) as peer:
        peer.send(frames.headers(1, POST, end=False))
        window = {0: 65535, 1: 65535}
        for number in range(64 * 64):
            if min(window.values()) < 16384:
                seen = len(peer.seen)
                peer.expect_pong(struct.pack(">Q", 2 * number))
                peer.expect_pong(struct.pack(">Q", 2 * number + 1))
                for update in peer.seen[seen:]:
                    if update.kind == frames.WINDOW_UPDATE:
                        window[update.stream] += update.increment
            if min(window.values()) < 16384:
                break
            peer.send(frames.data(1, bytes(16384)))
            window = {stream: left - 16384 for stream, left in window.items()}
        peer.expect_pong()
        check_memory(victim, before)
