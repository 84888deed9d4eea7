// SPDX-License-Identifier: MIT
// Answers one request with a file, a redirect, or a page that says why not.
#include "nghttpd/file_responder.h"

#include <utility>

#include "base/text.h"
#include "nghttpd/directory_page.h"
#include "nghttpd/error_page.h"
#include "nghttpd/multipart.h"

namespace nghttpd {

namespace {

// Of the request, decoded and without query: what --header-for sees.
std::string rule_path(const http::Head& request) {
  return "/" + file_path(request.path).value_or("");
}

// Whether a target is a path already that file_path() would not change but for its slash.
bool is_plain(std::string_view target) {
  if (target.empty() || target.front() != '/') return false;
  char previous = 'x';
  for (const char c : target) {
    if (c == '?' || c == '#' || c == '%' || c == '\0') return false;
    if (previous == '/' && (c == '/' || c == '.')) return false;
    previous = c;
  }
  return true;
}

// RFC 9113 §8.3.1: with two names for the server none can be trusted.
bool is_ambiguous(const http::Head& request, const Conditions& conditions) {
  return conditions.host && !request.authority.empty() &&
         !base::equal_ignoring_case(*conditions.host, request.authority);
}

}  // namespace

void FileResponder::on_head(http::Head&& head, http::End end) {
  id_ = stream_->id();
  // A CONNECT request has no end to wait for.
  if (end == http::End::yes || head.is_tunnel_request() || service_.config().early_response) {
    respond(head, moment_);
  } else {
    request_ = std::move(head);
  }
}

void FileResponder::refuse(const http::Head& request, int status) {
  id_ = stream_->id();
  responded_ = true;
  respond_with_page(request, status);
}

void FileResponder::on_body(http::Bytes chunk, http::End end) {
  stream_->consume(chunk.size());
  if (end == http::End::yes && request_) respond(*request_, ResourceCache::Clock::now());
}

void FileResponder::on_trailers(http::Fields&&) {
  if (request_) respond(*request_, ResourceCache::Clock::now());
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

void FileResponder::respond(const http::Head& request, ResourceCache::Time moment) {
  if (std::exchange(responded_, true)) return;
  const std::string& method = request.method;
  if (method != "GET" && method != "HEAD" && method != "POST") {
    respond_with_page(request, 405, {{"allow", "GET, HEAD, POST"}});
    return;
  }
  const Conditions conditions(request.fields);
  std::string decoded;
  const bool needs_decoding = !is_plain(request.path);
  if (needs_decoding) {
    const auto path = file_path(request.path);
    if (path) decoded = "/" + *path;
  }
  const std::string& path = needs_decoding ? decoded : request.path;
  if (path.empty() || is_ambiguous(request, conditions)) {
    respond_with_page(request, 400);
    return;
  }
  const ResourcePtr resource = service_.resources().find(path, moment);
  switch (resource->status) {
    case OpenStatus::file: respond_with_file(request, conditions, *resource); break;
    case OpenStatus::directory: respond_with_directory(request, path); break;
    case OpenStatus::not_found: respond_with_page(request, 404); break;
    case OpenStatus::forbidden: respond_with_page(request, 403); break;
    case OpenStatus::failed: respond_with_page(request, 500); break;
  }
}

void FileResponder::respond_with_file(const http::Head& request, const Conditions& conditions,
                                      Resource& resource) {
  // Without siblings and without a wish that could exclude the file there is no choice.
  if (resource.forms.size() == 1 && !may_exclude_identity(conditions.accept_encoding)) {
    respond_with_form(request, conditions, resource, resource.forms.front());
    return;
  }
  Form* const form = resource.choose(parse_accept_encoding(conditions.accept_encoding));
  if (form == nullptr) {
    respond_with_page(request, 406, {{"vary", "accept-encoding"}});
    return;
  }
  respond_with_form(request, conditions, resource, *form);
}

void FileResponder::respond_with_form(const http::Head& request, const Conditions& conditions,
                                      const Resource& resource, Form& form) {
  const ResponsePlan plan = plan_response(request.method, conditions, form.size,
                                          {form.entity_tag, resource.modified}, std::time(nullptr));
  if (plan.status == 416) {
    respond_with_page(request, 416, {{"content-range", "bytes */" + std::to_string(form.size)}});
    return;
  }
  if (plan.status == 412) {
    respond_with_page(request, 412);
    return;
  }
  push_related(request);
  if (plan.status == 200) {
    respond_with_whole(request, resource, form);
  } else if (plan.status == 206) {
    respond_with_parts(request, resource, form, plan.ranges);
  } else {
    http::Head head = service_.form_response(plan.status, resource, form);
    service_.config().headers.apply("/" + resource.path, head.fields);
    send_content(request, std::make_shared<http::Head>(std::move(head)), nullptr);
  }
}

void FileResponder::respond_with_whole(const http::Head& request, const Resource& resource,
                                       Form& form) {
  send_content(request, service_.whole_response(resource, form), form_body(form, 0, form.size));
}

void FileResponder::respond_with_parts(const http::Head& request, const Resource& resource,
                                       const Form& form,
                                       const std::vector<http::ByteRange>& ranges) {
  http::Head head = service_.form_response(206, resource, form);
  service_.config().headers.apply("/" + resource.path, head.fields);
  BodyPtr body;
  if (ranges.size() == 1) {
    head.fields.set("content-range", content_range(ranges.front(), form.size));
    body = form_body(form, ranges.front().offset, ranges.front().length);
  } else {
    const std::string boundary = make_boundary();
    body = multipart_body(form, head.fields.value("content-type"), ranges, boundary);
    head.fields.set("content-type", "multipart/byteranges; boundary=" + boundary);
  }
  if (!service_.config().no_content_length) {
    head.fields.add("content-length", std::to_string(body->remaining()));
  }
  send_content(request, std::make_shared<http::Head>(std::move(head)), std::move(body));
}

void FileResponder::respond_with_directory(const http::Head& request, const std::string& path) {
  if (path.back() != '/') {
    redirect_to_directory(request);
    return;
  }
  const auto page = service_.config().list_directory
                        ? directory_page(service_.root(), path, service_.config().port)
                        : std::nullopt;
  if (!page) {
    respond_with_page(request, 404);
    return;
  }
  http::Head head = service_.make_response(200);
  head.fields.add("cache-control", "no-cache");
  respond_with_html(request, std::move(head), *page);
}

void FileResponder::respond_with_page(const http::Head& request, int status,
                                      const http::Fields& extra) {
  http::Head head = service_.make_response(status);
  for (const http::Field& field : extra)
    head.fields.add(field.name, field.value);
  std::string page = error_page(status, service_.config().port);
  const http::Field* const accepted = request.fields.find("accept-encoding");
  if (service_.config().error_gzip &&
      accepts_gzip(accepted ? accepted->value : "", accepted != nullptr)) {
    std::string compressed = gzip(page);
    if (!compressed.empty()) {
      page = std::move(compressed);
      head.fields.add("content-encoding", "gzip");
    }
  }
  respond_with_html(request, std::move(head), std::move(page));
}

void FileResponder::respond_with_html(const http::Head& request, http::Head&& head,
                                      std::string page) {
  head.fields.add("content-type", "text/html; charset=UTF-8");
  send(request, std::move(head), std::make_unique<http::TextBody>(std::move(page)));
}

void FileResponder::redirect_to_directory(const http::Head& request) {
  http::Head head = service_.make_response(301);
  const std::size_t end = request.path.find_first_of("?#");
  std::string location = request.path.substr(0, end) + "/";
  if (end != std::string::npos) location += request.path.substr(end);
  const std::string authority =
      request.authority.empty() ? std::string(request.fields.value("host")) : request.authority;
  // A path that begins with "//" would name another server, were it not for the authority.
  if (authority.empty()) {
    location.erase(0, location.find_first_not_of('/') - 1);
  } else {
    location = request.scheme + "://" + authority + location;
  }
  head.fields.add("location", std::move(location));
  send(request, std::move(head), nullptr);
}

// Completes a head that is not about a file.
void FileResponder::send(const http::Head& request, http::Head&& head, BodyPtr body) {
  const Config& config = service_.config();
  if (body != nullptr && !config.no_content_length) {
    head.fields.add("content-length", std::to_string(body->remaining()));
  }
  if (body != nullptr && !config.trailers.empty()) {
    head.fields.add("trailer", trailer_names(config.trailers));
  }
  config.headers.apply(rule_path(request), head.fields);
  send_content(request, std::make_shared<http::Head>(std::move(head)), std::move(body));
}

void FileResponder::send_content(const http::Head& request, http::SharedHead head, BodyPtr body) {
  const http::Fields& trailers = service_.config().trailers;
  const bool has_content =
      body != nullptr && !http::response_has_no_content(request.method, head->status);
  if (!has_content || (body->remaining() == 0 && trailers.empty())) {
    stream_->send_shared_head(std::move(head), http::End::yes);
    return;
  }
  stream_->send_shared_head(std::move(head), http::End::no);
  stream_->send_source(std::move(body), trailers.empty() ? http::End::yes : http::End::no);
  if (!trailers.empty()) stream_->send_trailers(trailers);
}

// Promises what the push map lists for this path, before the response refers to it.
void FileResponder::push_related(const http::Head& request) {
  if (service_.config().push.empty() || request.method != "GET") return;
  const std::string_view path =
      std::string_view(request.path).substr(0, request.path.find_first_of("?#"));
  const auto rule = service_.config().push.find(path);
  if (rule == service_.config().push.end()) return;
  for (const std::string& pushed_path : rule->second) {
    http::Head promised = http::request_head("GET", request.scheme, request.authority, pushed_path);
    http::StreamPtr stream = stream_->push(promised);
    if (stream == nullptr) return;
    pushes_.serve_promise(std::move(promised), std::move(stream));
  }
}

}  // namespace nghttpd
