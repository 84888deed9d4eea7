// SPDX-License-Identifier: MIT
// Whatever fields are encoded, also after changes of the table size, the decoder returns (RFC
// 7541).
#include <nghttp2/nghttp2.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace {

// Cuts the input into fields: one octet of lengths and flags, then name and value.
std::vector<nghttp2_nv> take_fields(const uint8_t*& data, const uint8_t* end) {
  std::vector<nghttp2_nv> fields;
  while (data != end && fields.size() < 8) {
    const uint8_t control = *data++;
    const auto left = static_cast<size_t>(end - data);
    const size_t name_size = (control & 7u) < left ? (control & 7u) : left;
    const size_t value_size =
        (control >> 3 & 15u) < left - name_size ? (control >> 3 & 15u) : left - name_size;
    auto* name = const_cast<uint8_t*>(data);
    fields.push_back({name, name + name_size, name_size, value_size,
                      static_cast<uint8_t>(control >> 7)});  // the top bit: NO_INDEX
    data += name_size + value_size;
  }
  return fields;
}

void expect(bool holds) {
  if (!holds) std::abort();
}

void decode(nghttp2_hd_inflater* inflater, const std::vector<uint8_t>& block,
            const std::vector<nghttp2_nv>& expected) {
  size_t begin = 0;
  size_t count = 0;
  for (;;) {
    nghttp2_nv field;
    int flags = 0;
    const nghttp2_ssize used = nghttp2_hd_inflate_hd3(
        inflater, &field, &flags, block.data() + begin, block.size() - begin, 1);
    expect(used >= 0);
    begin += static_cast<size_t>(used);
    if ((flags & NGHTTP2_HD_INFLATE_EMIT) != 0) {
      expect(count < expected.size());
      const nghttp2_nv& sent = expected[count++];
      expect(field.namelen == sent.namelen && field.valuelen == sent.valuelen);
      expect(std::memcmp(field.name, sent.name, sent.namelen) == 0);
      expect(std::memcmp(field.value, sent.value, sent.valuelen) == 0);
      expect((field.flags & NGHTTP2_NV_FLAG_NO_INDEX) >= (sent.flags & NGHTTP2_NV_FLAG_NO_INDEX));
    }
    if ((flags & NGHTTP2_HD_INFLATE_FINAL) != 0) break;
  }
  expect(count == expected.size());
  nghttp2_hd_inflate_end_headers(inflater);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  nghttp2_hd_deflater* deflater = nullptr;
  nghttp2_hd_inflater* inflater = nullptr;
  expect(nghttp2_hd_deflate_new(&deflater, 4096) == 0 && nghttp2_hd_inflate_new(&inflater) == 0);
  const uint8_t* end = data + size;
  while (data != end) {
    const size_t table_size = size_t{*data++} * 16;
    if (table_size % 3 == 0) {
      expect(nghttp2_hd_inflate_change_table_size(inflater, table_size) == 0);
      expect(nghttp2_hd_deflate_change_table_size(deflater, table_size) == 0);
    }
    const std::vector<nghttp2_nv> fields = take_fields(data, end);
    std::vector<uint8_t> block(nghttp2_hd_deflate_bound(deflater, fields.data(), fields.size()));
    const nghttp2_ssize length =
        nghttp2_hd_deflate_hd2(deflater, block.data(), block.size(), fields.data(), fields.size());
    expect(length >= 0 && static_cast<size_t>(length) <= block.size());
    block.resize(static_cast<size_t>(length));
    decode(inflater, block, fields);
  }
  nghttp2_hd_inflate_del(inflater);
  nghttp2_hd_deflate_del(deflater);
  return 0;
}
