# SPDX-License-Identifier: MIT
"""deflatehd and inflatehd: each reads what the other writes, and another decoder agrees."""
import json
import os
import pathlib
import re
import subprocess

import hpack
import pytest

from support import patience, process, programs

_TESTS = pathlib.Path(__file__).resolve().parents[1]
_FULL_CORPUS = pathlib.Path(os.environ.get("HPACK_CORPUS",
                                           _TESTS.parents[1] / "shared" / "hpack-corpus"))
SIZES = ([], ["-s0"], ["-S128"], ["-s256", "-S100"], ["-s", "64K", "-S", "64K"])


def stories(*kinds):
    """The stories kept with the tests, and those of the full corpus where there is one."""
    for kind in kinds:
        for root in (_TESTS / "hpack" / "corpus", _FULL_CORPUS):
            for path in sorted((root / kind).glob("*.json")):
                yield pytest.param(path, id=f"{root.name}-{kind}-{path.stem}")


def run(name, data, *options):
    if isinstance(data, (dict, list)):
        data = json.dumps(data)
    data = data.encode() if isinstance(data, str) else data
    return process.run([programs.under_test(name), *options], data=data)


def cases(name, data, *options):
    return json.loads(run(name, data, *options).check_ok().stdout)["cases"]


def encode(*blocks, options=()):
    return cases("deflatehd", {"cases": [{"headers": block} for block in blocks]}, *options)


def failed_cases(result, *patterns):
    """The cases that were finished before a failure: what is written is JSON all the same."""
    return json.loads(result.check_failed(*patterns).stdout)["cases"]


# Stories -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", stories("raw-data"))
def test_stories_come_back(path):
    story = [case["headers"] for case in json.loads(path.read_bytes())["cases"]]
    for options in SIZES:
        encoded = run("deflatehd", path.read_bytes(), *options).check_ok()
        assert [case["headers"] for case in cases("inflatehd", encoded.stdout)] == story
        decoder = hpack.Decoder(max_header_list_size=1 << 24)
        blocks = json.loads(encoded.stdout)["cases"]
        decoder.max_allowed_table_size = blocks[0]["header_table_size"]
        for fields, case in zip(story, blocks):
            decoded = decoder.decode(bytes.fromhex(case["wire"]), raw=True)
            assert [{name.decode(): value.decode()} for name, value in decoded] == fields


@pytest.mark.parametrize("path", stories("go-hpack", "nghttp2", "nghttp2-change-table-size"))
def test_encoded_stories_decode(path):
    story = json.loads(path.read_bytes())["cases"]
    decoded = cases("inflatehd", path.read_bytes())
    assert [case["headers"] for case in decoded] == [case["headers"] for case in story]
    explained = cases("inflatehd", path.read_bytes(), "--explain")
    assert [case["headers"] for case in explained] == [case["headers"] for case in story]
    for case, origin in zip(explained, story):
        parts = case["explanation"]["representations"]
        assert "".join(part["wire"] for part in parts) == origin["wire"]


# Output ------------------------------------------------------------------------------------------

EXAMPLE = [{":authority": "example.org"}, {":method": "GET"}, {":path": "/"},
           {":scheme": "https"}, {"user-agent": "nghttp2"}]
TABLE = {"entries": [{"index": 1, "name": "user-agent", "value": "nghttp2", "size": 49},
                     {"index": 2, "name": ":authority", "value": "example.org", "size": 53}],
         "size": 102, "max_size": 4096, "deflate_size": 102, "max_deflate_size": 4096}


def test_members_of_an_encoded_case():
    result = run("deflatehd", {"cases": [{"headers": EXAMPLE}]}).check_ok()
    (case,) = json.loads(result.stdout)["cases"]
    assert list(case) == ["seq", "input_length", "output_length", "percentage_of_original_size",
                          "wire", "headers", "header_table_size"]
    assert (case["seq"], case["input_length"], case["output_length"]) == (0, 66, 20)
    assert case["percentage_of_original_size"] == pytest.approx(30.303, abs=0.001)
    assert case["headers"] == EXAMPLE and case["header_table_size"] == 4096
    assert result.stderr == "Overall: input=66 output=20 ratio=0.30\n"


def test_members_of_a_decoded_case():
    (case,) = cases("inflatehd", {"cases": [{"wire": "8286"}]})
    assert list(case.items()) == [
        ("seq", 0), ("headers", [{":method": "GET"}, {":scheme": "http"}]), ("wire", "8286"),
        ("header_table_size", 4096)]


