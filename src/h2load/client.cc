// SPDX-License-Identifier: MIT
// One simulated client: what it sends, and when.
#include "h2load/client.h"

#include <algorithm>
#include <utility>

#include "h2load/console.h"
#include "h2load/worker.h"

namespace h2load {

namespace {

std::unique_ptr<Arrivals> own_arrivals(const Plan& plan) {
  if (!plan.script.empty()) return std::make_unique<ScriptArrivals>(plan.script);
  if (plan.config.requests_per_second > 0) {
    return std::make_unique<RateArrivals>(RateCourse(plan.config.requests_per_second),
                                          plan.config.arrival, 0);
  }
  return nullptr;
}

std::unique_ptr<RequestSource> source_of(const Target& target, std::uint64_t client) {
  if (target.supply) return target.supply->source_for(client);
  return std::make_unique<RotatingSource>(target.requests);
}

}  // namespace

Client::Client(Worker& worker, const Target& target, std::uint64_t number, std::uint64_t quota)
    : worker_(worker),
      target_(target),
      number_(number),
      source_(source_of(target, number)),
      left_(quota),
      connector_(worker.loop(), worker.resolver()),
      unsent_(0) {
  auto arrivals = own_arrivals(worker.plan());
  if (!arrivals) return;
  schedule_ = std::make_unique<Schedule>(std::move(arrivals), worker.recorder().result().rate);
  schedule_timer_ = std::make_unique<net::Timer>(worker.loop(), [this] {
    worker_.read_clock();
    fill();
    flush();
  });
}

Client::~Client() = default;

bool Client::is_ready() const {
  if (state_ != State::open || !protocol_->accepts_requests() || !has_work()) return false;
  // What the server does not read would only pile up here.
  if (write_blocked_) return false;
  if (again_.empty() && source_->ready_at() > worker_.now()) return false;
  return exchanges_.size() < std::min<std::size_t>(worker_.config().max_concurrent_streams,
                                                   protocol_->max_concurrent());
}

void Client::send(TimePoint intended) {
  Exchange& exchange = worker_.acquire_exchange();
  Assignment assignment;
  if (!again_.empty()) {
    assignment = again_.back().assignment;
    exchange.intended = again_.back().intended;
    again_.pop_back();
  } else {
    assignment = source_->next();
    exchange.intended = intended;
    if (left_ != kUnlimited) --left_;
  }
  exchange.request = assignment.request;
  exchange.observer = assignment.observer;
  exchange.started = worker_.now();
  if (exchanges_.empty()) last_news_ = worker_.now();
  exchange.index = static_cast<std::uint32_t>(exchanges_.size());
  exchanges_.push_back(&exchange);
  worker_.recorder().request_started(exchange);
  if (!protocol_->submit(exchange)) on_end(exchange, Ending::unprocessed, 0);
}

// Begins what can begin now.
void Client::fill() {
  if (!worker_.is_sending()) return;
  while (!again_.empty() && is_ready())
    send(worker_.now());
  if (worker_.has_common_schedule()) {
    worker_.distribute(this);
  } else if (schedule_) {
    follow_schedule();
  } else {
    while (is_ready())
      send(worker_.now());
  }
  wait_for_source();
}

// If nothing is to come before some time has passed, that has to wake the client.
void Client::wait_for_source() {
  const TimePoint ready_at = source_->ready_at();
  if (ready_at <= worker_.now() || ready_at == TimePoint::max() || !has_work()) return;
  if (!source_timer_) {
    source_timer_ = std::make_unique<net::Timer>(worker_.loop(), [this] {
      worker_.read_clock();
      fill();
      flush();
    });
  }
  if (!source_timer_->is_active()) source_timer_->start(ready_at - worker_.now());
}

void Client::follow_schedule() {
  if (!schedule_begun_) return;
  while (left_ > 0 && schedule_->is_due(worker_.now())) {
    if (!is_ready()) {
      schedule_->set_obstacle(is_connected() ? Obstacle::stream : Obstacle::connection);
      return;
    }
    send(schedule_->take(worker_.now()));
  }
  schedule_->set_obstacle(Obstacle::none);
  const TimePoint next = schedule_->next();
  if (left_ > 0 && next != TimePoint::max()) schedule_timer_->start(next - worker_.now());
}

void Client::begin_counting(TimePoint now) {
  if (schedule_) schedule_->begin_counting(now);
}

void Client::end_schedule(TimePoint now) {
  if (schedule_ && schedule_begun_) schedule_->end(now);
}

void Client::stop_sending() {
  if (state_ == State::finished) return;
  left_ = 0;
  again_.clear();
  if (schedule_timer_) schedule_timer_->stop();
  if (exchanges_.empty()) finish();
}

void Client::abort() {
  if (state_ == State::finished) return;
  left_ = 0;
  again_.clear();
  for (Exchange* const exchange : exchanges_)
    exchange->timed_out = true;
  fail_exchanges("no response before the end of the run");
  finish();
}

// ---- What becomes of exchanges ----

void Client::on_response_head(Exchange& exchange) {
  exchange.first_byte = worker_.now();
  last_news_ = worker_.now();
  if (first_byte_seen_) return;
  first_byte_seen_ = true;
  worker_.recorder().first_byte(worker_.now() - opened_);
}

void Client::on_header_octets(std::size_t wire, std::size_t decoded) {
  worker_.recorder().header_octets(wire, decoded);
}

void Client::on_header_octets_sent(std::size_t wire, std::size_t decoded) {
  worker_.recorder().header_octets_sent(wire, decoded);
}

void Client::on_content(Exchange&, std::size_t count) {
  // Frames without content may come for ever.
  if (count > 0) last_news_ = worker_.now();
  worker_.recorder().content(count);
}

void Client::on_end(Exchange& exchange, Ending ending, std::uint32_t error_code) {
  Recorder& recorder = worker_.recorder();
  last_news_ = worker_.now();
  switch (ending) {
    case Ending::complete:
      ++responses_;
      if (!exchange.ignored) ++counted_responses_;
      recorder.request_done(exchange, worker_.now(),
                            exchange.observer
                                ? exchange.observer->on_response(exchange.status, worker_.now())
                                : recorder.failure_of(exchange));
      break;
    case Ending::reset:
      if (exchange.reset) recorder.reset_received(error_code);
      fail(exchange, reset_reason(exchange, error_code));
      break;
    case Ending::unprocessed:
      recorder.request_withdrawn(exchange);
      if (worker_.is_sending())
        again_.push_back({{exchange.request, exchange.observer}, exchange.intended});
      break;
  }
  release(exchange);
}

std::string Client::reset_reason(const Exchange& exchange, std::uint32_t error_code) const {
  if (exchange.timed_out) return "no response in time";
  const std::string code = nghttp2_http2_strerror(error_code);
  return exchange.reset ? "stream reset by the server: " + code : "malformed response: " + code;
}

void Client::release(Exchange& exchange) {
  // The last one takes its place.
  exchanges_[exchange.index] = exchanges_.back();
  exchanges_[exchange.index]->index = exchange.index;
  exchanges_.pop_back();
  worker_.release_exchange(exchange);
  if (worker_.has_common_schedule()) worker_.request_over();
}

// None of them can end by itself any more.
void Client::fail_exchanges(const std::string& reason) {
  while (!exchanges_.empty()) {
    Exchange& exchange = *exchanges_.back();
    fail(exchange, reason);
    release(exchange);
  }
}

void Client::fail(Exchange& exchange, const std::string& reason) {
  if (exchange.observer) exchange.observer->on_failure(worker_.now());
  worker_.recorder().request_failed(exchange, reason, worker_.now());
}

void Client::on_goaway(std::uint32_t error_code) {
  goaway_ = error_code == NGHTTP2_NO_ERROR;
  worker_.recorder().goaway_received(error_code);
}

void Client::on_setting(std::int32_t id, std::uint32_t value) {
  worker_.recorder().setting_received(id, value);
}

void Client::on_field(std::int32_t stream_id, std::string_view name, std::string_view value) {
  show_field(stream_id, name, value);
}

// ---- Limits of time ----

void Client::check_time(TimePoint now) {
  if (state_ != State::open && state_ != State::connecting) return;
  const Config& config = worker_.config();
  const auto zero = std::chrono::nanoseconds::zero();
  const bool is_barred = protocol_ && protocol_->max_concurrent() == 0 && has_work();
  const bool waits = !exchanges_.empty() || state_ == State::connecting || is_barred;
  if (config.active_timeout > zero && now - opened_ >= config.active_timeout) {
    time_out("the connection was open for too long");
  } else if (config.inactivity_timeout > zero && now - last_moved_ >= config.inactivity_timeout) {
    time_out("the connection was inactive for too long");
  } else if (config.response_timeout > zero && waits &&
             now - last_news_ >= config.response_timeout) {
    time_out("no response in time");
  } else if (config.response_timeout > zero && state_ == State::open) {
    cancel_unanswered(now - config.response_timeout);
  }
}

void Client::time_out(const std::string& reason) {
  if (state_ == State::connecting) {
    connector_.cancel();
    connect_failed(reason);
    return;
  }
  for (Exchange* const exchange : exchanges_)
    exchange->timed_out = true;
  connection_ended(reason);
}

// Of those that began before `limit` and have not even a head, while others are served.
void Client::cancel_unanswered(TimePoint limit) {
  for (Exchange* const exchange : exchanges_) {
    if (exchange->status != 0 || exchange->started > limit || exchange->timed_out) continue;
    exchange->timed_out = true;
    if (!protocol_->cancel(*exchange)) {
      time_out("no response in time");
      return;
    }
  }
  flush();
}

}  // namespace h2load
