# SPDX-License-Identifier: MIT
"""Field blocks written by hand (RFC 7541): independent of tables unless a test asks for them."""

_STATIC = {(":method", "GET"): 2, (":path", "/"): 4, (":scheme", "http"): 6, (":status", "200"): 8}


def integer(value, prefix_bits, pattern=0):
    """Section 5.1."""
    limit = (1 << prefix_bits) - 1
    if value < limit:
        return bytes((pattern | value,))
    out = [pattern | limit]
    value -= limit
    while value >= 128:
        out.append(value % 128 + 128)
        value //= 128
    return bytes(out + [value])


def string(content, huffman=False):
    """Section 5.2; huffman only sets the flag, the content is taken as it is."""
    return integer(len(content), 7, 0x80 if huffman else 0) + content


def indexed(index):
    """Section 6.1."""
    return integer(index, 7, 0x80)


def _bytes(text):
    return text if isinstance(text, bytes) else text.encode("utf-8")


def literal(name, value):
    """Section 6.2.2, literal name: does not touch the dynamic table."""
    return b"\x00" + string(_bytes(name)) + string(_bytes(value))


def never_indexed(name, value):
    """Section 6.2.3."""
    return b"\x10" + string(_bytes(name)) + string(_bytes(value))


def inserted(name, value):
    """Section 6.2.1: becomes entry 62 of the dynamic table."""
    return b"\x40" + string(_bytes(name)) + string(_bytes(value))


def size_update(size):
    """Section 6.3."""
    return integer(size, 5, 0x20)


def block(*fields):
    """(name, value) pairs as one field block."""
    return b"".join(indexed(_STATIC[pair]) if pair in _STATIC else literal(*pair)
                    for pair in fields)


def request(path="/", method="GET", *extra, scheme="http", authority="localhost"):
    """A well-formed request followed by the extra fields."""
    return block((":method", method), (":scheme", scheme), (":authority", authority),
                 (":path", path), *extra)


def response(status="200", *extra):
    return block((":status", status), *extra)
