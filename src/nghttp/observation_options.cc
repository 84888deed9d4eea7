// SPDX-License-Identifier: MIT
// The rows of nghttp's option table about what is recorded of a run.
#include "nghttp/observation_options.h"

#include "nghttp/har.h"

namespace nghttp {

namespace args = base::args;

args::Section<Config> observation_section() {
  return {
      "Records",
      {
          {"har", 'r', "<PATH>",
           [](Config& config, std::string_view path) -> std::string {
             config.observation.har_path = path;
             return path.empty() ? "a path" : "";
           },
           "Write a HAR 1.2 log of all requests, with their heads and times, when everything is "
           "over. '-' means standard output."},
      }};
}

std::string check_observation(const Config& config) {
  const ObservationConfig& observation = config.observation;
  if (!observation.har_path.empty() && !can_write_har()) {
    return "--har needs Jansson, without which this nghttp was built";
  }
  return {};
}

}  // namespace nghttp
