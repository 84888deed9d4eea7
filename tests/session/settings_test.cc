// SPDX-License-Identifier: MIT
// Settings: value rules and unacknowledged frames (RFC 9113 §6.5).
#include "session/settings.h"

#include "support/check.h"

using nghttp2::Allocator;
using nghttp2::default_memory;
using nghttp2::SettingsEntry;
using nghttp2::Slice;
using nghttp2::Status;
using nghttp2::frame::ErrorCode;
using nghttp2::frame::SettingId;
using nghttp2::session::check_setting_value;
using nghttp2::session::kUnlimited;
using nghttp2::session::Settings;
using nghttp2::session::SettingValues;

namespace {

SettingsEntry entry(SettingId id, uint32_t value) {
  return {int32_t(id), value};
}

}  // namespace

TEST(settings, initial_values_are_those_of_the_rfc) {
  const SettingValues values;
  CHECK_EQ(values.header_table_size, 4096u);
  CHECK_EQ(values.enable_push, 1u);
  CHECK_EQ(values.max_concurrent_streams, kUnlimited);
  CHECK_EQ(values.initial_window_size, 65535u);
  CHECK_EQ(values.max_frame_size, 16384u);
  CHECK_EQ(values.max_header_list_size, kUnlimited);
  CHECK_EQ(values.enable_connect_protocol, 0u);
}

TEST(settings, unknown_identifiers_have_no_value) {
  SettingValues values;
  for (int32_t id : {0, 7, 10, 65535, 65536, -1})
    CHECK(values.find(id) == nullptr);
}

TEST(settings, values_out_of_range_are_connection_errors) {
  struct Case {
    SettingId id;
    uint32_t value;
    ErrorCode code;
  };
  const Case cases[] = {
      {SettingId::enable_push, 2, ErrorCode::protocol_error},
      {SettingId::initial_window_size, 0x80000000, ErrorCode::flow_control_error},
      {SettingId::max_frame_size, 16383, ErrorCode::protocol_error},
      {SettingId::max_frame_size, 16777216, ErrorCode::protocol_error},
      {SettingId::enable_connect_protocol, 2, ErrorCode::protocol_error},
      {SettingId::no_rfc7540_priorities, 2, ErrorCode::protocol_error},
  };
  for (const Case& c : cases) {
    const auto verdict = check_setting_value(entry(c.id, c.value));
    CHECK(!verdict.proceeds());
    CHECK(verdict.code == c.code);
  }
}

TEST(settings, values_at_the_ends_of_their_ranges_are_accepted) {
  const SettingsEntry entries[] = {
      entry(SettingId::header_table_size, UINT32_MAX),
      entry(SettingId::enable_push, 1),
      entry(SettingId::initial_window_size, 0x7fffffff),
      entry(SettingId::max_frame_size, 16384),
      entry(SettingId::max_frame_size, 16777215),
      entry(SettingId::max_header_list_size, 0),
      {0x7777, 5},
  };
  for (const SettingsEntry& each : entries)
    CHECK(check_setting_value(each).proceeds());
}

TEST(settings, announced_values_are_pending_at_once_and_local_later) {
  const Allocator allocator(default_memory());
  Settings settings(allocator);
  const SettingsEntry entries[] = {entry(SettingId::max_concurrent_streams, 7),
                                   entry(SettingId::enable_push, 0)};
  CHECK(settings.announce(Slice<const SettingsEntry>(entries)) == Status::ok);
  CHECK_EQ(settings.pending_max_concurrent_streams, 7u);
  CHECK(!settings.pending_enable_push);
  CHECK_EQ(settings.local.max_concurrent_streams, kUnlimited);
  // RFC 9218 §2.1: the first frame settles it by saying nothing.
  CHECK_EQ(settings.pending_no_rfc7540_priorities, 0u);
}

TEST(settings, acknowledgements_release_frames_in_order) {
  const Allocator allocator(default_memory());
  Settings settings(allocator);
  const SettingsEntry first[] = {entry(SettingId::max_frame_size, 20000)};
  const SettingsEntry second[] = {entry(SettingId::max_frame_size, 30000)};
  CHECK(settings.announce(Slice<const SettingsEntry>(first)) == Status::ok);
  CHECK(settings.announce(Slice<const SettingsEntry>(second)) == Status::ok);
  CHECK_EQ(settings.oldest()->slice()[0].value, 20000u);
  settings.release_oldest();
  CHECK_EQ(settings.oldest()->slice()[0].value, 30000u);
  settings.release_oldest();
  CHECK(settings.oldest() == nullptr);
}

TEST(settings, the_assumed_limit_lasts_until_the_first_frame) {
  const Allocator allocator(default_memory());
  Settings settings(allocator);
  settings.assume_remote_limit(100);
  CHECK_EQ(settings.remote.max_concurrent_streams, 100u);
  settings.begin_remote();
  CHECK_EQ(settings.remote.max_concurrent_streams, kUnlimited);
  settings.remote.max_concurrent_streams = 5;
  settings.begin_remote();
  CHECK_EQ(settings.remote.max_concurrent_streams, 5u);
}
