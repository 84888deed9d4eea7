# SPDX-License-Identifier: MIT
"""h2load --scenario: what is wrong is said with its place before anything is sent."""
import pytest

from support import h2load
from support.answer_server import AnswerServer
from support.options import covers


@pytest.mark.parametrize("text, message", [
    ("", r"scenario.json:1:\d+: "),
    ('{"sets": [\n{"requests": [\n{"path": "/",}]}]}', r"scenario.json:3:\d+: "),
    ('{"sets": [\n{"requests": [\n{"path": "/",\n"metod": "PUT"}]}]}',
     r"scenario.json:4: sets\[0\].requests\[0\].metod: is not known here; did you mean 'method'"),
    ('{"sets": [{"requests": [{"path": "/{{x}}"}]}]}',
     r"scenario.json:1: sets\[0\].requests\[0\].path: there is no variable 'x'"),
    ('{"sets": [{"requests": [{"path": "/", "body_file": "none"}]}]}',
     r"body_file: cannot open \S+/none: No such file"),
    ('{"variables": {"u": {"csv": "none"}}, "sets": [{"requests": [{"path": "/"}]}]}',
     r"variables.u.csv: cannot open \S+/none: No such file"),
    ('{"sets": [{"order": "sequence", "requests": [{"path": "http://a/"}, {"path": "http://b/"}]}]}',
     "for several hosts"),
    ('{"sets": [{"requests": [{"path": "http://elsewhere.invalid/"}]}]}',
     "requests for http://elsewhere.invalid:80, which is none of the hosts"),
])
def test_mistakes_in_the_file(directory, text, message):
    file = directory / "scenario.json"
    file.write_text(text, encoding="utf-8")
    with AnswerServer(lambda _: (200, {}, b"")) as server:
        run = h2load.run("--scenario", file, server.base).check_failed(message)
        assert run.returncode == 1 and "starting benchmark" not in run.text
        assert not server.requests


@covers("h2load", "--scenario", "--seed")
@pytest.mark.parametrize("arguments, message", [
    (["--scenario=/nonexistent/s.json", "http://localhost/"], "/nonexistent/s.json"),
    (["--seed=1", "http://localhost/"], "--seed needs --scenario"),
    (["--scenario=FILE", "--seed=-1", "http://localhost/"], "seed"),
    (["--scenario=FILE"], "a URI is missing"),
    (["--scenario=FILE", "http://localhost/path"], "a URI only names a host"),
    (["--scenario=FILE", "-d/dev/null", "http://localhost/"], "--data and --scenario exclude"),
    (["--scenario=FILE", "--grpc", "http://localhost/"], "--grpc and --scenario exclude"),
    (["--scenario=FILE", "-i/dev/null"], "--input-file and --scenario exclude"),
    (["--scenario=FILE", "--timing-script-file=/dev/null"], "--timing-script-file and --scenario"),
    (["--scenario=FILE", "-H:method: PUT", "http://localhost/"], "':method' and --scenario exclude"),
])
def test_what_does_not_go_together(directory, arguments, message):
    file = directory / "scenario.json"
    file.write_text('{"sets": [{"requests": [{"path": "/"}]}]}', encoding="utf-8")
    arguments = [argument.replace("FILE", str(file)) for argument in arguments]
    h2load.run(*arguments).check_failed(message)
