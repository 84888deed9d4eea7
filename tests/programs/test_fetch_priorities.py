# SPDX-License-Identifier: MIT
"""Priorities of requests: by RFC 9218, and by the tree of RFC 7540 where -p or --no-dep ask for it."""
import struct

import h2.events
import pytest

from support import debian_nghttp, field_block, frames, patience, process, programs
from support.h2_peers import H2Peer
from support.options import covers
from support.scripted_server import ScriptedServer
from support.trace import Trace
from test_fetch_upgrade import SWITCH, read_http1_head

PAGE = b"""<html><head><link rel="stylesheet" href="/a.css"><script src="/head.js"></script>
</head><body><script src="/body.js"></script><img src="/p.png"></body></html>"""
ANCHORS = [(3, 0, 201), (5, 0, 101), (7, 0, 1), (9, 7, 1), (11, 3, 1)]


def answer(wire, stream, path):
    if path == "/page":
        wire.respond(stream, PAGE, "200", ("content-type", "text/html"))
    else:
        wire.respond(stream)


def serve_page(wire):
    wire.start()
    while (frame := wire.read_frame()) is not None:
        if frame.kind == frames.HEADERS:
            answer(wire, frame.stream, frame.field(":path"))


def place(frame):
    """(stream depended on, weight) of PRIORITY, or of HEADERS that carry one."""
    if frame.kind == frames.HEADERS and not frame.has(frames.PRIORITY_FLAG):
        return None
    dependency, weight = struct.unpack(">IB", frame.payload[:5])
    return dependency, weight + 1


def anchors(wire):
    return [(frame.stream, *place(frame)) for frame in wire.seen if frame.kind == frames.PRIORITY]


def requests(wire):
    """(path, stream, place, priority field) of each request."""
    return [(frame.field(":path"), frame.stream, place(frame), frame.field("priority"))
            for frame in wire.seen if frame.kind == frames.HEADERS]


def fetch(nghttp, *arguments, script=serve_page, uris=("/page",)):
    with ScriptedServer(script) as server:
        run = nghttp(*arguments, *[server.uri(uri) for uri in uris]).check_ok()
    return run, server.wires[0]


def announces_rfc9218(wire):
    return (frames.NO_RFC7540_PRIORITIES, 1) in wire.seen[0].entries


def test_rfc_9218_is_the_default(nghttp):
    _, wire = fetch(nghttp, "-an")
    assert announces_rfc9218(wire) and not anchors(wire)
    assert requests(wire) == [("/page", 1, None, None), ("/a.css", 3, None, "u=2"),
                              ("/head.js", 5, None, "u=2"), ("/body.js", 7, None, "u=4"),
                              ("/p.png", 9, None, "u=5, i")]


@covers("nghttp", "--weight")
def test_weights_and_groups(nghttp):
    _, wire = fetch(nghttp, "-an", "-p77", "-p3", uris=("/page", "/1", "/2"))
    assert not announces_rfc9218(wire)
    assert anchors(wire) == ANCHORS
    assert requests(wire) == [
        ("/page", 13, (11, 77), None), ("/1", 15, (11, 3), None), ("/2", 17, (11, 3), None),
        ("/a.css", 19, (3, 32), None), ("/head.js", 21, (3, 32), None),
        ("/body.js", 23, (5, 32), None), ("/p.png", 25, (11, 12), None)]


@covers("nghttp", "--no-dep")
def test_weights_alone(nghttp):
    _, wire = fetch(nghttp, "-an", "--no-dep", "-p200")
    assert not announces_rfc9218(wire) and not anchors(wire)
    assert requests(wire) == [
        ("/page", 1, (0, 200), None), ("/a.css", 3, None, None), ("/head.js", 5, None, None),
        ("/body.js", 7, None, None), ("/p.png", 9, None, None)]


def test_no_dependencies_and_no_weight(nghttp):
    _, wire = fetch(nghttp, "-n", "--no-dep")
    assert not announces_rfc9218(wire) and not anchors(wire)
    assert requests(wire) == [("/page", 1, None, None)]


@covers("nghttp", "--no-rfc7540-pri")
def test_no_rfc7540_priorities(nghttp):
    run, wire = fetch(nghttp, "-an", "-p7", "--no-dep", "--no-rfc7540-pri")
    assert announces_rfc9218(wire) and not anchors(wire)
    assert ("/page", 1, None, None) in requests(wire) and ("/a.css", 3, None, "u=2") in requests(wire)
    for option in ("--weight", "--no-dep"):
        assert f"{option} has no effect with --no-rfc7540-pri" in run.stderr


