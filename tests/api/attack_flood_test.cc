// SPDX-License-Identifier: MIT
// Floods of frames that are legal one by one (CVE-2019-9511 to 9518, CVE-2018-16844,
// CVE-2024-28182, CVE-2026-33871). Limits with a rate of 0 do not depend on time.
#include <nghttp2/nghttp2.h>

#include <string>

#include "api/attack.h"
#include "support/body.h"
#include "support/check.h"

using support::attack;
using support::AttackResult;
using support::both_sides;
using support::make_option;
using support::Option;
using support::Reading;
using support::Side;
using support::Single;
using support::stream_of;
using support::Wire;

namespace {

// 100 control frames, apart from the SETTINGS with which a session begins.
Option hundred_control_frames() {
  Option option = make_option();
  nghttp2_option_set_control_frame_rate_limit(option.get(), 101, 0);
  return option;
}

Option hundred_glitches() {
  Option option = make_option();
  nghttp2_option_set_glitch_rate_limit(option.get(), 100, 0);
  return option;
}

// Makes stream 1 take DATA from the peer.
void open_for_data(Single& single, Side side) {
  if (side == Side::server) {
    support::receive_request(single, 1);
  } else {
    support::send_request(single);
    single.feed(Wire().headers(1, support::response_fields("200"), 4));
  }
}

// Feeds the same input again and again, and answers after how many rounds the session was ended
// with ENHANCE_YOUR_CALM; -1 if it was not.
int rounds_until_calm(Side side, const Option& option, const std::string& input,
                      bool with_stream = false) {
  Single single(side, option.get());
  if (with_stream) open_for_data(single, side);
  const AttackResult result = attack(single, 1000, Reading::yes, [&](int) { return input; });
  return result.calmed() ? result.rounds : -1;
}

// The server sends DATA frames of `octets` each, and the client returns the credit for each one
// twice, until `frames` are sent or the session is over; answers how many were.
int frames_with_credit(std::uint32_t octets, int frames) {
  const auto option = hundred_control_frames();
  Single server(Side::server, option.get(), {}, {},
                {{NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, octets}});
  server.feed(Wire().headers(1, support::request_fields("GET", "/"), 5));
  support::Body body;
  body.bytes = std::string(octets * static_cast<std::size_t>(frames), 'x');
  const auto fields = support::response_fields("200");
  const auto list = support::views(fields);
  const nghttp2_data_provider provider = body.provider();
  nghttp2_submit_response(server.session, 1, list.data(), list.size(), &provider);
  const AttackResult result = attack(server, frames, Reading::yes, [&](int round) {
    if (round == 0) return std::string();
    return Wire().window_update(0, octets).window_update(1, octets).bytes();
  });
  return result.calmed() ? result.rounds : frames;
}

}  // namespace

TEST(attack_flood, pings_that_are_answered) {
  for (const Side side : both_sides) {
    CHECK_EQ(rounds_until_calm(side, hundred_control_frames(), Wire().ping("01234567").bytes()),
             101);
  }
}

TEST(attack_flood, acknowledged_pings_are_free) {
  for (const Side side : both_sides) {
    CHECK_EQ(
        rounds_until_calm(side, hundred_control_frames(), Wire().ping("01234567", true).bytes()),
        -1);
  }
}

TEST(attack_flood, pings_that_are_not_read) {
  for (const Side side : both_sides) {
    Single single(side);
    const AttackResult result =
        attack(single, 5000, Reading::no, [](int) { return Wire().ping("01234567").bytes(); });
    CHECK_EQ(result.code, NGHTTP2_ERR_FLOODED);
    CHECK_EQ(result.rounds, 1001);
  }
}

TEST(attack_flood, settings_that_are_acknowledged) {
  for (const Side side : both_sides) {
    CHECK_EQ(rounds_until_calm(
                 side, hundred_control_frames(),
                 Wire().settings({{NGHTTP2_SETTINGS_HEADER_TABLE_SIZE, 0}, {1, 4096}}).bytes()),
             101);
  }
}

TEST(attack_flood, settings_cost_more_with_many_streams) {
  for (const Side side : both_sides) {
    Single single(side, hundred_control_frames().get());
    for (int i = 0; i < 160; ++i) {
      if (side == Side::server) {
        support::receive_request(single, static_cast<std::int32_t>(stream_of(i)));
      } else {
        support::send_request(single);
      }
    }
    const AttackResult result = attack(single, 1000, Reading::yes, [](int round) {
      const auto window = static_cast<std::uint32_t>(round % 2 ? 0 : 65535);
      return Wire().settings({{NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, window}}).bytes();
    });
    // 11 each.
    CHECK_EQ(result.rounds, 10);
    CHECK(result.calmed());
  }
}

TEST(attack_flood, settings_that_are_not_read) {
  for (const Side side : both_sides) {
    Single single(side);
    const AttackResult result =
        attack(single, 5000, Reading::no, [](int) { return Wire().settings().bytes(); });
    CHECK_EQ(result.code, NGHTTP2_ERR_FLOODED);
    CHECK_EQ(result.rounds, 1001);
  }
}

