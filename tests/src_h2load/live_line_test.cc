// SPDX-License-Identifier: MIT
#include "h2load/live_line.h"

#include "support/check.h"

namespace {

using namespace h2load;
using namespace std::chrono_literals;

TEST(h2load_live_line, tells_of_the_last_second) {
  Second second;
  second.index = 11;
  second.length = 500ms;
  second.counts.done = 1000;
  second.counts.failed = 3;
  second.in_flight = 40;
  second.median = 1'200'000;
  second.percentile_90 = 2'000'000;
  second.percentile_99 = 30'000'000;
  second.max = 1'500'000'000;
  CHECK_STR(format_live(second, 200),
            "12s: 2000 req/s, 40 in flight, 3 failed; 50% 1.20ms, 90% 2.00ms, 99% 30.00ms, max "
            "1.50s");
  CHECK_STR(format_live(second, 15), "12s: 2000 req/s");
}

}  // namespace
