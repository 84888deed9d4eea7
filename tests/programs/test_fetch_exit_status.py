# SPDX-License-Identifier: MIT
"""nghttp's exit status tells what kind of failure came first."""
import re

from support import frames, ports, process, programs
from support.scripted_server import ScriptedServer

SUCCESS, USAGE, LOCAL, CONNECT, TLS, PROTOCOL, INCOMPLETE, TIMEOUT = range(8)


def status_of(nghttp, *arguments):
    run = nghttp(*arguments)
    assert run.returncode == 0 or run.stderr.strip(), "not a word about why"
    return run.returncode


def status_with(nghttp, script, *options, **named):
    with ScriptedServer(script, **named) as server:
        return status_of(nghttp, *options, server.uri())


def begin(wire):
    wire.start()
    return wire.read_request().stream


def test_answers_are_success_whatever_their_status_code(nghttp, nginx):
    assert status_of(nghttp, "-n", nginx.tls + "/no-such-file") == SUCCESS


def test_usage(nghttp):
    for arguments in ([], ["--no-such-option", "http://localhost:1/"], ["-w99", "http://x/"],
                      ["ftp://localhost/"], ["--cert=x", "https://localhost:1/"]):
        assert status_of(nghttp, *arguments) == USAGE, arguments


def test_local(nghttp, nginx, directory):
    missing = directory / "missing"
    assert status_of(nghttp, "-d", missing, nginx.clear) == LOCAL
    assert status_of(nghttp, "--cert", missing, "--key", missing, nginx.tls) == LOCAL
    run = process.run(["/bin/sh", "-c", 'exec "$0" "$@" > /dev/full', programs.under_test("nghttp"),
                       nginx.clear + "/big.bin"])
    assert run.returncode == LOCAL


def test_connect(nghttp):
    assert status_of(nghttp, "http://no-such-host.invalid/") == CONNECT
    with ports.refused_port() as holder:
        assert status_of(nghttp, f"https://127.0.0.1:{holder.getsockname()[1]}/") == CONNECT


def test_tls(nghttp, nginx, authority):
    assert status_of(nghttp, nginx.http1_only) == TLS
    assert status_of(nghttp, "--verify-peer", nginx.expired) == TLS
    assert status_of(nghttp, nginx.clear.replace("http:", "https:")) == TLS


def test_protocol(nghttp):
    def data_without_stream(wire):
        begin(wire)
        wire.send(frames.data(0, b"x"))
        wire.read_end()

    def not_http1(wire):
        wire.send(b"220 ready\r\n\r\n")
        wire.read_end()

    assert status_with(nghttp, data_without_stream) == PROTOCOL
    assert status_with(nghttp, not_http1, "-u") == PROTOCOL


def test_incomplete(nghttp):
    def close(wire):
        begin(wire)

    def go_away(wire):
        begin(wire)
        wire.send(frames.goaway(0, frames.PROTOCOL_ERROR))
        wire.read_end()

    def refuse(wire):
        wire.send(frames.rst_stream(begin(wire), frames.REFUSED_STREAM))
        wire.read_end()

    assert status_with(nghttp, close) == INCOMPLETE
    assert status_with(nghttp, refuse) == INCOMPLETE
    assert status_with(nghttp, go_away) == INCOMPLETE
    assert status_with(nghttp, lambda wire: None, "-u") == INCOMPLETE


def test_timeout(nghttp):
    def silent(wire):
        while wire.socket.recv(4096):
            pass

    assert status_with(nghttp, silent, "-t300ms") == TIMEOUT
    assert status_with(nghttp, silent, "-t300ms", "-u") == TIMEOUT
    with ScriptedServer(silent) as server:
        uri = server.uri().replace("http:", "https:")
        assert status_of(nghttp, "-t300ms", uri) == TIMEOUT


def test_first_failure_decides(nghttp, nginx):
    with ports.refused_port() as holder:
        refused = f"http://127.0.0.1:{holder.getsockname()[1]}/"
        assert status_of(nghttp, "-n", nginx.tls, nginx.http1_only, refused) == TLS
        assert status_of(nghttp, "-n", refused, nginx.http1_only, nginx.tls) == CONNECT


def test_help_lists_them(nghttp):
    text = nghttp("--help").check_ok().text.partition("Exit status:\n")[2]
    listed = re.findall(r"(?m)^  (\d) +\S", text)
    assert listed == [str(status) for status in range(8)]
