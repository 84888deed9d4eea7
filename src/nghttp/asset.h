// SPDX-License-Identifier: MIT
// Something that a page refers to and a browser would fetch with it.
#pragma once

#include "base/url.h"

namespace nghttp {

// In the order in which they are wanted.
enum class AssetKind {
  style_sheet,
  script,  // that holds the parser up
  font,
  late_script,  // that is run when the page is there
  data,
  image,
  media,
  prefetch
};

struct Asset {
  base::Url url;
  AssetKind kind = AssetKind::image;
};

}  // namespace nghttp
