// SPDX-License-Identifier: MIT
// The representations that a header block consists of (RFC 7541 §6), as they are on the wire.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace hpack_explain {

inline constexpr std::size_t kStaticEntries = 61;
// A decoder takes no string that is longer on the wire (RFC 7541 §7.4).
inline constexpr std::uint32_t kMaxCodedOctets = 65536;

// RFC 7541 §5.2; without its length.
struct CodedString {
  std::size_t begin = 0;  // from the start of the block
  std::size_t length = 0;
  bool is_huffman = false;
};

struct Representation {
  enum class Kind {
    indexed,         // §6.1
    added,           // §6.2.1, literal with incremental indexing
    not_added,       // §6.2.2, literal without indexing
    never_added,     // §6.2.3, literal never indexed
    max_size_update  // §6.3
  };

  Kind kind = Kind::indexed;
  std::size_t begin = 0;  // from the start of the block
  std::size_t end = 0;
  std::uint32_t index = 0;  // of the field or its name; 0 for a name that is literal
  CodedString name;         // for a literal whose index is 0
  CodedString value;        // for literals
  std::uint32_t max_size = 0;

  bool is_field() const { return kind != Kind::max_size_update; }
  bool is_literal() const { return is_field() && kind != Kind::indexed; }
  bool has_literal_name() const { return is_literal() && index == 0; }
};

// Why a block is none.
struct Malformed {
  std::size_t offset = 0;    // of the octet that is wrong, or the end of the block
  std::string reason;        // a clause
  const char* section = "";  // of RFC 7541, such as "5.2"
};

// What a representation is checked against.
struct ReadingState {
  std::size_t entries = kStaticEntries;  // of both tables
  std::uint32_t max_max_size = 4096;     // the setting, which a size update does not exceed
  bool may_update = true;                // no field has been read
  bool must_update = false;              // the setting has become less than the table's maximum
};

// Reads the representation that begins at an offset within the block.
class RepresentationReader {
 public:
  RepresentationReader(std::span<const std::uint8_t> block, const ReadingState& state)
      : block_(block), state_(state) {}

  // nullopt: the block is malformed, see malformed().
  std::optional<Representation> read(std::size_t begin);
  const Malformed& malformed() const { return malformed_; }

 private:
  bool read_index(Representation& out, unsigned prefix_bits, bool may_be_zero);
  bool read_update(Representation& out);
  bool read_literal(Representation& out);
  bool read_string(CodedString& out, const char* what);
  bool read_integer(unsigned prefix_bits, std::uint32_t& value);
  bool fail(std::size_t offset, const char* section, std::string reason);

  std::span<const std::uint8_t> block_;
  ReadingState state_;
  std::size_t at_ = 0;
  Malformed malformed_;
};

}  // namespace hpack_explain
