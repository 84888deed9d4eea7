// SPDX-License-Identifier: MIT
// net/tcp_transport over socket pairs.
#include "net/tcp_transport.h"

#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <string>

#include "net/listener.h"
#include "src_net/recording_handler.h"
#include "support/check.h"

namespace {

using namespace std::chrono_literals;
using test::RecordingHandler;
using test::run_until;

struct Pair {
  explicit Pair(net::EventLoop& loop) {
    int ends[2] = {-1, -1};
    static_cast<void>(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends));
    left = std::make_unique<net::TcpTransport>(loop, base::Fd(ends[0]), net::Address());
    right = std::make_unique<net::TcpTransport>(loop, base::Fd(ends[1]), net::Address());
  }
  std::unique_ptr<net::TcpTransport> left, right;
};

TEST(tcp_transport, describes_itself) {
  net::EventLoop loop;
  Pair pair(loop);
  CHECK(pair.left->is_open());
  CHECK(!pair.left->is_secure());
  CHECK_STR(pair.left->scheme(), "http");
  CHECK_STR(pair.left->alpn(), "");
  CHECK(!pair.left->security());
  CHECK(pair.left->local_address().is_unix());
}

TEST(tcp_transport, moves_bulk_data_both_ways) {
  net::EventLoop loop;
  Pair pair(loop);
  RecordingHandler left(*pair.left), right(*pair.right);
  std::string bulk(4 << 20, '\0');
  for (size_t i = 0; i < bulk.size(); ++i)
    bulk[i] = static_cast<char>(i * 2654435761u >> 13);
  left.to_send = bulk;
  left.shutdown_after_send = true;
  right.to_send = "answer";
  right.shutdown_after_send = true;
  pair.left->start(&left);
  pair.right->start(&right);
  CHECK_STR(left.events, "");
  CHECK(run_until(loop, [&] { return left.saw("closed") && right.saw("closed"); }));
  CHECK(right.received == bulk);
  CHECK_STR(left.received, "answer");
  CHECK_STR(left.events, "connected closed ");
  CHECK_STR(right.events, "connected closed ");
  // The end of input is told once.
  const size_t events = right.readable_events;
  loop.run_once(10ms);
  CHECK_EQ(right.readable_events, events);
}

TEST(tcp_transport, partial_reads_are_reminded) {
  net::EventLoop loop;
  Pair pair(loop);
  RecordingHandler left(*pair.left), right(*pair.right);
  left.to_send = "0123456789";
  right.read_size = 3;
  right.read_once = true;
  pair.left->start(&left);
  pair.right->start(&right);
  CHECK(run_until(loop, [&] { return right.received.size() == 10; }));
  CHECK_EQ(right.readable_events, 4u);
}

TEST(tcp_transport, pause_and_resume) {
  net::EventLoop loop;
  Pair pair(loop);
  RecordingHandler left(*pair.left), right(*pair.right);
  left.to_send = "data";
  pair.left->start(&left);
  pair.right->start(&right);
  pair.right->pause_reading();
  CHECK(run_until(loop, [&] { return right.saw("connected") && left.to_send.empty(); }));
  loop.run_once(10ms);
  CHECK_STR(right.received, "");
  pair.right->resume_reading();
  CHECK(run_until(loop, [&] { return right.received == "data"; }));
}

TEST(tcp_transport, reset_is_named) {
  net::EventLoop loop;
  auto bound = net::listen_on({.host = "127.0.0.1"});
  REQUIRE(bound.ok());
  const net::Address address = bound->at(0).address;
  base::Fd client(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  REQUIRE(::connect(client.get(), address.get(), address.length()) == 0);
  base::Fd accepted(
      ::accept4(bound->at(0).fd.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
  REQUIRE(accepted);
  net::TcpTransport transport(loop, std::move(accepted), net::Address::local_of(client.get()));
  RecordingHandler handler(transport);
  transport.start(&handler);
  const linger abort{1, 0};
  ::setsockopt(client.get(), SOL_SOCKET, SO_LINGER, &abort, sizeof(abort));
  client.reset();
  CHECK(run_until(loop, [&] { return handler.saw("error"); }));
  CHECK_STR(handler.events, "connected read error: Connection reset by peer (ECONNRESET) ");
  CHECK_STR(transport.error_text(), "Connection reset by peer (ECONNRESET)");
  const size_t events = handler.readable_events;
  transport.want_write(true);
  transport.resume_reading();
  loop.run_once(10ms);
  CHECK_EQ(handler.readable_events, events);
}

TEST(tcp_transport, writing_to_a_closed_peer_fails) {
  net::EventLoop loop;
  Pair pair(loop);
  pair.right.reset();
  RecordingHandler left(*pair.left);
  left.to_send = "x";
  pair.left->start(&left);
  CHECK(run_until(loop, [&] { return left.saw("write error"); }));
  CHECK(left.saw("write error: Broken pipe (EPIPE)"));
}

TEST(tcp_transport, destruction_inside_every_event) {
  for (const char* event : {"connected", "read", "closed"}) {
    net::EventLoop loop;
    Pair pair(loop);
    RecordingHandler left(*pair.left);
    auto right = std::make_unique<RecordingHandler>(*pair.right);
    bool done = false;
    right->hook = [&, handler = right.get()] {
      if (std::string_view(event) == "read" ? handler->received.empty() : !handler->saw(event))
        return;
      pair.right.reset();
      right.reset();
      done = true;
    };
    left.to_send = "data";
    left.shutdown_after_send = true;
    pair.left->start(&left);
    pair.right->start(right.get());
    CHECK(run_until(loop, [&] { return done; }));
  }
}

TEST(tcp_transport, close_silences_and_is_idempotent) {
  net::EventLoop loop;
  Pair pair(loop);
  RecordingHandler left(*pair.left);
  pair.left->start(&left);
  pair.left->close();
  pair.left->close();
  loop.run_once(10ms);
  CHECK_STR(left.events, "");
  CHECK(!pair.left->is_open());
  CHECK_EQ(pair.left->fd(), -1);
  uint8_t bytes[4];
  CHECK(pair.left->read(bytes).status == net::IoStatus::error);
  CHECK(pair.left->write(base::as_bytes("x")).status == net::IoStatus::error);
  pair.left->shutdown_write();
  pair.left->want_write(true);
}

TEST(tcp_transport, release_hands_the_socket_over) {
  net::EventLoop loop;
  Pair pair(loop);
  const base::Fd fd = pair.left->release();
  CHECK(fd);
  CHECK(!pair.left->is_open());
  CHECK_EQ(::write(fd.get(), "hi", 2), 2);
  uint8_t bytes[4];
  CHECK_EQ(pair.right->read(bytes).count, 2u);
}

}  // namespace
