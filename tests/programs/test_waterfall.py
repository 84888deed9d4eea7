# SPDX-License-Identifier: MIT
"""nghttp --waterfall: the picture is opened in a browser, which must find every resource in it."""
import re
import xml.etree.ElementTree as ElementTree

from support import chromium, field_block, frames, ports
from support.options import covers
from support.scripted_server import ScriptedServer

_SVG = "{http://www.w3.org/2000/svg}"


class Picture:
    """The requests of a picture, as what the browser or the file has of them."""

    def __init__(self, text):
        self.root = ElementTree.fromstring(text[text.index("<svg"):text.rindex("</svg>") + 6])
        self.requests = {group.get("data-uri"): group for group in self.root.iter(_SVG + "g")
                         if "request" in group.get("class").split()}

    def title(self, uri):
        return self.requests[uri].find(_SVG + "title").text

    def parts(self, uri):
        """Class -> width of the parts of a request's bar."""
        return {box.get("class"): float(box.get("width"))
                for box in self.requests[uri].iter(_SVG + "rect") if box.get("class") != "row"}

    def texts(self, uri):
        return [text.text for text in self.requests[uri].iter(_SVG + "text")]


@covers("nghttp", "--waterfall")
def test_a_browser_shows_every_resource(nghttp, nginx, start_nghttpd, directory):
    path = directory / "picture.svg"
    with start_nghttpd("-p", "/index.html=/small.txt") as server:
        uris = [nginx.tls + "/medium.bin", nginx.tls + "/nothing-there?a=<b>".replace(
            "<", "%3C").replace(">", "%3E"), nginx.tls + "/many/1.txt?x='&y=1",
            server.uri("/index.html")]
        nghttp("-n", "--waterfall", path, "--extpri", "u=1, i", *uris).check_ok()
        pushed = server.uri("/small.txt")
    shown = Picture(chromium.dump_dom(directory, path))
    assert set(shown.requests) == {*uris, pushed}
    assert shown.requests[uris[1]].get("data-status") == "404"
    assert shown.requests[uris[2]].get("data-status") == "200"
    assert "pushed with stream" in shown.title(pushed)
    assert "priority u=1, i" in shown.title(uris[0]) and "u=1, i" in shown.texts(uris[0])
    assert "300000 bytes" in shown.title(uris[0]) and "292K" in shown.texts(uris[0])
    assert {"connect", "secure", "wait", "receive"} <= set(shown.parts(uris[0]))
    assert not {"connect", "secure"} & set(shown.parts(uris[1]))
    assert "connect" in shown.parts(uris[3]) and "secure" not in shown.parts(uris[3])
    png = chromium.screenshot(directory, path, directory / "picture.png")
    assert png.startswith(b"\x89PNG") and len(png) > 10_000


def test_it_stands_on_its_own(nghttp, nginx, directory):
    path = directory / "picture.svg"
    nghttp("-n", "--waterfall", path, nginx.clear + "/small.txt").check_ok()
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"href|src=|url\(|@import|<script|<!ENTITY", text)
    assert set(re.findall(r"http://[^\s\"<]+", text)) == {
        "http://www.w3.org/2000/svg", nginx.clear + "/small.txt", Picture(text).title(
            nginx.clear + "/small.txt").split()[1], nginx.clear}
    ElementTree.fromstring(text)


def test_failures(nghttp, directory):
    def script(wire):
        wire.start()
        first = wire.read_request().stream
        wire.send(frames.headers(first, field_block.response("200"), end=False),
                  frames.goaway(first, frames.INTERNAL_ERROR, b"<b>&\x1b"))
        wire.send(frames.rst_stream(first, frames.INTERNAL_ERROR))
        wire.read_end()

    path = directory / "picture.svg"
    with ScriptedServer(script) as server, ports.refused_port() as holder:
        refused = f"http://127.0.0.1:{holder.getsockname()[1]}/x"
        nghttp("-n", "--waterfall", path, server.uri("/1"), refused).check_failed("refused")
        failed = server.uri("/1")
    shown = Picture(path.read_text(encoding="utf-8"))
    assert set(shown.requests) == {failed, refused}
    for uri, reason in (failed, "INTERNAL_ERROR"), (refused, "refused"):
        assert "failed" in shown.requests[uri].get("class").split()
        assert re.search(f"failed: .*{reason}", shown.title(uri))
    assert shown.requests[refused].get("data-status") == "none"
    assert "2 failed" in "".join(shown.root.itertext())


def test_files_that_cannot_be_written(nghttp, nginx, directory):
    run = nghttp("-nv", "--waterfall", directory / "missing" / "x.svg", nginx.clear + "/small.txt")
    run.check_failed("missing/x.svg", "No such file")
    assert run.text == "", "fetched, although the picture cannot be written"
    nghttp("-n", "--waterfall", "/dev/full", nginx.clear + "/small.txt").check_failed(
        "No space left")
