// SPDX-License-Identifier: MIT
// From HTTP/1.1 to HTTP/2 by Upgrade: h2c.
#include "nghttp/upgrade.h"

#include <utility>

#include "base/base64.h"
#include "base/text.h"
#include "http1/framing.h"
#include "http1/head_writer.h"

namespace nghttp {

base::Result<std::string> upgrade_request(const http::Head& request,
                                          std::string_view settings_payload) {
  return http1::write_request_head(
      request, http1::TargetForm::origin,
      {{"connection", "Upgrade, HTTP2-Settings"},
       {"upgrade", "h2c"},
       {"http2-settings", base::encode_base64url(base::as_bytes(settings_payload))}});
}

std::string check_upgrade_response(const http1::MessageHead& response) {
  if (response.head.status != 101) {
    const std::string answer = std::to_string(response.head.status) + " " + response.phrase;
    return "the server did not upgrade to h2c but answered " + base::quote(answer) +
           "; with --http1 it would be asked by HTTP/1.1";
  }
  if (http1::fields_have(response.head.fields, "upgrade", "h2c")) return {};
  return "the server switched protocols without an upgrade to h2c";
}

Upgrade::Upgrade(net::Transport& transport, std::string request, Callback callback)
    : transport_(transport), request_(std::move(request)), callback_(std::move(callback)) {
  transport_.set_handler(this);
  transport_.want_write(true);
}

void Upgrade::on_writable() {
  const std::string_view rest = std::string_view(request_).substr(written_);
  const net::IoResult result = transport_.write(base::as_bytes(rest));
  if (result.status == net::IoStatus::would_block) return;
  if (result.status != net::IoStatus::ok) {
    finish({ExitStatus::incomplete,
            "connection lost while asking for the upgrade: " + transport_.error_text()});
    return;
  }
  written_ += result.count;
  if (written_ == request_.size()) transport_.want_write(false);
}

void Upgrade::on_readable() {
  const net::IoResult result = transport_.read(input_.prepare(4096));
  if (result.status == net::IoStatus::would_block) return;
  if (result.status == net::IoStatus::closed) {
    finish({ExitStatus::incomplete,
            "the server closed the connection instead of answering the upgrade"});
    return;
  }
  if (result.status == net::IoStatus::error) {
    finish(
        {ExitStatus::incomplete, "connection lost during the upgrade: " + transport_.error_text()});
    return;
  }
  input_.commit(result.count);
  take_input();
}

void Upgrade::take_input() {
  using State = http1::HeadParser::State;
  while (!input_.empty()) {
    const std::size_t taken = parser_.feed(input_.text());
    head_ += input_.text().substr(0, taken);
    input_.consume(taken);
    if (parser_.state() == State::incomplete) return;
    if (parser_.state() == State::malformed) {
      return finish({ExitStatus::protocol,
                     "bad answer of the server to the upgrade: " + parser_.fault().text});
    }
    const auto response = parser_.take();
    const bool is_interim = response.head.is_informational() && response.head.status != 101;
    if (!is_interim || ++interim_heads_ > kMaxInterimHeads) {
      return finish({ExitStatus::protocol, check_upgrade_response(response)});
    }
    parser_ = http1::HeadParser(http1::MessageKind::response);
    head_.clear();
  }
}

void Upgrade::on_error(const std::string& reason) {
  finish({ExitStatus::incomplete, reason});
}

void Upgrade::finish(const Failure& failure) {
  transport_.want_write(false);
  // Kept on the stack: the callback may destroy this object.
  const Callback callback = std::move(callback_);
  const base::Buffer input = std::move(input_);
  const std::string head = std::move(head_);
  callback(failure, head, input.text());
}

}  // namespace nghttp
