# SPDX-License-Identifier: MIT
"""nghttp --har: what the log has beyond the shape that test_observe_incumbent.py compares."""
import gzip
import json

from support import debian_nghttp, field_block, frames, ports
from support.options import covers
from support.scripted_server import ScriptedServer


def _entries(path):
    return debian_nghttp.parse_har(path.read_text(encoding="utf-8"))["entries"]


@covers("nghttp", "--har")
def test_queries_cookies_and_sizes(nghttp, nginx, directory):
    def script(wire):
        wire.start()
        stream = wire.read_request().stream
        wire.send(
            frames.headers(stream, field_block.response(
                "200", ("content-type", "text/plain"), ("set-cookie", "s=1; path=/"),
                ("set-cookie", "t=a=b")), end=False),
            frames.data(stream, b"seventeen octets\n", end=True))
        wire.read_end()

    with ScriptedServer(script) as server:
        nghttp("-n", "--har", directory / "log", "-H", "cookie: a=b; c=d",
               server.uri("/x?one=1&two=a+b%21&three")).check_ok()
    (entry,) = _entries(directory / "log")
    assert entry["request"]["queryString"] == [
        {"name": "one", "value": "1"}, {"name": "two", "value": "a b!"},
        {"name": "three", "value": ""}]
    assert entry["request"]["cookies"] == [{"name": "a", "value": "b"}, {"name": "c", "value": "d"}]
    assert entry["response"]["cookies"] == [{"name": "s", "value": "1"},
                                            {"name": "t", "value": "a=b"}]
    assert entry["request"]["bodySize"] == 0 and entry["response"]["bodySize"] == 17
    assert entry["response"]["content"] == {"size": 17, "mimeType": "text/plain"}
    timings = entry["timings"]
    assert "ssl" not in timings and timings["connect"] > 0
    assert timings["wait"] > 0 and timings["receive"] >= 0


def test_upload_and_decoded_size(nghttp, directory):
    content = gzip.compress(b"a" * 10_000)

    def script(wire):
        wire.start()
        stream = wire.read_request().stream
        wire.read_until(lambda frame: frame.kind == frames.DATA and frame.has(frames.END_STREAM),
                        "the content")
        wire.respond(stream, content, "200", ("content-encoding", "gzip"))
        wire.read_end()

    (directory / "upload").write_bytes(b"x" * 321)
    with ScriptedServer(script) as server:
        nghttp("-n", "-r", directory / "log", "-d", directory / "upload", server.uri()).check_ok()
    (entry,) = _entries(directory / "log")
    assert entry["request"]["method"] == "POST" and entry["request"]["bodySize"] == 321
    assert entry["response"]["bodySize"] == len(content)
    assert entry["response"]["content"]["size"] == 10_000
    assert entry["response"]["content"]["compression"] == 10_000 - len(content)


def test_pushed_resources(nghttp, start_nghttpd, directory):
    with start_nghttpd("-p", "/index.html=/small.txt") as server:
        nghttp("-n", "-r", directory / "log", server.uri("/index.html")).check_ok()
    entries = _entries(directory / "log")
    assert [(entry["comment"], entry["request"]["url"]) for entry in entries] == [
        ("", server.uri("/index.html")), ("Pushed Object", server.uri("/small.txt"))]
    pushed = entries[1]
    assert pushed["request"]["method"] == "GET" and pushed["response"]["status"] == 200
    assert pushed["response"]["content"]["size"] == 37
    assert int(pushed["connection"]) % 2 == 0 < int(entries[0]["connection"]) % 2


def test_failures(nghttp, directory):
    def script(wire):
        wire.start()
        first, second = (wire.read_request().stream for _ in range(2))
        wire.send(frames.rst_stream(first, frames.INTERNAL_ERROR),
                  frames.headers(second, field_block.response("200"), end=False),
                  frames.data(second, b"half"), frames.rst_stream(second, frames.CANCEL))
        wire.read_end()

    with ScriptedServer(script) as server:
        run = nghttp("-n", "-r", directory / "log", server.uri("/1"), server.uri("/2"))
    run.check_failed("INTERNAL_ERROR", "CANCEL")
    first, second = _entries(directory / "log")
    assert first["response"]["status"] == 0 and first["response"]["headers"] == []
    assert "INTERNAL_ERROR" in first["response"]["_error"]
    assert second["response"]["status"] == 200 and second["response"]["bodySize"] == 4
    assert "CANCEL" in second["response"]["_error"]


def test_no_connection(nghttp, directory):
    with ports.refused_port() as holder:
        uri = f"http://127.0.0.1:{holder.getsockname()[1]}/"
        nghttp("-n", "-r", directory / "log", uri).check_failed("refused")
    (entry,) = _entries(directory / "log")
    assert entry["request"]["url"] == uri and entry["response"]["status"] == 0
    assert "refused" in entry["response"]["_error"]


def test_several_origins(nghttp, nginx, directory):
    nghttp("-n", "-r", directory / "log", nginx.tls + "/small.txt", nginx.clear + "/small.txt",
           nginx.tls + "/index.html").check_ok()
    entries = _entries(directory / "log")
    assert [entry["request"]["url"] for entry in entries] == [
        nginx.tls + "/small.txt", nginx.tls + "/index.html", nginx.clear + "/small.txt"]
    connects = [entry["timings"]["connect"] > 0 for entry in entries]
    assert connects == [True, False, True]
    assert [("ssl" in entry["timings"]) for entry in entries] == [True, True, False]
    starts = [entry["startedDateTime"] for entry in entries]
    assert starts == sorted(starts)


def test_standard_output_and_hostile_octets(nghttp):
    """What is not UTF-8 still makes valid JSON."""
    def script(wire):
        wire.start()
        wire.respond(wire.read_request().stream, b"ok\n", "200", ("x-odd", b"\xff\xfe\"\\"))
        wire.read_end()

    with ScriptedServer(script) as server:
        run = nghttp("-n", "-r", "-", server.uri()).check_ok()
    (entry,) = json.loads(run.text)["log"]["entries"]
    value = next(pair["value"] for pair in entry["response"]["headers"]
                 if pair["name"] == "x-odd")
    assert value == "\uf7ff\uf7fe\"\\"


def test_files_that_cannot_be_written(nghttp, nginx, directory):
    run = nghttp("-nv", "-r", directory / "missing" / "log", nginx.clear + "/small.txt")
    run.check_failed("missing/log", "No such file")
    assert run.text == "", "fetched, although the log cannot be written"
    nghttp("-n", "-r", "/dev/full", nginx.clear + "/small.txt").check_failed("No space left")
