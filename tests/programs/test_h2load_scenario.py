# SPDX-License-Identifier: MIT
"""h2load --scenario: what clients do, and what they take from responses."""
import collections
import json
import pathlib
import re
import textwrap

import pytest

from support import h2load
from support.answer_server import AnswerServer
from support.options import covers

PROTOCOLS = ["h2c", "http/1.1"]


def ok(_):
    return 200, {}, b"ok"


class Scenario:
    """Writes a scenario and runs it."""

    def __init__(self, directory):
        self.directory = directory

    def write(self, name, text):
        (self.directory / name).write_text(text, encoding="utf-8")

    def run(self, scenario, *arguments):
        self.write("scenario.json", scenario if isinstance(scenario, str)
                   else json.dumps(scenario, indent=1))
        return h2load.run("--scenario", self.directory / "scenario.json", *arguments)

    def load(self, scenario, *arguments):
        return h2load.Report(self.run(scenario, *arguments).check_ok().text).check_sums()


@pytest.fixture(name="scenario")
def _scenario(directory):
    return Scenario(directory)


def named(report):
    """Name -> (requests, failed, unexpected), of the report's table."""
    rows = re.findall(r"^  (\S.*?) +(\d+) +(\d+) +(\d+) +[\d.]+\w+ +[\d.]+\w+$",
                      report.text.split("requests by name", 1)[1], re.MULTILINE)
    return {name: tuple(map(int, counts)) for name, *counts in rows}


def one(request, **members):
    """A scenario of one request."""
    return {**members, "sets": [{"requests": [request]}]}


SHOP = {
    "variables": {"user": {"csv": "users.csv", "per": "client"}},
    "setup": [{"name": "log in", "path": "/login",
               "json": {"name": "{{user.name}}", "password": "{{user.password}}"},
               "expect": 201, "capture": {"token": {"json": "/session/token"}}}],
    "sets": [
        {"order": "sequence", "requests": [
            {"name": "add", "method": "POST", "path": "/cart",
             "headers": {"authorization": "Bearer {{token}}"}, "body": "item",
             "capture": {"place": {"header": "Location"}}},
            {"name": "look", "path": "/cart/{{place}}",
             "headers": {"authorization": "Bearer {{token}}"},
             "capture": {"price": {"regex": "price=(\\d+)"}}},
            {"name": "pay", "path": "/pay?{{price}}", "body": "{{user.name}}",
             "headers": {"authorization": "Bearer {{token}}"}}]}],
}


def shop(request):
    """Answers only those who have what the response before said."""
    if request.path == "/login":
        login = json.loads(request.body)
        assert request.fields["content-type"] == "application/json"
        token = {"ann": "A-1", "b\"ob": "B-2"}[login["name"]]
        return 201, {}, json.dumps({"session": {"token": token + login["password"]}}).encode()
    user = {"Bearer A-1x": "ann", "Bearer B-2y z": "b\"ob"}[request.fields["authorization"]]
    if request.path == "/cart":
        return 200, {"location": f"of-{user[0]}"}, b""
    if request.path == f"/cart/of-{user[0]}":
        return 200, {}, b"<b>price=%d</b>" % len(user)
    if request.path == f"/pay?{len(user)}" and request.body.decode() == user:
        return 200, {}, b"thanks"
    return 500, {}, b""


@covers("h2load", "--scenario")
@pytest.mark.parametrize("protocol", [*PROTOCOLS, "h2"])
def test_a_session_with_what_was_captured(scenario, authority, protocol):
    scenario.write("users.csv", 'name,password\nann,x\n"b""ob",y z\n')
    pair = authority.server if protocol == "h2" else None
    with AnswerServer(shop, pair=pair) as server:
        options = [] if pair else ["-p", protocol]
        report = scenario.load(SHOP, *options, "-n20", "-c2", "-m4", server.base)
    report.check_all_succeeded(20)
    assert named(report) == {"log in": (2, 0, 0), "add": (6, 0, 0), "look": (6, 0, 0),
                             "pay": (6, 0, 0)}
    for connection in (0, 1):
        paths = [request.path.split("?")[0] for request in server.requests
                 if request.connection == connection]
        assert paths[0] == "/login" and len(paths) == 10
        assert [path[:5] for path in paths[1:]] == ["/cart", "/cart", "/pay"] * 3


