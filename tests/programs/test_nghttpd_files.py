# SPDX-License-Identifier: MIT
"""nghttpd as a file server: contents, conditions, ranges, and never a file outside of its root."""
import email.utils
import os
import re

import pytest

from support import field_block, frames
from support.documents import MIB, sha256
from support.h2_peers import H2Peer
from support.options import covers
from support.raw_client import RawClient


@pytest.fixture(params=["tls", "clear"])
def fetch(request, curl):
    """fetch(path, curl option...) from a shared nghttpd; returns the Result."""
    server = request.getfixturevalue("tls_server" if request.param == "tls" else "server")
    protocol = "--http2" if request.param == "tls" else "--http2-prior-knowledge"

    def run(path, *options, **named):
        return curl(protocol, *options, server.uri(path), **named)
    run.tls = request.param == "tls"
    return run


@pytest.fixture
def get(server):
    """get(path, field...) with a client of another make; returns (status, fields, body)."""
    def run(path, *extra, method="GET"):
        with RawClient(server, start=False) as wire:
            peer = H2Peer(wire, client_side=True)
            peer.start()
            return peer.response(peer.request(path, *extra, method=method))
    return run


# Whole files -------------------------------------------------------------------------------------


def test_20_mib(fetch, documents):
    content = fetch("/big.bin").check_ok().stdout
    assert len(content) == 20 * MIB and sha256(content) == sha256(documents.big)


def test_50_in_parallel(fetch, documents, directory):
    """Over TLS on one connection; with prior knowledge curl wants one connection for each."""
    mode = ["-Z"] if fetch.tls else ["-Z", "--parallel-immediate"]
    fetch("/parallel/[0-49].bin", *mode, "--parallel-max", "50", "-o",
          directory / "#1.bin").check_ok()
    for number in range(50):
        assert sha256((directory / f"{number}.bin").read_bytes()) == \
            sha256(documents.read(f"parallel/{number}.bin")), number


def test_http2_is_spoken(fetch):
    run = fetch("/small.txt", "-o", os.devnull, "-w", "%{http_version} %{response_code}")
    assert run.check_ok().text == "2 200"


@covers("nghttpd", "--echo-upload")
def test_5_mib_upload_is_echoed(fetch, documents):
    content = documents.big[-5 * MIB:]
    run = fetch("/anything", "--data-binary", "@-", data=content).check_ok()
    assert sha256(run.stdout) == sha256(content)


def test_put_is_echoed(fetch):
    assert fetch("/x", "-T", "-", data=b"put this").check_ok().stdout == b"put this"


def test_empty_upload_is_echoed(fetch):
    assert fetch("/x", "--data-binary", "").check_ok().stdout == b""


@pytest.mark.parametrize("path, content_type", [
    ("/index.html", "text/html"), ("/small.txt", "text/plain")])
def test_fields_of_a_file(get, documents, path, content_type):
    status, fields, body = get(path)
    content = documents.read(path[1:])
    assert status == 200 and body == content
    assert fields["content-length"] == str(len(content))
    assert fields["content-type"].startswith(content_type)
    assert fields["server"].startswith("nghttpd nghttp2/")
    assert email.utils.parsedate_to_datetime(fields["date"])
    modified = email.utils.parsedate_to_datetime(fields["last-modified"]).timestamp()
    assert modified == int((documents.root / path[1:]).stat().st_mtime)


def test_file_of_another_name_length(get, documents):
    name = "n" * 200 + ".txt"
    documents.write(name, b"long name\n")
    assert get("/" + name)[2] == b"long name\n"
    assert get("/" + "n" * 4000)[0] == 404


def test_file_is_read_anew_each_time(get, documents):
    documents.write("changing.txt", b"before")
    assert get("/changing.txt")[2] == b"before"
    documents.write("changing.txt", b"afterwards")
    assert get("/changing.txt")[2] == b"afterwards"


def test_query_is_not_part_of_the_name(get, documents):
    assert get("/small.txt?x=/../y")[2] == documents.read("small.txt")


def test_escaped_name(get, documents):
    assert get("/with%20space.txt")[2] == documents.read("with space.txt")
    assert get("/%73mall.txt")[2] == documents.read("small.txt")


# Directories -------------------------------------------------------------------------------------


@pytest.mark.parametrize("path, name", [("/", "index.html"), ("/sub/", "sub/index.html")])
def test_directory_index(get, documents, path, name):
    status, _, body = get(path)
    assert status == 200 and body == documents.read(name)


def test_directory_without_slash_is_redirected(get):
    status, fields, _ = get("/sub")
    assert status in (301, 308) and fields["location"].endswith("/sub/")


def test_redirection_keeps_the_client_on_this_server(get, documents):
    """Location must not become a network-path reference to another host."""
    (documents.root / "evil.invalid").mkdir(exist_ok=True)
    for path in ("//evil.invalid", "/%2fevil.invalid", "/\\evil.invalid"):
        _, fields, _ = get(path)
        location = fields.get("location", "")
        assert not re.match(r"(?:[a-z]+:)?[/\\]{2}evil", location), location


def test_directory_without_index(get):
    assert get("/empty/")[0] in (403, 404)