TEST(attack_flood, settings_of_many_entries) {
  for (const Side side : both_sides) {
    for (const std::size_t count : {32, 33}) {
      Single single(side);
      single.feed(Wire().settings(std::vector<support::Setting>(count, {4, 65535})));
      const bool calmed = single.lines().find("ENHANCE_YOUR_CALM") != std::string::npos;
      CHECK_EQ(calmed, count == 33);
    }
  }
}

TEST(attack_flood, window_updates_of_the_connection) {
  for (const Side side : both_sides) {
    CHECK_EQ(rounds_until_calm(side, hundred_control_frames(), Wire().window_update(0, 1).bytes()),
             101);
  }
}

TEST(attack_flood, window_updates_of_a_stream) {
  for (const Side side : both_sides) {
    CHECK_EQ(
        rounds_until_calm(side, hundred_control_frames(), Wire().window_update(1, 1).bytes(), true),
        101);
  }
}

TEST(attack_flood, window_updates_that_return_credit_are_free) {
  CHECK_EQ(frames_with_credit(256, 1000), 1000);
}

TEST(attack_flood, data_dribble) {
  // CVE-2019-9511: windows that open octet by octet, so that DATA frames carry one each.
  const int frames = frames_with_credit(1, 1000);
  CHECK(frames > 50);
  CHECK(frames < 60);
}

TEST(attack_flood, window_updates_are_limited_by_default) {
  Single server(Side::server);
  const std::string thousand = [] {
    Wire wire;
    for (int i = 0; i < 1000; ++i)
      wire.window_update(0, 1);
    return wire.bytes();
  }();
  const AttackResult result = attack(server, 100000, Reading::yes, [&](int) { return thousand; });
  CHECK(result.rounds >= 100);
  CHECK(result.calmed());
}

TEST(attack_flood, small_data) {
  for (const Side side : both_sides) {
    const auto option = make_option();
    nghttp2_option_set_small_data_rate_limit(option.get(), 100, 0);
    CHECK_EQ(rounds_until_calm(side, option, Wire().data(1, "x").bytes(), true), 101);
    CHECK_EQ(rounds_until_calm(side, option, Wire().data(1, std::string(63, 'x')).bytes(), true),
             101);
    CHECK_EQ(rounds_until_calm(side, option, Wire().data(1, std::string(64, 'x')).bytes(), true),
             -1);
    CHECK_EQ(rounds_until_calm(side, make_option(), Wire().data(1, "x").bytes(), true), -1);
  }
}

TEST(attack_flood, small_data_on_a_stream_that_is_gone) {
  const auto option = make_option();
  nghttp2_option_set_small_data_rate_limit(option.get(), 100, 0);
  Single server(Side::server, option.get());
  support::receive_request(server, 1);
  server.feed(Wire().rst_stream(1, NGHTTP2_CANCEL));
  const AttackResult result =
      attack(server, 1000, Reading::yes, [](int) { return Wire().data(1, "x").bytes(); });
  CHECK_EQ(result.rounds, 101);
  CHECK(result.calmed());
}

TEST(attack_flood, data_that_ends_its_stream_is_not_small) {
  const auto option = make_option();
  nghttp2_option_set_small_data_rate_limit(option.get(), 0, 0);
  Single server(Side::server, option.get());
  support::receive_request(server, 1);
  server.feed(Wire().data(1, "x", NGHTTP2_FLAG_END_STREAM));
  CHECK(server.lines().find("GOAWAY") == std::string::npos);
}

TEST(attack_flood, empty_data) {
  for (const Side side : both_sides) {
    CHECK_EQ(rounds_until_calm(side, hundred_glitches(), Wire().data(1, "").bytes(), true), 101);
    // Nothing but padding is empty as well.
    const std::string padding = support::padded("", 10);
    CHECK_EQ(rounds_until_calm(side, hundred_glitches(),
                               Wire().data(1, padding, NGHTTP2_FLAG_PADDED).bytes(), true),
             101);
  }
}

TEST(attack_flood, priorities) {
  for (const Side side : both_sides) {
    CHECK_EQ(rounds_until_calm(side, hundred_glitches(), Wire().priority(5, {3, 9, true}).bytes()),
             101);
  }
}

TEST(attack_flood, priority_updates) {
  const auto option = hundred_glitches();
  nghttp2_option_set_builtin_recv_extension_type(option.get(), NGHTTP2_PRIORITY_UPDATE);
  const std::string payload = support::big_endian(1, 4) + "u=1";
  CHECK_EQ(rounds_until_calm(Side::server, option,
                             Wire().frame(NGHTTP2_PRIORITY_UPDATE, 0, 0, payload).bytes()),
           101);
  const std::string longer = support::big_endian(1, 4) + std::string(16000, ' ');
  CHECK_EQ(rounds_until_calm(Side::server, option,
                             Wire().frame(NGHTTP2_PRIORITY_UPDATE, 0, 0, longer).bytes()),
           101);
}

