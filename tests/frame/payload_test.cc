// SPDX-License-Identifier: MIT
// What is written is read back, and the octets are those of RFC 9113 §6.
#include <vector>

#include "base/bytes_of.h"
#include "frame/parse.h"
#include "frame/write.h"
#include "support/alloc_probe.h"
#include "support/check.h"

using namespace base_test;
using namespace nghttp2;
using namespace nghttp2::frame;
using support::AllocProbe;

namespace {

const Allocator kPlain(default_memory());

// Takes the first frame off a text.
struct TestFrame {
  FrameHead head;
  std::string payload;
};
TestFrame take_frame(std::string& text) {
  TestFrame frame;
  frame.head = parse_head(reinterpret_cast<const uint8_t*>(text.data()));
  frame.payload = text.substr(kFrameHeadSize, frame.head.length);
  text.erase(0, kFrameHeadSize + frame.head.length);
  return frame;
}

template <typename Write>
std::string written(Write write) {
  Buffer out(kPlain);
  CHECK(write(out) == Status::ok);
  return text_of(out.bytes());
}

// Every failing allocation leaves what was in the buffer before.
template <typename Write>
void check_without_memory(Write write) {
  AllocProbe probe(AllocProbe::Failing::from_then_on, 1);
  {
    const Allocator allocator(*probe.mem());
    Buffer out(allocator);
    const std::string before(128, 'b');
    CHECK(out.append({reinterpret_cast<const uint8_t*>(before.data()), before.size()}));
    CHECK_EQ(out.room(), 0u);
    CHECK(write(out) == Status::no_memory);
    CHECK_BYTES(out.bytes(), before);
  }
  CHECK_STR(probe.complaint(), "");
}

}  // namespace

TEST(frame_payload, head) {
  uint8_t octets[kFrameHeadSize];
  write_head(octets, {0x123456, 0x7fffffff, 0x07, 0x25});
  CHECK_BYTES(Bytes(octets), "\x12\x34\x56\x07\x25\x7f\xff\xff\xff");
  octets[5] |= 0x80;
  const FrameHead head = parse_head(octets);
  CHECK_EQ(head.length, 0x123456u);
  CHECK_EQ(head.stream_id, INT32_MAX);
  CHECK_EQ(head.type, 7);
  CHECK_EQ(head.flags, 0x25);
  CHECK(head.reserved);
}

TEST(frame_payload, priority) {
  const auto write = [](Buffer& out) { return write_priority(out, 5, {3, 256, 1}); };
  std::string text = written(write);
  CHECK_BYTES(text, "\0\0\x05\x02\0\0\0\0\x05\x80\0\0\x03\xff");
  const PrioritySpec spec = parse_priority(bytes_of(take_frame(text).payload)).spec;
  CHECK_EQ(spec.stream_id, 3);
  CHECK_EQ(spec.weight, 256);
  CHECK_EQ(spec.exclusive, 1);
  check_without_memory(write);
}

TEST(frame_payload, rst_stream) {
  const auto write = [](Buffer& out) { return write_rst_stream(out, 7, 0xfffffffe); };
  std::string text = written(write);
  CHECK_BYTES(text, "\0\0\x04\x03\0\0\0\0\x07\xff\xff\xff\xfe");
  CHECK_EQ(parse_rst_stream(bytes_of(take_frame(text).payload)).error_code, 0xfffffffeu);
  check_without_memory(write);
}

TEST(frame_payload, settings) {
  const SettingsEntry entries[] = {{1, 4096}, {0xffff, 0xffffffff}};
  const auto write = [&](Buffer& out) { return write_settings(out, entries); };
  std::string text = written(write);
  CHECK_BYTES(text, "\0\0\x0c\x04\0\0\0\0\0\0\x01\0\0\x10\0\xff\xff\xff\xff\xff\xff");
  const TestFrame frame = take_frame(text);
  REQUIRE(settings_count(bytes_of(frame.payload)) == 2);
  CHECK_EQ(parse_settings_entry(bytes_of(frame.payload), 1).settings_id, 0xffff);
  CHECK_EQ(parse_settings_entry(bytes_of(frame.payload), 1).value, 0xffffffffu);
  CHECK_BYTES(written(write_settings_ack), "\0\0\0\x04\x01\0\0\0\0");
  check_without_memory(write);
  check_without_memory([](Buffer& out) { return write_settings_ack(out); });
}

