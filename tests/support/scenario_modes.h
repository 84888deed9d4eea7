// SPDX-License-Identifier: MIT
// The ways in which every scenario must give the same events.
#pragma once

#include "support/golden.h"

namespace support {

struct NamedMode {
  const char* name;
  RunMode mode;
};

inline constexpr NamedMode kModes[] = {
    {"whole", {Feeding::whole, Transport::memory, Twins::ssize, 0}},
    {"octet by octet", {Feeding::octet_by_octet, Transport::memory, Twins::ssize, 0}},
    {"random pieces 1", {Feeding::random_pieces, Transport::memory, Twins::ssize, 1}},
    {"random pieces 2", {Feeding::random_pieces, Transport::memory, Twins::ssize, 2}},
    {"callbacks", {Feeding::whole, Transport::callbacks, Twins::ssize, 0}},
    {"callbacks in pieces", {Feeding::random_pieces, Transport::callbacks, Twins::ssize, 3}},
    {"nghttp2_ssize", {Feeding::whole, Transport::memory, Twins::nghttp2_ssize, 0}},
    {"nghttp2_ssize callbacks", {Feeding::whole, Transport::callbacks, Twins::nghttp2_ssize, 0}},
    {"octets of output", {Feeding::whole, Transport::octets, Twins::ssize, 0}},
};

// Whether a scenario is meant to be run that way.
inline bool is_applicable(const Scenario& scenario, const RunMode& mode) {
  if (scenario.is_whole_only && mode.feeding != Feeding::whole) return false;
  return !scenario.is_memory_only || mode.transport != Transport::callbacks;
}

}  // namespace support
