// SPDX-License-Identifier: MIT
// Connections as a packet capture in pcapng, with the secrets that decrypt it: nghttp --pcapng.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "net/address.h"
#include "net/socket_tap.h"
#include "nghttp/report_file.h"

namespace nghttp {

class Capture : public std::enable_shared_from_this<Capture> {
 public:
  static base::Result<std::shared_ptr<Capture>> open(const std::string& path);

  // A connection that has just been made. It ends in the capture when its tap is let go of.
  // nullptr if it is not one of TCP.
  std::shared_ptr<net::SocketTap> connection(const net::Address& local, const net::Address& peer);

  // A line as SSLKEYLOGFILE has it. What it decrypts must come later.
  void add_secret(std::string_view line);
  void add_packet(std::string_view packet, std::uint64_t nanoseconds);

  // The first failure to write.
  const base::Result<void>& result() const { return result_; }

 private:
  explicit Capture(ReportFile file) : file_(std::move(file)) {}

  void add_block(std::uint32_t type, std::string body);

  ReportFile file_;
  base::Result<void> result_;
};

}  // namespace nghttp
