# SPDX-License-Identifier: MIT
"""nghttp against a server on python3-h2, which checks every rule that it knows of."""
import h2.events
import pytest

from support.h2_peers import H2Peer
from support.scripted_server import ScriptedServer


def echo_server(pushed=None):
    """A script that answers every request with its own content, or with its path."""
    def script(wire):
        peer = H2Peer(wire, client_side=False)
        peer.start()
        answered = 0
        while peer.pump():
            ended = peer.all_of(h2.events.StreamEnded)
            for event in ended[answered:]:
                answer(peer, event.stream_id)
            answered = len(ended)

    def answer(peer, stream):
        request = dict(peer.wait_for(h2.events.RequestReceived, stream).headers)
        content = peer.body(stream) or request[":path"].encode() + b"\n"
        if pushed:
            peer.connection.push_stream(stream, 2, [
                (":method", "GET"), (":scheme", request[":scheme"]),
                (":authority", request[":authority"]), (":path", "/pushed")])
            peer.connection.send_headers(2, [(":status", "200")])
            peer.send_body(2, pushed)
        peer.connection.send_headers(
            stream, [(":status", "200"), ("content-length", str(len(content)))])
        peer.send_body(stream, content)
    return script


@pytest.fixture(params=["clear", "tls"])
def pair(request, authority):
    return authority.server if request.param == "tls" else None


def test_get(nghttp, pair):
    with ScriptedServer(echo_server(), pair=pair) as server:
        assert nghttp(server.uri("/a/b?c")).check_ok().stdout == b"/a/b?c\n"


def test_many_requests(nghttp, pair):
    with ScriptedServer(echo_server(), pair=pair) as server:
        run = nghttp(*[server.uri(f"/{number:03d}") for number in range(100)]).check_ok()
    assert sorted(run.text.split()) == [f"/{number:03d}" for number in range(100)]


def test_upload(nghttp, pair):
    content = bytes(range(251)) * 4000
    with ScriptedServer(echo_server(), pair=pair) as server:
        assert nghttp("-d", "-", server.uri(), data=content).check_ok().stdout == content


def test_padded_upload_with_trailer(nghttp, pair):
    content = b"padded" * 10_000
    with ScriptedServer(echo_server(), pair=pair) as server:
        run = nghttp("-b", "100", "--trailer", "x-sum: 1", "-d", "-", server.uri(), data=content)
    assert run.check_ok().stdout == content


def test_push_is_taken(nghttp):
    with ScriptedServer(echo_server(pushed=b"pushed content\n")) as server:
        run = nghttp("-s", server.uri("/page")).check_ok()
    assert b"/page\n" in run.stdout and b"pushed content\n" in run.stdout
    assert any("/pushed" in line and "*" in line for line in run.text.splitlines())
