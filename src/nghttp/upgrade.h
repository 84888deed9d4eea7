// SPDX-License-Identifier: MIT
// From HTTP/1.1 to HTTP/2 on a cleartext connection by Upgrade: h2c (RFC 7540 §3.2).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/buffer.h"
#include "base/result.h"
#include "http/head.h"
#include "http1/head_parser.h"
#include "net/transport.h"
#include "nghttp/exit_status.h"

namespace nghttp {

// The HTTP/1.1 request that asks for the switch; `settings_payload` is what the first SETTINGS
// frame will hold. An error if HTTP/1.1 cannot carry the request.
base::Result<std::string> upgrade_request(const http::Head& request,
                                          std::string_view settings_payload);

// Judges a final response or 101: "" if it switches to h2c, else what is wrong with it.
std::string check_upgrade_response(const http1::MessageHead& response);

// Sends the request and reads the response on a connected transport.
class Upgrade final : public net::TransportHandler {
 public:
  // `failure` has no text on success; `head` is the response head as received, and what follows it
  // is in `rest`. The callback may destroy the object.
  using Callback =
      std::function<void(const Failure& failure, std::string_view head, std::string_view rest)>;

  Upgrade(net::Transport& transport, std::string request, Callback callback);

  void on_connected() override {}
  void on_readable() override;
  void on_writable() override;
  void on_error(const std::string& reason) override;

 private:
  // Other interim responses may come first.
  static constexpr int kMaxInterimHeads = 100;

  void take_input();
  void finish(const Failure& failure);

  net::Transport& transport_;
  std::string request_;
  std::size_t written_ = 0;
  base::Buffer input_;
  http1::HeadParser parser_{http1::MessageKind::response};
  std::string head_;
  int interim_heads_ = 0;
  Callback callback_;
};

}  // namespace nghttp
