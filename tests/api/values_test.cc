// SPDX-License-Identifier: MIT
// Functions without a session: settings payloads, priorities, checks of fields, comparisons.
#include <nghttp2/nghttp2.h>

#include <cstring>
#include <string>

#include "support/body.h"
#include "support/check.h"
#include "support/wire.h"

namespace {

const std::uint8_t* octets(std::string_view text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}

using Check = int (*)(const std::uint8_t*, std::size_t);

bool accepts(Check function, std::string_view text) {
  return function(octets(text), text.size()) != 0;
}

int compare(std::string_view left, std::string_view right) {
  const support::Fields fields = {{std::string(left), ""}, {std::string(right), ""}};
  const auto list = support::views(fields);
  return nghttp2_nv_compare_name(&list[0], &list[1]);
}

}  // namespace

TEST(values_api, a_settings_payload_is_packed) {
  const nghttp2_settings_entry entries[] = {{NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, 100},
                                            {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, 65536}};
  std::uint8_t buffer[12];
  CHECK_EQ(nghttp2_pack_settings_payload2(buffer, sizeof(buffer), entries, 2), 12);
  CHECK_BYTES(std::string_view(reinterpret_cast<const char*>(buffer), 12),
              support::settings_payload({{3, 100}, {4, 65536}}));
  CHECK_EQ(nghttp2_pack_settings_payload2(buffer, 0, entries, 0), 0);
}

TEST(values_api, a_settings_payload_must_fit) {
  const nghttp2_settings_entry entry = {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, 100};
  std::uint8_t buffer[6];
  CHECK_EQ(nghttp2_pack_settings_payload2(buffer, 5, &entry, 1), NGHTTP2_ERR_INSUFF_BUFSIZE);
  CHECK_EQ(nghttp2_pack_settings_payload2(buffer, 6, &entry, 1), 6);
}

TEST(values_api, a_settings_payload_must_be_valid) {
  const nghttp2_settings_entry bad[] = {{NGHTTP2_SETTINGS_ENABLE_PUSH, 2},
                                        {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, 1u << 31},
                                        {NGHTTP2_SETTINGS_MAX_FRAME_SIZE, 16383},
                                        {NGHTTP2_SETTINGS_MAX_FRAME_SIZE, 1u << 24}};
  std::uint8_t buffer[6];
  for (const nghttp2_settings_entry& entry : bad) {
    CHECK_EQ(nghttp2_pack_settings_payload2(buffer, 6, &entry, 1), NGHTTP2_ERR_INVALID_ARGUMENT);
  }
}

// An identifier that does not fit is none of those that have rules, even if its low bits are.
TEST(values_api, a_wide_identifier_of_a_setting_is_unknown) {
  const nghttp2_settings_entry entry = {0x10000 + NGHTTP2_SETTINGS_ENABLE_PUSH, 2};
  std::uint8_t buffer[6];
  CHECK_EQ(nghttp2_pack_settings_payload2(buffer, 6, &entry, 1), 6);
}

TEST(values_api, priorities) {
  nghttp2_priority_spec priority;
  nghttp2_priority_spec_default_init(&priority);
  CHECK_EQ(priority.stream_id, 0);
  CHECK_EQ(priority.weight, NGHTTP2_DEFAULT_WEIGHT);
  CHECK_EQ(priority.exclusive, 0);
  CHECK(nghttp2_priority_spec_check_default(&priority) != 0);
  nghttp2_priority_spec_init(&priority, 3, 200, 1);
  CHECK_EQ(priority.stream_id, 3);
  CHECK_EQ(priority.weight, 200);
  CHECK_EQ(priority.exclusive, 1);
  CHECK(nghttp2_priority_spec_check_default(&priority) == 0);
}

TEST(values_api, names_of_fields) {
  CHECK(accepts(nghttp2_check_header_name, "content-type"));
  CHECK(accepts(nghttp2_check_header_name, ":path"));
  CHECK(accepts(nghttp2_check_header_name, "!#$%&'*+-.^_`|~09az"));
  for (const char* bad : {"", "Content-Type", "a b", "a:b", ":", "a\x80", "a\x7f"}) {
    CHECK(!accepts(nghttp2_check_header_name, bad));
  }
}

TEST(values_api, values_of_fields) {
  CHECK(accepts(nghttp2_check_header_value, ""));
  CHECK(accepts(nghttp2_check_header_value, " a\tb\xff "));
  CHECK(!accepts(nghttp2_check_header_value, std::string_view("a\0b", 3)));
  CHECK(!accepts(nghttp2_check_header_value, "a\rb"));
  CHECK(!accepts(nghttp2_check_header_value, "a\nb"));
  CHECK(!accepts(nghttp2_check_header_value, "a\x7f"));
  CHECK(accepts(nghttp2_check_header_value_rfc9113, "a b"));
  CHECK(accepts(nghttp2_check_header_value_rfc9113, ""));
  for (const char* bad : {" a", "a ", "\ta", "a\t"}) {
    CHECK(!accepts(nghttp2_check_header_value_rfc9113, bad));
  }
}

TEST(values_api, values_of_pseudo_fields) {
  CHECK(accepts(nghttp2_check_method, "M-SEARCH"));
  CHECK(!accepts(nghttp2_check_method, ""));
  CHECK(!accepts(nghttp2_check_method, "GET /"));
  CHECK(accepts(nghttp2_check_path, "/a?b=%20#c"));
  CHECK(!accepts(nghttp2_check_path, "/a b"));
  CHECK(accepts(nghttp2_check_authority, "[::1]:8080"));
  CHECK(!accepts(nghttp2_check_authority, "a/b"));
}

TEST(values_api, field_names_are_compared_as_octets) {
  CHECK_EQ(compare("alpha", "alpha"), 0);
  CHECK(compare("alpha", "beta") < 0);
  CHECK(compare("beta", "alpha") > 0);
  CHECK(compare("alpha", "alphabet") < 0);
  CHECK(compare("alphabet", "alpha") > 0);
  CHECK(compare("", "a") < 0);
}

TEST(values_api, priority_fields_are_parsed) {
  nghttp2_extpri priority = {7, 0};
  CHECK_EQ(nghttp2_extpri_parse_priority(&priority, octets("u=2, i"), 6), 0);
  CHECK_EQ(priority.urgency, 2u);
  CHECK_EQ(priority.inc, 1);
  // Members that are not there leave the value alone.
  CHECK_EQ(nghttp2_extpri_parse_priority(&priority, octets("i=?0"), 4), 0);
  CHECK_EQ(priority.urgency, 2u);
  CHECK_EQ(priority.inc, 0);
  for (const std::string_view bad : {"u=8", "u", "((", "u=1.5", "i=1", "u=1,"}) {
    CHECK_EQ(nghttp2_extpri_parse_priority(&priority, octets(bad), bad.size()),
             NGHTTP2_ERR_INVALID_ARGUMENT);
  }
  CHECK_EQ(priority.urgency, 2u);
}
