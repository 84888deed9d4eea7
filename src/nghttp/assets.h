// SPDX-License-Identifier: MIT
// What an HTML page refers to and a browser would fetch with it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/fields.h"
#include "nghttp/asset.h"
#include "nghttp/asset_list.h"

namespace nghttp {

// Whether this build can read HTML.
bool can_find_assets();

// Reads a page piece by piece. Pages are hostile: how much of one is read, how deep its elements
// may be nested, and how much it may refer to are all bounded.
class AssetFinder {
 public:
  static constexpr std::size_t kMaxPageBytes = 16 * 1024 * 1024;
  // Browsers have about the same limit.
  static constexpr int kMaxDepth = 512;

  explicit AssetFinder(base::Url page);
  ~AssetFinder();
  AssetFinder(const AssetFinder&) = delete;
  AssetFinder& operator=(const AssetFinder&) = delete;

  // The head of the response, or of one with status 103 (RFC 8297).
  void read_links(const http::Fields& fields);
  void feed(std::string_view piece);
  void end();

  // The assets of the page's own origin found since the last call, in order, without fragment and
  // each of them once.
  std::vector<Asset> take() { return list_.take(); }

  // Which bounds were hit since the last call, as sentences without a subject.
  std::vector<std::string> take_complaints();

 private:
  class Parser;

  void stop(std::string complaint);

  AssetList list_;
  std::unique_ptr<Parser> parser_;
  std::size_t bytes_ = 0;
  std::vector<std::string> complaints_;
  bool told_of_overflow_ = false;
};

}  // namespace nghttp
