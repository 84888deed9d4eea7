// SPDX-License-Identifier: MIT
// Tests of the HTTP/1.1 client connection against a peer that sends what it is told.
#include "http1/client_connection.h"

#include <sys/socket.h>
#include <unistd.h>

#include <string>

#include "base/text.h"
#include "net/tcp_transport.h"
#include "src_net/recording_handler.h"
#include "support/check.h"

namespace {

using http::End;

struct Recorder final : http::Receiver {
  void on_head(http::Head&& head, End end) override {
    events += std::to_string(head.status) + (end == End::yes ? "$ " : " ");
    fields = head.fields;
    if (act) act();
  }
  void on_body(http::Bytes chunk, End end) override {
    body += base::as_text(chunk);
    if (stream && consumes) stream->consume(chunk.size());
    if (end == End::yes) events += "$ ";
    if (act) act();
  }
  void on_trailers(http::Fields&& trailers) override {
    events += "trailers ";
    fields = std::move(trailers);
  }
  void on_done() override {
    events += "done.";
    if (act_on_done) act_on_done();
  }
  void on_reset(const http::Reason& reason) override {
    events += "reset " + std::string(http::to_string(reason.kind)) + ".";
    text = reason.text;
  }

  http::StreamPtr stream;
  bool consumes = true;
  std::string events;
  std::string body;
  std::string text;
  http::Fields fields;
  std::function<void()> act;
  std::function<void()> act_on_done;
};

using RecorderPtr = std::shared_ptr<Recorder>;

// A client connection whose peer is a socket in the test's hands.
class Pair : public http1::ClientHandler {
 public:
  explicit Pair(http1::ConnectionConfig config = {}) {
    int ends[2];
    REQUIRE_PAIR(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) == 0);
    peer = base::Fd(ends[1]);
    auto transport = std::make_unique<net::TcpTransport>(loop, base::Fd(ends[0]),
                                                         net::Address::peer_of(ends[0]));
    starter_ = std::make_unique<test::RecordingHandler>(*transport);
    transport->start(starter_.get());
    test::run_until(loop, [&] { return starter_->saw("connected"); });
    connection =
        http1::ClientConnection::create(loop, std::move(transport), std::move(config), *this);
    connection->start();
  }

  static void REQUIRE_PAIR(bool condition) { CHECK(condition); }

  RecorderPtr ask(std::string_view method = "GET", End end = End::yes, http::Fields fields = {}) {
    auto recorder = std::make_shared<Recorder>();
    recorder->stream = connection->open();
    CHECK(recorder->stream != nullptr);
    if (!recorder->stream) return recorder;
    recorder->stream->receive_with(recorder);
    http::Head head = http::request_head(method, "http", "h", "/");
    head.fields = std::move(fields);
    recorder->stream->send_head(head, end);
    return recorder;
  }

  // Runs until the peer has received more, which ends so.
  bool receive(std::string_view end) {
    const std::size_t before = received.size();
    return test::run_until(loop, [&] {
      char buffer[65536];
      const ssize_t count = ::read(peer.get(), buffer, sizeof(buffer));
      if (count > 0) received.append(buffer, static_cast<std::size_t>(count));
      return received.size() > before && received.ends_with(end);
    });
  }

  void send(std::string_view text) {
    while (!text.empty()) {
      const ssize_t count = ::write(peer.get(), text.data(), text.size());
      if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
      loop.run_once(std::chrono::milliseconds(0));
    }
  }

  // Answers one request and runs until its recorder has seen the end.
  void answer(const RecorderPtr& recorder, std::string_view text, bool close = false) {
    CHECK(receive("\r\n\r\n"));
    send(text);
    if (close) ::shutdown(peer.get(), SHUT_WR);
    CHECK(test::run_until(loop, [&] { return recorder->events.ends_with("."); }));
  }

