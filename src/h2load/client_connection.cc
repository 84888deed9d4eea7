// SPDX-License-Identifier: MIT
// One simulated client: its connections.
#include <algorithm>
#include <utility>

#include "h2load/client.h"
#include "h2load/connect.h"
#include "h2load/http1_protocol.h"
#include "h2load/http2_protocol.h"
#include "h2load/worker.h"

namespace h2load {

namespace {

constexpr int kReadsPerEvent = 16;
// So many connections in a row without a single response, and a client gives up.
constexpr unsigned kMaxFruitless = 3;
// How long a client of a timed run waits before it tries again.
constexpr std::chrono::milliseconds kRetryDelay{100};
constexpr std::chrono::milliseconds kLongestRetryDelay{1000};

}  // namespace

void Client::start() {
  if (state_ == State::finished) return;
  opened_ = last_moved_ = last_news_ = worker_.now();
  state_ = State::connecting;
  const bool is_first = number_ < worker_.plan().targets.size();
  if (is_first && target_.opened && target_.opened->fd) {
    opened_ -= target_.opened->taken;
    socket_connected(net::Connected{std::move(target_.opened->fd), target_.address});
    return;
  }
  const auto& sources = worker_.plan().sources;
  net::ConnectOptions options;
  if (!sources.empty()) options.source = sources[number_ % sources.size()];
  connector_.connect({target_.address}, options, [this](base::Result<net::Connected> result) {
    worker_.read_clock();
    socket_connected(std::move(result));
  });
}

void Client::socket_connected(base::Result<net::Connected> result) {
  if (!result) {
    connect_failed(result.error());
    return;
  }
  transport_ = make_transport(worker_.loop(), worker_.plan(), target_, *std::move(result));
  transport_->start(this);
}

void Client::on_error(const std::string& reason) {
  worker_.read_clock();
  connect_failed(reason);
}

void Client::connect_failed(const std::string& reason) {
  worker_.recorder().connection_failed(reason);
  lost_ = reason;
  disconnect();
  ++fruitless_;
  reconnect_or_give_up(false);
}

void Client::on_connected() {
  worker_.read_clock();
  const auto kind = choose_protocol(*transport_, worker_.config());
  if (!kind) {
    connect_failed(kind.error());
    return;
  }
  ProtocolEvents& events = *this;
  if (*kind == ProtocolKind::http2) {
    protocol_ = std::make_unique<Http2Protocol>(worker_.config(), events, worker_.now());
  } else {
    protocol_ = std::make_unique<Http1Protocol>(worker_.config(), events);
  }
  state_ = State::open;
  goaway_ = false;
  responses_ = 0;
  first_byte_seen_ = false;
  last_moved_ = last_news_ = worker_.now();
  const char* const name = *kind == ProtocolKind::http1 ? "http/1.1"
                           : target_.is_secure()        ? "h2"
                                                        : "h2c";
  worker_.connected(*transport_, name, worker_.now() - opened_);
  if (began_ == TimePoint{}) began_ = worker_.now();
  if (schedule_ && !schedule_begun_) {
    schedule_begun_ = true;
    schedule_->begin(worker_.now());
  }
  fill();
  flush();
}

void Client::on_readable() {
  worker_.read_clock();
  busy_ = true;
  read_input();
  if (lost_.empty()) fill();
  worker_.show_progress();
  busy_ = false;
  flush();
}

void Client::read_input() {
  const auto memory = worker_.input_memory();
  for (int i = 0; i < kReadsPerEvent; ++i) {
    const net::IoResult result = transport_->read(memory);
    switch (result.status) {
      case net::IoStatus::would_block: return;
      case net::IoStatus::error: lost_ = "connection lost: " + transport_->error_text(); return;
      case net::IoStatus::closed:
        protocol_->receive_end();
        lost_ = "connection closed by the server";
        return;
      case net::IoStatus::ok: break;
    }
    last_moved_ = worker_.now();
    worker_.recorder().received(result.count);
    if (!protocol_->receive(memory.first(result.count))) {
      // The server is told why, if it can be.
      write_output();
      lost_ = protocol_->error();
      return;
    }
    // A socket that had less than was asked for is empty.
    if (result.count < memory.size() && !transport_->has_unread()) return;
  }
}

void Client::on_writable() {
  worker_.read_clock();
  write_blocked_ = false;
  flush();
  if (state_ != State::open || write_blocked_) return;
  fill();
  flush();
}

void Client::flush() {
  if (busy_ || state_ != State::open) return;
  if (lost_.empty()) write_output();
  settle();
}

// What a connection could not take stays in unsent_; all others share one piece of memory.
void Client::write_output() {
  while (!write_blocked_ && lost_.empty()) {
    base::Buffer& output = unsent_.empty() ? worker_.output_memory() : unsent_;
    if (!protocol_->produce(output)) lost_ = protocol_->error();
    if (output.empty()) break;
    const net::IoResult result = transport_->write(output.bytes());
    if (result.status == net::IoStatus::error) {
      output.clear();
      lost_ = "connection lost: " + transport_->error_text();
      return;
    }
    worker_.recorder().sent(result.count);
    if (result.count > 0) last_moved_ = worker_.now();
    output.consume(result.count);
    write_blocked_ = !output.empty();
    if (write_blocked_ && &output != &unsent_) {
      unsent_.append(output.bytes());
      output.clear();
    }
  }
  if (write_blocked_ != wants_write_) {
    wants_write_ = write_blocked_;
    transport_->want_write(wants_write_);
  }
}

// After an event: is there something left to do here?
void Client::settle() {
  if (!lost_.empty()) {
    connection_ended(lost_);
  } else if (exchanges_.empty() && !has_work()) {
    finish();
  } else if (exchanges_.empty() && !protocol_->accepts_requests()) {
    connection_ended("the server closes the connection");
  }
}

void Client::connection_ended(const std::string& reason) {
  const bool graceful = exchanges_.empty() && (goaway_ || responses_ > 0);
  lost_ = reason;
  fail_exchanges(reason);
  fruitless_ = responses_ > 0 ? 0 : fruitless_ + 1;
  const bool was_fruitful = responses_ > 0;
  disconnect();
  reconnect_or_give_up(graceful || was_fruitful);
}

void Client::disconnect() {
  if (protocol_) worker_.recorder().connection_closed();
  // Events of the transport may be what has led here.
  if (transport_) {
    transport_->close();
    worker_.loop().defer([old = std::shared_ptr<net::Transport>(std::move(transport_)),
                          protocol = std::shared_ptr<Protocol>(std::move(protocol_))] {});
  }
  unsent_.clear();
  write_blocked_ = wants_write_ = false;
}

void Client::reconnect_or_give_up(bool may_help) {
  const bool is_timed = worker_.config().is_timed();
  if (!has_work() || !worker_.is_sending()) {
    finish();
  } else if (fruitless_ == 0 || (may_help && fruitless_ < kMaxFruitless) || is_timed) {
    state_ = State::waiting;
    lost_.clear();
    if (!retry_timer_) {
      retry_timer_ = std::make_unique<net::Timer>(worker_.loop(), [this] {
        worker_.read_clock();
        start();
      });
    }
    const auto delay =
        std::min<std::chrono::milliseconds>(kRetryDelay * fruitless_, kLongestRetryDelay);
    retry_timer_->start(delay);
  } else {
    give_up();
  }
}

void Client::give_up() {
  const std::uint64_t own = left_ == kUnlimited ? 0 : left_;
  worker_.recorder().requests_abandoned(own + again_.size(), lost_);
  left_ = 0;
  again_.clear();
  finish();
}

void Client::finish() {
  if (state_ == State::finished) return;
  if (state_ == State::open && protocol_ && lost_.empty()) {
    protocol_->shut_down();
    write_output();
  }
  connector_.cancel();
  disconnect();
  if (schedule_timer_) schedule_timer_->stop();
  retry_timer_.reset();
  if (source_timer_) source_timer_->stop();
  state_ = State::finished;
  worker_.client_finished(counted_responses_, began_);
}

}  // namespace h2load
