// SPDX-License-Identifier: MIT
// What all requests of one worker share.
#pragma once

#include <ctime>
#include <string>

#include "http/media_type.h"
#include "nghttpd/config.h"
#include "nghttpd/file_cache.h"

namespace nghttpd {

// Constant data of the process plus caches; used by one thread, outlives its connections.
class Service {
 public:
  Service(const Config& config, const DocumentRoot& root, const http::MediaTypes& media_types)
      : config_(config), files_(root), media_types_(media_types) {}

  const Config& config() const { return config_; }
  FileCache& files() { return files_; }
  const http::MediaTypes& media_types() const { return media_types_; }

  // The current time as a date field has it; formatted once a second.
  const std::string& date();

 private:
  const Config& config_;
  FileCache files_;
  const http::MediaTypes& media_types_;
  std::time_t date_time_ = -1;
  std::string date_;
};

}  // namespace nghttpd
