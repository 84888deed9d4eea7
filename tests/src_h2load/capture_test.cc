// SPDX-License-Identifier: MIT
// What is captured from responses.
#include "h2load/capture.h"

#include "support/check.h"

using h2load::Capture;
using h2load::CaptureRun;

namespace {

Capture field(const char* name, bool required = true) {
  return {.name = "f", .variable = 0, .from = Capture::FromField{name}, .is_required = required};
}

Capture pointer(const char* text) {
  return {.name = "p", .variable = 1, .from = *json::Pointer::parse(text)};
}

// What is found, "N=value" each, then what is wrong.
std::string ended(CaptureRun& run) {
  std::string found;
  const std::string problem = run.end([&found](h2load::VariableId variable, std::string value) {
    found += std::to_string(variable) + "=" + value + " ";
  });
  return found + problem;
}

}  // namespace

TEST(capture, a_field) {
  const std::vector<Capture> captures = {field("location")};
  CaptureRun run(captures, 100);
  CHECK(!run.wants_content());
  run.begin();
  run.on_field("server", "x");
  run.on_field("Location", "/a");
  run.on_field("location", "/b");
  CHECK_STR(ended(run), "0=/a ");
  run.begin();
  CHECK_STR(ended(run), "nothing to capture for 'f'");
}

TEST(capture, what_need_not_be_there) {
  const std::vector<Capture> captures = {field("location", false)};
  CaptureRun run(captures, 100);
  run.begin();
  CHECK_STR(ended(run), "");
}

TEST(capture, a_value_of_json_in_pieces) {
  const std::vector<Capture> captures = {pointer("/a/0"), field("x")};
  CaptureRun run(captures, 100);
  CHECK(run.wants_content());
  run.begin();
  run.on_field("x", "y");
  run.on_content("{\"a\": [\"o");
  run.on_content("ne\"]}");
  CHECK_STR(ended(run), "1=one 0=y ");
}

TEST(capture, content_has_a_limit) {
  const std::vector<Capture> captures = {pointer("")};
  CaptureRun run(captures, 4);
  run.begin();
  run.on_content("12");
  run.on_content("34");
  CHECK_STR(ended(run), "1=1234 ");
  run.begin();
  run.on_content("1234");
  run.on_content("5");
  run.on_content("");
  CHECK_STR(ended(run), "nothing to capture for 'p': the content is longer than 4 octets");
}

TEST(capture, values_have_a_limit) {
  const std::vector<Capture> captures = {field("x")};
  CaptureRun run(captures, 4);
  run.begin();
  run.on_field("x", std::string(CaptureRun::kMaxValueBytes + 1, 'v'));
  CHECK_STR(ended(run), "nothing to capture for 'f'");
}

TEST(capture, what_would_change_the_shape_of_a_message_is_not_taken) {
  std::vector<Capture> captures = {pointer("")};
  CaptureRun run(captures, 100);
  run.begin();
  run.on_content("\"a\\r\\nb: c\"");
  CHECK_STR(ended(run), "1=a\r\nb: c ");
  captures[0].is_for_fields = true;
  CHECK_STR(ended(run), "nothing to capture for 'p'");
}

TEST(capture, text_of_fields) {
  CHECK(h2load::is_field_text("") && h2load::is_field_text("a b\tc\xc3\xa9"));
  for (const char* text : {" a", "a ", "a\r", "a\nb", "\x7f", "\x01"})
    CHECK(!h2load::is_field_text(text));
}
