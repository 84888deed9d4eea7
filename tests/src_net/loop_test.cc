// SPDX-License-Identifier: MIT
// net/loop: timers, signals, posted tasks, watched descriptors, lifelines.
#include "net/loop.h"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <memory>
#include <string>
#include <thread>

#include "src_net/recording_handler.h"
#include "support/check.h"

namespace {

using namespace std::chrono_literals;
using test::run_until;

TEST(loop, timers_fire_in_order_and_once) {
  net::EventLoop loop(true);
  std::string order;
  net::Timer late(loop, [&] { order += "late "; });
  net::Timer early(loop, [&] { order += "early "; });
  net::Timer never(loop, [&] { order += "never "; });
  const auto begin = net::Clock::now();
  late.start(30ms);
  early.start(10ms);
  never.start(1ms);
  never.stop();
  CHECK(early.is_active());
  CHECK(!never.is_active());
  CHECK(run_until(loop, [&] { return order.ends_with("late "); }));
  CHECK_STR(order, "early late ");
  CHECK(net::Clock::now() - begin >= 29ms);
  CHECK(!early.is_active());
}

TEST(loop, timer_restarts_and_destroys_itself) {
  net::EventLoop loop;
  int count = 0;
  std::unique_ptr<net::Timer> timer;
  timer = std::make_unique<net::Timer>(loop, [&] {
    if (++count < 3) {
      timer->start(-1ms);
    } else {
      timer.reset();
    }
  });
  timer->start(0ms);
  CHECK(run_until(loop, [&] { return !timer; }));
  CHECK_EQ(count, 3);
}

// Counts its ticks; does something else as well at each.
struct CountingTicker final : net::Ticker {
  void tick() override {
    ++count;
    if (more) more();
  }
  int count = 0;
  std::function<void()> more;
};

TEST(loop, tickers_of_one_interval_tick_until_they_stop) {
  net::EventLoop loop;
  CountingTicker a, b, never, other;
  a.start_ticking(loop, 5ms);
  b.start_ticking(loop, 5ms);
  never.start_ticking(loop, 5ms);
  never.stop_ticking();
  other.start_ticking(loop, 1h);
  CHECK(run_until(loop, [&] { return a.count >= 2 && b.count >= 2; }));
  a.stop_ticking();
  const int before = a.count;
  const int twice_more = b.count + 2;
  CHECK(run_until(loop, [&] { return b.count >= twice_more; }));
  CHECK_EQ(a.count, before);
  CHECK_EQ(never.count, 0);
  CHECK_EQ(other.count, 0);
}

TEST(loop, tickers_take_each_other_away) {
  net::EventLoop loop;
  auto first = std::make_unique<CountingTicker>();
  auto second = std::make_unique<CountingTicker>();
  CountingTicker restarting;
  // Whichever comes first ends the other one.
  first->more = [&] { second.reset(); };
  second->more = [&] { first.reset(); };
  restarting.more = [&] { restarting.start_ticking(loop, 5ms); };
  first->start_ticking(loop, 5ms);
  second->start_ticking(loop, 5ms);
  restarting.start_ticking(loop, 5ms);
  CHECK(run_until(loop, [&] { return restarting.count >= 3; }));
  CHECK((first == nullptr) != (second == nullptr));
  CHECK((first ? first : second)->count >= 2);
}

TEST(loop, rare_timer_fires_and_stops) {
  net::EventLoop loop;
  int count = 0;
  net::RareTimer timer;
  timer.start(loop, 1h, [&] { count += 100; });
  timer.start(loop, 1ms, [&] {
    timer.stop();
    ++count;
  });
  net::RareTimer stopped;
  stopped.start(loop, 0ms, [&] { count += 100; });
  stopped.stop();
  CHECK(run_until(loop, [&] { return count > 0; }));
  CHECK_EQ(count, 1);
}

TEST(loop, post_from_other_threads_keeps_order) {
  net::EventLoop loop;
  std::string order;
  std::thread worker([&] {
    for (char c = 'a'; c <= 'z'; ++c)
      loop.post([&, c] { order += c; });
    loop.post([&] { loop.stop(); });
  });
  loop.run();
  worker.join();
  CHECK_STR(order, "abcdefghijklmnopqrstuvwxyz");
}

TEST(loop, stop_before_run_is_remembered_once) {
  net::EventLoop loop;
  loop.stop();
  loop.run();
  bool ran = false;
  loop.defer([&] {
    ran = true;
    loop.stop();
  });
  CHECK(!ran);
  loop.run();
  CHECK(ran);
}

TEST(loop, unrun_tasks_are_destroyed_while_the_loop_lives) {
  struct Witness {
    Witness(net::EventLoop& its_loop, bool& its_end) : loop(its_loop), gone(its_end) {}
    net::EventLoop& loop;
    bool& gone;
    ~Witness() {
      net::Timer timer(loop, [] {});
      loop.post([] {});
      gone = true;
    }
  };
  bool gone = false;
  {
    net::EventLoop loop;
    loop.post([witness = std::make_shared<Witness>(loop, gone)] {});
  }
  CHECK(gone);
}

TEST(loop, signals) {
  net::EventLoop loop;
  int received = 0;
  net::Signal signal(loop, SIGUSR1, [&](int number) { received = number; });
  ::raise(SIGUSR1);
  CHECK(run_until(loop, [&] { return received == SIGUSR1; }));
}

TEST(loop, broken_pipes_are_errors_not_signals) {
  net::EventLoop loop;
  int ends[2];
  REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
  ::close(ends[0]);
  CHECK_EQ(::write(ends[1], "x", 1), -1);
  ::close(ends[1]);
}

TEST(loop, watch_follows_wishes_and_may_end_itself) {
  net::EventLoop loop;
  int ends[2];
  REQUIRE(::pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0);
  int reads = 0;
  std::unique_ptr<net::FdWatch> watch;
  watch = std::make_unique<net::FdWatch>(
      loop, ends[0],
      [&] {
        if (++reads == 2) watch.reset();
      },
      nullptr);
  REQUIRE(::write(ends[1], "x", 1) == 1);
  loop.run_once(5ms);
  CHECK_EQ(reads, 0);
  watch->want_read(true);
  CHECK(run_until(loop, [&] { return !watch; }));
  CHECK_EQ(reads, 2);
  int writes = 0;
  net::FdWatch writer(loop, ends[1], nullptr, [&] { ++writes; });
  writer.want_write(true);
  CHECK(run_until(loop, [&] { return writes > 0; }));
  writer.want_write(false);
  const int before = writes;
  loop.run_once(5ms);
  CHECK_EQ(writes, before);
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(loop, lifeline) {
  auto owner = std::make_unique<net::Lifeline>();
  const net::Lifeline::Watch outer(*owner);
  {
    const net::Lifeline::Watch inner(*owner);
    CHECK(!inner.is_gone());
  }
  CHECK(!outer.is_gone());
  owner.reset();
  CHECK(outer.is_gone());
}

}  // namespace
