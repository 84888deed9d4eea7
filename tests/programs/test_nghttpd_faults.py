# SPDX-License-Identifier: MIT
"""nghttpd --fault: each kind does what it says, and nothing to other paths."""
import time

import hpack
import pytest

from support import field_block, frames, patience, process, programs
from support.options import covers
from support.raw_client import RawClient

PATH = "/medium.bin"
LENGTH = 300_000


@pytest.fixture
def peer(request, start_nghttpd):
    """A client of a server with the faults that the test's mark `faults` lists."""
    options = [f"--fault={fault}" for fault in request.node.get_closest_marker("faults").args]
    with start_nghttpd("--echo-upload", *options) as server:
        with RawClient(server, settings=[(frames.INITIAL_WINDOW_SIZE, 1 << 24)]) as client:
            client.send(frames.window_update(0, 1 << 24))
            yield client


def content(peer, stream=1):
    return b"".join(frame.body for frame in peer.seen
                    if frame.kind == frames.DATA and frame.stream == stream)


def ask(peer, path=PATH, stream=1, method="GET"):
    peer.send(frames.headers(stream, field_block.request(path, method)))


@covers("nghttpd", "--fault")
@pytest.mark.faults("/m*:delay=300ms")
def test_delay(peer, documents):
    """Another response overtakes the delayed one, which comes whole and not too soon."""
    begin = time.monotonic()
    ask(peer)
    ask(peer, "/small.txt", 3)
    first = peer.read_until(lambda frame: frame.kind == frames.HEADERS, "a response")
    assert first.stream == 3
    _, body, _ = peer.read_message(1)
    assert body == documents.read("medium.bin") and time.monotonic() - begin >= 0.29


@pytest.mark.faults("*:data-delay=1h", "*:data-delay=20ms,16000")
def test_data_delay(peer, documents):
    begin = time.monotonic()
    _, body, _ = peer.read_message(ask(peer) or 1)
    assert body == documents.read("medium.bin")
    sizes = [len(frame.body) for frame in peer.seen if frame.kind == frames.DATA]
    assert sizes == [16000] * 18 + [12000] and time.monotonic() - begin >= 18 * 0.019


@pytest.mark.faults("/small*:stall=500ms/1s", "/medium*:stall=400ms/500ms")
def test_stall(peer, documents):
    """Asked one after the other, one of the requests of a whole period meets the silence."""
    gaps, begin, stream = [], time.monotonic(), 1
    while time.monotonic() - begin < 1.1:
        before = time.monotonic()
        ask(peer, "/small.txt", stream)
        assert peer.read_message(stream)[1] == documents.read("small.txt")
        gaps.append(time.monotonic() - before)
        stream += 2
    assert max(gaps) > 0.35 and len(gaps) > 1
    ask(peer, PATH, stream)
    assert peer.read_message(stream)[1] == documents.read("medium.bin")


@pytest.mark.faults("*:rst=1000,ENHANCE_YOUR_CALM")
def test_reset_after_some_content(peer, documents):
    ask(peer)
    assert peer.read_kind(frames.RST_STREAM, 1).error_code == frames.ENHANCE_YOUR_CALM
    assert content(peer) == documents.read("medium.bin")[:1000]
    peer.expect_pong()


@pytest.mark.faults("*:rst=1000000")
def test_reset_instead_of_the_end(peer, documents):
    ask(peer)
    assert peer.read_kind(frames.RST_STREAM, 1).error_code == frames.INTERNAL_ERROR
    assert content(peer) == documents.read("medium.bin")
    assert not any(frame.has(frames.END_STREAM) for frame in peer.seen
                   if frame.kind == frames.DATA)


@pytest.mark.faults("*:rst=0,8")
def test_reset_after_the_head(peer):
    ask(peer)
    assert peer.read_kind(frames.RST_STREAM, 1).error_code == frames.CANCEL
    assert [frame for frame in peer.seen if frame.kind == frames.HEADERS] and not content(peer)


@pytest.mark.faults("*:refuse", "/small*:refuse=CANCEL")
def test_refuse(peer):
    ask(peer)
    assert peer.read_kind(frames.RST_STREAM, 1).error_code == frames.REFUSED_STREAM
    ask(peer, "/small.txt", 3)
    assert peer.read_kind(frames.RST_STREAM, 3).error_code == frames.CANCEL
    assert not [frame for frame in peer.seen if frame.kind == frames.HEADERS]


@pytest.mark.faults("/s*:goaway=2,PROTOCOL_ERROR")
def test_goaway(peer, documents):
    """The second request ends the connection, after its response."""
    ask(peer, "/small.txt", 1)
    peer.read_message(1)
    ask(peer, "/index.html", 3)
    peer.read_message(3)
    assert not [frame for frame in peer.seen if frame.kind == frames.GOAWAY]
    ask(peer, "/small.txt", 5)
    peer.read_end()
    goaway = next(frame for frame in peer.seen if frame.kind == frames.GOAWAY)
    assert goaway.last_stream == 5 and goaway.error_code == frames.PROTOCOL_ERROR
    assert content(peer, 5) == documents.read("small.txt")


@pytest.mark.faults("/up*:stall-window")
def test_stalled_window(peer):
    """The echo of a first window comes, but no credit for more."""
    peer.send(frames.headers(1, field_block.request("/up", "POST"), end=False))
    for _ in range(4):
        peer.send(frames.data(1, bytes(15000)))
    peer.read_until(lambda _: len(content(peer)) == 60000, "the echo")
    peer.expect_pong()
    assert not [frame for frame in peer.seen if frame.kind == frames.WINDOW_UPDATE]


