// SPDX-License-Identifier: MIT
// nghttp2_check_*: which characters may stand where in a message.
#include <cstring>

#include "base/vocabulary.h"
#include "http/field_syntax.h"

using nghttp2::Bytes;

int nghttp2_check_header_name(const uint8_t* name, size_t len) {
  return nghttp2::http::is_field_name(Bytes(name, len));
}

int nghttp2_check_header_value(const uint8_t* value, size_t len) {
  return nghttp2::http::is_field_value(Bytes(value, len));
}

int nghttp2_check_header_value_rfc9113(const uint8_t* value, size_t len) {
  return nghttp2::http::is_trimmed_field_value(Bytes(value, len));
}

int nghttp2_check_method(const uint8_t* value, size_t len) {
  return nghttp2::http::is_method(Bytes(value, len));
}

int nghttp2_check_path(const uint8_t* value, size_t len) {
  return nghttp2::http::is_path(Bytes(value, len));
}

int nghttp2_check_authority(const uint8_t* value, size_t len) {
  return nghttp2::http::is_authority(Bytes(value, len));
}

int nghttp2_nv_compare_name(const nghttp2_nv* lhs, const nghttp2_nv* rhs) {
  const size_t common = lhs->namelen < rhs->namelen ? lhs->namelen : rhs->namelen;
  const int order = common ? std::memcmp(lhs->name, rhs->name, common) : 0;
  if (order != 0) return order;
  return lhs->namelen < rhs->namelen ? -1 : lhs->namelen > rhs->namelen;
}
