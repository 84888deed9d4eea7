// SPDX-License-Identifier: MIT
// Proves at compile time that the C header has the numbers and layouts of libnghttp2.so.14.
// Layouts are those of 64-bit systems with eight-byte pointers.
#include <nghttp2/nghttp2.h>

#include <cstddef>

namespace {

constexpr bool same_text(const char* left, const char* right) {
  while (*left != '\0' && *left == *right) {
    ++left;
    ++right;
  }
  return *left == *right;
}

}  // namespace

static_assert(sizeof(nghttp2_ssize) == sizeof(size_t) && static_cast<nghttp2_ssize>(-1) < 0);

// nghttp2_error
static_assert(NGHTTP2_ERR_INVALID_ARGUMENT == -501);
static_assert(NGHTTP2_ERR_BUFFER_ERROR == -502);
static_assert(NGHTTP2_ERR_UNSUPPORTED_VERSION == -503);
static_assert(NGHTTP2_ERR_WOULDBLOCK == -504);
static_assert(NGHTTP2_ERR_PROTO == -505);
static_assert(NGHTTP2_ERR_INVALID_FRAME == -506);
static_assert(NGHTTP2_ERR_EOF == -507);
static_assert(NGHTTP2_ERR_DEFERRED == -508);
static_assert(NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE == -509);
static_assert(NGHTTP2_ERR_STREAM_CLOSED == -510);
static_assert(NGHTTP2_ERR_STREAM_CLOSING == -511);
static_assert(NGHTTP2_ERR_STREAM_SHUT_WR == -512);
static_assert(NGHTTP2_ERR_INVALID_STREAM_ID == -513);
static_assert(NGHTTP2_ERR_INVALID_STREAM_STATE == -514);
static_assert(NGHTTP2_ERR_DEFERRED_DATA_EXIST == -515);
static_assert(NGHTTP2_ERR_START_STREAM_NOT_ALLOWED == -516);
static_assert(NGHTTP2_ERR_GOAWAY_ALREADY_SENT == -517);
static_assert(NGHTTP2_ERR_INVALID_HEADER_BLOCK == -518);
static_assert(NGHTTP2_ERR_INVALID_STATE == -519);
static_assert(NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE == -521);
static_assert(NGHTTP2_ERR_FRAME_SIZE_ERROR == -522);
static_assert(NGHTTP2_ERR_HEADER_COMP == -523);
static_assert(NGHTTP2_ERR_FLOW_CONTROL == -524);
static_assert(NGHTTP2_ERR_INSUFF_BUFSIZE == -525);
static_assert(NGHTTP2_ERR_PAUSE == -526);
static_assert(NGHTTP2_ERR_TOO_MANY_INFLIGHT_SETTINGS == -527);
static_assert(NGHTTP2_ERR_PUSH_DISABLED == -528);
static_assert(NGHTTP2_ERR_DATA_EXIST == -529);
static_assert(NGHTTP2_ERR_SESSION_CLOSING == -530);
static_assert(NGHTTP2_ERR_HTTP_HEADER == -531);
static_assert(NGHTTP2_ERR_HTTP_MESSAGING == -532);
static_assert(NGHTTP2_ERR_REFUSED_STREAM == -533);
static_assert(NGHTTP2_ERR_INTERNAL == -534);
static_assert(NGHTTP2_ERR_CANCEL == -535);
static_assert(NGHTTP2_ERR_SETTINGS_EXPECTED == -536);
static_assert(NGHTTP2_ERR_TOO_MANY_SETTINGS == -537);
static_assert(NGHTTP2_ERR_FATAL == -900);
static_assert(NGHTTP2_ERR_NOMEM == -901);
static_assert(NGHTTP2_ERR_CALLBACK_FAILURE == -902);
static_assert(NGHTTP2_ERR_BAD_CLIENT_MAGIC == -903);
static_assert(NGHTTP2_ERR_FLOODED == -904);
static_assert(NGHTTP2_ERR_TOO_MANY_CONTINUATIONS == -905);

// nghttp2_nv_flag
static_assert(NGHTTP2_NV_FLAG_NONE == 0);
static_assert(NGHTTP2_NV_FLAG_NO_INDEX == 1);
static_assert(NGHTTP2_NV_FLAG_NO_COPY_NAME == 2);
static_assert(NGHTTP2_NV_FLAG_NO_COPY_VALUE == 4);

