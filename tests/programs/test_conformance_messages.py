# SPDX-License-Identifier: MIT
"""RFC 9113 section 8 against nghttpd: malformed requests are stream errors of type PROTOCOL_ERROR,
or are answered with a 4xx status; well-formed ones are served."""
import pytest

from support import field_block, frames
from support.frames import GOAWAY, HEADERS, PROTOCOL_ERROR, RST_STREAM
from support.raw_client import RawClient

GET = field_block.request()
METHOD, SCHEME, PATH = (":method", "GET"), (":scheme", "http"), (":path", "/")
AUTHORITY = (":authority", "localhost")


def with_field(name, value):
    return [frames.headers(1, field_block.request("/", "GET", (name, value)))]


def only(*fields):
    return [frames.headers(1, field_block.block(*fields))]


def post(*parts, length=None):
    extra = [("content-length", text) for text in ([length] if isinstance(length, str) else
                                                   length or [])]
    return [frames.headers(1, field_block.request("/", "POST", *extra), end=False), *parts]


MALFORMED = [
    # Field names and values, section 8.2.1
    ("8_2_upper_case_name", with_field("X-Upper", "1")),
    ("8_2_1_name_with_space", with_field("x y", "1")),
    ("8_2_1_name_with_control", with_field(b"x\x01", "1")),
    ("8_2_1_name_with_nul", with_field(b"x\0y", "1")),
    ("8_2_1_name_with_crlf", with_field(b"x\r\ny", "1")),
    ("8_2_1_name_with_colon", with_field("x:y", "1")),
    ("8_2_1_name_with_delete", with_field(b"x\x7f", "1")),
    ("8_2_1_name_not_ascii", with_field(b"x\xc3\xa4", "1")),
    ("8_2_1_empty_name", with_field("", "1")),
    ("8_2_1_name_is_a_colon", with_field(":", "1")),
    ("8_2_1_value_with_nul", with_field("x", b"a\0b")),
    ("8_2_1_value_with_cr", with_field("x", b"a\rb")),
    ("8_2_1_value_with_lf", with_field("x", b"a\nb")),
    ("8_2_1_value_with_crlf_injection", with_field("x", b"a\r\nhost: evil")),
    ("8_2_1_value_starts_with_space", with_field("x", " a")),
    ("8_2_1_value_ends_with_space", with_field("x", "a ")),
    ("8_2_1_value_starts_with_tab", with_field("x", "\ta")),
    ("8_2_1_value_ends_with_tab", with_field("x", "a\t")),
    # Connection-specific fields, section 8.2.2
    ("8_2_2_connection", with_field("connection", "close")),
    ("8_2_2_proxy_connection", with_field("proxy-connection", "keep-alive")),
    ("8_2_2_keep_alive", with_field("keep-alive", "timeout=5")),
    ("8_2_2_transfer_encoding", with_field("transfer-encoding", "chunked")),
    ("8_2_2_upgrade", with_field("upgrade", "h2c")),
    ("8_2_2_te_other_than_trailers", with_field("te", "trailers, deflate")),
    ("8_2_2_te_gzip", with_field("te", "gzip")),
    # Pseudo-header fields, section 8.3
    ("8_3_unknown_pseudo_field",
     only(METHOD, SCHEME, AUTHORITY, PATH, (":unknown", "1"))),
    ("8_3_response_pseudo_field_in_request",
     only(METHOD, SCHEME, AUTHORITY, PATH, (":status", "200"))),
    ("8_3_pseudo_field_after_regular_field",
     only(METHOD, SCHEME, AUTHORITY, ("x", "1"), PATH)),
    ("8_3_duplicate_method", only(METHOD, METHOD, SCHEME, AUTHORITY, PATH)),
    ("8_3_duplicate_scheme", only(METHOD, SCHEME, SCHEME, AUTHORITY, PATH)),
    ("8_3_duplicate_authority", only(METHOD, SCHEME, AUTHORITY, AUTHORITY, PATH)),
    ("8_3_duplicate_path", only(METHOD, SCHEME, AUTHORITY, PATH, PATH)),
    ("8_3_1_no_method", only(SCHEME, AUTHORITY, PATH)),
    ("8_3_1_no_scheme", only(METHOD, AUTHORITY, PATH)),
    ("8_3_1_no_path", only(METHOD, SCHEME, AUTHORITY)),
    ("8_3_1_no_pseudo_fields_at_all", only(("x", "1"))),
    ("8_3_1_empty_field_section", only()),
    ("8_3_1_empty_path", only(METHOD, SCHEME, AUTHORITY, (":path", ""))),
    ("8_3_1_relative_path", only(METHOD, SCHEME, AUTHORITY, (":path", "small.txt"))),
    ("8_3_1_asterisk_path_without_options", only(METHOD, SCHEME, AUTHORITY, (":path", "*"))),
    ("8_3_1_path_with_space", only(METHOD, SCHEME, AUTHORITY, (":path", "/a b"))),
    ("8_3_1_path_with_crlf",
     only(METHOD, SCHEME, AUTHORITY, (":path", b"/ HTTP/1.1\r\nx: y"))),
    ("8_3_1_path_with_nul", only(METHOD, SCHEME, AUTHORITY, (":path", b"/small.txt\0.html"))),
    ("8_3_1_empty_method", only((":method", ""), SCHEME, AUTHORITY, PATH)),
    ("8_3_1_method_with_space", only((":method", "GET /"), SCHEME, AUTHORITY, PATH)),
    ("8_3_1_method_with_crlf", only((":method", b"GET\r\nx"), SCHEME, AUTHORITY, PATH)),
    ("8_3_1_scheme_with_colon", only(METHOD, (":scheme", "http://x"), AUTHORITY, PATH)),
    ("8_3_1_authority_with_slash", only(METHOD, SCHEME, (":authority", "a/b"), PATH)),
    ("8_3_1_authority_with_crlf",
     only(METHOD, SCHEME, (":authority", b"a\r\nb"), PATH)),
    ("8_3_1_host_differs_from_authority",
     only(METHOD, SCHEME, AUTHORITY, PATH, ("host", "elsewhere"))),
    ("8_3_1_duplicate_host",
     only(METHOD, SCHEME, PATH, ("host", "localhost"), ("host", "elsewhere"))),
    # CONNECT, section 8.5 and RFC 8441
    ("8_5_connect_with_scheme",
     only((":method", "CONNECT"), (":authority", "localhost:1"), SCHEME)),
    ("8_5_connect_with_path",
     only((":method", "CONNECT"), (":authority", "localhost:1"), PATH)),
    ("8_5_connect_without_authority", only((":method", "CONNECT"))),
    ("rfc8441_4_protocol_without_the_setting",
     only((":method", "CONNECT"), (":protocol", "websocket"), SCHEME, PATH, AUTHORITY)),
    ("rfc8441_4_protocol_without_connect",
     only(METHOD, (":protocol", "websocket"), SCHEME, PATH, AUTHORITY)),
    # Length and framing of the content, sections 8.1 and 8.1.1
    ("8_1_1_content_length_larger_than_body",
     post(frames.data(1, b"abc", end=True), length="4")),
    ("8_1_1_content_length_smaller_than_body",
     post(frames.data(1, b"abc", end=True), length="2")),
    ("8_1_1_content_length_smaller_than_open_body",
     post(frames.data(1, b"abc"), length="2")),
    ("8_1_1_content_length_without_body",
     [frames.headers(1, field_block.request("/", "POST", ("content-length", "1")))]),
    ("8_1_1_content_length_counts_several_frames",
     post(frames.data(1, b"ab"), frames.data(1, b"cd", end=True), length="3")),
    ("8_1_1_content_length_ignores_padding",
     post(frames.data(1, b"ab", end=True, padding=2), length="4")),
    ("8_1_1_content_length_short_before_trailers",
     post(frames.data(1, b"ab"), frames.headers(1, field_block.literal("x", "1")), length="3")),
    ("8_1_1_two_content_lengths",
     post(frames.data(1, b"abc", end=True), length=["3", "4"])),
    ("8_1_1_negative_content_length", post(frames.data(1, b"abc", end=True), length="-1")),
    ("8_1_1_content_length_with_plus", post(frames.data(1, b"abc", end=True), length="+3")),
    ("8_1_1_content_length_not_a_number", post(frames.data(1, b"abc", end=True), length="3x")),
    ("8_1_1_empty_content_length", post(frames.data(1, b"", end=True), length="")),
    ("8_1_1_content_length_beyond_63_bits",
     post(frames.data(1, b"abc", end=True), length="18446744073709551619")),
    ("8_1_trailers_without_end_stream",
     post(frames.data(1, b"x"),
          frames.headers(1, field_block.literal("x", "1"), end=False))),
    ("8_1_pseudo_field_in_trailers",
     post(frames.data(1, b"x"), frames.headers(1, field_block.block(METHOD)))),
    ("8_1_path_in_trailers",
     post(frames.data(1, b"x"), frames.headers(1, field_block.block(("x", "1"), PATH)))),
    ("8_1_connection_specific_field_in_trailers",
     post(frames.data(1, b"x"),
          frames.headers(1, field_block.literal("transfer-encoding", "chunked")))),
]

