// SPDX-License-Identifier: MIT
// A request that only has to be sent: all that can be made before the run is made.
#pragma once

#include <nghttp2/nghttp2.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/head.h"

namespace h2load {

using SharedText = std::shared_ptr<const std::string>;

class Request {
 public:
  // `body` is nullptr for a request without content. An error when a field cannot be sent.
  static base::Result<std::unique_ptr<const Request>> prepare(http::Head head, SharedText body);

  Request(const Request&) = delete;
  Request& operator=(const Request&) = delete;

  const http::Head& head() const { return head_; }
  // For HTTP/2; points into this object, which outlives the use.
  const std::vector<nghttp2_nv>& field_array() const { return array_; }
  // Of names and values.
  std::size_t field_octets() const { return field_octets_; }
  // For HTTP/1.1: the head as it is sent.
  const std::string& head_text() const { return text_; }

  bool has_body() const { return body_ != nullptr; }
  std::string_view body() const { return body_ ? std::string_view(*body_) : std::string_view(); }
  bool is_head() const { return is_head_; }

 private:
  Request(http::Head head, SharedText body);

  http::Head head_;
  SharedText body_;
  bool is_head_;
  std::vector<nghttp2_nv> array_;
  std::size_t field_octets_ = 0;
  std::string text_;
};

}  // namespace h2load
