# SPDX-License-Identifier: MIT
"""nghttp --json: lines that keep to the schema, and tell what -v tells."""
import hpack
import pytest

from support import field_block, frames, h2_peers
from support.frames import Frame
from support.json_trace import JsonTrace, fields, octets, shown, shown_by_verbose
from support.options import covers
from support.scripted_server import ScriptedServer
from support.trace import Trace


@pytest.fixture
def traced(nghttp, directory):
    """traced(argument...) -> the trace of --json and that of -v, of one run."""
    def run(*arguments, ok=True):
        path = directory / "trace"
        done = nghttp("-nv", f"--json={path}", *arguments)
        if ok:
            done.check_ok()
        return JsonTrace(path.read_text(encoding="ascii")), Trace(done.text)
    return run


def check_same(json_trace, verbose):
    for direction, way in ("received", "recv"), ("sent", "send"):
        assert list(shown_by_verbose(json_trace, direction)) == list(shown(verbose, way))
    received = [(frame["stream_id"], *field) for frame in json_trace.frames("received")
                if "header_block" in frame for field in fields(frame)]
    assert received == verbose.fields


@covers("nghttp", "--json")
def test_json_on_standard_output(nghttp, nginx):
    """Without a path: lines and nothing else, also of what has content."""
    trace = JsonTrace(nghttp("--json", nginx.tls + "/medium.bin").check_ok().text)
    # A server's SETTINGS may be there before the client has written its preface.
    assert trace.events[0]["event"] == "connected"
    sent = [event for event in trace.events if event.get("direction", "sent") == "sent"]
    assert [event["event"] for event in sent[:3]] == ["connected", "preface", "frame"]
    assert trace.events[-1]["event"] == "closed"
    tls = trace.named("connected")[0]["tls"]
    assert (tls["alpn"], tls["version"]) == ("h2", "TLSv1.2") and tls["cipher"]
    assert trace.named("connected")[0]["origin"] == nginx.tls
    data = trace.frames("received", "DATA")
    assert sum(frame["payload"]["data_length"] for frame in data) == 300_000
    assert data[-1]["flags"] == ["END_STREAM"] and "data" not in data[0]["payload"]


@pytest.mark.parametrize("others", [["-v"], ["-s"], ["--hexdump"], ["--har=-"], ["--waterfall=-"],
                                    ["--pcapng=-"], ["-o", "-"]], ids=lambda words: words[0])
def test_standard_output_is_for_one(nghttp, nginx, others):
    run = nghttp("--json", *others, nginx.clear + "/small.txt")
    run.check_failed("--json to standard output does not go together with")
    assert run.text == ""


def test_json_in_a_file_leaves_content_alone(nghttp, nginx, documents, directory):
    run = nghttp(f"--json={directory}/trace", nginx.clear + "/small.txt").check_ok()
    assert run.stdout == documents.read("small.txt")
    assert JsonTrace((directory / "trace").read_text()).frames("received", "DATA")
    for path, problem in (directory / "missing" / "x", "No such file"), ("/dev/full", "No space"):
        nghttp("-n", f"--json={path}", nginx.clear + "/small.txt").check_failed(problem)


@covers("nghttp", "--json-data")
def test_content_on_demand(nghttp, nginx, documents):
    text = nghttp("--json", "--json-data", nginx.tls + "/medium.bin").check_ok().text
    content = b"".join(octets(frame["payload"]["data"])
                       for frame in JsonTrace(text).frames("received", "DATA"))
    assert content == documents.read("medium.bin")
    nghttp("--json-data", nginx.clear).check_failed("--json-data needs --json")


@pytest.mark.parametrize("peer", ["nginx", "nginx TLS", "nghttpd", "nghttpd TLS"])
def test_same_events_as_verbose(traced, nginx, start_nghttpd, documents, peer):
    paths = ["/small.txt", "/medium.bin", "/nothing-there", "/index.html"]
    options = ["-y", "-b", "7", "--extpri", "u=1"]
    if peer.startswith("nginx"):
        base = nginx.tls if "TLS" in peer else nginx.clear
        json_trace, verbose = traced(*options, *[base + path for path in paths])
    else:
        with start_nghttpd("-p/index.html=/small.txt", "--echo-upload", "-b", "9",
                           tls="TLS" in peer) as server:
            json_trace, verbose = traced(*options, *map(server.uri, paths), "-H", "x: y")
    check_same(json_trace, verbose)
    assert len(json_trace.frames("sent", "HEADERS")) == 4
    if "nghttpd" in peer:
        assert json_trace.frames("received", "PUSH_PROMISE")


