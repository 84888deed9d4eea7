// SPDX-License-Identifier: MIT
// The option table of h2load.
#include "h2load/options.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "h2load/report_options.h"
#include "h2load/target_options.h"
#include "http/fields.h"

namespace h2load {

namespace {

namespace args = base::args;

constexpr std::int64_t kMaxCount = INT64_MAX;
constexpr std::int64_t kMaxClients = 10'000'000;
constexpr std::uint64_t kMaxUint32 = 0xffffffff;

constexpr char kEpilogue[] =
    "<SIZE> is an integer with an optional unit: K, M or G, powers of 1024. <DURATION> is a number "
    "with an optional unit: h, m, s or ms; without one it is seconds.";

// 0 is no rate at all, as if the option had not been given.
std::string set_client_rate(Config& config, std::string_view text) {
  const auto value = base::parse_decimal(text);
  if (!value || *value > 1e9) return "a number from 0 to 1000000000";
  config.requests_per_second = *value;
  return {};
}

template <class T>
args::Setter<Config> positive_decimal(T Config::*member) {
  return [member](Config& config, std::string_view text) -> std::string {
    const auto value = base::parse_decimal(text);
    if (!value || *value <= 0 || *value > 1e9) return "a number above 0, at most 1000000000";
    config.*member = *value;
    return {};
  };
}

args::Setter<Config> positive_duration(std::chrono::nanoseconds Config::*member) {
  return [member](Config& config, std::string_view text) -> std::string {
    const auto value = base::parse_duration(text);
    if (!value || value->count() == 0) return "a duration above 0 such as '10s' or '500ms'";
    config.*member = *value;
    return {};
  };
}

std::string set_ramp(Config& config, std::string_view text) {
  constexpr char kForm[] = "RATE:DURATION, more of them after commas, such as '1000:10s,1000:1m'";
  std::vector<RampStage> stages;
  for (const std::string_view part : base::split(text, ',')) {
    const std::size_t colon = part.find(':');
    if (colon == std::string_view::npos) return kForm;
    const auto rate = base::parse_decimal(base::trim(part.substr(0, colon)));
    const auto duration = base::parse_duration(base::trim(part.substr(colon + 1)));
    if (!rate || *rate > 1e9 || !duration || duration->count() == 0) return kForm;
    stages.push_back({*rate, *duration});
  }
  config.ramp = std::move(stages);
  return {};
}

std::string add_header(Config& config, std::string_view text) {
  http::FieldLine field;
  if (!http::parse_field_line(text, field)) return "a header field such as 'name: value'";
  config.headers.emplace_back(std::move(field.name), std::move(field.value));
  return {};
}

args::Section<Config> amount_section() {
  return {
      "Amount",
      {
          {"requests", 'n', "<N>", args::integer(&Config::requests, 0, kMaxCount),
           "How many requests all clients make together; with --timing-script-file, how many each "
           "of them makes. Not used with --duration.",
           "1"},
          {"clients", 'c', "<N>", args::integer(&Config::clients, 1, kMaxClients),
           "How many clients there are. Each has a connection of its own.", "1"},
          {"threads", 't', "<N>", args::integer(&Config::threads, 1, 1024),
           "How many threads the clients are spread over.", "1"},
          {"max-concurrent-streams", 'm', "<N>",
           args::integer(&Config::max_concurrent_streams, 1, INT32_MAX),
           "How many requests a client may have open at once. By HTTP/1.1 they are pipelined.",
           "1"},
          {"duration", 'D', "<DURATION>", positive_duration(&Config::duration),
           "Make requests for this long instead of a number of them. What is open then may still "
           "end, for up to five seconds."},
          {"warm-up-time", 0, "<DURATION>", args::duration(&Config::warm_up),
           "With --duration: make requests for this long before measuring begins.", "0"},
      }};
}

args::Section<Config> rate_section() {
  return {
      "Rate",
      {
          {"rate", 'r', "<N>", args::integer(&Config::connection_rate, 0, kMaxClients),
           "Let so many clients begin per --rate-period, until there are --clients of them. 0 "
           "means all at once.",
           "0"},
          {"rate-period", 0, "<DURATION>", positive_duration(&Config::rate_period),
           "The period of --rate.", "1s"},
          {"rps", 0, "<N>", set_client_rate,
           "Requests a second of each client; it may have a fraction. As with --total-rps, times "
           "count from when a request should have started. 0 means as fast as responses come.",
           "0"},
          {"total-rps", 0, "<N>", positive_decimal(&Config::total_rate),
           "Requests a second of all clients together. They start on time, whatever becomes of "
           "those before, for as long as a client has a free stream; what starts late for want of "
           "one, counts from when it should have started."},
          {"arrival", 0, "<KIND>",
           args::choice<Arrival>(&Config::arrival,
                                 {{"constant", Arrival::constant}, {"poisson", Arrival::poisson}}),
           "How requests of a rate follow each other: 'constant' is evenly, 'poisson' is by "
           "chance, as those of many people who do not know of each other.",
           "constant"},
          {"ramp", 0, "<RATE:DURATION>", set_ramp,
           "Let --total-rps, or 0 without it, go evenly to <RATE> within <DURATION>. There can be "
           "further stages after commas; the last rate stays. Without --duration and --requests "
           "the run ends with the last stage."},
          {"timing-script-file", 0, "<PATH>", args::string(&Config::timing_script_file),
           "Read when to make which request from this file, '-' being standard input. Each line "
           "has milliseconds since the begin, a tab and a URI. Each client follows it by itself."},
          {"fail-if-saturated", 0, "", args::flag(&Config::fail_if_saturated),
           "Exit with status 3 if h2load itself has been the limit of what was measured."},
      }};
}

args::Section<Config> request_section() {
  return {"Requests",
          {
              {"input-file", 'i', "<PATH>", args::string(&Config::input_file),
               "Read URIs from this file, one a line, '-' being standard input, instead of from "
               "the command line. Lines that begin with '#' are comments."},
              {"scenario", 0, "<PATH>", args::string(&Config::scenario_file),
               "Do what this JSON file says: sets of requests by weight, sequences, values from "
               "CSV files and from responses, times to think. URIs then only name the host, or "
               "hosts with --multi-host. By HTTP/1.1, requests are not pipelined then. See "
               "doc/h2load-scenario.rst."},
              {"seed", 0, "<N>", args::integer(&Config::seed, 0, kMaxCount),
               "Let chance in --scenario be the same in each run with this number; it counts "
               "instead of the \"seed\" in the file."},
              {"header", 'H', "<HEADER>", add_header,
               "Add a field to each request, or replace one that h2load sends by itself. "
               "Pseudo-fields can be replaced, too. Example: -H ':method: PUT'",
               "", args::kRepeatable},
              {"data", 'd', "<PATH>", args::string(&Config::data_file),
               "Send the content of this file with each request, by POST. By HTTP/1.1, requests "
               "are not pipelined then."},
              {"grpc", 0, "", args::flag(&Config::grpc),
               "Make gRPC calls: the content of --data is sent as one message, and a response "
               "without 'grpc-status: 0' in its trailers has failed."},
          }};
}

args::Section<Config> http_section() {
  return {
      "HTTP",
      {
          {"no-tls-proto", 'p', "<PROTOCOL>",
           args::choice<CleartextProtocol>(
               &Config::cleartext,
               {{"h2c", CleartextProtocol::h2c}, {"http/1.1", CleartextProtocol::http1}}),
           "What to speak for http URIs: 'h2c' or 'http/1.1'.", "h2c"},
          {"h1", 0, "",
           [](Config& config, std::string_view) -> std::string {
             config.cleartext = CleartextProtocol::http1;
             config.tls.alpn = {"http/1.1"};
             return {};
           },
           "Speak HTTP/1.1: short for --alpn-list=http/1.1 --no-tls-proto=http/1.1."},
          {"max-frame-size", 'f', "<SIZE>",
           args::size(&Config::max_frame_size, 16 * 1024, (1 << 24) - 1),
           "The largest frame that the server may send.", "16K"},
          {"window-bits", 'w', "<N>", args::integer(&Config::window_bits, 0, 30),
           "Flow-control window of a stream: 2^<N>-1 bytes.", "30"},
          {"connection-window-bits", 'W', "<N>",
           args::integer(&Config::connection_window_bits, 0, 30),
           "Flow-control window of a connection: 2^<N>-1 bytes, at least 65535.", "30"},
          {"header-table-size", 0, "<SIZE>",
           args::size(&Config::decoder_table_bytes, 0, kMaxUint32),
           "Size of the decoder's dynamic table.", "4K"},
          {"encoder-header-table-size", 0, "<SIZE>",
           args::size(&Config::encoder_table_bytes, 0, kMaxUint32),
           "Limit for the encoder's dynamic table, whatever the server allows.", "4K"},
          {"connection-active-timeout", 'T', "<DURATION>", args::duration(&Config::active_timeout),
           "Close a connection that has been open for this long. 0: never.", "0"},
          {"connection-inactivity-timeout", 'N', "<DURATION>",
           args::duration(&Config::inactivity_timeout),
           "Close a connection on which nothing has moved for this long. 0: never.", "0"},
          {"response-timeout", 0, "<DURATION>", args::duration(&Config::response_timeout),
           "Give a request up whose response has not begun after this long, or of whose response "
           "nothing has come for this long. 0: never, and then a server that does not answer "
           "holds the run up.",
           "1m"},
      }};
}

args::Section<Config> output_section() {
  return {"Output",
          {
              {"log-file", 0, "<PATH>", args::string(&Config::log_file),
               "Write a line for each request to this file: microseconds since 1970 when it "
               "began, its status or -1 if it failed, and microseconds until its end, with tabs "
               "between."},
              {"verbose", 'v', "", args::count(&Config::verbosity),
               "Show the fields of all responses.", "", args::kRepeatable},
          }};
}

std::string check_scenario(const Config& config) {
  if (config.scenario_file.empty()) return config.seed ? "--seed needs --scenario" : "";
  const std::pair<const char*, bool> others[] = {
      {"--input-file", !config.input_file.empty()},
      {"--data", !config.data_file.empty()},
      {"--grpc", config.grpc},
      {"--timing-script-file", !config.timing_script_file.empty()}};
  for (const auto& [name, is_given] : others)
    if (is_given) return std::string(name) + " and --scenario exclude each other";
  return {};
}

std::string check_times(const Config& config) {
  const bool is_timed = config.is_timed();
  if (is_timed && config.connection_rate > 0) return "--duration and --rate exclude each other";
  if (!is_timed && config.warm_up.count() > 0) return "--warm-up-time needs --duration";
  if (config.arrival == Arrival::poisson && !has_schedule(config)) {
    return "--arrival needs --total-rps, --ramp or --rps";
  }
  const int schedules = (config.requests_per_second > 0 ? 1 : 0) +
                        (config.timing_script_file.empty() ? 0 : 1) +
                        (config.total_rate > 0 || !config.ramp.empty() ? 1 : 0);
  if (schedules > 1) {
    return "--rps, --timing-script-file and --total-rps (or --ramp) exclude each other";
  }
  return {};
}

}  // namespace

bool has_schedule(const Config& config) {
  return config.requests_per_second > 0 || config.total_rate > 0 || !config.ramp.empty() ||
         !config.timing_script_file.empty();
}

const args::Table<Config>& option_table() {
  static const args::Table<Config> table(
      args::Program{
          .name = "h2load",
          .usage = "[OPTION]... [<URI>]...",
          .summary = "load generator for HTTP/2 and HTTP/1.1 servers",
          .operands = {{"<URI>",
                        "What to ask for. Each client goes through them in turn. The scheme, host "
                        "and port of the first count for all, unless there is --multi-host; those "
                        "after it may "
                        "be paths alone."}},
          .epilogue = kEpilogue,
          .exit_statuses = {{0, "The run has taken place, whatever became of the requests."},
                            {1,
                             "It has not: the command line, a file or the server does not "
                             "allow it; or results could not be written."},
                            {3, "With --fail-if-saturated: h2load was the limit."},
                            {4, "With --compare: the second result is worse."}},
          .environment = {{"SSLKEYLOGFILE",
                           "Names a file to which TLS keys are written for debugging."}},
      },
      {amount_section(), rate_section(), request_section(), target_section(), http_section(),
       tls_section(), output_section(), result_section()});
  return table;
}

std::string check_combination(const Config& config) {
  if (config.threads > config.clients) return "--threads must not be more than --clients";
  if (config.connection_rate > 0 && config.connection_rate < config.threads) {
    return "--rate must be at least --threads";
  }
  if (!config.timing_script_file.empty() && !config.input_file.empty()) {
    return "--timing-script-file and --input-file exclude each other";
  }
  if (std::string problem = check_scenario(config); !problem.empty()) return problem;
  if (std::string problem = check_times(config); !problem.empty()) return problem;
  if (std::string problem = check_reports(config); !problem.empty()) return problem;
  return check_target(config);
}

}  // namespace h2load
