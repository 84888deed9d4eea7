# SPDX-License-Identifier: MIT
"""nghttp -a: fetching what a page refers to, and only from its own origin."""
import pytest

from support import debian_nghttp, field_block, frames
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
    assert run.stderr == ""


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


def requests_of(wire):
    return [frame for frame in wire.seen if frame.kind == frames.HEADERS and frame.field(":path")]


def serve_map(contents, early=None, links=None):
    """A script that serves (type, content) by path, HTML with these Link fields."""
    def script(wire):
        wire.start()
        while (frame := wire.read_frame()) is not None:
            if frame.kind != frames.HEADERS or frame.field(":path") is None:
                continue
            if not frame.has(frames.END_STREAM):
                wire.read_until(lambda more, stream=frame.stream: more.stream == stream
                                and more.has(frames.END_STREAM), "the content")
            kind, content = contents.get(frame.field(":path"), ("text/plain", b"x"))
            if early and kind == "text/html":
                wire.send(frames.headers(frame.stream, field_block.response(
                    "103", *[("link", value) for value in early]), end=False))
                wire.respond(wire.read_request().stream)
            fields = [("link", value) for value in links or ()] if kind == "text/html" else []
            content = content.replace(b"AUTHORITY", frame.field(":authority").encode())
            wire.respond(frame.stream, content, "200", ("content-type", kind), *fields)
    return script


def fetch(nghttp, script, *arguments, data=None, paths=("/page",)):
    with ScriptedServer(script) as server:
        run = nghttp(*arguments, *[server.uri(path) for path in paths], data=data)
    return run, requests_of(server.wires[0])


def test_assets_are_asked_for_without_what_the_page_is_asked_with(nghttp):
    """No content, no method, nothing that speaks of content or of one resource; the rest stays."""
    contents = {"/other": ("text/html", b"<img src=/a.png>")}
    run, (page, asset) = fetch(
        nghttp, serve_map(contents), "-an", "-d", "-", "--expect-continue", "--trailer", "x: y",
        "-H", ":method: PUT", "-H", ":path: /other", "-H", ":authority: name.test",
        "-H", "content-type: text/x", "-H", "content-language: de", "-H", "if-none-match: \"e\"",
        "-H", "range: bytes=0-1", "-H", "x-mine: kept", "-H", "priority: u=0", data=b"content")
    run.check_ok()
    assert page.field(":method") == "PUT" and page.field("content-type") == "text/x"
    assert page.field("range") and page.field("trailer") and page.field("priority") == "u=0"
    assert asset.has(frames.END_STREAM)
    assert (asset.field(":method"), asset.field(":path"), asset.field(":authority"),
            asset.field("x-mine"), asset.field("priority")) == (
                "GET", "/a.png", "name.test", "kept", "u=5, i")
    unwanted = {"content-length", "content-type", "content-language", "if-none-match", "range",
                "expect", "trailer"}
    assert not unwanted & {name for name, _ in asset.fields}


def test_assets_bring_no_assets_along(nghttp):
    contents = {"/page": ("text/html", b"<img src=/not-an-image><object data=/more></object>"),
                "/not-an-image": ("text/html", b"<img src=/wrong>"),
                "/more": ("text/html", b"<script src=/wrong></script>")}
    _, requests = fetch(nghttp, serve_map(contents, links=["</linked>; rel=preload"]), "-an")
    paths = [request.field(":path") for request in requests]
    assert sorted(paths) == ["/linked", "/more", "/not-an-image", "/page"]


def test_links_in_fields(nghttp):
    contents = {"/page": ("text/html", b"<img src=/a.css><img src=/z.png>")}
    links = ["</a.css>; rel=preload; as=style, <b.woff2>; rel=preload; as=font; crossorigin",
             "<http://elsewhere.invalid/c>; rel=preload", "</d>; rel=next", "broken"]
    _, requests = fetch(nghttp, serve_map(contents, links=links), "-an")
    assert [(request.field(":path"), request.field("priority")) for request in requests] == [
        ("/page", None), ("/a.css", "u=2"), ("/b.woff2", "u=3"), ("/z.png", "u=5, i")]