def test_both_kinds_at_once(nghttp):
    _, wire = fetch(nghttp, "-an", "-p7", "--extpri=u=1")
    assert not announces_rfc9218(wire) and anchors(wire) == ANCHORS
    assert requests(wire)[:2] == [("/page", 13, (11, 7), "u=1"), ("/a.css", 15, (3, 32), "u=2")]


def test_server_that_does_not_want_them(nghttp):
    """RFC 9218 section 2.1: what is sent after the server's SETTINGS have come has no priority."""
    def script(wire):
        wire.start((frames.NO_RFC7540_PRIORITIES, 1))
        stream = wire.read_request().stream
        wire.read_settings_ack()
        answer(wire, stream, "/page")
        while (frame := wire.read_frame()) is not None:
            if frame.kind == frames.HEADERS:
                answer(wire, frame.stream, frame.field(":path"))

    _, wire = fetch(nghttp, "-an", "-p7", script=script)
    assert [request[2] for request in requests(wire)][1:] == [None] * 4


@pytest.mark.parametrize("options, groups, expected", [
    (("-p9",), ANCHORS, (1, 11, 9)), (("-p9", "--no-dep"), [], (1, 0, 9))])
def test_upgraded_request(nghttp, options, groups, expected):
    def script(wire):
        read_http1_head(wire)
        wire.send(SWITCH)
        wire.start()
        wire.expect_pong()
        wire.respond(1)
        wire.read_end()

    _, wire = fetch(nghttp, "-nu", *options, script=script)
    assert anchors(wire) == groups + [expected]


@pytest.mark.parametrize("value", ["0", "257", "-1", "x", "", "16k"])
def test_weight_that_is_none(nghttp, value):
    nghttp(f"--weight={value}", "http://localhost:1/").check_failed("weight", "1 to 256")


@pytest.mark.parametrize("options", [("-p77", "-p3"), ("--no-dep", "-p4"), ("--no-dep",),
                                     ("-m2", "-p256", "-p4")])
def test_same_frames_as_debian(nghttp, options):
    """Debian's nghttp sends the same PRIORITY frames, and requests in the same places."""
    incumbent = programs.peer("nghttp", "nghttp2-client")

    def run(*command):
        return process.run([incumbent, *command])

    theirs, ours = (fetch(program, "-an", *options, uris=("/page", "/other"))[1]
                    for program in (run, nghttp))
    assert anchors(ours) == anchors(theirs)
    assert [request[:3] for request in requests(ours)] == \
        [request[:3] for request in requests(theirs)]


def test_trace_shows_them(nghttp):
    run, wire = fetch(nghttp, "-nv", "-p77")
    debian_nghttp.parse_trace(run.text)
    trace = Trace(run.text)
    assert [(frame.stream, frame.details) for frame in trace.all("send", "PRIORITY")] == [
        (stream, [f"(dep_stream_id={dependency}, weight={weight}, exclusive=0)"])
        for stream, dependency, weight in anchors(wire)]
    head = trace.first("send", "HEADERS")
    assert "(padlen=0, dep_stream_id=11, weight=77, exclusive=0)" in head.details
    assert "; END_STREAM | END_HEADERS | PRIORITY" in head.details


def test_python_h2_records_them(nghttp):
    """Another implementation reads the same places."""
    updates = []

    def script(wire):
        peer = H2Peer(wire, client_side=False)
        peer.start()
        stream = peer.wait_for(h2.events.RequestReceived).stream_id
        peer.connection.send_headers(stream, [(":status", "200")], end_stream=True)
        peer.flush()
        while peer.pump():
            pass
        updates.extend((event.stream_id, event.depends_on, event.weight)
                       for event in peer.all_of(h2.events.PriorityUpdated))

    with ScriptedServer(script) as server:
        nghttp("-n", "-p77", server.uri("/page")).check_ok()
    assert updates == ANCHORS + [(13, 11, 77)]


def test_nghttpd_sees_them(nghttp, start_nghttpd, documents):
    with start_nghttpd("-v") as server:
        nghttp("-n", "-p77", server.uri("/small.txt")).check_ok()
        patience.poll(lambda: "dep_stream_id=11, weight=77, exclusive=0" in server.log(),
                      "the priority of the request")
