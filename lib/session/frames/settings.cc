// SPDX-License-Identifier: MIT
// SETTINGS (RFC 9113 §6.5).
#include <algorithm>

#include "base/table.h"
#include "frame/parse.h"
#include "frame/write.h"
#include "session/frame_table.h"

namespace nghttp2::session {
namespace {

using frame::ErrorCode;
using frame::SettingId;

// RFC 9113 §6.9.2: the windows of all streams move with the initial size. A stream whose window
// would exceed the maximum is reset; by the letter it is flow_control, a connection error.
Status move_send_windows(Session& session, int64_t by) {
  Vec<int32_t> overflowed(session.allocator);
  bool complete = true;
  session.streams.for_each([&](Stream& stream) {
    if (stream.is_idle()) return;
    if (!stream.send.widen(by)) {
      complete = overflowed.push(stream.stream_id) && complete;
    } else if (stream.has(Stream::kWindowExhausted) && stream.send.available() > 0) {
      stream.clear(Stream::kWindowExhausted);
      session.update_activity(stream);
    }
  });
  if (!complete) return Status::no_memory;
  if (!overflowed.empty() && session.options.strict_stream_states) return Status::flow_control;
  for (int32_t id : overflowed) {
    RETURN_IF_ERROR(session.note_forced_reset(id));
    RETURN_IF_ERROR(session.queue_rst_stream(id, uint32_t(ErrorCode::flow_control_error)));
  }
  return Status::ok;
}

Status move_recv_windows(Session& session, int64_t by) {
  Vec<int32_t> overflowed(session.allocator);
  bool complete = true;
  session.streams.for_each([&](Stream& stream) {
    if (stream.is_idle()) return;
    if (!stream.recv.shift_limit(by)) complete = overflowed.push(stream.stream_id) && complete;
  });
  if (!complete) return Status::no_memory;
  for (int32_t id : overflowed) {
    RETURN_IF_ERROR(session.queue_rst_stream(id, uint32_t(ErrorCode::flow_control_error)));
  }
  // A lower limit can make an update due.
  if (by >= 0) return Status::ok;
  Vec<int32_t> ids(session.allocator);
  session.streams.for_each([&](Stream& stream) {
    if (!stream.is_idle()) complete = ids.push(stream.stream_id) && complete;
  });
  if (!complete) return Status::no_memory;
  for (int32_t id : ids) {
    Stream& stream = *session.streams.find(id);
    RETURN_IF_ERROR(session.options.manual_window_update
                        ? session.consume_stream(stream, 0)
                        : session.receive_stream_window_bytes(stream, 0, true));
  }
  return Status::ok;
}

// The peer has acknowledged our oldest SETTINGS: from now on both sides go by them.
Status apply_local(Session& session, Slice<const SettingsEntry> entries) {
  uint32_t smallest_table = UINT32_MAX;
  uint32_t table = 0;
  bool has_table = false;
  for (const SettingsEntry& entry : entries) {
    if (SettingId(entry.settings_id) != SettingId::header_table_size) continue;
    has_table = true;
    table = entry.value;
    smallest_table = std::min(smallest_table, table);
  }
  if (has_table) {
    if (smallest_table < table) {
      RETURN_IF_ERROR(session.inflater.change_table_size(smallest_table));
    }
    RETURN_IF_ERROR(session.inflater.change_table_size(table));
  }
  for (const SettingsEntry& entry : entries) {
    uint32_t* value = session.settings.local.find(entry.settings_id);
    if (!value) continue;
    const int64_t change = int64_t(entry.value) - int64_t(*value);
    *value = entry.value;
    if (SettingId(entry.settings_id) == SettingId::initial_window_size) {
      RETURN_IF_ERROR(move_recv_windows(session, change));
    }
  }
  return Status::ok;
}

Verdict receive_ack(Session& session) {
  if (session.inbound.frame.head.length != 0) {
    return connection_error(Status::frame_size_error, "SETTINGS: ACK with a payload");
  }
  InflightSettings* oldest = session.settings.oldest();
  if (!oldest) {
    return connection_error(Status::protocol, "SETTINGS: unexpected ACK");
  }
  const Status status = apply_local(session, oldest->slice());
  session.settings.release_oldest();
  if (status != Status::ok) {
    if (is_fatal(status)) return fatal(status);
    return connection_error(status, "SETTINGS: cannot apply what was acknowledged");
  }
  return session.report_received();
}

// Settings that must not be changed once they were stated, or that only one side may state.
Verdict check_change(const Session& session, const SettingsEntry& entry) {
  switch (SettingId(entry.settings_id)) {
    case SettingId::enable_push:
      if (!session.is_server() && entry.value != 0) {
        return connection_error(Status::protocol, "SETTINGS: server attempts to enable push");
      }
      break;
    case SettingId::enable_connect_protocol:
      if (session.settings.remote.enable_connect_protocol == 1 && entry.value == 0) {
        return connection_error(Status::protocol,
                                "SETTINGS: ENABLE_CONNECT_PROTOCOL must not be withdrawn");
      }
      break;
    case SettingId::no_rfc7540_priorities:
      if (session.settings.remote.no_rfc7540_priorities != kUnlimited &&
          session.settings.remote.no_rfc7540_priorities != entry.value) {
        return connection_error(Status::protocol,
                                "SETTINGS: NO_RFC7540_PRIORITIES must not be changed");
      }
      break;
    default: break;
  }
  return proceed();
}

Verdict apply_remote(Session& session, const SettingsEntry& entry) {
  uint32_t* value = session.settings.remote.find(entry.settings_id);
  if (!value) return proceed();
  if (const Verdict verdict = check_setting_value(entry); !verdict.proceeds()) return verdict;
  if (const Verdict verdict = check_change(session, entry); !verdict.proceeds()) return verdict;
  const int64_t change = int64_t(entry.value) - int64_t(*value);
  switch (SettingId(entry.settings_id)) {
    case SettingId::header_table_size:
      if (Status status = session.deflater.change_table_size(entry.value); status != Status::ok) {
        return is_fatal(status) ? fatal(status)
                                : connection_error(Status::header_compression, nullptr);
      }
      break;
    case SettingId::initial_window_size:
      if (Status status = move_send_windows(session, change); status != Status::ok) {
        return is_fatal(status)
                   ? fatal(status)
                   : connection_error(status, "SETTINGS: a stream's window above 2^31-1");
      }
      break;
    default: break;
  }
  *value = entry.value;
  return proceed();
}

// The entries of one frame: nearly always few, and then without memory from elsewhere.
class EntryList {
 public:
  explicit EntryList(const Allocator& allocator) : allocator_(allocator) {}
  EntryList(const EntryList&) = delete;
  EntryList& operator=(const EntryList&) = delete;
  ~EntryList() {
    if (entries_ != few_) allocator_.free(entries_);
  }

