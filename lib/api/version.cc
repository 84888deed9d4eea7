// SPDX-License-Identifier: MIT
// Tells which release of the library is running.
#include <nghttp2/nghttp2.h>

namespace {

const nghttp2_info kInfo = {NGHTTP2_VERSION_AGE, NGHTTP2_VERSION_NUM, NGHTTP2_VERSION,
                            NGHTTP2_PROTO_VERSION_ID};

}  // namespace

nghttp2_info* nghttp2_version(int least_version) {
  if (least_version > NGHTTP2_VERSION_NUM) return nullptr;
  // The interface lacks a const here; the struct is in read-only memory all the same.
  return const_cast<nghttp2_info*>(&kInfo);
}
