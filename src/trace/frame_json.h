// SPDX-License-Identifier: MIT
// Frames as JSON; doc/nghttp-json.rst describes the members.
#pragma once

#include "json/value.h"
#include "trace/sink.h"

namespace trace {

// Adds the members of a frame to an object.
void add_frame_json(const json::Value& object, const TracedFrame& traced, bool with_data);

}  // namespace trace
