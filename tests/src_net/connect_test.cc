// SPDX-License-Identifier: MIT
// net/resolver, net/listener and net/connector over loopback and UNIX sockets.
#include "net/connector.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "net/listener.h"
#include "src_net/recording_handler.h"
#include "support/check.h"

namespace {

using namespace std::chrono_literals;
using test::run_until;

using ResolveOutcome = std::optional<base::Result<net::Resolver::Addresses>>;
using ConnectOutcome = std::optional<base::Result<net::Connected>>;

TEST(resolver, numeric_and_hosts_file) {
  net::EventLoop loop;
  net::Resolver resolver(loop);
  ResolveOutcome numeric, named;
  const auto first =
      resolver.resolve("::1", 8080, [&](auto result) { numeric = std::move(result); });
  const auto second = resolver.resolve(
      "localhost", 81, [&](auto result) { named = std::move(result); }, AF_INET);
  CHECK(!numeric);
  CHECK(run_until(loop, [&] { return numeric && named; }));
  REQUIRE(numeric->ok() && named->ok());
  CHECK_STR((**numeric)[0].to_string(), "[::1]:8080");
  CHECK_STR((**named)[0].to_string(), "127.0.0.1:81");
}

TEST(resolver, errors_name_the_host) {
  net::EventLoop loop;
  net::Resolver resolver(loop);
  std::vector<std::string> errors;
  const auto note = [&](auto result) { errors.push_back(result ? "no error" : result.error()); };
  const auto family = resolver.resolve("127.0.0.1", 1, note, AF_INET6);
  const auto empty = resolver.resolve("", 1, note);
  CHECK(run_until(loop, [&] { return errors.size() == 2; }));
  REQUIRE(errors.size() == 2);
  CHECK_STR(errors[0], "cannot resolve 127.0.0.1: it is of the other IP version");
  CHECK_STR(errors[1], "cannot resolve '': it is no host name");
  const auto unknown = resolver.resolve("no such\x1bhost.invalid", 1, note);
  CHECK(run_until(
      loop, [&] { return errors.size() == 3; }, 30s));
  REQUIRE(errors.size() == 3);
  CHECK(errors[2].starts_with("cannot resolve no such\\x1bhost.invalid: "));
}

TEST(resolver, dropped_requests_stay_silent) {
  net::EventLoop loop;
  bool called = false, answered = false;
  const auto note = [&](const auto&) { called = true; };
  std::shared_ptr<net::Resolver::Request> numeric, named;
  {
    net::Resolver resolver(loop);
    auto dropped = resolver.resolve("127.0.0.1", 1, note);
    dropped.reset();
    // Answers that are on their way when the resolver goes are dropped, too.
    numeric = resolver.resolve("127.0.0.1", 1, note);
    named = resolver.resolve("localhost", 1, note);
  }
  net::Resolver other(loop);
  const auto last = other.resolve("localhost", 1, [&](const auto&) { answered = true; });
  CHECK(run_until(loop, [&] { return answered; }));
  CHECK(!called);
}

// A listener that keeps what it accepts.
struct Server {
  explicit Server(net::EventLoop& loop, const net::ListenOptions& options) {
    auto bound = net::listen_on(options);
    if (!bound) {
      error = bound.error();
      return;
    }
    for (auto& socket : *bound) {
      listeners.push_back(std::make_unique<net::Listener>(loop, std::move(socket),
                                                          [this](base::Fd fd, net::Address peer) {
                                                            accepted.push_back(std::move(fd));
                                                            peers.push_back(peer.to_string());
                                                          }));
    }
  }
  std::string error;
  std::vector<std::unique_ptr<net::Listener>> listeners;
  std::vector<base::Fd> accepted;
  std::vector<std::string> peers;
};

ConnectOutcome connect_to(net::EventLoop& loop, const net::ConnectTarget& target,
                          net::ConnectOptions options = {}) {
  net::Resolver resolver(loop);
  net::Connector connector(loop, resolver);
  ConnectOutcome outcome;
  connector.connect(target, options, [&](auto result) { outcome = std::move(result); });
  if (outcome) return base::Error{"called back from inside connect()"};
  run_until(loop, [&] { return outcome.has_value(); });
  return outcome;
}

TEST(connect, every_address_shares_one_chosen_port) {
  net::EventLoop loop;
  Server server(loop, {});
  CHECK_STR(server.error, "");
  REQUIRE(!server.listeners.empty());
  const uint16_t port = server.listeners[0]->address().port();
  CHECK(port != 0);
  for (const auto& listener : server.listeners) {
    CHECK_EQ(listener->address().port(), port);
    const bool ipv6 = listener->address().family() == AF_INET6;
    const auto outcome = connect_to(loop, {ipv6 ? "::1" : "127.0.0.1", port, "", AF_UNSPEC});
    REQUIRE(outcome && outcome->ok());
    CHECK_STR((*outcome)->peer.to_string(), net::format_endpoint(ipv6 ? "::1" : "127.0.0.1", port));
  }
  CHECK(run_until(loop, [&] { return server.accepted.size() == server.listeners.size(); }));
}

TEST(connect, by_name) {
  net::EventLoop loop;
  Server server(loop, {.host = "localhost"});
  CHECK_STR(server.error, "");
  REQUIRE(!server.listeners.empty());
  const auto outcome =
      connect_to(loop, {"localhost", server.listeners[0]->address().port(), "", AF_UNSPEC});
  REQUIRE(outcome && outcome->ok());
  CHECK(run_until(loop, [&] { return server.peers.size() == 1; }));
  CHECK_STR(server.peers.at(0), net::Address::local_of((*outcome)->fd.get()).to_string());
}

TEST(connect, unix_socket_replaces_only_stale_files) {
  const std::string path = "/tmp/nghttp2-test-" + std::to_string(::getpid()) + ".sock";
  net::EventLoop loop;
  {
    Server server(loop, {.unix_path = path});
    CHECK_STR(server.error, "");
    const auto outcome = connect_to(loop, {.unix_path = path});
    REQUIRE(outcome && outcome->ok());
    CHECK(run_until(loop, [&] { return server.peers.size() == 1; }));
    CHECK_STR(server.peers.at(0), "unix:");
    Server second(loop, {.unix_path = path});
    CHECK_STR(second.error,
              "cannot listen on unix:" + path + ": bind: Address already in use (EADDRINUSE)");
  }
  Server again(loop, {.unix_path = path});
  CHECK_STR(again.error, "");
  ::unlink(path.c_str());
  const auto missing = connect_to(loop, {.unix_path = path});
  REQUIRE(missing && !missing->ok());
  CHECK_STR(missing->error(), "cannot connect to unix:" + path + " (unix:" + path +
                                  ": No such file or directory (ENOENT))");
  const auto too_long = connect_to(loop, {.unix_path = std::string(200, 'x')});
  REQUIRE(too_long && !too_long->ok());
  CHECK(too_long->error().ends_with("it must have 1 to 107 bytes)"));
}

TEST(connect, listen_errors) {
  net::EventLoop loop;
  Server first(loop, {.host = "127.0.0.1"});
  REQUIRE(first.listeners.size() == 1);
  const uint16_t port = first.listeners[0]->address().port();
  Server second(loop, {.host = "127.0.0.1", .port = port});
  CHECK_STR(second.error, "cannot listen on 127.0.0.1:" + std::to_string(port) +
                              ": bind: Address already in use (EADDRINUSE)");
  Server foreign(loop, {.host = "192.0.2.1", .port = 1234});
  CHECK_STR(foreign.error,
            "cannot listen on 192.0.2.1:1234: bind: Cannot assign requested address "
            "(EADDRNOTAVAIL)");
  Server wrong(loop, {.host = "127.0.0.1", .family = AF_INET6});
  CHECK(wrong.error.starts_with("cannot listen on 127.0.0.1:0: "));
}

TEST(connect, reuse_port_lets_workers_share) {
  net::EventLoop loop;
  Server first(loop, {.host = "127.0.0.1", .reuse_port = true});
  REQUIRE(first.listeners.size() == 1);
  Server second(
      loop,
      {.host = "127.0.0.1", .port = first.listeners[0]->address().port(), .reuse_port = true});
  CHECK_STR(second.error, "");
}

// A port that was bound a moment ago and that no one listens on.
uint16_t closed_port(net::EventLoop& loop) {
  Server server(loop, {.host = "127.0.0.1"});
  return server.listeners.at(0)->address().port();
}

TEST(connect, refusals_name_every_address) {
  net::EventLoop loop;
  const uint16_t port = closed_port(loop);
  net::Resolver resolver(loop);
  net::Connector connector(loop, resolver);
  ConnectOutcome outcome;
  connector.connect(
      {*net::Address::from_ip("127.0.0.1", port), *net::Address::from_ip("127.0.0.2", port)}, {},
      [&](auto result) { outcome = std::move(result); });
  CHECK(run_until(loop, [&] { return outcome.has_value(); }));
  REQUIRE(outcome && !outcome->ok());
  const std::string p = ":" + std::to_string(port);
  CHECK_STR(outcome->error(), "cannot connect to 127.0.0.1" + p + " (127.0.0.1" + p +
                                  ": Connection refused (ECONNREFUSED); 127.0.0.2" + p +
                                  ": Connection refused (ECONNREFUSED))");
}

TEST(connect, second_address_saves_the_connection) {
  net::EventLoop loop;
  Server server(loop, {.host = "127.0.0.2"});
  REQUIRE(server.listeners.size() == 1);
  const uint16_t port = server.listeners[0]->address().port();
  net::Resolver resolver(loop);
  net::Connector connector(loop, resolver);
  ConnectOutcome outcome;
  connector.connect(
      {*net::Address::from_ip("127.0.0.1", port), *net::Address::from_ip("127.0.0.2", port)}, {},
      [&](auto result) { outcome = std::move(result); });
  CHECK(run_until(loop, [&] { return outcome.has_value(); }));
  REQUIRE(outcome && outcome->ok());
  CHECK_STR((*outcome)->peer.host(), "127.0.0.2");
}

// A listening socket whose queue is full does not answer: the next address is raced against it.
struct Tarpit {
  Tarpit() {
    auto bound = net::listen_on({.host = "127.0.0.3", .backlog = 0});
    if (!bound) return;
    socket = std::move(bound->at(0));
    for (int i = 0; i < 4; ++i) {
      base::Fd fd(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
      static_cast<void>(::connect(fd.get(), socket.address.get(), socket.address.length()));
      fillers.push_back(std::move(fd));
    }
  }
  net::ListenSocket socket;
  std::vector<base::Fd> fillers;
};

// A UNIX socket with a full queue turns clients away at once, and they cannot wait for it.
TEST(connect, full_queue_of_a_unix_socket) {
  net::EventLoop loop;
  const std::string path = "@full-queue-" + std::to_string(::getpid());
  auto bound = net::listen_on({.unix_path = path, .backlog = 0});
  REQUIRE(bound.ok());
  const int listener = bound->at(0).fd.get();
  net::Resolver resolver(loop);
  net::Connector first(loop, resolver), second(loop, resolver);
  ConnectOutcome outcomes[2];
  first.connect({.unix_path = path}, {}, [&](auto result) { outcomes[0] = std::move(result); });
  CHECK(run_until(loop, [&] { return outcomes[0].has_value(); }));
  second.connect({.unix_path = path}, {}, [&](auto result) { outcomes[1] = std::move(result); });
  CHECK(!run_until(
      loop, [&] { return outcomes[1].has_value(); }, 50ms));
  const base::Fd accepted(::accept(listener, nullptr, nullptr));
  CHECK(run_until(loop, [&] { return outcomes[1].has_value(); }));
  CHECK(outcomes[1] && outcomes[1]->ok());
}

TEST(connect, slow_address_is_raced) {
  net::EventLoop loop;
  const Tarpit tarpit;
  Server server(loop, {.host = "127.0.0.1"});
  REQUIRE(tarpit.socket.fd && server.listeners.size() == 1);
  net::Resolver resolver(loop);
  net::Connector connector(loop, resolver);
  ConnectOutcome outcome;
  connector.connect({tarpit.socket.address, server.listeners[0]->address()},
                    {.timeout = 5s, .next_address_delay = 20ms},
                    [&](auto result) { outcome = std::move(result); });
  CHECK(run_until(loop, [&] { return outcome.has_value(); }));
  REQUIRE(outcome && outcome->ok());
  CHECK_STR((*outcome)->peer.host(), "127.0.0.1");
}

TEST(connect, timeout) {
  net::EventLoop loop;
  const Tarpit tarpit;
  REQUIRE(tarpit.socket.fd);
  const auto outcome = connect_to(loop, {"127.0.0.3", tarpit.socket.address.port(), "", AF_UNSPEC},
                                  {.timeout = 50ms});
  REQUIRE(outcome && !outcome->ok());
  const std::string endpoint = tarpit.socket.address.to_string();
  CHECK_STR(outcome->error(),
            "cannot connect to " + endpoint + " (" + endpoint + ": no answer within 50ms)");
}

TEST(connect, given_addresses_replace_the_lookup) {
  net::EventLoop loop;
  Server server(loop, {.host = "127.0.0.1"});
  REQUIRE(server.listeners.size() == 1);
  const net::Address address = server.listeners[0]->address();
  net::ConnectTarget target{.host = "no-such-host.invalid", .port = 1, .addresses = {address}};
  const auto outcome = connect_to(loop, target);
  REQUIRE(outcome && outcome->ok());
  CHECK_STR((*outcome)->peer.to_string(), address.to_string());
  target.addresses = {*net::Address::from_ip("127.0.0.1", closed_port(loop))};
  const auto refused = connect_to(loop, target);
  REQUIRE(refused && !refused->ok());
  CHECK(refused->error().starts_with("cannot connect to no-such-host.invalid:1 (127.0.0.1:"));
}

// Answers when and what it is told.
class ScriptedResolver final : public net::Resolver {
 public:
  using Resolver::Resolver;
  std::shared_ptr<Request> resolve(const std::string&, uint16_t, Callback callback,
                                   int family) override {
    auto request = std::make_shared<Request>(std::move(callback));
    (family == AF_INET6 ? ipv6 : ipv4) = request;
    return request;
  }
  std::shared_ptr<Request> ipv4, ipv6;
};

// One connection to a name that a test resolves.
struct NamedTarget {
  explicit NamedTarget(net::ConnectOptions options = {.resolution_delay = 10ms}) {
    connector.connect({.host = "name.test", .port = 1}, options,
                      [this](auto result) { outcome = std::move(result); });
  }
  bool wait() {
    return run_until(loop, [this] { return outcome.has_value(); });
  }

