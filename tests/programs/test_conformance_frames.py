# SPDX-License-Identifier: MIT
"""RFC 9113 sections 4 to 6 against nghttpd: what each faulty frame must lead to."""
import struct

import pytest

from support import field_block, frames
from support.frames import (
    ACK, CONTINUATION, DATA, ENABLE_PUSH, END_HEADERS, END_STREAM, FLOW_CONTROL_ERROR,
    FRAME_SIZE_ERROR, GOAWAY, HEADERS, INITIAL_WINDOW_SIZE, MAX_FRAME_SIZE, NO_RFC7540_PRIORITIES,
    PADDED, PING, PRIORITY, PRIORITY_FLAG, PROTOCOL_ERROR, PUSH_PROMISE, RST_STREAM, SETTINGS,
    STREAM_CLOSED, WINDOW_UPDATE, Frame)
from support.raw_client import RawClient

GET = field_block.request()
POST = field_block.request("/", "POST")
OPEN = frames.headers(1, POST, end=False)
HALF = len(GET) // 2
BEGUN = frames.headers(1, GET[:HALF], end_headers=False)
REST = frames.continuation(1, GET[HALF:])


def setting(identifier, value):
    return [frames.settings((identifier, value))]


# name, frames that follow the handshake, codes of which one must be in the GOAWAY
CONNECTION_ERRORS = [
    ("4_1_length_beyond_max_frame_size_on_stream_0",
     [Frame(SETTINGS, 0, 0, bytes(6 * 2731))], [FRAME_SIZE_ERROR]),
    ("4_2_headers_beyond_max_frame_size",
     [Frame(HEADERS, END_HEADERS | END_STREAM, 1,
            GET + field_block.literal("x", bytes(16400)))], [FRAME_SIZE_ERROR]),
    ("4_2_continuation_beyond_max_frame_size",
     [BEGUN, frames.continuation(1, GET[HALF:] + field_block.literal("x", b"y" * 16384))],
     [FRAME_SIZE_ERROR]),
    ("5_1_idle_data", [frames.data(1, b"x")], [PROTOCOL_ERROR]),
    ("5_1_idle_rst_stream", [frames.rst_stream(1)], [PROTOCOL_ERROR]),
    ("5_1_idle_window_update", [frames.window_update(1, 1)], [PROTOCOL_ERROR]),
    ("5_1_idle_continuation", [frames.continuation(1, GET)], [PROTOCOL_ERROR]),
    ("5_1_server_initiated_idle_data", [frames.data(2, b"x")], [PROTOCOL_ERROR]),
    ("5_1_server_initiated_idle_window_update", [frames.window_update(2, 1)], [PROTOCOL_ERROR]),
    ("5_1_server_initiated_idle_rst_stream", [frames.rst_stream(2)], [PROTOCOL_ERROR]),
    ("5_1_1_even_stream_id", [frames.headers(2, GET)], [PROTOCOL_ERROR]),
    ("5_1_1_smaller_stream_id",
     [frames.headers(5, POST, end=False), frames.headers(3, GET)],
     [PROTOCOL_ERROR, STREAM_CLOSED]),
    ("5_5_extension_frame_inside_field_block",
     [BEGUN, Frame(0xfe, 0, 1, b"?"), REST], [PROTOCOL_ERROR]),
    ("5_5_extension_frame_on_stream_0_inside_field_block",
     [BEGUN, Frame(0xfe, 0, 0, b"?"), REST], [PROTOCOL_ERROR]),
    ("6_1_data_on_stream_0", [Frame(DATA, 0, 0, b"x")], [PROTOCOL_ERROR]),
    ("6_1_data_padding_as_long_as_payload",
     [OPEN, Frame(DATA, PADDED, 1, b"\x05abcd")], [PROTOCOL_ERROR]),
    ("6_1_data_padding_longer_than_payload",
     [OPEN, Frame(DATA, PADDED | END_STREAM, 1, b"\xff" + bytes(20))], [PROTOCOL_ERROR]),
    ("6_1_data_padded_without_pad_length",
     [OPEN, Frame(DATA, PADDED, 1, b"")], [FRAME_SIZE_ERROR, PROTOCOL_ERROR]),
    ("6_2_headers_on_stream_0", [frames.headers(0, GET)], [PROTOCOL_ERROR]),
    ("6_2_headers_padding_longer_than_payload",
     [Frame(HEADERS, END_HEADERS | END_STREAM | PADDED, 1, b"\xff" + GET)], [PROTOCOL_ERROR]),
    ("6_2_headers_padding_leaves_no_room_for_priority",
     [Frame(HEADERS, END_HEADERS | END_STREAM | PADDED | PRIORITY_FLAG, 1,
            b"\x04" + bytes(5))], [PROTOCOL_ERROR, FRAME_SIZE_ERROR]),
    ("6_2_headers_padded_without_pad_length",
     [Frame(HEADERS, END_HEADERS | PADDED, 1, b"")], [FRAME_SIZE_ERROR, PROTOCOL_ERROR]),
    ("6_2_headers_too_short_for_priority",
     [Frame(HEADERS, END_HEADERS | PRIORITY_FLAG, 1, bytes(4))],
     [FRAME_SIZE_ERROR, PROTOCOL_ERROR]),
    ("6_2_headers_without_end_headers_then_other_frame",
     [BEGUN, frames.ping()], [PROTOCOL_ERROR]),
    ("6_2_headers_without_end_headers_then_headers_of_other_stream",
     [BEGUN, frames.headers(3, GET)], [PROTOCOL_ERROR]),
    ("6_3_priority_on_stream_0", [Frame(PRIORITY, 0, 0, bytes(5))], [PROTOCOL_ERROR]),
    ("6_4_rst_stream_on_stream_0", [frames.rst_stream(0)], [PROTOCOL_ERROR]),
    ("6_4_rst_stream_too_short",
     [OPEN, Frame(RST_STREAM, 0, 1, bytes(3))], [FRAME_SIZE_ERROR]),
    ("6_4_rst_stream_too_long",
     [OPEN, Frame(RST_STREAM, 0, 1, bytes(5))], [FRAME_SIZE_ERROR]),
    ("6_5_settings_ack_with_payload",
     [Frame(SETTINGS, ACK, 0, bytes(6))], [FRAME_SIZE_ERROR]),
    ("6_5_settings_on_a_stream", [Frame(SETTINGS, 0, 1)], [PROTOCOL_ERROR]),
    ("6_5_settings_ack_on_a_stream", [Frame(SETTINGS, ACK, 1)], [PROTOCOL_ERROR]),
    ("6_5_settings_length_not_multiple_of_6",
     [Frame(SETTINGS, 0, 0, bytes(7))], [FRAME_SIZE_ERROR]),
    ("6_5_settings_length_1", [Frame(SETTINGS, 0, 0, b"\0")], [FRAME_SIZE_ERROR]),
    ("6_5_2_enable_push_2", setting(ENABLE_PUSH, 2), [PROTOCOL_ERROR]),
    ("6_5_2_enable_push_max", setting(ENABLE_PUSH, 2**32 - 1), [PROTOCOL_ERROR]),
    ("6_5_2_initial_window_size_2_31",
     setting(INITIAL_WINDOW_SIZE, 2**31), [FLOW_CONTROL_ERROR]),
    ("6_5_2_initial_window_size_max",
     setting(INITIAL_WINDOW_SIZE, 2**32 - 1), [FLOW_CONTROL_ERROR]),
    ("6_5_2_max_frame_size_0", setting(MAX_FRAME_SIZE, 0), [PROTOCOL_ERROR]),
    ("6_5_2_max_frame_size_16383", setting(MAX_FRAME_SIZE, 16383), [PROTOCOL_ERROR]),
    ("6_5_2_max_frame_size_2_24", setting(MAX_FRAME_SIZE, 2**24), [PROTOCOL_ERROR]),
    ("6_5_2_bad_value_after_good_ones",
     [frames.settings((INITIAL_WINDOW_SIZE, 1), (MAX_FRAME_SIZE, 20000), (ENABLE_PUSH, 3))],
     [PROTOCOL_ERROR]),
    ("rfc9218_2_1_no_rfc7540_priorities_2",
     setting(NO_RFC7540_PRIORITIES, 2), [PROTOCOL_ERROR]),
    ("6_6_push_promise_from_client",
     [OPEN, frames.push_promise(1, 2, GET)], [PROTOCOL_ERROR]),
    ("6_6_push_promise_on_stream_0",
     [Frame(PUSH_PROMISE, END_HEADERS, 0, bytes(4) + GET)], [PROTOCOL_ERROR]),
    ("6_7_ping_on_a_stream", [Frame(PING, 0, 1, bytes(8))], [PROTOCOL_ERROR]),
    ("6_7_ping_too_short", [Frame(PING, 0, 0, bytes(7))], [FRAME_SIZE_ERROR]),
    ("6_7_ping_too_long", [Frame(PING, 0, 0, bytes(9))], [FRAME_SIZE_ERROR]),
    ("6_7_ping_empty", [Frame(PING)], [FRAME_SIZE_ERROR]),
    ("6_7_ping_ack_too_short", [Frame(PING, ACK, 0, bytes(4))], [FRAME_SIZE_ERROR]),
    ("6_8_goaway_on_a_stream", [Frame(GOAWAY, 0, 1, bytes(8))], [PROTOCOL_ERROR]),
    ("6_8_goaway_too_short", [Frame(GOAWAY, 0, 0, bytes(7))], [FRAME_SIZE_ERROR]),
    ("6_9_window_update_0_on_connection", [frames.window_update(0, 0)], [PROTOCOL_ERROR]),
    ("6_9_window_update_too_short",
     [Frame(WINDOW_UPDATE, 0, 0, bytes(3))], [FRAME_SIZE_ERROR]),
    ("6_9_window_update_too_long",
     [Frame(WINDOW_UPDATE, 0, 0, bytes(5))], [FRAME_SIZE_ERROR]),
    ("6_9_stream_window_update_too_long",
     [OPEN, Frame(WINDOW_UPDATE, 0, 1, bytes(5))], [FRAME_SIZE_ERROR]),
    ("6_9_1_connection_window_overflow",
     [frames.window_update(0, 2**31 - 1)], [FLOW_CONTROL_ERROR]),
    ("6_9_1_connection_window_overflow_by_one",
     [frames.window_update(0, 2**31 - 65535)], [FLOW_CONTROL_ERROR]),
    ("6_9_2_initial_window_size_overflows_a_stream",
     [OPEN, frames.window_update(1, 2**31 - 1 - 65535),
      frames.settings((INITIAL_WINDOW_SIZE, 65536))], [FLOW_CONTROL_ERROR]),
    ("6_10_continuation_after_nothing", [frames.continuation(1, b"")], [PROTOCOL_ERROR]),
    ("6_10_continuation_after_end_headers",
     [OPEN, frames.continuation(1, b"")], [PROTOCOL_ERROR]),
    ("6_10_continuation_after_last_continuation",
     [BEGUN, REST, frames.continuation(1, b"")], [PROTOCOL_ERROR]),
    ("6_10_continuation_on_other_stream",
     [BEGUN, frames.continuation(3, GET[HALF:])], [PROTOCOL_ERROR]),
    ("6_10_continuation_on_stream_0", [Frame(CONTINUATION, END_HEADERS, 0, GET)],
     [PROTOCOL_ERROR]),
    ("6_10_data_between_continuations",
     [BEGUN, frames.continuation(1, b"", end_headers=False), frames.data(1, b"x")],
     [PROTOCOL_ERROR]),
    ("6_10_settings_between_continuations", [BEGUN, frames.settings(), REST], [PROTOCOL_ERROR]),
    ("6_10_priority_between_continuations", [BEGUN, frames.priority(1), REST], [PROTOCOL_ERROR]),
    ("6_10_window_update_between_continuations",
     [BEGUN, frames.window_update(0, 1), REST], [PROTOCOL_ERROR]),
]

