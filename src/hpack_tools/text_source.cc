// SPDX-License-Identifier: MIT
// Blocks of fields written as in HTTP/1 (RFC 9112 §5), with an empty line between two of them.
#include "hpack_tools/text_source.h"

#include <string_view>

#include "base/number.h"
#include "base/text.h"

namespace hpack_tools {

namespace {

// The colon behind the name may be the second one, as pseudo-fields begin with one.
base::Result<Field> read_field(std::string_view line) {
  const std::size_t colon = line.find(':', line.starts_with(':') ? 1 : 0);
  if (colon == std::string_view::npos) return base::Error{"no colon behind a name"};
  const std::string_view name = line.substr(0, colon);
  if (name.empty()) return base::Error{"the name is empty"};
  if (name.find_first_of(" \t") != std::string_view::npos) {
    return base::Error{"a blank in the name"};
  }
  Field field = {base::to_lower(name), std::string(base::trim(line.substr(colon + 1)))};
  const std::string problem = check_length(field);
  if (!problem.empty()) return base::Error{problem};
  return field;
}

}  // namespace

base::Result<std::optional<EncodingCase>> TextSource::next() {
  EncodingCase block;
  std::size_t octets = 0;
  std::string text;
  for (;;) {
    const std::size_t line = bytes_.place().line;
    const auto found = read_line(text);
    if (!found) return base::Error{found.error()};
    if (!*found || text.empty()) {
      if (!block.fields.empty()) break;
      if (!*found) return std::optional<EncodingCase>();
      continue;  // more than one empty line
    }
    octets += text.size();
    if (octets > kMaxBlockOctets) {
      return error_at(line,
                      "more than " + base::format_size(kMaxBlockOctets) + " octets in a block");
    }
    auto field = read_field(text);
    if (!field) return error_at(line, field.error());
    block.fields.push_back(std::move(*field));
  }
  ++count_;
  return std::optional<EncodingCase>(std::move(block));
}

base::Result<bool> TextSource::read_line(std::string& line) {
  line.clear();
  const std::size_t number = bytes_.place().line;
  int octet;
  while ((octet = bytes_.peek()) != ByteSource::kEnd) {
    bytes_.skip();
    if (octet == '\n') break;
    if (line.size() == kMaxLineOctets) {
      return error_at(number, "more than " + std::to_string(kMaxLineOctets) + " octets in a line");
    }
    line += static_cast<char>(octet);
  }
  if (!bytes_.failure().empty()) return base::Error{bytes_.failure()};
  const bool found = octet == '\n' || !line.empty();
  if (line.ends_with('\r')) line.pop_back();
  return found;
}

base::Error TextSource::error_at(std::size_t line, const std::string& reason) const {
  return {"case " + std::to_string(count_) + ": line " + std::to_string(line) + ": " + reason};
}

}  // namespace hpack_tools
