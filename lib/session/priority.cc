// SPDX-License-Identifier: MIT
// Priority signals: the RFC 7540 tree comes into use with the first of them; RFC 9218 urgency.
#include <algorithm>

#include "session/session.h"

namespace nghttp2::session {

bool Session::uses_urgency() const {
  if (settings.remote.no_rfc7540_priorities == 1) return true;
  // A server that offered RFC 9218 may fall back for a client that did not take it up.
  const bool falls_back =
      options.fallback_rfc7540_priorities && settings.remote.no_rfc7540_priorities == 0;
  return settings.pending_no_rfc7540_priorities == 1 && !falls_back;
}

size_t Session::max_idle_streams() const {
  const size_t limit =
      std::min(settings.local.max_concurrent_streams, settings.pending_max_concurrent_streams);
  return std::max<size_t>(16, std::min<size_t>(limit, 100));
}

Status Session::use_dependency_tree() {
  return streams.scheduler.use(Discipline::dependency_tree, [this](auto&& visit) {
    streams.for_each([&](Stream& each) { visit(each); });
  });
}

Status Session::change_dependency(Stream& stream, const PrioritySpec& priority) {
  if (uses_urgency()) return Status::ok;
  PrioritySpec spec = priority;
  spec.weight = std::max(1, std::min(spec.weight, kMaxWeight));
  RETURN_IF_ERROR(use_dependency_tree());
  Stream* parent = nullptr;
  if (spec.stream_id != 0) {
    parent = streams.find_any(spec.stream_id);
    if (!parent) {
      // RFC 7540 §5.3.1: a dependency on a stream that is gone means the default priority; one on
      // an idle stream makes it part of the tree.
      if (is_idle(spec.stream_id) && spec.stream_id != stream.stream_id) {
        const int32_t stream_id = stream.stream_id;
        parent = streams.open_idle(spec.stream_id, max_idle_streams());
        if (!parent) return Status::no_memory;
        // Making room for it may have dropped an idle stream, even the one that depends on it.
        if (streams.find_any(stream_id) != &stream) return Status::ok;
      } else {
        spec = kDefaultPriority;
      }
    }
  }
  streams.scheduler.change_dependency(stream, parent, spec.weight, spec.exclusive != 0);
  return Status::ok;
}

Status Session::create_idle_stream(int32_t stream_id, const PrioritySpec& priority) {
  Stream* stream = streams.open_idle(stream_id, max_idle_streams());
  return stream ? change_dependency(*stream, priority) : Status::no_memory;
}

void Session::change_urgency(Stream& stream, const Extpri& priority) {
  streams.scheduler.change_priority(stream, uint8_t(priority.urgency), priority.inc != 0);
}

}  // namespace nghttp2::session
