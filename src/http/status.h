// SPDX-License-Identifier: MIT
// Status codes and their phrases (RFC 9110 §15 and the IANA registry).
#pragma once

#include <string_view>

namespace http {

// "Not Found" for 404; an empty view for codes the registry does not name.
std::string_view status_phrase(int status);

}  // namespace http
