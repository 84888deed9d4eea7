// SPDX-License-Identifier: MIT
// Tests of choosing a content coding.
#include "nghttpd/accept_encoding.h"

#include "support/check.h"

namespace {

using nghttpd::Coding;

// The chosen coding of all three, "none" if there is none.
std::string chosen(std::optional<std::string_view> value) {
  constexpr Coding kAll[] = {Coding::identity, Coding::gzip, Coding::br};
  const auto coding = nghttpd::choose_coding(nghttpd::parse_accept_encoding(value), kAll);
  if (!coding) return "none";
  return *coding == Coding::identity ? "identity" : std::string(nghttpd::coding_name(*coding));
}

}  // namespace

TEST(src_nghttpd_accept_encoding, best_of_all) {
  CHECK_STR(chosen(std::nullopt), "identity");
  CHECK_STR(chosen(""), "identity");
  CHECK_STR(chosen("gzip, deflate, br"), "br");
  CHECK_STR(chosen("gzip, deflate"), "gzip");
  CHECK_STR(chosen("GZIP"), "gzip");
  CHECK_STR(chosen("x-gzip"), "gzip");
  CHECK_STR(chosen("deflate"), "identity");
  CHECK_STR(chosen("*"), "br");
}

TEST(src_nghttpd_accept_encoding, weights) {
  CHECK_STR(chosen("br;q=0.5, gzip;q=0.8"), "gzip");
  CHECK_STR(chosen("br; q=0.001 , gzip;Q=0.002"), "gzip");
  CHECK_STR(chosen("br;q=0, gzip;q=0"), "identity");
  CHECK_STR(chosen("br;q=0.000, gzip;q=0."), "identity");
  CHECK_STR(chosen("identity;q=0.9, br;q=0.1"), "identity");
  CHECK_STR(chosen("identity, gzip"), "gzip");
  CHECK_STR(chosen("*;q=0.5, br;q=0"), "gzip");
}

TEST(src_nghttpd_accept_encoding, nothing_acceptable) {
  CHECK_STR(chosen("identity;q=0"), "none");
  CHECK_STR(chosen("*;q=0"), "none");
  CHECK_STR(chosen("*;q=0, gzip"), "gzip");
  CHECK_STR(chosen("*;q=0, identity"), "identity");
}

TEST(src_nghttpd_accept_encoding, empty_items) {
  CHECK_STR(chosen(", ,gzip,, "), "gzip");
  CHECK_STR(chosen("*;q=0, ,identity,"), "identity");
}

TEST(src_nghttpd_accept_encoding, only_weights_exclude_identity) {
  CHECK(!nghttpd::may_exclude_identity(std::nullopt));
  CHECK(!nghttpd::may_exclude_identity("gzip, deflate, br"));
  CHECK(nghttpd::may_exclude_identity("gzip, identity;q=0"));
  CHECK(nghttpd::may_exclude_identity("*;q=0"));
}
