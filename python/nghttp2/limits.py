# SPDX-License-Identifier: MIT
"""What a peer may cost."""
import dataclasses


@dataclasses.dataclass(frozen=True)
class Limits:
    """Bounds on what a peer can make this end hold or wait for. Sizes are in bytes, times in
    seconds."""

    #: Streams that the peer may have open at a time.
    max_concurrent_streams: int = 100
    #: Header fields of a message: lengths of names and values, and 32 for each. Beyond it the
    #: stream is reset.
    max_header_list_size: int = 65536
    #: Content of one stream that waits to be taken.
    window_size: int = 65535
    #: Content of all streams of a connection that waits to be taken.
    connection_window_size: int = 1048576
    #: Until the peer has sent and acknowledged SETTINGS.
    settings_timeout: float = 10.0
    #: Without any open stream.
    idle_timeout: float = 180.0
    #: Without a byte from the peer while a stream waits for it.
    stall_timeout: float = 60.0
    #: Between the two GOAWAY of a server that shuts down.
    shutdown_delay: float = 0.1
    #: Connections of a server at a time.
    max_connections: int = 10000

    def __post_init__(self):
        for name, low, high in (
            ("max_concurrent_streams", 1, 2**31 - 1),
            ("max_header_list_size", 1, 2**32 - 1),
            ("window_size", 1, 2**31 - 1),
            ("connection_window_size", 65535, 2**31 - 1),
            ("max_connections", 1, 2**31 - 1),
        ):
            if not low <= getattr(self, name) <= high:
                raise ValueError(f"{name} is from {low} to {high}, not {getattr(self, name)}")
        for name in ("settings_timeout", "idle_timeout", "stall_timeout", "shutdown_delay"):
            if not getattr(self, name) >= 0:
                raise ValueError(f"{name} must not be negative")
