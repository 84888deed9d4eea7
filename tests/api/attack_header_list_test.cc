// SPDX-License-Identifier: MIT
// Header lists that are larger than they look (RFC 9113 section 6.5.2): HPACK bombs
// (CVE-2016-6581, CVE-2026-49975), floods of fields (CVE-2016-1544, CVE-2016-8740), cookie crumbs.
#include <nghttp2/nghttp2.h>

#include <string>

#include "api/attack.h"
#include "support/check.h"

using support::both_sides;
using support::Fields;
using support::make_option;
using support::Side;
using support::Single;
using support::Wire;

namespace {

// The fields that begin a message to `side`.
Fields first_fields(Side side) {
  return side == Side::server ? support::request_fields("GET", "/")
                              : support::response_fields("200");
}

// A session whose stream 1 is ready for a header block.
struct Target : Single {
  Target(Side side, const support::Option& option,
         const std::vector<nghttp2_settings_entry>& settings = {})
      : Single(side, option.get(), settings), side(side) {
    if (side == Side::client) support::send_request(*this);
  }
  // The message of stream 1 with `block` behind its first fields, in as many frames as it needs.
  long feed_message(const std::string& block) {
    const std::string all = support::header_block(first_fields(side)) + block;
    Wire wire;
    for (std::size_t at = 0; at < all.size(); at += 16384) {
      const unsigned end_headers = at + 16384 >= all.size() ? NGHTTP2_FLAG_END_HEADERS : 0;
      const auto part = all.substr(at, 16384);
      if (at == 0) {
        wire.frame(NGHTTP2_HEADERS, static_cast<std::uint8_t>(end_headers | 1), 1, part);
      } else {
        wire.continuation(1, part, static_cast<std::uint8_t>(end_headers));
      }
    }
    return feed(wire);
  }
  Side side;
};

std::string times(std::size_t count, const std::string& text) {
  std::string result;
  while (count-- > 0)
    result += text;
  return result;
}

// An entry of 4,006 octets enters the table and is then named by one octet each time.
std::string bomb(std::size_t count) {
  return "\x40\x01x\x7f\xa1\x1e" + std::string(4000, 'v') + std::string(count, '\xbe');
}

// A field that the table keeps, to see whether it is still in step: index 62 afterwards.
const char kMarker[] = "\x40\x06marker\x01y";

bool has_reset(const std::string& lines) {
  return lines.find("invalid HEADERS 1") != std::string::npos &&
         lines.find("FRAME_SIZE_ERROR") != std::string::npos &&
         lines.find("< RST_STREAM 1 ENHANCE_YOUR_CALM") != std::string::npos;
}

bool has_goaway(const std::string& lines) {
  return lines.find("< GOAWAY 0") != std::string::npos &&
         lines.find("ENHANCE_YOUR_CALM") != std::string::npos;
}

}  // namespace

TEST(attack_header_list, table_entry_many_times_by_default) {
  for (const Side side : both_sides) {
    Target target(side, make_option());
    int fields = 0;
    target.log.set_hook([&](const std::string& event) -> std::optional<int> {
      fields += event.rfind("header 1", 0) == 0;
      return {};
    });
    target.feed_message(bomb(300) + kMarker);
    // 1 MiB is 259 fields of 4,033 octets each.
    CHECK(fields > 250 && fields < 270);
    CHECK(has_reset(target.lines()));
    CHECK(target.probe.peak_bytes() < 100000);
  }
}

TEST(attack_header_list, table_entry_far_too_often_ends_the_connection) {
  for (const Side side : both_sides) {
    Target target(side, make_option());
    target.log.set_quiet(true);
    target.feed_message(bomb(12000));
    target.log.set_quiet(false);
    CHECK(has_goaway(target.lines()));
    CHECK_EQ(nghttp2_session_want_read(target.session), 0);
    CHECK(target.probe.peak_bytes() < 100000);
  }
}

TEST(attack_header_list, size_limit_is_exact) {
  for (const Side side : both_sides) {
    // RFC 9113 section 6.5.2: name, value and 32.
    std::size_t size = 0;
    for (const auto& field : first_fields(side))
      size += field.name.size() + field.value.size() + 32;
    const std::string block = support::header_block({{"name", "value"}});
    for (const std::size_t lacking : {0, 1}) {
      const auto option = make_option();
      nghttp2_option_set_max_header_list_size(option.get(), size + 4 + 5 + 32 - lacking);
      Target target(side, option);
      target.feed_message(block);
      CHECK_EQ(has_reset(target.lines()), lacking == 1);
    }
  }
}

TEST(attack_header_list, field_count_is_exact_and_counts_cookie_crumbs) {
  for (const Side side : both_sides) {
    const std::string crumbs = times(7, support::header_block({{"cookie", ""}}));
    for (const std::size_t lacking : {0, 1}) {
      const auto option = make_option();
      nghttp2_option_set_max_header_fields(option.get(), first_fields(side).size() + 7 - lacking);
      Target target(side, option);
      target.feed_message(crumbs);
      CHECK_EQ(has_reset(target.lines()), lacking == 1);
    }
  }
}

TEST(attack_header_list, empty_fields_by_default) {
  for (const Side side : both_sides) {
    Target target(side, make_option());
    target.log.set_quiet(true);
    // 11,000 fields of one octet on the wire; the first one makes the entry.
    target.feed_message("\x40\x01x" + std::string(1, '\0') + std::string(11000, '\xbe'));
    target.log.set_quiet(false);
    CHECK(target.lines().find("RST_STREAM 1 ENHANCE_YOUR_CALM") != std::string::npos);
    CHECK(target.probe.peak_bytes() < 100000);
  }
}

