// SPDX-License-Identifier: MIT
// Memory for what comes and goes with every request: freed blocks wait for the next of their size.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <utility>

namespace base {

// The free blocks of one size and one thread. Without a destructor: objects may be freed after
// those of the thread have run.
struct KeptBlocks {
  struct Block {
    Block* next;
  };

  Block* first = nullptr;
  std::size_t count = 0;
  std::size_t most = 0;  // nothing is kept before the first allocation, and after the end
};

// Blocks of one size. Each thread keeps those that it frees, up to 64 KiB of them, so that steady
// traffic costs the allocator nothing. A block may be freed by another thread.
template <std::size_t kSize>
class BlockCache {
 public:
  static void* take() {
    KeptBlocks::Block* const block = kept_.first;
    if (block == nullptr) return allocate();
    kept_.first = block->next;
    --kept_.count;
    return block;
  }

  static void give(void* block) noexcept {
    if (kept_.count >= kept_.most) {
      ::operator delete(block);
      return;
    }
    kept_.first = new (block) KeptBlocks::Block{kept_.first};
    ++kept_.count;
  }

 private:
  static_assert(kSize >= sizeof(KeptBlocks::Block));

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  static constexpr std::size_t kMost = 0;  // so that the use of freed memory is noticed
#else
  static constexpr std::size_t kMost = 64 * 1024 / kSize;
#endif

  struct Release {
    Release() { kept_.most = kMost; }
    ~Release() {
      kept_.most = 0;
      while (KeptBlocks::Block* const block = kept_.first) {
        kept_.first = block->next;
        ::operator delete(block);
      }
      kept_.count = 0;
    }
  };

  [[gnu::noinline]] static void* allocate() {
    static thread_local Release at_end_of_thread;
    static_cast<void>(at_end_of_thread);
    return ::operator new(kSize);
  }

  static constinit inline thread_local KeptBlocks kept_;
};

// For std::allocate_shared(): one object at a time.
template <class T>
struct RecyclingAllocator {
  using value_type = T;

  RecyclingAllocator() = default;
  template <class U>
  RecyclingAllocator(const RecyclingAllocator<U>&) {}

  T* allocate(std::size_t) { return static_cast<T*>(BlockCache<sizeof(T)>::take()); }
  void deallocate(T* object, std::size_t) noexcept { BlockCache<sizeof(T)>::give(object); }

  template <class U>
  bool operator==(const RecyclingAllocator<U>&) const {
    return true;
  }
};

// As std::make_shared().
template <class T, class... Arguments>
std::shared_ptr<T> make_recycled(Arguments&&... arguments) {
  return std::allocate_shared<T>(RecyclingAllocator<T>(), std::forward<Arguments>(arguments)...);
}

}  // namespace base