# Missing files and other methods -----------------------------------------------------------------


def test_missing_file(get):
    status, fields, body = get("/nothing-there")
    assert status == 404 and b"404" in body
    assert fields["content-type"].startswith("text/html")
    assert fields["content-length"] == str(len(body))


def test_error_page_does_not_reflect_the_request(get):
    _, _, body = get("/<script>alert(1)</script>")
    assert b"<script>" not in body


def test_missing_file_below_a_file(get):
    assert get("/small.txt/more")[0] == 404
    assert get("/small.txt/")[0] == 404


def test_head(get, documents):
    status, fields, body = get("/big.bin", method="HEAD")
    assert status == 200 and body == b""
    assert fields["content-length"] == str(len(documents.big))


def test_head_of_a_missing_file(get):
    status, _, body = get("/nothing-there", method="HEAD")
    assert status == 404 and body == b""


# Conditional requests ----------------------------------------------------------------------------


def date_of(documents, name, offset):
    stamp = int((documents.root / name).stat().st_mtime) + offset
    return email.utils.formatdate(stamp, usegmt=True)


@pytest.mark.parametrize("offset, expected", [(0, 304), (-1, 200)])
def test_if_modified_since(get, documents, offset, expected):
    status, fields, body = get(
        "/small.txt", ("if-modified-since", date_of(documents, "small.txt", offset)))
    assert status == expected
    assert body == (b"" if expected == 304 else documents.read("small.txt"))
    if expected == 304:
        assert fields.get("content-length") in (None, str(len(documents.read("small.txt"))))


@pytest.mark.parametrize("date", ["", "yesterday", "Mon, 99 Foo 2020 99:99:99 GMT", "0", "-1",
                                  "Sun, 06 Nov 1994 08:49:37", "x" * 5000])
def test_if_modified_since_that_is_no_date(get, documents, date):
    status, _, body = get("/small.txt", ("if-modified-since", date))
    assert status == 200 and body == documents.read("small.txt")


def test_if_modified_since_with_head(get, documents):
    status, _, body = get("/small.txt",
                          ("if-modified-since", date_of(documents, "small.txt", 0)),
                          method="HEAD")
    assert status == 304 and body == b""


# Ranges (RFC 9110 section 14) --------------------------------------------------------------------


@pytest.mark.parametrize("value, first, last", [
    ("bytes=0-0", 0, 0), ("bytes=0-9", 0, 9), ("bytes=10-", 10, 36), ("bytes=-5", 32, 36),
    ("bytes=5-1000", 5, 36), ("bytes=-1000", 0, 36), ("bytes=36-36", 36, 36),
    ("bytes=0-18446744073709551615", 0, 36), ("bytes= 1-2", 1, 2), ("BYTES=1-2", 1, 2)])
def test_range(get, documents, value, first, last):
    status, fields, body = get("/small.txt", ("range", value))
    content = documents.read("small.txt")
    if value in ("bytes= 1-2", "BYTES=1-2") and status == 200:
        assert body == content  # a server may ignore what it does not understand
        return
    assert status == 206 and body == content[first:last + 1]
    assert fields["content-range"] == f"bytes {first}-{last}/{len(content)}"
    assert fields["content-length"] == str(last - first + 1)


@pytest.mark.parametrize("value", ["bytes=37-", "bytes=1000-2000", "bytes=-0"])
def test_range_that_cannot_be_satisfied(get, value):
    status, fields, _ = get("/small.txt", ("range", value))
    assert status == 416 and fields["content-range"] == "bytes */37"


@pytest.mark.parametrize("value", [
    "", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-4", "bytes=1", "bytes=--1",
    "bytes=0x1-2", "lines=0-1", "bytes=1-2x", "bytes=+1-2", "bytes=,",
    "bytes=0-1,5-4", "bytes=18446744073709551616-18446744073709551617x"])
def test_invalid_range_is_ignored(get, documents, value):
    status, _, body = get("/small.txt", ("range", value))
    assert status == 200 and body == documents.read("small.txt")


def test_several_ranges(get, documents):
    status, fields, body = get("/small.txt", ("range", "bytes=0-1, 10-11,-2"))
    content = documents.read("small.txt")
    if status == 200:
        assert body == content
        return
    assert status == 206
    boundary = re.fullmatch(r'multipart/byteranges; ?boundary="?([^"]+)"?',
                            fields["content-type"])[1].encode()
    parts = body.split(b"--" + boundary)
    assert parts[-1].strip() == b"--"
    bodies = [part.partition(b"\r\n\r\n") for part in parts[1:-1]]
    assert [each[2][:-2] for each in bodies] == [content[:2], content[10:12], content[-2:]]
    for (head, _, _), wanted in zip(bodies, (b"0-1", b"10-11", b"35-36")):
        assert b"content-range: bytes " + wanted + b"/37" in head.lower()
    assert fields["content-length"] == str(len(body))


def test_range_bomb(get, documents):
    """Thousands of overlapping ranges must not be answered with thousands of copies."""
    value = "bytes=" + ",".join("0-" for _ in range(3000))
    status, _, body = get("/medium.bin", ("range", value))
    assert status in (200, 206, 416)
    assert len(body) <= len(documents.read("medium.bin")) + 1000


