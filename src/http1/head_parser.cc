// SPDX-License-Identifier: MIT
// Reads the head of a request or a response, or trailers.
#include "http1/head_parser.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "base/url.h"
#include "http1/syntax.h"

namespace http1 {

namespace {

// How much of a bad line an error shows.
constexpr std::size_t kShownBytes = 64;

std::string shown(std::string_view text) {
  return base::quote(text, kShownBytes);
}

// Fields that decide where a message ends or whom it is for: no trailer may say so afterwards
// (RFC 9110 §6.5.1).
bool is_forbidden_trailer(std::string_view name) {
  return name == "content-length" || name == "transfer-encoding" || name == "host";
}

}  // namespace

HeadParser::HeadParser(MessageKind kind, const Limits& limits)
    : kind_(kind), limits_(limits), start_line_seen_(kind == MessageKind::trailers) {}

std::size_t HeadParser::feed(std::string_view input) {
  std::size_t taken = 0;
  while (state_ == State::incomplete) {
    const std::string_view rest = input.substr(taken);
    const std::size_t end = rest.find('\n', searched_);
    if (end == std::string_view::npos) {
      searched_ = rest.size();
      check_beginning(rest);
      check_length(rest.size());
      break;
    }
    searched_ = 0;
    check_beginning(rest);
    check_length(end + 1);
    if (failed()) break;
    taken += end + 1;
    taken_ += end + 1;
    if (end == 0 || rest[end - 1] != '\r') {
      refuse(400, "a line ends without CR: " + shown(rest.substr(0, end)));
      break;
    }
    take_line(rest.substr(0, end - 1));
  }
  return taken;
}

// Not everything that is no HTTP has lines: a peer that waits for our answer is not waited for.
void HeadParser::check_beginning(std::string_view input) {
  if (start_line_seen_ || input.empty() || failed()) return;
  constexpr std::string_view kProtocol = "HTTP/1.";
  const std::string_view front = input.substr(0, kProtocol.size());
  if (kind_ == MessageKind::response && !kProtocol.starts_with(front)) {
    refuse(502, "not an HTTP/1.1 response: " + shown(input));
  }
  const bool is_method = input == "\r" || input.starts_with("\r\n") || is_token(input.substr(0, 1));
  if (kind_ == MessageKind::request && !is_method) {
    refuse(400, "not an HTTP/1.1 request: " + shown(input));
  }
}

void HeadParser::check_length(std::size_t pending) {
  if (failed()) return;
  if (!start_line_seen_ && pending > limits_.max_start_line_bytes) {
    refuse(414, "the first line is longer than " + std::to_string(limits_.max_start_line_bytes) +
                    " bytes");
  } else if (taken_ + pending > limits_.max_head_bytes) {
    refuse(431, "the head is larger than " + std::to_string(limits_.max_head_bytes) + " bytes");
  }
}

void HeadParser::refuse(int status, std::string text) {
  state_ = State::malformed;
  fault_ = Fault{status, std::move(text)};
}

void HeadParser::take_line(std::string_view line) {
  if (start_line_seen_) {
    if (line.empty()) {
      finish();
    } else {
      take_field_line(line);
    }
  } else if (line.empty() && kind_ == MessageKind::request && !empty_line_skipped_) {
    empty_line_skipped_ = true;
  } else {
    start_line_seen_ = true;
    if (kind_ == MessageKind::request) {
      take_request_line(line);
    } else {
      take_status_line(line);
    }
  }
}

void HeadParser::take_request_line(std::string_view line) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) {
    return refuse(400, "a request line has three parts: " + shown(line));
  }
  const std::string_view method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  if (!is_token(method)) return refuse(400, "bad method: " + shown(method));
  if (!is_target(target)) return refuse(400, "bad request target: " + shown(target));
  if (!take_version(line.substr(last + 1))) return;
  message_.head.method = method;
  take_target(target);
}

