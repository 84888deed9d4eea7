// SPDX-License-Identifier: MIT
// Tests of the parser of HTTP/1.1 heads: what it takes, and all that it must not take.
#include "http1/head_parser.h"

#include <string>

#include "support/check.h"

namespace {

using http1::HeadParser;
using http1::Limits;
using http1::MessageKind;
using http1::Version;
using State = HeadParser::State;

// Feeds whole, and again octet by octet: the outcome must be the same.
HeadParser parse(MessageKind kind, std::string_view text, const Limits& limits = {}) {
  HeadParser whole(kind, limits);
  const std::size_t taken = whole.feed(text);
  HeadParser piecewise(kind, limits);
  std::string pending;
  std::size_t total = 0;
  for (const char c : text) {
    if (piecewise.state() != State::incomplete) break;
    pending += c;
    const std::size_t count = piecewise.feed(pending);
    pending.erase(0, count);
    total += count;
  }
  CHECK(whole.state() == piecewise.state());
  if (whole.state() == State::complete) CHECK_EQ(total, taken);
  CHECK_EQ(whole.fault().status, piecewise.fault().status);
  return whole;
}

HeadParser parse_request(std::string_view text) {
  return parse(MessageKind::request, text);
}

std::string get(std::string_view fields) {
  return "GET / HTTP/1.1\r\nHost: h\r\n" + std::string(fields) + "\r\n";
}

}  // namespace

TEST(src_http1_head_parser, request) {
  auto parser = parse_request(
      "POST /a?b=c HTTP/1.1\r\nHost: Example.org:8080\r\nX-One:  a b\t\r\nx-two:\r\n\r\nrest");
  REQUIRE(parser.state() == State::complete);
  const auto message = parser.take();
  CHECK(message.version == Version::http1_1);
  CHECK_STR(message.head.method, "POST");
  CHECK_STR(message.head.path, "/a?b=c");
  CHECK_STR(message.head.authority, "Example.org:8080");
  CHECK(message.head.fields == http::Fields{{"x-one", "a b"}, {"x-two", ""}});
}

TEST(src_http1_head_parser, takes_the_head_alone) {
  HeadParser parser(MessageKind::request);
  const std::string head = get("");
  CHECK_EQ(parser.feed(head + head), head.size());
  CHECK_EQ(parser.feed(head), 0u);
}

TEST(src_http1_head_parser, forms_of_the_request_target) {
  struct {
    const char* line;
    const char* scheme;
    const char* authority;
    const char* path;
  } const rows[] = {
      {"GET / HTTP/1.1", "", "h", "/"},
      {"GET //x HTTP/1.1", "", "h", "//x"},
      {"GET http://other:81/p?q HTTP/1.1", "http", "other:81", "/p?q"},
      {"GET http://other HTTP/1.1", "http", "other", "/"},
      {"OPTIONS * HTTP/1.1", "", "h", "*"},
      {"OPTIONS http://other HTTP/1.1", "http", "other", "*"},
      {"OPTIONS http://other/ HTTP/1.1", "http", "other", "/"},
      {"CONNECT other:443 HTTP/1.1", "", "other:443", ""},
      {"CONNECT [::1]:443 HTTP/1.1", "", "[::1]:443", ""},
  };
  for (const auto& row : rows) {
    auto parser = parse_request(std::string(row.line) + "\r\nHost: h\r\n\r\n");
    REQUIRE(parser.state() == State::complete);
    const auto message = parser.take();
    CHECK_STR(message.head.scheme, row.scheme);
    CHECK_STR(message.head.authority, row.authority);
    CHECK_STR(message.head.path, row.path);
  }
}

