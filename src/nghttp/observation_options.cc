// SPDX-License-Identifier: MIT
// The rows of nghttp's option table about what is recorded of a run.
#include "nghttp/observation_options.h"

#include <algorithm>

#include "nghttp/har.h"

namespace nghttp {

namespace args = base::args;

namespace {

// Stores a path, which must not be empty.
template <class Field>
args::Setter<Config> path(Field field) {
  return [field](Config& config, std::string_view text) -> std::string {
    config.observation.*field = text;
    return text.empty() ? "a path" : "";
  };
}

std::string set_json_path(Config& config, std::string_view text) {
  config.observation.json_path = text.empty() ? "-" : text;
  return {};
}

// Which other option writes to standard output.
const char* other_output(const Config& config) {
  const ObservationConfig& observation = config.observation;
  const auto& files = config.output_files;
  if (config.verbosity > 0) return "--verbose";
  if (config.statistics) return "--stat";
  if (config.hexdump) return "--hexdump";
  if (observation.har_path == "-") return "--har=-";
  if (observation.waterfall_path == "-") return "--waterfall=-";
  if (observation.capture_path == "-") return "--pcapng=-";
  return std::find(files.begin(), files.end(), "-") != files.end() ? "--output=-" : nullptr;
}

}  // namespace

args::Section<Config> observation_section() {
  return {
      "Records",
      {
          {"har", 'r', "<PATH>", path(&ObservationConfig::har_path),
           "Write a HAR 1.2 log of all requests, with their heads and times, when everything is "
           "over. '-' means standard output."},
          {"waterfall", 0, "<PATH>", path(&ObservationConfig::waterfall_path),
           "Draw when each request was connecting, waiting and receiving, as an SVG picture for "
           "browsers. '-' means standard output."},
          {"pcapng", 0, "<PATH>", path(&ObservationConfig::capture_path),
           "Write all connections as a packet capture, together with the TLS secrets that decrypt "
           "it, so that Wireshark shows the frames. Addresses, ports and octets are those of the "
           "sockets; the packets around them are made up. '-' means standard output."},
          {"json", 0, "[<PATH>]", set_json_path,
           "Trace connections and frames as lines of JSON, with what HPACK does to each field. "
           "They go into this file as they come about. '-' means standard output, and so does the "
           "option without a path; content that is not saved in a file is thrown away then."},
          {"json-data", 0, "",
           args::flag([](Config & config) -> auto& { return config.observation.json_data; }),
           "Have --json tell the content of DATA frames, too."},
          {"explain", 0, "",
           args::flag([](Config & config) -> auto& { return config.observation.explain; }),
           "Say below each received frame which rules of the RFCs it breaks, in the trace of "
           "--verbose, which is shown unless --json is given, and in that of --json."},
      }};
}

std::string check_observation(const Config& config) {
  const ObservationConfig& observation = config.observation;
  if (!observation.har_path.empty() && !can_write_har()) {
    return "--har needs Jansson, without which this nghttp was built";
  }
  if (!observation.capture_path.empty() && config.ktls) {
    return "--pcapng cannot see what --ktls leaves to the kernel";
  }
  if (observation.json_path.empty()) {
    return observation.json_data ? "--json-data needs --json" : "";
  }
  if (!can_write_har()) return "--json needs Jansson, without which this nghttp was built";
  const char* const other = observation.json_path == "-" ? other_output(config) : nullptr;
  if (other != nullptr) {
    return std::string("--json to standard output does not go together with ") + other +
           "; --json=<PATH> does";
  }
  return {};
}

}  // namespace nghttp
