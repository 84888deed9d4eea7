// SPDX-License-Identifier: MIT
// Huffman coding with a 64-bit window on the bits and tables made at compile time.
#include "hpack/huffman.h"

#include "hpack/huffman_code.h"
#include "hpack/word_access.h"

namespace nghttp2::hpack {
namespace {

// ---- Encoding ----

// By octet; as wide as the bits they are joined with.
consteval Table<uint64_t, 256> make_encode_table() {
  Table<uint64_t, 256> table{};
  for (unsigned symbol = 0; symbol < 256; ++symbol)
    table.items[symbol] = kHuffmanCode.codes[symbol];
  return table;
}
constexpr Table<uint64_t, 256> kEncodeTable = make_encode_table();

// The codes of a few symbols, right-aligned.
struct Group {
  uint64_t bits = 0;
  unsigned length = 0;

  void add(uint8_t symbol) {
    const unsigned more = kCodeLengths.items[symbol];
    bits = bits << more | kEncodeTable.items[symbol];
    length += more;
    // One symbol after the other: what GCC makes of several at once does not fit in the registers.
    asm("" : "+r"(bits), "+r"(length));
  }
  template <size_t N>
  static Group of(const uint8_t* symbols) {
    Group group;
    // Written out by the compiler, so that the loop counter costs nothing.
#pragma GCC unroll 8
    for (size_t i = 0; i < N; ++i)
      group.add(symbols[i]);
    return group;
  }
  // At most seven symbols in front of this place.
  static Group before(const uint8_t* end, size_t count) {
    Group group;
    switch (count) {
      case 7: group.add(end[-7]); [[fallthrough]];
      case 6: group.add(end[-6]); [[fallthrough]];
      case 5: group.add(end[-5]); [[fallthrough]];
      case 4: group.add(end[-4]); [[fallthrough]];
      case 3: group.add(end[-3]); [[fallthrough]];
      case 2: group.add(end[-2]); [[fallthrough]];
      case 1: group.add(end[-1]);
    }
    return group;
  }
  // RFC 7541 §5.2: the beginning of the end of string fills up the last octet. So many bits have
  // been written before this group.
  Group padded(unsigned before) const {
    const unsigned more = -(before + length) % 8;
    return {bits << more | ((1u << more) - 1), length + more};
  }
};

struct BitWriter {
  uint8_t* out;
  uint64_t bits = 0;   // not written yet, right-aligned below stale ones
  unsigned count = 0;  // of them, less than eight between calls

  bool has_space_for(const Group& group) const { return count + group.length < 64; }
  // Overwrites eight octets and advances over the complete ones.
  void write_word(const Group& group) {
    bits = bits << group.length | group.bits;
    count += group.length;
    store_u64(out, bits << (64 - count));
    out += count / 8;
    count %= 8;
  }
  // Writes octet by octet; false if that would pass the limit.
  bool write_octets(const Group& group, const uint8_t* limit) {
    bits = bits << group.length | group.bits;
    for (count += group.length; count >= 8; count -= 8) {
      if (out >= limit) return false;
      *out++ = uint8_t(bits >> (count - 8));
    }
    return true;
  }
};

// Eight symbols whose codes are too long for one word, which is rare. They write kSinglesRoom
// octets at most. By value, so that the writer of the others can stay in registers.
constexpr ptrdiff_t kSinglesRoom = (7 + 7 * kLongestCode) / 8 + 8;
[[gnu::noinline]] BitWriter write_singly(BitWriter writer, const uint8_t* symbols) {
  for (size_t i = 0; i < 8; ++i)
    writer.write_word(Group::of<1>(symbols + i));
  return writer;
}

// ---- Decoding ----

// What the next kWindow bits hold: up to two symbols, or none if they begin a longer code.
// Low to high octet: bits used, count of symbols, the symbols. Entries are added up to advance by
// several at once, so the counters stand where carries cannot reach them.
constexpr unsigned kWindow = 12;
struct DecodeTable {
  uint32_t items[1u << kWindow];
};

consteval DecodeTable make_decode_table() {
  DecodeTable table{};
  for (unsigned first = 0; first < 256; ++first) {
    const unsigned used = kCodeLengths[first];
    if (used > kWindow) continue;
    const unsigned left = kWindow - used;
    const uint32_t base = kHuffmanCode.codes[first] << left;
    for (uint32_t rest = 0; rest < 1u << left; ++rest)
      table.items[base + rest] = used | 1u << 8 | first << 16;
    for (unsigned second = 0; second < 256; ++second) {
      const unsigned more = kCodeLengths[second];
      if (more > left) continue;
      const uint32_t pair = base + (kHuffmanCode.codes[second] << (left - more));
      for (uint32_t rest = 0; rest < 1u << (left - more); ++rest)
        table.items[pair + rest] = (used + more) | 2u << 8 | first << 16 | second << 24;
    }
  }
  return table;
}
constexpr DecodeTable kDecodeTable = make_decode_table();

// Takes symbols off the front of left-aligned bits. Where a code longer than the window begins it
// stops advancing.
struct Window {
  uint64_t bits;
  uint8_t* out;
  uint32_t entry = 0;
  uint32_t sum = 0;