def test_early_hints(nghttp):
    """The asset is asked for before the page is there: the server waits for that."""
    contents = {"/page": ("text/html", b"<script src=/a.js></script>")}
    script = serve_map(contents, early=["</a.js>; rel=preload; as=script"])
    run, requests = fetch(nghttp, script, "-an")
    run.check_ok()
    assert [(request.field(":path"), request.field("priority")) for request in requests] == [
        ("/page", None), ("/a.js", "u=2")]


def test_each_resource_once(nghttp):
    page = b"<img src=/a#1><img src=/a#2><img src='HTTP://AUTHORITY/a'><img src=/b/../a>"
    contents = {"/1": ("text/html", page), "/2": ("text/html", page)}
    _, requests = fetch(nghttp, serve_map(contents), "-an", paths=("/1", "/2", "/a"))
    assert sorted(request.field(":path") for request in requests) == ["/1", "/2", "/a"]


def test_repeated_pages_are_loaded_with_all_they_have(nghttp):
    contents = {"/page": ("text/html", b"<img src=/a>")}
    _, requests = fetch(nghttp, serve_map(contents), "-an", "-m3")
    assert sorted(request.field(":path") for request in requests) == ["/a"] * 3 + ["/page"] * 3


@pytest.mark.parametrize("page, message, count", [
    (b"<img src=/1>" + b"<b>" * 3000 + b"<img src=/2>",
     "/page nests elements deeper than 512: the rest of it is not searched", 2),
    (b"<img src=/1>" + b"<!-- filler -->" * (18 << 16) + b"<img src=/2>",
     "/page is larger than 16 MiB: the rest of it is not searched", 2),
    (b"".join(b"<img src=/%d>" % number for number in range(1500)),
     "/page refers to more than 1000 assets: the others are not fetched", 1001)],
    ids=["deep", "large", "many"])
def test_hostile_pages(nghttp, page, message, count):
    def script(wire):
        wire.start((frames.MAX_CONCURRENT_STREAMS, 5000))
        wire.read_request()
        wire.send(frames.headers(1, field_block.response("200", ("content-type", "text/html")),
                                 end=False))
        at, window = 0, 65535
        while at < len(page):
            part = page[at:at + min(16384, window)]
            at, window = at + len(part), window - len(part)
            wire.send(frames.data(1, part, end=at == len(page)))
            while window == 0:
                update = wire.read_kind(frames.WINDOW_UPDATE)
                window += update.increment if update.stream == 1 else 0
        while len(requests_of(wire)) < count:
            wire.read_request()
        for asset in requests_of(wire)[1:]:
            wire.respond(asset.stream)
        wire.read_end()

    run, requests = fetch(nghttp, script, "-an", "-W30", "-M2000")
    assert len(requests) == count and run.returncode == 0
    assert message in run.stderr and run.stderr.count("warning") == 1


def test_page_total_in_the_statistics(nghttp):
    """The table is the one that Debian's nghttp prints, and above it are the totals of pages."""
    contents = {"/1": ("text/html", b"<img src=/a><img src=/b>"),
                "/2": ("text/html", b"<img src=/c>"), "/3": ("text/html", b"nothing")}
    run, _ = fetch(nghttp, serve_map(contents), "-ans", paths=("/1", "/2", "/3"))
    rows = debian_nghttp.parse_statistics(run.check_ok().text)
    assert sorted(row["path"] for row in rows) == ["/1", "/2", "/3", "/a", "/b", "/c"]
    totals = [line for line in run.text.splitlines() if line.startswith("Page with its assets: +")]
    ends = {row["path"]: row["end"] for row in rows}
    for path, last, rest in ("/1", ("/1", "/a", "/b"), "3 responses, 26"), \
            ("/2", ("/2", "/c"), "2 responses, 13"):
        line, = [total for total in totals if total.endswith(f", {rest}: {path}")]
        assert any(f": {ends[each]}, " in line for each in last)
    assert len(totals) == 2