# name, frames that follow the handshake, stream, codes; RST_STREAM and GOAWAY are both allowed
EITHER_ERROR = [
    ("4_2_data_beyond_max_frame_size",
     [OPEN, frames.data(1, bytes(16385))], 1, [FRAME_SIZE_ERROR]),
    ("5_1_half_closed_remote_data",
     [frames.headers(1, field_block.request("/big.bin")), frames.data(1, b"x")],
     1, [STREAM_CLOSED]),
    ("5_1_half_closed_remote_headers",
     [frames.headers(1, field_block.request("/big.bin")), frames.headers(1, GET)],
     1, [STREAM_CLOSED]),
    ("6_3_priority_too_short",
     [OPEN, Frame(PRIORITY, 0, 1, bytes(4))], 1, [FRAME_SIZE_ERROR]),
    ("6_3_priority_too_long",
     [OPEN, Frame(PRIORITY, 0, 1, bytes(6))], 1, [FRAME_SIZE_ERROR]),
    ("6_9_window_update_0_on_a_stream", [OPEN, frames.window_update(1, 0)], 1, [PROTOCOL_ERROR]),
]

# name, frames that follow the handshake, stream, codes; the connection must live on
STREAM_ERRORS = [
    ("6_9_1_stream_window_overflow",
     [OPEN, frames.window_update(1, 2**31 - 1)], 1, [FLOW_CONTROL_ERROR]),
    ("6_9_1_stream_window_overflow_by_one",
     [OPEN, frames.window_update(1, 2**31 - 65535)], 1, [FLOW_CONTROL_ERROR]),
]

