// SPDX-License-Identifier: MIT
// nghttp2_session_mem_send_into and nghttp2_session_mem_send_vec: many frames at once.
#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "support/alloc_probe.h"
#include "support/body.h"
#include "support/check.h"
#include "support/wire.h"

using support::AllocProbe;
using support::Body;
using support::Fields;
using support::Wire;

namespace {

constexpr std::size_t kBodySize = 100000;

std::string body_text() {
  std::string text;
  for (int i = 0; text.size() < kBodySize; ++i)
    text += std::to_string(i) + ' ';
  text.resize(kBodySize);
  return text;
}

void request(nghttp2_session* client, const Fields& extra = {}) {
  Fields fields = support::request_fields("GET", "/");
  fields.insert(fields.end(), extra.begin(), extra.end());
  const auto list = support::views(fields);
  nghttp2_submit_request2(client, nullptr, list.data(), list.size(), nullptr, nullptr);
}

void respond(nghttp2_session* server, std::int32_t stream_id, Body& body) {
  const Fields fields = support::response_fields("200");
  const auto list = support::views(fields);
  const nghttp2_data_provider2 provider = body.provider2();
  nghttp2_submit_response2(server, stream_id, list.data(), list.size(), &provider);
}

void ping(nghttp2_session* session, const char (&octets)[9]) {
  nghttp2_submit_ping(session, 0, reinterpret_cast<const std::uint8_t*>(octets));
}

// A client that keeps what it gets.
struct Client {
  Client() {
    nghttp2_session_callbacks* callbacks = nullptr;
    nghttp2_session_callbacks_new(&callbacks);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, on_data);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, on_close);
    nghttp2_session_client_new(&session, callbacks, this);
    nghttp2_session_callbacks_del(callbacks);
    nghttp2_submit_settings(session, 0, nullptr, 0);
  }
  ~Client() { nghttp2_session_del(session); }

  static int on_data(nghttp2_session*, std::uint8_t, std::int32_t stream_id,
                     const std::uint8_t* data, std::size_t size, void* user_data) {
    static_cast<Client*>(user_data)->content[stream_id].append(reinterpret_cast<const char*>(data),
                                                               size);
    return 0;
  }
  static int on_close(nghttp2_session*, std::int32_t stream_id, std::uint32_t error_code,
                      void* user_data) {
    static_cast<Client*>(user_data)->closed[stream_id] = error_code;
    return 0;
  }

  // Whether the response to this stream came whole.
  bool has_got(std::int32_t stream_id, const std::string& text) const {
    const auto body = content.find(stream_id);
    const auto code = closed.find(stream_id);
    return body != content.end() && body->second == text && code != closed.end() &&
           code->second == NGHTTP2_NO_ERROR;
  }

  nghttp2_session* session = nullptr;
  std::map<std::int32_t, std::string> content;
  std::map<std::int32_t, std::uint32_t> closed;
};

// A server whose output, whichever way it leaves, is collected as a peer would get it.
struct Server {
  explicit Server(nghttp2_mem* mem = nullptr, std::size_t padding = 0) : padding(padding) {
    nghttp2_session_callbacks* callbacks = nullptr;
    nghttp2_session_callbacks_new(&callbacks);
    nghttp2_session_callbacks_set_send_data_callback(callbacks, send_data);
    if (padding > 0) {
      nghttp2_session_callbacks_set_select_padding_callback(callbacks, select_padding);
    }
    nghttp2_session_server_new3(&session, callbacks, this, nullptr, mem);
    nghttp2_session_callbacks_del(callbacks);
  }
  ~Server() { nghttp2_session_del(session); }

  static ssize_t select_padding(nghttp2_session*, const nghttp2_frame* frame,
                                std::size_t max_length, void* user_data) {
    const auto& server = *static_cast<Server*>(user_data);
    return static_cast<ssize_t>(std::min(max_length, frame->hd.length + server.padding));
  }

  static int send_data(nghttp2_session*, nghttp2_frame*, const std::uint8_t* head,
                       std::size_t length, nghttp2_data_source* source, void* user_data) {
    auto& server = *static_cast<Server*>(user_data);
    if (server.blocked > 0) {
      --server.blocked;
      return NGHTTP2_ERR_WOULDBLOCK;
    }
    auto& body = *static_cast<Body*>(source->ptr);
    server.output.append(reinterpret_cast<const char*>(head), 9);
    server.output.append(body.bytes, body.offset, length);
    body.offset += length;
    ++server.uncopied;
    return 0;
  }

