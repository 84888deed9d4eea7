// SPDX-License-Identifier: MIT
// HTTP/1.1 of a hostile peer: what the strict parser takes can be written and read again to the
// same, however it comes in pieces, and its content ends where the framing says.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"
#include "http1/chunked.h"
#include "http1/framing.h"
#include "http1/head_parser.h"
#include "http1/head_writer.h"

namespace {

using http1::HeadParser;
using http1::MessageKind;

void require(bool condition) {
  if (!condition) std::abort();
}

struct Parsed {
  HeadParser parser;
  std::size_t taken = 0;
};

Parsed parse(MessageKind kind, std::string_view text, std::size_t step) {
  Parsed result{
      HeadParser(kind, {.max_start_line_bytes = 512, .max_head_bytes = 2048, .max_fields = 16})};
  std::string pending;
  while (!text.empty() && result.parser.state() == HeadParser::State::incomplete) {
    pending += text.substr(0, step);
    text.remove_prefix(std::min(step, text.size()));
    const std::size_t taken = result.parser.feed(pending);
    require(taken <= pending.size());
    pending.erase(0, taken);
    result.taken += taken;
  }
  return result;
}

// Returns the content, and what is left of the text.
std::string decode(std::string_view& text, std::size_t step, bool& complete) {
  http1::ChunkedDecoder decoder;
  std::string content, pending;
  std::size_t total = 0;
  std::string_view rest = text;
  while (!rest.empty() && !decoder.is_complete() && !decoder.has_failed()) {
    pending += rest.substr(0, step);
    rest.remove_prefix(std::min(step, rest.size()));
    while (!pending.empty()) {
      const auto [taken, piece] = decoder.decode(base::as_bytes(pending));
      content += base::as_text(piece);
      pending.erase(0, taken);
      total += taken;
      if (taken == 0) break;
    }
  }
  complete = decoder.is_complete();
  text.remove_prefix(total);
  return content;
}

void check_again(const http1::MessageHead& message) {
  const bool is_request = message.head.is_request();
  const auto form =
      message.head.scheme.empty() ? http1::TargetForm::origin : http1::TargetForm::absolute;
  // An HTTP/1.0 request without Host has no authority to write.
  if (is_request && message.head.authority.empty()) return;
  const auto text = is_request ? http1::write_request_head(message.head, form)
                               : http1::write_response_head(message.head);
  require(text.ok());
  HeadParser parser(is_request ? MessageKind::request : MessageKind::response);
  require(parser.feed(*text) == text->size());
  require(parser.state() == HeadParser::State::complete);
  const auto again = parser.take();
  require(again.head.fields == message.head.fields);
  require(again.head.method == message.head.method && again.head.path == message.head.path);
  require(again.head.authority == message.head.authority);
  require(again.head.status == message.head.status);
}

}  // namespace

// The first octet chooses the kind of message and the size of the pieces.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const MessageKind kind = data[0] & 1 ? MessageKind::request : MessageKind::response;
  const std::size_t step = 1 + (data[0] >> 1) % 32;
  std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  auto whole = parse(kind, text, size);
  const auto pieces = parse(kind, text, step);
  require(whole.parser.state() == pieces.parser.state());
  require(whole.parser.fault().status == pieces.parser.fault().status);
  if (whole.parser.state() != HeadParser::State::complete) return 0;
  require(whole.taken == pieces.taken);
  auto message = whole.parser.take();
  check_again(message);
  http1::Framing framing;
  const auto fault = kind == MessageKind::request
                         ? http1::frame_request(message, framing)
                         : http1::frame_response(message, data[0] & 64 ? "HEAD" : "GET", framing);
  http1::remove_connection_fields(message.head.fields);
  require(!message.head.fields.has("transfer-encoding"));
  if (fault || framing.kind != http1::Framing::Kind::chunked) return 0;
  text.remove_prefix(whole.taken);
  std::string_view rest = text, rest_of_pieces = text;
  bool complete = false, complete_in_pieces = false;
  const std::string content = decode(rest, size, complete);
  require(content == decode(rest_of_pieces, step, complete_in_pieces));
  require(complete == complete_in_pieces);
  if (complete) require(rest == rest_of_pieces);
  return 0;
}
