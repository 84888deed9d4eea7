// SPDX-License-Identifier: MIT
// What a run has measured: everything that reports, files and comparisons are made of.
#include "h2load/result.h"

#include <algorithm>

namespace h2load {

namespace {

template <class T>
void append(std::vector<T>& all, const std::vector<T>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

void merge_named(std::vector<NamedRequests>& all, const std::vector<NamedRequests>& more) {
  for (const NamedRequests& named : more) {
    const auto same = std::ranges::find(all, named.name, &NamedRequests::name);
    if (same == all.end()) {
      all.push_back(named);
    } else {
      same->merge(named);
    }
  }
}

void merge_seconds(std::vector<Second>& all, const std::vector<Second>& more) {
  for (const Second& second : more) {
    const auto place =
        std::lower_bound(all.begin(), all.end(), second.index,
                         [](const Second& one, std::uint64_t index) { return one.index < index; });
    if (place != all.end() && place->index == second.index) {
      place->merge(second);
    } else {
      all.insert(place, second);
    }
  }
}

}  // namespace

void Counts::merge(const Counts& other) {
  total += other.total;
  started += other.started;
  done += other.done;
  succeeded += other.succeeded;
  failed += other.failed;
  errored += other.errored;
  timed_out += other.timed_out;
  for (std::size_t i = 0; i < status_classes.size(); ++i)
    status_classes[i] += other.status_classes[i];
}

void Traffic::merge(const Traffic& other) {
  total += other.total;
  headers += other.headers;
  headers_decoded += other.headers_decoded;
  data += other.data;
  sent += other.sent;
  sent_headers += other.sent_headers;
  sent_headers_decoded += other.sent_headers_decoded;
  sent_data += other.sent_data;
}

void Latencies::merge(const Latencies& other) {
  request.merge(other.request);
  request_uncorrected.merge(other.request_uncorrected);
  connect.merge(other.connect);
  first_byte.merge(other.first_byte);
}

void Phases::merge(const Phases& other) {
  stream_wait.merge(other.stream_wait);
  flow_stall.merge(other.flow_stall);
  first_byte.merge(other.first_byte);
  body.merge(other.body);
}

void Facts::merge(const Facts& other) {
  connections += other.connections;
  connections_failed += other.connections_failed;
  protocols.merge(other.protocols);
  tls_versions.merge(other.tls_versions);
  ciphers.merge(other.ciphers);
  key_exchanges.merge(other.key_exchanges);
  handshakes.merge(other.handshakes);
  server_settings.merge(other.server_settings);
  goaways.merge(other.goaways);
  resets_received.merge(other.resets_received);
  failures.merge(other.failures);
}

void Rate::merge(const Rate& other) {
  intended += other.intended;
  if (arrival.empty()) arrival = other.arrival;
  due += other.due;
  started += other.started;
  late_for_stream += other.late_for_stream;
  late_for_connection += other.late_for_connection;
  late_by_generator += other.late_by_generator;
  delay.merge(other.delay);
}

void Generator::merge(const Generator& other) {
  append(thread_use, other.thread_use);
  append(limits, other.limits);
}

void Second::merge(const Second& other) {
  length = std::max(length, other.length);
  counts.merge(other.counts);
  octets += other.octets;
  in_flight += other.in_flight;
  connections += other.connections;
  median = std::max(median, other.median);
  percentile_90 = std::max(percentile_90, other.percentile_90);
  percentile_99 = std::max(percentile_99, other.percentile_99);
  max = std::max(max, other.max);
}

void NamedRequests::merge(const NamedRequests& other) {
  requests += other.requests;
  failed += other.failed;
  unexpected += other.unexpected;
  latency.merge(other.latency);
}

void Result::merge(const Result& other) {
  if (settings.empty()) settings = other.settings;
  if (began_at.count() == 0 || (other.began_at.count() != 0 && other.began_at < began_at))
    began_at = other.began_at;
  duration = std::max(duration, other.duration);
  counts.merge(other.counts);
  traffic.merge(other.traffic);
  latencies.merge(other.latencies);
  phases.merge(other.phases);
  facts.merge(other.facts);
  rate.merge(other.rate);
  generator.merge(other.generator);
  append(client_rates, other.client_rates);
  merge_seconds(seconds, other.seconds);
  merge_named(named, other.named);
}

}  // namespace h2load
