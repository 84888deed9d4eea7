// SPDX-License-Identifier: MIT
// Answers one request with a file, a redirect, or a page that says why not.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/stream.h"
#include "http2/frame_log.h"
#include "nghttpd/response_plan.h"
#include "nghttpd/service.h"

namespace nghttpd {

// Who serves the promised requests of a connection.
class PushHandler {
 public:
  virtual ~PushHandler() = default;

  virtual void serve_promise(http::Head&& request, http::StreamPtr stream) = 0;
};

class FileResponder final : public http::Receiver {
 public:
  // `moment` is when the request's head arrived.
  FileResponder(Service& service, PushHandler& pushes, http::StreamPtr stream,
                std::shared_ptr<http2::FrameLog> log, ResourceCache::Time moment)
      : service_(service),
        pushes_(pushes),
        stream_(std::move(stream)),
        log_(std::move(log)),
        moment_(moment) {}

  // Answers with a page, whatever else comes; `request` is what is known of it.
  void refuse(const http::Head& request, int status);

  void on_head(http::Head&& head, http::End end) override;
  void on_body(http::Bytes chunk, http::End end) override;
  void on_trailers(http::Fields&& trailers) override;
  void on_done() override;
  void on_reset(const http::Reason& reason) override;

 private:
  using BodyPtr = std::unique_ptr<http::BodySource>;

  void respond(const http::Head& request, ResourceCache::Time moment);
  void respond_with_file(const http::Head& request, const Conditions& conditions,
                         Resource& resource);
  void respond_with_form(const http::Head& request, const Conditions& conditions,
                         const Resource& resource, Form& form);
  void respond_with_whole(const http::Head& request, const Resource& resource, Form& form);
  void respond_with_parts(const http::Head& request, const Resource& resource, const Form& form,
                          const std::vector<http::ByteRange>& ranges);
  void respond_with_directory(const http::Head& request, const std::string& path);
  void respond_with_page(const http::Head& request, int status, const http::Fields& extra = {});
  void respond_with_html(const http::Head& request, http::Head&& head, std::string page);
  void redirect_to_directory(const http::Head& request);
  void send(const http::Head& request, http::Head&& head, BodyPtr body);
  void send_content(const http::Head& request, http::SharedHead head, BodyPtr body);
  void push_related(const http::Head& request);
  void note_closed();

  Service& service_;
  PushHandler& pushes_;
  http::StreamPtr stream_;
  std::shared_ptr<http2::FrameLog> log_;
  // Of a request that had not ended with its head.
  std::optional<http::Head> request_;
  ResourceCache::Time moment_;
  std::int64_t id_ = -1;
  bool responded_ = false;
};

}  // namespace nghttpd
