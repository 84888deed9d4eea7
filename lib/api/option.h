// SPDX-License-Identifier: MIT
// The handle of nghttp2_option.
#pragma once

#include "session/session.h"

struct nghttp2_option {
  nghttp2::session::Options values;
};
