// SPDX-License-Identifier: MIT
// The rows of nghttp's option table about what is recorded of a run.
#include "nghttp/observation_options.h"

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
  return {};
}

}  // namespace nghttp