TEST(attack_header_list, the_table_stays_in_step) {
  const auto option = make_option();
  nghttp2_option_set_max_header_list_size(option.get(), 10000);
  Target server(Side::server, option);
  server.feed_message(bomb(10) + kMarker);
  CHECK(has_reset(server.lines()));
  server.feed(Wire().frame(NGHTTP2_HEADERS, 5, 3,
                           support::header_block(support::request_fields("GET", "/")) + "\xbe"));
  CHECK(server.lines().find("marker: y") != std::string::npos);
}

TEST(attack_header_list, limits_hold_across_continuation_frames) {
  const auto option = make_option();
  nghttp2_option_set_max_header_list_size(option.get(), 1000);
  Target server(Side::server, option);
  const Fields large = {{"a", std::string(300, 'a')}};
  server.feed(Wire()
                  .headers(1, support::request_fields("GET", "/", large), 1)
                  .continuation(1, support::header_block(large), 0)
                  .continuation(1, support::header_block(large), 0)
                  .continuation(1, support::header_block(large), 4)
                  .ping("01234567"));
  const std::string lines = server.lines();
  CHECK(has_reset(lines));
  CHECK(lines.find("< PING 0 ACK") != std::string::npos);
}

TEST(attack_header_list, trailers_and_promises_count_on_their_own) {
  const auto option = make_option();
  nghttp2_option_set_max_header_list_size(option.get(), 1000);
  const std::string large = support::header_block({{"a", std::string(1000, 'a')}});
  Target server(Side::server, option);
  server.feed(Wire().headers(1, support::request_fields("POST", "/"), 4));
  server.feed(Wire().frame(NGHTTP2_HEADERS, 5, 1, large));
  CHECK(has_reset(server.lines()));
  Target client(Side::client, option);
  client.feed(Wire().push_promise(
      1, 2, support::request_fields("GET", "/", {{"a", std::string(1000, 'a')}})));
  CHECK(client.lines().find("< RST_STREAM 2 ENHANCE_YOUR_CALM") != std::string::npos);
}

TEST(attack_header_list, blocks_that_nobody_sees_are_limited_too) {
  // After the GOAWAY new streams are ignored, and their blocks decoded all the same.
  Target server(Side::server, make_option());
  server.feed(Wire().headers(1, support::request_fields("POST", "/"), 4));
  nghttp2_submit_goaway(server.session, 0, 1, NGHTTP2_NO_ERROR, nullptr, 0);
  server.lines();
  const std::string block = support::header_block(support::request_fields("GET", "/"));
  server.feed(Wire().frame(NGHTTP2_HEADERS, 5, 3, block + bomb(12000)));
  CHECK(has_goaway(server.lines()));
}

TEST(attack_header_list, copied_names_are_paid_for) {
  // With a large table, a name of 60,000 octets can be copied by two octets each time.
  for (const Side side : both_sides) {
    Target target(side, make_option(), {{NGHTTP2_SETTINGS_HEADER_TABLE_SIZE, 200000}});
    const std::string name(60000, 'n');
    std::string block = "\x3f\xa1\x9a\x0c";  // the table may be of 200,000 octets
    block += std::string("\x40\x7f\xe1\xd3\x03", 5) + name + std::string(1, '\0');
    const std::string first = support::header_block(first_fields(side));
    const std::string copies = times(8000, std::string("\x7e\x00", 2));
    // The size update must come first.
    const std::string all = block.substr(0, 4) + first + block.substr(4) + copies;
    Wire wire;
    for (std::size_t at = 0; at < all.size(); at += 16384) {
      const auto flags = static_cast<std::uint8_t>(at + 16384 >= all.size() ? 4 : 0);
      const auto part = all.substr(at, 16384);
      at == 0 ? wire.frame(NGHTTP2_HEADERS, 1, 1, part) : wire.continuation(1, part, flags);
    }
    target.log.set_quiet(true);
    target.feed(wire);
    target.log.set_quiet(false);
    CHECK(has_goaway(target.lines()));
    CHECK(target.probe.peak_bytes() < 1000000);
  }
}

TEST(attack_header_list, an_explicit_limit_is_announced) {
  for (const Side side : both_sides) {
    const auto option = make_option();
    nghttp2_option_set_max_header_list_size(option.get(), 12345);
    Single single(side, option.get());
    CHECK_EQ(
        nghttp2_session_get_local_settings(single.session, NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE),
        12345u);
    // Only in the first frame.
    nghttp2_submit_settings(single.session, NGHTTP2_FLAG_NONE, nullptr, 0);
    CHECK_STR(single.lines(), "< SETTINGS 0\n");
    Single stated(side, option.get(), {{NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, 20000}});
    CHECK_EQ(
        nghttp2_session_get_local_settings(stated.session, NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE),
        20000u);
    Single silent(side);
    CHECK_EQ(
        nghttp2_session_get_local_settings(silent.session, NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE),
        0xffffffffu);
  }
}

TEST(attack_header_list, what_was_announced_may_be_sent) {
  for (const Side side : both_sides) {
    const auto option = make_option();
    nghttp2_option_set_max_header_list_size(option.get(), 1000);
    Target target(side, option, {{NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, 5000}});
    target.feed_message(support::header_block({{"a", std::string(4000, 'a')}}));
    CHECK(!has_reset(target.lines()));
  }
}

TEST(attack_header_list, a_small_announcement_alone_is_not_enforced) {
  for (const Side side : both_sides) {
    Target target(side, make_option(), {{NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, 100}});
    target.feed_message(support::header_block({{"a", std::string(4000, 'a')}}));
    CHECK(!has_reset(target.lines()));
  }
}
