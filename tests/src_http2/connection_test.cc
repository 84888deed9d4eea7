// SPDX-License-Identifier: MIT
// Tests of client and server connections that talk to each other over a socket pair.
#include <sys/socket.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "base/text.h"
#include "http2/client_connection.h"
#include "http2/server_connection.h"
#include "net/tcp_transport.h"
#include "support/check.h"

namespace {

using http::End;
using std::chrono::milliseconds;

// Records what a stream brings and lets tests act on it.
struct Recorder final : http::Receiver {
  void on_head(http::Head&& head, End end) override {
    events += head.is_request() ? head.method + " " + head.path : std::to_string(head.status);
    note_end(end);
    if (act_on_head) act_on_head();
  }
  void on_body(http::Bytes chunk, End end) override {
    body += base::as_text(chunk);
    if (stream && consumes) stream->consume(chunk.size());
    if (end == End::yes) note_end(end);
    if (act_on_body) act_on_body();
  }
  void on_trailers(http::Fields&& trailers) override {
    events += "trailers " + std::string(trailers.begin()->name) + ".";
  }
  void on_room() override {
    if (act_on_room) act_on_room();
  }
  void on_done() override { events += "done."; }
  void on_reset(const http::Reason& reason) override {
    events += std::string("reset ") + std::string(http::to_string(reason.kind)) + ".";
    text = reason.text;
  }
  void note_end(End end) { events += end == End::yes ? "$ " : " "; }

  http::StreamPtr stream;
  bool consumes = true;
  std::string events;
  std::string body;
  std::string text;
  std::function<void()> act_on_head;
  std::function<void()> act_on_body;
  std::function<void()> act_on_room;
};

// Both ends on one loop.
class Pair : public http2::ServerHandler, public http2::ClientHandler {
 public:
  explicit Pair(http2::ConnectionConfig server_config = {},
                http2::ConnectionConfig client_config = {}) {
    int fds[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds) != 0) return;
    server_config.settings.push_back({NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, 100});
    server = http2::ServerConnection::create(loop, started(fds[0]), server_config, *this);
    client = http2::ClientConnection::create(loop, started(fds[1]), client_config, *this);
    server->start();
    client->start();
  }

  std::unique_ptr<net::Transport> started(int fd) {
    struct Quiet : net::TransportHandler {
      void on_connected() override {}
      void on_readable() override {}
      void on_writable() override {}
      void on_error(const std::string&) override {}
    };
    static Quiet quiet;
    auto transport =
        std::make_unique<net::TcpTransport>(loop, base::Fd(fd), net::Address::local_of(fd));
    transport->start(&quiet);
    return transport;
  }

  // A stream with a recorder; the head is still to be sent.
  std::shared_ptr<Recorder> open() {
    auto recorder = std::make_shared<Recorder>();
    recorder->stream = client->open();
    recorder->stream->receive_with(recorder);
    return recorder;
  }

  std::shared_ptr<Recorder> get(const char* path) {
    auto recorder = open();
    recorder->stream->send_head(http::request_head("GET", "http", "h", path), End::yes);
    return recorder;
  }

  bool run_until(const std::function<bool()>& condition) {
    for (int i = 0; i < 2000 && !condition(); ++i)
      loop.run_once(milliseconds(5));
    return condition();
  }

  void on_request(http2::ServerConnection&, const http::Head&, http::StreamPtr stream) override {
    served = std::make_shared<Recorder>();
    served->stream = stream;
    if (prepare) prepare(*served);
    if (takes_requests) stream->receive_with(served);
  }
  void on_closed(http2::ServerConnection&, const http::Reason& reason) override {
    server_end = reason.text;
    server.reset();
  }
  void on_push(http2::ClientConnection&, std::int64_t, http::Head&& request,
               const http::StreamPtr& stream) override {
    pushed = std::make_shared<Recorder>();
    pushed->stream = stream;
    pushed->events = "promise " + request.path + " ";
    if (takes_pushes) stream->receive_with(pushed);
  }
  void on_closed(http2::ClientConnection&, const http::Reason& reason) override {
    client_end = reason.text;
    client.reset();
  }

  net::EventLoop loop;
  std::function<void(Recorder&)> prepare;
  std::shared_ptr<Recorder> served;
  std::shared_ptr<Recorder> pushed;
  bool takes_requests = true;
  bool takes_pushes = true;
  std::string server_end;
  std::string client_end;
  http2::Handle<http2::ServerConnection> server;
  http2::Handle<http2::ClientConnection> client;
};

