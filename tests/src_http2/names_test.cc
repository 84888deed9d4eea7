// SPDX-License-Identifier: MIT
#include "http2/names.h"

#include "support/check.h"

TEST(src_http2_names, of_the_rfcs) {
  CHECK_STR(http2::frame_type_name(0), "DATA");
  CHECK_STR(http2::frame_type_name(16), "PRIORITY_UPDATE");
  CHECK_STR(http2::setting_name(1), "SETTINGS_HEADER_TABLE_SIZE");
  CHECK_STR(http2::setting_name(9), "SETTINGS_NO_RFC7540_PRIORITIES");
}

TEST(src_http2_names, unknown) {
  CHECK_STR(http2::frame_type_name(0x77), "extension");
  CHECK(http2::setting_name(7).empty());
  CHECK(http2::setting_name(0x77).empty());
}
