// SPDX-License-Identifier: MIT
// From a field name to its token.
#pragma once

#include "base/bytes.h"
#include "base/token.h"

namespace nghttp2::hpack {

using nghttp2::Token;

// Token::none for names without one. Names are compared octet by octet: HTTP/2 field names are in
// lower case.
Token token_of(Bytes name);

}  // namespace nghttp2::hpack
