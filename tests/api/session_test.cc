// SPDX-License-Identifier: MIT
// The contract of sessions: making them, user data, input and output, questions about state.
#include <nghttp2/nghttp2.h>

#include <cstring>

#include "api/single.h"
#include "support/body.h"
#include "support/check.h"
#include "support/pair.h"

using support::Fields;
using support::OptionalCallbacks;
using support::Side;
using support::Single;
using support::Wire;

namespace {

// Callbacks of an application that sets none.
struct NoCallbacks {
  NoCallbacks() { nghttp2_session_callbacks_new(&object); }
  ~NoCallbacks() { nghttp2_session_callbacks_del(object); }
  nghttp2_session_callbacks* object = nullptr;
};

std::string mem_send(nghttp2_session* session) {
  const std::uint8_t* data = nullptr;
  const auto size = nghttp2_session_mem_send(session, &data);
  return size > 0 ? std::string(reinterpret_cast<const char*>(data), static_cast<size_t>(size))
                  : std::string();
}

}  // namespace

TEST(session_api, every_constructor_makes_a_session) {
  const NoCallbacks callbacks;
  nghttp2_option* option = nullptr;
  CHECK_EQ(nghttp2_option_new(&option), 0);
  support::AllocProbe probe;
  nghttp2_session* sessions[6] = {};
  CHECK_EQ(nghttp2_session_client_new(&sessions[0], callbacks.object, nullptr), 0);
  CHECK_EQ(nghttp2_session_server_new(&sessions[1], callbacks.object, nullptr), 0);
  CHECK_EQ(nghttp2_session_client_new2(&sessions[2], callbacks.object, nullptr, option), 0);
  CHECK_EQ(nghttp2_session_server_new2(&sessions[3], callbacks.object, nullptr, nullptr), 0);
  CHECK_EQ(
      nghttp2_session_client_new3(&sessions[4], callbacks.object, nullptr, option, probe.mem()), 0);
  CHECK_EQ(nghttp2_session_server_new3(&sessions[5], callbacks.object, nullptr, nullptr, nullptr),
           0);
  nghttp2_option_del(option);
  for (int i = 0; i < 6; ++i) {
    REQUIRE(sessions[i] != nullptr);
    CHECK_EQ(nghttp2_session_check_server_session(sessions[i]) != 0, i % 2 == 1);
    nghttp2_session_del(sessions[i]);
  }
  CHECK(probe.allocation_count() > 0);
  CHECK_STR(probe.complaint(), "");
}

TEST(session_api, null_may_be_deleted) {
  nghttp2_session_del(nullptr);
  nghttp2_session_callbacks_del(nullptr);
  nghttp2_option_del(nullptr);
  nghttp2_hd_deflate_del(nullptr);
  nghttp2_hd_inflate_del(nullptr);
  CHECK(true);
}

TEST(session_api, a_failed_constructor_leaves_the_pointer_alone) {
  const NoCallbacks callbacks;
  support::AllocProbe probe(support::AllocProbe::Failing::from_then_on, 0);
  nghttp2_session* const untouched = nullptr;
  nghttp2_session* session = untouched;
  CHECK_EQ(nghttp2_session_server_new3(&session, callbacks.object, nullptr, nullptr, probe.mem()),
           NGHTTP2_ERR_NOMEM);
  CHECK(session == untouched);
  CHECK_STR(probe.complaint(), "");
}

TEST(session_api, callbacks_are_copied) {
  // Single deletes its callbacks object before the session is used.
  Single server(Side::server);
  server.feed(Wire().ping("01234567"));
  CHECK_STR(server.lines(), "received PING 0 \"01234567\"\n< PING 0 ACK \"01234567\"\n");
}

