// SPDX-License-Identifier: MIT
// Encodes fields into header blocks.
#include "hpack_tools/block_encoder.h"

#include <new>
#include <stdexcept>
#include <vector>

namespace hpack_tools {

namespace {

std::uint8_t* octets(const std::string& text) {
  return reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data()));
}

}  // namespace

BlockEncoder::BlockEncoder(std::uint32_t table_size, std::uint32_t max_used) {
  nghttp2_hd_deflater* handle = nullptr;
  if (nghttp2_hd_deflate_new(&handle, max_used) != 0) throw std::bad_alloc();
  handle_.reset(handle);
  change_table_size(table_size);
}

void BlockEncoder::change_table_size(std::uint32_t size) {
  if (size == setting_) return;  // else a size update that says nothing new would be written
  if (nghttp2_hd_deflate_change_table_size(handle_.get(), size) != 0) throw std::bad_alloc();
  setting_ = size;
}

std::string BlockEncoder::encode(std::span<const Field> fields) {
  std::vector<nghttp2_nv> views;
  views.reserve(fields.size());
  for (const Field& field : fields) {
    views.push_back({octets(field.name), octets(field.value), field.name.size(), field.value.size(),
                     NGHTTP2_NV_FLAG_NONE});
  }
  std::string block(nghttp2_hd_deflate_bound(handle_.get(), views.data(), views.size()), '\0');
  const nghttp2_ssize length = nghttp2_hd_deflate_hd2(handle_.get(), octets(block), block.size(),
                                                      views.data(), views.size());
  if (length < 0) throw std::runtime_error(nghttp2_strerror(static_cast<int>(length)));
  block.resize(static_cast<std::size_t>(length));
  return block;
}

std::size_t octets_in(std::span<const Field> fields) {
  std::size_t sum = 0;
  for (const Field& field : fields)
    sum += field.name.size() + field.value.size();
  return sum;
}

double percentage(std::size_t output, std::size_t input) {
  return input == 0 ? 0 : static_cast<double>(output) / static_cast<double>(input) * 100;
}

}  // namespace hpack_tools
