// SPDX-License-Identifier: MIT
// Memory for objects of one size that come and go: freed places are kept for the next object.
#pragma once

#include <cstdint>
#include <new>
#include <utility>

#include "base/allocator.h"

namespace nghttp2 {

// Blocks of kSize bytes, each one of the application's allocator. Freed blocks wait for reuse, at
// most kMost of them, so that steady traffic allocates nothing. A burst does not hold memory for
// ever: from time to time the blocks go back that nobody has needed since the last time.
template <size_t kSize, unsigned kMost>
class BlockPool {
 public:
  explicit BlockPool(const Allocator& allocator) : allocator_(&allocator) {}
  BlockPool(const BlockPool&) = delete;
  BlockPool& operator=(const BlockPool&) = delete;
  ~BlockPool() { release(kept_); }

  // nullptr when there is no memory.
  void* take() {
    if (!free_) return allocator_->allocate(kSize);
    Free* block = free_;
    free_ = block->next;
    --kept_;
    if (kept_ < least_kept_) least_kept_ = kept_;
    return block;
  }
  // Gives the blocks back that wait for reuse.
  void release_all() { release(kept_); }
  void give(void* block) {
    if (kept_ == kMost) {
      allocator_->free(block);
    } else {
      free_ = new (block) Free{free_};
      ++kept_;
    }
    if (++given_ == kRound) end_round();
  }

 private:
  struct Free {
    Free* next;
  };
  static_assert(kSize >= sizeof(Free));
  // Long enough that steady use, which gives and takes kMost blocks at most in turn, does both.
  static constexpr unsigned kRound = 2 * kMost > 64 ? 2 * kMost : 64;

  void end_round() {
    release(least_kept_);
    least_kept_ = kept_;
    given_ = 0;
  }
  void release(uint16_t count) {
    for (; count > 0; --count, --kept_) {
      Free* block = free_;
      free_ = block->next;
      allocator_->free(block);
    }
    if (least_kept_ > kept_) least_kept_ = kept_;
  }

  const Allocator* allocator_;
  Free* free_ = nullptr;
  uint16_t kept_ = 0;
  uint16_t least_kept_ = 0;  // in the present round of kRound blocks given
  uint16_t given_ = 0;
};

// Objects in the blocks of such a pool.
template <typename T, unsigned kMost>
class Pool {
 public:
  explicit Pool(const Allocator& allocator) : blocks_(allocator) {}

  // nullptr when there is no memory.
  template <typename... Args>
  T* create(Args&&... args) {
    void* place = blocks_.take();
    return place ? new (place) T(std::forward<Args>(args)...) : nullptr;
  }
  void destroy(T* object) {
    if (!object) return;
    object->~T();
    blocks_.give(object);
  }
  void release_all() { blocks_.release_all(); }

 private:
  BlockPool<sizeof(T) < sizeof(void*) ? sizeof(void*) : sizeof(T), kMost> blocks_;
};

// How many objects of a type a pool may keep for a connection that does nothing at the moment.
template <typename T>
inline constexpr unsigned kPooled = 8192 / sizeof(T);

}  // namespace nghttp2