TEST(session_api, no_callback_is_necessary) {
  const NoCallbacks callbacks;
  nghttp2_session* session = nullptr;
  REQUIRE(nghttp2_session_server_new(&session, callbacks.object, nullptr) == 0);
  const std::string input = Wire()
                                .magic()
                                .settings()
                                .headers(1, support::request_fields("POST", "/"), 4)
                                .data(1, "body", NGHTTP2_FLAG_END_STREAM)
                                .headers(3, {{"Bad", "1"}}, 4)
                                .window_update(3, 0)
                                .bytes();
  const auto used = nghttp2_session_mem_recv(
      session, reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
  CHECK_EQ(used, static_cast<long>(input.size()));
  CHECK(!mem_send(session).empty());
  nghttp2_session_del(session);
}

TEST(session_api, user_data_may_be_replaced) {
  Single server(Side::server);
  support::Recorder other;
  nghttp2_session_set_user_data(server.session, &other);
  server.feed(Wire().ping("01234567"));
  CHECK_EQ(other.take_lines().size(), 1u);
  CHECK_STR(server.lines(), "< PING 0 ACK \"01234567\"\n");
}

TEST(session_api, streams_have_user_data) {
  Single client(Side::client);
  const Fields fields = support::request_fields("GET", "/");
  const auto list = support::views(fields);
  int one = 1;
  int two = 2;
  nghttp2_session* session = client.session;
  CHECK_EQ(nghttp2_submit_request(session, nullptr, list.data(), list.size(), nullptr, &one), 1);
  CHECK_EQ(nghttp2_submit_headers(session, 0, -1, nullptr, list.data(), list.size(), &two), 3);
  client.lines();
  CHECK(nghttp2_session_get_stream_user_data(session, 1) == &one);
  CHECK(nghttp2_session_get_stream_user_data(session, 3) == &two);
  CHECK_EQ(nghttp2_session_set_stream_user_data(session, 1, &two), 0);
  CHECK(nghttp2_session_get_stream_user_data(session, 1) == &two);
  CHECK_EQ(nghttp2_session_set_stream_user_data(session, 1, nullptr), 0);
  CHECK(nghttp2_session_get_stream_user_data(session, 1) == nullptr);
  CHECK(nghttp2_session_get_stream_user_data(session, 9) == nullptr);
  CHECK_EQ(nghttp2_session_set_stream_user_data(session, 9, &one), NGHTTP2_ERR_INVALID_ARGUMENT);
}

TEST(session_api, a_request_that_waits_has_user_data_to_set) {
  Single client(Side::client);
  const Fields fields = support::request_fields("GET", "/");
  const auto list = support::views(fields);
  int one = 1;
  nghttp2_submit_request(client.session, nullptr, list.data(), list.size(), nullptr, nullptr);
  CHECK_EQ(nghttp2_session_set_stream_user_data(client.session, 1, &one), 0);
  client.lines();
  CHECK(nghttp2_session_get_stream_user_data(client.session, 1) == &one);
}

TEST(session_api, streams_of_the_peer_have_user_data_too) {
  Single server(Side::server);
  support::receive_request(server, 1);
  int one = 1;
  CHECK(nghttp2_session_get_stream_user_data(server.session, 1) == nullptr);
  CHECK_EQ(nghttp2_session_set_stream_user_data(server.session, 1, &one), 0);
  CHECK(nghttp2_session_get_stream_user_data(server.session, 1) == &one);
}

TEST(session_api, each_mem_send_gives_one_frame) {
  Single server(Side::server);
  server.feed(Wire().ping("01234567").ping("76543210").settings());
  CHECK_EQ(nghttp2_session_get_outbound_queue_size(server.session), 3u);
  CHECK_EQ(mem_send(server.session).size(), 17u);
  CHECK_EQ(nghttp2_session_get_outbound_queue_size(server.session), 2u);
  CHECK_EQ(mem_send(server.session).size(), 17u);
  CHECK_EQ(mem_send(server.session).size(), 9u);
  CHECK_EQ(mem_send(server.session).size(), 0u);
}

TEST(session_api, mem_send_gives_the_magic_by_itself) {
  const NoCallbacks callbacks;
  nghttp2_session* session = nullptr;
  REQUIRE(nghttp2_session_client_new(&session, callbacks.object, nullptr) == 0);
  nghttp2_submit_settings(session, 0, nullptr, 0);
  CHECK_STR(mem_send(session), NGHTTP2_CLIENT_MAGIC);
  CHECK_EQ(mem_send(session).size(), 9u);
  CHECK_EQ(mem_send(session).size(), 0u);
  nghttp2_session_del(session);
}

TEST(session_api, empty_input_is_no_input) {
  Single server(Side::server);
  CHECK_EQ(nghttp2_session_mem_recv(server.session, nullptr, 0), 0);
  CHECK_STR(server.lines(), "");
}

TEST(session_api, a_server_wants_to_read_from_the_start) {
  const NoCallbacks callbacks;
  nghttp2_session* session = nullptr;
  REQUIRE(nghttp2_session_server_new(&session, callbacks.object, nullptr) == 0);
  CHECK(nghttp2_session_want_read(session) != 0);
  CHECK(nghttp2_session_want_write(session) == 0);
  nghttp2_submit_settings(session, 0, nullptr, 0);
  CHECK(nghttp2_session_want_write(session) != 0);
  nghttp2_session_terminate_session(session, NGHTTP2_NO_ERROR);
  CHECK(nghttp2_session_want_write(session) != 0);
  while (!mem_send(session).empty()) {
  }
  CHECK(nghttp2_session_want_read(session) == 0);
  CHECK(nghttp2_session_want_write(session) == 0);
  nghttp2_session_del(session);
}

TEST(session_api, after_termination_input_is_swallowed) {
  Single server(Side::server);
  nghttp2_session_terminate_session(server.session, NGHTTP2_NO_ERROR);
  server.lines();
  const std::string garbage(1000, '\xff');
  CHECK_EQ(server.feed(garbage), 1000);
  CHECK_STR(server.lines(), "");
}

// If all were taken, nothing would be left to call for, and the frame not be reported.
TEST(session_api, a_pause_at_the_last_field_leaves_the_padding) {
  struct Seen {
    int fields = 0;
    int frames = 0;
  } seen;
  const NoCallbacks callbacks;
  nghttp2_session_callbacks_set_on_header_callback(
      callbacks.object,
      [](nghttp2_session*, const nghttp2_frame*, const uint8_t*, size_t, const uint8_t*, size_t,
         uint8_t, void* user_data) -> int {
        ++static_cast<Seen*>(user_data)->fields;
        return NGHTTP2_ERR_PAUSE;
      });
  nghttp2_session_callbacks_set_on_frame_recv_callback(
      callbacks.object, [](nghttp2_session*, const nghttp2_frame* frame, void* user_data) {
        static_cast<Seen*>(user_data)->frames += frame->hd.type == NGHTTP2_HEADERS;
        return 0;
      });
  nghttp2_option* option = nullptr;
  nghttp2_session* session = nullptr;
  CHECK_EQ(nghttp2_option_new(&option), 0);
  nghttp2_option_set_no_http_messaging(option, 1);
  nghttp2_option_set_no_recv_client_magic(option, 1);
  CHECK_EQ(nghttp2_session_server_new2(&session, callbacks.object, &seen, option), 0);
  nghttp2_option_del(option);
  const Wire wire = Wire().settings().frame(NGHTTP2_HEADERS, 0x0d, 1, support::padded("\x82", 3));
  const std::string& head = wire.bytes();
  const auto* data = reinterpret_cast<const uint8_t*>(head.data());
  const auto used = nghttp2_session_mem_recv2(session, data, head.size());
  CHECK_EQ(used, static_cast<nghttp2_ssize>(head.size()) - 3);
  CHECK_EQ(seen.fields, 1);
  CHECK_EQ(seen.frames, 0);
  CHECK_EQ(nghttp2_session_mem_recv2(session, data + used, 3), 3);
  CHECK_EQ(seen.fields, 1);
  CHECK_EQ(seen.frames, 1);
  nghttp2_session_del(session);
}

TEST(session_api, questions_about_streams_that_do_not_exist) {
  Single server(Side::server);
  nghttp2_session* session = server.session;
  CHECK(nghttp2_session_find_stream(session, 1) == nullptr);
  CHECK_EQ(nghttp2_session_get_stream_effective_recv_data_length(session, 1), -1);
  CHECK_EQ(nghttp2_session_get_stream_effective_local_window_size(session, 1), -1);
  CHECK_EQ(nghttp2_session_get_stream_local_window_size(session, 1), -1);
  CHECK_EQ(nghttp2_session_get_stream_remote_window_size(session, 1), -1);
  CHECK_EQ(nghttp2_session_get_stream_local_close(session, 1), -1);
  CHECK_EQ(nghttp2_session_get_stream_remote_close(session, 1), -1);
  CHECK_EQ(nghttp2_session_resume_data(session, 1), NGHTTP2_ERR_INVALID_ARGUMENT);
}

TEST(session_api, questions_about_a_stream) {
  Single server(Side::server);
  support::receive_request(server, 1);
  nghttp2_session* session = server.session;
  nghttp2_stream* root = nghttp2_session_get_root_stream(session);
  nghttp2_stream* stream = nghttp2_session_find_stream(session, 1);
  REQUIRE(stream != nullptr);
  CHECK_EQ(nghttp2_stream_get_stream_id(stream), 1);
  CHECK_EQ(nghttp2_stream_get_state(stream), NGHTTP2_STREAM_STATE_OPEN);
  CHECK_EQ(nghttp2_stream_get_weight(stream), NGHTTP2_DEFAULT_WEIGHT);
  CHECK_EQ(nghttp2_session_get_stream_effective_recv_data_length(session, 1), 0);
  CHECK_EQ(nghttp2_session_get_stream_local_window_size(session, 1), 65535);
  CHECK_EQ(nghttp2_session_get_stream_remote_window_size(session, 1), 65535);
  CHECK_EQ(nghttp2_session_get_stream_local_close(session, 1), 0);
  CHECK_EQ(nghttp2_session_get_stream_remote_close(session, 1), 0);
  CHECK(nghttp2_stream_get_parent(stream) == root);
  CHECK(nghttp2_stream_get_first_child(root) == stream);
  CHECK(nghttp2_stream_get_next_sibling(stream) == nullptr);
  CHECK(nghttp2_stream_get_previous_sibling(stream) == nullptr);
  CHECK(nghttp2_stream_get_first_child(stream) == nullptr);
}

TEST(session_api, a_stream_has_the_root_for_parent_from_the_beginning) {
  Single server(Side::server);
  support::receive_request(server, 1);
  nghttp2_stream* stream = nghttp2_session_find_stream(server.session, 1);
  REQUIRE(stream != nullptr);
  nghttp2_stream* parent = nghttp2_stream_get_parent(stream);
  CHECK(parent != nullptr && nghttp2_stream_get_stream_id(parent) == 0);
  CHECK(nghttp2_stream_get_parent(stream) == nghttp2_session_find_stream(server.session, 0));
  CHECK(nghttp2_stream_get_first_child(parent) == stream);
}

TEST(session_api, without_a_tree_there_is_no_parent) {
  Single server(Side::server, nullptr, {{NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES, 1}});
  support::receive_request(server, 1);
  nghttp2_stream* stream = nghttp2_session_find_stream(server.session, 1);
  REQUIRE(stream != nullptr);
  CHECK(nghttp2_stream_get_parent(stream) == nullptr);
}

namespace {

// A server with PRIORITY_UPDATE by the letter of the RFCs.
struct StrictServer {
  StrictServer() {
    nghttp2_option_new(&option);
    nghttp2_option_set_strict_stream_states(option, 1);
    nghttp2_option_set_builtin_recv_extension_type(option, NGHTTP2_PRIORITY_UPDATE);
  }
  ~StrictServer() { nghttp2_option_del(option); }
  nghttp2_option* option = nullptr;
};

std::string priority_update(std::uint32_t stream_id, std::string_view value) {
  std::string payload = {0, 0, 0, static_cast<char>(stream_id)};
  payload += value;
  return Wire().frame(NGHTTP2_PRIORITY_UPDATE, 0, 0, payload).bytes();
}

}  // namespace

TEST(session_api, strictly_priority_update_of_stream_0_is_an_error) {
  const StrictServer strict;
  Single server(Side::server, strict.option, {{NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES, 1}});
  server.lines();
  server.feed(priority_update(0, "u=1"));
  CHECK(server.lines().find("GOAWAY 0 last=0 PROTOCOL_ERROR") != std::string::npos);
}

TEST(session_api, strictly_a_padded_frame_that_is_too_short_has_a_wrong_size) {
  const StrictServer strict;
  Single server(Side::server, strict.option);
  server.lines();
  server.feed(Wire().frame(NGHTTP2_HEADERS, NGHTTP2_FLAG_PADDED | NGHTTP2_FLAG_PRIORITY, 1,
                           std::string(1, 0) + "abcd"));
  CHECK(server.lines().find("FRAME_SIZE_ERROR") != std::string::npos);
}

TEST(session_api, strictly_priority_update_reaches_a_pushed_stream) {
  const StrictServer strict;
  Single server(Side::server, strict.option, {{NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES, 1}});
  support::receive_request(server, 1);
  const Fields fields = support::request_fields("GET", "/style.css");
  const auto request = support::views(fields);
  CHECK_EQ(
      nghttp2_submit_push_promise(server.session, 0, 1, request.data(), request.size(), nullptr),
      2);
  server.lines();
  server.feed(priority_update(2, "u=1, i"));
  nghttp2_extpri priority = {};
  CHECK_EQ(nghttp2_session_get_extpri_stream_priority(server.session, &priority, 2), 0);
  CHECK_EQ(priority.urgency, 1u);
  CHECK_EQ(priority.inc, 1);
}

TEST(session_api, padding_to_come_is_worth_a_window_update) {
  Single server(Side::server, nullptr, {{NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, 100}});
  support::receive_request(server, 1);
  server.lines();
  std::string payload = std::string(1, 60) + "hello" + std::string(60, 0);
  const std::string frame =
      Wire().frame(NGHTTP2_DATA, NGHTTP2_FLAG_PADDED | NGHTTP2_FLAG_END_STREAM, 1, payload).bytes();
  // The last octets of the padding are still to come when half of the window is used.
  server.feed(frame.substr(0, frame.size() - 10));
  CHECK(server.lines().find("WINDOW_UPDATE 1") != std::string::npos);
  server.feed(frame.substr(frame.size() - 10));
  CHECK(server.lines().find("WINDOW_UPDATE 1") == std::string::npos);
}

TEST(session_api, the_root_stream) {
  Single server(Side::server);
  nghttp2_stream* root = nghttp2_session_get_root_stream(server.session);
  REQUIRE(root != nullptr);
  CHECK_EQ(nghttp2_stream_get_stream_id(root), 0);
  CHECK_EQ(nghttp2_stream_get_state(root), NGHTTP2_STREAM_STATE_IDLE);
  CHECK(nghttp2_session_find_stream(server.session, 0) == root);
  CHECK(nghttp2_stream_get_parent(root) == nullptr);
}

TEST(session_api, the_initial_windows_and_settings) {
  Single client(Side::client);
  nghttp2_session* session = client.session;
  CHECK_EQ(nghttp2_session_get_remote_window_size(session), 65535);
  CHECK_EQ(nghttp2_session_get_local_window_size(session), 65535);
  CHECK_EQ(nghttp2_session_get_effective_local_window_size(session), 65535);
  CHECK_EQ(nghttp2_session_get_effective_recv_data_length(session), 0);
  for (const auto get : {nghttp2_session_get_remote_settings, nghttp2_session_get_local_settings}) {
    CHECK_EQ(get(session, NGHTTP2_SETTINGS_HEADER_TABLE_SIZE), 4096u);
    CHECK_EQ(get(session, NGHTTP2_SETTINGS_ENABLE_PUSH), 1u);
    CHECK_EQ(get(session, NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS), UINT32_MAX);
    CHECK_EQ(get(session, NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE), 65535u);
    CHECK_EQ(get(session, NGHTTP2_SETTINGS_MAX_FRAME_SIZE), 16384u);
    CHECK_EQ(get(session, NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE), UINT32_MAX);
    CHECK_EQ(get(session, NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL), 0u);
  }
}

TEST(session_api, only_clients_may_request) {
  Single client(Side::client);
  Single server(Side::server);
  CHECK_EQ(nghttp2_session_check_request_allowed(client.session), 1);
  CHECK_EQ(nghttp2_session_check_request_allowed(server.session), 0);
  CHECK_EQ(nghttp2_session_get_next_stream_id(client.session), 1u);
  CHECK_EQ(nghttp2_session_get_next_stream_id(server.session), 2u);
}

TEST(session_api, the_last_processed_stream) {
  Single server(Side::server);
  CHECK_EQ(nghttp2_session_get_last_proc_stream_id(server.session), 0);
  support::receive_request(server, 1);
  support::receive_request(server, 7);
  CHECK_EQ(nghttp2_session_get_last_proc_stream_id(server.session), 7);
}
