// SPDX-License-Identifier: MIT
// http::Head and http::Fields to and from libnghttp2's field arrays (RFC 9113 §8.3).
#pragma once

#include <nghttp2/nghttp2.h>

#include <string_view>
#include <vector>

#include "http/head.h"

namespace http2 {

// A field array that points into a head or a field section, which must outlive its use. It has the
// session copy their text, unless they are lent to it.
class FieldArray {
 public:
  // Pseudo-fields first, in the order method, path, scheme, authority, protocol, or status.
  void assign(const http::Head& head);
  void assign(const http::Fields& fields);
  // The head must not go before the session has sent it. What was lent last is remembered: many
  // messages in turn may have the same head.
  void lend(const http::SharedHead& head);

  const nghttp2_nv* data() const { return list_.data(); }
  std::size_t size() const { return list_.size(); }

 private:
  void add(std::string_view name, std::string_view value, bool sensitive = false);
  void add(const http::Fields& fields);
  void add_all(const http::Head& head);

  http::SharedHead lent_;
  std::vector<nghttp2_nv> list_;
  char status_[3] = {};
};

// Puts one received field where it belongs: a pseudo-field into the head's members, any other into
// its fields. The session has checked names, values and order before.
void add_received_pseudo_field(http::Head& head, std::string_view name, std::string_view value);
inline void add_received_field(http::Head& head, std::string_view name, std::string_view value,
                               bool sensitive) {
  if (name.starts_with(':')) {
    add_received_pseudo_field(head, name, value);
  } else {
    head.fields.add(name, value, sensitive);
  }
}

}  // namespace http2
