# SPDX-License-Identifier: MIT
"""RFC 9113 and RFC 7541 against nghttp: how a client must react to a faulty server."""
import pytest

from support import field_block, frames
from support.field_block import indexed, inserted, literal, size_update, string
from support.frames import (
    ACK, COMPRESSION_ERROR, CONTINUATION, DATA, ENABLE_PUSH, END_HEADERS,
    FLOW_CONTROL_ERROR, FRAME_SIZE_ERROR, GOAWAY, HEADERS, INITIAL_WINDOW_SIZE, MAX_FRAME_SIZE,
    PADDED, PING, PRIORITY, PROTOCOL_ERROR, PUSH_PROMISE, RST_STREAM, SETTINGS, WINDOW_UPDATE,
    Frame)
from support.scripted_server import ScriptedServer

OK = field_block.response()
PUSHED = field_block.request("/pushed")


def setting(identifier, value):
    return lambda id: [frames.settings((identifier, value))]


# name, frames as a function of the request's stream, codes of which one must be in the GOAWAY
CONNECTION_ERRORS = [
    ("4_2_oversized_headers",
     lambda id: [Frame(HEADERS, END_HEADERS, id, OK + literal("x", bytes(16400)))],
     [FRAME_SIZE_ERROR]),
    ("5_1_data_on_idle_stream", lambda id: [frames.data(id + 100, b"x")], [PROTOCOL_ERROR]),
    ("5_1_headers_on_idle_stream", lambda id: [frames.headers(id + 100, OK)], [PROTOCOL_ERROR]),
    ("5_1_headers_on_unpromised_stream", lambda id: [frames.headers(2, OK)], [PROTOCOL_ERROR]),
    ("5_1_rst_stream_on_idle_stream", lambda id: [frames.rst_stream(id + 2)], [PROTOCOL_ERROR]),
    ("5_1_window_update_on_idle_stream",
     lambda id: [frames.window_update(id + 2, 1)], [PROTOCOL_ERROR]),
    ("6_1_data_on_stream_0", lambda id: [Frame(DATA, 0, 0, b"x")], [PROTOCOL_ERROR]),
    ("6_1_data_padding_too_long",
     lambda id: [frames.headers(id, OK, end=False), Frame(DATA, PADDED, id, b"\x05abcd")],
     [PROTOCOL_ERROR]),
    ("6_2_headers_on_stream_0", lambda id: [frames.headers(0, OK)], [PROTOCOL_ERROR]),
    ("6_2_headers_padding_too_long",
     lambda id: [Frame(HEADERS, END_HEADERS | PADDED, id, b"\xff" + OK)], [PROTOCOL_ERROR]),
    ("6_3_priority_on_stream_0", lambda id: [Frame(PRIORITY, 0, 0, bytes(5))], [PROTOCOL_ERROR]),
    ("6_4_rst_stream_on_stream_0", lambda id: [frames.rst_stream(0)], [PROTOCOL_ERROR]),
    ("6_4_rst_stream_length", lambda id: [Frame(RST_STREAM, 0, id, bytes(5))],
     [FRAME_SIZE_ERROR]),
    ("6_5_settings_ack_with_payload", lambda id: [Frame(SETTINGS, ACK, 0, bytes(6))],
     [FRAME_SIZE_ERROR]),
    ("6_5_settings_on_a_stream", lambda id: [Frame(SETTINGS, 0, id)], [PROTOCOL_ERROR]),
    ("6_5_settings_length", lambda id: [Frame(SETTINGS, 0, 0, bytes(5))], [FRAME_SIZE_ERROR]),
    ("6_5_2_server_enables_push", setting(ENABLE_PUSH, 1), [PROTOCOL_ERROR]),
    ("6_5_2_enable_push_2", setting(ENABLE_PUSH, 2), [PROTOCOL_ERROR]),
    ("6_5_2_initial_window_size", setting(INITIAL_WINDOW_SIZE, 2**31), [FLOW_CONTROL_ERROR]),
    ("6_5_2_max_frame_size_0", setting(MAX_FRAME_SIZE, 0), [PROTOCOL_ERROR]),
    ("6_5_2_max_frame_size_16383", setting(MAX_FRAME_SIZE, 16383), [PROTOCOL_ERROR]),
    ("6_5_2_max_frame_size_2_24", setting(MAX_FRAME_SIZE, 2**24), [PROTOCOL_ERROR]),
    ("6_6_push_promise_on_stream_0",
     lambda id: [Frame(PUSH_PROMISE, END_HEADERS, 0, b"\0\0\0\2" + PUSHED)], [PROTOCOL_ERROR]),
    ("6_6_push_promise_on_idle_stream",
     lambda id: [frames.push_promise(id + 100, 2, PUSHED)], [PROTOCOL_ERROR]),
    ("6_6_push_promise_of_odd_stream",
     lambda id: [frames.push_promise(id, id + 2, PUSHED)], [PROTOCOL_ERROR]),
    ("6_6_push_promise_of_stream_0",
     lambda id: [frames.push_promise(id, 0, PUSHED)], [PROTOCOL_ERROR]),
    ("6_6_push_promise_of_used_stream",
     lambda id: [frames.push_promise(id, 4, PUSHED), frames.push_promise(id, 2, PUSHED)],
     [PROTOCOL_ERROR]),
    ("6_6_push_promise_too_short", lambda id: [Frame(PUSH_PROMISE, END_HEADERS, id, b"\0\0\2")],
     [FRAME_SIZE_ERROR, PROTOCOL_ERROR]),
    ("6_6_push_promise_padding_too_long",
     lambda id: [Frame(PUSH_PROMISE, END_HEADERS | PADDED, id, b"\xff\0\0\0\2" + PUSHED)],
     [PROTOCOL_ERROR]),
    ("6_7_ping_on_a_stream", lambda id: [Frame(PING, 0, id, bytes(8))], [PROTOCOL_ERROR]),
    ("6_7_ping_length", lambda id: [Frame(PING, 0, 0, bytes(7))], [FRAME_SIZE_ERROR]),
    ("6_8_goaway_on_a_stream", lambda id: [Frame(GOAWAY, 0, id, bytes(8))], [PROTOCOL_ERROR]),
    ("6_8_goaway_length", lambda id: [Frame(GOAWAY, 0, 0, bytes(7))], [FRAME_SIZE_ERROR]),
    ("6_9_window_update_0", lambda id: [frames.window_update(0, 0)], [PROTOCOL_ERROR]),
    ("6_9_window_update_length", lambda id: [Frame(WINDOW_UPDATE, 0, 0, bytes(5))],
     [FRAME_SIZE_ERROR]),
    ("6_9_1_connection_window_overflow", lambda id: [frames.window_update(0, 2**31 - 1)],
     [FLOW_CONTROL_ERROR]),
    ("6_10_continuation_after_nothing", lambda id: [frames.continuation(id, OK)],
     [PROTOCOL_ERROR]),
    ("6_10_continuation_on_other_stream",
     lambda id: [frames.headers(id, OK, end_headers=False), frames.continuation(id + 2, b"")],
     [PROTOCOL_ERROR]),
    ("6_10_continuation_on_stream_0", lambda id: [Frame(CONTINUATION, END_HEADERS, 0, OK)],
     [PROTOCOL_ERROR]),
    ("6_10_frame_inside_field_block",
     lambda id: [frames.headers(id, OK, end_headers=False), frames.ping()], [PROTOCOL_ERROR]),
    ("5_5_extension_frame_inside_field_block",
     lambda id: [frames.headers(id, OK, end_headers=False), Frame(0xfe, 0, 0, b"?")],
     [PROTOCOL_ERROR]),
    ("rfc7541_2_3_3_index_beyond_the_tables",
     lambda id: [frames.headers(id, OK + indexed(62))], [COMPRESSION_ERROR]),
    ("rfc7541_5_1_integer_overflow",
     lambda id: [frames.headers(id, OK + b"\xff\xff\xff\xff\xff\x7f")], [COMPRESSION_ERROR]),
    ("rfc7541_5_2_huffman_eos",
     lambda id: [frames.headers(id, OK + b"\0\1x" + string(b"\xff" * 4, huffman=True))],
     [COMPRESSION_ERROR]),
    ("rfc7541_5_2_string_cut_off", lambda id: [frames.headers(id, OK + b"\0\5ab")],
     [COMPRESSION_ERROR]),
    ("rfc7541_6_1_index_0", lambda id: [frames.headers(id, OK + b"\x80")], [COMPRESSION_ERROR]),
    ("rfc7541_6_3_size_update_too_large",
     lambda id: [frames.headers(id, size_update(70_000) + OK)], [COMPRESSION_ERROR]),
    ("rfc7541_4_2_size_update_after_a_field",
     lambda id: [frames.headers(id, OK + size_update(0))], [COMPRESSION_ERROR]),
    ("rfc7541_in_push_promise",
     lambda id: [frames.push_promise(id, 2, PUSHED + b"\x80")], [COMPRESSION_ERROR]),
]