void answer(Recorder& served, std::string body) {
  served.act_on_head = [&served, body = std::move(body)] {
    served.stream->send_head(http::response_head(200), End::no);
    served.stream->send_body(base::as_bytes(body), End::yes);
  };
}

}  // namespace

TEST(src_http2_connection, request_and_response) {
  Pair pair;
  pair.prepare = [](Recorder& served) { answer(served, "hello"); };
  const auto recorder = pair.get("/x");
  CHECK(pair.run_until([&] { return recorder->events.ends_with("done."); }));
  CHECK_STR(recorder->events, "200 $ done.");
  CHECK_STR(recorder->body, "hello");
  CHECK_STR(pair.served->events, "GET /x$ done.");
  CHECK_EQ(pair.client->stream_count(), 0u);
  CHECK_EQ(pair.server->stream_count(), 0u);
}

TEST(src_http2_connection, interim_responses_and_trailers) {
  Pair pair;
  pair.prepare = [](Recorder& served) {
    served.act_on_head = [&served] {
      served.stream->send_head(http::response_head(103), End::no);
      served.stream->send_head(http::response_head(200), End::no);
      served.stream->send_body(base::as_bytes("b"), End::no);
      served.stream->send_trailers({{"t", "v"}});
    };
  };
  const auto recorder = pair.get("/");
  CHECK(pair.run_until([&] { return recorder->events.ends_with("done."); }));
  CHECK_STR(recorder->events, "103 200 trailers t.done.");
}

TEST(src_http2_connection, a_shared_head_lives_as_long_as_the_session_needs_it) {
  Pair pair;
  std::weak_ptr<const http::Head> watch;
  pair.prepare = [&watch](Recorder& served) {
    served.act_on_head = [&served, &watch] {
      auto head = std::make_shared<http::Head>(http::response_head(200));
      head->fields.add("name", std::string(100, 'v'));
      const bool is_first = served.events.starts_with("GET /first");
      if (is_first) watch = head;
      served.stream->send_shared_head(std::move(head), End::yes);
      // Given up while its head is still on its way.
      if (is_first) served.stream->reset({});
    };
  };
  const auto first = pair.get("/first");
  CHECK(pair.run_until([&] { return first->events.ends_with("."); }));
  CHECK_STR(first->events, "reset canceled.");
  const auto second = pair.get("/second");
  CHECK(pair.run_until([&] { return second->events.ends_with("done."); }));
  CHECK_STR(second->events, "200$ done.");
  CHECK(pair.run_until([&] { return watch.expired(); }));
}

TEST(src_http2_connection, content_waits_for_credit) {
  Pair pair;
  pair.prepare = [](Recorder& served) { served.consumes = false; };
  const auto recorder = pair.open();
  recorder->stream->send_head(http::request_head("POST", "http", "h", "/"), End::no);
  const std::string content(300000, 'x');
  std::size_t sent = 0;
  const auto fill = [&] {
    const std::size_t count = std::min(recorder->stream->room(), content.size() - sent);
    if (count == 0) return;
    sent += count;
    recorder->stream->send_body(base::as_bytes(content).subspan(0, count),
                                sent == content.size() ? End::yes : End::no);
  };
  recorder->act_on_room = fill;
  fill();
  CHECK(pair.run_until([&] { return pair.served && pair.served->body.size() == 65535; }));
  for (int i = 0; i < 20; ++i)
    pair.loop.run_once(milliseconds(1));
  // The window is used up, the buffer is full, and nothing more is taken.
  CHECK_EQ(pair.served->body.size(), 65535u);
  CHECK_EQ(sent, 65535u + 65536u);
  CHECK_EQ(recorder->stream->room(), 0u);
  pair.served->consumes = true;
  pair.served->stream->consume(65535);
  CHECK(pair.run_until([&] { return pair.served->events.ends_with("$ "); }));
  CHECK_EQ(pair.served->body.size(), 300000u);
}

TEST(src_http2_connection, reset_tells_the_other_side) {
  Pair pair;
  const auto recorder = pair.get("/");
  CHECK(pair.run_until([&] { return pair.served != nullptr; }));
  recorder->stream->reset({http::ReasonKind::canceled, 0, "enough"});
  CHECK(pair.run_until([&] { return pair.served->events.ends_with("reset canceled."); }));
  CHECK_STR(pair.served->text, "the peer sent RST_STREAM with CANCEL(0x08)");
  // Who resets hears nothing more.
  CHECK_STR(recorder->events, "");
}

