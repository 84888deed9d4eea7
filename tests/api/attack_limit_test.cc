// SPDX-License-Identifier: MIT
// Limits to the very step: one less is served, one more is not.
#include <nghttp2/nghttp2.h>

#include <string>

#include "api/attack.h"
#include "support/body.h"
#include "support/check.h"

using support::both_sides;
using support::Fields;
using support::make_option;
using support::Side;
using support::Single;
using support::Wire;

namespace {

Fields first_fields(Side side) {
  return side == Side::server ? support::request_fields("GET", "/")
                              : support::response_fields("200");
}

// Sends one message of `fields` as the endpoint of this side does, and says whether it left.
bool is_sent(Side side, const Fields& fields, nghttp2_option* option) {
  Single single(side, option);
  const auto list = support::views(fields);
  if (side == Side::client) {
    nghttp2_submit_request(single.session, nullptr, list.data(), list.size(), nullptr, nullptr);
  } else {
    support::receive_request(single, 1);
    nghttp2_submit_response(single.session, 1, list.data(), list.size(), nullptr);
  }
  const std::string lines = single.lines();
  const bool sent = lines.find("< HEADERS 1") != std::string::npos;
  CHECK_EQ(lines.find("not_sent HEADERS 1") == std::string::npos, sent);
  return sent;
}

// The most that the block of these fields can need.
std::size_t bound(const Fields& fields) {
  nghttp2_hd_deflater* deflater = nullptr;
  nghttp2_hd_deflate_new(&deflater, 4096);
  const auto list = support::views(fields);
  const std::size_t result = nghttp2_hd_deflate_bound(deflater, list.data(), list.size());
  nghttp2_hd_deflate_del(deflater);
  return result;
}

// A block behind the first fields of a message on stream 1, in as many frames as it needs.
Wire message(Side side, const std::string& block) {
  const std::string all = support::header_block(first_fields(side)) + block;
  Wire wire;
  for (std::size_t at = 0; at < all.size(); at += 16384) {
    const auto flags = static_cast<std::uint8_t>(at + 16384 >= all.size() ? 4 : 0);
    const auto part = all.substr(at, 16384);
    at == 0 ? wire.frame(NGHTTP2_HEADERS, 1 | flags, 1, part) : wire.continuation(1, part, flags);
  }
  return wire;
}

}  // namespace

TEST(attack_limit, outbound_queue) {
  for (const Side side : both_sides) {
    for (const int waiting : {4999, 5000}) {
      Single single(side);
      for (int i = 0; i < waiting; ++i)
        nghttp2_submit_ping(single.session, NGHTTP2_FLAG_NONE, nullptr);
      const long code = single.feed(Wire().window_update(0, 1));
      CHECK_EQ(code == NGHTTP2_ERR_FLOODED, waiting == 5000);
      CHECK(single.probe.peak_bytes() < support::kMostBytes);
    }
  }
}

TEST(attack_limit, acknowledgements) {
  for (const Side side : both_sides) {
    for (const std::size_t limit : {1, 2}) {
      const auto option = make_option();
      nghttp2_option_set_max_outbound_ack(option.get(), limit);
      Single single(side, option.get());
      const long code = single.feed(Wire().ping("01234567").settings());
      CHECK_EQ(code == NGHTTP2_ERR_FLOODED, limit == 1);
    }
  }
}

TEST(attack_limit, reserved_streams) {
  Single client(Side::client);
  support::send_request(client);
  for (std::uint32_t i = 1; i <= 201; ++i) {
    client.feed(Wire().push_promise(1, 2 * i, support::request_fields("GET", "/")));
    const std::string lines = client.lines();
    CHECK_EQ(lines.find("RST_STREAM " + std::to_string(2 * i) + " CANCEL") != std::string::npos,
             i == 201);
  }
}

TEST(attack_limit, outgoing_header_block) {
  for (const Side side : both_sides) {
    for (const std::size_t excess : {0, 1}) {
      Fields fields = first_fields(side);
      fields.push_back({"a", ""});
      fields.back().value.assign(60000, 'a');
      fields.back().value.append(65536 + excess - bound(fields), 'a');
      CHECK_EQ(bound(fields), 65536 + excess);
      CHECK_EQ(is_sent(side, fields, nullptr), excess == 0);
      const auto option = make_option();
      nghttp2_option_set_max_send_header_block_length(option.get(), 65536 + excess);
      CHECK(is_sent(side, fields, option.get()));
    }
  }
}

TEST(attack_limit, one_name_or_value) {
  const std::string lengths[] = {"\x7f\x81\xff\x03", "\x7f\x82\xff\x03"};
  for (const Side side : both_sides) {
    for (const std::size_t excess : {0, 1}) {
      const std::string& length = lengths[excess];
      const std::string text(65536 + excess, 'n');
      const std::string empty(1, '\0');
      for (const std::string& block :
           {empty + length + text + empty, empty + "\x01x" + length + text}) {
        Single single(side);
        if (side == Side::client) support::send_request(single);
        single.log.set_quiet(true);
        single.feed(message(side, block));
        single.log.set_quiet(false);
        const std::string lines = single.lines();
        CHECK_EQ(lines.find("COMPRESSION_ERROR") != std::string::npos, excess == 1);
        CHECK_EQ(nghttp2_session_want_read(single.session) == 0, excess == 1);
        CHECK(single.probe.peak_bytes() < 500000);
      }
    }
  }
}

TEST(attack_limit, stream_identifiers) {
  Single client(Side::client);
  nghttp2_session_set_next_stream_id(client.session, 0x7fffffff);
  CHECK_EQ(support::send_request(client), 0x7fffffff);
  CHECK_EQ(support::send_request(client), NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE);
  // A server that promises beyond the last identifier has to repeat one.
  const auto fields = support::request_fields("GET", "/");
  client.feed(Wire().push_promise(0x7fffffff, 0x7ffffffe, fields));
  CHECK(client.lines().find("GOAWAY") == std::string::npos);
  client.feed(Wire().push_promise(0x7fffffff, 0x7ffffffe, fields));
  CHECK(client.lines().find("< GOAWAY 0 last=2147483646 PROTOCOL_ERROR") != std::string::npos);
}

TEST(attack_limit, content_that_nobody_reads) {
  // CVE-2019-9517: all windows are wide open, so only the socket slows the server down. It must not
  // ask for content ahead of what leaves.
  Single server(Side::server, nullptr, {{NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, 100}}, {},
                {{NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, 0x7fffffff}});
  server.feed(Wire().window_update(0, 0x7fffffff - 65535));
  server.log.set_quiet(true);
  std::vector<support::Body> bodies(100);
  const auto fields = support::response_fields("200");
  const auto list = support::views(fields);
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    const auto stream = support::stream_of(static_cast<int>(i));
    bodies[i].bytes = std::string(1 << 20, 'x');
    server.feed(Wire().headers(stream, support::request_fields("GET", "/"), 5));
    const nghttp2_data_provider provider = bodies[i].provider();
    nghttp2_submit_response(server.session, static_cast<std::int32_t>(stream), list.data(),
                            list.size(), &provider);
  }
  std::size_t taken = 0;
  const std::uint8_t* data = nullptr;
  for (int i = 0; i < 150; ++i)
    taken += static_cast<std::size_t>(nghttp2_session_mem_send(server.session, &data));
  std::size_t asked_for = 0;
  for (const support::Body& body : bodies)
    asked_for += body.offset;
  CHECK(asked_for > 0);
  CHECK(asked_for <= taken);
  CHECK(server.probe.peak_bytes() < 200000);
}
