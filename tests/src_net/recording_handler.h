// SPDX-License-Identifier: MIT
// A transport handler for tests: notes events, collects input, sends queued output.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/text.h"
#include "net/loop.h"
#include "net/transport.h"

namespace test {

class RecordingHandler final : public net::TransportHandler {
 public:
  explicit RecordingHandler(net::Transport& transport) : transport_(&transport) {}

  std::string events;  // "connected ", "closed ", "error: ..."
  std::string received;
  std::string to_send;  // written as the transport allows
  bool shutdown_after_send = false;
  size_t read_size = 16384;
  bool read_once = false;  // one read() per event instead of all there is
  size_t readable_events = 0;
  std::function<void()> hook;  // called at the end of each event; may destroy transport and handler

  bool saw(std::string_view event) const { return events.find(event) != std::string::npos; }

  void on_connected() override {
    events += "connected ";
    flush();
    call_hook();
  }

  void on_readable() override {
    ++readable_events;
    std::vector<uint8_t> bytes(read_size);
    for (;;) {
      const net::IoResult result = transport_->read(bytes);
      if (result.status == net::IoStatus::ok) {
        received += base::as_text(std::span(bytes).first(result.count));
        if (!read_once) continue;
      } else if (result.status == net::IoStatus::closed) {
        events += "closed ";
      } else if (result.status == net::IoStatus::error) {
        events += "read error: " + transport_->error_text() + " ";
      }
      break;
    }
    call_hook();
  }

  void on_writable() override {
    flush();
    call_hook();
  }

  void on_error(const std::string& reason) override {
    events += "error: " + reason + " ";
    call_hook();
  }

  void flush() {
    while (!to_send.empty()) {
      // Two pieces, to exercise scattered output.
      const size_t half = to_send.size() / 2;
      const iovec pieces[] = {{to_send.data(), half},
                              {to_send.data() + half, to_send.size() - half}};
      const net::IoResult result = transport_->write(pieces);
      if (result.status == net::IoStatus::would_block) break;
      if (result.status != net::IoStatus::ok) {
        events += "write error: " + transport_->error_text() + " ";
        to_send.clear();
        return;
      }
      to_send.erase(0, result.count);
    }
    transport_->want_write(!to_send.empty());
    if (to_send.empty() && shutdown_after_send) {
      shutdown_after_send = false;
      transport_->shutdown_write();
    }
  }

 private:
  void call_hook() {
    // A copy: the hook may destroy this handler.
    if (const auto copy = hook) copy();
  }

  net::Transport* transport_;
};

// Runs the loop until the condition holds; false after the limit.
inline bool run_until(net::EventLoop& loop, const std::function<bool()>& condition,
                      std::chrono::milliseconds limit = std::chrono::seconds(10)) {
  const auto end = net::Clock::now() + limit;
  while (!condition()) {
    if (net::Clock::now() > end) return false;
    loop.run_once(std::chrono::milliseconds(20));
  }
  return true;
}

}  // namespace test
