// SPDX-License-Identifier: MIT
// Single messages and frames that are made to confuse: request smuggling (CVE-2021-21295,
// CVE-2021-21409, CVE-2021-36740), injection (CVE-2019-9900), HPACK and window arithmetic, input
// after the end (CVE-2026-27135).
#include <nghttp2/nghttp2.h>

#include <string>

#include "api/attack.h"
#include "support/check.h"

using support::attack;
using support::both_sides;
using support::Fields;
using support::make_option;
using support::Reading;
using support::Side;
using support::Single;
using support::Wire;

namespace {

// What becomes of a message with these fields behind the first ones, and a body of two octets.
std::string fate_of(Side side, const Fields& more) {
  Single single(side);
  if (side == Side::client) support::send_request(single);
  Fields fields =
      side == Side::server ? support::request_fields("POST", "/") : support::response_fields("200");
  fields.insert(fields.end(), more.begin(), more.end());
  single.feed(Wire().headers(1, fields, 4).data(1, "ab", 1));
  return single.lines();
}

bool is_rejected(Side side, const Fields& more) {
  const std::string lines = fate_of(side, more);
  return lines.find("< RST_STREAM 1 PROTOCOL_ERROR") != std::string::npos;
}

// The session gave up with this error code.
bool ends_with(Single& single, const char* code) {
  const std::string lines = single.lines();
  return lines.find("< GOAWAY 0 last=") != std::string::npos &&
         lines.find(code) != std::string::npos && nghttp2_session_want_read(single.session) == 0;
}

// Feeds a block as HEADERS of stream 1 that ends the stream.
void feed_block(Single& single, const std::string& block) {
  single.feed(Wire().frame(NGHTTP2_HEADERS, 5, 1, block));
}

}  // namespace

TEST(attack_message, content_length_that_does_not_fit) {
  for (const Side side : both_sides) {
    CHECK(!is_rejected(side, {{"content-length", "2"}}));
    for (const char* value : {"0", "1", "3", "+2", "-2", "2 ", "0x2", "", "2,2",
                              "18446744073709551618", "99999999999999999999999"}) {
      CHECK(is_rejected(side, {{"content-length", value}}));
    }
    CHECK(is_rejected(side, {{"content-length", "2"}, {"content-length", "2"}}));
  }
}

TEST(attack_message, fields_of_other_protocol_versions) {
  for (const Side side : both_sides) {
    CHECK(is_rejected(side, {{"transfer-encoding", "chunked"}}));
    CHECK(is_rejected(side, {{"connection", "close"}}));
    CHECK(is_rejected(side, {{"upgrade", "h2c"}}));
    CHECK(is_rejected(side, {{"keep-alive", "1"}}));
    CHECK(is_rejected(side, {{"proxy-connection", "close"}}));
  }
  CHECK(is_rejected(Side::server, {{"te", "gzip"}}));
  CHECK(!is_rejected(Side::server, {{"te", "trailers"}}));
}

TEST(attack_message, octets_that_split_lines) {
  for (const Side side : both_sides) {
    for (const char octet : {'\r', '\n', '\0'}) {
      const std::string bad = std::string("a") + octet + "b";
      CHECK(is_rejected(side, {{"x", bad}}));
      CHECK(is_rejected(side, {{bad, "x"}}));
    }
    CHECK(is_rejected(side, {{"a b", "x"}}));
    CHECK(is_rejected(side, {{"a:b", "x"}}));
    CHECK(is_rejected(side, {{"Upper", "x"}}));
    // CVE-2019-9516: a field without a name.
    CHECK(is_rejected(side, {{"", "x"}}));
    CHECK(is_rejected(side, {{"", ""}}));
  }
}

