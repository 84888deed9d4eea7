// SPDX-License-Identifier: MIT
// What the targets of h2load share: a client with requests of several kinds, which any octets of a
// server answer. Every request ends once at most, and none that has not begun.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "h2load/protocol.h"
#include "h2load/request_source.h"

inline void require(bool condition) {
  if (!condition) std::abort();
}

// Counts what it is told of a response, of which the content may be all that it wants to know.
class Observer final : public h2load::ResponseObserver {
 public:
  void on_field(std::string_view name, std::string_view value) override {
    octets += name.size() + value.size();
  }
  void on_content(std::string_view piece) override { octets += piece.size(); }
  std::string on_response(int, h2load::TimePoint) override { return {}; }
  void on_failure(h2load::TimePoint) override {}

  std::size_t octets = 0;
};

class Client final : public h2load::ProtocolEvents {
 public:
  static constexpr std::size_t kMostRequests = 60;
  static constexpr std::size_t kMostAtOnce = 8;

  explicit Client(bool observes) : observes_(observes) {
    const auto body = std::make_shared<const std::string>(20000, 'x');
    add("GET", nullptr, {});
    add("POST", body, {});
    add("HEAD", nullptr, {});
    http::Fields trailers;
    trailers.add("checksum", "none");
    add("POST", body, trailers);
  }

  void submit(h2load::Protocol& protocol) {
    while (protocol.accepts_requests() && begun_ < kMostRequests &&
           open_.size() < std::min(kMostAtOnce, protocol.max_concurrent())) {
      auto& exchange = *all_.emplace_back(std::make_unique<h2load::Exchange>());
      exchange.request = requests_[begun_++ % requests_.size()].get();
      if (observes_) exchange.observer = &observer_;
      open_.push_back(&exchange);
      if (!protocol.submit(exchange)) {
        require(!protocol.accepts_requests());
        open_.pop_back();
      }
    }
  }
  // The oldest one is no longer wanted.
  void cancel(h2load::Protocol& protocol) {
    if (open_.empty() || std::exchange(open_.front()->timed_out, true)) return;
    protocol.cancel(*open_.front());
  }

  // Everything that happened, in order.
  const std::string& log() const { return log_; }

  void on_response_head(h2load::Exchange& exchange) override {
    require(is_open(exchange) && exchange.status >= 200);
    note('h', exchange, exchange.status);
  }
  void on_header_octets(std::size_t wire, std::size_t decoded) override {
    require(wire <= 512 * 1024 && decoded <= 2 * 1024 * 1024);
  }
  void on_header_octets_sent(std::size_t, std::size_t) override {}
  void on_content(h2load::Exchange& exchange, std::size_t count) override {
    require(is_open(exchange) && exchange.status >= 200);
    content_ += count;
  }
  void on_end(h2load::Exchange& exchange, h2load::Ending ending, std::uint32_t code) override {
    require(is_open(exchange));
    require(ending != h2load::Ending::complete || exchange.status >= 200);
    std::erase(open_, &exchange);
    note('e', exchange, static_cast<std::int64_t>(ending) << 32 | code);
  }
  void on_goaway(std::uint32_t code) override { log_ += 'g' + std::to_string(code) + ' '; }
  void on_setting(std::int32_t id, std::uint32_t) override { log_ += 's' + std::to_string(id); }
  void on_field(std::int32_t, std::string_view name, std::string_view) override {
    log_ += 'f' + std::to_string(name.size());
  }
  std::span<h2load::Exchange* const> exchanges() const override { return open_; }
  std::uint64_t content() const { return content_; }

 private:
  void add(const char* method, h2load::SharedText body, http::Fields trailers) {
    auto head = http::request_head(method, "http", "localhost", "/");
    requests_.push_back(
        *h2load::Request::prepare(std::move(head), std::move(body), std::move(trailers)));
  }
  bool is_open(h2load::Exchange& exchange) const {
    return std::find(open_.begin(), open_.end(), &exchange) != open_.end();
  }
  void note(char what, const h2load::Exchange& exchange, std::int64_t value) {
    log_ += what + std::to_string(exchange.stream_id) + '=' + std::to_string(value) + ' ';
  }

  const bool observes_;
  Observer observer_;
  std::vector<std::unique_ptr<h2load::Request>> requests_;
  std::vector<std::unique_ptr<h2load::Exchange>> all_;
  std::vector<h2load::Exchange*> open_;
  std::size_t begun_ = 0;
  std::uint64_t content_ = 0;
  std::string log_;
};

// How a conversation goes.
struct Course {
  std::size_t piece = 1;     // so much of the server comes at once
  bool is_answered = false;  // each piece, by what the client then has to send
  unsigned cancels = 0;      // 0: nothing is
};

// All of what a server sends, and the end of its direction. Returns what has come of it.
template <class Produced>
std::string converse(h2load::Protocol& protocol, Client& client, h2load::Octets input,
                     const Course& course, Produced produced) {
  base::Buffer output;
  const auto produce = [&] {
    protocol.produce(output);
    produced(output);
    output.clear();
  };
  client.submit(protocol);
  bool good = true;
  for (unsigned step = 0; good && !input.empty(); ++step) {
    const auto part = input.first(std::min(course.piece, input.size()));
    good = protocol.receive(part);
    input = input.subspan(part.size());
    if (!course.is_answered) continue;
    client.submit(protocol);
    if (course.cancels != 0 && step % 16 == course.cancels) client.cancel(protocol);
    produce();
  }
  if (good) {
    protocol.receive_end();
    protocol.shut_down();
  } else {
    require(!protocol.error().empty() && !protocol.accepts_requests());
    require(!protocol.receive({}));
  }
  produce();
  return client.log() + std::to_string(client.content()) + protocol.error();
}

// The same octets come to the same, however they are cut; and always to the same.
template <class Run>
void check(const uint8_t* choices, h2load::Octets input, Run run) {
  const std::string whole = run(Course{.piece = input.size() + 1}, input);
  require(whole == run(Course{.piece = 1u + choices[0] % 64}, input));
  const Course course{.piece = 1 + std::size_t{choices[0]} * choices[0],
                      .is_answered = true,
                      .cancels = choices[1] % 16u};
  const std::string answered = run(course, input);
  require(answered == run(course, input));
}
