// SPDX-License-Identifier: MIT
// Parts of a file as content of a 206 response (RFC 9110 §14.4, §14.6).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/range.h"
#include "nghttpd/resource.h"

namespace nghttpd {

// "bytes FIRST-LAST/SIZE".
std::string content_range(const http::ByteRange& range, std::uint64_t size);

// Nothing that a file would contain by accident.
std::string make_boundary();

// The ranges of a form as multipart/byteranges.
std::unique_ptr<http::BodySource> multipart_body(const Form& form, std::string_view media_type,
                                                 const std::vector<http::ByteRange>& ranges,
                                                 const std::string& boundary);

}  // namespace nghttpd
