// SPDX-License-Identifier: MIT
// The references of a page as URIs that may be fetched with it.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "nghttp/asset.h"

namespace nghttp {

// What distinguishes a resource: a URI without fragment, and with its port.
std::string resource_name(const base::Url& url);

class AssetList {
 public:
  // A page that refers to more than this is not one a person looks at.
  static constexpr std::size_t kMaxAssets = 1000;

  explicit AssetList(base::Url page) : base_(std::move(page)), origin_(base_.origin()) {}

  // What further references are relative to. The first call counts.
  void set_base(std::string_view reference);
  // Keeps the reference if it is new and has the origin of the page.
  void add(std::string_view reference, AssetKind kind);

  // What was added since the last call.
  std::vector<Asset> take() { return std::exchange(found_, {}); }
  // Whether something was left out, because there was too much.
  bool has_overflowed() const { return has_overflowed_; }

 private:
  base::Url base_;
  std::string origin_;
  bool base_is_set_ = false;
  bool has_overflowed_ = false;
  std::set<std::string> seen_;
  std::vector<Asset> found_;
};

}  // namespace nghttp
