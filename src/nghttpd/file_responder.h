// SPDX-License-Identifier: MIT
// Answers one request with a file, a redirect, or a page that says why not.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "http/stream.h"
#include "http2/frame_log.h"
#include "nghttpd/response_plan.h"
#include "nghttpd/service.h"

namespace nghttpd {

class FileResponder final : public http::Receiver {
 public:
  // `moment` is when the request's head arrived.
  FileResponder(Service& service, http::StreamPtr stream, std::shared_ptr<http2::FrameLog> log,
                FileCache::Time moment)
      : service_(service), stream_(std::move(stream)), log_(std::move(log)), moment_(moment) {}

  void on_head(http::Head&& head, http::End end) override;
  void on_body(http::Bytes chunk, http::End end) override;
  void on_trailers(http::Fields&& trailers) override;
  void on_done() override;
  void on_reset(const http::Reason& reason) override;

 private:
  void respond(FileCache::Time moment);
  void respond_with_file(const CachedFile& file, const std::string& path);
  void respond_with_page(int status, const http::Fields& extra = {});
  void redirect_to_directory();
  void send(http::Head&& head, std::unique_ptr<http::BodySource> body);
  void push_related();
  void note_closed();

  Service& service_;
  http::StreamPtr stream_;
  std::shared_ptr<http2::FrameLog> log_;
  http::Head request_;
  // Of the request, decoded and without query; with the name of the index for a directory.
  std::string path_;
  FileCache::Time moment_;
  std::int64_t id_ = -1;
  bool responded_ = false;
};

// A response head with what all responses have: server and date.
http::Head make_response(Service& service, int status);

}  // namespace nghttpd
