// SPDX-License-Identifier: MIT
// Links from a page to what it needs: link elements of HTML and Link fields (RFC 8288).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nghttp/asset.h"

namespace nghttp {

// A link element, or a link of a field; both have the same attributes.
struct Link {
  std::string target;
  std::string relations;  // rel
  std::string as;
  std::string type;
  std::string media;
  std::string image_srcset;
  std::string image_sizes;
  bool is_disabled = false;
};

// What is to be fetched for a link.
struct LinkUse {
  std::string target;
  AssetKind kind = AssetKind::data;
};

// nullopt for a link that leads elsewhere.
std::optional<LinkUse> use_of(const Link& link);

// The links of a field value. What is malformed is passed over, as are links between others.
std::vector<Link> parse_links(std::string_view value);

}  // namespace nghttp
