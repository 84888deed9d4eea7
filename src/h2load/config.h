// SPDX-License-Identifier: MIT
// What the command line says.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/url.h"
#include "h2load/report_config.h"
#include "tls/defaults.h"

namespace h2load {

// The cipher suites of TLS 1.3 that clients of this program's name have always offered.
inline constexpr const char kDefaultSuites[] =
    "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:"
    "TLS_AES_128_CCM_SHA256";

enum class CleartextProtocol { h2c, http1 };

enum class Arrival { constant, poisson };

// A part of --ramp: the rate goes from where the one before has ended to `rate` in `duration`.
struct RampStage {
  double rate = 0;
  std::chrono::nanoseconds duration{0};
};

struct TlsConfig {
  std::string ciphers = tls::kDefaultCiphers;
  std::string suites = kDefaultSuites;
  std::string groups = tls::kDefaultGroups;
  std::vector<std::string> alpn = {"h2", "http/1.1"};
  std::optional<std::string> sni;
  std::string session_file;
  std::string certificate_file;
  std::string key_file;
  std::string ca_file;
  bool verify_peer = false;
  bool ktls = false;
};

// Durations of zero mean no limit.
struct Config {
  // How much.
  std::optional<std::uint64_t> requests;
  std::uint64_t clients = 1;
  std::uint64_t threads = 1;
  std::uint64_t max_concurrent_streams = 1;
  std::chrono::nanoseconds duration{0};
  std::chrono::nanoseconds warm_up{0};

  // At what rate.
  std::uint64_t connection_rate = 0;
  std::chrono::nanoseconds rate_period = std::chrono::seconds(1);
  double requests_per_second = 0;  // of each client
  double total_rate = 0;           // of all clients
  Arrival arrival = Arrival::constant;
  std::vector<RampStage> ramp;
  std::string timing_script_file;

  // What.
  std::string input_file;
  std::string scenario_file;
  std::optional<std::uint64_t> seed;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string data_file;
  bool grpc = false;

  // Where.
  std::optional<base::Url> base_uri;
  std::string unix_path;
  std::optional<base::HostPort> connect_to;
  std::vector<std::string> source_addresses;
  bool multi_host = false;

  // How.
  CleartextProtocol cleartext = CleartextProtocol::h2c;
  std::uint32_t max_frame_size = 16 * 1024;
  int window_bits = 30;
  int connection_window_bits = 30;
  std::uint32_t decoder_table_bytes = 4096;
  std::uint32_t encoder_table_bytes = 4096;
  TlsConfig tls;
  std::chrono::nanoseconds active_timeout{0};
  std::chrono::nanoseconds inactivity_timeout{0};
  std::chrono::nanoseconds response_timeout = std::chrono::minutes(1);

  // What is told.
  int verbosity = 0;
  std::string log_file;
  bool fail_if_saturated = false;
  ReportConfig report;

  bool is_timed() const { return duration.count() > 0; }
};

}  // namespace h2load
