// SPDX-License-Identifier: MIT
// Tests of conditions and ranges, error pages and options.
#include "nghttpd/response_plan.h"

#include "nghttpd/error_page.h"
#include "nghttpd/options.h"
#include "support/check.h"

namespace {

constexpr std::time_t kModified = 784111777;
constexpr std::time_t kNow = 1700000000;
constexpr char kModifiedText[] = "Sun, 06 Nov 1994 08:49:37 GMT";
constexpr char kEarlierText[] = "Sun, 06 Nov 1994 08:49:36 GMT";

nghttpd::ResponsePlan plan(std::string_view method, const http::Fields& fields) {
  const nghttpd::Conditions conditions(fields);
  return nghttpd::plan_response(method, conditions, 1000, {"\"tag\"", kModified}, kNow);
}

}  // namespace

TEST(src_nghttpd_plan, conditions) {
  CHECK_EQ(plan("GET", {}).status, 200);
  CHECK_EQ(plan("GET", {{"if-modified-since", kModifiedText}}).status, 304);
  CHECK_EQ(plan("HEAD", {{"if-modified-since", kModifiedText}}).status, 304);
  CHECK_EQ(plan("POST", {{"if-modified-since", kModifiedText}}).status, 200);
  CHECK_EQ(plan("GET", {{"if-modified-since", kEarlierText}}).status, 200);
  CHECK_EQ(plan("GET", {{"if-modified-since", "yesterday"}}).status, 200);
  CHECK_EQ(plan("GET", {{"if-modified-since", kModifiedText}, {"if-none-match", "\"x\""}}).status,
           200);
}

TEST(src_nghttpd_plan, entity_tags) {
  const auto status = [](const char* name, const char* value, const char* method = "GET") {
    return plan(method, {{name, value}}).status;
  };
  CHECK_EQ(status("if-none-match", "\"tag\""), 304);
  CHECK_EQ(status("if-none-match", "W/\"tag\""), 304);
  CHECK_EQ(status("if-none-match", "\"a,b\", \"tag\""), 304);
  CHECK_EQ(status("if-none-match", "*"), 304);
  CHECK_EQ(status("if-none-match", "*", "POST"), 412);
  CHECK_EQ(status("if-none-match", "\"other\", tag"), 200);
  CHECK_EQ(status("if-none-match", "\"ta"), 200);
  CHECK_EQ(status("if-match", "\"tag\""), 200);
  CHECK_EQ(status("if-match", "*"), 200);
  CHECK_EQ(status("if-match", "W/\"tag\""), 412);
  CHECK_EQ(status("if-match", "\"other\""), 412);
  CHECK_EQ(status("if-match", ""), 412);
  CHECK_EQ(status("if-unmodified-since", kModifiedText), 200);
  CHECK_EQ(status("if-unmodified-since", kEarlierText), 412);
  CHECK_EQ(status("if-unmodified-since", "yesterday"), 200);
}

TEST(src_nghttpd_plan, conditions_by_precedence) {
  CHECK_EQ(plan("GET", {{"if-match", "\"tag\""}, {"if-unmodified-since", kEarlierText}}).status,
           200);
  CHECK_EQ(
      plan("GET", {{"if-none-match", "\"x\""}, {"if-none-match", "\"tag\""}, {"range", "bytes=0-"}})
          .status,
      304);
}

TEST(src_nghttpd_plan, ranges) {
  const auto partial = plan("GET", {{"range", "bytes=10-19"}});
  CHECK_EQ(partial.status, 206);
  REQUIRE(partial.ranges.size() == 1);
  CHECK_EQ(partial.ranges[0].offset, 10u);
  CHECK_EQ(partial.ranges[0].length, 10u);
  CHECK_EQ(plan("GET", {{"range", "bytes=0-1,5-6"}}).ranges.size(), 2u);
  CHECK_EQ(plan("GET", {{"range", "bytes=1000-"}}).status, 416);
  CHECK_EQ(plan("GET", {{"range", "bytes=x"}}).status, 200);
  CHECK_EQ(plan("HEAD", {{"range", "bytes=0-1"}}).status, 200);
}

TEST(src_nghttpd_plan, a_range_needs_the_same_version) {
  CHECK_EQ(plan("GET", {{"range", "bytes=0-1"}, {"if-range", kModifiedText}}).status, 206);
  CHECK_EQ(plan("GET", {{"range", "bytes=0-1"}, {"if-range", kEarlierText}}).status, 200);
  CHECK_EQ(plan("GET", {{"range", "bytes=0-1"}, {"if-range", "\"tag\""}}).status, 206);
  CHECK_EQ(plan("GET", {{"range", "bytes=0-1"}, {"if-range", "W/\"tag\""}}).status, 200);
  CHECK_EQ(plan("GET", {{"range", "bytes=0-1"}, {"if-range", "\"other\""}}).status, 200);
}

TEST(src_nghttpd_error_page, names_status_and_port) {
  const std::string page = nghttpd::error_page(404, 8443);
  CHECK(page.find("<h1>404 Not Found</h1>") != std::string::npos);
  CHECK(page.find("at port 8443") != std::string::npos);
}

TEST(src_nghttpd_error_page, gzip_has_its_mark) {
  const std::string packed = nghttpd::gzip(std::string(1000, 'x'));
  REQUIRE(packed.size() > 18);
  CHECK(packed.size() < 100);
  CHECK_BYTES(packed.substr(0, 2), "\x1f\x8b");
}

TEST(src_nghttpd_error_page, accept_encoding) {
  CHECK(nghttpd::accepts_gzip("", false));
  CHECK(!nghttpd::accepts_gzip("", true));
  CHECK(nghttpd::accepts_gzip("gzip, deflate", true));
  CHECK(nghttpd::accepts_gzip("br, GZIP;q=0.5", true));
  CHECK(nghttpd::accepts_gzip("*", true));
  CHECK(!nghttpd::accepts_gzip("br", true));
  CHECK(!nghttpd::accepts_gzip("gzip;q=0", true));
  CHECK(!nghttpd::accepts_gzip("gzip; q=0.000, *", true));
}

TEST(src_nghttpd_options, push_rules) {
  nghttpd::PushMap map;
  CHECK_STR(nghttpd::add_push_rule(map, "/=/a.css,/b.js"), "");
  CHECK_STR(nghttpd::add_push_rule(map, "/=/c.png"), "");
  CHECK_EQ(map["/"].size(), 3u);
  for (const char* rule : {"", "/", "=/a", "/=", "/=a.css", "x=/a"}) {
    CHECK(!nghttpd::add_push_rule(map, rule).empty());
  }
}

TEST(src_nghttpd_options, operands) {
  const auto apply = [](bool tls, std::vector<std::string> operands) {
    nghttpd::Config config;
    config.tls = tls;
    return nghttpd::apply_operands(config, operands);
  };
  CHECK_STR(apply(true, {"8443", "k", "c"}), "");
  CHECK_STR(apply(false, {"8080"}), "");
  CHECK(!apply(true, {"8443"}).empty());
  CHECK(!apply(true, {}).empty());
  CHECK(!apply(false, {"65536"}).empty());
  CHECK(!apply(false, {"http"}).empty());
}
