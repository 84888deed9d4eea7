# SPDX-License-Identifier: MIT
"""RFC 9113 sections 3.4 to 6.9 against nghttp: what a client must do of its own accord."""
import pytest

from support import field_block, frames
from support.frames import (
    DATA, FLOW_CONTROL_ERROR, HEADERS, INITIAL_WINDOW_SIZE, MAX_CONCURRENT_STREAMS,
    MAX_FRAME_SIZE, PROTOCOL_ERROR, RST_STREAM, WINDOW_UPDATE)
from support.scripted_server import ScriptedServer

OK = field_block.response()


def received(wire, stream=None):
    return sum(len(frame.payload) for frame in wire.seen
               if frame.kind == DATA and stream in (None, frame.stream))


def request_stream(wire):
    """The stream of the request, whether it has been read already or not."""
    for frame in wire.seen:
        if frame.kind == HEADERS:
            return frame.stream
    return wire.read_request().stream


def settle(wire):
    """Give the client two turns: whatever it may still send precedes the second answer."""
    wire.expect_pong(b"turn one")
    wire.expect_pong(b"turn two")


def test_3_4_preface_then_settings(nghttp):
    def script(wire):
        wire.read_preface()
        wire.send(frames.settings())
        wire.read_settings_ack()
        wire.respond(request_stream(wire))
        wire.read_end()

    with ScriptedServer(script) as server:
        nghttp(server.uri()).check_ok()


@pytest.mark.parametrize("first", [
    frames.ping(), frames.headers(1, OK), frames.goaway(0), frames.window_update(0, 1),
    frames.settings_ack()],
    ids=["ping", "headers", "goaway", "window_update", "settings_ack"])
def test_3_4_server_preface_is_not_settings(nghttp, first):
    def script(wire):
        wire.read_preface()
        wire.send(first, frames.settings())
        wire.expect_connection_error(PROTOCOL_ERROR)

    with ScriptedServer(script) as server:
        nghttp(server.uri()).check_failed()


def test_5_1_1_stream_ids_are_odd_and_increase(nghttp):
    def script(wire):
        wire.start()
        streams = [wire.read_request().stream for _ in range(5)]
        assert all(stream % 2 == 1 for stream in streams)
        assert streams == sorted(set(streams))
        for stream in streams:
            wire.respond(stream)
        wire.read_end()

    with ScriptedServer(script) as server:
        assert nghttp("-m5", server.uri()).check_ok().stdout == b"ok\n" * 5


@pytest.mark.parametrize("limit", [1, 3])
def test_5_1_2_concurrency_limit_of_the_server(nghttp, limit):
    def script(wire):
        wire.start((MAX_CONCURRENT_STREAMS, limit))
        wire.read_settings_ack()
        settle(wire)
        answered = set()
        while len(answered) < 10:
            opened = [frame.stream for frame in wire.seen if frame.kind == HEADERS]
            pending = [stream for stream in opened if stream not in answered]
            if not pending:
                wire.read_request()
                continue
            assert len(pending) <= limit, f"{len(pending)} streams open at once"
            wire.respond(pending[0])
            answered.add(pending[0])
            if len(answered) < 10:
                settle(wire)
        wire.read_end()

    with ScriptedServer(script) as server:
        run = nghttp("-M", str(limit), "-m10", server.uri()).check_ok()
        assert run.stdout == b"ok\n" * 10


def test_6_5_3_settings_are_acknowledged(nghttp):
    def script(wire):
        wire.start()
        stream = wire.read_request().stream
        wire.read_settings_ack()
        for value in (1, 2, 3):
            wire.send(frames.settings((frames.MAX_HEADER_LIST_SIZE, value)))
            wire.read_settings_ack()
        wire.respond(stream)
        wire.read_end()

    with ScriptedServer(script) as server:
        nghttp(server.uri()).check_ok()


def test_6_7_ping_is_answered(nghttp):
    def script(wire):
        wire.start()
        stream = wire.read_request().stream
        wire.expect_pong(b"\0\xff\1\xfe\2\xfd\3\xfc")
        wire.respond(stream)
        wire.read_end()

    with ScriptedServer(script) as server:
        nghttp(server.uri()).check_ok()


@pytest.fixture
def upload(directory):
    """A file of 100,000 bytes to send."""
    path = directory / "upload.bin"
    path.write_bytes(bytes(range(250)) * 400)
    return path


def test_6_9_upload_obeys_the_stream_window(nghttp, upload):
    def script(wire):
        wire.start((INITIAL_WINDOW_SIZE, 0))
        wire.read_settings_ack()
        wire.send(frames.window_update(0, 1_000_000))
        stream = request_stream(wire)
        settle(wire)
        expected = received(wire, stream)  # sent before our SETTINGS were known
        assert expected <= 65535
        wire.send(frames.window_update(stream, expected))
        for increment in (1, 1000, 30_000):
            wire.send(frames.window_update(stream, increment))
            expected += increment
            while received(wire, stream) < expected:
                wire.read_kind(DATA)
            settle(wire)
            assert received(wire, stream) == expected
        wire.send(frames.window_update(stream, 1_000_000))
        wire.read_until(lambda f: f.kind == DATA and f.has(frames.END_STREAM), "the end")
        content = b"".join(f.body for f in wire.seen if f.kind == DATA)
        assert content == upload.read_bytes()
        wire.respond(stream)
        wire.read_end()

    with ScriptedServer(script) as server:
        nghttp("-d", upload, server.uri()).check_ok()


