// SPDX-License-Identifier: MIT
// A result as a page that stands on its own: --html.
#include "h2load/html_report.h"

#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/svg.h"
#include "h2load/html_plots.h"
#include "h2load/settings_diff.h"
#include "h2load/summary.h"
#include "h2load/text_report.h"
#include "h2load/units.h"

namespace h2load {

namespace {

constexpr char kHead[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
    "'unsafe-inline'\">\n<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<title>h2load report</title>\n<style>\n";

constexpr char kStyle[] =
    "body{font:14px/1.45 system-ui,'DejaVu Sans',sans-serif;color:#1f2328;background:#fff;"
    "margin:24px auto;max-width:1320px;padding:0 20px}\n"
    "h1{font-size:24px;margin:0}h2{font-size:16px;margin:0 0 8px}.when{color:#57606a}\n"
    ".warning{background:#fff4e5;border-left:4px solid #d97706;padding:8px 12px;margin:12px 0}\n"
    ".figures{display:flex;flex-wrap:wrap;gap:12px;margin:16px 0}\n"
    ".figure{border:1px solid #d0d7de;border-radius:8px;padding:8px 16px}\n"
    ".figure b{display:block;font-size:22px}.figure.bad b{color:#b42318}\n"
    ".grid2{display:grid;grid-template-columns:repeat(auto-fit,minmax(520px,1fr));gap:16px}\n"
    "section{border:1px solid #d0d7de;border-radius:8px;padding:12px 16px;margin:0 0 16px}\n"
    ".grid2 section{margin:0}.grid2{margin-bottom:16px}\n"
    "table{border-collapse:collapse}td,th{padding:3px 14px 3px 0;text-align:right;"
    "font-variant-numeric:tabular-nums}td:first-child,th:first-child,.texts td{text-align:left}\n"
    "th{font-weight:600;border-bottom:1px solid #d0d7de}.texts td{overflow-wrap:anywhere}\n"
    ".plot{width:100%;height:auto}.plot text{font-size:11px;fill:#57606a}\n"
    ".right{text-anchor:end}.middle{text-anchor:middle}.plot .name{fill:#1f2328}\n"
    ".grid{stroke:#e5e9ee}.line{fill:none;stroke-width:2;stroke-linejoin:round}\n"
    ".first{stroke:#2f6fde}.second{stroke:#d97706}.third{stroke:#a855f7}.fourth{stroke:#94a3b8}\n"
    ".wanted{stroke:#57606a;stroke-dasharray:6 4}.bad{stroke:#c92a2a}\n"
    ".bar,.key{stroke:none}.first.bar,.first.key{fill:#2f6fde}.second.key{fill:#d97706}\n"
    ".third.key{fill:#a855f7}.fourth.key{fill:#94a3b8}.wanted.key{fill:#57606a}\n"
    ".bad.bar,.bad.key{fill:#c92a2a}\n";

using Row = std::vector<std::string>;

std::string escaped(std::string_view octets) {
  return base::svg_text(octets);
}

std::string row_of(const Row& cells, const char* tag) {
  std::string out = "<tr>";
  for (const std::string& cell : cells)
    out += std::string("<") + tag + ">" + escaped(cell) + "</" + tag + ">";
  return out + "</tr>\n";
}

std::string table(std::string_view id, const Row& head, const std::vector<Row>& rows) {
  std::string out =
      "<table id=\"" + std::string(id) + "\"" + (head.empty() ? " class=\"texts\"" : "") + ">\n";
  if (!head.empty()) out += row_of(head, "th");
  for (const Row& row : rows)
    out += row_of(row, "td");
  return out + "</table>\n";
}

std::string section(std::string_view title, const std::string& content) {
  if (content.empty()) return {};
  return "<section>\n<h2>" + escaped(title) + "</h2>\n" + content + "</section>\n";
}

std::string figure(std::string_view value, std::string_view name, bool is_bad = false) {
  return std::string("<div class=\"figure") + (is_bad ? " bad" : "") + "\"><b>" + escaped(value) +
         "</b>" + escaped(name) + "</div>\n";
}

std::string duration_of(Histogram::Value value) {
  return duration_text(static_cast<double>(value));
}

std::string heading(const Result& result) {
  std::string out = "<h1>h2load report</h1>\n";
  if (result.began_at.count() > 0) {
    const std::chrono::system_clock::time_point began(result.began_at);
    out += "<p class=\"when\">" + escaped(base::format_iso8601(began)) + ", " +
           duration_text(result.seconds_taken() * 1e9) +
           (result.files > 1 ? ", merged from " + std::to_string(result.files) + " results" : "") +
           "</p>\n";
  }
  for (const std::string& limit : result.generator.limits)
    out +=
        "<p class=\"warning\">The load generator was the limit, not the server: " + escaped(limit) +
        "</p>\n";
  return out;
}

std::string figures(const Result& result) {
  const Counts& counts = result.counts;
  const Histogram& request = result.latencies.request;
  const double seconds = result.seconds_taken();
  const double rate = seconds > 0 ? static_cast<double>(counts.done) / seconds : 0;
  std::string out = "<div class=\"figures\">\n" + figure(decimal_text(rate), "requests a second") +
                    figure(std::to_string(counts.succeeded), "succeeded") +
                    figure(std::to_string(counts.failed), "failed", counts.failed > 0);
  for (const double percentile : {50.0, 99.0, 99.9})
    out += figure(duration_of(request.percentile(percentile)), percentile_name(percentile) + "%");
  if (result.rate.is_given() && result.rate.due > 0) {
    const double kept =
        static_cast<double>(result.rate.started) / static_cast<double>(result.rate.due);
    out += figure(percent_text(kept),
                  "of " + decimal_text(result.rate.intended) + " intended requests a second kept");
  }
  return out + "</div>\n";
}

Row latency_row(const char* name, const Histogram& histogram) {
  Row row = {name, std::to_string(histogram.count()), duration_of(histogram.min()),
             duration_text(histogram.mean()), duration_text(histogram.standard_deviation())};
  for (const double percentile : kPercentiles)
    row.push_back(duration_of(histogram.percentile(percentile)));
  return row;
}

std::string latency_table(const Result& result) {
  Row head = {"", "count", "min", "mean", "sd"};
  for (const double percentile : kPercentiles)
    head.push_back(percentile_name(percentile) + "%");
  const Latencies& latencies = result.latencies;
  const bool is_corrected = result.rate.is_given();
  std::vector<Row> rows;
  const auto add = [&](const char* name, const Histogram& histogram) {
    if (!histogram.empty()) rows.push_back(latency_row(name, histogram));
  };
  add(is_corrected ? "request, from intended start" : "request", latencies.request);
  if (is_corrected) add("request, as sent", latencies.request_uncorrected);
  add("connect", latencies.connect);
  add("first byte of a connection", latencies.first_byte);
  add("waiting for a stream", result.phases.stream_wait);
  add("stalled by flow control", result.phases.flow_stall);
  add("until response head", result.phases.first_byte);
  add("until response end", result.phases.body);
  return table("latencies", head, rows);
}

// Those of a scenario.
std::string named_table(const std::vector<NamedRequests>& all) {
  if (all.empty()) return {};
  Row head = {"", "requests", "failed", "of these with an unexpected response"};
  for (const double percentile : kPercentiles)
    head.push_back(percentile_name(percentile) + "%");
  std::vector<Row> rows;
  for (const NamedRequests& named : all) {
    Row& row =
        rows.emplace_back(Row{named.name, std::to_string(named.requests),
                              std::to_string(named.failed), std::to_string(named.unexpected)});
    for (const double percentile : kPercentiles)
      row.push_back(duration_of(named.latency.percentile(percentile)));
  }
  return table("named", head, rows);
}

std::string counts_table(const Result& result) {
  const Counts& counts = result.counts;
  const Traffic& traffic = result.traffic;
  const auto& classes = counts.status_classes;
  const auto number = [](std::uint64_t value) { return std::to_string(value); };
  const auto amount = [](std::uint64_t value) { return octets_text(static_cast<double>(value)); };
  return table("counts", {},
               {{"requests started", number(counts.started)},
                {"done", number(counts.done)},
                {"failed", number(counts.failed)},
                {"without a whole response", number(counts.errored)},
                {"too late", number(counts.timed_out)},
                {"2xx, 3xx, 4xx, 5xx", number(classes[0]) + ", " + number(classes[1]) + ", " +
                                           number(classes[2]) + ", " + number(classes[3])},
                {"received", amount(traffic.total)},
                {"headers", amount(traffic.headers) + " for " + amount(traffic.headers_decoded)},
                {"content", amount(traffic.data)},
                {"sent", amount(traffic.sent)}});
}

std::string facts_table(const Result& result) {
  const Facts& facts = result.facts;
  std::vector<Row> rows = {{"connections", std::to_string(facts.connections) + ", " +
                                               std::to_string(facts.connections_failed) +
                                               " failed"}};
  const auto add = [&](const char* name, const Tally& tally) {
    if (!tally.empty()) rows.push_back({name, format_tally(tally)});
  };
  add("protocol", facts.protocols);
  add("TLS", facts.tls_versions);
  add("cipher", facts.ciphers);
  add("server key", facts.key_exchanges);
  add("handshakes", facts.handshakes);
  add("server settings", facts.server_settings);
  add("GOAWAY", facts.goaways);
  add("RST_STREAM", facts.resets_received);
  add("failures", facts.failures);
  if (result.rate.is_given()) {
    rows.push_back({"late or not at all",
                    std::to_string(result.rate.late_for_stream) + " no free stream, " +
                        std::to_string(result.rate.late_for_connection) + " no connection, " +
                        std::to_string(result.rate.late_by_generator) + " generator"});
  }
  return table("facts", {}, rows);
}

std::string settings_table(const std::vector<Setting>& settings) {
  if (settings.empty()) return {};
  std::vector<Row> rows;
  for (const Setting& setting : settings)
    rows.push_back({setting.name, setting_text(setting.value)});
  return table("settings", {}, rows);
}

}  // namespace

std::string format_html(const Result& result) {
  return std::string(kHead) + kStyle + "</style>\n</head>\n<body>\n" + heading(result) +
         figures(result) + "<div class=\"grid2\">\n" +
         section("Latency by percentile", latency_by_percentile(result)) +
         section("How often requests took how long", latency_histogram(result)) +
         section("Rate and failures over time", rate_over_time(result)) +
         section("Latency over time", latency_over_time(result)) + "</div>\n" +
         section("Times", latency_table(result)) +
         section("Requests of the scenario", named_table(result.named)) +
         "<div class=\"grid2\">\n" + section("Counts", counts_table(result)) +
         section("Facts", facts_table(result)) + "</div>\n" +
         section("Settings", settings_table(result.settings)) + "</body>\n</html>\n";
}

}  // namespace h2load
