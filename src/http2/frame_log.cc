// SPDX-License-Identifier: MIT
// The frame trace that -v prints (RFC 9113 §6 in words).
#include "http2/frame_log.h"

#include <cinttypes>
#include <cstdarg>
#include <span>
#include <utility>

#include "base/text.h"
#include "http2/names.h"

namespace http2 {

namespace {

constexpr std::string_view kTimeColour = "\033[33m";
constexpr std::string_view kReceivedColour = "\033[1;36m";
constexpr std::string_view kSentColour = "\033[1;35m";
constexpr std::string_view kFieldColour = "\033[1;34m";

// Longest part of a field value or of debug data that a trace shows.
constexpr std::size_t kMaxShownOctets = 64 * 1024;

[[gnu::format(printf, 1, 2)]] std::string format(const char* pattern, ...) {
  char text[256];
  va_list arguments;
  va_start(arguments, pattern);
  std::vsnprintf(text, sizeof(text), pattern, arguments);
  va_end(arguments);
  return text;
}

std::string_view view(const std::uint8_t* octets, std::size_t length) {
  return std::string_view(reinterpret_cast<const char*>(octets), length);
}

struct FlagName {
  std::uint8_t flag;
  std::string_view name;
};

std::string flag_names(const nghttp2_frame_hd& head) {
  constexpr FlagName kHeadersFlags[] = {{NGHTTP2_FLAG_END_STREAM, "END_STREAM"},
                                        {NGHTTP2_FLAG_END_HEADERS, "END_HEADERS"},
                                        {NGHTTP2_FLAG_PADDED, "PADDED"},
                                        {NGHTTP2_FLAG_PRIORITY, "PRIORITY"}};
  constexpr FlagName kAckFlags[] = {{NGHTTP2_FLAG_ACK, "ACK"}};
  std::uint8_t known = 0;
  std::span<const FlagName> names = kHeadersFlags;
  switch (head.type) {
    case NGHTTP2_DATA: known = NGHTTP2_FLAG_END_STREAM | NGHTTP2_FLAG_PADDED; break;
    case NGHTTP2_HEADERS: known = 0xff; break;
    case NGHTTP2_PUSH_PROMISE: known = NGHTTP2_FLAG_END_HEADERS | NGHTTP2_FLAG_PADDED; break;
    case NGHTTP2_SETTINGS:
    case NGHTTP2_PING:
      known = NGHTTP2_FLAG_ACK;
      names = kAckFlags;
      break;
    default: break;
  }
  std::string out;
  for (const FlagName& row : names) {
    if ((head.flags & known & row.flag) == 0) continue;
    if (!out.empty()) out += " | ";
    out += row.name;
  }
  return out;
}

std::string_view category_text(nghttp2_headers_category category) {
  switch (category) {
    case NGHTTP2_HCAT_REQUEST: return "; Open new stream";
    case NGHTTP2_HCAT_RESPONSE: return "; First response header";
    case NGHTTP2_HCAT_PUSH_RESPONSE: return "; First push response header";
    case NGHTTP2_HCAT_HEADERS: break;
  }
  return {};
}

}  // namespace

std::string error_code_text(std::uint32_t code) {
  return format("%s(0x%02" PRIx32 ")", nghttp2_http2_strerror(code), code);
}

void FrameLog::received(const nghttp2_frame& frame) {
  is_shown_ = true;
  begin_line();
  add_frame(Direction::received, frame);
  flush();
}

void FrameLog::received_invalid(const nghttp2_frame& frame, int lib_error) {
  is_shown_ = true;
  begin_line();
  block_ += format("[INVALID; error=%s] ", nghttp2_strerror(lib_error));
  add_frame(Direction::received, frame);
  flush();
}

void FrameLog::received_field(std::int32_t stream_id, std::string_view name, std::string_view value,
                              bool sensitive) {
  begin_line();
  block_ += format("recv (stream_id=%" PRId32 "%s) ", stream_id, sensitive ? ", sensitive" : "");
  add_coloured(kFieldColour, base::escape(name, kMaxShownOctets));
  block_ += ": ";
  block_ += base::escape(value, kMaxShownOctets);
  block_ += '\n';
  flush();
}

void FrameLog::received_content(std::int32_t stream_id, std::size_t length,
                                std::int32_t stream_received, std::int32_t connection_received) {
  begin_line();
  block_ += format("recv (stream_id=%" PRId32 ", length=%zu, srecv=%" PRId32 ", crecv=%" PRId32
                   ") DATA\n",
                   stream_id, length, stream_received, connection_received);
  flush();
}

void FrameLog::sent(const nghttp2_frame& frame) {
  begin_line();
  add_frame(Direction::sent, frame);
  flush();
}

void FrameLog::error(std::string_view text) {
  note("[ERROR] " + base::escape(text, kMaxShownOctets));
}

void FrameLog::add_reasons(const nghttp2_frame_hd& head, std::span<const std::string> reasons) {
  const bool was_shown = std::exchange(is_shown_, false);
  if (reasons.empty()) return;
  block_.clear();
  if (!was_shown) {
    begin_line();
    add_head(Direction::received, head);
  }
  for (const std::string& reason : reasons)
    add_detail("! " + reason);
  flush();
}

void FrameLog::note(std::string_view text) {
  begin_line();
  block_ += text;
  block_ += '\n';
  flush();
}

void FrameLog::begin_line() {
  using Milliseconds = std::chrono::milliseconds;
  const auto elapsed =
      std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - options_.start);
  const std::int64_t count = elapsed.count();
  block_ = options_.prefix;
  add_coloured(kTimeColour, format("[%3" PRId64 ".%03" PRId64 "]", count / 1000, count % 1000));
  block_ += ' ';
}