# name, frames as a function of the request's stream, codes; RST_STREAM or GOAWAY
EITHER_ERROR = [
    ("5_1_data_before_headers", lambda id: [frames.data(id, b"x")],
     [PROTOCOL_ERROR]),
    ("4_2_oversized_data",
     lambda id: [frames.headers(id, OK, end=False), frames.data(id, bytes(16385))],
     [FRAME_SIZE_ERROR]),
    ("6_3_priority_length", lambda id: [Frame(PRIORITY, 0, id, bytes(4))], [FRAME_SIZE_ERROR]),
    ("6_9_stream_window_update_0", lambda id: [frames.window_update(id, 0)], [PROTOCOL_ERROR]),
    ("6_9_1_stream_window_overflow", lambda id: [frames.window_update(id, 2**31 - 1)],
     [FLOW_CONTROL_ERROR]),
]


def response(*fields, end=True):
    return lambda id: [frames.headers(id, field_block.block((":status", "200"), *fields), end=end)]


def only(*fields):
    return lambda id: [frames.headers(id, field_block.block(*fields))]


def body(length, content):
    return lambda id: [
        frames.headers(id, field_block.response("200", ("content-length", length)), end=False),
        frames.data(id, content, end=True)]


# name, frames as a function of the request's stream: RST_STREAM with PROTOCOL_ERROR
MALFORMED = [
    ("8_2_upper_case_name", response(("X-Upper", "1"))),
    ("8_2_1_name_with_space", response(("x y", "1"))),
    ("8_2_1_empty_name", response(("", "1"))),
    ("8_2_1_value_with_nul", response(("x", b"a\0b"))),
    ("8_2_1_value_with_crlf", response(("x", b"a\r\nb"))),
    ("8_2_1_value_with_lf", response(("x", b"a\nb"))),
    ("8_2_1_value_with_leading_space", response(("x", " a"))),
    ("8_2_1_value_with_trailing_space", response(("x", "a "))),
    ("8_2_2_connection", response(("connection", "close"))),
    ("8_2_2_proxy_connection", response(("proxy-connection", "close"))),
    ("8_2_2_keep_alive", response(("keep-alive", "1"))),
    ("8_2_2_transfer_encoding", response(("transfer-encoding", "chunked"))),
    ("8_2_2_upgrade", response(("upgrade", "h3"))),
    ("8_3_unknown_pseudo_field", response((":unknown", "1"))),
    ("8_3_request_pseudo_field", response((":path", "/"))),
    ("8_3_pseudo_field_after_field", only(("x", "1"), (":status", "200"))),
    ("8_3_2_no_status", only(("x", "1"))),
    ("8_3_2_duplicate_status", only((":status", "200"), (":status", "200"))),
    ("8_3_2_status_not_a_number", only((":status", "ok!"))),
    ("8_3_2_status_too_short", only((":status", "20"))),
    ("8_3_2_status_too_long", only((":status", "2000"))),
    ("8_3_2_empty_status", only((":status", ""))),
    ("8_1_interim_response_with_end_stream", only((":status", "103"))),
    ("8_1_1_content_length_too_large", body("4", b"abc")),
    ("8_1_1_content_length_too_small", body("2", b"abc")),
    ("8_1_1_content_length_without_body", response(("content-length", "1"))),
    ("8_1_1_two_content_lengths", response(("content-length", "0"), ("content-length", "1"))),
    ("8_1_1_content_length_not_a_number", body("3x", b"abc")),
    ("8_1_second_headers_without_end_stream",
     lambda id: [frames.headers(id, OK, end=False), frames.headers(id, OK, end=False)]),
    ("8_1_pseudo_field_in_trailers",
     lambda id: [frames.headers(id, OK, end=False), frames.headers(id, OK)]),
    ("8_6_status_101", lambda id: [frames.headers(id, field_block.response("101"), end=False)]),
]

