// SPDX-License-Identifier: MIT
// Parts of a file as content of a 206 response.
#include "nghttpd/multipart.h"

#include "base/random.h"
#include "base/text.h"

namespace nghttpd {

std::string content_range(const http::ByteRange& range, std::uint64_t size) {
  return "bytes " + std::to_string(range.offset) + "-" +
         std::to_string(range.offset + range.length - 1) + "/" + std::to_string(size);
}

std::string make_boundary() {
  std::uint8_t octets[16];
  base::fill_random(octets);
  return base::to_hex(octets);
}

std::unique_ptr<http::BodySource> multipart_body(const Form& form, std::string_view media_type,
                                                 const std::vector<http::ByteRange>& ranges,
                                                 const std::string& boundary) {
  auto body = std::make_unique<http::ChainBody>();
  for (const http::ByteRange& range : ranges) {
    std::string head = "\r\n--" + boundary + "\r\n";
    if (!media_type.empty()) head += "Content-Type: " + std::string(media_type) + "\r\n";
    head += "Content-Range: " + content_range(range, form.size) + "\r\n\r\n";
    body->append(std::make_unique<http::TextBody>(std::move(head)));
    body->append(form_body(form, range.offset, range.length));
  }
  body->append(std::make_unique<http::TextBody>("\r\n--" + boundary + "--\r\n"));
  return body;
}

}  // namespace nghttpd
