# SPDX-License-Identifier: MIT
"""What h2load prints is what scripts have always read, and it adds up."""
import re

import pytest

from support import h2load, patience, process, programs
from support.h2load import Report, load
from support.options import covers

HEAD = re.compile(
    r"starting benchmark\.\.\.\n"
    r"spawning thread #0: 3 total client\(s\)\. 50 total requests\n"
    r"spawning thread #1: 2 total client\(s\)\. 50 total requests\n"
    r"(TLS Protocol: TLSv1\.3\nCipher: TLS_\w+\nServer Temp Key: [\w -]+ \d+ bits\n)?"
    r"Application protocol: (h2c?|http/1\.1)\n"
    r"(progress: \d+% done\n)+\nfinished in ")
ARGUMENTS = ("-n100", "-c5", "-t2", "-m4")


@covers("h2load", "--requests", "--clients", "--threads")
@pytest.mark.parametrize("program", ["ours", "debian"])
@pytest.mark.parametrize("kind", ["server", "tls_server"])
def test_classic_report(program, kind, request, documents):
    """One parser reads the report of Debian's h2load and of ours."""
    path = (programs.under_test("h2load") if program == "ours"
            else programs.peer("h2load", "nghttp2-client"))
    server = request.getfixturevalue(kind)
    run = process.run([path, *ARGUMENTS, server.uri("/small.txt")]).check_ok()
    head = HEAD.match(run.text)
    assert head and (head[2] == "h2c") == (kind == "server"), run.text
    assert bool(head[1]) == (kind == "tls_server")
    assert re.findall(r"progress: (\d+)% done", run.text) == [str(n) for n in range(10, 101, 10)]
    report = Report(run.text).check_all_succeeded(100)
    assert report.requests == {"total": 100, "started": 100, "done": 100, "succeeded": 100,
                               "failed": 0, "errored": 0, "timeout": 0}
    assert report.statuses == {"2xx": 100, "3xx": 0, "4xx": 0, "5xx": 0}
    assert report.data_bytes == 100 * len(documents.read("small.txt"))
    assert report.total_bytes > report.data_bytes + report.header_bytes
    assert 50 < report.space_savings < 100
    for least, most, mean, _ in (report.request, report.connect, report.first_byte):
        assert 0 < least <= mean <= most
    assert 0 < report.client_rates[0] <= report.client_rates[2] <= report.client_rates[1]


def test_more_than_the_classic_report(tls_server):
    report = load(*ARGUMENTS, tls_server.uri("/small.txt"))
    percentiles = report.percentiles("request")
    assert sorted(percentiles.values()) == list(percentiles.values())
    assert percentiles[100] == report.request[1]
    assert report.line("protocol") == "h2 (5)"
    assert report.line("TLS") == "TLSv1.3 (5)"
    assert report.line("handshakes") == "full (5)"
    assert "SETTINGS_MAX_CONCURRENT_STREAMS=100 (5)" in report.line("server settings")
    assert re.search(r"HPACK, requests: .*ratio 0\.[0-4]", report.text), report.text
    assert re.search(r"until response head +\S+ +\S+ +\S+ +\S+ +100\n", report.text)


def test_statuses(server, nginx):
    report = load("-n3", server.uri("/missing"))
    assert report.statuses["4xx"] == report.requests["failed"] == report.requests["done"] == 3
    assert report.requests["errored"] == 0
    assert report.line("failures") == "status 404 (3)"
    moved = load("-n3", nginx.clear + "/moved")
    assert moved.statuses["3xx"] == moved.requests["succeeded"] == 3


@covers("h2load", "--duration", "--warm-up-time")
def test_timed_run(server):
    run = h2load.run("-D", "1", "--warm-up-time=500ms", "-c2", "-t2", server.uri("/small.txt"))
    report = Report(run.check_ok().text).check_all_succeeded()
    assert 0.99 < h2load.seconds(report.finished[0]) < 2
    assert report.requests["succeeded"] > 10
    for line in ("spawning thread #1: 1 total client(s). Timing-based test with 500ms of warm-up "
                 "time and 1s of main duration for measurements.",
                 "Warm-up started for thread #0.", "progress: 100% of clients started",
                 "Warm-up phase is over for thread #1.",
                 "Main benchmark duration is started for thread #0.",
                 "Main benchmark duration is over for thread #1. Stopping all clients.",
                 "Stopped all clients for thread #0"):
        assert line + "\n" in run.text
    assert "% done" not in run.text


@covers("h2load", "--rate", "--rate-period")
def test_connection_rate(server):
    run = h2load.run("-n6", "-c6", "-r2", "--rate-period=300ms", server.uri("/small.txt"))
    report = Report(run.check_ok().text).check_all_succeeded(6)
    assert "6 total client(s). Up to 2 client(s) will be created every 300ms 6 total" in run.text
    assert re.findall(r"progress: (\d+)% of clients started", run.text) == ["30", "60", "100"]
    assert h2load.seconds(report.finished[0]) > 0.59


@covers("h2load", "--log-file")
def test_log_file(server, directory):
    path = directory / "log"
    path.write_text("what was there before\n")
    load("-n20", "-c3", "-t2", f"--log-file={path}", server.uri("/small.txt"),
         server.uri("/missing"))
    rows = [line.split("\t") for line in path.read_text(encoding="ascii").splitlines()]
    assert len(rows) == 20 and all(len(row) == 3 for row in rows)
    assert {row[1] for row in rows} == {"200", "404"}
    moments = [int(row[0]) for row in rows]
    assert max(moments) - min(moments) < patience.SECONDS * 1e6
    assert min(moments) > 1.7e15  # microseconds of this century
    assert all(0 < int(row[2]) < patience.SECONDS * 1e6 for row in rows)


@covers("h2load", "--verbose")
@pytest.mark.parametrize("more", [[], ["--h1"]])
def test_verbose(nginx, more):
    run = h2load.run("-v", "-n1", *more, nginx.tls + "/small.txt").check_ok()
    fields = dict(re.findall(r"^\[stream_id=1\] (\S+?): (.*)$", run.text, re.MULTILINE))
    assert {name.lower(): value for name, value in fields.items()}["content-length"] == "37"
    assert fields.get(":status") == (None if more else "200")
    assert "stream_id" not in h2load.run("-n1", *more, nginx.tls + "/small.txt").text


@covers("h2load", "--help", "--version")
def test_help_and_version():
    assert "--max-concurrent-streams=<N>" in h2load.run("--help").check_ok().text
    assert h2load.run("--version").check_ok().text == "h2load nghttp2/1.70.0\n"
