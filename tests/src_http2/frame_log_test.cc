// SPDX-License-Identifier: MIT
// Tests of the trace format.
#include "http2/frame_log.h"

#include <cstdlib>
#include <cstring>
#include <functional>
#include <string>

#include "support/check.h"

namespace {

// What the log writes, with the digits of time stamps replaced.
std::string logged(const std::function<void(http2::FrameLog&)>& use, bool colour = false) {
  char* text = nullptr;
  std::size_t length = 0;
  http2::FrameLogOptions options;
  options.out = open_memstream(&text, &length);
  options.colour = colour;
  options.prefix = "[id=7] ";
  http2::FrameLog log(options);
  use(log);
  std::fclose(options.out);
  std::string out(text, length);
  std::free(text);
  for (std::size_t at = out.find("[  "); at != std::string::npos; at = out.find("[  ", at + 1)) {
    out.replace(at, 9, "[TIME]");
  }
  return out;
}

nghttp2_frame frame_of(std::uint8_t type, std::size_t length, std::int32_t stream_id,
                       std::uint8_t flags) {
  nghttp2_frame frame{};
  frame.hd.type = type;
  frame.hd.length = length;
  frame.hd.stream_id = stream_id;
  frame.hd.flags = flags;
  return frame;
}

}  // namespace

TEST(src_http2_frame_log, settings) {
  nghttp2_settings_entry entries[] = {{NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, 100}, {0x99, 7}};
  auto frame = frame_of(NGHTTP2_SETTINGS, 12, 0, 0);
  frame.settings.niv = 2;
  frame.settings.iv = entries;
  CHECK_STR(logged([&](auto& log) { log.received(frame); }),
            "[id=7] [TIME] recv SETTINGS frame <length=12, flags=0x00, stream_id=0>\n"
            "          (niv=2)\n"
            "          [SETTINGS_MAX_CONCURRENT_STREAMS(0x03):100]\n"
            "          [UNKNOWN(0x99):7]\n");
}

TEST(src_http2_frame_log, headers_sent) {
  std::uint8_t name[] = ":method";
  std::uint8_t value[] = "GET\x1b";
  nghttp2_nv field{name, value, 7, 4, 0};
  auto frame = frame_of(NGHTTP2_HEADERS, 9, 1, 0x25);
  frame.headers.nva = &field;
  frame.headers.nvlen = 1;
  frame.headers.cat = NGHTTP2_HCAT_REQUEST;
  frame.headers.pri_spec = {3, 16, 1};
  CHECK_STR(logged([&](auto& log) { log.sent(frame); }),
            "[id=7] [TIME] send HEADERS frame <length=9, flags=0x25, stream_id=1>\n"
            "          ; END_STREAM | END_HEADERS | PRIORITY\n"
            "          (padlen=0, dep_stream_id=3, weight=16, exclusive=1)\n"
            "          ; Open new stream\n"
            "          :method: GET\\x1b\n");
}

TEST(src_http2_frame_log, fields_and_content) {
  CHECK_STR(logged([](auto& log) { log.received_field(1, "a", "b", false); }),
            "[id=7] [TIME] recv (stream_id=1) a: b\n");
  CHECK_STR(logged([](auto& log) { log.received_field(1, "a", "b", true); }),
            "[id=7] [TIME] recv (stream_id=1, sensitive) a: b\n");
  CHECK_STR(logged([](auto& log) { log.received_content(1, 4, 9, 10); }),
            "[id=7] [TIME] recv (stream_id=1, length=4, srecv=9, crecv=10) DATA\n");
}

TEST(src_http2_frame_log, data_and_errors) {
  auto data = frame_of(NGHTTP2_DATA, 9, 13, NGHTTP2_FLAG_PADDED);
  data.data.padlen = 5;
  CHECK_STR(logged([&](auto& log) { log.received(data); }),
            "[id=7] [TIME] recv DATA frame <length=9, flags=0x08, stream_id=13>\n"
            "          ; PADDED\n"
            "          (padlen=5)\n");
  auto reset = frame_of(NGHTTP2_RST_STREAM, 4, 13, 0);
  reset.rst_stream.error_code = NGHTTP2_CANCEL;
  CHECK_STR(logged([&](auto& log) { log.received(reset); }),
            "[id=7] [TIME] recv RST_STREAM frame <length=4, flags=0x00, stream_id=13>\n"
            "          (error_code=CANCEL(0x08))\n");
}

TEST(src_http2_frame_log, goaway_is_escaped) {
  std::uint8_t debug_data[] = "a\nb";
  auto frame = frame_of(NGHTTP2_GOAWAY, 11, 0, 0);
  frame.goaway.error_code = NGHTTP2_ENHANCE_YOUR_CALM;
  frame.goaway.opaque_data = debug_data;
  frame.goaway.opaque_data_len = 3;
  CHECK_STR(logged([&](auto& log) { log.received(frame); }),
            "[id=7] [TIME] recv GOAWAY frame <length=11, flags=0x00, stream_id=0>\n"
            "          (last_stream_id=0, error_code=ENHANCE_YOUR_CALM(0x0b), "
            "opaque_data(3)=[a\\nb])\n");
}

TEST(src_http2_frame_log, colours) {
  const auto ping = frame_of(NGHTTP2_PING, 8, 0, NGHTTP2_FLAG_ACK);
  const std::string text = logged([&](auto& log) { log.sent(ping); }, true);
  CHECK(text.find("\033[33m[TIME]\033[0m send \033[1;35mPING\033[0m frame <") != std::string::npos);
  CHECK(text.find("          ; ACK\n          (opaque_data=0000000000000000)\n") !=
        std::string::npos);
}

TEST(src_http2_frame_log, unknown_error_code) {
  CHECK_STR(http2::error_code_text(0x1234), "unknown(0x1234)");
}
