// SPDX-License-Identifier: MIT
// Frames that the library itself puts into the outbox.
#include "session/session.h"

namespace nghttp2::session {

using frame::FrameType;

Status Session::queue(OutboundItem* item, Lane lane) {
  outbox.push(item, lane);
  return Status::ok;
}

Status Session::queue_rst_stream(int32_t stream_id, uint32_t error_code, uint8_t item_flags) {
  Stream* stream = streams.find_any(stream_id);
  if (stream && stream->has(Stream::kResetQueued)) return Status::ok;
  // A request that has not left yet is withdrawn rather than sent and reset.
  if (is_local(stream_id) && !stream) {
    OutboundItem* opening = outbox.find_opening(stream_id);
    if (opening) {
      if (!opening->has(OutboundItem::kCanceled)) {
        opening->flags |= OutboundItem::kCanceled;
        opening->cancel_code = error_code;
      }
      return Status::ok;
    }
  }
  if (options.strict_stream_states && !history.note_reset(stream_id)) return Status::no_memory;
  OutboundItem* item = outbox.create(FrameType::rst_stream, 0, stream_id);
  if (!item) return Status::no_memory;
  item->frame.head.length = 4;
  item->frame.rst_stream = {error_code};
  item->flags = item_flags;
  if (stream) {
    stream->set(Stream::kResetQueued);
    streams.scheduler.deactivate(*stream);
  }
  return queue(item, Lane::control);
}

Status Session::queue_ping(uint8_t flags, const uint8_t* opaque_data) {
  const bool is_ack = (flags & frame::kFlagAck) != 0;
  if (is_ack && !limits.may_queue_ack()) return Status::flooded;
  OutboundItem* item = outbox.create(FrameType::ping, flags, 0);
  if (!item) return Status::no_memory;
  item->frame.head.length = 8;
  item->frame.ping = {};
  if (opaque_data) std::memcpy(item->frame.ping.opaque_data, opaque_data, 8);
  if (is_ack) limits.ack_queued();
  return queue(item, Lane::urgent);
}

Status Session::queue_goaway(int32_t last_stream_id, uint32_t error_code, Bytes debug_data,
                             uint8_t item_flags) {
  if (is_local(last_stream_id)) return Status::invalid_argument;
  if (debug_data.size() + 8 > frame::kMinMaxFrameSize) return Status::invalid_argument;
  OutboundItem* item = outbox.create(FrameType::goaway, 0, 0);
  if (!item) return Status::no_memory;
  if (!debug_data.empty()) {
    item->block = allocator.allocate(debug_data.size());
    if (!item->block) {
      outbox.destroy(item);
      return Status::no_memory;
    }
    copy_bytes(static_cast<uint8_t*>(item->block), debug_data);
  }
  // RFC 9113 §6.8: the value must not increase.
  if (last_stream_id > shutdown.local_last_stream_id) {
    last_stream_id = shutdown.local_last_stream_id;
  }
  item->frame.head.length = uint32_t(8 + debug_data.size());
  item->frame.goaway = {
      last_stream_id, error_code, {static_cast<const uint8_t*>(item->block), debug_data.size()}};
  item->flags = item_flags;
  shutdown.goaway_queued = true;
  return queue(item, Lane::control);
}

Status Session::queue_window_update(int32_t stream_id, int32_t increment) {
  OutboundItem* item = outbox.create(FrameType::window_update, 0, stream_id);
  if (!item) return Status::no_memory;
  item->frame.head.length = 4;
  item->frame.window_update = {increment};
  if (stream_id == 0) {
    window_update_queued = true;
  } else if (Stream* stream = streams.find(stream_id)) {
    stream->set(Stream::kUpdateQueued);
  }
  return queue(item, Lane::control);
}

namespace {

// What a first SETTINGS frame says on top of what the application wants to say.
size_t added_entries(const Session& session, Slice<const SettingsEntry> entries) {
  const LimitOptions& limits = session.limits.options;
  if (!limits.announces_header_list_size || session.settings.has_announced()) return 0;
  for (const SettingsEntry& entry : entries) {
    if (entry.settings_id == int32_t(frame::SettingId::max_header_list_size)) return 0;
  }
  return limits.max_header_list_size < kUnlimited ? 1 : 0;
}

}  // namespace

Status Session::queue_settings(Slice<const SettingsEntry> entries) {
  OutboundItem* item = outbox.create(FrameType::settings, 0, 0);
  if (!item) return Status::no_memory;
  const size_t count = entries.size() + added_entries(*this, entries);
  item->frame.settings = {};
  if (count > 0) {
    auto* copy = static_cast<SettingsEntry*>(allocator.allocate(count * sizeof(SettingsEntry)));
    if (!copy) {
      outbox.destroy(item);
      return Status::no_memory;
    }
    if (!entries.empty()) {
      std::memcpy(copy, entries.data(), entries.size() * sizeof(SettingsEntry));
    }
    if (count > entries.size()) {
      copy[entries.size()] = {int32_t(frame::SettingId::max_header_list_size),
                              uint32_t(limits.options.max_header_list_size)};
    }
    item->block = copy;
    item->frame.settings = {copy, count};
  }
  item->frame.head.length = uint32_t(count * frame::kSettingsEntrySize);
  if (Status status = settings.announce(item->frame.settings); status != Status::ok) {
    outbox.destroy(item);
    return status;
  }
  return queue(item, Lane::urgent);
}

Status Session::queue_settings_ack() {
  if (!limits.may_queue_ack()) return Status::flooded;
  OutboundItem* item = outbox.create(FrameType::settings, frame::kFlagAck, 0);
  if (!item) return Status::no_memory;
  item->frame.settings = {};
  limits.ack_queued();
  return queue(item, Lane::urgent);
}

}  // namespace nghttp2::session
