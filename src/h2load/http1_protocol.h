// SPDX-License-Identifier: MIT
// HTTP/1.1 as a load generator needs it, with pipelining.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "h2load/config.h"
#include "h2load/protocol.h"
#include "http1/chunked.h"

namespace h2load {

class Http1Protocol final : public Protocol {
 public:
  // All parameters outlive the object.
  Http1Protocol(const Config& config, ProtocolEvents& events);

  std::size_t max_concurrent() const override { return max_concurrent_; }
  bool accepts_requests() const override { return accepts_requests_; }
  bool submit(Exchange& exchange) override;
  // The requests behind it are only answered after it.
  bool cancel(Exchange&) override { return false; }
  bool receive(Octets input) override;
  void receive_end() override;
  bool produce(base::Buffer& output) override;
  void shut_down() override { accepts_requests_ = false; }
  const std::string& error() const override { return error_; }
  const char* name() const override { return "http/1.1"; }

 private:
  enum class State { head, content, chunks, until_close, failed };

  std::size_t take(Octets input);
  std::size_t take_head(Octets input);
  std::size_t take_content(Octets input);
  std::size_t take_chunks(Octets input);
  void begin_content(bool has_length, std::uint64_t length, bool chunked);
  void show_fields(std::string_view head, const Exchange& exchange);
  void pass_on(Exchange& exchange, Octets content);
  void end_response();
  void fail(std::string text);

  const Config& config_;
  ProtocolEvents& events_;
  std::size_t max_concurrent_;
  bool accepts_requests_ = true;
  // In the order of their requests, which is that of the responses.
  std::deque<Exchange*> waiting_;
  base::Buffer output_;
  State state_ = State::head;
  bool close_ = false;
  std::uint64_t remaining_ = 0;
  std::optional<http1::ChunkedDecoder> chunks_;
  // A piece that is not complete yet.
  base::Buffer pending_;
  std::size_t searched_ = 0;
  std::int32_t next_id_ = 1;
  std::string error_;
};

}  // namespace h2load
