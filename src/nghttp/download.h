// SPDX-License-Identifier: MIT
// Receives the response to one request: decodes, prints, looks for assets, keeps the time.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "http/stream.h"
#include "net/loop.h"
#include "nghttp/assets.h"
#include "nghttp/config.h"
#include "nghttp/content_decoder.h"
#include "nghttp/output.h"
#include "nghttp/request.h"
#include "nghttp/saved_file.h"
#include "nghttp/upload.h"

namespace nghttp {

// What downloads tell the client they belong to.
class DownloadOwner {
 public:
  virtual ~DownloadOwner() = default;

  // The request is over, in one way or the other; `reason` is empty if it was answered in full.
  virtual void download_ended(Request& request, const std::string& reason) = 0;
  virtual void assets_found(const Request& page, std::vector<Asset> assets) = 0;
};

struct DownloadParts {
  net::EventLoop& loop;
  const Config& config;
  Output& output;
  DownloadOwner& owner;
  // nullptr without content to send.
  const Upload* upload = nullptr;
};

class Download final : public http::Receiver, public std::enable_shared_from_this<Download> {
 public:
  Download(const DownloadParts& parts, Request& request, http::StreamPtr stream);

  // Sends the request, with its content if there is any.
  void send(const http::Head& head);
  // The request has been sent by other means, or by nobody: only the response is awaited.
  void await();

  void on_head(http::Head&& head, http::End end) override;
  void on_body(http::Bytes chunk, http::End end) override;
  void on_trailers(http::Fields&& trailers) override;
  void on_sent() override;
  void on_done() override;
  void on_reset(const http::Reason& reason) override;

 private:
  void send_content();
  void give_content_up();
  // These return "" or why the request fails.
  std::string begin_content(const http::Fields& fields);
  std::string receive_content(http::Bytes chunk);
  std::string keep(http::Bytes content);
  bool wants_assets() const;
  void read_links(const http::Fields& fields);
  void report_assets();
  void finish_message();
  // A reason without text means that all went well.
  void end(const http::Reason& reason);
  void give_up(const http::Reason& reason);

  DownloadParts parts_;
  Request& request_;
  http::StreamPtr stream_;
  net::Timer timeout_;
  // How long to wait for 100 (Continue).
  net::Timer continue_timer_;
  bool content_pending_ = false;
  std::unique_ptr<ContentDecoder> decoder_;
  std::unique_ptr<AssetFinder> asset_finder_;
  bool is_html_ = false;
  std::optional<SavedFile> file_;
  // False once content had no place to go: that is no fault of the server.
  bool is_kept_ = true;
  bool ended_ = false;
};

}  // namespace nghttp
