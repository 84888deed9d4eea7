// SPDX-License-Identifier: MIT
// Attacks on a session: memory stays bounded, and the peer is sent away or ignored.
#include <nghttp2/nghttp2.h>

#include <string>

#include "api/single.h"
#include "support/check.h"

using support::Fields;
using support::Side;
using support::Single;
using support::Wire;

namespace {

// No attack may make a session hold more than this.
constexpr std::size_t kMostBytes = 4 << 20;

// What came of feeding the same kind of input again and again.
struct Result {
  long code = 0;      // of the last nghttp2_session_mem_recv
  int rounds = 0;     // until the session was done, or all of them
  std::string lines;  // of the last round
};

// Feeds `make(round)` up to `rounds` times; the output is taken each time if `reading`.
template <class Make>
Result attack(Single& target, int rounds, bool reading, Make make) {
  Result result;
  target.log.set_quiet(true);
  for (; result.rounds < rounds; ++result.rounds) {
    result.code = target.feed(make(result.rounds));
    if (result.code < 0) break;
    if (!reading) continue;
    target.log.set_quiet(false);
    target.log.take_lines();
    result.lines = target.lines();
    target.log.set_quiet(true);
    if (nghttp2_session_want_read(target.session) == 0) break;
  }
  target.log.take_lines();
  target.log.set_quiet(false);
  CHECK(target.probe.peak_bytes() < kMostBytes);
  return result;
}

bool ends_with_goaway(const Result& result, const char* error_code) {
  return result.lines.find(std::string("< GOAWAY 0 last=")) != std::string::npos &&
         result.lines.find(error_code) != std::string::npos;
}

std::uint32_t stream_of(int round) {
  return 2 * static_cast<std::uint32_t>(round) + 1;
}

}  // namespace

TEST(abuse, rapid_reset) {
  Single server(Side::server);
  const Result result = attack(server, 20000, true, [](int round) {
    return Wire()
        .headers(stream_of(round), support::request_fields("GET", "/"), 5)
        .rst_stream(stream_of(round), NGHTTP2_CANCEL)
        .bytes();
  });
  CHECK(result.rounds >= 1000);
  CHECK(result.rounds < 2000);
  CHECK(ends_with_goaway(result, "INTERNAL_ERROR"));
}

TEST(abuse, resets_that_the_server_is_made_to_send) {
  Single server(Side::server);
  const Result result = attack(server, 50000, true, [](int round) {
    return Wire()
        .headers(stream_of(round), support::request_fields("POST", "/", {{"content-length", "1"}}),
                 4)
        .data(stream_of(round), "too long")
        .bytes();
  });
  CHECK(result.rounds < 20000);
  CHECK(ends_with_goaway(result, "ENHANCE_YOUR_CALM"));
}

TEST(abuse, malformed_requests) {
  Single server(Side::server);
  const Result result = attack(server, 50000, true, [](int round) {
    return Wire().headers(stream_of(round), {{":method", "GET"}}, 5).bytes();
  });
  CHECK(result.rounds < 20000);
  CHECK(ends_with_goaway(result, "ENHANCE_YOUR_CALM"));
}

TEST(abuse, empty_data) {
  Single server(Side::server);
  support::receive_request(server, 1);
  const Result result = attack(server, 50000, true, [](int) { return Wire().data(1, "").bytes(); });
  CHECK(result.rounds < 20000);
  CHECK(ends_with_goaway(result, "ENHANCE_YOUR_CALM"));
}

TEST(abuse, priority_of_ever_new_streams) {
  Single server(Side::server);
  const Result result = attack(server, 100000, true, [](int round) {
    return Wire().priority(stream_of(round), {0, 16, true}).bytes();
  });
  CHECK(result.rounds < 50000);
  CHECK(ends_with_goaway(result, "ENHANCE_YOUR_CALM"));
}

TEST(abuse, a_deep_tree_of_priorities) {
  Single server(Side::server);
  const Result result = attack(server, 9000, true, [](int round) {
    const std::uint32_t parent = round == 0 ? 0 : stream_of(round - 1);
    return Wire().priority(stream_of(round), {parent, 256, false}).bytes();
  });
  CHECK(result.code >= 0);
}

TEST(abuse, priority_updates_of_ever_new_streams) {
  nghttp2_option* option = nullptr;
  nghttp2_option_new(&option);
  nghttp2_option_set_builtin_recv_extension_type(option, NGHTTP2_PRIORITY_UPDATE);
  Single server(Side::server, option);
  nghttp2_option_del(option);
  const Result result = attack(server, 100000, true, [](int round) {
    const std::string payload = support::big_endian(stream_of(round), 4) + "u=1";
    return Wire().frame(NGHTTP2_PRIORITY_UPDATE, 0, 0, payload).bytes();
  });
  CHECK(result.rounds < 50000);
}

TEST(abuse, pings_without_reading) {
  Single server(Side::server);
  const Result result =
      attack(server, 50000, false, [](int) { return Wire().ping("01234567").bytes(); });
  CHECK_EQ(result.code, NGHTTP2_ERR_FLOODED);
  CHECK(result.rounds < 2000);
}

