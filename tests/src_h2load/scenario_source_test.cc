// SPDX-License-Identifier: MIT
// What one client of a scenario does, step by step.
#include "h2load/scenario_source.h"

#include <unistd.h>

#include "base/file.h"
#include "base/url.h"
#include "support/check.h"

using h2load::Assignment;
using h2load::ScenarioForm;
using h2load::ScenarioSource;
using h2load::TimePoint;
using namespace std::chrono_literals;

namespace {

constexpr TimePoint kNow{1000s};

// A client of a scenario that is in a file for a moment.
class Client {
 public:
  explicit Client(std::string_view text) {
    auto file = base::create_temp_file("/tmp/h2load-source-");
    CHECK(base::write_file(file->path, text).ok());
    auto read = h2load::read_scenario(file->path);
    ::unlink(file->path.c_str());
    CHECK_STR(read ? "" : read.error(), "");
    scenario_ = *std::move(read);
    scenario_->seed = 1;
    config_.headers = {{"x-all", "1"}};
    auto form = ScenarioForm::make(*scenario_, config_, *base::parse_url("http://a.example:81/"));
    CHECK_STR(form ? "" : form.error(), "");
    form_ = *std::move(form);
    source_ = std::make_unique<ScenarioSource>(*scenario_, form_, h2load::ClientNumber{0, 1});
  }

  bool waits() const { return source_->ready_at() == TimePoint::max(); }
  TimePoint ready_at() const { return source_->ready_at(); }
  Assignment next() { return source_->next(); }
  // Sends one and has it answered; says what was sent.
  std::string step(int status = 200, std::string_view content = "") {
    const Assignment sent = next();
    std::string text = sent.request->head_text().substr(0, sent.request->head_text().find(" HTTP"));
    sent.observer->on_content(content);
    const std::string problem = sent.observer->on_response(status, kNow);
    return problem.empty() ? text : text + " (" + problem + ")";
  }

 private:
  std::unique_ptr<h2load::Scenario> scenario_;
  h2load::Config config_;
  ScenarioForm form_;
  std::unique_ptr<ScenarioSource> source_;
};

}  // namespace

TEST(scenario_source, a_setup_and_then_a_sequence_again_and_again) {
  Client client(R"({"setup": [{"path": "/in", "capture": {"t": {"json": "/t"}}}],
      "sets": [{"order": "sequence", "requests": [{"path": "/1/{{t}}"}, {"path": "/2"}]}]})");
  CHECK_STR(client.step(200, R"({"t": 5})"), "GET /in");
  for (int i = 0; i < 3; ++i) {
    CHECK_STR(client.step(), "GET /1/5");
    CHECK_STR(client.step(), "GET /2");
  }
}

TEST(scenario_source, a_sequence_waits_for_responses) {
  Client client(
      R"({"sets": [{"order": "sequence", "requests": [{"path": "/1"}, {"path": "/2"}]}]})");
  CHECK(client.ready_at() < kNow);
  const Assignment sent = client.next();
  CHECK(client.waits());
  sent.observer->on_response(200, kNow);
  CHECK(!client.waits());
  // What ends without a response is a failure, too.
  client.next().observer->on_failure(kNow);
  CHECK_STR(client.step(), "GET /1");
}

TEST(scenario_source, independent_requests_do_not_wait) {
  Client client(R"({"variables": {"n": {"counter": {}}},
      "sets": [{"requests": [{"path": "/{{n}}"}]}]})");
  const Assignment one = client.next();
  const Assignment two = client.next();
  CHECK(!client.waits());
  // Each has values of its own while it is on its way.
  CHECK(one.request->head_text().starts_with("GET /1 "));
  CHECK(two.request->head_text().starts_with("GET /2 "));
  one.observer->on_response(200, kNow);
  CHECK(client.next().request == one.request);
  CHECK(one.request->head_text().starts_with("GET /3 "));
}

TEST(scenario_source, thinks_after_a_response) {
  Client client(R"({"sets": [{"requests": [{"path": "/", "think_time": "2s"}]}]})");
  const Assignment sent = client.next();
  CHECK(client.ready_at() < kNow);
  sent.observer->on_response(200, kNow);
  CHECK(client.ready_at() == kNow + 2s);
}

TEST(scenario_source, what_goes_wrong) {
  Client client(R"({"setup": [{"path": "/in", "capture": {"t": {"json": "/t"}}}],
      "sets": [{"order": "sequence", "on_failure": "continue",
                "requests": [{"path": "/1", "expect": 204}, {"path": "/2"}]}]})");
  CHECK_STR(client.step(200, "{}"), "GET /in (nothing to capture for 't')");
  CHECK_STR(client.step(403, R"({"t": 1})"), "GET /in (status 403)");
  CHECK_STR(client.step(200, R"({"t": 1})"), "GET /in");
  CHECK_STR(client.step(200), "GET /1 (status 200)");
  CHECK_STR(client.step(200), "GET /2");
}

TEST(scenario_source, requests_in_full) {
  Client client(R"({"variables": {"n": {"counter": {"from": 9}}}, "sets": [{"requests": [
      {"path": "/p", "body": "n={{n}}", "headers": {"A": "{{n}}", "b": "c"}}]}]})");
  constexpr std::string_view kStart =
      "POST /p HTTP/1.1\r\nhost: a.example:81\r\nuser-agent: h2load nghttp2/";
  for (const std::string number : {"9", "10"}) {
    const h2load::Request& request = *client.next().request;
    CHECK_STR(request.body(), "n=" + number);
    const std::string text = request.head_text();
    CHECK(text.starts_with(kStart));
    CHECK_STR(text.substr(text.find("x-all")),
              "x-all: 1\r\ncontent-length: " + std::to_string(2 + number.size()) +
                  "\r\na: " + number + "\r\nb: c\r\n\r\n");
    std::size_t octets = 0;
    for (const nghttp2_nv& field : request.field_array())
      octets += field.namelen + field.valuelen;
    CHECK_EQ(request.field_octets(), octets);
  }
}

TEST(scenario_source, trailers_after_chunks) {
  Client client(R"({"variables": {"n": {"counter": {}}}, "sets": [{"requests": [
      {"path": "/", "body": "0123456789abcdefg", "trailers": {"sum": "{{n}}"}}]}]})");
  client.step();
  const h2load::Request& request = *client.next().request;
  std::string content;
  request.append_content(content);
  CHECK_STR(content, "11\r\n0123456789abcdefg\r\n0\r\nsum: 2\r\n\r\n");
  CHECK(request.head_text().find("\r\ntransfer-encoding: chunked\r\n") != std::string::npos);
  CHECK(request.head_text().find("content-length") == std::string::npos);
}
