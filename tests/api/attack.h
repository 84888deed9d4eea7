// SPDX-License-Identifier: MIT
// What the tests of attacks on a session have in common.
#pragma once

#include <nghttp2/nghttp2.h>

#include <functional>
#include <memory>
#include <string>

#include "api/single.h"

namespace support {

inline constexpr Side both_sides[] = {Side::server, Side::client};

struct OptionDeleter {
  void operator()(nghttp2_option* option) const { nghttp2_option_del(option); }
};
using Option = std::unique_ptr<nghttp2_option, OptionDeleter>;

Option make_option();

// No attack may make a session hold more than this.
inline constexpr std::size_t kMostBytes = 4 << 20;

// What came of feeding the same kind of input again and again.
struct AttackResult {
  long code = 0;      // of the last nghttp2_session_mem_recv
  int rounds = 0;     // after which the session was done, or all of them
  std::string lines;  // what the last round led to; empty if nothing was read

  // The session was ended with ENHANCE_YOUR_CALM.
  bool calmed() const;
};

enum class Reading { yes, no };

// Feeds `make(round)` up to `rounds` times and takes the output each time, unless the peer does not
// read. Checks that memory stays below kMostBytes.
AttackResult attack(Single& target, int rounds, Reading reading,
                    const std::function<std::string(int round)>& make);

// The client's stream number `round`.
std::uint32_t stream_of(int round);

}  // namespace support
