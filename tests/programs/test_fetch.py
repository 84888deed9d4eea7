# SPDX-License-Identifier: MIT
"""nghttp fetching from nginx and nghttpd: every byte must arrive."""
import pytest

from support.documents import MIB, records, sha256, split_records
from support.options import covers
from support.trace import Trace

WIDE = ("-w30", "-W30")


@pytest.fixture(params=["nginx-tls", "nginx-clear", "nghttpd-tls", "nghttpd-clear"])
def base(request):
    """Base URI of a server with the document root."""
    server, _, security = request.param.partition("-")
    if server == "nginx":
        nginx = request.getfixturevalue("nginx")
        return nginx.tls if security == "tls" else nginx.clear
    name = "tls_server" if security == "tls" else "server"
    return request.getfixturevalue(name).base


@pytest.mark.parametrize("windows", [(), WIDE, ("-w14", "-W16")],
                         ids=["default_windows", "wide_windows", "narrow_windows"])
def test_20_mib(nghttp, base, documents, windows):
    run = nghttp(*windows, base + "/big.bin").check_ok()
    assert len(run.stdout) == 20 * MIB
    assert sha256(run.stdout) == sha256(documents.big)


def test_100_files_multiplexed(nghttp, base, documents):
    uris = [f"{base}/many/{number}.txt" for number in range(100)]
    run = nghttp(*WIDE, *uris).check_ok()
    fetched = split_records(run.stdout)
    assert sorted(fetched) == list(range(100))
    for number, content in fetched.items():
        assert sha256(content) == sha256(documents.read(f"many/{number}.txt")), number


def test_100_files_take_one_connection(nghttp, base):
    uris = [f"{base}/many/{number}.txt" for number in range(100)]
    trace = Trace(nghttp("-nv", *uris).check_ok().text)
    assert len([note for note in trace.notes if note.endswith("Connected")]) == 1
    streams = [frame.stream for frame in trace.all("send", "HEADERS")]
    assert len(set(streams)) == 100
    statuses = [value for _, name, value in trace.fields if name == ":status"]
    assert statuses == ["200"] * 100


def test_more_requests_than_the_server_allows_at_once(nghttp, base, documents):
    content = documents.read("many/0.txt")
    run = nghttp("-m300", base + "/many/0.txt").check_ok()
    assert run.stdout.count(content[:64]) == 300 and len(run.stdout) == 300 * len(content)


@covers("nghttp", "--multiply")
def test_multiply_several_uris(nghttp, base):
    run = nghttp("-m20", *WIDE, base + "/many/1.txt", base + "/many/2.txt").check_ok()
    fetched = split_records(run.stdout)
    for number in (1, 2):
        content = records(number, 10 + number % 7 * 300)
        assert fetched[number] == b"".join(
            line * 20 for line in content.splitlines(keepends=True))


@covers("nghttp", "--null-out")
def test_null_out(nghttp, base):
    run = nghttp("-n", base + "/big.bin").check_ok()
    assert run.stdout == b"" and run.stderr == ""


def test_empty_body(nghttp, base):
    assert nghttp(base + "/empty.txt").check_ok().stdout == b""


def test_same_uri_is_requested_once(nghttp, base, documents):
    run = nghttp(base + "/small.txt", base + "/small.txt").check_ok()
    assert run.stdout == documents.read("small.txt")


def test_uri_without_path(nghttp, base, documents):
    assert nghttp(base).check_ok().stdout == documents.read("index.html")


def test_escaped_path(nghttp, base, documents):
    assert nghttp(base + "/with%20space.txt").check_ok().stdout == documents.read("with space.txt")


def test_uris_of_several_servers(nghttp, nginx, documents):
    run = nghttp("-v", nginx.tls + "/empty.txt", nginx.clear + "/small.txt").check_ok()
    trace = Trace(run.text)
    assert len([note for note in trace.notes if note.endswith("Connected")]) == 2
    assert documents.read("small.txt") in run.stdout


def test_many_files_from_a_threaded_server(nghttp, start_nghttpd, documents):
    with start_nghttpd("-n4", tls=True) as server:
        for number in range(8):
            run = nghttp(server.uri(f"/parallel/{number}.bin")).check_ok()
            assert sha256(run.stdout) == sha256(documents.read(f"parallel/{number}.bin"))


def test_no_warning_about_a_trusted_certificate(nghttp, nginx):
    assert nghttp("-n", nginx.tls).check_ok().stderr == ""
