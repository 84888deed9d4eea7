// SPDX-License-Identifier: MIT
// A thread with its own event loop, and the connections it serves.
#include "nghttpd/worker.h"

#include <vector>

#include "net/tcp_transport.h"
#include "nghttpd/peer.h"
#include "tls/tls_transport.h"

namespace nghttpd {

Worker::Worker(const ServerParts& parts)
    : parts_(parts), service_(loop_, parts.config, parts.root, parts.media_types) {
  if (parts.access_log != nullptr) access_log_.emplace(*parts.access_log, loop_);
  thread_ = std::thread([this] { loop_.run(); });
}

Worker::~Worker() {
  loop_.stop();
  join();
}

void Worker::take(base::Fd fd, net::Address address, std::uint64_t id) {
  // A task must be copyable, hence the descriptor travels in a shared holder.
  auto holder = std::make_shared<base::Fd>(std::move(fd));
  loop_.post([this, holder, address, id] { serve(std::move(*holder), address, id); });
}

void Worker::serve(base::Fd fd, net::Address address, std::uint64_t id) {
  if (shutting_down_) return;
  std::unique_ptr<net::Transport> transport;
  if (parts_.tls) {
    transport = tls::TlsTransport::server(loop_, std::move(fd), address, *parts_.tls);
  } else {
    transport = std::make_unique<net::TcpTransport>(loop_, std::move(fd), address);
  }
  const auto [entry, is_new] = peers_.try_emplace(id, *this, std::move(transport), id);
  entry->second.start();
}

void Worker::shut_down() {
  loop_.post([this] { begin_shut_down(); });
}

void Worker::begin_shut_down() {
  shutting_down_ = true;
  std::vector<Peer*> peers;
  for (auto& [id, peer] : peers_)
    peers.push_back(&peer);
  for (Peer* peer : peers)
    peer->shut_down();
  if (peers_.empty()) loop_.stop();
}

void Worker::remove(std::uint64_t id) {
  peers_.erase(id);
  if (parts_.connection_ended) parts_.connection_ended();
  if (shutting_down_ && peers_.empty()) loop_.stop();
}

void Worker::join() {
  if (!thread_.joinable()) return;
  thread_.join();
  peers_.clear();
}

}  // namespace nghttpd