// nghttp2_frame_type
static_assert(NGHTTP2_DATA == 0);
static_assert(NGHTTP2_HEADERS == 1);
static_assert(NGHTTP2_PRIORITY == 2);
static_assert(NGHTTP2_RST_STREAM == 3);
static_assert(NGHTTP2_SETTINGS == 4);
static_assert(NGHTTP2_PUSH_PROMISE == 5);
static_assert(NGHTTP2_PING == 6);
static_assert(NGHTTP2_GOAWAY == 7);
static_assert(NGHTTP2_WINDOW_UPDATE == 8);
static_assert(NGHTTP2_CONTINUATION == 9);
static_assert(NGHTTP2_ALTSVC == 10);
static_assert(NGHTTP2_ORIGIN == 12);
static_assert(NGHTTP2_PRIORITY_UPDATE == 16);

// nghttp2_flag
static_assert(NGHTTP2_FLAG_NONE == 0);
static_assert(NGHTTP2_FLAG_END_STREAM == 1);
static_assert(NGHTTP2_FLAG_END_HEADERS == 4);
static_assert(NGHTTP2_FLAG_ACK == 1);
static_assert(NGHTTP2_FLAG_PADDED == 8);
static_assert(NGHTTP2_FLAG_PRIORITY == 32);

// nghttp2_settings_id
static_assert(NGHTTP2_SETTINGS_HEADER_TABLE_SIZE == 1);
static_assert(NGHTTP2_SETTINGS_ENABLE_PUSH == 2);
static_assert(NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS == 3);
static_assert(NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE == 4);
static_assert(NGHTTP2_SETTINGS_MAX_FRAME_SIZE == 5);
static_assert(NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE == 6);
static_assert(NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL == 8);
static_assert(NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES == 9);

// nghttp2_error_code
static_assert(NGHTTP2_NO_ERROR == 0);
static_assert(NGHTTP2_PROTOCOL_ERROR == 1);
static_assert(NGHTTP2_INTERNAL_ERROR == 2);
static_assert(NGHTTP2_FLOW_CONTROL_ERROR == 3);
static_assert(NGHTTP2_SETTINGS_TIMEOUT == 4);
static_assert(NGHTTP2_STREAM_CLOSED == 5);
static_assert(NGHTTP2_FRAME_SIZE_ERROR == 6);
static_assert(NGHTTP2_REFUSED_STREAM == 7);
static_assert(NGHTTP2_CANCEL == 8);
static_assert(NGHTTP2_COMPRESSION_ERROR == 9);
static_assert(NGHTTP2_CONNECT_ERROR == 10);
static_assert(NGHTTP2_ENHANCE_YOUR_CALM == 11);
static_assert(NGHTTP2_INADEQUATE_SECURITY == 12);
static_assert(NGHTTP2_HTTP_1_1_REQUIRED == 13);

// nghttp2_data_flag
static_assert(NGHTTP2_DATA_FLAG_NONE == 0);
static_assert(NGHTTP2_DATA_FLAG_EOF == 1);
static_assert(NGHTTP2_DATA_FLAG_NO_END_STREAM == 2);
static_assert(NGHTTP2_DATA_FLAG_NO_COPY == 4);

// nghttp2_headers_category
static_assert(NGHTTP2_HCAT_REQUEST == 0);
static_assert(NGHTTP2_HCAT_RESPONSE == 1);
static_assert(NGHTTP2_HCAT_PUSH_RESPONSE == 2);
static_assert(NGHTTP2_HCAT_HEADERS == 3);

// nghttp2_hd_inflate_flag
static_assert(NGHTTP2_HD_INFLATE_NONE == 0);
static_assert(NGHTTP2_HD_INFLATE_FINAL == 1);
static_assert(NGHTTP2_HD_INFLATE_EMIT == 2);

// nghttp2_stream_proto_state
static_assert(NGHTTP2_STREAM_STATE_IDLE == 1);
static_assert(NGHTTP2_STREAM_STATE_OPEN == 2);
static_assert(NGHTTP2_STREAM_STATE_RESERVED_LOCAL == 3);
static_assert(NGHTTP2_STREAM_STATE_RESERVED_REMOTE == 4);
static_assert(NGHTTP2_STREAM_STATE_HALF_CLOSED_LOCAL == 5);
static_assert(NGHTTP2_STREAM_STATE_HALF_CLOSED_REMOTE == 6);
static_assert(NGHTTP2_STREAM_STATE_CLOSED == 7);

