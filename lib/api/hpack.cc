// SPDX-License-Identifier: MIT
// nghttp2_hd_*: HPACK without a session.
#include <nghttp2/nghttp2.h>

#include "base/allocator.h"
#include "hpack/deflater.h"
#include "hpack/inflater.h"

using nghttp2::Allocator;
using nghttp2::Buffer;
using nghttp2::Bytes;
using nghttp2::copy_bytes;
using nghttp2::Memory;
using nghttp2::memory_or_default;
using nghttp2::MutableBytes;
using nghttp2::Result;
using nghttp2::Slice;
using nghttp2::Status;
using nghttp2::hpack::Deflater;
using nghttp2::hpack::Field;
using nghttp2::hpack::Inflater;

struct nghttp2_hd_deflater {
  nghttp2_hd_deflater(const Memory& memory, size_t max_table_size)
      : allocator(memory), deflater(allocator, max_table_size) {}

  Allocator allocator;
  Deflater deflater;
};

struct nghttp2_hd_inflater {
  explicit nghttp2_hd_inflater(const Memory& memory) : allocator(memory), inflater(allocator) {}

  Allocator allocator;
  Inflater inflater;
};

namespace {

template <typename HANDLE, typename... Args>
int make_handle(HANDLE** place, const Memory* memory_or_null, Args... args) {
  const Memory& memory = memory_or_default(memory_or_null);
  HANDLE* handle = Allocator(memory).create<HANDLE>(memory, args...);
  if (!handle) return int(Status::no_memory);
  *place = handle;
  return 0;
}

template <typename HANDLE>
void delete_handle(HANDLE* handle) {
  if (!handle) return;
  // The handle holds the allocator it came from.
  const Allocator allocator = handle->allocator;
  allocator.destroy(handle);
}

nghttp2_ssize to_c(Result<size_t> result) {
  return result.ok() ? nghttp2_ssize(result.value) : nghttp2_ssize(result.status);
}

Result<size_t> scatter(nghttp2_hd_deflater& handle, Slice<const nghttp2_vec> chunks,
                       Slice<const nghttp2_nv> fields) {
  Buffer block(handle.allocator);
  if (const Status status = handle.deflater.encode(block, fields); status != Status::ok) {
    return status;
  }
  Bytes rest = block.bytes();
  for (const nghttp2_vec& chunk : chunks) {
    const size_t count = chunk.len < rest.size() ? chunk.len : rest.size();
    copy_bytes(chunk.base, rest.first(count));
    rest = rest.from(count);
  }
  if (rest.empty()) return block.size();
  handle.deflater.give_up();
  return Status::insufficient_buffer;
}

// Three public functions are this one; a call between them would show in the time of a field.
[[gnu::always_inline]] inline nghttp2_ssize inflate(nghttp2_hd_inflater& handle, nghttp2_nv& nv_out,
                                                    int& flags, Bytes input, bool is_last) {
  const size_t given = input.size();
  flags = NGHTTP2_HD_INFLATE_NONE;
  const Result<Inflater::Step> step = handle.inflater.next(input, is_last);
  if (!step.ok()) return nghttp2_ssize(step.status);
  if (step.value == Inflater::Step::field) {
    const Field& field = handle.inflater.field();
    nv_out = {const_cast<uint8_t*>(field.name.data()), const_cast<uint8_t*>(field.value.data()),
              field.name.size(), field.value.size(),
              uint8_t(field.never_index ? NGHTTP2_NV_FLAG_NO_INDEX : NGHTTP2_NV_FLAG_NONE)};
    flags = NGHTTP2_HD_INFLATE_EMIT;
  } else if (step.value == Inflater::Step::done) {
    flags = NGHTTP2_HD_INFLATE_FINAL;
  }
  return nghttp2_ssize(given - input.size());
}

}  // namespace

int nghttp2_hd_deflate_new(nghttp2_hd_deflater** deflater_ptr,
                           size_t max_deflate_dynamic_table_size) {
  return nghttp2_hd_deflate_new2(deflater_ptr, max_deflate_dynamic_table_size, nullptr);
}

int nghttp2_hd_deflate_new2(nghttp2_hd_deflater** deflater_ptr,
                            size_t max_deflate_dynamic_table_size, nghttp2_mem* mem) {
  return make_handle(deflater_ptr, mem, max_deflate_dynamic_table_size);
}

void nghttp2_hd_deflate_del(nghttp2_hd_deflater* deflater) {
  delete_handle(deflater);
}

int nghttp2_hd_deflate_change_table_size(nghttp2_hd_deflater* deflater,
                                         size_t settings_max_dynamic_table_size) {
  return int(deflater->deflater.change_table_size(settings_max_dynamic_table_size));
}

