// SPDX-License-Identifier: MIT
// Fields that come again from the dynamic table: they were looked at before, but the rules about
// where they may stand still hold (RFC 9113 §8.2, §8.3).
#include <string>

#include "api/single.h"
#include "support/check.h"

using support::Side;
using support::Single;
using support::Wire;

namespace {

// Static: :method GET, :scheme https, :path /.
const std::string kStart = "\x82\x87\x84";

std::string short_string(const std::string& text) {
  return char(text.size()) + text;
}

// A literal that becomes the newest entry, which an octet of 0xbe names.
std::string entry(const std::string& name, const std::string& value) {
  return "\x40" + short_string(name) + short_string(value);
}
const std::string kNewest = "\xbe", kSecond = "\xbf";

constexpr unsigned kWhole = NGHTTP2_FLAG_END_HEADERS | NGHTTP2_FLAG_END_STREAM;

std::string after(Single& session, uint32_t stream_id, const std::string& block,
                  unsigned flags = kWhole) {
  session.feed(Wire().frame(NGHTTP2_HEADERS, uint8_t(flags), stream_id, block));
  return session.lines();
}

bool is_refused(const std::string& lines) {
  return lines.find("RST_STREAM") != std::string::npos &&
         lines.find("PROTOCOL_ERROR") != std::string::npos;
}

bool is_accepted(const std::string& lines) {
  return lines.find("RST_STREAM") == std::string::npos &&
         lines.find("HEADERS") != std::string::npos;
}

}  // namespace

TEST(known_fields, are_reported_again) {
  Single server(Side::server);
  const std::string first =
      after(server, 1, kStart + entry(":authority", "example.org") + entry("x-a", "1"));
  CHECK(is_accepted(first));
  const std::string again = after(server, 3, kStart + kSecond + kNewest + kNewest);
  CHECK(is_accepted(again));
  CHECK(again.find(":authority: example.org, x-a: 1, x-a: 1") != std::string::npos);
}

TEST(known_fields, pseudo_fields_still_come_first_and_once) {
  Single server(Side::server);
  CHECK(is_accepted(
      after(server, 1, kStart + entry(":authority", "example.org") + entry("x-a", "1"))));
  CHECK(is_refused(after(server, 3, kStart + kNewest + kSecond)));
  CHECK(is_refused(after(server, 5, kStart + kSecond + kSecond)));
  CHECK(is_accepted(after(server, 7, kStart + kSecond + kNewest)));
  // In trailers there are none at all.
  CHECK(is_accepted(after(server, 9, kStart + kSecond, NGHTTP2_FLAG_END_HEADERS)));
  CHECK(is_refused(after(server, 9, kSecond)));
}

TEST(known_fields, content_length_is_still_read) {
  Single server(Side::server);
  const std::string start = kStart + entry(":authority", "example.org");
  // Indexed although that makes little sense.
  server.feed(
      Wire()
          .frame(NGHTTP2_HEADERS, NGHTTP2_FLAG_END_HEADERS, 1, start + entry("content-length", "3"))
          .data(1, "abc", NGHTTP2_FLAG_END_STREAM));
  CHECK(is_accepted(server.lines()));
  server.feed(Wire()
                  .frame(NGHTTP2_HEADERS, NGHTTP2_FLAG_END_HEADERS, 3, kStart + kSecond + kNewest)
                  .data(3, "abcd", NGHTTP2_FLAG_END_STREAM));
  CHECK(is_refused(server.lines()));
  CHECK(is_refused(after(server, 5, kStart + kSecond + kNewest + kNewest)));
}

TEST(known_fields, fields_that_were_refused_are_refused_again) {
  for (const char* bad : {"a\x01z", " a", "a\t", "\x7f"}) {
    Single server(Side::server);
    CHECK(is_refused(
        after(server, 1, kStart + entry(":authority", "example.org") + entry("x-a", bad))));
    CHECK(is_refused(after(server, 3, kStart + kSecond + kNewest)));
  }
}

// What is good enough for a response need not be for a request: no user in Host.
TEST(known_fields, responses_say_nothing_of_promised_requests) {
  for (const char* host : {"example.org", "user@example.org"}) {
    Single client(Side::client);
    const int32_t stream_id = support::send_request(client);
    CHECK(is_accepted(after(client, uint32_t(stream_id), "\x88" + entry("host", host),
                            NGHTTP2_FLAG_END_HEADERS)));
    client.feed(Wire().frame(NGHTTP2_PUSH_PROMISE, NGHTTP2_FLAG_END_HEADERS, uint32_t(stream_id),
                             support::big_endian(2, 4) + kStart + kNewest));
    CHECK_EQ(is_refused(client.lines()), std::string(host).find('@') != std::string::npos);
  }
}