  // One call with buffers of these sizes; how much it gave.
  nghttp2_ssize take(const std::vector<std::size_t>& rooms) {
    std::vector<std::uint8_t> memory(std::accumulate(rooms.begin(), rooms.end(), std::size_t{0}));
    std::vector<nghttp2_vec> buffers;
    std::uint8_t* at = memory.data();
    for (const std::size_t room : rooms) {
      buffers.push_back({at, room});
      at += room;
    }
    const nghttp2_ssize size =
        rooms.size() == 1 ? nghttp2_session_mem_send_into(session, memory.data(), rooms[0])
                          : nghttp2_session_mem_send_vec(session, buffers.data(), buffers.size());
    if (size > 0) {
      output.append(reinterpret_cast<const char*>(memory.data()), static_cast<std::size_t>(size));
    }
    return size;
  }
  nghttp2_ssize take(std::size_t room) { return take(std::vector<std::size_t>{room}); }

  nghttp2_session* session = nullptr;
  std::size_t padding;
  std::string output;
  int uncopied = 0;
  int blocked = 0;
};

// Gives the server what the client has to send.
void to_server(Client& client, Server& server) {
  const std::uint8_t* data = nullptr;
  for (nghttp2_ssize size; (size = nghttp2_session_mem_send2(client.session, &data)) > 0;)
    nghttp2_session_mem_recv2(server.session, data, static_cast<std::size_t>(size));
}

// The same for the first time.
void connect(Client& client, Server& server) {
  nghttp2_submit_settings(server.session, 0, nullptr, 0);
  to_server(client, server);
}

// Gives the client what the server has sent, and the server the answer, until both are quiet.
void exchange(Client& client, Server& server, const std::vector<std::size_t>& rooms) {
  for (int idle = 0; idle < 2;) {
    to_server(client, server);
    idle = server.take(rooms) == 0 ? idle + 1 : 0;
    const std::string output = std::exchange(server.output, {});
    CHECK_EQ(
        nghttp2_session_mem_recv2(
            client.session, reinterpret_cast<const std::uint8_t*>(output.data()), output.size()),
        static_cast<nghttp2_ssize>(output.size()));
  }
}

}  // namespace

TEST(send_into_api, many_frames_in_one_call) {
  Server server;
  ping(server.session, "11111111");
  ping(server.session, "22222222");
  ping(server.session, "33333333");
  CHECK_EQ(server.take(4096), 3 * 17);
  CHECK_BYTES(server.output, Wire().ping("11111111").ping("22222222").ping("33333333").bytes());
  CHECK_EQ(server.take(4096), 0);
}

TEST(send_into_api, what_does_not_fit_comes_first_in_the_next_call) {
  Server server;
  ping(server.session, "11111111");
  ping(server.session, "22222222");
  CHECK_EQ(server.take(10), 10);
  CHECK(nghttp2_session_want_write(server.session) != 0);
  const std::uint8_t* data = nullptr;
  CHECK_EQ(nghttp2_session_mem_send2(server.session, &data), 7);
  CHECK_BYTES(std::string(reinterpret_cast<const char*>(data), 7), "1111111");
  CHECK_EQ(server.take(0), 0);
  CHECK_EQ(server.take(100), 17);
  CHECK(nghttp2_session_want_write(server.session) == 0);
}

TEST(send_into_api, everything_arrives_whatever_the_room) {
  const std::vector<std::size_t> kRooms[] = {{1},     {7},      {2047},         {2048},
                                             {2049},  {4096},   {9000},         {16384},
                                             {16393}, {100000}, {1, 2048, 300}, {3000, 0, 3000, 1}};
  for (const auto& rooms : kRooms) {
    Client client;
    Server server;
    request(client.session, {{"x-long", std::string(40000, '~')}});
    request(client.session);
    connect(client, server);
    Body first;
    first.bytes = body_text();
    Body second = first;
    second.chunk = 3333;
    respond(server.session, 1, first);
    respond(server.session, 3, second);
    exchange(client, server, rooms);
    CHECK(client.has_got(1, first.bytes));
    CHECK(client.has_got(3, second.bytes));
  }
}

