# SPDX-License-Identifier: MIT
"""nghttpd --access-log: one line for every request, whatever becomes of it."""
import json
import re
import signal
import threading

import pytest

from support import field_block, frames, patience, process, programs
from support.options import covers
from support.raw_client import RawClient

AGENT = ("user-agent", "probe/1")


def lines_of(path, count):
    """The lines of a log once there are so many; no more may come."""
    def ready():
        text = path.read_text()
        return text if text.count("\n") >= count else None
    text = patience.poll(ready, f"{count} lines in {path.name}")
    assert text.endswith("\n") and text.count("\n") == count, text
    return text.splitlines()


@pytest.fixture
def run_logged(start_nghttpd, directory):
    """run_logged(talk, option...) lets talk(server) talk to a server, and returns what was logged."""
    def run(talk, *options, json_lines=True, tls=False):
        path = directory / "access.log"
        path.unlink(missing_ok=True)
        form = ["--access-log-format=json"] if json_lines else []
        with start_nghttpd(f"--access-log={path}", *form, *options, tls=tls) as server:
            talk(server)
        text = path.read_text()
        assert text == "" or text.endswith("\n")
        lines = text.splitlines()
        return [json.loads(line) for line in lines] if json_lines else lines
    return run


def get(path="/small.txt", method="GET", *fields):
    def talk(server):
        with RawClient(server) as peer:
            peer.get(1, field_block.request(path, method, *fields))
    return talk


@covers("nghttpd", "--access-log")
def test_combined(run_logged, documents):
    lines = run_logged(get("/small.txt?q=1", "GET", AGENT, ("referer", "http://here/")),
                       json_lines=False)
    size = len(documents.read("small.txt"))
    assert len(lines) == 1 and re.fullmatch(
        r'127\.0\.0\.1 - - \[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] '
        rf'"GET /small\.txt\?q=1 HTTP/2" 200 {size} "http://here/" "probe/1"', lines[0]), lines


@covers("nghttpd", "--access-log-format")
def test_json(run_logged, documents):
    (entry,) = run_logged(get("/small.txt", "GET", AGENT))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", entry["time"])
    assert re.fullmatch(rf"[0-9a-f]{{12}}-{entry['connection']}-1", entry["request_id"])
    assert 0 <= entry["duration"] < patience.SECONDS and entry["remote_port"] > 0
    expected = {
        "remote_addr": "127.0.0.1", "stream": 1, "pushed": False, "method": "GET",
        "scheme": "http", "authority": "localhost", "path": "/small.txt", "protocol": "HTTP/2",
        "status": 200, "body_bytes_sent": len(documents.read("small.txt")),
        "body_bytes_received": 0, "referer": None, "user_agent": "probe/1", "tls_version": None,
        "tls_cipher": None, "end": "finished", "error_code": None, "reason": None}
    assert {name: entry[name] for name in expected} == expected


def test_tls(run_logged):
    (entry,) = run_logged(get(), tls=True)
    assert entry["tls_version"] == "TLSv1.3" and entry["tls_cipher"].startswith("TLS_")


def test_every_way_to_answer(run_logged, documents):
    """Error pages, content that is left out, uploads: one line each, with what was sent."""
    def talk(server):
        with RawClient(server) as peer:
            peer.get(1, field_block.request("/nothing-there"))
            peer.get(3, field_block.request("/small.txt", "HEAD"))
            peer.get(5, field_block.request("/small.txt", "DELETE"))
            peer.send(frames.headers(7, field_block.request("/up", "POST"), end=False),
                      frames.data(7, b"12345", end=True))
            peer.read_message(7)
    entries = run_logged(talk, "--echo-upload")
    assert [entry["status"] for entry in entries] == [404, 200, 405, 200]
    assert [entry["stream"] for entry in entries] == [1, 3, 5, 7]
    assert entries[0]["body_bytes_sent"] > 0 and entries[1]["body_bytes_sent"] == 0
    assert (entries[3]["body_bytes_received"], entries[3]["body_bytes_sent"]) == (5, 5)
    assert {entry["end"] for entry in entries} == {"finished"}


