// SPDX-License-Identifier: MIT
// Answers a request with the content that came with it, as it comes.
#include "nghttpd/echo_upload.h"

#include <algorithm>
#include <utility>

namespace nghttpd {

void EchoUpload::on_head(http::Head&& head, http::End end) {
  id_ = stream_->id();
  const std::string path = "/" + file_path(head.path).value_or("");
  http::Head response = service_.make_response(200);
  response.fields.add("nghttpd-response", "echo");
  const auto length = http::content_length(head.fields);
  if (end == http::End::yes) {
    response.fields.add("content-length", "0");
    service_.config().headers.apply(path, response.fields);
    stream_->send_head(response, http::End::yes);
    return;
  }
  // RFC 9110 §10.1.1: a client that waits for permission gets it.
  if (head.fields.value("expect") == "100-continue") {
    stream_->send_head(http::response_head(100), http::End::no);
  }
  if (length && !service_.config().no_content_length) {
    response.fields.add("content-length", std::to_string(*length));
  }
  for (const char* name : {"content-type", "content-encoding"}) {
    if (head.fields.has(name)) response.fields.add(name, head.fields.value(name));
  }
  service_.config().headers.apply(path, response.fields);
  stream_->send_head(response, http::End::no);
}

void EchoUpload::on_body(http::Bytes chunk, http::End end) {
  waiting_.append(chunk);
  ended_ = end == http::End::yes;
  pass_on();
}

void EchoUpload::on_trailers(http::Fields&&) {
  ended_ = true;
  pass_on();
}

void EchoUpload::on_room() {
  pass_on();
}

void EchoUpload::pass_on() {
  if (finished_) return;
  const std::size_t count = std::min(stream_->room(), waiting_.size());
  const bool is_last = ended_ && count == waiting_.size();
  if (count == 0 && !is_last) return;
  const http::Fields& trailers = service_.config().trailers;
  const bool ends_here = is_last && trailers.empty();
  finished_ = is_last;
  stream_->send_body(waiting_.bytes().first(count), ends_here ? http::End::yes : http::End::no);
  if (is_last && !ends_here) stream_->send_trailers(trailers);
  waiting_.consume(count);
  stream_->consume(count);
}

void EchoUpload::on_done() {
  note_closed();
}

void EchoUpload::on_reset(const http::Reason&) {
  note_closed();
}

void EchoUpload::note_closed() {
  if (log_) log_->note("stream_id=" + std::to_string(id_) + " closed");
  stream_.reset();
}

}  // namespace nghttpd
