// SPDX-License-Identifier: MIT
// JSON values with an owner.
#pragma once

#include <jansson.h>

#include <memory>

namespace hpack_tools {

struct JsonRelease {
  void operator()(json_t* value) const { json_decref(value); }
};
using Json = std::unique_ptr<json_t, JsonRelease>;

}  // namespace hpack_tools
