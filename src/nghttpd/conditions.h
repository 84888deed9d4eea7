// SPDX-License-Identifier: MIT
// The fields of a request that decide which response it gets, found in one pass.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/fields.h"

namespace nghttpd {

// Refers to the request's fields, which must outlive it. Of fields that are no lists the first
// counts.
class Conditions {
 public:
  explicit Conditions(const http::Fields& request);
  Conditions(const Conditions&) = delete;
  Conditions& operator=(const Conditions&) = delete;

  std::optional<std::string_view> host;
  std::optional<std::string_view> accept_encoding;
  std::optional<std::string_view> if_match;
  std::optional<std::string_view> if_none_match;
  std::optional<std::string_view> if_modified_since;
  std::optional<std::string_view> if_unmodified_since;
  std::optional<std::string_view> if_range;
  std::optional<std::string_view> range;

 private:
  // The slot for a field name and where to join what comes in several lines; nullptr if there is
  // none.
  std::optional<std::string_view>* slot(std::string_view name, std::string*& joined);

  std::string joined_accept_encoding_;
  std::string joined_if_match_;
  std::string joined_if_none_match_;
};

// Whether an If-Match or If-None-Match value lists the entity tag, or is "*" (RFC 9110 §13.1). A
// strong comparison takes no weak tag for the same.
bool lists_entity_tag(std::string_view value, std::string_view tag, bool strong);

}  // namespace nghttpd
