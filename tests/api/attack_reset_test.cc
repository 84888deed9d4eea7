// SPDX-License-Identifier: MIT
// Streams that are opened only to be cancelled: rapid reset (CVE-2023-44487), MadeYouReset
// (CVE-2025-8671, CVE-2019-9514), and resets that pile up (CVE-2023-26964).
#include <nghttp2/nghttp2.h>

#include <string>

#include "api/attack.h"
#include "support/check.h"

using support::attack;
using support::AttackResult;
using support::make_option;
using support::Reading;
using support::Side;
using support::Single;
using support::stream_of;
using support::Wire;

namespace {

Wire request(int round) {
  return Wire().headers(stream_of(round), support::request_fields("POST", "/"), 4);
}

// Nothing but the limit of forced resets, without time: 50 of them.
support::Option fifty_forced_resets() {
  support::Option option = make_option();
  nghttp2_option_set_forced_reset_rate_limit(option.get(), 50, 0);
  return option;
}

}  // namespace

TEST(attack_reset, rapid_reset_by_default) {
  const auto option = make_option();
  nghttp2_option_set_stream_reset_rate_limit(option.get(), 1000, 0);
  Single server(Side::server, option.get());
  const AttackResult result = attack(server, 5000, Reading::yes, [](int round) {
    return request(round).rst_stream(stream_of(round), NGHTTP2_CANCEL).bytes();
  });
  CHECK_EQ(result.rounds, 1001);
  CHECK(result.lines.find("< GOAWAY 0 last=2001 INTERNAL_ERROR") != std::string::npos);
}

TEST(attack_reset, made_by_content_beyond_content_length) {
  const auto option = fifty_forced_resets();
  Single server(Side::server, option.get());
  const AttackResult result = attack(server, 5000, Reading::yes, [](int round) {
    return Wire()
        .headers(stream_of(round), support::request_fields("POST", "/", {{"content-length", "1"}}),
                 4)
        .data(stream_of(round), "long")
        .bytes();
  });
  CHECK_EQ(result.rounds, 51);
  CHECK(result.calmed());
}

TEST(attack_reset, made_by_window_overflow) {
  const auto option = fifty_forced_resets();
  Single server(Side::server, option.get());
  const AttackResult result = attack(server, 5000, Reading::yes, [](int round) {
    return request(round).window_update(stream_of(round), 0x7fffffff).bytes();
  });
  CHECK_EQ(result.rounds, 51);
  CHECK(result.calmed());
}

TEST(attack_reset, made_by_settings_that_overflow_windows) {
  const auto option = fifty_forced_resets();
  Single server(Side::server, option.get());
  const AttackResult result = attack(server, 5000, Reading::yes, [](int round) {
    return request(round)
        .window_update(stream_of(round), 0x70000000)
        .settings({{NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, 0x7fffffff}})
        .settings({{NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, 65535}})
        .bytes();
  });
  CHECK_EQ(result.rounds, 51);
  CHECK(result.calmed());
}

TEST(attack_reset, made_by_data_beyond_the_window) {
  const auto option = fifty_forced_resets();
  Single server(Side::server, option.get(), {{NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, 3}});
  const AttackResult result = attack(server, 5000, Reading::yes, [](int round) {
    return request(round).data(stream_of(round), "four").bytes();
  });
  CHECK_EQ(result.rounds, 51);
  CHECK(result.calmed());
}

TEST(attack_reset, made_by_malformed_trailers) {
  const auto option = fifty_forced_resets();
  Single server(Side::server, option.get());
  const AttackResult result = attack(server, 5000, Reading::yes, [](int round) {
    return request(round).headers(stream_of(round), {{":path", "/"}}, 5).bytes();
  });
  CHECK_EQ(result.rounds, 51);
  CHECK(result.calmed());
}

TEST(attack_reset, made_by_a_weight_for_itself_ends_the_connection) {
  Single server(Side::server);
  server.feed(request(0).priority(1, {1, 16, false}));
  CHECK(server.lines().find("< GOAWAY 0 last=1 PROTOCOL_ERROR") != std::string::npos);
}

TEST(attack_reset, made_by_increments_of_zero_ends_the_connection) {
  Single server(Side::server);
  server.feed(request(0).window_update(1, 0));
  CHECK(server.lines().find("< GOAWAY 0 last=1 PROTOCOL_ERROR") != std::string::npos);
}

TEST(attack_reset, made_by_headers_on_a_half_closed_stream_ends_the_connection) {
  Single server(Side::server);
  server.feed(Wire()
                  .headers(1, support::request_fields("GET", "/"), 5)
                  .headers(1, support::request_fields("GET", "/"), 5));
  CHECK(server.lines().find("< GOAWAY 0 last=1 STREAM_CLOSED") != std::string::npos);
}

TEST(attack_reset, made_is_limited_by_default) {
  Single server(Side::server);
  const AttackResult result = attack(server, 20000, Reading::yes, [](int round) {
    return Wire().headers(stream_of(round), {{":method", "GET"}}, 5).bytes();
  });
  CHECK(result.rounds > 10000);
  CHECK(result.rounds < 20000);
  CHECK(result.calmed());
}

TEST(attack_reset, refused_streams_are_no_forced_resets) {
  // The client may not know of the limit yet.
  const auto option = make_option();
  nghttp2_option_set_forced_reset_rate_limit(option.get(), 0, 0);
  Single server(Side::server, option.get());
  const nghttp2_settings_entry none = {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, 0};
  nghttp2_submit_settings(server.session, NGHTTP2_FLAG_NONE, &none, 1);
  server.feed(request(0));
  const std::string lines = server.lines();
  CHECK(lines.find("< RST_STREAM 1 REFUSED_STREAM") != std::string::npos);
  CHECK(lines.find("GOAWAY") == std::string::npos);
}

TEST(attack_reset, resets_by_the_application_do_not_count) {
  const auto option = make_option();
  nghttp2_option_set_forced_reset_rate_limit(option.get(), 0, 0);
  Single server(Side::server, option.get());
  const AttackResult result = attack(server, 200, Reading::yes, [&](int round) {
    if (round > 0) {
      nghttp2_submit_rst_stream(server.session, NGHTTP2_FLAG_NONE,
                                static_cast<std::int32_t>(stream_of(round - 1)), NGHTTP2_CANCEL);
    }
    return request(round).bytes();
  });
  CHECK_EQ(result.rounds, 200);
}

TEST(attack_reset, a_server_cannot_make_a_client_pile_up_resets) {
  const auto option = make_option();
  nghttp2_option_set_glitch_rate_limit(option.get(), 100, 0);
  Single client(Side::client, option.get());
  support::send_request(client);
  // Each promise beyond what may be reserved is refused.
  const AttackResult result = attack(client, 5000, Reading::yes, [](int round) {
    return Wire()
        .push_promise(1, 2 * static_cast<std::uint32_t>(round) + 2,
                      support::request_fields("GET", "/"))
        .bytes();
  });
  CHECK_EQ(result.rounds, 200 + 101);
  CHECK(result.calmed());
}

TEST(attack_reset, unread_resets_fill_the_queue_only_so_far) {
  const auto option = make_option();
  nghttp2_option_set_forced_reset_rate_limit(option.get(), UINT64_MAX, 0);
  Single server(Side::server, option.get());
  const AttackResult result = attack(server, 50000, Reading::no, [](int round) {
    return Wire().headers(stream_of(round), {{"Bad", "1"}}, 5).bytes();
  });
  CHECK_EQ(result.code, NGHTTP2_ERR_FLOODED);
  CHECK(result.rounds < 10000);
}