  void on_idle(http1::ClientConnection&) override { ++idle_count; }
  void on_closed(http1::ClientConnection&, const http::Reason& reason) override {
    closed = reason.text;
  }

  net::EventLoop loop;
  base::Fd peer;
  std::string received;
  int idle_count = 0;
  std::string closed;
  http::ConnectionHandle<http1::ClientConnection> connection;

 private:
  std::unique_ptr<test::RecordingHandler> starter_;
};

constexpr char kOk[] = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n";

}  // namespace

TEST(src_http1_client, exchanges_follow_each_other) {
  Pair pair;
  for (int i = 1; i <= 3; ++i) {
    const auto recorder = pair.ask();
    CHECK_EQ(recorder->stream->id(), i);
    CHECK(!pair.connection->is_idle());
    CHECK(pair.connection->open() == nullptr);
    pair.answer(recorder, kOk);
    CHECK_STR(recorder->events, "200 $ done.");
    CHECK_STR(recorder->body, "ok\n");
    CHECK_EQ(pair.idle_count, i);
  }
  CHECK(pair.received.starts_with("GET / HTTP/1.1\r\nhost: h\r\n\r\nGET "));
}

TEST(src_http1_client, ways_a_response_ends) {
  struct {
    const char* method;
    const char* text;
    bool close;
    const char* events;
    const char* body;
    bool persists;
  } const rows[] = {
      {"GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nok\n\r\n0\r\n\r\n", false,
       "200 $ done.", "ok\n", true},
      {"GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: b\r\n\r\n", false,
       "200 trailers done.", "", true},
      {"GET", "HTTP/1.1 204 No Content\r\n\r\n", false, "204$ done.", "", true},
      {"GET", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", false, "200$ done.", "", true},
      {"HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", false, "200$ done.", "", true},
      {"GET", "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", false,
       "103 200$ done.", "", true},
      {"GET", "HTTP/1.1 200 OK\r\n\r\nuntil the end", true, "200 $ done.", "until the end", false},
      {"GET", "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx", false,
       "200 $ done.", "x", false},
      {"GET", "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", false, "200 $ done.", "x", false},
      // Behind the response: it would pass for the next one.
      {"GET", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxHTTP/1.1 200 OK\r\n\r\n", false,
       "200 $ done.", "x", false},
  };
  for (const auto& row : rows) {
    Pair pair;
    const auto recorder = pair.ask(row.method);
    pair.answer(recorder, row.text, row.close);
    CHECK_STR(recorder->events, row.events);
    CHECK_STR(recorder->body, row.body);
    CHECK_EQ(pair.connection->is_idle(), row.persists);
    if (!row.persists) {
      CHECK(test::run_until(pair.loop, [&] { return !pair.closed.empty(); }));
      CHECK(pair.connection->open() == nullptr);
    }
  }
}

TEST(src_http1_client, responses_that_fail) {
  struct {
    const char* text;
    bool close;
    const char* events;
    const char* reason;
  } const rows[] = {
      {"", true, "reset closed.", "without a response"},
      {"HTTP/1.1 200", true, "reset closed.", "before its response was complete"},
      {"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nok\n", true, "200 reset closed.", "complete"},
      {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nok\n\r\n", true,
       "200 reset closed.", "complete"},
      {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx", false, "200 reset protocol.",
       "chunk size"},
      {"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", false,
       "reset protocol.", "both"},
      {"HTTP/1.1 101 Switching Protocols\r\n\r\n", false, "reset protocol.", "unasked"},
      {"220 ready\r\n", false, "reset protocol.", "not an HTTP/1.1 response"},
  };
  for (const auto& row : rows) {
    Pair pair;
    const auto recorder = pair.ask();
    pair.answer(recorder, row.text, row.close);
    CHECK_STR(recorder->events, row.events);
    CHECK(recorder->text.find(row.reason) != std::string::npos);
    CHECK(test::run_until(pair.loop, [&] { return !pair.closed.empty(); }));
  }
}

TEST(src_http1_client, endless_interim_responses_end) {
  Pair pair;
  const auto recorder = pair.ask();
  std::string text;
  for (int i = 0; i < 200; ++i)
    text += "HTTP/1.1 102 Processing\r\n\r\n";
  pair.answer(recorder, text);
  CHECK(recorder->events.ends_with("reset too_large."));
}

TEST(src_http1_client, fields_of_the_connection_do_not_arrive) {
  Pair pair;
  const auto recorder = pair.ask();
  pair.answer(recorder,
              "HTTP/1.1 200 OK\r\nConnection: x-hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\n"
              "Content-Length: 0\r\nA: b\r\n\r\n");
  CHECK(recorder->fields == http::Fields{{"content-length", "0"}, {"a", "b"}});
}

TEST(src_http1_client, a_kept_connection_that_closes_unanswered_lets_repeat) {
  for (const std::string method : {"GET", "POST"}) {
    Pair pair;
    pair.answer(pair.ask(), kOk);
    const auto second = pair.ask(method);
    pair.answer(second, "", true);
    CHECK_STR(second->events, method == "GET" ? "reset refused." : "reset closed.");
  }
}

TEST(src_http1_client, unasked_responses_end_the_connection) {
  Pair pair;
  pair.answer(pair.ask(), kOk);
  pair.send(kOk);
  CHECK(test::run_until(pair.loop, [&] { return !pair.closed.empty(); }));
  CHECK(pair.closed.find("nobody had asked") != std::string::npos);
}

TEST(src_http1_client, content_with_a_length_and_in_chunks) {
  Pair pair;
  auto recorder = pair.ask("POST", End::no, {{"content-length", "5"}});
  recorder->stream->send_body(base::as_bytes("he"), End::no);
  recorder->stream->send_source(std::make_unique<http::TextBody>("llo"), End::yes);
  CHECK(pair.receive("\r\n\r\nhello"));
  pair.send(kOk);
  CHECK(test::run_until(pair.loop, [&] { return recorder->events.ends_with("."); }));

  recorder = pair.ask("POST", End::no);
  recorder->stream->send_body(base::as_bytes("hello"), End::no);
  CHECK(pair.receive("transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n"));
  recorder->stream->send_trailers({{"x-sum", "1"}});
  pair.answer(recorder, kOk);
  CHECK(pair.received.ends_with("hello\r\n0\r\nx-sum: 1\r\n\r\n"));
  CHECK_STR(recorder->events, "200 $ done.");
}

TEST(src_http1_client, trailers_go_with_chunks_alone) {
  Pair pair;
  const auto recorder = pair.ask("POST", End::no, {{"content-length", "2"}, {"trailer", "x-sum"}});
  recorder->stream->send_source(std::make_unique<http::TextBody>("hi"), End::no);
  recorder->stream->send_trailers({{"x-sum", "1"}});
  pair.answer(recorder, kOk);
  CHECK(pair.received.find("content-length") == std::string::npos);
  CHECK(pair.received.ends_with("2\r\nhi\r\n0\r\nx-sum: 1\r\n\r\n"));
}

TEST(src_http1_client, content_of_the_wrong_length_fails) {
  for (const char* length : {"3", "5"}) {
    Pair pair;
    const auto recorder = pair.ask("POST", End::no, {{"content-length", length}});
    recorder->stream->send_source(std::make_unique<http::TextBody>("1234"), End::yes);
    CHECK(test::run_until(pair.loop, [&] { return recorder->events.ends_with("."); }));
    CHECK_STR(recorder->events, "reset internal.");
    CHECK(recorder->text.find("content-length") != std::string::npos);
  }
}

TEST(src_http1_client, a_head_that_cannot_be_written_fails) {
  Pair pair;
  const auto recorder = pair.ask("GET", End::yes, {{"a", "b\r\nc: d"}});
  CHECK(test::run_until(pair.loop, [&] { return recorder->events.ends_with("."); }));
  CHECK_STR(recorder->events, "reset internal.");
}

TEST(src_http1_client, an_early_answer_ends_the_connection) {
  Pair pair;
  const auto recorder = pair.ask("POST", End::no, {{"content-length", "99"}});
  CHECK(pair.receive("\r\n\r\n"));
  pair.send("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n");
  CHECK(test::run_until(pair.loop, [&] { return !pair.closed.empty(); }));
  CHECK_STR(recorder->events, "413$ done.");
}

TEST(src_http1_client, back_pressure) {
  http1::ConnectionConfig config;
  config.max_owed_bytes = 100 * 1000;
  Pair pair(config);
  const auto recorder = pair.ask();
  recorder->consumes = false;
  CHECK(pair.receive("\r\n\r\n"));
  pair.send("HTTP/1.1 200 OK\r\nContent-Length: 8000000\r\n\r\n");
  const std::string content(8'000'000, 'x');
  std::string_view rest = content;
  const auto send_some = [&] {
    const ssize_t count = ::write(pair.peer.get(), rest.data(), rest.size());
    if (count > 0) rest.remove_prefix(static_cast<std::size_t>(count));
    return count > 0;
  };
  // Until neither side moves: what was not consumed is not replaced.
  for (int idle = 0; idle < 3;) {
    idle = send_some() ? 0 : idle + 1;
    pair.loop.run_once(std::chrono::milliseconds(1));
  }
  CHECK(recorder->body.size() < 1'000'000);
  recorder->consumes = true;
  recorder->stream->consume(recorder->body.size());
  CHECK(test::run_until(pair.loop, [&] {
    send_some();
    return recorder->events.ends_with(".");
  }));
  CHECK_EQ(recorder->body.size(), content.size());
}

TEST(src_http1_client, reset_and_drop_from_inside_callbacks) {
  for (const bool drop : {false, true}) {
    Pair pair;
    const auto recorder = pair.ask();
    recorder->act = [&] {
      if (drop) {
        pair.connection.reset();
      } else {
        recorder->stream->reset({});
      }
    };
    CHECK(pair.receive("\r\n\r\n"));
    pair.send(kOk);
    if (drop) {
      CHECK_STR(recorder->events, "200 reset closed.");
      CHECK_STR(pair.closed, "");
    } else {
      CHECK(test::run_until(pair.loop, [&] { return !pair.connection->is_idle(); }));
      CHECK_STR(recorder->events, "200 ");
    }
    recorder->act = nullptr;
  }
}

TEST(src_http1_client, the_next_request_from_inside_on_done) {
  Pair pair;
  const auto first = pair.ask();
  RecorderPtr second;
  first->act_on_done = [&] { second = pair.ask(); };
  pair.answer(first, kOk);
  first->act_on_done = nullptr;
  REQUIRE(second != nullptr);
  pair.answer(second, kOk);
  CHECK_STR(second->events, "200 $ done.");
  CHECK_EQ(pair.idle_count, 1);
}

TEST(src_http1_client, observer_sees_heads_and_content) {
  std::string seen;
  http1::ConnectionConfig config;
  config.observer.head = [&](http1::Direction direction, std::string_view text) {
    seen += (direction == http1::Direction::sent ? ">" : "<") +
            std::string(text.substr(0, text.find('\r'))) + "|";
  };
  config.observer.content = [&](http1::Direction direction, std::size_t bytes) {
    seen += (direction == http1::Direction::sent ? ">" : "<") + std::to_string(bytes) + "|";
  };
  Pair pair(config);
  const auto recorder = pair.ask("POST", End::no);
  recorder->stream->send_source(std::make_unique<http::TextBody>("hi"), End::yes);
  pair.answer(recorder, kOk);
  CHECK_STR(seen, ">POST / HTTP/1.1|>2|>0|<HTTP/1.1 200 OK|<3|");
}
