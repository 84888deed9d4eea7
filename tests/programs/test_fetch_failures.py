# SPDX-License-Identifier: MIT
"""nghttp when things go wrong: it ends, its exit status is not 0, and it says why."""
import socket
import ssl
import threading

import pytest

from support import field_block, frames, ports, process, programs
from support.frames import ERROR_NAMES
from support.options import covers
from support.patience import Deadline
from support.scripted_server import ScriptedServer

OK = field_block.response()


def test_name_that_does_not_resolve(nghttp):
    nghttp("http://no-such-host.invalid/").check_failed("no-such-host.invalid", "resol|lookup|name")


def test_refused_connection(nghttp):
    with ports.refused_port() as holder:
        port = holder.getsockname()[1]
        nghttp(f"http://127.0.0.1:{port}/").check_failed("connect", "127.0.0.1", "refused")


def test_refused_connection_with_tls(nghttp):
    with ports.refused_port() as holder:
        port = holder.getsockname()[1]
        nghttp(f"https://localhost:{port}/").check_failed("connect", "refused")


def test_one_of_several_servers_fails(nghttp, nginx, documents):
    """The others are still fetched, and the exit status tells of the failure."""
    with ports.refused_port() as holder:
        port = holder.getsockname()[1]
        run = nghttp(f"http://127.0.0.1:{port}/", nginx.clear + "/small.txt")
    run.check_failed("refused")
    assert run.stdout == documents.read("small.txt")


# TLS ---------------------------------------------------------------------------------------------


def test_server_that_speaks_only_http1(nghttp, nginx):
    """The message tells which protocol the server chose by ALPN."""
    run = nghttp(nginx.http1_only + "/small.txt")
    run.check_failed("http/1.1")
    assert run.stdout == b""


def test_server_without_alpn(nghttp, authority):
    with ScriptedServer(lambda wire: wire.read_end(), pair=authority.server, alpn=None) as server:
        nghttp(server.uri()).check_failed("ALPN|protocol|h2")


def test_expired_certificate_is_a_warning(nghttp, nginx, documents):
    run = nghttp(nginx.expired + "/small.txt").check_ok()
    assert run.stdout == documents.read("small.txt")
    assert "certificate" in run.stderr.lower() and "expired" in run.stderr


def test_self_signed_certificate_is_a_warning(nghttp, nginx, documents):
    run = nghttp(nginx.self_signed + "/small.txt").check_ok()
    assert run.stdout == documents.read("small.txt")
    assert "certificate" in run.stderr.lower() and "self" in run.stderr


@covers("nghttp", "--no-verify-peer")
def test_certificate_warning_can_be_switched_off(nghttp, nginx):
    assert nghttp("-n", "-y", nginx.self_signed + "/small.txt").check_ok().stderr == ""


def test_client_certificate_is_demanded(nghttp, nginx):
    run = nghttp(nginx.client_certificate + "/whoami")
    assert b"CN=" not in run.stdout


def serve_tls_once(context):
    """Accept one TLS connection and expect its handshake to fail; returns (port, thread)."""
    listener = socket.create_server((ports.LOOPBACK, 0))
    listener.settimeout(60)

    def serve():
        with listener:
            sock, _ = listener.accept()
            with sock:
                sock.settimeout(60)
                try:
                    context.wrap_socket(sock, server_side=True).close()
                except (ssl.SSLError, ConnectionError):
                    pass

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    return listener.getsockname()[1], thread


