// SPDX-License-Identifier: MIT
// base/base64: the vectors of RFC 4648 §10, both alphabets, and what decoding refuses.
#include "base/base64.h"

#include <string>

#include "base/text.h"
#include "support/check.h"

namespace {

TEST(base64, vectors) {
  struct Row {
    const char* plain;
    const char* encoded;
  };
  for (const Row& row : {Row{"", ""},
                         {"f", "Zg=="},
                         {"fo", "Zm8="},
                         {"foo", "Zm9v"},
                         {"foob", "Zm9vYg=="},
                         {"fooba", "Zm9vYmE="},
                         {"foobar", "Zm9vYmFy"}}) {
    CHECK_STR(base::encode_base64(base::as_bytes(row.plain)), row.encoded);
    CHECK_STR(base::decode_base64(row.encoded).value_or("error"), row.plain);
    std::string unpadded = row.encoded;
    while (unpadded.ends_with('='))
      unpadded.pop_back();
    CHECK_STR(base::encode_base64url(base::as_bytes(row.plain)), unpadded);
    CHECK_STR(base::decode_base64url(unpadded).value_or("error"), row.plain);
  }
}

TEST(base64, alphabets) {
  const std::string bytes = "\xfb\xff\xbf";
  CHECK_STR(base::encode_base64(base::as_bytes(bytes)), "+/+/");
  CHECK_STR(base::encode_base64url(base::as_bytes(bytes)), "-_-_");
  CHECK(!base::decode_base64("-_-_"));
  CHECK(!base::decode_base64url("+/+/"));
}

TEST(base64, all_bytes_round_trip) {
  std::string bytes;
  for (int i = 0; i < 256; ++i)
    bytes += static_cast<char>(i);
  for (size_t length = 0; length <= bytes.size(); ++length) {
    const std::string part = bytes.substr(0, length);
    CHECK(base::decode_base64(base::encode_base64(base::as_bytes(part))) == part);
    CHECK(base::decode_base64url(base::encode_base64url(base::as_bytes(part))) == part);
  }
}

TEST(base64, errors) {
  for (const char* bad :
       {"Z", "Zg", "Zg=", "Zg===", "====", "Zm9v=", "Z g=", "Zh==", "Zm9=", "Zm9\n"}) {
    CHECK(!base::decode_base64(bad));
  }
  for (const char* bad : {"Z", "Zg==", "Zh", "Zm9vZ", "Zm8 "})
    CHECK(!base::decode_base64url(bad));
}

}  // namespace
