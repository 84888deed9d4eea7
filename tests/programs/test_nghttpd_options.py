# SPDX-License-Identifier: MIT
"""Options of nghttpd."""
import gzip
import os
import re
import signal
import socket

import h2.events
import pytest

from support import field_block, frames, patience, ports, process, programs
from support.frames import INITIAL_WINDOW_SIZE, WINDOW_UPDATE
from support.h2_peers import H2Peer
from support.options import covers
from support.raw_client import RawClient
from support.trace import Trace, check_details, dumped_bytes


@pytest.fixture
def nghttpd():
    """nghttpd(argument...) for runs that end by themselves."""
    def run(*arguments, cwd=None):
        return process.run([programs.under_test("nghttpd"), *arguments], cwd=cwd)
    return run


def start_peer(wire):
    peer = H2Peer(wire, client_side=True)
    peer.start()
    return peer


# Trailers, push, error pages ---------------------------------------------------------------------


@covers("nghttpd", "--trailer")
def test_trailer(start_nghttpd, documents):
    with start_nghttpd("--trailer", "x-one: 1", "--trailer=x-two: 2") as server:
        with RawClient(server) as peer:
            head, body, trailers = peer.get(1, field_block.request("/small.txt"))
            assert head.field(":status") == "200" and body == documents.read("small.txt")
            assert sorted(trailers.fields) == [("x-one", "1"), ("x-two", "2")]


def test_no_trailer_without_a_body(start_nghttpd):
    with start_nghttpd("--trailer", "x-one: 1") as server, RawClient(server) as peer:
        _, body, trailers = peer.get(1, field_block.request("/small.txt", "HEAD"))
        assert body == b"" and trailers is None


@covers("nghttpd", "--push")
def test_push_with_h2(start_nghttpd, documents):
    with start_nghttpd("-p", "/=/small.txt,/sub/index.html") as server:
        with RawClient(server, start=False) as wire:
            peer = start_peer(wire)
            stream = peer.request("/")
            assert peer.response(stream)[2] == documents.read("index.html")
            promised = {dict(event.headers)[":path"]: event.pushed_stream_id
                        for event in peer.all_of(h2.events.PushedStreamReceived)}
            assert sorted(promised) == ["/small.txt", "/sub/index.html"]
            for path, pushed in promised.items():
                status, _, body = peer.response(pushed)
                assert status == 200 and body == documents.read(path[1:])


def test_push_is_announced_before_the_content(start_nghttpd):
    with start_nghttpd("-p/=/small.txt") as server, RawClient(server) as peer:
        peer.get(1, field_block.request())
        promise = next(frame for frame in peer.seen if frame.kind == frames.PUSH_PROMISE)
        data = next(frame for frame in peer.seen if frame.kind == frames.DATA
                    and frame.stream == 1)
        assert peer.seen.index(promise) < peer.seen.index(data)
        assert promise.stream == 1
        assert promise.field(":method") == "GET" and promise.field(":path") == "/small.txt"
        assert promise.field(":authority") == "localhost"


def test_no_push_to_clients_that_do_not_want_it(start_nghttpd):
    with start_nghttpd("-p/=/small.txt") as server:
        with RawClient(server, settings=[(frames.ENABLE_PUSH, 0)]) as peer:
            head, _, _ = peer.get(1, field_block.request())
            assert head.field(":status") == "200"
            peer.expect_pong()
            assert not [frame for frame in peer.seen if frame.kind == frames.PUSH_PROMISE]


def test_push_obeys_the_clients_concurrency_limit(start_nghttpd):
    with start_nghttpd("-p/=/small.txt,/medium.bin") as server:
        settings = [(frames.MAX_CONCURRENT_STREAMS, 0)]
        with RawClient(server, settings=settings) as peer:
            head, _, _ = peer.get(1, field_block.request())
            assert head.field(":status") == "200"
            peer.expect_pong()
            assert not [f for f in peer.seen if f.kind == frames.HEADERS and f.stream % 2 == 0]


@pytest.mark.parametrize("rule, missing", [
    ("/=/small.txt,/nothing-there", "/nothing-there"), ("/nothing=/small.txt", "/nothing"),
    ("/=/empty/", "/empty/"), ("/=/link-out.txt", "/link-out.txt")])
def test_push_of_a_missing_file(nghttpd, documents, rule, missing):
    """A rule that could never push is an error that names it."""
    run = nghttpd("--no-tls", "-d", documents.root, "-p", rule, "0")
    run.check_failed(f"--push '{rule.split('=')[0]}=/.*: no file is at '{missing}'")


