// SPDX-License-Identifier: MIT
// Floods of things that are allowed and useless: what is ignored or empty costs work all the same
// (CVE-2019-9518, CVE-2023-44487 against clients). Limits with a rate of 0 do not depend on time.
#include <nghttp2/nghttp2.h>

#include <string>

#include "api/attack.h"
#include "support/check.h"

using support::attack;
using support::both_sides;
using support::make_option;
using support::Option;
using support::Reading;
using support::Side;
using support::Single;
using support::stream_of;
using support::Wire;

namespace {

Option hundred_glitches() {
  Option option = make_option();
  nghttp2_option_set_glitch_rate_limit(option.get(), 100, 0);
  return option;
}

support::Fields first_fields(Side side) {
  return side == Side::server ? support::request_fields("POST", "/")
                              : support::response_fields("200");
}

// Stream 1 is open, and the peer may send DATA on it.
void open_stream(Single& single, Side side) {
  if (side == Side::client) support::send_request(single);
  single.feed(Wire().headers(1, first_fields(side), 4));
}

// Stream 1 has been used and is gone; another one keeps the session going.
void use_up_stream(Single& single, Side side) {
  open_stream(single, side);
  single.feed(Wire().rst_stream(1, NGHTTP2_CANCEL));
  side == Side::client ? static_cast<void>(support::send_request(single))
                       : support::receive_request(single, 3);
}

// After how many rounds of the same input the session was ended with ENHANCE_YOUR_CALM.
int rounds_until_calm(Single& single, const Wire& input) {
  const auto result = attack(single, 1000, Reading::yes, [&](int) { return input.bytes(); });
  return result.calmed() ? result.rounds : -1;
}

}  // namespace

TEST(attack_glitch, superfluous_size_updates) {
  // RFC 7541 section 4.2 needs two.
  for (const Side side : both_sides) {
    for (const std::size_t updates : {102, 103}) {
      Single single(side, hundred_glitches().get());
      if (side == Side::client) support::send_request(single);
      single.feed(
          Wire().frame(NGHTTP2_HEADERS, 5, 1,
                       std::string(updates, '\x20') + support::header_block(first_fields(side))));
      const std::string lines = single.lines();
      CHECK_EQ(lines.find("ENHANCE_YOUR_CALM") != std::string::npos, updates == 103);
      CHECK_EQ(lines.find("received HEADERS 1") != std::string::npos, updates == 102);
    }
  }
}

TEST(attack_glitch, two_size_updates_in_each_block_are_free) {
  Single server(Side::server, hundred_glitches().get());
  const auto result = attack(server, 300, Reading::yes, [](int round) {
    return Wire()
        .frame(NGHTTP2_HEADERS, 5, stream_of(round),
               "\x20\x3f\xe1\x1f" + support::header_block(first_fields(Side::server)))
        .bytes();
  });
  CHECK_EQ(result.rounds, 300);
}

TEST(attack_glitch, headers_on_a_stream_that_is_gone) {
  for (const Side side : both_sides) {
    Single single(side, hundred_glitches().get());
    use_up_stream(single, side);
    CHECK_EQ(rounds_until_calm(single, Wire().headers(1, {{"a", "b"}}, 5)), 101);
  }
}

TEST(attack_glitch, requests_after_our_goaway) {
  Single server(Side::server, hundred_glitches().get());
  open_stream(server, Side::server);
  nghttp2_submit_goaway(server.session, 0, 1, NGHTTP2_NO_ERROR, nullptr, 0);
  server.lines();
  const auto result = attack(server, 1000, Reading::yes, [](int round) {
    return Wire().headers(stream_of(round + 1), first_fields(Side::server), 5).bytes();
  });
  CHECK_EQ(result.rounds, 101);
  CHECK(result.calmed());
}

TEST(attack_glitch, promises_after_our_goaway) {
  Single client(Side::client, hundred_glitches().get());
  open_stream(client, Side::client);
  nghttp2_submit_goaway(client.session, 0, 0, NGHTTP2_NO_ERROR, nullptr, 0);
  client.lines();
  CHECK_EQ(
      rounds_until_calm(client, Wire().push_promise(1, 2, support::request_fields("GET", "/"))),
      101);
}

TEST(attack_glitch, empty_data_on_a_stream_that_is_gone) {
  for (const Side side : both_sides) {
    for (const std::uint8_t flags : {0, 1}) {
      Single single(side, hundred_glitches().get());
      use_up_stream(single, side);
      CHECK_EQ(rounds_until_calm(single, Wire().data(1, "", flags)), 101);
    }
  }
}

