// SPDX-License-Identifier: MIT
#include "tls/alpn.h"

#include "support/check.h"

TEST(src_tls_alpn, names_between_commas) {
  const auto names = tls::parse_protocol_names("h2, http/1.1,");
  CHECK(names && names->size() == 2);
  CHECK_STR(names->front(), "h2");
  CHECK_STR(names->back(), "http/1.1");
}

TEST(src_tls_alpn, what_is_no_list) {
  CHECK(!tls::parse_protocol_names(" ,"));
  CHECK(tls::parse_protocol_names(std::string(255, 'x')).ok());
  CHECK(!tls::parse_protocol_names("h2," + std::string(256, 'x')));
}
