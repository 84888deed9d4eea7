// SPDX-License-Identifier: MIT
// Frames written and read. An item is a frame.
#include <array>
#include <string>

#include "frame/parse.h"
#include "frame/reader.h"
#include "frame/write.h"
#include "layer_cases.h"
#include "options.h"

namespace bench {

namespace {

using namespace nghttp2;
using namespace nghttp2::frame;
using Event = Reader::Event;

const Allocator kAllocator(default_memory());

void expect(Status status) {
  if (status != Status::ok) fail("writing a frame");
}

// What goes along with a request on a busy connection.
constexpr double kControlFrames = 5;
void write_control_frames(Buffer& out) {
  constexpr std::array kSettings = {SettingsEntry{4, 65535}, SettingsEntry{3, 100}};
  expect(write_settings(out, {kSettings.data(), kSettings.size()}));
  expect(write_ping(out, {}, true));
  expect(write_window_update(out, 0, 32768));
  expect(write_window_update(out, 1, 32768));
  expect(write_rst_stream(out, 1, 8));
}

void write_headers(Buffer& out, Bytes block) {
  const HeaderFrame frame = {.stream_id = 1, .end_stream = true};
  const size_t start = out.size();
  expect(begin_header_frame(out, frame));
  if (!out.append(block)) fail("memory");
  expect(finish_header_frame(out, start, frame, 0, kMinMaxFrameSize));
}

void write_data(Buffer& out, Bytes content) {
  uint8_t head[kDataHeadSize];
  const size_t size =
      write_data_head(head, {.stream_id = 1, .end_stream = true, .content = content.size()});
  if (!out.append({head, size}) || !out.append(content)) fail("memory");
}

// Reads as a session does: each payload in the way that the rule of its type asks for.
size_t read_frames(Reader& reader, Bytes input) {
  size_t frames = 0;
  for (;;) {
    const Result<Event> event = reader.next(input);
    if (!event.ok()) fail("memory");
    if (event.value == Event::need_more) return frames;
    if (event.value == Event::end) ++frames;
    if (event.value != Event::head) continue;
    const FrameHead& head = reader.head();
    const FrameRule& rule = rule_of(head.type);
    if (check(rule, head) != HeadFault::none) fail("a frame is not as its rule says");
    reader.accept(rule.delivery, (head.flags & kFlagPadded) != 0, fixed_size(rule, head));
  }
}

using Write = void (*)(Buffer& out);

void headers_200(Buffer& out) {
  static const std::string block(200, 'h');
  write_headers(out, {reinterpret_cast<const uint8_t*>(block.data()), block.size()});
}
void headers_40k(Buffer& out) {  // two CONTINUATION frames follow
  static const std::string block(40000, 'h');
  write_headers(out, {reinterpret_cast<const uint8_t*>(block.data()), block.size()});
}
void data_1k(Buffer& out) {
  static const std::string content(1024, 'd');
  write_data(out, {reinterpret_cast<const uint8_t*>(content.data()), content.size()});
}
void data_16k(Buffer& out) {
  static const std::string content(16384, 'd');
  write_data(out, {reinterpret_cast<const uint8_t*>(content.data()), content.size()});
}

struct FrameCase {
  const char* name;
  double frames;
  Write write;
};
constexpr FrameCase kCases[] = {{"control", kControlFrames, write_control_frames},
                                {"headers_200", 1, headers_200},
                                {"headers_40k", 3, headers_40k},
                                {"data_1k", 1, data_1k},
                                {"data_16k", 1, data_16k}};

}  // namespace

void add_frame_cases() {
  for (const FrameCase& which : kCases) {
    add_case(std::string("frame/write/") + which.name, [&which](benchmark::State& state) {
      Buffer out(kAllocator);
      measure(state, which.frames, [&] {
        out.clear();
        which.write(out);
        benchmark::ClobberMemory();
      });
    });
    add_case(std::string("frame/read/") + which.name, [&which](benchmark::State& state) {
      Buffer wire(kAllocator);
      which.write(wire);
      Reader reader(kAllocator);
      size_t frames = 0;
      measure(state, which.frames, [&] { frames += read_frames(reader, wire.bytes()); });
      if (double(frames) != which.frames * double(state.iterations())) fail("frames were lost");
    });
  }
}

}  // namespace bench
