// SPDX-License-Identifier: MIT
// The contract of everything that submits frames: which arguments are refused, and how.
#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <string>

#include "api/single.h"
#include "support/body.h"
#include "support/check.h"

using support::Fields;
using support::OptionalCallbacks;
using support::Side;
using support::Single;
using support::Wire;

namespace {

const Fields kRequest = support::request_fields("GET", "/");
const Fields kResponse = support::response_fields("200");

std::uint8_t* octets(const std::string& text) {
  return reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data()));
}

int submit_response(nghttp2_session* session, std::int32_t stream_id) {
  const auto list = support::views(kResponse);
  return nghttp2_submit_response(session, stream_id, list.data(), list.size(), nullptr);
}

std::int32_t submit_headers(nghttp2_session* session, std::int32_t stream_id,
                            const nghttp2_priority_spec* priority = nullptr) {
  const auto list = support::views(kRequest);
  return nghttp2_submit_headers(session, 0, stream_id, priority, list.data(), list.size(), nullptr);
}

std::int32_t submit_promise(nghttp2_session* session, std::int32_t stream_id) {
  const auto list = support::views(kRequest);
  return nghttp2_submit_push_promise(session, 0, stream_id, list.data(), list.size(), nullptr);
}

int submit_altsvc(nghttp2_session* session, std::int32_t stream_id, const std::string& origin,
                  const std::string& value) {
  return nghttp2_submit_altsvc(session, 0, stream_id, octets(origin), origin.size(), octets(value),
                               value.size());
}

}  // namespace

TEST(submit_api, a_server_makes_no_requests) {
  Single server(Side::server);
  const auto list = support::views(kRequest);
  CHECK_EQ(
      nghttp2_submit_request(server.session, nullptr, list.data(), list.size(), nullptr, nullptr),
      NGHTTP2_ERR_PROTO);
  CHECK_EQ(submit_headers(server.session, -1), NGHTTP2_ERR_PROTO);
  CHECK_STR(server.lines(), "");
}

TEST(submit_api, a_client_makes_no_responses_and_promises) {
  Single client(Side::client);
  support::send_request(client);
  CHECK_EQ(submit_response(client.session, 1), NGHTTP2_ERR_PROTO);
  CHECK_EQ(submit_promise(client.session, 1), NGHTTP2_ERR_INVALID_ARGUMENT);
  CHECK_EQ(submit_promise(client.session, 2), NGHTTP2_ERR_PROTO);
  CHECK_STR(client.lines(), "");
}