def test_captures_outlive_a_connection(scenario):
    scenario.write("users.csv", "name,password\nann,x\n")
    with AnswerServer(shop, requests_per_connection=2) as server:
        report = scenario.load(SHOP, "--h1", "-n10", server.base)
    report.check_all_succeeded(10)
    assert {request.connection for request in server.requests} == set(range(5))
    assert server.paths.count("/login") == 1


MIX = {
    "seed": 5,
    "variables": {"n": {"counter": {"from": 10, "step": 5}}, "r": {"random": {"from": 1, "to": 9}}},
    "sets": [
        {"weight": 3, "requests": [{"path": "/a", "weight": 2}, {"path": "/b"}]},
        {"weight": 1, "requests": [{"path": "/c/{{n}}/{{r}}"}]},
    ],
}


@covers("h2load", "--seed")
def test_a_mix_by_weight_comes_again_with_its_seed(scenario):
    def paths(mix, *arguments):
        with AnswerServer(ok) as server:
            scenario.load(mix, "-n400", *arguments, server.base).check_all_succeeded(400)
            return server.paths

    first = paths(MIX)
    counts = collections.Counter(path[:2] for path in first)
    assert 160 < counts["/a"] < 240 and 70 < counts["/b"] < 130 and 70 < counts["/c"] < 130
    numbers = [path.split("/")[2] for path in first if path.startswith("/c")]
    assert numbers == [str(10 + 5 * index) for index in range(len(numbers))]
    assert {path.split("/")[3] for path in first if path.startswith("/c")} == set("123456789")
    assert paths(MIX) == first == paths({**MIX, "seed": 6}, "--seed=5")
    assert paths(MIX, "--seed=6") != first


def test_without_a_seed_runs_differ(scenario):
    mix = {key: value for key, value in MIX.items() if key != "seed"}
    runs = []
    for _ in range(2):
        with AnswerServer(ok) as server:
            scenario.load(mix, "-n100", server.base)
            runs.append(server.paths)
    assert runs[0] != runs[1]


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_all_parts_of_a_request(scenario, protocol):
    scenario.write("data.bin", "from a file")
    requests = [
        {"path": "/1?q={{n}}", "method": "PATCH", "headers": {"X-Two": ["a {{n}}", "b"],
                                                              "user-agent": "mine"},
         "body": "n={{n}}"},
        {"path": "/2", "body_file": "data.bin", "headers": {"host": "example.org:1"}},
        {"path": "/3", "body": "text {{n}}", "trailers": {"Sum": "{{n}}", "x": "y"}},
        {"path": "/4", "trailers": {"sum": "0"}},
        {"path": "/5"},
    ]
    with AnswerServer(ok) as server:
        scenario.load({"variables": {"n": {"counter": {"from": 9}}},
                       "sets": [{"order": "sequence", "requests": requests}]},
                      "-p", protocol, "-n10", "-H", "user-agent: other", "-H", "x-all: 1",
                      server.base).check_all_succeeded(10)
    first, second, third, fourth, fifth = server.requests[:5]
    assert (first.method, first.path, first.body) == ("PATCH", "/1?q=9", b"n=9")
    assert first.fields["user-agent"] == "mine" and first.fields["x-all"] == "1"
    assert first.fields["x-two"] == "b" and first.fields["content-length"] == "3"
    assert second.method == "POST" and second.body == b"from a file"
    assert second.fields["user-agent"] == "other"
    assert second.fields.get(":authority", second.fields.get("host")) == "example.org:1"
    assert third.body == b"text 10" and third.trailers == {"sum": "10", "x": "y"}
    assert "content-length" not in third.fields
    assert fourth.body == b"" and fourth.trailers == {"sum": "0"}
    assert fifth.method == "GET" and "content-length" not in fifth.fields
    # One digit more, in the same place.
    assert server.requests[5].path == "/1?q=11" and server.requests[5].body == b"n=11"
    assert server.requests[5].fields["content-length"] == "4"


