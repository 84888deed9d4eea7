// SPDX-License-Identifier: MIT
// The table of wire facts as text, and what it says about heads.
#include "frame/rules.h"

#include <fstream>
#include <set>
#include <sstream>

#include "support/check.h"

using namespace nghttp2::frame;

namespace {

std::string flag_names(const FrameRule& rule) {
  if (rule.flags == 0) return "-";
  if (rule.flags == 0xff) return "any";
  std::string names;
  const auto add = [&](uint8_t flag, const char* name) {
    if (rule.flags & flag) names += (names.empty() ? "" : " ") + std::string(name);
  };
  const bool has_ack = rule.type == FrameType::settings || rule.type == FrameType::ping;
  add(0x01, has_ack ? "ack" : "end_stream");
  add(kFlagEndHeaders, "end_headers");
  add(kFlagPadded, "padded");
  add(kFlagPriority, "priority");
  return names;
}

std::string row(const FrameRule& rule) {
  static const char* const kWhere[] = {"connection", "stream", "either"};
  static const char* const kDelivery[] = {"whole", "pieces", "skip"};
  const std::string most =
      rule.max_length == kMaxMaxFrameSize ? "any" : std::to_string(rule.max_length);
  const std::string length = std::to_string(rule.min_length) + ".." + most;
  const bool is_extension = &rule == &extension_rule();
  const std::string type = is_extension ? "other" : std::to_string(unsigned(rule.type));
  char line[160];
  std::snprintf(line, sizeof line, "%-16s %-6s %-39s %-11s %-7s %4u %-4s %5u  %s\n", rule.name,
                type.c_str(), flag_names(rule).c_str(), kWhere[unsigned(rule.where)],
                length.c_str(), unsigned(rule.step), rule.padded ? "yes" : "no",
                unsigned(rule.fixed_size), kDelivery[unsigned(rule.delivery)]);
  return line;
}

std::string print_rules() {
  std::string text =
      "name             type   flags                                   on          length  step "
      "pad  "
      "fixed  delivery\n";
  for (const FrameRule& rule : all_rules())
    text += row(rule);
  return text;
}

HeadFault fault_of(FrameType type, uint32_t length, int32_t stream_id, uint8_t flags = 0) {
  return nghttp2::frame::check(rule_of(type), {length, stream_id, uint8_t(type), flags});
}

}  // namespace

TEST(frame_rules, the_table_as_recorded) {
  std::ifstream file(TESTS_DIR "/matrix/frame_rules.golden");
  CHECK(file.good());
  std::ostringstream recorded;
  recorded << file.rdbuf();
  CHECK_STR(print_rules(), recorded.str());
}

TEST(frame_rules, every_type_has_a_rule) {
  std::set<unsigned> known;
  for (const FrameRule& rule : all_rules()) {
    if (&rule != &extension_rule()) known.insert(unsigned(rule.type));
  }
  CHECK_EQ(known.size(), 13u);
  for (unsigned type = 0; type < 256; ++type) {
    const FrameRule& rule = rule_of(uint8_t(type));
    CHECK_EQ(&rule == &extension_rule(), known.count(type) == 0);
    if (known.count(type)) CHECK_EQ(unsigned(rule.type), type);
  }
}

TEST(frame_rules, lengths) {
  CHECK(fault_of(FrameType::ping, 8, 0) == HeadFault::none);
  CHECK(fault_of(FrameType::ping, 7, 0) == HeadFault::length);
  CHECK(fault_of(FrameType::ping, 9, 0) == HeadFault::length);
  CHECK(fault_of(FrameType::settings, 0, 0) == HeadFault::none);
  CHECK(fault_of(FrameType::settings, 12, 0) == HeadFault::none);
  CHECK(fault_of(FrameType::settings, 13, 0) == HeadFault::length);
  CHECK(fault_of(FrameType::settings, 0, 0, kFlagAck) == HeadFault::none);
  CHECK(fault_of(FrameType::settings, 6, 0, kFlagAck) == HeadFault::length);
  CHECK(fault_of(FrameType::goaway, 7, 0) == HeadFault::length);
  CHECK(fault_of(FrameType::goaway, kMaxMaxFrameSize, 0) == HeadFault::none);
  CHECK(fault_of(FrameType{0x55}, 0, 0) == HeadFault::none);
}

TEST(frame_rules, flags_that_need_room) {
  CHECK(fault_of(FrameType::data, 0, 1) == HeadFault::none);
  CHECK(fault_of(FrameType::data, 0, 1, kFlagPadded) == HeadFault::length);
  CHECK(fault_of(FrameType::data, 1, 1, kFlagPadded) == HeadFault::none);
  CHECK(fault_of(FrameType::headers, 4, 1, kFlagPriority) == HeadFault::length);
  CHECK(fault_of(FrameType::headers, 5, 1, kFlagPriority) == HeadFault::none);
  CHECK(fault_of(FrameType::headers, 5, 1, kFlagPriority | kFlagPadded) == HeadFault::length);
  CHECK(fault_of(FrameType::push_promise, 3, 1) == HeadFault::length);
  CHECK(fault_of(FrameType::push_promise, 4, 1, kFlagPadded) == HeadFault::length);
  // A flag that the type does not have needs nothing.
  CHECK(fault_of(FrameType::ping, 8, 0, kFlagPadded | kFlagPriority) == HeadFault::none);
}

TEST(frame_rules, streams) {
  CHECK(fault_of(FrameType::data, 0, 0) == HeadFault::stream);
  CHECK(fault_of(FrameType::rst_stream, 4, 0) == HeadFault::stream);
  CHECK(fault_of(FrameType::settings, 0, 1) == HeadFault::stream);
  CHECK(fault_of(FrameType::priority_update, 4, 3) == HeadFault::stream);
  CHECK(fault_of(FrameType::window_update, 4, 0) == HeadFault::none);
  CHECK(fault_of(FrameType::window_update, 4, INT32_MAX) == HeadFault::none);
  CHECK(fault_of(FrameType::ping, 3, 1) == HeadFault::stream);
}

TEST(frame_rules, fixed_fields) {
  const auto size = [](FrameType type, uint8_t flags) {
    return fixed_size(rule_of(type), {0, 1, uint8_t(type), flags});
  };
  CHECK_EQ(size(FrameType::headers, kFlagPadded), 0u);
  CHECK_EQ(size(FrameType::headers, kFlagPriority), 5u);
  CHECK_EQ(size(FrameType::push_promise, 0), 4u);
  CHECK_EQ(size(FrameType::data, kFlagPriority), 0u);
}

TEST(frame_rules, names) {
  CHECK_STR(frame_type_name(0), "DATA");
  CHECK_STR(frame_type_name(0x10), "PRIORITY_UPDATE");
  CHECK_STR(frame_type_name(0x0b), "unknown");
  CHECK_STR(frame_type_name(0xff), "unknown");
  CHECK_STR(error_code_name(0), "NO_ERROR");
  CHECK_STR(error_code_name(0x0d), "HTTP_1_1_REQUIRED");
  CHECK_STR(error_code_name(0x0e), "unknown");
  CHECK_STR(setting_name(9), "SETTINGS_NO_RFC7540_PRIORITIES");
  CHECK_STR(setting_name(7), "unknown");
  CHECK_STR(setting_name(0), "unknown");
}
