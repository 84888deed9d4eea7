// SPDX-License-Identifier: MIT
// Turns what happens to one thread's requests and connections into a Result.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "h2load/exchange.h"
#include "h2load/plan.h"
#include "h2load/request_log.h"
#include "h2load/result.h"
#include "h2load/timeline.h"
#include "net/transport.h"

namespace h2load {

class Recorder {
 public:
  // `thread` is its number in the timeline, which outlives the recorder.
  Recorder(const Plan& plan, std::size_t thread, Timeline& timeline,
           std::unique_ptr<RequestLog> log);

  Result& result() { return result_; }
  // What comes before does not count.
  void begin(TimePoint now);
  bool is_counting() const { return counting_; }
  // The end of what is measured; requests that began before may still end.
  void end(TimePoint now);
  TimePoint ended_at() const { return ended_; }
  // The last one of a thread, after all clients have ended.
  base::Result<void> finish(TimePoint now);

  void connection_made(const net::Transport& transport, const char* protocol,
                       net::Clock::duration taken);
  void connection_failed(const std::string& reason);
  void connection_closed() { --connections_; }
  void first_byte(net::Clock::duration since_opened);
  void received(std::size_t octets) {
    if (counting_) result_.traffic.total += octets;
  }
  void sent(std::size_t octets) {
    if (counting_) result_.traffic.sent += octets;
  }
  void header_octets(std::size_t wire, std::size_t decoded);
  void header_octets_sent(std::size_t wire, std::size_t decoded);
  void content(std::size_t octets) {
    if (counting_) result_.traffic.data += octets;
  }

  void setting_received(std::int32_t id, std::uint32_t value);
  void goaway_received(std::uint32_t error_code);
  void reset_received(std::uint32_t error_code);
  void client_finished(std::uint64_t responses, net::Clock::duration time);

  void request_started(Exchange& exchange);
  // As if it had never been started.
  void request_withdrawn(const Exchange& exchange);
  // There is a whole response. It is a good one if `failure` is "".
  void request_done(const Exchange& exchange, TimePoint now, const std::string& failure);
  // Why a response is not a good one, unless somebody else knows better; "" if it is.
  std::string failure_of(const Exchange& exchange) const;
  void request_failed(const Exchange& exchange, const std::string& reason, TimePoint now);
  // These were to be started, and never will.
  void requests_abandoned(std::uint64_t count, const std::string& reason);

  // Hands the seconds that have passed to the timeline.
  void close_seconds(TimePoint now);

  std::uint64_t in_flight() const { return in_flight_; }
  std::uint64_t finished_requests() const { return result_.counts.done + result_.counts.errored; }

 private:
  void record_times(const Exchange& exchange, TimePoint now);
  void count_by_name(const Exchange& exchange, bool has_response, bool failed, TimePoint now);
  void close_second(net::Clock::duration length);

  const Plan& plan_;
  const bool has_schedule_;
  std::unique_ptr<RequestLog> log_;
  Result result_;
  bool counting_ = false;
  TimePoint began_;
  TimePoint ended_;
  std::uint64_t in_flight_ = 0;
  std::int64_t connections_ = 0;

  const std::size_t thread_;
  Timeline& timeline_;
  Interval second_;
  std::uint64_t seconds_closed_ = 0;
  std::uint64_t octets_before_ = 0;  // this second
};

}  // namespace h2load