TEST(attack_glitch, goaways) {
  for (const Side side : both_sides) {
    Single single(side, hundred_glitches().get());
    open_stream(single, side);
    const std::uint32_t last = side == Side::client ? 1 : 0;
    CHECK_EQ(rounds_until_calm(single, Wire().goaway(last, NGHTTP2_NO_ERROR)), 101);
  }
}

TEST(attack_glitch, blocks_without_octets_and_without_messages) {
  const auto option = hundred_glitches();
  nghttp2_option_set_no_http_messaging(option.get(), 1);
  for (const Side side : both_sides) {
    Single single(side, option.get());
    open_stream(single, side);
    CHECK_EQ(rounds_until_calm(single, Wire().headers(1, {}, 4)), 101);
    Single in_pieces(side, option.get());
    open_stream(in_pieces, side);
    CHECK_EQ(rounds_until_calm(
                 in_pieces, Wire().headers(1, {}, 0).continuation(1, "", 0).continuation(1, "", 4)),
             101);
    Single padded(side, option.get());
    open_stream(padded, side);
    CHECK_EQ(rounds_until_calm(padded, Wire().frame(NGHTTP2_HEADERS, 4 | NGHTTP2_FLAG_PADDED, 1,
                                                    support::padded("", 20))),
             101);
  }
}

TEST(attack_glitch, messages_without_fields) {
  // With the rules of messages such a block is malformed.
  Single server(Side::server, hundred_glitches().get());
  auto result = attack(server, 1000, Reading::yes,
                       [](int round) { return Wire().headers(stream_of(round), {}, 5).bytes(); });
  CHECK_EQ(result.rounds, 101);
  CHECK(result.calmed());
  Single client(Side::client, hundred_glitches().get());
  support::send_request(client);
  result = attack(client, 1000, Reading::yes, [](int round) {
    return Wire().push_promise(1, stream_of(round) + 1, {}).bytes();
  });
  CHECK_EQ(result.rounds, 101);
  CHECK(result.calmed());
}

TEST(attack_glitch, resets_of_streams_that_are_gone) {
  Single client(Side::client, hundred_glitches().get());
  use_up_stream(client, Side::client);
  CHECK_EQ(rounds_until_calm(client, Wire().rst_stream(1, NGHTTP2_CANCEL)), 101);
}

TEST(attack_glitch, promises_that_are_cancelled_at_once) {
  // Rapid reset by a server.
  Single client(Side::client, hundred_glitches().get());
  support::send_request(client);
  const auto result = attack(client, 1000, Reading::yes, [](int round) {
    const std::uint32_t promised = stream_of(round) + 1;
    return Wire()
        .push_promise(1, promised, support::request_fields("GET", "/"))
        .rst_stream(promised, NGHTTP2_CANCEL)
        .bytes();
  });
  CHECK_EQ(result.rounds, 101);
  CHECK(result.calmed());
}

TEST(attack_glitch, requests_that_the_server_cancels_are_free) {
  Single client(Side::client, hundred_glitches().get());
  const auto result = attack(client, 300, Reading::yes, [&](int round) {
    if (round > 0) support::send_request(client);
    return round == 0 ? std::string()
                      : Wire().rst_stream(stream_of(round - 1), NGHTTP2_REFUSED_STREAM).bytes();
  });
  CHECK_EQ(result.rounds, 300);
}

TEST(attack_glitch, resets_that_go_on_after_the_limit) {
  // The GOAWAY of the limit lets stream 3 finish, so that input is still read.
  const auto option = hundred_glitches();
  nghttp2_option_set_stream_reset_rate_limit(option.get(), 10, 0);
  Single server(Side::server, option.get());
  use_up_stream(server, Side::server);
  CHECK_EQ(rounds_until_calm(server, Wire().rst_stream(1, NGHTTP2_CANCEL)), 9 + 1 + 101);
}

TEST(attack_glitch, informational_responses) {
  Single client(Side::client, hundred_glitches().get());
  support::send_request(client);
  CHECK_EQ(rounds_until_calm(client, Wire().headers(1, support::response_fields("103"), 4)),
           8 + 101);
}

TEST(attack_glitch, some_informational_responses_are_free) {
  Single client(Side::client, hundred_glitches().get());
  const auto result = attack(client, 300, Reading::yes, [&](int) {
    const auto stream = static_cast<std::uint32_t>(support::send_request(client));
    Wire wire;
    for (int i = 0; i < 8; ++i)
      wire.headers(stream, support::response_fields("103"), 4);
    return wire.headers(stream, support::response_fields("200"), 5).bytes();
  });
  CHECK_EQ(result.rounds, 300);
}