// A header block of several frames, which needs more memory than there is room.
TEST(send_into_api, long_header_blocks) {
  for (const std::size_t room : {100, 3000, 16384, 65536}) {
    Client client;
    Server server;
    request(client.session);
    connect(client, server);
    Fields fields = support::response_fields("200");
    fields.push_back({"x-long", std::string(40000, '~')});
    const auto list = support::views(fields);
    nghttp2_submit_response2(server.session, 1, list.data(), list.size(), nullptr);
    ping(server.session, "11111111");
    exchange(client, server, {room});
    CHECK_EQ(client.closed.count(1), 1u);
  }
}

TEST(send_into_api, padding_stays_within_the_room) {
  for (const std::size_t room : {2048, 5000, 16384}) {
    Client client;
    Server server(nullptr, 255);
    request(client.session);
    connect(client, server);
    Body body;
    body.bytes = body_text();
    respond(server.session, 1, body);
    exchange(client, server, {room});
    CHECK(client.has_got(1, body.bytes));
  }
}

TEST(send_into_api, content_needs_no_memory_of_the_session) {
  AllocProbe probe;
  {
    Client client;
    Server server(probe.mem());
    request(client.session);
    connect(client, server);
    Body body;
    body.bytes.assign(60000, 'x');
    respond(server.session, 1, body);
    const std::size_t before = probe.live_bytes();
    CHECK(server.take(65536) > 60000);
    CHECK(probe.live_bytes() <= before + 1024);
  }
  CHECK_STR(probe.complaint(), "");
}

// What the application sends from inside the callback goes between earlier calls and this one.
TEST(send_into_api, uncopied_data_keeps_its_place) {
  for (const int blocked : {0, 1}) {
    Client client;
    Server server;
    request(client.session);
    request(client.session);
    connect(client, server);
    server.blocked = blocked;
    Body first;
    first.bytes = body_text().substr(0, 20000);
    first.copy = false;
    Body second;
    second.bytes = body_text().substr(20000, 20000);
    respond(server.session, 1, first);
    respond(server.session, 3, second);
    ping(server.session, "11111111");
    // SETTINGS, PING and both HEADERS; the first DATA must wait for them.
    CHECK(server.take(65536) > 0);
    CHECK_EQ(server.uncopied, 0);
    exchange(client, server, {65536});
    CHECK_EQ(server.uncopied, 2);
    CHECK(client.has_got(1, first.bytes));
    CHECK(client.has_got(3, second.bytes));
  }
}

TEST(send_into_api, no_memory) {
  std::size_t failures = 0;
  for (std::size_t fail_at = 0; fail_at < 60; ++fail_at) {
    AllocProbe probe(AllocProbe::Failing::once, fail_at);
    {
      Client client;
      Server server(probe.mem());
      if (!server.session) continue;
      request(client.session);
      request(client.session);
      connect(client, server);
      Body first;
      first.bytes.assign(20000, 'a');
      first.copy = false;
      Body second = first;
      second.copy = true;
      respond(server.session, 1, first);
      respond(server.session, 3, second);
      server.blocked = 1;
      for (const std::size_t room : {65536, 100, 3000, 65536, 65536, 65536}) {
        const nghttp2_ssize size = server.take(room);
        CHECK(size >= 0 || size == NGHTTP2_ERR_NOMEM);
        failures += size < 0;
        if (size < 0) break;
      }
    }
    CHECK_STR(probe.complaint(), "");
  }
  CHECK(failures > 0);
}

TEST(send_into_api, not_from_a_callback) {
  nghttp2_session_callbacks* callbacks = nullptr;
  nghttp2_session_callbacks_new(&callbacks);
  nghttp2_session_callbacks_set_on_frame_send_callback(
      callbacks, [](nghttp2_session* session, const nghttp2_frame*, void* user_data) {
        std::uint8_t octet = 0;
        *static_cast<nghttp2_ssize*>(user_data) = nghttp2_session_mem_send_into(session, &octet, 1);
        return 0;
      });
  nghttp2_session* session = nullptr;
  nghttp2_ssize answer = 0;
  nghttp2_session_server_new(&session, callbacks, &answer);
  nghttp2_session_callbacks_del(callbacks);
  ping(session, "11111111");
  std::uint8_t buffer[100];
  CHECK_EQ(nghttp2_session_mem_send_into(session, buffer, sizeof buffer), 17);
  CHECK_EQ(answer, NGHTTP2_ERR_INVALID_STATE);
  nghttp2_session_del(session);
}
