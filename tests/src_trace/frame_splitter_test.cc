// SPDX-License-Identifier: MIT
// trace/frame_splitter: frames out of octets, however they are cut.
#include "trace/frame_splitter.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "support/check.h"

namespace {

using namespace trace;
using namespace std::string_literals;

constexpr std::size_t kMaxLength = 20;

// "type:length of payload seen/length" of each frame, "P" for the preface.
std::string split(FrameSplitter& splitter, const std::string& text, std::size_t step) {
  std::string seen;
  for (std::size_t at = 0; at < text.size(); at += step) {
    Octets piece = base::as_bytes(text).subspan(at, std::min(step, text.size() - at));
    while (!piece.empty()) {
      const std::size_t count = splitter.take(piece);
      if (count == 0) return seen + " stuck";
      piece = piece.subspan(count);
      if (splitter.has_preface()) seen += "P ";
      const auto frame = splitter.frame();
      if (!frame) continue;
      seen += std::to_string(frame->head.type) + ":" + std::to_string(frame->payload.size()) + "/" +
              std::to_string(frame->head.length) + " ";
    }
  }
  return seen;
}

const std::string kPing = "\0\0\x08\x06\0\0\0\0\0"s + "12345678";
const std::string kEmpty = "\0\0\0\x04\x01\0\0\0\0"s;
const std::string kTooLong = "\0\0\x15\0\0\x80\0\0\x01"s + std::string(21, 'x');

TEST(frame_splitter, cuts_at_the_end_of_frames) {
  for (const std::size_t step : {1, 2, 5, 9, 17, 1000}) {
    FrameSplitter splitter(kMaxLength, 3);
    CHECK_STR(split(splitter, "PRI" + kPing + kEmpty + kTooLong + kPing, step),
              "P 6:8/8 4:0/0 0:0/21 6:8/8 ");
  }
}

TEST(frame_splitter, reads_the_head) {
  FrameSplitter splitter(kMaxLength);
  CHECK_EQ(splitter.take(base::as_bytes(kTooLong)), std::size_t{9});
  const auto frame = splitter.frame();
  CHECK(frame.has_value());
  CHECK(frame->head.reserved_bit && frame->head.stream_id == 1 && !frame->is_complete());
}

TEST(frame_splitter, knows_what_is_unfinished) {
  FrameSplitter splitter(kMaxLength);
  CHECK_STR(split(splitter, kPing.substr(0, 8), 100), "");
  CHECK(!splitter.unfinished());
  CHECK_STR(split(splitter, kPing.substr(8, 3), 100), "");
  CHECK_EQ(splitter.unfinished()->payload.size(), std::size_t{2});
  CHECK_STR(split(splitter, kPing.substr(11), 100), "6:8/8 ");
  CHECK(!splitter.unfinished());
}

TEST(frame_splitter, takes_payloads_apart) {
  const std::string payload = "\x02\x80\0\0\x05\x0f"s + "block"s + "\0\0"s;
  FrameHead head{static_cast<std::uint32_t>(payload.size()), 1, 0x28, false, 1};
  const Parts parts = parts_of({head, base::as_bytes(payload)});
  CHECK(parts.priority->exclusive && parts.priority->dependency == 5);
  CHECK_EQ(parts.priority->weight, 16U);
  CHECK(!parts.is_too_short && !parts.is_padding_too_long && *parts.pad_length == 2);
  CHECK_STR(std::string(base::as_text(parts.content)), "block");
  head.length = 4;
  CHECK(parts_of({head, base::as_bytes(payload).first(4)}).is_too_short);
  const std::string padding =
      "\x05"
      "abcd";
  CHECK(parts_of({{5, 0, 8, false, 1}, base::as_bytes(padding)}).is_padding_too_long);
}

}  // namespace