// RFC 9112 §3.2: the method decides which of the four forms are allowed.
void HeadParser::take_target(std::string_view target) {
  http::Head& head = message_.head;
  if (head.method == "CONNECT") {
    const auto endpoint = base::parse_authority(target);
    if (!endpoint) return refuse(400, endpoint.error());
    if (endpoint->port == 0) return refuse(400, "CONNECT needs a port: " + shown(target));
    head.authority = target;
  } else if (target == "*") {
    if (head.method != "OPTIONS") return refuse(400, "only OPTIONS may ask for '*'");
    head.path = target;
  } else if (target.front() == '/') {
    head.path = target;
  } else {
    const auto url = base::parse_url(target);
    if (!url) return refuse(400, url.error());
    if (url->userinfo) return refuse(400, "the request target has user information");
    head.scheme = url->scheme;
    head.authority = url->authority();
    head.path = url->request_target();
    // RFC 9112 §3.2.4: so a proxy is asked for the server as a whole.
    const bool has_path = target.find_first_of("/?", url->scheme.size() + 3) != target.npos;
    if (head.method == "OPTIONS" && !has_path) head.path = "*";
  }
}

bool HeadParser::take_version(std::string_view text) {
  const bool is_version = text.size() == 8 && text.starts_with("HTTP/") &&
                          base::is_digit(text[5]) && text[6] == '.' && base::is_digit(text[7]);
  if (!is_version) {
    refuse(400, "bad HTTP version: " + shown(text));
  } else if (text[5] != '1') {
    refuse(505, "HTTP/1.1 is wanted instead of " + shown(text));
  } else {
    message_.version = text[7] == '0' ? Version::http1_0 : Version::http1_1;
  }
  return !failed();
}

void HeadParser::take_status_line(std::string_view line) {
  constexpr std::size_t kCodeAt = 9;  // behind "HTTP/1.1 "
  constexpr std::size_t kPhraseAt = kCodeAt + 4;
  if (!line.starts_with("HTTP/") || line.size() < kPhraseAt - 1 || line[kCodeAt - 1] != ' ') {
    return refuse(502, "not an HTTP/1.1 response: " + shown(line));
  }
  if (!take_version(line.substr(0, kCodeAt - 1))) return;
  const std::string_view code = line.substr(kCodeAt, 3);
  const bool is_code = code[0] >= '1' && code[0] <= '9' && base::is_digit(code[1]) &&
                       base::is_digit(code[2]) &&
                       (line.size() == kPhraseAt - 1 || line[kPhraseAt - 1] == ' ');
  if (!is_code) return refuse(502, "bad status code: " + shown(line));
  if (line.size() >= kPhraseAt) message_.phrase = line.substr(kPhraseAt);
  if (!is_field_value(message_.phrase)) return refuse(502, "bad reason phrase: " + shown(line));
  message_.head.status = (code[0] - '0') * 100 + (code[1] - '0') * 10 + (code[2] - '0');
}

void HeadParser::take_field_line(std::string_view line) {
  if (line.front() == ' ' || line.front() == '\t') {
    return refuse(400, "a folded field line: " + shown(line));
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return refuse(400, "no colon in a field: " + shown(line));
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = base::trim(line.substr(colon + 1));
  if (!is_token(name)) return refuse(400, "bad field name: " + shown(name));
  if (!is_field_value(value)) return refuse(400, "bad value of the field " + std::string(name));
  if (++fields_ > limits_.max_fields) {
    return refuse(431, "more than " + std::to_string(limits_.max_fields) + " fields");
  }
  std::string lower = base::to_lower(name);
  if (kind_ == MessageKind::trailers && is_forbidden_trailer(lower)) {
    return refuse(400, "a trailer must not be " + lower);
  }
  message_.head.fields.add(lower, value);
}

void HeadParser::finish() {
  if (kind_ == MessageKind::request) settle_host();
  if (!failed()) state_ = State::complete;
}

// RFC 9112 §3.2: HTTP/1.1 requests have exactly one Host.
void HeadParser::settle_host() {
  http::Head& head = message_.head;
  const auto is_host = [](const http::Field& field) { return field.name == "host"; };
  const auto count = std::count_if(head.fields.begin(), head.fields.end(), is_host);
  if (count > 1) return refuse(400, "more than one Host field");
  if (count == 0) {
    if (message_.version == Version::http1_1) refuse(400, "the Host field is missing");
    return;
  }
  const std::string host(head.fields.value("host"));
  const auto endpoint = base::parse_authority(host);
  if (!endpoint) return refuse(400, "bad Host field: " + endpoint.error());
  if (head.authority.empty()) head.authority = host;
  head.fields.remove("host");
}

}  // namespace http1
