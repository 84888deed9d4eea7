# SPDX-License-Identifier: MIT
"""Reading the frame trace of -v: every line must have one of the documented forms."""
import re

_TIME = r"\[ *\d+\.\d{3}\]"
_FRAME = re.compile(
    _TIME + r" (?P<way>send|recv) (?P<kind>[A-Z_]+|UNKNOWN\S*|extension\S*) frame "
    r"<length=(?P<length>\d+), flags=0x(?P<flags>[0-9a-f]{2}), stream_id=(?P<stream>\d+)>$")
_FIELD = re.compile(
    _TIME + r" recv \(stream_id=(?P<stream>\d+)(?:, sensitive)?\) (?P<name>:?[^:\s]+): ?(?P<value>.*)$")
_NOTE = re.compile(_TIME + r" \S.*$")
_DETAIL = re.compile(r" {10}(?P<text>\S.*)$")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


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
