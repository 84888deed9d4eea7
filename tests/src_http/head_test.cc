// SPDX-License-Identifier: MIT
// Tests of message heads and status phrases.
#include "http/head.h"

#include "http/status.h"
#include "support/check.h"

TEST(src_http_head, content_length_must_be_one_number) {
  CHECK_EQ(http::content_length({{"content-length", "42"}}).value_or(0), 42u);
  CHECK_EQ(http::content_length({{"content-length", "7"}, {"content-length", "7"}}).value_or(0),
           7u);
  CHECK(!http::content_length({}).has_value());
  CHECK(!http::content_length({{"content-length", "7"}, {"content-length", "8"}}).has_value());
  for (const char* value : {"", "-1", "+1", "1 ", "1,1", "0x1", "99999999999999999999"}) {
    CHECK(!http::content_length({{"content-length", value}}).has_value());
  }
}

TEST(src_http_head, kinds_of_heads) {
  CHECK(http::response_head(103).is_informational());
  CHECK(!http::response_head(200).is_informational());
  CHECK(http::request_head("CONNECT", "", "h:1", "").is_tunnel_request());
  CHECK(!http::request_head("GET", "http", "h", "/").is_tunnel_request());
}

TEST(src_http_head, responses_without_content) {
  CHECK(http::response_has_no_content("HEAD", 200));
  CHECK(http::response_has_no_content("GET", 204));
  CHECK(http::response_has_no_content("GET", 304));
  CHECK(!http::response_has_no_content("GET", 200));
}

TEST(src_http_status, phrases) {
  CHECK_STR(http::status_phrase(100), "Continue");
  CHECK_STR(http::status_phrase(404), "Not Found");
  CHECK_STR(http::status_phrase(511), "Network Authentication Required");
  CHECK_STR(http::status_phrase(299), "");
  CHECK_STR(http::status_phrase(999), "");
}
