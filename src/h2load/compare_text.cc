// SPDX-License-Identifier: MIT
// What --compare prints.
#include <cstdio>
#include <utility>

#include "base/text.h"
#include "h2load/compare.h"
#include "h2load/settings_diff.h"
#include "h2load/units.h"

namespace h2load {

namespace {

std::string right(const std::string& text, std::size_t width) {
  return text.size() < width ? std::string(width - text.size(), ' ') + text : text;
}

std::string signed_percent(double part) {
  char text[400];
  std::snprintf(text, sizeof(text), "%+.2f%%", part * 100);
  return text;
}

std::string with_range(double value, Range range, bool has_range, std::string (*text)(double)) {
  std::string out = right(text(value), 10);
  if (has_range) out += " [" + right(text(range.low), 9) + ", " + right(text(range.high), 9) + "]";
  return right(out, 34) + (has_range ? "" : std::string(23, ' '));
}

const char* word_for(Judgement judgement) {
  switch (judgement) {
    case Judgement::none: return "";
    case Judgement::better: return "better";
    case Judgement::similar: return "similar";
    case Judgement::unclear: return "unclear";
    case Judgement::worse: return "worse";
  }
  return "";
}

std::string result_line(const char* letter, const NamedResult& named) {
  const Result& result = named.result;
  std::string out = std::string(letter) + ": " + base::escape(named.name) + ": " +
                    std::to_string(result.counts.done) + " requests done in " +
                    duration_text(result.seconds_taken() * 1e9) + "\n";
  for (const std::string& limit : result.generator.limits)
    out += "   warning: the load generator was the limit: " + base::escape(limit) + "\n";
  return out;
}

std::string row(const Comparison& comparison) {
  std::string name = comparison.name;
  name.resize(16, ' ');
  std::string out =
      name + with_range(comparison.a, comparison.range_a, comparison.has_ranges, comparison.text) +
      with_range(comparison.b, comparison.range_b, comparison.has_ranges, comparison.text) +
      with_range(comparison.change, comparison.range_change, comparison.has_ranges,
                 signed_percent) +
      "  " + word_for(comparison.judgement);
  out.resize(out.find_last_not_of(' ') + 1);
  return out + "\n";
}

std::string verdict(const std::vector<Comparison>& comparisons, double threshold) {
  std::string worse;
  for (const Comparison& comparison : comparisons) {
    if (comparison.judgement == Judgement::worse)
      worse += (worse.empty() ? "" : ", ") + comparison.name;
  }
  if (!worse.empty())
    return "B is worse than A by more than " + percent_text(threshold) + ": " + worse + "\n";
  return "B is not shown to be worse than A by more than " + percent_text(threshold) + "\n";
}

}  // namespace

std::string format_comparison(const NamedResult& a, const NamedResult& b,
                              const std::vector<Comparison>& comparisons, double threshold) {
  std::string out = result_line("A", a) + result_line("B", b);
  for (const SettingDifference& difference :
       differing_settings(a.result.settings, b.result.settings)) {
    out += "   " + base::escape(difference.name, 64) + ": " + difference.a + " in A, " +
           difference.b + " in B\n";
  }
  out += "\n" + std::string(16, ' ') + right("A", 10) + right("[95% confidence]", 24) +
         right("B", 10) + right("[95% confidence]", 24) + right("change", 10) +
         right("[95% confidence]", 24) + "\n";
  for (const Comparison& comparison : comparisons)
    out += row(comparison);
  return out + "\n" + verdict(comparisons, threshold);
}

}  // namespace h2load
