// SPDX-License-Identifier: MIT
// http::Head and http::Fields to and from libnghttp2's field arrays.
#include "http2/field_copy.h"

#include <string>

namespace http2 {

namespace {

std::uint8_t* octets(std::string_view text) {
  // The session does not write to what it is given; the C type lacks the const.
  return reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data()));
}

}  // namespace

void FieldArray::assign(const http::Head& head) {
  lent_ = nullptr;
  add_all(head);
}

void FieldArray::assign(const http::Fields& fields) {
  lent_ = nullptr;
  list_.clear();
  add(fields);
}

void FieldArray::lend(const http::SharedHead& head) {
  if (lent_ == head) return;
  add_all(*head);
  lent_ = head;
  for (nghttp2_nv& field : list_) {
    field.flags |= NGHTTP2_NV_FLAG_NO_COPY_NAME;
    // The status alone is not in the head as text.
    if (field.value != octets(std::string_view(status_, sizeof(status_)))) {
      field.flags |= NGHTTP2_NV_FLAG_NO_COPY_VALUE;
    }
  }
}

void FieldArray::add_all(const http::Head& head) {
  list_.clear();
  if (head.is_request()) {
    add(":method", head.method);
    // Plain CONNECT has neither path nor scheme (RFC 9113 §8.5).
    if (!head.path.empty()) add(":path", head.path);
    if (!head.scheme.empty()) add(":scheme", head.scheme);
    if (!head.authority.empty()) add(":authority", head.authority);
    if (!head.protocol.empty()) add(":protocol", head.protocol);
  } else {
    status_[0] = static_cast<char>('0' + head.status / 100 % 10);
    status_[1] = static_cast<char>('0' + head.status / 10 % 10);
    status_[2] = static_cast<char>('0' + head.status % 10);
    add(":status", std::string_view(status_, sizeof(status_)));
  }
  add(head.fields);
}

void FieldArray::add(std::string_view name, std::string_view value, bool sensitive) {
  const std::uint8_t flags = sensitive ? NGHTTP2_NV_FLAG_NO_INDEX : NGHTTP2_NV_FLAG_NONE;
  list_.push_back(nghttp2_nv{octets(name), octets(value), name.size(), value.size(), flags});
}

void FieldArray::add(const http::Fields& fields) {
  for (const http::Field& field : fields)
    add(field.name, field.value, field.sensitive);
}

void add_received_pseudo_field(http::Head& head, std::string_view name, std::string_view value) {
  // The pseudo-fields that exist differ in their second letter.
  switch (name.size() > 2 ? name[2] : '\0') {
    case 'e': head.method = value; break;
    case 'a': head.path = value; break;
    case 'c': head.scheme = value; break;
    case 'u': head.authority = value; break;
    case 'r': head.protocol = value; break;
    case 't':
      if (value.size() != 3) break;
      head.status = (value[0] - '0') * 100 + (value[1] - '0') * 10 + (value[2] - '0');
      break;
    default: break;
  }
}

}  // namespace http2