nghttp2_ssize nghttp2_hd_deflate_hd2(nghttp2_hd_deflater* deflater, uint8_t* buf, size_t buflen,
                                     const nghttp2_nv* nva, size_t nvlen) {
  return to_c(deflater->deflater.encode_into({buf, buflen}, {nva, nvlen}));
}

nghttp2_ssize nghttp2_hd_deflate_hd_vec2(nghttp2_hd_deflater* deflater, const nghttp2_vec* vec,
                                         size_t veclen, const nghttp2_nv* nva, size_t nvlen) {
  if (veclen == 1) return nghttp2_hd_deflate_hd2(deflater, vec->base, vec->len, nva, nvlen);
  return to_c(scatter(*deflater, {vec, veclen}, {nva, nvlen}));
}

ssize_t nghttp2_hd_deflate_hd(nghttp2_hd_deflater* deflater, uint8_t* buf, size_t buflen,
                              const nghttp2_nv* nva, size_t nvlen) {
  return nghttp2_hd_deflate_hd2(deflater, buf, buflen, nva, nvlen);
}

ssize_t nghttp2_hd_deflate_hd_vec(nghttp2_hd_deflater* deflater, const nghttp2_vec* vec,
                                  size_t veclen, const nghttp2_nv* nva, size_t nvlen) {
  return nghttp2_hd_deflate_hd_vec2(deflater, vec, veclen, nva, nvlen);
}

size_t nghttp2_hd_deflate_bound(nghttp2_hd_deflater*, const nghttp2_nv* nva, size_t nvlen) {
  return Deflater::bound({nva, nvlen});
}

size_t nghttp2_hd_deflate_get_num_table_entries(nghttp2_hd_deflater* deflater) {
  return deflater->deflater.entry_count();
}

const nghttp2_nv* nghttp2_hd_deflate_get_table_entry(nghttp2_hd_deflater* deflater, size_t idx) {
  return deflater->deflater.entry(idx);
}

size_t nghttp2_hd_deflate_get_dynamic_table_size(nghttp2_hd_deflater* deflater) {
  return deflater->deflater.dynamic_table_size();
}

size_t nghttp2_hd_deflate_get_max_dynamic_table_size(nghttp2_hd_deflater* deflater) {
  return deflater->deflater.max_dynamic_table_size();
}

int nghttp2_hd_inflate_new(nghttp2_hd_inflater** inflater_ptr) {
  return nghttp2_hd_inflate_new2(inflater_ptr, nullptr);
}

int nghttp2_hd_inflate_new2(nghttp2_hd_inflater** inflater_ptr, nghttp2_mem* mem) {
  return make_handle(inflater_ptr, mem);
}

void nghttp2_hd_inflate_del(nghttp2_hd_inflater* inflater) {
  delete_handle(inflater);
}

int nghttp2_hd_inflate_change_table_size(nghttp2_hd_inflater* inflater,
                                         size_t settings_max_dynamic_table_size) {
  return int(inflater->inflater.change_table_size(settings_max_dynamic_table_size));
}

nghttp2_ssize nghttp2_hd_inflate_hd3(nghttp2_hd_inflater* inflater, nghttp2_nv* nv_out,
                                     int* inflate_flags, const uint8_t* in, size_t inlen,
                                     int in_final) {
  return inflate(*inflater, *nv_out, *inflate_flags, {in, inlen}, in_final != 0);
}

ssize_t nghttp2_hd_inflate_hd2(nghttp2_hd_inflater* inflater, nghttp2_nv* nv_out,
                               int* inflate_flags, const uint8_t* in, size_t inlen, int in_final) {
  return inflate(*inflater, *nv_out, *inflate_flags, {in, inlen}, in_final != 0);
}

ssize_t nghttp2_hd_inflate_hd(nghttp2_hd_inflater* inflater, nghttp2_nv* nv_out, int* inflate_flags,
                              uint8_t* in, size_t inlen, int in_final) {
  return inflate(*inflater, *nv_out, *inflate_flags, {in, inlen}, in_final != 0);
}

int nghttp2_hd_inflate_end_headers(nghttp2_hd_inflater* inflater) {
  inflater->inflater.end_block();
  return 0;
}

size_t nghttp2_hd_inflate_get_num_table_entries(nghttp2_hd_inflater* inflater) {
  return inflater->inflater.entry_count();
}

const nghttp2_nv* nghttp2_hd_inflate_get_table_entry(nghttp2_hd_inflater* inflater, size_t idx) {
  return inflater->inflater.entry(idx);
}

size_t nghttp2_hd_inflate_get_dynamic_table_size(nghttp2_hd_inflater* inflater) {
  return inflater->inflater.dynamic_table_size();
}

size_t nghttp2_hd_inflate_get_max_dynamic_table_size(nghttp2_hd_inflater* inflater) {
  return inflater->inflater.max_dynamic_table_size();
}
