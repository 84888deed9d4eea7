# SPDX-License-Identifier: MIT
"""Every option of nghttp has a test that fails if the option is ignored; those of options that
belong to no other module are here."""
import hpack
import pytest

from support import frames, options, process, programs
from support.frames import HEADERS
from support.options import covers
from support.scripted_server import ScriptedServer


def test_every_option_is_covered():
    options.check_all_covered("nghttp")


def serve_all(count, *settings):
    """A script that answers once `count` requests have come."""
    def script(wire):
        wire.start(*settings)
        requests = [wire.read_request() for _ in range(count)]
        for request in requests:
            wire.respond(request.stream)
        wire.read_end()
    return script


def requests_of(wire):
    return [frame for frame in wire.seen if frame.kind == HEADERS]


@covers("nghttp", "--extpri")
@pytest.mark.parametrize("given, sent", [
    ([], [None] * 3), (["u=1"], ["u=1"] * 3), (["u=1", "i, u=6"], ["u=1", "i, u=6", "i, u=6"]),
    (["u=7", "u=0", "u=5", "u=2"], ["u=7", "u=0", "u=5"])])
def test_extensible_priority_of_each_uri(nghttp, given, sent):
    with ScriptedServer(serve_all(3)) as server:
        nghttp(*[f"--extpri={value}" for value in given],
               *[server.uri(f"/{number}") for number in range(3)]).check_ok()
    requests = requests_of(server.wires[0])
    assert [request.field(":path") for request in requests] == ["/0", "/1", "/2"]
    assert [request.field("priority") for request in requests] == sent


@pytest.mark.parametrize("value", ["u", "u=8", "u=-1", "u=1;", "i=x", "\"", "u=1,,i"])
def test_extensible_priority_that_is_none(nghttp, value):
    nghttp(f"--extpri={value}", "http://localhost:1/").check_failed("extpri", "RFC 9218")


@covers("nghttp", "--peer-max-concurrent-streams")
@pytest.mark.parametrize("assumed", [0, 2])
def test_requests_before_the_servers_limit_is_known(nghttp, assumed):
    """SETTINGS are acknowledged at once: what comes before that was sent without having them."""
    early = []

    def script(wire):
        wire.read_preface()
        for _ in range(assumed):
            wire.read_request()
        wire.send(frames.settings(), frames.settings_ack())
        wire.read_settings_ack()
        early.extend(requests_of(wire))
        while len(requests_of(wire)) < 5:
            wire.read_request()
        for request in requests_of(wire):
            wire.respond(request.stream)
        wire.read_end()

    with ScriptedServer(script) as server:
        run = nghttp(f"-M{assumed}", "-m5", server.uri()).check_ok()
    assert len(early) == assumed and run.stdout == b"ok\n" * 5


@covers("nghttp", "--encoder-header-table-size")
def test_encoder_table_size(nghttp):
    """Without a dynamic table the second request repeats what the first one has said."""
    def second_length(*more):
        with ScriptedServer(serve_all(2)) as server:
            nghttp(*more, "-m2", "-H", "x-long: " + "long " * 40, server.uri()).check_ok()
        first, second = requests_of(server.wires[0])
        assert first.fields == second.fields
        decoder = hpack.Decoder()
        decoder.decode(first.payload)
        return len(second.payload), decoder.header_table_size

    shared, default_size = second_length()
    repeated, size = second_length("--encoder-header-table-size=0")
    assert (default_size, size) == (4096, 0)
    assert shared < 20 and repeated > 100


@covers("nghttp", "--ktls")
def test_kernel_tls_is_asked_for(nghttp, nginx, authority, directory):
    """The kernel may not have it; that it was asked can be seen in the system calls."""
    def asked(*more):
        log = directory / "calls"
        run = process.run(
            [programs.peer("strace", "strace"), "-f", "-o", log, "-e", "trace=setsockopt",
             programs.under_test("nghttp"), *more, "-n", nginx.tls + "/small.txt"],
            env={**authority.trust_environment(), "ASAN_OPTIONS": "detect_leaks=0"}).check_ok()
        assert run.stderr == ""
        return "TCP_ULP" in log.read_text(encoding="ascii")

    assert asked("--ktls") and not asked()