def test_dumped_tables():
    encoded = encode(EXAMPLE, options=["-d"])
    assert encoded[0]["header_table"] == TABLE
    decoded = cases("inflatehd", {"cases": encoded}, "--dump-header-table")
    assert decoded[0]["header_table"] == TABLE


def test_limits_in_dumped_tables():
    encoded = encode(EXAMPLE, options=["-d", "-s", "8K", "-S", "60"])
    for case in (encoded[0], cases("inflatehd", {"cases": encoded}, "-d")[0]):
        table = case["header_table"]
        assert case["header_table_size"] == table["max_size"] == 8192
        assert table["max_deflate_size"] == 60 and table["size"] <= 60


def test_table_size_changes_between_cases():
    block = [{"x-name": "some value"}]
    wanted = [None, 0, 4096, 1024, 65536]
    story = [{"headers": block} if size is None else {"headers": block, "header_table_size": size}
             for size in wanted for _ in range(2)]
    encoded = cases("deflatehd", {"cases": story}, "-d")
    assert [case["header_table_size"] for case in encoded][::2] == [4096, 0, 4096, 1024, 65536]
    assert encoded[2]["header_table"]["entries"] == []
    assert encoded[2]["wire"].startswith("20")
    decoded = cases("inflatehd", {"cases": encoded}, "-d")
    assert [case["headers"] for case in decoded] == [block] * len(story)
    assert ([case["header_table"]["entries"] for case in decoded]
            == [case["header_table"]["entries"] for case in encoded])


def test_nothing_to_compress():
    (case,) = encode([])
    assert case["wire"] == "" and case["percentage_of_original_size"] == 0
    assert cases("inflatehd", {"cases": [case]})[0]["headers"] == []
    assert cases("deflatehd", {"cases": []}) == []


def test_cases_are_written_as_they_are_finished():
    with subprocess.Popen([programs.under_test("deflatehd")], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as tool:
        tool.stdin.write(b'{"cases": [{"headers": [{"a": "b"}]}')
        tool.stdin.flush()
        seen = b""
        while b'"header_table_size": 4096\n    }' not in seen:
            line = tool.stdout.readline()
            assert line, "ended early: " + repr(seen)
            seen += line.rstrip(b"\n") + b"\n"
            if b"header_table_size" in line:
                seen += tool.stdout.read(5)
        tool.stdin.write(b"]}")
        tool.stdin.close()
        seen += tool.stdout.read()
        assert tool.wait(patience.SECONDS) == 0
    assert len(json.loads(seen)["cases"]) == 1


def test_memory_does_not_grow_with_the_input(directory):
    def story(count):
        return json.dumps({"cases": [{"headers": [{"x-name": "v" * 1000}]}] * count}).encode()
    program = programs.under_test("deflatehd")
    # Sanitizers keep what was released.
    options = {"env": {"ASAN_OPTIONS": "quarantine_size_mb=1"}}
    _, small = process.run_measured([program], directory / "memory", data=story(10), **options)
    result, large = process.run_measured([program], directory / "memory", data=story(30000),
                                         **options)
    assert len(json.loads(result.check_ok().stdout)["cases"]) == 30000
    assert large < small + 8 * 1024


# Octets ------------------------------------------------------------------------------------------


def literal(name, value):
    return "00" + "".join(f"{len(text):02x}" + text.hex() for text in (name, value))


@pytest.mark.parametrize("name, value", [
    (b"x", bytes(range(64))), (b"x", bytes(range(64, 128))), (b"x", bytes(range(128, 250))),
    (b"a\0b", b"a\0b"), (b"\xff\xfe", "\uf7ff\uf700".encode()), ("\u00e9".encode(), b"\xe9"),
    (b"", b""), (b"\"\\", b"\"\\"), (b"x", "\U0001f600\u20ac".encode())])
def test_all_octets_survive(name, value):
    decoded = cases("inflatehd", {"cases": [{"wire": literal(name, value)}]})
    assert hpack.Decoder().decode(bytes.fromhex(cases("deflatehd", {"cases": decoded})[0]["wire"]),
                                  raw=True) == [(name, value)]


def test_text_is_shown_as_text():
    wire = literal(b"x", "caf\u00e9".encode())
    assert cases("inflatehd", {"cases": [{"wire": wire}]})[0]["headers"] == [{"x": "caf\u00e9"}]
    assert cases("inflatehd", {"cases": [{"wire": literal(b"x", b"\xff")}]})[0]["headers"] == [
        {"x": "\uf7ff"}]


# Text input --------------------------------------------------------------------------------------


def test_http1text():
    text = b":method: GET\nHost: example.org\nx-raw: \xff\n\n\r\na:b:c\r\nlast:"
    decoded = cases("inflatehd", run("deflatehd", text, "-t").check_ok().stdout)
    assert [case["headers"] for case in decoded] == [
        [{":method": "GET"}, {"host": "example.org"}, {"x-raw": "\uf7ff"}],
        [{"a": "b:c"}, {"last": ""}]]
    done = failed_cases(run("deflatehd", b"a: b\n\nGET / HTTP/1.1\n", "--http1text"),
                        r"\ndeflatehd: case 1: line 3: no colon behind a name\n")
    assert len(done) == 1


# Errors ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name, member", [("deflatehd", '"headers": [{"a": "b"}]'),
                                          ("inflatehd", '"wire": "82"')])
