// SPDX-License-Identifier: MIT
// An nghttp2_mem that fails the n-th allocation and accounts for every block.
#include "support/alloc_probe.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace support {
namespace {

// New blocks are filled with this octet: code that relies on zeroed memory shows at once.
constexpr int kFresh = 0xa5;

AllocProbe* probe_of(void* mem_user_data) {
  return static_cast<AllocProbe*>(mem_user_data);
}

}  // namespace

AllocProbe::AllocProbe(Failing failing, std::size_t fail_at)
    : failing_(failing), fail_at_(fail_at) {
  mem_.mem_user_data = this;
  mem_.malloc = [](std::size_t size, void* self) { return probe_of(self)->allocate(size); };
  mem_.free = [](void* block, void* self) { probe_of(self)->release(block); };
  mem_.calloc = [](std::size_t count, std::size_t size, void* self) {
    void* block = nullptr;
    if (size == 0 || count <= SIZE_MAX / size) block = probe_of(self)->allocate(count * size);
    if (block != nullptr) std::memset(block, 0, count * size);
    return block;
  };
  mem_.realloc = [](void* block, std::size_t size, void* self) {
    return probe_of(self)->resize(block, size);
  };
}

AllocProbe::~AllocProbe() {
  for (const auto& [block, size] : sizes_)
    std::free(block);
}

bool AllocProbe::is_to_fail() {
  const std::size_t number = allocation_count_++;
  const bool fails = (failing_ == Failing::once && number == fail_at_) ||
                     (failing_ == Failing::from_then_on && number >= fail_at_);
  if (fails) ++failure_count_;
  return fails;
}

void AllocProbe::account(void* block, std::size_t size) {
  sizes_[block] = size;
  live_bytes_ += size;
  peak_bytes_ = std::max(peak_bytes_, live_bytes_);
}

void* AllocProbe::allocate(std::size_t size) {
  if (is_to_fail()) return nullptr;
  void* block = std::malloc(std::max<std::size_t>(size, 1));
  if (block == nullptr) return nullptr;
  std::memset(block, kFresh, size);
  account(block, size);
  return block;
}

void* AllocProbe::resize(void* block, std::size_t size) {
  if (block == nullptr) return allocate(size);
  const auto found = sizes_.find(block);
  if (found == sizes_.end()) {
    ++foreign_count_;
    return nullptr;
  }
  if (is_to_fail()) return nullptr;
  // Always move, so that a pointer kept into the old block is found out by a sanitizer.
  void* moved = std::malloc(std::max<std::size_t>(size, 1));
  if (moved == nullptr) return nullptr;
  std::memset(moved, kFresh, size);
  std::memcpy(moved, block, std::min(found->second, size));
  release(block);
  account(moved, size);
  return moved;
}

void AllocProbe::release(void* block) {
  if (block == nullptr) return;
  const auto found = sizes_.find(block);
  if (found == sizes_.end()) {
    ++foreign_count_;
    return;
  }
  live_bytes_ -= found->second;
  sizes_.erase(found);
  std::free(block);
}

std::string AllocProbe::complaint() const {
  std::string text;
  if (!sizes_.empty()) {
    text += std::to_string(sizes_.size()) + " blocks leaked (" + std::to_string(live_bytes_) +
            " bytes)";
  }
  if (foreign_count_ > 0) {
    if (!text.empty()) text += ", ";
    text += std::to_string(foreign_count_) + " foreign pointers freed";
  }
  return text;
}

}  // namespace support
