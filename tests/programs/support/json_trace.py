# SPDX-License-Identifier: MIT
"""The lines of nghttp --json: each is checked against the schema of doc/, and the whole against what
must hold between lines."""
import functools
import json
import pathlib

import jsonschema

_SCHEMA = pathlib.Path(__file__).resolve().parents[3] / "doc" / "nghttp-json.schema.json"


@functools.cache
def _validator():
    schema = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


_COMPLETE = {"HEADERS": 4, "PUSH_PROMISE": 4}  # END_HEADERS


def octets(text):
    """What a string of the trace stands for; as doc/nghttp-json.rst has it."""
    return b"".join(bytes([ord(part) - 0xF700]) if "\uF780" <= part <= "\uF7FF" else part.encode()
                    for part in text)


class JsonTrace:
    """The events of a run."""

    def __init__(self, text):
        assert text == "" or text.endswith("\n")
        self.events = [json.loads(line) for line in text.splitlines()]
        for event in self.events:
            error = jsonschema.exceptions.best_match(_validator().iter_errors(event))
            assert error is None, f"{event}: {error}"
        elapsed = [event["elapsed_us"] for event in self.events]
        assert elapsed == sorted(elapsed)
        begins = {event["epoch_us"] - event["elapsed_us"] for event in self.events}
        assert len(begins) <= 2 and max(begins, default=0) - min(begins, default=0) <= 1, begins
        for event in self.events:
            assert event["time"][-8:-1] == f".{event['epoch_us'] % 1_000_000:06}"

    def named(self, name):
        return [event for event in self.events if event["event"] == name]

    def frames(self, direction=None, kind=None, connection=None):
        return [event for event in self.named("frame")
                if direction in (None, event["direction"]) and kind in (None, event["type"])
                and connection in (None, event["connection"])]

    def frame(self, direction, kind):
        found = self.frames(direction, kind)
        assert found, f"no {kind} {direction} in {self.events}"
        return found[0]


def fields(frame):
    """Name and value of the fields in the header block that ends with a frame."""
    return [(one["name"], one["value"]) for one in frame["header_block"]["representations"]
            if "name" in one]


def escaped(text):
    """As -v shows a text."""
    return "".join(chr(octet) if 0x20 <= octet < 0x7f and octet != 0x5c else f"\\x{octet:02x}"
                   for octet in octets(text)).replace("\\x5c", "\\\\")


def _details(frame):
    """The indented lines that -v has below a frame, fields aside."""
    payload, kind = frame["payload"], frame["type"]
    priority = payload.get("priority", payload)
    dependency = ("dep_stream_id={stream_dependency}, weight={weight}, exclusive={e}".format(
        **priority, e=int(priority["exclusive"])) if "weight" in priority else None)
    error = ("error_code={}(0x{:02x})".format(payload["error_name"], payload["error_code"])
             if "error_code" in payload else None)
    padding = f"padlen={payload['pad_length'] + 1 if 'pad_length' in payload else 0}"
    if kind == "DATA" and "PADDED" in frame["flags"]:
        yield f"({padding})"
    elif kind == "HEADERS":
        yield f"({padding}, {dependency})" if dependency else f"({padding})"
    elif kind == "PRIORITY":
        yield f"({dependency})"
    elif kind == "RST_STREAM":
        yield f"({error})"
    elif kind == "SETTINGS":
        yield f"(niv={len(payload['settings'])})"
        for one in payload["settings"]:
            yield "[{name}(0x{identifier:02x}):{value}]".format(**one)
    elif kind == "PUSH_PROMISE":
        yield f"({padding}, promised_stream_id={payload['promised_stream_id']})"
    elif kind == "PING":
        yield f"(opaque_data={payload['opaque_data']})"
    elif kind == "GOAWAY":
        debug = payload["debug_data"]
        yield (f"(last_stream_id={payload['last_stream_id']}, {error}, "
               f"opaque_data({len(octets(debug))})=[{escaped(debug)}])")
    elif kind == "WINDOW_UPDATE":
        yield f"(window_size_increment={payload['window_size_increment']})"
    elif kind == "ALTSVC":
        yield f"(origin=[{payload['origin']}], altsvc_field_value=[{payload['field_value']}])"
    elif kind == "ORIGIN":
        yield from (f"[{origin}]" for origin in payload["origins"])


def shown_by_verbose(trace, direction):
    """What -v has to show of the frames of a direction: (kind, flags, stream, lines). Received
    frames that the session does not tell of are not among them."""
    untold = {"CONTINUATION", "UNKNOWN"} | ({"PRIORITY"} if direction == "received" else set())
    for frame in trace.frames(direction):
        if frame["type"] not in untold:
            # -v shows a field block as one frame.
            flags = frame["flags_code"] | _COMPLETE.get(frame["type"], 0)
            yield frame["type"], flags, frame["stream_id"], sorted(_details(frame))


def shown(verbose_trace, way):
    """The same of a support.trace.Trace."""
    for frame in verbose_trace.frames:
        if frame.way == way:
            lines = [line for line in frame.details if line[0] in "(["]
            flags = frame.flags | _COMPLETE.get(frame.kind, 0)
            yield frame.kind, flags, frame.stream, sorted(lines)
