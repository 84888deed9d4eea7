// SPDX-License-Identifier: MIT
// What all requests of one worker share.
#pragma once

#include <ctime>
#include <string>

#include "http/head.h"
#include "http/media_type.h"
#include "http2/connection.h"
#include "nghttpd/config.h"
#include "nghttpd/resource_cache.h"

namespace nghttpd {

// Constant data of the process plus caches; used by one thread, outlives its connections.
class Service {
 public:
  Service(net::EventLoop& loop, const Config& config, const DocumentRoot& root,
          const http::MediaTypes& media_types)
      : loop_(loop),
        config_(config),
        root_(root),
        monitor_(loop),
        resources_(root, &monitor_),
        media_types_(media_types) {}

  net::EventLoop& loop() { return loop_; }
  const Config& config() const { return config_; }
  const DocumentRoot& root() const { return root_; }
  ResourceCache& resources() { return resources_; }
  const http::MediaTypes& media_types() const { return media_types_; }

  // What connections share; nullptr until the first has come.
  http2::SharedConfig& connection_config() { return connection_config_; }

  // The current time as a date field has it; formatted once a second.
  const std::string& date(std::time_t now);

  // A response head with what all responses have: server and date.
  http::Head make_response(int status);

  // The head of the response with a form's whole content; all responses of a second share it.
  const http::SharedHead& whole_response(const Resource& resource, Form& form);

  // What every response with a form of a file says of it, whatever its status.
  http::Head form_response(int status, const Resource& resource, const Form& form);

 private:
  void prepare(const Resource& resource, Form& form);

  net::EventLoop& loop_;
  const Config& config_;
  const DocumentRoot& root_;
  ChangeMonitor monitor_;
  ResourceCache resources_;
  const http::MediaTypes& media_types_;
  http2::SharedConfig connection_config_;
  std::time_t date_time_ = -1;
  std::string date_;
};

// The names of the trailers that are to come, as the field "trailer" lists them (RFC 9110 §6.6.2).
std::string trailer_names(const http::Fields& trailers);

}  // namespace nghttpd
