// SPDX-License-Identifier: MIT
// What the access log says of one request, and how a line of it looks.
#include "nghttpd/access_entry.h"

#include <nghttp2/nghttp2.h>

#include <cstdio>
#include <ctime>

#include "base/date.h"
#include "base/text.h"
#include "http2/frame_log.h"

namespace nghttpd {

namespace {

constexpr char kProtocol[] = "HTTP/2";
constexpr char kHexDigits[] = "0123456789ABCDEF";

std::string cut(std::string_view text) {
  if (text.size() <= AccessEntry::kMaxTextBytes) return std::string(text);
  return std::string(text.substr(0, AccessEntry::kMaxTextBytes)) + "...";
}

// For a place between quotation marks: nothing in it ends the place or the line.
void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  if (text.empty()) out += '-';
  for (const char c : text) {
    if (c >= ' ' && c <= '~' && c != '"' && c != '\\') {
      out += c;
      continue;
    }
    const auto octet = static_cast<std::uint8_t>(c);
    out += "\\x";
    out += kHexDigits[octet >> 4];
    out += kHexDigits[octet & 15];
  }
  out += '"';
}

// As the Common Log Format has it: "10/Oct/2000:13:55:36 -0700". Formatted once a second.
const std::string& common_log_time(std::chrono::system_clock::time_point time) {
  thread_local std::time_t last = -1;
  thread_local std::string text;
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  if (seconds == last) return text;
  std::tm local{};
  ::localtime_r(&seconds, &local);
  char buffer[64];
  text.assign(buffer, std::strftime(buffer, sizeof(buffer), "%d/%b/%Y:%H:%M:%S %z", &local));
  last = seconds;
  return text;
}

void append_combined(std::string& out, const AccessEntry& entry) {
  out += entry.client->address;
  out.append(" - - [").append(common_log_time(entry.time)).append("] ");
  const std::string& method = entry.method.empty() ? "-" : entry.method;
  append_quoted(out, method + " " + (entry.path.empty() ? "-" : entry.path) + " " + kProtocol);
  out.append(" ").append(entry.status == 0 ? "-" : std::to_string(entry.status));
  out.append(" ").append(std::to_string(entry.sent)).append(" ");
  append_quoted(out, entry.referer);
  out += ' ';
  append_quoted(out, entry.user_agent);
  out += '\n';
}

// The members of one JSON object.
class Members {
 public:
  explicit Members(std::string& out) : out_(out) { out_ += '{'; }

  void add(const char* name, std::string_view text) {
    begin(name);
    out_ += '"';
    base::append_json_escaped(out_, text);
    out_ += '"';
  }
  // Null if the text is empty.
  void add_if_any(const char* name, std::string_view text) {
    if (text.empty()) {
      add_raw(name, "null");
    } else {
      add(name, text);
    }
  }
  void add_number(const char* name, std::uint64_t number) { add_raw(name, std::to_string(number)); }
  void add_raw(const char* name, std::string_view json) {
    begin(name);
    out_ += json;
  }
  void end() { out_ += "}\n"; }

 private:
  void begin(const char* name) {
    if (out_.back() != '{') out_ += ", ";
    out_.append("\"").append(name).append("\": ");
  }

  std::string& out_;
};

std::string_view end_of(const AccessEntry& entry) {
  if (!entry.failure) return "finished";
  if (entry.is_reset_by_server) return "reset_by_server";
  return entry.failure->by_peer ? "reset_by_peer" : http::to_string(entry.failure->kind);
}

std::string seconds_text(std::chrono::steady_clock::duration duration) {
  char buffer[32];
  const double seconds = std::chrono::duration<double>(duration).count();
  return std::string(
      buffer, static_cast<std::size_t>(std::snprintf(buffer, sizeof(buffer), "%.6f", seconds)));
}

void append_json(std::string& out, const AccessEntry& entry, const std::string& run) {
  const ClientFacts& client = *entry.client;
  Members members(out);
  members.add("time", base::format_iso8601(entry.time));
  members.add("remote_addr", client.address);
  members.add_number("remote_port", client.port);
  members.add("request_id",
              run + "-" + std::to_string(client.connection) + "-" + std::to_string(entry.stream));
  members.add_number("connection", client.connection);
  members.add_number("stream", static_cast<std::uint64_t>(entry.stream));
  members.add_raw("pushed", entry.is_pushed ? "true" : "false");
  members.add_if_any("method", entry.method);
  members.add_if_any("scheme", entry.scheme);
  members.add_if_any("authority", entry.authority);
  members.add_if_any("path", entry.path);
  members.add("protocol", kProtocol);
  members.add_raw("status", entry.status == 0 ? "null" : std::to_string(entry.status));
  members.add_number("body_bytes_sent", entry.sent);
  members.add_number("body_bytes_received", entry.received);
  members.add_raw("duration", seconds_text(entry.duration));
  members.add_if_any("referer", entry.referer);
  members.add_if_any("user_agent", entry.user_agent);
  members.add_if_any("tls_version", client.tls_version);
  members.add_if_any("tls_cipher", client.tls_cipher);
  members.add("end", end_of(entry));
  const bool has_code = entry.failure && entry.failure->code != NGHTTP2_NO_ERROR;
  members.add_if_any("error_code", has_code ? http2::error_code_text(entry.failure->code) : "");
  members.add_if_any("reason", entry.failure ? entry.failure->text : "");
  members.end();
}

}  // namespace

AccessEntry AccessEntry::of(const http::Head& request) {
  AccessEntry entry;
  entry.time = std::chrono::system_clock::now();
  entry.begin = std::chrono::steady_clock::now();
  entry.method = cut(request.method);
  entry.scheme = cut(request.scheme);
  entry.authority = cut(request.authority);
  entry.path = cut(request.path);
  entry.referer = cut(request.fields.value("referer"));
  entry.user_agent = cut(request.fields.value("user-agent"));
  return entry;
}

void append_entry(std::string& out, const AccessEntry& entry, AccessLogFormat format,
                  const std::string& run) {
  if (format == AccessLogFormat::json) {
    append_json(out, entry, run);
  } else {
    append_combined(out, entry);
  }
}

}  // namespace nghttpd