def test_upload_and_continuation(traced, start_nghttpd, documents):
    with start_nghttpd("--echo-upload") as server:
        json_trace, verbose = traced("--continuation", "-d", documents.root / "medium.bin",
                                     "--trailer", "a: b", server.uri("/up"))
    assert ("a", "b") in [field for frame in json_trace.frames("sent", "HEADERS")
                          if "header_block" in frame for field in fields(frame)]
    assert [frame.kind for frame in verbose.frames if frame.way == "send"] == [
        frame["type"] for frame in json_trace.frames("sent") if frame["type"] != "CONTINUATION"]
    first = json_trace.frame("sent", "HEADERS")
    last = json_trace.frames("sent", "CONTINUATION")[-1]
    assert "header_block" not in first and first["flags"] == []
    assert last["header_block"]["frame"] == "HEADERS" and last["flags"] == ["END_HEADERS"]
    pieces = [first] + json_trace.frames("sent", "CONTINUATION")
    assert last["header_block"]["length"] == sum(
        frame["payload"]["fragment_length"] for frame in pieces)


def test_every_frame_type(traced):
    """python-h2 answers, and by hand come frames that it does not send."""
    odd = [Frame(frames.ALTSVC, 0, 0, b"\0\x0dhttp://a.test" + b'h2=":1"'),
           Frame(frames.ORIGIN, 0, 0, b"\0\x0fhttp://a.test:1\0\x0dhttp://b.test"),
           Frame(0xab, 0x5a, 0, b"\0\xff"), frames.window_update(0, 77),
           frames.priority(7, 5, 15, True), frames.ping(b"\0\1\2\3abcd"),
           frames.settings((0x6, 1234), (0xfab, 7), (frames.MAX_CONCURRENT_STREAMS, 9))]

    def script(wire):
        peer = h2_peers.H2Peer(wire, client_side=False)
        peer.start()
        stream = peer.wait_for(h2_peers.h2.events.RequestReceived).stream_id
        wire.send(*odd)
        peer.connection.push_stream(stream, 2, [
            (":method", "GET"), (":scheme", "http"), (":authority", "x"), (":path", "/p")])
        peer.connection.send_headers(2, [(":status", "204")], end_stream=True)
        peer.connection.send_headers(stream, [(":status", "200"), ("x", "1" * 30000)])
        peer.connection.send_data(stream, b"12345", pad_length=3)
        peer.connection.send_headers(stream, [("trailer", "t")], end_stream=True)
        peer.flush()
        while peer.pump():
            pass

    with ScriptedServer(script) as server:
        json_trace, verbose = traced(server.uri())
    check_same(json_trace, verbose)
    assert {frame["type"] for frame in json_trace.frames("received")} == {
        "SETTINGS", "ALTSVC", "ORIGIN", "UNKNOWN", "WINDOW_UPDATE", "PRIORITY", "PING",
        "PUSH_PROMISE", "HEADERS", "CONTINUATION", "DATA"}
    unknown = json_trace.frame("received", "UNKNOWN")
    assert (unknown["type_code"], unknown["flags_code"], unknown["flags"]) == (0xab, 0x5a, [])
    assert unknown["payload"] == {"octets": "00ff"}
    assert json_trace.frame("received", "ALTSVC")["payload"] == {
        "origin": "http://a.test", "field_value": 'h2=":1"'}
    assert json_trace.frame("received", "ORIGIN")["payload"] == {
        "origins": ["http://a.test:1", "http://b.test"]}
    assert json_trace.frames("received", "PRIORITY")[0]["payload"] == {
        "exclusive": True, "stream_dependency": 5, "weight": 16}
    named = [setting["name"] for frame in json_trace.frames("received", "SETTINGS")
             for setting in frame["payload"]["settings"]]
    assert {"SETTINGS_MAX_HEADER_LIST_SIZE", "UNKNOWN"} <= set(named)
    assert [frame["payload"]["pad_length"] for frame in
            json_trace.frames("received", "DATA") if "PADDED" in frame["flags"]] == [3]


