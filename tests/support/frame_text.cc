// SPDX-License-Identifier: MIT
// Frames as one readable line each: those the library shows and those it emits.
#include "support/frame_text.h"

#include <algorithm>

#include "support/names.h"
#include "support/wire.h"

namespace support {
namespace {

std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

std::string describe_field(const nghttp2_nv& field) {
  return field_text(text_of(field.name, field.namelen), text_of(field.value, field.valuelen),
                    (field.flags & NGHTTP2_NV_FLAG_NO_INDEX) != 0);
}

std::string describe_priority(std::int32_t dependency, std::int32_t weight, bool exclusive) {
  return " dep=" + std::to_string(dependency) + " weight=" + std::to_string(weight) +
         (exclusive ? " exclusive" : "");
}

std::string describe_setting(std::uint32_t id, std::uint32_t value) {
  return " " + setting_name(id) + "=" + std::to_string(value);
}

const char* category_name(nghttp2_headers_category category) {
  switch (category) {
    case NGHTTP2_HCAT_REQUEST: return " request";
    case NGHTTP2_HCAT_RESPONSE: return " response";
    case NGHTTP2_HCAT_PUSH_RESPONSE: return " push_response";
    case NGHTTP2_HCAT_HEADERS: return " headers";
  }
  return " unknown category";
}

std::string describe_fields(const nghttp2_nv* fields, std::size_t count) {
  std::string text = " {";
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) text += ", ";
    text += describe_field(fields[i]);
  }
  return text + "}";
}

std::string describe_headers(const nghttp2_headers& headers, bool with_fields) {
  std::string text = category_name(headers.cat);
  if ((headers.hd.flags & NGHTTP2_FLAG_PRIORITY) != 0) {
    text += describe_priority(headers.pri_spec.stream_id, headers.pri_spec.weight,
                              headers.pri_spec.exclusive != 0);
  }
  if (headers.padlen > 0) text += " padlen=" + std::to_string(headers.padlen);
  return with_fields ? text + describe_fields(headers.nva, headers.nvlen) : text;
}

std::string describe_push_promise(const nghttp2_push_promise& promise, bool with_fields) {
  std::string text = " promised=" + std::to_string(promise.promised_stream_id);
  if (promise.padlen > 0) text += " padlen=" + std::to_string(promise.padlen);
  return with_fields ? text + describe_fields(promise.nva, promise.nvlen) : text;
}

std::string describe_settings(const nghttp2_settings& settings) {
  std::string text;
  for (std::size_t i = 0; i < settings.niv; ++i) {
    text += describe_setting(static_cast<std::uint32_t>(settings.iv[i].settings_id),
                             settings.iv[i].value);
  }
  return text;
}

std::string describe_goaway(const nghttp2_goaway& goaway) {
  std::string text =
      " last=" + std::to_string(goaway.last_stream_id) + " " + error_code_name(goaway.error_code);
  if (goaway.opaque_data_len > 0) {
    text += " " + quoted(text_of(goaway.opaque_data, goaway.opaque_data_len));
  }
  return text;
}

std::string describe_altsvc(const nghttp2_ext_altsvc& altsvc) {
  return " origin=" + quoted(text_of(altsvc.origin, altsvc.origin_len)) +
         " value=" + quoted(text_of(altsvc.field_value, altsvc.field_value_len));
}

std::string describe_origins(const nghttp2_ext_origin& origins) {
  std::string text;
  for (std::size_t i = 0; i < origins.nov; ++i) {
    text += " " + quoted(text_of(origins.ov[i].origin, origins.ov[i].origin_len));
  }
  return text;
}

// Only the types the library itself understands have a payload of known layout.
std::string describe_extension(const nghttp2_extension& extension) {
  if (extension.payload == nullptr) return "";
  switch (extension.hd.type) {
    case NGHTTP2_ALTSVC:
      return describe_altsvc(*static_cast<nghttp2_ext_altsvc*>(extension.payload));
    case NGHTTP2_ORIGIN:
      return describe_origins(*static_cast<nghttp2_ext_origin*>(extension.payload));
    case NGHTTP2_PRIORITY_UPDATE: {
      const auto* update = static_cast<nghttp2_ext_priority_update*>(extension.payload);
      return " of=" + std::to_string(update->stream_id) + " " +
             quoted(text_of(update->field_value, update->field_value_len));
    }
    default: return "";
  }
}

