// SPDX-License-Identifier: MIT
// What the session targets share: reading choices off the input, an application that uses the
// library in many ways, and the bytes of a hostile peer.
#pragma once

#include <nghttp2/nghttp2.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>

// The input, of which the first octets are choices and the rest is data.
struct Input {
  const uint8_t* data;
  size_t size;

  uint8_t take() {
    if (size == 0) return 0;
    --size;
    return *data++;
  }
};

// An application: bodies that are deferred and go on, windows given back by hand, and now and then
// a callback that pauses or fails. Everything follows from the input, so that runs can be repeated.
struct Application {
  uint8_t behaviour = 0;
  uint32_t step = 0;
  bool manual_windows = false;
  int32_t deferred_stream = 0;

  // True for one call in sixteen, if the behaviour has that bit.
  bool is_due(uint8_t bit) { return (behaviour & bit) != 0 && ++step % 16 == 0; }
};

inline Application& application_of(void* user_data) {
  return *static_cast<Application*>(user_data);
}

inline nghttp2_nv field(const char* name, const char* value) {
  return {reinterpret_cast<uint8_t*>(const_cast<char*>(name)),
          reinterpret_cast<uint8_t*>(const_cast<char*>(value)), std::strlen(name),
          std::strlen(value), NGHTTP2_NV_FLAG_NONE};
}

inline nghttp2_ssize read_body(nghttp2_session*, int32_t stream_id, uint8_t* buffer, size_t length,
                               uint32_t* data_flags, nghttp2_data_source* source, void* user_data) {
  Application& application = application_of(user_data);
  if (application.is_due(0x01)) {
    application.deferred_stream = stream_id;
    return NGHTTP2_ERR_DEFERRED;
  }
  if (application.is_due(0x02)) return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
  const size_t left = static_cast<size_t>(source->fd);
  const size_t size = left < length ? left : length;
  std::memset(buffer, 'x', size);
  source->fd -= static_cast<int>(size);
  if (source->fd == 0) *data_flags |= NGHTTP2_DATA_FLAG_EOF;
  return static_cast<nghttp2_ssize>(size);
}

inline nghttp2_data_provider2 body_of(int size) {
  nghttp2_data_provider2 provider{};
  provider.source.fd = size;
  provider.read_callback = read_body;
  return provider;
}

inline int on_header(nghttp2_session*, const nghttp2_frame*, nghttp2_rcbuf* name,
                     nghttp2_rcbuf* value, uint8_t, void* user_data) {
  const nghttp2_vec text = nghttp2_rcbuf_get_buf(name);
  if (text.base[text.len] != 0) std::abort();
  nghttp2_rcbuf_incref(value);
  nghttp2_rcbuf_decref(value);
  if (application_of(user_data).is_due(0x04)) return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
  return application_of(user_data).is_due(0x08) ? NGHTTP2_ERR_PAUSE : 0;
}

inline int on_invalid_header(nghttp2_session*, const nghttp2_frame*, const uint8_t*, size_t,
                             const uint8_t*, size_t, uint8_t, void*) {
  return 0;
}

inline int on_data(nghttp2_session* session, uint8_t, int32_t stream_id, const uint8_t*,
                   size_t length, void* user_data) {
  Application& application = application_of(user_data);
  if (application.manual_windows) nghttp2_session_consume(session, stream_id, length);
  return application.is_due(0x08) ? NGHTTP2_ERR_PAUSE : 0;
}

inline nghttp2_ssize select_padding(nghttp2_session*, const nghttp2_frame* frame, size_t max_length,
                                    void* user_data) {
  const size_t length = frame->hd.length + application_of(user_data).step % 8;
  return static_cast<nghttp2_ssize>(length < max_length ? length : max_length);
}

inline int before_send(nghttp2_session*, const nghttp2_frame* frame, void* user_data) {
  const bool may_cancel = frame->hd.type == NGHTTP2_HEADERS || frame->hd.type == NGHTTP2_PING;
  return may_cancel && application_of(user_data).is_due(0x10) ? NGHTTP2_ERR_CANCEL : 0;
}

inline int on_extension_chunk(nghttp2_session*, const nghttp2_frame_hd*, const uint8_t*, size_t,
                              void* user_data) {
  return application_of(user_data).is_due(0x04) ? NGHTTP2_ERR_CANCEL : 0;
}

inline int unpack_extension(nghttp2_session*, void** payload, const nghttp2_frame_hd*, void*) {
  *payload = nullptr;
  return 0;
}

