// SPDX-License-Identifier: MIT
// A stream on which goes wrong what a plan says (--fault).
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "base/buffer.h"
#include "net/loop.h"
#include "nghttpd/fault.h"
#include "nghttpd/stream_filter.h"

namespace nghttpd {

// Holds what the responder sends until it is its time.
class FaultStream final : public StreamFilter, public std::enable_shared_from_this<FaultStream> {
 public:
  // Writes octets between frames, past the session.
  using Injector = std::function<void(http::Bytes)>;

  // `started` is when periods began.
  FaultStream(http::StreamPtr inner, FaultPlan plan, net::EventLoop& loop,
              net::Clock::time_point started, Injector inject);

  void send_head(const http::Head& head, http::End end) override;
  void send_body(http::Bytes chunk, http::End end) override;
  void send_source(std::unique_ptr<http::BodySource> source, http::End end) override;
  void send_trailers(const http::Fields& trailers) override;
  void reset(const http::Reason& reason) override;
  void consume(std::size_t count) override;
  std::size_t room() const override;
  void receive_with(std::shared_ptr<http::Receiver> receiver) override;

 private:
  class Receiver;

  void advance();
  bool must_wait();
  bool is_drained() const;
  void release_head();
  void send_content();
  // False if nothing can be sent now.
  bool send_chunk();
  bool take(std::span<std::uint8_t> out);
  std::uint64_t available() const;
  std::uint64_t allowed() const;
  bool is_cut_off() const;
  void end_content();
  void fail(std::uint32_t code, const char* text);
  void ask_for_more();
  void finish();

  FaultPlan plan_;
  const net::Clock::time_point started_;
  Injector inject_;
  // Fires when waiting is over, whatever for.
  net::Timer timer_;

  std::weak_ptr<http::Receiver> outer_;

  std::optional<http::Head> head_;
  base::Buffer held_;
  std::unique_ptr<http::BodySource> source_;
  std::optional<http::Fields> trailers_;
  bool ended_ = false;
  bool wants_room_ = false;

  bool delayed_ = false;
  bool head_sent_ = false;
  bool finished_ = false;
  std::uint64_t content_sent_ = 0;
  // What room() is when nothing waits in the connection.
  std::size_t full_room_ = 0;
};

}  // namespace nghttpd
