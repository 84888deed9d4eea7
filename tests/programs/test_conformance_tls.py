# SPDX-License-Identifier: MIT
"""RFC 9113 sections 3.2 and 9.2 against nghttpd: TLS and ALPN."""
import ssl

import pytest

from support import field_block, frames, programs, process
from support.raw_client import RawClient, connect, tls_context


def handshake(server, **context):
    """The TLS socket, or None if the server refused."""
    sock = connect(server.port)
    try:
        return tls_context(**context).wrap_socket(sock, server_hostname="localhost")
    except (ssl.SSLError, ConnectionError):
        sock.close()
        return None


def speaks_http2(sock):
    """True if the server sends its SETTINGS after ours, False if it closes or fails instead."""
    sock.settimeout(30)
    try:
        sock.sendall(frames.PREFACE + frames.settings().encode())
        head = sock.recv(9)
    except (ssl.SSLError, ConnectionError):
        return False
    return len(head) == 9 and head[3] == frames.SETTINGS


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_9_2_tls_versions(tls_server, version):
    sock = handshake(tls_server, lowest=version, highest=version)
    assert sock is not None and sock.selected_alpn_protocol() == "h2"
    with sock:
        assert speaks_http2(sock)


def test_9_2_tls_1_1_is_refused(tls_server):
    with pytest.warns(DeprecationWarning):
        sock = handshake(tls_server, lowest=ssl.TLSVersion.TLSv1, highest=ssl.TLSVersion.TLSv1_1,
                         ciphers="ALL:@SECLEVEL=0")
    assert sock is None or not speaks_http2(sock)


@pytest.mark.parametrize("cipher", ["ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA384"])
def test_9_2_2_prohibited_cipher_suites(tls_server, cipher):
    sock = handshake(tls_server, highest=ssl.TLSVersion.TLSv1_2, ciphers=cipher)
    if sock is None:
        return
    with sock:
        sock.settimeout(30)
        received = b""
        try:
            sock.sendall(frames.PREFACE + frames.settings().encode()
                         + frames.headers(1, field_block.request()).encode())
            while more := sock.recv(65536):
                received += more
        except (ssl.SSLError, ConnectionError):
            pass
        assert bytes((0, 0, 0, frames.INADEQUATE_SECURITY)) in received or received == b""


@pytest.mark.parametrize("offered", [["http/1.1"], ["h2c"], ["h2c", "http/1.1"], ["h3"]])
def test_3_2_h2_is_not_spoken_without_being_offered(tls_server, offered):
    sock = handshake(tls_server, alpn=offered)
    if sock is None:
        return
    with sock:
        assert sock.selected_alpn_protocol() not in ("h2", "h2c")
        assert not speaks_http2(sock)


def test_3_2_h2_is_not_spoken_without_alpn(tls_server):
    sock = handshake(tls_server, alpn=None)
    if sock is None:
        return
    with sock:
        assert not speaks_http2(sock)


def test_3_2_h2_is_chosen_among_others(tls_server):
    with handshake(tls_server, alpn=["http/1.1", "h2c", "h2"]) as sock:
        assert sock.selected_alpn_protocol() == "h2"
        assert speaks_http2(sock)


def test_9_2_1_renegotiation_is_refused(tls_server):
    """s_client asks for a renegotiation on R; the connection must not survive it usefully."""
    result = process.run(
        [programs.peer("openssl", "openssl"), "s_client", "-connect",
         f"127.0.0.1:{tls_server.port}", "-tls1_2", "-alpn", "h2", "-legacy_server_connect"],
        data=b"R\n")
    assert "RENEGOTIATING" in result.messages
    assert result.returncode != 0 or "no renegotiation" in result.messages \
        or "alert" in result.messages, result.describe()


def test_clear_text_on_a_tls_port_ends_the_connection(tls_server):
    with connect(tls_server.port) as sock:
        sock.settimeout(30)
        sock.sendall(frames.PREFACE + frames.settings().encode())
        received = b""
        try:
            while more := sock.recv(65536):
                received += more
        except ConnectionError:
            pass
        assert len(received) < 100 and frames.settings().encode() not in received
    with RawClient(tls_server) as peer:
        head, _, _ = peer.get(1, field_block.request())
        assert head.field(":status") == "200"