@pytest.mark.faults("*:truncate=5")
def test_truncate(peer, documents):
    head, body, trailers = peer.read_message(ask(peer) or 1)
    assert head.field("content-length") == str(LENGTH) and trailers is None
    assert body == documents.read("medium.bin")[:5]


@pytest.mark.faults("*:content-length=7")
def test_content_length(peer, documents):
    head, body, _ = peer.read_message(ask(peer) or 1)
    assert head.field("content-length") == "7" and body == documents.read("medium.bin")


@pytest.mark.faults("*:trailer=x-one: 1", "*:trailer=x-two:a:b")
def test_trailers(peer, documents):
    _, body, trailers = peer.read_message(ask(peer) or 1)
    assert trailers.fields == [("x-one", "1"), ("x-two", "a:b")]
    assert body == documents.read("medium.bin")


@pytest.mark.faults("*:interim=103", "*:interim=102")
def test_interim(peer):
    peer.read_message(ask(peer, "/small.txt") or 1)
    statuses = [frame.field(":status") for frame in peer.seen if frame.kind == frames.HEADERS]
    assert statuses == ["103", "102", "200"]


@pytest.mark.faults("*:status=503")
def test_status(peer, documents):
    head, body, _ = peer.read_message(ask(peer, "/small.txt") or 1)
    assert head.field(":status") == "503" and body == documents.read("small.txt")


def malformed_block(peer):
    ask(peer)
    kind, flags, block = None, None, None
    while kind != frames.HEADERS:
        head = peer.read_bytes(9, patience.Deadline())
        block = peer.read_bytes(int.from_bytes(head[:3], "big"), patience.Deadline())
        kind, flags = head[3], head[4]
    assert flags == frames.END_HEADERS | frames.END_STREAM
    return block


@pytest.mark.faults("*:malformed")
def test_malformed_block(peer):
    block = malformed_block(peer)
    with pytest.raises(hpack.HPACKError):
        hpack.Decoder().decode(block)


@pytest.mark.parametrize("form, fields", [
    ("uppercase", [(":status", "200"), ("X-Upper-Case", "1")]),
    ("no-status", [("x-one", "1")]), ("order", [("x-one", "1"), (":status", "200")]),
    ("transfer-encoding", [(":status", "200"), ("transfer-encoding", "chunked")])])
def test_malformed_fields(start_nghttpd, form, fields):
    with start_nghttpd(f"--fault=*:malformed={form}") as server, RawClient(server) as client:
        assert hpack.Decoder().decode(malformed_block(client)) == fields


def test_a_real_client_complains(start_nghttpd, curl):
    with start_nghttpd("--fault=*:malformed") as server:
        run = curl("--http2-prior-knowledge", server.uri("/small.txt"))
    assert run.returncode != 0


@pytest.mark.faults("/nothing*:truncate=1", "/nothing*:delay=10ms")
def test_other_paths_are_well(peer, documents):
    assert peer.read_message(ask(peer) or 1)[1] == documents.read("medium.bin")
    head, body, _ = peer.read_message(ask(peer, "/nothing?x", 3) or 3)
    assert head.field(":status") == "404" and len(body) == 1


@pytest.mark.faults("*:data-delay=1ms,5000")
def test_echo_of_more_than_is_held(peer):
    body = bytes(range(256)) * 400
    peer.send(frames.headers(1, field_block.request("/up", "POST"), end=False))
    sent = 0
    while sent < len(body):
        peer.send(frames.data(1, body[sent:sent + 16000], end=sent + 16000 >= len(body)))
        sent += 16000
        if sent == 48000:
            peer.read_until(lambda frame: frame.kind == frames.WINDOW_UPDATE
                            and frame.stream == 1, "credit")
    peer.read_until(lambda frame: frame.has(frames.END_STREAM) and frame.stream == 1, "the end")
    assert content(peer) == body


@pytest.mark.faults("*:delay=1h")
def test_client_that_leaves_while_it_waits(peer):
    ask(peer)
    peer.send(frames.rst_stream(1))
    peer.expect_pong()


@pytest.mark.parametrize("rule, said", [
    ("nonsense", "<GLOB>:<KIND>"), (":delay=1s", "<GLOB>:<KIND>"), ("*:nonsense", "one of delay,"),
    ("*:delay", "for delay an argument"), ("*:delay=x", "for delay a duration"),
    ("*:data-delay=1s,0", "1 to 16384"), ("*:stall=1s", "two durations"),
    ("*:stall=2s/1s", "two durations"), ("*:stall=0/1s", "two durations"),
    ("*:rst=x", "for rst an integer"), ("*:rst=1,NONE", "for rst an error code"),
    ("*:goaway=0", "1 to"), ("*:truncate=-1", "for truncate an integer"),
    ("*:status=199", "200 to 599"), ("*:interim=101", "other than 101"),
    ("*:interim=200", "100 to 199"), ("*:trailer=x", "for trailer a field"),
    ("*:stall-window=1", "no argument"), ("*:malformed=x", "hpack, uppercase"),
    ("*:content-length=", "for content-length an integer")])
def test_bad_fault(documents, rule, said):
    process.run([programs.under_test("nghttpd"), "--no-tls", "-d", documents.root, "--fault",
                 rule, "0"]).check_failed("--fault.*" + said)


def test_malformed_response_ends_its_stream(start_nghttpd):
    """The one stream that a client may have open is free again."""
    with start_nghttpd("-m1", "--fault=/small*:malformed=no-status") as server:
        with RawClient(server) as peer:
            ask(peer, "/small.txt")
            peer.read_until(lambda frame: frame.kind == frames.RST_STREAM, "RST_STREAM")
            assert peer.get(3, field_block.request())[0].field(":status") == "200"
