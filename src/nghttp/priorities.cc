// SPDX-License-Identifier: MIT
// How requests are ranked.
#include "nghttp/priorities.h"

namespace nghttp {

namespace {

// The groups of nghttp, as Firefox has had them: what the first ones want comes first.
struct Group {
  std::int32_t stream_id;
  std::int32_t parent;
  std::int32_t weight;
};
constexpr Group kLeaders{3, 0, 201};
constexpr Group kUnblocked{5, 0, 101};
constexpr Group kBackground{7, 0, 1};
constexpr Group kSpeculative{9, kBackground.stream_id, 1};
constexpr Group kFollowers{11, kLeaders.stream_id, 1};
constexpr Group kGroups[] = {kLeaders, kUnblocked, kBackground, kSpeculative, kFollowers};
constexpr std::int32_t kFirstRequest = 13;

nghttp2_priority_spec below(std::int32_t parent, std::int32_t weight) {
  return {parent, weight, 0};
}

nghttp2_priority_spec place_of(AssetKind kind) {
  constexpr std::int32_t kWanted = 32;
  constexpr std::int32_t kLessWanted = 12;
  switch (kind) {
    case AssetKind::style_sheet:
    case AssetKind::script:
    case AssetKind::font: return below(kLeaders.stream_id, kWanted);
    case AssetKind::late_script:
    case AssetKind::data: return below(kUnblocked.stream_id, kWanted);
    case AssetKind::image:
    case AssetKind::media: return below(kFollowers.stream_id, kLessWanted);
    case AssetKind::prefetch: return below(kSpeculative.stream_id, kLessWanted);
  }
  return below(0, NGHTTP2_DEFAULT_WEIGHT);
}

}  // namespace

bool uses_tree(const Config& config) {
  return !config.no_rfc7540_priorities && (!config.weights.empty() || config.no_dependencies);
}

std::string priority_field(const Config& config, AssetKind kind) {
  // Who asks for the tree gets both only by asking for both.
  if (uses_tree(config) && config.priorities.empty()) return {};
  switch (kind) {
    case AssetKind::style_sheet:
    case AssetKind::script: return "u=2";
    case AssetKind::font: return "u=3";
    case AssetKind::late_script: return "u=4";
    case AssetKind::data: return "u=5";
    case AssetKind::image: return "u=5, i";
    case AssetKind::media: return "u=6, i";
    case AssetKind::prefetch: return "u=7";
  }
  return {};
}

nghttp2_priority_spec place_in_tree(const Config& config, const Request& request) {
  if (!uses_tree(config)) return below(0, NGHTTP2_DEFAULT_WEIGHT);
  if (config.no_dependencies) return below(0, request.weight);
  return request.asset ? place_of(*request.asset) : below(kFollowers.stream_id, request.weight);
}

void declare_groups(const Config& config, http2::ClientConnection& connection) {
  if (!uses_tree(config) || config.no_dependencies) return;
  for (const Group& group : kGroups)
    connection.send_priority(group.stream_id, below(group.parent, group.weight));
  connection.open_from(kFirstRequest);
}

}  // namespace nghttp
