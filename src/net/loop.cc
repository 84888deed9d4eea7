// SPDX-License-Identifier: MIT
// One thread's event loop with timers, signals and descriptor watching, on libevent.
#include "net/loop.h"

#include <event2/event.h>
#include <fcntl.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace net {

namespace {

timeval to_timeval(std::chrono::nanoseconds delay) {
  const auto us = std::chrono::ceil<std::chrono::microseconds>(
      std::max(delay, std::chrono::nanoseconds::zero()));
  timeval value{};
  value.tv_sec = static_cast<time_t>(us.count() / 1'000'000);
  value.tv_usec = static_cast<suseconds_t>(us.count() % 1'000'000);
  return value;
}

void ignore_broken_pipes() {
  struct sigaction current {};
  if (sigaction(SIGPIPE, nullptr, &current) == 0 && current.sa_handler == SIG_DFL) {
    current.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &current, nullptr);
  }
}

event* make_event(event_base* base, int fd, short what, event_callback_fn callback, void* self) {
  event* const made = event_new(base, fd, what, callback, self);
  if (!made) throw std::bad_alloc();
  return made;
}

}  // namespace

EventLoop::EventLoop(bool precise_timers) {
  ignore_broken_pipes();
  event_config* const config = event_config_new();
  if (!config) throw std::bad_alloc();
  // Every loop belongs to one thread: libevent need not lock.
  event_config_set_flag(config, EVENT_BASE_FLAG_NOLOCK);
  if (precise_timers) event_config_set_flag(config, EVENT_BASE_FLAG_PRECISE_TIMER);
  base_ = event_base_new_with_config(config);
  event_config_free(config);
  if (!base_) throw std::runtime_error("cannot create an event loop");
  wake_fd_ = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (wake_fd_ < 0) {
    const int error_number = errno;
    event_base_free(base_);
    throw std::system_error(error_number, std::generic_category(), "eventfd");
  }
  wake_ = make_event(
      base_, wake_fd_, EV_READ | EV_PERSIST,
      [](int, short, void* self) { static_cast<EventLoop*>(self)->run_posted(); }, this);
  event_add(wake_, nullptr);
}

EventLoop::~EventLoop() {
  // Tasks may own objects that use this loop, and whose end posts further tasks.
  for (std::vector<Task> unrun;; unrun.clear()) {
    {
      const std::lock_guard lock(mutex_);
      unrun.swap(posted_);
    }
    if (unrun.empty()) break;
  }
  ticks_.clear();
  event_free(wake_);
  ::close(wake_fd_);
  event_base_free(base_);
}

void EventLoop::run() {
  for (;;) {
    {
      const std::lock_guard lock(mutex_);
      if (std::exchange(stop_requested_, false)) return;
    }
    if (event_base_loop(base_, EVLOOP_NO_EXIT_ON_EMPTY) < 0) {
      throw std::runtime_error("the event loop failed");
    }
  }
}

void EventLoop::run_once(std::chrono::milliseconds wait) {
  Timer limit(*this, [] {});
  limit.start(wait);
  event_base_loop(base_, EVLOOP_ONCE);
}

void EventLoop::stop() {
  {
    const std::lock_guard lock(mutex_);
    stop_requested_ = true;
  }
  post([] {});
}

void EventLoop::post(Task task) {
  bool wake;
  {
    const std::lock_guard lock(mutex_);
    wake = posted_.empty();
    posted_.push_back(std::move(task));
  }
  // The counter cannot overflow: one wake-up per emptied list.
  if (wake) static_cast<void>(!eventfd_write(wake_fd_, 1));
}

void EventLoop::defer(Task task) {
  post(std::move(task));
}

void EventLoop::run_posted() {
  eventfd_t ignored;
  static_cast<void>(!eventfd_read(wake_fd_, &ignored));
  std::vector<Task> tasks;
  bool stop;
  {
    const std::lock_guard lock(mutex_);
    tasks.swap(posted_);
    stop = stop_requested_;
  }
  for (Task& task : tasks) {
    task();
    // What the task owns goes before the next one runs.
    task = nullptr;
  }
  if (stop) event_base_loopbreak(base_);
}

Timer::Timer(EventLoop& loop, std::function<void()> callback)
    : loop_(loop), callback_(std::move(callback)) {}

Timer::~Timer() {
  free_event();
}

