// SPDX-License-Identifier: MIT
// Whole exchanges between a client and a server session of the library.
#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <string>
#include <vector>

#include "support/alloc_probe.h"
#include "support/body.h"
#include "support/check.h"
#include "support/pair.h"

using support::Body;
using support::Fields;
using support::Pair;
using support::PairOptions;

namespace {

std::int32_t request(Pair& pair, const char* method, Body* body) {
  const Fields fields = support::request_fields(method, "/");
  const auto list = support::views(fields);
  nghttp2_data_provider provider{};
  if (body != nullptr) provider = body->provider();
  return nghttp2_submit_request(pair.client, nullptr, list.data(), list.size(),
                                body != nullptr ? &provider : nullptr, nullptr);
}

int respond(Pair& pair, std::int32_t stream_id, Body* body) {
  const Fields fields = support::response_fields("200");
  const auto list = support::views(fields);
  nghttp2_data_provider provider{};
  if (body != nullptr) provider = body->provider();
  return nghttp2_submit_response(pair.server, stream_id, list.data(), list.size(),
                                 body != nullptr ? &provider : nullptr);
}

Body body_of(std::size_t size) {
  Body body;
  body.bytes.assign(size, 'x');
  return body;
}

std::size_t count(const std::vector<std::string>& lines, const std::string& prefix) {
  return static_cast<std::size_t>(
      std::count_if(lines.begin(), lines.end(),
                    [&](const std::string& line) { return line.rfind(prefix, 0) == 0; }));
}

// The sum of the lengths of the DATA frames that were received.
std::size_t received_octets(const std::vector<std::string>& lines) {
  std::size_t sum = 0;
  for (const std::string& line : lines) {
    const std::size_t at = line.find(" length=");
    if (line.rfind("received DATA", 0) == 0) sum += std::stoul(line.substr(at + 8));
  }
  return sum;
}

}  // namespace

TEST(exchange, a_request_and_its_response) {
  Pair pair;
  REQUIRE(pair.open() == 0);
  CHECK_EQ(request(pair, "GET", nullptr), 1);
  CHECK_EQ(pair.pump(), 0);
  Body body = body_of(5);
  CHECK_EQ(respond(pair, 1, &body), 0);
  CHECK_EQ(pair.pump(), 0);
  const auto lines = pair.client_log.take_lines();
  CHECK_EQ(count(lines, "data 1 \"xxxxx\""), 1u);
  CHECK_EQ(count(lines, "closed 1 NO_ERROR"), 1u);
  CHECK_EQ(count(pair.server_log.take_lines(), "closed 1 NO_ERROR"), 1u);
}

TEST(exchange, a_megabyte_in_each_direction) {
  for (const std::size_t piece : {std::size_t{0}, std::size_t{997}}) {
    Pair pair;
    PairOptions options;
    options.piece = piece;
    REQUIRE(pair.open(options) == 0);
    Body upload = body_of(1 << 20);
    Body download = body_of(1 << 20);
    request(pair, "POST", &upload);
    CHECK_EQ(pair.pump(), 0);
    respond(pair, 1, &download);
    CHECK_EQ(pair.pump(), 0);
    CHECK_EQ(received_octets(pair.server_log.take_lines()), std::size_t{1} << 20);
    const auto lines = pair.client_log.take_lines();
    CHECK_EQ(received_octets(lines), std::size_t{1} << 20);
    CHECK_EQ(count(lines, "closed 1 NO_ERROR"), 1u);
  }
}

TEST(exchange, many_streams_share_the_connection) {
  constexpr std::int32_t kStreams = 100;
  Pair pair;
  REQUIRE(pair.open() == 0);
  std::vector<Body> bodies(kStreams, body_of(30000));
  for (std::int32_t i = 0; i < kStreams; ++i)
    request(pair, "GET", nullptr);
  CHECK_EQ(pair.pump(), 0);
  for (std::int32_t i = 0; i < kStreams; ++i) {
    respond(pair, 2 * i + 1, &bodies[static_cast<std::size_t>(i)]);
  }
  CHECK_EQ(pair.pump(), 0);
  const auto lines = pair.client_log.take_lines();
  CHECK_EQ(received_octets(lines), 30000u * kStreams);
  CHECK_EQ(count(lines, "closed"), 100u);
}

TEST(exchange, requests_wait_for_the_servers_limit) {
  Pair pair;
  const std::vector<nghttp2_settings_entry> limit = {{NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, 3}};
  REQUIRE(pair.open({}, {}, limit) == 0);
  CHECK_EQ(pair.pump(), 0);
  for (int i = 0; i < 10; ++i)
    request(pair, "GET", nullptr);
  CHECK_EQ(pair.pump(), 0);
  CHECK_EQ(count(pair.server_log.take_lines(), "received HEADERS"), 3u);
  for (std::int32_t id = 1; id < 20; id += 2) {
    respond(pair, id, nullptr);
    CHECK_EQ(pair.pump(), 0);
  }
  CHECK_EQ(count(pair.client_log.take_lines(), "closed"), 10u);
}

TEST(exchange, a_server_pushes) {
  Pair pair;
  REQUIRE(pair.open() == 0);
  request(pair, "GET", nullptr);
  CHECK_EQ(pair.pump(), 0);
  const Fields promised = support::request_fields("GET", "/style.css");
  const auto list = support::views(promised);
  CHECK_EQ(nghttp2_submit_push_promise(pair.server, 0, 1, list.data(), list.size(), nullptr), 2);
  Body body = body_of(10);
  respond(pair, 1, nullptr);
  respond(pair, 2, &body);
  CHECK_EQ(pair.pump(), 0);
  const auto lines = pair.client_log.take_lines();
  CHECK_EQ(count(lines, "received PUSH_PROMISE 1"), 1u);
  CHECK_EQ(count(lines, "received HEADERS 2 END_HEADERS push_response"), 1u);
  CHECK_EQ(count(lines, "closed 2 NO_ERROR"), 1u);
}

