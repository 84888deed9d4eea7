// SPDX-License-Identifier: MIT
// One simulated client: a connection, or one after the other, and the requests on it.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "base/buffer.h"
#include "h2load/plan.h"
#include "h2load/protocol.h"
#include "h2load/request_source.h"
#include "h2load/schedule.h"
#include "net/connector.h"
#include "net/loop.h"
#include "net/transport.h"

namespace h2load {

class Worker;

class Client final : private net::TransportHandler, private ProtocolEvents {
 public:
  static constexpr std::uint64_t kUnlimited = std::numeric_limits<std::uint64_t>::max();

  // `number` counts the clients of all threads; `quota` is how many requests it makes by itself.
  Client(Worker& worker, const Target& target, std::uint64_t number, std::uint64_t quota);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void start();
  // Whether it could begin another exchange now.
  bool is_ready() const;
  bool is_connected() const { return protocol_ != nullptr; }
  bool is_finished() const { return state_ == State::finished; }
  // Whether something is on its way, or is to be sent once more.
  bool has_unfinished() const { return !exchanges_.empty() || !again_.empty(); }

  // Begins one, which should have begun at `intended`. Only if is_ready(); flush() comes later.
  void send(TimePoint intended);
  void flush();
  // No further requests: ends once those on their way have ended.
  void stop_sending();
  // Ends now; what is on its way counts as timed out.
  void abort();
  // What its own schedule has not been able to start.
  void end_schedule(TimePoint now);
  void begin_counting(TimePoint now);

  // Looks whether a limit on time has passed; called now and then.
  void check_time(TimePoint now);

  bool is_queued = false;  // among the worker's clients that are ready

 private:
  enum class State { idle, connecting, open, waiting, finished };

  // TransportHandler.
  void on_connected() override;
  void on_readable() override;
  void on_writable() override;
  void on_error(const std::string& reason) override;

  // ProtocolEvents.
  void on_response_head(Exchange& exchange) override;
  void on_header_octets(std::size_t wire, std::size_t decoded) override;
  void on_header_octets_sent(std::size_t wire, std::size_t decoded) override;
  void on_content(Exchange& exchange, std::size_t count) override;
  void on_end(Exchange& exchange, Ending ending, std::uint32_t error_code) override;
  void on_goaway(std::uint32_t error_code) override;
  void on_setting(std::int32_t id, std::uint32_t value) override;
  void on_field(std::int32_t stream_id, std::string_view name, std::string_view value) override;
  std::span<Exchange* const> exchanges() const override { return exchanges_; }

  void socket_connected(base::Result<net::Connected> result);
  void connect_failed(const std::string& reason);
  void read_input();
  void fill();
  void follow_schedule();
  void wait_for_source();
  void fail(Exchange& exchange, const std::string& reason);
  void write_output();
  void settle();
  void connection_ended(const std::string& reason);
  void fail_exchanges(const std::string& reason);
  std::string reset_reason(const Exchange& exchange, std::uint32_t error_code) const;
  void time_out(const std::string& reason);
  void cancel_unanswered(TimePoint limit);
  void disconnect();
  void reconnect_or_give_up(bool may_help);
  void give_up();
  void finish();
  void release(Exchange& exchange);
  bool has_work() const { return left_ > 0 || !again_.empty(); }

  // What the server has not processed, to be sent once more.
  struct Retry {
    Assignment assignment;
    TimePoint intended;
  };

  Worker& worker_;
  const Target& target_;
  const std::uint64_t number_;
  std::unique_ptr<RequestSource> source_;
  std::unique_ptr<Schedule> schedule_;
  std::unique_ptr<net::Timer> schedule_timer_;
  std::unique_ptr<net::Timer> retry_timer_;
  std::unique_ptr<net::Timer> source_timer_;
  State state_ = State::idle;
  std::uint64_t left_;
  std::vector<Retry> again_;
  std::vector<Exchange*> exchanges_;

  net::Connector connector_;
  std::unique_ptr<net::Transport> transport_;
  std::unique_ptr<Protocol> protocol_;
  base::Buffer unsent_;
  bool busy_ = false;  // in a call that flushes at its end
  bool write_blocked_ = false;
  bool wants_write_ = false;
  bool goaway_ = false;
  bool schedule_begun_ = false;
  std::string lost_;  // why the connection cannot go on

  TimePoint opened_;      // this connection
  TimePoint began_;       // the first one was ready
  TimePoint last_moved_;  // octets of either direction
  TimePoint last_news_;   // of the exchanges
  bool first_byte_seen_ = false;
  std::uint64_t responses_ = 0;          // of this connection
  std::uint64_t counted_responses_ = 0;  // of all, but for the warm-up
  unsigned fruitless_ = 0;               // connections in a row without a response
};

}  // namespace h2load
