// SPDX-License-Identifier: MIT
// A stream whose exchange gets a line in the access log.
#pragma once

#include <memory>

#include "nghttpd/access_log.h"
#include "nghttpd/stream_filter.h"

namespace nghttpd {

// Stands next to the connection, where what is sent is what the client gets.
class LoggedStream final : public StreamFilter, public std::enable_shared_from_this<LoggedStream> {
 public:
  LoggedStream(http::StreamPtr inner, AccessEntry entry, AccessLogBuffer& log)
      : StreamFilter(std::move(inner)), entry_(std::move(entry)), log_(log) {
    entry_.stream = id();
  }

  void send_head(const http::Head& head, http::End end) override;
  void send_shared_head(http::SharedHead head, http::End end) override;
  void reset(const http::Reason& reason) override;
  void receive_with(std::shared_ptr<http::Receiver> receiver) override;

 private:
  class Receiver;

  void note_head(const http::Head& head);
  // Once; the exchange may end only once, whoever ends it.
  void write_entry();

  AccessEntry entry_;
  AccessLogBuffer& log_;
  bool is_written_ = false;
};

}  // namespace nghttpd