TEST(frame_payload, ping) {
  const Ping ping = {{1, 2, 3, 4, 5, 6, 7, 8}};
  const auto write = [&](Buffer& out) { return write_ping(out, ping, true); };
  std::string text = written(write);
  CHECK_BYTES(text, "\0\0\x08\x06\x01\0\0\0\0\1\2\3\4\5\6\7\x08");
  const Ping read = parse_ping(bytes_of(take_frame(text).payload));
  CHECK(equal(read.opaque_data, ping.opaque_data));
  check_without_memory(write);
}

TEST(frame_payload, goaway) {
  const auto write = [](Buffer& out) { return write_goaway(out, {9, 11, literal("why")}); };
  std::string text = written(write);
  CHECK_BYTES(text, "\0\0\x0b\x07\0\0\0\0\0\0\0\0\x09\0\0\0\x0bwhy");
  const TestFrame frame = take_frame(text);
  const Goaway goaway = parse_goaway(bytes_of(frame.payload));
  CHECK_EQ(goaway.last_stream_id, 9);
  CHECK_EQ(goaway.error_code, 11u);
  CHECK_BYTES(goaway.debug_data, "why");
  check_without_memory(write);
}

TEST(frame_payload, window_update) {
  const auto write = [](Buffer& out) { return write_window_update(out, 3, INT32_MAX); };
  std::string text = written(write);
  CHECK_BYTES(text, "\0\0\x04\x08\0\0\0\0\x03\x7f\xff\xff\xff");
  CHECK_EQ(parse_window_update(bytes_of(take_frame(text).payload)).increment, INT32_MAX);
  // RFC 9113 §6.9: the reserved bit is ignored.
  CHECK_EQ(parse_window_update(literal("\x80\0\0\x01")).increment, 1);
  check_without_memory(write);
}

TEST(frame_payload, altsvc) {
  const Altsvc sent = {literal("https://a"), literal("h2=\":1\"")};
  const auto write = [&](Buffer& out) { return write_altsvc(out, 0, sent); };
  std::string text = written(write);
  const TestFrame frame = take_frame(text);
  Altsvc read;
  REQUIRE(parse_altsvc(bytes_of(frame.payload), read));
  CHECK_BYTES(read.origin, "https://a");
  CHECK_BYTES(read.field_value, "h2=\":1\"");
  CHECK(!parse_altsvc(literal("\0\x03ol"), read));
  CHECK(parse_altsvc(literal("\0\x02ol"), read));
  CHECK(read.field_value.empty());
  check_without_memory(write);
}

TEST(frame_payload, origins) {
  uint8_t a[] = {'a'};
  uint8_t bc[] = {'b', 'c'};
  const OriginEntry entries[] = {{a, 1}, {nullptr, 0}, {bc, 2}};
  const auto write = [&](Buffer& out) { return write_origin(out, entries); };
  std::string text = written(write);
  CHECK_BYTES(text,
              "\0\0\x09\x0c\0\0\0\0\0\0\x01"
              "a\0\0\0\x02"
              "bc");
  const TestFrame frame = take_frame(text);
  OriginSummary summary;
  REQUIRE(summarize_origins(bytes_of(frame.payload), summary));
  CHECK_EQ(summary.count, 2u);
  CHECK_EQ(summary.bytes, 3u);
  for (size_t size = 1; size < frame.payload.size(); ++size) {
    const bool is_boundary = size == 3 || size == 5;
    CHECK_EQ(summarize_origins(bytes_of(frame.payload).first(size), summary), is_boundary);
  }
  check_without_memory(write);
}

TEST(frame_payload, priority_update) {
  const auto write = [](Buffer& out) { return write_priority_update(out, {5, literal("u=1")}); };
  std::string text = written(write);
  CHECK_BYTES(text, "\0\0\x07\x10\0\0\0\0\0\0\0\0\x05u=1");
  const TestFrame frame = take_frame(text);
  const PriorityUpdate update = parse_priority_update(bytes_of(frame.payload));
  CHECK_EQ(update.prioritized_stream_id, 5);
  CHECK_BYTES(update.field_value, "u=1");
  check_without_memory(write);
}

TEST(frame_payload, extension) {
  const auto write = [](Buffer& out) {
    return write_extension(out, {0, 9, 0x42, 0xa5}, literal("xyz"));
  };
  CHECK_BYTES(written(write), "\0\0\x03\x42\xa5\0\0\0\x09xyz");
  check_without_memory(write);
}

