# SPDX-License-Identifier: MIT
"""RFC 7541 against nghttpd: every decoding error is a connection error COMPRESSION_ERROR
(RFC 9113 section 4.3), and legal but unusual encodings are understood."""
import pytest

from support import field_block, frames
from support.field_block import indexed, inserted, integer, size_update, string
from support.frames import COMPRESSION_ERROR, HEADER_TABLE_SIZE, HEADERS
from support.raw_client import RawClient

GET = field_block.request()
EVICTED = inserted("x-a", "1" * 2000) + inserted("x-b", "2" * 2000) + inserted("x-c", "3" * 2000)

INVALID = [
    ("2_3_3_index_just_beyond_the_static_table", GET + indexed(62)),
    ("2_3_3_index_beyond_the_dynamic_table", GET + inserted("x-a", "1") + indexed(63)),
    ("2_3_3_index_far_beyond", GET + indexed(100_000)),
    ("2_3_3_name_index_beyond_the_tables", GET + integer(70, 6, 0x40) + string(b"v")),
    ("2_3_3_name_index_beyond_the_tables_not_indexed",
     GET + integer(70, 4, 0x00) + string(b"v")),
    ("4_4_reference_to_an_evicted_entry", GET + EVICTED + indexed(64)),
    ("4_4_entry_larger_than_the_table_empties_it",
     GET + inserted("x-a", "1") + inserted("x-b", "2" * 5000) + indexed(62)),
    ("5_1_integer_without_end", GET + b"\xff" + b"\x80" * 20 + b"\x01"),
    ("5_1_integer_overflow", GET + b"\xff\xff\xff\xff\xff\x7f"),
    ("5_1_64_bit_integer_overflow", GET + b"\xff" + b"\xff" * 9 + b"\x01"),
    ("5_1_string_length_overflow", GET + b"\x00\x7f\xff\xff\xff\xff\x7f"),
    ("5_2_string_beyond_the_block", GET + b"\x00\x05ab"),
    ("5_2_value_missing", GET + b"\x00\x01x"),
    ("5_2_huffman_eos",
     GET + b"\x00\x01x" + string(b"\xff\xff\xff\xff", huffman=True)),
    ("5_2_huffman_padding_of_8_bits",
     GET + b"\x00\x01x" + string(b"\x1f\xff", huffman=True)),
    ("5_2_huffman_padding_alone", GET + b"\x00\x01x" + string(b"\xff", huffman=True)),
    ("5_2_huffman_padding_not_ones",
     GET + b"\x00\x01x" + string(b"\x18", huffman=True)),
    ("6_1_index_0", GET + b"\x80"),
    ("6_1_index_cut_off", GET + b"\xff"),
    ("6_3_size_update_beyond_the_limit", size_update(4097) + GET),
    ("6_3_size_update_far_beyond_the_limit", size_update(2**31) + GET),
    ("4_2_size_update_after_a_field", GET + size_update(0)),
    ("4_2_size_update_between_fields", GET[:1] + size_update(100) + GET[1:]),
    ("4_3_size_0_leaves_no_entry", size_update(0) + GET + inserted("x-a", "1") + indexed(62)),
    ("4_3_shrinking_evicts",
     size_update(0) + size_update(4096) + GET + indexed(62)),
]

VALID = [
    ("4_2_size_update_first", size_update(0) + GET),
    ("4_2_two_size_updates_first", size_update(0) + size_update(4096) + GET),
    ("4_2_size_update_to_the_limit", size_update(4096) + GET),
    ("4_4_entry_larger_than_the_table", GET + inserted("x-a", "1" * 5000)),
    ("4_4_eviction", GET + EVICTED + indexed(62)),
    ("5_1_integer_with_zero_octets",
     GET + b"\x00\x01x" + b"\x7f\x80\x00" + b"v" * 127),
    ("5_2_empty_huffman_string", GET + b"\x00\x01x" + string(b"", huffman=True)),
    ("5_2_huffman_a", GET + b"\x00\x01x" + string(b"\x1f", huffman=True)),
    ("6_2_1_name_from_dynamic_table",
     GET + inserted("x-a", "1") + integer(62, 6, 0x40) + string(b"2") + indexed(62)
     + indexed(63)),
    ("6_2_3_never_indexed", GET + field_block.never_indexed("authorization", "secret")),
    ("6_2_1_static_entries_keep_their_place", inserted("x-a", "1").join([GET, b""])),
]


