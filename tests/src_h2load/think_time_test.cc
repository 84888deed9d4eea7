// SPDX-License-Identifier: MIT
// How long a client waits before it goes on.
#include "h2load/think_time.h"

#include <algorithm>

#include "support/check.h"

using h2load::RandomStream;
using h2load::ThinkTime;
using namespace std::chrono_literals;

namespace {

struct Drawn {
  double mean = 0;
  ThinkTime::Duration min = ThinkTime::Duration::max();
  ThinkTime::Duration max{0};
};

Drawn draw_many(const ThinkTime& time) {
  RandomStream random(3);
  Drawn drawn;
  constexpr int kCount = 20'000;
  for (int i = 0; i < kCount; ++i) {
    const auto one = time.draw(random);
    drawn.min = std::min(drawn.min, one);
    drawn.max = std::max(drawn.max, one);
    drawn.mean += std::chrono::duration<double>(one).count() / kCount;
  }
  return drawn;
}

}  // namespace

TEST(think_time, constant) {
  CHECK(ThinkTime{}.is_none());
  const ThinkTime time{.low = 2s};
  CHECK(!time.is_none());
  const Drawn drawn = draw_many(time);
  CHECK(drawn.min == 2s && drawn.max == 2s);
}

TEST(think_time, uniform) {
  const Drawn drawn = draw_many({ThinkTime::Kind::uniform, 1s, 3s});
  CHECK(drawn.min >= 1s && drawn.min < 1010ms);
  CHECK(drawn.max <= 3s && drawn.max > 2990ms);
  CHECK(drawn.mean > 1.97 && drawn.mean < 2.03);
}

TEST(think_time, exponential) {
  const Drawn free = draw_many({ThinkTime::Kind::exponential, 1s, 1000s});
  CHECK(free.mean > 0.97 && free.mean < 1.03);
  CHECK(free.max > 7s);
  const Drawn bounded = draw_many({ThinkTime::Kind::exponential, 1s, 2s});
  CHECK(bounded.max == 2s);
}