TEST(abuse, settings_without_reading) {
  for (const Side side : {Side::server, Side::client}) {
    Single target(side);
    const Result result = attack(target, 50000, false, [](int) {
      return Wire().settings({{4, 65535}}).bytes();
    });
    CHECK_EQ(result.code, NGHTTP2_ERR_FLOODED);
    CHECK(result.rounds < 2000);
  }
}

TEST(abuse, malformed_requests_without_reading) {
  Single server(Side::server);
  const Result result = attack(server, 50000, false, [](int round) {
    return Wire().headers(stream_of(round), {{"Bad", "1"}}, 5).bytes();
  });
  CHECK_EQ(result.code, NGHTTP2_ERR_FLOODED);
  CHECK(result.rounds < 10000);
}

TEST(abuse, settings_with_many_entries) {
  Single server(Side::server);
  const std::vector<support::Setting> entries(2000, {4, 65535});
  server.feed(Wire().settings(entries));
  CHECK(server.lines().find("ENHANCE_YOUR_CALM") != std::string::npos);
}

TEST(abuse, continuation_without_end) {
  Single server(Side::server);
  server.feed(Wire().headers(1, support::request_fields("GET", "/"), 1));
  const Result result = attack(server, 50000, true, [](int) {
    return Wire().continuation(1, std::string("\x00\x01x\x01y", 5), 0).bytes();
  });
  CHECK_EQ(result.code, NGHTTP2_ERR_TOO_MANY_CONTINUATIONS);
  CHECK_EQ(result.rounds, 8);
}

TEST(abuse, continuation_one_octet_at_a_time) {
  Single server(Side::server);
  server.feed(Wire().headers(1, support::request_fields("GET", "/"), 1));
  const Result result =
      attack(server, 50000, true, [](int) { return Wire().continuation(1, "", 0).bytes(); });
  CHECK_EQ(result.code, NGHTTP2_ERR_TOO_MANY_CONTINUATIONS);
}

TEST(abuse, frames_that_nobody_knows) {
  for (const Side side : {Side::server, Side::client}) {
    Single target(side);
    const Result result = attack(target, 20000, true, [](int) {
      return Wire().frame(0xfa, 0, 0, "x").frame(NGHTTP2_ALTSVC, 0, 0, "").bytes();
    });
    CHECK(result.code >= 0);
  }
}

TEST(abuse, a_field_that_never_ends) {
  Single server(Side::server);
  // A literal of 2^28 octets, of which only the beginning ever comes.
  const std::string block("\x00\x01x\x7f\x81\xff\xff\x7f", 8);
  server.feed(Wire().headers(1, support::request_fields("GET", "/"), 1));
  const Result result = attack(server, 8, true, [&](int round) {
    return Wire().continuation(1, round == 0 ? block : std::string(16384, 'a'), 0).bytes();
  });
  CHECK(nghttp2_session_want_read(server.session) == 0 || result.code < 0);
}

TEST(abuse, one_table_entry_many_times) {
  Single server(Side::server);
  // A name and value of 4,000 octets go into the table and are then repeated by one octet each.
  std::string block("\x40\x01x\x7f\xa1\x1e", 6);
  block += std::string(4000, 'v') + std::string(12000, '\xbe');
  std::string input = support::header_block(support::request_fields("GET", "/")) + block;
  server.log.set_quiet(true);
  server.feed(Wire().frame(NGHTTP2_HEADERS, 5, 1, input.substr(0, 16384)));
  CHECK(server.probe.peak_bytes() < kMostBytes);
}

TEST(abuse, window_updates_one_octet_at_a_time) {
  Single server(Side::server);
  const Result result =
      attack(server, 20000, true, [](int) { return Wire().window_update(0, 1).bytes(); });
  CHECK(result.code >= 0);
}

TEST(abuse, promises_without_end) {
  Single client(Side::client);
  support::send_request(client);
  const Result result = attack(client, 20000, true, [](int round) {
    const auto promised = 2 * static_cast<std::uint32_t>(round) + 2;
    return Wire().push_promise(1, promised, support::request_fields("GET", "/")).bytes();
  });
  CHECK(result.code >= 0 || result.code == NGHTTP2_ERR_FLOODED);
}

TEST(abuse, requests_without_end) {
  Single server(Side::server, nullptr, {{NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, 100}});
  const Result result = attack(server, 20000, true, [](int round) {
    return Wire().headers(stream_of(round), support::request_fields("POST", "/"), 4).bytes();
  });
  CHECK_EQ(result.rounds, 100);
  CHECK(ends_with_goaway(result, "PROTOCOL_ERROR"));
}

TEST(abuse, nothing_is_read_after_the_end) {
  Single server(Side::server);
  server.feed(Wire().window_update(0, 0));
  CHECK_STR(server.log.take_lines().at(0), "invalid WINDOW_UPDATE 0 +0 PROTO");
  const Result result = attack(server, 1000, false, [](int round) {
    return Wire()
        .headers(stream_of(round), support::request_fields("GET", "/"), 5)
        .ping("01234567")
        .settings()
        .bytes();
  });
  CHECK(result.code >= 0);
  CHECK_STR(server.lines(), "< GOAWAY 0 last=0 PROTOCOL_ERROR\n");
}