def test_hpack_of_each_field(nghttp):
    """Both directions; what the server does to its table is known."""
    block = (field_block.indexed(8) + field_block.inserted("x-a", "one")
             + field_block.literal("x-b", "two") + field_block.never_indexed("x-c", b"\xff\x00\xc3")
             + field_block.indexed(62))

    def script(wire):
        wire.start()
        stream = wire.read_request().stream
        wire.send(frames.headers(stream, field_block.size_update(100) + block))
        wire.read_end()

    with ScriptedServer(script) as server:
        trace = JsonTrace(nghttp("--json", server.uri()).text)
    got = trace.frame("received", "HEADERS")["header_block"]
    steps = got["representations"]
    assert [(one["representation"], one.get("index"), one.get("index_table")) for one in steps] == [
        ("size update", None, None), ("indexed", 8, "static"), ("literal with indexing", None, None),
        ("literal without indexing", None, None), ("literal never indexed", None, None),
        ("indexed", 62, "dynamic")]
    assert steps[0]["new_max_size"] == 100
    assert steps[2]["inserted"] and not steps[3]["inserted"]
    assert octets(steps[4]["value"]) == b"\xff\x00\xc3"
    assert got["table"] == {"entries": 1, "size": 38, "max_size": 100}
    assert bytes.fromhex("".join(one["wire"] for one in steps))[-1:] == b"\xbe"
    asked = trace.frame("sent", "HEADERS")["header_block"]
    wire = bytes.fromhex("".join(one["wire"] for one in asked["representations"]))
    assert len(wire) == asked["length"]
    decoder = hpack.Decoder()
    assert decoder.decode(wire) == [(one["name"], one["value"])
                                    for one in asked["representations"]]
    assert asked["table"]["size"] == decoder.header_table._current_size
    assert any(one["value_string"]["coding"] == "huffman" for one in asked["representations"]
               if "value_string" in one)


def test_table_sizes_in_both_directions(nghttp, start_nghttpd):
    with start_nghttpd("-c", "128") as server:
        text = nghttp("--json", "-c", "0", "-c", "200", "-m", "3",
                      server.uri("/small.txt")).check_ok().text
    trace = JsonTrace(text)
    assert [frame["header_block"]["table"]["max_size"]
            for frame in trace.frames("received", "HEADERS")][-1] == 200
    blocks = [frame["header_block"] for frame in trace.frames() if "header_block" in frame]
    assert all("not_decoded" not in block and "malformed" not in block for block in blocks)


@pytest.mark.parametrize("frame, payload, seen", [
    (Frame(frames.PING, 0, 0, b"123").encode(), "313233", None),
    (Frame(frames.PING, 0, 0, b"12").encode(length=8), "3132", 2),
    (Frame(frames.DATA, frames.PADDED, 1, b"\x09abc").encode(), "09616263", None),
    (Frame(frames.DATA, 0, 1, b"").encode(length=16385), "", 0),
    (Frame(frames.RST_STREAM, 0, 0x80000001, b"\0").encode(), "00", None)])
def test_frames_that_are_wrong(nghttp, frame, payload, seen):
    def script(wire):
        wire.start()
        wire.read_request()
        wire.send(frame)
        if seen is not None:
            wire.socket.shutdown(1)
        wire.read_end()

    with ScriptedServer(script) as server:
        trace = JsonTrace(nghttp("--json", server.uri()).text)
    last = trace.frames("received")[-1]
    assert last["payload"] == {"octets": payload}
    assert last.get("payload_seen") == seen
    assert last.get("reserved_bit", False) == (last["type"] == "RST_STREAM")


def test_what_is_no_frame(nghttp, nginx, apache_h2c, authority):
    """Upgrades, HTTP/1.1, several connections, and none."""
    trace = JsonTrace(nghttp("--json", "-u", apache_h2c + "/small.txt").check_ok().text)
    asked, answered = trace.named("upgrade")
    assert asked["head"].startswith("GET /small.txt HTTP/1.1\r\n") and asked["direction"] == "sent"
    assert answered["head"].startswith("HTTP/1.1 101 ")
    assert trace.frame("received", "HEADERS")["stream_id"] == 1
    trace = JsonTrace(nghttp("--json", "--http1", nginx.http1_only + "/small.txt").check_ok().text)
    assert [event["event"] for event in trace.events] == ["connected", "closed"]
    trace = JsonTrace(nghttp("--json", nginx.clear + "/small.txt", nginx.tls + "/small.txt",
                             "http://127.0.0.1:1/").text)
    assert {event["connection"] for event in trace.events} == {1, 2, 3}
    assert trace.events[-1]["event"] == "not_connected" and "refused" in trace.events[-1]["reason"]
    assert len(trace.named("closed")) == 2


def test_rejections_and_complaints(nghttp):
    def script(wire):
        wire.start()
        stream = wire.read_request().stream
        wire.send(frames.headers(stream, field_block.response("200", ("X-Upper", "1"))))
        wire.expect_stream_error(stream, frames.PROTOCOL_ERROR)

    with ScriptedServer(script) as server:
        trace = JsonTrace(nghttp("--json", server.uri()).text)
    assert "rejected" in trace.frame("received", "HEADERS")
    assert any("X-Upper" in event["text"] for event in trace.named("complaint"))
