// SPDX-License-Identifier: MIT
#include "h2load/tally.h"

#include <string>

#include "support/check.h"

namespace {

using h2load::Tally;

TEST(h2load_tally, counts_texts) {
  Tally tally;
  CHECK(tally.empty());
  tally.add("NO_ERROR");
  tally.add("CANCEL", 3);
  tally.add("NO_ERROR");
  tally.add("never", 0);
  CHECK_EQ(tally.count("NO_ERROR"), 2);
  CHECK_EQ(tally.count("CANCEL"), 3);
  CHECK_EQ(tally.count("REFUSED_STREAM"), 0);
  CHECK_EQ(tally.counts().size(), 2);
  CHECK_EQ(tally.total(), 5);
}

TEST(h2load_tally, merges) {
  Tally tally;
  tally.add("a", 1);
  Tally other;
  other.add("a", 2);
  other.add("b", 4);
  tally.merge(other);
  CHECK_EQ(tally.count("a"), 3);
  CHECK_EQ(tally.count("b"), 4);
}

TEST(h2load_tally, has_a_bound) {
  Tally tally;
  for (int i = 0; i < 1000; ++i)
    tally.add("text " + std::to_string(i));
  tally.add("text 0");
  CHECK_EQ(tally.counts().size(), Tally::kMostTexts + 1);
  CHECK_EQ(tally.count("text 0"), 2);
  CHECK_EQ(tally.count(Tally::kOthers), 1000 - Tally::kMostTexts);
  CHECK_EQ(tally.total(), 1001);
}

}  // namespace
