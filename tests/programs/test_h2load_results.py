# SPDX-License-Identifier: MIT
"""What h2load writes besides its report: every file tells the same as the report does."""
import csv
import json
import os
import pty
import re
import select
import subprocess

import pytest

from support import chromium, h2load, patience, ports, programs
from support.h2load import load
from support.options import covers

_PLOTS = ("latency-by-percentile", "latency-histogram", "rate-over-time", "latency-over-time")


@covers("h2load", "--output-file")
def test_result_file(server, directory, documents):
    path = directory / "result.json"
    report = load("-n60", "-c3", "-m2", "-H", "authorization: Basic c2VjcmV0", "-H", "x-a: b",
                  "--output-file", path, server.uri("/small.txt"), server.uri("/missing"))
    text = path.read_text(encoding="ascii")
    result = json.loads(text)
    assert result["format"] == "h2load result" and result["version"] == 1
    counts, traffic = result["counts"], result["traffic"]
    assert {**report.requests, "timeout": counts["timed_out"]} == {
        **{name: counts[name] for name in report.requests if name != "timeout"},
        "timeout": report.requests["timeout"]}
    assert report.statuses == {name: counts[name] for name in report.statuses}
    assert (counts["2xx"], counts["4xx"], counts["failed"]) == (30, 30, 30)
    assert (traffic["total"], traffic["headers"], traffic["data"]) == (
        report.total_bytes, report.header_bytes, report.data_bytes)
    request = result["latencies"]["request"]
    assert request["count"] == 60 == sum(count for _, count in request["buckets"])
    assert request["min_ns"] <= request["percentiles_ns"]["50"] <= request["max_ns"]
    assert result["latencies"]["connect"]["count"] == 3 == len(result["client_rates"])
    assert result["settings"]["clients"] == 3
    assert result["settings"]["uris"] == [server.uri("/small.txt"), server.uri("/missing")]
    assert result["settings"]["header"] == ["authorization: (not shown)", "x-a: b"]
    assert "c2VjcmV0" not in text
    assert {"text": "h2c", "count": 3} in result["facts"]["protocols"]
    assert {"text": "status 404", "count": 30} in result["facts"]["failures"]


def test_result_of_a_scenario(server, directory):
    path, scenario = directory / "result.json", directory / "scenario.json"
    scenario.write_text(json.dumps(
        {"sets": [{"requests": [{"name": "small", "path": "/small.txt"}]}]}))
    load("-n3", "--scenario", scenario, "--seed", "7", "--output-file", path, server.uri("/"))
    result = json.loads(path.read_text(encoding="ascii"))
    assert (result["settings"]["scenario"], result["settings"]["seed"]) == (str(scenario), 7)
    assert [(one["name"], one["requests"], one["latency"]["count"])
            for one in result["named"]] == [("small", 3, 3)]


@covers("h2load", "--ndjson", "--csv")
def test_each_second(server, directory):
    lines, table = directory / "seconds.ndjson", directory / "seconds.csv"
    lines.write_text("from the last run\n")
    report = load("-D2", "-c2", "--total-rps", "100", "--ndjson", lines, "--csv", table,
                  server.uri("/small.txt"))
    seconds = [json.loads(line) for line in lines.read_text(encoding="ascii").splitlines()]
    assert [second["second"] for second in seconds] == list(range(len(seconds)))
    assert len(seconds) >= 2 and seconds[0]["length_ns"] == 10**9
    assert sum(second["done"] for second in seconds) == report.requests["done"]
    assert sum(second["octets"] for second in seconds) == report.total_bytes
    assert seconds[0]["connections"] == 2
    assert 0 < seconds[0]["median_ns"] <= seconds[0]["percentile_99_ns"] <= seconds[0]["max_ns"]
    with table.open(encoding="ascii", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["done"]) for row in rows] == [second["done"] for second in seconds]
    assert [round(float(row["max_ms"]) * 1e6) for row in rows] == [
        second["max_ns"] for second in seconds]


@covers("h2load", "--histogram")
def test_bars(server):
    report = load("-n40", "--histogram", server.uri("/small.txt"))
    rows = re.findall(r"^ *\S+ - +\S+ +(\d+) +([\d.]+)%( #+)?$", report.text, re.MULTILINE)
    assert sum(int(count) for count, _, _ in rows) == 40
    assert all(bool(bar) == (count != "0") for count, _, bar in rows)
    assert " ####" not in load("-n40", server.uri("/small.txt")).text


@covers("h2load", "--html")
def test_page_in_a_browser(server, directory):
    path = directory / "report.html"
    load("-D2", "-c2", "--total-rps", "200", "-H", "x: <script>alert(1)</script>", "--html", path,
         server.uri("/small.txt"), server.uri("/missing"))
    shown, console = chromium.dump_dom_and_console(directory, path)
    for plot in _PLOTS:
        picture = re.search(f'<svg id="{plot}".*?</svg>', shown, re.DOTALL)
        assert picture and re.search(r"<polyline|<rect class=\"bar", picture[0]), plot
    assert len(re.findall("<polyline", shown)) == 2 + 2 + 4
    assert "<td>request, as sent</td>" in shown
    assert "&lt;script&gt;alert(1)" in shown and "<script" not in shown
    assert console == []
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"href|src=|url\(|@import", text)
    png = chromium.screenshot(directory, path, directory / "report.png")
    assert png.startswith(b"\x89PNG") and len(png) > 20_000


