// SPDX-License-Identifier: MIT
// From the URIs of the command line to requests.
#include "nghttp/plan.h"

#include <sys/stat.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "nghttp/saved_file.h"

namespace nghttp {

namespace {

constexpr std::string_view kStandardOutput = "-";

// The N-th of the values that an option was given, of which the last one repeats.
template <class Value>
const Value& nth(const std::vector<Value>& values, std::size_t index) {
  return values[std::min(index, values.size() - 1)];
}

// The file for the content of the N-th URI; empty for standard output.
base::Result<std::string> file_for(const Config& config, std::size_t index, const base::Url& url) {
  if (index < config.output_files.size()) {
    const std::string& given = config.output_files[index];
    return given == kStandardOutput ? std::string() : given;
  }
  return config.remote_name ? remote_name(url) : std::string();
}

// Devices and the like can be written any number of times.
bool is_overwritten(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) != 0 || S_ISREG(status.st_mode);
}

// Keeps two responses from ending up in one file.
class FileClaims {
 public:
  // "" or what is wrong.
  std::string claim(const std::string& file, const std::string& uri) {
    if (file.empty() || !is_overwritten(file)) return {};
    const auto [place, is_new] = claims_.emplace(file, uri);
    if (is_new || place->second == uri) return {};
    return place->second + " and " + uri + " would both be saved as " + file +
           ": name one of them with --output";
  }

 private:
  std::map<std::string, std::string> claims_;
};

base::Result<Request> make_request(const Config& config, std::size_t index,
                                   const std::string& uri) {
  auto url = base::parse_url(uri);
  if (!url) return base::Error{url.error()};
  url->fragment.reset();
  Request request;
  request.url = *std::move(url);
  if (!config.priorities.empty()) request.priority = nth(config.priorities, index);
  if (!config.weights.empty()) request.weight = nth(config.weights, index);
  auto file = file_for(config, index, request.url);
  if (!file) return base::Error{file.error()};
  request.file = *std::move(file);
  return request;
}

}  // namespace

base::Result<std::vector<Batch>> plan_requests(const Config& config,
                                               const std::vector<std::string>& uris) {
  if (config.output_files.size() > uris.size()) {
    return base::Error{"--output is given " + std::to_string(config.output_files.size()) +
                       " times, but there are only " + std::to_string(uris.size()) + " URIs"};
  }
  std::vector<Batch> batches;
  std::set<std::pair<std::string, std::string>> seen;
  FileClaims claims;
  for (std::size_t i = 0; i < uris.size(); ++i) {
    auto request = make_request(config, i, uris[i]);
    if (!request) return base::Error{request.error()};
    const std::string uri = request->url.to_string();
    if (const std::string problem = claims.claim(request->file, uri); !problem.empty()) {
      return base::Error{problem};
    }
    if (!request->file.empty() && config.multiply > 1) {
      return base::Error{"with --multiply " + uri + " would be saved several times as " +
                         request->file};
    }
    if (!seen.emplace(uri, request->file).second && config.multiply == 1) continue;
    const auto batch =
        std::find_if(batches.begin(), batches.end(), [&request](const Batch& candidate) {
          return candidate.front().url.origin() == request->url.origin();
        });
    Batch& target = batch == batches.end() ? batches.emplace_back() : *batch;
    target.insert(target.end(), config.multiply, *request);
  }
  return batches;
}

}  // namespace nghttp
