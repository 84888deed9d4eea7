// SPDX-License-Identifier: MIT
// Media types by file name extension, as mime.types files list them.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.h"

namespace http {

class MediaTypes {
 public:
  // Reads lines of "type extension..."; '#' starts a comment. Later lines win.
  void parse(std::string_view text);

  // Reads a file of such lines.
  base::Result<void> load(const std::string& path);

  // The media type for a path by the extension of its last segment; empty when unknown.
  std::string_view find(std::string_view path) const;

  std::size_t size() const { return types_.size(); }

 private:
  std::unordered_map<std::string, std::string> types_;
};

}  // namespace http
