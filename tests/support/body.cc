// SPDX-License-Identifier: MIT
// A message body as a data provider reads it.
#include "support/body.h"

#include <algorithm>
#include <cstring>

namespace support {
namespace {

std::uint8_t* octets_of(const std::string& text) {
  return reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data()));
}

}  // namespace

std::vector<nghttp2_nv> views(const Fields& fields) {
  std::vector<nghttp2_nv> result;
  result.reserve(fields.size());
  for (const Field& field : fields) {
    const std::uint8_t flags = field.never_index ? NGHTTP2_NV_FLAG_NO_INDEX : NGHTTP2_NV_FLAG_NONE;
    result.push_back({octets_of(field.name), octets_of(field.value), field.name.size(),
                      field.value.size(), flags});
  }
  return result;
}

nghttp2_data_provider Body::provider() {
  nghttp2_data_provider provider;
  provider.source.ptr = this;
  provider.read_callback = [](nghttp2_session* session, std::int32_t stream_id,
                              std::uint8_t* buffer, std::size_t length, std::uint32_t* data_flags,
                              nghttp2_data_source* source, void*) -> ssize_t {
    return static_cast<Body*>(source->ptr)->read(session, stream_id, buffer, length, data_flags);
  };
  return provider;
}

nghttp2_data_provider2 Body::provider2() {
  nghttp2_data_provider2 provider;
  provider.source.ptr = this;
  provider.read_callback = [](nghttp2_session* session, std::int32_t stream_id,
                              std::uint8_t* buffer, std::size_t length, std::uint32_t* data_flags,
                              nghttp2_data_source* source, void*) -> nghttp2_ssize {
    return static_cast<Body*>(source->ptr)->read(session, stream_id, buffer, length, data_flags);
  };
  return provider;
}

long Body::read(nghttp2_session* session, std::int32_t stream_id, std::uint8_t* buffer,
                std::size_t length, std::uint32_t* data_flags) {
  if (deferrals > 0) {
    --deferrals;
    return NGHTTP2_ERR_DEFERRED;
  }
  std::size_t size = std::min(length, bytes.size() - offset);
  if (chunk > 0) size = std::min(size, chunk);
  if (size == 0 && failure != 0) return failure;
  if (copy) {
    std::memcpy(buffer, bytes.data() + offset, size);
    offset += size;
  } else {
    *data_flags |= NGHTTP2_DATA_FLAG_NO_COPY;
  }
  const std::size_t end = copy ? offset : offset + size;
  if (end < bytes.size() || failure != 0) return static_cast<long>(size);
  *data_flags |= NGHTTP2_DATA_FLAG_EOF;
  if (!end_stream || !trailers.empty()) *data_flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
  if (!trailers.empty()) {
    const auto fields = views(trailers);
    const int result = nghttp2_submit_trailer(session, stream_id, fields.data(), fields.size());
    out_of_memory = result == NGHTTP2_ERR_NOMEM;
    if (result != 0) return NGHTTP2_ERR_CALLBACK_FAILURE;
  }
  return static_cast<long>(size);
}

}  // namespace support
