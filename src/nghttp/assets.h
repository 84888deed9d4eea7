// SPDX-License-Identifier: MIT
// What an HTML page refers to and a browser would fetch with it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/url.h"

namespace nghttp {

enum class AssetKind { style_sheet, script, image };

struct Asset {
  base::Url url;
  AssetKind kind = AssetKind::image;
};

// Whether this build can read HTML.
bool can_find_assets();

// Reads a page piece by piece.
class AssetFinder {
 public:
  explicit AssetFinder(base::Url page);
  ~AssetFinder();
  AssetFinder(const AssetFinder&) = delete;
  AssetFinder& operator=(const AssetFinder&) = delete;

  void feed(std::string_view piece);
  void end();

  // The assets of the page's own origin found since the last call, in order, without fragment and
  // each of them once.
  std::vector<Asset> take();

 private:
  class Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace nghttp
