# SPDX-License-Identifier: MIT
"""The output of nghttp -v: its forms, and that it tells what really happened."""
import re

from support import field_block, frames, trace
from support.frames import Frame
from support.options import covers
from support.scripted_server import ScriptedServer
from support.trace import Trace

OK = field_block.response()


@covers("nghttp", "--verbose")
def test_trace_of_a_fetch(nghttp, nginx):
    run = nghttp("-nv", nginx.tls + "/medium.bin").check_ok()
    assert "The negotiated protocol: h2" in run.text.splitlines()
    read = Trace(run.text)
    assert read.other == ["The negotiated protocol: h2"]
    assert read.notes[0].endswith("Connected")
    trace.check_details(read.frames)
    settings = read.first("send", "SETTINGS")
    assert settings.stream == 0 and settings.flags == 0 and settings.length % 6 == 0
    assert f"(niv={settings.length // 6})" in settings.details
    request = read.first("send", "HEADERS")
    assert request.flags & 0x05 == 0x05
    for line in (":method: GET", ":path: /medium.bin", ":scheme: https",
                 ":authority: " + nginx.tls[len("https://"):], "accept: */*"):
        assert line in request.details
    assert any(line.startswith("user-agent: nghttp2/") for line in request.details)
    assert "; Open new stream" in request.details
    response = read.first("recv", "HEADERS")
    assert "; First response header" in response.details
    assert (request.stream, ":status", "200") in read.fields
    assert (request.stream, "content-length", "300000") in read.fields
    assert sum(frame.length for frame in read.all("recv", "DATA")) == 300_000
    assert read.all("recv", "DATA")[-1].flags & 0x01
    updates = [int(re.search(r"\d+", frame.details[0])[0])
               for frame in read.all("send", "WINDOW_UPDATE") if frame.stream == 0]
    assert sum(updates) >= 300_000 - 65535
    goaway = read.first("send", "GOAWAY")
    assert any("error_code=NO_ERROR(0x00)" in line for line in goaway.details)


def test_trace_of_a_clear_fetch_and_body_in_between(nghttp, nginx, documents):
    run = nghttp("-v", nginx.clear + "/small.txt").check_ok()
    assert documents.read("small.txt") in run.stdout
    read = Trace(run.text)
    trace.check_details(read.frames)
    assert read.other == [documents.read("small.txt").decode().rstrip("\n")]
    assert read.first("recv", "DATA").length == len(documents.read("small.txt"))


def test_trace_times_never_go_back(nghttp, nginx):
    run = nghttp("-nv", "-m20", nginx.tls + "/medium.bin").check_ok()
    times = [float(match) for match in re.findall(r"(?m)^\[ *(\d+\.\d{3})\]", run.text)]
    assert len(times) > 100 and times == sorted(times)


def test_trace_of_every_frame(nghttp):
    def script(wire):
        wire.start((frames.MAX_CONCURRENT_STREAMS, 100), (frames.MAX_FRAME_SIZE, 20000))
        stream = wire.read_request().stream
        wire.send(
            frames.ping(b"8 bytes!"), frames.priority(stream, 0, 200, True),
            frames.push_promise(stream, 2, field_block.request("/pushed")),
            Frame(frames.ALTSVC, 0, 0, b"\0\x10http://localhosth2=\":1\""),
            frames.window_update(stream, 5), frames.headers(2, OK),
            frames.headers(stream, field_block.response("103"), end=False),
            frames.headers(stream, OK + field_block.never_indexed("x-secret", "s"), end=False,
                           padding=3, priority=(0, 9, False)),
            frames.data(stream, b"body\n", padding=5),
            frames.headers(stream, field_block.literal("x-trailer", "t")))
        wire.read_end()

    with ScriptedServer(script) as server:
        read = Trace(nghttp("-nv", server.uri()).text)
    trace.check_details(read.frames)
    stream = read.first("send", "HEADERS").stream
    received = {frame.kind: frame for frame in read.frames if frame.way == "recv"
                and frame.kind != "SETTINGS"}
    assert "[SETTINGS_MAX_FRAME_SIZE(0x05):20000]" in read.first("recv", "SETTINGS").details
    assert "[SETTINGS_MAX_CONCURRENT_STREAMS(0x03):100]" in \
        read.first("recv", "SETTINGS").details
    assert "(opaque_data=3820627974657321)" in received["PING"].details
    if "PRIORITY" in received:  # nghttp may ignore what RFC 9218 replaces
        assert "(dep_stream_id=0, weight=201, exclusive=1)" in received["PRIORITY"].details
    assert "(padlen=0, promised_stream_id=2)" in received["PUSH_PROMISE"].details
    assert "(origin=[http://localhost], altsvc_field_value=[h2=\":1\"])" in \
        received["ALTSVC"].details
    assert "(window_size_increment=5)" in received["WINDOW_UPDATE"].details
    assert "; PADDED" in received["DATA"].details and received["DATA"].length == 11
    assert (stream, ":status", "103") in read.fields
    assert (stream, "x-secret", "s") in read.fields
    assert (stream, "x-trailer", "t") in read.fields
    assert (2, ":status", "200") in read.fields


