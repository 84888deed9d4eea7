// SPDX-License-Identifier: MIT
// What the access log says of one request, and how a line of it looks.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "http/head.h"
#include "http/reason.h"

namespace nghttpd {

enum class AccessLogFormat { combined, json };

// What the requests of one connection have in common.
struct ClientFacts {
  std::uint64_t connection = 0;
  std::string address;
  std::uint16_t port = 0;
  // Empty without TLS.
  std::string tls_version;
  std::string tls_cipher;
};

struct AccessEntry {
  std::shared_ptr<const ClientFacts> client;
  std::int64_t stream = -1;
  bool is_pushed = false;
  std::chrono::system_clock::time_point time;
  std::chrono::steady_clock::time_point begin;

  // Of the request. Text is as the client sent it, cut to kMaxTextBytes.
  std::string method;
  std::string scheme;
  std::string authority;
  std::string path;
  std::string referer;
  std::string user_agent;

  // 0 if there was no response.
  int status = 0;
  std::uint64_t received = 0;
  std::uint64_t sent = 0;
  std::chrono::steady_clock::duration duration{0};
  // Why it ended before it was finished.
  std::optional<http::Reason> failure;
  bool is_reset_by_server = false;

  static constexpr std::size_t kMaxTextBytes = 4096;

  // Of a request that begins now.
  static AccessEntry of(const http::Head& request);
};

// Appends a line with its end. `run` tells apart what different runs of the server call the same.
void append_entry(std::string& out, const AccessEntry& entry, AccessLogFormat format,
                  const std::string& run);

}  // namespace nghttpd