# name, frames as a function of the request's stream; afterwards the response comes
HARMLESS = [
    ("4_1_unknown_frame_type", lambda id: [Frame(0xfe, 0xff, 0, b"?"), Frame(0xfe, 0, id)]),
    ("4_1_reserved_bit", lambda id: [Frame(PING, ACK, 0x80000000, bytes(8))]),
    ("5_1_priority_on_idle_stream", lambda id: [frames.priority(id + 100)]),
    ("6_5_1_unknown_setting", setting(0xff00, 7)),
    ("6_5_2_server_disables_push", setting(ENABLE_PUSH, 0)),
    ("6_5_2_boundary_values",
     lambda id: [frames.settings((INITIAL_WINDOW_SIZE, 2**31 - 1), (MAX_FRAME_SIZE, 2**24 - 1),
                                 (frames.HEADER_TABLE_SIZE, 0),
                                 (frames.MAX_CONCURRENT_STREAMS, 0))]),
    ("6_9_window_updates", lambda id: [frames.window_update(0, 1), frames.window_update(id, 1)]),
    ("8_1_interim_responses",
     lambda id: [frames.headers(id, field_block.response(status), end=False)
                 for status in ("100", "103", "103")]),
    ("rfc7838_4_altsvc",
     lambda id: [Frame(frames.ALTSVC, 0, 0, b"\0\x10http://localhosth2=\":1\""),
                 Frame(frames.ALTSVC, 0, id, b"\0\0clear")]),
    ("rfc7838_4_altsvc_to_be_ignored",
     lambda id: [Frame(frames.ALTSVC, 0, 0, b"\0\0clear"),
                 Frame(frames.ALTSVC, 0, id, b"\0\1xh")]),
    ("rfc8336_2_origin",
     lambda id: [Frame(frames.ORIGIN, 0, 0, b"\0\x10http://localhost"),
                 Frame(frames.ORIGIN, 0, 0, b"\xff"), Frame(frames.ORIGIN, 0xff, 0, b"\0\1x")]),
]

