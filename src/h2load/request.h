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
  // `body` is nullptr for a request without content, which has no trailers either. An error when a
  // field cannot be sent.
  static base::Result<std::unique_ptr<Request>> prepare(http::Head head, SharedText body,
                                                        http::Fields trailers = {});

  Request(const Request&) = delete;
  Request& operator=(const Request&) = delete;

  const http::Head& head() const { return head_; }
  // For HTTP/2; points into this object, which outlives the use.
  const std::vector<nghttp2_nv>& field_array() const { return array_; }
  const std::vector<nghttp2_nv>& trailer_array() const { return trailer_array_; }
  // Of names and values.
  std::size_t field_octets() const { return field_octets_; }
  // For HTTP/1.1: the head as it is sent.
  const std::string& head_text() const;
  // For HTTP/1.1: the content as it is sent, which before trailers is a chunk.
  void append_content(std::string& out) const;

  bool has_body() const { return body_ != nullptr; }
  bool has_trailers() const { return !trailer_array_.empty(); }
  std::string_view body() const { return body_ ? std::string_view(*body_) : std::string_view(); }
  bool is_head() const { return is_head_; }

  // Which of the names of the scenario it goes by.
  void set_label(std::uint32_t label) { label_ = label; }
  std::uint32_t label() const { return label_; }

  // Other values, for the next time that it is sent. Whoever sets them knows that they can be sent.
  void set_path(std::string_view path) { set_value(path_index_, path); }
  // `index` is that in the field section.
  void set_field(std::size_t index, std::string_view value) {
    set_value(array_.size() - head_.fields.size() + index, value);
  }
  void set_trailer(std::size_t index, std::string_view value);
  void set_body(std::string_view body);

 private:
  Request(http::Head head, SharedText body, http::Fields trailers);

  base::Result<std::string> write_head() const;
  void make_arrays();
  void set_value(std::size_t index, std::string_view value);

  http::Head head_;
  SharedText body_;
  http::Fields trailers_;
  bool is_head_;
  std::uint32_t label_ = 0;
  std::vector<nghttp2_nv> array_;
  std::vector<nghttp2_nv> trailer_array_;
  std::size_t path_index_ = 0;
  std::size_t field_octets_ = 0;
  // Written when it is needed, if values have changed.
  mutable std::string text_;
  mutable bool is_text_valid_ = true;
  // What has been set; the arrays point to it.
  std::vector<std::string> values_;
  std::vector<std::string> trailer_values_;
  std::shared_ptr<std::string> own_body_;
};

}  // namespace h2load
