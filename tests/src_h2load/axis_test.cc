// SPDX-License-Identifier: MIT
#include "h2load/axis.h"

#include <cmath>

#include "h2load/units.h"
#include "support/check.h"

namespace {

using h2load::Axis;

std::string texts(const Axis& axis) {
  std::string out;
  for (const auto& tick : axis.ticks())
    out += (out.empty() ? "" : " ") + tick.text;
  return out;
}

bool is_near(double a, double b) {
  return std::abs(a - b) < 1e-6 * (1 + std::abs(b));
}

TEST(h2load_axis, linear) {
  const Axis axis = Axis::linear(9100, h2load::percentile_name);
  CHECK_STR(texts(axis), "0 2000 4000 6000 8000 10000");
  CHECK_EQ(axis.place_of(2500), 0.25);
  CHECK_EQ(axis.place_of(-1), 0.0);
  CHECK_EQ(axis.place_of(20000), 1.0);
  CHECK_EQ(axis.value_at(0.5), 5000.0);
  CHECK_STR(texts(Axis::linear(10, h2load::percentile_name)), "0 2 4 6 8 10");
  CHECK_STR(texts(Axis::linear(0.25, h2load::percentile_name)), "0 0.05 0.1 0.15 0.2 0.25");
  CHECK(Axis::linear(0, h2load::percentile_name).ticks().size() > 1);
}

TEST(h2load_axis, logarithmic) {
  const Axis axis = Axis::logarithmic(50, 900, h2load::percentile_name);
  CHECK_STR(texts(axis), "50 100 200 500");
  CHECK(axis.place_of(50) > 0.0 && axis.place_of(50) < 0.1);
  CHECK(is_near(axis.place_of(std::sqrt(50.0 * 900)), 0.5));
  CHECK(is_near(axis.value_at(axis.place_of(123)), 123));
  CHECK_STR(texts(Axis::logarithmic(1, 1e6, h2load::percentile_name)),
            "1 10 100 1000 10000 100000 1e+06");
  CHECK_EQ(Axis::logarithmic(0, 0, h2load::percentile_name).place_of(0), 0.0);
}

TEST(h2load_axis, nines) {
  const Axis axis = Axis::nines(5000);
  CHECK_STR(texts(axis), "0% 50% 90% 99% 99.9% 99.99%");
  CHECK_EQ(axis.place_of(0), 0.0);
  CHECK(is_near(axis.place_of(90), 0.25));
  CHECK(is_near(axis.place_of(99), 0.5));
  CHECK_EQ(axis.place_of(100), 1.0);
  CHECK(is_near(axis.value_at(0.75), 99.9));
  CHECK_STR(texts(Axis::nines(1)), "0% 50% 90% 99%");
  CHECK_STR(texts(Axis::nines(1e12)), "0% 50% 90% 99% 99.9% 99.99% 99.999% 99.9999%");
}

}  // namespace
