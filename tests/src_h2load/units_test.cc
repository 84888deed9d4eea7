// SPDX-License-Identifier: MIT
#include "h2load/units.h"

#include "support/check.h"

namespace {

using namespace h2load;

TEST(h2load_units, durations) {
  CHECK_STR(duration_text(0), "0us");
  CHECK_STR(duration_text(999), "0us");
  CHECK_STR(duration_text(136'700), "136us");
  CHECK_STR(duration_text(999'999), "999us");
  CHECK_STR(duration_text(1e6), "1.00ms");
  CHECK_STR(duration_text(471.45e6), "471.45ms");
  CHECK_STR(duration_text(2e9), "2.00s");
  CHECK_STR(duration_text(7200e9), "7200.00s");
}

TEST(h2load_units, octets) {
  CHECK_STR(octets_text(0), "0B");
  CHECK_STR(octets_text(1023), "1023B");
  CHECK_STR(octets_text(1046), "1.02KB");
  CHECK_STR(octets_text(1053970), "1.01MB");
  CHECK_STR(octets_text(3.2 * 1024 * 1024 * 1024), "3.20GB");
}

TEST(h2load_units, parts_and_percentiles) {
  CHECK_STR(percent_text(0.9248), "92.48%");
  CHECK_STR(percent_text(1), "100.00%");
  CHECK_STR(decimal_text(98125.799), "98125.80");
  CHECK_STR(decimal_text(0.0751, 3), "0.075");
  CHECK_STR(percentile_name(50), "50");
  CHECK_STR(percentile_name(99.9), "99.9");
  CHECK_STR(percentile_name(99.99), "99.99");
}

}  // namespace
