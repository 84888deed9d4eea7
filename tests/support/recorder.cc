// SPDX-License-Identifier: MIT
// Turns what a session tells its application into one readable line an event.
#include "support/recorder.h"

#include <algorithm>
#include <cstring>

#include "support/body.h"
#include "support/frame_text.h"
#include "support/names.h"

namespace support {
namespace {

Recorder& recorder_of(void* user_data) {
  return *static_cast<Recorder*>(user_data);
}

std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

std::int32_t block_stream(const nghttp2_frame* frame) {
  return frame->hd.type == NGHTTP2_PUSH_PROMISE ? frame->push_promise.promised_stream_id
                                                : frame->hd.stream_id;
}

bool is_never_indexed(std::uint8_t flags) {
  return (flags & NGHTTP2_NV_FLAG_NO_INDEX) != 0;
}

int on_begin_frame(nghttp2_session*, const nghttp2_frame_hd* head, void* user_data) {
  return recorder_of(user_data).event("begin " + describe(*head));
}

int on_begin_headers(nghttp2_session*, const nghttp2_frame* frame, void* user_data) {
  return recorder_of(user_data).event("begin_headers " + std::to_string(block_stream(frame)));
}

int on_header(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name,
              std::size_t name_length, const std::uint8_t* value, std::size_t value_length,
              std::uint8_t flags, void* user_data) {
  return recorder_of(user_data).field(
      block_stream(frame), field_text(text_of(name, name_length), text_of(value, value_length),
                                      is_never_indexed(flags)));
}

std::string_view text_of(nghttp2_rcbuf* buffer) {
  // A reference is taken and given back, so that a wrong count shows.
  nghttp2_rcbuf_incref(buffer);
  const nghttp2_vec view = nghttp2_rcbuf_get_buf(buffer);
  nghttp2_rcbuf_decref(buffer);
  return text_of(view.base, view.len);
}

int on_header2(nghttp2_session*, const nghttp2_frame* frame, nghttp2_rcbuf* name,
               nghttp2_rcbuf* value, std::uint8_t flags, void* user_data) {
  return recorder_of(user_data).field(
      block_stream(frame), field_text(text_of(name), text_of(value), is_never_indexed(flags)));
}

int on_invalid_header(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name,
                      std::size_t name_length, const std::uint8_t* value, std::size_t value_length,
                      std::uint8_t flags, void* user_data) {
  return recorder_of(user_data).event(
      "invalid_header " + std::to_string(block_stream(frame)) + " " +
      field_text(text_of(name, name_length), text_of(value, value_length),
                 is_never_indexed(flags)));
}

int on_invalid_header2(nghttp2_session*, const nghttp2_frame* frame, nghttp2_rcbuf* name,
                       nghttp2_rcbuf* value, std::uint8_t flags, void* user_data) {
  return recorder_of(user_data).event(
      "invalid_header " + std::to_string(block_stream(frame)) + " " +
      field_text(text_of(name), text_of(value), is_never_indexed(flags)));
}

int on_frame_recv(nghttp2_session*, const nghttp2_frame* frame, void* user_data) {
  return recorder_of(user_data).event("received " + describe(*frame));
}

int on_invalid_frame_recv(nghttp2_session*, const nghttp2_frame* frame, int code, void* user_data) {
  return recorder_of(user_data).event("invalid " + describe(*frame) + " " +
                                      library_error_name(code));
}

int on_data_chunk(nghttp2_session*, std::uint8_t, std::int32_t stream_id, const std::uint8_t* data,
                  std::size_t length, void* user_data) {
  return recorder_of(user_data).piece("data " + std::to_string(stream_id), text_of(data, length));
}

int on_stream_close(nghttp2_session*, std::int32_t stream_id, std::uint32_t error_code,
                    void* user_data) {
  return recorder_of(user_data).event("closed " + std::to_string(stream_id) + " " +
                                      error_code_name(error_code));
}

int before_frame_send(nghttp2_session*, const nghttp2_frame* frame, void* user_data) {
  return recorder_of(user_data).event("before_send " + describe(*frame, true));
}

int on_frame_send(nghttp2_session*, const nghttp2_frame* frame, void* user_data) {
  return recorder_of(user_data).event("sent " + describe(*frame, true));
}

int on_frame_not_send(nghttp2_session*, const nghttp2_frame* frame, int code, void* user_data) {
  return recorder_of(user_data).event("not_sent " + describe(*frame) + " " +
                                      library_error_name(code));
}

// The wording of messages is free; the code is not.
int on_error(nghttp2_session*, int code, const char*, std::size_t, void* user_data) {
  return recorder_of(user_data).event("error " + library_error_name(code));
}

template <class Size>
Size send(nghttp2_session*, const std::uint8_t* data, std::size_t length, int, void* user_data) {
  Recorder& recorder = recorder_of(user_data);
  if (recorder.io_chunk > 0) length = std::min(length, recorder.io_chunk);
  recorder.emit(text_of(data, length));
  return static_cast<Size>(length);
}

template <class Size>
Size receive(nghttp2_session*, std::uint8_t* buffer, std::size_t length, int, void* user_data) {
  Recorder& recorder = recorder_of(user_data);
  if (recorder.input.empty()) return NGHTTP2_ERR_WOULDBLOCK;
  length = std::min(length, recorder.input.size());
  if (recorder.io_chunk > 0) length = std::min(length, recorder.io_chunk);
  std::memcpy(buffer, recorder.input.data(), length);
  recorder.input.erase(0, length);
  return static_cast<Size>(length);
}

int send_data(nghttp2_session*, nghttp2_frame* frame, const std::uint8_t* frame_head,
              std::size_t length, nghttp2_data_source* source, void* user_data) {
  Recorder& recorder = recorder_of(user_data);
  auto* body = static_cast<Body*>(source->ptr);
  const int result = recorder.event("send_data " + std::to_string(frame->hd.stream_id) + " " +
                                    std::to_string(length));
  if (result != 0) return result;
  const std::size_t pad_length = frame->data.padlen;
  std::string bytes(text_of(frame_head, 9));
  if (pad_length > 0) bytes.push_back(static_cast<char>(pad_length - 1));
  bytes.append(body->bytes, body->offset, length);
  if (pad_length > 0) bytes.append(pad_length - 1, '\0');
  recorder.emit(bytes);
  body->offset += length;
  return 0;
}

template <class Size>
Size select_padding(nghttp2_session*, const nghttp2_frame* frame, std::size_t max_length,
                    void* user_data) {
  const std::size_t padding = recorder_of(user_data).wanted.padding.value_or(0);
  return static_cast<Size>(std::min(max_length, frame->hd.length + padding));
}

template <class Size>
Size read_length(nghttp2_session*, std::uint8_t type, std::int32_t stream_id,
                 std::int32_t connection_window, std::int32_t stream_window,
                 std::uint32_t max_frame_size, void* user_data) {
  Recorder& recorder = recorder_of(user_data);
  recorder.event("read_length " + frame_type_name(type) + " " + std::to_string(stream_id) + " " +
                 std::to_string(connection_window) + " " + std::to_string(stream_window) + " " +
                 std::to_string(max_frame_size));
  return static_cast<Size>(recorder.wanted.read_length.value_or(0));
}

template <class Size>
Size pack_extension(nghttp2_session*, std::uint8_t* buffer, std::size_t length,
                    const nghttp2_frame* frame, void* user_data) {
  const int result = recorder_of(user_data).event("pack " + describe(frame->hd));
  if (result != 0) return result;
  const auto* payload = static_cast<const std::string*>(frame->ext.payload);
  if (payload->size() > length) return NGHTTP2_ERR_CANCEL;
  std::memcpy(buffer, payload->data(), payload->size());
  return static_cast<Size>(payload->size());
}

int on_extension_chunk(nghttp2_session*, const nghttp2_frame_hd* head, const std::uint8_t* data,
                       std::size_t length, void* user_data) {
  return recorder_of(user_data).piece("extension " + describe(*head), text_of(data, length));
}

int unpack_extension(nghttp2_session*, void** payload, const nghttp2_frame_hd* head,
                     void* user_data) {
  *payload = nullptr;
  return recorder_of(user_data).event("unpack " + describe(*head));
}

void set_transport(nghttp2_session_callbacks* callbacks, Twins twins) {
  if (twins == Twins::nghttp2_ssize) {
    nghttp2_session_callbacks_set_send_callback2(callbacks, send<nghttp2_ssize>);
    nghttp2_session_callbacks_set_recv_callback2(callbacks, receive<nghttp2_ssize>);
  } else {
    nghttp2_session_callbacks_set_send_callback(callbacks, send<ssize_t>);
    nghttp2_session_callbacks_set_recv_callback(callbacks, receive<ssize_t>);
  }
  nghttp2_session_callbacks_set_send_data_callback(callbacks, send_data);
}

void set_sizes(nghttp2_session_callbacks* callbacks, const OptionalCallbacks& wanted, Twins twins) {
  const bool newer = twins == Twins::nghttp2_ssize;
  if (wanted.padding && newer) {
    nghttp2_session_callbacks_set_select_padding_callback2(callbacks,
                                                           select_padding<nghttp2_ssize>);
  } else if (wanted.padding) {
    nghttp2_session_callbacks_set_select_padding_callback(callbacks, select_padding<ssize_t>);
  }
  if (wanted.read_length && newer) {
    nghttp2_session_callbacks_set_data_source_read_length_callback2(callbacks,
                                                                    read_length<nghttp2_ssize>);
  } else if (wanted.read_length) {
    nghttp2_session_callbacks_set_data_source_read_length_callback(callbacks, read_length<ssize_t>);
  }
  if (!wanted.extension) return;
  if (newer) {
    nghttp2_session_callbacks_set_pack_extension_callback2(callbacks,
                                                           pack_extension<nghttp2_ssize>);
  } else {
    nghttp2_session_callbacks_set_pack_extension_callback(callbacks, pack_extension<ssize_t>);
  }
  nghttp2_session_callbacks_set_unpack_extension_callback(callbacks, unpack_extension);
  nghttp2_session_callbacks_set_on_extension_chunk_recv_callback(callbacks, on_extension_chunk);
}

void set_on_request(nghttp2_session_callbacks* callbacks, const OptionalCallbacks& wanted) {
  if (wanted.begin_frame) {
    nghttp2_session_callbacks_set_on_begin_frame_callback(callbacks, on_begin_frame);
  }
  if (wanted.header2) {
    nghttp2_session_callbacks_set_on_header_callback2(callbacks, on_header2);
  }
  if (wanted.invalid_header) {
    nghttp2_session_callbacks_set_on_invalid_header_callback(callbacks, on_invalid_header);
  }
  if (wanted.invalid_header2) {
    nghttp2_session_callbacks_set_on_invalid_header_callback2(callbacks, on_invalid_header2);
  }
  if (wanted.before_send) {
    nghttp2_session_callbacks_set_before_frame_send_callback(callbacks, before_frame_send);
  }
  if (wanted.sent) {
    nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, on_frame_send);
  }
  if (wanted.error) nghttp2_session_callbacks_set_error_callback2(callbacks, on_error);
}

}  // namespace

