# SPDX-License-Identifier: MIT
"""One end of an HTTP/2 connection that sends what it is told and remembers what it reads."""
import socket

import hpack

from . import frames
from .patience import Deadline


class Closed(AssertionError):
    """The other side closed although more was expected."""


class Wire:
    def __init__(self, sock):
        self.socket = sock
        self.seen = []
        self.fully_read_ = False
        self.unread_ = b""
        self.decoder_ = hpack.Decoder()
        self.decoder_.max_allowed_table_size = 1 << 20
        self.block_ = None

    # Sending -------------------------------------------------------------------------------

    def send(self, *items):
        """Send frames and byte strings in one write; a peer that has closed is not an error
        here, because the answer to look for may already be waiting to be read."""
        self.try_send(*items)

    def try_send(self, *items):
        """As send(); returns False if the peer no longer takes anything."""
        content = b"".join(item if isinstance(item, bytes) else item.encode() for item in items)
        self.socket.settimeout(Deadline().left())
        try:
            self.socket.sendall(content)
        except (ConnectionError, OSError):
            return False
        return True

    # Reading -------------------------------------------------------------------------------

    def read_bytes(self, count, deadline):
        """Exactly count bytes, or None at the end of the connection."""
        while len(self.unread_) < count:
            if self.fully_read_:
                return None
            self.socket.settimeout(max(deadline.left(), 0.001))
            try:
                received = self.socket.recv(65536)
            except socket.timeout:
                raise AssertionError(f"nothing came any more; so far: {self.seen}") from None
            except OSError:
                received = b""
            if not received:
                self.fully_read_ = True
            self.unread_ += received
        content, self.unread_ = self.unread_[:count], self.unread_[count:]
        return content

    def read_frame(self, deadline=None):
        """The next frame, or None at the end of the connection."""
        deadline = deadline or Deadline()
        head = self.read_bytes(9, deadline)
        if head is None:
            return None
        payload = self.read_bytes(int.from_bytes(head[:3], "big"), deadline)
        if payload is None:
            return None
        frame = frames.Frame(head[3], head[4], int.from_bytes(head[5:], "big") & 0x7fffffff,
                             payload)
        self._decode(frame)
        self.seen.append(frame)
        return frame

    def _decode(self, frame):
        """Decode every field block in order, to keep the dynamic table right."""
        if frame.kind in (frames.HEADERS, frames.PUSH_PROMISE):
            block = frame.body
            if frame.kind == frames.PUSH_PROMISE:
                block = block[4:]
            elif frame.has(frames.PRIORITY_FLAG):
                block = block[5:]
            self.block_ = (frame, block)
        elif frame.kind == frames.CONTINUATION and self.block_:
            self.block_ = (self.block_[0], self.block_[1] + frame.payload)
        else:
            return
        if frame.has(frames.END_HEADERS):
            first, block = self.block_
            first.fields = self.decoder_.decode(block)
            frame.fields = first.fields
            self.block_ = None

    def read_until(self, wanted, what):
        """Read up to and including the first frame for which wanted(frame) holds."""
        deadline = Deadline()
        while True:
            frame = self.read_frame(deadline)
            if frame is None:
                raise Closed(f"closed before {what}; so far: {self.seen}")
            if wanted(frame):
                return frame

    def read_kind(self, kind, stream=None):
        return self.read_until(
            lambda frame: frame.kind == kind and stream in (None, frame.stream),
            f"a frame of type {kind} on stream {stream}")

    def read_end(self):
        """Read until the connection ends; returns all frames seen."""
        deadline = Deadline()
        while self.read_frame(deadline) is not None:
            pass
        return self.seen

    # Expectations --------------------------------------------------------------------------

    def expect_connection_error(self, *codes):
        """GOAWAY with one of the codes, and then the end of the connection (section 5.4.1)."""
        goaway = self.read_until(
            lambda frame: frame.kind == frames.GOAWAY and frame.error_code != frames.NO_ERROR,
            f"GOAWAY with one of {[frames.error_name(code) for code in codes]}")
        assert goaway.error_code in codes, (
            f"{goaway} instead of {[frames.error_name(code) for code in codes]}")
        self.read_end()
        return goaway

    def expect_stream_error(self, stream, *codes):
        """RST_STREAM with one of the codes, and no GOAWAY with an error before (5.4.2)."""
        frame = self.read_until(
            lambda frame: (frame.kind == frames.RST_STREAM and frame.stream == stream)
            or (frame.kind == frames.GOAWAY and frame.error_code != frames.NO_ERROR),
            f"RST_STREAM on stream {stream}")
        assert frame.kind == frames.RST_STREAM and frame.error_code in codes, (
            f"{frame} instead of RST_STREAM {[frames.error_name(code) for code in codes]}")
        return frame

    def expect_stream_or_connection_error(self, stream, *codes):
        """Either reaction, where the RFC leaves the choice."""
        frame = self.read_until(
            lambda frame: (frame.kind == frames.RST_STREAM and frame.stream == stream)
            or (frame.kind == frames.GOAWAY and frame.error_code != frames.NO_ERROR),
            f"RST_STREAM on stream {stream} or GOAWAY")
        assert frame.error_code in codes, (
            f"{frame} instead of {[frames.error_name(code) for code in codes]}")
        return frame

    def expect_closed_stream_reaction(self, stream, *codes):
        """A frame on a closed stream: an error in either form, by default STREAM_CLOSED, or it is
        ignored (5.1). Returns True if it was ignored."""
        self.send(frames.ping(b"closed??"))
        frame = self.read_until(
            lambda frame: frame.kind == frames.GOAWAY
            or (frame.kind == frames.RST_STREAM and frame.stream == stream)
            or (frame.kind == frames.PING and frame.payload == b"closed??"),
            "a reaction to a frame on a closed stream")
        ignored = frame.kind == frames.PING
        assert ignored or frame.error_code in (codes or (frames.STREAM_CLOSED,)), frame
        return ignored

    def expect_pong(self, opaque=b"are you?"):
        """The connection works: a PING comes back, and no error before it (section 6.7)."""
        self.send(frames.ping(opaque))
        frame = self.read_until(
            lambda frame: frame.kind == frames.GOAWAY
            or (frame.kind == frames.PING and frame.has(frames.ACK) and frame.payload == opaque),
            "the acknowledgement of a PING")
        assert frame.kind == frames.PING, f"{frame} instead of the acknowledgement of a PING"
        return frame

    def read_message(self, stream):
        """A whole response or request on a stream: (HEADERS frame, body, trailers or None)."""
        head, body, trailers = None, [], None
        while True:
            frame = self.read_until(
                lambda frame: frame.stream == stream or frame.kind == frames.GOAWAY,
                f"the end of the message on stream {stream}")
            assert frame.kind not in (frames.RST_STREAM, frames.GOAWAY), f"{frame} in a message"
            if frame.kind == frames.DATA:
                body.append(frame.body)
            elif frame.kind == frames.HEADERS and head is None:
                if frame.fields is None:
                    self.read_until(lambda more: more.has(frames.END_HEADERS), "END_HEADERS")
                status = frame.field(":status")
                if status is None or not status.startswith("1"):
                    head = frame
            elif frame.kind == frames.HEADERS:
                trailers = frame
            if frame.kind in (frames.DATA, frames.HEADERS) and frame.has(frames.END_STREAM):
                return head, b"".join(body), trailers

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
