# SPDX-License-Identifier: MIT
"""nghttp -a: fetching what a page refers to, and only from its own origin."""
import pytest

from support import field_block, frames
from support.options import covers
from support.scripted_server import ScriptedServer
from support.trace import Trace

PAGE = b"""<!DOCTYPE html>
<html><head>
<link rel="stylesheet" href="/style.css">
<link rel="icon" href='icon.png'>
<link rel="canonical" href="/canonical">
<script src="sub/code.js?v=1"></script>
<script>var inline = 1;</script>
</head><body>
<img src="/picture.png"><img src="/picture.png">
<img src="../above.png">
<a href="/not-an-asset.html">link</a>
<img src="http://elsewhere.invalid/evil.png">
<script src="//elsewhere.invalid/evil.js"></script>
<img src="data:image/png;base64,AAAA">
</body></html>
"""
WANTED = {"/style.css", "/dir/sub/code.js?v=1", "/picture.png", "/above.png"}


def serve(page, requested, pieces=1, content_type="text/html; charset=utf-8"):
    """A script that serves the page in pieces and remembers every path that is asked for."""
    def script(wire):
        wire.start()
        while (frame := wire.read_frame()) is not None:
            if frame.kind != frames.HEADERS:
                continue
            path = frame.field(":path")
            requested.append(path)
            if path != "/dir/page.html":
                wire.respond(frame.stream, b"asset\n", "200")
                continue
            wire.send(frames.headers(
                frame.stream, field_block.response("200", ("content-type", content_type)),
                end=False))
            step = -(-len(page) // pieces)
            for at in range(0, len(page), step):
                wire.send(frames.data(frame.stream, page[at:at + step]))
            wire.send(frames.data(frame.stream, b"", end=True))
    return script


@covers("nghttp", "--get-assets")
@pytest.mark.parametrize("pieces", [1, 40])
def test_assets_of_the_same_origin(nghttp, pieces):
    requested = []
    with ScriptedServer(serve(PAGE, requested, pieces)) as server:
        run = nghttp("-a", server.uri("/dir/page.html")).check_ok()
    assert requested[0] == "/dir/page.html" and len(requested) == len(set(requested))
    assert WANTED <= set(requested)
    assert not {"/not-an-asset.html", "/canonical", "/evil.png", "/evil.js"} & set(requested)
    assert run.stdout.count(b"asset\n") == len(requested) - 1


def test_assets_only_when_asked(nghttp):
    requested = []
    with ScriptedServer(serve(PAGE, requested)) as server:
        assert nghttp(server.uri("/dir/page.html")).check_ok().stdout == PAGE
    assert requested == ["/dir/page.html"]


def test_broken_html(nghttp):
    requested = []
    broken = b"<html><img src=/a.png<<<><script src='unclosed" + b"<div>" * 20_000 + b"\xff\0"
    with ScriptedServer(serve(broken, requested, pieces=11)) as server:
        nghttp("-na", server.uri("/dir/page.html")).check_ok()
    assert requested[0] == "/dir/page.html"


def test_assets_from_nginx(nghttp, nginx, documents):
    documents.write("page/page.html",
                    b'<link rel="stylesheet" href="a.css"><img src="/page/b.png">')
    documents.write("page/a.css", b"p { color: red }\n")
    documents.write("page/b.png", b"not really an image\n")
    run = nghttp("-nva", nginx.tls + "/page/page.html").check_ok()
    paths = {line[len(":path: "):] for frame in Trace(run.text).all("send", "HEADERS")
             for line in frame.details if line.startswith(":path: ")}
    assert paths == {"/page/page.html", "/page/a.css", "/page/b.png"}
