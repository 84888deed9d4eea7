// SPDX-License-Identifier: MIT
// Host names to addresses without blocking the loop: getaddrinfo() in helper threads.
#include "net/resolver.h"

#include <netdb.h>

#include <cerrno>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include "base/text.h"
#include "net/loop.h"

namespace net {

namespace {

// More addresses than a name can sensibly have; the rest would only slow a failing connect down.
constexpr size_t kMaxAddresses = 64;

struct Lookup {
  std::string host;
  uint16_t port;
  int family;
  std::weak_ptr<Resolver::Request> request;
};

base::Result<Resolver::Addresses> look_up(const Lookup& lookup) {
  addrinfo hints{};
  hints.ai_family = lookup.family;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_ADDRCONFIG;
  addrinfo* list = nullptr;
  int error = ::getaddrinfo(lookup.host.c_str(), nullptr, &hints, &list);
  if (error == EAI_NONAME || error == EAI_ADDRFAMILY) {
    // A host with only loopback interfaces has no "configured" family, yet may know the name.
    hints.ai_flags = 0;
    error = ::getaddrinfo(lookup.host.c_str(), nullptr, &hints, &list);
  }
  if (error) {
    const std::string reason =
        error == EAI_SYSTEM ? base::error_text(errno) : std::string(::gai_strerror(error));
    return base::Error{"cannot resolve " + base::escape(lookup.host) + ": " + reason};
  }
  Resolver::Addresses addresses;
  for (const addrinfo* entry = list; entry && addresses.size() < kMaxAddresses;
       entry = entry->ai_next) {
    if (entry->ai_family != AF_INET && entry->ai_family != AF_INET6) continue;
    addresses.emplace_back(entry->ai_addr, entry->ai_addrlen);
    addresses.back().set_port(lookup.port);
  }
  ::freeaddrinfo(list);
  if (addresses.empty()) {
    return base::Error{"cannot resolve " + base::escape(lookup.host) + ": it has no IP address"};
  }
  return addresses;
}

}  // namespace

// Belongs to the resolver and its threads together, so that a thread stuck in a lookup may outlive
// the resolver. `loop` is null once the resolver is gone.
struct Resolver::Shared {
  std::mutex mutex;
  EventLoop* loop = nullptr;
  std::deque<Lookup> queue;
  size_t threads = 0;

  // Hands a result to the loop's thread; nothing happens when the resolver is gone by then.
  static void deliver(const std::shared_ptr<Shared>& shared, const std::weak_ptr<Request>& request,
                      base::Result<Addresses> result) {
    const std::lock_guard lock(shared->mutex);
    if (!shared->loop) return;
    shared->loop->post([shared, request, result = std::move(result)]() mutable {
      const auto alive = request.lock();
      // `loop` changes on this thread only.
      if (alive && shared->loop) alive->deliver(std::move(result));
    });
  }

  // Works until the queue is empty, then the thread ends: lookups are rare.
  static void work(const std::shared_ptr<Shared>& shared) {
    for (;;) {
      Lookup lookup;
      {
        const std::lock_guard lock(shared->mutex);
        if (shared->queue.empty() || !shared->loop) {
          --shared->threads;
          return;
        }
        lookup = std::move(shared->queue.front());
        shared->queue.pop_front();
      }
      if (lookup.request.expired()) continue;
      deliver(shared, lookup.request, look_up(lookup));
    }
  }
};

void Resolver::Request::deliver(base::Result<Addresses> result) {
  // The callback may drop the request that holds it.
  const Callback callback = std::exchange(callback_, nullptr);
  if (callback) callback(std::move(result));
}

Resolver::Resolver(EventLoop& loop) : shared_(std::make_shared<Shared>()) {
  shared_->loop = &loop;
}

Resolver::~Resolver() {
  const std::lock_guard lock(shared_->mutex);
  shared_->loop = nullptr;
  shared_->queue.clear();
}

std::shared_ptr<Resolver::Request> Resolver::resolve(const std::string& host, uint16_t port,
                                                     Callback callback, int family) {
  auto request = std::make_shared<Request>(std::move(callback));
  if (const auto address = Address::from_ip(host, port)) {
    if (family != AF_UNSPEC && address->family() != family) {
      Shared::deliver(
          shared_, request,
          base::Error{"cannot resolve " + base::escape(host) + ": it is of the other IP version"});
    } else {
      Shared::deliver(shared_, request, Addresses{*address});
    }
    return request;
  }
  if (host.empty() || host.find('\0') != std::string::npos) {
    Shared::deliver(shared_, request,
                    base::Error{"cannot resolve " + base::quote(host) + ": it is no host name"});
    return request;
  }
  bool start_thread;
  {
    const std::lock_guard lock(shared_->mutex);
    shared_->queue.push_back({host, port, family, request});
    start_thread = shared_->threads < kMaxThreads;
    if (start_thread) ++shared_->threads;
  }
  if (!start_thread) return request;
  try {
    std::thread(&Shared::work, shared_).detach();
  } catch (const std::system_error& error) {
    {
      const std::lock_guard lock(shared_->mutex);
      --shared_->threads;
      if (shared_->threads > 0) return request;
      shared_->queue.clear();
    }
    Shared::deliver(shared_, request,
                    base::Error{"cannot resolve " + base::escape(host) +
                                ": no thread for the lookup: " + error.what()});
  }
  return request;
}

}  // namespace net
