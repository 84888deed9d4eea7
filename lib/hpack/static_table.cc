// SPDX-License-Identifier: MIT
// The static table (RFC 7541 Appendix A), laid out at compile time.
#include "hpack/static_table.h"

#include <utility>

namespace nghttp2::hpack {
namespace {

struct Row {
  const char* name;
  const char* value = "";
};

constexpr Table<Row, kStaticEntryCount> kRows = {{
    {":authority"},
    {":method", "GET"},
    {":method", "POST"},
    {":path", "/"},
    {":path", "/index.html"},
    {":scheme", "http"},
    {":scheme", "https"},
    {":status", "200"},
    {":status", "204"},
    {":status", "206"},
    {":status", "304"},
    {":status", "400"},
    {":status", "404"},
    {":status", "500"},
    {"accept-charset"},
    {"accept-encoding", "gzip, deflate"},
    {"accept-language"},
    {"accept-ranges"},
    {"accept"},
    {"access-control-allow-origin"},
    {"age"},
    {"allow"},
    {"authorization"},
    {"cache-control"},
    {"content-disposition"},
    {"content-encoding"},
    {"content-language"},
    {"content-length"},
    {"content-location"},
    {"content-range"},
    {"content-type"},
    {"cookie"},
    {"date"},
    {"etag"},
    {"expect"},
    {"expires"},
    {"from"},
    {"host"},
    {"if-match"},
    {"if-modified-since"},
    {"if-none-match"},
    {"if-range"},
    {"if-unmodified-since"},
    {"last-modified"},
    {"link"},
    {"location"},
    {"max-forwards"},
    {"proxy-authenticate"},
    {"proxy-authorization"},
    {"range"},
    {"referer"},
    {"refresh"},
    {"retry-after"},
    {"server"},
    {"set-cookie"},
    {"strict-transport-security"},
    {"transfer-encoding"},
    {"user-agent"},
    {"vary"},
    {"via"},
    {"www-authenticate"},
}};

constexpr size_t length_of(const char* text) {
  size_t length = 0;
  while (text[length] != 0)
    ++length;
  return length;
}
constexpr bool same_text(const char* a, const char* b) {
  for (; *a == *b; ++a, ++b) {
    if (*a == 0) return true;
  }
  return false;
}
constexpr bool repeats_name(size_t row) {
  return row > 0 && same_text(kRows[row].name, kRows[row - 1].name);
}

consteval size_t octets_of_all_texts() {
  size_t octets = 0;
  for (size_t row = 0; row < kStaticEntryCount; ++row) {
    if (!repeats_name(row)) octets += length_of(kRows[row].name) + 1;
    octets += length_of(kRows[row].value) + 1;
  }
  return octets;
}

// All texts behind one another, and where each of them begins.
struct Layout {
  uint8_t texts[octets_of_all_texts()] = {};
  Table<uint16_t, kStaticEntryCount> name_at{};
  Table<uint16_t, kStaticEntryCount> value_at{};
  Table<Token, kStaticEntryCount> tokens{};
  Table<uint8_t, kStaticTokenCount + 1> first_index{};
};

consteval Layout make_layout() {
  Layout layout;
  size_t used = 0;
  size_t names = 0;
  const auto add = [&](const char* text) {
    const size_t at = used;
    for (; *text != 0; ++text)
      layout.texts[used++] = uint8_t(*text);
    ++used;
    return uint16_t(at);
  };
  for (size_t row = 0; row < kStaticEntryCount; ++row) {
    if (repeats_name(row)) {
      layout.name_at[row] = layout.name_at[row - 1];
    } else {
      layout.name_at[row] = add(kRows[row].name);
      layout.first_index[names++] = uint8_t(row + 1);
    }
    layout.value_at[row] = add(kRows[row].value);
    layout.tokens[row] = Token(names - 1);
  }
  layout.first_index[names] = uint8_t(kStaticEntryCount + 1);
  return layout;
}
constexpr Layout kLayout = make_layout();
static_assert(unsigned(kLayout.tokens[kStaticEntryCount - 1]) + 1 == kStaticTokenCount);
static_assert(kLayout.tokens[31] == Token::cookie);

template <size_t... ROW>
consteval Table<FieldView, kStaticEntryCount> make_fields(std::index_sequence<ROW...>) {
  // The C API has no pointers to constant octets here; nothing writes through these.
  return {{{const_cast<uint8_t*>(kLayout.texts + kLayout.name_at[ROW]),
            const_cast<uint8_t*>(kLayout.texts + kLayout.value_at[ROW]), length_of(kRows[ROW].name),
            length_of(kRows[ROW].value), 0}...}};
}

template <size_t... TOKEN>
constexpr Table<SharedBytes, kStaticTokenCount> make_names(std::index_sequence<TOKEN...>) {
  return {{{kLayout.texts + kLayout.name_at[kLayout.first_index[TOKEN] - 1u],
            length_of(kRows[kLayout.first_index[TOKEN] - 1u].name)}...}};
}
template <size_t... ROW>
constexpr Table<SharedBytes, kStaticEntryCount> make_values(std::index_sequence<ROW...>) {
  return {{{kLayout.texts + kLayout.value_at[ROW], length_of(kRows[ROW].value)}...}};
}

constinit const Table<SharedBytes, kStaticTokenCount> kNames =
    make_names(std::make_index_sequence<kStaticTokenCount>{});
constinit const Table<SharedBytes, kStaticEntryCount> kValues =
    make_values(std::make_index_sequence<kStaticEntryCount>{});

}  // namespace

constinit const Table<FieldView, kStaticEntryCount> kStaticFields =
    make_fields(std::make_index_sequence<kStaticEntryCount>{});
constinit const Table<Token, kStaticEntryCount> kStaticTokens = kLayout.tokens;
constinit const Table<uint8_t, kStaticTokenCount + 1> kFirstStaticIndex = kLayout.first_index;

const SharedBytes& static_name(Token token) {
  return kNames[size_t(token)];
}
const SharedBytes& static_value(uint32_t index) {
  return kValues[index - 1];
}
const SharedBytes& empty_value() {
  return kValues[0];
}

}  // namespace nghttp2::hpack
