// SPDX-License-Identifier: MIT
// A thread with an event loop and some of the clients. Threads share nothing that changes.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "base/buffer.h"
#include "h2load/client.h"
#include "h2load/exchange.h"
#include "h2load/plan.h"
#include "h2load/recorder.h"
#include "h2load/schedule.h"
#include "h2load/usage_meter.h"
#include "net/loop.h"
#include "net/resolver.h"

namespace h2load {

// One thread's part of the plan.
struct Share {
  unsigned worker = 0;
  unsigned workers = 1;
  std::uint64_t first_client = 0;
  std::uint64_t clients = 1;
  // Of all its clients together; nothing if time is the limit.
  std::optional<std::uint64_t> requests;
  // How many clients begin in each period; 0: all at once.
  std::uint64_t connection_rate = 0;
};

class Worker {
 public:
  // `on_end` is called by the thread when it is about to end.
  Worker(const Plan& plan, const Share& share, Timeline& timeline, std::unique_ptr<RequestLog> log,
         std::function<void()> on_end);
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // Begins the thread.
  void start();
  // From any thread: ends soon, with what has been measured so far.
  void stop();
  void join();
  // Once the thread has ended.
  Result& result() { return recorder_.result(); }
  const std::string& error() const { return error_; }

  // ---- For its clients ----
  const Plan& plan() const { return plan_; }
  const Config& config() const { return plan_.config; }
  net::EventLoop& loop() { return loop_; }
  net::Resolver& resolver() { return resolver_; }
  Recorder& recorder() { return recorder_; }
  // Lent for the duration of an event; it stays in the processor's cache.
  std::span<std::uint8_t> input_memory() { return input_memory_; }
  base::Buffer& output_memory() { return output_memory_; }
  // When the current event began.
  const TimePoint& now() const { return now_; }
  void read_clock() { now_ = net::Clock::now(); }

  Exchange& acquire_exchange();
  void release_exchange(Exchange& exchange) { free_exchanges_.push_back(&exchange); }

  bool is_sending() const { return phase_ == Phase::warm_up || phase_ == Phase::counting; }
  bool has_common_schedule() const { return schedule_ != nullptr; }
  // Gives the clients that are ready what the common schedule has for them.
  void distribute(Client* ready);
  // An exchange of the common schedule is over.
  void request_over();
  void connected(const net::Transport& transport, const char* protocol, net::Clock::duration taken);
  void client_finished(std::uint64_t responses, TimePoint began);
  // Requests have ended.
  void show_progress();

 private:
  enum class Phase { warm_up, counting, draining, ended };

  void run();
  void make_clients();
  void begin();
  void start_clients();
  void begin_counting();
  void next_phase();
  void end_sending();
  void end_schedules();
  void end_now();
  void tick();
  void show_started();
  void show_connection(const net::Transport& transport, const char* protocol) const;
  Client* take_ready();

  const Plan& plan_;
  const Share share_;
  std::function<void()> on_end_;
  net::EventLoop loop_;
  net::Resolver resolver_;
  Recorder recorder_;
  std::vector<std::uint8_t> input_memory_;
  base::Buffer output_memory_;
  TimePoint now_;
  Phase phase_ = Phase::warm_up;
  std::string error_;

  std::vector<std::unique_ptr<Exchange>> all_exchanges_;
  std::vector<Exchange*> free_exchanges_;
  std::vector<std::unique_ptr<Client>> clients_;
  std::uint64_t started_clients_ = 0;
  std::uint64_t finished_clients_ = 0;
  bool connection_shown_ = false;
  unsigned progress_shown_ = 0;  // tenths
  unsigned started_shown_ = 0;

  // One schedule for all clients, and how many of its requests have not begun.
  std::unique_ptr<Schedule> schedule_;
  std::uint64_t left_ = 0;
  std::deque<Client*> ready_;
  std::vector<Client*> touched_;  // have something to send
  bool end_scheduled_ = false;

  TimePoint counting_since_;
  UsageMeter usage_{share_.worker};

  net::Timer tick_timer_;
  net::Timer phase_timer_;
  net::Timer schedule_timer_;
  net::Timer clients_timer_;
  std::thread thread_;
};

}  // namespace h2load
