// SPDX-License-Identifier: MIT
// From HTTP/1.1 to HTTP/2 on a cleartext connection by Upgrade: h2c (RFC 7540 §3.2).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/buffer.h"
#include "http/head.h"
#include "net/transport.h"

namespace nghttp {

// The HTTP/1.1 request that asks for the switch; `settings_payload` is what the first SETTINGS
// frame will hold.
std::string upgrade_request(const http::Head& request, std::string_view settings_payload);

// Judges the head of the response: "" if it switches to h2c, else what is wrong with it.
std::string check_upgrade_response(std::string_view head);

// Sends the request and reads the response on a connected transport.
class Upgrade final : public net::TransportHandler {
 public:
  // `reason` is empty on success; `head` is the response head as received, and what follows it is
  // in `rest`. The callback may destroy the object.
  using Callback =
      std::function<void(const std::string& reason, std::string_view head, std::string_view rest)>;

  // Longest head of a response that is read.
  static constexpr std::size_t kMaxHeadBytes = 64 * 1024;

  Upgrade(net::Transport& transport, std::string request, Callback callback);

  void on_connected() override {}
  void on_readable() override;
  void on_writable() override;
  void on_error(const std::string& reason) override;

 private:
  void finish(const std::string& reason);

  net::Transport& transport_;
  std::string request_;
  std::size_t written_ = 0;
  base::Buffer input_;
  std::size_t head_bytes_ = 0;
  Callback callback_;
};

}  // namespace nghttp