# name, frames as a function of the request's stream: a whole response with the body "body"
GOOD_RESPONSES = [
    ("6_1_padded_data",
     lambda id: [frames.headers(id, OK, end=False), frames.data(id, b"body", True, padding=250)]),
    ("6_1_padding_only_frames",
     lambda id: [frames.headers(id, OK, end=False), frames.data(id, b"", padding=9),
                 frames.data(id, b"body"), frames.data(id, b"", end=True, padding=0)]),
    ("6_2_padded_headers_with_priority",
     lambda id: [frames.headers(id, OK, end=False, padding=99, priority=(0, 9, False)),
                 frames.data(id, b"body", end=True)]),
    ("6_10_continuations",
     lambda id: [frames.headers(id, b"", end=False, end_headers=False),
                 frames.continuation(id, OK, end_headers=False), frames.continuation(id, b""),
                 frames.data(id, b"body", end=True)]),
    ("8_1_trailers",
     lambda id: [frames.headers(id, OK, end=False), frames.data(id, b"body"),
                 frames.headers(id, literal("x-sum", "1"))]),
    ("8_1_interim_then_final",
     lambda id: [frames.headers(id, field_block.response("103"), end=False),
                 frames.headers(id, OK, end=False), frames.data(id, b"body", end=True)]),
    ("rfc7541_dynamic_table",
     lambda id: [frames.headers(id, size_update(0) + size_update(4096) + OK + inserted("x", "1")
                                + indexed(62), end=False), frames.data(id, b"body", end=True)]),
    ("4_1_single_bytes",
     lambda id: [b"".join(frame.encode() for frame in (
         frames.headers(id, OK, end=False), frames.data(id, b"bo"), frames.data(id, b"dy"),
         frames.data(id, b"", end=True)))]),
]


