// SPDX-License-Identifier: MIT
// Receives the response to one request.
#include "nghttp/download.h"

#include <utility>

#include "base/log.h"
#include "base/number.h"
#include "base/text.h"

namespace nghttp {

namespace {

constexpr std::chrono::seconds kContinueTime(1);

bool is_html(std::string_view content_type) {
  const std::string_view type = base::trim(content_type.substr(0, content_type.find(';')));
  return base::equal_ignoring_case(type, "text/html") ||
         base::equal_ignoring_case(type, "application/xhtml+xml");
}

}  // namespace

Download::Download(const DownloadParts& parts, Request& request, http::StreamPtr stream)
    : parts_(parts),
      request_(request),
      stream_(std::move(stream)),
      timeout_(parts.loop,
               [this] {
                 give_up({http::ReasonKind::timeout, 0,
                          "timed out after " + base::format_duration(parts_.config.timeout)});
               }),
      continue_timer_(parts.loop, [this] { send_content(); }) {}

void Download::send(const http::Head& head) {
  content_pending_ = parts_.upload != nullptr;
  await();
  stream_->send_head(head, content_pending_ ? http::End::no : http::End::yes);
  request_.stream_id = stream_->id();
  if (!content_pending_) return;
  if (parts_.config.expect_continue) {
    continue_timer_.start(kContinueTime);
  } else {
    send_content();
  }
}

void Download::await() {
  request_.started = std::chrono::steady_clock::now();
  request_.stream_id = stream_->id();
  if (parts_.config.timeout.count() > 0) timeout_.start(parts_.config.timeout);
}

void Download::send_content() {
  continue_timer_.stop();
  if (!std::exchange(content_pending_, false)) return;
  const http::Fields& trailers = parts_.config.trailers;
  stream_->send_source(parts_.upload->body(), trailers.empty() ? http::End::yes : http::End::no);
  if (!trailers.empty()) stream_->send_trailers(trailers);
}

void Download::on_head(http::Head&& head, http::End end) {
  if (head.is_informational()) {
    if (head.status == 100) send_content();
    if (head.status == 103) read_links(head.fields);
    return;
  }
  request_.status = head.status;
  if (request_.record) {
    request_.record->responded = std::chrono::steady_clock::now();
    request_.record->response = head;
  }
  continue_timer_.stop();
  if (const std::string problem = begin_content(head.fields); !problem.empty()) {
    give_up({is_kept_ ? http::ReasonKind::protocol : http::ReasonKind::internal, 0, problem});
  } else if (end == http::End::yes) {
    finish_message();
  } else if (request_.status < 300) {
    // A server that does not know 100 (Continue) may wait for what it was promised.
    send_content();
  }
}

std::string Download::begin_content(const http::Fields& fields) {
  auto decoder = ContentDecoder::create(fields, parts_.config.decompress);
  if (!decoder) return decoder.error();
  decoder_ = *std::move(decoder);
  if (!request_.file.empty()) {
    auto file = SavedFile::create(request_.file);
    is_kept_ = file.ok();
    if (!is_kept_) return file.error();
    file_ = *std::move(file);
  }
  const bool is_redirect = request_.status >= 300 && request_.status < 400;
  if (is_redirect) return {};
  is_html_ = wants_assets() && is_html(fields.value("content-type"));
  read_links(fields);
  return {};
}

// What a page brings along brings nothing along itself.
bool Download::wants_assets() const {
  return parts_.config.get_assets && !request_.asset && !request_.is_pushed;
}

void Download::read_links(const http::Fields& fields) {
  if (!wants_assets()) return;
  if (!asset_finder_) asset_finder_ = std::make_unique<AssetFinder>(request_.url);
  asset_finder_->read_links(fields);
  report_assets();
}

void Download::on_body(http::Bytes chunk, http::End end) {
  if (ended_) return;
  const http::StreamPtr stream = stream_;
  request_.body_bytes += chunk.size();
  if (const std::string problem = receive_content(chunk); !problem.empty()) {
    give_up({is_kept_ ? http::ReasonKind::protocol : http::ReasonKind::internal, 0, problem});
    return;
  }
  stream->consume(chunk.size());
  if (end == http::End::yes) finish_message();
}

std::string Download::receive_content(http::Bytes chunk) {
  if (!decoder_) return keep(chunk);
  return decoder_->decode(chunk, [this](http::Bytes content) { return keep(content); });
}

// Content goes on to its place piece by piece: no more of it is held than one piece.
std::string Download::keep(http::Bytes content) {
  if (request_.record) request_.record->content_bytes += content.size();
  if (file_) {
    const auto written = file_->write(content);
    is_kept_ = written.ok();
    if (!is_kept_) return written.error();
  } else if (!parts_.config.null_out) {
    parts_.output.write(content);
    is_kept_ = !parts_.output.has_failed();
    if (!is_kept_) return parts_.output.error();
  }
  if (is_html_) {
    asset_finder_->feed(base::as_text(content));
    report_assets();
  }
  return {};
}

void Download::report_assets() {
  for (const std::string& complaint : asset_finder_->take_complaints())
    base::log_warning(request_.url.to_string() + " " + complaint);
  auto assets = asset_finder_->take();
  if (!assets.empty()) parts_.owner.assets_found(request_, std::move(assets));
}

void Download::on_trailers(http::Fields&&) {
  finish_message();
}

void Download::finish_message() {
  if (decoder_ && !decoder_->is_complete()) {
    end({http::ReasonKind::protocol, 0, "the coded content is cut short"});
    return;
  }
  if (is_html_) {
    asset_finder_->end();
    report_assets();
  }
  if (file_) {
    if (const auto closed = file_->close(); !closed) {
      end({http::ReasonKind::internal, 0, closed.error()});
      return;
    }
  }
  end({});
}

void Download::on_sent() {
  if (!request_.record) return;
  request_.record->sent = std::chrono::steady_clock::now();
  request_.record->sent_bytes = parts_.upload == nullptr ? 0 : parts_.upload->size();
}

void Download::on_done() {
  end({});
}

void Download::on_reset(const http::Reason& reason) {
  end(reason);
}

// The server has answered without the content (RFC 9110 §10.1.1), and is not to wait for it.
void Download::give_content_up() {
  content_pending_ = false;
  const http::StreamPtr stream = stream_;
  stream->reset({http::ReasonKind::canceled, 0, "the content is not sent"});
}

void Download::give_up(const http::Reason& reason) {
  // Resetting lets go of the receiver, which is this object.
  const auto guard = shared_from_this();
  const http::StreamPtr stream = stream_;
  if (stream) stream->reset(reason);
  end(reason);
}

void Download::end(const http::Reason& reason) {
  if (std::exchange(ended_, true)) return;
  const auto guard = shared_from_this();
  if (content_pending_) give_content_up();
  timeout_.stop();
  continue_timer_.stop();
  request_.ended = std::chrono::steady_clock::now();
  request_.complete = reason.text.empty();
  request_.failed = !request_.complete;
  request_.failure = reason.kind;
  if (request_.record) request_.record->failure = reason.text;
  if (request_.failed && file_) {
    base::log_warning(file_->path() + " is incomplete: it holds the first " +
                      std::to_string(file_->size()) + " bytes");
  }
  parts_.owner.download_ended(request_, reason.text);
}

}  // namespace nghttp
