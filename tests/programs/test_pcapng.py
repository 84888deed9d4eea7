# SPDX-License-Identifier: MIT
"""nghttp --pcapng: tshark opens the capture, decrypted, and finds what was asked and answered."""
import collections

import pytest

from support import ports, process, programs
from support.options import covers
from support.proxies import ConnectProxy, SocksProxy

_FIELDS = ("tcp.stream", "http2.headers.path", "http2.headers.status")


def _tshark(path, *arguments):
    return process.run([programs.peer("tshark", "tshark"), "-r", path, "-o",
                        "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE", *arguments],
                       env={"HOME": str(path.parent)}).check_ok().text


def _told(clear_base):
    """Cleartext on a port that means nothing, or something else, has to be told."""
    return ["-d", f"tcp.port=={clear_base.rsplit(':', 1)[1]},http2"] if clear_base else []


def _exchanges(path, clear_base=None):
    """TCP stream -> the paths that were asked for, and the statuses in order."""
    text = _tshark(path, *_told(clear_base), "-Y", "http2", "-T", "fields",
                   *[word for field in _FIELDS for word in ("-e", field)])
    found = collections.defaultdict(lambda: ([], []))
    for line in text.splitlines():
        stream, *lists = line.split("\t")
        for values, target in zip(lists, found[int(stream)]):
            target += [value for value in values.split(",") if value]
    return {stream: (asked, sorted(got)) for stream, (asked, got) in found.items()}


def _check_tcp(path, clear_base=None):
    """Nothing is wrong below HTTP: checksums, sequence numbers, beginning and end."""
    wrong = _tshark(path, *_told(clear_base), "-Y", "tcp.analysis.flags or tcp.checksum.status == Bad or "
                    "ip.checksum.status == Bad or _ws.malformed or tls.alert_message.level == 2")
    assert wrong == ""
    streams = set(_tshark(path, "-T", "fields", "-e", "tcp.stream").split())
    for flags, count in ("tcp.flags.syn == 1", 2), ("tcp.flags.fin == 1", 2):
        found = _tshark(path, "-Y", flags, "-T", "fields", "-e", "tcp.stream").split()
        assert collections.Counter(found) == {stream: count for stream in streams}


@covers("nghttp", "--pcapng")
@pytest.mark.parametrize("kind", ["clear", "TLSv1.2", "TLSv1.3", "clear on IPv6", "TLS on IPv6"])
def test_tshark_lists_requests_and_responses(nghttp, nginx, start_nghttpd, directory, kind):
    path = directory / "capture"
    paths = ["/small.txt", "/medium.bin", "/nothing-there"]
    address = "::1" if "IPv6" in kind else ports.LOOPBACK
    with start_nghttpd(tls="TLS" in kind, address=address) as server:
        base = nginx.tls if kind == "TLSv1.2" else server.uri("")
        if "IPv6" in kind:
            base = base.replace("localhost", "[::1]")
        nghttp("-ny", "--pcapng", path, *[base + each for each in paths]).check_ok()
    assert _exchanges(path, base if "clear" in kind else None) == {
        0: (paths, ["200", "200", "404"])}
    _check_tcp(path, base if "clear" in kind else None)
    version = {"TLSv1.2": "0x0303", "TLSv1.3": "0x0304"}.get(kind)
    if version:
        shown = _tshark(path, "-Y", "tls.handshake.type == 2", "-T", "fields", "-e",
                        "tls.handshake.extensions.supported_version", "-e",
                        "tls.handshake.version")
        assert version in shown
    layer = "ipv6" if "IPv6" in kind else "ip"
    assert _tshark(path, "-Y", f"not {layer}") == ""
    port = base.rsplit(":", 1)[1]
    asked = _tshark(path, "-Y", "tcp.flags.syn == 1 and tcp.flags.ack == 0", "-T", "fields", "-e",
                    "tcp.dstport")
    assert asked.split() == [port]


def test_several_connections(nghttp, nginx, start_nghttpd, directory):
    path = directory / "capture"
    with start_nghttpd(tls=True) as server:
        nghttp("-n", "--pcapng", path, nginx.tls + "/small.txt", server.uri("/index.html"),
               nginx.clear + "/moved").check_ok()
    assert _exchanges(path, nginx.clear) == {
        0: (["/small.txt"], ["200"]), 1: (["/index.html"], ["200"]), 2: (["/moved"], ["302"])}
    _check_tcp(path, nginx.clear)


@pytest.mark.parametrize("kind", [ConnectProxy, SocksProxy])
@pytest.mark.parametrize("security", ["tls", "clear"])
def test_through_a_proxy(nghttp, nginx, directory, kind, security):
    """The connection is the one with the proxy; what goes through it is there from its first octet
    on, and the secrets fit."""
    path = directory / "capture"
    with kind() as proxy:
        run = nghttp("-n", "--pcapng", path, "--proxy", proxy.url(),
                     getattr(nginx, security) + "/small.txt")
        run.check_ok()
        port = proxy.port
    _check_tcp(path)
    asked = _tshark(path, "-Y", "tcp.flags.syn == 1 and tcp.flags.ack == 0", "-T", "fields", "-e",
                    "tcp.dstport")
    assert asked.split() == [str(port)]
    # tshark decrypts TLS behind CONNECT, and behind SOCKS only if it is told of TLS alone.
    dissector = "tls" if kind is SocksProxy else "http"
    if security == "tls":
        shown = _tshark(path, "-d", f"tcp.port=={port},{dissector}", "-Y", "http2", "-T", "fields",
                        "-e", "http2.headers.path", "-e", "http2.headers.status")
        assert shown.split() == ["/small.txt", "200"]
    first = _tshark(path, "-Y", "tcp.len > 0", "-T", "fields", "-e", "tcp.payload").split()[0]
    assert bytes.fromhex(first.replace(":", "")).startswith(
        b"\x05" if kind is SocksProxy else b"CONNECT localhost:")


def test_upload_is_captured_in_full(nghttp, nginx, start_nghttpd, documents, directory):
    path = directory / "capture"
    with start_nghttpd("--echo-upload", tls=True) as server:
        run = nghttp("--pcapng", path, "-d", documents.root / "medium.bin", server.uri("/up"))
    assert run.check_ok().stdout == documents.read("medium.bin")
    _check_tcp(path)
    shown = _tshark(path, "-Y", "http2.type == 0", "-T", "fields", "-e", "http2.length",
                    "-e", "http2.type").splitlines()
    total = 0
    for line in shown:
        lengths, types = (value.split(",") for value in line.split("\t"))
        total += sum(int(length) for length, kind in zip(lengths, types) if int(kind) == 0)
    assert total == 600_000


def test_what_cannot_be_had(nghttp, nginx, directory):
    missing = nghttp("-nv", "--pcapng", directory / "missing" / "x", nginx.clear + "/small.txt")
    missing.check_failed("missing/x", "No such file")
    assert missing.text == "", "fetched, although the capture cannot be written"
    nghttp("-n", "--pcapng", "/dev/full", nginx.clear + "/small.txt").check_failed(
        "No space left")
    nghttp("-n", "--ktls", "--pcapng", directory / "x", nginx.tls + "/small.txt").check_failed(
        "--ktls")
