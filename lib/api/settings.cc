// SPDX-License-Identifier: MIT
// SETTINGS at the C API: submitting, reading, packing, and the payload of an HTTP/1.1 Upgrade.
#include "api/handle.h"
#include "frame/parse.h"
#include "frame/write.h"

using nghttp2::Bytes;
using nghttp2::SettingsEntry;
using nghttp2::Slice;
using nghttp2::Status;
using nghttp2::Vec;
using nghttp2::api::to_c;
using nghttp2::session::kUnlimited;
using nghttp2::session::Session;
using nghttp2::session::Stream;
using nghttp2::session::StreamState;

namespace {

bool are_valid(Slice<const SettingsEntry> entries) {
  for (const SettingsEntry& entry : entries) {
    if (!nghttp2::session::check_setting_value(entry).proceeds()) return false;
  }
  return true;
}

// RFC 9218 §2.1: the value of the first SETTINGS frame holds.
bool keeps_priority_scheme(const Session& session, Slice<const SettingsEntry> entries) {
  const uint32_t stated = session.settings.pending_no_rfc7540_priorities;
  if (stated == kUnlimited) return true;
  for (const SettingsEntry& entry : entries) {
    if (entry.settings_id == NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES && entry.value != stated) {
      return false;
    }
  }
  return true;
}

uint32_t value_of(nghttp2::session::SettingValues& values, nghttp2_settings_id id) {
  const uint32_t* value = values.find(int32_t(id));
  return value ? *value : 0;
}

}  // namespace

int nghttp2_submit_settings(nghttp2_session* session, uint8_t, const nghttp2_settings_entry* iv,
                            size_t niv) {
  Session& core = session->session;
  const Slice<const SettingsEntry> entries(iv, niv);
  if (!are_valid(entries) || !keeps_priority_scheme(core, entries)) {
    return NGHTTP2_ERR_INVALID_ARGUMENT;
  }
  return to_c(core.queue_settings(entries));
}

uint32_t nghttp2_session_get_remote_settings(nghttp2_session* session, nghttp2_settings_id id) {
  return value_of(session->session.settings.remote, id);
}

uint32_t nghttp2_session_get_local_settings(nghttp2_session* session, nghttp2_settings_id id) {
  return value_of(session->session.settings.local, id);
}

nghttp2_ssize nghttp2_pack_settings_payload2(uint8_t* buf, size_t buflen,
                                             const nghttp2_settings_entry* iv, size_t niv) {
  const Slice<const SettingsEntry> entries(iv, niv);
  if (!are_valid(entries)) return NGHTTP2_ERR_INVALID_ARGUMENT;
  const size_t size = niv * nghttp2::frame::kSettingsEntrySize;
  if (buflen < size) return NGHTTP2_ERR_INSUFF_BUFSIZE;
  nghttp2::frame::write_settings_payload(buf, entries);
  return nghttp2_ssize(size);
}

namespace {

// Both sides begin as if stream 1 had carried the HTTP/1.1 request (RFC 7540 §3.2).
Stream* open_upgraded_stream(Session& core, void* stream_user_data) {
  // As ever, a server sets user data when it learns of the request.
  void* user_data = core.is_server() ? nullptr : stream_user_data;
  Stream* stream = core.open_stream(1, StreamState::open, user_data);
  if (!stream) return nullptr;
  if (core.is_server()) {
    stream->state = StreamState::half_closed_remote;
    core.last_received_stream_id = 1;
    core.last_processed_stream_id = 1;
  } else {
    stream->state = StreamState::half_closed_local;
    core.last_sent_stream_id = 1;
    core.next_stream_id += 2;
  }
  return stream;
}

// What is known of the request that was sent with HTTP/1.1.
enum class UpgradedRequest : uint8_t { head, other, unknown };

int upgrade(nghttp2_session* session, Bytes payload, UpgradedRequest request,
            void* stream_user_data) {
  const nghttp2::api::BusyScope scope(session);
  if (!scope.entered()) return NGHTTP2_ERR_INVALID_STATE;
  Session& core = session->session;
  if (core.is_server() ? core.last_received_stream_id >= 1 : core.next_stream_id != 1) {
    return NGHTTP2_ERR_PROTO;
  }
  if (payload.size() % nghttp2::frame::kSettingsEntrySize) return NGHTTP2_ERR_INVALID_ARGUMENT;
  const size_t count = nghttp2::frame::settings_count(payload);
  if (count > core.limits.options.max_settings_entries) return NGHTTP2_ERR_TOO_MANY_SETTINGS;
  Vec<SettingsEntry> entries(core.allocator);
  if (!entries.reserve(count)) return NGHTTP2_ERR_NOMEM;
  for (size_t i = 0; i < count; ++i) {
    if (!entries.push(nghttp2::frame::parse_settings_entry(payload, i))) return NGHTTP2_ERR_NOMEM;
  }
  const int rv = core.is_server()
                     ? to_c(core.receive_upgrade_settings(entries.slice()))
                     : nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, entries.data(), count);
  if (rv != 0) return rv;
  Stream* stream = open_upgraded_stream(core, stream_user_data);
  if (!stream) return NGHTTP2_ERR_NOMEM;
  if (request == UpgradedRequest::unknown) {
    nghttp2::http::record_unknown_request(stream->incoming);
  } else {
    nghttp2::http::record_upgraded_request(stream->incoming, request == UpgradedRequest::head);
  }
  return 0;
}

}  // namespace

int nghttp2_session_upgrade2(nghttp2_session* session, const uint8_t* settings_payload,
                             size_t settings_payloadlen, int head_request, void* stream_user_data) {
  return upgrade(session, {settings_payload, settings_payloadlen},
                 head_request ? UpgradedRequest::head : UpgradedRequest::other, stream_user_data);
}

// The method is not stated: it may have been HEAD, so content-length says nothing.
int nghttp2_session_upgrade(nghttp2_session* session, const uint8_t* settings_payload,
                            size_t settings_payloadlen, void* stream_user_data) {
  return upgrade(session, {settings_payload, settings_payloadlen}, UpgradedRequest::unknown,
                 stream_user_data);
}
