# SPDX-License-Identifier: MIT
"""RFC 9113 section 3.4 against nghttpd: how a connection begins."""
import pytest

from support import field_block, frames
from support.frames import PREFACE, PROTOCOL_ERROR
from support.raw_client import RawClient

GET = field_block.request()


def test_3_4_server_begins_with_settings(server):
    with RawClient(server, start=False) as peer:
        peer.send(PREFACE, frames.settings())
        first = peer.read_frame()
        assert first.kind == frames.SETTINGS and not first.has(frames.ACK) and first.stream == 0


def test_3_4_request_may_follow_the_preface_at_once(server):
    with RawClient(server, start=False) as peer:
        peer.send(PREFACE, frames.settings(), frames.headers(1, GET))
        head, _, _ = peer.read_message(1)
        assert head.field(":status") == "200"


def test_3_4_preface_in_single_bytes(server):
    with RawClient(server, start=False) as peer:
        for byte in PREFACE + frames.settings((frames.ENABLE_PUSH, 0)).encode():
            peer.send(bytes((byte,)))
        peer.expect_pong()


@pytest.mark.parametrize("opening", [
    b"INVALID CONNECTION PREFACE\r\n\r\n",
    b"GET / HTTP/1.0\r\n\r\nxxxxxxxxxx",
    PREFACE.replace(b"2.0", b"2.1"),
    PREFACE.lower(),
    PREFACE[:-1] + b"x",
    b"\0" * 24,
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(20),
    PREFACE[:10] + PREFACE[:20],
], ids=["text", "http1", "version", "lower_case", "last_byte", "zeros", "tls_hello", "restarted"])
def test_3_4_invalid_preface_ends_the_connection(server, opening):
    with RawClient(server, start=False) as peer:
        peer.send(opening)
        for frame in peer.read_end():
            assert frame.kind in (frames.SETTINGS, frames.GOAWAY), frame
            if frame.kind == frames.GOAWAY:
                assert frame.error_code == PROTOCOL_ERROR


@pytest.mark.parametrize("first", [
    frames.ping(), frames.headers(1, GET), frames.window_update(0, 1), frames.priority(3),
    frames.settings_ack(), frames.goaway(0), frames.Frame(0xfe, 0, 0, b"?")],
    ids=["ping", "headers", "window_update", "priority", "settings_ack", "goaway", "unknown"])
def test_3_4_first_frame_is_not_settings(server, first):
    with RawClient(server, start=False) as peer:
        peer.send(PREFACE, first, frames.ping(b"too late"))
        peer.expect_connection_error(PROTOCOL_ERROR)


def test_3_4_client_may_leave_before_the_preface(server):
    for content in (b"", PREFACE[:1], PREFACE[:23], PREFACE, PREFACE + bytes(5)):
        with RawClient(server, start=False) as peer:
            peer.send(content)
    with RawClient(server) as peer:
        peer.expect_pong()
