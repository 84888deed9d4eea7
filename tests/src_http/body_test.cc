// SPDX-License-Identifier: MIT
// Tests of body sources.
#include "http/body.h"

#include <array>
#include <string>

#include "base/text.h"
#include "support/check.h"

namespace {

std::string read(http::BodySource& body, std::size_t count) {
  std::string out(count, '?');
  const std::span<std::uint8_t> bytes(reinterpret_cast<std::uint8_t*>(out.data()), count);
  return body.read(bytes) ? out : "failed";
}

std::shared_ptr<const base::Fd> file_with(std::string_view content) {
  auto fd = base::create_anonymous_file();
  if (!fd || !base::write_all(fd->get(), base::as_bytes(content))) return nullptr;
  return std::make_shared<const base::Fd>(*std::move(fd));
}

}  // namespace

TEST(src_http_body, text_in_pieces) {
  http::TextBody body("abcdef");
  CHECK_EQ(body.remaining(), 6u);
  CHECK_STR(read(body, 2), "ab");
  CHECK_STR(read(body, 4), "cdef");
  CHECK_EQ(body.remaining(), 0u);
  CHECK_STR(read(body, 1), "failed");
}

TEST(src_http_body, shared_text_is_lent_without_a_copy) {
  const auto text = std::make_shared<const std::string>("0123456789");
  http::SharedTextBody body(text, 2, 7);
  CHECK_STR(read(body, 1), "2");
  const auto chunk = body.lend(4);
  REQUIRE(chunk.has_value());
  CHECK_STR(std::string(chunk->text()), "3456");
  CHECK(chunk->data() == reinterpret_cast<const std::uint8_t*>(text->data()) + 3);
  CHECK_EQ(body.remaining(), 2u);
  CHECK(!body.lend(3).has_value());
  CHECK_STR(read(body, 2), "78");
}

TEST(src_http_body, other_bodies_are_copied) {
  http::TextBody body("abc");
  CHECK(!body.lend(2).has_value());
  CHECK_STR(read(body, 3), "abc");
}

TEST(src_http_body, part_of_a_file) {
  const auto fd = file_with("0123456789");
  REQUIRE(fd != nullptr);
  http::FileBody body(fd, 3, 4);
  CHECK_STR(read(body, 3), "345");
  CHECK_EQ(body.remaining(), 1u);
  CHECK_STR(read(body, 1), "6");
}

TEST(src_http_body, a_file_that_shrank_fails) {
  const auto fd = file_with("0123");
  REQUIRE(fd != nullptr);
  http::FileBody body(fd, 0, 10);
  CHECK_STR(read(body, 4), "0123");
  CHECK_STR(read(body, 1), "failed");
}

TEST(src_http_body, chains_cross_their_seams) {
  http::ChainBody body;
  body.append(std::make_unique<http::TextBody>("ab"));
  body.append(std::make_unique<http::TextBody>(""));
  body.append(std::make_unique<http::TextBody>("cde"));
  CHECK_EQ(body.remaining(), 5u);
  CHECK_STR(read(body, 1), "a");
  CHECK_STR(read(body, 3), "bcd");
  CHECK_STR(read(body, 1), "e");
  CHECK_STR(read(body, 1), "failed");
}
