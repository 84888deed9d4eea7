// SPDX-License-Identifier: MIT
// The whole server: listens, hands connections to workers, ends on a signal.
#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "net/listener.h"
#include "net/loop.h"
#include "nghttpd/worker.h"

namespace nghttpd {

class Server {
 public:
  // Reads certificates and media types, opens the document root, and binds.
  static base::Result<std::unique_ptr<Server>> create(Config config);

  // Serves until SIGTERM or SIGINT.
  void run();

 private:
  Server(Config config, DocumentRoot root)
      : config_(std::move(config)),
        root_(std::move(root)),
        parts_{config_, root_, media_types_, std::nullopt} {}

  base::Result<void> open_access_log();
  base::Result<void> prepare_tls();
  base::Result<void> prepare_media_types();
  base::Result<void> check_push_map() const;
  base::Result<void> bind();
  void note_refusal(const std::string& reason);

  Config config_;
  DocumentRoot root_;
  http::MediaTypes media_types_;
  std::unique_ptr<AccessLog> access_log_;
  ServerParts parts_;
  std::vector<net::ListenSocket> sockets_;
  bool shutting_down_ = false;
  std::optional<net::Clock::time_point> last_refusal_;
  std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace nghttpd