std::string describe_data(const nghttp2_data& data) {
  std::string text = " length=" + std::to_string(data.hd.length);
  if (data.padlen > 0) text += " padlen=" + std::to_string(data.padlen);
  return text;
}

// Removes the pad length octet and the padding (RFC 9113 section 6.1).
bool strip_padding(const nghttp2_frame_hd& head, std::string_view& payload, std::string& line) {
  if ((head.flags & NGHTTP2_FLAG_PADDED) == 0) return true;
  const std::size_t pad_length = payload.empty() ? 0 : static_cast<std::uint8_t>(payload[0]);
  if (payload.size() < pad_length + 1) return false;
  const std::string_view padding = payload.substr(payload.size() - pad_length);
  if (padding.find_first_not_of('\0') != std::string_view::npos) return false;
  payload = payload.substr(1, payload.size() - pad_length - 1);
  line += " padlen=" + std::to_string(pad_length + 1);
  return true;
}

bool has_legal_length(const nghttp2_frame_hd& head) {
  switch (head.type) {
    case NGHTTP2_PRIORITY: return head.length == 5;
    case NGHTTP2_RST_STREAM:
    case NGHTTP2_WINDOW_UPDATE: return head.length == 4;
    case NGHTTP2_SETTINGS:
      return head.length % 6 == 0 && ((head.flags & NGHTTP2_FLAG_ACK) == 0 || head.length == 0);
    case NGHTTP2_PING: return head.length == 8;
    case NGHTTP2_GOAWAY: return head.length >= 8;
    case NGHTTP2_PUSH_PROMISE:
    case NGHTTP2_PRIORITY_UPDATE: return head.length >= 4;
    case NGHTTP2_ALTSVC: return head.length >= 2;
    default: return true;
  }
}

std::string describe_emitted_altsvc(std::string_view payload) {
  const std::size_t origin_length = read_big_endian(payload.substr(0, 2));
  if (payload.size() < 2 + origin_length) return " VIOLATION origin length";
  return " origin=" + quoted(payload.substr(2, origin_length)) +
         " value=" + quoted(payload.substr(2 + origin_length));
}

std::string describe_emitted_origins(std::string_view payload) {
  std::string text;
  while (!payload.empty()) {
    const std::size_t length = read_big_endian(payload.substr(0, 2));
    if (payload.size() < 2 + length) return text + " VIOLATION origin length";
    text += " " + quoted(payload.substr(2, length));
    payload.remove_prefix(2 + length);
  }
  return text;
}

std::string describe_emitted_settings(std::string_view payload) {
  std::string text;
  for (; payload.size() >= 6; payload.remove_prefix(6)) {
    text += describe_setting(read_big_endian(payload.substr(0, 2)),
                             read_big_endian(payload.substr(2, 4)));
  }
  return text;
}

std::string describe_emitted_priority(std::string_view payload) {
  const std::uint32_t dependency = read_big_endian(payload.substr(0, 4));
  return describe_priority(static_cast<std::int32_t>(dependency & 0x7fffffff),
                           static_cast<std::uint8_t>(payload[4]) + 1,
                           (dependency & 0x80000000u) != 0);
}

}  // namespace

std::string describe(const nghttp2_frame_hd& head) {
  return frame_type_name(head.type) + " " + std::to_string(head.stream_id) +
         flag_names(head.type, head.flags);
}

