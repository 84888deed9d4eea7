// SPDX-License-Identifier: MIT
// The parts of a result by name, once for all that write and read them.
#pragma once

#include <concepts>
#include <type_traits>

#include "h2load/result.h"

namespace h2load {

// A T to be written or, as T&, to be read into.
template <class U, class T>
concept Like = std::same_as<std::remove_const_t<U>, T>;

// Each of these calls visit(name, part) for each part. Names are those of doc/h2load-files.rst.
template <class Visit>
void for_each_field(Like<Counts> auto& counts, Visit visit) {
  visit("total", counts.total);
  visit("started", counts.started);
  visit("done", counts.done);
  visit("succeeded", counts.succeeded);
  visit("failed", counts.failed);
  visit("errored", counts.errored);
  visit("timed_out", counts.timed_out);
  visit("2xx", counts.status_classes[0]);
  visit("3xx", counts.status_classes[1]);
  visit("4xx", counts.status_classes[2]);
  visit("5xx", counts.status_classes[3]);
}

template <class Visit>
void for_each_field(Like<Traffic> auto& traffic, Visit visit) {
  visit("total", traffic.total);
  visit("headers", traffic.headers);
  visit("headers_decoded", traffic.headers_decoded);
  visit("data", traffic.data);
  visit("sent", traffic.sent);
  visit("sent_headers", traffic.sent_headers);
  visit("sent_headers_decoded", traffic.sent_headers_decoded);
  visit("sent_data", traffic.sent_data);
}

template <class Visit>
void for_each_field(Like<Latencies> auto& latencies, Visit visit) {
  visit("request", latencies.request);
  visit("request_uncorrected", latencies.request_uncorrected);
  visit("connect", latencies.connect);
  visit("first_byte", latencies.first_byte);
}

template <class Visit>
void for_each_field(Like<Phases> auto& phases, Visit visit) {
  visit("stream_wait", phases.stream_wait);
  visit("flow_stall", phases.flow_stall);
  visit("first_byte", phases.first_byte);
  visit("body", phases.body);
}

template <class Visit>
void for_each_field(Like<Facts> auto& facts, Visit visit) {
  visit("connections", facts.connections);
  visit("connections_failed", facts.connections_failed);
  visit("protocols", facts.protocols);
  visit("tls_versions", facts.tls_versions);
  visit("ciphers", facts.ciphers);
  visit("key_exchanges", facts.key_exchanges);
  visit("handshakes", facts.handshakes);
  visit("server_settings", facts.server_settings);
  visit("goaways", facts.goaways);
  visit("resets_received", facts.resets_received);
  visit("failures", facts.failures);
}

template <class Visit>
void for_each_field(Like<Rate> auto& rate, Visit visit) {
  visit("intended", rate.intended);
  visit("arrival", rate.arrival);
  visit("due", rate.due);
  visit("started", rate.started);
  visit("late_for_stream", rate.late_for_stream);
  visit("late_for_connection", rate.late_for_connection);
  visit("late_by_generator", rate.late_by_generator);
  visit("delay", rate.delay);
}

template <class Visit>
void for_each_field(Like<Generator> auto& generator, Visit visit) {
  visit("thread_use", generator.thread_use);
  visit("limits", generator.limits);
}

template <class Visit>
void for_each_field(Like<Second> auto& second, Visit visit) {
  visit("second", second.index);
  visit("length_ns", second.length);
  for_each_field(second.counts, [&](const char* name, auto& part) {
    if (&part != &second.counts.total) visit(name, part);
  });
  visit("octets", second.octets);
  visit("in_flight", second.in_flight);
  visit("connections", second.connections);
  visit("median_ns", second.median);
  visit("percentile_90_ns", second.percentile_90);
  visit("percentile_99_ns", second.percentile_99);
  visit("max_ns", second.max);
}

template <class Visit>
void for_each_field(Like<NamedRequests> auto& named, Visit visit) {
  visit("name", named.name);
  visit("requests", named.requests);
  visit("failed", named.failed);
  visit("unexpected", named.unexpected);
  visit("latency", named.latency);
}

template <class Visit>
void for_each_field(Like<Result> auto& result, Visit visit) {
  visit("settings", result.settings);
  visit("files", result.files);
  visit("began_at_us", result.began_at);
  visit("duration_ns", result.duration);
  visit("counts", result.counts);
  visit("traffic", result.traffic);
  visit("latencies", result.latencies);
  visit("phases", result.phases);
  visit("facts", result.facts);
  visit("rate", result.rate);
  visit("generator", result.generator);
  visit("client_rates", result.client_rates);
  visit("seconds", result.seconds);
  visit("named", result.named);
}

}  // namespace h2load
