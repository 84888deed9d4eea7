// SPDX-License-Identifier: MIT
// The representations that a header block consists of (RFC 7541 §6), as they are on the wire.
#include "hpack_explain/representation.h"

namespace hpack_explain {

std::optional<Representation> RepresentationReader::read(std::size_t begin) {
  using Kind = Representation::Kind;
  at_ = begin;
  Representation out;
  out.begin = begin;
  const std::uint8_t first = block_[begin];
  if (state_.must_update && (first & 0xe0) != 0x20) {
    fail(begin, "4.2", "a size update is due, as the table became smaller");
    return std::nullopt;
  }
  bool good = false;
  if ((first & 0x80) != 0) {
    out.kind = Kind::indexed;
    good = read_index(out, 7, false);
  } else if ((first & 0x40) != 0) {
    out.kind = Kind::added;
    good = read_index(out, 6, true) && read_literal(out);
  } else if ((first & 0x20) != 0) {
    out.kind = Kind::max_size_update;
    good = read_update(out);
  } else {
    out.kind = (first & 0x10) != 0 ? Kind::never_added : Kind::not_added;
    good = read_index(out, 4, true) && read_literal(out);
  }
  if (!good) return std::nullopt;
  out.end = at_;
  return out;
}

bool RepresentationReader::read_index(Representation& out, unsigned prefix_bits, bool may_be_zero) {
  const std::size_t begin = at_;
  if (!read_integer(prefix_bits, out.index)) return false;
  if (out.index == 0 && !may_be_zero) return fail(begin, "6.1", "the index is 0");
  if (out.index <= state_.entries) return true;
  return fail(begin, "2.3.3",
              "the index is " + std::to_string(out.index) + ", but there are " +
                  std::to_string(state_.entries) + " entries");
}

bool RepresentationReader::read_update(Representation& out) {
  const std::size_t begin = at_;
  if (!state_.may_update) return fail(begin, "4.2", "a size update behind a field");
  if (!read_integer(5, out.max_size)) return false;
  if (out.max_size <= state_.max_max_size) return true;
  return fail(begin, "6.3",
              "a size update to " + std::to_string(out.max_size) + ", but the limit is " +
                  std::to_string(state_.max_max_size));
}

bool RepresentationReader::read_literal(Representation& out) {
  return (out.index != 0 || read_string(out.name, "name")) && read_string(out.value, "value");
}

bool RepresentationReader::read_string(CodedString& out, const char* what) {
  const std::size_t begin = at_;
  if (at_ == block_.size()) {
    return fail(at_, "6.2", "the block ends where a " + std::string(what) + " begins");
  }
  out.is_huffman = (block_[at_] & 0x80) != 0;
  std::uint32_t length = 0;
  if (!read_integer(7, length)) return false;
  if (length > kMaxCodedOctets) {
    return fail(begin, "7.4",
                "a " + std::string(what) + " of " + std::to_string(length) + " octets; more than " +
                    std::to_string(kMaxCodedOctets) + " are not taken");
  }
  out.begin = at_;
  out.length = length;
  if (length > block_.size() - at_) {
    return fail(block_.size(), "5.2",
                "the block ends inside a " + std::string(what) + " of " + std::to_string(length) +
                    " octets");
  }
  at_ += length;
  return true;
}

// RFC 7541 §5.1. At most five octets behind the prefix, and no value above 2^32 - 1.
bool RepresentationReader::read_integer(unsigned prefix_bits, std::uint32_t& value) {
  constexpr unsigned kLastShift = 28;
  const std::size_t begin = at_;
  const std::uint32_t mask = (1U << prefix_bits) - 1;
  std::uint64_t sum = block_[at_++] & mask;
  if (sum == mask) {
    for (unsigned shift = 0;; shift += 7) {
      if (at_ == block_.size()) return fail(at_, "5.1", "the block ends inside an integer");
      if (shift > kLastShift) return fail(begin, "5.1", "an integer has too many octets");
      const std::uint8_t octet = block_[at_++];
      sum += std::uint64_t{octet & 0x7fU} << shift;
      if ((octet & 0x80) == 0) break;
    }
  }
  if (sum > UINT32_MAX) return fail(begin, "5.1", "an integer is greater than 4294967295");
  value = static_cast<std::uint32_t>(sum);
  return true;
}

bool RepresentationReader::fail(std::size_t offset, const char* section, std::string reason) {
  malformed_ = {offset, std::move(reason), section};
  return false;
}

}  // namespace hpack_explain
