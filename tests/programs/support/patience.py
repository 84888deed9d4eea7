# SPDX-License-Identifier: MIT
"""How long a test waits before it calls a silence a failure; never used to assert speed."""
import os
import time

from . import programs

SANITIZED = programs.any_sanitized()
SECONDS = int(os.environ.get("NGHTTP2_TEST_PATIENCE", 60 if SANITIZED else 20))


class Deadline:
    """A point in time that every wait of one operation shares."""

    def __init__(self, seconds=None):
        self.end_ = time.monotonic() + (SECONDS if seconds is None else seconds)

    def left(self):
        return max(0.0, self.end_ - time.monotonic())

    def passed(self):
        return self.left() == 0.0


def poll(condition, what, seconds=None):
    """Ask condition() until it holds and return what it returned; fail when patience ends."""
    deadline = Deadline(seconds)
    while True:
        value = condition()
        if value:
            return value
        if deadline.passed():
            raise AssertionError(f"waited in vain for {what}")
        time.sleep(0.01)
