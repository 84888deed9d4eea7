// SPDX-License-Identifier: MIT
#include "h2load/result.h"

#include "support/check.h"

namespace {

using namespace h2load;
using namespace std::chrono_literals;

TEST(h2load_result, counts_statuses_by_class) {
  Counts counts;
  for (const int status : {200, 204, 302, 404, 404, 599, 600, 101, 0, -1})
    counts.count_status(status);
  CHECK_EQ(counts.status_classes[0], 2);
  CHECK_EQ(counts.status_classes[1], 1);
  CHECK_EQ(counts.status_classes[2], 2);
  CHECK_EQ(counts.status_classes[3], 1);
}

// A result whose every number is a different one.
Result filled(std::uint64_t n) {
  Result result;
  result.counts = {n, n + 1, n + 2, n + 3, n + 4, n + 5, n + 6, {n + 7, n + 8, n + 9, n + 10}};
  result.traffic = {n, n + 1, n + 2, n + 3, n + 4, n + 5, n + 6, n + 7};
  Histogram* histograms[] = {
      &result.latencies.request,  &result.latencies.request_uncorrected,
      &result.latencies.connect,  &result.latencies.first_byte,
      &result.phases.stream_wait, &result.phases.flow_stall,
      &result.phases.first_byte,  &result.phases.body,
      &result.rate.delay,
  };
  for (Histogram* histogram : histograms)
    histogram->record(std::chrono::nanoseconds(++n));
  Tally* tallies[] = {
      &result.facts.protocols,     &result.facts.tls_versions,    &result.facts.ciphers,
      &result.facts.key_exchanges, &result.facts.handshakes,      &result.facts.server_settings,
      &result.facts.goaways,       &result.facts.resets_received, &result.facts.failures,
  };
  for (Tally* tally : tallies)
    tally->add("text", ++n);
  result.facts.connections = ++n;
  result.facts.connections_failed = ++n;
  result.rate.due = ++n;
  result.rate.started = ++n;
  result.rate.late_for_stream = ++n;
  result.rate.late_for_connection = ++n;
  result.rate.late_by_generator = ++n;
  return result;
}

TEST(h2load_result, merging_adds_every_count) {
  Result sum = filled(100);
  sum.merge(filled(1000));
  CHECK_EQ(sum.counts.total, 1100);
  CHECK_EQ(sum.counts.started, 1102);
  CHECK_EQ(sum.counts.done, 1104);
  CHECK_EQ(sum.counts.succeeded, 1106);
  CHECK_EQ(sum.counts.failed, 1108);
  CHECK_EQ(sum.counts.errored, 1110);
  CHECK_EQ(sum.counts.timed_out, 1112);
  for (unsigned i = 0; i < 4; ++i)
    CHECK_EQ(sum.counts.status_classes[i], 1114 + 2 * i);
  CHECK_EQ(sum.traffic.total, 1100);
  CHECK_EQ(sum.traffic.headers, 1102);
  CHECK_EQ(sum.traffic.headers_decoded, 1104);
  CHECK_EQ(sum.traffic.data, 1106);
  CHECK_EQ(sum.traffic.sent, 1108);
  CHECK_EQ(sum.traffic.sent_headers, 1110);
  CHECK_EQ(sum.traffic.sent_headers_decoded, 1112);
  CHECK_EQ(sum.traffic.sent_data, 1114);
}

TEST(h2load_result, merging_adds_every_histogram_and_tally) {
  Result sum = filled(100);
  sum.merge(filled(1000));
  const Histogram* histograms[] = {
      &sum.latencies.request,  &sum.latencies.request_uncorrected,
      &sum.latencies.connect,  &sum.latencies.first_byte,
      &sum.phases.stream_wait, &sum.phases.flow_stall,
      &sum.phases.first_byte,  &sum.phases.body,
      &sum.rate.delay,
  };
  std::uint64_t n = 0;
  for (const Histogram* histogram : histograms) {
    ++n;
    CHECK_EQ(histogram->count(), 2);
    CHECK_EQ(histogram->min(), 100 + n);
    CHECK_EQ(histogram->max(), 1000 + n);
  }
  const Tally* tallies[] = {
      &sum.facts.protocols,     &sum.facts.tls_versions,    &sum.facts.ciphers,
      &sum.facts.key_exchanges, &sum.facts.handshakes,      &sum.facts.server_settings,
      &sum.facts.goaways,       &sum.facts.resets_received, &sum.facts.failures,
  };
  for (const Tally* tally : tallies)
    CHECK_EQ(tally->count("text"), 1100 + 2 * ++n);
  CHECK_EQ(sum.facts.connections, 1100 + 2 * ++n);
  CHECK_EQ(sum.facts.connections_failed, 1100 + 2 * ++n);
  CHECK_EQ(sum.rate.due, 1100 + 2 * ++n);
  CHECK_EQ(sum.rate.started, 1100 + 2 * ++n);
  CHECK_EQ(sum.rate.late_for_stream, 1100 + 2 * ++n);
  CHECK_EQ(sum.rate.late_for_connection, 1100 + 2 * ++n);
  CHECK_EQ(sum.rate.late_by_generator, 1100 + 2 * ++n);
}

TEST(h2load_result, merging_keeps_time_and_settings) {
  Result sum;
  Result first;
  first.settings = {{"clients", std::int64_t{10}}};
  first.began_at = 2000us;
  first.duration = 5s;
  first.rate.intended = 500;
  first.rate.arrival = "poisson";
  first.client_rates = {1, 2};
  first.generator.thread_use = {0.5};
  Result second;
  second.settings = {{"clients", std::int64_t{20}}};
  second.began_at = 1000us;
  second.duration = 4s;
  second.rate.intended = 1000;
  second.rate.arrival = "constant";
  second.client_rates = {3};
  second.generator.thread_use = {0.99};
  second.generator.limits = {"out of CPU"};
  sum.merge(first);
  CHECK(!sum.generator.is_saturated());
  sum.merge(second);
  CHECK(sum.settings == first.settings);
  CHECK(sum.began_at == 1000us);
  CHECK(sum.duration == 5s);
  CHECK_EQ(sum.rate.intended, 1500.0);
  CHECK_STR(sum.rate.arrival, "poisson");
  CHECK(sum.client_rates == std::vector<double>({1, 2, 3}));
  CHECK(sum.generator.thread_use == std::vector<double>({0.5, 0.99}));
  CHECK(sum.generator.is_saturated());
}

TEST(h2load_result, merging_aligns_seconds) {
  const auto second = [](std::uint64_t index, std::uint64_t n) {
    return Second{index, std::chrono::milliseconds(n), {n}, n, n, n, n, n, n, n};
  };
  Result sum;
  sum.seconds = {second(0, 10), second(1, 20)};
  Result other;
  other.seconds = {second(1, 5), second(2, 7)};
  sum.merge(other);
  REQUIRE(sum.seconds.size() == 3);
  CHECK_EQ(sum.seconds[0].counts.total, 10);
  const Second& both = sum.seconds[1];
  CHECK_EQ(both.index, 1);
  CHECK(both.length == 20ms);
  for (const std::uint64_t count :
       {both.counts.total, both.octets, both.in_flight, both.connections})
    CHECK_EQ(count, 25);
  for (const std::uint64_t value : {both.median, both.percentile_90, both.percentile_99, both.max})
    CHECK_EQ(value, 20);
  CHECK_EQ(sum.seconds[2].index, 2);
  CHECK_EQ(sum.seconds[2].max, 7);
}

TEST(h2load_result, merging_adds_requests_of_a_name) {
  Result one;
  one.named = {{"a", 3, 2, 1, {}}, {"b", 1, 0, 0, {}}};
  one.named[0].latency.record(std::chrono::microseconds(1));
  Result two;
  two.named = {{"c", 5, 0, 0, {}}, {"a", 4, 3, 2, {}}};
  two.named[1].latency.record(std::chrono::microseconds(2));
  one.merge(two);
  CHECK_EQ(one.named.size(), 3U);
  CHECK_STR(one.named[0].name + one.named[1].name + one.named[2].name, "abc");
  CHECK_EQ(one.named[0].requests, 7U);
  CHECK_EQ(one.named[0].failed, 5U);
  CHECK_EQ(one.named[0].unexpected, 3U);
  CHECK_EQ(one.named[0].latency.count(), 2U);
  CHECK_EQ(one.named[2].requests, 5U);
}

}  // namespace
