# SPDX-License-Identifier: MIT
"""How nghttpd ends: SIGTERM, GOAWAY twice, and the time that clients get (RFC 9113 section 6.8)."""
import os
import signal
import socket
import time

import pytest

from support import field_block, frames, patience, process, programs
from support.frames import INITIAL_WINDOW_SIZE
from support.options import covers
from support.raw_client import RawClient

NOTICE = 2**31 - 1


def terminate(server, number=signal.SIGTERM):
    os.kill(server.process.pid, number)


def wait_for_end(server):
    """The exit status of the server."""
    return server.process.process.wait(patience.SECONDS)


def read_notice(peer):
    """The first GOAWAY, and the PING that comes with it."""
    goaway = peer.read_kind(frames.GOAWAY)
    assert goaway.last_stream == NOTICE and goaway.error_code == frames.NO_ERROR
    ping = peer.read_kind(frames.PING)
    assert not ping.has(frames.ACK)
    return ping


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_requests_on_their_way_are_served(start_nghttpd, documents, number):
    """What was sent before the client knew is served; GOAWAY then names it as the last."""
    server = start_nghttpd()
    with RawClient(server) as peer:
        peer.get(1, field_block.request("/small.txt"))
        terminate(server, number)
        ping = read_notice(peer)
        head, body, _ = peer.get(3, field_block.request("/small.txt"))
        assert head.field(":status") == "200" and body == documents.read("small.txt")
        peer.send(frames.ping(ping.payload, ack=True))
        last = peer.read_kind(frames.GOAWAY)
        assert last.last_stream == 3 and last.error_code == frames.NO_ERROR
        peer.read_end()
    assert wait_for_end(server) == 0


def test_later_requests_are_not_served(start_nghttpd):
    """Streams above the last one of the second GOAWAY are ignored; the open one goes on."""
    server = start_nghttpd()
    with RawClient(server, settings=[(INITIAL_WINDOW_SIZE, 0)]) as peer:
        peer.send(frames.headers(1, field_block.request("/small.txt")))
        peer.read_kind(frames.HEADERS, 1)
        terminate(server)
        peer.send(frames.ping(read_notice(peer).payload, ack=True))
        assert peer.read_kind(frames.GOAWAY).last_stream == 1
        peer.send(frames.headers(3, field_block.request("/small.txt")))
        peer.send(frames.window_update(1, 1000))
        peer.read_until(lambda frame: frame.kind == frames.DATA and frame.has(frames.END_STREAM),
                        "the end of the response")
        assert not [frame for frame in peer.seen
                    if frame.stream == 3 and frame.kind == frames.HEADERS]
    assert wait_for_end(server) == 0


def test_a_ping_of_the_client_ends_no_notice(start_nghttpd):
    """Only the acknowledgement of our own PING says that the client has seen the notice."""
    server = start_nghttpd()
    with RawClient(server) as peer:
        terminate(server)
        ping = read_notice(peer)
        peer.send(frames.ping(b"another!", ack=True))
        peer.expect_pong(b"are you?")
        assert len([frame for frame in peer.seen if frame.kind == frames.GOAWAY]) == 1
        peer.send(frames.ping(ping.payload, ack=True))
        peer.read_kind(frames.GOAWAY)
        peer.read_end()
    assert wait_for_end(server) == 0


def test_no_new_connections(start_nghttpd):
    server = start_nghttpd()
    with RawClient(server) as peer:
        terminate(server)
        read_notice(peer)
        with pytest.raises(OSError):
            RawClient(server)
    assert wait_for_end(server) == 0


@covers("nghttpd", "--shutdown-timeout")
def test_a_client_that_answers_nothing_is_cut_off(start_nghttpd):
    """Neither a PING that is not acknowledged nor a response that is not read holds the server."""
    server = start_nghttpd("--shutdown-timeout=300ms")
    with RawClient(server, settings=[(INITIAL_WINDOW_SIZE, 0)]) as peer:
        peer.send(frames.headers(1, field_block.request("/small.txt")))
        peer.read_kind(frames.HEADERS, 1)
        began = time.monotonic()
        terminate(server)
        read_notice(peer)
        assert wait_for_end(server) == 0
        # The default is 10 seconds.
        assert 0.2 < time.monotonic() - began < 8


@covers("nghttpd", "--shutdown-timeout")
def test_without_a_limit_it_waits(start_nghttpd, documents):
    server = start_nghttpd("--shutdown-timeout=0")
    with RawClient(server, settings=[(INITIAL_WINDOW_SIZE, 0)]) as peer:
        peer.send(frames.headers(1, field_block.request("/small.txt")))
        peer.read_kind(frames.HEADERS, 1)
        terminate(server)
        peer.send(frames.ping(read_notice(peer).payload, ack=True))
        peer.read_kind(frames.GOAWAY)
        peer.expect_pong()
        peer.send(frames.window_update(1, 1000))
        assert peer.read_kind(frames.DATA, 1).body == documents.read("small.txt")
    assert wait_for_end(server) == 0


def test_a_second_signal_ends_it_at_once(start_nghttpd):
    server = start_nghttpd("--shutdown-timeout=1h")
    with RawClient(server, settings=[(INITIAL_WINDOW_SIZE, 0)]) as peer:
        peer.send(frames.headers(1, field_block.request("/small.txt")))
        peer.read_kind(frames.HEADERS, 1)
        terminate(server)
        read_notice(peer)
        terminate(server)
        assert wait_for_end(server) == 0


def test_a_client_in_its_handshake_does_not_hold_the_server(start_nghttpd):
    server = start_nghttpd(tls=True)
    with socket.create_connection(("127.0.0.1", server.port)):
        with RawClient(server) as peer:
            terminate(server)
            peer.send(frames.ping(read_notice(peer).payload, ack=True))
            peer.read_end()
        assert wait_for_end(server) == 0


def test_bad_time(documents):
    run = process.run([programs.under_test("nghttpd"), "--no-tls", "--shutdown-timeout=soon",
                       "-d", documents.root, "0"])
    run.check_failed("shutdown-timeout")
