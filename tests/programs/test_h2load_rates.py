# SPDX-License-Identifier: MIT
"""h2load with a rate: requests start when the plan says, and times count from there."""
import re
import signal
import socket
import threading

import pytest

from support import h2load, patience, ports, process, programs
from support.h2load import Report, load
from support.load_target import LoadTarget
from support.options import covers


def rate_of(report):
    """Due and started requests, and why some of them were late."""
    match = re.search(r"rate: ([\d.]+) req/s intended \((\w+)\), [\d.]+% kept: (\d+) of (\d+) due",
                      report.text)
    assert match, report.text
    late = re.search(r"late or not at all: (\d+) no free stream, (\d+) no connection, (\d+) gen",
                     report.text)
    return {"intended": float(match[1]), "arrival": match[2], "started": int(match[3]),
            "due": int(match[4]), "no stream": int(late[1]), "no connection": int(late[2])}


@covers("h2load", "--total-rps")
def test_total_rate(server):
    """200 a second for one second, whatever the number of clients and threads."""
    report = load("-D1", "--total-rps=200", "-c7", "-t2", "-m8",
                  server.uri("/small.txt")).check_all_succeeded()
    rate = rate_of(report)
    assert 198 <= rate["due"] <= 202 and rate["started"] == report.requests["started"]
    assert rate["arrival"] == "constant"
    numbered = load("-n100", "--total-rps=200", server.uri("/small.txt")).check_all_succeeded(100)
    assert 0.49 < h2load.seconds(numbered.finished[0])


@covers("h2load", "--rps")
def test_rate_of_each_client(server):
    report = load("-D1", "--rps=20", "-c4", server.uri("/small.txt")).check_all_succeeded()
    assert 76 <= report.requests["started"] <= 84
    unlimited = load("-n3", "--rps=0", server.uri("/small.txt")).check_all_succeeded(3)
    assert "rate:" not in unlimited.text


@covers("h2load", "--arrival")
def test_arrival_by_chance(directory, server):
    """The gaps between requests vary as much as they are long."""
    def variation(*more):
        log = directory / "log"
        load("-D1", "--total-rps=400", "-m50", f"--log-file={log}", *more,
             server.uri("/small.txt"))
        moments = sorted(int(line.split("\t")[0]) for line in log.read_text().splitlines())
        gaps = [after - before for before, after in zip(moments, moments[1:])]
        mean = sum(gaps) / len(gaps)
        return sum(1 for gap in gaps if gap < mean / 3) / len(gaps)

    # 1 - exp(-1/3) is 0.28; a busy machine adds some to the other.
    assert variation("--arrival=poisson") > 0.2
    assert variation("--arrival=constant") < 0.2


@covers("h2load", "--ramp")
def test_ramp(server, directory):
    """From 0 to 400 a second in one second, 200 in all; then 100 in the next quarter."""
    log = directory / "log"
    report = load("--ramp=400:1s,400:250ms", "-m20", f"--log-file={log}",
                  server.uri("/small.txt")).check_all_succeeded()
    assert 1.24 < h2load.seconds(report.finished[0]) < 2
    assert 294 <= rate_of(report)["due"] <= 306
    moments = sorted(int(line.split("\t")[0]) for line in log.read_text().splitlines())
    early = sum(1 for moment in moments if moment < moments[0] + 450_000)
    assert 20 < early < 80


@covers("h2load", "--timing-script-file")
@pytest.mark.parametrize("stdin", [False, True])
def test_timing_script(directory, stdin):
    with LoadTarget() as server:
        content = f"0\t{server.base}/a\n100\t{server.base}/b\n250.5\t{server.base}/c\n"
        (directory / "script").write_text(content, encoding="ascii")
        path = "-" if stdin else directory / "script"
        report = load(f"--timing-script-file={path}", "-c2", data=content.encode())
        report.check_all_succeeded(6)
        assert h2load.seconds(report.finished[0]) >= 0.25
        for connection in server.connections:
            assert [fields[":path"] for fields, _ in connection.requests] == ["/a", "/b", "/c"]
        shorter = load(f"--timing-script-file={path}", "-n2", data=content.encode())
        assert shorter.check_all_succeeded(2).requests["total"] == 2


def test_a_stall_shows_in_corrected_times(start_nghttpd):
    """The server sends nothing for 200 ms of every 2 s. With one stream, few requests meet that;
    but all that should have started meanwhile would have."""
    with start_nghttpd("--fault=*:stall=200ms/2s") as server:
        report = load("-D4", "--total-rps=500", server.uri("/small.txt"))
    corrected = report.percentiles("request, intended")
    uncorrected = report.percentiles("request, as sent")
    assert corrected[99] > 0.1 and uncorrected[99] < 0.1
    assert 0.15 < uncorrected[100] <= corrected[100]
    rate = rate_of(report)
    assert rate["no stream"] > 100
    assert report.text.count("waiting for a stream") == 1


def test_no_connection_is_a_reason():
    """A server that is gone: the rate goes on being due."""
    listener = socket.create_server((ports.LOOPBACK, 0))

    def serve():
        listener.accept()[0].close()  # only shows that the server is there
        with listener.accept()[0]:
            listener.close()

    thread = threading.Thread(target=serve)
    thread.start()
    report = load("-D1", "--total-rps=100", f"http://localhost:{listener.getsockname()[1]}")
    thread.join()
    rate = rate_of(report)
    assert rate["due"] > 80 and rate["no connection"] > 70
    assert report.requests["succeeded"] == 0


@covers("h2load", "--fail-if-saturated")
@pytest.mark.parametrize("more, status", [([], 0), (["--fail-if-saturated"], 3)])
def test_saturation(server, directory, more, status):
    """One thread that also shows every field is slower than any server."""
    running = process.Background(
        [programs.under_test("h2load"), "-v", "-D2", "-c4", "-m100", *more,
         server.uri("/small.txt")], directory / "log")
    assert running.process.wait(2 * patience.SECONDS) == status
    text = running.log()
    warning = text.index("warning: the load generator was the limit, not the server: thread #0 ")
    assert warning < text.index("finished in")


def test_no_saturation(server):
    run = h2load.run("-D1", "-c2", "--rps=5", "--fail-if-saturated", server.uri("/small.txt"))
    assert run.returncode == (3 if "was the limit" in run.text else 0)
    assert "used 9" not in run.text


def test_interrupted(server, directory):
    """SIGINT ends the run, not the report."""
    running = process.Background(
        [programs.under_test("h2load"), "-D1h", "-c2", server.uri("/small.txt")],
        directory / "log")
    patience.poll(lambda: "clients started" in running.log(), "the begin")
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(patience.SECONDS) == 0
    Report(running.log()).check_sums()
