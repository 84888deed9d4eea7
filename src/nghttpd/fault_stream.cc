// SPDX-License-Identifier: MIT
// A stream on which goes wrong what a plan says: held back, cut, and changed.
#include "nghttpd/fault_stream.h"

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.h"
#include "nghttpd/malformed_head.h"

namespace nghttpd {

namespace {

using std::chrono::milliseconds;

constexpr std::size_t kHeldBytes = 64 * 1024;
constexpr std::size_t kChunkBytes = 16 * 1024;
// How often to look whether the connection has taken what waits there.
constexpr milliseconds kPollTime(2);

}  // namespace

class FaultStream::Receiver final : public ReceiverFilter {
 public:
  Receiver(std::shared_ptr<FaultStream> stream, std::shared_ptr<http::Receiver> outer)
      : ReceiverFilter(std::move(outer)), stream_(std::move(stream)) {}

  void on_room() override { stream_->advance(); }
  void on_done() override {
    stream_->finish();
    ReceiverFilter::on_done();
  }
  void on_reset(const http::Reason& reason) override {
    stream_->finish();
    ReceiverFilter::on_reset(reason);
  }

 private:
  std::shared_ptr<FaultStream> stream_;
};

FaultStream::FaultStream(http::StreamPtr inner, FaultPlan plan, net::EventLoop& loop,
                         net::Clock::time_point started, Injector inject)
    : StreamFilter(std::move(inner)),
      plan_(std::move(plan)),
      started_(started),
      inject_(std::move(inject)),
      timer_(loop, [this] { advance(); }) {}

void FaultStream::receive_with(std::shared_ptr<http::Receiver> receiver) {
  outer_ = receiver;
  inner().receive_with(std::make_shared<Receiver>(shared_from_this(), std::move(receiver)));
}

void FaultStream::send_head(const http::Head& head, http::End end) {
  if (head.is_informational()) {
    inner().send_head(head, end);
    return;
  }
  head_ = head;
  ended_ = end == http::End::yes;
  advance();
}

void FaultStream::send_body(http::Bytes chunk, http::End end) {
  if (finished_) return;
  held_.append(chunk);
  ended_ = end == http::End::yes;
  wants_room_ = room() == 0;
  advance();
}

void FaultStream::send_source(std::unique_ptr<http::BodySource> source, http::End end) {
  if (finished_) return;
  source_ = std::move(source);
  ended_ = end == http::End::yes;
  advance();
}

void FaultStream::send_trailers(const http::Fields& trailers) {
  trailers_ = trailers;
  ended_ = true;
  advance();
}

void FaultStream::reset(const http::Reason& reason) {
  finish();
  inner().reset(reason);
}

void FaultStream::consume(std::size_t count) {
  if (!plan_.stall_window) inner().consume(count);
}

std::size_t FaultStream::room() const {
  if (finished_ || ended_ || source_ != nullptr) return 0;
  return kHeldBytes - std::min(held_.size(), kHeldBytes);
}

// Goes as far as it can; whoever makes more possible calls again.
void FaultStream::advance() {
  const auto guard = shared_from_this();
  if (finished_ || !head_ || timer_.is_active()) return;
  if (!std::exchange(delayed_, true) && plan_.delay.count() > 0) {
    timer_.start(plan_.delay);
    return;
  }
  if (!head_sent_) {
    if (must_wait()) return;
    release_head();
  }
  if (!finished_) send_content();
  ask_for_more();
}

// Whether it is time for silence; ends by itself.
bool FaultStream::must_wait() {
  if (!plan_.stall) return false;
  const auto elapsed = std::chrono::duration_cast<milliseconds>(net::Clock::now() - started_);
  const milliseconds left = plan_.stall->left(elapsed);
  if (left.count() == 0) return false;
  timer_.start(left);
  return true;
}

void FaultStream::release_head() {
  head_sent_ = true;
  for (const int status : plan_.interim)
    inner().send_head(http::response_head(status), http::End::no);
  if (plan_.refusal) {
    fail(*plan_.refusal, "refused as --fault says");
    return;
  }
  if (plan_.malformed) {
    inject_(base::as_bytes(malformed_head(inner().id(), *plan_.malformed)));
    // The frame ended the stream for the client; this ends it for our session.
    fail(NGHTTP2_CANCEL, "malformed as --fault says");
    return;
  }
  http::Head head = *head_;
  if (plan_.status) head.status = *plan_.status;
  if (plan_.content_length) {
    head.fields.set("content-length", std::to_string(*plan_.content_length));
  }
  const bool ends_here =
      ended_ && available() == 0 && !trailers_ && plan_.trailers.empty() && !plan_.reset;
  finished_ = ends_here;
  inner().send_head(head, ends_here ? http::End::yes : http::End::no);
  full_room_ = inner().room();
  // A reset would overtake a head that waits.
  if (plan_.reset) timer_.start(kPollTime);
}

void FaultStream::send_content() {
  // Only what is alone in the connection leaves at its own time.
  const bool is_paced = plan_.data_delay.count() > 0 || plan_.stall;
  while (!finished_ && !timer_.is_active()) {
    const bool is_done = ended_ && available() == 0;
    if (plan_.reset && (is_done || allowed() == 0)) {
      if (is_drained()) {
        fail(plan_.reset->code, "reset as --fault says");
      } else {
        timer_.start(kPollTime);
      }
    } else if (is_done || is_cut_off()) {
      end_content();
    } else if (is_paced && !is_drained()) {
      timer_.start(kPollTime);
    } else if (must_wait() || !send_chunk()) {
      return;
    } else if (!finished_ && plan_.data_delay.count() > 0) {
      timer_.start(plan_.data_delay);
    }
  }
}

bool FaultStream::is_drained() const {
  return inner().room() == full_room_;
}

bool FaultStream::send_chunk() {
  const std::uint64_t ready = std::min(available(), allowed());
  const std::size_t limit = std::min(inner().room(), plan_.data_size.value_or(kChunkBytes));
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(ready, limit));
  if (size == 0) return false;
  std::vector<std::uint8_t> chunk(size);
  if (!take(chunk)) {
    fail(NGHTTP2_INTERNAL_ERROR, "the content ended before its announced length");
    return true;
  }
  content_sent_ += size;
  const bool is_done = ended_ && available() == 0 && !trailers_ && plan_.trailers.empty();
  const bool ends_here = !plan_.reset && (is_done || is_cut_off());
  finished_ = ends_here;
  inner().send_body(chunk, ends_here ? http::End::yes : http::End::no);
  return true;
}

