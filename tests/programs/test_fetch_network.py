# SPDX-License-Identifier: MIT
"""Options of nghttp that say how a server is reached and what it has to prove."""
import socket
import ssl
import threading

import pytest

from support import frames, patience, ports
from support.options import covers
from support.scripted_server import ScriptedServer


def answer_one(wire):
    wire.start()
    wire.respond(wire.read_request().stream)
    wire.read_end()


def port_of(base):
    return base.rpartition(":")[2]


# --connect-to, --resolve ---------------------------------------------------------------------------


@covers("nghttp", "--connect-to")
def test_connect_to(nghttp):
    """Only the dialled endpoint changes: the request names the URI's host."""
    with ScriptedServer(answer_one) as server:
        run = nghttp("--connect-to", f"127.0.0.1:{server.port}", "http://example.test:81/x")
    assert run.check_ok().stdout == b"ok\n"
    request = next(f for f in server.wires[0].seen if f.kind == frames.HEADERS)
    assert request.field(":authority") == "example.test:81" and request.field(":path") == "/x"


def test_connect_to_without_port(nghttp):
    with ScriptedServer(answer_one) as server:
        nghttp("--connect-to", "127.0.0.1", f"http://example.test:{server.port}/").check_ok()


def test_connect_to_keeps_the_name_to_verify(nghttp, nginx):
    address = f"127.0.0.1:{port_of(nginx.tls)}"
    run = nghttp("--verify-peer", "--connect-to", address, "https://localhost/show").check_ok()
    assert run.text.endswith("|localhost]")
    nghttp("--verify-peer", "--connect-to", address, "https://example.test/show").check_failed(
        "hostname mismatch")


def test_connect_to_keeps_the_name_for_sni(nghttp, authority):
    assert sni_of(nghttp, authority, "https://example.test/") == "example.test"


def sni_of(nghttp, authority, uri, *options):
    """What a server learns by SNI when nghttp is made to connect to it."""
    names = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority.server.cert, authority.server.key)
    context.sni_callback = lambda _, name, __: names.append(name)
    with socket.create_server((ports.LOOPBACK, 0)) as listener:
        listener.settimeout(patience.SECONDS)

        def serve():
            sock, _ = listener.accept()
            sock.settimeout(patience.SECONDS)
            with sock, context.wrap_socket(sock, server_side=True) as tls:
                tls.recv(1)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        port = listener.getsockname()[1]
        nghttp("-y", *options, "--connect-to", f"127.0.0.1:{port}", uri).check_failed("ALPN")
        thread.join()
    assert len(names) == 1
    return names[0]


@covers("nghttp", "--resolve")
@pytest.mark.parametrize("rule_host, uri_host", [
    ("example.test", "example.test"), ("EXAMPLE.test", "example.test"), ("*", "any.test"),
    ("[::1]", "[::1]")])
def test_resolve(nghttp, rule_host, uri_host):
    with ScriptedServer(answer_one) as server:
        run = nghttp("--resolve", f"{rule_host}:{server.port}:127.0.0.1",
                     f"http://{uri_host}:{server.port}/")
    assert run.check_ok().stdout == b"ok\n"
    request = next(f for f in server.wires[0].seen if f.kind == frames.HEADERS)
    assert request.field(":authority") == f"{uri_host}:{server.port}"


def test_resolve_is_for_one_host_and_port(nghttp):
    run = nghttp("--resolve", "other.invalid:81:127.0.0.1", "--resolve", "x.invalid:82:127.0.0.1",
                 "http://x.invalid:81/")
    assert run.check_failed("cannot resolve x.invalid").returncode == 3


def test_last_resolve_wins(nghttp):
    with ScriptedServer(answer_one) as server:
        nghttp("--resolve", f"x.test:{server.port}:127.0.0.9",
               "--resolve", f"x.test:{server.port}:127.0.0.1",
               f"http://x.test:{server.port}/").check_ok()


def test_resolve_applies_to_connect_to(nghttp):
    with ScriptedServer(answer_one) as server:
        nghttp("--connect-to", f"there.test:{server.port}",
               "--resolve", f"there.test:{server.port}:127.0.0.1", "http://x.test/").check_ok()