def parameters(table):
    return pytest.mark.parametrize("block", [pytest.param(row[1], id=row[0]) for row in table])


@parameters(INVALID)
def test_invalid(server, block):
    with RawClient(server) as peer:
        peer.send(frames.headers(1, block))
        peer.expect_connection_error(COMPRESSION_ERROR)


@parameters(INVALID)
def test_invalid_in_trailers(server, block):
    """The same errors where the fields are of no interest to anyone."""
    with RawClient(server) as peer:
        peer.send(frames.headers(1, field_block.request("/", "POST"), end=False),
                  frames.headers(1, block))
        peer.expect_connection_error(COMPRESSION_ERROR)


@parameters(VALID)
def test_valid(server, block):
    with RawClient(server) as peer:
        head, _, _ = peer.get(1, block)
        assert head.field(":status") == "200"


def test_2_3_2_dynamic_table_lives_as_long_as_the_connection(server):
    with RawClient(server) as peer:
        block = (field_block.indexed(2) + field_block.indexed(6) + inserted(":path", "/small.txt")
                 + inserted(":authority", "localhost"))
        peer.get(1, block)
        for stream in (3, 5, 7):
            head, body, _ = peer.get(
                stream, indexed(2) + indexed(6) + indexed(62) + indexed(63))
            assert head.field(":status") == "200" and body.startswith(b"0123456789")


def test_2_2_dynamic_table_is_not_shared_between_connections(server):
    with RawClient(server) as first:
        first.get(1, GET + inserted("x-a", "1"))
        with RawClient(server) as second:
            second.send(frames.headers(1, GET + indexed(62)))
            second.expect_connection_error(COMPRESSION_ERROR)
        first.get(3, GET + indexed(62))


def test_4_2_size_update_after_the_limit_was_lowered(start_nghttpd):
    """RFC 9113 section 4.3.1: the first block after acknowledging a smaller table must say so."""
    with start_nghttpd("-c", "256") as small:
        with RawClient(small) as peer:
            assert (HEADER_TABLE_SIZE, 256) in peer.seen[0].entries
            peer.send(frames.headers(1, GET))
            peer.expect_connection_error(COMPRESSION_ERROR)
        with RawClient(small) as peer:
            head, _, _ = peer.get(1, size_update(256) + GET)
            assert head.field(":status") == "200"
        with RawClient(small) as peer:
            peer.send(frames.headers(1, size_update(257) + GET))
            peer.expect_connection_error(COMPRESSION_ERROR)


def test_4_2_server_encoder_obeys_table_size_0(server):
    """With a table of size 0 no response may refer to or add a dynamic entry."""
    with RawClient(server, settings=[(HEADER_TABLE_SIZE, 0)]) as peer:
        peer.decoder_.max_allowed_table_size = 0
        for stream in (1, 3, 5):
            head, _, _ = peer.get(stream, GET)
            assert head.field(":status") == "200"
        assert peer.decoder_.header_table_size == 0


def test_4_2_server_encoder_announces_a_reduced_table(server):
    with RawClient(server) as peer:
        peer.get(1, GET)
        peer.send(frames.settings((HEADER_TABLE_SIZE, 100)))
        peer.read_until(lambda frame: frame.kind == frames.SETTINGS, "the acknowledgement")
        peer.decoder_.max_allowed_table_size = 100
        for stream in (3, 5, 7):
            head, _, _ = peer.get(stream, GET)
            assert head.field(":status") == "200"
        assert peer.decoder_.header_table_size <= 100
        updates = [frame.payload[0] for frame in peer.seen
                   if frame.kind == HEADERS and frame.stream == 3]
        assert updates[0] & 0xe0 == 0x20, "the block does not begin with a size update"


def test_4_2_table_shrunk_and_grown_between_two_blocks(server):
    with RawClient(server) as peer:
        peer.get(1, GET)
        peer.send(frames.settings((HEADER_TABLE_SIZE, 0)),
                  frames.settings((HEADER_TABLE_SIZE, 4096)))
        for _ in range(2):
            peer.read_until(lambda frame: frame.kind == frames.SETTINGS, "the acknowledgement")
        for stream in (3, 5):
            head, _, _ = peer.get(stream, GET)
            assert head.field(":status") == "200"
        payload = next(frame.payload for frame in peer.seen
                       if frame.kind == HEADERS and frame.stream == 3)
        assert payload[0] == 0x20, "the smallest size in between was not announced"