std::string describe(const nghttp2_frame& frame, bool with_fields) {
  const std::string head = describe(frame.hd);
  switch (frame.hd.type) {
    case NGHTTP2_DATA: return head + describe_data(frame.data);
    case NGHTTP2_HEADERS: return head + describe_headers(frame.headers, with_fields);
    case NGHTTP2_PRIORITY: {
      const nghttp2_priority_spec& spec = frame.priority.pri_spec;
      return head + describe_priority(spec.stream_id, spec.weight, spec.exclusive != 0);
    }
    case NGHTTP2_RST_STREAM: return head + " " + error_code_name(frame.rst_stream.error_code);
    case NGHTTP2_SETTINGS: return head + describe_settings(frame.settings);
    case NGHTTP2_PUSH_PROMISE: return head + describe_push_promise(frame.push_promise, with_fields);
    case NGHTTP2_PING: return head + " " + quoted(text_of(frame.ping.opaque_data, 8));
    case NGHTTP2_GOAWAY: return head + describe_goaway(frame.goaway);
    case NGHTTP2_WINDOW_UPDATE:
      return head + " +" + std::to_string(frame.window_update.window_size_increment);
    case NGHTTP2_CONTINUATION: return head;
    default: return head + describe_extension(frame.ext);
  }
}

OutputReader::OutputReader() {
  if (nghttp2_hd_inflate_new(&inflater_) != 0) inflater_ = nullptr;
}

OutputReader::~OutputReader() {
  nghttp2_hd_inflate_del(inflater_);
}

void OutputReader::expect_settings(const std::vector<Setting>& entries) {
  std::optional<std::uint32_t> size;
  for (const auto& [id, value] : entries) {
    if (id == NGHTTP2_SETTINGS_HEADER_TABLE_SIZE) size = value;
  }
  table_sizes_.push_back(size);
}

void OutputReader::expect_debug_data(std::string_view debug_data) {
  debug_data_.emplace_back(debug_data);
}

std::vector<std::string> OutputReader::read(std::string_view bytes) {
  buffer_.append(bytes);
  std::vector<std::string> lines;
  std::string_view rest = buffer_;
  const std::string_view magic(NGHTTP2_CLIENT_MAGIC, NGHTTP2_CLIENT_MAGIC_LEN);
  if (rest.substr(0, magic.size()) == magic) {
    lines.push_back("MAGIC");
    rest.remove_prefix(magic.size());
  }
  while (rest.size() >= 9) {
    const std::size_t length = read_big_endian(rest.substr(0, 3));
    if (rest.size() < 9 + length) break;
    const std::uint32_t stream_id = read_big_endian(rest.substr(5, 4));
    const nghttp2_frame_hd head = {length, static_cast<std::int32_t>(stream_id & 0x7fffffff),
                                   static_cast<std::uint8_t>(rest[3]),
                                   static_cast<std::uint8_t>(rest[4]), 0};
    std::string line = read_frame(head, rest.substr(9, length));
    if ((stream_id & 0x80000000u) != 0) line += " VIOLATION reserved bit";
    if (!line.empty()) lines.push_back(std::move(line));
    rest.remove_prefix(9 + length);
  }
  buffer_.erase(0, buffer_.size() - rest.size());
  return lines;
}

std::string OutputReader::read_frame(const nghttp2_frame_hd& head, std::string_view payload) {
  if (!has_legal_length(head)) return describe(head) + " VIOLATION length";
  const bool continues = head.type == NGHTTP2_CONTINUATION;
  if (continues == block_line_.empty() || (continues && head.stream_id != block_stream_)) {
    return describe(head) + " VIOLATION header block broken";
  }
  if (continues) {
    ++continuation_count_;
    return add_to_block(head, payload);
  }
  if (head.type == NGHTTP2_HEADERS || head.type == NGHTTP2_PUSH_PROMISE) {
    return begin_block(head, payload);
  }
  std::string line = describe(head);
  if (head.type == NGHTTP2_DATA && !strip_padding(head, payload, line)) {
    return line + " VIOLATION padding";
  }
  if (head.type == NGHTTP2_SETTINGS && (head.flags & NGHTTP2_FLAG_ACK) != 0) {
    if (!table_sizes_.empty()) {
      if (const auto size = table_sizes_.front()) {
        nghttp2_hd_inflate_change_table_size(inflater_, *size);
      }
      table_sizes_.erase(table_sizes_.begin());
    }
  }
  return line + describe_payload(head, payload);
}

