// SPDX-License-Identifier: MIT
// Entry points of older applications: each forwards to its successor. Where ssize_t and
// nghttp2_ssize are the same type, as everywhere that this library is built for, so are the data
// providers.
#include <type_traits>

#include "api/handle.h"

static_assert(std::is_same_v<ssize_t, nghttp2_ssize>);

namespace {

// The two provider types differ in name only.
const nghttp2_data_provider2* successor(const nghttp2_data_provider* provider,
                                        nghttp2_data_provider2* storage) {
  if (!provider) return nullptr;
  *storage = {provider->source, provider->read_callback};
  return storage;
}

}  // namespace

ssize_t nghttp2_session_mem_send(nghttp2_session* session, const uint8_t** data_ptr) {
  return nghttp2_session_mem_send2(session, data_ptr);
}

ssize_t nghttp2_session_mem_recv(nghttp2_session* session, const uint8_t* in, size_t inlen) {
  return nghttp2_session_mem_recv2(session, in, inlen);
}

ssize_t nghttp2_pack_settings_payload(uint8_t* buf, size_t buflen, const nghttp2_settings_entry* iv,
                                      size_t niv) {
  return nghttp2_pack_settings_payload2(buf, buflen, iv, niv);
}

int32_t nghttp2_submit_request(nghttp2_session* session, const nghttp2_priority_spec* pri_spec,
                               const nghttp2_nv* nva, size_t nvlen,
                               const nghttp2_data_provider* data_prd, void* stream_user_data) {
  nghttp2_data_provider2 provider;
  return nghttp2_submit_request2(session, pri_spec, nva, nvlen, successor(data_prd, &provider),
                                 stream_user_data);
}

int nghttp2_submit_response(nghttp2_session* session, int32_t stream_id, const nghttp2_nv* nva,
                            size_t nvlen, const nghttp2_data_provider* data_prd) {
  nghttp2_data_provider2 provider;
  return nghttp2_submit_response2(session, stream_id, nva, nvlen, successor(data_prd, &provider));
}

int nghttp2_submit_data(nghttp2_session* session, uint8_t flags, int32_t stream_id,
                        const nghttp2_data_provider* data_prd) {
  nghttp2_data_provider2 provider;
  return nghttp2_submit_data2(session, flags, stream_id, successor(data_prd, &provider));
}
