// SPDX-License-Identifier: MIT
// Which elements of an HTML page refer to something that is fetched with it.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "nghttp/asset.h"

namespace nghttp {

// Names are lower case.
struct Attribute {
  std::string_view name;
  std::string_view value;
};

// Takes the elements of a page in order, and tells of references in them.
class PageElements {
 public:
  struct Sink {
    // The base of all references; the first one counts.
    std::function<void(std::string_view reference)> on_base;
    std::function<void(std::string_view reference, AssetKind kind)> on_asset;
  };

  explicit PageElements(Sink sink) : sink_(std::move(sink)) {}

  void start(std::string_view name, std::span<const Attribute> attributes);
  void end(std::string_view name);

 private:
  using Attributes = std::span<const Attribute>;

  void on_link(Attributes attributes);
  void on_script(Attributes attributes);
  void on_image(Attributes attributes);
  void on_source(Attributes attributes);
  void on_media(Attributes attributes);
  void on_object(Attributes attributes);
  void add(std::string_view reference, AssetKind kind);

  Sink sink_;
  bool in_body_ = false;
  // Inside of elements whose content is not in use.
  int unused_depth_ = 0;
  // A picture element, and the source that it has settled for.
  bool in_picture_ = false;
  std::string picture_source_;
  // A video or audio element that still wants a source.
  bool wants_media_ = false;
};

}  // namespace nghttp
