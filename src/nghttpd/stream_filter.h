// SPDX-License-Identifier: MIT
// A stream in front of a stream, and a receiver behind a receiver: what stands between a connection
// and a responder derives from these and changes what it must.
#pragma once

#include <memory>
#include <utility>

#include "http/stream.h"

namespace nghttpd {

class StreamFilter : public http::Stream {
 public:
  explicit StreamFilter(http::StreamPtr inner) : inner_(std::move(inner)) {}

  std::int64_t id() const override { return inner_->id(); }
  void send_head(const http::Head& head, http::End end) override { inner_->send_head(head, end); }
  void send_body(http::Bytes chunk, http::End end) override { inner_->send_body(chunk, end); }
  void send_source(std::unique_ptr<http::BodySource> source, http::End end) override {
    inner_->send_source(std::move(source), end);
  }
  void send_trailers(const http::Fields& trailers) override { inner_->send_trailers(trailers); }
  void reset(const http::Reason& reason) override { inner_->reset(reason); }
  void consume(std::size_t count) override { inner_->consume(count); }
  std::size_t room() const override { return inner_->room(); }
  std::uint64_t content_sent() const override { return inner_->content_sent(); }
  void receive_with(std::shared_ptr<http::Receiver> receiver) override {
    inner_->receive_with(std::move(receiver));
  }
  http::StreamPtr push(const http::Head& request) override { return inner_->push(request); }

 protected:
  http::Stream& inner() { return *inner_; }
  const http::Stream& inner() const { return *inner_; }

 private:
  http::StreamPtr inner_;
};

class ReceiverFilter : public http::Receiver {
 public:
  explicit ReceiverFilter(std::shared_ptr<http::Receiver> outer) : outer_(std::move(outer)) {}

  void on_head(http::Head&& head, http::End end) override { outer_->on_head(std::move(head), end); }
  void on_body(http::Bytes chunk, http::End end) override { outer_->on_body(chunk, end); }
  void on_trailers(http::Fields&& trailers) override { outer_->on_trailers(std::move(trailers)); }
  void on_sent() override { outer_->on_sent(); }
  void on_room() override { outer_->on_room(); }
  void on_done() override { outer_->on_done(); }
  void on_reset(const http::Reason& reason) override { outer_->on_reset(reason); }

 private:
  std::shared_ptr<http::Receiver> outer_;
};

}  // namespace nghttpd
