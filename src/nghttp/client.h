// SPDX-License-Identifier: MIT
// Fetches everything that is wanted from one origin, on one connection.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "http2/client_connection.h"
#include "nghttp/connect.h"
#include "nghttp/download.h"
#include "nghttp/http1_fetch.h"
#include "nghttp/observation.h"
#include "nghttp/upgrade.h"

namespace nghttp {

// What all clients of the process share.
struct ClientParts {
  net::EventLoop& loop;
  net::Resolver& resolver;
  const tls::Context& tls;
  const Config& config;
  Output& output;
  const Upload* upload = nullptr;
  std::shared_ptr<http2::FrameLog> log;
  Observation* observation = nullptr;
};

class Client final : public http2::ClientHandler, public DownloadOwner {
 public:
  // `requests` are of one origin; at least one.
  Client(const ClientParts& parts, std::vector<Request> requests);

  // Calls back once everything is over.
  void start(std::function<void()> done);

  std::size_t request_count() const { return asked_for_; }
  std::size_t complete_count() const;
  // The class of the first failure.
  ExitStatus status() const { return status_; }
  // Prints the table of --stat.
  void print_statistics();
  // What has happened, for reports; the requests go with it.
  Session take_session();

  // DownloadOwner.
  void download_ended(Request& request, const std::string& reason) override;
  void assets_found(const Request& page, std::vector<Asset> assets) override;

  // ClientHandler.
  void on_push(http2::ClientConnection& connection, std::int64_t parent_id, http::Head&& request,
               const http::StreamPtr& stream) override;
  void on_closed(http2::ClientConnection& connection, const http::Reason& reason) override;

 private:
  void connected(std::unique_ptr<net::Transport> transport, const Failure& failure);
  void begin_upgrade();
  void upgraded(const Failure& failure, std::string_view head, std::string_view rest);
  void begin_http2(std::unique_ptr<net::Transport> transport);
  void begin_http1(std::unique_ptr<net::Transport> transport);
  void submit(Request& request);
  void send(Request& request, const http::StreamPtr& stream);
  void shut_down_if_idle();
  // Nothing was asked on the connection: every request fails for the same reason.
  void fail_all(const Failure& failure);
  void request_failed(Request& request, const Failure& failure);
  void tell_failure(const Request& request, const Failure& failure);
  void tell_untold_failures();
  void finish();
  http2::ConnectionConfig connection_config() const;
  void record_connect_times();
  void record_connection(const net::Transport& transport);
  void record_request(Request& request, const http::Head& head);

  ClientParts parts_;
  // A deque, since downloads refer to its elements while it grows.
  std::deque<Request> requests_;
  std::set<std::string> known_resources_;
  std::size_t asked_for_ = 0;
  std::size_t running_ = 0;
  bool shutting_down_ = false;
  ExitStatus status_ = ExitStatus::success;
  std::function<void()> done_;
  Request::Time connected_at_;
  ConnectionRecord record_;
  // The latest failure, and how many requests have met the same since it was told.
  std::string last_failure_;
  std::size_t untold_failures_ = 0;

  Connect connect_;
  std::unique_ptr<net::Transport> upgrade_transport_;
  std::optional<Upgrade> upgrade_;
  http::Head upgrade_head_;
  // nullptr if nobody wants one.
  std::shared_ptr<trace::ConnectionTrace> trace_;
  // One of both once there is a connection.
  http2::Handle<http2::ClientConnection> connection_;
  std::unique_ptr<Http1Fetch> http1_;
  net::Timer upgrade_timer_;
  net::Timer goodbye_timer_;
};

// The entries of the first SETTINGS frame.
std::vector<nghttp2_settings_entry> settings_for(const Config& config);

}  // namespace nghttp
