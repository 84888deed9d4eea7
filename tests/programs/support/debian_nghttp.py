# SPDX-License-Identifier: MIT
"""A parser for what the nghttp of Debian's nghttp2-client prints: the trace of -v, the table of -s
and the HAR of -r. It knows the forms that nghttp has and takes no others, so that a script which
reads nghttp's output reads ours."""
import datetime
import json
import re

_TIME = r"\[ *(?P<seconds>\d+)\.(?P<thousandths>\d{3})\] "
_FRAME = re.compile(
    _TIME + r"(?P<way>send|recv) (?P<kind>[A-Z_]+) frame <length=(?P<length>\d+), "
    r"flags=0x(?P<flags>[0-9a-f]{2}), stream_id=(?P<stream>\d+)>$")
_FIELD = re.compile(
    _TIME + r"recv \(stream_id=(?P<stream>\d+)(?P<sensitive>, sensitive)?\) "
    r"(?P<name>:?[^:\s]+): (?P<value>.*)$")
_CHUNK = re.compile(
    _TIME + r"recv \(stream_id=(?P<stream>\d+), length=(?P<length>\d+), srecv=(?P<srecv>\d+), "
    r"crecv=(?P<crecv>\d+)\) DATA$")
_CONNECTED = re.compile(_TIME + r"Connected$")
_DETAIL = re.compile(r" {10}(?P<text>\S.*)$")
_SENT_FIELD = re.compile(r"(?P<name>:?[^:\s]+): (?P<value>.*)$")

_ERROR_CODE = r"error_code=(?P<error>[A-Z_0-9]+)\(0x[0-9a-f]{2}\)"
_DEPENDENCY = r"dep_stream_id=\d+, weight=\d+, exclusive=[01]"
_FORMS = {
    "DATA": [r"\(padlen=\d+\)"],
    "HEADERS": [rf"\(padlen=\d+(, {_DEPENDENCY})?\)",
                r"; (Open new stream|First response header|First push response header)"],
    "PRIORITY": [rf"\({_DEPENDENCY}\)"],
    "RST_STREAM": [rf"\({_ERROR_CODE}\)"],
    "SETTINGS": [r"\(niv=\d+\)", r"\[(SETTINGS_[A-Z0-9_]+|UNKNOWN)\(0x[0-9a-f]{2,4}\):\d+\]"],
    "PUSH_PROMISE": [r"\(padlen=\d+, promised_stream_id=\d+\)"],
    "PING": [r"\(opaque_data=[0-9a-f]{16}\)"],
    "GOAWAY": [rf"\(last_stream_id=\d+, {_ERROR_CODE}, opaque_data\(\d+\)=\[.*\]\)"],
    "WINDOW_UPDATE": [r"\(window_size_increment=\d+\)"],
}
_FLAGS = {
    "DATA": {0x01: "END_STREAM", 0x08: "PADDED"},
    "HEADERS": {0x01: "END_STREAM", 0x04: "END_HEADERS", 0x08: "PADDED", 0x20: "PRIORITY"},
    "PUSH_PROMISE": {0x04: "END_HEADERS", 0x08: "PADDED"},
    "SETTINGS": {0x01: "ACK"}, "PING": {0x01: "ACK"},
}


class UnknownForm(AssertionError):
    """A line that Debian's nghttp does not print."""


class Event:
    """A frame, a received field ("FIELD"), a piece of content ("CHUNK") or "CONNECTED"."""

    def __init__(self, match, kind):
        self.kind = kind
        groups = match.groupdict()
        self.time = int(groups["seconds"]) * 1000 + int(groups["thousandths"])
        self.way = groups.get("way", "recv")
        self.stream = int(groups.get("stream") or 0)
        self.length = int(groups.get("length") or 0)
        self.flags = int(groups.get("flags") or "0", 16)
        self.field = (groups.get("name"), groups.get("value"))
        self.details = []
        self.fields = []

    def add_detail(self, text):
        """An indented line below a frame."""
        if any(re.fullmatch(form, text) for form in _FORMS[self.kind]):
            self.details.append(text)
        elif text == "; " + " | ".join(name for flag, name in _FLAGS.get(self.kind, {}).items()
                                       if self.flags & flag):
            self.details.append(text)
        elif (self.way == "send" and self.kind in ("HEADERS", "PUSH_PROMISE")
              and (match := _SENT_FIELD.match(text))):
            self.fields.append((match["name"], match["value"]))
        else:
            raise UnknownForm(f"{text!r} below {self}")

    def check(self):
        """The lines without which no frame of the kind is printed."""
        first = _FORMS.get(self.kind, [None])[0]
        if first and self.kind != "DATA":
            if not any(re.fullmatch(first, text) for text in self.details):
                raise UnknownForm(f"{self} without {first}")
        if any(self.flags & flag for flag in _FLAGS.get(self.kind, {})):
            if not any(re.fullmatch(r"; [A-Z_]+( \| [A-Z_]+)*", text) for text in self.details):
                raise UnknownForm(f"{self} without its flags")

    def __repr__(self):
        return (f"<{self.way} {self.kind} stream={self.stream} length={self.length} "
                f"flags={self.flags:#x} {self.field} {self.details}>")