def test_trace_names_error_codes(nghttp):
    def script(wire):
        wire.start()
        stream = wire.read_request().stream
        wire.send(frames.rst_stream(stream, frames.REFUSED_STREAM),
                  frames.goaway(stream, frames.ENHANCE_YOUR_CALM, b"calm"))
        wire.read_end()

    with ScriptedServer(script) as server:
        read = Trace(nghttp("-nv", server.uri()).text)
    assert "(error_code=REFUSED_STREAM(0x07))" in read.first("recv", "RST_STREAM").details
    for frame in read.all("recv", "GOAWAY"):
        assert any("error_code=ENHANCE_YOUR_CALM(0x0b), opaque_data(4)=[calm]" in line
                   for line in frame.details)


def test_trace_does_not_pass_control_characters_on(nghttp):
    """What a server sends must not reach the terminal as escape sequences."""
    def script(wire):
        wire.start()
        stream = wire.read_request().stream
        wire.send(frames.ping(),
                  frames.goaway(stream, frames.NO_ERROR, b"\x1b[2J\x07\n[  0.000] forged"))
        wire.respond(stream)
        wire.read_end()

    with ScriptedServer(script) as server:
        run = nghttp("-nv", server.uri())
    assert b"\x1b" not in run.stdout and b"\x07" not in run.stdout
    assert not re.search(r"(?m)^\[  0\.000\] forged", run.text)


@covers("nghttp", "--color")
def test_trace_in_colour(nghttp, nginx):
    plain = nghttp("-nv", nginx.clear + "/small.txt").check_ok()
    coloured = nghttp("-nv", "--color", nginx.clear + "/small.txt").check_ok()
    assert b"\x1b[" not in plain.stdout and b"\x1b[" in coloured.stdout
    kinds = [frame.kind for frame in Trace(coloured.text).frames if frame.way == "recv"]
    assert "HEADERS" in kinds and "DATA" in kinds


@covers("nghttp", "--stat")
def test_statistics(nghttp, nginx, documents):
    paths = ["/small.txt", "/medium.bin", "/nothing-there"]
    run = nghttp("-ns", *[nginx.tls + path for path in paths]).check_ok()
    assert "***** Statistics *****" in run.text.splitlines()
    lines = run.text.splitlines()
    header = next(index for index, line in enumerate(lines) if line.startswith("id "))
    assert lines[header].split() == ["id", "responseEnd", "requestStart", "process", "code",
                                     "size", "request", "path"]
    row = re.compile(r" *(\d+) +\+(\d+(?:\.\d+)?(?:us|ms|s)) +(\*?) *\+(\d+(?:\.\d+)?(?:us|ms|s))"
                     r" +(\d+(?:\.\d+)?(?:us|ms|s)) +(\d{3}) +(\d+[KMG]?) (/\S*)$")
    rows = [row.match(line) for line in lines[header + 1:] if line]
    assert all(rows) and sorted(match[8] for match in rows) == sorted(paths)
    by_path = {match[8]: match for match in rows}
    assert by_path["/small.txt"][6] == "200" and by_path["/nothing-there"][6] == "404"
    assert by_path["/small.txt"][7] == str(len(documents.read("small.txt")))
    assert by_path["/medium.bin"][7] == "292K"
