# SPDX-License-Identifier: MIT
"""RFC 9113 sections 5.2, 6.5.3 and 6.9 against nghttpd: flow control and settings take effect."""
from support import field_block, frames
from support.frames import (DATA, FLOW_CONTROL_ERROR, HEADER_TABLE_SIZE, HEADERS,
                            INITIAL_WINDOW_SIZE, MAX_FRAME_SIZE, RST_STREAM, WINDOW_UPDATE)
from support.raw_client import RawClient

BIG = field_block.request("/big.bin")
MEDIUM = field_block.request("/medium.bin")


def received(peer, stream=None):
    """Flow-controlled bytes so far."""
    return sum(len(frame.payload) for frame in peer.seen
               if frame.kind == DATA and stream in (None, frame.stream))


def settle(peer):
    """Give the server two turns: whatever it may still send precedes the second answer."""
    peer.expect_pong(b"turn one")
    peer.expect_pong(b"turn two")


def read_bytes(peer, count, stream=None):
    while received(peer, stream) < count:
        peer.read_kind(DATA, stream)


def test_5_2_connection_window_starts_at_65535(server):
    with RawClient(server, settings=[(INITIAL_WINDOW_SIZE, 2**31 - 1)]) as peer:
        peer.send(frames.headers(1, BIG), frames.headers(3, BIG))
        read_bytes(peer, 65535)
        settle(peer)
        assert received(peer) == 65535


def test_5_2_stream_window_starts_at_65535(server):
    with RawClient(server) as peer:
        peer.send(frames.window_update(0, 2**31 - 1 - 65535), frames.headers(1, BIG))
        read_bytes(peer, 65535)
        settle(peer)
        assert received(peer) == 65535


def test_6_9_window_updates_release_exactly_so_much(server, documents):
    with RawClient(server, settings=[(INITIAL_WINDOW_SIZE, 0)]) as peer:
        peer.send(frames.headers(1, MEDIUM))
        peer.read_kind(HEADERS, 1)
        expected = 0
        for increment in (1, 2, 100, 16384, 20000):
            peer.send(frames.window_update(1, increment))
            expected += increment
            read_bytes(peer, expected)
            settle(peer)
            assert received(peer) == expected
        body = b"".join(frame.body for frame in peer.seen if frame.kind == DATA)
        assert body == documents.read("medium.bin")[:expected]


def test_6_9_a_blocked_stream_does_not_block_another(server, documents):
    with RawClient(server, settings=[(INITIAL_WINDOW_SIZE, 0)]) as peer:
        peer.send(frames.headers(1, BIG), frames.headers(3, field_block.request("/small.txt")),
                  frames.window_update(3, 1000))
        _, body, _ = peer.read_message(3)
        assert body == documents.read("small.txt") and received(peer, 1) == 0


def test_6_9_response_headers_need_no_window(server):
    with RawClient(server, settings=[(INITIAL_WINDOW_SIZE, 0)]) as peer:
        peer.send(frames.headers(1, field_block.request("/empty.txt")))
        head = peer.read_kind(HEADERS, 1)
        assert head.field(":status") == "200"
        if not head.has(frames.END_STREAM):
            peer.send(frames.window_update(1, 1))
            end = peer.read_kind(DATA, 1)
            assert end.has(frames.END_STREAM) and end.body == b""


def test_6_9_2_new_initial_window_size_applies_to_open_streams(server):
    with RawClient(server, settings=[(INITIAL_WINDOW_SIZE, 10)]) as peer:
        peer.send(frames.headers(1, MEDIUM))
        read_bytes(peer, 10)
        peer.send(frames.settings((INITIAL_WINDOW_SIZE, 30)))
        read_bytes(peer, 30)
        settle(peer)
        assert received(peer) == 30


def test_6_9_2_window_may_become_negative(server):
    with RawClient(server, settings=[(INITIAL_WINDOW_SIZE, 100)]) as peer:
        peer.send(frames.headers(1, MEDIUM))
        read_bytes(peer, 100)
        peer.send(frames.settings((INITIAL_WINDOW_SIZE, 40)))  # the window is now -60
        settle(peer)
        peer.send(frames.window_update(1, 60))
        settle(peer)
        assert received(peer) == 100
        peer.send(frames.window_update(1, 5))
        read_bytes(peer, 105)
        settle(peer)
        assert received(peer) == 105