def test_push_to_an_independent_nghttp(start_nghttpd, documents):
    """The client of another make counts what was pushed in its statistics."""
    client = programs.peer("nghttp", "nghttp2-client")
    with start_nghttpd("-p/=/small.txt") as server:
        run = process.run([client, "-ns", server.uri("/")]).check_ok()
    row = r"(?m)^ +\d+ +\+\S+ +\* *\+\S+ +\S+ +200 +\d+ /small\.txt$"
    assert re.search(row, run.text), run.text


@covers("nghttpd", "--error-gzip")
def test_error_page_in_gzip(start_nghttpd):
    with start_nghttpd("-e") as server, RawClient(server) as peer:
        head, body, _ = peer.get(
            1, field_block.request("/nothing-there", "GET", ("accept-encoding", "gzip")))
        assert head.field(":status") == "404" and head.field("content-encoding") == "gzip"
        assert b"404" in gzip.decompress(body)
        if head.field("content-length") is not None:
            assert int(head.field("content-length")) == len(body)


def test_echo_only_when_asked(start_nghttpd, curl):
    with start_nghttpd() as server:
        run = curl("--http2-prior-knowledge", "--data-binary", "echo?", server.uri("/small.txt"))
    assert run.stdout != b"echo?"


@covers("nghttpd", "--no-content-length")
def test_no_content_length(start_nghttpd, documents):
    with start_nghttpd("--no-content-length") as server, RawClient(server) as peer:
        head, body, _ = peer.get(1, field_block.request("/small.txt"))
        assert head.field("content-length") is None and body == documents.read("small.txt")


@covers("nghttpd", "--early-response")
def test_early_response(start_nghttpd):
    """The answer comes although the request has not ended."""
    with start_nghttpd("--early-response") as server, RawClient(server) as peer:
        peer.send(frames.headers(1, field_block.request("/small.txt"), end=False))
        assert peer.read_kind(frames.HEADERS, 1).field(":status") == "200"


@covers("nghttpd", "--mime-types-file")
def test_mime_types_file(start_nghttpd, directory, documents):
    types = directory / "types"
    types.write_text("# comment\napplication/x-special  special spc\n\n\nbroken\n",
                     encoding="ascii")
    documents.write("a.spc", b"x")
    with start_nghttpd(f"--mime-types-file={types}") as server, RawClient(server) as peer:
        head, _, _ = peer.get(1, field_block.request("/a.spc"))
        assert head.field("content-type") == "application/x-special"


# The connection ----------------------------------------------------------------------------------


@covers("nghttpd", "--window-bits", "--connection-window-bits")
def test_window_bits(start_nghttpd):
    with start_nghttpd("-w18", "-W20") as server, RawClient(server) as peer:
        peer.expect_pong()
        assert (INITIAL_WINDOW_SIZE, 2**18 - 1) in peer.seen[0].entries
        updates = [frame.increment for frame in peer.seen if frame.kind == WINDOW_UPDATE]
        assert updates == [2**20 - 1 - 65535]


@covers("nghttpd", "--max-concurrent-streams")
def test_max_concurrent_streams(start_nghttpd):
    with start_nghttpd("-m", "33") as server, RawClient(server) as peer:
        assert (frames.MAX_CONCURRENT_STREAMS, 33) in peer.seen[0].entries


@covers("nghttpd", "--padding")
def test_padding(start_nghttpd, documents):
    with start_nghttpd("-b", "200") as server, RawClient(server) as peer:
        _, body, _ = peer.get(1, field_block.request("/small.txt"))
        assert body == documents.read("small.txt")
        assert [frame for frame in peer.seen if frame.has(frames.PADDED)
                and frame.kind in (frames.DATA, frames.HEADERS)]


@covers("nghttpd", "--workers")
@pytest.mark.parametrize("workers", ["1", "3"])
def test_workers(start_nghttpd, workers):
    """Many connections at once, each of which is served while the others are open."""
    with start_nghttpd("-n", workers) as server:
        peers = [RawClient(server) for _ in range(30)]
        try:
            for peer in reversed(peers):
                head, _, _ = peer.get(1, field_block.request("/small.txt"))
                assert head.field(":status") == "200"
        finally:
            for peer in peers:
                peer.close()
        threads = len(os.listdir(f"/proc/{server.process.pid}/task"))
        assert threads >= int(workers)


