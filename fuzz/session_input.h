// SPDX-License-Identifier: MIT
// Feeds bytes of a hostile peer to a session in pieces and takes what it answers.
#pragma once

#include <nghttp2/nghttp2.h>

#include <cstdint>
#include <cstdlib>

// Takes all pending output; false once the session has ended in an error.
inline bool drain(nghttp2_session* session) {
  for (;;) {
    const uint8_t* output = nullptr;
    const nghttp2_ssize length = nghttp2_session_mem_send2(session, &output);
    if (length <= 0) return length == 0;
  }
}

// The first octet says how large the pieces are.
inline void feed(nghttp2_session* session, const uint8_t* data, size_t size) {
  if (size == 0) return;
  const size_t piece = size_t{data[0]} + 1;
  for (size_t begin = 1; begin < size && drain(session);) {
    const size_t length = piece < size - begin ? piece : size - begin;
    const nghttp2_ssize used = nghttp2_session_mem_recv2(session, data + begin, length);
    if (used < 0) break;
    if (static_cast<size_t>(used) > length) std::abort();
    begin += length;
  }
  drain(session);
}
