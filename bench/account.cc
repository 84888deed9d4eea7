// SPDX-License-Identifier: MIT
// An allocator that keeps account.
#include <malloc.h>

#include <cstdlib>

#include "pair.h"

namespace bench {

Account::Account() : memory_{this, allocate, release, allocate_zeros, reallocate} {}

// glibc keeps the size of a block in front of it.
size_t Account::room_of(void* block) {
  return block ? ::malloc_usable_size(block) + sizeof(size_t) : 0;
}

void* Account::note(void* block) {
  if (block) ++allocations_;
  octets_ += room_of(block);
  return block;
}

void* Account::allocate(size_t size, void* account) {
  return static_cast<Account*>(account)->note(std::malloc(size));
}

void* Account::allocate_zeros(size_t count, size_t size, void* account) {
  return static_cast<Account*>(account)->note(std::calloc(count, size));
}

void* Account::reallocate(void* block, size_t size, void* account) {
  const size_t before = room_of(block);
  void* const moved = std::realloc(block, size);
  if (moved || size == 0) static_cast<Account*>(account)->octets_ -= before;
  return static_cast<Account*>(account)->note(moved);
}

void Account::release(void* block, void* account) {
  static_cast<Account*>(account)->octets_ -= room_of(block);
  std::free(block);
}

}  // namespace bench