TEST(src_http2_connection, requests_nobody_takes_are_refused) {
  Pair pair;
  pair.takes_requests = false;
  const auto recorder = pair.get("/");
  CHECK(pair.run_until([&] { return recorder->events.ends_with("."); }));
  CHECK_STR(recorder->events, "reset refused.");
}

TEST(src_http2_connection, large_field_sections_are_answered_with_431) {
  http2::ConnectionConfig config;
  config.max_field_section_bytes = 1000;
  Pair pair(config);
  const auto recorder = pair.open();
  http::Head head = http::request_head("GET", "http", "h", "/");
  head.fields.add("x", std::string(1000, 'y'));
  recorder->stream->send_head(head, End::yes);
  CHECK(pair.run_until([&] { return recorder->events.ends_with("."); }));
  CHECK_STR(recorder->events, "431$ done.");
  CHECK(pair.served == nullptr);
}

TEST(src_http2_connection, handles_survive_their_connection) {
  Pair pair;
  const auto recorder = pair.get("/");
  CHECK(pair.run_until([&] { return pair.served != nullptr; }));
  pair.server.reset();
  CHECK(pair.run_until([&] { return !pair.client_end.empty(); }));
  CHECK_STR(recorder->events, "reset closed.");
  const http::StreamPtr stream = recorder->stream;
  CHECK_EQ(stream->room(), 0u);
  stream->send_body({}, End::yes);
  stream->consume(1);
  stream->reset({});
  CHECK(stream->push(http::request_head("GET", "http", "h", "/p")) == nullptr);
}

TEST(src_http2_connection, dropping_a_connection_inside_its_callbacks) {
  for (const bool in_body : {false, true}) {
    Pair pair;
    pair.prepare = [](Recorder& served) { answer(served, std::string(10000, 'x')); };
    const auto recorder = pair.get("/");
    const auto other = pair.get("/other");
    (in_body ? recorder->act_on_body : recorder->act_on_head) = [&pair] { pair.client.reset(); };
    CHECK(pair.run_until([&] { return !pair.server_end.empty(); }));
    CHECK(recorder->events.ends_with("reset closed."));
    CHECK(other->events.ends_with("reset closed."));
  }
}

TEST(src_http2_connection, dropping_the_server_inside_a_request) {
  Pair pair;
  pair.prepare = [&pair](Recorder& served) {
    served.act_on_head = [&pair] { pair.server.reset(); };
  };
  const auto recorder = pair.get("/");
  CHECK(pair.run_until([&] { return !pair.client_end.empty(); }));
  CHECK_STR(recorder->events, "reset closed.");
}

TEST(src_http2_connection, pushed_responses) {
  for (const bool taken : {true, false}) {
    Pair pair;
    pair.takes_pushes = taken;
    auto promised_end = std::make_shared<Recorder>();
    pair.prepare = [promised_end](Recorder& served) {
      served.act_on_head = [&served, promised_end] {
        const auto promised = served.stream->push(http::request_head("GET", "http", "h", "/p"));
        if (!CHECK(promised != nullptr)) return;
        promised->receive_with(promised_end);
        promised->send_head(http::response_head(200), End::yes);
        served.stream->send_head(http::response_head(200), End::yes);
      };
    };
    const auto recorder = pair.get("/");
    CHECK(pair.run_until(
        [&] { return recorder->events.ends_with(".") && promised_end->events.ends_with("."); }));
    CHECK_STR(recorder->events, "200$ done.");
    CHECK_STR(pair.pushed->events, taken ? "promise /p 200$ done." : "promise /p ");
  }
}

TEST(src_http2_connection, push_can_be_forbidden) {
  http2::ConnectionConfig client_config;
  client_config.settings.push_back({NGHTTP2_SETTINGS_ENABLE_PUSH, 0});
  Pair pair({}, client_config);
  bool was_refused = false;
  pair.prepare = [&was_refused](Recorder& served) {
    served.act_on_head = [&] {
      was_refused = served.stream->push(http::request_head("GET", "http", "h", "/")) == nullptr;
      served.stream->send_head(http::response_head(204), End::yes);
    };
  };
  const auto recorder = pair.get("/");
  CHECK(pair.run_until([&] { return recorder->events.ends_with("done."); }));
  CHECK(was_refused);
}