def test_tls_alert_names_its_reason(nghttp, authority):
    """The server allows only TLS 1.2 with a cipher suite that HTTP/2 prohibits."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority.server.cert, authority.server.key)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("ECDHE-ECDSA-CAMELLIA128-SHA256")
    port, thread = serve_tls_once(context)
    run = nghttp(f"https://localhost:{port}/")
    thread.join()
    run.check_failed("tls|ssl", "handshake", "alert|failure")


def test_alert_for_a_missing_client_certificate(nghttp, authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority.server.cert, authority.server.key)
    context.load_verify_locations(authority.ca.cert)
    context.verify_mode = ssl.CERT_REQUIRED
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["h2"])
    port, thread = serve_tls_once(context)
    run = nghttp(f"https://localhost:{port}/")
    thread.join()
    run.check_failed("tls|ssl", "alert|handshake failure")


def test_clear_text_server_on_https(nghttp):
    def script(wire):
        wire.read_bytes(1, Deadline())
        wire.send(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")

    with ScriptedServer(script) as server:
        nghttp(server.uri().replace("http:", "https:")).check_failed("tls|ssl")


def test_server_that_closes_in_the_handshake(nghttp):
    with ScriptedServer(lambda wire: wire.read_bytes(1, Deadline())) as server:
        nghttp(server.uri().replace("http:", "https:")).check_failed("tls|ssl|handshake|closed")


# HTTP/2 ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", range(1, len(ERROR_NAMES)), ids=ERROR_NAMES[1:])
def test_rst_stream_is_named(nghttp, code):
    def script(wire):
        wire.start()
        wire.send(frames.rst_stream(wire.read_request().stream, code))
        wire.read_end()

    with ScriptedServer(script) as server:
        nghttp(server.uri()).check_failed("RST_STREAM", ERROR_NAMES[code])


def test_unknown_error_code_is_shown_as_a_number(nghttp):
    def script(wire):
        wire.start()
        wire.send(frames.rst_stream(wire.read_request().stream, 0xabcd))
        wire.read_end()

    with ScriptedServer(script) as server:
        nghttp(server.uri()).check_failed("RST_STREAM", "abcd|43981")


@pytest.mark.parametrize("code", range(1, len(ERROR_NAMES)), ids=ERROR_NAMES[1:])
def test_goaway_is_named(nghttp, code):
    def script(wire):
        wire.start()
        wire.read_request()
        wire.send(frames.goaway(0, code, b"some words"))
        wire.read_end()

    with ScriptedServer(script) as server:
        nghttp(server.uri()).check_failed("GOAWAY", ERROR_NAMES[code])


def test_goaway_without_error_leaves_requests_unanswered(nghttp):
    def script(wire):
        wire.start()
        wire.read_request()
        wire.send(frames.goaway(0))
        wire.read_end()

    with ScriptedServer(script) as server:
        nghttp(server.uri()).check_failed("GOAWAY", "NO_ERROR")


def test_goaway_after_some_requests(nghttp):
    """The streams up to the last one named are finished; the rest failed."""
    def script(wire):
        wire.start()
        first, _ = wire.read_request().stream, wire.read_request().stream
        wire.send(frames.goaway(first))
        wire.respond(first, b"first\n")
        wire.read_end()

    with ScriptedServer(script) as server:
        run = nghttp(server.uri("/1"), server.uri("/2"))
    run.check_failed("GOAWAY")
    assert run.stdout == b"first\n"


def test_goaway_that_covers_everything_is_no_failure(nghttp):
    def script(wire):
        wire.start()
        stream = wire.read_request().stream
        wire.send(frames.goaway(stream))
        wire.respond(stream, b"last words\n")
        wire.read_end()

    with ScriptedServer(script) as server:
        assert nghttp(server.uri()).check_ok().stdout == b"last words\n"


def test_rst_stream_in_the_middle_of_a_body(nghttp):
    def script(wire):
        wire.start()
        stream = wire.read_request().stream
        wire.send(frames.headers(stream, OK, end=False), frames.data(stream, b"half"),
                  frames.rst_stream(stream, frames.INTERNAL_ERROR))
        wire.read_end()

    with ScriptedServer(script) as server:
        nghttp(server.uri()).check_failed("RST_STREAM", "INTERNAL_ERROR")


def test_rst_stream_after_a_complete_response_is_no_failure(nghttp):
    """A server may stop an upload it does not need (RFC 9113 section 8.1)."""
    def script(wire):
        wire.start((frames.INITIAL_WINDOW_SIZE, 0))
        stream = wire.read_request().stream
        wire.respond(stream, b"enough\n")
        wire.send(frames.rst_stream(stream, frames.NO_ERROR))
        wire.read_end()

    with ScriptedServer(script) as server:
        run = nghttp("-d", "-", server.uri(), data=b"x" * 200_000).check_ok()
    assert run.stdout == b"enough\n"


def test_one_of_many_requests_is_reset(nghttp):
    def script(wire):
        wire.start()
        streams = [wire.read_request().stream for _ in range(10)]
        for number, stream in enumerate(streams):
            if number == 4:
                wire.send(frames.rst_stream(stream, frames.REFUSED_STREAM))
            else:
                wire.respond(stream)
        wire.read_end()

    with ScriptedServer(script) as server:
        run = nghttp("-m10", server.uri())
    run.check_failed("REFUSED_STREAM")
    assert run.stdout == b"ok\n" * 9


@pytest.mark.parametrize("content", [
    b"", frames.settings().encode(), b"\0\0\1", frames.ping().encode()[:-1]],
    ids=["nothing", "settings", "half_a_head", "half_a_frame"])
def test_server_that_closes_early(nghttp, content):
    def script(wire):
        wire.start()
        wire.read_request()
        wire.send(content)

    with ScriptedServer(script) as server:
        nghttp(server.uri()).check_failed("clos|EOF|lost|reset by")


def test_server_that_closes_in_the_middle_of_a_body(nghttp):
    def script(wire):
        wire.start()
        stream = wire.read_request().stream
        wire.send(frames.headers(stream, OK, end=False), frames.data(stream, b"half"))

    with ScriptedServer(script) as server:
        run = nghttp(server.uri())
    run.check_failed("clos|EOF|lost|reset by")
    assert run.stdout == b"half"


def test_server_that_closes_at_once(nghttp):
    with ScriptedServer(lambda wire: None) as server:
        nghttp(server.uri()).check_failed("clos|EOF|lost|reset by")


@pytest.mark.parametrize("content", [
    b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n" + b"x" * 1000,
    b"\xff" * 5000, b"\0" * 5000, bytes(range(256)) * 50, b"SSH-2.0-OpenSSH_9.2\r\n" * 20],
    ids=["http1", "ones", "zeros", "ramp", "ssh"])
def test_server_that_sends_garbage(nghttp, content):
    def script(wire):
        wire.send(content)
        wire.read_end()

    with ScriptedServer(script) as server:
        run = nghttp(server.uri())
    run.check_failed()
    assert run.stderr.strip(), "not a word about why"


# Time limits -------------------------------------------------------------------------------------


@covers("nghttp", "--timeout")
@pytest.mark.parametrize("limit", ["1", "300ms"])
def test_timeout_without_response(nghttp, limit):
    def script(wire):
        wire.start()
        wire.read_request()
        wire.read_end()

    with ScriptedServer(script) as server:
        nghttp("-t", limit, server.uri()).check_failed("time")


def test_timeout_in_the_middle_of_a_body(nghttp):
    def script(wire):
        wire.start()
        stream = wire.read_request().stream
        wire.send(frames.headers(stream, OK, end=False), frames.data(stream, b"half"))
        wire.read_end()

    with ScriptedServer(script) as server:
        nghttp("-t1", server.uri()).check_failed("time")


def test_timeout_without_settings(nghttp):
    with ScriptedServer(lambda wire: wire.read_end()) as server:
        nghttp("-t1", server.uri()).check_failed("time")


def test_timeout_in_the_tls_handshake(nghttp):
    def script(wire):
        while wire.socket.recv(4096):
            pass

    with ScriptedServer(script) as server:
        nghttp("-t1", server.uri().replace("http:", "https:")).check_failed("time")


@pytest.mark.parametrize("limit", ["0", "1h", "10m"])
def test_timeout_that_does_not_strike(nghttp, nginx, documents, limit):
    run = nghttp("-t", limit, nginx.clear + "/medium.bin").check_ok()
    assert run.stdout == documents.read("medium.bin")


def test_full_standard_output(nginx):
    """A body that cannot be written is a failure, not a hang or a crash."""
    run = process.run(["/bin/sh", "-c", 'exec "$0" "$@" > /dev/full', programs.under_test("nghttp"),
                       nginx.clear + "/big.bin"])
    assert run.returncode != 0 and run.stderr.strip(), run.describe()
