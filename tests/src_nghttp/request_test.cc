// SPDX-License-Identifier: MIT
// Tests of request heads, SETTINGS, the upgrade and the statistics.
#include <nghttp2/nghttp2.h>

#include "nghttp/client.h"
#include "nghttp/request_head.h"
#include "nghttp/statistics.h"
#include "nghttp/upgrade.h"
#include "support/check.h"

namespace {

using std::chrono::microseconds;

nghttp::Request request_for(const char* uri) {
  nghttp::Request request;
  request.url = *base::parse_url(uri);
  return request;
}

std::string names(const http::Fields& fields) {
  std::string out;
  for (const http::Field& field : fields)
    out += std::string(field.name) + " ";
  return out;
}

std::string settings_text(const nghttp::Config& config) {
  std::string out;
  for (const auto& entry : nghttp::settings_for(config)) {
    out += std::to_string(entry.settings_id) + ":" + std::to_string(entry.value) + " ";
  }
  return out;
}

}  // namespace

TEST(src_nghttp_head, defaults) {
  const auto head = nghttp::make_request_head({}, request_for("https://h.test:8443/a?b"), {});
  CHECK_STR(head.method, "GET");
  CHECK_STR(head.scheme, "https");
  CHECK_STR(head.authority, "h.test:8443");
  CHECK_STR(head.path, "/a?b");
  CHECK_STR(names(head.fields), "accept accept-encoding user-agent ");
  CHECK_STR(head.fields.value("user-agent"), "nghttp2/" NGHTTP2_VERSION);
}

TEST(src_nghttp_head, given_fields_replace_defaults_once) {
  nghttp::Config config;
  config.fields = {{"accept", "x"}, {"accept", "y"}, {":method", "PUT"}, {"host", "other"}};
  const auto head = nghttp::make_request_head(config, request_for("http://h.test/"), {});
  CHECK_STR(head.method, "PUT");
  CHECK_STR(head.authority, "other");
  CHECK_STR(names(head.fields), "accept accept-encoding user-agent accept ");
  CHECK_STR(head.fields.value("accept"), "x");
}

TEST(src_nghttp_head, content) {
  nghttp::Config config;
  config.expect_continue = true;
  config.trailers = {{"t1", "a"}, {"t2", "b"}};
  auto request = request_for("http://h.test/");
  request.priority = "u=1";
  const auto head = nghttp::make_request_head(config, request, 42);
  CHECK_STR(head.method, "POST");
  CHECK_STR(head.fields.value("content-length"), "42");
  CHECK_STR(head.fields.value("expect"), "100-continue");
  CHECK_STR(head.fields.value("trailer"), "t1, t2");
  CHECK_STR(head.fields.value("priority"), "u=1");
  config.no_content_length = true;
  CHECK(!nghttp::make_request_head(config, request, 42).fields.has("content-length"));
}

TEST(src_nghttp_settings, order_and_values) {
  nghttp::Config config;
  CHECK_STR(settings_text(config), "3:100 4:65535 9:1 ");
  config.window_bits = 20;
  config.no_push = true;
  config.header_table_sizes = {8192, 100, 4000};
  CHECK_STR(settings_text(config), "3:100 4:1048575 1:100 1:4000 2:0 9:1 ");
  config.header_table_sizes = {8192};
  CHECK_STR(settings_text(config), "3:100 4:1048575 1:8192 2:0 9:1 ");
}

TEST(src_nghttp_upgrade, request) {
  const auto head = nghttp::make_request_head({}, request_for("http://h.test/x"), {});
  const std::string text = *nghttp::upgrade_request(head, std::string("\0\3\0\0\0d", 6));
  CHECK(
      text.starts_with("GET /x HTTP/1.1\r\nhost: h.test\r\n"
                       "connection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\n"
                       "http2-settings: AAMAAABk\r\naccept: */*\r\n"));
  CHECK(text.ends_with("\r\n\r\n"));
}

TEST(src_nghttp_upgrade, responses) {
  const auto check = [](const std::string& text) {
    http1::HeadParser parser(http1::MessageKind::response);
    parser.feed(text + "\r\n\r\n");
    CHECK(parser.state() == http1::HeadParser::State::complete);
    return nghttp::check_upgrade_response(parser.take());
  };
  CHECK_STR(check("HTTP/1.1 101 Switching\r\nUPGRADE: h2c"), "");
  CHECK_STR(check("HTTP/1.1 101 x\r\na: b\r\nupgrade: foo, H2C"), "");
  CHECK(!check("HTTP/1.1 101 Switching").empty());
  CHECK(!check("HTTP/1.1 101 x\r\nupgrade: websocket").empty());
  CHECK(check("HTTP/1.1 200 OK\r\nupgrade: h2c").find("200 OK") != std::string::npos);
}

TEST(src_nghttp_statistics, units) {
  CHECK_STR(nghttp::format_elapsed(microseconds(0)), "0us");
  CHECK_STR(nghttp::format_elapsed(microseconds(999)), "999us");
  CHECK_STR(nghttp::format_elapsed(microseconds(1040)), "1.04ms");
  CHECK_STR(nghttp::format_elapsed(microseconds(2500000)), "2.50s");
  CHECK_STR(nghttp::format_bytes(1023), "1023");
  CHECK_STR(nghttp::format_bytes(300000), "292K");
  CHECK_STR(nghttp::format_bytes(12 << 20), "12M");
  CHECK_STR(nghttp::format_bytes(std::uint64_t{3} << 30), "3G");
}

TEST(src_nghttp_statistics, rows_are_sorted_by_their_end) {
  const nghttp::Request::Time start{};
  auto slow = request_for("http://h.test/slow?x");
  slow.stream_id = 13;
  slow.status = 200;
  slow.body_bytes = 304;
  slow.complete = true;
  slow.started = start + microseconds(70);
  slow.ended = start + microseconds(466);
  auto pushed = slow;
  pushed.url = *base::parse_url("http://h.test/pushed");
  pushed.stream_id = 2;
  pushed.is_pushed = true;
  pushed.ended = start + microseconds(90);
  auto failed = slow;
  failed.complete = false;
  const std::string table = nghttp::format_statistics({&slow, &pushed, &failed}, start);
  CHECK(
      table.ends_with("id  responseEnd requestStart  process code size request path\n"
                      "  2       +90us *      +70us     20us  200  304 /pushed\n"
                      " 13      +466us        +70us    396us  200  304 /slow?x\n"));
}