# name, frames that follow the handshake: nothing may be wrong with them
HARMLESS = [
    ("4_1_reserved_bit", [Frame(PING, ACK, 0x80000000, bytes(8))]),
    ("4_1_undefined_flags_on_ping_ack", [Frame(PING, 0xff, 0, bytes(8))]),
    ("4_1_undefined_flags_on_settings", [Frame(SETTINGS, 0xff & ~ACK)]),
    ("4_1_undefined_flags_on_window_update", [Frame(WINDOW_UPDATE, 0xff, 0, b"\0\0\0\1")]),
    ("4_1_unknown_frame_type", [Frame(0xfe, 0xff, 0, b"anything"), Frame(0xff)]),
    ("4_1_unknown_frame_type_on_idle_stream", [Frame(0xfe, 0, 7, b"anything")]),
    ("4_2_largest_unknown_frame", [Frame(0xfe, 0, 0, bytes(16384))]),
    ("5_1_idle_priority", [frames.priority(1), frames.priority(101, 99)]),
    ("5_1_closed_priority", [OPEN, frames.rst_stream(1), frames.priority(1)]),
    ("5_1_closed_window_update", [OPEN, frames.rst_stream(1), frames.window_update(1, 1)]),
    ("5_1_closed_rst_stream", [OPEN, frames.rst_stream(1), frames.rst_stream(1)]),
    ("5_1_1_skipped_stream_ids", [frames.headers(101, GET), frames.headers(2**31 - 1, GET)]),
    ("6_4_unknown_error_code", [OPEN, frames.rst_stream(1, 0xfffffffe)]),
    ("6_5_1_unknown_setting", setting(0xffff, 0xffffffff) + setting(0, 1)),
    ("6_5_2_boundary_values",
     [frames.settings((INITIAL_WINDOW_SIZE, 2**31 - 1), (INITIAL_WINDOW_SIZE, 0),
                      (MAX_FRAME_SIZE, 2**24 - 1), (MAX_FRAME_SIZE, 16384), (ENABLE_PUSH, 1),
                      (ENABLE_PUSH, 0), (frames.HEADER_TABLE_SIZE, 0),
                      (frames.HEADER_TABLE_SIZE, 2**32 - 1), (frames.MAX_HEADER_LIST_SIZE, 0),
                      (frames.MAX_CONCURRENT_STREAMS, 0))]),
    ("6_5_3_empty_settings", [frames.settings()]),
    ("6_7_unrequested_ping_ack", [frames.ping(ack=True)]),
    ("6_9_1_connection_window_largest", [frames.window_update(0, 2**31 - 1 - 65535)]),
    ("6_9_1_stream_window_largest", [OPEN, frames.window_update(1, 2**31 - 1 - 65535)]),
    ("rfc7838_4_altsvc_from_client", [Frame(frames.ALTSVC, 0, 0, b"\0\1hx")]),
    ("rfc8336_2_1_origin_from_client", [Frame(frames.ORIGIN, 0, 0, b"\0\1h")]),
]


