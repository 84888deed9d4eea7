// SPDX-License-Identifier: MIT
// All streams of a connection, and how many count against the concurrency limits
// (RFC 9113 §5.1.1, §5.1.2). Closed streams are forgotten at once.
#pragma once

#include "base/int_map.h"
#include "base/pool.h"
#include "base/vec.h"
#include "session/role.h"
#include "session/schedule/scheduler.h"
#include "session/stream.h"

namespace nghttp2::session {

class StreamTable {
 public:
  StreamTable(const Allocator& allocator, Role role);
  StreamTable(const StreamTable&) = delete;
  StreamTable& operator=(const StreamTable&) = delete;
  ~StreamTable();

  // A stream that is neither idle nor closed, or nullptr.
  Stream* find(int32_t stream_id) {
    Stream* stream = find_any(stream_id);
    return stream && !stream->is_idle() ? stream : nullptr;
  }
  // Idle streams as well: they exist only as nodes of the dependency tree or with a priority.
  Stream* find_any(int32_t stream_id) {
    if (stream_id == last_found_id_) return last_found_;
    Stream* stream = stream_id > 0 ? map_.find(stream_id) : nullptr;
    if (stream) {
      last_found_id_ = stream_id;
      last_found_ = stream;
    }
    return stream;
  }

  // Makes a stream, or takes over the idle one of that identifier. nullptr: no memory.
  Stream* open(int32_t stream_id, StreamState state, int32_t send_window, int32_t recv_window,
               void* user_data);
  // Makes an idle stream; the oldest ones are dropped when there are more than max_idle.
  Stream* open_idle(int32_t stream_id, size_t max_idle);
  // A reserved stream becomes a concurrent one: its response begins.
  void fulfil_promise(Stream& stream);
  void remove(Stream* stream);
  // Gives the memory back that is kept for later streams.
  void release_memory();

  size_t idle() const { return idle_.size(); }
  size_t active() const { return map_.size() - idle_.size(); }
  size_t incoming() const { return incoming_; }
  size_t outgoing() const { return outgoing_; }
  size_t reserved_incoming() const { return reserved_incoming_; }

  template <typename Visitor>
  void for_each(Visitor&& visit) const {
    map_.for_each([&](Stream* stream) { visit(*stream); });
  }

  Scheduler scheduler;
  // New streams share equally until somebody states priorities (RFC 7540 §5.3.5); with RFC 9218
  // they are served one after the other.
  bool shares_equally = true;

 private:
  void forget_last_found(const Stream* stream) {
    if (last_found_ != stream) return;
    last_found_ = nullptr;
    last_found_id_ = 0;
  }
  Stream* insert(int32_t stream_id, StreamState state, int32_t send_window, int32_t recv_window,
                 void* user_data);
  void count(const Stream& stream, int by);
  void drop_idle(size_t index);

  Role role_;
  Pool<Stream, kPooled<Stream>> pool_;
  IntMap<Stream, &Stream::stream_id> map_;
  Vec<int32_t> idle_;  // in the order in which they were made
  Stream* last_found_ = nullptr;
  int32_t last_found_id_ = 0;
  size_t incoming_ = 0;
  size_t outgoing_ = 0;
  size_t reserved_incoming_ = 0;
};

}  // namespace nghttp2::session
