# SPDX-License-Identifier: MIT
"""Reading the frame trace of -v: every line must have one of the documented forms."""
import re

_TIME = r"\[ *\d+\.\d{3}\]"
_FRAME = re.compile(
    _TIME + r" (?P<way>send|recv) (?P<kind>[A-Z_]+|UNKNOWN\S*|extension\S*) frame "
    r"<length=(?P<length>\d+), flags=0x(?P<flags>[0-9a-f]{2}), stream_id=(?P<stream>\d+)>$")
_FIELD = re.compile(
    _TIME + r" recv \(stream_id=(?P<stream>\d+)(?:, sensitive)?\) "
    r"(?P<name>:?[^:\s]+): ?(?P<value>.*)$")
_NOTE = re.compile(_TIME + r" \S.*$")
_DETAIL = re.compile(r" {10}(?P<text>\S.*)$")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def dumped_bytes(text):
    """The bytes that the lines of --hexdump in a text show."""
    dumped = b""
    for line in text.splitlines():
        if match := re.match(r"[0-9a-f]{8}((?: {1,2}[0-9a-f]{2}){1,16}) ", line):
            dumped += bytes.fromhex(match[1].replace(" ", ""))
    return dumped


class TracedFrame:
    """A frame line with the indented lines below it."""

    def __init__(self, match):
        self.way = match["way"]
        self.kind = match["kind"]
        self.length = int(match["length"])
        self.flags = int(match["flags"], 16)
        self.stream = int(match["stream"])
        self.details = []

    def __repr__(self):
        return f"<{self.way} {self.kind} length={self.length} stream={self.stream} {self.details}>"


class Trace:
    """The frames, received fields and other lines of a trace."""

    def __init__(self, text):
        self.frames = []
        self.fields = []
        self.notes = []
        self.other = []
        latest = None
        for line in _COLOUR.sub("", text).splitlines():
            line = re.sub(r"^\[id=\d+\] ", "", line)
            if match := _FRAME.match(line):
                latest = TracedFrame(match)
                self.frames.append(latest)
            elif match := _FIELD.match(line):
                self.fields.append((int(match["stream"]), match["name"], match["value"]))
            elif match := _NOTE.match(line):
                self.notes.append(line)
                latest = None
            elif latest and (match := _DETAIL.match(line)):
                latest.details.append(match["text"])
            else:
                self.other.append(line)

    def all(self, way, kind):
        return [frame for frame in self.frames if (frame.way, frame.kind) == (way, kind)]

    def first(self, way, kind):
        found = self.all(way, kind)
        assert found, f"no {way} {kind} in {self.frames}"
        return found[0]


_ERROR_CODE = r"error_code=[A-Z_0-9]+\(0x[0-9a-f]{2}\)"
_PRIORITY = r"dep_stream_id=\d+, weight=\d+, exclusive=[01]"
_FLAG = r"(?:END_STREAM|END_HEADERS|PADDED|PRIORITY|ACK)"
_ANY_KIND = [rf"; {_FLAG}(?: \| {_FLAG})*"]
_HEADER = [rf"\(padlen=\d+(?:, {_PRIORITY})?\)",
           r"; (?:Open new stream|First response header|First push response header)",
           r":?[^:\s]+: ?.*"]
_DETAILS = {
    "DATA": [r"\(padlen=\d+\)"],
    "HEADERS": _HEADER,
    "PRIORITY": [rf"\({_PRIORITY}\)"],
    "RST_STREAM": [rf"\({_ERROR_CODE}\)"],
    "SETTINGS": [r"\(niv=\d+\)", r"\[(?:SETTINGS_[A-Z0-9_]+|UNKNOWN)\(0x[0-9a-f]{2,4}\):\d+\]"],
    "PUSH_PROMISE": [r"\(padlen=\d+, promised_stream_id=\d+\)", r":?[^:\s]+: ?.*"],
    "PING": [r"\(opaque_data=[0-9a-f]{16}\)"],
    "GOAWAY": [rf"\(last_stream_id=\d+, {_ERROR_CODE}, opaque_data\(\d+\)=\[.*\]\)"],
    "WINDOW_UPDATE": [r"\(window_size_increment=\d+\)"],
    "ALTSVC": [r"\(origin=\[.*\], altsvc_field_value=\[.*\]\)"],
    "ORIGIN": [r"\[.*\]"],
    "PRIORITY_UPDATE": [r"\(prioritized_stream_id=\d+, priority_field_value=\[.*\]\)"],
}


def check_details(frames):
    """Every indented line has a form that belongs to its frame; every frame has the lines that
    its kind calls for."""
    for frame in frames:
        allowed = _ANY_KIND + _DETAILS.get(frame.kind, [])
        for line in frame.details:
            assert any(re.fullmatch(form, line) for form in allowed), f"{line!r} in {frame}"
        if frame.kind in _DETAILS and frame.kind not in ("DATA", "ORIGIN"):
            first_form = _DETAILS[frame.kind][0]
            assert any(re.fullmatch(first_form, line) for line in frame.details), frame
        if frame.flags & 0x1 and frame.kind in ("SETTINGS", "PING"):
            assert "; ACK" in frame.details, frame
        if frame.flags & 0x1 and frame.kind in ("DATA", "HEADERS"):
            assert any("END_STREAM" in line for line in frame.details), frame
