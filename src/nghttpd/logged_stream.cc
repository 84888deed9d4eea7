// SPDX-License-Identifier: MIT
// A stream whose exchange gets a line in the access log.
#include "nghttpd/logged_stream.h"

namespace nghttpd {

class LoggedStream::Receiver final : public ReceiverFilter {
 public:
  Receiver(std::shared_ptr<LoggedStream> stream, std::shared_ptr<http::Receiver> outer)
      : ReceiverFilter(std::move(outer)), stream_(std::move(stream)) {}

  void on_body(http::Bytes chunk, http::End end) override {
    stream_->entry_.received += chunk.size();
    ReceiverFilter::on_body(chunk, end);
  }
  void on_done() override {
    stream_->write_entry();
    ReceiverFilter::on_done();
  }
  void on_reset(const http::Reason& reason) override {
    stream_->entry_.failure = reason;
    stream_->write_entry();
    ReceiverFilter::on_reset(reason);
  }

 private:
  std::shared_ptr<LoggedStream> stream_;
};

void LoggedStream::receive_with(std::shared_ptr<http::Receiver> receiver) {
  inner().receive_with(std::make_shared<Receiver>(shared_from_this(), std::move(receiver)));
}

void LoggedStream::send_head(const http::Head& head, http::End end) {
  note_head(head);
  inner().send_head(head, end);
}

void LoggedStream::send_shared_head(http::SharedHead head, http::End end) {
  note_head(*head);
  inner().send_shared_head(std::move(head), end);
}

void LoggedStream::note_head(const http::Head& head) {
  if (!head.is_informational()) entry_.status = head.status;
}

void LoggedStream::reset(const http::Reason& reason) {
  if (!is_written_) {
    entry_.failure = reason;
    entry_.is_reset_by_server = true;
  }
  write_entry();
  inner().reset(reason);
}

void LoggedStream::write_entry() {
  if (std::exchange(is_written_, true)) return;
  entry_.sent = inner().content_sent();
  entry_.duration = std::chrono::steady_clock::now() - entry_.begin;
  log_.add(entry_);
}

}  // namespace nghttpd
