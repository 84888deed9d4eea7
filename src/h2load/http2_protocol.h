// SPDX-License-Identifier: MIT
// HTTP/2 as a load generator needs it: libnghttp2 with the fewest callbacks, and no message
// objects.
#pragma once

#include <nghttp2/nghttp2.h>

#include <string>
#include <vector>

#include "h2load/config.h"
#include "h2load/protocol.h"
#include "http2/session.h"

namespace h2load {

class Http2Protocol final : public Protocol {
 public:
  // `now` is when the current event began. All parameters outlive the object.
  Http2Protocol(const Config& config, ProtocolEvents& events, const TimePoint& now);

  std::size_t max_concurrent() const override { return max_concurrent_; }
  bool accepts_requests() const override { return accepts_requests_; }
  bool submit(Exchange& exchange) override;
  bool cancel(Exchange& exchange) override;
  bool receive(Octets input) override;
  void receive_end() override {}
  bool produce(base::Buffer& output) override;
  void shut_down() override;
  const std::string& error() const override { return error_; }
  const char* name() const override { return "h2"; }

 private:
  struct Callbacks;

  void submit_settings();
  void headers_received(const nghttp2_frame& frame);
  void take_grpc_status(std::int32_t stream_id, std::string_view name, std::string_view value);
  void show_to_observer(std::int32_t stream_id, std::string_view name, std::string_view value);
  void settings_received(const nghttp2_settings& frame);
  void stream_closed(Exchange& exchange, std::uint32_t error_code);
  void find_unsent();
  void note_stalls();
  nghttp2_ssize read_body(Exchange& exchange, std::span<std::uint8_t> out, std::uint32_t& flags);
  bool fail(int result);

  const Config& config_;
  ProtocolEvents& events_;
  const TimePoint& now_;
  http2::SessionPtr session_;
  std::size_t max_concurrent_;
  bool accepts_requests_ = true;
  bool goaway_received_ = false;
  std::int32_t goaway_last_stream_ = 0;
  // Octets of names and values of the header block that is being read.
  std::size_t decoded_ = 0;
  int status_ = 0;
  // Content that has to wait for the server's window.
  std::vector<Exchange*> uploading_;
  std::vector<std::int32_t> unsent_;
  std::string error_;
};

}  // namespace h2load
