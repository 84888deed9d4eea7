// SPDX-License-Identifier: MIT
// What a run was made with, for its result.
#include "h2load/settings.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "h2load/settings_diff.h"

namespace h2load {

namespace {

constexpr std::size_t kMostUris = 100;

// Keeps what differs from "not given".
class Collector {
 public:
  void add(const char* name, std::uint64_t number) {
    settings_.push_back({name, static_cast<std::int64_t>(number)});
  }
  void add(const char* name, std::string_view text) {
    if (!text.empty()) settings_.push_back({name, std::string(text)});
  }
  void add(const char* name, std::vector<std::string> texts) {
    if (!texts.empty()) settings_.push_back({name, std::move(texts)});
  }
  void add_seconds(const char* name, std::chrono::nanoseconds duration) {
    add_positive(name, std::chrono::duration<double>(duration).count());
  }
  void add_positive(const char* name, double number) {
    if (number > 0) settings_.push_back({name, number});
  }
  void add_flag(const char* name, bool flag) {
    if (flag) settings_.push_back({name, true});
  }
  std::vector<Setting> take() { return std::move(settings_); }

 private:
  std::vector<Setting> settings_;
};

bool is_secret(std::string_view name) {
  constexpr std::string_view kSecrets[] = {"authorization", "proxy-authorization", "cookie"};
  return std::ranges::any_of(
      kSecrets, [&](std::string_view secret) { return base::equal_ignoring_case(name, secret); });
}

std::vector<std::string> header_lines(const Config& config) {
  std::vector<std::string> lines;
  for (const auto& [name, value] : config.headers)
    lines.push_back(name + ": " + (is_secret(name) ? "(not shown)" : value));
  return lines;
}

std::vector<std::string> ramp_stages(const Config& config) {
  std::vector<std::string> stages;
  for (const RampStage& stage : config.ramp) {
    const double seconds = std::chrono::duration<double>(stage.duration).count();
    stages.push_back(setting_number(stage.rate) + ":" + setting_number(seconds) + "s");
  }
  return stages;
}

void add_amount(Collector& out, const Config& config) {
  if (!config.is_timed()) out.add("requests", config.requests.value_or(1));
  out.add("clients", config.clients);
  out.add("threads", config.threads);
  out.add("max-concurrent-streams", config.max_concurrent_streams);
  out.add_seconds("duration", config.duration);
  out.add_seconds("warm-up-time", config.warm_up);
  if (config.connection_rate > 0) {
    out.add("rate", config.connection_rate);
    out.add_seconds("rate-period", config.rate_period);
  }
  out.add_positive("rps", config.requests_per_second);
  out.add_positive("total-rps", config.total_rate);
  if (config.arrival == Arrival::poisson) out.add("arrival", std::string_view("poisson"));
  out.add("ramp", ramp_stages(config));
  out.add("timing-script-file", config.timing_script_file);
}

void add_requests(Collector& out, const Config& config, const std::vector<std::string>& uris) {
  out.add("uris", std::vector<std::string>(uris.begin(),
                                           uris.begin() + static_cast<std::ptrdiff_t>(
                                                              std::min(uris.size(), kMostUris))));
  out.add("input-file", config.input_file);
  if (config.base_uri) out.add("base-uri", config.base_uri->to_string());
  out.add("header", header_lines(config));
  out.add("data", config.data_file);
  out.add_flag("grpc", config.grpc);
  out.add("scenario", config.scenario_file);
  if (config.seed) out.add("seed", *config.seed);
  out.add_flag("multi-host", config.multi_host);
  out.add("source-address", config.source_addresses);
}

void add_protocol(Collector& out, const Config& config) {
  out.add("no-tls-proto",
          std::string_view(config.cleartext == CleartextProtocol::h2c ? "h2c" : "http/1.1"));
  out.add("alpn-list", config.tls.alpn);
  out.add("max-frame-size", config.max_frame_size);
  out.add("window-bits", static_cast<std::uint64_t>(config.window_bits));
  out.add("connection-window-bits", static_cast<std::uint64_t>(config.connection_window_bits));
  out.add("header-table-size", config.decoder_table_bytes);
  out.add("encoder-header-table-size", config.encoder_table_bytes);
  if (config.tls.sni) out.add("sni", *config.tls.sni);
  out.add("tls-session-file", config.tls.session_file);
  out.add_flag("verify-peer", config.tls.verify_peer);
  out.add_flag("ktls", config.tls.ktls);
}

}  // namespace

std::vector<Setting> settings_of(const Config& config, const std::vector<std::string>& uris) {
  Collector out;
  add_requests(out, config, uris);
  add_amount(out, config);
  add_protocol(out, config);
  return out.take();
}

}  // namespace h2load