TEST(attack_message, pseudo_fields_that_split_requests) {
  const Fields bad[] = {
      {{":method", "GET / HTTP/1.1"}, {":scheme", "https"}, {":path", "/"}, {":authority", "a"}},
      {{":method", "GET"}, {":scheme", "ht tps"}, {":path", "/"}, {":authority", "a"}},
      {{":method", "GET"},
       {":scheme", "https"},
       {":path", "/ HTTP/1.1\r\nx: y"},
       {":authority", "a"}},
      {{":method", "GET"}, {":scheme", "https"}, {":path", ""}, {":authority", "a"}},
      {{":method", "GET"}, {":scheme", "https"}, {":path", "/"}, {":authority", "a\r\nb"}},
      {{":method", "GET"}, {":method", "GET"}, {":scheme", "https"}, {":path", "/"}},
      {{":method", "GET"}, {":scheme", "https"}, {":path", "/"}, {"host", "a"}, {"host", "b"}},
      {{":method", "CONNECT"},
       {":protocol", "websocket"},
       {":scheme", "https"},
       {":path", "/"},
       {":authority", "a"}},
  };
  for (const Fields& fields : bad) {
    Single server(Side::server);
    server.feed(Wire().headers(1, fields, 5));
    CHECK(server.lines().find("< RST_STREAM 1 PROTOCOL_ERROR") != std::string::npos);
  }
}

TEST(attack_message, integers_that_overflow) {
  const std::string bad[] = {
      "\xff\xff\xff\xff\xff\x0f",                          // an index beyond 32 bits
      "\xff\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01",      // one of many zeros
      "\x80",                                              // index 0
      "\xbe",                                              // an entry that is not there
      std::string("\x00\x7f\xff\xff\xff\xff\xff\xff", 8),  // a length beyond 32 bits
      std::string("\x00\x7f\x82\xff\x03", 5),              // one above 65,536
      "\x3f\xe2\x1f",                                      // a table above what is allowed
      "\x3f\xff\xff\xff\xff\x7f",                          // and beyond 32 bits
  };
  for (const Side side : both_sides) {
    for (const std::string& block : bad) {
      Single single(side);
      if (side == Side::client) support::send_request(single);
      feed_block(single, block);
      CHECK(ends_with(single, "COMPRESSION_ERROR"));
      CHECK(single.probe.peak_bytes() < 200000);
    }
  }
}

TEST(attack_message, tables_larger_than_announced) {
  for (const Side side : both_sides) {
    for (const char* update : {"\x20", "\x21"}) {
      Single single(side, nullptr, {{NGHTTP2_SETTINGS_HEADER_TABLE_SIZE, 0}});
      if (side == Side::client) support::send_request(single);
      feed_block(single, update + support::header_block(side == Side::server
                                                            ? support::request_fields("GET", "/")
                                                            : support::response_fields("200")));
      CHECK_EQ(ends_with(single, "COMPRESSION_ERROR"), *update == '\x21');
    }
  }
}

TEST(attack_message, table_that_is_resized_all_the_time) {
  for (const Side side : both_sides) {
    Single single(side);
    if (side == Side::client) support::send_request(single);
    std::string block;
    for (int i = 0; i < 4000; ++i)
      block += std::string("\x20\x3f\xe1\x1f", 4);
    feed_block(single, block.substr(0, 16000));
    CHECK(single.probe.peak_bytes() < 100000);
  }
}

TEST(attack_message, encoder_table_that_the_peer_asks_for) {
  // CVE-2022-41717: what the peer allows is not what is used.
  for (const Side side : both_sides) {
    Single single(side, nullptr, {}, {}, {{NGHTTP2_SETTINGS_HEADER_TABLE_SIZE, 0xffffffffu}});
    CHECK(nghttp2_session_get_hd_deflate_dynamic_table_size(single.session) <= 4096);
    CHECK(single.probe.peak_bytes() < 100000);
  }
}

TEST(attack_message, windows_that_overflow) {
  for (const Side side : both_sides) {
    Single single(side);
    single.feed(Wire().window_update(0, 0x7fffffff));
    CHECK(ends_with(single, "FLOW_CONTROL_ERROR"));
    Single other(side);
    other.feed(Wire().settings({{NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, 0x80000000u}}));
    CHECK(ends_with(other, "FLOW_CONTROL_ERROR"));
  }
}

TEST(attack_message, frame_sizes_that_cannot_be) {
  // CVE-2026-33814.
  for (const Side side : both_sides) {
    for (const std::uint32_t size : {0u, 16383u, 16777216u, 0xffffffffu}) {
      Single single(side);
      single.feed(Wire().settings({{NGHTTP2_SETTINGS_MAX_FRAME_SIZE, size}}));
      CHECK(ends_with(single, "PROTOCOL_ERROR"));
    }
  }
}

