// SPDX-License-Identifier: MIT
// Whether one result is worse than another: --compare.
#include "h2load/compare.h"

#include <algorithm>
#include <utility>

#include "h2load/text_report.h"
#include "h2load/units.h"

namespace h2load {

namespace {

// What decides about latency: further percentiles rest on too few requests.
constexpr double kJudged = 99;
// Seconds that a rate needs to be judged by.
constexpr std::size_t kFewestSeconds = 5;
constexpr double kWholeSecond = 0.99;

// `direction` is 1 when more is worse and -1 when it is better.
Judgement judge(Range change, double threshold, double direction) {
  const double low = direction > 0 ? change.low : -change.high;
  const double high = direction > 0 ? change.high : -change.low;
  if (low > threshold) return Judgement::worse;
  if (high < -threshold) return Judgement::better;
  return low >= -threshold && high <= threshold ? Judgement::similar : Judgement::unclear;
}

double relative(double a, double b) {
  if (a == b) return 0;
  return a > 0 ? b / a - 1 : 1;  // from nothing to something: all of it is new
}

template <class Change>
void set_ranges(Comparison& comparison, std::vector<double> a, std::vector<double> b,
                Change change) {
  std::vector<double> changes;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
    changes.push_back(change(a[i], b[i]));
  comparison.range_a = confidence_range(std::move(a));
  comparison.range_b = confidence_range(std::move(b));
  comparison.range_change = confidence_range(std::move(changes));
  comparison.change = change(comparison.a, comparison.b);
}

void add_percentiles(std::vector<Comparison>& all, const Histogram& a, const Histogram& b,
                     double threshold, Random& random) {
  if (a.empty() || b.empty()) return;
  const Distribution distribution_a(a);
  const Distribution distribution_b(b);
  for (const double percentile : kPercentiles) {
    Comparison comparison;
    comparison.name = "latency " + percentile_name(percentile) + "%";
    comparison.text = duration_text;
    comparison.a = static_cast<double>(a.percentile(percentile));
    comparison.b = static_cast<double>(b.percentile(percentile));
    set_ranges(comparison, distribution_a.resample_percentile(percentile, random),
               distribution_b.resample_percentile(percentile, random), relative);
    if (percentile <= kJudged) comparison.judgement = judge(comparison.range_change, threshold, 1);
    all.push_back(std::move(comparison));
  }
}

std::vector<double> rates_of(const Result& result) {
  std::vector<double> rates;
  for (const Second& second : result.seconds) {
    const double length = std::chrono::duration<double>(second.length).count();
    if (length >= kWholeSecond) rates.push_back(static_cast<double>(second.counts.done) / length);
  }
  return rates;
}

double rate_of(const Result& result) {
  const double seconds = result.seconds_taken();
  return seconds > 0 ? static_cast<double>(result.counts.done) / seconds : 0;
}

void add_rate(std::vector<Comparison>& all, const Result& a, const Result& b, double threshold,
              Random& random) {
  Comparison comparison;
  comparison.name = "req/s";
  comparison.text = [](double value) { return decimal_text(value); };
  comparison.a = rate_of(a);
  comparison.b = rate_of(b);
  const std::vector<double> rates_a = rates_of(a);
  const std::vector<double> rates_b = rates_of(b);
  comparison.has_ranges = std::min(rates_a.size(), rates_b.size()) >= kFewestSeconds;
  comparison.change = relative(comparison.a, comparison.b);
  if (comparison.has_ranges) {
    set_ranges(comparison, resample_mean(rates_a, random), resample_mean(rates_b, random),
               relative);
    // A rate that was asked for says nothing of the server.
    if (!a.rate.is_given() && !b.rate.is_given())
      comparison.judgement = judge(comparison.range_change, threshold, -1);
  }
  all.push_back(std::move(comparison));
}

void add_failures(std::vector<Comparison>& all, const Counts& a, const Counts& b, Random& random) {
  const std::uint64_t ended_a = a.succeeded + a.failed;
  const std::uint64_t ended_b = b.succeeded + b.failed;
  if (ended_a == 0 || ended_b == 0) return;
  Comparison comparison;
  comparison.name = "failed";
  comparison.text = percent_text;
  comparison.a = static_cast<double>(a.failed) / static_cast<double>(ended_a);
  comparison.b = static_cast<double>(b.failed) / static_cast<double>(ended_b);
  set_ranges(comparison, resample_share(a.failed, ended_a, random),
             resample_share(b.failed, ended_b, random),
             [](double one, double other) { return other - one; });
  // More failures are worse, however few they are.
  comparison.judgement = judge(comparison.range_change, 0, 1);
  all.push_back(std::move(comparison));
}

}  // namespace

std::vector<Comparison> compare(const Result& a, const Result& b, double threshold) {
  Random random(1);
  std::vector<Comparison> all;
  add_percentiles(all, a.latencies.request, b.latencies.request, threshold, random);
  add_rate(all, a, b, threshold, random);
  add_failures(all, a.counts, b.counts, random);
  return all;
}

bool is_worse(const std::vector<Comparison>& comparisons) {
  return std::any_of(comparisons.begin(), comparisons.end(), [](const Comparison& comparison) {
    return comparison.judgement == Judgement::worse;
  });
}

}  // namespace h2load
