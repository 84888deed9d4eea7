// SPDX-License-Identifier: MIT
#include "json/locate.h"

#include "support/check.h"

namespace {

using json::line_of;
using json::Path;

constexpr char kText[] = R"({
  "a": {"x": "}\"]", "y": [1,
    2, [3,
      4]], "z": true
  },
  "b\u0041\n":
    null,
  "c": [
    {},
    {"d":
      1.5e3}
  ]
})";

TEST(json_locate, finds_the_line_of_a_value) {
  CHECK_EQ(line_of(kText, {}), 1);
  CHECK_EQ(line_of(kText, {"a"}), 2);
  CHECK_EQ(line_of(kText, {"a", "x"}), 2);
  CHECK_EQ(line_of(kText, {"a", "y", std::size_t{0}}), 2);
  CHECK_EQ(line_of(kText, {"a", "y", std::size_t{1}}), 3);
  CHECK_EQ(line_of(kText, {"a", "y", std::size_t{2}, std::size_t{1}}), 4);
  CHECK_EQ(line_of(kText, {"a", "z"}), 4);
  CHECK_EQ(line_of(kText, {"bA\n"}), 7);
  CHECK_EQ(line_of(kText, {"c"}), 8);
  CHECK_EQ(line_of(kText, {"c", std::size_t{0}}), 9);
  CHECK_EQ(line_of(kText, {"c", std::size_t{1}, "d"}), 11);
}

TEST(json_locate, stays_where_a_step_is_missing) {
  CHECK_EQ(line_of(kText, {"c", std::size_t{1}, "e"}), 10);
  CHECK_EQ(line_of(kText, {"c", std::size_t{2}}), 8);
  CHECK_EQ(line_of(kText, {"d"}), 1);
  CHECK_EQ(line_of(kText, {"a", "x", "y"}), 2);
  CHECK_EQ(line_of(kText, {std::size_t{0}}), 1);
  CHECK_EQ(line_of("\n\n7", {"a"}), 3);
  CHECK_EQ(line_of("", {"a"}), 1);
}

TEST(json_locate, copes_with_deep_nesting) {
  const std::string deep = "[" + std::string(2000, '[') + std::string(2000, ']') + ",\n1]";
  CHECK_EQ(line_of(deep, {std::size_t{1}}), 2);
}

TEST(json_locate, writes_paths) {
  CHECK_STR(json::path_text({}), "");
  CHECK_STR(json::path_text({"requests", std::size_t{2}, "headers", "accept"}),
            "requests[2].headers.accept");
  CHECK_STR(json::path_text({std::size_t{2}, "\x1b"}), "[2].\\x1b");
}

}  // namespace
