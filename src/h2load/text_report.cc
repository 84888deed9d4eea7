// SPDX-License-Identifier: MIT
// What is printed at the end of a run.
#include "h2load/text_report.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "h2load/summary.h"
#include "h2load/units.h"

namespace h2load {

namespace {

std::string right(std::string text, std::size_t width) {
  return text.size() < width ? std::string(width - text.size(), ' ') + text : text;
}

std::string left(std::string text, std::size_t width) {
  return text.size() < width ? text + std::string(width - text.size(), ' ') : text;
}

std::string amount(std::uint64_t octets) {
  return octets_text(static_cast<double>(octets)) + " (" + std::to_string(octets) + ")";
}

double quotient(double a, double b) {
  return b > 0 ? a / b : 0;
}

double quotient(std::uint64_t a, std::uint64_t b) {
  return quotient(static_cast<double>(a), static_cast<double>(b));
}

double savings(std::uint64_t octets, std::uint64_t decoded) {
  return decoded == 0 ? 0 : 1 - quotient(octets, decoded);
}

std::string counted(std::uint64_t count, std::string_view what) {
  return std::to_string(count) + " " + std::string(what);
}

std::string summary_row(std::string_view title, const Summary& summary,
                        std::string (*text)(double)) {
  return std::string(title) + " " + right(text(summary.min), 10) + "  " +
         right(text(summary.max), 10) + "  " + right(text(summary.mean), 10) + "  " +
         right(text(summary.standard_deviation), 10) +
         right(percent_text(summary.share_near_mean), 10) + "\n";
}

std::string rate_text(double rate) {
  return decimal_text(rate);
}

std::string limits_part(const Generator& generator) {
  std::string out;
  for (const std::string& limit : generator.limits)
    out += "warning: the load generator was the limit, not the server: " + limit + "\n";
  return out;
}

std::string totals_part(const Result& result) {
  const Counts& counts = result.counts;
  const Traffic& traffic = result.traffic;
  const auto& classes = counts.status_classes;
  const double seconds = result.seconds_taken();
  return "finished in " + duration_text(seconds * 1e9) + ", " +
         decimal_text(quotient(static_cast<double>(counts.done), seconds)) + " req/s, " +
         octets_text(quotient(static_cast<double>(traffic.total), seconds)) + "/s\n" +
         "requests: " + counted(counts.total, "total, ") + counted(counts.started, "started, ") +
         counted(counts.done, "done, ") + counted(counts.succeeded, "succeeded, ") +
         counted(counts.failed, "failed, ") + counted(counts.errored, "errored, ") +
         counted(counts.timed_out, "timeout\n") + "status codes: " + counted(classes[0], "2xx, ") +
         counted(classes[1], "3xx, ") + counted(classes[2], "4xx, ") +
         counted(classes[3], "5xx\n") + "traffic: " + amount(traffic.total) + " total, " +
         amount(traffic.headers) + " headers (space savings " +
         percent_text(savings(traffic.headers, traffic.headers_decoded)) + "), " +
         amount(traffic.data) + " data\n";
}

std::string summary_part(const Result& result) {
  const Latencies& latencies = result.latencies;
  return "                     min         max         mean         sd        +/- sd\n" +
         summary_row("time for request:", summary_of(latencies.request), duration_text) +
         summary_row("time for connect:", summary_of(latencies.connect), duration_text) +
         summary_row("time to 1st byte:", summary_of(latencies.first_byte), duration_text) +
         summary_row("req/s           :", summary_of(result.client_rates), rate_text);
}

constexpr std::size_t kTitleWidth = 24;

std::string percentile_row(std::string_view title, const Histogram& histogram) {
  if (histogram.empty()) return {};
  std::string out = left("  " + std::string(title), kTitleWidth);
  for (const double percentile : kPercentiles) {
    const auto value = static_cast<double>(histogram.percentile(percentile));
    out += right(duration_text(value), 10);
  }
  return out + "\n";
}

std::string percentiles_part(const Result& result) {
  const Latencies& latencies = result.latencies;
  const bool is_corrected = result.rate.is_given();
  std::string rows =
      percentile_row(is_corrected ? "request, intended" : "request", latencies.request);
  if (is_corrected) rows += percentile_row("request, as sent", latencies.request_uncorrected);
  rows += percentile_row("connect", latencies.connect);
  rows += percentile_row("1st byte", latencies.first_byte);
  if (rows.empty()) return {};
  std::string out = left("percentiles", kTitleWidth);
  for (const double percentile : kPercentiles)
    out += right(percentile_name(percentile) + "%", 10);
  return "\n" + out + "\n" + rows;
}

std::string phase_row(std::string_view title, const Histogram& phase) {
  if (phase.empty()) return {};
  std::string out = left("  " + std::string(title), kTitleWidth);
  out += right(duration_text(phase.mean()), 10);
  for (const double percentile : {50.0, 99.0, 100.0})
    out += right(duration_text(static_cast<double>(phase.percentile(percentile))), 10);
  return out + right(std::to_string(phase.count()), 12) + "\n";
}

std::string phases_part(const Phases& phases) {
  const std::string rows = phase_row("waiting for a stream", phases.stream_wait) +
                           phase_row("flow control stall", phases.flow_stall) +
                           phase_row("until response head", phases.first_byte) +
                           phase_row("until response end", phases.body);
  if (rows.empty()) return {};
  return "\n" + left("where time went", kTitleWidth) + right("mean", 10) + right("50%", 10) +
         right("99%", 10) + right("100%", 10) + right("requests", 12) + "\n" + rows;
}

constexpr std::size_t kNameWidth = 32;

std::string named_part(const std::vector<NamedRequests>& all) {
  if (all.empty()) return {};
  std::string out = "\n" + left("requests by name", kNameWidth) + right("requests", 10) +
                    right("failed", 10) + right("unexpected", 12) + right("50%", 10) +
                    right("99%", 10) + "\n";
  for (const NamedRequests& named : all) {
    out += left("  " + base::escape(named.name, kNameWidth - 7), kNameWidth) +
           right(std::to_string(named.requests), 10) + right(std::to_string(named.failed), 10) +
           right(std::to_string(named.unexpected), 12);
    for (const double percentile : {50.0, 99.0})
      out += right(duration_text(static_cast<double>(named.latency.percentile(percentile))), 10);
    out += "\n";
  }
  return out;
}

std::string rate_part(const Rate& rate) {
  if (!rate.is_given()) return {};
  std::string out = "\nrate: " + decimal_text(rate.intended) + " req/s intended (" + rate.arrival +
                    "), " + percent_text(quotient(rate.started, rate.due)) +
                    " kept: " + std::to_string(rate.started) + " of " + std::to_string(rate.due) +
                    " due requests started\n";
  if (!rate.delay.empty()) {
    out += "  behind schedule by " + duration_text(rate.delay.mean()) + " on average, 99% " +
           duration_text(static_cast<double>(rate.delay.percentile(99))) + ", at most " +
           duration_text(static_cast<double>(rate.delay.max())) + "\n";
  }
  return out + "  late or not at all: " + counted(rate.late_for_stream, "no free stream, ") +
         counted(rate.late_for_connection, "no connection, ") +
         counted(rate.late_by_generator, "generator\n");
}

std::string tally_line(std::string_view title, const Tally& tally) {
  return tally.empty() ? std::string() : std::string(title) + ": " + format_tally(tally) + "\n";
}

std::string compression_line(std::string_view title, std::uint64_t octets, std::uint64_t decoded) {
  if (decoded == 0) return {};
  return "HPACK, " + std::string(title) + ": " + amount(octets) + " for " + amount(decoded) +
         ", ratio " + decimal_text(quotient(octets, decoded), 3) + "\n";
}

std::string facts_part(const Result& result) {
  const Facts& facts = result.facts;
  std::string out = "\nconnections: " + counted(facts.connections, "established, ") +
                    counted(facts.connections_failed, "failed\n");
  out += tally_line("protocol", facts.protocols);
  out += tally_line("TLS", facts.tls_versions);
  out += tally_line("cipher", facts.ciphers);
  out += tally_line("server key", facts.key_exchanges);
  out += tally_line("handshakes", facts.handshakes);
  out += tally_line("server settings", facts.server_settings);
  const bool is_http2 =
      facts.protocols.count("h2") + facts.protocols.count("h2c") == facts.protocols.total();
  if (is_http2) {
    const Traffic& traffic = result.traffic;
    out += compression_line("requests", traffic.sent_headers, traffic.sent_headers_decoded);
    out += compression_line("responses", traffic.headers, traffic.headers_decoded);
  }
  out += tally_line("GOAWAY", facts.goaways);
  out += tally_line("RST_STREAM", facts.resets_received);
  return out + tally_line("failures", facts.failures);
}

}  // namespace

std::string format_tally(const Tally& tally) {
  std::vector<std::pair<std::string, std::uint64_t>> rows(tally.counts().begin(),
                                                          tally.counts().end());
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string out;
  for (const auto& [text, count] : rows)
    out += (out.empty() ? "" : ", ") + base::escape(text, 256) + " (" + std::to_string(count) + ")";
  return out;
}

std::string format_report(const Result& result) {
  return "\n" + limits_part(result.generator) + totals_part(result) + summary_part(result) +
         percentiles_part(result) + phases_part(result.phases) + named_part(result.named) +
         rate_part(result.rate) + facts_part(result);
}

}  // namespace h2load
