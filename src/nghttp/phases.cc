// SPDX-License-Identifier: MIT
// The time of a request, cut into what it was spent on.
#include "nghttp/phases.h"

#include <algorithm>

namespace nghttp {

namespace {

using Time = Request::Time;

bool is_known(Time time) {
  return time != Time{};
}

// From `since` to `time`, which becomes the new `since`. A time that is not known takes nothing.
Phases::Span advance(Time& since, Time time) {
  if (!is_known(time) || time <= since) return Phases::Span{0};
  const Phases::Span span = time - since;
  since = time;
  return span;
}

}  // namespace

Phases phases_of(const ConnectionRecord& connection, const Request& request, bool is_first) {
  Phases out;
  Time at = is_known(request.started) ? request.started : connection.started;
  if (is_first || !is_known(request.started)) at = std::min(at, connection.started);
  out.begin = at;
  if (is_first) {
    out.resolve = advance(at, connection.resolved);
    const Time before_security = is_known(connection.ready) && connection.security.empty()
                                     ? connection.ready
                                     : connection.connected;
    out.connect = advance(at, before_security);
    out.secure = advance(at, connection.ready);
  }
  out.blocked = advance(at, request.started);
  const auto* record = request.record.get();
  if (record != nullptr) {
    out.send = advance(at, record->sent);
    out.wait = advance(at, record->responded);
  }
  const Time end = is_known(request.ended) ? request.ended : connection.ended;
  const bool has_response = record != nullptr && is_known(record->responded);
  (has_response ? out.receive : out.wait) += advance(at, end);
  return out;
}

std::string failure_of(const ConnectionRecord& connection, const Request& request) {
  if (request.complete) return {};
  if (request.record && !request.record->failure.empty()) return request.record->failure;
  if (!connection.failure.empty()) return connection.failure;
  return "the connection ended before the response";
}

}  // namespace nghttp