def test_expected_statuses(scenario):
    def answer(request):
        return int(request.path[1:]), {}, b""

    requests = [{"name": "missing", "path": "/404", "expect": 404},
                {"name": "any error", "path": "/503", "expect": ["4xx", 503]},
                {"name": "wrong", "path": "/200", "expect": [201, "3xx"]},
                {"name": "usual", "path": "/302"},
                {"name": "bad", "path": "/500"}]
    with AnswerServer(answer) as server:
        report = scenario.load(
            {"sets": [{"order": "sequence", "on_failure": "continue", "requests": requests}]},
            "-n10", server.base)
    assert named(report) == {"missing": (2, 0, 0), "any error": (2, 0, 0), "wrong": (2, 2, 2),
                             "usual": (2, 0, 0), "bad": (2, 2, 2)}
    assert report.requests["succeeded"] == 6 and report.requests["failed"] == 4
    assert report.line("failures") == "status 200 (2), status 500 (2)"


def test_names_in_the_result_file(scenario):
    file = scenario.directory / "result.json"
    requests = [{"name": "good", "path": "/"}, {"name": "bad", "path": "/", "expect": 201}]
    with AnswerServer(ok) as server:
        scenario.load({"sets": [{"order": "sequence", "requests": requests}]}, "-n6",
                      "--output-file", file, server.base)
    counts = {entry["name"]: (entry["requests"], entry["failed"], entry["unexpected"],
                              entry["latency"]["count"])
              for entry in json.loads(file.read_text("utf-8"))["named"]}
    assert counts == {"good": (3, 0, 0, 3), "bad": (3, 3, 3, 3)}


@pytest.mark.parametrize("on_failure, paths", [
    ("leave", ["/1", "/2", "/1", "/2", "/1", "/2"]),
    ("continue", ["/1", "/2", "/3", "/1", "/2", "/3"])])
def test_a_failure_in_a_sequence(scenario, on_failure, paths):
    requests = [{"path": "/1"}, {"path": "/2", "capture": {"x": {"header": "none"}}},
                {"path": "/3{{x}}"}]
    with AnswerServer(ok) as server:
        report = scenario.load({"sets": [{"order": "sequence", "on_failure": on_failure,
                                          "requests": requests}]}, "-n6", server.base)
    assert server.paths == paths
    assert re.fullmatch(r"nothing to capture for 'x' \([23]\)", report.line("failures"))


def test_a_setup_that_fails_begins_anew(scenario):
    answers = iter([200, 503, 200, 200, 200])
    with AnswerServer(lambda _: (next(answers), {}, b"")) as server:
        report = scenario.load({"setup": [{"path": "/1"}, {"path": "/2"}],
                                "sets": [{"requests": [{"path": "/then"}]}]}, "-n5", server.base)
    assert server.paths == ["/1", "/2", "/1", "/2", "/then"]
    assert report.requests["failed"] == 1


def test_captures_have_bounds(scenario):
    request = {"path": "/", "capture": {"x": {"json": ""}}}
    with AnswerServer(lambda _: (200, {}, b'"' + b"x" * 3000 + b'"')) as server:
        scenario.load(one(request, max_capture=4000), "-n2", server.base).check_all_succeeded(2)
        report = scenario.load(one(request, max_capture=3000), "-n2", server.base)
    assert "the content is longer than 3000 octets (2)" in report.line("failures")


def test_what_was_captured_cannot_forge_requests(scenario):
    """Neither fields nor the request line."""
    requests = [{"path": "/1", "capture": {"x": {"json": ""}}}, {"path": "/2/{{x}}"}]
    evil = b'"a b\\r\\nx-evil: 1"'
    with AnswerServer(lambda _: (200, {}, evil)) as server:
        scenario.load({"sets": [{"order": "sequence", "requests": requests}]}, "--h1", "-n2",
                      server.base).check_all_succeeded(2)
    assert server.paths == ["/1", "/2/a%20b%0D%0Ax-evil:%201"]
    requests[1] = {"path": "/2", "headers": {"x": "{{x}}"}}
    with AnswerServer(lambda _: (200, {}, evil)) as server:
        report = scenario.load({"sets": [{"order": "sequence", "requests": requests}]}, "--h1",
                               "-n2", server.base)
    assert server.paths == ["/1", "/1"] and report.requests["failed"] == 2


def test_rows_of_clients(scenario):
    """Each client has its own, and requests go on to the next."""
    scenario.write("u.csv", "a\nb\nc\nd\n")
    for per, expected in (("client", {"/a", "/b"}), ("request", {"/a", "/b", "/c", "/d"})):
        with AnswerServer(ok) as server:
            scenario.load(one({"path": "/{{u}}"}, variables={
                "u": {"csv": "u.csv", "columns": ["v"], "per": per}}), "-c2", "-n8", server.base)
        assert set(server.paths) == expected
        mine = [request.path for request in server.requests if request.connection == 0]
        assert len(set(mine)) == len(expected) // 2


