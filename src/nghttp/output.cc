// SPDX-License-Identifier: MIT
// Standard output for content and traces.
#include "nghttp/output.h"

#include <unistd.h>

#include <cerrno>

#include "base/text.h"

namespace nghttp {

Output::Output() {
  constexpr std::size_t kBufferBytes = 64 * 1024;
  // To a terminal lines go out one by one, as usual.
  if (::isatty(STDOUT_FILENO) == 0) std::setvbuf(stdout, nullptr, _IOFBF, kBufferBytes);
}

void Output::write(http::Bytes bytes) {
  if (bytes.empty() || has_failed()) return;
  if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) != bytes.size()) {
    error_ = "cannot write to standard output: " + base::error_text(errno);
  }
}

void Output::write(std::string_view text) {
  write(base::as_bytes(text));
}

const std::string& Output::error() {
  if (!has_failed() && (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)) {
    error_ = "cannot write to standard output: " + base::error_text(errno);
  }
  return error_;
}

}  // namespace nghttp
