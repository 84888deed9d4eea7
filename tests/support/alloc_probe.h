// SPDX-License-Identifier: MIT
// An nghttp2_mem that fails the n-th allocation and accounts for every block.
#pragma once

#include <nghttp2/nghttp2.h>

#include <cstddef>
#include <string>
#include <unordered_map>

namespace support {

class AllocProbe {
 public:
  enum class Failing { never, once, from_then_on };

  // `fail_at` counts from 0; reallocations that may move a block count too.
  explicit AllocProbe(Failing failing = Failing::never, std::size_t fail_at = 0);
  AllocProbe(const AllocProbe&) = delete;
  AllocProbe& operator=(const AllocProbe&) = delete;
  ~AllocProbe();

  nghttp2_mem* mem() { return &mem_; }
  std::size_t allocation_count() const { return allocation_count_; }
  bool has_failed() const { return failure_count_ > 0; }
  std::size_t live_blocks() const { return sizes_.size(); }
  std::size_t live_bytes() const { return live_bytes_; }
  std::size_t peak_bytes() const { return peak_bytes_; }

  // Empty if every block was freed once and no foreign pointer was freed or resized.
  std::string complaint() const;

 private:
  void* allocate(std::size_t size);
  void* resize(void* block, std::size_t size);
  void release(void* block);
  bool is_to_fail();
  void account(void* block, std::size_t size);

  nghttp2_mem mem_;
  Failing failing_;
  std::size_t fail_at_;
  std::size_t allocation_count_ = 0;
  std::size_t failure_count_ = 0;
  std::size_t foreign_count_ = 0;
  std::size_t live_bytes_ = 0;
  std::size_t peak_bytes_ = 0;
  std::unordered_map<void*, std::size_t> sizes_;
};

}  // namespace support