  net::EventLoop loop;
  Server server{loop, {.host = "127.0.0.1"}};
  net::Address good = server.listeners.at(0)->address();
  net::Address refused = *net::Address::from_ip("127.0.0.9", good.port());
  ScriptedResolver resolver{loop};
  net::Connector connector{loop, resolver};
  ConnectOutcome outcome;
};

TEST(connect, ipv4_does_not_wait_long_for_ipv6) {
  NamedTarget target;
  REQUIRE(target.resolver.ipv4 && target.resolver.ipv6);
  target.resolver.ipv4->deliver(net::Resolver::Addresses{target.good});
  CHECK(target.wait());
  CHECK(target.outcome->ok());
}

TEST(connect, ipv6_has_a_head_start) {
  NamedTarget target({.resolution_delay = 1h});
  target.resolver.ipv4->deliver(net::Resolver::Addresses{target.good});
  for (int i = 0; i < 3; ++i)
    target.loop.run_once(1ms);
  CHECK(!target.outcome && target.server.peers.empty());
  target.resolver.ipv6->deliver(base::Error{"no IPv6"});
  CHECK(target.wait());
  CHECK(target.outcome->ok());
}

TEST(connect, ipv6_starts_at_once_and_ipv4_follows) {
  NamedTarget target({.resolution_delay = 1h});
  target.resolver.ipv6->deliver(net::Resolver::Addresses{target.refused});
  for (int i = 0; i < 3; ++i)
    target.loop.run_once(1ms);
  CHECK(!target.outcome);
  target.resolver.ipv4->deliver(net::Resolver::Addresses{target.good});
  CHECK(target.wait());
  CHECK(target.outcome->ok());
}

TEST(connect, one_family_without_addresses_is_no_failure) {
  NamedTarget target({.resolution_delay = 1h});
  target.resolver.ipv6->deliver(base::Error{"no IPv6"});
  CHECK(!target.outcome);
  target.resolver.ipv4->deliver(net::Resolver::Addresses{target.good});
  CHECK(target.wait());
  CHECK(target.outcome->ok());
}

TEST(connect, failures_of_both_families) {
  NamedTarget unknown;
  unknown.resolver.ipv4->deliver(base::Error{"no IPv4"});
  CHECK(!unknown.outcome);
  unknown.resolver.ipv6->deliver(base::Error{"no IPv6"});
  REQUIRE(unknown.outcome && !unknown.outcome->ok());
  CHECK_STR(unknown.outcome->error(), "cannot connect to name.test:1 (no IPv4)");

  NamedTarget refused;
  refused.resolver.ipv6->deliver(net::Resolver::Addresses{refused.refused});
  refused.resolver.ipv4->deliver(base::Error{"no IPv4"});
  CHECK(refused.wait());
  CHECK(refused.outcome->error().find("127.0.0.9") != std::string::npos);

  NamedTarget silent({.timeout = 20ms});
  CHECK(silent.wait());
  CHECK_STR(silent.outcome->error(),
            "cannot connect to name.test:1 (the name was not resolved within 20ms)");
}

TEST(connect, resolving_errors_are_told) {
  net::EventLoop loop;
  const auto outcome = connect_to(loop, {"127.0.0.1", 80, "", AF_INET6});
  REQUIRE(outcome && !outcome->ok());
  CHECK_STR(outcome->error(),
            "cannot connect to 127.0.0.1:80 (cannot resolve 127.0.0.1: it is of the other IP "
            "version)");
}

TEST(connect, cancel_and_destruction_inside_the_callback) {
  net::EventLoop loop;
  Server server(loop, {.host = "127.0.0.1"});
  REQUIRE(server.listeners.size() == 1);
  net::Resolver resolver(loop);
  bool cancelled_called = false, done = false;
  net::Connector cancelled(loop, resolver);
  cancelled.connect({server.listeners[0]->address()}, {}, [&](auto) { cancelled_called = true; });
  cancelled.cancel();
  auto connector = std::make_unique<net::Connector>(loop, resolver);
  connector->connect({server.listeners[0]->address()}, {}, [&](auto result) {
    connector.reset();
    done = result.ok();
  });
  CHECK(run_until(loop, [&] { return !connector; }));
  CHECK(done);
  CHECK(!cancelled_called);
}

TEST(listener, pause_resume_and_destruction_inside_the_callback) {
  net::EventLoop loop;
  auto bound = net::listen_on({.host = "127.0.0.1"});
  REQUIRE(bound.ok());
  const net::Address address = bound->at(0).address;
  int count = 0;
  std::unique_ptr<net::Listener> listener;
  listener =
      std::make_unique<net::Listener>(loop, std::move(bound->at(0)), [&](base::Fd, net::Address) {
        if (++count == 1) listener->pause();
        if (count == 2) listener.reset();
      });
  const auto port = address.port();
  const auto first = connect_to(loop, {"127.0.0.1", port, "", AF_UNSPEC});
  const auto second = connect_to(loop, {"127.0.0.1", port, "", AF_UNSPEC});
  const auto third = connect_to(loop, {"127.0.0.1", port, "", AF_UNSPEC});
  loop.run_once(10ms);
  CHECK_EQ(count, 1);
  listener->resume();
  CHECK(run_until(loop, [&] { return !listener; }));
  CHECK_EQ(count, 2);
}

TEST(listener, survives_running_out_of_descriptors) {
  net::EventLoop loop;
  Server server(loop, {.host = "127.0.0.1"});
  REQUIRE(server.listeners.size() == 1);
  std::string error;
  server.listeners[0]->set_on_error([&](const std::string& reason) { error = reason; });
  const net::Address address = server.listeners[0]->address();
  base::Fd client(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  REQUIRE(::connect(client.get(), address.get(), address.length()) == 0);
  rlimit saved{};
  ::getrlimit(RLIMIT_NOFILE, &saved);
  // The next descriptor number is the first that is not allowed.
  const int next = ::dup(client.get());
  ::close(next);
  const rlimit tight{static_cast<rlim_t>(next), saved.rlim_max};
  ::setrlimit(RLIMIT_NOFILE, &tight);
  CHECK(run_until(loop, [&] { return !error.empty(); }));
  ::setrlimit(RLIMIT_NOFILE, &saved);
  CHECK_STR(error, "cannot accept a connection on " + address.to_string() +
                       ": Too many open files (EMFILE)");
  CHECK(run_until(loop, [&] { return server.accepted.size() == 1; }));
}

}  // namespace