def parse_trace(text):
    """The events of -nv in order. Content and statistics must not be among them."""
    events = []
    frame = None
    for line in text.splitlines():
        if line == "The negotiated protocol: h2":
            continue
        if frame and (match := _DETAIL.match(line)):
            frame.add_detail(match["text"])
            continue
        frame = None
        for form, kind in ((_FRAME, None), (_CHUNK, "CHUNK"), (_FIELD, "FIELD"),
                           (_CONNECTED, "CONNECTED")):
            if match := form.match(line):
                events.append(Event(match, kind or match["kind"]))
                if kind is None:
                    frame = events[-1]
                    if frame.kind not in _FORMS:
                        raise UnknownForm(line)
                break
        else:
            raise UnknownForm(line)
    for event in events:
        event.check()
    if [event.time for event in events] != sorted(event.time for event in events):
        raise UnknownForm("time goes back")
    return events


_TABLE_HEAD = "id  responseEnd requestStart  process code size request path"
_DURATION = r"(\d+us|\d+\.\d\dms|\d+\.\d\ds)"
_ROW = re.compile(
    rf"(?P<id> *\d+) (?P<end> *\+{_DURATION}) (?P<push>[ *])(?P<start> *\+{_DURATION})"
    rf" (?P<process> *{_DURATION}) (?P<code> *\d+) (?P<size> *\d+[KMG]?) (?P<path>\S.*)$")
_WIDTHS = {"id": 3, "end": 11, "start": 11, "process": 8, "code": 4, "size": 4}


def parse_statistics(text):
    """The rows of -ns as dictionaries, in order."""
    lines = text.splitlines()
    if lines[0] != "***** Statistics *****" or "sorted by 'complete'" not in lines:
        raise UnknownForm("no heading of the statistics")
    rows = []
    for line in lines[lines.index(_TABLE_HEAD) + 1:]:
        match = _ROW.match(line)
        if not match:
            raise UnknownForm(line)
        for name, width in _WIDTHS.items():
            if len(match[name]) < width:
                raise UnknownForm(f"column {name} of {line!r} is narrow")
        rows.append({name: value.strip() for name, value in match.groupdict().items()})
    return rows


_NUMBER = (int, float)
_PAIRS = [{"name": str, "value": str}]
_PAGE = {"startedDateTime": "time", "id": str, "title": str, "pageTimings": {}}
_MESSAGE = {"headers": _PAIRS, "httpVersion": str, "cookies": _PAIRS, "headersSize": int,
            "bodySize": int}
_ENTRY = {
    "startedDateTime": "time", "time": _NUMBER, "comment": str, "pageref": str, "connection": str,
    "request": _MESSAGE | {"method": str, "url": str, "queryString": _PAIRS},
    "response": _MESSAGE | {"status": int, "statusText": str, "redirectURL": str,
                            "content": {"size": int, "mimeType": str}},
    "cache": {},
    "timings": {name: _NUMBER for name in ("dns", "connect", "blocked", "send", "wait",
                                           "receive")},
}
_HAR = {"log": {"version": str, "creator": {"name": str, "version": str}, "pages": [_PAGE],
                "entries": [_ENTRY]}}


def _check_shape(value, shape, place="HAR"):
    if isinstance(shape, dict):
        missing = shape.keys() - value.keys()
        assert not missing, f"{place} lacks {missing}"
        for name, inner in shape.items():
            _check_shape(value[name], inner, f"{place}.{name}")
    elif isinstance(shape, list):
        assert isinstance(value, list), f"{place} is {value!r}"
        for index, one in enumerate(value):
            _check_shape(one, shape[0], f"{place}[{index}]")
    elif shape == "time":
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", value), f"{place}: {value}"
        datetime.datetime.fromisoformat(value[:-1])
    else:
        assert isinstance(value, shape) and not isinstance(value, bool), f"{place} is {value!r}"


def parse_har(text):
    """The log of -r, checked: every member that Debian's nghttp writes is there."""
    har = json.loads(text)
    _check_shape(har, _HAR)
    log = har["log"]
    assert log["version"] == "1.2" and log["creator"]["name"] == "nghttp"
    pages = {page["id"] for page in log["pages"]}
    for entry in log["entries"]:
        assert entry["pageref"] in pages
        timings = [value for name, value in entry["timings"].items()
                   if name not in ("ssl", "comment") and value >= 0]
        assert abs(sum(timings) - entry["time"]) < 1, entry["timings"]
    return log
