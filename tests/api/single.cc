// SPDX-License-Identifier: MIT
// One session under test, whose peer the test plays itself.
#include "api/single.h"

#include "support/body.h"
#include "support/check.h"

namespace support {

Single::Single(Side side, nghttp2_option* option,
               const std::vector<nghttp2_settings_entry>& settings, const OptionalCallbacks& wanted,
               const std::vector<Setting>& peer) {
  log.wanted = wanted;
  nghttp2_session_callbacks* callbacks = log.make_callbacks(Twins::ssize);
  const auto create =
      side == Side::server ? nghttp2_session_server_new3 : nghttp2_session_client_new3;
  create(&session, callbacks, &log, option, probe.mem());
  nghttp2_session_callbacks_del(callbacks);
  nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, settings.data(), settings.size());
  Wire wire;
  if (side == Side::server) wire.magic();
  feed(wire.settings(peer).settings_ack());
  lines();
}

Single::~Single() {
  nghttp2_session_del(session);
  CHECK_STR(probe.complaint(), "");
}

long Single::feed(const std::string& bytes) {
  return nghttp2_session_mem_recv(session, reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                  bytes.size());
}

std::string Single::lines() {
  const std::uint8_t* data = nullptr;
  for (;;) {
    const auto size = nghttp2_session_mem_send(session, &data);
    if (size <= 0) break;
    log.emit({reinterpret_cast<const char*>(data), static_cast<std::size_t>(size)});
    log.flush_output();
  }
  std::string text;
  for (const std::string& line : log.take_lines())
    text += line + "\n";
  return text;
}

std::int32_t send_request(Single& client) {
  const Fields fields = request_fields("GET", "/");
  const auto list = views(fields);
  const std::int32_t stream_id =
      nghttp2_submit_request(client.session, nullptr, list.data(), list.size(), nullptr, nullptr);
  client.lines();
  return stream_id;
}

void receive_request(Single& server, std::int32_t stream_id) {
  server.feed(Wire().headers(static_cast<std::uint32_t>(stream_id), request_fields("POST", "/"),
                             NGHTTP2_FLAG_END_HEADERS));
  server.lines();
}

}  // namespace support