// Macros
static_assert(same_text(NGHTTP2_PROTO_VERSION_ID, "h2"));
static_assert(NGHTTP2_PROTO_VERSION_ID_LEN == 2);
static_assert(same_text(NGHTTP2_PROTO_ALPN, "\x2h2"));
static_assert(NGHTTP2_PROTO_ALPN_LEN == 3);
static_assert(same_text(NGHTTP2_CLEARTEXT_PROTO_VERSION_ID, "h2c"));
static_assert(NGHTTP2_CLEARTEXT_PROTO_VERSION_ID_LEN == 3);
static_assert(NGHTTP2_VERSION_AGE == 1);
static_assert(NGHTTP2_DEFAULT_WEIGHT == 16);
static_assert(NGHTTP2_MAX_WEIGHT == 256);
static_assert(NGHTTP2_MIN_WEIGHT == 1);
static_assert(NGHTTP2_MAX_WINDOW_SIZE == 2147483647);
static_assert(NGHTTP2_INITIAL_WINDOW_SIZE == 65535);
static_assert(NGHTTP2_INITIAL_CONNECTION_WINDOW_SIZE == 65535);
static_assert(NGHTTP2_DEFAULT_HEADER_TABLE_SIZE == 4096);
static_assert(same_text(NGHTTP2_CLIENT_MAGIC, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
static_assert(NGHTTP2_CLIENT_MAGIC_LEN == 24);
static_assert(NGHTTP2_DEFAULT_MAX_SETTINGS == 32);
static_assert(NGHTTP2_INITIAL_MAX_CONCURRENT_STREAMS == 2147483647U);
static_assert(NGHTTP2_EXTPRI_DEFAULT_URGENCY == 3);
static_assert(NGHTTP2_EXTPRI_URGENCY_HIGH == 0);
static_assert(NGHTTP2_EXTPRI_URGENCY_LOW == 7);
static_assert(NGHTTP2_EXTPRI_URGENCY_LEVELS == 8);
static_assert(sizeof(NGHTTP2_PROTO_VERSION_ID) - 1 == NGHTTP2_PROTO_VERSION_ID_LEN);
static_assert(sizeof(NGHTTP2_CLEARTEXT_PROTO_VERSION_ID) - 1 ==
              NGHTTP2_CLEARTEXT_PROTO_VERSION_ID_LEN);
static_assert(sizeof(NGHTTP2_CLIENT_MAGIC) - 1 == NGHTTP2_CLIENT_MAGIC_LEN);

#if UINTPTR_MAX == 0xffffffffffffffffU

// nghttp2_info
static_assert(sizeof(nghttp2_info) == 24);
static_assert(offsetof(nghttp2_info, age) == 0 && sizeof(nghttp2_info::age) == 4);
static_assert(offsetof(nghttp2_info, version_num) == 4 && sizeof(nghttp2_info::version_num) == 4);
static_assert(offsetof(nghttp2_info, version_str) == 8 && sizeof(nghttp2_info::version_str) == 8);
static_assert(offsetof(nghttp2_info, proto_str) == 16 && sizeof(nghttp2_info::proto_str) == 8);

// nghttp2_vec
static_assert(sizeof(nghttp2_vec) == 16);
static_assert(offsetof(nghttp2_vec, base) == 0 && sizeof(nghttp2_vec::base) == 8);
static_assert(offsetof(nghttp2_vec, len) == 8 && sizeof(nghttp2_vec::len) == 8);

// nghttp2_nv
static_assert(sizeof(nghttp2_nv) == 40);
static_assert(offsetof(nghttp2_nv, name) == 0 && sizeof(nghttp2_nv::name) == 8);
static_assert(offsetof(nghttp2_nv, value) == 8 && sizeof(nghttp2_nv::value) == 8);
static_assert(offsetof(nghttp2_nv, namelen) == 16 && sizeof(nghttp2_nv::namelen) == 8);
static_assert(offsetof(nghttp2_nv, valuelen) == 24 && sizeof(nghttp2_nv::valuelen) == 8);
static_assert(offsetof(nghttp2_nv, flags) == 32 && sizeof(nghttp2_nv::flags) == 1);

// nghttp2_frame_hd
static_assert(sizeof(nghttp2_frame_hd) == 16);
static_assert(offsetof(nghttp2_frame_hd, length) == 0 && sizeof(nghttp2_frame_hd::length) == 8);
static_assert(offsetof(nghttp2_frame_hd, stream_id) == 8 &&
              sizeof(nghttp2_frame_hd::stream_id) == 4);
static_assert(offsetof(nghttp2_frame_hd, type) == 12 && sizeof(nghttp2_frame_hd::type) == 1);
static_assert(offsetof(nghttp2_frame_hd, flags) == 13 && sizeof(nghttp2_frame_hd::flags) == 1);
static_assert(offsetof(nghttp2_frame_hd, reserved) == 14 &&
              sizeof(nghttp2_frame_hd::reserved) == 1);

// nghttp2_data_source
static_assert(sizeof(nghttp2_data_source) == 8);
static_assert(offsetof(nghttp2_data_source, fd) == 0 && sizeof(nghttp2_data_source::fd) == 4);
static_assert(offsetof(nghttp2_data_source, ptr) == 0 && sizeof(nghttp2_data_source::ptr) == 8);

// nghttp2_data_provider
static_assert(sizeof(nghttp2_data_provider) == 16);
static_assert(offsetof(nghttp2_data_provider, source) == 0 &&
              sizeof(nghttp2_data_provider::source) == 8);
static_assert(offsetof(nghttp2_data_provider, read_callback) == 8 &&
              sizeof(nghttp2_data_provider::read_callback) == 8);

// nghttp2_data_provider2
static_assert(sizeof(nghttp2_data_provider2) == 16);
static_assert(offsetof(nghttp2_data_provider2, source) == 0 &&
              sizeof(nghttp2_data_provider2::source) == 8);
static_assert(offsetof(nghttp2_data_provider2, read_callback) == 8 &&
              sizeof(nghttp2_data_provider2::read_callback) == 8);

// nghttp2_data
static_assert(sizeof(nghttp2_data) == 24);
static_assert(offsetof(nghttp2_data, hd) == 0 && sizeof(nghttp2_data::hd) == 16);
static_assert(offsetof(nghttp2_data, padlen) == 16 && sizeof(nghttp2_data::padlen) == 8);

// nghttp2_priority_spec
static_assert(sizeof(nghttp2_priority_spec) == 12);
static_assert(offsetof(nghttp2_priority_spec, stream_id) == 0 &&
              sizeof(nghttp2_priority_spec::stream_id) == 4);
static_assert(offsetof(nghttp2_priority_spec, weight) == 4 &&
              sizeof(nghttp2_priority_spec::weight) == 4);
static_assert(offsetof(nghttp2_priority_spec, exclusive) == 8 &&
              sizeof(nghttp2_priority_spec::exclusive) == 1);

// nghttp2_headers
static_assert(sizeof(nghttp2_headers) == 64);
static_assert(offsetof(nghttp2_headers, hd) == 0 && sizeof(nghttp2_headers::hd) == 16);
static_assert(offsetof(nghttp2_headers, padlen) == 16 && sizeof(nghttp2_headers::padlen) == 8);
static_assert(offsetof(nghttp2_headers, pri_spec) == 24 && sizeof(nghttp2_headers::pri_spec) == 12);
static_assert(offsetof(nghttp2_headers, nva) == 40 && sizeof(nghttp2_headers::nva) == 8);
static_assert(offsetof(nghttp2_headers, nvlen) == 48 && sizeof(nghttp2_headers::nvlen) == 8);
static_assert(offsetof(nghttp2_headers, cat) == 56 && sizeof(nghttp2_headers::cat) == 4);

// nghttp2_priority
static_assert(sizeof(nghttp2_priority) == 32);
static_assert(offsetof(nghttp2_priority, hd) == 0 && sizeof(nghttp2_priority::hd) == 16);
static_assert(offsetof(nghttp2_priority, pri_spec) == 16 &&
              sizeof(nghttp2_priority::pri_spec) == 12);

// nghttp2_rst_stream
static_assert(sizeof(nghttp2_rst_stream) == 24);
static_assert(offsetof(nghttp2_rst_stream, hd) == 0 && sizeof(nghttp2_rst_stream::hd) == 16);
static_assert(offsetof(nghttp2_rst_stream, error_code) == 16 &&
              sizeof(nghttp2_rst_stream::error_code) == 4);

// nghttp2_settings_entry
static_assert(sizeof(nghttp2_settings_entry) == 8);
static_assert(offsetof(nghttp2_settings_entry, settings_id) == 0 &&
              sizeof(nghttp2_settings_entry::settings_id) == 4);
static_assert(offsetof(nghttp2_settings_entry, value) == 4 &&
              sizeof(nghttp2_settings_entry::value) == 4);

// nghttp2_settings
static_assert(sizeof(nghttp2_settings) == 32);
static_assert(offsetof(nghttp2_settings, hd) == 0 && sizeof(nghttp2_settings::hd) == 16);
static_assert(offsetof(nghttp2_settings, niv) == 16 && sizeof(nghttp2_settings::niv) == 8);
static_assert(offsetof(nghttp2_settings, iv) == 24 && sizeof(nghttp2_settings::iv) == 8);

// nghttp2_push_promise
static_assert(sizeof(nghttp2_push_promise) == 48);
static_assert(offsetof(nghttp2_push_promise, hd) == 0 && sizeof(nghttp2_push_promise::hd) == 16);
static_assert(offsetof(nghttp2_push_promise, padlen) == 16 &&
              sizeof(nghttp2_push_promise::padlen) == 8);
static_assert(offsetof(nghttp2_push_promise, nva) == 24 && sizeof(nghttp2_push_promise::nva) == 8);
static_assert(offsetof(nghttp2_push_promise, nvlen) == 32 &&
              sizeof(nghttp2_push_promise::nvlen) == 8);
static_assert(offsetof(nghttp2_push_promise, promised_stream_id) == 40 &&
              sizeof(nghttp2_push_promise::promised_stream_id) == 4);
static_assert(offsetof(nghttp2_push_promise, reserved) == 44 &&
              sizeof(nghttp2_push_promise::reserved) == 1);

// nghttp2_ping
static_assert(sizeof(nghttp2_ping) == 24);
static_assert(offsetof(nghttp2_ping, hd) == 0 && sizeof(nghttp2_ping::hd) == 16);
static_assert(offsetof(nghttp2_ping, opaque_data) == 16 && sizeof(nghttp2_ping::opaque_data) == 8);

// nghttp2_goaway
static_assert(sizeof(nghttp2_goaway) == 48);
static_assert(offsetof(nghttp2_goaway, hd) == 0 && sizeof(nghttp2_goaway::hd) == 16);
static_assert(offsetof(nghttp2_goaway, last_stream_id) == 16 &&
              sizeof(nghttp2_goaway::last_stream_id) == 4);
static_assert(offsetof(nghttp2_goaway, error_code) == 20 &&
              sizeof(nghttp2_goaway::error_code) == 4);
static_assert(offsetof(nghttp2_goaway, opaque_data) == 24 &&
              sizeof(nghttp2_goaway::opaque_data) == 8);
static_assert(offsetof(nghttp2_goaway, opaque_data_len) == 32 &&
              sizeof(nghttp2_goaway::opaque_data_len) == 8);
static_assert(offsetof(nghttp2_goaway, reserved) == 40 && sizeof(nghttp2_goaway::reserved) == 1);

// nghttp2_window_update
static_assert(sizeof(nghttp2_window_update) == 24);
static_assert(offsetof(nghttp2_window_update, hd) == 0 && sizeof(nghttp2_window_update::hd) == 16);
static_assert(offsetof(nghttp2_window_update, window_size_increment) == 16 &&
              sizeof(nghttp2_window_update::window_size_increment) == 4);
static_assert(offsetof(nghttp2_window_update, reserved) == 20 &&
              sizeof(nghttp2_window_update::reserved) == 1);

// nghttp2_extension
static_assert(sizeof(nghttp2_extension) == 24);
static_assert(offsetof(nghttp2_extension, hd) == 0 && sizeof(nghttp2_extension::hd) == 16);
static_assert(offsetof(nghttp2_extension, payload) == 16 &&
              sizeof(nghttp2_extension::payload) == 8);

// nghttp2_frame
static_assert(sizeof(nghttp2_frame) == 64);
static_assert(offsetof(nghttp2_frame, hd) == 0 && sizeof(nghttp2_frame::hd) == 16);
static_assert(offsetof(nghttp2_frame, data) == 0 && sizeof(nghttp2_frame::data) == 24);
static_assert(offsetof(nghttp2_frame, headers) == 0 && sizeof(nghttp2_frame::headers) == 64);
static_assert(offsetof(nghttp2_frame, priority) == 0 && sizeof(nghttp2_frame::priority) == 32);
static_assert(offsetof(nghttp2_frame, rst_stream) == 0 && sizeof(nghttp2_frame::rst_stream) == 24);
static_assert(offsetof(nghttp2_frame, settings) == 0 && sizeof(nghttp2_frame::settings) == 32);
static_assert(offsetof(nghttp2_frame, push_promise) == 0 &&
              sizeof(nghttp2_frame::push_promise) == 48);
static_assert(offsetof(nghttp2_frame, ping) == 0 && sizeof(nghttp2_frame::ping) == 24);
static_assert(offsetof(nghttp2_frame, goaway) == 0 && sizeof(nghttp2_frame::goaway) == 48);
static_assert(offsetof(nghttp2_frame, window_update) == 0 &&
              sizeof(nghttp2_frame::window_update) == 24);
static_assert(offsetof(nghttp2_frame, ext) == 0 && sizeof(nghttp2_frame::ext) == 24);

// nghttp2_mem
static_assert(sizeof(nghttp2_mem) == 40);
static_assert(offsetof(nghttp2_mem, mem_user_data) == 0 && sizeof(nghttp2_mem::mem_user_data) == 8);
static_assert(offsetof(nghttp2_mem, malloc) == 8 && sizeof(nghttp2_mem::malloc) == 8);
static_assert(offsetof(nghttp2_mem, free) == 16 && sizeof(nghttp2_mem::free) == 8);
static_assert(offsetof(nghttp2_mem, calloc) == 24 && sizeof(nghttp2_mem::calloc) == 8);
static_assert(offsetof(nghttp2_mem, realloc) == 32 && sizeof(nghttp2_mem::realloc) == 8);

// nghttp2_extpri
static_assert(sizeof(nghttp2_extpri) == 8);
static_assert(offsetof(nghttp2_extpri, urgency) == 0 && sizeof(nghttp2_extpri::urgency) == 4);
static_assert(offsetof(nghttp2_extpri, inc) == 4 && sizeof(nghttp2_extpri::inc) == 4);

// nghttp2_ext_altsvc
static_assert(sizeof(nghttp2_ext_altsvc) == 32);
static_assert(offsetof(nghttp2_ext_altsvc, origin) == 0 && sizeof(nghttp2_ext_altsvc::origin) == 8);
static_assert(offsetof(nghttp2_ext_altsvc, origin_len) == 8 &&
              sizeof(nghttp2_ext_altsvc::origin_len) == 8);
static_assert(offsetof(nghttp2_ext_altsvc, field_value) == 16 &&
              sizeof(nghttp2_ext_altsvc::field_value) == 8);
static_assert(offsetof(nghttp2_ext_altsvc, field_value_len) == 24 &&
              sizeof(nghttp2_ext_altsvc::field_value_len) == 8);

// nghttp2_origin_entry
static_assert(sizeof(nghttp2_origin_entry) == 16);
static_assert(offsetof(nghttp2_origin_entry, origin) == 0 &&
              sizeof(nghttp2_origin_entry::origin) == 8);
static_assert(offsetof(nghttp2_origin_entry, origin_len) == 8 &&
              sizeof(nghttp2_origin_entry::origin_len) == 8);

// nghttp2_ext_origin
static_assert(sizeof(nghttp2_ext_origin) == 16);
static_assert(offsetof(nghttp2_ext_origin, nov) == 0 && sizeof(nghttp2_ext_origin::nov) == 8);
static_assert(offsetof(nghttp2_ext_origin, ov) == 8 && sizeof(nghttp2_ext_origin::ov) == 8);

// nghttp2_ext_priority_update
static_assert(sizeof(nghttp2_ext_priority_update) == 24);
static_assert(offsetof(nghttp2_ext_priority_update, stream_id) == 0 &&
              sizeof(nghttp2_ext_priority_update::stream_id) == 4);
static_assert(offsetof(nghttp2_ext_priority_update, field_value) == 8 &&
              sizeof(nghttp2_ext_priority_update::field_value) == 8);
static_assert(offsetof(nghttp2_ext_priority_update, field_value_len) == 16 &&
              sizeof(nghttp2_ext_priority_update::field_value_len) == 8);
#endif
