// SPDX-License-Identifier: MIT
// nghttp2_option_*: what an application decides before it makes a session.
#include "api/option.h"

using nghttp2::Allocator;
using nghttp2::default_memory;

namespace {

// More than a connection could ever have of anything.
uint32_t up_to_32_bits(size_t value) {
  return value < UINT32_MAX ? uint32_t(value) : UINT32_MAX;
}

}  // namespace

int nghttp2_option_new(nghttp2_option** option_ptr) {
  *option_ptr = Allocator(default_memory()).create<nghttp2_option>();
  return *option_ptr ? 0 : NGHTTP2_ERR_NOMEM;
}

void nghttp2_option_del(nghttp2_option* option) {
  Allocator(default_memory()).destroy(option);
}

void nghttp2_option_set_no_auto_window_update(nghttp2_option* option, int val) {
  option->values.manual_window_update = val != 0;
}

void nghttp2_option_set_peer_max_concurrent_streams(nghttp2_option* option, uint32_t val) {
  option->values.peer_max_concurrent_streams = val;
}

void nghttp2_option_set_no_recv_client_magic(nghttp2_option* option, int val) {
  option->values.no_client_magic = val != 0;
}

void nghttp2_option_set_no_http_messaging(nghttp2_option* option, int val) {
  option->values.no_http_messaging = val != 0;
}

void nghttp2_option_set_max_reserved_remote_streams(nghttp2_option* option, uint32_t val) {
  option->values.limits.max_reserved_remote_streams = val;
}

void nghttp2_option_set_user_recv_extension_type(nghttp2_option* option, uint8_t type) {
  if (type <= NGHTTP2_CONTINUATION) return;
  option->values.application_extensions[type / 8] |= uint8_t(1 << (type % 8));
}

void nghttp2_option_set_builtin_recv_extension_type(nghttp2_option* option, uint8_t type) {
  if (type == NGHTTP2_ALTSVC || type == NGHTTP2_ORIGIN || type == NGHTTP2_PRIORITY_UPDATE) {
    option->values.builtin_extensions |= uint32_t(1) << type;
  }
}

void nghttp2_option_set_no_auto_ping_ack(nghttp2_option* option, int val) {
  option->values.no_auto_ping_ack = val != 0;
}

void nghttp2_option_set_max_send_header_block_length(nghttp2_option* option, size_t val) {
  option->values.limits.max_send_header_block = up_to_32_bits(val);
}

void nghttp2_option_set_max_deflate_dynamic_table_size(nghttp2_option* option, size_t val) {
  option->values.max_deflate_table_size = val;
}

// Closed streams are never kept, so there is nothing to switch off.
void nghttp2_option_set_no_closed_streams(nghttp2_option*, int) {}

void nghttp2_option_set_max_outbound_ack(nghttp2_option* option, size_t val) {
  option->values.limits.max_queued_acks = up_to_32_bits(val);
}

void nghttp2_option_set_max_settings(nghttp2_option* option, size_t val) {
  option->values.limits.max_settings_entries = up_to_32_bits(val);
}

void nghttp2_option_set_server_fallback_rfc7540_priorities(nghttp2_option* option, int val) {
  option->values.fallback_rfc7540_priorities = val != 0;
}

void nghttp2_option_set_no_rfc9113_leading_and_trailing_ws_validation(nghttp2_option* option,
                                                                      int val) {
  option->values.lax_whitespace = val != 0;
}

void nghttp2_option_set_stream_reset_rate_limit(nghttp2_option* option, uint64_t burst,
                                                uint64_t rate) {
  option->values.limits.resets = {.burst = burst, .rate = rate};
}

void nghttp2_option_set_forced_reset_rate_limit(nghttp2_option* option, uint64_t burst,
                                                uint64_t rate) {
  option->values.limits.forced_resets = {.burst = burst, .rate = rate};
}

void nghttp2_option_set_control_frame_rate_limit(nghttp2_option* option, uint64_t burst,
                                                 uint64_t rate) {
  option->values.limits.control_frames = {.burst = burst, .rate = rate};
}

void nghttp2_option_set_small_data_rate_limit(nghttp2_option* option, uint64_t burst,
                                              uint64_t rate) {
  option->values.limits.small_data = {.burst = burst, .rate = rate};
}

void nghttp2_option_set_max_continuations(nghttp2_option* option, size_t val) {
  option->values.limits.max_continuations = up_to_32_bits(val);
}

void nghttp2_option_set_glitch_rate_limit(nghttp2_option* option, uint64_t burst, uint64_t rate) {
  option->values.limits.glitches = {.burst = burst, .rate = rate};
}

void nghttp2_option_set_max_outbound_queue_size(nghttp2_option* option, size_t val) {
  option->values.limits.max_outbound_queue = up_to_32_bits(val);
}

void nghttp2_option_set_max_header_list_size(nghttp2_option* option, size_t val) {
  option->values.limits.max_header_list_size = up_to_32_bits(val);
  option->values.limits.announces_header_list_size = true;
}

void nghttp2_option_set_max_header_fields(nghttp2_option* option, size_t val) {
  option->values.limits.max_header_fields = up_to_32_bits(val);
}

void nghttp2_option_set_strict_stream_states(nghttp2_option* option, int val) {
  option->values.strict_stream_states = val != 0;
}
