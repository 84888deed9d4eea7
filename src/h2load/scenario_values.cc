// SPDX-License-Identifier: MIT
// Reading a scenario: values that occur in several places.
#include <chrono>
#include <optional>

#include "base/number.h"
#include "base/text.h"
#include "h2load/scenario_reader.h"

namespace h2load {

namespace {

constexpr std::chrono::nanoseconds kMaxThinkTime = std::chrono::hours(24);
// Of an exponential distribution, in multiples of its mean.
constexpr int kTail = 10;

std::chrono::nanoseconds read_duration(const json::Node& node) {
  constexpr char kExpected[] =
      "expected a duration such as \"500ms\" or a number of seconds, at most 24 hours";
  std::optional<std::chrono::nanoseconds> value;
  if (node.is_string()) {
    value = base::parse_duration(node.text());
  } else if (node.is_number()) {
    const double seconds = node.number();
    if (seconds >= 0 && seconds <= 86400) {
      value = std::chrono::nanoseconds(static_cast<std::int64_t>(seconds * 1e9));
    }
  }
  if (value && *value <= kMaxThinkTime) return *value;
  if (node.exists()) node.fail(kExpected);
  return std::chrono::nanoseconds(0);
}

ThinkTime read_uniform(const json::Node& node) {
  ThinkTime time{.kind = ThinkTime::Kind::uniform};
  if (node.size() != 2) {
    node.fail("expected the least and the most, such as [\"100ms\", \"2s\"]");
    return time;
  }
  time.low = read_duration(node.element(0));
  time.high = read_duration(node.element(1));
  if (time.high < time.low) {
    node.fail("the most is less than the least");
    time.high = time.low;
  }
  return time;
}

}  // namespace

ThinkTime read_think_time(const json::Node& node) {
  ThinkTime time;
  if (!node.is_object()) {
    time.low = read_duration(node);
    return time;
  }
  node.expect_only({"uniform", "exponential", "max"});
  const json::Node uniform = node.find("uniform");
  const json::Node exponential = node.find("exponential");
  const json::Node max = node.find("max");
  if (uniform.exists() == exponential.exists() || (uniform.exists() && max.exists())) {
    node.fail("expected {\"uniform\": [LEAST, MOST]} or {\"exponential\": MEAN, \"max\": MOST}");
  } else if (uniform.exists()) {
    return read_uniform(uniform);
  }
  time.kind = ThinkTime::Kind::exponential;
  time.low = read_duration(exponential);
  time.high = max.exists() ? read_duration(max) : time.low * kTail;
  return time;
}

TextTemplate read_template(const json::Node& node, const std::string& text, Escaping escaping,
                           ScenarioContext& context) {
  auto made = TextTemplate::compile(
      text, escaping, [&context](std::string_view name) { return context.names.resolve(name); });
  if (made) return *std::move(made);
  node.fail(made.error());
  return {};
}

std::uint64_t read_positive(const json::Node& node, std::uint64_t max) {
  if (!node.exists()) return 1;
  const std::uint64_t value = node.unsigned_integer(max);
  if (value == 0) node.fail("expected an integer in the range 1 to " + std::to_string(max));
  return value;
}

std::size_t read_word(const json::Node& node, const std::vector<std::string_view>& words) {
  if (!node.exists()) return 0;
  const std::string text = node.text();
  std::string expected = "expected one of";
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (text == words[i]) return i;
    expected.append(i == 0 ? " \"" : ", \"").append(words[i]).append("\"");
  }
  node.fail(expected);
  return 0;
}

}  // namespace h2load