TEST(src_http2_connection, a_server_that_shuts_down_finishes_its_streams) {
  Pair pair;
  const auto recorder = pair.get("/");
  CHECK(pair.run_until([&] { return pair.served != nullptr; }));
  pair.server->shut_down();
  CHECK(pair.run_until([&] { return !pair.client->accepts_requests(); }));
  pair.served->stream->send_head(http::response_head(200), End::yes);
  CHECK(pair.run_until([&] { return !pair.client_end.empty(); }));
  CHECK_STR(recorder->events, "200$ done.");
  CHECK(pair.run_until([&] { return !pair.server_end.empty(); }));
}

TEST(src_http2_connection, time_limits) {
  http2::ConnectionConfig server_config;
  server_config.stream_read_timeout = milliseconds(50);
  Pair pair(server_config);
  const auto recorder = pair.open();
  recorder->stream->send_head(http::request_head("POST", "http", "h", "/"), End::no);
  CHECK(pair.run_until([&] { return recorder->events.ends_with("."); }));
  CHECK_STR(recorder->events, "reset canceled.");
  CHECK(pair.served->events.ends_with("reset timeout."));
}

namespace {

// A server sends `length` octets to a client that returns the credit for each one some milliseconds
// after it came. Answers what became of it on both sides.
std::string outcome_of_drips(std::size_t least_progress, std::size_t length) {
  http2::ConnectionConfig server_config;
  server_config.stream_write_timeout = milliseconds(50);
  server_config.least_write_progress = least_progress;
  http2::ConnectionConfig client_config;
  client_config.settings.push_back({NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, 1});
  Pair pair(server_config, client_config);
  pair.prepare = [&](Recorder& served) { answer(served, std::string(length, 'x')); };
  const auto recorder = pair.open();
  recorder->consumes = false;
  recorder->stream->send_head(http::request_head("GET", "http", "h", "/"), End::yes);
  std::size_t returned = 0;
  pair.run_until([&] {
    if (recorder->body.size() > returned) {
      ++returned;
      recorder->stream->consume(1);
      std::this_thread::sleep_for(milliseconds(2));
    }
    return recorder->events.ends_with(".");
  });
  CHECK(recorder->body.size() > 1);
  return recorder->events + " " + pair.served->events;
}

}  // namespace

TEST(src_http2_connection, credit_in_drips_is_not_enough) {
  CHECK_STR(outcome_of_drips(100, 50000), "200 reset canceled. GET /$ reset timeout.");
}

TEST(src_http2_connection, slow_progress_is_enough) {
  CHECK_STR(outcome_of_drips(5, 100), "200 $ done. GET /$ done.");
}

TEST(src_http2_connection, content_that_is_not_there_yet_may_take_its_time) {
  http2::ConnectionConfig server_config;
  server_config.stream_write_timeout = milliseconds(50);
  Pair pair(server_config);
  pair.prepare = [](Recorder& served) {
    served.act_on_head = [&served] { served.stream->send_head(http::response_head(200), End::no); };
  };
  const auto recorder = pair.get("/");
  CHECK(pair.run_until([&] { return recorder->events == "200 "; }));
  const auto later = net::Clock::now() + milliseconds(200);
  CHECK(pair.run_until([&] { return net::Clock::now() > later; }));
  pair.served->stream->send_body(base::as_bytes("late"), End::yes);
  CHECK(pair.run_until([&] { return recorder->events.ends_with("done."); }));
  CHECK_STR(recorder->body, "late");
}

TEST(src_http2_connection, idle_connections_end) {
  http2::ConnectionConfig server_config;
  server_config.idle_timeout = milliseconds(50);
  Pair pair(server_config);
  CHECK(pair.run_until([&] { return !pair.client_end.empty() && !pair.server_end.empty(); }));
  CHECK(pair.client_end.find("GOAWAY with NO_ERROR") != std::string::npos);
}

TEST(src_http2_connection, a_closed_connection_tells_its_peer) {
  Pair pair;
  CHECK(pair.run_until([&] { return pair.client->max_concurrent_streams() == 100; }));
  pair.client->close({http::ReasonKind::closed, 0, "test"});
  CHECK(!pair.client->is_open());
  CHECK(pair.run_until([&] { return !pair.server_end.empty(); }));
  // Who closes is not told.
  CHECK_STR(pair.client_end, "");
}