@covers("nghttpd", "--verbose")
def test_trace(start_nghttpd):
    with start_nghttpd("-v") as server:
        with RawClient(server) as peer:
            peer.send(frames.ping(b"traceme!"))
            peer.get(1, field_block.request("/small.txt", "GET", ("x-mark", "seen")))
            peer.send(frames.goaway(0))
            peer.read_end()
        patience.poll(lambda: "GOAWAY" in server.log(), "the trace of GOAWAY")
        lines = server.log().splitlines()
    assert any(re.match(r"\[id=\d+\] \[ *\d+\.\d{3}\] recv SETTINGS frame <", line)
               for line in lines)
    trace = Trace("\n".join(lines))
    check_details(trace.frames)
    assert (1, "x-mark", "seen") in trace.fields and (1, ":path", "/small.txt") in trace.fields
    assert "(opaque_data=74726163656d6521)" in trace.first("recv", "PING").details
    sent = trace.first("send", "HEADERS")
    assert ":status: 200" in sent.details and "content-length: 37" in sent.details
    assert trace.first("send", "DATA").length == 37


def test_quiet_without_v(start_nghttpd, curl):
    with start_nghttpd() as server:
        curl("--http2-prior-knowledge", server.uri("/small.txt")).check_ok()
        assert "frame <" not in server.log()


@covers("nghttpd", "--hexdump")
def test_hexdump(start_nghttpd):
    with start_nghttpd("--hexdump") as server:
        with RawClient(server) as peer:
            peer.expect_pong(b"dump me!")
        patience.poll(lambda: b"dump me!" in dumped_bytes(server.log()), "the dump")


@covers("nghttpd", "--address")
def test_address(start_nghttpd):
    with start_nghttpd(address="127.0.0.2") as server:
        assert ports.accepts(server.port, "127.0.0.2")
        assert not ports.accepts(server.port, "127.0.0.1")


def test_every_address_by_default(start_nghttpd):
    with start_nghttpd(address=None) as server:
        assert ports.accepts(server.port, "127.0.0.1") and ports.accepts(server.port, "127.0.0.3")


# Starting and stopping ---------------------------------------------------------------------------


def test_terminate_lets_a_transfer_finish(start_nghttpd, documents):
    """SIGTERM: what has been asked for is delivered, then the server ends with status 0."""
    server = start_nghttpd()
    with RawClient(server, settings=[(INITIAL_WINDOW_SIZE, 1000)]) as peer:
        peer.send(frames.headers(1, field_block.request("/medium.bin")))
        peer.read_kind(frames.DATA, 1)
        os.kill(server.process.pid, signal.SIGTERM)
        peer.read_kind(frames.GOAWAY)
        peer.send(frames.window_update(0, 1_000_000), frames.window_update(1, 1_000_000))
        received = peer.read_until(
            lambda frame: frame.kind == frames.DATA and frame.has(frames.END_STREAM), "the end")
        assert received.stream == 1
        body = b"".join(frame.body for frame in peer.seen if frame.kind == frames.DATA)
        assert body == documents.read("medium.bin")
        peer.read_end()
    assert server.process.process.wait(patience.SECONDS) == 0


def test_port_in_use(nghttpd, documents):
    with socket.create_server((ports.LOOPBACK, 0)) as taken:
        port = taken.getsockname()[1]
        run = nghttpd("--no-tls", "-a", ports.LOOPBACK, "-d", documents.root, port)
    run.check_failed(str(port), "in use")


def test_missing_key(nghttpd, documents, directory):
    run = nghttpd("-d", documents.root, "0", directory / "no.key", directory / "no.crt")
    run.check_failed(r"no\.key|no\.crt")


def test_key_that_is_none(nghttpd, documents, authority):
    run = nghttpd("-d", documents.root, "0", authority.server.cert, authority.server.cert)
    run.check_failed("key")


def test_key_of_another_certificate(nghttpd, documents, authority):
    run = nghttpd("-d", documents.root, "0", authority.client.key, authority.server.cert)
    run.check_failed("key")


def test_missing_document_root(nghttpd, directory):
    run = nghttpd("--no-tls", "-d", directory / "nowhere", "-a", ports.LOOPBACK, "0")
    run.check_failed("nowhere")


