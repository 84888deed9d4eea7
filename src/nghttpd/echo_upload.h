// SPDX-License-Identifier: MIT
// Answers a request with the content that came with it, as it comes.
#pragma once

#include <memory>

#include "base/buffer.h"
#include "http/stream.h"
#include "http2/frame_log.h"
#include "nghttpd/service.h"

namespace nghttpd {

// Holds no more than the peer's flow-control window: content is owed until it has been passed on.
class EchoUpload final : public http::Receiver {
 public:
  EchoUpload(Service& service, http::StreamPtr stream, std::shared_ptr<http2::FrameLog> log)
      : service_(service), stream_(std::move(stream)), log_(std::move(log)) {}

  void on_head(http::Head&& head, http::End end) override;
  void on_body(http::Bytes chunk, http::End end) override;
  void on_trailers(http::Fields&& trailers) override;
  void on_room() override;
  void on_done() override;
  void on_reset(const http::Reason& reason) override;

 private:
  void pass_on();
  void note_closed();

  Service& service_;
  http::StreamPtr stream_;
  std::shared_ptr<http2::FrameLog> log_;
  base::Buffer waiting_;
  std::int64_t id_ = -1;
  bool ended_ = false;
  bool finished_ = false;
};

}  // namespace nghttpd