  void step() {
    entry = kDecodeTable.items[bits >> (64 - kWindow)];
    bits <<= entry & 63;
    sum += entry;
    const uint16_t symbols = uint16_t(entry >> 16);
    store_little_endian(out, symbols);
    out += symbol_count();
  }
  // Uses up to 48 bits, and writes up to nine octets.
  void four_steps() {
    step();
    step();
    step();
    step();
  }
  // Of the last step.
  uint32_t symbol_count() const { return entry >> 8 & 0xff; }
  // By all steps.
  uint32_t bits_used() const { return sum & 0xff; }
};

struct Symbol {
  unsigned value;
  unsigned length;  // of its code
};

// The symbol at the front of left-aligned bits.
Symbol first_symbol(uint64_t bits) {
  const uint32_t entry = kDecodeTable.items[bits >> (64 - kWindow)];
  if (entry != 0) {
    const unsigned value = entry >> 16 & 0xff;
    return {value, kCodeLengths[value]};
  }
  const uint32_t front = uint32_t(bits >> 32);
  unsigned length = kWindow + 1;
  while (length < kLongestCode && front >= kHuffmanCode.ends[length])
    ++length;
  const uint32_t place = kHuffmanCode.first_places[length] + (front >> (32 - length)) -
                         kHuffmanCode.first_codes[length];
  return {kHuffmanCode.by_code[place], length};
}

// A string as bits. Memory up to readable_end may be read.
struct BitReader {
  const uint8_t* begin;
  const uint8_t* readable_end;
  size_t size;  // in bits
  size_t position = 0;

  size_t left() const { return size - position; }
  // At least 57 bits, left-aligned; left() is at least 64.
  uint64_t peek_inside() const { return load_u64(begin + position / 8) << position % 8; }
  // The same with ones in place of what lies behind the end; left() is not zero.
  uint64_t peek() const {
    const uint8_t* const at = begin + position / 8;
    uint64_t bits = readable_end - at >= 8 ? load_u64(at) : load_last(at);
    bits <<= position % 8;
    return left() < 57 ? bits | ~uint64_t(0) >> left() : bits;
  }

 private:
  uint64_t load_last(const uint8_t* at) const {
    uint64_t bits = 0;
    unsigned shift = 64;
    for (const uint8_t* const end = begin + size / 8; at != end; ++at)
      bits |= uint64_t(*at) << (shift -= 8);
    return bits;
  }
};

bool is_padding(uint64_t bits, size_t count) {
  return count == 0 || (count < 8 && bits >> (64 - count) == (1u << count) - 1);
}

// Where the window has stopped advancing: a long code, or the padding. False for neither.
bool decode_long_code(BitReader& reader, uint8_t*& out) {
  const uint64_t bits = reader.peek();
  if (is_padding(bits, reader.left())) {
    reader.position = reader.size;
    return true;
  }
  const Symbol symbol = first_symbol(bits);
  if (symbol.value == kEndOfString || symbol.length > reader.left()) return false;
  reader.position += symbol.length;
  *out++ = uint8_t(symbol.value);
  return true;
}

}  // namespace

size_t huffman_encode_if_shorter(Bytes text, uint8_t* out, const uint8_t* room_end) {
  BitWriter writer{out};
  const uint8_t* in = text.begin();
  const uint8_t* const end = text.end();
  const uint8_t* const limit = out + text.size();
  // Words can be written before these places, and need not be once the text is not shortened.
  const size_t room = size_t(room_end - out);
  const uint8_t* const words_end = room < 8 ? out : room - 7 < text.size() ? room_end - 7 : limit;

  while (end - in >= 8 && writer.out < words_end) {
    const Group group = Group::of<8>(in);
    if (writer.has_space_for(group)) {
      writer.write_word(group);
    } else if (words_end - writer.out >= kSinglesRoom) {
      writer = write_singly(writer, in);
    } else {
      break;
    }
    in += 8;
  }
  if (end - in < 8 && writer.out < words_end) {
    const Group group = Group::before(end, size_t(end - in)).padded(writer.count);
    if (writer.has_space_for(group)) {
      if (writer.count + group.length != 0) writer.write_word(group);
      return size_t(writer.out - out) < text.size() ? size_t(writer.out - out) : 0;
    }
  }
  for (; in != end; ++in) {
    if (!writer.write_octets(Group::of<1>(in), limit)) return 0;
  }
  if (!writer.write_octets(Group().padded(writer.count), limit)) return 0;
  const size_t length = size_t(writer.out - out);
  return length < text.size() ? length : 0;
}

uint8_t* huffman_decode(Bytes encoded, const uint8_t* readable_end, uint8_t* out) {
  BitReader reader{encoded.begin(), readable_end, encoded.size() * 8};
  while (reader.position < reader.size) {
    Window window{reader.left() >= 64 ? reader.peek_inside() : reader.peek(), out};
    window.four_steps();
    out = window.out;
    reader.position += window.bits_used();
    if (window.symbol_count() == 0 && reader.position < reader.size &&
        !decode_long_code(reader, out)) {
      return nullptr;
    }
  }
  // No symbol consists of ones only, so one that has run into those behind the end is incomplete,
  // and its first bits are no padding either.
  return reader.position == reader.size ? out : nullptr;
}

uint8_t* HuffmanDecoder::feed(Bytes part, uint8_t* out) {
  for (const uint8_t octet : part) {
    bits_ |= uint64_t(octet) << (56 - bit_count_);
    bit_count_ += 8;
    for (;;) {
      const Symbol symbol = first_symbol(bits_);
      if (symbol.length > bit_count_) break;
      if (symbol.value == kEndOfString) return nullptr;
      *out++ = uint8_t(symbol.value);
      bits_ <<= symbol.length;
      bit_count_ -= symbol.length;
    }
  }
  return out;
}

bool HuffmanDecoder::is_complete() const {
  return is_padding(bits_, bit_count_);
}

}  // namespace nghttp2::hpack
