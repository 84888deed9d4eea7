// SPDX-License-Identifier: MIT
#include "h2load/http1_response.h"

#include "support/check.h"

namespace h2load {

namespace {
bool parse(std::string_view text, Http1ResponseHead& head) {
  head = {};
  return parse_response_head(text, head);
}
}  // namespace

TEST(h2load_http1_response, reads_what_counts) {
  Http1ResponseHead head;
  CHECK(parse("HTTP/1.1 404 Not Found\r\nServer: x\r\nCONTENT-LENGTH:  12 \r\n\r\n", head));
  CHECK_EQ(head.status, 404);
  CHECK(head.has_length && head.length == 12 && !head.chunked && !head.close);
  CHECK(parse("HTTP/1.1 200\r\nTransfer-Encoding: Chunked\r\nConnection: x, Close\r\n\r\n", head));
  CHECK(head.chunked && head.close && !head.has_length);
  CHECK(parse("HTTP/1.0 200 OK\r\n\r\n", head));
  CHECK(head.close);
  CHECK(parse("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\n", head));
  CHECK(!head.close);
  CHECK(parse("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", head));
}

TEST(h2load_http1_response, refuses_what_is_none) {
  Http1ResponseHead head;
  for (const char* const text :
       {"\r\n", "HTTP/1.1 20 OK\r\n\r\n", "HTTP/2.0 200 OK\r\n\r\n", "HTTP/1.1 2x0 OK\r\n\r\n",
        "HTTP/1.1 200OK\r\n\r\n", "HTTP/1.1 099 Low\r\n\r\n", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: no name\r\n\r\n", "HTTP/1.1 200 OK\r\n folded: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", "HTTP/1.1 200 OK\r\nx: y\r\n"}) {
    CHECK(!parse(text, head));
  }
}

TEST(h2load_http1_response, finds_the_end_wherever_the_search_stopped) {
  const std::string_view text = "HTTP/1.1 200 OK\r\nx: y\r\n\r\nrest";
  for (std::size_t searched = 0; searched < 25; ++searched)
    CHECK_EQ(find_head_end(text, searched), 25);
  CHECK_EQ(find_head_end(text.substr(0, 24), 0), 0);
  CHECK_EQ(find_head_end("", 0), 0);
}

}  // namespace h2load