@pytest.mark.parametrize("rest, message", [
    (",\n  {\"seq\": nul}]}", r"case 1: line 2, column 13: invalid token"),
    (",\n  5]}", r"case 1: line 2, column 3: a case is an object"),
    (",\n  {}]}", r"case 1: line 2, column 3: \"(headers|wire)\" is missing"),
    ("\n}", r"case 1: line 2, column 1: ',' or '\]' is expected, not '}'"),
    ("]", r"line 1, column \d+: ',' or '}' is expected, not the end of the input"),
    ("]} 1", r"line 1, column \d+: the end of the input is expected")])
def test_malformed_documents(name, member, rest, message):
    done = failed_cases(run(name, '{"cases": [{' + member + "}" + rest), rf"{name}: {message}")
    assert [case["seq"] for case in done] == [0]


@pytest.mark.parametrize("data, message", [
    ("", r"line 1, column 1: '\{' is expected, not the end of the input"),
    ("{}", r"line 1, column 2: the root object has no \"cases\""),
    ('{"cases": {}}', r"line 1, column 11: '\[', as \"cases\" is an array")])
def test_documents_without_cases(data, message):
    for name in ("deflatehd", "inflatehd"):
        assert failed_cases(run(name, data), message) == []


@pytest.mark.parametrize("case, message", [
    ({"headers": {"a": "b"}}, r"\"headers\" is missing or no array"),
    ({"headers": [{"a": "b", "c": "d"}]}, r"headers\[0\]: not an object with one pair"),
    ({"headers": [{"a": "b"}, {"a": 5}]}, r"headers\[1\]: the value is not a string"),
    ({"headers": [{"a": "b" * 65537}]}, r"headers\[0\]: the value has 65537 octets"),
    ({"headers": [], "header_table_size": -1}, r"\"header_table_size\" is no integer in the")])
def test_bad_fields(case, message):
    result = run("deflatehd", {"cases": [{"headers": [{"a": "b"}]}, case]})
    assert len(failed_cases(result, "deflatehd: case 1: line 1, column .*" + message)) == 1


@pytest.mark.parametrize("wire, message", [
    ("8", r"odd number of digits"), ("8g", r"'g' at position 1"),
    ("8280", r"octet 1: the index is 0 \(RFC 7541, section 6\.1\)"),
    ("82be", r"octet 1: the index is 62, but there are 61 entries \(RFC 7541, section 2\.3\.3\)"),
    ("8220", r"octet 1: a size update behind a field \(RFC 7541, section 4\.2\)"),
    ("3fe21f", r"size update to 4097, but the limit is 4096 \(RFC 7541, section 6\.3\)"),
    ("400161", r"octet 3: the block ends where a value begins \(RFC 7541, section 6\.2\)"),
    ("4001610262", r"octet 5: the block ends inside a value of 2 octets.*section 5\.2\)"),
    ("ff8080808080808001", r"octet 0: an integer has too many octets.*section 5\.1\)"),
    ("007fffffffffff", r"integer.*section 5\.1\)"),
    ("4001618118", r"octet 4: the Huffman code of the value is invalid.*section 5\.2\)"),
    ("4081ff0161", r"octet 2: the Huffman code of the name is invalid.*section 5\.2\)")])
def test_bad_header_blocks(wire, message):
    result = run("inflatehd", {"cases": [{"wire": "82"}, {"wire": wire}, {"wire": "82"}]})
    assert len(failed_cases(result, r"^inflatehd: case 1: .*" + message)) == 1


def test_a_size_update_that_is_missing():
    story = {"cases": [{"wire": "82"}, {"wire": "82", "header_table_size": 256}]}
    done = failed_cases(run("inflatehd", story),
                        r"case 1: header block, octet 0: a size update is due.*section 4\.2\)")
    assert len(done) == 1


