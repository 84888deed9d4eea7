// SPDX-License-Identifier: MIT
// What speaks HTTP on one connection: octets in, octets out, exchanges between.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/buffer.h"
#include "h2load/exchange.h"

namespace h2load {

using Octets = std::span<const std::uint8_t>;

// What a protocol tells of; calls come from inside Protocol::receive() and produce() alone.
class ProtocolEvents {
 public:
  // The final response's head has come; its status is in the exchange.
  virtual void on_response_head(Exchange& exchange) = 0;
  // Of a header block: octets on the wire, and of names and values once decoded.
  virtual void on_header_octets(std::size_t wire, std::size_t decoded) = 0;
  // Likewise of a request.
  virtual void on_header_octets_sent(std::size_t wire, std::size_t decoded) = 0;
  virtual void on_content(Exchange& exchange, std::size_t count) = 0;
  // The exchange is over. `error_code` is that of RST_STREAM.
  virtual void on_end(Exchange& exchange, Ending ending, std::uint32_t error_code) = 0;
  // The server will take no further requests on this connection.
  virtual void on_goaway(std::uint32_t error_code) = 0;
  // A setting of the server's.
  virtual void on_setting(std::int32_t id, std::uint32_t value) = 0;
  // A field of a response, for those who want to see all of them.
  virtual void on_field(std::int32_t stream_id, std::string_view name, std::string_view value) = 0;
  // Those that have begun and not ended.
  virtual std::span<Exchange* const> exchanges() const = 0;

 protected:
  ~ProtocolEvents() = default;
};

class Protocol {
 public:
  virtual ~Protocol() = default;

  // How many exchanges may run at once, as far as the server is concerned.
  virtual std::size_t max_concurrent() const = 0;
  // Whether new exchanges are possible at all.
  virtual bool accepts_requests() const = 0;
  // Begins an exchange, which stays where it is until on_end(). False if that cannot be: then
  // accepts_requests() is false, too.
  virtual bool submit(Exchange& exchange) = 0;
  // Gives an exchange up, whose end is told of later; false if only closing the connection helps.
  virtual bool cancel(Exchange& exchange) = 0;
  // Takes what has come; false when the connection cannot go on: error() says why.
  virtual bool receive(Octets input) = 0;
  // The server has closed its direction: exchanges that end thereby do.
  virtual void receive_end() = 0;
  // Appends what is to be sent, about 64 KiB at most; false as receive().
  virtual bool produce(base::Buffer& output) = 0;
  // Says farewell in the next produce().
  virtual void shut_down() = 0;
  virtual const std::string& error() const = 0;
  // What reports call it.
  virtual const char* name() const = 0;
};

}  // namespace h2load
