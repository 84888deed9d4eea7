// SPDX-License-Identifier: MIT
// A client and a server session in memory, and the pump between them.
#pragma once

#include <nghttp2/nghttp2.h>

#include <cstddef>
#include <string>
#include <vector>

#include "support/recorder.h"

namespace support {

struct PairOptions {
  nghttp2_option* client = nullptr;
  nghttp2_option* server = nullptr;
  nghttp2_mem* mem = nullptr;
  // The most that is handed over at once; 0 is all.
  std::size_t piece = 0;
};

// Both sessions record their events; `wanted` of either recorder is to be set before `open`.
class Pair {
 public:
  Pair() = default;
  Pair(const Pair&) = delete;
  Pair& operator=(const Pair&) = delete;
  ~Pair();

  // Makes the sessions, and lets each submit its SETTINGS. Answers the first library error.
  int open(const PairOptions& options = {}, const std::vector<nghttp2_settings_entry>& client = {},
           const std::vector<nghttp2_settings_entry>& server = {});

  // Hands bytes over in both directions until neither side has any. Answers the first library error
  // of either.
  int pump();

  nghttp2_session* client = nullptr;
  nghttp2_session* server = nullptr;
  Recorder client_log;
  Recorder server_log;

 private:
  // Moves what one side has to send; sets `moved` if there was anything.
  int move(nghttp2_session* from, nghttp2_session* to, bool& moved);

  std::size_t piece_ = 0;
};

}  // namespace support
