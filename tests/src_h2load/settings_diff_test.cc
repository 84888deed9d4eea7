// SPDX-License-Identifier: MIT
#include "h2load/settings_diff.h"

#include "support/check.h"

namespace {

using namespace h2load;

TEST(h2load_settings_diff, writes_values) {
  CHECK_STR(setting_text(true), "yes");
  CHECK_STR(setting_text(std::int64_t{-3}), "-3");
  CHECK_STR(setting_text(2.5), "2.5");
  CHECK_STR(setting_text(std::string("a\x1b")), "a\\x1b");
  CHECK_STR(setting_text(std::vector<std::string>{"a", "b"}), "a, b");
}

TEST(h2load_settings_diff, finds_what_differs) {
  const std::vector<Setting> a = {
      {"clients", std::int64_t{1}}, {"h1", true}, {"sni", std::string("x")}};
  const std::vector<Setting> b = {{"h1", true}, {"clients", std::int64_t{2}}, {"rps", 0.5}};
  const auto differences = differing_settings(a, b);
  REQUIRE(differences.size() == 3);
  CHECK_STR(differences[0].name, "clients");
  CHECK_STR(differences[0].a, "1");
  CHECK_STR(differences[0].b, "2");
  CHECK_STR(differences[1].name, "sni");
  CHECK_STR(differences[1].b, "-");
  CHECK_STR(differences[2].name, "rps");
  CHECK_STR(differences[2].a, "-");
  CHECK_STR(differences[2].b, "0.5");
  CHECK(differing_settings(a, a).empty());
}

}  // namespace