void FrameLog::add_head(Direction direction, const nghttp2_frame_hd& head) {
  const bool is_sent = direction == Direction::sent;
  block_ += is_sent ? "send " : "recv ";
  add_coloured(is_sent ? kSentColour : kReceivedColour, frame_type_name(head.type));
  block_ += format(" frame <length=%zu, flags=0x%02x, stream_id=%" PRId32 ">\n", head.length,
                   static_cast<unsigned>(head.flags), head.stream_id);
}

void FrameLog::add_frame(Direction direction, const nghttp2_frame& frame) {
  add_head(direction, frame.hd);
  const std::string flags = flag_names(frame.hd);
  if (!flags.empty()) add_detail("; " + flags);
  add_payload(direction, frame);
}

void FrameLog::add_payload(Direction direction, const nghttp2_frame& frame) {
  switch (frame.hd.type) {
    case NGHTTP2_DATA:
      if ((frame.hd.flags & NGHTTP2_FLAG_PADDED) != 0) {
        add_detail(format("(padlen=%zu)", frame.data.padlen));
      }
      break;
    case NGHTTP2_HEADERS: add_headers(direction, frame.headers); break;
    case NGHTTP2_PRIORITY:
      add_detail(format("(dep_stream_id=%" PRId32 ", weight=%" PRId32 ", exclusive=%d)",
                        frame.priority.pri_spec.stream_id, frame.priority.pri_spec.weight,
                        frame.priority.pri_spec.exclusive));
      break;
    case NGHTTP2_RST_STREAM:
      add_detail("(error_code=" + error_code_text(frame.rst_stream.error_code) + ")");
      break;
    case NGHTTP2_SETTINGS: add_settings(frame.settings); break;
    case NGHTTP2_PUSH_PROMISE:
      add_detail(format("(padlen=%zu, promised_stream_id=%" PRId32 ")", frame.push_promise.padlen,
                        frame.push_promise.promised_stream_id));
      if (direction == Direction::sent) {
        add_fields(frame.push_promise.nva, frame.push_promise.nvlen);
      }
      break;
    case NGHTTP2_PING:
      add_detail("(opaque_data=" + base::to_hex(frame.ping.opaque_data) + ")");
      break;
    case NGHTTP2_GOAWAY: add_goaway(frame.goaway); break;
    case NGHTTP2_WINDOW_UPDATE:
      add_detail(
          format("(window_size_increment=%" PRId32 ")", frame.window_update.window_size_increment));
      break;
    default: add_extension(frame.ext); break;
  }
}

