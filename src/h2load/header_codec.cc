// SPDX-License-Identifier: MIT
// Header blocks of a load.
#include "h2load/header_codec.h"

#include <algorithm>
#include <cstring>
#include <new>

#include "base/number.h"
#include "base/text.h"

namespace h2load {

namespace {

// So many different requests of a connection, and blocks of responses, are remembered.
constexpr std::size_t kMaxKnown = 16;
// Longer ones are not.
constexpr std::size_t kMaxKnownOctets = 4096;
// The fields of a response, once decoded.
constexpr std::size_t kMaxDecoded = 1024 * 1024;

// Takes an integer of RFC 7541 §5.1 off the front; false if it is not whole or absurd.
bool take_integer(Octets& block, unsigned prefix_bits, std::size_t& value) {
  if (block.empty()) return false;
  const unsigned most = (1u << prefix_bits) - 1;
  value = block.front() & most;
  block = block.subspan(1);
  if (value < most) return true;
  for (unsigned shift = 0; shift <= 21; shift += 7) {
    if (block.empty()) return false;
    const std::uint8_t octet = block.front();
    block = block.subspan(1);
    value += static_cast<std::size_t>(octet & 0x7f) << shift;
    if ((octet & 0x80) == 0) return true;
  }
  return false;
}

bool skip_string(Octets& block) {
  std::size_t length = 0;
  if (!take_integer(block, 7, length) || length > block.size()) return false;
  block = block.subspan(length);
  return true;
}

bool equal(std::string_view known, Octets block) {
  return known.size() == block.size() && std::memcmp(known.data(), block.data(), known.size()) == 0;
}

std::string_view text_of(const std::uint8_t* octets, std::size_t length) {
  return {reinterpret_cast<const char*>(octets), length};
}

}  // namespace

bool keeps_table(Octets block) {
  while (!block.empty()) {
    const std::uint8_t first = block.front();
    std::size_t index = 0;
    if ((first & 0x80) != 0) {
      if (!take_integer(block, 7, index)) return false;
      continue;
    }
    // Literals that are added to the table, and changes of its size.
    if ((first & 0x60) != 0) return false;
    if (!take_integer(block, 4, index)) return false;
    if (index == 0 && !skip_string(block)) return false;
    if (!skip_string(block)) return false;
  }
  return true;
}

HeaderEncoder::HeaderEncoder(std::size_t max_table_bytes) {
  nghttp2_hd_deflater* deflater = nullptr;
  if (nghttp2_hd_deflate_new(&deflater, max_table_bytes) != 0) throw std::bad_alloc();
  deflater_.reset(deflater);
}

void HeaderEncoder::set_peer_limit(std::uint32_t bytes) {
  known_.clear();
  if (nghttp2_hd_deflate_change_table_size(deflater_.get(), bytes) != 0) throw std::bad_alloc();
}

Octets HeaderEncoder::encode(const Request& request, bool is_lasting) {
  if (!is_lasting) return encode(request.field_array());
  for (const Known& known : known_)
    if (known.request == &request) return base::as_bytes(known.block);
  const Octets block = encode(request.field_array());
  if (block.size() <= kMaxKnownOctets && keeps_table(block) && known_.size() < kMaxKnown) {
    known_.push_back({&request, std::string(base::as_text(block))});
  }
  return block;
}

Octets HeaderEncoder::encode(const std::vector<nghttp2_nv>& fields) {
  block_.resize(nghttp2_hd_deflate_bound(deflater_.get(), fields.data(), fields.size()));
  const nghttp2_ssize length = nghttp2_hd_deflate_hd2(deflater_.get(), block_.data(), block_.size(),
                                                      fields.data(), fields.size());
  if (length < 0) return {};
  block_.resize(static_cast<std::size_t>(length));
  if (!keeps_table(block_)) known_.clear();
  return block_;
}

HeaderDecoder::HeaderDecoder() {
  nghttp2_hd_inflater* inflater = nullptr;
  if (nghttp2_hd_inflate_new(&inflater) != 0) throw std::bad_alloc();
  inflater_.reset(inflater);
}

void HeaderDecoder::set_table_limit(std::uint32_t bytes) {
  known_.clear();
  if (nghttp2_hd_inflate_change_table_size(inflater_.get(), bytes) != 0) throw std::bad_alloc();
}

const FieldFacts* HeaderDecoder::decode(Octets block, const Show& show) {
  if (!show) {
    if (const FieldFacts* const facts = find(block)) return facts;
  }
  if (!inflate(block, show)) return nullptr;
  if (!keeps_table(block)) {
    known_.clear();
  } else if (block.size() > kMaxKnownOctets) {
    return &facts_;
  } else if (known_.size() < kMaxKnown) {
    known_.push_back({std::string(base::as_text(block)), facts_});
  } else {
    known_[next_known_++ % kMaxKnown] = {std::string(base::as_text(block)), facts_};
  }
  return &facts_;
}

const FieldFacts* HeaderDecoder::find(Octets block) const {
  for (const Known& known : known_)
    if (equal(known.block, block)) return &known.facts;
  return nullptr;
}

bool HeaderDecoder::inflate(Octets block, const Show& show) {
  facts_ = {};
  for (;;) {
    nghttp2_nv field;
    int flags = 0;
    const nghttp2_ssize taken =
        nghttp2_hd_inflate_hd3(inflater_.get(), &field, &flags, block.data(), block.size(), 1);
    if (taken < 0) return false;
    block = block.subspan(static_cast<std::size_t>(taken));
    if ((flags & NGHTTP2_HD_INFLATE_EMIT) != 0) {
      const std::string_view name = text_of(field.name, field.namelen);
      const std::string_view value = text_of(field.value, field.valuelen);
      take(name, value);
      if (show) show(name, value);
      if (facts_.decoded_octets > kMaxDecoded) return false;
    }
    if ((flags & NGHTTP2_HD_INFLATE_FINAL) != 0) break;
    if ((flags & NGHTTP2_HD_INFLATE_EMIT) == 0 && block.empty()) return false;
  }
  return nghttp2_hd_inflate_end_headers(inflater_.get()) == 0;
}

void HeaderDecoder::take(std::string_view name, std::string_view value) {
  facts_.decoded_octets += name.size() + value.size();
  if (name.empty()) {
    facts_.is_malformed = true;
  } else if (name.front() == ':') {
    // RFC 9113 §8.3.2: three digits, once, and nothing else.
    const auto status = base::parse_unsigned(value);
    const bool is_status = name == ":status" && value.size() == 3 && status && *status >= 100;
    if (!is_status || facts_.status != 0) facts_.is_malformed = true;
    facts_.status = is_status ? static_cast<int>(*status) : 0;
  } else if (name == "content-length") {
    const auto length = base::parse_unsigned(value);
    if (!length || *length > INT64_MAX) {
      facts_.is_malformed = true;
    } else {
      facts_.content_length = static_cast<std::int64_t>(*length);
    }
  } else if (name == "grpc-status") {
    const auto status = base::parse_unsigned(value);
    facts_.grpc_status = status && *status < 1000 ? static_cast<int>(*status) : -1;
  }
}

}  // namespace h2load
