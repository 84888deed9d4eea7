# SPDX-License-Identifier: MIT
"""nghttp -o and -O: content in files."""
import gzip
import os
import stat

import pytest

from support import field_block, frames
from support.options import covers
from support.scripted_server import ScriptedServer
from support.trace import Trace

NOWHERE = "http://localhost:1"


@covers("nghttp", "--remote-name")
def test_remote_name(nghttp, nginx, documents, directory):
    run = nghttp("-O", nginx.tls + "/small.txt?query=/other", nginx.tls + "/many/1.txt#fragment",
                 nginx.clear + "/with%20space.txt", cwd=directory).check_ok()
    assert run.stdout == b"" and run.stderr == ""
    assert {path.name: path.read_bytes() for path in directory.iterdir()} == {
        "small.txt": documents.read("small.txt"), "1.txt": documents.read("many/1.txt"),
        "with space.txt": documents.read("with space.txt")}


@covers("nghttp", "--output")
def test_output(nghttp, nginx, documents, directory):
    """One for each URI in turn, '-' and what is left over is standard output."""
    (directory / "sub").mkdir()
    run = nghttp("-o", "first", "--output=-", "-osub/third", nginx.tls + "/small.txt",
                 nginx.tls + "/sub/index.html", nginx.tls + "/medium.bin",
                 nginx.tls + "/with%20space.txt", cwd=directory).check_ok()
    assert (directory / "first").read_bytes() == documents.read("small.txt")
    assert (directory / "sub/third").read_bytes() == documents.read("medium.bin")
    assert sorted(run.stdout.splitlines()) == sorted(
        (documents.read("sub/index.html") + documents.read("with space.txt")).splitlines())


def test_output_and_remote_name(nghttp, nginx, documents, directory):
    nghttp("-O", "-o", "mine", nginx.tls + "/small.txt", nginx.tls + "/empty.txt",
           cwd=directory).check_ok()
    assert sorted(os.listdir(directory)) == ["empty.txt", "mine"]
    assert (directory / "mine").read_bytes() == documents.read("small.txt")
    assert (directory / "empty.txt").read_bytes() == b""


def test_existing_file_is_replaced(nghttp, nginx, documents, directory):
    (directory / "small.txt").write_bytes(b"longer than what comes " * 100)
    (directory / "small.txt").chmod(0o600)
    nghttp("-O", nginx.tls + "/small.txt", cwd=directory).check_ok()
    assert (directory / "small.txt").read_bytes() == documents.read("small.txt")
    assert stat.S_IMODE((directory / "small.txt").stat().st_mode) == 0o600


def test_trace_and_files_do_not_mix(nghttp, nginx, documents, directory):
    run = nghttp("-Ov", nginx.clear + "/small.txt", cwd=directory).check_ok()
    assert Trace(run.text).other == []
    assert (directory / "small.txt").read_bytes() == documents.read("small.txt")


def test_decoded_content_is_saved(nghttp, directory):
    def script(wire):
        wire.start()
        wire.respond(wire.read_request().stream, gzip.compress(b"decoded\n"), "200",
                     ("content-encoding", "gzip"))
        wire.read_end()

    with ScriptedServer(script) as server:
        nghttp("-O", server.uri("/page"), cwd=directory).check_ok()
    assert (directory / "page").read_bytes() == b"decoded\n"


def test_same_uri_in_two_files(nghttp, nginx, documents, directory):
    nghttp("-o", "one", "-o", "two", nginx.tls + "/small.txt", nginx.tls + "/small.txt",
           cwd=directory).check_ok()
    for name in ("one", "two"):
        assert (directory / name).read_bytes() == documents.read("small.txt")


@pytest.mark.parametrize("path, reason", [
    ("/", "no file name"), ("", "no file name"), ("/sub/", "no file name"),
    ("/x/?name", "no file name"), ("/%2e%2e", "hidden|directory"), ("/%2E", "hidden|directory"),
    ("/.bashrc", "hidden"), ("/%2ebashrc", "hidden"), ("/..%2f..%2fetc%2fpasswd", "hidden"),
    ("/a%2fb", "slash"), ("/a%00b", "unprintable"), ("/a%0ab", "unprintable"),
    ("/a%1b%5b2J", "unprintable"), ("/%ff", "unprintable"), ("/" + "x" * 256, "too long")])