TEST(submit_api, stream_identifiers_must_be_positive) {
  Single server(Side::server);
  const auto list = support::views(kResponse);
  support::Body body;
  const nghttp2_data_provider provider = body.provider();
  for (const std::int32_t id : {0, -1}) {
    CHECK_EQ(submit_response(server.session, id), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_EQ(nghttp2_submit_trailer(server.session, id, list.data(), list.size()),
             NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_EQ(submit_promise(server.session, id), NGHTTP2_ERR_INVALID_ARGUMENT);
  }
  CHECK_EQ(nghttp2_submit_data(server.session, 0, 0, &provider), NGHTTP2_ERR_INVALID_ARGUMENT);
  CHECK_EQ(submit_headers(server.session, 0), NGHTTP2_ERR_INVALID_ARGUMENT);
  CHECK_EQ(nghttp2_submit_rst_stream(server.session, 0, 0, NGHTTP2_CANCEL),
           NGHTTP2_ERR_INVALID_ARGUMENT);
  CHECK_STR(server.lines(), "");
}

TEST(submit_api, a_reset_of_a_stream_that_never_was_does_nothing) {
  Single server(Side::server);
  CHECK_EQ(nghttp2_submit_rst_stream(server.session, 0, 5, NGHTTP2_CANCEL), 0);
  CHECK_EQ(nghttp2_submit_rst_stream(server.session, 0, -1, NGHTTP2_CANCEL), 0);
  CHECK_STR(server.lines(), "");
}

TEST(submit_api, promises_belong_to_requests_of_the_peer) {
  Single server(Side::server);
  support::receive_request(server, 1);
  CHECK_EQ(submit_promise(server.session, 2), NGHTTP2_ERR_INVALID_ARGUMENT);
  CHECK_EQ(submit_promise(server.session, 1), 2);
  CHECK_EQ(submit_promise(server.session, 3), NGHTTP2_ERR_STREAM_CLOSED);
}

TEST(submit_api, a_request_must_not_depend_on_itself) {
  Single client(Side::client);
  nghttp2_priority_spec priority;
  nghttp2_priority_spec_init(&priority, 1, 16, 0);
  CHECK_EQ(submit_headers(client.session, -1, &priority), NGHTTP2_ERR_INVALID_ARGUMENT);
  const auto list = support::views(kRequest);
  CHECK_EQ(
      nghttp2_submit_request(client.session, &priority, list.data(), list.size(), nullptr, nullptr),
      NGHTTP2_ERR_INVALID_ARGUMENT);
}

TEST(submit_api, weights_are_brought_into_range) {
  Single client(Side::client);
  nghttp2_priority_spec low;
  nghttp2_priority_spec_init(&low, 0, 0, 0);
  nghttp2_priority_spec high;
  nghttp2_priority_spec_init(&high, 0, 1000, 1);
  CHECK_EQ(submit_headers(client.session, -1, &low), 1);
  CHECK_EQ(submit_headers(client.session, -1, &high), 3);
  const std::string lines = client.lines();
  CHECK(lines.find("< HEADERS 1 PRIORITY dep=0 weight=1 {") != std::string::npos);
  CHECK(lines.find("< HEADERS 3 PRIORITY dep=0 weight=256 exclusive {") != std::string::npos);
}

TEST(submit_api, the_default_priority_is_not_sent) {
  Single client(Side::client);
  nghttp2_priority_spec priority;
  nghttp2_priority_spec_default_init(&priority);
  CHECK(nghttp2_priority_spec_check_default(&priority) != 0);
  CHECK_EQ(submit_headers(client.session, -1, &priority), 1);
  CHECK(client.lines().find("PRIORITY") == std::string::npos);
}

TEST(submit_api, a_priority_frame_needs_a_priority) {
  Single client(Side::client);
  nghttp2_priority_spec priority;
  nghttp2_priority_spec_init(&priority, 1, 16, 0);
  CHECK_EQ(nghttp2_submit_priority(client.session, 0, 0, &priority), NGHTTP2_ERR_INVALID_ARGUMENT);
  CHECK_EQ(nghttp2_submit_priority(client.session, 0, 3, nullptr), NGHTTP2_ERR_INVALID_ARGUMENT);
  CHECK_EQ(nghttp2_submit_priority(client.session, 0, 1, &priority), NGHTTP2_ERR_INVALID_ARGUMENT);
  CHECK_EQ(nghttp2_submit_priority(client.session, 0, 3, &priority), 0);
  CHECK_STR(client.lines(), "< PRIORITY 3 dep=1 weight=16\n");
}

TEST(submit_api, many_settings_at_once) {
  Single server(Side::server);
  const std::vector<nghttp2_settings_entry> entries(20,
                                                    {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, 100000});
  CHECK_EQ(nghttp2_submit_settings(server.session, 0, entries.data(), entries.size()), 0);
  CHECK(server.lines().rfind("< SETTINGS 0 INITIAL_WINDOW_SIZE=100000", 0) == 0);
}

TEST(submit_api, goaway_carries_bounded_debug_data) {
  Single server(Side::server);
  const std::string most(16384 - 8, 'x');
  const std::string too_much(16384 - 8 + 1, 'x');
  CHECK_EQ(nghttp2_submit_goaway(server.session, 0, 0, NGHTTP2_NO_ERROR, octets(too_much),
                                 too_much.size()),
           NGHTTP2_ERR_INVALID_ARGUMENT);
  CHECK_EQ(nghttp2_submit_goaway(server.session, 0, 0, NGHTTP2_NO_ERROR, octets(most), most.size()),
           0);
  server.log.output.expect_debug_data(most);
  CHECK_STR(server.lines(), "< GOAWAY 0 last=0 NO_ERROR 16376 x \"x\"\n");
}

TEST(submit_api, goaway_names_a_stream_of_the_peer) {
  Single server(Side::server);
  Single client(Side::client);
  CHECK_EQ(nghttp2_submit_goaway(server.session, 0, 2, NGHTTP2_NO_ERROR, nullptr, 0),
           NGHTTP2_ERR_INVALID_ARGUMENT);
  CHECK_EQ(nghttp2_submit_goaway(client.session, 0, 1, NGHTTP2_NO_ERROR, nullptr, 0),
           NGHTTP2_ERR_INVALID_ARGUMENT);
  CHECK_EQ(nghttp2_session_terminate_session2(server.session, 2, NGHTTP2_NO_ERROR),
           NGHTTP2_ERR_INVALID_ARGUMENT);
}

TEST(submit_api, altsvc_fits_into_a_frame) {
  Single server(Side::server);
  support::receive_request(server, 1);
  const std::string long_value(16384, 'v');
  const std::string origin(100, 'o');
  CHECK_EQ(submit_altsvc(server.session, 0, origin, long_value), NGHTTP2_ERR_INVALID_ARGUMENT);
  CHECK_EQ(submit_altsvc(server.session, 1, "", long_value.substr(2)), 0);
  CHECK_EQ(submit_altsvc(server.session, 1, "", long_value.substr(1)),
           NGHTTP2_ERR_INVALID_ARGUMENT);
  CHECK_EQ(submit_altsvc(server.session, 0, "", "v"), NGHTTP2_ERR_INVALID_ARGUMENT);
  CHECK_EQ(submit_altsvc(server.session, 1, origin, "v"), NGHTTP2_ERR_INVALID_ARGUMENT);
}

TEST(submit_api, origins_fit_into_a_frame) {
  Single server(Side::server);
  const std::string half(8190, 'o');
  std::vector<nghttp2_origin_entry> entries(2, {octets(half), half.size()});
  CHECK_EQ(nghttp2_submit_origin(server.session, 0, entries.data(), entries.size()), 0);
  entries.push_back({octets(half), half.size()});
  CHECK_EQ(nghttp2_submit_origin(server.session, 0, entries.data(), entries.size()),
           NGHTTP2_ERR_INVALID_ARGUMENT);
}

TEST(submit_api, a_priority_update_fits_into_a_frame) {
  Single client(Side::client, nullptr, {}, {}, {{NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES, 1}});
  const std::string value(16384, 'v');
  CHECK_EQ(nghttp2_submit_priority_update(client.session, 0, 1, octets(value), value.size()),
           NGHTTP2_ERR_INVALID_ARGUMENT);
  CHECK_EQ(nghttp2_submit_priority_update(client.session, 0, 1, octets(value), 5), 0);
}

TEST(submit_api, extensions_need_a_callback_to_write_them) {
  Single server(Side::server);
  CHECK_EQ(nghttp2_submit_extension(server.session, 0xfa, 0, 0, nullptr),
           NGHTTP2_ERR_INVALID_STATE);
}

TEST(submit_api, the_next_stream_identifier_only_grows) {
  Single client(Side::client);
  CHECK_EQ(nghttp2_session_set_next_stream_id(client.session, 5), 0);
  CHECK_EQ(nghttp2_session_set_next_stream_id(client.session, 3), NGHTTP2_ERR_INVALID_ARGUMENT);
  CHECK_EQ(nghttp2_session_set_next_stream_id(client.session, 6), NGHTTP2_ERR_INVALID_ARGUMENT);
  CHECK_EQ(nghttp2_session_set_next_stream_id(client.session, 0), NGHTTP2_ERR_INVALID_ARGUMENT);
  CHECK_EQ(nghttp2_session_get_next_stream_id(client.session), 5u);
  Single server(Side::server);
  CHECK_EQ(nghttp2_session_set_next_stream_id(server.session, 5), NGHTTP2_ERR_INVALID_ARGUMENT);
  CHECK_EQ(nghttp2_session_set_next_stream_id(server.session, 6), 0);
}

TEST(submit_api, bodies_need_their_stream) {
  Single server(Side::server);
  support::Body body;
  const nghttp2_data_provider provider = body.provider();
  CHECK_EQ(nghttp2_submit_data(server.session, 0, 1, &provider), NGHTTP2_ERR_STREAM_CLOSED);
  support::receive_request(server, 1);
  body.deferrals = 1;
  CHECK_EQ(nghttp2_submit_data(server.session, 0, 1, &provider), 0);
  CHECK_EQ(nghttp2_submit_data(server.session, 0, 1, &provider), NGHTTP2_ERR_DATA_EXIST);
}

TEST(submit_api, fields_are_copied) {
  Single client(Side::client);
  {
    const Fields fields = support::request_fields("GET", "/gone", {{"x", "y"}});
    const auto list = support::views(fields);
    nghttp2_submit_request(client.session, nullptr, list.data(), list.size(), nullptr, nullptr);
  }
  CHECK_STR(client.lines(),
            "< HEADERS 1 END_STREAM {:method: GET, :scheme: https, :path: /gone, :authority: "
            "example.org, x: y}\n");
}

TEST(submit_api, fields_that_the_application_keeps_are_not_copied) {
  Single client(Side::client);
  const Fields fields = support::request_fields("GET", "/", {{"name", "value"}});
  auto list = support::views(fields);
  for (nghttp2_nv& field : list) {
    field.flags |= NGHTTP2_NV_FLAG_NO_COPY_NAME | NGHTTP2_NV_FLAG_NO_COPY_VALUE;
  }
  nghttp2_submit_request(client.session, nullptr, list.data(), list.size(), nullptr, nullptr);
  CHECK_STR(client.lines(),
            "< HEADERS 1 END_STREAM {:method: GET, :scheme: https, :path: /, :authority: "
            "example.org, name: value}\n");
}

// HEADERS with a block of more than 16384 octets: the sizes of the frames that carry it.
TEST(submit_api, header_frames_are_as_long_as_the_application_lets_data_frames_be) {
  OptionalCallbacks callbacks;
  callbacks.read_length = 17000;
  Single server(Side::server, nullptr, {}, callbacks, {{NGHTTP2_SETTINGS_MAX_FRAME_SIZE, 20000}});
  // Each octet is longer in Huffman code, so the value is sent as it is.
  const Fields large = support::response_fields("200", {{"x-large", std::string(18000, '{')}});
  const auto list = support::views(large);
  support::Body body;
  body.bytes = "hello";
  const nghttp2_data_provider provider = body.provider();
  server.feed(Wire().headers(1, kRequest, 5).headers(3, kRequest, 5));
  for (const std::size_t expected : {std::size_t{16384}, std::size_t{17000}}) {
    const std::int32_t stream_id = expected == 16384 ? 1 : 3;
    CHECK_EQ(
        nghttp2_submit_response(server.session, stream_id, list.data(), list.size(), &provider), 0);
    body.offset = 0;
    std::size_t longest = 0;
    const std::uint8_t* data = nullptr;
    for (nghttp2_ssize size; (size = nghttp2_session_mem_send2(server.session, &data)) > 0;) {
      longest = std::max(longest, static_cast<std::size_t>(size));
    }
    CHECK_EQ(longest, expected + 9);
  }
}
