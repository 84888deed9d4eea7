// SPDX-License-Identifier: MIT
// Which statuses are as they should be.
#include "h2load/status_set.h"

#include "support/check.h"

using h2load::StatusSet;

TEST(status_set, all_below_400_unless_told_otherwise) {
  const StatusSet set;
  CHECK(set.contains(200) && set.contains(304) && set.contains(399));
  CHECK(!set.contains(0) && !set.contains(400) && !set.contains(599) && !set.contains(1000));
}

TEST(status_set, numbers_and_classes) {
  StatusSet set = StatusSet::none();
  CHECK(!set.contains(200));
  CHECK(set.add(404) && set.add("5xx"));
  CHECK(set.contains(404) && set.contains(500) && set.contains(599));
  CHECK(!set.contains(200) && !set.contains(403));
}

TEST(status_set, what_is_no_final_status) {
  StatusSet set;
  CHECK(!set.add(199) && !set.add(600) && !set.add(0));
  for (const char* text : {"1xx", "6xx", "2x", "2xxx", "200", "", "xxx"})
    CHECK(!set.add(text));
}
