// SPDX-License-Identifier: MIT
// Encodes fields into header blocks.
#pragma once

#include <nghttp2/nghttp2.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "hpack_tools/case_input.h"

namespace hpack_tools {

class BlockEncoder {
 public:
  // The table that the decoder has, and how much of it is used at most.
  BlockEncoder(std::uint32_t table_size, std::uint32_t max_used);

  void change_table_size(std::uint32_t size);
  std::string encode(std::span<const Field> fields);

  nghttp2_hd_deflater* handle() const { return handle_.get(); }
  std::uint32_t table_size() const { return setting_; }

 private:
  struct Release {
    void operator()(nghttp2_hd_deflater* handle) const { nghttp2_hd_deflate_del(handle); }
  };

  std::unique_ptr<nghttp2_hd_deflater, Release> handle_;
  std::uint32_t setting_ = NGHTTP2_DEFAULT_HEADER_TABLE_SIZE;
};

// What the names and values have together.
std::size_t octets_in(std::span<const Field> fields);

// Of the original size, in percent; 0 if there is nothing to compress.
double percentage(std::size_t output, std::size_t input);

}  // namespace hpack_tools
