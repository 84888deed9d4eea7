# SPDX-License-Identifier: MIT
"""Precompressed siblings, entity tags and directory pages of nghttpd."""
import gzip
import html.parser
import os
import urllib.parse

import pytest

from support import field_block, patience
from support.documents import Documents
from support.h2_peers import H2Peer
from support.options import covers
from support.raw_client import RawClient


@pytest.fixture(scope="module")
def forms(workspace):
    """A document root of its own, with siblings."""
    place = workspace / "forms"
    place.mkdir()
    root = Documents(place)
    root.write("page.html", b"the page itself\n" * 100)
    root.write("page.html.gz", gzip.compress(b"the page itself\n" * 100))
    root.write("page.html.br", b"stands for a brotli stream")
    root.write("only.txt", b"only the file\n")
    root.write("gz.txt", b"with one sibling\n")
    root.write("gz.txt.gz", gzip.compress(b"with one sibling\n"))
    root.write("stale.txt", b"newer than its sibling\n")
    old = root.write("stale.txt.gz", gzip.compress(b"old\n"))
    os.utime(old, (1_000_000_000, 1_000_000_000))
    root.write("list/<b>&\"'.txt", b"x")
    root.write("list/a b%.txt", b"a b\n")
    root.write("list/.hidden", b"x")
    root.write("list/sub/x", b"x")
    return root


@pytest.fixture(scope="module")
def served(start_nghttpd, forms):
    with start_nghttpd("--list-directory", root=forms.root) as server:
        yield server


@pytest.fixture
def get(served):
    def run(path, *extra, method="GET"):
        with RawClient(served, start=False) as wire:
            peer = H2Peer(wire, client_side=True)
            peer.start()
            return peer.response(peer.request(path, *extra, method=method))
    return run


# Siblings ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("accept, coding, name", [
    ("gzip, deflate, br", "br", "page.html.br"), ("gzip", "gzip", "page.html.gz"),
    ("br;q=0.1, gzip;q=0.2", "gzip", "page.html.gz"), ("identity", None, "page.html"),
    ("", None, "page.html"), (None, None, "page.html"), ("identity;q=0", "none", None),
    ("*;q=0, gzip;q=0.1", "gzip", "page.html.gz")])
def test_form_by_accept_encoding(get, forms, accept, coding, name):
    extra = [] if accept is None else [("accept-encoding", accept)]
    status, fields, body = get("/page.html", *extra)
    assert fields["vary"] == "accept-encoding"
    if coding == "none":
        assert status == 406
        return
    assert status == 200 and body == forms.read(name)
    assert fields.get("content-encoding") == coding
    assert fields["content-type"] == "text/html"
    assert fields["content-length"] == str(len(body))


def test_accept_encoding_in_two_lines(get):
    _, fields, _ = get("/page.html", ("accept-encoding", "br;q=0"), ("accept-encoding", "gzip"))
    assert fields["content-encoding"] == "gzip"


def test_head_of_a_form(get, forms):
    _, fields, body = get("/page.html", ("accept-encoding", "gzip"), method="HEAD")
    assert fields["content-encoding"] == "gzip" and body == b""
    assert fields["content-length"] == str(len(forms.read("page.html.gz")))


def test_no_vary_without_siblings(get, forms):
    _, fields, body = get("/only.txt", ("accept-encoding", "gzip, br"))
    assert "vary" not in fields and "content-encoding" not in fields
    assert body == forms.read("only.txt")


def test_sibling_older_than_its_file_is_not_used(get, forms):
    _, fields, body = get("/stale.txt", ("accept-encoding", "gzip"))
    assert "content-encoding" not in fields and body == forms.read("stale.txt")


def test_sibling_itself(get, forms):
    _, fields, body = get("/page.html.gz")
    assert body == forms.read("page.html.gz") and "content-encoding" not in fields