def parameters(table):
    return pytest.mark.parametrize("case", [pytest.param(row[1:], id=row[0]) for row in table])


@parameters(CONNECTION_ERRORS)
def test_connection_error(nghttp, case):
    misbehave, codes = case

    def script(wire):
        wire.start()
        wire.send(*misbehave(wire.read_request().stream))
        wire.expect_connection_error(*codes)

    with ScriptedServer(script) as server:
        nghttp(server.uri()).check_failed()


@parameters(EITHER_ERROR)
def test_stream_or_connection_error(nghttp, case):
    misbehave, codes = case

    def script(wire):
        wire.start()
        request = wire.read_request()
        wire.send(*misbehave(request.stream))
        wire.expect_stream_or_connection_error(request.stream, *codes)
        wire.read_end()

    with ScriptedServer(script) as server:
        nghttp(server.uri()).check_failed()


@parameters(MALFORMED)
def test_malformed_response(nghttp, case):
    (misbehave,) = case

    def script(wire):
        wire.start()
        request = wire.read_request()
        wire.send(*misbehave(request.stream))
        wire.expect_stream_error(request.stream, PROTOCOL_ERROR)
        wire.read_end()

    with ScriptedServer(script) as server:
        nghttp(server.uri()).check_failed("PROTOCOL_ERROR|malformed|invalid|rules|protocol")


@parameters(HARMLESS)
def test_harmless(nghttp, case):
    (unusual,) = case

    def script(wire):
        wire.start()
        stream = wire.read_request().stream
        wire.send(*unusual(stream))
        wire.respond(stream)
        wire.read_end()
        assert not [f for f in wire.seen if f.kind == RST_STREAM and f.stream == stream]

    with ScriptedServer(script) as server:
        assert nghttp(server.uri()).check_ok().stdout == b"ok\n"


@parameters(GOOD_RESPONSES)
def test_good_response(nghttp, case):
    (answer,) = case

    def script(wire):
        wire.start()
        sent = answer(wire.read_request().stream)
        if isinstance(sent[0], bytes):
            sent = [bytes((byte,)) for byte in sent[0]]
        for item in sent:
            wire.send(item)
        wire.read_end()

    with ScriptedServer(script) as server:
        assert nghttp(server.uri()).check_ok().stdout == b"body"


def test_5_1_data_on_a_closed_stream(nghttp):
    """May be answered with STREAM_CLOSED or be ignored, but must not reach standard output."""
    def script(wire):
        wire.start()
        first = wire.read_request().stream
        second = wire.read_request().stream
        wire.send(frames.headers(first, OK), frames.data(first, b"more"))
        wire.expect_closed_stream_reaction(first)
        wire.respond(second)
        wire.read_end()

    with ScriptedServer(script) as server:
        assert b"more" not in nghttp(server.uri("/1"), server.uri("/2")).stdout


def test_6_6_promised_and_cancelled(nghttp):
    def script(wire):
        wire.start()
        stream = wire.read_request().stream
        wire.send(frames.push_promise(stream, 2, PUSHED), frames.rst_stream(2))
        wire.respond(stream)
        wire.read_end()

    with ScriptedServer(script) as server:
        assert nghttp(server.uri()).stdout == b"ok\n"
