# SPDX-License-Identifier: MIT
"""Content codings: what nghttp decodes by itself, and what with --decompress."""
import gzip
import zlib

import brotli
import pytest

from support import field_block, frames, process, programs
from support.options import covers
from support.scripted_server import ScriptedServer

TEXT = b"".join(b"line %d of a text that is worth coding\n" % (i * 7919 % 1000)
                for i in range(5000))


def raw_deflate(content):
    coder = zlib.compressobj(wbits=-15)
    return coder.compress(content) + coder.flush()


def serve(content, *codings, piece=1000, requests=None):
    """A script that sends the content in pieces under these content-encoding fields."""
    def script(wire):
        wire.start((frames.MAX_FRAME_SIZE, 16384))
        request = wire.read_request()
        if requests is not None:
            requests.append(request)
        fields = [("content-encoding", coding) for coding in codings]
        wire.send(frames.headers(request.stream, field_block.response("200", *fields), end=False))
        window = 65535
        for at in range(0, len(content), piece):
            part = content[at:at + piece]
            while window < len(part):
                update = wire.read_frame()
                if update is None or update.kind == frames.RST_STREAM:
                    return
                if update.kind == frames.WINDOW_UPDATE and update.stream == 0:
                    window += update.increment
            wire.try_send(frames.data(request.stream, part))
            window -= len(part)
        wire.send(frames.data(request.stream, b"", end=True))
        wire.read_end()
    return script


@covers("nghttp", "--decompress")
def test_brotli(nghttp):
    requests = []
    with ScriptedServer(serve(brotli.compress(TEXT), "br", requests=requests)) as server:
        run = nghttp("--decompress", server.uri()).check_ok()
    assert run.stdout == TEXT
    assert requests[0].field("accept-encoding") == "gzip, deflate, br"


def test_brotli_is_passed_on_by_default(nghttp):
    requests, coded = [], brotli.compress(TEXT)
    with ScriptedServer(serve(coded, "br", requests=requests)) as server:
        run = nghttp(server.uri()).check_ok()
    assert run.stdout == coded
    assert requests[0].field("accept-encoding") == "gzip, deflate"


@pytest.mark.parametrize("options", [[], ["--decompress"]], ids=["default", "decompress"])
@pytest.mark.parametrize("codings, content", [
    (["gzip"], gzip.compress(TEXT)), (["deflate"], zlib.compress(TEXT)),
    (["deflate"], raw_deflate(TEXT)), (["identity"], TEXT),
    (["gzip"], gzip.compress(TEXT[:9]) + gzip.compress(TEXT[9:])),
    (["deflate, gzip"], gzip.compress(zlib.compress(TEXT))),
    (["deflate", "gzip"], gzip.compress(zlib.compress(TEXT)))],
    ids=["gzip", "zlib", "raw", "identity", "members", "list", "lines"])
@pytest.mark.parametrize("piece", [7, 5000])
def test_decoded_in_pieces(nghttp, options, codings, content, piece):
    with ScriptedServer(serve(content, *codings, piece=piece)) as server:
        assert nghttp(*options, server.uri()).check_ok().stdout == TEXT


def test_unknown_coding(nghttp):
    with ScriptedServer(serve(b"as it is", "zstd")) as server:
        assert nghttp(server.uri()).check_ok().stdout == b"as it is"
    with ScriptedServer(serve(b"as it is", "zstd")) as server:
        run = nghttp("--decompress", server.uri("/page"))
    run.check_failed(server.uri("/page"), "zstd")
    assert run.stdout == b""


@pytest.mark.parametrize("coding, content, reason", [
    ("gzip", gzip.compress(TEXT)[:-5], "cut short"), ("br", brotli.compress(TEXT)[:-5], "cut short"),
    ("deflate", zlib.compress(TEXT)[:-5], "cut short"), ("gzip", b"\x1f", "cut short"),
    ("gzip", gzip.compress(TEXT)[:-8] + b"8 bytes.", "no valid gzip"),
    ("gzip", b"no gzip at all", "no valid gzip"), ("br", b"\xff" * 40, "no valid br"),
    ("deflate", zlib.compress(TEXT) + b"more", "no valid deflate"),
    ("br", brotli.compress(TEXT) + b"more", "no valid br"),
    ("gzip, gzip, gzip, gzip", gzip.compress(TEXT), "too often")])
def test_damaged_content(nghttp, coding, content, reason):
    with ScriptedServer(serve(content, coding)) as server:
        nghttp("--decompress", server.uri("/it")).check_failed(server.uri("/it"), reason)


@pytest.mark.parametrize("coding, coder", [
    ("gzip", gzip.compress), ("br", lambda content: brotli.compress(content, quality=5)),
    ("gzip, br", lambda content: brotli.compress(gzip.compress(content)))])
def test_bomb(nghttp, authority, directory, coding, coder):
    """A quarter of a gigabyte of zeros in little content goes through without being held."""
    size = 256 * 1024 * 1024
    with ScriptedServer(serve(coder(bytes(size)), coding, piece=16000)) as server:
        run, kib = process.run_measured(
            [programs.under_test("nghttp"), "--decompress", "-o", directory / "sparse",
             server.uri()], directory / "memory", env=authority.trust_environment(), seconds=120)
    run.check_ok()
    assert (directory / "sparse").stat().st_size == size
    assert kib < 40_000 or programs.any_sanitized()


def test_bomb_for_a_full_disk(nghttp):
    """Decoding stops where the content cannot be kept."""
    with ScriptedServer(serve(gzip.compress(bytes(1 << 30)), "gzip", piece=16000)) as server:
        nghttp("-o", "/dev/full", server.uri()).check_failed("/dev/full", "no space left")
