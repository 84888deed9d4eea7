// SPDX-License-Identifier: MIT
// Which content codings a client takes: weights, and the choice among what there is.
#include "nghttpd/accept_encoding.h"

#include <algorithm>

#include "base/text.h"

namespace nghttpd {

namespace {

constexpr int kMost = 1000;

// "q=0.5" in thousandths. What is no weight counts as none given.
int parse_weight(std::string_view parameter) {
  if (parameter.size() < 3 || base::to_lower(parameter[0]) != 'q' || parameter[1] != '=') {
    return kMost;
  }
  if (parameter[2] != '0') return kMost;
  int weight = 0;
  int unit = 100;
  for (std::size_t i = 4; i < parameter.size() && i < 7; ++i, unit /= 10) {
    if (parameter[3] != '.' || !base::is_digit(parameter[i])) return kMost;
    weight += (parameter[i] - '0') * unit;
  }
  return weight;
}

bool is_name(std::string_view coding, std::string_view name) {
  return base::equal_ignoring_case(coding, name);
}

// Removes the first item of a list. Every request of a browser has one: nothing is allocated.
std::string_view take_item(std::string_view& list) {
  const std::size_t comma = std::min(list.find(','), list.size());
  const std::string_view item = base::trim(list.substr(0, comma));
  list.remove_prefix(std::min(comma + 1, list.size()));
  return item;
}

}  // namespace

std::string_view coding_name(Coding coding) {
  switch (coding) {
    case Coding::br: return "br";
    case Coding::gzip: return "gzip";
    case Coding::identity: break;
  }
  return {};
}

int CodingWeights::of(Coding coding) const {
  switch (coding) {
    case Coding::br: return br;
    case Coding::gzip: return gzip;
    case Coding::identity: break;
  }
  return identity;
}

CodingWeights parse_accept_encoding(std::optional<std::string_view> value) {
  if (!value) return {1, 1, kMost};
  std::optional<int> br;
  std::optional<int> gzip;
  std::optional<int> identity;
  std::optional<int> others;
  for (std::string_view rest = *value; !rest.empty();) {
    const std::string_view item = take_item(rest);
    const std::size_t semicolon = item.find(';');
    const std::string_view coding = base::trim(item.substr(0, semicolon));
    const int weight = semicolon == std::string_view::npos
                           ? kMost
                           : parse_weight(base::trim(item.substr(semicolon + 1)));
    if (is_name(coding, "br")) br = weight;
    if (is_name(coding, "gzip") || is_name(coding, "x-gzip")) gzip = weight;
    if (is_name(coding, "identity")) identity = weight;
    if (coding == "*") others = weight;
  }
  CodingWeights weights;
  weights.br = br.value_or(others.value_or(0));
  weights.gzip = gzip.value_or(others.value_or(0));
  // Unless it is excluded identity is good enough, but less so than what was asked for.
  weights.identity = identity.value_or(others == 0 ? 0 : 1);
  return weights;
}

bool may_exclude_identity(std::optional<std::string_view> value) {
  return value && value->find(';') != std::string_view::npos;
}

std::optional<Coding> choose_coding(const CodingWeights& weights,
                                    std::span<const Coding> available) {
  std::optional<Coding> best;
  int best_weight = 0;
  for (const Coding coding : {Coding::br, Coding::gzip, Coding::identity}) {
    for (const Coding each : available) {
      if (each != coding || weights.of(coding) <= best_weight) continue;
      best = coding;
      best_weight = weights.of(coding);
    }
  }
  return best;
}

}  // namespace nghttpd