std::string OutputReader::describe_payload(const nghttp2_frame_hd& head, std::string_view payload) {
  switch (head.type) {
    case NGHTTP2_PRIORITY: return describe_emitted_priority(payload);
    case NGHTTP2_RST_STREAM: return " " + error_code_name(read_big_endian(payload));
    case NGHTTP2_SETTINGS: return describe_emitted_settings(payload);
    case NGHTTP2_GOAWAY: {
      std::string text = " last=" + std::to_string(read_big_endian(payload.substr(0, 4))) + " " +
                         error_code_name(read_big_endian(payload.substr(4, 4)));
      const std::string_view debug_data = payload.substr(8);
      const auto expected = std::find(debug_data_.begin(), debug_data_.end(), debug_data);
      return expected == debug_data_.end() ? text : text + " " + quoted(debug_data);
    }
    case NGHTTP2_WINDOW_UPDATE: return " +" + std::to_string(read_big_endian(payload));
    case NGHTTP2_ALTSVC: return describe_emitted_altsvc(payload);
    case NGHTTP2_ORIGIN: return describe_emitted_origins(payload);
    case NGHTTP2_PRIORITY_UPDATE:
      return " of=" + std::to_string(read_big_endian(payload.substr(0, 4))) + " " +
             quoted(payload.substr(4));
    default: return payload.empty() ? "" : " " + quoted(payload);
  }
}

std::string OutputReader::begin_block(const nghttp2_frame_hd& head, std::string_view payload) {
  // END_HEADERS is left out: where a block is split is the encoder's own business.
  nghttp2_frame_hd shown = head;
  shown.flags = static_cast<std::uint8_t>(head.flags & ~NGHTTP2_FLAG_END_HEADERS);
  std::string line = describe(shown);
  if (!strip_padding(head, payload, line)) return line + " VIOLATION padding";
  if ((head.flags & NGHTTP2_FLAG_PRIORITY) != 0 && head.type == NGHTTP2_HEADERS) {
    if (payload.size() < 5) return line + " VIOLATION length";
    line += describe_emitted_priority(payload);
    payload.remove_prefix(5);
  }
  if (head.type == NGHTTP2_PUSH_PROMISE) {
    line += " promised=" + std::to_string(read_big_endian(payload.substr(0, 4)));
    payload.remove_prefix(4);
  }
  block_line_ = line;
  block_stream_ = head.stream_id;
  block_.clear();
  continuation_count_ = 0;
  return add_to_block(head, payload);
}

std::string OutputReader::add_to_block(const nghttp2_frame_hd& head, std::string_view fragment) {
  block_.append(fragment);
  if ((head.flags & NGHTTP2_FLAG_END_HEADERS) == 0) return "";
  std::string line = std::move(block_line_) + decode_block();
  block_line_.clear();
  if (continuation_count_ > 0) line += " CONTINUATION x" + std::to_string(continuation_count_);
  return line;
}

std::string OutputReader::decode_block() {
  std::string text = " {";
  const auto* input = reinterpret_cast<const std::uint8_t*>(block_.data());
  std::size_t size = block_.size();
  for (;;) {
    nghttp2_nv field;
    int flags = 0;
    const auto used = nghttp2_hd_inflate_hd2(inflater_, &field, &flags, input, size, 1);
    if (used < 0) return text + "} VIOLATION header compression";
    input += used;
    size -= static_cast<std::size_t>(used);
    if ((flags & NGHTTP2_HD_INFLATE_EMIT) != 0) {
      if (text.size() > 2) text += ", ";
      text += describe_field(field);
    }
    if ((flags & NGHTTP2_HD_INFLATE_FINAL) != 0) break;
    if ((flags & NGHTTP2_HD_INFLATE_EMIT) == 0 && size == 0) break;
  }
  nghttp2_hd_inflate_end_headers(inflater_);
  return text + "}";
}

}  // namespace support