TEST(attack_flood, frames_that_nobody_knows) {
  for (const Side side : both_sides) {
    for (const std::uint8_t type : {0x0b, 0xfa, NGHTTP2_ALTSVC + 0, NGHTTP2_ORIGIN + 0}) {
      CHECK_EQ(rounds_until_calm(side, hundred_glitches(), Wire().frame(type, 0, 0, "x").bytes()),
               101);
    }
  }
}

TEST(attack_flood, frames_that_are_asked_for_and_not_unpacked) {
  const auto option = hundred_glitches();
  nghttp2_option_set_user_recv_extension_type(option.get(), 0xfa);
  for (const Side side : both_sides)
    CHECK_EQ(rounds_until_calm(side, option, Wire().frame(0xfa, 0, 0, "x").bytes()), 101);
}

TEST(attack_flood, altsvc_and_origin_that_are_useless) {
  const auto option = hundred_glitches();
  nghttp2_option_set_builtin_recv_extension_type(option.get(), NGHTTP2_ALTSVC);
  nghttp2_option_set_builtin_recv_extension_type(option.get(), NGHTTP2_ORIGIN);
  const std::string useless = std::string(15000, '\xff');
  // On stream 0 an ALTSVC frame has to name an origin.
  const std::string nameless = std::string(2, '\0') + "clear";
  for (const Side side : both_sides) {
    CHECK_EQ(rounds_until_calm(side, option, Wire().frame(NGHTTP2_ORIGIN, 0, 0, useless).bytes()),
             101);
    CHECK_EQ(rounds_until_calm(side, option, Wire().frame(NGHTTP2_ALTSVC, 0, 0, nameless).bytes()),
             101);
  }
  // CVE-2018-1000168: lengths that do not fit.
  const std::string altsvc = Wire().frame(NGHTTP2_ALTSVC, 0, 0, useless).bytes();
  CHECK_EQ(rounds_until_calm(Side::server, option, altsvc), 101);
  Single client(Side::client, option.get());
  client.feed(altsvc);
  CHECK(client.lines().find("< GOAWAY 0 last=0 FRAME_SIZE_ERROR") != std::string::npos);
}

TEST(attack_flood, continuation) {
  for (const Side side : both_sides) {
    for (const std::string& piece : {std::string(), std::string("\x00\x01x\x01y", 5)}) {
      Single single(side);
      if (side == Side::client) support::send_request(single);
      const auto fields = side == Side::server ? support::request_fields("GET", "/")
                                               : support::response_fields("200");
      single.feed(Wire().headers(1, fields, 1));
      const AttackResult result = attack(single, 1000, Reading::yes, [&](int) {
        return Wire().continuation(1, piece, 0).bytes();
      });
      CHECK_EQ(result.code, NGHTTP2_ERR_TOO_MANY_CONTINUATIONS);
      CHECK_EQ(result.rounds, 9);
    }
  }
}

TEST(attack_flood, requests_whose_responses_are_not_read) {
  // CVE-2019-9517: the session asks for content only when it can be sent.
  Single server(Side::server, nullptr, {{NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, 100}});
  const AttackResult result = attack(server, 20000, Reading::no, [](int round) {
    return Wire().headers(stream_of(round), support::request_fields("GET", "/"), 5).bytes();
  });
  // The one that exceeds the limit ends the connection, and then input is ignored.
  CHECK(result.code >= 0);
  CHECK(server.lines().find("< GOAWAY 0 last=199 PROTOCOL_ERROR") != std::string::npos);
}

TEST(attack_flood, resets_follow_goaway) {
  // CVE-2023-35945: nothing that waited is kept.
  Single client(Side::client);
  for (int i = 0; i < 100; ++i) {
    const auto fields = support::request_fields("GET", "/");
    const auto list = support::views(fields);
    nghttp2_submit_request(client.session, nullptr, list.data(), list.size(), nullptr, nullptr);
  }
  client.feed(Wire().goaway(0, NGHTTP2_NO_ERROR).rst_stream(1, NGHTTP2_CANCEL));
  client.lines();
  CHECK_EQ(nghttp2_session_get_outbound_queue_size(client.session), 0u);
  CHECK_EQ(nghttp2_session_want_write(client.session), 0);
  Single server(Side::server);
  for (int i = 0; i < 100; ++i)
    server.feed(Wire().headers(stream_of(i), support::request_fields("GET", "/"), 5));
  const auto fields = support::response_fields("200");
  const auto list = support::views(fields);
  for (int i = 0; i < 100; ++i) {
    nghttp2_submit_response(server.session, static_cast<std::int32_t>(stream_of(i)), list.data(),
                            list.size(), nullptr);
  }
  server.feed(Wire().goaway(0, NGHTTP2_NO_ERROR));
  for (int i = 0; i < 100; ++i)
    server.feed(Wire().rst_stream(stream_of(i), NGHTTP2_CANCEL));
  server.lines();
  CHECK_EQ(nghttp2_session_get_outbound_queue_size(server.session), 0u);
  CHECK_EQ(nghttp2_session_want_write(server.session), 0);
}
