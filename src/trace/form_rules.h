// SPDX-License-Identifier: MIT
// The rules that a received frame breaks by itself, whatever came before.
#pragma once

#include "trace/breaches.h"
#include "trace/frame.h"

namespace trace {

void check_form(const Frame& frame, const Parts& parts, Breaches& breaches);

}  // namespace trace
