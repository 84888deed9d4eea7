// SPDX-License-Identifier: MIT
// The pages that explain why a request got no file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace nghttpd {

// A small HTML page that names the status.
std::string error_page(int status, std::uint16_t port);

// The gzip form (RFC 1952) of a text; empty if there is not enough memory.
std::string gzip(std::string_view text);

// Whether an accept-encoding value admits gzip (RFC 9110 §12.5.3); an absent field admits all.
bool accepts_gzip(std::string_view accept_encoding, bool is_present);

}  // namespace nghttpd
