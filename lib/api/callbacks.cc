// SPDX-License-Identifier: MIT
// nghttp2_session_callbacks_*: the registration of callbacks.
#include "api/callbacks.h"

#include "base/allocator.h"

using nghttp2::Allocator;
using nghttp2::default_memory;

bool nghttp2::api::RareCallbacks::has_any() const {
  return send || send2 || recv || recv2 || on_invalid_header || on_invalid_header2 ||
         select_padding || select_padding2 || read_length || read_length2 || pack_extension ||
         pack_extension2 || unpack_extension || on_extension_chunk_recv || error || rand;
}

int nghttp2_session_callbacks_new(nghttp2_session_callbacks** callbacks_ptr) {
  *callbacks_ptr = Allocator(default_memory()).create<nghttp2_session_callbacks>();
  return *callbacks_ptr ? 0 : NGHTTP2_ERR_NOMEM;
}

void nghttp2_session_callbacks_del(nghttp2_session_callbacks* callbacks) {
  Allocator(default_memory()).destroy(callbacks);
}

void nghttp2_session_callbacks_set_send_callback(nghttp2_session_callbacks* cbs,
                                                 nghttp2_send_callback callback) {
  cbs->send = callback;
}

void nghttp2_session_callbacks_set_send_callback2(nghttp2_session_callbacks* cbs,
                                                  nghttp2_send_callback2 callback) {
  cbs->send2 = callback;
}

void nghttp2_session_callbacks_set_recv_callback(nghttp2_session_callbacks* cbs,
                                                 nghttp2_recv_callback callback) {
  cbs->recv = callback;
}

void nghttp2_session_callbacks_set_recv_callback2(nghttp2_session_callbacks* cbs,
                                                  nghttp2_recv_callback2 callback) {
  cbs->recv2 = callback;
}

void nghttp2_session_callbacks_set_on_frame_recv_callback(nghttp2_session_callbacks* cbs,
                                                          nghttp2_on_frame_recv_callback callback) {
  cbs->on_frame_recv = callback;
}

void nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(
    nghttp2_session_callbacks* cbs, nghttp2_on_invalid_frame_recv_callback callback) {
  cbs->on_invalid_frame_recv = callback;
}

void nghttp2_session_callbacks_set_on_data_chunk_recv_callback(
    nghttp2_session_callbacks* cbs, nghttp2_on_data_chunk_recv_callback callback) {
  cbs->on_data_chunk_recv = callback;
}

void nghttp2_session_callbacks_set_before_frame_send_callback(
    nghttp2_session_callbacks* cbs, nghttp2_before_frame_send_callback callback) {
  cbs->before_frame_send = callback;
}

void nghttp2_session_callbacks_set_on_frame_send_callback(nghttp2_session_callbacks* cbs,
                                                          nghttp2_on_frame_send_callback callback) {
  cbs->on_frame_send = callback;
}

void nghttp2_session_callbacks_set_on_frame_not_send_callback(
    nghttp2_session_callbacks* cbs, nghttp2_on_frame_not_send_callback callback) {
  cbs->on_frame_not_send = callback;
}

void nghttp2_session_callbacks_set_on_stream_close_callback(
    nghttp2_session_callbacks* cbs, nghttp2_on_stream_close_callback callback) {
  cbs->on_stream_close = callback;
}

void nghttp2_session_callbacks_set_on_begin_headers_callback(
    nghttp2_session_callbacks* cbs, nghttp2_on_begin_headers_callback callback) {
  cbs->on_begin_headers = callback;
}

void nghttp2_session_callbacks_set_on_header_callback(nghttp2_session_callbacks* cbs,
                                                      nghttp2_on_header_callback callback) {
  cbs->on_header = callback;
}

void nghttp2_session_callbacks_set_on_header_callback2(nghttp2_session_callbacks* cbs,
                                                       nghttp2_on_header_callback2 callback) {
  cbs->on_header2 = callback;
}

void nghttp2_session_callbacks_set_on_invalid_header_callback(
    nghttp2_session_callbacks* cbs, nghttp2_on_invalid_header_callback callback) {
  cbs->on_invalid_header = callback;
}

void nghttp2_session_callbacks_set_on_invalid_header_callback2(
    nghttp2_session_callbacks* cbs, nghttp2_on_invalid_header_callback2 callback) {
  cbs->on_invalid_header2 = callback;
}

void nghttp2_session_callbacks_set_select_padding_callback(
    nghttp2_session_callbacks* cbs, nghttp2_select_padding_callback callback) {
  cbs->select_padding = callback;
}

void nghttp2_session_callbacks_set_select_padding_callback2(
    nghttp2_session_callbacks* cbs, nghttp2_select_padding_callback2 callback) {
  cbs->select_padding2 = callback;
}

void nghttp2_session_callbacks_set_data_source_read_length_callback(
    nghttp2_session_callbacks* cbs, nghttp2_data_source_read_length_callback callback) {
  cbs->read_length = callback;
}

void nghttp2_session_callbacks_set_data_source_read_length_callback2(
    nghttp2_session_callbacks* cbs, nghttp2_data_source_read_length_callback2 callback) {
  cbs->read_length2 = callback;
}

void nghttp2_session_callbacks_set_on_begin_frame_callback(
    nghttp2_session_callbacks* cbs, nghttp2_on_begin_frame_callback callback) {
  cbs->on_begin_frame = callback;
}

void nghttp2_session_callbacks_set_send_data_callback(nghttp2_session_callbacks* cbs,
                                                      nghttp2_send_data_callback callback) {
  cbs->send_data = callback;
}

void nghttp2_session_callbacks_set_pack_extension_callback(
    nghttp2_session_callbacks* cbs, nghttp2_pack_extension_callback callback) {
  cbs->pack_extension = callback;
}

void nghttp2_session_callbacks_set_pack_extension_callback2(
    nghttp2_session_callbacks* cbs, nghttp2_pack_extension_callback2 callback) {
  cbs->pack_extension2 = callback;
}

void nghttp2_session_callbacks_set_unpack_extension_callback(
    nghttp2_session_callbacks* cbs, nghttp2_unpack_extension_callback callback) {
  cbs->unpack_extension = callback;
}

void nghttp2_session_callbacks_set_on_extension_chunk_recv_callback(
    nghttp2_session_callbacks* cbs, nghttp2_on_extension_chunk_recv_callback callback) {
  cbs->on_extension_chunk_recv = callback;
}

void nghttp2_session_callbacks_set_error_callback(nghttp2_session_callbacks* cbs,
                                                  nghttp2_error_callback callback) {
  cbs->error = callback;
}

void nghttp2_session_callbacks_set_error_callback2(nghttp2_session_callbacks* cbs,
                                                   nghttp2_error_callback2 callback) {
  cbs->error2 = callback;
}

void nghttp2_session_callbacks_set_rand_callback(nghttp2_session_callbacks* cbs,
                                                 nghttp2_rand_callback callback) {
  cbs->rand = callback;
}
