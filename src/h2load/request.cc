// SPDX-License-Identifier: MIT
// A request that only has to be sent.
#include "h2load/request.h"

#include <utility>

#include "http1/head_writer.h"
#include "http2/field_copy.h"

namespace h2load {

Request::Request(http::Head head, SharedText body)
    : head_(std::move(head)), body_(std::move(body)), is_head_(head_.method == "HEAD") {}

base::Result<std::unique_ptr<const Request>> Request::prepare(http::Head head, SharedText body) {
  std::unique_ptr<Request> request(new Request(std::move(head), std::move(body)));
  auto text = http1::write_request_head(request->head_);
  if (!text) return base::Error{text.error()};
  request->text_ = *std::move(text);
  http2::FieldArray array;
  array.assign(request->head_);
  request->array_.assign(array.data(), array.data() + array.size());
  for (nghttp2_nv& field : request->array_) {
    field.flags |= NGHTTP2_NV_FLAG_NO_COPY_NAME | NGHTTP2_NV_FLAG_NO_COPY_VALUE;
    request->field_octets_ += field.namelen + field.valuelen;
  }
  return std::unique_ptr<const Request>(std::move(request));
}

}  // namespace h2load
