// SPDX-License-Identifier: MIT
// Octets as JSON text: nothing is lost, and what is text stays text.
#include "json/octets.h"

#include <random>

#include "support/check.h"

using json::key_text_of;
using json::octets_of;
using json::text_of;

TEST(octets, text_stays_as_it_is) {
  for (const char* text :
       {"", "plain", "caf\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\xef\xbf\xbd"}) {
    CHECK_STR(text_of(text), text);
    CHECK_STR(octets_of(text), text);
  }
}

TEST(octets, stand_ins_for_what_is_no_text) {
  CHECK_STR(text_of("\x80"), "\xef\x9e\x80");
  CHECK_STR(text_of("a\xff z"), "a\xef\x9f\xbf z");
  // Overlong, a surrogate, above U+10FFFF, cut short.
  CHECK_STR(text_of("\xc0\x80"), "\xef\x9f\x80\xef\x9e\x80");
  CHECK_STR(text_of("\xed\xa0\x80"), "\xef\x9f\xad\xef\x9e\xa0\xef\x9e\x80");
  CHECK_STR(text_of("\xf4\x90\x80\x80"), "\xef\x9f\xb4\xef\x9e\x90\xef\x9e\x80\xef\x9e\x80");
  CHECK_STR(text_of("\xe2\x82"), "\xef\x9f\xa2\xef\x9e\x82");
}

TEST(octets, a_stand_in_on_the_wire_is_not_taken_for_one) {
  const std::string wire = "\xef\x9f\xbf";
  CHECK(text_of(wire) != wire);
  CHECK_STR(octets_of(text_of(wire)), wire);
}

TEST(octets, nul) {
  const std::string nul(1, '\0');
  CHECK_STR(text_of(nul), nul);
  CHECK_STR(key_text_of(nul), "\xef\x9c\x80");
  CHECK_STR(octets_of("\xef\x9c\x80"), nul);
  CHECK_STR(octets_of(text_of("\xef\x9c\x80")), "\xef\x9c\x80");
}

TEST(octets, everything_comes_back) {
  std::mt19937 random(1);
  const std::string letters("a\0\x80\x9c\x9e\x9f\xbf\xc3\xe2\xef\xf0\xff", 12);
  for (int round = 0; round < 20000; ++round) {
    std::string octets;
    for (unsigned length = random() % 9; length > 0; --length)
      octets += letters[random() % letters.size()];
    if (!CHECK_STR(octets_of(text_of(octets)), octets)) return;
    if (!CHECK_STR(octets_of(key_text_of(octets)), octets)) return;
    if (!CHECK(key_text_of(octets).find('\0') == std::string::npos)) return;
  }
}
