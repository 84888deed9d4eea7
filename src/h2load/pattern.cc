// SPDX-License-Identifier: MIT
// Regular expressions as Perl has them.
#include "h2load/pattern.h"

#include <config.h>

#ifdef HAVE_PCRE2
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#endif

namespace h2load {

#ifdef HAVE_PCRE2

namespace {

// Of backtracking; a few milliseconds at most.
constexpr std::uint32_t kMatchLimit = 200'000;
constexpr std::uint32_t kHeapLimitKilobytes = 4096;

std::string message_of(int error) {
  PCRE2_UCHAR text[200];
  pcre2_get_error_message(error, text, sizeof(text));
  return reinterpret_cast<const char*>(text);
}

PCRE2_SPTR units(std::string_view text) {
  // PCRE2 takes no null pointer, even for nothing.
  return reinterpret_cast<PCRE2_SPTR>(text.empty() ? "" : text.data());
}

}  // namespace

struct Pattern::Code {
  explicit Code(pcre2_code* compiled)
      : code(compiled), limits(pcre2_match_context_create(nullptr)) {
    pcre2_set_match_limit(limits, kMatchLimit);
    pcre2_set_heap_limit(limits, kHeapLimitKilobytes);
  }
  ~Code() {
    pcre2_match_context_free(limits);
    pcre2_code_free(code);
  }
  Code(const Code&) = delete;
  Code& operator=(const Code&) = delete;

  pcre2_code* const code;
  pcre2_match_context* const limits;
};

base::Result<Pattern> Pattern::compile(std::string_view text) {
  int error = 0;
  PCRE2_SIZE offset = 0;
  pcre2_code* const code =
      pcre2_compile(units(text), text.size(), PCRE2_NEVER_BACKSLASH_C, &error, &offset, nullptr);
  if (!code) {
    return base::Error{"not a regular expression: " + message_of(error) + " at offset " +
                       std::to_string(offset)};
  }
  Pattern pattern;
  pattern.code_ = std::make_shared<const Code>(code);
  return pattern;
}

std::optional<std::string> Pattern::find_in(std::string_view text) const {
  const std::unique_ptr<pcre2_match_data, decltype(&pcre2_match_data_free)> match(
      pcre2_match_data_create_from_pattern(code_->code, nullptr), &pcre2_match_data_free);
  const int groups =
      pcre2_match(code_->code, units(text), text.size(), 0, 0, match.get(), code_->limits);
  if (groups < 1) return std::nullopt;
  const PCRE2_SIZE* const ends = pcre2_get_ovector_pointer(match.get());
  const std::size_t index = pcre2_get_ovector_count(match.get()) > 1 ? 1 : 0;
  const PCRE2_SIZE begin = ends[2 * index];
  const PCRE2_SIZE end = ends[2 * index + 1];
  // A group that took no part, or a look-behind that moved the beginning.
  if (begin == PCRE2_UNSET || begin > end) return std::nullopt;
  return std::string(text.substr(begin, end - begin));
}

#else

struct Pattern::Code {};

base::Result<Pattern> Pattern::compile(std::string_view) {
  return base::Error{"this h2load was built without PCRE2, hence has no regular expressions"};
}

std::optional<std::string> Pattern::find_in(std::string_view) const {
  return std::nullopt;
}

#endif

}  // namespace h2load