void FrameLog::add_headers(Direction direction, const nghttp2_headers& frame) {
  std::string detail = format("(padlen=%zu", frame.padlen);
  if ((frame.hd.flags & NGHTTP2_FLAG_PRIORITY) != 0) {
    detail += format(", dep_stream_id=%" PRId32 ", weight=%" PRId32 ", exclusive=%d",
                     frame.pri_spec.stream_id, frame.pri_spec.weight, frame.pri_spec.exclusive);
  }
  add_detail(detail + ")");
  const std::string_view category = category_text(frame.cat);
  if (!category.empty()) add_detail(category);
  // Received fields have been shown one by one while they were decoded.
  if (direction == Direction::sent) add_fields(frame.nva, frame.nvlen);
}

void FrameLog::add_settings(const nghttp2_settings& frame) {
  add_detail(format("(niv=%zu)", frame.niv));
  for (std::size_t i = 0; i < frame.niv; ++i) {
    const nghttp2_settings_entry& entry = frame.iv[i];
    const std::string_view name = setting_name(entry.settings_id);
    add_detail(format("[%s(0x%02" PRIx32 "):%" PRIu32 "]",
                      name.empty() ? "UNKNOWN" : std::string(name).c_str(),
                      static_cast<std::uint32_t>(entry.settings_id), entry.value));
  }
}

void FrameLog::add_goaway(const nghttp2_goaway& frame) {
  const std::string_view debug_data = view(frame.opaque_data, frame.opaque_data_len);
  add_detail(format("(last_stream_id=%" PRId32 ", error_code=", frame.last_stream_id) +
             error_code_text(frame.error_code) +
             format(", opaque_data(%zu)=[", frame.opaque_data_len) +
             base::escape(debug_data, kMaxShownOctets) + "])");
}

void FrameLog::add_extension(const nghttp2_extension& frame) {
  if (frame.payload == nullptr) return;
  switch (frame.hd.type) {
    case NGHTTP2_ALTSVC: {
      const auto& altsvc = *static_cast<const nghttp2_ext_altsvc*>(frame.payload);
      add_detail("(origin=[" + base::escape(view(altsvc.origin, altsvc.origin_len)) +
                 "], altsvc_field_value=[" +
                 base::escape(view(altsvc.field_value, altsvc.field_value_len)) + "])");
      break;
    }
    case NGHTTP2_ORIGIN: {
      const auto& origins = *static_cast<const nghttp2_ext_origin*>(frame.payload);
      for (std::size_t i = 0; i < origins.nov; ++i) {
        add_detail("[" + base::escape(view(origins.ov[i].origin, origins.ov[i].origin_len)) + "]");
      }
      break;
    }
    case NGHTTP2_PRIORITY_UPDATE: {
      const auto& update = *static_cast<const nghttp2_ext_priority_update*>(frame.payload);
      add_detail(
          format("(prioritized_stream_id=%" PRId32 ", priority_field_value=[", update.stream_id) +
          base::escape(view(update.field_value, update.field_value_len)) + "])");
      break;
    }
    default: break;
  }
}

void FrameLog::add_fields(const nghttp2_nv* fields, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    block_ += "          ";
    add_coloured(kFieldColour,
                 base::escape(view(fields[i].name, fields[i].namelen), kMaxShownOctets));
    block_ += ": ";
    block_ += base::escape(view(fields[i].value, fields[i].valuelen), kMaxShownOctets);
    block_ += '\n';
  }
}

void FrameLog::add_detail(std::string_view text) {
  block_ += "          ";
  block_ += text;
  block_ += '\n';
}

void FrameLog::add_coloured(std::string_view code, std::string_view text) {
  if (!options_.colour) {
    block_ += text;
    return;
  }
  block_ += code;
  block_ += text;
  block_ += "\033[0m";
}

void FrameLog::flush() {
  std::fwrite(block_.data(), 1, block_.size(), options_.out);
  // A trace is read while it grows, and must be complete up to a crash.
  std::fflush(options_.out);
}

}  // namespace http2
