# SPDX-License-Identifier: MIT
"""Options of nghttp that shape the connection and the requests."""
import pytest

from support import field_block, frames, ports
from support.frames import CONTINUATION, DATA, HEADERS, INITIAL_WINDOW_SIZE, WINDOW_UPDATE
from support.options import covers
from support.scripted_server import ScriptedServer
from support.trace import dumped_bytes

OK = field_block.response()


def fetch_from_recorder(nghttp, *options, settings=(), data=None, uri="/", body=b"ok\n"):
    """Run nghttp against a server that answers one request; returns (Result, Wire)."""
    def script(wire):
        wire.start(*settings)
        request = wire.read_request()
        if not request.has(frames.END_STREAM):
            wire.read_until(lambda f: f.kind in (DATA, HEADERS) and f.has(frames.END_STREAM),
                            "the end of the request")
        wire.respond(request.stream, body)
        wire.read_end()

    with ScriptedServer(script) as server:
        run = nghttp(*options, server.uri(uri), data=data)
    return run, server.wires[0]


def request_of(wire):
    return next(frame for frame in wire.seen if frame.kind == HEADERS)


def body_of(wire):
    return b"".join(frame.body for frame in wire.seen if frame.kind == DATA)


def test_default_request(nghttp):
    run, wire = fetch_from_recorder(nghttp)
    assert run.check_ok().stdout == b"ok\n"
    request = request_of(wire)
    assert request.has(frames.END_STREAM)
    assert request.field(":method") == "GET" and request.field("accept") == "*/*"
    assert request.field("accept-encoding") == "gzip, deflate"
    assert request.field("user-agent").startswith("nghttp2/")


@covers("nghttp", "--header")
def test_header_is_added(nghttp):
    _, wire = fetch_from_recorder(nghttp, "-H", "X-First: one", "--header=x-second:two")
    request = request_of(wire)
    assert request.field("x-first") == "one" and request.field("x-second") == "two"


def test_header_repeats(nghttp):
    _, wire = fetch_from_recorder(nghttp, "-H", "x-twice: 1", "-H", "x-twice: 2")
    assert [value for name, value in request_of(wire).fields if name == "x-twice"] == ["1", "2"]


def test_header_replaces_a_default(nghttp):
    _, wire = fetch_from_recorder(nghttp, "-H", "user-agent: mine", "-H", "accept: text/html")
    fields = request_of(wire).fields
    assert [value for name, value in fields if name == "user-agent"] == ["mine"]
    assert [value for name, value in fields if name == "accept"] == ["text/html"]


@pytest.mark.parametrize("option, name, value", [
    (":method: PUT", ":method", "PUT"), (":path: /other", ":path", "/other"),
    (":authority: example.org", ":authority", "example.org"),
    (":scheme: https", ":scheme", "https")])
def test_header_replaces_a_pseudo_field(nghttp, option, name, value):
    _, wire = fetch_from_recorder(nghttp, "-H", option)
    assert [each for each in request_of(wire).fields if each[0] == name] == [(name, value)]


@pytest.mark.parametrize("option", ["no-colon", "", ": value", ":"])
def test_bad_header_option(nghttp, option):
    run = nghttp("-H", option, "http://localhost:1/")
    run.check_failed("header")


def test_headers_reach_nginx(nghttp, nginx):
    run = nghttp("-H", "x-first: 1", "-H", "x-second: zwei", "-H", "user-agent: me",
                 nginx.tls + "/show").check_ok()
    assert run.text == "[GET|1|zwei|me|localhost]"


@covers("nghttp", "--data")
def test_upload_of_a_file(nghttp, directory):
    content = bytes(range(250)) * 200
    (directory / "upload").write_bytes(content)
    run, wire = fetch_from_recorder(nghttp, "-d", directory / "upload")
    assert run.check_ok().stdout == b"ok\n"
    assert request_of(wire).field(":method") == "POST"
    assert body_of(wire) == content


def test_upload_from_standard_input(nghttp):
    run, wire = fetch_from_recorder(nghttp, "-d", "-", data=b"from standard input")
    assert run.check_ok().stdout == b"ok\n"
    assert request_of(wire).field(":method") == "POST"
    assert body_of(wire) == b"from standard input"