def test_range_of_an_empty_file(get):
    status, _, body = get("/empty.txt", ("range", "bytes=0-0"))
    assert status in (200, 416) and (status == 416 or body == b"")


def test_range_is_for_get_only(get, documents):
    status, fields, body = get("/small.txt", ("range", "bytes=0-1"), method="HEAD")
    assert status == 200 and body == b""
    assert fields["content-length"] == str(len(documents.read("small.txt")))


def test_interrupted_download_is_resumed(fetch, documents):
    run = fetch("/medium.bin", "-r", "100000-").check_ok()
    assert run.stdout == documents.read("medium.bin")[100_000:]


# Nothing outside of the document root ------------------------------------------------------------


UPWARDS = [
    "/../secret.txt", "/sub/../../secret.txt", "/./../secret.txt", "//../secret.txt",
    "/../../../../../../../../etc/passwd", "/sub/../sub/../../secret.txt",
    "/%2e%2e/secret.txt", "/%2E%2E/secret.txt", "/.%2e/secret.txt", "/%2e./secret.txt",
    "/..%2fsecret.txt", "/..%2Fsecret.txt", "/%2e%2e%2fsecret.txt", "/sub%2f..%2f..%2fsecret.txt",
    "/%252e%252e/secret.txt", "/%252e%252e%252fsecret.txt", "/..%252fsecret.txt",
    "/..\\secret.txt", "/sub\\..\\..\\secret.txt", "/..%5csecret.txt", "/%2e%2e%5csecret.txt",
    "/%c0%ae%c0%ae/secret.txt", "/..%c0%afsecret.txt", "/%uff0e%uff0e/secret.txt",
    "/..;/secret.txt", "/.../secret.txt", "/..%00/secret.txt", "/../secret.txt%00.html",
    "/%2e%2e/secret.txt?x", "/sub/..", "/..", "/%2e%2e", "/../", "/..//secret.txt",
    "/../htdocs/../secret.txt", "/..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
    "//etc/passwd", "/%2fetc/passwd", "//%2fetc%2fpasswd", "/%2e%2e//%2e%2e//secret.txt",
    "/link-out.txt", "/dir-out/secret.txt", "/dir-out/", "/dir-out/htdocs/../secret.txt",
    "/sub/%2e%2e/link-out.txt", "/sub/../dir-out/secret.txt"]


@pytest.mark.parametrize("path", UPWARDS)
def test_traversal(server, documents, path):
    with RawClient(server) as peer:
        peer.send(frames.headers(1, field_block.request(path)))
        answer = peer.read_until(
            lambda frame: frame.stream == 1 and frame.kind in (frames.HEADERS, frames.RST_STREAM),
            "an answer")
        if answer.kind == frames.RST_STREAM:
            return
        if not answer.has(frames.END_STREAM):
            peer.read_until(lambda frame: frame.stream == 1 and frame.has(frames.END_STREAM),
                            "the end of the answer")
        body = b"".join(frame.body for frame in peer.seen if frame.kind == frames.DATA)
        assert documents.SECRET not in body and b"root:" not in body
        assert answer.field(":status") in ("301", "308", "400", "403", "404") or (
            body in (documents.read("index.html"), documents.read("sub/index.html"))), answer


@pytest.mark.parametrize("path", [
    "http://localhost/small.txt", "small.txt", "/small.txt%", "/small.txt%2", "/small.txt%zz",
    "/small.txt%00", "/\xe4".encode("latin-1"), b"/\xff\xfe", "*"])
def test_odd_target(server, documents, path):
    with RawClient(server) as peer:
        peer.send(frames.headers(1, field_block.request(path)))
        answer = peer.read_until(
            lambda frame: frame.stream == 1 and frame.kind in (frames.HEADERS, frames.RST_STREAM),
            "an answer")
        assert answer.kind == frames.RST_STREAM or answer.field(":status")[0] == "4", answer
        peer.expect_pong()


def test_link_inside_the_root_is_followed(get, documents):
    link = documents.root / "link-inside.txt"
    if not link.is_symlink():
        link.symlink_to("small.txt")
    assert get("/link-inside.txt")[2] == documents.read("small.txt")


def test_dangling_and_circular_links(get, documents):
    for name, target in (("dangling", "nowhere"), ("circle", "circle")):
        if not (documents.root / name).is_symlink():
            (documents.root / name).symlink_to(target)
        assert get("/" + name)[0] in (403, 404)


def test_special_files_are_not_read(get, documents):
    """Opening a FIFO would block the worker."""
    if not (documents.root / "fifo").exists():
        os.mkfifo(documents.root / "fifo")
    assert get("/fifo")[0] in (403, 404)
    assert get("/small.txt")[0] == 200


@covers("nghttpd", "--follow-symlinks")
def test_links_are_followed_when_asked(start_nghttpd, curl, documents):
    with start_nghttpd("--follow-symlinks") as server:
        run = curl("--http2-prior-knowledge", server.uri("/link-out.txt")).check_ok()
    assert run.stdout == documents.SECRET
