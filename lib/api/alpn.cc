// SPDX-License-Identifier: MIT
// Chooses HTTP/2 or HTTP/1.1 from the peer's ALPN protocol list (RFC 7301, section 3.1).
#include <nghttp2/nghttp2.h>

#include <cstring>

namespace nghttp2::api {
namespace {

struct ProtocolName {
  const char* text;
  unsigned char length;
};

constexpr ProtocolName kHttp2 = {NGHTTP2_PROTO_VERSION_ID, NGHTTP2_PROTO_VERSION_ID_LEN};
constexpr ProtocolName kHttp11 = {"http/1.1", 8};

// Finds a name in a list of length-prefixed names; an entry that exceeds the list ends it.
const unsigned char* find_protocol(ProtocolName wanted, const unsigned char* list,
                                   unsigned int list_length) {
  unsigned int offset = 0;
  while (offset < list_length) {
    const unsigned int length = list[offset++];
    if (length > list_length - offset) return nullptr;
    if (length == wanted.length && std::memcmp(list + offset, wanted.text, length) == 0) {
      return list + offset;
    }
    offset += length;
  }
  return nullptr;
}

}  // namespace
}  // namespace nghttp2::api

using namespace nghttp2::api;

int nghttp2_select_alpn(const unsigned char** out, unsigned char* outlen, const unsigned char* in,
                        unsigned int inlen) {
  if (const unsigned char* name = find_protocol(kHttp2, in, inlen)) {
    *out = name;
    *outlen = kHttp2.length;
    return 1;
  }
  if (const unsigned char* name = find_protocol(kHttp11, in, inlen)) {
    *out = name;
    *outlen = kHttp11.length;
    return 0;
  }
  return -1;
}

int nghttp2_select_next_protocol(unsigned char** out, unsigned char* outlen,
                                 const unsigned char* in, unsigned int inlen) {
  return nghttp2_select_alpn(const_cast<const unsigned char**>(out), outlen, in, inlen);
}
