# SPDX-License-Identifier: MIT
"""HDDeflater and HDInflater against python3-hpack and recorded header blocks."""
import json

import hpack
import pytest

import nghttp2
from conftest import ROOT

CORPUS = ROOT / "tests/hpack/corpus"


def stories(folder):
    found = sorted((CORPUS / folder).glob("*.json"))
    assert found
    return found


def cases(path):
    for case in json.loads(path.read_text())["cases"]:
        fields = [(name.encode(), value.encode()) for field in case["headers"]
                  for name, value in field.items()]
        yield case, fields


@pytest.mark.parametrize("path", stories("raw-data"), ids=lambda path: path.stem)
def test_the_independent_decoder_reads_what_deflate_wrote(path):
    deflater, decoder = nghttp2.HDDeflater(), hpack.Decoder()
    for _, fields in cases(path):
        assert decoder.decode(deflater.deflate(fields), raw=True) == fields


@pytest.mark.parametrize("path", stories("raw-data"), ids=lambda path: path.stem)
def test_inflate_reads_what_the_independent_encoder_wrote(path):
    encoder, inflater = hpack.Encoder(), nghttp2.HDInflater()
    for number, (_, fields) in enumerate(cases(path)):
        block = encoder.encode(fields, huffman=number % 2 == 0)
        assert inflater.inflate(block) == fields


@pytest.mark.parametrize("path", stories("nghttp2") + stories("nghttp2-change-table-size"),
                         ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_inflate_reads_recorded_blocks(path):
    inflater = nghttp2.HDInflater()
    for case, fields in cases(path):
        if "header_table_size" in case:
            inflater.change_table_size(case["header_table_size"])
        assert inflater.inflate(bytes.fromhex(case["wire"])) == fields


def test_both_tables_follow_a_changed_size():
    deflater, inflater = nghttp2.HDDeflater(), nghttp2.HDInflater()
    fields = [(b"name-%d" % i, b"value") for i in range(20)]
    for size in (4096, 100, 0, 2000):
        deflater.change_table_size(size)
        inflater.change_table_size(size)
        assert inflater.inflate(deflater.deflate(fields)) == fields
        table = [(entry.name, entry.value) for entry in deflater.get_hd_table()]
        assert table == [(entry.name, entry.value) for entry in inflater.get_hd_table()]
        assert sum(entry.space() for entry in deflater.get_hd_table()) <= size


def test_the_size_given_to_the_deflater_is_a_bound():
    deflater = nghttp2.HDDeflater(hd_table_bufsize_max=50)
    deflater.deflate([("a", "b"), ("c", "d")])
    assert [entry.name for entry in deflater.get_hd_table()] == [b"c"]


def test_entries_and_print(capsys):
    deflater = nghttp2.HDDeflater()
    deflater.deflate([("foo", "bar"), (b"baz", b"buz")])
    entry = deflater.get_hd_table()[0]
    assert (entry.name, entry.namelen, entry.value, entry.valuelen) == (b"baz", 3, b"buz", 3)
    assert entry.space() == 38
    nghttp2.print_hd_table(deflater.get_hd_table())
    nghttp2.print_hd_table(deflater)
    assert capsys.readouterr().out == 2 * "[1] (s=38) baz: buz\n[2] (s=38) foo: bar\n"


def test_a_flagged_field_is_never_indexed():
    deflater = nghttp2.HDDeflater()
    block = deflater.deflate([("token", "secret", True)])
    assert block[0] & 0xF0 == 0x10
    assert deflater.get_hd_table() == []
    [field] = hpack.Decoder().decode(block, raw=True)
    assert isinstance(field, hpack.NeverIndexedHeaderTuple)


@pytest.mark.parametrize("block", [b"\x80", b"\xff\xff\xff\xff\xff\xff", b"\x40\x03fo", b"\x3f\xff"],
                         ids=["index 0", "index", "short", "size"])
def test_a_malformed_block_is_an_exception_with_a_reason(block):
    inflater = nghttp2.HDInflater()
    with pytest.raises(nghttp2.HeaderCompressionError, match="inflate: .+"):
        inflater.inflate(block)
    with pytest.raises(nghttp2.HeaderCompressionError):
        inflater.inflate(b"\x82")


def test_a_small_block_cannot_become_large():
    encoder = nghttp2.HDDeflater()
    block = encoder.deflate([("a", "x" * 3000)] * 500)
    assert len(block) < 5000
    with pytest.raises(nghttp2.HeaderCompressionError, match="more than 1048576 bytes"):
        nghttp2.HDInflater().inflate(block)
    assert len(nghttp2.HDInflater(max_header_list_size=2**31).inflate(block)) == 500


@pytest.mark.parametrize("headers, error", [
    ([("a",)], ValueError), ([("a", "b", False, 1)], ValueError), ([(1, "b")], TypeError),
    ([("a", None)], TypeError), (5, TypeError)])
def test_wrong_fields_are_refused(headers, error):
    with pytest.raises(error):
        nghttp2.HDDeflater().deflate(headers)


@pytest.mark.parametrize("size", [-1, 2**32])
def test_wrong_sizes_are_refused(size):
    with pytest.raises(ValueError):
        nghttp2.HDDeflater(size)
    with pytest.raises(ValueError):
        nghttp2.HDInflater().change_table_size(size)