def parameters(table):
    return pytest.mark.parametrize("case", [pytest.param(row[1:], id=row[0]) for row in table])


@parameters(CONNECTION_ERRORS)
def test_connection_error(server, case):
    sent, codes = case
    with RawClient(server) as peer:
        peer.send(*sent)
        peer.expect_connection_error(*codes)


@parameters(EITHER_ERROR)
def test_stream_or_connection_error(server, case):
    sent, stream, codes = case
    with RawClient(server, settings=[(INITIAL_WINDOW_SIZE, 0)]) as peer:
        peer.send(*sent)
        peer.expect_stream_or_connection_error(stream, *codes)


@parameters(STREAM_ERRORS)
def test_stream_error(server, case):
    sent, stream, codes = case
    with RawClient(server) as peer:
        peer.send(*sent)
        peer.expect_stream_error(stream, *codes)
        peer.expect_pong()
        head, _, _ = peer.get(stream + 2, GET)
        assert head.field(":status") == "200"


@parameters(HARMLESS)
def test_harmless(server, case):
    (sent,) = case
    with RawClient(server) as peer:
        peer.send(*sent)
        peer.expect_pong()
        assert not [frame for frame in peer.seen if frame.kind in (GOAWAY, RST_STREAM)], peer.seen


# name, frames of a request on stream 1 that must be answered with 200
GOOD_REQUESTS = [
    ("4_1_undefined_flags_on_headers",
     [Frame(HEADERS, END_HEADERS | END_STREAM | 0xd2 & ~PADDED, 1, GET)]),
    ("4_1_reserved_bit_of_stream_id",
     [Frame(HEADERS, END_HEADERS | END_STREAM, 0x80000001, GET)]),
    ("6_1_padded_data", [OPEN, frames.data(1, b"body", end=True, padding=255)]),
    ("6_1_padding_only", [OPEN, frames.data(1, b"", end=True, padding=9)]),
    ("6_1_pad_length_0", [OPEN, frames.data(1, b"body", end=True, padding=0)]),
    ("6_1_empty_data_ends_stream", [OPEN, frames.data(1, b"", end=True)]),
    ("6_2_padded_headers", [frames.headers(1, GET, padding=200)]),
    ("6_2_headers_with_priority", [frames.headers(1, GET, priority=(0, 255, True))]),
    ("6_2_padded_headers_with_priority",
     [frames.headers(1, GET, padding=3, priority=(99, 0, False))]),
    ("6_2_end_stream_counts_after_continuation", [BEGUN, REST]),
    ("6_10_field_block_in_six_pieces",
     [frames.headers(1, GET[:3], end_headers=False)]
     + [frames.continuation(1, GET[at:at + 3], end_headers=False) for at in (3, 6, 9, 12)]
     + [frames.continuation(1, GET[15:])]),
    ("6_10_empty_fragments",
     [frames.headers(1, b"", end_headers=False),
      frames.continuation(1, GET, end_headers=False), frames.continuation(1, b"")]),
    ("8_1_trailers",
     [OPEN, frames.data(1, b"x"), frames.headers(1, field_block.literal("x-sum", "1"))]),
    ("8_1_trailers_without_body", [OPEN, frames.headers(1, field_block.literal("x-sum", "1"))]),
]


