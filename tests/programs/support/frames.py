# SPDX-License-Identifier: MIT
"""HTTP/2 frames built and read by hand, so that they can be wrong on purpose (RFC 9113, 6)."""
import struct

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, \
    CONTINUATION, ALTSVC = range(11)
ORIGIN = 12
PRIORITY_UPDATE = 16
_NAMES = {0: "DATA", 1: "HEADERS", 2: "PRIORITY", 3: "RST_STREAM", 4: "SETTINGS",
          5: "PUSH_PROMISE", 6: "PING", 7: "GOAWAY", 8: "WINDOW_UPDATE", 9: "CONTINUATION",
          10: "ALTSVC", 12: "ORIGIN", 16: "PRIORITY_UPDATE"}

END_STREAM = ACK = 0x1
END_HEADERS = 0x4
PADDED = 0x8
PRIORITY_FLAG = 0x20

NO_ERROR, PROTOCOL_ERROR, INTERNAL_ERROR, FLOW_CONTROL_ERROR, SETTINGS_TIMEOUT, STREAM_CLOSED, \
    FRAME_SIZE_ERROR, REFUSED_STREAM, CANCEL, COMPRESSION_ERROR, CONNECT_ERROR, \
    ENHANCE_YOUR_CALM, INADEQUATE_SECURITY, HTTP_1_1_REQUIRED = range(14)
ERROR_NAMES = ["NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR",
               "SETTINGS_TIMEOUT", "STREAM_CLOSED", "FRAME_SIZE_ERROR", "REFUSED_STREAM", "CANCEL",
               "COMPRESSION_ERROR", "CONNECT_ERROR", "ENHANCE_YOUR_CALM", "INADEQUATE_SECURITY",
               "HTTP_1_1_REQUIRED"]

HEADER_TABLE_SIZE, ENABLE_PUSH, MAX_CONCURRENT_STREAMS, INITIAL_WINDOW_SIZE, MAX_FRAME_SIZE, \
    MAX_HEADER_LIST_SIZE = range(1, 7)
ENABLE_CONNECT_PROTOCOL = 8
NO_RFC7540_PRIORITIES = 9


def error_name(code):
    return ERROR_NAMES[code] if code < len(ERROR_NAMES) else f"error {code:#x}"


class Frame:
    """One frame; fields holds the decoded field section once a reader has completed it."""

    def __init__(self, kind, flags=0, stream=0, payload=b""):
        self.kind = kind
        self.flags = flags
        self.stream = stream
        self.payload = payload
        self.fields = None

    def encode(self, length=None):
        size = len(self.payload) if length is None else length
        return (struct.pack(">I", size)[1:] + bytes((self.kind, self.flags))
                + struct.pack(">I", self.stream) + self.payload)

    def has(self, flag):
        return bool(self.flags & flag)

    @property
    def error_code(self):
        """The code of a RST_STREAM or GOAWAY."""
        at = 4 if self.kind == GOAWAY else 0
        return struct.unpack(">I", self.payload[at:at + 4])[0]

    @property
    def last_stream(self):
        return struct.unpack(">I", self.payload[:4])[0] & 0x7fffffff

    @property
    def increment(self):
        return struct.unpack(">I", self.payload[:4])[0] & 0x7fffffff

    @property
    def entries(self):
        """The (id, value) pairs of a SETTINGS frame."""
        return [struct.unpack(">HI", self.payload[at:at + 6])
                for at in range(0, len(self.payload), 6)]

    @property
    def body(self):
        """The payload of DATA without padding."""
        if self.has(PADDED):
            return self.payload[1:len(self.payload) - self.payload[0]]
        return self.payload

    def field(self, name):
        return dict(self.fields).get(name)

    def __repr__(self):
        text = (f"{_NAMES.get(self.kind, hex(self.kind))} stream={self.stream} "
                f"flags={self.flags:#x} length={len(self.payload)}")
        if self.kind in (RST_STREAM, GOAWAY) and len(self.payload) >= 4:
            text += " " + error_name(self.error_code)
        if self.kind == GOAWAY:
            text += f" last={self.last_stream} {self.payload[8:]!r}"
        if self.fields is not None:
            text += f" {self.fields}"
        return f"<{text}>"


def _padded(flags, payload, padding):
    if padding is None:
        return flags, payload
    return flags | PADDED, bytes((padding,)) + payload + bytes(padding)


def data(stream, body=b"", end=False, padding=None):
    flags, payload = _padded(END_STREAM if end else 0, body, padding)
    return Frame(DATA, flags, stream, payload)


def headers(stream, block, end=True, end_headers=True, padding=None, priority=None):
    flags = (END_STREAM if end else 0) | (END_HEADERS if end_headers else 0)
    if priority is not None:
        flags |= PRIORITY_FLAG
        block = priority_payload(*priority) + block
    flags, payload = _padded(flags, block, padding)
    return Frame(HEADERS, flags, stream, payload)


def continuation(stream, block, end_headers=True):
    return Frame(CONTINUATION, END_HEADERS if end_headers else 0, stream, block)


def priority_payload(dependency=0, weight=15, exclusive=False):
    return struct.pack(">IB", dependency | (0x80000000 if exclusive else 0), weight)


def priority(stream, dependency=0, weight=15, exclusive=False):
    return Frame(PRIORITY, 0, stream, priority_payload(dependency, weight, exclusive))


def rst_stream(stream, code=CANCEL):
    return Frame(RST_STREAM, 0, stream, struct.pack(">I", code))


def settings(*entries):
    return Frame(SETTINGS, 0, 0, b"".join(struct.pack(">HI", *entry) for entry in entries))


def settings_ack():
    return Frame(SETTINGS, ACK)


def push_promise(stream, promised, block, end_headers=True):
    return Frame(PUSH_PROMISE, END_HEADERS if end_headers else 0, stream,
                 struct.pack(">I", promised) + block)


def ping(opaque=b"8 bytes!", ack=False):
    return Frame(PING, ACK if ack else 0, 0, opaque)


def goaway(last_stream, code=NO_ERROR, debug=b""):
    return Frame(GOAWAY, 0, 0, struct.pack(">II", last_stream, code) + debug)


def window_update(stream, increment):
    return Frame(WINDOW_UPDATE, 0, stream, struct.pack(">I", increment))
