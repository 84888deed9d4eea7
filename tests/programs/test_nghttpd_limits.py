# SPDX-License-Identifier: MIT
"""What nghttpd limits: fields, connections, and the time of clients that do nothing."""
import contextlib
import os
import resource
import select
import time

import pytest

from support import field_block, frames, patience
from support.options import covers
from support.raw_client import RawClient, connect


def receive(sock):
    """What has come, or nothing at the end."""
    try:
        return sock.recv(4096)
    except ConnectionError:
        return b""


def status_of(peer, stream, *extra):
    head, _, _ = peer.get(stream, field_block.request("/small.txt", "GET", *extra))
    return head.field(":status")


@covers("nghttpd", "--request-header-field-buffer")
def test_size_of_fields(start_nghttpd):
    """431 for what is too large; the connection goes on."""
    with start_nghttpd("--request-header-field-buffer=1K") as server:
        with RawClient(server) as peer:
            assert status_of(peer, 1, ("x", "y" * 1000)) == "431"
            assert status_of(peer, 3, ("x", "y" * 500)) == "200"


def test_more_room_for_fields(start_nghttpd):
    """A request of 200 KB, in as many CONTINUATION frames as that takes."""
    block = field_block.request("/small.txt", "GET", *[("x", "y" * 4000)] * 50)
    pieces = [block[at:at + 16384] for at in range(0, len(block), 16384)]
    with start_nghttpd("--request-header-field-buffer=256K") as server:
        with RawClient(server) as peer:
            peer.send(frames.headers(1, pieces[0], end_headers=False),
                      *[frames.continuation(1, piece, end_headers=piece is pieces[-1])
                        for piece in pieces[1:]])
            assert peer.read_message(1)[0].field(":status") == "200"


@covers("nghttpd", "--max-request-header-fields")
def test_number_of_fields(start_nghttpd):
    with start_nghttpd("--max-request-header-fields=10") as server:
        with RawClient(server) as peer:
            assert status_of(peer, 1, *[("x", "y")] * 7) == "431"
            assert status_of(peer, 3, *[("x", "y")] * 6) == "200"


@covers("nghttpd", "--max-connections")
def test_number_of_connections(start_nghttpd):
    """The third of two waits until one of them ends, and is served then."""
    with start_nghttpd("--max-connections=2", "-n2") as server:
        with RawClient(server) as first, RawClient(server) as second:
            with RawClient(server, start=False) as third:
                for peer in (first, second):
                    peer.expect_pong()
                assert not select.select([third.socket], [], [], 0.3)[0]
                second.close()
                third.start()
                assert status_of(third, 1) == status_of(first, 1) == "200"


@covers("nghttpd", "--idle-timeout")
def test_idle_connection(start_nghttpd):
    with start_nghttpd("--idle-timeout=300ms") as server, RawClient(server) as peer:
        goaway = peer.read_until(lambda frame: frame.kind == frames.GOAWAY, "GOAWAY")
        assert goaway.payload[4:8] == bytes(4)


@pytest.mark.parametrize("begin", [
    frames.Frame(0xfe, 0, 0, b"x" * 10000).encode()[:9],
    frames.headers(1, field_block.request(), end_headers=False).encode()
    + frames.continuation(1, b"x" * 10000).encode()[:9]], ids=["unknown", "continuation"])
def test_frames_that_never_end(start_nghttpd, begin):
    """Octets that trickle in without ever becoming a frame keep no connection open."""
    options = ["--idle-timeout=300ms", "--stream-timeout=300ms", "--shutdown-timeout=1s"]
    with start_nghttpd(*options) as server, RawClient(server) as peer:
        peer.send(begin)
        deadline = patience.Deadline()
        while peer.try_send(b"x"):
            assert not deadline.passed(), "still open"
            if select.select([peer.socket], [], [], 0.05)[0] and not receive(peer.socket):
                break


@covers("nghttpd", "--handshake-timeout")
@pytest.mark.parametrize("tls", [False, True])
def test_handshake_that_never_ends(start_nghttpd, tls):
    """Neither TLS nor the preface has to be waited for long."""
    with start_nghttpd("--handshake-timeout=300ms", tls=tls) as server:
        with connect(server.port) as sock:
            sock.settimeout(patience.SECONDS)
            while receive(sock):
                pass


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_no_more_file_descriptors(start_nghttpd):
    """Clients wait without costing time, one warning says why, and are served afterwards."""
    with start_nghttpd() as server:
        pid = server.process.pid
        limit = len(os.listdir(f"/proc/{pid}/fd")) + 8
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (limit, limit))
        with contextlib.ExitStack() as stack:
            for _ in range(30):
                stack.enter_context(connect(server.port))
            patience.poll(lambda: "cannot accept" in server.log(), "the warning")
            before = cpu_seconds(pid)
            time.sleep(1)
            assert cpu_seconds(pid) - before < 0.5
        with RawClient(server) as peer:
            assert status_of(peer, 1) == "200"
        assert server.log().count("cannot accept") == 1
