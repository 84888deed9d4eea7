# SPDX-License-Identifier: MIT
"""Debian's nghttp and ours fetch the same from nginx: one parser, written for the former, reads what
both print, and finds the same events in the same shape."""
import collections
import re

import pytest

from support import debian_nghttp, process, programs

# What differs by right: RFC 9113 deprecates the priorities that Debian's release still sends, and
# RFC 9218 has a setting to say so; dates and versions are what they are.
_PRIORITY_FLAG = 0x20
_VARYING = {"date", "user-agent"}


@pytest.fixture(scope="module")
def both(nghttp, authority):
    """both(argument...) -> the output of Debian's nghttp and of ours."""
    incumbent = programs.peer("nghttp", "nghttp2-client")

    def run(*arguments):
        theirs = process.run([incumbent, *arguments], env=authority.trust_environment())
        return theirs.check_ok().text, nghttp(*arguments).check_ok().text
    return run


def _streams_in_order(events):
    """Stream -> its place: nghttp 1.52 begins at 13, behind its idle streams."""
    used = sorted({event.stream for event in events if event.kind == "HEADERS"})
    return {stream: place for place, stream in enumerate(used, 1)} | {0: 0}


def _shape(events):
    """What happened, in each direction and stream in order."""
    places = _streams_in_order(events)
    shape = collections.defaultdict(list)
    for event in events:
        if event.kind in ("PRIORITY", "CONNECTED") or event.stream not in places:
            continue
        if (event.kind, event.way, event.flags) == ("SETTINGS", "send", 1):
            continue  # Debian's drops it when it sends GOAWAY at the same time
        details = [text.replace(" | PRIORITY", "") for text in event.details
                   if not any(word in text for word in ("(0x09)", "niv", "padlen"))]
        flags = event.flags & ~_PRIORITY_FLAG
        fields = [field for field in event.fields if field[0] not in _VARYING]
        field = event.field[0] if event.field[0] in _VARYING else event.field
        length = None if event.kind in ("HEADERS", "SETTINGS") else event.length
        entry = (event.kind, flags, length, tuple(details), tuple(fields), field)
        if event.kind == "DATA" or event.kind == "CHUNK":
            # How content is cut depends on timing; that it ends does not.
            entry = (event.kind, flags)
            if shape[event.way, places[event.stream]][-1:] == [entry]:
                continue
        if event.kind == "WINDOW_UPDATE" and event.way == "send":
            entry = (event.kind,)
            if entry in shape[event.way, places[event.stream]]:
                continue
        shape[event.way, places[event.stream]].append(entry)
    return {key: sorted(value, key=repr) if key[1] == 0 else value
            for key, value in shape.items()}


@pytest.mark.parametrize("base", ["tls", "clear"])
@pytest.mark.parametrize("paths", [["/small.txt"], ["/small.txt", "/nothing-there", "/moved"],
                                   ["/empty.txt"]])
def test_same_trace(both, nginx, base, paths):
    theirs, ours = (debian_nghttp.parse_trace(text) for text in
                    both("-nv", *[getattr(nginx, base) + path for path in paths]))
    assert _shape(ours) == _shape(theirs)
    assert ours[0].kind == theirs[0].kind == "CONNECTED"


def test_same_trace_of_much_content(both, nginx):
    theirs, ours = (debian_nghttp.parse_trace(text)
                    for text in both("-nv", nginx.tls + "/medium.bin"))
    assert _shape(ours) == _shape(theirs)
    for events in theirs, ours:
        assert sum(event.length for event in events if event.kind == "DATA") == 300_000


def test_same_trace_of_an_upload(both, nginx, documents):
    """nginx refuses the upload before or after it has read it, as it happens: it may take tries."""
    for _ in range(10):
        theirs, ours = (debian_nghttp.parse_trace(text) for text in both(
            "-nv", "-d", documents.root / "small.txt", nginx.tls + "/small.txt"))
        if _shape(ours) == _shape(theirs):
            break
    assert _shape(ours) == _shape(theirs)


def test_same_trace_in_detail(both, nginx):
    theirs, ours = (debian_nghttp.parse_trace(text)
                    for text in both("-nvv", nginx.tls + "/small.txt"))
    assert _shape(ours) == _shape(theirs)


def test_same_colours(both, nginx):
    """The same words in the same colours."""
    def coloured(text):
        return {(code, re.sub(r"\d", "0", word))
                for code, word in re.findall(r"\x1b\[([0-9;]*)m([^\x1b]*)\x1b\[0m", text)}
    theirs, ours = both("-nv", "--color", nginx.tls + "/small.txt")
    assert coloured(ours) == coloured(theirs) - {("1;35", "PRIORITY")}


def test_same_statistics(both, nginx):
    paths = ["/small.txt", "/medium.bin", "/nothing-there?a=b"]
    theirs, ours = (debian_nghttp.parse_statistics(text)
                    for text in both("-ns", *[nginx.tls + path for path in paths]))
    for rows in theirs, ours:
        assert {row["path"] for row in rows} == set(paths)
        assert all(row["push"] == "" for row in rows)
    facts = [{(row["path"], row["code"], row["size"]) for row in rows} for rows in (theirs, ours)]
    assert facts[0] == facts[1]


def test_same_hexdump(both, nginx):
    """The dump's lines have the same form, and what they show is the same where it does not
    depend on time: the frames' heads."""
    form = re.compile(r"[0-9a-f]{8}(?:  (?:[0-9a-f]{2} ){0,8} (?:[0-9a-f]{2} ){0,8} *\|.{1,16}\|)?$"
                      r"|\*$")
    for text in both("-n", "--hexdump", nginx.clear + "/small.txt"):
        lines = text.splitlines()
        assert lines and all(form.match(line) for line in lines), text


def _facts(log):
    return [(entry["request"]["method"], entry["request"]["url"], entry["request"]["httpVersion"],
             entry["response"]["status"], entry["response"]["httpVersion"],
             entry["response"]["content"], entry["response"]["redirectURL"], entry["comment"],
             [pair for pair in entry["request"]["headers"] if pair["name"] not in _VARYING],
             [pair for pair in entry["response"]["headers"] if pair["name"] not in _VARYING])
            for entry in log["entries"]]


def _keys(value):
    """The shape of a JSON value: its keys, recursively."""
    if isinstance(value, dict):
        return {name: _keys(inner) for name, inner in value.items()}
    return [_keys(inner) for inner in value[:1]] if isinstance(value, list) else None


def test_same_har(both, nginx):
    uris = [nginx.tls + path for path in ("/small.txt", "/medium.bin", "/nothing-there")]
    theirs, ours = (debian_nghttp.parse_har(text) for text in both("-n", "-r", "-", *uris))
    assert _facts(ours) == _facts(theirs)
    for entry in ours["entries"]:
        assert entry.pop("serverIPAddress") == "127.0.0.1"
        assert 0 <= entry["timings"].pop("ssl") <= entry["timings"]["connect"]
    assert _keys(ours) == _keys(theirs)
    for log in theirs, ours:
        first, *others = [entry["timings"] for entry in log["entries"]]
        assert first["connect"] > 0
        assert all(timings["connect"] == 0 for timings in others)
