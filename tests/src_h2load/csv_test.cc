// SPDX-License-Identifier: MIT
#include "h2load/csv.h"

#include <chrono>

#include "support/check.h"

namespace {

using namespace h2load;
using namespace std::chrono_literals;

constexpr char kNames[] =
    "second,length_ms,started,done,succeeded,failed,errored,timed_out,2xx,3xx,4xx,5xx,octets,"
    "in_flight,connections,median_ms,percentile_90_ms,percentile_99_ms,max_ms\r\n";

TEST(h2load_csv, has_a_line_for_each_second) {
  Result result;
  CHECK_STR(write_csv(result), kNames);
  result.seconds = {
      {0, 1s, {0, 1, 2, 3, 4, 5, 6, {7, 8, 9, 10}}, 11, 12, 13, 14, 1500, 16000, 1'234'567'890},
      {1, 250ms, {}, 0, 0, 0, 0, 0, 0, 0}};
  CHECK_STR(write_csv(result), std::string(kNames) +
                                   "0,1000.000000,1,2,3,4,5,6,7,8,9,10,11,12,13,0.000014,0.001500,"
                                   "0.016000,1234.567890\r\n"
                                   "1,250.000000,0,0,0,0,0,0,0,0,0,0,0,0,0,0.000000,0.000000,"
                                   "0.000000,0.000000\r\n");
}

}  // namespace
