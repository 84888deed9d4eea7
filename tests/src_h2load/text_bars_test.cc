// SPDX-License-Identifier: MIT
#include <chrono>
#include <string>

#include "h2load/text_report.h"
#include "support/check.h"

namespace {

using namespace h2load;
using namespace std::chrono_literals;

TEST(h2load_text_bars, nothing_for_nothing) {
  CHECK_STR(format_bars(Histogram()), "");
}

TEST(h2load_text_bars, a_row_for_each_tenth_of_a_decade) {
  Histogram histogram;
  for (int i = 0; i < 100; ++i)
    histogram.record(110us);
  for (int i = 0; i < 50; ++i)
    histogram.record(130us);
  histogram.record(210us);
  CHECK_STR(format_bars(histogram),
            "\ntime for request  requests\n"
            "   100us -    125us         100  66.23% " +
                std::string(50, '#') +
                "\n"
                "   125us -    158us          50  33.11% " +
                std::string(25, '#') +
                "\n"
                "   158us -    199us           0   0.00%\n"
                "   199us -    251us           1   0.66% #\n");
}

TEST(h2load_text_bars, bounds) {
  Histogram histogram;
  histogram.record(0ns);
  histogram.record(std::chrono::hours(100));
  const std::string bars = format_bars(histogram);
  CHECK(bars.find(" 50.00% ####") != std::string::npos);
  CHECK(bars.size() < 10'000);
}

}  // namespace
