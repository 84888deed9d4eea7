# SPDX-License-Identifier: MIT
"""h2load and TLS."""
import ssl

import pytest

from support import h2load, patience, process, programs
from support.h2load import load
from support.load_target import LoadTarget
from support.options import covers


def tls_target(authority, **named):
    return LoadTarget(pair=authority.server, **named)


@covers("h2load", "--alpn-list")
@pytest.mark.parametrize("more, alpn, protocol", [
    ([], "h2", "h2"), (["--h1"], "http/1.1", "http/1.1"),
    (["--alpn-list=http/1.1,h2"], "http/1.1", "http/1.1"),
    (["--npn-list=http/1.1"], "http/1.1", "http/1.1")])
def test_alpn(authority, more, alpn, protocol):
    with tls_target(authority, alpn=("http/1.1", "h2") if more else ("h2",)) as server:
        report = load("-n2", *more, server.base)
        assert {connection.alpn for connection in server.connections} == {alpn}
    assert report.line("protocol") == f"{protocol} (1)"


def test_server_without_alpn(authority):
    with tls_target(authority, alpn=()) as server:
        assert load("-n1", server.base).line("protocol") == "http/1.1 (1)"
        h2load.run("--alpn-list=h2", server.base).check_failed(
            "chose none of the protocols offered by ALPN: h2")


@covers("h2load", "--sni")
def test_server_name(authority):
    with tls_target(authority) as server:
        load("-n1", server.base)
        load("-n1", "--sni=other.test", server.base)
        load("-n1", "--sni=", server.base)
        assert server.server_names == ["localhost"] * 2 + ["other.test"] * 2 + [None] * 2


@covers("h2load", "--ciphers", "--tls13-ciphers", "--groups")
def test_algorithms(authority, start_nghttpd):
    with tls_target(authority, versions=ssl.TLSVersion.TLSv1_2) as server:
        load("-n1", "--ciphers=ECDHE-ECDSA-AES256-GCM-SHA384", server.base)
        assert server.connections[0].tls[:2] == ("TLSv1.2", "ECDHE-ECDSA-AES256-GCM-SHA384")
    with start_nghttpd(tls=True) as server:
        report = load("-n1", "--tls13-ciphers=TLS_CHACHA20_POLY1305_SHA256", "--groups=P-384",
                      server.uri("/small.txt"))
    assert report.line("cipher") == "TLS_CHACHA20_POLY1305_SHA256 (1)"
    assert report.line("server key") == "P-384 384 bits (1)"
    h2load.run("--groups=nonsense", "https://localhost:1").check_failed("bad group list 'nonsense'")


@covers("h2load", "--tls-session-file")
def test_session_file(tls_server, directory):
    path = directory / "session.pem"
    first = load("-n4", "-c2", f"--tls-session-file={path}", tls_server.uri("/small.txt"))
    assert first.line("handshakes") == "full (2)"
    assert path.read_text().startswith("-----BEGIN SSL SESSION PARAMETERS-----")
    assert path.stat().st_mode & 0o777 == 0o600
    second = load("-n4", "-c2", f"--tls-session-file={path}", tls_server.uri("/small.txt"))
    assert second.line("handshakes") == "resumed (2)"
    path.write_text("rubbish")
    h2load.run(f"--tls-session-file={path}", tls_server.uri("/")).check_failed(
        "cannot read a TLS session from .*session.pem")


@covers("h2load", "--verify-peer", "--cacert")
def test_verification(nginx, tls_server, authority):
    load("-n1", "--verify-peer", f"--cacert={authority.ca.cert}", tls_server.uri("/small.txt"))
    load("-n1", "--verify-peer", tls_server.uri("/small.txt"), env=authority.trust_environment())
    h2load.run("--verify-peer", tls_server.uri("/small.txt")).check_failed(
        "certificate not trusted")
    h2load.run("--verify-peer", f"--cacert={authority.ca.cert}", nginx.expired).check_failed(
        "certificate has expired")
    load("-n1", nginx.expired + "/small.txt").check_all_succeeded(1)


@covers("h2load", "--cert", "--key")
def test_client_certificate(authority):
    with tls_target(authority, ca=authority.ca.cert) as server:
        load("-n1", f"--cert={authority.client.cert}", f"--key={authority.client.key}",
             server.base)
        assert "a client" in str(server.connections[0].tls[3]["subject"])
    h2load.run(f"--cert={authority.client.cert}", "http://localhost").check_failed("go together")
    h2load.run(f"--cert={authority.client.cert}", f"--key={authority.server.key}",
               "https://localhost:1").check_failed("key")


@covers("h2load", "--ktls")
@pytest.mark.parametrize("more, expected", [(["--ktls"], True), ([], False)])
def test_kernel_tls_is_asked_for(tls_server, directory, more, expected):
    """The kernel may not have it; that it was asked can be seen in the system calls."""
    calls = directory / "calls"
    process.run([programs.peer("strace", "strace"), "-f", "-o", calls, "-e", "trace=setsockopt",
                 programs.under_test("h2load"), "-n1", *more, tls_server.uri("/small.txt")],
                seconds=3 * patience.SECONDS,
                # The sanitizer's search for leaks traces the process, too: one at a time.
                env={"LSAN_OPTIONS": "detect_leaks=0"}).check_ok()
    assert ("TCP_ULP" in calls.read_text(encoding="ascii")) == expected
