// SPDX-License-Identifier: MIT
// The pages that explain why a request got no file.
#include "nghttpd/error_page.h"

#include <nghttp2/nghttp2.h>
#include <zlib.h>

#include "http/status.h"
#include "nghttpd/accept_encoding.h"

namespace nghttpd {

std::string error_page(int status, std::uint16_t port) {
  const std::string title = std::to_string(status) + " " + std::string(http::status_phrase(status));
  return "<html><head><title>" + title + "</title></head><body><h1>" + title +
         "</h1><hr><address>nghttpd nghttp2/" NGHTTP2_VERSION " at port " + std::to_string(port) +
         "</address></body></html>";
}

std::string gzip(std::string_view text) {
  constexpr int kGzipWindow = 15 + 16;
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    return {};
  }
  std::string out(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int result = deflate(&stream, Z_FINISH);
  out.resize(result == Z_STREAM_END ? stream.total_out : 0);
  deflateEnd(&stream);
  return out;
}

bool accepts_gzip(std::string_view accept_encoding, bool is_present) {
  if (!is_present) return true;
  return parse_accept_encoding(accept_encoding).gzip > 0;
}

}  // namespace nghttpd
