// SPDX-License-Identifier: MIT
// One thread's event loop with timers, signals and descriptor watching, on libevent.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

struct event;
struct event_base;

namespace net {

using Clock = std::chrono::steady_clock;

// Runs callbacks of one thread. Everything except post() and stop() belongs to the thread that
// calls run(). Objects made on a loop must be destroyed before it. Callbacks must not throw.
//
// Creating the first loop sets SIGPIPE to be ignored in the process, since a peer may close a
// connection at any time.
class EventLoop {
 public:
  using Task = std::function<void()>;

  // Timers keep to about 4 ms, early or late; precise ones keep to microseconds at the price of one
  // more system call per round.
  explicit EventLoop(bool precise_timers = false);
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  // Runs until stop(). A stop() that came first makes the next run() return at once.
  void run();
  // Waits for at most `wait` for something to happen, handles it and returns.
  void run_once(std::chrono::milliseconds wait);
  // Makes run() return after the current callback; from any thread.
  void stop();

  // Runs the task on the loop's thread; from any thread, in order. Tasks that have not run when the
  // loop is destroyed are destroyed with it.
  void post(Task task);
  // As post(), from the loop's own thread: the task runs after the current callback has returned.
  void defer(Task task);

  event_base* base() { return base_; }

 private:
  void run_posted();

  event_base* base_;
  event* wake_ = nullptr;
  int wake_fd_ = -1;
  std::mutex mutex_;
  std::vector<Task> posted_;
  bool stop_requested_ = false;
};

// Calls back once per start(); destroying it cancels. The callback may restart, stop or destroy the
// timer.
class Timer {
 public:
  Timer(EventLoop& loop, std::function<void()> callback);
  ~Timer();
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

  // (Re)starts; an earlier start is forgotten. Negative delays count as zero.
  void start(std::chrono::nanoseconds delay);
  void stop() { free_event(); }
  bool is_active() const { return event_ != nullptr; }

 private:
  static void fired(int fd, short what, void* self);

  void free_event();

  EventLoop& loop_;
  std::function<void()> callback_;
  // While it is running: most timers are for what seldom happens, and connections have several.
  event* event_ = nullptr;
};

// Calls back on the loop's thread for each arrival of a signal, while it lives. libevent supports
// one signal-handling loop per process at a time: use it on the main loop.
class Signal {
 public:
  Signal(EventLoop& loop, int signal_number, std::function<void(int)> callback);
  ~Signal();
  Signal(const Signal&) = delete;
  Signal& operator=(const Signal&) = delete;

 private:
  static void fired(int signal_number, short what, void* self);

  std::function<void(int)> callback_;
  event* event_;
};

// Watches a descriptor (not owned) for readability and writability, level-triggered. Callbacks may
// destroy the watch. Destroy it before the descriptor is closed.
class FdWatch {
 public:
  FdWatch(EventLoop& loop, int fd, std::function<void()> on_readable,
          std::function<void()> on_writable);
  ~FdWatch();
  FdWatch(const FdWatch&) = delete;
  FdWatch& operator=(const FdWatch&) = delete;

  // Both are off at first.
  void want_read(bool wanted);
  void want_write(bool wanted);
  bool wants_read() const { return read_event_ != nullptr; }
  bool wants_write() const { return write_event_ != nullptr; }

 private:
  void want(bool wanted, event*& watching, short what, void (*fired)(int, short, void*));
  static void read_fired(int fd, short what, void* self);
  static void write_fired(int fd, short what, void* self);

  std::function<void()> on_readable_;
  std::function<void()> on_writable_;
  EventLoop& loop_;
  const int fd_;
  // While they are wanted: a connection that does nothing waits for input only.
  event* read_event_ = nullptr;
  event* write_event_ = nullptr;
};

// Lets a member function that called out notice that its object is gone:
//   Lifeline::Watch watch(lifeline_);  handler->on_x();  if (watch.is_gone()) return;
class Lifeline {
 public:
  Lifeline() : token_(std::make_shared<char>()) {}
  Lifeline(const Lifeline&) = delete;
  Lifeline& operator=(const Lifeline&) = delete;

  class Watch {
   public:
    explicit Watch(const Lifeline& owner) : token_(owner.token_) {}
    bool is_gone() const { return token_.expired(); }

   private:
    std::weak_ptr<char> token_;
  };

 private:
  std::shared_ptr<char> token_;
};

}  // namespace net
