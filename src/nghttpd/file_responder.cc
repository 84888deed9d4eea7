// SPDX-License-Identifier: MIT
// Answers one request with a file, a redirect, or a page that says why not.
#include "nghttpd/file_responder.h"

#include <nghttp2/nghttp2.h>

#include <utility>

#include "base/random.h"
#include "base/text.h"
#include "nghttpd/error_page.h"

namespace nghttpd {

namespace {

using BodyPtr = std::unique_ptr<http::BodySource>;

std::string content_range(const http::ByteRange& range, std::uint64_t size) {
  return "bytes " + std::to_string(range.offset) + "-" +
         std::to_string(range.offset + range.length - 1) + "/" + std::to_string(size);
}

BodyPtr part_body(const CachedFile& file, const http::ByteRange& range) {
  if (file.content) {
    return std::make_unique<http::SharedTextBody>(file.content, range.offset, range.length);
  }
  return std::make_unique<http::FileBody>(file.fd, range.offset, range.length);
}

// RFC 9110 §14.6.
BodyPtr multipart_body(const CachedFile& file, std::string_view media_type,
                       const std::vector<http::ByteRange>& ranges, const std::string& boundary) {
  auto body = std::make_unique<http::ChainBody>();
  for (const http::ByteRange& range : ranges) {
    std::string head = "\r\n--" + boundary + "\r\n";
    if (!media_type.empty()) head += "Content-Type: " + std::string(media_type) + "\r\n";
    head += "Content-Range: " + content_range(range, file.size) + "\r\n\r\n";
    body->append(std::make_unique<http::TextBody>(std::move(head)));
    body->append(part_body(file, range));
  }
  body->append(std::make_unique<http::TextBody>("\r\n--" + boundary + "--\r\n"));
  return body;
}

std::string make_boundary() {
  std::uint8_t octets[16];
  base::fill_random(octets);
  return base::to_hex(octets);
}

// The content for a 200 or 206 response, and the fields that describe it.
BodyPtr add_content(http::Head& head, const CachedFile& file, std::string_view media_type,
                    const std::vector<http::ByteRange>& ranges) {
  if (ranges.size() > 1) {
    const std::string boundary = make_boundary();
    head.fields.add("content-type", "multipart/byteranges; boundary=" + boundary);
    return multipart_body(file, media_type, ranges, boundary);
  }
  if (!media_type.empty()) head.fields.add("content-type", std::string(media_type));
  if (ranges.empty()) return part_body(file, {0, file.size});
  head.fields.add("content-range", content_range(ranges.front(), file.size));
  return part_body(file, ranges.front());
}

}  // namespace

http::Head make_response(Service& service, int status) {
  http::Head head = http::response_head(status);
  head.fields.reserve(8);
  head.fields.add("server", "nghttpd nghttp2/" NGHTTP2_VERSION);
  head.fields.add("date", service.date());
  return head;
}

void FileResponder::on_head(http::Head&& head, http::End end) {
  id_ = stream_->id();
  request_ = std::move(head);
  // A CONNECT request has no end to wait for.
  const bool is_tunnel = request_.is_tunnel_request();
  if (end == http::End::yes || is_tunnel || service_.config().early_response) respond(moment_);
}

void FileResponder::on_body(http::Bytes chunk, http::End end) {
  stream_->consume(chunk.size());
  if (end == http::End::yes) respond(FileCache::Clock::now());
}

void FileResponder::on_trailers(http::Fields&&) {
  respond(FileCache::Clock::now());
}

void FileResponder::on_done() {
  note_closed();
}

void FileResponder::on_reset(const http::Reason&) {
  note_closed();
}

void FileResponder::note_closed() {
  if (log_) log_->note("stream_id=" + std::to_string(id_) + " closed");
  stream_.reset();
}

void FileResponder::respond(FileCache::Time moment) {
  if (std::exchange(responded_, true)) return;
  auto path = file_path(request_.path);
  path_ = "/" + path.value_or("");
  const std::string& method = request_.method;
  if (method != "GET" && method != "HEAD" && method != "POST") {
    respond_with_page(405, {{"allow", "GET, HEAD, POST"}});
    return;
  }
  // RFC 9113 §8.3.1: with two names for the server none can be trusted.
  const http::Field* host = request_.fields.find("host");
  const bool is_ambiguous = host != nullptr && !request_.authority.empty() &&
                            !base::equal_ignoring_case(host->value, request_.authority);
  if (!path || is_ambiguous) {
    respond_with_page(400);
    return;
  }
  CachedFilePtr file = service_.files().open_file(*path, moment);
  if (file->status == OpenStatus::directory) {
    if (!path->empty() && path->back() != '/') {
      redirect_to_directory();
      return;
    }
    *path += "index.html";
    path_ = "/" + *path;
    file = service_.files().open_file(*path, moment);
  }
  switch (file->status) {
    case OpenStatus::file: respond_with_file(*file, *path); break;
    case OpenStatus::directory:
    case OpenStatus::not_found: respond_with_page(404); break;
    case OpenStatus::forbidden: respond_with_page(403); break;
    case OpenStatus::failed: respond_with_page(500); break;
  }
}

void FileResponder::respond_with_file(const CachedFile& file, const std::string& path) {
  const ResponsePlan plan =
      plan_response(request_.method, request_.fields, file.size, file.modified, std::time(nullptr));
  if (plan.status == 416) {
    respond_with_page(416, {{"content-range", "bytes */" + std::to_string(file.size)}});
    return;
  }
  push_related();
  http::Head head = make_response(service_, plan.status);
  head.fields.add("cache-control", "max-age=3600");
  head.fields.add("last-modified", file.last_modified);
  if (plan.status == 304) {
    send(std::move(head), nullptr);
    return;
  }
  head.fields.add("accept-ranges", "bytes");
  BodyPtr body = add_content(head, file, service_.media_types().find(path), plan.ranges);
  send(std::move(head), std::move(body));
}

void FileResponder::respond_with_page(int status, const http::Fields& extra) {
  http::Head head = make_response(service_, status);
  head.fields.add("content-type", "text/html; charset=UTF-8");
  for (const http::Field& field : extra)
    head.fields.add(field.name, field.value);
  std::string page = error_page(status, service_.config().port);
  const bool gzip_allowed = accepts_gzip(request_.fields.value("accept-encoding"),
                                         request_.fields.has("accept-encoding"));
  if (service_.config().error_gzip && gzip_allowed) {
    std::string compressed = gzip(page);
    if (!compressed.empty()) {
      page = std::move(compressed);
      head.fields.add("content-encoding", "gzip");
    }
  }
  send(std::move(head), std::make_unique<http::TextBody>(std::move(page)));
}

void FileResponder::redirect_to_directory() {
  http::Head head = make_response(service_, 301);
  const std::size_t end = request_.path.find_first_of("?#");
  std::string location = request_.path.substr(0, end) + "/";
  if (end != std::string::npos) location += request_.path.substr(end);
  const std::string authority =
      request_.authority.empty() ? std::string(request_.fields.value("host")) : request_.authority;
  // A path that begins with "//" would name another server, were it not for the authority.
  if (authority.empty()) {
    location.erase(0, location.find_first_not_of('/') - 1);
  } else {
    location = request_.scheme + "://" + authority + location;
  }
  head.fields.add("location", std::move(location));
  send(std::move(head), nullptr);
}

void FileResponder::send(http::Head&& head, BodyPtr body) {
  const Config& config = service_.config();
  config.headers.apply(path_, head.fields);
  const bool has_content =
      body != nullptr && !http::response_has_no_content(request_.method, head.status);
  if (body != nullptr && !config.no_content_length) {
    head.fields.add("content-length", std::to_string(body->remaining()));
  }
  const bool has_trailers = has_content && !config.trailers.empty();
  if (has_trailers) {
    std::string names;
    for (const http::Field& field : config.trailers) {
      names += (names.empty() ? "" : ", ") + field.name;
    }
    head.fields.add("trailer", std::move(names));
  }
  const bool is_empty = has_content && body->remaining() == 0 && !has_trailers;
  if (!has_content || is_empty) {
    stream_->send_head(head, http::End::yes);
    return;
  }
  stream_->send_head(head, http::End::no);
  stream_->send_source(std::move(body), has_trailers ? http::End::no : http::End::yes);
  if (has_trailers) stream_->send_trailers(config.trailers);
}

// Promises what the push map lists for this path, before the response refers to it.
void FileResponder::push_related() {
  if (request_.method != "GET") return;
  const std::string_view path =
      std::string_view(request_.path).substr(0, request_.path.find_first_of("?#"));
  const auto rule = service_.config().push.find(path);
  if (rule == service_.config().push.end()) return;
  for (const std::string& pushed_path : rule->second) {
    http::Head promised =
        http::request_head("GET", request_.scheme, request_.authority, pushed_path);
    const http::StreamPtr stream = stream_->push(promised);
    if (stream == nullptr) return;
    const auto responder = std::make_shared<FileResponder>(service_, stream, log_, moment_);
    stream->receive_with(responder);
    responder->on_head(std::move(promised), http::End::yes);
  }
}

}  // namespace nghttpd
