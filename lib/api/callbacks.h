// SPDX-License-Identifier: MIT
// The set of callbacks that an application registers; copied into each session.
#pragma once

#include <nghttp2/nghttp2.h>

namespace nghttp2::api {

// What most applications set; sessions have it at hand.
struct UsualCallbacks {
  nghttp2_on_frame_recv_callback on_frame_recv;
  nghttp2_on_invalid_frame_recv_callback on_invalid_frame_recv;
  nghttp2_on_data_chunk_recv_callback on_data_chunk_recv;
  nghttp2_before_frame_send_callback before_frame_send;
  nghttp2_on_frame_send_callback on_frame_send;
  nghttp2_on_frame_not_send_callback on_frame_not_send;
  nghttp2_on_stream_close_callback on_stream_close;
  nghttp2_on_begin_headers_callback on_begin_headers;
  nghttp2_on_header_callback on_header;
  nghttp2_on_header_callback2 on_header2;
  nghttp2_on_begin_frame_callback on_begin_frame;
  nghttp2_send_data_callback send_data;
  nghttp2_error_callback2 error2;
};

// What few set: sessions that need it have it in memory of its own.
struct RareCallbacks {
  nghttp2_send_callback send;
  nghttp2_send_callback2 send2;
  nghttp2_recv_callback recv;
  nghttp2_recv_callback2 recv2;
  nghttp2_on_invalid_header_callback on_invalid_header;
  nghttp2_on_invalid_header_callback2 on_invalid_header2;
  nghttp2_select_padding_callback select_padding;
  nghttp2_select_padding_callback2 select_padding2;
  nghttp2_data_source_read_length_callback read_length;
  nghttp2_data_source_read_length_callback2 read_length2;
  nghttp2_pack_extension_callback pack_extension;
  nghttp2_pack_extension_callback2 pack_extension2;
  nghttp2_unpack_extension_callback unpack_extension;
  nghttp2_on_extension_chunk_recv_callback on_extension_chunk_recv;
  nghttp2_error_callback error;
  nghttp2_rand_callback rand;

  bool has_any() const;
};

inline constexpr RareCallbacks kNoRareCallbacks{};

}  // namespace nghttp2::api

struct nghttp2_session_callbacks : nghttp2::api::UsualCallbacks, nghttp2::api::RareCallbacks {};
