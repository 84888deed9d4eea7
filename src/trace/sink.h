// SPDX-License-Identifier: MIT
// Who is told what happens on the connections of a run.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "net/transport.h"
#include "trace/frame.h"
#include "trace/header_block.h"
#include "trace/rules.h"

namespace trace {

// A frame with what is known of it.
struct TracedFrame {
  Direction direction = Direction::received;
  Frame frame;
  Parts parts;
  // The header block that ends with this frame, if one does.
  const HeaderBlock* block = nullptr;
  // Why the session takes it for invalid; "" if it does not.
  std::string rejection;
  // The rules it breaks, if that is wanted.
  std::vector<Breach> breaches;
};

// Connections are numbered from 1. Nothing that is handed over outlives the call.
class Sink {
 public:
  virtual ~Sink() = default;

  virtual void connected(unsigned, std::string_view /*origin*/, const net::Transport&) {}
  // There is no connection.
  virtual void not_connected(unsigned, std::string_view /*origin*/, std::string_view /*reason*/) {}
  // The HTTP/1.1 head that begins an upgrade, or that answers it.
  virtual void upgrade(unsigned, Direction, std::string_view /*head*/) {}
  virtual void preface(unsigned) {}
  virtual void frame(unsigned, const TracedFrame&) {}
  // The session says what is wrong.
  virtual void complaint(unsigned, std::string_view /*text*/) {}
  virtual void closed(unsigned, std::string_view /*reason*/) {}
};

}  // namespace trace