WELL_FORMED = [
    ("8_2_1_value_with_tab_inside", with_field("x", "a\tb")),
    ("8_2_1_value_with_obs_text", with_field("x", b"\x80\xff")),
    ("8_2_1_empty_value", with_field("x", "")),
    ("8_2_1_every_token_character",
     with_field("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz", "1")),
    ("8_2_2_te_trailers", with_field("te", "trailers")),
    ("8_2_3_split_cookie",
     [frames.headers(1, field_block.request("/", "GET", ("cookie", "a=1"), ("cookie", "b=2")))]),
    ("8_3_pseudo_fields_in_any_order", only(PATH, AUTHORITY, SCHEME, METHOD)),
    ("8_3_1_host_instead_of_authority", only(METHOD, SCHEME, PATH, ("host", "localhost"))),
    ("8_3_1_host_equal_to_authority", with_field("host", "localhost")),
    ("8_3_1_query", [frames.headers(1, field_block.request("/?a=b&c"))]),
    ("8_1_1_right_content_length",
     post(frames.data(1, b"ab"), frames.data(1, b"c", end=True), length="3")),
    ("8_1_1_content_length_0", post(frames.data(1, b"", end=True), length="0")),
    ("8_1_1_content_length_0_without_data",
     [frames.headers(1, field_block.request("/", "POST", ("content-length", "0")))]),
    ("8_1_1_right_content_length_before_trailers",
     post(frames.data(1, b"abc"), frames.headers(1, field_block.literal("x", "1")), length="3")),
]