@covers("h2load", "--merge")
def test_merging(server, directory):
    paths = [directory / f"{name}.json" for name in "ab"]
    reports = [load("-n", number, "-c2", "--output-file", path, server.uri("/small.txt"))
               for number, path in zip((30, 70), paths)]
    total, page = directory / "sum.json", directory / "sum.html"
    run = h2load.run("--merge", "--output-file", total, "--html", page, *paths).check_ok()
    merged = h2load.Report(run.text).check_all_succeeded(100)
    assert merged.total_bytes == sum(report.total_bytes for report in reports)
    assert "requests is 70" in run.stderr
    parts = [json.loads(path.read_text())["latencies"]["request"] for path in paths]
    result = json.loads(total.read_text())
    buckets = {}
    for lowest, count in parts[0]["buckets"] + parts[1]["buckets"]:
        buckets[lowest] = buckets.get(lowest, 0) + count
    request = result["latencies"]["request"]
    assert request["buckets"] == sorted(map(list, buckets.items()))
    assert request["sum_ns"] == sum(part["sum_ns"] for part in parts)
    assert result["files"] == 2 and len(result["client_rates"]) == 4
    assert "merged from 2 results" in page.read_text(encoding="utf-8")


@covers("h2load", "--compare", "--threshold")
def test_comparing(start_nghttpd, directory):
    fast, slow = directory / "fast.json", directory / "slow.json"
    with start_nghttpd("--fault", "/small*:delay=20ms", "--fault", "/medium*:delay=80ms") as server:
        load("-n60", "-c4", "--output-file", fast, server.uri("/small.txt"))
        load("-n60", "-c4", "--output-file", slow, server.uri("/medium.bin"))
    worse = h2load.run("--compare", fast, slow)
    assert worse.returncode == 4, worse.describe()
    assert re.search(r"^latency 50% .* worse$", worse.text, re.MULTILINE)
    assert re.search(r"^B is worse than A by more than 5\.00%: .*latency 50%", worse.text,
                     re.MULTILINE)
    assert "uris: " in worse.text
    assert h2load.run("--compare", slow, fast).returncode == 0
    same = h2load.run("--compare", fast, fast).check_ok()
    assert same.text.endswith("B is not shown to be worse than A by more than 5.00%\n")
    lenient = h2load.run("--compare", "--threshold", "1000", fast, slow).check_ok()
    assert "more than 1000.00%" in lenient.text


@pytest.mark.parametrize("arguments, patterns", [
    (["--compare", "OK"], ["two files"]),
    (["--compare", "OK", "missing.json"], ["missing.json", "No such file"]),
    (["--compare", "OK", "BAD"], [r"bad\.json:3: counts\.done: expected an integer"]),
    (["--merge"], ["--merge needs files"]),
    (["--merge", "OK", "TEXT"], [r"text\.json:1:"]),
    (["--merge", "--compare", "OK", "OK"], ["exclude each other"]),
    (["--compare", "--threshold", "x", "OK", "OK"], ["threshold", "percentage"]),
])
def test_files_that_are_no_results(server, directory, arguments, patterns):
    good = directory / "ok.json"
    load("-n2", "--output-file", good, server.uri("/small.txt"))
    bad, text = directory / "bad.json", directory / "text.json"
    bad.write_text(good.read_text().replace('"done":', '\n\n"done":-', 1))
    text.write_text("finished in 1s\n")
    names = {"OK": good, "BAD": bad, "TEXT": text}
    run = h2load.run(*[names.get(word, word) for word in arguments])
    assert run.returncode == 1, run.describe()
    run.check_failed(*patterns)


@pytest.mark.parametrize("option", ["--output-file", "--html", "--csv", "--ndjson"])
def test_paths_that_cannot_be_written(server, directory, option):
    """Nothing is asked then."""
    path = directory / "nothing" / "here"
    run = h2load.run("-n2", option, path, server.uri("/small.txt"))
    run.check_failed(str(path), "No such file")
    assert "starting benchmark" not in run.text


def test_a_run_that_does_not_begin_leaves_results(directory):
    path = directory / "result.json"
    path.write_text("of the last run")
    with ports.refused_port() as holder:
        h2load.run("-n2", "--output-file", path,
                   f"http://127.0.0.1:{holder.getsockname()[1]}/").check_failed("refused")
    assert path.read_text() == "of the last run"


def _on_terminal(*arguments):
    """What a terminal gets."""
    ours, theirs = pty.openpty()
    with subprocess.Popen([programs.under_test("h2load"), *map(str, arguments)], stdout=theirs,
                          stdin=subprocess.DEVNULL) as process:
        os.close(theirs)
        seen = b""
        deadline = patience.Deadline()
        while select.select([ours], [], [], deadline.left())[0]:
            try:
                part = os.read(ours, 65536)
            except OSError:
                break
            seen += part
        os.close(ours)
        assert process.wait(patience.SECONDS) == 0
    return seen.decode("ascii")


def test_live_line(server):
    arguments = ("-D2", "-c2", "--total-rps", "50", server.uri("/small.txt"))
    seen = _on_terminal(*arguments)
    lines = re.findall(r"\d+s: \d+ req/s, \d+ in flight, 0 failed; 50% \S+, 90% ", seen)
    assert len(lines) >= 2 and lines[0].startswith("1s: "), seen
    # Whatever is said next takes its place.
    assert all(seen.split(line, 1)[1].split("\r\x1b[K", 1)[0].count("\n") == 0 for line in lines)
    assert "\r\x1b[K" in seen and "finished in " in seen
    assert "in flight" not in load(*arguments).text
