// SPDX-License-Identifier: MIT
// One client of nghttpd: the TLS handshake, then an HTTP/2 connection.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "http2/server_connection.h"
#include "net/transport.h"
#include "nghttpd/file_responder.h"
#include "nghttpd/worker.h"

namespace nghttpd {

class Peer final : public net::TransportHandler, public http2::ServerHandler, public PushHandler {
 public:
  Peer(Worker& worker, std::unique_ptr<net::Transport> transport, std::uint64_t id);

  void start();
  void shut_down();

  // TransportHandler, until the connection takes over.
  void on_connected() override;
  void on_readable() override {}
  void on_writable() override {}
  void on_error(const std::string& reason) override;

  // ServerHandler.
  void on_request(http2::ServerConnection& connection, const http::Head& head,
                  http::StreamPtr stream) override;
  void serve_promise(http::Head&& request, http::StreamPtr stream) override;
  void on_large_request(http2::ServerConnection& connection, const http::Head& head,
                        http::StreamPtr stream) override;
  void on_closed(http2::ServerConnection& connection, const http::Reason& reason) override;

 private:
  std::string refusal() const;
  http2::SharedConfig connection_config();
  // A responder that suits the request.
  std::shared_ptr<http::Receiver> make_responder(const http::Head& request, http::StreamPtr stream);
  // The stream, with whatever is to stand in front of it.
  http::StreamPtr equip(const http::Head& request, http::StreamPtr stream);
  http::StreamPtr with_log(const http::Head& request, http::StreamPtr stream);
  http::StreamPtr with_faults(const http::Head& request, http::StreamPtr stream);
  void count_for_goaway(const std::string& path);
  void note(const std::string& text);
  // Ends this object.
  void remove(const std::string& reason);

  Worker& worker_;
  std::unique_ptr<net::Transport> transport_;
  http2::Handle<http2::ServerConnection> connection_;
  const std::uint64_t id_;
  std::shared_ptr<const ClientFacts> client_facts_;
  std::shared_ptr<http2::FrameLog> log_;
  net::RareTimer handshake_timer_;
  // How many requests each rule of --fault that ends connections has been for.
  std::vector<std::uint64_t> fault_counts_;
};

}  // namespace nghttpd