@covers("nghttp", "--no-content-length")
def test_upload_states_its_length(nghttp, directory):
    (directory / "upload").write_bytes(b"x" * 1234)
    _, wire = fetch_from_recorder(nghttp, "-d", directory / "upload")
    assert request_of(wire).field("content-length") == "1234"
    _, wire = fetch_from_recorder(nghttp, "-d", directory / "upload", "--no-content-length")
    assert request_of(wire).field("content-length") is None
    assert body_of(wire) == b"x" * 1234


def test_empty_upload(nghttp, directory):
    (directory / "upload").write_bytes(b"")
    _, wire = fetch_from_recorder(nghttp, "-d", directory / "upload")
    assert request_of(wire).field(":method") == "POST" and body_of(wire) == b""


def test_upload_with_another_method(nghttp):
    _, wire = fetch_from_recorder(nghttp, "-d", "-", "-H", ":method: PUT", data=b"put")
    assert request_of(wire).field(":method") == "PUT" and body_of(wire) == b"put"


def test_upload_of_a_missing_file(nghttp, directory):
    run = nghttp("-d", directory / "no-such-file", "http://localhost:1/")
    run.check_failed("no-such-file")


def test_5_mib_upload_comes_back_from_nghttpd(nghttp, tls_server, documents, directory):
    content = documents.big[:5 * 1024 * 1024]
    (directory / "upload").write_bytes(content)
    run = nghttp("-d", directory / "upload", tls_server.uri("/echo")).check_ok()
    assert run.stdout == content


@covers("nghttp", "--trailer")
def test_trailer(nghttp):
    _, wire = fetch_from_recorder(nghttp, "-d", "-", "--trailer", "x-sum: 42", data=b"body")
    trailers = [frame for frame in wire.seen if frame.kind == HEADERS][1]
    assert trailers.fields == [("x-sum", "42")] and trailers.has(frames.END_STREAM)


@covers("nghttp", "--window-bits")
@pytest.mark.parametrize("bits", [10, 16, 20, 30])
def test_window_bits(nghttp, bits):
    _, wire = fetch_from_recorder(nghttp, f"-w{bits}")
    assert (INITIAL_WINDOW_SIZE, 2**bits - 1) in wire.seen[0].entries


@covers("nghttp", "--connection-window-bits")
@pytest.mark.parametrize("bits", [17, 20, 30])
def test_connection_window_bits(nghttp, bits):
    _, wire = fetch_from_recorder(nghttp, f"-W{bits}")
    updates = [frame.increment for frame in wire.seen
               if frame.kind == WINDOW_UPDATE and frame.stream == 0]
    assert updates == [2**bits - 1 - 65535]


@pytest.mark.parametrize("option, name", [
    ("-w31", "-w|window-bits"), ("-w-1", "-w|window-bits"), ("-wx", "-w|window-bits"),
    ("-w", "-w|window-bits"), ("-W31", "-W|connection-window-bits"),
    ("-W-1", "-W|connection-window-bits"), ("-W0x10", "-W|connection-window-bits"),
    ("-mx", "-m|multiply"), ("-t-1", "-t|timeout"), ("-tx", "-t|timeout"),
    ("-t1d", "-t|timeout"), ("-bx", "-b|padding"), ("-b-1", "-b|padding"),
    ("-M-1", "-M|peer-max-concurrent-streams"), ("-cx", "-c|header-table-size"),
    ("--no-such-option", "--no-such-option"), ("-Q", "Q")])
def test_bad_option(nghttp, option, name):
    with ports.refused_port() as holder:
        run = nghttp(option, f"http://127.0.0.1:{holder.getsockname()[1]}/")
    run.check_failed(name)
    assert run.stdout == b"" and "refused" not in run.stderr, run.describe()


def test_no_uri(nghttp):
    run = nghttp()
    assert run.returncode != 0 and "URI" in run.messages, run.describe()


@pytest.mark.parametrize("uri", ["ftp://localhost/", "localhost", "http://", "https://:80/",
                                 "http://localhost:99999/", "http://localhost:port/",
                                 "http://[::1/", "http:///path"])