def test_sibling_that_comes_and_goes(get, forms):
    forms.write("comes.txt", b"the file\n")
    accept = ("accept-encoding", "gzip")
    assert get("/comes.txt", accept)[2] == b"the file\n"
    sibling = forms.write("comes.txt.gz", gzip.compress(b"the file\n"))
    patience.poll(lambda: get("/comes.txt", accept)[1].get("content-encoding") == "gzip",
                  "the sibling to be used")
    sibling.unlink()
    patience.poll(lambda: "content-encoding" not in get("/comes.txt", accept)[1],
                  "the sibling to be forgotten")


def test_curl_decodes(served, curl, forms):
    run = curl("--http2-prior-knowledge", "--compressed", "-H", "accept-encoding: gzip",
               served.uri("/page.html")).check_ok()
    assert run.stdout == forms.read("page.html")


# Entity tags -------------------------------------------------------------------------------------


def test_each_form_has_a_tag(get):
    tags = {get("/page.html", ("accept-encoding", accept))[1]["etag"]
            for accept in ("br", "gzip", "identity")}
    assert len(tags) == 3 and all(tag[0] == tag[-1] == '"' for tag in tags)


def test_tag_changes_with_the_file(get, forms):
    forms.write("tagged.txt", b"one\n")
    before = get("/tagged.txt")[1]["etag"]
    assert get("/tagged.txt")[1]["etag"] == before
    forms.write("tagged.txt", b"one and two\n")
    patience.poll(lambda: get("/tagged.txt")[1]["etag"] != before, "another tag")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_if_none_match(get, method):
    accept = ("accept-encoding", "gzip")
    tag = get("/page.html", accept)[1]["etag"]
    status, fields, body = get("/page.html", accept, ("if-none-match", tag), method=method)
    assert status == 304 and body == b"" and fields["etag"] == tag
    assert fields["vary"] == "accept-encoding" and "cache-control" in fields
    assert get("/page.html", ("if-none-match", tag))[0] == 200


def test_if_match(get):
    tag = get("/only.txt")[1]["etag"]
    assert get("/only.txt", ("if-match", tag))[0] == 200
    assert get("/only.txt", ("if-match", '"other"'))[0] == 412


def test_range_of_a_form(get, forms):
    accept = ("accept-encoding", "gzip")
    tag = get("/page.html", accept)[1]["etag"]
    status, fields, body = get("/page.html", accept, ("range", "bytes=2-5"), ("if-range", tag))
    content = forms.read("page.html.gz")
    assert status == 206 and body == content[2:6] and fields["content-encoding"] == "gzip"
    assert fields["content-range"] == f"bytes 2-5/{len(content)}" and fields["etag"] == tag
    # The tag of another form does not do.
    assert get("/page.html", ("range", "bytes=2-5"), ("if-range", tag))[0] == 200


# Directory pages ---------------------------------------------------------------------------------


class Links(html.parser.HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.links, self.texts, self.tags = [], [], set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name == "href"]

    def handle_data(self, data):
        self.texts.append(data)


@covers("nghttpd", "--list-directory")
def test_directory_page(get):
    status, fields, body = get("/list/")
    assert status == 200 and fields["content-type"].startswith("text/html")
    page = Links(body.decode())
    names = [urllib.parse.unquote(link) for link in page.links]
    assert names == ["../", "./<b>&\"'.txt", "./a b%.txt", "./sub/"]
    assert "<b>&\"'.txt" in page.texts and "b" not in page.tags
    for link in page.links[1:3]:
        assert get(urllib.parse.urljoin("/list/", link))[0] == 200


def test_directory_with_an_index_is_not_listed(get, forms):
    assert get("/sub/")[2] == forms.read("sub/index.html")


def test_no_listing_by_default(start_nghttpd, forms):
    with start_nghttpd(root=forms.root) as server, RawClient(server) as peer:
        head, _, _ = peer.get(1, field_block.request("/list/"))
        assert head.field(":status") == "404"


def test_no_listing_outside_of_the_root(get):
    for path in ("/dir-out/", "/../", "/list/../../"):
        body = get(path)[2]
        assert b"secret" not in body and b"htdocs" not in body
