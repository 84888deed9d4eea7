// SPDX-License-Identifier: MIT
// What --fault asks to go wrong: one table row per kind.
#include "nghttpd/fault.h"

#include <algorithm>
#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "nghttpd/fault_argument.h"
#include "nghttpd/header_rules.h"

namespace nghttpd {

namespace {

using std::chrono::milliseconds;

struct Kind {
  const char* name;
  // Reads the argument; "" or what was expected. nullptr: there is none.
  std::string (*parse)(FaultRule& rule, std::string_view argument);
  // What counts without an argument; nullptr: there must be one.
  const char* default_argument;
  void (*apply)(const FaultRule& rule, FaultPlan& plan);
};

std::string parse_delay(FaultRule& rule, std::string_view text) {
  return fault_argument::duration(text, rule.duration);
}

// <DURATION>[,<SIZE>]
std::string parse_data_delay(FaultRule& rule, std::string_view text) {
  const std::size_t comma = text.find(',');
  const std::string problem = fault_argument::duration(text.substr(0, comma), rule.duration);
  rule.number = 16384;
  if (!problem.empty() || comma == std::string_view::npos) return problem;
  return fault_argument::number(text.substr(comma + 1), 1, 16384, rule.number);
}

// <N>[,<CODE>]
std::string parse_count_and_code(FaultRule& rule, std::string_view text, std::uint64_t least,
                                 const char* default_code) {
  const std::size_t comma = text.find(',');
  const std::string problem =
      fault_argument::number(text.substr(0, comma), least, UINT32_MAX, rule.number);
  if (!problem.empty()) return problem;
  return fault_argument::error_code(
      comma == std::string_view::npos ? default_code : text.substr(comma + 1), rule.code);
}

std::string parse_reset(FaultRule& rule, std::string_view text) {
  return parse_count_and_code(rule, text, 0, "INTERNAL_ERROR");
}

std::string parse_goaway(FaultRule& rule, std::string_view text) {
  std::string problem = parse_count_and_code(rule, text, 1, "NO_ERROR");
  rule.goaway = GoawayAfter{rule.number, rule.code};
  return problem;
}

std::string parse_code(FaultRule& rule, std::string_view text) {
  return fault_argument::error_code(text, rule.code);
}

std::string parse_count(FaultRule& rule, std::string_view text) {
  return fault_argument::number(text, 0, INT64_MAX, rule.number);
}

std::string parse_trailer(FaultRule& rule, std::string_view text) {
  if (text.empty() || !http::parse_field_line(text, rule.field)) {
    return "a field such as 'name: value'";
  }
  return {};
}

std::string parse_interim(FaultRule& rule, std::string_view text) {
  if (text == "101") return "a status from 100 to 199 other than 101";
  return fault_argument::number(text, 100, 199, rule.number);
}

std::string parse_status(FaultRule& rule, std::string_view text) {
  return fault_argument::number(text, 200, 599, rule.number);
}

std::string parse_malformed(FaultRule& rule, std::string_view text) {
  constexpr std::pair<std::string_view, Malformed> kForms[] = {
      {"hpack", Malformed::hpack},
      {"uppercase", Malformed::uppercase},
      {"no-status", Malformed::no_status},
      {"order", Malformed::order},
      {"transfer-encoding", Malformed::transfer}};
  for (const auto& [name, form] : kForms) {
    if (text != name) continue;
    rule.malformed = form;
    return {};
  }
  return "hpack, uppercase, no-status, order or transfer-encoding";
}

// <LENGTH>/<PERIOD>
std::string parse_stall(FaultRule& rule, std::string_view text) {
  const std::size_t slash = text.find('/');
  const bool is_good = slash != std::string_view::npos &&
                       fault_argument::duration(text.substr(0, slash), rule.duration).empty() &&
                       fault_argument::duration(text.substr(slash + 1), rule.period).empty() &&
                       rule.duration.count() > 0 && rule.duration < rule.period;
  return is_good ? "" : "two durations, the first of which is shorter, such as 1s/10s";
}

using Rule = FaultRule;
using Plan = FaultPlan;

constexpr Kind kKinds[] = {
    {"delay", parse_delay, nullptr,
     [](const Rule& rule, Plan& plan) { plan.delay = rule.duration; }},
    {"data-delay", parse_data_delay, nullptr,
     [](const Rule& rule, Plan& plan) {
       plan.data_delay = rule.duration;
       plan.data_size = rule.number;
     }},
    {"rst", parse_reset, nullptr,
     [](const Rule& rule, Plan& plan) {
       plan.reset = ResetAfter{rule.number, rule.code};
     }},
    {"refuse", parse_code, "REFUSED_STREAM",
     [](const Rule& rule, Plan& plan) { plan.refusal = rule.code; }},
    {"goaway", parse_goaway, nullptr, nullptr},
    {"stall-window", nullptr, "", [](const Rule&, Plan& plan) { plan.stall_window = true; }},
    {"truncate", parse_count, nullptr,
     [](const Rule& rule, Plan& plan) { plan.truncation = rule.number; }},
    {"content-length", parse_count, nullptr,
     [](const Rule& rule, Plan& plan) { plan.content_length = rule.number; }},
    {"trailer", parse_trailer, nullptr,
     [](const Rule& rule, Plan& plan) { plan.trailers.add(rule.field.name, rule.field.value); }},
    {"interim", parse_interim, nullptr,
     [](const Rule& rule, Plan& plan) { plan.interim.push_back(static_cast<int>(rule.number)); }},
    {"status", parse_status, nullptr,
     [](const Rule& rule, Plan& plan) { plan.status = static_cast<int>(rule.number); }},
    {"malformed", parse_malformed, "hpack",
     [](const Rule& rule, Plan& plan) { plan.malformed = rule.malformed; }},
    {"stall", parse_stall, nullptr,
     [](const Rule& rule, Plan& plan) {
       plan.stall = Stall{rule.duration, rule.period};
     }},
};

std::string kind_names() {
  std::string names;
  for (const Kind& kind : kKinds)
    names += (names.empty() ? "" : ", ") + std::string(kind.name);
  return names;
}

std::string parse_argument(const Kind& kind, std::optional<std::string_view> argument,
                           FaultRule& rule) {
  if (kind.parse == nullptr) return argument ? "no argument" : "";
  if (!argument && kind.default_argument == nullptr) return "an argument, as =<ARG>";
  return kind.parse(rule, argument ? *argument : kind.default_argument);
}

}  // namespace

milliseconds Stall::left(milliseconds elapsed) const {
  const milliseconds phase = elapsed % period;
  return phase < length ? length - phase : milliseconds(0);
}

std::string add_fault(FaultRules& rules, std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == 0 || colon == std::string_view::npos) {
    return "<GLOB>:<KIND>[=<ARG>], such as '*.js:delay=2s'";
  }
  const std::string_view rest = text.substr(colon + 1);
  const std::size_t equals = rest.find('=');
  const std::string_view name = rest.substr(0, equals);
  const auto kind = std::find_if(std::begin(kKinds), std::end(kKinds),
                                 [name](const Kind& each) { return name == each.name; });
  if (kind == std::end(kKinds)) {
    return "a kind of fault, that is one of " + kind_names() + ", not " + base::quote(name);
  }
  FaultRule rule;
  rule.glob = text.substr(0, colon);
  rule.apply = kind->apply;
  const std::string problem = parse_argument(
      *kind,
      equals == std::string_view::npos ? std::nullopt : std::optional(rest.substr(equals + 1)),
      rule);
  if (!problem.empty()) return "for " + std::string(kind->name) + " " + problem;
  rules.push_back(std::move(rule));
  return {};
}

std::optional<FaultPlan> plan_faults(const FaultRules& rules, const std::string& path) {
  std::optional<FaultPlan> plan;
  for (const FaultRule& rule : rules) {
    if (rule.apply == nullptr || !matches_glob(rule.glob, path)) continue;
    if (!plan) plan.emplace();
    rule.apply(rule, *plan);
  }
  return plan;
}

}  // namespace nghttpd