@parameters(GOOD_REQUESTS)
def test_good_request(server, case):
    (sent,) = case
    with RawClient(server) as peer:
        peer.send(*sent)
        head, _, _ = peer.read_message(1)
        assert head.field(":status") == "200"
        peer.expect_pong()


def test_4_1_frames_in_single_bytes(server):
    with RawClient(server) as peer:
        for byte in frames.headers(1, GET, padding=5).encode():
            peer.send(bytes((byte,)))
        head, body, _ = peer.read_message(1)
        assert head.field(":status") == "200" and body


def test_5_1_closed_by_rst_stream_headers(server):
    """An error or nothing, but never an answer; the fields still count for the dynamic table."""
    with RawClient(server) as peer:
        peer.send(OPEN, frames.rst_stream(1),
                  frames.headers(1, GET + field_block.inserted("x-kept", "1")))
        if peer.expect_closed_stream_reaction(1, STREAM_CLOSED, PROTOCOL_ERROR):
            peer.get(3, GET + field_block.indexed(62))
        assert not [frame for frame in peer.seen if frame.kind == HEADERS and frame.stream == 1]


def test_5_1_closed_by_both_sides_headers(server):
    with RawClient(server) as peer:
        peer.get(1, GET)
        peer.send(frames.headers(1, GET))
        peer.expect_closed_stream_reaction(1, STREAM_CLOSED, PROTOCOL_ERROR)
        answers = [frame for frame in peer.seen if frame.kind == HEADERS and frame.stream == 1]
        assert len(answers) == 1


def test_5_1_closed_by_both_sides_data(server):
    with RawClient(server) as peer:
        peer.get(1, GET)
        peer.send(frames.data(1, b"x"))
        peer.expect_closed_stream_reaction(1)


def test_5_1_closed_stream_takes_late_control_frames(server):
    with RawClient(server) as peer:
        peer.get(1, GET)
        peer.send(frames.window_update(1, 1), frames.rst_stream(1), frames.priority(1))
        peer.expect_pong()