TEST(src_http1_head_parser, malformed_requests) {
  struct {
    int status;
    std::string text;
  } const rows[] = {
      {400, "GET / HTTP/1.1\nHost: h\r\n\r\n"},            // bare LF
      {400, "GET / HTTP/1.1\r\nHost: h\n\r\n"},            // bare LF after a field
      {400, "GET / HTTP/1.1\r\nHost: h\r\n\n"},            // bare LF at the end
      {400, "\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n"},  // two empty lines
      {400, " GET / HTTP/1.1\r\n\r\n"},
      {400, "GET  / HTTP/1.1\r\n\r\n"},
      {400, "GET /  HTTP/1.1\r\n\r\n"},
      {400, "GET\t/ HTTP/1.1\r\n\r\n"},
      {400, "GET / HTTP/1.1 \r\n\r\n"},
      {400, "GET /\r\n\r\n"},
      {400, "GET / x HTTP/1.1\r\n\r\n"},
      {400, "GET / http/1.1\r\n\r\n"},
      {400, "GET / HTTP/1.10\r\n\r\n"},
      {400, "GET / HTTP/1,1\r\n\r\n"},
      {505, "GET / HTTP/2.0\r\n\r\n"},
      {505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
      {505, "GET / HTTP/0.9\r\n\r\n"},
      {400, "G@T / HTTP/1.1\r\n\r\n"},
      {400, "GET /a#b HTTP/1.1\r\nHost: h\r\n\r\n"},
      {400, "GET /\x80 HTTP/1.1\r\nHost: h\r\n\r\n"},
      {400, std::string("GET /\0 HTTP/1.1\r\nHost: h\r\n\r\n", 28)},
      {400, "GET * HTTP/1.1\r\nHost: h\r\n\r\n"},
      {400, "GET x HTTP/1.1\r\nHost: h\r\n\r\n"},
      {400, "GET ftp://h/ HTTP/1.1\r\nHost: h\r\n\r\n"},
      {400, "GET http://u:p@h/ HTTP/1.1\r\nHost: h\r\n\r\n"},
      {400, "GET http:///p HTTP/1.1\r\nHost: h\r\n\r\n"},
      {400, "CONNECT h HTTP/1.1\r\nHost: h\r\n\r\n"},
      {400, "CONNECT / HTTP/1.1\r\nHost: h\r\n\r\n"},
      {400, "CONNECT http://h:1/ HTTP/1.1\r\nHost: h\r\n\r\n"},
      {400, "GET / HTTP/1.1\r\n\r\n"},                        // no Host
      {400, "GET / HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n"},  // two of them
      {400, "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"},
      {400, "GET / HTTP/1.1\r\nHost: u@h\r\n\r\n"},
      {400, "GET / HTTP/1.1\r\nHost: h/p\r\n\r\n"},
      {400, "GET / HTTP/1.1\r\nHost:\r\n\r\n"},
      {400, "GET / HTTP/1.1\r\nHost: h:99999\r\n\r\n"},
      {400, get("a : b\r\n")},
      {400, get(" a: b\r\n")},
      {400, get("\ta: b\r\n")},
      {400, get("a: b\r\n c\r\n")},  // folded
      {400, get("no colon\r\n")},
      {400, get(": b\r\n")},
      {400, get("a(: b\r\n")},
      {400, get("a\xc3: b\r\n")},
      {400, get("a: b\rc\r\n")},
      {400, get("a: b\x01\r\n")},
      {400, get("a: b\x7f\r\n")},
      {400, get(std::string("a: \0\r\n", 6))},
      {400, "\x16\x03\x01\x02"},  // TLS, told without a line
  };
  for (const auto& row : rows) {
    const auto parser = parse_request(row.text);
    CHECK(parser.state() == State::malformed);
    CHECK_EQ(parser.fault().status, row.status);
    CHECK(!parser.fault().text.empty());
  }
}

TEST(src_http1_head_parser, one_empty_line_before_a_request) {
  CHECK(parse_request("\r\n" + get("")).state() == State::complete);
}

TEST(src_http1_head_parser, http_1_0_needs_no_host) {
  auto parser = parse_request("GET / HTTP/1.0\r\n\r\n");
  REQUIRE(parser.state() == State::complete);
  CHECK(parser.take().version == Version::http1_0);
  // A later minor version is one of HTTP/1.1 (RFC 9110 §2.5).
  CHECK(parse_request("GET / HTTP/1.2\r\nHost: h\r\n\r\n").state() == State::complete);
}

TEST(src_http1_head_parser, limits) {
  const Limits limits{.max_start_line_bytes = 32, .max_head_bytes = 64, .max_fields = 2};
  const auto status = [&](const std::string& text) {
    return parse(MessageKind::request, text, limits).fault().status;
  };
  const std::string line = "GET / HTTP/1.1\r\n";
  CHECK_EQ(status("GET /" + std::string(30, 'x')), 414);
  CHECK_EQ(status("GET /" + std::string(30, 'x') + " HTTP/1.1\r\n"), 414);
  CHECK_EQ(status(line + "host: " + std::string(60, 'x')), 431);
  CHECK_EQ(status(line + "host: " + std::string(60, 'x') + "\r\n\r\n"), 431);
  CHECK_EQ(status(line + "a: 1\r\nb: 2\r\nc: 3\r\n\r\n"), 431);
  CHECK(parse(MessageKind::request, line + "host: a\r\nb: 2\r\n\r\n", limits).state() ==
        State::complete);
}

TEST(src_http1_head_parser, responses) {
  struct {
    const char* line;
    int status;
    const char* phrase;
  } const rows[] = {
      {"HTTP/1.1 200 OK", 200, "OK"},
      {"HTTP/1.1 404 Not Found", 404, "Not Found"},
      {"HTTP/1.1 204 ", 204, ""},
      {"HTTP/1.1 204", 204, ""},
      {"HTTP/1.0 999 x\xc3\xa4", 999, "x\xc3\xa4"},
  };
  for (const auto& row : rows) {
    auto parser = parse(MessageKind::response, std::string(row.line) + "\r\nA: b\r\n\r\n");
    REQUIRE(parser.state() == State::complete);
    const auto message = parser.take();
    CHECK_EQ(message.head.status, row.status);
    CHECK_STR(message.phrase, row.phrase);
    CHECK_STR(message.head.fields.value("a"), "b");
  }
}

TEST(src_http1_head_parser, malformed_responses) {
  const std::string rows[] = {"SSH-2.0-OpenSSH\r\n",
                              "\r\nHTTP/1.1 200 OK\r\n\r\n",
                              "HTTP/1.1  200 OK\r\n\r\n",
                              "HTTP/1.1 20 OK\r\n\r\n",
                              "HTTP/1.1 2000\r\n\r\n",
                              "HTTP/1.1 099 x\r\n\r\n",
                              "HTTP/1.1 2x0 OK\r\n\r\n",
                              "HTTP/1.1 200\tOK\r\n\r\n",
                              "HTTP/1.1 200 \x01\r\n\r\n",
                              "HTTP/2.0 200 OK\r\n\r\n",
                              "HTTP/1.1\r\n\r\n",
                              "ICY 200 OK\r\n\r\n",
                              "HTTP/1.1 200 OK\n\n",
                              "HTTP/1.1 200 OK\r\na : b\r\n\r\n",
                              "HTTP/1.1 200 OK\r\n a: b\r\n\r\n",
                              "\xff",
                              "HTTQ"};
  for (const std::string& text : rows) {
    CHECK(parse(MessageKind::response, text).state() == State::malformed);
  }
}

TEST(src_http1_head_parser, trailers) {
  auto parser = parse(MessageKind::trailers, "X-Sum: 1\r\n\r\n");
  REQUIRE(parser.state() == State::complete);
  CHECK(parser.take().head.fields == http::Fields{{"x-sum", "1"}});
  CHECK(parse(MessageKind::trailers, "\r\n").state() == State::complete);
  for (const char* line : {"Content-Length: 1", "transfer-encoding: chunked", "Host: h"}) {
    CHECK(parse(MessageKind::trailers, std::string(line) + "\r\n\r\n").state() == State::malformed);
  }
}

TEST(src_http1_head_parser, faults_show_escaped_text) {
  const auto parser = parse_request("G\x1b[2J / HTTP/1.1\r\n\r\n");
  CHECK(parser.fault().text.find('\x1b') == std::string::npos);
}
