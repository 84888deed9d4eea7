// SPDX-License-Identifier: MIT
// Outgoing connections: resolve, then race the addresses (RFC 8305, Happy Eyeballs).
#include "net/connector.h"

#include <netinet/in.h>
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

// How often, and for how long, a UNIX socket is tried whose queue is full.
constexpr std::chrono::milliseconds kFullQueueDelay{10};
constexpr std::chrono::seconds kFullQueueTime{60};

// RFC 8305 §4: families take turns, beginning with this one.
void interleave_families(std::vector<Address>& addresses, int first_family) {
  std::vector<Address> first, other, mixed;
  for (const Address& address : addresses)
    (address.family() == first_family ? first : other).push_back(address);
  for (size_t i = 0; i < std::max(first.size(), other.size()); ++i) {
    if (i < first.size()) mixed.push_back(first[i]);
    if (i < other.size()) mixed.push_back(other[i]);
  }
  addresses = std::move(mixed);
}

// The port is chosen when the socket connects, so that only both ends together must be unique.
bool bind_source(int fd, const Address& source) {
  const int on = 1;
  static_cast<void>(::setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof(on)));
  return ::bind(fd, source.get(), source.length()) == 0;
}

}  // namespace

Connector::Connector(EventLoop& loop, Resolver& resolver)
    : loop_(loop),
      resolver_(resolver),
      next_timer_(loop, [this] { start_next(); }),
      resolution_timer_(loop, [this] { start_next(); }),
      total_timer_(loop, [this] { timed_out(); }) {}

Connector::~Connector() = default;

void Connector::cancel() {
  next_timer_.stop();
  resolution_timer_.stop();
  total_timer_.stop();
  requests_.clear();
  pending_lookups_ = 0;
  lookup_failure_.clear();
  attempts_.clear();
  addresses_.clear();
  failures_.clear();
  next_ = 0;
  callback_ = nullptr;
}

void Connector::begin(const ConnectOptions& options, Callback callback, std::string name) {
  cancel();
  resolved_at_ = {};
  has_timed_out_ = false;
  options_ = options;
  began_ = Clock::now();
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
  if (!target.addresses.empty()) {
    add_addresses(target.addresses, target.addresses.front().family());
    next_timer_.start(std::chrono::nanoseconds::zero());
  } else if (target.family != AF_UNSPEC || Address::from_ip(target.host, 0)) {
    look_up(target.host, target.port, target.family);
  } else {
    look_up(target.host, target.port, AF_INET6);
    look_up(target.host, target.port, AF_INET);
  }
}

void Connector::look_up(const std::string& host, uint16_t port, int family) {
  ++pending_lookups_;
  requests_.push_back(resolver_.resolve(
      host, port,
      [this, family](base::Result<Resolver::Addresses> addresses) {
        looked_up(family, std::move(addresses));
      },
      family));
}

void Connector::looked_up(int family, base::Result<Resolver::Addresses> result) {
  --pending_lookups_;
  const bool found = result.ok();
  if (found) {
    // After an attempt it is the other family's turn.
    const int latest = next_ == 0 ? AF_INET : addresses_[next_ - 1].family();
    add_addresses(std::move(*result), latest == AF_INET ? AF_INET6 : AF_INET);
    if (resolved_at_ == Clock::time_point{}) resolved_at_ = Clock::now();
  } else if (lookup_failure_.empty() || family == AF_INET) {
    lookup_failure_ = result.error();
  }
  if (pending_lookups_ == 0 && addresses_.empty()) {
    fail(lookup_failure_);
    return;
  }
  if (!attempts_.empty()) {
    if (found && !next_timer_.is_active()) next_timer_.start(options_.next_address_delay);
    return;
  }
  if (pending_lookups_ == 0) {
    start_next();
  } else if (found && family == AF_INET && next_ == 0) {
    // RFC 8305 §3: IPv6 gets a head start.
    resolution_timer_.start(options_.resolution_delay);
  } else if (found) {
    start_next();
  }
}

// Mixes new addresses with those that have not been tried yet.
void Connector::add_addresses(std::vector<Address> more, int first_family) {
  const auto untried = addresses_.begin() + static_cast<std::ptrdiff_t>(next_);
  more.insert(more.begin(), untried, addresses_.end());
  addresses_.erase(untried, addresses_.end());
  interleave_families(more, first_family);
  addresses_.insert(addresses_.end(), more.begin(), more.end());
}

void Connector::connect(std::vector<Address> addresses, const ConnectOptions& options,
                        Callback callback) {
  begin(options, std::move(callback),
        addresses.empty() ? "no address" : addresses.front().to_string());
  if (!addresses.empty()) {
    const int first_family = addresses.front().family();
    add_addresses(std::move(addresses), first_family);
  }
  next_timer_.start(std::chrono::nanoseconds::zero());
}

void Connector::start_next() {
  next_timer_.stop();
  resolution_timer_.stop();
  while (next_ < addresses_.size()) {
    const Address address = addresses_[next_++];
    base::Fd fd(::socket(address.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!fd) {
      note_failure(address, describe_errno(errno));
      continue;
    }
    if (address.is_ip()) set_no_delay(fd.get());
    if (options_.source.family() == address.family() && !bind_source(fd.get(), options_.source)) {
      note_failure(address, options_.source.host() + ": " + describe_errno(errno));
      continue;
    }
    // A UNIX socket that connects at once is writable at once, so one path serves both.
    if (::connect(fd.get(), address.get(), address.length()) < 0 && errno != EINPROGRESS &&
        errno != EINTR) {
      if (errno == EAGAIN && try_later(address)) return;
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

// The queue of a UNIX socket is full; nothing tells when it is not.
bool Connector::try_later(const Address& address) {
  if (address.is_ip() || Clock::now() - began_ >= kFullQueueTime) return false;
  --next_;
  next_timer_.start(kFullQueueDelay);
  return true;
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
  if (attempts_.empty() && next_ >= addresses_.size() && pending_lookups_ == 0) fail(failures_);
}

void Connector::fail(const std::string& summary) {
  finish(base::Error{"cannot connect to " + name_ + " (" + summary + ")"});
}

void Connector::timed_out() {
  has_timed_out_ = true;
  const std::string limit = " within " + base::format_duration(options_.timeout);
  if (pending_lookups_ > 0 && addresses_.empty()) {
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
