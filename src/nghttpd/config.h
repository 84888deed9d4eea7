// SPDX-License-Identifier: MIT
// What nghttpd's command line settles; constant once the server runs.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "http/fields.h"
#include "nghttpd/access_entry.h"
#include "nghttpd/fault.h"
#include "nghttpd/header_rules.h"
#include "tls/context.h"

namespace nghttpd {

// Request path to the paths pushed with it.
using PushMap = std::map<std::string, std::vector<std::string>, std::less<>>;

struct Config {
  std::uint16_t port = 0;
  std::string key_file;
  std::string certificate_file;
  bool tls = true;

  std::string address;
  bool daemon = false;
  bool verify_client = false;
  std::string ca_file;
  std::string htdocs = ".";
  bool has_htdocs = false;
  bool follow_symlinks = false;
  bool list_directory = false;
  bool verbose = false;
  bool colour = false;
  bool hexdump = false;
  PushMap push;
  std::size_t padding = 0;
  std::uint32_t max_concurrent_streams = 100;
  std::size_t request_field_bytes = 64 * 1024;
  std::size_t max_request_fields = 1000;
  // 0 is as many as there may be open files.
  std::size_t max_connections = 0;
  std::chrono::milliseconds handshake_timeout = std::chrono::seconds(10);
  std::chrono::milliseconds idle_timeout = std::chrono::minutes(3);
  std::size_t workers = 1;
  bool error_gzip = false;
  std::optional<int> window_bits;
  std::optional<int> connection_window_bits;
  std::optional<std::uint32_t> header_table_size;
  std::optional<std::uint32_t> encoder_header_table_size;
  std::string dh_param_file;
  std::string groups = tls::kDefaultGroups;
  bool ktls = false;
  bool early_response = false;
  http::Fields trailers;
  HeaderRules headers;
  FaultRules faults;
  bool echo_upload = false;
  std::string access_log;
  std::optional<AccessLogFormat> access_log_format;
  std::string mime_types_file = "/etc/mime.types";
  bool no_content_length = false;
  // How long running requests may take once the server has been told to end; zero is for ever.
  std::chrono::milliseconds shutdown_timeout = std::chrono::seconds(10);
  std::chrono::milliseconds stream_timeout = std::chrono::seconds(60);
};

}  // namespace nghttpd
