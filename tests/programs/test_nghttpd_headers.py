# SPDX-License-Identifier: MIT
"""Response fields that nghttpd's command line adds, replaces and removes."""
import pytest

from support import field_block, frames
from support.options import covers
from support.raw_client import RawClient


@pytest.fixture
def fields_of(start_nghttpd):
    """fields_of(path, option...): the values of the response's fields by name."""
    def run(path, *options, method="GET", body=None):
        with start_nghttpd(*options) as server, RawClient(server) as peer:
            peer.send(frames.headers(1, field_block.request(path, method), end=body is None))
            if body is not None:
                peer.send(frames.data(1, body, end=True))
            head, _, _ = peer.read_message(1)
        names = {}
        for name, value in head.fields:
            names.setdefault(name, []).append(value)
        return names
    return run


@covers("nghttpd", "--header")
def test_header_adds_and_replaces(fields_of):
    fields = fields_of("/small.txt", "--header", "x-one: 1", "--header=Cache-Control:no-store")
    assert fields["x-one"] == ["1"] and fields["cache-control"] == ["no-store"]


def test_header_given_twice_adds_both(fields_of):
    fields = fields_of("/small.txt", "--header=set-cookie:a=1", "--header=set-cookie:b=2")
    assert fields["set-cookie"] == ["a=1", "b=2"]


def test_empty_header_removes(fields_of):
    fields = fields_of("/small.txt", "--header", "cache-control:", "--header=server:")
    assert "cache-control" not in fields and "server" not in fields
    assert fields["content-type"] == ["text/plain"]


@pytest.mark.parametrize("path", ["/nothing-there", "/sub", "/empty/"])
def test_header_in_responses_without_a_file(fields_of, path):
    assert fields_of(path, "--header", "x-one: 1")["x-one"] == ["1"]


def test_header_in_an_echo(fields_of):
    fields = fields_of("/up/load", "--echo-upload", "--header", "x-one: 1",
                       "--header-for=/up/*:x-two:2", method="POST", body=b"some content")
    assert fields["x-one"] == ["1"] and fields["x-two"] == ["2"]


@covers("nghttpd", "--header-for")
@pytest.mark.parametrize("path, expected", [
    ("/index.html", "no-cache"), ("/", "no-cache"), ("/sub/index.html", "no-cache"),
    ("/sub/", "no-cache"), ("/%69ndex.html?query", "no-cache"), ("/small.txt", "max-age=3600"),
    ("/nothing.html", "no-cache")])
def test_header_for(fields_of, path, expected):
    fields = fields_of(path, "--header-for=*.html:cache-control:no-cache")
    assert fields.get("cache-control", ["max-age=3600"]) == [expected]


def test_the_last_pattern_wins(fields_of):
    fields = fields_of("/small.txt", "--header-for=*.txt:x-a: first", "--header-for=/s*:x-a:second",
                       "--header=x-a:zeroth")
    assert fields["x-a"] == ["second"]


def test_header_for_removes_what_header_adds(fields_of):
    options = ("--header=x-a:1", "--header-for=*.txt:x-a:")
    assert "x-a" not in fields_of("/small.txt", *options)
    assert fields_of("/index.html", *options)["x-a"] == ["1"]


def test_value_with_colons(fields_of):
    fields = fields_of("/small.txt", "--header-for=*:link:<https://a.example:8/>; rel=preload")
    assert fields["link"] == ["<https://a.example:8/>; rel=preload"]
