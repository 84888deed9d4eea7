// SPDX-License-Identifier: MIT
// Outgoing connections: resolve, then race the addresses (RFC 8305, Happy Eyeballs).
#include "net/connector.h"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "net/tcp_transport.h"

namespace net {

// One address being tried; its socket becomes writable when the outcome is known.
struct Connector::Attempt {
  Attempt(Connector& connector, base::Fd socket, const Address& target)
      : fd(std::move(socket)),
        address(target),
        watch(connector.loop_, fd.get(), nullptr,
              [this, &connector] { connector.attempt_finished(this); }) {}

  base::Fd fd;
  Address address;
  FdWatch watch;
};

namespace {

// RFC 8305 §4: families take turns, beginning with that of the first address.
void interleave_families(std::vector<Address>& addresses) {
  std::vector<Address> first, other, mixed;
  for (const Address& address : addresses) {
    (address.family() == addresses.front().family() ? first : other).push_back(address);
  }
  for (size_t i = 0; i < std::max(first.size(), other.size()); ++i) {
    if (i < first.size()) mixed.push_back(first[i]);
    if (i < other.size()) mixed.push_back(other[i]);
  }
  addresses = std::move(mixed);
}

}  // namespace

Connector::Connector(EventLoop& loop, Resolver& resolver)
    : loop_(loop),
      resolver_(resolver),
      next_timer_(loop, [this] { start_next(); }),
      total_timer_(loop, [this] { timed_out(); }) {}

Connector::~Connector() = default;

void Connector::cancel() {
  next_timer_.stop();
  total_timer_.stop();
  request_.reset();
  attempts_.clear();
  addresses_.clear();
  failures_.clear();
  next_ = 0;
  callback_ = nullptr;
}

void Connector::begin(const ConnectOptions& options, Callback callback, std::string name) {
  cancel();
  resolved_at_ = {};
  options_ = options;
  callback_ = std::move(callback);
  name_ = std::move(name);
  if (options.timeout > std::chrono::milliseconds::zero()) total_timer_.start(options.timeout);
}

void Connector::connect(const ConnectTarget& target, const ConnectOptions& options,
                        Callback callback) {
  if (!target.unix_path.empty()) {
    begin(options, std::move(callback), "unix:" + base::escape(target.unix_path));
    auto address = Address::from_unix_path(target.unix_path);
    if (address) {
      addresses_ = {*address};
    } else {
      failures_ = address.error();
    }
    next_timer_.start(std::chrono::nanoseconds::zero());
    return;
  }
  begin(options, std::move(callback), format_endpoint(base::escape(target.host), target.port));
  request_ = resolver_.resolve(
      target.host, target.port,
      [this](base::Result<Resolver::Addresses> addresses) {
        if (!addresses) {
          failures_ = addresses.error();
          fail_if_exhausted();
          return;
        }
        resolved_at_ = Clock::now();
        addresses_ = std::move(*addresses);
        interleave_families(addresses_);
        start_next();
      },
      target.family);
}

void Connector::connect(std::vector<Address> addresses, const ConnectOptions& options,
                        Callback callback) {
  begin(options, std::move(callback),
        addresses.empty() ? "no address" : addresses.front().to_string());
  addresses_ = std::move(addresses);
  if (!addresses_.empty()) interleave_families(addresses_);
  next_timer_.start(std::chrono::nanoseconds::zero());
}

void Connector::start_next() {
  next_timer_.stop();
  while (next_ < addresses_.size()) {
    const Address address = addresses_[next_++];
    base::Fd fd(::socket(address.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!fd) {
      note_failure(address, describe_errno(errno));
      continue;
    }
    if (address.is_ip()) set_no_delay(fd.get());
    // A UNIX socket that connects at once is writable at once, so one path serves both.
    if (::connect(fd.get(), address.get(), address.length()) < 0 && errno != EINPROGRESS &&
        errno != EINTR) {
      note_failure(address, describe_errno(errno));
      continue;
    }
    attempts_.push_back(std::make_unique<Attempt>(*this, std::move(fd), address));
    attempts_.back()->watch.want_write(true);
    if (next_ < addresses_.size()) next_timer_.start(options_.next_address_delay);
    return;
  }
  fail_if_exhausted();
}

void Connector::attempt_finished(Attempt* attempt) {
  int error_number = 0;
  socklen_t length = sizeof(error_number);
  ::getsockopt(attempt->fd.get(), SOL_SOCKET, SO_ERROR, &error_number, &length);
  if (error_number == 0) {
    finish(Connected{std::move(attempt->fd), attempt->address});
    return;
  }
  note_failure(attempt->address, describe_errno(error_number));
  std::erase_if(attempts_, [&](const auto& other) { return other.get() == attempt; });
  // RFC 8305 §5: a failure starts the next attempt at once.
  start_next();
}

void Connector::note_failure(const Address& address, const std::string& reason) {
  if (!failures_.empty()) failures_ += "; ";
  failures_ += address.to_string() + ": " + reason;
}

void Connector::fail_if_exhausted() {
  if (attempts_.empty() && next_ >= addresses_.size()) fail(failures_);
}

void Connector::fail(const std::string& summary) {
  finish(base::Error{"cannot connect to " + name_ + " (" + summary + ")"});
}

void Connector::timed_out() {
  const std::string limit = " within " + base::format_duration(options_.timeout);
  if (request_ && addresses_.empty()) {
    fail("the name was not resolved" + limit);
    return;
  }
  for (const auto& attempt : attempts_)
    note_failure(attempt->address, "no answer" + limit);
  for (; next_ < addresses_.size(); ++next_)
    note_failure(addresses_[next_], "not tried");
  fail(failures_);
}

void Connector::finish(base::Result<Connected> result) {
  const Callback callback = std::move(callback_);
  cancel();
  if (callback) callback(std::move(result));
}

}  // namespace net