def test_uri_without_a_safe_name(nghttp, directory, path, reason):
    """An error before anything is asked for, and nothing is written."""
    run = nghttp("-O", NOWHERE + path, cwd=directory)
    run.check_failed(reason, "--output")
    assert "refused" not in run.stderr and os.listdir(directory) == []


@pytest.mark.parametrize("path, name", [
    ("/a%5cb", "a\\b"), ("/%C3%A4", "ä"), ("/-n", "-n"), ("/a..b", "a..b"), ("/a%25b", "a%b"),
    ("/a/../b/./c", "c"), ("/" + "x" * 255, "x" * 255)])
def test_unusual_names(nghttp, directory, path, name):
    with ScriptedServer(lambda wire: answer(wire, b"content\n")) as server:
        nghttp("-O", server.uri(path), cwd=directory).check_ok()
    assert os.listdir(directory) == [name]


def answer(wire, body):
    wire.start()
    wire.respond(wire.read_request().stream, body)
    wire.read_end()


@pytest.mark.parametrize("arguments, reason", [
    (["-O", NOWHERE + "/a/x", NOWHERE + "/b/x"], "both be saved as x"),
    (["-o", "x", "-o", "x", NOWHERE + "/a", NOWHERE + "/b"], "both be saved as x"),
    (["-o", "x", "-o", "y", NOWHERE + "/a"], "only 1 URI"),
    (["-O", "-m2", NOWHERE + "/a"], "several times as a"),
    (["-o", "", NOWHERE + "/a"], "output")])
def test_files_that_would_be_lost(nghttp, directory, arguments, reason):
    run = nghttp(*arguments, cwd=directory)
    run.check_failed(reason)
    assert "refused" not in run.stderr and os.listdir(directory) == []


def test_devices_may_be_shared(nghttp, nginx):
    nghttp("-o", "/dev/null", "-o", "/dev/null", nginx.tls + "/small.txt",
           nginx.tls + "/empty.txt").check_ok()


@pytest.mark.parametrize("path, reason", [
    ("no/such/directory", "no such file"), (".", "directory"), ("/dev/full", "no space left")])
def test_file_that_cannot_be_written(nghttp, nginx, directory, path, reason):
    run = nghttp("-o", path, nginx.tls + "/small.txt", nginx.tls + "/index.html", cwd=directory)
    run.check_failed(path, reason, "total=2, processed=1")
    assert run.stdout == b"<html><body>index</body></html>\n"


def test_partial_file_is_reported(nghttp, directory):
    def script(wire):
        wire.start()
        stream = wire.read_request().stream
        wire.send(frames.headers(stream, field_block.response(), end=False),
                  frames.data(stream, b"the beginning"), frames.rst_stream(stream))
        wire.read_end()

    with ScriptedServer(script) as server:
        run = nghttp("-O", server.uri("/page"), cwd=directory)
    run.check_failed("page is incomplete", "first 13 bytes", server.uri("/page"), "CANCEL")
    assert (directory / "page").read_bytes() == b"the beginning"


def test_old_file_stays_when_nothing_comes(nghttp, directory):
    """A server that cannot be reached costs nothing."""
    (directory / "page").write_bytes(b"old")
    nghttp("-O", NOWHERE + "/page", cwd=directory).check_failed()
    assert (directory / "page").read_bytes() == b"old"


def test_pushed_content_is_not_saved(nghttp, start_nghttpd, documents, directory):
    with start_nghttpd("-p/index.html=/small.txt") as server:
        run = nghttp("-O", server.uri("/index.html"), cwd=directory).check_ok()
    assert os.listdir(directory) == ["index.html"]
    assert run.stdout == documents.read("small.txt")
