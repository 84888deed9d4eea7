// SPDX-License-Identifier: MIT
// Which elements of an HTML page refer to something that is fetched with it.
#include "nghttp/page_elements.h"

#include <algorithm>

#include "base/text.h"
#include "nghttp/links.h"
#include "nghttp/screen.h"

namespace nghttp {

namespace {

using Attributes = std::span<const Attribute>;

const Attribute* find(Attributes attributes, std::string_view name) {
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [name](const Attribute& each) { return each.name == name; });
  return found == attributes.end() ? nullptr : &*found;
}

std::string_view value_of(Attributes attributes, std::string_view name) {
  const Attribute* found = find(attributes, name);
  return found == nullptr ? std::string_view() : found->value;
}

bool has(Attributes attributes, std::string_view name) {
  return find(attributes, name) != nullptr;
}

// Inert, or in use only where scripts are not.
bool is_unused(std::string_view element) {
  return element == "template" || element == "noscript";
}

bool is_script_type(std::string_view type) {
  constexpr std::string_view kTypes[] = {"",
                                         "module",
                                         "text/javascript",
                                         "application/javascript",
                                         "application/x-javascript",
                                         "text/ecmascript",
                                         "application/ecmascript",
                                         "text/x-javascript"};
  const std::string lower = base::to_lower(base::trim(type));
  return std::find(std::begin(kTypes), std::end(kTypes), lower) != std::end(kTypes);
}

bool is_module(std::string_view type) {
  return base::equal_ignoring_case(base::trim(type), "module");
}

}  // namespace

void PageElements::start(std::string_view name, Attributes attributes) {
  if (is_unused(name)) ++unused_depth_;
  if (name == "body") in_body_ = true;
  if (unused_depth_ > 0) return;
  if (name == "base") {
    if (has(attributes, "href")) sink_.on_base(value_of(attributes, "href"));
  } else if (name == "link") {
    on_link(attributes);
  } else if (name == "script") {
    on_script(attributes);
  } else if (name == "picture") {
    in_picture_ = true;
    picture_source_.clear();
  } else if (name == "img") {
    on_image(attributes);
  } else if (name == "source") {
    on_source(attributes);
  } else if (name == "video" || name == "audio") {
    on_media(attributes);
  } else if (name == "track") {
    add(value_of(attributes, "src"), AssetKind::data);
  } else if (name == "embed" || name == "object") {
    on_object(attributes);
  } else if (name == "input") {
    const bool is_image = base::equal_ignoring_case(value_of(attributes, "type"), "image");
    if (is_image) add(value_of(attributes, "src"), AssetKind::image);
  }
}

void PageElements::end(std::string_view name) {
  if (is_unused(name) && unused_depth_ > 0) --unused_depth_;
  if (name == "picture") in_picture_ = false;
  if (name == "video" || name == "audio") wants_media_ = false;
}

void PageElements::on_link(Attributes attributes) {
  Link link;
  link.target = value_of(attributes, "href");
  link.relations = value_of(attributes, "rel");
  link.as = value_of(attributes, "as");
  link.type = value_of(attributes, "type");
  link.media = value_of(attributes, "media");
  link.image_srcset = value_of(attributes, "imagesrcset");
  link.image_sizes = value_of(attributes, "imagesizes");
  link.is_disabled = has(attributes, "disabled");
  if (const auto use = use_of(link)) add(use->target, use->kind);
}

void PageElements::on_script(Attributes attributes) {
  const std::string_view type = value_of(attributes, "type");
  if (!is_script_type(type) || has(attributes, "nomodule")) return;
  const bool is_late =
      in_body_ || is_module(type) || has(attributes, "async") || has(attributes, "defer");
  add(value_of(attributes, "src"), is_late ? AssetKind::late_script : AssetKind::script);
}

void PageElements::on_image(Attributes attributes) {
  if (in_picture_ && !picture_source_.empty()) {
    add(picture_source_, AssetKind::image);
    picture_source_.clear();
    return;
  }
  add(choose_image(value_of(attributes, "src"), value_of(attributes, "srcset"),
                   value_of(attributes, "sizes")),
      AssetKind::image);
}

void PageElements::on_source(Attributes attributes) {
  const std::string_view type = value_of(attributes, "type");
  if (in_picture_) {
    if (!picture_source_.empty() || !shows_image_type(type)) return;
    if (!media_applies(value_of(attributes, "media"))) return;
    picture_source_ =
        choose_image({}, value_of(attributes, "srcset"), value_of(attributes, "sizes"));
  } else if (wants_media_ && plays_media_type(type) &&
             media_applies(value_of(attributes, "media"))) {
    wants_media_ = false;
    add(value_of(attributes, "src"), AssetKind::media);
  }
}

void PageElements::on_media(Attributes attributes) {
  add(value_of(attributes, "poster"), AssetKind::image);
  const bool waits = base::equal_ignoring_case(value_of(attributes, "preload"), "none") &&
                     !has(attributes, "autoplay");
  wants_media_ = !waits && !has(attributes, "src");
  if (!waits) add(value_of(attributes, "src"), AssetKind::media);
}

// Pages in pages are not fetched.
void PageElements::on_object(Attributes attributes) {
  const std::string_view type = value_of(attributes, "type");
  if (base::equal_ignoring_case(type, "text/html")) return;
  const std::string_view reference =
      has(attributes, "data") ? value_of(attributes, "data") : value_of(attributes, "src");
  const bool is_image = !type.empty() && shows_image_type(type);
  add(reference, is_image ? AssetKind::image : AssetKind::media);
}

void PageElements::add(std::string_view reference, AssetKind kind) {
  if (!reference.empty()) sink_.on_asset(reference, kind);
}

}  // namespace nghttp
