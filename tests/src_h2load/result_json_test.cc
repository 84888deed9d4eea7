// SPDX-License-Identifier: MIT
#include "h2load/result_json.h"

#include <chrono>
#include <string>

#include "json/document.h"
#include "support/check.h"

namespace {

using namespace h2load;
using namespace std::chrono_literals;

Result example() {
  Result result;
  result.settings = {{"clients", std::int64_t{10}},
                     {"h1", true},
                     {"rps", 2.5},
                     {"sni", std::string("\xff\"\n")},
                     {"header", std::vector<std::string>{"a: b", "c: d"}}};
  result.began_at = 1790000000123456us;
  result.duration = 2500ms;
  result.files = 3;
  result.counts = {1, 2, 3, 4, 5, 6, 7, {8, 9, 10, 11}};
  result.traffic = {1, 2, 3, 4, 5, 6, 7, 8};
  for (std::int64_t i = 1; i < 2000; ++i)
    result.latencies.request.record(std::chrono::nanoseconds(i * i * i));
  result.latencies.request_uncorrected.record(1us);
  result.latencies.connect.record(2us);
  result.latencies.first_byte.record(3us);
  result.phases.stream_wait.record(4us);
  result.phases.flow_stall.record(5us);
  result.phases.first_byte.record(6us);
  result.phases.body.record(7us);
  result.facts.connections = 12;
  result.facts.connections_failed = 13;
  Tally* tallies[] = {
      &result.facts.protocols,     &result.facts.tls_versions,    &result.facts.ciphers,
      &result.facts.key_exchanges, &result.facts.handshakes,      &result.facts.server_settings,
      &result.facts.goaways,       &result.facts.resets_received, &result.facts.failures,
  };
  std::uint64_t n = 0;
  for (Tally* tally : tallies) {
    ++n;
    tally->add("text \xfe" + std::to_string(n), n);
  }
  result.rate.intended = 1000.5;
  result.rate.arrival = "poisson";
  result.rate.due = 14;
  result.rate.started = 15;
  result.rate.late_for_stream = 16;
  result.rate.late_for_connection = 17;
  result.rate.late_by_generator = 18;
  result.rate.delay.record(8us);
  result.generator.thread_use = {0.25, 0.5};
  result.generator.limits = {"why"};
  result.client_rates = {0.1, 3};
  result.seconds = {{0, 1s, {0, 1, 2, 3, 4, 5, 6, {7, 8, 9, 10}}, 11, 12, 13, 14, 15, 16, 17},
                    {1, 500ms, {}, 0, 0, 0, 0, 0, 0, 0}};
  result.named = {{"log in", 3, 2, 1, {}}, {"look \xfd", 0, 0, 0, {}}};
  result.named[0].latency.record(9us);
  return result;
}

TEST(h2load_result_json, is_read_as_it_was_written) {
  const std::string text = write_result(example());
  const auto read = read_result("a.json", text);
  if (!read) return check::report(false, read.error().c_str(), __FILE__, __LINE__), void();
  // Every field is in the text, so equal texts are equal results.
  CHECK_STR(write_result(*read), text);
  CHECK(read->settings == example().settings);
  CHECK_EQ(read->latencies.request.percentile(99), example().latencies.request.percentile(99));
  CHECK_EQ(read->latencies.request.standard_deviation(),
           example().latencies.request.standard_deviation());
  CHECK_EQ(read->facts.failures.count("text \xfe"
                                      "9"),
           9);
  CHECK_EQ(read->seconds[0].counts.status_classes[3], 10);
  CHECK_EQ(read->seconds[0].max, 17);
  CHECK(read->began_at == 1790000000123456us);
}

TEST(h2load_result_json, says_what_readers_look_for) {
  const std::string text = write_result(example());
  auto document = json::Document::parse("a.json", text);
  REQUIRE(static_cast<bool>(document));
  const json::Node root = document->root();
  CHECK_STR(root.member("format").text(), "h2load result");
  CHECK_EQ(root.member("version").unsigned_integer(), 1);
  CHECK_STR(root.member("settings").member("clients").is_integer() ? "integer" : "", "integer");
  CHECK_EQ(root.member("counts").member("5xx").unsigned_integer(), 11);
  const json::Node request = root.member("latencies").member("request");
  CHECK_EQ(request.member("percentiles_ns").member("99.9").unsigned_integer(),
           example().latencies.request.percentile(99.9));
  CHECK_EQ(request.member("mean_ns").number(), example().latencies.request.mean());
  CHECK_STR(document->problem(), "");
  CHECK_EQ(std::count(text.begin(), text.end(), '\n'), 1);
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  const std::size_t at = text.find(what);
  CHECK(at != std::string::npos);
  if (at != std::string::npos) text.replace(at, what.size(), with);
  return text;
}

std::string error_of(std::string text) {
  const auto read = read_result("dir/a.json", std::move(text));
  return read ? "" : read.error();
}

TEST(h2load_result_json, tells_what_is_wrong_and_where) {
  const std::string text = write_result(example());
  CHECK(error_of("{").starts_with("dir/a.json:1:"));
  CHECK_STR(error_of("[]"), "dir/a.json:1: expected an object");
  CHECK_STR(error_of("{}"), "dir/a.json:1: \"format\" is missing");
  CHECK_STR(error_of(replaced(text, "h2load result", "log")),
            "dir/a.json:1: this is no result of h2load --output-file");
  CHECK_STR(error_of(replaced(text, "\"version\":1", "\"version\":2")),
            "dir/a.json:1: version: only version 1 can be read");
  CHECK_STR(error_of(replaced(text, "\"started\":2", "\"start\":2")),
            "dir/a.json:1: counts: \"started\" is missing");
  CHECK_STR(error_of(replaced(text, "\"started\":2", "\n\"started\":-2")),
            "dir/a.json:2: counts.started: expected an integer of at least 0");
  CHECK_STR(error_of(replaced(text, "\"buckets\":[[1,1],", "\"buckets\":[[1],")),
            "dir/a.json:1: latencies.request.buckets[0]: expected the lowest value of a bucket and "
            "its count");
  CHECK_STR(error_of(replaced(text, "\"buckets\":[[1,1],", "\"buckets\":[[2,1],")),
            "dir/a.json:1: latencies.request: the buckets are not those of a histogram with this "
            "count, minimum, maximum and sum");
  CHECK_STR(error_of(replaced(text, "\"h1\":true", "\"h1\":null")),
            "dir/a.json:1: settings.h1: expected a boolean, a number, a string or an array of "
            "strings");
}

TEST(h2load_result_json, a_second_is_a_line) {
  CHECK_STR(write_second(example().seconds[0]),
            "{\"second\":0,\"length_ns\":1000000000,\"started\":1,\"done\":2,\"succeeded\":3,"
            "\"failed\":4,\"errored\":5,\"timed_out\":6,\"2xx\":7,\"3xx\":8,\"4xx\":9,\"5xx\":10,"
            "\"octets\":11,\"in_flight\":12,\"connections\":13,\"median_ns\":14,"
            "\"percentile_90_ns\":15,\"percentile_99_ns\":16,\"max_ns\":17}\n");
}

}  // namespace
