// SPDX-License-Identifier: MIT
// h2load and a hostile server of HTTP/2: it reads and writes frames by itself. What it sends are
// whole frames, and not many more than the server has paid for.
#include "h2load/frame_writer.h"
#include "h2load/http2_protocol.h"
#include "h2load_server.h"

namespace {

using h2load::Octets;

h2load::Config config_of(std::uint8_t choice) {
  h2load::Config config;
  config.max_concurrent_streams = Client::kMostAtOnce;
  if ((choice & 0x01) != 0) config.window_bits = 10;
  if ((choice & 0x02) != 0) config.connection_window_bits = 16;
  if ((choice & 0x04) != 0) config.max_frame_size = 20000;
  if ((choice & 0x08) != 0) config.decoder_table_bytes = 100000;
  if ((choice & 0x10) != 0) config.encoder_table_bytes = 0;
  if ((choice & 0x20) != 0) config.verbosity = 1;
  return config;
}

// Frames may lie across the ends of pieces.
class FrameChecker {
 public:
  void take(Octets output) {
    require(output.size() <= kMostOutput);
    waiting_.insert(waiting_.end(), output.begin(), output.end());
    Octets rest = waiting_;
    if (std::exchange(first_, false)) rest = rest.subspan(NGHTTP2_CLIENT_MAGIC_LEN);
    while (rest.size() >= h2load::kFrameHeadBytes) {
      const auto head = h2load::read_frame_head(rest);
      require(head.type <= NGHTTP2_CONTINUATION && head.type != NGHTTP2_PUSH_PROMISE);
      if (rest.size() < h2load::kFrameHeadBytes + head.length) break;
      rest = rest.subspan(h2load::kFrameHeadBytes + head.length);
    }
    waiting_.assign(rest.begin(), rest.end());
  }
  bool is_whole() const { return waiting_.empty(); }

 private:
  static constexpr std::size_t kMostOutput = 2 * 1024 * 1024;

  bool first_ = true;
  std::vector<std::uint8_t> waiting_;
};

}  // namespace

// The first octets choose the configuration, and how it goes.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 3) return 0;
  const h2load::Config config = config_of(data[0]);
  const h2load::TimePoint now{};
  check(data + 1, Octets(data + 3, size - 3), [&](const Course& course, Octets input) {
    Client client((data[0] & 0x40) != 0);
    h2load::Http2Protocol protocol(config, client, now);
    FrameChecker frames;
    const std::string outcome = converse(protocol, client, input, course,
                                         [&](const auto& out) { frames.take(out.bytes()); });
    require(frames.is_whole());
    return outcome;
  });
  return 0;
}