  // To be called once, before everything else. False when there is no memory.
  [[nodiscard]] bool reserve(size_t capacity) {
    if (capacity <= kFew) return true;
    void* place = allocator_.allocate(capacity * sizeof(SettingsEntry));
    if (!place) return false;
    entries_ = static_cast<SettingsEntry*>(place);
    capacity_ = capacity;
    return true;
  }
  void push(const SettingsEntry& entry) {
    if (size_ == capacity_) __builtin_trap();
    entries_[size_++] = entry;
  }
  size_t size() const { return size_; }
  SettingsEntry& operator[](size_t index) {
    if (index >= size_) __builtin_trap();
    return entries_[index];
  }
  Slice<const SettingsEntry> slice() const { return {entries_, size_}; }

 private:
  static constexpr size_t kFew = 16;

  const Allocator& allocator_;
  SettingsEntry few_[kFew];
  SettingsEntry* entries_ = few_;
  size_t capacity_ = kFew;
  size_t size_ = 0;
};

// Of several entries for one setting only the last counts, in the place of the first; unknown
// settings stay as they are. A table size that was smaller for a while stays as well: the encoder
// has to evict down to it before it goes by the last one (RFC 7541 §4.2).
Status collect_entries(Bytes payload, EntryList& entries) {
  constexpr size_t kAbsent = SIZE_MAX;
  constexpr size_t kTableSizeId = size_t(SettingId::header_table_size);
  Table<size_t, size_t(SettingId::no_rfc7540_priorities) + 1> places;
  for (size_t& place : places.items)
    place = kAbsent;
  uint32_t smallest_table_size = UINT32_MAX;
  const size_t count = frame::settings_count(payload);
  if (!entries.reserve(count + 1)) return Status::no_memory;
  for (size_t i = 0; i < count; ++i) {
    const SettingsEntry entry = frame::parse_settings_entry(payload, i);
    if (size_t(entry.settings_id) == kTableSizeId) {
      smallest_table_size = std::min(smallest_table_size, entry.value);
    }
    const bool is_known = SettingValues().find(entry.settings_id) != nullptr;
    if (is_known && places[size_t(entry.settings_id)] != kAbsent) {
      entries[places[size_t(entry.settings_id)]].value = entry.value;
      continue;
    }
    if (is_known) places[size_t(entry.settings_id)] = entries.size();
    entries.push(entry);
  }
  const size_t place = places[kTableSizeId];
  if (place == kAbsent || entries[place].value == smallest_table_size) return Status::ok;
  const SettingsEntry last = entries[place];
  entries[place].value = smallest_table_size;
  entries.push(last);
  return Status::ok;
}

// The peer states its settings; they take effect in their order.
Verdict receive_values(Session& session, Slice<const SettingsEntry> entries, bool acknowledge) {
  session.inbound.frame.settings = entries;
  session.settings.begin_remote();
  for (const SettingsEntry& entry : entries) {
    if (const Verdict verdict = apply_remote(session, entry); !verdict.proceeds()) return verdict;
  }
  if (session.settings.remote.no_rfc7540_priorities == kUnlimited) {
    // RFC 9218 §2.1: the first SETTINGS frame settles it.
    session.settings.remote.no_rfc7540_priorities = 0;
  }
  if (acknowledge && !session.is_closing()) {
    if (Status status = session.queue_settings_ack(); status != Status::ok) return fatal(status);
  }
  return session.report_received();
}

Verdict end(Session& session, Bytes payload) {
  Frame& frame = session.inbound.frame;
  EntryList entries(session.allocator);
  if (!frame.has(frame::kFlagAck) && collect_entries(payload, entries) != Status::ok) {
    return fatal(Status::no_memory);
  }
  frame.settings = entries.slice();
  // The entries live no longer than this function, so the verdict is carried out here.
  if (frame.head.stream_id != 0) {
    return session.conclude(connection_error(Status::protocol, "SETTINGS: stream_id != 0"));
  }
  if (frame.has(frame::kFlagAck)) return session.conclude(receive_ack(session));
  if (!session.limits.note_settings(session.streams.active())) {
    return terminate(ErrorCode::enhance_your_calm, "SETTINGS: too many");
  }
  return session.conclude(receive_values(session, entries.slice(), true));
}

Verdict head(Session& session) {
  const frame::FrameHead& head = session.inbound.frame.head;
  if (head.flags & frame::kFlagAck) return proceed();
  // CVE-2019-9515: every frame needs an acknowledgement, which the peer does not read.
  if (!session.limits.may_queue_ack()) return fatal(Status::flooded);
  // CVE-2020-11080: many entries cost much work for few bytes.
  if (head.length / frame::kSettingsEntrySize > session.limits.options.max_settings_entries &&
      head.length % frame::kSettingsEntrySize == 0) {
    return terminate(ErrorCode::enhance_your_calm, "SETTINGS: too many entries");
  }
  return proceed();
}

Status check(Session& session, OutboundItem& item) {
  if (!item.frame.has(frame::kFlagAck)) return Status::ok;
  session.limits.ack_sent();
  return session.is_closing() ? Status::session_closing : Status::ok;
}

Status write(Session& session, OutboundItem& item) {
  return item.frame.has(frame::kFlagAck) ? frame::write_settings_ack(session.wire)
                                         : frame::write_settings(session.wire, item.frame.settings);
}

}  // namespace

Status Session::receive_upgrade_settings(Slice<const SettingsEntry> entries) {
  frame::FrameHead head;
  head.type = uint8_t(frame::FrameType::settings);
  head.length = uint32_t(entries.size() * frame::kSettingsEntrySize);
  inbound.frame = Frame(head);
  return apply(receive_values(*this, entries, false));
}

const FrameHooks kSettingsHooks = {.head = head,
                                   .begin = nullptr,
                                   .chunk = nullptr,
                                   .skipped = nullptr,
                                   .end = end,
                                   .check = check,
                                   .write = write,
                                   .sent = nullptr};

}  // namespace nghttp2::session