TEST(attack_message, a_frame_longer_than_allowed_takes_no_memory) {
  for (const Side side : both_sides) {
    // Of types whose length is otherwise free.
    for (const char type : {NGHTTP2_SETTINGS, NGHTTP2_GOAWAY, NGHTTP2_HEADERS, NGHTTP2_ALTSVC}) {
      Single single(side);
      const std::size_t before = single.probe.peak_bytes();
      // 65,538 is a multiple of what one setting takes.
      single.feed(std::string("\x01\x00\x02", 3) + type + std::string("\x00\x00\x00\x00\x01", 5));
      CHECK(ends_with(single, "FRAME_SIZE_ERROR"));
      CHECK(single.probe.peak_bytes() < before + 10000);
    }
  }
}

TEST(attack_message, padding_that_exceeds_its_frame) {
  const std::string payload = "\xff" + std::string("a");
  for (const Side side : both_sides) {
    for (const std::uint8_t type : {NGHTTP2_DATA, NGHTTP2_HEADERS}) {
      Single single(side);
      if (side == Side::server) {
        support::receive_request(single, 1);
      } else {
        support::send_request(single);
        single.feed(Wire().headers(1, support::response_fields("200"), 4));
      }
      single.feed(Wire().frame(type, NGHTTP2_FLAG_PADDED | 4, 1, payload));
      CHECK(ends_with(single, "PROTOCOL_ERROR"));
    }
  }
}

TEST(attack_message, identifiers_that_are_idle_or_exhausted) {
  // CVE-2015-8659: identifiers are checked before anything is looked up.
  for (const Side side : both_sides) {
    for (const std::uint32_t stream : {2u, 5u, 0x7fffffffu}) {
      Single single(side);
      single.feed(Wire().data(stream, "x"));
      CHECK(ends_with(single, "PROTOCOL_ERROR"));
      Single other(side);
      other.feed(Wire().window_update(stream, 1));
      CHECK(ends_with(other, "PROTOCOL_ERROR"));
    }
  }
  Single last(Side::server);
  last.feed(Wire().headers(0x7fffffff, support::request_fields("GET", "/"), 5));
  CHECK(last.lines().find("received HEADERS 2147483647") != std::string::npos);
  last.feed(Wire().headers(0x7fffffff, support::request_fields("GET", "/"), 5));
  CHECK(ends_with(last, "STREAM_CLOSED"));
}

TEST(attack_message, idle_streams_are_not_kept_without_bound) {
  // CVE-2016-6580, CVE-2019-9513.
  const auto option = make_option();
  nghttp2_option_set_glitch_rate_limit(option.get(), UINT64_MAX, 0);
  for (const Side side : both_sides) {
    Single single(side, option.get());
    const auto result = attack(single, 20000, Reading::yes, [](int round) {
      const std::uint32_t stream = support::stream_of(round + 1);
      return Wire().priority(stream, {stream - 2, 256, true}).bytes();
    });
    CHECK_EQ(result.rounds, 20000);
    CHECK(single.probe.peak_bytes() < 200000);
  }
}

TEST(attack_message, nothing_is_read_after_the_end) {
  for (const Side side : both_sides) {
    Single single(side);
    nghttp2_session_terminate_session(single.session, NGHTTP2_NO_ERROR);
    const std::string bytes = Wire()
                                  .frame(NGHTTP2_ALTSVC, 0, 1, "\xff")
                                  .frame(NGHTTP2_PRIORITY_UPDATE, 0, 0, "x")
                                  .headers(1, {{"Bad", "\n"}}, 5)
                                  .continuation(1, "\xff", 4)
                                  .window_update(0, 0)
                                  .raw(std::string(100, '\xff'))
                                  .bytes();
    CHECK_EQ(single.feed(bytes), static_cast<long>(bytes.size()));
    CHECK_STR(single.lines(), "< GOAWAY 0 last=0 NO_ERROR\n");
  }
}