def parameters(table):
    return pytest.mark.parametrize("sent", [pytest.param(row[1], id=row[0]) for row in table])


@parameters(MALFORMED)
def test_malformed(server, sent):
    with RawClient(server) as peer:
        peer.send(*sent)
        reaction = peer.read_until(
            lambda frame: frame.kind in (HEADERS, RST_STREAM, GOAWAY), "a reaction")
        if reaction.kind == HEADERS:
            assert reaction.field(":status").startswith("4"), reaction
        else:
            assert reaction.kind == RST_STREAM and reaction.stream == 1, reaction
            assert reaction.error_code == PROTOCOL_ERROR, reaction
        head, _, _ = peer.get(3, GET)
        assert head.field(":status") == "200"


@parameters(WELL_FORMED)
def test_well_formed(server, sent):
    with RawClient(server) as peer:
        peer.send(*sent)
        head, _, _ = peer.read_message(1)
        assert head.field(":status") == "200"


def test_4_3_field_block_of_malformed_request_still_feeds_the_table(server):
    with RawClient(server) as peer:
        peer.send(frames.headers(1, GET + field_block.inserted("x-kept", "1")
                                 + field_block.literal("UPPER", "1")))
        peer.read_until(lambda frame: frame.stream == 1, "a reaction")
        head, _, _ = peer.get(3, GET + field_block.indexed(62))
        assert head.field(":status") == "200"


def test_8_1_options_asterisk_is_understood(server):
    with RawClient(server) as peer:
        head, _, _ = peer.get(1, field_block.request("*", "OPTIONS"))
        assert head.field(":status")[0] in "245"
        peer.expect_pong()


def test_8_1_response_is_well_formed(server):
    """Lower-case names, one :status first, no connection-specific field, right length."""
    with RawClient(server) as peer:
        for stream, path in ((1, "/"), (3, "/nothing-there"), (5, "/empty.txt")):
            head, body, trailers = peer.get(stream, field_block.request(path))
            names = [name for name, _ in head.fields]
            assert names[0] == ":status" and len([n for n in names if n[0] == ":"]) == 1
            assert all(name == name.lower() for name in names)
            assert not {"connection", "keep-alive", "transfer-encoding", "upgrade",
                        "proxy-connection"} & set(names)
            assert trailers is None
            if head.field("content-length") is not None:
                assert int(head.field("content-length")) == len(body)


def test_8_1_head_has_no_content(server, documents):
    with RawClient(server) as peer:
        head, body, _ = peer.get(1, field_block.request("/small.txt", "HEAD"))
        assert head.field(":status") == "200" and body == b""
        assert head.field("content-length") == str(len(documents.read("small.txt")))


def test_8_5_connect_is_refused_by_a_file_server(server):
    with RawClient(server) as peer:
        peer.send(frames.headers(1, field_block.block(
            (":method", "CONNECT"), (":authority", "127.0.0.1:9")), end=False))
        reaction = peer.read_until(
            lambda frame: frame.stream == 1 or frame.kind == GOAWAY, "a reaction")
        assert reaction.kind == RST_STREAM or reaction.field(":status")[0] in "45", reaction
        peer.expect_pong()
