// SPDX-License-Identifier: MIT
// trace/connection_trace with explanations: what depends on both directions, octet for octet.
#include <nghttp2/nghttp2.h>

#include <string>
#include <vector>

#include "base/text.h"
#include "support/check.h"
#include "trace/connection_trace.h"

namespace {

using namespace trace;
using namespace std::string_literals;

class Names final : public Sink {
 public:
  void frame(unsigned, const TracedFrame& traced) override {
    for (const Breach& breach : traced.breaches)
      text += breach.name + " ";
  }
  std::string text;
};

std::string number(std::uint32_t value) {
  std::string out;
  for (const unsigned shift : {24, 16, 8, 0})
    out += static_cast<char>(value >> shift);
  return out;
}

std::string frame(std::uint8_t type, std::uint8_t flags, std::uint32_t stream,
                  const std::string& payload) {
  std::string out = number(static_cast<std::uint32_t>(payload.size())).substr(1);
  out += static_cast<char>(type);
  out += static_cast<char>(flags);
  return out + number(stream) + payload;
}

struct Conversation {
  Names names;
  ConnectionTrace trace{1, {&names}, Explanations::yes};

  Conversation() {
    send(std::string(NGHTTP2_CLIENT_MAGIC) +
         frame(NGHTTP2_SETTINGS, 0, 0, "\0\4"s + number(100000)));
    // GET / by http.
    send(frame(NGHTTP2_HEADERS, 5, 1, "\x82\x84\x86"));
  }
  void send(const std::string& octets) { trace.sent(base::as_bytes(octets)); }
  std::string receive(const std::string& octets) {
    Octets rest = base::as_bytes(octets);
    while (!rest.empty()) {
      rest = rest.subspan(trace.receiving(rest));
      trace.received();
    }
    return std::exchange(names.text, {});
  }
};

const std::string kSettings = frame(NGHTTP2_SETTINGS, 0, 0, "");
const std::string kAck = frame(NGHTTP2_SETTINGS, 1, 0, "");
const std::string kResponse = frame(NGHTTP2_HEADERS, 4, 1, "\x88");

std::string data(std::size_t count) {
  return frame(NGHTTP2_DATA, 0, 1, std::string(count, 'x'));
}

TEST(explainer, counts_the_window_of_the_connection) {
  Conversation one;
  CHECK_STR(one.receive(kSettings + kAck + kResponse), "");
  for (int i = 0; i < 4; ++i)
    CHECK_STR(one.receive(data(16383)), "");
  CHECK_STR(one.receive(data(3)), "");
  CHECK_STR(one.receive(data(1)), "flow-control-connection ");
  one.send(frame(NGHTTP2_WINDOW_UPDATE, 0, 0, number(2)));
  CHECK_STR(one.receive(data(1)), "");
  CHECK_STR(one.receive(data(1)), "flow-control-connection ");
}

TEST(explainer, lets_announced_windows_be_used_before_the_acknowledgement) {
  Conversation one;
  CHECK_STR(one.receive(kSettings + kResponse), "");
  one.send(frame(NGHTTP2_WINDOW_UPDATE, 0, 0, number(1000000)));
  for (int i = 0; i < 10; ++i)
    CHECK_STR(one.receive(data(10000)), "");
  CHECK_STR(one.receive(data(1)), "flow-control-stream ");
}

TEST(explainer, forgives_what_crosses_our_reset) {
  Conversation one;
  one.receive(kSettings + kAck);
  one.send(frame(NGHTTP2_RST_STREAM, 0, 1, number(8)));
  CHECK_STR(one.receive(data(1) + kResponse + data(1)), "");
  CHECK_STR(one.receive(frame(NGHTTP2_RST_STREAM, 0, 1, number(8))), "");
}

TEST(explainer, knows_what_an_upgrade_has_done) {
  Conversation plain;
  CHECK_STR(plain.receive(kSettings + frame(NGHTTP2_HEADERS, 4, 3, "\x88")), "idle-stream ");
  Names names;
  ConnectionTrace trace(1, {&names}, Explanations::yes);
  trace.upgraded("HEAD", base::as_bytes("\0\4\0\0\0\5"s));
  for (const std::string& octets :
       {kSettings, frame(NGHTTP2_HEADERS, 4, 1, "\x88"), data(5), data(1)}) {
    trace.receiving(base::as_bytes(octets));
    trace.received();
  }
  CHECK_STR(names.text, "content-forbidden flow-control-stream content-forbidden ");
}

TEST(explainer, forgets_old_streams) {
  Conversation one;
  one.receive(kSettings + kAck);
  for (std::uint32_t id = 2; id < 30000; id += 2) {
    const std::string promise = number(id) +
                                "\x82\x84\x86\x01\x01"
                                "a";
    CHECK_STR(one.receive(frame(NGHTTP2_PUSH_PROMISE, 4, 1, promise)), "");
    one.send(frame(NGHTTP2_RST_STREAM, 0, id, number(8)));
  }
  CHECK_STR(one.receive(frame(NGHTTP2_HEADERS, 5, 2, "\x88")), "");
  CHECK_STR(one.receive(frame(NGHTTP2_HEADERS, 5, 30000, "\x88")), "not-promised ");
}

}  // namespace
