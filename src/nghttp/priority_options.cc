// SPDX-License-Identifier: MIT
// The rows of nghttp's option table that rank requests.
#include "nghttp/priority_options.h"

#include <nghttp2/nghttp2.h>

#include "base/log.h"

namespace nghttp {

namespace {

namespace args = base::args;

std::string add_priority(Config& config, std::string_view text) {
  nghttp2_extpri priority{};
  const auto* octets = reinterpret_cast<const std::uint8_t*>(text.data());
  if (nghttp2_extpri_parse_priority(&priority, octets, text.size()) != 0) {
    return "a priority as RFC 9218 writes it, such as 'u=2, i'";
  }
  config.priorities.emplace_back(text);
  return {};
}

std::string add_weight(Config& config, std::string_view text) {
  struct Parsed {
    std::int32_t weight = 0;
  } parsed;
  const std::string expected =
      args::integer(&Parsed::weight, NGHTTP2_MIN_WEIGHT, NGHTTP2_MAX_WEIGHT)(parsed, text);
  if (expected.empty()) config.weights.push_back(parsed.weight);
  return expected;
}

}  // namespace

args::Section<Config> priority_section() {
  return {
      "Priorities",
      {
          {"extpri", 0, "<PRI>", add_priority,
           "Priority as RFC 9218 writes it, such as 'u=2, i'. The option can be repeated: the N-th "
           "one is for the N-th URI, and the last one for all further ones.",
           "u=3", args::kRepeatable},
          {"weight", 'p', "<WEIGHT>", add_weight,
           "Rank requests by RFC 7540, with this weight from 1 to 256: PRIORITY frames declare "
           "groups of requests, and each request has its place among them. The option can be "
           "repeated: the N-th one is for the N-th URI, and the last one for all further ones. "
           "With --extpri requests carry both kinds of priority.",
           "16", args::kRepeatable},
          {"no-dep", 0, "", args::flag(&Config::no_dependencies),
           "Rank requests by RFC 7540, but by the weights of --weight alone: no groups are "
           "declared, and no request depends on another."},
          {"no-rfc7540-pri", 0, "", args::flag(&Config::no_rfc7540_priorities),
           "Do not rank requests by RFC 7540, and tell the server so. That is what happens without "
           "--weight and --no-dep; if they are given, too, they have no effect."},
      }};
}

void warn_of_useless_priorities(const Config& config) {
  if (!config.no_rfc7540_priorities) return;
  if (!config.weights.empty()) {
    base::log_warning("--weight has no effect with --no-rfc7540-pri");
  }
  if (config.no_dependencies) base::log_warning("--no-dep has no effect with --no-rfc7540-pri");
}

}  // namespace nghttp