TEST(frame_payload, data_heads) {
  uint8_t octets[kDataHeadSize];
  DataFrame frame;
  frame.stream_id = 1;
  frame.content = 5;
  CHECK_BYTES(Bytes(octets, write_data_head(octets, frame)), "\0\0\x05\0\0\0\0\0\x01");
  CHECK_EQ(data_tail_bytes(frame), 0u);
  frame.end_stream = true;
  frame.padding = 1;
  CHECK_BYTES(Bytes(octets, write_data_head(octets, frame)), "\0\0\x06\0\x09\0\0\0\x01\0");
  CHECK_EQ(data_tail_bytes(frame), 0u);
  frame.padding = 256;
  CHECK_BYTES(Bytes(octets, write_data_head(octets, frame)), "\0\x01\x05\0\x09\0\0\0\x01\xff");
  CHECK_EQ(data_tail_bytes(frame), 255u);
}

namespace {

Status write_header_frame(Buffer& out, const HeaderFrame& frame, Bytes block, size_t padding,
                          size_t max_frame_size) {
  const size_t start = out.size();
  RETURN_IF_ERROR(begin_header_frame(out, frame));
  if (!out.append(block)) {
    out.truncate(start);
    return Status::no_memory;
  }
  return finish_header_frame(out, start, frame, padding, max_frame_size);
}

// Reads the frames of one block and returns the block.
std::string join_block(std::string text, const HeaderFrame& frame, size_t max_frame_size) {
  const size_t fixed = header_fixed_size(frame);
  TestFrame next = take_frame(text);
  CHECK_EQ(next.head.type, unsigned(frame.type));
  std::string block = next.payload.substr(fixed);
  while (!(next.head.flags & kFlagEndHeaders)) {
    CHECK_EQ(next.head.length, max_frame_size);
    next = take_frame(text);
    CHECK_EQ(next.head.type, unsigned(FrameType::continuation));
    CHECK_EQ(next.head.stream_id, frame.stream_id);
    CHECK_EQ(next.head.flags & ~kFlagEndHeaders, 0);
    CHECK(next.head.length > 0);
    block += next.payload;
  }
  CHECK_STR(text, "");
  return block;
}

}  // namespace

TEST(frame_payload, header_frames) {
  HeaderFrame frame;
  frame.stream_id = 3;
  frame.end_stream = true;
  const auto plain = [&](Buffer& out) {
    return write_header_frame(out, frame, literal("block"), 0, 16384);
  };
  CHECK_BYTES(written(plain),
              "\0\0\x05\x01\x05\0\0\0\x03"
              "block");
  const PrioritySpec spec = {1, 16, 1};
  frame.priority = &spec;
  const auto padded = [&](Buffer& out) {
    return write_header_frame(out, frame, literal("block"), 3, 16384);
  };
  CHECK_BYTES(written(padded),
              "\0\0\x0d\x01\x2d\0\0\0\x03\x02\x80\0\0\x01\x0f"
              "block\0\0");
  HeaderFrame promise;
  promise.type = FrameType::push_promise;
  promise.stream_id = 1;
  promise.promised_stream_id = 2;
  const auto push = [&](Buffer& out) {
    return write_header_frame(out, promise, literal("block"), 1, 16384);
  };
  CHECK_BYTES(written(push),
              "\0\0\x0a\x05\x0c\0\0\0\x01\0\0\0\0\x02"
              "block");
  check_without_memory(plain);
  check_without_memory(padded);
  check_without_memory(push);
}

TEST(frame_payload, blocks_larger_than_a_frame) {
  const PrioritySpec spec = {1, 16, 0};
  for (size_t size = 0; size < 60; ++size) {
    std::string block;
    for (size_t i = 0; i < size; ++i)
      block += char('A' + i);
    for (size_t max_frame_size : {10, 16, 17, 60}) {
      for (const PrioritySpec* priority : {static_cast<const PrioritySpec*>(nullptr), &spec}) {
        HeaderFrame frame;
        frame.stream_id = 5;
        frame.priority = priority;
        const std::string text = written([&](Buffer& out) {
          return write_header_frame(out, frame, bytes_of(block), 0, max_frame_size);
        });
        CHECK_STR(join_block(text, frame, max_frame_size), block);
      }
    }
  }
}

TEST(frame_payload, no_memory_for_continuations_or_padding) {
  HeaderFrame frame;
  frame.stream_id = 5;
  for (size_t padding : {0, 200}) {
    for (size_t fail_at = 0;; ++fail_at) {
      AllocProbe probe(AllocProbe::Failing::from_then_on, fail_at);
      {
        const Allocator allocator(*probe.mem());
        Buffer out(allocator);
        const std::string block(100, 'x');
        const Status status =
            write_header_frame(out, frame, bytes_of(block), padding, padding ? 16384 : 10);
        if (status == Status::ok) {
          CHECK(fail_at >= 2);
          CHECK(!probe.has_failed());
          break;
        }
        CHECK(status == Status::no_memory);
        CHECK(out.empty());
      }
      CHECK_STR(probe.complaint(), "");
    }
  }
}