def test_5_1_1_implicitly_closed_stream(server):
    with RawClient(server) as peer:
        peer.get(5, GET)
        peer.send(frames.headers(3, GET))
        peer.expect_connection_error(PROTOCOL_ERROR, STREAM_CLOSED)


def test_5_1_2_concurrency_limit(start_nghttpd):
    with start_nghttpd("-m", "2") as limited, RawClient(limited) as peer:
        assert (frames.MAX_CONCURRENT_STREAMS, 2) in peer.seen[0].entries
        for stream in (1, 3, 5):
            peer.send(frames.headers(stream, POST, end=False))
        peer.expect_stream_or_connection_error(5, frames.REFUSED_STREAM, PROTOCOL_ERROR)


def test_5_1_2_concurrency_limit_frees_closed_streams(start_nghttpd):
    with start_nghttpd("-m", "2") as limited, RawClient(limited) as peer:
        for stream in range(1, 41, 2):
            head, _, _ = peer.get(stream, GET)
            assert head.field(":status") == "200"


def test_5_4_1_goaway_names_last_processed_stream(server):
    with RawClient(server) as peer:
        peer.get(1, GET)
        peer.get(3, GET)
        peer.send(Frame(PING, 0, 1, bytes(8)))
        assert peer.expect_connection_error(PROTOCOL_ERROR).last_stream == 3


def test_5_4_1_nothing_is_processed_after_a_connection_error(server):
    with RawClient(server) as peer:
        peer.send(Frame(PING, 0, 1, bytes(8)), frames.headers(1, GET))
        peer.expect_connection_error(PROTOCOL_ERROR)
        assert not [frame for frame in peer.seen if frame.kind == HEADERS]


def test_6_4_rst_stream_stops_the_response(server):
    with RawClient(server, settings=[(INITIAL_WINDOW_SIZE, 10)]) as peer:
        peer.send(frames.headers(1, field_block.request("/big.bin")))
        peer.read_until(lambda frame: frame.kind == DATA, "the first DATA")
        peer.send(frames.rst_stream(1), frames.settings((INITIAL_WINDOW_SIZE, 65535)))
        peer.expect_pong()
        peer.expect_pong(b"again???")
        assert sum(len(frame.payload) for frame in peer.seen if frame.kind == DATA) == 10


def test_6_7_ping_ack_returns_the_payload(server):
    with RawClient(server) as peer:
        for opaque in (b"\0" * 8, b"\xff" * 8, b"12345678"):
            assert peer.expect_pong(opaque).payload == opaque


def test_6_7_pings_are_answered_in_order_and_once(server):
    with RawClient(server) as peer:
        sent = [struct.pack(">Q", number) for number in range(100)]
        peer.send(*map(frames.ping, sent))
        peer.expect_pong()
        pongs = [frame.payload for frame in peer.seen if frame.kind == PING]
        assert pongs == sent + [b"are you?"]


def test_6_8_streams_finish_after_goaway(server, documents):
    with RawClient(server, settings=[(INITIAL_WINDOW_SIZE, 0)]) as peer:
        peer.send(frames.headers(1, field_block.request("/small.txt")))
        peer.read_kind(HEADERS, 1)
        peer.send(frames.goaway(0), frames.settings((INITIAL_WINDOW_SIZE, 1000)))
        frame = peer.read_until(lambda each: each.kind == DATA and each.has(END_STREAM), "the body")
        assert b"".join(each.body for each in peer.seen if each.kind == DATA) \
            == documents.read("small.txt"), frame
        peer.read_end()
        assert not [each for each in peer.seen if each.kind == RST_STREAM]


def test_6_8_connection_ends_after_goaway_without_streams(server):
    with RawClient(server) as peer:
        peer.send(frames.goaway(0))
        peer.read_end()


@pytest.mark.parametrize("stream, prioritized", [(1, 1), (0, 0)], ids=["on_a_stream", "for_0"])
def test_rfc9218_7_1_bad_priority_update(server, stream, prioritized):
    """An error for a server that has turned to RFC 9218; others ignore the unknown type."""
    with RawClient(server) as peer:
        supported = (NO_RFC7540_PRIORITIES, 1) in peer.seen[0].entries
        peer.send(Frame(frames.PRIORITY_UPDATE, 0, stream,
                        struct.pack(">I", prioritized) + b"u=1"))
        if supported:
            peer.expect_connection_error(PROTOCOL_ERROR)
        else:
            peer.expect_pong()
