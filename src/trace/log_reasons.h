// SPDX-License-Identifier: MIT
// Which rules received frames break, told in the trace of -v.
#pragma once

#include <memory>
#include <utility>

#include "http2/frame_log.h"
#include "trace/sink.h"

namespace trace {

class LogReasons final : public Sink {
 public:
  explicit LogReasons(std::shared_ptr<http2::FrameLog> log) : log_(std::move(log)) {}

  void frame(unsigned, const TracedFrame& traced) override {
    if (traced.direction == Direction::sent) return;
    std::vector<std::string> reasons;
    for (const Breach& breach : traced.breaches)
      reasons.push_back(breach.text());
    const FrameHead& head = traced.frame.head;
    const nghttp2_frame_hd shown{head.length, head.stream_id, head.type, head.flags, 0};
    log_->add_reasons(shown, reasons);
  }

 private:
  std::shared_ptr<http2::FrameLog> log_;
};

}  // namespace trace
