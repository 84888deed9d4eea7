// SPDX-License-Identifier: MIT
// The references of a page as URIs that may be fetched with it.
#include "nghttp/asset_list.h"

#include <utility>

namespace nghttp {

namespace {

bool is_space_or_control(char c) {
  return static_cast<unsigned char>(c) <= ' ';
}

// As browsers take a reference: without white space around it, nor line breaks and tabs within.
base::Result<base::Url> resolve(const base::Url& from, std::string_view reference) {
  while (!reference.empty() && is_space_or_control(reference.front()))
    reference.remove_prefix(1);
  while (!reference.empty() && is_space_or_control(reference.back()))
    reference.remove_suffix(1);
  if (reference.empty()) return base::Error{"an empty reference"};
  std::string text(reference);
  std::erase_if(text, [](char c) { return c == '\t' || c == '\n' || c == '\r'; });
  return base::resolve_url(from, base::escape_uri(text));
}

}  // namespace

std::string resource_name(const base::Url& url) {
  return url.origin() + url.request_target();
}

void AssetList::set_base(std::string_view reference) {
  if (std::exchange(base_is_set_, true)) return;
  if (auto url = resolve(base_, reference)) base_ = *std::move(url);
}

void AssetList::add(std::string_view reference, AssetKind kind) {
  auto url = resolve(base_, reference);
  if (!url || url->origin() != origin_) return;
  url->fragment.reset();
  std::string name = resource_name(*url);
  if (seen_.contains(name)) return;
  if (seen_.size() == kMaxAssets) {
    has_overflowed_ = true;
    return;
  }
  seen_.insert(std::move(name));
  found_.push_back(Asset{*std::move(url), kind});
}

}  // namespace nghttp
