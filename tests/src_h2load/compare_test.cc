// SPDX-License-Identifier: MIT
#include "h2load/compare.h"

#include <algorithm>
#include <chrono>
#include <random>
#include <string>

#include "support/check.h"

namespace {

using namespace h2load;
using namespace std::chrono_literals;

// A run of ten seconds whose requests take about `mean` each.
Result run_of(double mean, unsigned seed, std::uint64_t per_second = 1000) {
  std::mt19937_64 random(seed);
  std::lognormal_distribution<double> distribution(std::log(mean), 0.5);
  std::normal_distribution<double> noise(0, 5);
  Result result;
  result.duration = 10s;
  for (int i = 0; i < 10000; ++i)
    result.latencies.request.record(
        std::chrono::nanoseconds(static_cast<std::int64_t>(distribution(random))));
  for (std::uint64_t i = 0; i < 10; ++i) {
    Second second;
    second.index = i;
    second.length = 1s;
    second.counts.done = per_second + static_cast<std::uint64_t>(50 + noise(random)) - 50;
    result.counts.done += second.counts.done;
    result.seconds.push_back(second);
  }
  result.counts.succeeded = result.counts.done;
  return result;
}

const Comparison* find(const std::vector<Comparison>& all, std::string_view name) {
  const auto place =
      std::find_if(all.begin(), all.end(), [&](const Comparison& one) { return one.name == name; });
  return place == all.end() ? nullptr : &*place;
}

Judgement judgement_of(const std::vector<Comparison>& all, std::string_view name) {
  const Comparison* found = find(all, name);
  CHECK(found != nullptr);
  return found == nullptr ? Judgement::none : found->judgement;
}

TEST(h2load_compare, runs_alike_are_similar) {
  const auto all = compare(run_of(1e6, 1), run_of(1e6, 2), 0.05);
  CHECK_EQ(judgement_of(all, "latency 50%"), Judgement::similar);
  CHECK_EQ(judgement_of(all, "req/s"), Judgement::similar);
  CHECK_EQ(judgement_of(all, "failed"), Judgement::similar);
  CHECK(!is_worse(all));
}

TEST(h2load_compare, a_slower_run_is_worse) {
  const auto all = compare(run_of(1e6, 1), run_of(1.2e6, 2, 850), 0.05);
  for (const char* name : {"latency 50%", "latency 90%", "req/s"})
    CHECK_EQ(judgement_of(all, name), Judgement::worse);
  CHECK(is_worse(all));
  const Comparison* median = find(all, "latency 50%");
  REQUIRE(median != nullptr);
  CHECK(median->range_change.low < median->change && median->change < median->range_change.high);
  CHECK(median->range_change.low < 0.2 && 0.2 < median->range_change.high);
  CHECK(median->range_a.low < 1e6 && 1e6 < median->range_a.high);
}

TEST(h2load_compare, a_faster_run_is_better) {
  const auto all = compare(run_of(1e6, 1, 1000), run_of(0.8e6, 2, 1200), 0.05);
  CHECK_EQ(judgement_of(all, "latency 50%"), Judgement::better);
  CHECK_EQ(judgement_of(all, "req/s"), Judgement::better);
  CHECK(!is_worse(all));
}

TEST(h2load_compare, the_threshold_counts) {
  const Result a = run_of(1e6, 1);
  const Result b = run_of(1.2e6, 2);
  CHECK_EQ(judgement_of(compare(a, b, 0.3), "latency 50%"), Judgement::similar);
  CHECK_EQ(judgement_of(compare(a, b, 0.2), "latency 50%"), Judgement::unclear);
  CHECK_EQ(judgement_of(compare(a, b, 0.1), "latency 50%"), Judgement::worse);
}

TEST(h2load_compare, rare_values_are_shown_without_judgement) {
  const auto all = compare(run_of(1e6, 1), run_of(9e6, 2), 0.05);
  for (const char* name : {"latency 99.9%", "latency 99.99%", "latency 100%"})
    CHECK_EQ(judgement_of(all, name), Judgement::none);
}

TEST(h2load_compare, a_rate_that_was_asked_for_is_not_judged) {
  Result a = run_of(1e6, 1, 1000);
  Result b = run_of(1e6, 2, 500);
  CHECK_EQ(judgement_of(compare(a, b, 0.05), "req/s"), Judgement::worse);
  b.rate.intended = 500;
  CHECK_EQ(judgement_of(compare(a, b, 0.05), "req/s"), Judgement::none);
}

TEST(h2load_compare, few_seconds_give_no_range) {
  Result a = run_of(1e6, 1, 1000);
  Result b = run_of(1e6, 2, 500);
  b.seconds.resize(4);
  const auto all = compare(a, b, 0.05);
  const Comparison* rate = find(all, "req/s");
  REQUIRE(rate != nullptr);
  CHECK(!rate->has_ranges);
  CHECK_EQ(rate->judgement, Judgement::none);
  CHECK(rate->change < -0.4);
}

TEST(h2load_compare, more_failures_are_worse) {
  const Result a = run_of(1e6, 1);
  Result b = run_of(1e6, 2);
  b.counts.failed = 20;
  b.counts.succeeded -= 20;
  CHECK_EQ(judgement_of(compare(a, b, 0.05), "failed"), Judgement::worse);
  CHECK_EQ(judgement_of(compare(b, a, 0.05), "failed"), Judgement::better);
  b.counts.failed = 1;
  CHECK_EQ(judgement_of(compare(a, b, 0.05), "failed"), Judgement::unclear);
}

TEST(h2load_compare, results_without_requests) {
  const auto all = compare(Result(), Result(), 0.05);
  CHECK_EQ(all.size(), 1);
  CHECK(!is_worse(all));
}

TEST(h2load_compare, prints_what_it_found) {
  NamedResult a{"a.json", run_of(1e6, 1)};
  NamedResult b{"b\x1b.json", run_of(1.2e6, 2)};
  a.result.settings = {{"clients", std::int64_t{10}}};
  b.result.settings = {{"clients", std::int64_t{20}}};
  b.result.generator.limits = {"out of CPU"};
  const auto all = compare(a.result, b.result, 0.05);
  const std::string text = format_comparison(a, b, all, 0.05);
  CHECK(text.starts_with("A: a.json: "));
  CHECK(text.find("\nB: b\\x1b.json: ") != std::string::npos);
  CHECK(text.find("\n   warning: the load generator was the limit: out of CPU\n") !=
        std::string::npos);
  CHECK(text.find("\n   clients: 10 in A, 20 in B\n") != std::string::npos);
  CHECK(text.find("\nlatency 50% ") != std::string::npos);
  CHECK(text.find("\nB is worse than A by more than 5.00%: latency 50%, latency 75%") !=
        std::string::npos);
  CHECK(format_comparison(a, a, compare(a.result, a.result, 0.05), 0.05)
            .ends_with("\nB is not shown to be worse than A by more than 5.00%\n"));
  CHECK_STR(format_comparison(a, b, compare(a.result, b.result, 0.05), 0.05), text);
}

}  // namespace
