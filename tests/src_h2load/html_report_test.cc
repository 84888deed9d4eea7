// SPDX-License-Identifier: MIT
#include "h2load/html_report.h"

#include <chrono>
#include <string>

#include "h2load/html_plots.h"
#include "support/check.h"

namespace {

using namespace h2load;
using namespace std::chrono_literals;

Result run_of(std::size_t seconds) {
  Result result;
  result.duration = std::chrono::seconds(seconds);
  for (std::uint64_t i = 0; i < seconds; ++i) {
    Second second;
    second.index = i;
    second.length = 1s;
    second.counts.done = 100;
    second.counts.failed = i == 1 ? 30 : 0;
    second.median = 100'000;
    second.percentile_90 = 200'000;
    second.percentile_99 = 400'000;
    second.max = 900'000;
    result.seconds.push_back(second);
    result.latencies.request.record(std::chrono::microseconds(100 + i));
  }
  result.counts.done = result.counts.succeeded = 100 * seconds;
  return result;
}

std::size_t count(const std::string& text, std::string_view what) {
  std::size_t found = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
    ++found;
  return found;
}

bool has(const std::string& text, std::string_view what) {
  return text.find(what) != std::string::npos;
}

TEST(h2load_html_report, has_its_plots) {
  const std::string page = format_html(run_of(5));
  CHECK_EQ(count(page, "<svg "), 4);
  for (const char* id :
       {"latency-by-percentile", "latency-histogram", "rate-over-time", "latency-over-time"})
    CHECK_EQ(count(page, "<svg id=\"" + std::string(id) + "\""), 1);
  CHECK(has(page, "<b>100.00</b>requests a second"));
  CHECK(!has(page, "class=\"warning\""));
  CHECK(!has(page, "intended"));
}

TEST(h2load_html_report, nothing_measured_has_no_plots) {
  const std::string page = format_html(Result());
  CHECK_EQ(count(page, "<svg"), 0);
  CHECK(page.ends_with("</html>\n"));
}

TEST(h2load_html_report, a_rate_has_both_latencies) {
  Result result = run_of(5);
  result.rate.intended = 120;
  result.rate.due = 600;
  result.rate.started = 599;
  result.latencies.request_uncorrected.record(50us);
  CHECK_EQ(count(latency_by_percentile(result), "<polyline"), 2);
  CHECK(has(rate_over_time(result), "class=\"line wanted\""));
  const std::string page = format_html(result);
  CHECK(has(page, "<b>99.83%</b>of 120.00 intended requests a second kept"));
  CHECK(has(page, "<td>request, as sent</td>"));
}

TEST(h2load_html_report, requests_of_a_scenario_have_a_table) {
  Result result = run_of(2);
  CHECK(!has(format_html(result), "id=\"named\""));
  result.named.push_back({"log <in>", 7, 2, 1, {}});
  result.named.back().latency.record(3ms);
  const std::string page = format_html(result);
  CHECK(has(page, "<table id=\"named\">"));
  CHECK(has(page, "<td>log &lt;in&gt;</td><td>7</td><td>2</td><td>1</td><td>3.00ms</td>"));
}

TEST(h2load_html_report, failures_have_bars) {
  const std::string plot = rate_over_time(run_of(5));
  CHECK_EQ(count(plot, "class=\"bar bad\""), 1);
  CHECK(has(plot, "second 1: 30.00 failures a second"));
}

TEST(h2load_html_report, a_histogram_has_a_bar_where_values_are) {
  Result result;
  for (const auto value : {10us, 10us, 1000us})
    result.latencies.request.record(value);
  const std::string plot = latency_histogram(result);
  CHECK_EQ(count(plot, "class=\"bar first\""), 2);
  CHECK(has(plot, ": 2 requests</title>"));
  CHECK(has(plot, ": 1 requests</title>"));
}

TEST(h2load_html_report, long_runs_have_no_more_points_than_there_is_room_for) {
  const std::string plot = rate_over_time(run_of(10'000));
  CHECK(plot.size() < 100'000);
  CHECK(has(plot, "second 0: 1.15 failures a second"));
  CHECK(format_html(run_of(10'000)).size() < 300'000);
}

TEST(h2load_html_report, a_rest_of_a_second_is_not_shown) {
  Result result = run_of(5);
  const std::string before = rate_over_time(result);
  Second rest;
  rest.index = 5;
  rest.length = 1ms;
  rest.counts.done = 100;
  result.seconds.push_back(rest);
  CHECK_STR(rate_over_time(result), before);
}

TEST(h2load_html_report, warns_and_escapes) {
  Result result = run_of(2);
  result.generator.limits = {"<out> of CPU"};
  result.facts.failures.add("<script>alert(1)</script>");
  result.facts.ciphers.add("a\"b'c&");
  result.settings = {{"header", std::vector<std::string>{"x: <img src=x>\x1b"}}, {"\"><b>", true}};
  const std::string page = format_html(result);
  CHECK(has(page, "not the server: &lt;out&gt; of CPU</p>"));
  CHECK(has(page, "&lt;script&gt;alert(1)&lt;/script&gt; (1)"));
  CHECK(has(page, "a&quot;b&#39;c&amp; (1)"));
  CHECK(has(page, "x: &lt;img src=x&gt;"));
  CHECK(has(page, "&quot;&gt;&lt;b&gt;"));
  for (const char* bad : {"<script", "<img", "http://", "https://", "src=\"", "href", "url("})
    CHECK(!has(page, bad));
}

}  // namespace
