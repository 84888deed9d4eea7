// SPDX-License-Identifier: MIT
// The run as an HTTP Archive, version 1.2.
#include "nghttp/har.h"

#include <config.h>

#ifdef HAVE_JANSSON

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <utility>

#include "base/date.h"
#include "base/text.h"
#include "json/value.h"
#include "nghttp/phases.h"

namespace nghttp {

namespace {

constexpr char kPageId[] = "page_0";
constexpr char kPushed[] = "Pushed Object";
// HAR's word for a number that is not known.
json::Value unknown() {
  return json::checked(json_integer(-1));
}

json::Value pair(std::string_view name, std::string_view value) {
  json::Value out = json::object();
  set(out, "name", name);
  set(out, "value", value);
  return out;
}

double milliseconds(Phases::Span span) {
  return std::chrono::duration<double, std::milli>(span).count();
}

// "a=b; c=d", or one set-cookie with its attributes left out.
void append_cookies(const json::Value& out, std::string_view text, bool is_list) {
  for (const std::string_view part : base::split_list(text, ';')) {
    const std::size_t equals = std::min(part.find('='), part.size());
    append(out, pair(base::trim(part.substr(0, equals)),
                     base::trim(part.substr(std::min(equals + 1, part.size())))));
    if (!is_list) return;
  }
}

std::string decoded(std::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  auto result = base::percent_decode(spaced);
  return result ? *std::move(result) : std::string(text);
}

json::Value query_json(const base::Url& url) {
  json::Value out = json::array();
  if (!url.query || url.query->empty()) return out;
  for (const std::string_view part : base::split(*url.query, '&')) {
    const std::size_t equals = std::min(part.find('='), part.size());
    append(out, pair(decoded(part.substr(0, equals)),
                     decoded(part.substr(std::min(equals + 1, part.size())))));
  }
  return out;
}

// What requests and responses have in common. Pseudo-fields come first among the headers.
json::Value message_json(std::initializer_list<std::pair<const char*, std::string_view>> pseudo,
                         const http::Fields& fields, const char* cookie_field,
                         std::string_view protocol) {
  json::Value out = json::object();
  json::Value headers = json::array();
  for (const auto& [name, value] : pseudo) {
    if (!value.empty()) append(headers, pair(name, value));
  }
  json::Value cookies = json::array();
  for (const http::Field& field : fields) {
    append(headers, pair(field.name, field.value));
    if (field.name == cookie_field) {
      append_cookies(cookies, field.value, field.name == "cookie");
    }
  }
  set(out, "headers", std::move(headers));
  set(out, "httpVersion", protocol);
  set(out, "cookies", std::move(cookies));
  // The octets of a compressed head depend on those before it.
  set(out, "headersSize", unknown());
  return out;
}

json::Value request_json(const Request& request, std::string_view protocol) {
  const RequestRecord& record = *request.record;
  const http::Head& head = record.request;
  json::Value out = message_json({{":method", head.method},
                                  {":path", head.path},
                                  {":scheme", head.scheme},
                                  {":authority", head.authority}},
                                 head.fields, "cookie", protocol);
  set(out, "method", std::string_view(head.method));
  set(out, "url", std::string_view(request.url.to_string()));
  set(out, "queryString", query_json(request.url));
  set(out, "bodySize", record.sent_bytes ? json::number(*record.sent_bytes) : unknown());
  return out;
}

json::Value response_json(const Request& request, std::string_view protocol,
                          const std::string& failure) {
  const RequestRecord& record = *request.record;
  const http::Head& head = record.response;
  const std::string status = head.status == 0 ? "" : std::to_string(head.status);
  json::Value out = message_json({{":status", status}}, head.fields, "set-cookie",
                                 head.status == 0 ? "" : protocol);
  set(out, "status", static_cast<std::size_t>(head.status));
  set(out, "statusText", std::string_view());
  set(out, "redirectURL", head.fields.value("location"));
  const bool is_coded = record.content_bytes != request.body_bytes;
  json::Value content = json::object();
  set(content, "size", static_cast<std::size_t>(record.content_bytes));
  set(content, "mimeType", head.fields.value("content-type"));
  if (is_coded) {
    set(content, "compression",
        json::checked(json_integer(static_cast<json_int_t>(record.content_bytes) -
                                   static_cast<json_int_t>(request.body_bytes))));
  }
  set(out, "content", std::move(content));
  set(out, "bodySize", json::number(request.body_bytes));
  if (!failure.empty()) set(out, "_error", std::string_view(failure));
  return out;
}

json::Value timings_json(const Phases& phases, bool is_secure) {
  json::Value out = json::object();
  set(out, "dns", json::real(milliseconds(phases.resolve)));
  set(out, "connect", json::real(milliseconds(phases.connect + phases.secure)));
  if (is_secure) set(out, "ssl", json::real(milliseconds(phases.secure)));
  set(out, "blocked", json::real(milliseconds(phases.blocked)));
  set(out, "send", json::real(milliseconds(phases.send)));
  set(out, "wait", json::real(milliseconds(phases.wait)));
  set(out, "receive", json::real(milliseconds(phases.receive)));
  return out;
}

json::Value entry_json(const Journal& journal, const ConnectionRecord& connection,
                       const Request& request, bool is_first) {
  const Phases phases = phases_of(connection, request, is_first);
  json::Value out = json::object();
  set(out, "startedDateTime",
      std::string_view(base::format_iso8601(journal.time_of_day(phases.begin))));
  set(out, "time", json::real(milliseconds(phases.total())));
  set(out, "comment", std::string_view(request.is_pushed ? kPushed : ""));
  set(out, "request", request_json(request, connection.protocol));
  set(out, "response",
      response_json(request, connection.protocol, failure_of(connection, request)));
  set(out, "cache", json::object());
  set(out, "timings", timings_json(phases, !connection.security.empty()));
  set(out, "pageref", std::string_view(kPageId));
  // Streams are what tells the requests of nghttp apart.
  const std::string stream = request.stream_id < 0 ? "" : std::to_string(request.stream_id);
  set(out, "connection", std::string_view(stream));
  if (!connection.peer.empty()) set(out, "serverIPAddress", std::string_view(connection.address));
  return out;
}

json::Value page_json(const Journal& journal) {
  json::Value page = json::object();
  set(page, "startedDateTime",
      std::string_view(base::format_iso8601(journal.time_of_day(journal.began()))));
  set(page, "id", std::string_view(kPageId));
  set(page, "title", std::string_view());
  set(page, "pageTimings", json::object());
  return page;
}

}  // namespace

bool can_write_har() {
  return true;
}

std::string format_har(const Journal& journal) {
  json::Value creator = json::object();
  set(creator, "name", std::string_view("nghttp"));
  set(creator, "version", std::string_view(NGHTTP2_VERSION));
  json::Value pages = json::array();
  append(pages, page_json(journal));
  json::Value entries = json::array();
  for (const Session& session : journal.sessions()) {
    bool is_first = true;
    for (const Request& request : session.requests) {
      if (!request.record) continue;
      append(entries,
             entry_json(journal, session.connection, request, std::exchange(is_first, false)));
    }
  }
  json::Value log = json::object();
  set(log, "version", std::string_view("1.2"));
  set(log, "creator", std::move(creator));
  set(log, "pages", std::move(pages));
  set(log, "entries", std::move(entries));
  json::Value out = json::object();
  set(out, "log", std::move(log));
  return json::dump(out, JSON_INDENT(2)) + "\n";
}

}  // namespace nghttp

#else

namespace nghttp {

bool can_write_har() {
  return false;
}

std::string format_har(const Journal&) {
  return {};
}

}  // namespace nghttp

#endif
