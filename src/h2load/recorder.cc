// SPDX-License-Identifier: MIT
// Turns what happens to one thread's requests and connections into a Result.
#include "h2load/recorder.h"

#include <algorithm>
#include <utility>

#include "h2load/options.h"
#include "http2/names.h"

namespace h2load {

namespace {

constexpr std::chrono::seconds kSecond{1};

std::string setting_name(std::int32_t id) {
  const std::string_view name = http2::setting_name(id);
  return name.empty() ? "SETTINGS_" + std::to_string(id) : std::string(name);
}

}  // namespace

Recorder::Recorder(const Plan& plan, std::size_t thread, Timeline& timeline,
                   std::unique_ptr<RequestLog> log)
    : plan_(plan),
      has_schedule_(has_schedule(plan.config)),
      log_(std::move(log)),
      thread_(thread),
      timeline_(timeline) {
  for (const std::string& name : plan.names)
    result_.named.push_back({name, 0, 0, 0, {}});
}

void Recorder::begin(TimePoint now) {
  counting_ = true;
  began_ = now;
  result_.began_at = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::system_clock::now().time_since_epoch());
}

void Recorder::end(TimePoint now) {
  if (ended_ != TimePoint{}) return;
  ended_ = now;
  result_.duration = now - began_;
}

base::Result<void> Recorder::finish(TimePoint now) {
  close_seconds(now);
  const auto rest = now - began_ - seconds_closed_ * kSecond;
  if (counting_ && rest > net::Clock::duration::zero()) close_second(rest);
  timeline_.finish(thread_);
  if (log_) return log_->finish();
  return {};
}

void Recorder::connection_made(const net::Transport& transport, const char* protocol,
                               net::Clock::duration taken) {
  ++connections_;
  Facts& facts = result_.facts;
  ++facts.connections;
  facts.protocols.add(protocol);
  if (const auto security = transport.security()) {
    facts.tls_versions.add(security->version);
    facts.ciphers.add(security->cipher);
    if (!security->key_exchange.empty()) facts.key_exchanges.add(security->key_exchange);
    facts.handshakes.add(security->resumed ? "resumed" : "full");
  }
  result_.latencies.connect.record(taken);
}

void Recorder::connection_failed(const std::string& reason) {
  ++result_.facts.connections_failed;
  result_.facts.failures.add(reason);
}

void Recorder::first_byte(net::Clock::duration since_opened) {
  result_.latencies.first_byte.record(since_opened);
}

void Recorder::setting_received(std::int32_t id, std::uint32_t value) {
  result_.facts.server_settings.add(setting_name(id) + "=" + std::to_string(value));
}

void Recorder::goaway_received(std::uint32_t error_code) {
  result_.facts.goaways.add(nghttp2_http2_strerror(error_code));
}

void Recorder::reset_received(std::uint32_t error_code) {
  result_.facts.resets_received.add(nghttp2_http2_strerror(error_code));
}

void Recorder::client_finished(std::uint64_t responses, net::Clock::duration time) {
  const double seconds = std::chrono::duration<double>(time).count();
  result_.client_rates.push_back(seconds > 0 ? static_cast<double>(responses) / seconds : 0);
}

void Recorder::header_octets(std::size_t wire, std::size_t decoded) {
  if (!counting_) return;
  result_.traffic.headers += wire;
  result_.traffic.headers_decoded += decoded;
}

void Recorder::header_octets_sent(std::size_t wire, std::size_t decoded) {
  if (!counting_) return;
  result_.traffic.sent_headers += wire;
  result_.traffic.sent_headers_decoded += decoded;
}

void Recorder::request_started(Exchange& exchange) {
  ++in_flight_;
  exchange.ignored = !counting_;
  if (exchange.ignored) return;
  ++result_.counts.started;
  ++second_.counts.started;
}

void Recorder::request_withdrawn(const Exchange& exchange) {
  --in_flight_;
  if (exchange.ignored) return;
  --result_.counts.started;
  if (second_.counts.started > 0) --second_.counts.started;
}

void Recorder::request_done(const Exchange& exchange, TimePoint now, const std::string& failure) {
  --in_flight_;
  if (exchange.ignored) return;
  if (log_) log_->add(exchange, false, now);
  ++result_.counts.done;
  ++second_.counts.done;
  result_.counts.count_status(exchange.status);
  second_.counts.count_status(exchange.status);
  record_times(exchange, now);
  count_by_name(exchange, true, !failure.empty(), now);
  if (failure.empty()) {
    ++result_.counts.succeeded;
    ++second_.counts.succeeded;
    return;
  }
  ++result_.counts.failed;
  ++second_.counts.failed;
  result_.facts.failures.add(failure);
}

// "" if it is what was wanted.
std::string Recorder::failure_of(const Exchange& exchange) const {
  if (exchange.status >= 400) return "status " + std::to_string(exchange.status);
  if (!plan_.config.grpc || exchange.grpc_status == 0) return {};
  if (exchange.grpc_status < 0) return "no grpc-status";
  return "grpc-status " + std::to_string(exchange.grpc_status);
}

void Recorder::count_by_name(const Exchange& exchange, bool has_response, bool failed,
                             TimePoint now) {
  if (result_.named.empty()) return;
  NamedRequests& named = result_.named[exchange.request->label()];
  ++named.requests;
  if (failed) ++named.failed;
  if (!has_response) return;
  if (failed) ++named.unexpected;
  named.latency.record(now - exchange.intended);
}

void Recorder::record_times(const Exchange& exchange, TimePoint now) {
  result_.latencies.request.record(now - exchange.intended);
  second_.latency.record(now - exchange.intended);
  Phases& phases = result_.phases;
  if (has_schedule_) {
    result_.latencies.request_uncorrected.record(now - exchange.started);
    phases.stream_wait.record(exchange.started - exchange.intended);
  }
  phases.first_byte.record(exchange.first_byte - exchange.started);
  phases.body.record(now - exchange.first_byte);
  if (exchange.request->has_body()) {
    phases.flow_stall.record(exchange.stalled);
    result_.traffic.sent_data += exchange.request->body().size();
  }
}

void Recorder::request_failed(const Exchange& exchange, const std::string& reason, TimePoint now) {
  --in_flight_;
  if (exchange.ignored) return;
  if (log_) log_->add(exchange, true, now);
  count_by_name(exchange, false, true, now);
  ++result_.counts.failed;
  ++second_.counts.failed;
  ++result_.counts.errored;
  ++second_.counts.errored;
  if (exchange.timed_out) {
    ++result_.counts.timed_out;
    ++second_.counts.timed_out;
  }
  result_.facts.failures.add(reason);
}

void Recorder::requests_abandoned(std::uint64_t count, const std::string& reason) {
  result_.counts.failed += count;
  result_.counts.errored += count;
  result_.facts.failures.add(reason, count);
}

void Recorder::close_seconds(TimePoint now) {
  if (!counting_) return;
  while (now - began_ >= std::chrono::seconds(seconds_closed_ + 1))
    close_second(kSecond);
}

void Recorder::close_second(net::Clock::duration length) {
  second_.length = length;
  second_.octets = result_.traffic.total - std::exchange(octets_before_, result_.traffic.total);
  second_.in_flight = in_flight_;
  second_.connections = static_cast<std::uint64_t>(std::max<std::int64_t>(connections_, 0));
  timeline_.add(thread_, second_);
  ++seconds_closed_;
  second_.counts = {};
  second_.latency.clear();
}

}  // namespace h2load