nghttp2_session_callbacks* Recorder::make_callbacks(Twins twins) const {
  nghttp2_session_callbacks* callbacks = nullptr;
  if (nghttp2_session_callbacks_new(&callbacks) != 0) return nullptr;
  nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, on_frame_recv);
  nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(callbacks, on_invalid_frame_recv);
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, on_data_chunk);
  nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, on_stream_close);
  nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, on_begin_headers);
  nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
  nghttp2_session_callbacks_set_on_frame_not_send_callback(callbacks, on_frame_not_send);
  set_on_request(callbacks, wanted);
  set_transport(callbacks, twins);
  set_sizes(callbacks, wanted, twins);
  return callbacks;
}

void Recorder::add(std::string line) {
  if (!quiet_) lines_.push_back(std::move(line));
}

void Recorder::emit(std::string_view bytes) {
  flush_output();
  for (const std::string& line : output.read(bytes))
    emitted_.push_back("< " + line);
}

void Recorder::flush_output() {
  if (emitted_.empty()) return;
  flush_group();
  for (std::string& line : std::exchange(emitted_, {}))
    add(std::move(line));
}

void Recorder::note(std::string line) {
  flush_group();
  if (line.rfind("sent ", 0) != 0 && line.rfind("closed ", 0) != 0) flush_output();
  add(std::move(line));
}

std::vector<std::string> Recorder::take_lines() {
  flush_group();
  flush_output();
  return std::exchange(lines_, {});
}

void Recorder::set_quiet(bool quiet) {
  flush_group();
  quiet_ = quiet;
}

int Recorder::event(const std::string& line) {
  note(line);
  return hook_ ? hook_(line).value_or(0) : 0;
}

int Recorder::piece(const std::string& head, std::string_view bytes) {
  if (group_head_ != head) flush_group();
  group_head_ = head;
  pieces_.append(bytes);
  return hook_ ? hook_(head).value_or(0) : 0;
}

int Recorder::field(std::int32_t stream_id, const std::string& text) {
  const std::string head = "fields " + std::to_string(stream_id);
  if (group_head_ != head) flush_group();
  group_head_ = head;
  fields_ += (fields_.empty() ? "" : ", ") + text;
  return hook_ ? hook_("header " + std::to_string(stream_id) + " " + text).value_or(0) : 0;
}

void Recorder::flush_group() {
  if (group_head_.empty()) return;
  const std::string what = fields_.empty() ? quoted(pieces_) : "{" + fields_ + "}";
  add(std::exchange(group_head_, {}) + " " + what);
  pieces_.clear();
  fields_.clear();
}

}  // namespace support
