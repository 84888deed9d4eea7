// SPDX-License-Identifier: MIT
// How requests are ranked: by RFC 9218, and by the tree of RFC 7540 §5.3 where that is asked for.
#pragma once

#include <string>

#include "http2/client_connection.h"
#include "nghttp/asset.h"
#include "nghttp/config.h"
#include "nghttp/request.h"

namespace nghttp {

// Whether requests have places in the tree.
bool uses_tree(const Config& config);

// The value of the priority field for an asset; empty for none.
std::string priority_field(const Config& config, AssetKind kind);

// A request's place in the tree.
nghttp2_priority_spec place_in_tree(const Config& config, const Request& request);

// Sends what the places refer to: idle streams that stand for groups of requests. Requests use the
// streams behind them.
void declare_groups(const Config& config, http2::ClientConnection& connection);

}  // namespace nghttp