def test_bad_uri(nghttp, uri):
    run = nghttp(uri)
    assert run.returncode != 0 and uri in run.stderr, run.describe()


@covers("nghttp", "--no-push")
def test_no_push(nghttp):
    _, wire = fetch_from_recorder(nghttp, "--no-push")
    assert (frames.ENABLE_PUSH, 0) in wire.seen[0].entries


@covers("nghttp", "--max-concurrent-streams")
def test_max_concurrent_streams(nghttp):
    _, wire = fetch_from_recorder(nghttp, "--max-concurrent-streams=7")
    assert (frames.MAX_CONCURRENT_STREAMS, 7) in wire.seen[0].entries


@covers("nghttp", "--header-table-size")
def test_header_table_size(nghttp):
    _, wire = fetch_from_recorder(nghttp, "-c", "8K")
    assert (frames.HEADER_TABLE_SIZE, 8192) in wire.seen[0].entries


def test_header_table_size_twice(nghttp):
    _, wire = fetch_from_recorder(nghttp, "-c", "0", "-c", "4K")
    sizes = [value for key, value in wire.seen[0].entries if key == frames.HEADER_TABLE_SIZE]
    assert sizes == [0, 4096]


@covers("nghttp", "--padding")
def test_padding(nghttp):
    run, wire = fetch_from_recorder(nghttp, "-b", "255", "-d", "-", data=b"padded")
    run.check_ok()
    assert request_of(wire).field(":method") == "POST" and body_of(wire) == b"padded"
    assert any(frame.has(frames.PADDED) for frame in wire.seen if frame.kind in (DATA, HEADERS))


@covers("nghttp", "--continuation")
def test_continuation(nghttp):
    run, wire = fetch_from_recorder(nghttp, "--continuation")
    run.check_ok()
    assert any(frame.kind == CONTINUATION for frame in wire.seen)
    assert max(len(frame.payload) for frame in wire.seen) <= 16384


def test_extensible_priority(nghttp):
    _, wire = fetch_from_recorder(nghttp, "-H", "priority: u=2, i")
    assert request_of(wire).field("priority") == "u=2, i"


@covers("nghttp", "--expect-continue")
def test_expect_continue(nghttp):
    """The body is held back until 100 has come."""
    def script(wire):
        wire.start()
        request = wire.read_request()
        assert request.field("expect") == "100-continue"
        wire.send(frames.headers(request.stream, field_block.response("100"), end=False))
        wire.read_until(lambda f: f.kind == DATA and f.has(frames.END_STREAM), "the body")
        assert body_of(wire) == b"expected"
        wire.respond(request.stream)
        wire.read_end()

    with ScriptedServer(script) as server:
        assert nghttp("-d", "-", "--expect-continue", server.uri(),
                      data=b"expected").check_ok().stdout == b"ok\n"


@covers("nghttp", "--hexdump")
def test_hexdump(nghttp):
    run, _ = fetch_from_recorder(nghttp, "-n", "--hexdump", body=b"body to be dumped")
    assert b"body to be dumped" in dumped_bytes(run.check_ok().messages)


@covers("nghttp", "--cert", "--key")
def test_client_certificate(nghttp, nginx, authority):
    run = nghttp("--cert", authority.client.cert, "--key", authority.client.key,
                 nginx.client_certificate + "/whoami").check_ok()
    assert run.text == "CN=a client"


@covers("nghttp", "--version")
def test_version(nghttp):
    run = nghttp("--version").check_ok()
    assert run.text == "nghttp nghttp2/1.70.0\n"


@covers("nghttp", "--help")
def test_help(nghttp):
    run = nghttp("--help").check_ok()
    assert run.text.startswith("Usage: nghttp ")
    for option in ("-v, --verbose", "-n, --null-out", "-t, --timeout=", "-w, --window-bits=",
                   "-W, --connection-window-bits=", "-a, --get-assets", "-s, --stat",
                   "-H, --header=", "-d, --data=", "-m, --multiply=", "-u, --upgrade",
                   "--version", "-h, --help"):
        assert option in run.text, option
