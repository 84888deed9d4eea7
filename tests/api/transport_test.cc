// SPDX-License-Identifier: MIT
// The contract of nghttp2_session_send and nghttp2_session_recv with their callbacks.
#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <cstring>
#include <deque>
#include <string>

#include "support/check.h"
#include "support/wire.h"

using support::Wire;

namespace {

// What the callbacks answer next: the number of octets they take or give at most, or an error.
struct Transport {
  std::deque<long> send_answers;
  std::deque<long> receive_answers;
  std::string sent;
  std::string input;
};

long next(std::deque<long>& answers, long otherwise) {
  if (answers.empty()) return otherwise;
  const long answer = answers.front();
  answers.pop_front();
  return answer;
}

ssize_t send(nghttp2_session*, const std::uint8_t* data, std::size_t length, int, void* user_data) {
  auto& transport = *static_cast<Transport*>(user_data);
  const long answer = next(transport.send_answers, static_cast<long>(length));
  if (answer < 0) return answer;
  const auto taken = std::min(static_cast<std::size_t>(answer), length);
  transport.sent.append(reinterpret_cast<const char*>(data), taken);
  return static_cast<ssize_t>(taken);
}

ssize_t receive(nghttp2_session*, std::uint8_t* buffer, std::size_t length, int, void* user_data) {
  auto& transport = *static_cast<Transport*>(user_data);
  const long answer = next(transport.receive_answers, static_cast<long>(length));
  if (answer < 0) return answer;
  if (transport.input.empty()) return NGHTTP2_ERR_WOULDBLOCK;
  const std::size_t given =
      std::min({static_cast<std::size_t>(answer), length, transport.input.size()});
  std::memcpy(buffer, transport.input.data(), given);
  transport.input.erase(0, given);
  return static_cast<ssize_t>(given);
}

struct Server {
  Server() {
    nghttp2_session_callbacks* callbacks = nullptr;
    nghttp2_session_callbacks_new(&callbacks);
    nghttp2_session_callbacks_set_send_callback(callbacks, send);
    nghttp2_session_callbacks_set_recv_callback(callbacks, receive);
    nghttp2_session_server_new(&session, callbacks, &transport);
    nghttp2_session_callbacks_del(callbacks);
  }
  ~Server() { nghttp2_session_del(session); }
  nghttp2_session* session = nullptr;
  Transport transport;
};

const std::string kPing = Wire().ping("01234567").bytes();

}  // namespace

TEST(transport_api, what_does_not_fit_is_sent_later) {
  Server server;
  nghttp2_submit_ping(server.session, 0, reinterpret_cast<const std::uint8_t*>("01234567"));
  server.transport.send_answers = {5, NGHTTP2_ERR_WOULDBLOCK};
  CHECK_EQ(nghttp2_session_send(server.session), 0);
  CHECK_BYTES(server.transport.sent, kPing.substr(0, 5));
  CHECK(nghttp2_session_want_write(server.session) != 0);
  CHECK_EQ(nghttp2_session_send(server.session), 0);
  CHECK_BYTES(server.transport.sent, kPing);
  CHECK(nghttp2_session_want_write(server.session) == 0);
}

TEST(transport_api, taking_nothing_is_as_good_as_blocking) {
  Server server;
  nghttp2_submit_ping(server.session, 0, reinterpret_cast<const std::uint8_t*>("01234567"));
  server.transport.send_answers = {5, 0};
  CHECK_EQ(nghttp2_session_send(server.session), 0);
  CHECK_BYTES(server.transport.sent, kPing.substr(0, 5));
  CHECK(nghttp2_session_want_write(server.session) != 0);
  CHECK_EQ(nghttp2_session_send(server.session), 0);
  CHECK_BYTES(server.transport.sent, kPing);
}

TEST(transport_api, a_failed_send_is_fatal) {
  Server server;
  nghttp2_submit_ping(server.session, 0, nullptr);
  server.transport.send_answers = {NGHTTP2_ERR_CALLBACK_FAILURE};
  CHECK_EQ(nghttp2_session_send(server.session), NGHTTP2_ERR_CALLBACK_FAILURE);
}

TEST(transport_api, input_is_read_until_it_would_block) {
  Server server;
  server.transport.input = Wire().magic().settings().ping("01234567").bytes();
  server.transport.receive_answers = {10, 1, 20};
  CHECK_EQ(nghttp2_session_recv(server.session), 0);
  CHECK_EQ(server.transport.input.size(), 0u);
  CHECK_EQ(nghttp2_session_send(server.session), 0);
  CHECK(server.transport.sent.find("01234567") != std::string::npos);
}

TEST(transport_api, the_end_of_the_input) {
  Server server;
  server.transport.receive_answers = {NGHTTP2_ERR_EOF};
  CHECK_EQ(nghttp2_session_recv(server.session), NGHTTP2_ERR_EOF);
}

TEST(transport_api, a_failed_receive_is_fatal) {
  Server server;
  server.transport.receive_answers = {NGHTTP2_ERR_CALLBACK_FAILURE};
  CHECK_EQ(nghttp2_session_recv(server.session), NGHTTP2_ERR_CALLBACK_FAILURE);
}

TEST(transport_api, wrong_input_is_told_by_recv) {
  Server server;
  server.transport.input = "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n";
  CHECK_EQ(nghttp2_session_recv(server.session), NGHTTP2_ERR_BAD_CLIENT_MAGIC);
}
