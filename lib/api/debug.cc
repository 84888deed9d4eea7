// SPDX-License-Identifier: MIT
// nghttp2_set_debug_vprintf_callback.
#include <nghttp2/nghttp2.h>

// The library prints nothing and has no debug build that would.
void nghttp2_set_debug_vprintf_callback(nghttp2_debug_vprintf_callback) {}
