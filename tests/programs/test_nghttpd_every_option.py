# SPDX-License-Identifier: MIT
"""Every option of nghttpd has a test that fails if the option is ignored; those of options that
belong to no other module are here."""
import pathlib
import socket

import hpack
import pytest

from support import certificates, field_block, frames, options, patience, ports, process, programs
from support.nghttpd import Nghttpd
from support.options import covers
from support.raw_client import RawClient


def test_every_option_is_covered():
    options.check_all_covered("nghttpd")


@covers("nghttpd", "--htdocs")
def test_document_root(start_nghttpd, directory):
    (directory / "only-here.txt").write_bytes(b"from another root\n")
    with start_nghttpd(root=directory) as server, RawClient(server) as peer:
        assert peer.get(1, field_block.request("/only-here.txt"))[1] == b"from another root\n"


def connect(server):
    return socket.create_connection((ports.LOOPBACK, server.port))


@covers("nghttpd", "--no-tls")
@pytest.mark.parametrize("tls", [True, False])
def test_clear_text(start_nghttpd, tls):
    """The preface of HTTP/2 is answered with SETTINGS where TLS is not what is spoken."""
    with start_nghttpd(tls=tls) as server, connect(server) as peer:
        peer.settimeout(patience.SECONDS)
        peer.sendall(frames.PREFACE + frames.settings().encode())
        assert (peer.recv(1) == b"\0") == (not tls)


@covers("nghttpd", "--color")
@pytest.mark.parametrize("more, coloured", [(["--color"], True), ([], False)])
def test_colours(start_nghttpd, more, coloured):
    with start_nghttpd("-v", *more) as server:
        with RawClient(server) as peer:
            peer.get(1, field_block.request())
        patience.poll(lambda: "HEADERS" in server.log(), "the trace")
        assert ("\x1b[" in pathlib.Path(server.process.log_path).read_text()) == coloured


@covers("nghttpd", "--header-table-size")
def test_decoder_table_size(start_nghttpd):
    with start_nghttpd("-c", "8K") as server, RawClient(server) as peer:
        peer.expect_pong()
        assert (frames.HEADER_TABLE_SIZE, 8192) in peer.seen[0].entries


@covers("nghttpd", "--encoder-header-table-size")
def test_encoder_table_size(start_nghttpd):
    """Without a dynamic table the second response repeats what the first one has said."""
    def second_length(*more):
        with start_nghttpd(*more) as server, RawClient(server) as peer:
            first, second = [peer.get(stream, field_block.request("/small.txt"))[0]
                             for stream in (1, 3)]
        assert first.field("last-modified") == second.field("last-modified")
        decoder = hpack.Decoder()
        decoder.decode(first.payload)
        return len(second.payload), decoder.header_table_size

    shared, default_size = second_length()
    repeated, size = second_length("--encoder-header-table-size=0")
    assert (default_size, size) == (4096, 0)
    assert repeated > 40 and shared < repeated / 2


def s_client(server, authority, *arguments):
    return process.run(
        [programs.peer("openssl", "openssl"), "s_client", "-connect", f"127.0.0.1:{server.port}",
         "-CAfile", authority.ca.cert, "-alpn", "h2", *arguments])


@covers("nghttpd", "--groups")
def test_groups(start_nghttpd, authority):
    with start_nghttpd("--groups=P-384", tls=True) as server:
        run = s_client(server, authority, "-groups", "X25519:P-384").check_ok()
        assert "secp384r1" in run.text or "P-384" in run.text
        assert s_client(server, authority, "-groups", "X25519").returncode != 0


@covers("nghttpd", "--dh-param-file")
def test_dh_parameters(authority, documents, directory):
    """A group of an odd size, so that it is the one of the file; DHE needs an RSA key."""
    openssl = programs.peer("openssl", "openssl")
    parameters, pair = directory / "dh.pem", certificates.Pair(directory, "rsa")
    process.run([openssl, "dhparam", "-out", parameters, "-dsaparam", "2056"]).check_ok()
    process.run([openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost",
                 "-keyout", pair.key, "-out", pair.cert]).check_ok()
    with Nghttpd(directory, documents.root, f"--dh-param-file={parameters}", pair=pair) as server:
        run = s_client(server, authority, "-tls1_2", "-cipher", "DHE").check_ok()
    assert "DH, 2056 bits" in run.text


@covers("nghttpd", "--ktls")
@pytest.mark.parametrize("more, expected", [(["--ktls"], True), ([], False)])
def test_kernel_tls_is_asked_for(start_nghttpd, curl, directory, more, expected):
    """The kernel may not have it; that it was asked can be seen in the system calls."""
    calls = directory / "calls"
    with start_nghttpd(*more, tls=True) as server:
        strace = process.Background(
            [programs.peer("strace", "strace"), "-f", "-o", calls, "-e", "trace=setsockopt", "-p",
             server.process.pid], directory / "strace.log")
        try:
            patience.poll(lambda: "attached" in strace.log(), "strace")
            curl("--http2", server.uri("/small.txt")).check_ok()
        finally:
            strace.process.terminate()
            strace.process.wait(patience.SECONDS)
    assert ("TCP_ULP" in calls.read_text(encoding="ascii")) == expected
