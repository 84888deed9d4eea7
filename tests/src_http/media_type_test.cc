// SPDX-License-Identifier: MIT
// Tests of media type tables.
#include "http/media_type.h"

#include "support/check.h"

TEST(src_http_media_type, finds_by_extension) {
  http::MediaTypes types;
  types.parse("# comment\ntext/html\thtml htm\n\nimage/png png # picture\ntext/plain\n");
  CHECK_EQ(types.size(), 3u);
  CHECK_STR(types.find("/index.html"), "text/html");
  CHECK_STR(types.find("/a.b/INDEX.HTM"), "text/html");
  CHECK_STR(types.find("p.png"), "image/png");
  CHECK_STR(types.find("/dir.png/file"), "");
  CHECK_STR(types.find("/none"), "");
  CHECK_STR(types.find("/x."), "");
}

TEST(src_http_media_type, later_lines_win) {
  http::MediaTypes types;
  types.parse("a/b x\nc/d x");
  CHECK_STR(types.find("f.x"), "c/d");
}

TEST(src_http_media_type, a_missing_file_is_an_error) {
  http::MediaTypes types;
  const auto result = types.load("/nonexistent/mime.types");
  CHECK(!result);
  CHECK(result.error().find("/nonexistent/mime.types") != std::string::npos);
}