def test_echoed_by_nghttpd(scenario, start_nghttpd):
    """The next request has what the body of the one before has brought back."""
    requests = [{"name": "one", "path": "/", "json": {"id": "{{n}}"}, "expect": 200,
                 "capture": {"id": {"json": "/id"}}},
                {"name": "two", "path": "/?{{id}}", "body": "id-{{id}}.", "expect": 200,
                 "capture": {"again": {"regex": "^id-(\\d+)\\.$"}}}]
    with start_nghttpd("--echo-upload") as server:
        report = scenario.load(
            {"variables": {"n": {"counter": {}}},
             "sets": [{"order": "sequence", "requests": requests}]},
            "-n200", "-c4", "-t2", server.uri("/"))
    report.check_all_succeeded(200)
    assert named(report) == {"one": (100, 0, 0), "two": (100, 0, 0)}


def test_a_common_rate(scenario, start_nghttpd):
    with start_nghttpd("--echo-upload") as server:
        report = scenario.load(
            {"sets": [{"order": "sequence", "requests": [{"path": "/", "body": "1"},
                                                         {"path": "/", "body": "2"}]}]},
            "-n50", "-c5", "--total-rps=1000", server.uri("/"))
    report.check_all_succeeded(50)


@pytest.mark.parametrize("time, least", [("50ms", 0.05), ({"uniform": ["30ms", "60ms"]}, 0.03),
                                         ({"exponential": 9, "max": "50ms"}, 0.0)])
def test_time_to_think(scenario, time, least):
    """It lies between requests, and is no part of their latency."""
    with AnswerServer(ok) as server:
        report = scenario.load({"sets": [{"think_time": time, "requests": [{"path": "/"}]}]},
                               "-n6", server.base)
    report.check_all_succeeded(6)
    total = h2load.seconds(report.finished[0])
    assert total >= 5 * least
    if least == 0.0:
        assert total > 0.05
    assert total > 6 * report.request[2] + 0.8 * 5 * least


def test_several_hosts(scenario):
    with AnswerServer(ok) as one_, AnswerServer(ok) as two:
        mix = {"sets": [{"requests": [{"path": one_.base + "/one"}, {"path": two.base + "/two"},
                                      {"path": "/both"}]}]}
        scenario.load(mix, "--multi-host", "-c4", "-n80").check_all_succeeded(80)
        assert set(one_.paths) == {"/one", "/both"} and set(two.paths) == {"/two", "/both"}
        scenario.run(mix, one_.base).check_failed(re.escape(two.base) + ".*--multi-host")
        scenario.run(mix, one_.base, two.base).check_failed("--multi-host")


def test_the_documented_example(scenario):
    page = (pathlib.Path(__file__).parents[2] / "doc/h2load-scenario.rst").read_text("utf-8")
    for name in ("users.csv", "shop.json"):
        block = re.search(rf"^``{name}``::\n\n((?:    .*\n|\n)+)", page, re.MULTILINE)[1]
        scenario.write(name, textwrap.dedent(block))
    text = (scenario.directory / "shop.json").read_text("utf-8")
    quick = text.replace('["200ms", "2s"]', "[0, 0.001]").replace('"1s"', '"1ms"')
    assert "200ms" not in quick and "1s" not in quick

    def answer(request):
        if request.path == "/login":
            return 200, {}, b'{"session": {"token": "t"}}'
        needs_token = request.path.startswith(("/cart", "/buy"))
        if needs_token and request.fields["authorization"] != "Bearer t":
            return 401, {}, b""
        return 200, {"location": "c1"}, b""

    with AnswerServer(answer) as server:
        report = scenario.load(quick, "-n200", "-c2", server.base)
    report.check_all_succeeded(200)
    counts = named(report)
    assert counts["log in"][0] == 2
    assert counts["item"][0] > counts["home"][0] > 0
    assert abs(counts["put into cart"][0] - counts["buy"][0]) <= 2
    assert {json.loads(request.body)["password"] for request in server.requests
            if request.path == "/login"} == {"secret1", "with, a comma"}
    assert any(request.path == "/buy?cart=c1" for request in server.requests)