def test_pushed(run_logged, documents):
    entries = run_logged(get("/"), "-p/=/small.txt")
    pushed = [entry for entry in entries if entry["pushed"]]
    assert len(entries) == 2 and len(pushed) == 1
    assert (pushed[0]["path"], pushed[0]["stream"]) == ("/small.txt", 2)


def test_reset_by_the_client(run_logged):
    """What has left before the reset counts, and no more."""
    def talk(server):
        with RawClient(server) as peer:
            peer.send(frames.headers(1, field_block.request("/medium.bin")))
            got = 0
            while got < 65535:
                frame = peer.read_frame()
                got += len(frame.body) if frame.kind == frames.DATA else 0
            peer.send(frames.rst_stream(1, frames.CANCEL))
            peer.expect_pong()
    (entry,) = run_logged(talk)
    assert (entry["status"], entry["body_bytes_sent"]) == (200, 65535)
    assert (entry["end"], entry["error_code"]) == ("reset_by_peer", "CANCEL(0x08)")


def test_lost_connection(run_logged):
    def talk(server):
        with RawClient(server) as peer:
            peer.send(frames.headers(1, field_block.request("/medium.bin")))
            peer.read_until(lambda frame: frame.kind == frames.DATA, "content")
    (entry,) = run_logged(talk)
    assert entry["end"] == "closed" and 0 < entry["body_bytes_sent"] < 300_000


def test_timeout(run_logged):
    def talk(server):
        with RawClient(server) as peer:
            peer.send(frames.headers(1, field_block.request("/up", "POST"), end=False))
            peer.read_until(lambda frame: frame.kind == frames.RST_STREAM, "RST_STREAM")
    (entry,) = run_logged(talk, "--stream-timeout=200ms")
    assert entry["end"] == "timeout" and entry["status"] is None


@pytest.mark.parametrize("fault, status, end, sent", [
    ("status=503", 503, "finished", 300_000), ("refuse", None, "reset_by_server", 0),
    ("rst=1000,INTERNAL_ERROR", 200, "reset_by_server", 1000),
    ("truncate=10", 200, "finished", 10), ("malformed=no-status", None, "reset_by_server", 0)])
def test_faults(run_logged, fault, status, end, sent):
    """The log has what the client got, not what the file would have been."""
    def talk(server):
        settings = [(frames.INITIAL_WINDOW_SIZE, 1 << 20)]
        with RawClient(server, settings=settings) as peer:
            peer.send(frames.window_update(0, 1 << 20),
                      frames.headers(1, field_block.request("/medium.bin")))
            peer.read_until(
                lambda frame: frame.stream == 1 and (frame.has(frames.END_STREAM)
                                                     or frame.kind == frames.RST_STREAM), "an end")
    (entry,) = run_logged(talk, f"--fault=*:{fault}")
    assert (entry["status"], entry["end"], entry["body_bytes_sent"]) == (status, end, sent)


def test_too_large_a_request(run_logged):
    def talk(server):
        with RawClient(server) as peer:
            block = field_block.request("/small.txt", "GET", *[("x", "y" * 4000)] * 20)
            pieces = [block[i:i + 16000] for i in range(0, len(block), 16000)]
            peer.send(frames.headers(1, pieces[0], end_headers=False),
                      *[frames.continuation(1, piece, end_headers=piece is pieces[-1])
                        for piece in pieces[1:]])
            head, body, _ = peer.read_message(1)
            assert head.field(":status") == "431" and b"431" in body
    (entry,) = run_logged(talk)
    assert (entry["status"], entry["path"]) == (431, "/small.txt")


