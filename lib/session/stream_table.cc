// SPDX-License-Identifier: MIT
// All streams of a connection.
#include "session/stream_table.h"

#include "base/check.h"

namespace nghttp2::session {

StreamTable::StreamTable(const Allocator& allocator, Role role)
    : scheduler(allocator), role_(role), pool_(allocator), map_(allocator), idle_(allocator) {}

StreamTable::~StreamTable() {
  map_.for_each([this](Stream* stream) {
    scheduler.remove(*stream);
    pool_.destroy(stream);
  });
}

Stream* StreamTable::open(int32_t stream_id, StreamState state, int32_t send_window,
                          int32_t recv_window, void* user_data) {
  H2_ASSERT(state != StreamState::idle);
  Stream* stream = find_any(stream_id);
  if (stream) {
    for (size_t i = 0; i < idle_.size(); ++i) {
      if (idle_[i] != stream_id) continue;
      idle_.remove_unordered(i);
      break;
    }
    stream->state = state;
    stream->user_data = user_data;
    stream->send = SendWindow(send_window);
    stream->recv = RecvWindow(recv_window);
  } else if (stream = insert(stream_id, state, send_window, recv_window, user_data); !stream) {
    return nullptr;
  }
  if (state == StreamState::reserved_local || state == StreamState::reserved_remote) {
    stream->set(Stream::kReserved);
  }
  count(*stream, 1);
  return stream;
}

Stream* StreamTable::open_idle(int32_t stream_id, size_t max_idle) {
  while (!idle_.empty() && idle_.size() >= max_idle)
    drop_idle(0);
  if (!idle_.push(stream_id)) return nullptr;
  Stream* stream = insert(stream_id, StreamState::idle, 0, 0, nullptr);
  if (!stream) idle_.pop();
  return stream;
}

void StreamTable::fulfil_promise(Stream& stream) {
  count(stream, -1);
  stream.clear(Stream::kReserved);
  count(stream, 1);
}

void StreamTable::remove(Stream* stream) {
  if (stream->is_idle()) {
    for (size_t i = 0; i < idle_.size(); ++i) {
      if (idle_[i] == stream->stream_id) return drop_idle(i);
    }
  }
  count(*stream, -1);
  scheduler.remove(*stream);
  forget_last_found(stream);
  map_.remove(stream->stream_id);
  pool_.destroy(stream);
}

void StreamTable::release_memory() {
  pool_.release_all();
  map_.release_memory();
  if (idle_.empty()) idle_.reset();
}

Stream* StreamTable::insert(int32_t stream_id, StreamState state, int32_t send_window,
                            int32_t recv_window, void* user_data) {
  Stream* stream = pool_.create(stream_id, state, send_window, recv_window, user_data);
  if (!stream) return nullptr;
  if (!map_.insert(stream)) {
    pool_.destroy(stream);
    return nullptr;
  }
  if (scheduler.insert(*stream) != Status::ok) {
    map_.remove(stream_id);
    pool_.destroy(stream);
    return nullptr;
  }
  if (shares_equally) {
    scheduler.change_priority(*stream, http::kDefaultUrgency, true);
    stream->implied_parent = &scheduler.tree().root();
  }
  return stream;
}

void StreamTable::count(const Stream& stream, int by) {
  const bool local = is_local_stream(role_, stream.stream_id);
  if (!stream.has(Stream::kReserved)) {
    (local ? outgoing_ : incoming_) += size_t(by);
  } else if (!local) {
    reserved_incoming_ += size_t(by);
  }
}

void StreamTable::drop_idle(size_t index) {
  Stream* stream = map_.find(idle_[index]);
  // The order of age matters for the next one to be dropped, so the rest moves up.
  for (size_t i = index + 1; i < idle_.size(); ++i)
    idle_[i - 1] = idle_[i];
  idle_.pop();
  scheduler.remove(*stream);
  forget_last_found(stream);
  map_.remove(stream->stream_id);
  pool_.destroy(stream);
}

}  // namespace nghttp2::session
