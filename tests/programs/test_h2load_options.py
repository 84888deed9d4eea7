# SPDX-License-Identifier: MIT
"""Options of h2load that the server sees."""
import pytest

from support import frames, h2load, process, programs
from support.h2load import load
from support.load_target import LoadTarget
from support.options import covers


@pytest.fixture
def target():
    with LoadTarget() as server:
        yield server


def fields_of(target):
    return [fields for fields, _ in target.requests]


@covers("h2load", "--max-concurrent-streams")
@pytest.mark.parametrize("more", [[], ["--h1"]])
def test_concurrent_requests(more):
    """The server answers when it has four requests: with fewer at once it never would."""
    with LoadTarget(answer_at=4) as server:
        load("-n8", "-m4", *more, server.base).check_all_succeeded(8)
        assert [connection.most_open for connection in server.connections] == [4]


def test_order_of_uris(target):
    load("-n5", target.base + "/a", "http://elsewhere.test/b?c")
    assert [fields[":path"] for fields in fields_of(target)] == ["/a", "/b?c", "/a", "/b?c", "/a"]
    assert {fields[":authority"] for fields in fields_of(target)} == {f"localhost:{target.port}"}
    assert fields_of(target)[0] == {
        ":method": "GET", ":scheme": "http", ":authority": f"localhost:{target.port}",
        ":path": "/a", "user-agent": "h2load nghttp2/1.70.0"}


def test_paths_alone(target, directory):
    """They are for the host of the URI before, wherever it stands."""
    load("-n3", target.base + "/a", "/b?c", "/d e")
    (directory / "script").write_text(f"0\t{target.base}/f\n1\t/g\n", encoding="ascii")
    load(f"--timing-script-file={directory / 'script'}")
    assert [fields[":path"] for fields in fields_of(target)] == [
        "/a", "/b?c", "/d%20e", "/f", "/g"]
    assert {fields[":authority"] for fields in fields_of(target)} == {f"localhost:{target.port}"}
    h2load.run("/first").check_failed("'/first': it must begin with http")


@covers("h2load", "--input-file")
@pytest.mark.parametrize("stdin", [False, True])
def test_input_file(target, directory, stdin):
    content = f"# some\n{target.base}/x\r\n\n{target.base}/y\n"
    (directory / "uris").write_text(content, encoding="ascii")
    load("-n4", "-i", "-" if stdin else directory / "uris", data=content.encode())
    assert [fields[":path"] for fields in fields_of(target)] == ["/x", "/y", "/x", "/y"]


@covers("h2load", "--header")
@pytest.mark.parametrize("more", [[], ["--h1"]])
def test_headers(target, more):
    load("-n1", *more, "-H", "X-One: 1", "-H", "x-one: 2", "-H", "User-Agent: other", "-H",
         ":method: DELETE", "-H", "Host: named.test", target.base + "/p")
    (fields, _), = target.requests
    assert fields["user-agent"] == "other" and fields["x-one"] in ("1", "2")
    if more:
        assert fields["request-line"] == "DELETE /p HTTP/1.1" and fields["host"] == "named.test"
    else:
        assert fields[":method"] == "DELETE" and fields[":authority"] == "named.test"


@covers("h2load", "--data")
@pytest.mark.parametrize("more, most", [([], 3), (["--h1"], 1)])
def test_data(target, directory, more, most):
    content = bytes(range(256)) * 1000
    (directory / "data").write_bytes(content)
    load("-n3", "-m3", *more, "-d", directory / "data", target.base).check_all_succeeded(3)
    assert [body for _, body in target.requests] == [content] * 3
    for fields, _ in target.requests:
        assert fields["content-length"] == "256000"
        assert "POST" in (fields.get(":method"), fields.get("request-line", "").split()[0:1] and
                          fields["request-line"].split()[0])
    assert target.connections[0].most_open <= most


@covers("h2load", "--no-tls-proto", "--h1")
@pytest.mark.parametrize("more, http1", [([], False), (["-p", "h2c"], False), (["--h1"], True),
                                         (["-p", "http/1.1"], True)])
def test_cleartext_protocol(target, more, http1):
    report = load("-n1", *more, target.base)
    assert report.line("protocol") == ("http/1.1 (1)" if http1 else "h2c (1)")
    assert ("request-line" in fields_of(target)[0]) == http1