@pytest.mark.parametrize("json_lines", [False, True])
def test_what_peers_send_is_escaped(run_logged, json_lines):
    """Nothing that a client sends ends its place in the line, or the line."""
    raw = 'x" 200 1\\'.encode() + "\u202e".encode() + b"\xff"
    block = field_block.request("/small.txt", "GET") + field_block.literal(b"user-agent", raw)

    def talk(server):
        with RawClient(server) as peer:
            peer.get(1, block)
    (entry,) = run_logged(talk, json_lines=json_lines)
    if json_lines:
        assert entry["user_agent"] == 'x" 200 1\\\u202e\uf7ff'
    else:
        assert entry.endswith(r' "x\x22 200 1\x5C\xE2\x80\xAE\xFF"')


def test_long_values_are_cut(run_logged):
    (entry,) = run_logged(get("/" + "a" * 5000))
    assert entry["path"] == "/" + "a" * 4095 + "..." and entry["status"] == 404


def test_lines_appear_while_the_server_runs(start_nghttpd, directory):
    path = directory / "log"
    with start_nghttpd(f"--access-log={path}") as server, RawClient(server) as peer:
        peer.get(1, field_block.request())
        lines_of(path, 1)
        peer.get(3, field_block.request())
        lines_of(path, 2)


def test_reopening(start_nghttpd, directory):
    """After SIGUSR1 lines go to a new file of the old name; if there can be none, to the old."""
    path = directory / "access.log"
    with start_nghttpd(f"--access-log={path}") as server, RawClient(server) as peer:
        peer.get(1, field_block.request("/one"))
        lines_of(path, 1)
        path.rename(directory / "old")
        server.process.process.send_signal(signal.SIGUSR1)
        patience.poll(path.exists, "the new file")
        peer.get(3, field_block.request("/two"))
        assert "/two" in lines_of(path, 1)[0]
        assert "/one" in lines_of(directory / "old", 1)[0]
        path.rename(directory / "kept")
        path.mkdir()
        server.process.process.send_signal(signal.SIGUSR1)
        patience.poll(lambda: "access log stays" in server.log(), "a warning")
        peer.get(5, field_block.request("/three"))
        assert "/three" in lines_of(directory / "kept", 2)[1]


def test_standard_output(start_nghttpd):
    with start_nghttpd("--access-log=-") as server, RawClient(server) as peer:
        peer.get(1, field_block.request())
        patience.poll(lambda: '"GET / HTTP/2" 200' in server.log(), "the line")


def test_full_disk(start_nghttpd):
    """One warning, and the server goes on."""
    with start_nghttpd("--access-log=/dev/full") as server:
        with RawClient(server) as peer:
            for stream in (1, 3, 5):
                assert peer.get(stream, field_block.request())[0].field(":status") == "200"
                patience.poll(lambda: "cannot write" in server.log(), "the warning")
    log = server.log()
    assert len(re.findall("cannot write the access log /dev/full: No space left", log)) == 1, log
    assert "the access log lacks 3 lines" in log


@pytest.mark.parametrize("options, problem", [
    (["--access-log=/nowhere/log"], "--access-log: cannot open /nowhere/log: No such file"),
    (["--access-log-format=json"], "--access-log-format needs --access-log"),
    (["--access-log=x", "--access-log-format=xml"], "expected one of combined json"),
    (["-D", "-d/", "--access-log=-"], "--access-log needs a file with --daemon")])
def test_wrong_usage(options, problem):
    run = process.run([programs.under_test("nghttpd"), "--no-tls", *options, "0"])
    run.check_failed(re.escape(problem).replace("'", ".?"))


def test_threads_do_not_tear_lines(run_logged):
    """Many connections on several threads: every line is whole, and none is missing."""
    def talk(server):
        def fetch(number):
            with RawClient(server) as peer:
                for i in range(100):
                    peer.get(2 * i + 1, field_block.request(f"/{number}/{i}/" + "p" * 300))
        threads = [threading.Thread(target=fetch, args=[n]) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    entries = run_logged(talk, "-n3")
    seen = {tuple(entry["path"].split("/")[1:3]) for entry in entries}
    assert len(entries) == 400 and len(seen) == 400
    assert len({entry["request_id"] for entry in entries}) == 400