bool FaultStream::take(std::span<std::uint8_t> out) {
  const std::size_t from_held = std::min(held_.size(), out.size());
  std::copy_n(held_.data(), from_held, out.begin());
  held_.consume(from_held);
  out = out.subspan(from_held);
  return out.empty() || (source_ != nullptr && source_->read(out));
}

std::uint64_t FaultStream::available() const {
  return held_.size() + (source_ == nullptr ? 0 : source_->remaining());
}

// How much more content the faults let through.
std::uint64_t FaultStream::allowed() const {
  std::uint64_t total = UINT64_MAX;
  if (plan_.reset) total = std::min(total, plan_.reset->octets);
  if (plan_.truncation) total = std::min(total, *plan_.truncation);
  return total - content_sent_;
}

bool FaultStream::is_cut_off() const {
  return plan_.truncation && content_sent_ >= *plan_.truncation;
}

void FaultStream::end_content() {
  finished_ = true;
  http::Fields trailers = trailers_.value_or(http::Fields());
  for (const http::Field& field : plan_.trailers)
    trailers.add(field.name, field.value);
  if (trailers.empty() || is_cut_off()) {
    inner().send_body({}, http::End::yes);
  } else {
    inner().send_trailers(trailers);
  }
}

void FaultStream::fail(std::uint32_t code, const char* text) {
  finish();
  inner().reset(http::Reason{http::ReasonKind::internal, code, text});
}

void FaultStream::ask_for_more() {
  if (!wants_room_ || room() == 0) return;
  wants_room_ = false;
  const auto outer = outer_.lock();
  if (outer) outer->on_room();
}

void FaultStream::finish() {
  finished_ = true;
  timer_.stop();
  source_.reset();
  held_.clear();
}

}  // namespace nghttpd
