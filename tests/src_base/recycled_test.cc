// SPDX-License-Identifier: MIT
// Tests of memory that is used again.
#include "base/recycled.h"

#include <string>
#include <thread>
#include <vector>

#include "support/check.h"

namespace {

struct Object {
  explicit Object(std::string t) : text(std::move(t)) {}
  std::string text;
  char rest[300] = {};
};

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kRecycles = false;
#else
constexpr bool kRecycles = true;
#endif

}  // namespace

TEST(src_base_recycled, a_freed_block_serves_the_next_object) {
  using Blocks = base::BlockCache<4000>;
  void* const first = Blocks::take();
  void* const second = Blocks::take();
  CHECK(first != second);
  Blocks::give(first);
  void* const third = Blocks::take();
  if (kRecycles) CHECK(third == first);
  Blocks::give(second);
  Blocks::give(third);
}

TEST(src_base_recycled, more_than_is_kept_goes_back) {
  std::vector<std::shared_ptr<Object>> objects;
  for (int i = 0; i < 1000; ++i)
    objects.push_back(base::make_recycled<Object>(std::to_string(i)));
  CHECK_STR(objects[999]->text, "999");
  objects.clear();
  const auto object = base::make_recycled<Object>("again");
  CHECK_STR(object->text, "again");
  CHECK_EQ(object->rest[299], '\0');
}

TEST(src_base_recycled, objects_may_end_on_another_thread) {
  auto object = base::make_recycled<Object>("moves");
  std::thread([object = std::move(object)]() mutable {
    object.reset();
    const auto own = base::make_recycled<Object>("stays");
    CHECK_STR(own->text, "stays");
  }).join();
}
