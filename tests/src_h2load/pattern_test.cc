// SPDX-License-Identifier: MIT
// Regular expressions on what servers send.
#include <config.h>

#include "h2load/pattern.h"

#include "support/check.h"

using h2load::Pattern;

namespace {

#ifdef HAVE_PCRE2
std::string found(std::string_view pattern, std::string_view text) {
  const auto compiled = Pattern::compile(pattern);
  if (!compiled) return compiled.error();
  return compiled->find_in(text).value_or("nothing");
}
#endif

}  // namespace

#ifdef HAVE_PCRE2
TEST(pattern, the_first_group_or_all) {
  CHECK_STR(found("token=(\\w+)", "a token=abc1; x"), "abc1");
  CHECK_STR(found("tok\\w+", "a token=abc1; x"), "token");
  CHECK_STR(found("(?:a|b)(c)(d)", "xbcd"), "c");
  CHECK_STR(found("^$", ""), "");
  CHECK_STR(found("a(b)?", "a"), "nothing");
  CHECK_STR(found("x", "abc"), "nothing");
  CHECK_STR(found("(?s)a(.*)b", std::string_view("a\0\nb", 4)), std::string_view("\0\n", 2));
}

TEST(pattern, mistakes) {
  CHECK_STR(found("a(b", ""), "not a regular expression: missing closing parenthesis at offset 3");
}

TEST(pattern, has_a_limit_of_effort) {
  const std::string text(50'000, 'a');
  CHECK_STR(found("(a+)+$x|(a*)*b", text), "nothing");
}
#else
TEST(pattern, says_that_the_build_has_none) {
  CHECK_STR(Pattern::compile("a").error(),
            "this h2load was built without PCRE2, hence has no regular expressions");
}
#endif