void Timer::start(std::chrono::nanoseconds delay) {
  if (event_ == nullptr) event_ = make_event(loop_.base(), -1, 0, &Timer::fired, this);
  const timeval value = to_timeval(delay);
  event_add(event_, &value);
}

void Timer::free_event() {
  if (event_ != nullptr) event_free(std::exchange(event_, nullptr));
}

void Timer::fired(int, short, void* self) {
  auto* const timer = static_cast<Timer*>(self);
  timer->free_event();
  // A copy, for the callback may destroy the timer and with it the function it runs in.
  const auto callback = timer->callback_;
  callback();
}

void RareTimer::start(EventLoop& loop, std::chrono::nanoseconds delay,
                      std::function<void()> callback) {
  timer_ = std::make_unique<Timer>(loop, std::move(callback));
  timer_->start(delay);
}

EventLoop::Ticks& EventLoop::ticks(std::chrono::milliseconds interval) {
  for (const auto& ticks : ticks_) {
    if (ticks->interval() == interval) return *ticks;
  }
  return *ticks_.emplace_back(std::make_unique<Ticks>(*this, interval));
}

EventLoop::Ticks::Ticks(EventLoop& loop, std::chrono::milliseconds interval)
    : interval_(interval), timer_(loop, [this] { tick_all(); }) {}

EventLoop::Ticks::~Ticks() {
  while (tickers_ != nullptr)
    tickers_->stop_ticking();
}

void EventLoop::Ticks::add(Ticker& ticker) {
  if (tickers_ == nullptr && !timer_.is_active()) timer_.start(interval_);
  ticker.link(tickers_);
}

// A ticker may take any other one away: each is in one of two lists at any time.
void EventLoop::Ticks::tick_all() {
  Ticker* due = std::exchange(tickers_, nullptr);
  if (due == nullptr) return;
  due->place_ = &due;
  timer_.start(interval_);
  while (due != nullptr) {
    Ticker& ticker = *due;
    ticker.stop_ticking();
    ticker.link(tickers_);
    ticker.tick();
  }
}

void Ticker::start_ticking(EventLoop& loop, std::chrono::milliseconds interval) {
  stop_ticking();
  loop.ticks(interval).add(*this);
}

void Ticker::stop_ticking() {
  if (place_ == nullptr) return;
  *place_ = next_;
  if (next_ != nullptr) next_->place_ = place_;
  next_ = nullptr;
  place_ = nullptr;
}

void Ticker::link(Ticker*& list) {
  next_ = list;
  if (next_ != nullptr) next_->place_ = &next_;
  place_ = &list;
  list = this;
}

Lifeline::Watch::Watch(Lifeline& owner) : owner_(&owner), outer_(owner.innermost_) {
  owner.innermost_ = this;
}

Lifeline::Watch::~Watch() {
  if (owner_ != nullptr) owner_->innermost_ = outer_;
}

Signal::Signal(EventLoop& loop, int signal_number, std::function<void(int)> callback)
    : callback_(std::move(callback)),
      event_(make_event(loop.base(), signal_number, EV_SIGNAL | EV_PERSIST, &Signal::fired, this)) {
  event_add(event_, nullptr);
}

Signal::~Signal() {
  event_free(event_);
}

void Signal::fired(int signal_number, short, void* self) {
  const auto callback = static_cast<Signal*>(self)->callback_;
  callback(signal_number);
}

FdEvents::FdEvents(EventLoop& loop, int fd, Handler& handler)
    : loop_(loop), handler_(handler), fd_(fd) {}

FdEvents::~FdEvents() {
  want_read(false);
  want_write(false);
}

void FdEvents::want_read(bool wanted) {
  want(wanted, read_event_, EV_READ, &FdEvents::read_fired);
}

void FdEvents::want_write(bool wanted) {
  want(wanted, write_event_, EV_WRITE, &FdEvents::write_fired);
}

void FdEvents::want(bool wanted, event*& watching, short what, void (*fired)(int, short, void*)) {
  if (wanted == (watching != nullptr)) return;
  if (wanted) {
    watching = make_event(loop_.base(), fd_, static_cast<short>(what | EV_PERSIST), fired, this);
    event_add(watching, nullptr);
  } else {
    event_free(std::exchange(watching, nullptr));
  }
}

void FdEvents::read_fired(int, short, void* self) {
  static_cast<FdEvents*>(self)->handler_.on_fd_readable();
}

void FdEvents::write_fired(int, short, void* self) {
  static_cast<FdEvents*>(self)->handler_.on_fd_writable();
}

}  // namespace net
