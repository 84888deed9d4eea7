// SPDX-License-Identifier: MIT
// Header blocks from a hostile peer decode the same whole and octet by octet (RFC 7541).
#include <nghttp2/nghttp2.h>

#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

// The fields of a block as text, with "error" at the end if it is not one.
std::string decode(const uint8_t* block, size_t size, size_t piece) {
  nghttp2_hd_inflater* inflater = nullptr;
  if (nghttp2_hd_inflate_new(&inflater) != 0) return {};
  std::string fields;
  size_t given = 0;
  size_t begin = 0;
  for (;;) {
    nghttp2_nv field;
    int flags = 0;
    given = begin + piece < size ? begin + piece : size;
    const nghttp2_ssize used = nghttp2_hd_inflate_hd3(inflater, &field, &flags, block + begin,
                                                      given - begin, given == size);
    if (used < 0 || static_cast<size_t>(used) > given - begin) {
      fields += "error";
      break;
    }
    begin += static_cast<size_t>(used);
    if ((flags & NGHTTP2_HD_INFLATE_EMIT) != 0) {
      fields.append(reinterpret_cast<const char*>(field.name), field.namelen).append("=");
      fields.append(reinterpret_cast<const char*>(field.value), field.valuelen).append("\n");
    }
    if ((flags & NGHTTP2_HD_INFLATE_FINAL) != 0) break;
  }
  nghttp2_hd_inflate_del(inflater);
  return fields;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string whole = decode(data, size, size);
  if (decode(data, size, 1) != whole || decode(data, size, 7) != whole) std::abort();
  return 0;
}
