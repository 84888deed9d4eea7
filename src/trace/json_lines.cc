// SPDX-License-Identifier: MIT
// What happens on the connections of a run, as lines of JSON.
#include "trace/json_lines.h"

#include <nghttp2/nghttp2.h>

#include "base/date.h"
#include "trace/frame_json.h"

namespace trace {

namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;

const char* name_of(Direction direction) {
  return direction == Direction::received ? "received" : "sent";
}

json::Value security_json(const net::SecurityInfo& security) {
  json::Value one = json::object();
  set(one, "version", std::string_view(security.version));
  set(one, "cipher", std::string_view(security.cipher));
  set(one, "key_exchange", std::string_view(security.key_exchange));
  set(one, "alpn", std::string_view(security.alpn));
  set(one, "server_name", std::string_view(security.server_name));
  set(one, "resumed", json::boolean(security.resumed));
  set(one, "peer_subject", std::string_view(security.peer_subject));
  set(one, "verify_error", std::string_view(security.verify_error));
  return one;
}

}  // namespace

void JsonLines::connected(unsigned connection, std::string_view origin,
                          const net::Transport& transport) {
  const json::Value one = event("connected", connection);
  set(one, "origin", origin);
  set(one, "local_address", std::string_view(transport.local_address().to_string()));
  set(one, "peer_address", std::string_view(transport.peer_address().to_string()));
  if (const auto security = transport.security()) set(one, "tls", security_json(*security));
  write(one);
}

void JsonLines::not_connected(unsigned connection, std::string_view origin,
                              std::string_view reason) {
  const json::Value one = event("not_connected", connection);
  set(one, "origin", origin);
  set(one, "reason", reason);
  write(one);
}

void JsonLines::upgrade(unsigned connection, Direction direction, std::string_view head) {
  const json::Value one = event("upgrade", connection);
  set(one, "direction", json::text(name_of(direction)));
  set(one, "head", head);
  write(one);
}

void JsonLines::preface(unsigned connection) {
  const json::Value one = event("preface", connection);
  set(one, "direction", json::text(name_of(Direction::sent)));
  set(one, "octets", std::string_view(NGHTTP2_CLIENT_MAGIC));
  write(one);
}

void JsonLines::frame(unsigned connection, const TracedFrame& traced) {
  const json::Value one = event("frame", connection);
  set(one, "direction", json::text(name_of(traced.direction)));
  add_frame_json(one, traced, options_.with_data);
  write(one);
}

void JsonLines::complaint(unsigned connection, std::string_view text) {
  const json::Value one = event("complaint", connection);
  set(one, "text", text);
  write(one);
}

void JsonLines::closed(unsigned connection, std::string_view reason) {
  const json::Value one = event("closed", connection);
  set(one, "reason", reason);
  write(one);
}

json::Value JsonLines::event(const char* name, unsigned connection) const {
  const auto elapsed = std::chrono::steady_clock::now() - options_.start;
  const auto time =
      options_.start_of_day_time + duration_cast<std::chrono::system_clock::duration>(elapsed);
  const auto since_epoch = duration_cast<microseconds>(time.time_since_epoch()).count();
  json::Value one = json::object();
  set(one, "event", json::text(name));
  set(one, "time", std::string_view(base::format_iso8601(time, base::Precision::microseconds)));
  set(one, "epoch_us", static_cast<std::size_t>(since_epoch));
  set(one, "elapsed_us", static_cast<std::size_t>(duration_cast<microseconds>(elapsed).count()));
  set(one, "connection", std::size_t{connection});
  return one;
}

void JsonLines::write(const json::Value& event) {
  options_.write(json::dump(event, JSON_COMPACT) + "\n");
}

}  // namespace trace