def test_all_addresses_are_tried(nghttp):
    """IPv6 and IPv4 take turns; one that does not answer does not stop the others."""
    with ScriptedServer(answer_one) as server:
        nghttp("--resolve", f"x.test:{server.port}:127.0.0.9,127.0.0.8,[::1],127.0.0.1",
               f"http://x.test:{server.port}/").check_ok()


def test_failure_names_every_address(nghttp):
    with ports.refused_port() as holder:
        port = holder.getsockname()[1]
        run = nghttp("--resolve", f"x.test:{port}:127.0.0.1,[::1],127.0.0.2",
                     f"http://x.test:{port}/")
    run.check_failed(f"x.test:{port}", rf"127.0.0.1:{port}: Connection refused",
                     rf"\[::1\]:{port}: \w+", rf"127.0.0.2:{port}: Connection refused")
    assert run.returncode == 3


@pytest.mark.parametrize("option", [
    "--resolve=x:80", "--resolve=x:80:", "--resolve=x:80:y", "--resolve=x::127.0.0.1",
    "--resolve=:80:127.0.0.1", "--resolve=x:0:127.0.0.1", "--resolve=x:65536:127.0.0.1",
    "--resolve=[::1:80:127.0.0.1", "--resolve=x:80:127.0.0.1,", "--connect-to=", "--connect-to=:80",
    "--connect-to=x:y", "--connect-to=[::1", "--sni=127.0.0.1", "--alpn=", "--alpn=,",
    "--alpn=" + "x" * 256])
def test_bad_value(nghttp, option):
    run = nghttp(option, "http://localhost:1/")
    assert run.check_failed(option.partition("=")[0], "expected").returncode == 1


# TLS -----------------------------------------------------------------------------------------------


@covers("nghttp", "--sni")
def test_sni(nghttp, authority):
    assert sni_of(nghttp, authority, "https://example.test/", "--sni", "other.test") == "other.test"
    assert sni_of(nghttp, authority, "https://example.test/", "--sni", "") is None


def test_sni_does_not_change_the_name_to_verify(nghttp, nginx):
    nghttp("--verify-peer", "--sni", "other.test", nginx.tls + "/small.txt").check_ok()


@covers("nghttp", "--alpn")
def test_alpn(nghttp, authority):
    """What is offered is what the server can choose from."""
    with ScriptedServer(answer_one, pair=authority.server, alpn=("spdy/9", "h2")) as server:
        nghttp("--alpn", "x,h2", server.uri()).check_ok()
    with ScriptedServer(lambda wire: wire.read_end(), pair=authority.server,
                        alpn=("spdy/9", "h2")) as server:
        run = nghttp("--alpn", "h2 , spdy/9", server.uri()).check_failed("spdy/9")
    assert run.returncode == 4


@covers("nghttp", "--verify-peer")
@pytest.mark.parametrize("server, reason", [
    ("expired", "expired"), ("self_signed", "self-signed certificate")])
def test_verify_peer(nghttp, nginx, server, reason):
    run = nghttp("--verify-peer", getattr(nginx, server) + "/small.txt")
    assert run.check_failed("certificate", reason).returncode == 4
    assert run.stdout == b""


def test_verify_peer_and_a_good_certificate(nghttp, nginx, documents):
    run = nghttp("--verify-peer", nginx.tls + "/small.txt").check_ok()
    assert run.stdout == documents.read("small.txt") and run.stderr == ""


@covers("nghttp", "--cacert")
def test_cacert_replaces_the_trusted_certificates(nghttp, nginx, authority):
    nothing = {"SSL_CERT_FILE": "/dev/null"}
    nghttp("--verify-peer", nginx.tls, env=nothing).check_failed("certificate")
    nghttp("-n", "--verify-peer", "--cacert", authority.ca.cert, nginx.tls + "/small.txt",
           env=nothing).check_ok()
    nghttp("--verify-peer", "--cacert", authority.self_signed.cert, nginx.tls).check_failed(
        "certificate")


def test_cacert_that_cannot_be_read(nghttp, directory):
    missing = directory / "no-such-file"
    assert nghttp("--cacert", missing, "https://localhost:1/").check_failed(
        "no-such-file", "No such file").returncode == 2


def test_verify_peer_contradicts_its_opposite(nghttp):
    assert nghttp("-y", "--verify-peer", "https://localhost:1/").check_failed(
        "contradict").returncode == 1
