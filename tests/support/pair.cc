// SPDX-License-Identifier: MIT
// A client and a server session in memory, and the pump between them.
#include "support/pair.h"

#include <algorithm>

namespace support {
namespace {

using Create = decltype(&nghttp2_session_client_new3);

int create_session(Create create, nghttp2_session*& session, Recorder& log, nghttp2_option* option,
                   nghttp2_mem* mem) {
  nghttp2_session_callbacks* callbacks = log.make_callbacks(Twins::ssize);
  if (callbacks == nullptr) return NGHTTP2_ERR_NOMEM;
  const int result = create(&session, callbacks, &log, option, mem);
  nghttp2_session_callbacks_del(callbacks);
  if (result != 0) session = nullptr;
  return result;
}

}  // namespace

Pair::~Pair() {
  nghttp2_session_del(client);
  nghttp2_session_del(server);
}

int Pair::open(const PairOptions& options,
               const std::vector<nghttp2_settings_entry>& client_settings,
               const std::vector<nghttp2_settings_entry>& server_settings) {
  piece_ = options.piece;
  int result =
      create_session(nghttp2_session_client_new3, client, client_log, options.client, options.mem);
  if (result != 0) return result;
  result =
      create_session(nghttp2_session_server_new3, server, server_log, options.server, options.mem);
  if (result != 0) return result;
  result = nghttp2_submit_settings(client, 0, client_settings.data(), client_settings.size());
  if (result != 0) return result;
  return nghttp2_submit_settings(server, 0, server_settings.data(), server_settings.size());
}

int Pair::move(nghttp2_session* from, nghttp2_session* to, bool& moved) {
  const std::uint8_t* data = nullptr;
  for (;;) {
    const auto size = nghttp2_session_mem_send(from, &data);
    if (size < 0) return static_cast<int>(size);
    if (size == 0) return 0;
    moved = true;
    const std::vector<std::uint8_t> bytes(data, data + size);
    const std::size_t step = piece_ == 0 ? bytes.size() : piece_;
    for (std::size_t at = 0; at < bytes.size(); at += step) {
      const std::size_t length = std::min(step, bytes.size() - at);
      const auto used = nghttp2_session_mem_recv(to, bytes.data() + at, length);
      if (used < 0) return static_cast<int>(used);
    }
  }
}

int Pair::pump() {
  for (bool moved = true; moved;) {
    moved = false;
    if (const int result = move(client, server, moved)) return result;
    if (const int result = move(server, client, moved)) return result;
  }
  return 0;
}

}  // namespace support
