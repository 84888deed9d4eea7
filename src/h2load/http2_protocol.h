// SPDX-License-Identifier: MIT
// HTTP/2 as a load generator needs it: requests that are ready octets, and responses of which only
// the outcome counts. doc/adr/0008-load-generator-session.rst says why it is not a session of the
// library's; HPACK is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/buffer.h"
#include "h2load/config.h"
#include "h2load/frame_writer.h"
#include "h2load/header_codec.h"
#include "h2load/protocol.h"
#include "h2load/stream_window.h"

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
  // Frames in; false when the connection cannot go on.
  bool receive_frame(const FrameHead& head, Octets payload);
  bool receive_data(const FrameHead& head, Octets payload);
  bool receive_headers(const FrameHead& head, Octets payload);
  bool receive_continuation(const FrameHead& head, Octets payload);
  bool receive_block(std::int32_t stream, Octets block, bool end_stream);
  bool receive_reset(const FrameHead& head, Octets payload);
  bool receive_settings(const FrameHead& head, Octets payload);
  bool receive_setting(std::uint16_t id, std::uint32_t value);
  bool receive_ping(const FrameHead& head, Octets payload);
  bool receive_goaway(const FrameHead& head, Octets payload);
  bool receive_window_update(const FrameHead& head, Octets payload);
  bool may_answer(const char* what);
  bool remove_padding(const FrameHead& head, Octets& payload);
  // Whether the stream has ever been opened by us.
  bool is_known(std::int32_t stream) const { return stream % 2 == 1 && stream < next_id_; }
  bool fail(std::uint32_t error_code, const std::string& reason);

  // Exchanges.
  void head_received(Exchange& exchange, const FieldFacts& facts, bool end_stream);
  void response_ended(Exchange& exchange);
  void end(Exchange& exchange, Ending ending, std::uint32_t error_code);
  void refuse(Exchange& exchange, std::uint32_t error_code);

  // Content that is sent.
  void send_content(std::size_t most);
  bool send_piece(Exchange& exchange);
  void end_upload(Exchange& exchange);

  const Config& config_;
  ProtocolEvents& events_;
  const TimePoint& now_;
  base::Buffer output_;
  FrameWriter writer_{output_};
  HeaderEncoder encoder_;
  HeaderDecoder decoder_;
  StreamWindow streams_;
  std::int32_t next_id_ = 1;
  bool accepts_requests_ = true;
  bool failed_ = false;
  std::string error_;

  // What the server's SETTINGS say.
  bool settings_received_ = false;
  std::size_t max_concurrent_;
  std::size_t max_frame_bytes_ = kDefaultFrameBytes;
  std::int64_t first_window_ = 65535;

  // Flow control (RFC 9113 §6.9). What has come since the last WINDOW_UPDATE; what we may send.
  const std::int64_t stream_credit_;
  const std::int64_t connection_credit_;
  std::int64_t unacknowledged_ = 0;
  std::int64_t send_window_ = 65535;
  // Have content left to send, in turn.
  std::vector<Exchange*> uploading_;
  std::vector<Exchange*> cancelled_;

  // A frame that is not complete yet, and a header block whose CONTINUATIONs are not.
  base::Buffer pending_;
  std::int32_t block_stream_ = 0;
  bool block_ends_stream_ = false;
  std::size_t block_overhead_ = 0;  // frame heads of the block
  base::Buffer block_;
};

}  // namespace h2load
