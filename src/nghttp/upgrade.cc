// SPDX-License-Identifier: MIT
// From HTTP/1.1 to HTTP/2 by Upgrade: h2c.
#include "nghttp/upgrade.h"

#include <algorithm>
#include <utility>

#include "base/base64.h"
#include "base/text.h"

namespace nghttp {

namespace {

constexpr std::string_view kEndOfHead = "\r\n\r\n";

bool has_option(std::string_view list, std::string_view option) {
  for (const std::string_view each : base::split_list(list, ',')) {
    if (base::equal_ignoring_case(each, option)) return true;
  }
  return false;
}

}  // namespace

std::string upgrade_request(const http::Head& request, std::string_view settings_payload) {
  std::string out = request.method + " " + request.path + " HTTP/1.1\r\n";
  out += "host: " + request.authority + "\r\n";
  out += "connection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\n";
  out += "http2-settings: " + base::encode_base64url(base::as_bytes(settings_payload)) + "\r\n";
  for (const http::Field& field : request.fields) {
    out += field.name + ": " + field.value + "\r\n";
  }
  return out + "\r\n";
}

std::string check_upgrade_response(std::string_view head) {
  const std::string_view status_line = head.substr(0, head.find("\r\n"));
  if (!status_line.starts_with("HTTP/1.")) {
    return "the server's answer to the upgrade is not HTTP/1.1: " + base::quote(status_line);
  }
  if (!status_line.starts_with("HTTP/1.1 101")) {
    return "the server did not upgrade to h2c but answered " + base::quote(status_line);
  }
  head.remove_prefix(std::min(head.size(), status_line.size() + 2));
  while (!head.empty()) {
    const std::size_t end = head.find("\r\n");
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(end == std::string_view::npos ? head.size() : end + 2);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    if (base::equal_ignoring_case(line.substr(0, colon), "upgrade") &&
        has_option(line.substr(colon + 1), "h2c")) {
      return {};
    }
  }
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
    finish("connection lost while asking for the upgrade: " + transport_.error_text());
    return;
  }
  written_ += result.count;
  if (written_ == request_.size()) transport_.want_write(false);
}

void Upgrade::on_readable() {
  const net::IoResult result = transport_.read(input_.prepare(4096));
  if (result.status == net::IoStatus::would_block) return;
  if (result.status == net::IoStatus::closed) {
    finish("the server closed the connection instead of answering the upgrade");
    return;
  }
  if (result.status == net::IoStatus::error) {
    finish("connection lost during the upgrade: " + transport_.error_text());
    return;
  }
  input_.commit(result.count);
  const std::size_t end = input_.text().find(kEndOfHead);
  if (end != std::string_view::npos) {
    head_bytes_ = end + kEndOfHead.size();
    finish(check_upgrade_response(input_.text().substr(0, end)));
  } else if (input_.size() > kMaxHeadBytes) {
    finish("the head of the server's answer to the upgrade is too large");
  }
}

void Upgrade::on_error(const std::string& reason) {
  finish(reason);
}

void Upgrade::finish(const std::string& reason) {
  transport_.want_write(false);
  // Kept on the stack: the callback may destroy this object.
  const Callback callback = std::move(callback_);
  const base::Buffer input = std::move(input_);
  callback(reason, input.text().substr(0, head_bytes_), input.text().substr(head_bytes_));
}

}  // namespace nghttp