@pytest.mark.parametrize("arguments, named", [
    ([], "port|usage|few|PORT"), (["--no-tls"], "port|usage|few|PORT"),
    (["8443"], "key|usage|few"), (["8443", "only.key"], "cert|usage|few"),
    (["--no-tls", "port"], "port"), (["--no-tls", "65536"], "65536"),
    (["--no-tls", "-1"], "-1|1"), (["--no-tls", "8x"], "8x"),
    (["--no-such-option", "--no-tls", "0"], "no-such-option"), (["-Q", "--no-tls", "0"], "Q"),
    (["-n0", "--no-tls", "0"], "-n|workers"), (["-nx", "--no-tls", "0"], "-n|workers"),
    (["-w31", "--no-tls", "0"], "-w|window-bits"), (["-Wx", "--no-tls", "0"], "-W|window-bits"),
    (["-m-1", "--no-tls", "0"], "-m|max-concurrent"), (["-bx", "--no-tls", "0"], "-b|padding"),
    (["-cx", "--no-tls", "0"], "-c|header-table-size"),
    (["-p", "nonsense", "--no-tls", "0"], "-p|push"),
    (["--trailer", ":status: 200", "--no-tls", "0"], "trailer"),
    (["--trailer", "nonsense", "--no-tls", "0"], "trailer"),
    (["--header", "nonsense", "--no-tls", "0"], "--header.*field"),
    (["--header", ":status: 200", "--no-tls", "0"], "pseudo"),
    (["--header", "Content-Length: 3", "--no-tls", "0"], "content-length"),
    (["--header", "x: a\rb", "--no-tls", "0"], "--header.*field"),
    (["--header-for", "nonsense", "--no-tls", "0"], "--header-for.*GLOB"),
    (["--header-for", ":a:b", "--no-tls", "0"], "--header-for.*GLOB"),
    (["--header-for", "*:transfer-encoding:chunked", "--no-tls", "0"], "transfer-encoding"),
    (["-V", "--no-tls", "0"], "--verify-client needs TLS"),
    (["--cacert", "x", "--no-tls", "0"], "--cacert needs --verify-client"),
    (["-D", "--no-tls", "0"], "-d|htdocs"), (["--workers", "--no-tls"], "workers"),
    (["-a", "no-such-host.invalid", "--no-tls", "0"], "no-such-host.invalid")])
def test_bad_command_line(nghttpd, directory, arguments, named):
    nghttpd(*arguments, cwd=directory).check_failed(named)


@covers("nghttpd", "--version")
def test_version(nghttpd):
    assert nghttpd("--version").check_ok().text == "nghttpd nghttp2/1.70.0\n"


@covers("nghttpd", "--help")
def test_help(nghttpd):
    run = nghttpd("--help").check_ok()
    assert run.text.startswith("Usage: nghttpd ")
    for option in ("-a, --address=", "-D, --daemon", "-d, --htdocs=", "-v, --verbose", "--no-tls",
                   "-p, --push=", "-n, --workers=", "-e, --error-gzip", "--trailer=",
                   "--echo-upload", "--version", "-h, --help"):
        assert option in run.text, option


def find_process(mark):
    """The id of the process whose command line contains the mark, or None."""
    for entry in os.listdir("/proc"):
        try:
            with open(f"/proc/{int(entry)}/cmdline", "rb") as line:
                if mark.encode() in line.read() and int(entry) != os.getpid():
                    return int(entry)
        except (ValueError, OSError):
            continue
    return None


@covers("nghttpd", "--daemon")
def test_daemon(nghttpd, directory, curl):
    """-D leaves the terminal, changes to / and serves until it is told to end."""
    (directory / "htdocs").mkdir()
    (directory / "htdocs" / "file.txt").write_bytes(b"from the daemon\n")
    port = ports.free_ports(1)[0]
    nghttpd("-D", "--no-tls", "-a", ports.LOOPBACK, "-d", directory / "htdocs", port,
            cwd=directory).check_ok()
    pid = patience.poll(lambda: find_process(str(directory / "htdocs")), "the daemon")
    try:
        patience.poll(lambda: ports.accepts(port), "the daemon to listen")
        run = curl("--http2-prior-knowledge", f"http://localhost:{port}/file.txt").check_ok()
        assert run.stdout == b"from the daemon\n"
        assert os.readlink(f"/proc/{pid}/cwd") == "/"
        assert os.getsid(pid) != os.getsid(0)
        assert os.readlink(f"/proc/{pid}/fd/0") == "/dev/null"
    finally:
        os.kill(pid, signal.SIGTERM)
        patience.poll(lambda: find_process(str(directory / "htdocs")) is None, "the daemon to end")


def test_daemon_reports_a_taken_port(nghttpd, documents):
    with socket.create_server((ports.LOOPBACK, 0)) as taken:
        port = taken.getsockname()[1]
        run = nghttpd("-D", "--no-tls", "-a", ports.LOOPBACK, "-d", documents.root, port)
    run.check_failed("in use")