def test_6_9_3_last_value_in_a_frame_counts(server):
    settings = [(INITIAL_WINDOW_SIZE, 1000), (INITIAL_WINDOW_SIZE, 7)]
    with RawClient(server, settings=settings) as peer:
        peer.send(frames.headers(1, MEDIUM))
        read_bytes(peer, 7)
        settle(peer)
        assert received(peer) == 7


def test_6_9_server_replenishes_the_windows_of_an_upload(server):
    """Much more than the initial windows, sent only as the server allows; the echo is taken."""
    content = bytes(range(256)) * 1024
    with RawClient(server) as peer:
        peer.send(frames.headers(1, field_block.request("/", "POST"), end=False))
        window = {0: 65535, 1: 65535}
        sent = 0
        while received(peer, 1) < len(content):
            room = min(window[0], window[1], 16384, len(content) - sent)
            if room:
                peer.send(frames.data(1, content[sent:sent + room],
                                      end=sent + room == len(content)))
                sent += room
                window = {stream: left - room for stream, left in window.items()}
                continue
            frame = peer.read_until(lambda each: each.kind in (WINDOW_UPDATE, DATA),
                                    "window or content")
            if frame.kind == WINDOW_UPDATE:
                window[frame.stream] += frame.increment
            elif frame.payload:
                peer.send(frames.window_update(0, len(frame.payload)),
                          frames.window_update(1, len(frame.payload)))
        assert b"".join(f.body for f in peer.seen if f.kind == DATA) == content


def test_6_9_1_padding_counts_and_is_replenished(server):
    """Padding alone, many times the window: it must flow like content."""
    with RawClient(server) as peer:
        peer.send(frames.headers(1, field_block.request("/", "POST"), end=False))
        window = {0: 65535, 1: 65535}
        for _ in range(1000):
            while min(window.values()) < 256:
                update = peer.read_kind(WINDOW_UPDATE)
                window[update.stream] += update.increment
            peer.send(frames.data(1, b"", padding=255))
            window = {stream: left - 256 for stream, left in window.items()}
        peer.send(frames.data(1, b"", end=True))
        peer.read_until(lambda frame: frame.stream == 1 and frame.has(frames.END_STREAM)
                        and frame.kind in (DATA, HEADERS), "the end of the response")
        head = next(frame for frame in peer.seen if frame.kind == HEADERS)
        assert head.field(":status") == "200" and received(peer) == 0


def test_6_9_1_client_overruns_the_stream_window(start_nghttpd):
    with start_nghttpd("--echo-upload", "-w", "10") as small, RawClient(small) as peer:
        assert (INITIAL_WINDOW_SIZE, 1023) in peer.seen[0].entries
        peer.send(frames.headers(1, field_block.request("/", "POST"), end=False),
                  frames.data(1, bytes(16384)))
        peer.expect_stream_or_connection_error(1, FLOW_CONTROL_ERROR)


def test_6_9_data_for_a_reset_stream_still_counts_for_the_connection(server):
    """The connection window of the server must not leak away through streams that were reset."""
    with RawClient(server) as peer:
        window = 65535
        for stream in range(1, 41, 2):
            while window < 16384:
                update = peer.read_kind(WINDOW_UPDATE, 0)
                window += update.increment
            peer.send(frames.headers(stream, field_block.request("/", "POST"), end=False),
                      frames.data(stream, bytes(16384)), frames.rst_stream(stream))
            window -= 16384
        peer.expect_pong()
        assert not [frame for frame in peer.seen if frame.kind in (frames.GOAWAY, RST_STREAM)]


def test_6_5_2_max_frame_size_is_respected(server):
    with RawClient(server) as peer:
        peer.send(frames.headers(1, MEDIUM))
        read_bytes(peer, 65535)
        assert max(len(frame.payload) for frame in peer.seen) <= 16384


def test_6_5_3_settings_are_acknowledged_in_order(server):
    with RawClient(server) as peer:
        before = len(peer.seen)
        peer.send(*[frames.settings((HEADER_TABLE_SIZE, size)) for size in range(100, 110)])
        settle(peer)
        acks = [frame for frame in peer.seen[before:] if frame.kind == frames.SETTINGS]
        assert len(acks) == 10 and all(frame.has(frames.ACK) for frame in acks)
        assert all(frame.payload == b"" for frame in acks)


def test_6_5_2_larger_max_frame_size_may_be_used_and_no_more(server):
    with RawClient(server, settings=[(MAX_FRAME_SIZE, 20000)]) as peer:
        peer.send(frames.headers(1, MEDIUM))
        read_bytes(peer, 65535)
        assert max(len(frame.payload) for frame in peer.seen) <= 20000
