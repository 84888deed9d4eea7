// SPDX-License-Identifier: MIT
#include "h2load/text_report.h"

#include <chrono>
#include <string>
#include <string_view>

#include "support/check.h"

namespace {

using namespace h2load;
using namespace std::chrono_literals;

bool has(const std::string& report, std::string_view line) {
  return report.find("\n" + std::string(line) + "\n") != std::string::npos;
}

// Figures of a run of the program whose format this is.
Result classic() {
  Result result;
  result.duration = 10191us;
  result.counts = {1000, 1000, 1000, 990, 10, 2, 1, {980, 10, 7, 3}};
  result.traffic.total = 1053970;
  result.traffic.headers = 11730;
  result.traffic.headers_decoded = 156000;
  result.traffic.data = 1024000;
  for (const auto value : {75us, 125us})
    result.latencies.connect.record(value);
  for (const auto value : {455us, 484us})
    result.latencies.first_byte.record(value);
  for (const auto value : {61us, 100us, 100us, 100us, 12690us})
    result.latencies.request.record(value);
  result.client_rates = {34881.24, 34983.51};
  return result;
}

TEST(h2load_text_report, begins_as_scripts_expect) {
  const std::string expected =
      "\n"
      "finished in 10.19ms, 98125.80 req/s, 98.63MB/s\n"
      "requests: 1000 total, 1000 started, 1000 done, 990 succeeded, 10 failed, 2 errored, "
      "1 timeout\n"
      "status codes: 980 2xx, 10 3xx, 7 4xx, 3 5xx\n"
      "traffic: 1.01MB (1053970) total, 11.46KB (11730) headers (space savings 92.48%), "
      "1000.00KB (1024000) data\n"
      "                     min         max         mean         sd        +/- sd\n"
      "time for request:       61us     12.69ms      2.61ms      5.63ms    80.00%\n"
      "time for connect:       75us       125us       100us        35us   100.00%\n"
      "time to 1st byte:      455us       484us       469us        20us   100.00%\n"
      "req/s           :   34881.24    34983.51    34932.38       72.32   100.00%\n";
  CHECK_STR(format_report(classic()).substr(0, expected.size()), expected);
}

TEST(h2load_text_report, nothing_measured) {
  Result result;
  result.duration = 345us;
  result.counts.total = 5;
  result.counts.failed = 5;
  result.counts.errored = 5;
  result.client_rates = {0, 0};
  CHECK_STR(format_report(result),
            "\n"
            "finished in 345us, 0.00 req/s, 0B/s\n"
            "requests: 5 total, 0 started, 0 done, 0 succeeded, 5 failed, 5 errored, 0 timeout\n"
            "status codes: 0 2xx, 0 3xx, 0 4xx, 0 5xx\n"
            "traffic: 0B (0) total, 0B (0) headers (space savings 0.00%), 0B (0) data\n"
            "                     min         max         mean         sd        +/- sd\n"
            "time for request:        0us         0us         0us         0us     0.00%\n"
            "time for connect:        0us         0us         0us         0us     0.00%\n"
            "time to 1st byte:        0us         0us         0us         0us     0.00%\n"
            "req/s           :       0.00        0.00        0.00        0.00   100.00%\n"
            "\nconnections: 0 established, 0 failed\n");
  result.duration = 0ns;
  CHECK(has(format_report(result), "finished in 0us, 0.00 req/s, 0B/s"));
}

TEST(h2load_text_report, percentiles) {
  Result result;
  for (int i = 1; i <= 10000; ++i)
    result.latencies.request.record(std::chrono::microseconds(i));
  const std::string report = format_report(result);
  CHECK(has(report,
            "percentiles                    50%       75%       90%       95%       99%"
            "     99.9%    99.99%      100%"));
  CHECK(has(report,
            "  request                   5.00ms    7.50ms    9.00ms    9.50ms    9.90ms"
            "    9.99ms   10.00ms   10.00ms"));
  CHECK(report.find("as sent") == std::string::npos);
  CHECK(report.find("rate:") == std::string::npos);
}

TEST(h2load_text_report, both_latencies_of_a_rate) {
  Result result;
  result.rate.intended = 1000;
  result.rate.arrival = "poisson";
  result.rate.due = 10000;
  result.rate.started = 9987;
  result.rate.late_for_stream = 10;
  result.rate.late_for_connection = 2;
  result.rate.late_by_generator = 1;
  result.rate.delay.record(1500us);
  result.latencies.request.record(900ms);
  result.latencies.request_uncorrected.record(300us);
  const std::string report = format_report(result);
  CHECK(report.find("\n  request, intended       900.00ms") != std::string::npos);
  CHECK(report.find("\n  request, as sent           300us") != std::string::npos);
  CHECK(has(report,
            "rate: 1000.00 req/s intended (poisson), 99.87% kept: 9987 of 10000 due "
            "requests started"));
  CHECK(has(report, "  behind schedule by 1.50ms on average, 99% 1.50ms, at most 1.50ms"));
  CHECK(has(report, "  late or not at all: 10 no free stream, 2 no connection, 1 generator"));
}

TEST(h2load_text_report, where_time_went) {
  Result result;
  result.phases.stream_wait.record(10us);
  result.phases.first_byte.record(2ms);
  result.phases.first_byte.record(4ms);
  result.phases.body.record(3s);
  const std::string report = format_report(result);
  CHECK(
      has(report, "where time went               mean       50%       99%      100%    requests"));
  CHECK(
      has(report, "  waiting for a stream        10us      10us      10us      10us           1"));
  CHECK(
      has(report, "  until response head       3.00ms    2.00ms    4.00ms    4.00ms           2"));
  CHECK(
      has(report, "  until response end         3.00s     3.00s     3.00s     3.00s           1"));
  CHECK(report.find("flow control") == std::string::npos);
}

TEST(h2load_text_report, a_saturated_generator_is_told_first) {
  Result result = classic();
  result.generator.limits = {"thread 0 used 99.8% of a CPU", "it fell 3.00s behind"};
  CHECK(format_report(result).starts_with(
      "\nwarning: the load generator was the limit, not the server: thread 0 used 99.8% of a CPU\n"
      "warning: the load generator was the limit, not the server: it fell 3.00s behind\n"
      "finished in "));
}

TEST(h2load_text_report, facts) {
  Result result;
  Facts& facts = result.facts;
  facts.connections = 10;
  facts.connections_failed = 1;
  facts.protocols.add("h2", 10);
  facts.tls_versions.add("TLSv1.3", 10);
  facts.ciphers.add("TLS_AES_128_GCM_SHA256", 10);
  facts.key_exchanges.add("X25519 253 bits", 10);
  facts.handshakes.add("full");
  facts.handshakes.add("resumed", 9);
  facts.server_settings.add("SETTINGS_MAX_CONCURRENT_STREAMS=100", 10);
  facts.goaways.add("ENHANCE_YOUR_CALM");
  facts.resets_received.add("REFUSED_STREAM", 3);
  facts.failures.add("sent \x1b[31m", 1);
  result.traffic.headers = 1024;
  result.traffic.headers_decoded = 4096;
  result.traffic.sent_headers = 128;
  result.traffic.sent_headers_decoded = 2048;
  const std::string report = format_report(result);
  CHECK(has(report, "connections: 10 established, 1 failed"));
  CHECK(has(report, "protocol: h2 (10)"));
  CHECK(has(report, "TLS: TLSv1.3 (10)"));
  CHECK(has(report, "cipher: TLS_AES_128_GCM_SHA256 (10)"));
  CHECK(has(report, "server key: X25519 253 bits (10)"));
  CHECK(has(report, "handshakes: resumed (9), full (1)"));
  CHECK(has(report, "server settings: SETTINGS_MAX_CONCURRENT_STREAMS=100 (10)"));
  CHECK(has(report, "HPACK, requests: 128B (128) for 2.00KB (2048), ratio 0.062"));
  CHECK(has(report, "HPACK, responses: 1.00KB (1024) for 4.00KB (4096), ratio 0.250"));
  CHECK(has(report, "GOAWAY: ENHANCE_YOUR_CALM (1)"));
  CHECK(has(report, "RST_STREAM: REFUSED_STREAM (3)"));
  CHECK(has(report, "failures: sent \\x1b[31m (1)"));
}

TEST(h2load_text_report, no_compression_without_http2) {
  Result result;
  result.facts.protocols.add("http/1.1", 2);
  result.traffic.headers = result.traffic.headers_decoded = 100;
  CHECK(format_report(result).find("HPACK") == std::string::npos);
}

TEST(h2load_text_report, requests_by_name) {
  Result result;
  result.named = {{"log in", 120, 3, 2, {}},
                  {"a name that is longer than its column\n", 1, 1, 0, {}}};
  for (int i = 1; i <= 100; ++i)
    result.named[0].latency.record(std::chrono::microseconds(i));
  const std::string report = format_report(result);
  const std::size_t begin = report.find("requests by name");
  CHECK_STR(report.substr(begin, report.find("\n\n", begin) - begin),
            "requests by name                  requests    failed  unexpected       50%       99%\n"
            "  log in                               120         3           2      50us      99us\n"
            "  a name that is longer tha...           1         1           0       0us       0us");
  CHECK(format_report({}).find("by name") == std::string::npos);
}

}  // namespace