// The callbacks that both sides have in common; `on_frame` is the side's own.
inline nghttp2_session_callbacks* make_callbacks(nghttp2_on_frame_recv_callback on_frame) {
  nghttp2_session_callbacks* callbacks = nullptr;
  if (nghttp2_session_callbacks_new(&callbacks) != 0) return nullptr;
  nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, on_frame);
  nghttp2_session_callbacks_set_on_header_callback2(callbacks, on_header);
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, on_data);
  nghttp2_session_callbacks_set_select_padding_callback2(callbacks, select_padding);
  nghttp2_session_callbacks_set_before_frame_send_callback(callbacks, before_send);
  nghttp2_session_callbacks_set_on_extension_chunk_recv_callback(callbacks, on_extension_chunk);
  nghttp2_session_callbacks_set_unpack_extension_callback(callbacks, unpack_extension);
  return callbacks;
}

// Options by the bits of `choice`.
inline nghttp2_option* make_option(uint8_t choice) {
  nghttp2_option* option = nullptr;
  if (nghttp2_option_new(&option) != 0) return nullptr;
  nghttp2_option_set_no_auto_window_update(option, choice & 0x01);
  nghttp2_option_set_no_http_messaging(option, choice & 0x02);
  nghttp2_option_set_no_recv_client_magic(option, choice & 0x04);
  nghttp2_option_set_server_fallback_rfc7540_priorities(option, choice & 0x08);
  nghttp2_option_set_no_auto_ping_ack(option, choice & 0x10);
  if ((choice & 0x20) != 0) {
    nghttp2_option_set_builtin_recv_extension_type(option, NGHTTP2_ALTSVC);
    nghttp2_option_set_builtin_recv_extension_type(option, NGHTTP2_ORIGIN);
    nghttp2_option_set_builtin_recv_extension_type(option, NGHTTP2_PRIORITY_UPDATE);
  }
  if ((choice & 0x40) != 0) nghttp2_option_set_user_recv_extension_type(option, 0xfa);
  return option;
}

// The SETTINGS that the same choice stands for.
inline int submit_settings(nghttp2_session* session, uint8_t choice) {
  const nghttp2_settings_entry entries[] = {
      {NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES, (choice & 0x80u) >> 7},
      {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, 20},
  };
  return nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, entries, 2);
}

// Takes all pending output; false once the session has ended in an error.
inline bool drain(nghttp2_session* session) {
  for (;;) {
    const uint8_t* output = nullptr;
    const nghttp2_ssize length = nghttp2_session_mem_send2(session, &output);
    if (length <= 0) return length == 0;
  }
}

// Feeds the rest of the input in pieces of one size, and takes what the session answers.
inline void feed(nghttp2_session* session, Input input, size_t piece, Application& application) {
  while (input.size > 0 && drain(session)) {
    const size_t length = piece < input.size ? piece : input.size;
    const nghttp2_ssize used = nghttp2_session_mem_recv2(session, input.data, length);
    if (used < 0) break;
    if (static_cast<size_t>(used) > length) std::abort();
    input.data += used;
    input.size -= static_cast<size_t>(used);
    if (application.deferred_stream != 0) {
      nghttp2_session_resume_data(session, application.deferred_stream);
      application.deferred_stream = 0;
    }
    nghttp2_session_want_read(session);
    nghttp2_session_want_write(session);
  }
  drain(session);
}

using CreateSession = int (*)(nghttp2_session**, const nghttp2_session_callbacks*, void*,
                              const nghttp2_option*);

// Runs one side against an input: a piece size, options, the application's behaviour, and bytes.
inline void run_side(CreateSession create, nghttp2_on_frame_recv_callback on_frame,
                     void (*start)(nghttp2_session*), Input input) {
  const size_t piece = size_t{input.take()} + 1;
  const uint8_t choice = input.take();
  Application application;
  application.behaviour = input.take();
  application.manual_windows = (choice & 0x01) != 0;
  nghttp2_session_callbacks* callbacks = make_callbacks(on_frame);
  if ((application.behaviour & 0x20) != 0) {
    nghttp2_session_callbacks_set_on_invalid_header_callback(callbacks, on_invalid_header);
  }
  nghttp2_option* option = make_option(choice);
  nghttp2_session* session = nullptr;
  const int result = create(&session, callbacks, &application, option);
  nghttp2_option_del(option);
  nghttp2_session_callbacks_del(callbacks);
  if (result != 0) return;
  submit_settings(session, choice);
  start(session);
  feed(session, input, piece, application);
  nghttp2_session_del(session);
}
