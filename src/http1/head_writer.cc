// SPDX-License-Identifier: MIT
// Writes heads of HTTP/1.1 messages.
#include "http1/head_writer.h"

#include "base/text.h"
#include "http/status.h"
#include "http1/syntax.h"

namespace http1 {

namespace {

base::Error bad(std::string_view what, std::string_view text) {
  return {"HTTP/1.1 cannot carry this " + std::string(what) + ": " + base::quote(text, 64)};
}

std::string target_of(const http::Head& head, TargetForm form) {
  if (head.is_tunnel_request()) return head.authority;
  if (form == TargetForm::origin) return head.path;
  const std::string server = head.scheme + "://" + head.authority;
  return head.path == "*" ? server : server + head.path;
}

base::Result<std::string> finish_head(std::string first, const http::Fields& extra,
                                      const http::Fields& fields) {
  auto lines = write_fields(extra);
  if (!lines) return lines;
  auto more = write_fields(fields);
  if (!more) return more;
  return first + *lines + *more + "\r\n";
}

}  // namespace

base::Result<std::string> write_fields(const http::Fields& fields) {
  std::string out;
  for (const http::Field& field : fields) {
    if (!is_token(field.name)) return bad("field name", field.name);
    if (!is_field_value(field.value))
      return bad("value of the field " + std::string(field.name), field.value);
    out.append(field.name).append(": ").append(field.value).append("\r\n");
  }
  return out;
}

base::Result<std::string> write_request_head(const http::Head& head, TargetForm form,
                                             const http::Fields& extra) {
  const std::string target = target_of(head, form);
  if (!is_token(head.method)) return bad("method", head.method);
  if (!is_target(target)) return bad("request target", target);
  if (!is_field_value(head.authority)) return bad("host", head.authority);
  if (!head.protocol.empty()) return bad("protocol of an extended CONNECT", head.protocol);
  return finish_head(head.method + " " + target + " HTTP/1.1\r\nhost: " + head.authority + "\r\n",
                     extra, head.fields);
}

base::Result<std::string> write_response_head(const http::Head& head, const http::Fields& extra) {
  if (head.status < 100 || head.status > 999) {
    return bad("status code", std::to_string(head.status));
  }
  std::string line = "HTTP/1.1 " + std::to_string(head.status) + " ";
  line.append(http::status_phrase(head.status)).append("\r\n");
  return finish_head(std::move(line), extra, head.fields);
}

}  // namespace http1
