// SPDX-License-Identifier: MIT
// One thread's event loop with timers, signals and descriptor watching, on libevent.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
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
  class Ticks;

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
  // What ticks at this interval.
  Ticks& ticks(std::chrono::milliseconds interval);

 private:
  void run_posted();

  event_base* base_;
  event* wake_ = nullptr;
  int wake_fd_ = -1;
  std::mutex mutex_;
  std::vector<Task> posted_;
  bool stop_requested_ = false;
  std::vector<std::unique_ptr<Ticks>> ticks_;
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

// A timer that runs seldom, and of which there are many: it takes memory while it runs only.
class RareTimer {
 public:
  // (Re)starts.
  void start(EventLoop& loop, std::chrono::nanoseconds delay, std::function<void()> callback);
  void stop() { timer_.reset(); }

 private:
  std::unique_ptr<Timer> timer_;
};

// Something that is to be done from time to time, for each of many objects. Those of one interval
// share a timer, so that the first time may come sooner.
class Ticker {
 public:
  Ticker() = default;
  Ticker(const Ticker&) = delete;
  Ticker& operator=(const Ticker&) = delete;

  void start_ticking(EventLoop& loop, std::chrono::milliseconds interval);
  void stop_ticking();

 protected:
  ~Ticker() { stop_ticking(); }

  // May start, stop or destroy any ticker.
  virtual void tick() = 0;

 private:
  friend class EventLoop::Ticks;

  void link(Ticker*& list);

  Ticker* next_ = nullptr;
  // What points to this ticker; nullptr while it is in no list.
  Ticker** place_ = nullptr;
};

// The tickers of one interval.
class EventLoop::Ticks {
 public:
  Ticks(EventLoop& loop, std::chrono::milliseconds interval);
  ~Ticks();

  std::chrono::milliseconds interval() const { return interval_; }
  void add(Ticker& ticker);

 private:
  void tick_all();

  const std::chrono::milliseconds interval_;
  Timer timer_;
  Ticker* tickers_ = nullptr;
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

// Watches a descriptor (not owned) for readability and writability, level-triggered. The handler
// may destroy the watch. Destroy it before the descriptor is closed.
class FdEvents {
 public:
  class Handler {
   public:
    virtual void on_fd_readable() = 0;
    virtual void on_fd_writable() = 0;

   protected:
    ~Handler() = default;
  };

  FdEvents(EventLoop& loop, int fd, Handler& handler);
  ~FdEvents();
  FdEvents(const FdEvents&) = delete;
  FdEvents& operator=(const FdEvents&) = delete;

  // Both are off at first.
  void want_read(bool wanted);
  void want_write(bool wanted);
  bool wants_read() const { return read_event_ != nullptr; }
  bool wants_write() const { return write_event_ != nullptr; }

 private:
  void want(bool wanted, event*& watching, short what, void (*fired)(int, short, void*));
  static void read_fired(int fd, short what, void* self);
  static void write_fired(int fd, short what, void* self);

  EventLoop& loop_;
  Handler& handler_;
  const int fd_;
  // While they are wanted: a connection that does nothing waits for input only.
  event* read_event_ = nullptr;
  event* write_event_ = nullptr;
};

// The same with callbacks, for those of which there are few.
class FdWatch : private FdEvents::Handler {
 public:
  FdWatch(EventLoop& loop, int fd, std::function<void()> on_readable,
          std::function<void()> on_writable)
      : on_readable_(std::move(on_readable)),
        on_writable_(std::move(on_writable)),
        events_(loop, fd, *this) {}

  void want_read(bool wanted) { events_.want_read(wanted); }
  void want_write(bool wanted) { events_.want_write(wanted); }

 private:
  // Copies, for the callback may destroy the watch and with it the function it runs in.
  void on_fd_readable() override {
    const auto callback = on_readable_;
    callback();
  }
  void on_fd_writable() override {
    const auto callback = on_writable_;
    callback();
  }

  std::function<void()> on_readable_;
  std::function<void()> on_writable_;
  FdEvents events_;
};

// Lets a member function that called out notice that its object is gone:
//   Lifeline::Watch watch(lifeline_);  handler->on_x();  if (watch.is_gone()) return;
// Watches are local variables: the last one made is the first one to end.
class Lifeline {
 public:
  Lifeline() = default;
  Lifeline(const Lifeline&) = delete;
  Lifeline& operator=(const Lifeline&) = delete;
  ~Lifeline() {
    for (Watch* watch = innermost_; watch != nullptr; watch = watch->outer_)
      watch->owner_ = nullptr;
  }

  class Watch {
   public:
    explicit Watch(Lifeline& owner);
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    ~Watch();
    bool is_gone() const { return owner_ == nullptr; }

   private:
    friend class Lifeline;

    Lifeline* owner_;
    Watch* outer_;
  };

 private:
  Watch* innermost_ = nullptr;
};

}  // namespace net
