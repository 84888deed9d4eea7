// SPDX-License-Identifier: MIT
// Functions that a libnghttp2 under comparison may lack: weak, hence null there.
#pragma once

#include <nghttp2/nghttp2.h>

#define SUPPORT_WEAK(function) extern "C" __attribute__((weak)) decltype(function) function

SUPPORT_WEAK(nghttp2_option_set_glitch_rate_limit);
SUPPORT_WEAK(nghttp2_option_set_max_outbound_queue_size);
SUPPORT_WEAK(nghttp2_session_callbacks_set_data_source_read_length_callback2);
SUPPORT_WEAK(nghttp2_session_callbacks_set_pack_extension_callback2);
SUPPORT_WEAK(nghttp2_session_callbacks_set_recv_callback2);
SUPPORT_WEAK(nghttp2_session_callbacks_set_select_padding_callback2);
SUPPORT_WEAK(nghttp2_session_callbacks_set_send_callback2);
SUPPORT_WEAK(nghttp2_session_get_extpri_stream_priority);
SUPPORT_WEAK(nghttp2_session_mem_recv2);
SUPPORT_WEAK(nghttp2_session_mem_send2);
SUPPORT_WEAK(nghttp2_session_mem_send_into);
SUPPORT_WEAK(nghttp2_submit_data2);
SUPPORT_WEAK(nghttp2_submit_request2);
SUPPORT_WEAK(nghttp2_submit_response2);

#undef SUPPORT_WEAK

namespace support {

// Which of two functions that differ in their size type alone is called: ssize_t or nghttp2_ssize.
enum class Twins { ssize, nghttp2_ssize };

}  // namespace support
