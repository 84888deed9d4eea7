// SPDX-License-Identifier: MIT
// Tests of where messages end: everything that is ambiguous must be a fault.
#include "http1/framing.h"

#include "support/check.h"

namespace {

using http1::Framing;
using http1::MessageHead;
using http1::Version;
using Kind = Framing::Kind;

MessageHead request(http::Fields fields, const char* method = "POST",
                    Version version = Version::http1_1) {
  MessageHead message;
  message.head = http::request_head(method, "http", "h", "/");
  message.head.fields = std::move(fields);
  message.version = version;
  return message;
}

MessageHead response(int status, http::Fields fields, Version version = Version::http1_1) {
  MessageHead message;
  message.head = http::response_head(status);
  message.head.fields = std::move(fields);
  message.version = version;
  return message;
}

}  // namespace

TEST(src_http1_framing, requests) {
  Framing framing;
  CHECK(!http1::frame_request(request({}), framing));
  CHECK(framing.kind == Kind::none);
  CHECK(!http1::frame_request(request({{"content-length", "0"}}), framing));
  CHECK(framing.kind == Kind::none);
  CHECK(!http1::frame_request(request({{"content-length", "42"}}), framing));
  CHECK(framing.kind == Kind::length);
  CHECK_EQ(framing.length, 42u);
  CHECK(!http1::frame_request(request({{"transfer-encoding", "Chunked"}}), framing));
  CHECK(framing.kind == Kind::chunked);
  CHECK(!http1::frame_request(request({}, "CONNECT"), framing));
  CHECK(framing.kind == Kind::tunnel);
}

TEST(src_http1_framing, ambiguous_requests) {
  struct {
    int status;
    http::Fields fields;
  } const rows[] = {
      {400, {{"content-length", "1"}, {"transfer-encoding", "chunked"}}},
      {400, {{"transfer-encoding", "chunked"}, {"content-length", "0"}}},
      {400, {{"content-length", "1"}, {"content-length", "1"}}},
      {400, {{"content-length", "1, 1"}}},
      {400, {{"content-length", ""}}},
      {400, {{"content-length", "+1"}}},
      {400, {{"content-length", "-1"}}},
      {400, {{"content-length", "0x1"}}},
      {400, {{"content-length", "1 "}}},
      {400, {{"content-length", "9223372036854775808"}}},
      {400, {{"transfer-encoding", "chunked"}, {"transfer-encoding", "chunked"}}},
      {501, {{"transfer-encoding", "chunked, chunked"}}},
      {501, {{"transfer-encoding", "gzip, chunked"}}},
      {501, {{"transfer-encoding", "identity"}}},
      {501, {{"transfer-encoding", "xchunked"}}},
      {501, {{"transfer-encoding", "chunked;q=1"}}},
      {501,
       {{"transfer-encoding",
         "\x0b"
         "chunked"}}},
      {501, {{"transfer-encoding", ""}}},
      {400, {{"content-length", "1"}, {"connection", "close, Content-Length"}}},
      {400, {{"connection", "host"}}},
  };
  for (const auto& row : rows) {
    Framing framing;
    const auto fault = http1::frame_request(request(row.fields), framing);
    REQUIRE(fault.has_value());
    CHECK_EQ(fault->status, row.status);
  }
  Framing framing;
  CHECK(http1::frame_request(request({{"transfer-encoding", "chunked"}}, "POST", Version::http1_0),
                             framing));
  CHECK(http1::frame_request(request({{"content-length", "1"}}, "CONNECT"), framing));
}

TEST(src_http1_framing, responses) {
  struct {
    const char* method;
    int status;
    http::Fields fields;
    Kind kind;
  } const rows[] = {
      {"GET", 200, {}, Kind::until_close},
      {"GET", 200, {{"content-length", "5"}}, Kind::length},
      {"GET", 200, {{"content-length", "0"}}, Kind::none},
      {"GET", 200, {{"transfer-encoding", "chunked"}}, Kind::chunked},
      {"HEAD", 200, {{"content-length", "5"}}, Kind::none},
      {"HEAD", 200, {{"transfer-encoding", "chunked"}}, Kind::none},
      {"GET", 204, {{"content-length", "5"}}, Kind::none},
      {"GET", 304, {{"content-length", "5"}}, Kind::none},
      {"GET", 103, {}, Kind::none},
      {"GET", 101, {}, Kind::tunnel},
      {"CONNECT", 200, {{"content-length", "5"}}, Kind::tunnel},
      {"CONNECT", 407, {{"content-length", "5"}}, Kind::length},
  };
  for (const auto& row : rows) {
    Framing framing;
    CHECK(!http1::frame_response(response(row.status, row.fields), row.method, framing));
    CHECK(framing.kind == row.kind);
  }
  Framing framing;
  const auto fault = http1::frame_response(
      response(200, {{"content-length", "1"}, {"transfer-encoding", "chunked"}}), "GET", framing);
  REQUIRE(fault.has_value());
  CHECK_EQ(fault->status, 502);
}

TEST(src_http1_framing, persistence) {
  CHECK(http1::is_persistent(response(200, {})));
  CHECK(!http1::is_persistent(response(200, {{"connection", "x, Close"}})));
  CHECK(!http1::is_persistent(response(200, {{"connection", "x"}, {"connection", "close"}})));
  CHECK(!http1::is_persistent(response(200, {}, Version::http1_0)));
  CHECK(http1::is_persistent(response(200, {{"connection", "Keep-Alive"}}, Version::http1_0)));
}

TEST(src_http1_framing, fields_of_the_connection_are_dropped) {
  http::Fields fields{{"connection", "X-Mine, close"},
                      {"x-mine", "1"},
                      {"keep-alive", "5"},
                      {"upgrade", "h2c"},
                      {"te", "gzip"},
                      {"a", "b"},
                      {"transfer-encoding", "chunked"},
                      {"proxy-connection", "x"}};
  http1::remove_connection_fields(fields);
  CHECK(fields == http::Fields{{"a", "b"}});
  http::Fields te{{"te", "gzip, trailers"}, {"connection", "te"}};
  http1::remove_connection_fields(te);
  CHECK(te == http::Fields{{"te", "trailers"}});
}
