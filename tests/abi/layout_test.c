/* SPDX-License-Identifier: MIT */
/* The C interface as compiled programs know it: sizes and offsets on 64-bit ELF systems, and
 * values. */
#include <nghttp2/nghttp2.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

static int passed;
static int failed;

static void expect(const char* what, long actual, long expected) {
  if (actual == expected) {
    ++passed;
    return;
  }
  ++failed;
  printf("%s is %ld, expected %ld\n", what, actual, expected);
}

static void expect_text(const char* what, const char* actual, const char* expected) {
  expect(what, strcmp(actual, expected), 0);
}

#define SIZE(type, size) expect("sizeof " #type, (long)sizeof(type), size)
#define FIELD(type, field, offset, size)                                      \
  expect("offset of " #type "." #field, (long)offsetof(type, field), offset); \
  expect("size of " #type "." #field, (long)sizeof(((type*)0)->field), size)
#define VALUE(name, value) expect(#name, (long)(name), value)
#define TEXT(name, value) expect_text(#name, name, value)

static void plain_structs(void) {
  SIZE(nghttp2_info, 24);
  FIELD(nghttp2_info, age, 0, 4);
  FIELD(nghttp2_info, version_num, 4, 4);
  FIELD(nghttp2_info, version_str, 8, 8);
  FIELD(nghttp2_info, proto_str, 16, 8);
  SIZE(nghttp2_vec, 16);
  FIELD(nghttp2_vec, base, 0, 8);
  FIELD(nghttp2_vec, len, 8, 8);
  SIZE(nghttp2_nv, 40);
  FIELD(nghttp2_nv, name, 0, 8);
  FIELD(nghttp2_nv, value, 8, 8);
  FIELD(nghttp2_nv, namelen, 16, 8);
  FIELD(nghttp2_nv, valuelen, 24, 8);
  FIELD(nghttp2_nv, flags, 32, 1);
  SIZE(nghttp2_frame_hd, 16);
  FIELD(nghttp2_frame_hd, length, 0, 8);
  FIELD(nghttp2_frame_hd, stream_id, 8, 4);
  FIELD(nghttp2_frame_hd, type, 12, 1);
  FIELD(nghttp2_frame_hd, flags, 13, 1);
  FIELD(nghttp2_frame_hd, reserved, 14, 1);
  SIZE(nghttp2_data_source, 8);
  FIELD(nghttp2_data_source, fd, 0, 4);
  FIELD(nghttp2_data_source, ptr, 0, 8);
  SIZE(nghttp2_data_provider, 16);
  FIELD(nghttp2_data_provider, source, 0, 8);
  FIELD(nghttp2_data_provider, read_callback, 8, 8);
  SIZE(nghttp2_data_provider2, 16);
  FIELD(nghttp2_data_provider2, source, 0, 8);
  FIELD(nghttp2_data_provider2, read_callback, 8, 8);
  SIZE(nghttp2_priority_spec, 12);
  FIELD(nghttp2_priority_spec, stream_id, 0, 4);
  FIELD(nghttp2_priority_spec, weight, 4, 4);
  FIELD(nghttp2_priority_spec, exclusive, 8, 1);
  SIZE(nghttp2_settings_entry, 8);
  FIELD(nghttp2_settings_entry, settings_id, 0, 4);
  FIELD(nghttp2_settings_entry, value, 4, 4);
  SIZE(nghttp2_mem, 40);
  FIELD(nghttp2_mem, mem_user_data, 0, 8);
  FIELD(nghttp2_mem, malloc, 8, 8);
  FIELD(nghttp2_mem, free, 16, 8);
  FIELD(nghttp2_mem, calloc, 24, 8);
  FIELD(nghttp2_mem, realloc, 32, 8);
  SIZE(nghttp2_extpri, 8);
  FIELD(nghttp2_extpri, urgency, 0, 4);
  FIELD(nghttp2_extpri, inc, 4, 4);
}

static void frame_structs(void) {
  SIZE(nghttp2_data, 24);
  FIELD(nghttp2_data, hd, 0, 16);
  FIELD(nghttp2_data, padlen, 16, 8);
  SIZE(nghttp2_headers, 64);
  FIELD(nghttp2_headers, hd, 0, 16);
  FIELD(nghttp2_headers, padlen, 16, 8);
  FIELD(nghttp2_headers, pri_spec, 24, 12);
  FIELD(nghttp2_headers, nva, 40, 8);
  FIELD(nghttp2_headers, nvlen, 48, 8);
  FIELD(nghttp2_headers, cat, 56, 4);
  SIZE(nghttp2_priority, 32);
  FIELD(nghttp2_priority, hd, 0, 16);
  FIELD(nghttp2_priority, pri_spec, 16, 12);
  SIZE(nghttp2_rst_stream, 24);
  FIELD(nghttp2_rst_stream, hd, 0, 16);
  FIELD(nghttp2_rst_stream, error_code, 16, 4);
  SIZE(nghttp2_settings, 32);
  FIELD(nghttp2_settings, hd, 0, 16);
  FIELD(nghttp2_settings, niv, 16, 8);
  FIELD(nghttp2_settings, iv, 24, 8);
  SIZE(nghttp2_push_promise, 48);
  FIELD(nghttp2_push_promise, hd, 0, 16);
  FIELD(nghttp2_push_promise, padlen, 16, 8);
  FIELD(nghttp2_push_promise, nva, 24, 8);
  FIELD(nghttp2_push_promise, nvlen, 32, 8);
  FIELD(nghttp2_push_promise, promised_stream_id, 40, 4);
  FIELD(nghttp2_push_promise, reserved, 44, 1);
  SIZE(nghttp2_ping, 24);
  FIELD(nghttp2_ping, hd, 0, 16);
  FIELD(nghttp2_ping, opaque_data, 16, 8);
  SIZE(nghttp2_goaway, 48);
  FIELD(nghttp2_goaway, hd, 0, 16);
  FIELD(nghttp2_goaway, last_stream_id, 16, 4);
  FIELD(nghttp2_goaway, error_code, 20, 4);
  FIELD(nghttp2_goaway, opaque_data, 24, 8);
  FIELD(nghttp2_goaway, opaque_data_len, 32, 8);
  FIELD(nghttp2_goaway, reserved, 40, 1);
  SIZE(nghttp2_window_update, 24);
  FIELD(nghttp2_window_update, hd, 0, 16);
  FIELD(nghttp2_window_update, window_size_increment, 16, 4);
  FIELD(nghttp2_window_update, reserved, 20, 1);
  SIZE(nghttp2_extension, 24);
  FIELD(nghttp2_extension, hd, 0, 16);
  FIELD(nghttp2_extension, payload, 16, 8);
  SIZE(nghttp2_frame, 64);
  FIELD(nghttp2_frame, hd, 0, 16);
  FIELD(nghttp2_frame, data, 0, 24);
  FIELD(nghttp2_frame, headers, 0, 64);
  FIELD(nghttp2_frame, priority, 0, 32);
  FIELD(nghttp2_frame, rst_stream, 0, 24);
  FIELD(nghttp2_frame, settings, 0, 32);
  FIELD(nghttp2_frame, push_promise, 0, 48);
  FIELD(nghttp2_frame, ping, 0, 24);
  FIELD(nghttp2_frame, goaway, 0, 48);
  FIELD(nghttp2_frame, window_update, 0, 24);
  FIELD(nghttp2_frame, ext, 0, 24);
}

static void extension_structs(void) {
  SIZE(nghttp2_ext_altsvc, 32);
  FIELD(nghttp2_ext_altsvc, origin, 0, 8);
  FIELD(nghttp2_ext_altsvc, origin_len, 8, 8);
  FIELD(nghttp2_ext_altsvc, field_value, 16, 8);
  FIELD(nghttp2_ext_altsvc, field_value_len, 24, 8);
  SIZE(nghttp2_origin_entry, 16);
  FIELD(nghttp2_origin_entry, origin, 0, 8);
  FIELD(nghttp2_origin_entry, origin_len, 8, 8);
  SIZE(nghttp2_ext_origin, 16);
  FIELD(nghttp2_ext_origin, nov, 0, 8);
  FIELD(nghttp2_ext_origin, ov, 8, 8);
  SIZE(nghttp2_ext_priority_update, 24);
  FIELD(nghttp2_ext_priority_update, stream_id, 0, 4);
  FIELD(nghttp2_ext_priority_update, field_value, 8, 8);
  FIELD(nghttp2_ext_priority_update, field_value_len, 16, 8);
}

static void error_values(void) {
  VALUE(NGHTTP2_ERR_INVALID_ARGUMENT, -501);
  VALUE(NGHTTP2_ERR_BUFFER_ERROR, -502);
  VALUE(NGHTTP2_ERR_UNSUPPORTED_VERSION, -503);
  VALUE(NGHTTP2_ERR_WOULDBLOCK, -504);
  VALUE(NGHTTP2_ERR_PROTO, -505);
  VALUE(NGHTTP2_ERR_INVALID_FRAME, -506);
  VALUE(NGHTTP2_ERR_EOF, -507);
  VALUE(NGHTTP2_ERR_DEFERRED, -508);
  VALUE(NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE, -509);
  VALUE(NGHTTP2_ERR_STREAM_CLOSED, -510);
  VALUE(NGHTTP2_ERR_STREAM_CLOSING, -511);
  VALUE(NGHTTP2_ERR_STREAM_SHUT_WR, -512);
  VALUE(NGHTTP2_ERR_INVALID_STREAM_ID, -513);
  VALUE(NGHTTP2_ERR_INVALID_STREAM_STATE, -514);
  VALUE(NGHTTP2_ERR_DEFERRED_DATA_EXIST, -515);
  VALUE(NGHTTP2_ERR_START_STREAM_NOT_ALLOWED, -516);
  VALUE(NGHTTP2_ERR_GOAWAY_ALREADY_SENT, -517);
  VALUE(NGHTTP2_ERR_INVALID_HEADER_BLOCK, -518);
  VALUE(NGHTTP2_ERR_INVALID_STATE, -519);
  VALUE(NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE, -521);
  VALUE(NGHTTP2_ERR_FRAME_SIZE_ERROR, -522);
  VALUE(NGHTTP2_ERR_HEADER_COMP, -523);
  VALUE(NGHTTP2_ERR_FLOW_CONTROL, -524);
  VALUE(NGHTTP2_ERR_INSUFF_BUFSIZE, -525);
  VALUE(NGHTTP2_ERR_PAUSE, -526);
  VALUE(NGHTTP2_ERR_TOO_MANY_INFLIGHT_SETTINGS, -527);
  VALUE(NGHTTP2_ERR_PUSH_DISABLED, -528);
  VALUE(NGHTTP2_ERR_DATA_EXIST, -529);
  VALUE(NGHTTP2_ERR_SESSION_CLOSING, -530);
  VALUE(NGHTTP2_ERR_HTTP_HEADER, -531);
  VALUE(NGHTTP2_ERR_HTTP_MESSAGING, -532);
  VALUE(NGHTTP2_ERR_REFUSED_STREAM, -533);
  VALUE(NGHTTP2_ERR_INTERNAL, -534);
  VALUE(NGHTTP2_ERR_CANCEL, -535);
  VALUE(NGHTTP2_ERR_SETTINGS_EXPECTED, -536);
  VALUE(NGHTTP2_ERR_TOO_MANY_SETTINGS, -537);
  VALUE(NGHTTP2_ERR_FATAL, -900);
  VALUE(NGHTTP2_ERR_NOMEM, -901);
  VALUE(NGHTTP2_ERR_CALLBACK_FAILURE, -902);
  VALUE(NGHTTP2_ERR_BAD_CLIENT_MAGIC, -903);
  VALUE(NGHTTP2_ERR_FLOODED, -904);
  VALUE(NGHTTP2_ERR_TOO_MANY_CONTINUATIONS, -905);
}

static void nv_flag_values(void) {
  VALUE(NGHTTP2_NV_FLAG_NONE, 0);
  VALUE(NGHTTP2_NV_FLAG_NO_INDEX, 1);
  VALUE(NGHTTP2_NV_FLAG_NO_COPY_NAME, 2);
  VALUE(NGHTTP2_NV_FLAG_NO_COPY_VALUE, 4);
}

static void frame_type_values(void) {
  VALUE(NGHTTP2_DATA, 0);
  VALUE(NGHTTP2_HEADERS, 1);
  VALUE(NGHTTP2_PRIORITY, 2);
  VALUE(NGHTTP2_RST_STREAM, 3);
  VALUE(NGHTTP2_SETTINGS, 4);
  VALUE(NGHTTP2_PUSH_PROMISE, 5);
  VALUE(NGHTTP2_PING, 6);
  VALUE(NGHTTP2_GOAWAY, 7);
  VALUE(NGHTTP2_WINDOW_UPDATE, 8);
  VALUE(NGHTTP2_CONTINUATION, 9);
  VALUE(NGHTTP2_ALTSVC, 10);
  VALUE(NGHTTP2_ORIGIN, 12);
  VALUE(NGHTTP2_PRIORITY_UPDATE, 16);
}

static void flag_values(void) {
  VALUE(NGHTTP2_FLAG_NONE, 0);
  VALUE(NGHTTP2_FLAG_END_STREAM, 1);
  VALUE(NGHTTP2_FLAG_END_HEADERS, 4);
  VALUE(NGHTTP2_FLAG_ACK, 1);
  VALUE(NGHTTP2_FLAG_PADDED, 8);
  VALUE(NGHTTP2_FLAG_PRIORITY, 32);
}

static void settings_id_values(void) {
  VALUE(NGHTTP2_SETTINGS_HEADER_TABLE_SIZE, 1);
  VALUE(NGHTTP2_SETTINGS_ENABLE_PUSH, 2);
  VALUE(NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, 3);
  VALUE(NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, 4);
  VALUE(NGHTTP2_SETTINGS_MAX_FRAME_SIZE, 5);
  VALUE(NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, 6);
  VALUE(NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL, 8);
  VALUE(NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES, 9);
}

static void error_code_values(void) {
  VALUE(NGHTTP2_NO_ERROR, 0);
  VALUE(NGHTTP2_PROTOCOL_ERROR, 1);
  VALUE(NGHTTP2_INTERNAL_ERROR, 2);
  VALUE(NGHTTP2_FLOW_CONTROL_ERROR, 3);
  VALUE(NGHTTP2_SETTINGS_TIMEOUT, 4);
  VALUE(NGHTTP2_STREAM_CLOSED, 5);
  VALUE(NGHTTP2_FRAME_SIZE_ERROR, 6);
  VALUE(NGHTTP2_REFUSED_STREAM, 7);
  VALUE(NGHTTP2_CANCEL, 8);
  VALUE(NGHTTP2_COMPRESSION_ERROR, 9);
  VALUE(NGHTTP2_CONNECT_ERROR, 10);
  VALUE(NGHTTP2_ENHANCE_YOUR_CALM, 11);
  VALUE(NGHTTP2_INADEQUATE_SECURITY, 12);
  VALUE(NGHTTP2_HTTP_1_1_REQUIRED, 13);
}

static void data_flag_values(void) {
  VALUE(NGHTTP2_DATA_FLAG_NONE, 0);
  VALUE(NGHTTP2_DATA_FLAG_EOF, 1);
  VALUE(NGHTTP2_DATA_FLAG_NO_END_STREAM, 2);
  VALUE(NGHTTP2_DATA_FLAG_NO_COPY, 4);
}

static void headers_category_values(void) {
  VALUE(NGHTTP2_HCAT_REQUEST, 0);
  VALUE(NGHTTP2_HCAT_RESPONSE, 1);
  VALUE(NGHTTP2_HCAT_PUSH_RESPONSE, 2);
  VALUE(NGHTTP2_HCAT_HEADERS, 3);
}

static void hd_inflate_flag_values(void) {
  VALUE(NGHTTP2_HD_INFLATE_NONE, 0);
  VALUE(NGHTTP2_HD_INFLATE_FINAL, 1);
  VALUE(NGHTTP2_HD_INFLATE_EMIT, 2);
}

static void stream_proto_state_values(void) {
  VALUE(NGHTTP2_STREAM_STATE_IDLE, 1);
  VALUE(NGHTTP2_STREAM_STATE_OPEN, 2);
  VALUE(NGHTTP2_STREAM_STATE_RESERVED_LOCAL, 3);
  VALUE(NGHTTP2_STREAM_STATE_RESERVED_REMOTE, 4);
  VALUE(NGHTTP2_STREAM_STATE_HALF_CLOSED_LOCAL, 5);
  VALUE(NGHTTP2_STREAM_STATE_HALF_CLOSED_REMOTE, 6);
  VALUE(NGHTTP2_STREAM_STATE_CLOSED, 7);
}

static void macros(void) {
  TEXT(NGHTTP2_PROTO_VERSION_ID, "h2");
  VALUE(NGHTTP2_PROTO_VERSION_ID_LEN, 2);
  TEXT(NGHTTP2_PROTO_ALPN,
       "\x02"
       "h2");
  VALUE(NGHTTP2_PROTO_ALPN_LEN, 3);
  TEXT(NGHTTP2_CLEARTEXT_PROTO_VERSION_ID, "h2c");
  VALUE(NGHTTP2_CLEARTEXT_PROTO_VERSION_ID_LEN, 3);
  VALUE(NGHTTP2_VERSION_AGE, 1);
  VALUE(NGHTTP2_DEFAULT_WEIGHT, 16);
  VALUE(NGHTTP2_MAX_WEIGHT, 256);
  VALUE(NGHTTP2_MIN_WEIGHT, 1);
  VALUE(NGHTTP2_MAX_WINDOW_SIZE, 2147483647);
  VALUE(NGHTTP2_INITIAL_WINDOW_SIZE, 65535);
  VALUE(NGHTTP2_INITIAL_CONNECTION_WINDOW_SIZE, 65535);
  VALUE(NGHTTP2_DEFAULT_HEADER_TABLE_SIZE, 4096);
  TEXT(NGHTTP2_CLIENT_MAGIC, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  VALUE(NGHTTP2_CLIENT_MAGIC_LEN, 24);
  VALUE(NGHTTP2_DEFAULT_MAX_SETTINGS, 32);
  VALUE(NGHTTP2_INITIAL_MAX_CONCURRENT_STREAMS, 2147483647);
  VALUE(NGHTTP2_EXTPRI_DEFAULT_URGENCY, 3);
  VALUE(NGHTTP2_EXTPRI_URGENCY_HIGH, 0);
  VALUE(NGHTTP2_EXTPRI_URGENCY_LOW, 7);
  VALUE(NGHTTP2_EXTPRI_URGENCY_LEVELS, 8);
}

int main(void) {
  if (sizeof(void*) != 8 || sizeof(long) != 8) return 77;
  plain_structs();
  frame_structs();
  extension_structs();
  error_values();
  nv_flag_values();
  frame_type_values();
  flag_values();
  settings_id_values();
  error_code_values();
  data_flag_values();
  headers_category_values();
  hd_inflate_flag_values();
  stream_proto_state_values();
  macros();
  printf("%d passed, %d failed\n", passed, failed);
  return failed != 0;
}