@covers("h2load", "--window-bits", "--connection-window-bits", "--max-frame-size",
        "--header-table-size")
@pytest.mark.parametrize("more, expected, window", [
    ([], {2: 0, 4: 2**30 - 1}, 2**30 - 1),
    (["-w20", "-W18", "-f", "32K", "--header-table-size=8K"],
     {1: 8192, 2: 0, 4: 2**20 - 1, 5: 32768}, 2**18 - 1)])
def test_settings(target, more, expected, window):
    load("-n1", *more, target.base)
    connection, = target.connections
    assert connection.settings == expected
    assert connection.window_updates + 65535 == window


@covers("h2load", "--encoder-header-table-size")
def test_encoder_table_size(server):
    def sent(*more):
        report = load("-n100", *more, "-H", "x-long: " + "y" * 200, server.uri("/small.txt"))
        return float(report.line("HPACK, requests").rsplit(" ", 1)[1])

    assert sent() < 0.1 < sent("--encoder-header-table-size=0")


@covers("h2load", "--base-uri", "--connect-to")
def test_where_to_connect(target):
    load("-n1", "-B", target.base, "https://elsewhere.test:1/path")
    load("-n1", f"--connect-to=localhost:{target.port}", "http://elsewhere.test/path")
    first, second = fields_of(target)
    assert first[":authority"] == f"localhost:{target.port}" and first[":path"] == "/path"
    assert second[":authority"] == "elsewhere.test" and second[":scheme"] == "http"


def test_unix_socket(directory):
    path = directory / "socket"
    with LoadTarget(path=path) as server:
        load("-n6", "-c3", "-B", f"unix:{path}", "http://some.test/x").check_all_succeeded(6)
        assert len(server.connections) == 3
        assert fields_of(server)[0][":authority"] == "some.test"


@covers("h2load", "--multi-host")
def test_several_hosts(target):
    with LoadTarget() as other:
        uris = [target.base + "/a", other.base + "/b", target.base + "/c"]
        load("-n12", "-c4", "--multi-host", *uris).check_all_succeeded(12)
        assert sorted({fields[":path"] for fields in fields_of(target)}) == ["/a", "/c"]
        assert {fields[":path"] for fields in fields_of(other)} == {"/b"}
        assert len(target.connections) == len(other.connections) == 2
        h2load.run("-c1", "--multi-host", *uris).check_failed("at least the number of hosts, 2")


@covers("h2load", "--source-address")
def test_source_addresses(target):
    load("-n8", "-c4", "--source-address=127.0.0.2,127.0.0.3", target.base)
    assert sorted(connection.peer[0] for connection in target.connections) == [
        "127.0.0.2", "127.0.0.2", "127.0.0.3", "127.0.0.3"]
    h2load.run("--source-address=192.0.2.1", target.base).check_failed(
        r"192\.0\.2\.1: Cannot assign")


@covers("h2load", "--grpc")
@pytest.mark.parametrize("status, failure", [("0", ""), ("14", "grpc-status 14 (2)"),
                                             (None, "no grpc-status (2)")])
def test_grpc(directory, status, failure):
    (directory / "message").write_bytes(b"\x0a\x02hi")
    trailers = [("grpc-status", status)] if status else [("other", "1")]
    with LoadTarget(trailers=trailers) as server:
        report = load("-n2", "--grpc", "-d", directory / "message", server.base + "/pkg.Svc/Call")
        for fields, body in server.requests:
            assert body == b"\0\0\0\0\4\x0a\x02hi"
            assert fields["content-type"] == "application/grpc" and fields["te"] == "trailers"
            assert fields[":method"] == "POST"
    assert report.line("failures") == failure
    assert report.requests["failed"] == (2 if failure else 0)
    assert report.statuses["2xx"] == 2


def test_threads_share_clients(target):
    load("-n10", "-c5", "-t3", target.base).check_all_succeeded(10)
    assert sorted(len(connection.requests) for connection in target.connections) == [1, 2, 2, 2, 3]


def test_against_nginx(nginx, documents):
    size = len(documents.read("medium.bin"))
    for more, base in (([], nginx.clear), ([], nginx.tls), (["--h1"], nginx.tls)):
        report = load("-n20", "-c2", "-m3", *more, base + "/medium.bin").check_all_succeeded(20)
        assert report.data_bytes == 20 * size
