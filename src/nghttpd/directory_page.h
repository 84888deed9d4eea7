// SPDX-License-Identifier: MIT
// The page that lists a directory (--list-directory).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "nghttpd/document_root.h"

namespace nghttpd {

// `path` is decoded and begins and ends with a slash; nullopt if the directory cannot be read.
std::optional<std::string> directory_page(const DocumentRoot& root, const std::string& path,
                                          std::uint16_t port);

}  // namespace nghttpd
