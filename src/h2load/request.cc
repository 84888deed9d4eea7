// SPDX-License-Identifier: MIT
// A request that only has to be sent.
#include "h2load/request.h"

#include <cstdio>
#include <utility>

#include "http1/head_writer.h"
#include "http2/field_copy.h"

namespace h2load {

namespace {

std::string_view view(const std::uint8_t* octets, std::size_t length) {
  return {reinterpret_cast<const char*>(octets), length};
}

std::string_view name_of(const nghttp2_nv& field) {
  return view(field.name, field.namelen);
}

std::string_view value_of(const nghttp2_nv& field) {
  return view(field.value, field.valuelen);
}

void append_field(std::string& out, const nghttp2_nv& field) {
  out.append(name_of(field)).append(": ").append(value_of(field)).append("\r\n");
}

std::vector<nghttp2_nv> lasting(const http2::FieldArray& array) {
  std::vector<nghttp2_nv> list(array.data(), array.data() + array.size());
  for (nghttp2_nv& field : list)
    field.flags |= NGHTTP2_NV_FLAG_NO_COPY_NAME | NGHTTP2_NV_FLAG_NO_COPY_VALUE;
  return list;
}

void point_to(nghttp2_nv& field, const std::string& value) {
  // libnghttp2 changes none of it.
  field.value = reinterpret_cast<std::uint8_t*>(const_cast<char*>(value.data()));
  field.valuelen = value.size();
}

constexpr std::string_view kChunked = "transfer-encoding: chunked\r\n";

}  // namespace

Request::Request(http::Head head, SharedText body, http::Fields trailers)
    : head_(std::move(head)),
      body_(std::move(body)),
      trailers_(std::move(trailers)),
      is_head_(head_.method == "HEAD") {}

base::Result<std::unique_ptr<Request>> Request::prepare(http::Head head, SharedText body,
                                                        http::Fields trailers) {
  std::unique_ptr<Request> request(
      new Request(std::move(head), std::move(body), std::move(trailers)));
  auto text = request->write_head();
  if (!text) return base::Error{text.error()};
  if (const auto lines = http1::write_fields(request->trailers_); !lines) {
    return base::Error{lines.error()};
  }
  request->text_ = *std::move(text);
  request->make_arrays();
  return request;
}

base::Result<std::string> Request::write_head() const {
  http::Fields extra;
  if (!trailers_.empty()) extra.add("transfer-encoding", "chunked");
  return http1::write_request_head(head_, http1::TargetForm::origin, extra);
}

void Request::make_arrays() {
  http2::FieldArray array;
  array.assign(head_);
  array_ = lasting(array);
  array.assign(trailers_);
  trailer_array_ = lasting(array);
  for (std::size_t i = 0; i < array_.size(); ++i) {
    field_octets_ += array_[i].namelen + array_[i].valuelen;
    if (name_of(array_[i]) == ":path") path_index_ = i;
  }
}

void Request::set_value(std::size_t index, std::string_view value) {
  // Strings must stay where they are.
  if (values_.empty()) values_.resize(array_.size());
  nghttp2_nv& field = array_[index];
  field_octets_ += value.size() - field.valuelen;
  values_[index] = value;
  point_to(field, values_[index]);
  is_text_valid_ = false;
}

void Request::set_trailer(std::size_t index, std::string_view value) {
  if (trailer_values_.empty()) trailer_values_.resize(trailer_array_.size());
  trailer_values_[index] = value;
  point_to(trailer_array_[index], trailer_values_[index]);
}

void Request::set_body(std::string_view body) {
  if (!own_body_) body_ = own_body_ = std::make_shared<std::string>();
  *own_body_ = body;
}

const std::string& Request::head_text() const {
  if (is_text_valid_) return text_;
  text_.assign(head_.method).append(" ").append(value_of(array_[path_index_]));
  text_.append(" HTTP/1.1\r\nhost: ").append(head_.authority).append("\r\n");
  if (has_trailers()) text_.append(kChunked);
  for (const nghttp2_nv& field : array_)
    if (field.name[0] != ':') append_field(text_, field);
  text_.append("\r\n");
  is_text_valid_ = true;
  return text_;
}

void Request::append_content(std::string& out) const {
  if (!has_trailers()) {
    out.append(body());
    return;
  }
  if (!body().empty()) {
    char size[20];
    std::snprintf(size, sizeof(size), "%zx\r\n", body().size());
    out.append(size).append(body()).append("\r\n");
  }
  out.append("0\r\n");
  for (const nghttp2_nv& field : trailer_array_)
    append_field(out, field);
  out.append("\r\n");
}

}  // namespace h2load
