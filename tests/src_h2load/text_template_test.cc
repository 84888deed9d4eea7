// SPDX-License-Identifier: MIT
// Text with places for values.
#include "h2load/text_template.h"

#include "support/check.h"

using h2load::Escaping;
using h2load::TextTemplate;
using h2load::VariableId;

namespace {

base::Result<VariableId> resolve(std::string_view name) {
  if (name == "a") return VariableId{0};
  if (name == "b") return VariableId{1};
  return base::Error{"no " + std::string(name)};
}

std::string expanded(std::string_view text, Escaping escaping = Escaping::none,
                     const std::string& a = "1", const std::string& b = "two") {
  const auto made = TextTemplate::compile(text, escaping, resolve);
  if (!made) return "error: " + made.error();
  std::string out = "what was there before";
  made->expand(std::vector<std::string>{a, b}, out);
  return out;
}

}  // namespace

TEST(text_template, values_in_their_places) {
  CHECK_STR(expanded(""), "");
  CHECK_STR(expanded("plain"), "plain");
  CHECK_STR(expanded("{{a}}"), "1");
  CHECK_STR(expanded("/x/{{a}}/{{ b }}?{{a}}&"), "/x/1/two?1&");
  CHECK_STR(expanded("{{a}}{{b}}"), "1two");
}

TEST(text_template, braces_that_mean_themselves) {
  CHECK_STR(expanded("{a} }} {"), "{a} }} {");
  CHECK_STR(expanded("{{{{a}} {{a}}"), "{{a}} 1");
}

TEST(text_template, mistakes) {
  CHECK_STR(expanded("x{{a"), "error: '{{' has no '}}' after it");
  CHECK_STR(expanded("{{c}}"), "error: no c");
  CHECK_STR(expanded("{{}}"), "error: no ");
}

TEST(text_template, values_fit_into_what_is_around_them) {
  CHECK_STR(expanded("/{{a}}/{{b}}", Escaping::uri, "x y\r\n", "\xc3\xa9/?%41"),
            "/x%20y%0D%0A/%C3%A9/?%41");
  CHECK_STR(expanded("[\"{{a}}\",{{b}}]", Escaping::json, "a\"b\\c\n\x01", "3"),
            "[\"a\\\"b\\\\c\\u000a\\u0001\",3]");
}

TEST(text_template, knows_its_variables) {
  const auto constant = TextTemplate::compile("{{{{}}", Escaping::none, resolve);
  CHECK(constant->is_constant());
  CHECK_STR(constant->text(), "{{}}");
  const auto varied = TextTemplate::compile("x{{b}}y{{a}}z{{b}}", Escaping::none, resolve);
  CHECK(!varied->is_constant());
  CHECK(varied->variables() == std::vector<VariableId>({1, 0, 1}));
  CHECK_STR(varied->text(), "xyz");
}
