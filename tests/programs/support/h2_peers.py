# SPDX-License-Identifier: MIT
"""Well-behaved peers on python3-h2, an implementation of its own: a server and a client."""
import h2.config
import h2.connection
import h2.events

from . import patience


class H2Peer:
    """Pumps an h2 connection over a Wire's socket and collects its events."""

    def __init__(self, wire, client_side):
        self.wire = wire
        self.connection = h2.connection.H2Connection(
            h2.config.H2Configuration(client_side=client_side, header_encoding="utf-8"))
        self.events = []
        self.bodies = {}

    def start(self):
        self.connection.initiate_connection()
        self.flush()

    def flush(self):
        content = self.connection.data_to_send()
        if content:
            self.wire.send(content)

    def pump(self):
        """Receive once; False at the end of the connection."""
        self.wire.socket.settimeout(patience.SECONDS)
        try:
            content = self.wire.socket.recv(65536)
        except ConnectionError:
            content = b""
        if not content:
            return False
        for event in self.connection.receive_data(content):
            self.events.append(event)
            if isinstance(event, h2.events.DataReceived):
                self.bodies.setdefault(event.stream_id, []).append(event.data)
                self.connection.acknowledge_received_data(
                    event.flow_controlled_length, event.stream_id)
        self.flush()
        return True

    def wait_for(self, kind, stream=None):
        """Pump until an event of this kind (on this stream) has come; returns it."""
        deadline = patience.Deadline()
        while True:
            for event in self.events:
                if isinstance(event, kind) and (
                        stream is None or getattr(event, "stream_id", None) == stream):
                    return event
            assert not deadline.passed(), f"no {kind.__name__}; so far: {self.events}"
            assert self.pump(), f"closed before {kind.__name__}; so far: {self.events}"

    def all_of(self, kind):
        return [event for event in self.events if isinstance(event, kind)]

    def body(self, stream):
        return b"".join(self.bodies.get(stream, []))

    def send_body(self, stream, content, end=True):
        """Send a body as flow control lets it go."""
        while content:
            room = min(self.connection.local_flow_control_window(stream),
                       self.connection.max_outbound_frame_size, len(content))
            if room == 0:
                assert self.pump(), "closed in the middle of a body"
                continue
            self.connection.send_data(stream, content[:room])
            content = content[room:]
            self.flush()
        if end:
            self.connection.end_stream(stream)
            self.flush()

    def request(self, path, *extra, method="GET", end=True, scheme="http"):
        """Client: open a stream; returns its id."""
        stream = self.connection.get_next_available_stream_id()
        self.connection.send_headers(
            stream, [(":method", method), (":scheme", scheme), (":authority", "localhost"),
                     (":path", path), *extra], end_stream=end)
        self.flush()
        return stream

    def response(self, stream):
        """Client: status, fields and body of a finished response."""
        head = self.wait_for(h2.events.ResponseReceived, stream)
        self.wait_for(h2.events.StreamEnded, stream)
        fields = dict(head.headers)
        return int(fields[":status"]), fields, self.body(stream)