TEST(exchange, a_long_field_travels_in_several_frames) {
  Pair pair;
  REQUIRE(pair.open() == 0);
  Fields fields = support::request_fields("GET", "/");
  std::string value;
  for (int i = 0; value.size() < 40000; ++i)
    value += std::to_string(i * 7919) + "~";
  fields.push_back({"x-long", value});
  const auto list = support::views(fields);
  nghttp2_submit_request(pair.client, nullptr, list.data(), list.size(), nullptr, nullptr);
  CHECK_EQ(pair.pump(), 0);
  const auto lines = pair.server_log.take_lines();
  CHECK_EQ(count(lines, "received HEADERS 1"), 1u);
  CHECK_EQ(count(lines, "fields 1 {:method: GET"), 1u);
}

TEST(exchange, a_body_may_keep_its_place_in_the_source) {
  Pair pair;
  REQUIRE(pair.open() == 0);
  request(pair, "GET", nullptr);
  CHECK_EQ(pair.pump(), 0);
  nghttp2_data_provider provider{};
  provider.source.fd = 3;
  provider.read_callback = [](nghttp2_session*, std::int32_t, std::uint8_t* buffer, std::size_t,
                              std::uint32_t* flags, nghttp2_data_source* source, void*) -> ssize_t {
    *buffer = static_cast<std::uint8_t>('0' + source->fd);
    if (--source->fd <= 0) *flags = NGHTTP2_DATA_FLAG_EOF;
    return source->fd < 0 ? ssize_t{NGHTTP2_ERR_CALLBACK_FAILURE} : 1;
  };
  const Fields fields = support::response_fields("200");
  const auto list = support::views(fields);
  nghttp2_submit_response(pair.server, 1, list.data(), list.size(), &provider);
  for (int i = 0; i < 10; ++i) {
    const std::uint8_t* data = nullptr;
    const auto size = nghttp2_session_mem_send(pair.server, &data);
    CHECK(size >= 0);
    if (size <= 0) break;
    nghttp2_session_mem_recv(pair.client, data, static_cast<std::size_t>(size));
  }
  const auto lines = pair.client_log.take_lines();
  CHECK_EQ(count(lines, "data 1 \"3\""), 1u);
  CHECK_EQ(count(lines, "data 1 \"2\""), 1u);
  CHECK_EQ(count(lines, "data 1 \"1\""), 1u);
  CHECK_EQ(count(lines, "closed 1 NO_ERROR"), 1u);
}

TEST(exchange, a_graceful_end) {
  Pair pair;
  REQUIRE(pair.open() == 0);
  request(pair, "GET", nullptr);
  CHECK_EQ(pair.pump(), 0);
  nghttp2_submit_shutdown_notice(pair.server);
  CHECK_EQ(pair.pump(), 0);
  CHECK_EQ(nghttp2_session_check_request_allowed(pair.client), 0);
  nghttp2_submit_goaway(pair.server, 0, nghttp2_session_get_last_proc_stream_id(pair.server),
                        NGHTTP2_NO_ERROR, nullptr, 0);
  respond(pair, 1, nullptr);
  CHECK_EQ(pair.pump(), 0);
  for (nghttp2_session* session : {pair.client, pair.server}) {
    CHECK_EQ(nghttp2_session_want_read(session), 0);
    CHECK_EQ(nghttp2_session_want_write(session), 0);
  }
}

TEST(exchange, memory_of_streams_is_given_back) {
  support::AllocProbe probe;
  std::size_t after_warm_up = 0;
  {
    Pair pair;
    PairOptions options;
    options.mem = probe.mem();
    REQUIRE(pair.open(options) == 0);
    for (std::int32_t id = 1; id < 20001; id += 2) {
      request(pair, "GET", nullptr);
      CHECK_EQ(pair.pump(), 0);
      respond(pair, id, nullptr);
      CHECK_EQ(pair.pump(), 0);
      if (id == 2001) after_warm_up = probe.live_bytes();
    }
    CHECK(probe.live_bytes() <= after_warm_up);
  }
  CHECK_STR(probe.complaint(), "");
}

TEST(exchange, goes_on_after_memory_was_released) {
  support::AllocProbe probe;
  PairOptions options;
  options.mem = probe.mem();
  Pair pair;
  REQUIRE(pair.open(options) == 0);
  std::size_t released = 0;
  for (std::int32_t id = 1; id < 9; id += 2) {
    CHECK_EQ(request(pair, "GET", nullptr), id);
    CHECK_EQ(pair.pump(), 0);
    // In the middle of an exchange as well.
    nghttp2_session_release_memory(pair.client);
    nghttp2_session_release_memory(pair.server);
    Body body = body_of(5);
    CHECK_EQ(respond(pair, id, &body), 0);
    CHECK_EQ(pair.pump(), 0);
    const auto lines = pair.client_log.take_lines();
    CHECK_EQ(count(lines, "data " + std::to_string(id) + " \"xxxxx\""), 1u);
    CHECK_EQ(count(lines, "closed " + std::to_string(id) + " NO_ERROR"), 1u);
    const std::size_t before = probe.live_bytes();
    nghttp2_session_release_memory(pair.client);
    nghttp2_session_release_memory(pair.server);
    CHECK(probe.live_bytes() < before);
    // The same each time: nothing is left of the exchange but what HPACK remembers.
    if (id == 1) released = probe.live_bytes();
    CHECK_EQ(probe.live_bytes(), released);
  }
}
