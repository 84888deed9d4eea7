// SPDX-License-Identifier: MIT
// Reading a scenario: what is captured from responses.
#include <utility>

#include "base/text.h"
#include "h2load/scenario_reader.h"

namespace h2load {

namespace {

constexpr std::size_t kMaxCaptures = 32;

void read_origin(const json::Node& node, Capture& capture) {
  const json::Node header = node.find("header");
  const json::Node pointer = node.find("json");
  const json::Node regex = node.find("regex");
  if (header.exists() + pointer.exists() + regex.exists() != 1) {
    node.fail("expected one of the members \"header\", \"json\" and \"regex\"");
  } else if (header.exists()) {
    capture.from = Capture::FromField{base::to_lower(header.text())};
  } else if (pointer.exists()) {
    auto parsed = json::Pointer::parse(pointer.text());
    if (parsed) {
      capture.from = *std::move(parsed);
    } else {
      pointer.fail(parsed.error());
    }
  } else {
    auto pattern = Pattern::compile(regex.text());
    if (pattern) {
      capture.from = *std::move(pattern);
    } else {
      regex.fail(pattern.error());
    }
  }
}

}  // namespace

void read_capture_names(const json::Node& requests, ScenarioContext& context) {
  if (!requests.is_array()) return;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const json::Node request = requests.element(i);
    if (!request.is_object() || !request.find("capture").is_object()) continue;
    for (const auto& [name, capture] : request.find("capture").members())
      if (const auto problem = context.names.add_capture(name); !problem.empty())
        capture.fail(problem);
  }
}

std::vector<Capture> read_captures(const json::Node& node, ScenarioContext& context) {
  std::vector<Capture> captures;
  for (const auto& [name, member] : node.members()) {
    member.expect_only({"header", "json", "regex", "required"});
    Capture capture;
    capture.name = name;
    if (const auto variable = context.names.resolve(name)) capture.variable = *variable;
    read_origin(member, capture);
    if (const json::Node required = member.find("required"); required.exists())
      capture.is_required = required.boolean();
    captures.push_back(std::move(capture));
  }
  if (captures.size() > kMaxCaptures) {
    node.fail("more than " + std::to_string(kMaxCaptures) + " captures");
  }
  return captures;
}

}  // namespace h2load
