// SPDX-License-Identifier: MIT
// Tests of the writer of HTTP/1.1 heads: nothing it is given can become a line of its own.
#include "http1/head_writer.h"

#include "support/check.h"

TEST(src_http1_head_writer, requests) {
  http::Head head = http::request_head("GET", "http", "h:81", "/p?q");
  head.fields.add("accept", "*/*");
  CHECK_STR(*http1::write_request_head(head, http1::TargetForm::origin, {{"te", "trailers"}}),
            "GET /p?q HTTP/1.1\r\nhost: h:81\r\nte: trailers\r\naccept: */*\r\n\r\n");
  CHECK_STR(*http1::write_request_head(head, http1::TargetForm::absolute),
            "GET http://h:81/p?q HTTP/1.1\r\nhost: h:81\r\naccept: */*\r\n\r\n");
  CHECK_STR(*http1::write_request_head(http::request_head("OPTIONS", "http", "h", "*")),
            "OPTIONS * HTTP/1.1\r\nhost: h\r\n\r\n");
  CHECK_STR(*http1::write_request_head(http::request_head("OPTIONS", "http", "h", "*"),
                                       http1::TargetForm::absolute),
            "OPTIONS http://h HTTP/1.1\r\nhost: h\r\n\r\n");
  CHECK_STR(*http1::write_request_head(http::request_head("CONNECT", "", "h:1", "")),
            "CONNECT h:1 HTTP/1.1\r\nhost: h:1\r\n\r\n");
}

TEST(src_http1_head_writer, responses) {
  http::Head head = http::response_head(404);
  head.fields.add("a", "b");
  CHECK_STR(*http1::write_response_head(head, {{"connection", "close"}}),
            "HTTP/1.1 404 Not Found\r\nconnection: close\r\na: b\r\n\r\n");
  CHECK_STR(*http1::write_response_head(http::response_head(299)), "HTTP/1.1 299 \r\n\r\n");
  CHECK(!http1::write_response_head(http::response_head(99)).ok());
}

TEST(src_http1_head_writer, nothing_can_split_a_head) {
  const auto good = http::request_head("GET", "http", "h", "/");
  auto head = good;
  head.method = "GET / HTTP/1.1\r\nx: y\r\n\r\nGET";
  CHECK(!http1::write_request_head(head).ok());
  head = good;
  for (const char* path : {"", "/ HTTP/1.1\r\n", "/a b", "/\n", "/#x"}) {
    head.path = path;
    CHECK(!http1::write_request_head(head).ok());
  }
  head = good;
  head.authority = "h\r\nx: y";
  CHECK(!http1::write_request_head(head).ok());
  for (const http::Field& field :
       {http::Field{"a b", "c"}, http::Field{"", "c"}, http::Field{"a:", "c"},
        http::Field{":path", "/"}, http::Field{"a", "b\r\nc: d"}, http::Field{"a", "b\n"},
        http::Field{"a", std::string_view("\0", 1)}}) {
    head = good;
    head.fields.add(field.name, field.value);
    CHECK(!http1::write_request_head(head).ok());
    CHECK(!http1::write_fields({field}).ok());
  }
}