def test_blocks_that_grow_too_much():
    bomb = "400161" + "7fb916" + b"v".hex() * 3000 + "be" * 20000
    assert failed_cases(run("inflatehd", {"cases": [{"wire": bomb}]}),
                        r"case 0: .*more than 16M of memory \(RFC 7541, section 7\.3\)") == []


def test_output_that_cannot_be_written():
    for name in ("deflatehd", "inflatehd"):
        with open("/dev/full", "wb") as full:
            result = subprocess.run([programs.under_test(name)], input=b'{"cases": []}', stdout=full,
                                    stderr=subprocess.PIPE, timeout=patience.SECONDS, check=False)
        assert result.returncode == 1 and b"No space left" in result.stderr


# Options -----------------------------------------------------------------------------------------


def test_explanation():
    wire = "3f21" + "82" + "41882f91d35d055cf64d" + "4001610162" + "0f0103" + b"xyz".hex() + \
        "1001630164"
    result = run("inflatehd", {"cases": [{"wire": wire}]}, "--explain").check_ok()
    parts = json.loads(result.stdout)["cases"][0]["explanation"]["representations"]
    assert [part["representation"] for part in parts] == [
        "size update", "indexed", "literal with indexing", "literal with indexing",
        "literal without indexing", "literal never indexed"]
    assert parts[0] == {"representation": "size update", "offset": 0, "wire_length": 2,
                        "wire": "3f21", "new_max_size": 64, "evicted": [],
                        "table": {"entries": 0, "size": 0, "max_size": 64}}
    assert (parts[1]["index"], parts[1]["index_table"]) == (2, "static")
    assert parts[2]["value_string"] == {"coding": "huffman", "wire_length": 8, "length": 11}
    assert parts[2]["inserted"] is True and "name_string" not in parts[2]
    assert parts[3]["name_string"] == {"coding": "plain", "wire_length": 1, "length": 1}
    assert parts[3]["evicted"] == [{"name": ":authority", "value": "example.org", "size": 53}]
    assert parts[3]["table"] == {"entries": 1, "size": 34, "max_size": 64}
    assert parts[4]["inserted"] is False
    for pattern in (r"^case 0: 29 octets on the wire, 5 fields of ", r"\n +0 +2 +size update .* 64",
                    r"\n +3 +10 +literal with indexing +1 +indexed +huffman +1 +53/64 +:authority: ",
                    r"\n +evicted +:authority: example\.org\n", r"literal never indexed .* c: d\n"):
        assert re.search(pattern, result.stderr), result.stderr


def test_explanation_of_evictions_before_a_block():
    story = {"cases": [{"wire": "4001610162"}, {"wire": "20", "header_table_size": 0}]}
    explained = cases("inflatehd", story, "--explain")
    assert explained[1]["explanation"]["evicted_before"] == [
        {"name": "a", "value": "b", "size": 34}]


def test_comparison():
    blocks = [{"headers": [{"x-name": "some value"}]}] * 2
    lines = run("deflatehd", {"cases": blocks}, "--compare").check_ok().text.splitlines()
    heading, first, second, overall = (line.split() for line in lines[1:])
    assert heading == ["case", "input", "0", "512", "1024", "2048", "4096", "8192", "16384",
                       "32768", "65536"]
    assert first[:2] == ["0", "16"] and second[:2] == ["1", "16"]
    assert float(second[2]) > 50 and second[3:] == ["6.25"] * 8
    assert overall[:2] == ["overall", "32"]
    encoded = [cases("deflatehd", {"cases": blocks}, f"-s{size}", f"-S{size}")
               for size in heading[2:]]
    assert [float(cell) for cell in first[2:]] == [
        pytest.approx(case[0]["percentage_of_original_size"], abs=0.01) for case in encoded]


@pytest.mark.parametrize("name", ["deflatehd", "inflatehd"])
def test_help_version_and_misuse(name):
    for option in ("-h", "--help"):
        text = run(name, b"", option).check_ok().text
        assert text.startswith(f"Usage: {name} ") and "--dump-header-table" in text
    assert re.fullmatch(rf"{name} nghttp2/\d+\.\d+\.\d+\n", run(name, b"", "--version").text)
    run(name, b"", "file.json").check_failed("no operands")
    run(name, b"", "--explian").check_failed("unknown option '--explian'")
    run("deflatehd", b"", "-s", "x").check_failed("--table-size: bad value 'x'")