def test_6_9_upload_obeys_the_connection_window(nghttp, upload):
    def script(wire):
        wire.start((INITIAL_WINDOW_SIZE, 1_000_000))
        stream = wire.read_request().stream
        while received(wire) < 65535:
            wire.read_kind(DATA)
        settle(wire)
        assert received(wire) == 65535
        wire.send(frames.window_update(0, 1_000_000))
        wire.read_until(lambda f: f.kind == DATA and f.has(frames.END_STREAM), "the end")
        wire.respond(stream)
        wire.read_end()

    with ScriptedServer(script) as server:
        nghttp("-d", upload, server.uri()).check_ok()


def test_6_5_2_upload_obeys_max_frame_size(nghttp, upload):
    def script(wire):
        wire.start((MAX_FRAME_SIZE, 16384), (INITIAL_WINDOW_SIZE, 1_000_000))
        wire.send(frames.window_update(0, 1_000_000))
        wire.read_until(lambda f: f.kind == DATA and f.has(frames.END_STREAM), "the end")
        assert max(len(f.payload) for f in wire.seen) <= 16384
        wire.respond(request_stream(wire))
        wire.read_end()

    with ScriptedServer(script) as server:
        nghttp("-d", upload, server.uri()).check_ok()


def test_6_9_download_replenishes_both_windows(nghttp):
    """A body of many windows, sent only as the client allows."""
    content = bytes(range(256)) * 2048

    def script(wire):
        wire.start()
        stream = wire.read_request().stream
        wire.send(frames.headers(stream, OK, end=False))
        initial = dict(wire.seen[0].entries).get(INITIAL_WINDOW_SIZE, 65535)
        window = {0: 65535, stream: initial}
        for frame in wire.seen:
            if frame.kind == WINDOW_UPDATE:
                window[frame.stream] += frame.increment
        sent = 0
        while sent < len(content):
            room = min(*window.values(), 16384, len(content) - sent)
            if room:
                wire.send(frames.data(stream, content[sent:sent + room],
                                      end=sent + room == len(content)))
                sent += room
                window = {key: left - room for key, left in window.items()}
            else:
                update = wire.read_kind(WINDOW_UPDATE)
                window[update.stream] += update.increment
        wire.read_end()

    with ScriptedServer(script) as server:
        assert nghttp(server.uri()).check_ok().stdout == content


def test_6_9_1_server_overruns_the_stream_window(nghttp):
    def script(wire):
        wire.start()
        stream = wire.read_request().stream
        assert (INITIAL_WINDOW_SIZE, 1023) in wire.seen[0].entries
        wire.read_settings_ack()
        wire.send(frames.headers(stream, OK, end=False), frames.data(stream, bytes(1024)))
        wire.expect_stream_or_connection_error(stream, FLOW_CONTROL_ERROR)
        wire.read_end()

    with ScriptedServer(script) as server:
        nghttp("-w10", server.uri()).check_failed("FLOW_CONTROL_ERROR|flow.control")


def test_6_9_2_initial_window_size_overflows_the_stream(nghttp, upload):
    def script(wire):
        wire.start((INITIAL_WINDOW_SIZE, 0))
        wire.read_settings_ack()
        stream = request_stream(wire)
        wire.send(frames.window_update(stream, 2**31 - 1 - 65535),
                  frames.settings((INITIAL_WINDOW_SIZE, 2**31 - 1)))
        wire.expect_connection_error(FLOW_CONTROL_ERROR)

    with ScriptedServer(script) as server:
        nghttp("-d", upload, server.uri()).check_failed()


def test_8_4_push_after_it_was_disabled(nghttp):
    def script(wire):
        wire.start()
        stream = wire.read_request().stream
        assert (frames.ENABLE_PUSH, 0) in wire.seen[0].entries
        wire.read_settings_ack()
        wire.send(frames.push_promise(stream, 2, field_block.request("/pushed")))
        wire.expect_connection_error(PROTOCOL_ERROR)

    with ScriptedServer(script) as server:
        nghttp("--no-push", server.uri()).check_failed()


def test_8_4_malformed_promise_resets_the_promised_stream(nghttp):
    def script(wire):
        wire.start()
        stream = wire.read_request().stream
        wire.send(frames.push_promise(stream, 2, field_block.literal(":method", "GET")))
        wire.expect_stream_error(2, PROTOCOL_ERROR)
        wire.respond(stream)
        wire.read_end()

    with ScriptedServer(script) as server:
        assert nghttp(server.uri()).stdout == b"ok\n"


def test_8_3_request_is_well_formed(nghttp):
    """Pseudo-fields first and once each, lower-case names, nothing connection-specific."""
    def script(wire):
        wire.start()
        request = wire.read_request()
        names = [name for name, _ in request.fields]
        pseudo = [name for name in names if name.startswith(":")]
        assert names[:4] == pseudo
        assert sorted(pseudo) == [":authority", ":method", ":path", ":scheme"]
        assert names == [name.lower() for name in names]
        assert not {"connection", "upgrade", "keep-alive", "transfer-encoding", "host",
                    "http2-settings"} & set(names)
        assert request.field(":method") == "GET" and request.field(":path") == "/a?b=c"
        assert request.field(":authority") == f"localhost:{wire.socket.getsockname()[1]}"
        wire.respond(request.stream)
        wire.read_end()

    with ScriptedServer(script) as server:
        nghttp(server.uri("/a?b=c#fragment")).check_ok()


def test_5_4_1_goaway_without_error_when_all_is_done(nghttp):
    def script(wire):
        wire.start()
        wire.respond(wire.read_request().stream)
        wire.read_end()
        goaways = [frame for frame in wire.seen if frame.kind == frames.GOAWAY]
        assert all(frame.error_code == frames.NO_ERROR for frame in goaways)
        assert not [frame for frame in wire.seen if frame.kind == RST_STREAM]

    with ScriptedServer(script) as server:
        nghttp(server.uri()).check_ok()
