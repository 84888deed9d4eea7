// SPDX-License-Identifier: MIT
// Blocks of fields written as in HTTP/1.
#include "hpack_tools/text_source.h"

#include "src_hpack_tools/input.h"
#include "support/check.h"

using namespace hpack_tools;
using hpack_tools_test::input_of;

namespace {

// "name=value;" for each field, "|" behind each block, then "end" or the error.
std::string read(const std::string& text, std::size_t piece = SIZE_MAX) {
  ByteSource bytes = input_of(text, piece);
  TextSource source(bytes);
  std::string seen;
  for (;;) {
    const auto block = source.next();
    if (!block) return seen + block.error();
    if (!*block) return seen + "end";
    for (const Field& field : (*block)->fields)
      seen += field.name + "=" + field.value + ";";
    seen += "|";
  }
}

}  // namespace

TEST(text_source, blocks) {
  CHECK_STR(read(""), "end");
  CHECK_STR(read("\n\r\n"), "end");
  const std::string text = "\n:path: /a:b\r\nHost:x\r\n\r\n\n\na:  b c \t\nd:";
  CHECK_STR(read(text), ":path=/a:b;host=x;|a=b c;d=;|end");
  CHECK_STR(read(text, 1), ":path=/a:b;host=x;|a=b c;d=;|end");
}

TEST(text_source, errors) {
  CHECK_STR(read("a:b\n\nc: d\nGET / HTTP/1.1\n"), "a=b;|case 1: line 4: no colon behind a name");
  CHECK_STR(read(": x"), "case 0: line 1: no colon behind a name");
  CHECK_STR(read("a: b\n c: d"), "case 0: line 2: a blank in the name");
  CHECK_STR(read("a: " + std::string(kMaxStringOctets + 1, 'x')),
            "case 0: line 1: the value has 65537 octets; decoders take 65536 at most");
  CHECK_STR(read(std::string(TextSource::kMaxLineOctets + 1, 'x')),
            "case 0: line 1: more than 132096 octets in a line");
}
