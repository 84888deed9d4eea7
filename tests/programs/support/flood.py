# SPDX-License-Identifier: MIT
"""Sending much more than a peer should put up with, and telling how it took it."""
import socket
import threading

from . import patience

STALL_SECONDS = 3  # a socket that takes nothing for so long is back-pressure


class Flood:
    """Send chunk count times, or until the peer ends the connection or stops taking more.

    Unless reading is False, whatever the peer answers is read and dropped meanwhile.
    """

    def __init__(self, peer, chunk, count, reading=True):
        self.ended = False
        self.stalled = False
        self.chunks_sent = 0
        self.socket_ = peer.socket
        self.socket_.settimeout(STALL_SECONDS)
        self.reader_ = threading.Thread(target=self._drop_answers, daemon=True)
        if reading:
            self.reader_.start()
        for number in range(count):
            if self.ended or not self._send(chunk(number) if callable(chunk) else chunk):
                break
            self.chunks_sent += 1

    def _send(self, content):
        view = memoryview(content)
        while view:
            try:
                view = view[self.socket_.send(view):]
            except socket.timeout:
                self.stalled = True
                return False
            except OSError:
                self.ended = True
                return False
        return True

    def _drop_answers(self):
        while True:
            try:
                if not self.socket_.recv(1 << 20):
                    break
            except socket.timeout:
                if self.stalled:
                    return
            except OSError:
                break
        self.ended = True

    def expect_end(self):
        """Fail unless the peer has closed, or closes now that everything was sent."""
        self.reader_.join(patience.SECONDS)
        assert self.ended, f"put up with {self.chunks_sent} chunks and did not close"

    def expect_limit(self):
        """Fail unless the peer closed or stopped reading before it had taken everything."""
        assert self.ended or self.stalled, f"took all of {self.chunks_sent} chunks"
