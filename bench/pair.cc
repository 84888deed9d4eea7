// SPDX-License-Identifier: MIT
// A client and a server session in one process that talk in memory.
#include "pair.h"

#include <algorithm>
#include <cstring>

#include "options.h"

namespace bench {

// What the sessions call. As a real program would, all look at what they are given.
struct Pair::Callbacks {
  static Pair& pair_of(void* user_data) { return *static_cast<Pair*>(user_data); }

  static int on_header(nghttp2_session*, const nghttp2_frame*, const uint8_t* name, size_t,
                       const uint8_t* value, size_t, uint8_t, void*) {
    return name && value ? 0 : NGHTTP2_ERR_CALLBACK_FAILURE;
  }
  static int on_begin_headers(nghttp2_session*, const nghttp2_frame*, void*) { return 0; }
  static int on_content(nghttp2_session*, uint8_t, int32_t, const uint8_t*, size_t size,
                        void* user_data) {
    pair_of(user_data).content_ += size;
    return 0;
  }
  static int on_close(nghttp2_session* session, int32_t, uint32_t error_code, void* user_data) {
    Pair& pair = pair_of(user_data);
    if (error_code != NGHTTP2_NO_ERROR) {
      fail(std::string("a stream was reset: ") + nghttp2_http2_strerror(error_code));
    }
    if (session == pair.client_) ++pair.closed_;
    return 0;
  }
  static int on_frame(nghttp2_session* session, const nghttp2_frame* frame, void* user_data) {
    Pair& pair = pair_of(user_data);
    const bool is_request = session == pair.server_ && frame->hd.type == NGHTTP2_HEADERS;
    const bool is_whole = frame->hd.flags & NGHTTP2_FLAG_END_STREAM;
    return is_request && is_whole ? pair.answer(frame->hd.stream_id) : 0;
  }
  static ssize_t read_content(nghttp2_session*, int32_t, uint8_t* to, size_t room, uint32_t* flags,
                              nghttp2_data_source* source, void* user_data) {
    Pair& pair = pair_of(user_data);
    size_t& left = *static_cast<size_t*>(source->ptr);
    const size_t size = std::min(left, room);
    if (pair.setting_.lends) {
      *flags |= NGHTTP2_DATA_FLAG_NO_COPY;
    } else {
      std::memcpy(to, pair.messages_.content.data() + (pair.messages_.content.size() - left), size);
    }
    left -= size;
    if (left == 0) *flags |= NGHTTP2_DATA_FLAG_EOF;
    return ssize_t(size);
  }
  static int send_lent(nghttp2_session*, nghttp2_frame*, const uint8_t* head, size_t size,
                       nghttp2_data_source*, void* user_data) {
    Pair& pair = pair_of(user_data);
    pair.receive(pair.client_, head, 9);
    pair.receive(pair.client_, pair.messages_.content.data(), size);
    return 0;
  }
  static ssize_t wait_for_content(nghttp2_session*, int32_t, uint8_t*, size_t, uint32_t*,
                                  nghttp2_data_source*, void*) {
    return NGHTTP2_ERR_DEFERRED;
  }
  // For both sessions.
  static const nghttp2_session_callbacks* shared() {
    static const nghttp2_session_callbacks* const callbacks = make();
    return callbacks;
  }
  static nghttp2_session_callbacks* make() {
    nghttp2_session_callbacks* callbacks;
    if (nghttp2_session_callbacks_new(&callbacks) != 0) fail("nghttp2_session_callbacks_new");
    nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, on_begin_headers);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, on_content);
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, on_frame);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, on_close);
    nghttp2_session_callbacks_set_send_data_callback(callbacks, send_lent);
    return callbacks;
  }
};

namespace {

constexpr int32_t kWideWindow = (1 << 30) - 1;
constexpr uint32_t kServerStreams = 1000;

}  // namespace

Messages::Messages(size_t content_length) : content(content_length, 'x') {
  for (unsigned number = 0; number < kDistinct; ++number) {
    requests.push_back(browser_request(number));
    answers.push_back(server_answer(number, content_length));
  }
  for (const FieldList& fields : requests)
    request_views.push_back(views_of(fields));
  for (const FieldList& fields : answers)
    answer_views.push_back(views_of(fields));
}

Pair::Pair(const Messages& messages, const Setting& setting)
    : messages_(messages), setting_(setting) {
  const nghttp2_session_callbacks* const callbacks = Callbacks::shared();
  if (nghttp2_session_client_new3(&client_, callbacks, this, nullptr, setting.client_memory) != 0 ||
      nghttp2_session_server_new3(&server_, callbacks, this, nullptr, setting.server_memory) != 0) {
    fail("making the sessions");
  }
  const uint32_t window = setting.wide_windows ? kWideWindow : NGHTTP2_INITIAL_WINDOW_SIZE;
  const nghttp2_settings_entry of_client[] = {{NGHTTP2_SETTINGS_ENABLE_PUSH, 0},
                                              {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, window}};
  const nghttp2_settings_entry of_server[] = {
      {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, kServerStreams}};
  if (nghttp2_submit_settings(client_, NGHTTP2_FLAG_NONE, of_client, 2) != 0 ||
      nghttp2_submit_settings(server_, NGHTTP2_FLAG_NONE, of_server, 1) != 0) {
    fail("nghttp2_submit_settings");
  }
  if (setting.wide_windows &&
      nghttp2_session_set_local_window_size(client_, NGHTTP2_FLAG_NONE, 0, kWideWindow) != 0) {
    fail("nghttp2_session_set_local_window_size");
  }
  exchange();
}

Pair::~Pair() {
  nghttp2_session_del(client_);
  nghttp2_session_del(server_);
}

void Pair::fetch(unsigned count) {
  for (unsigned i = 0; i < count; ++i)
    submit_request(nullptr);
  exchange();
}

void Pair::open_stream() {
  nghttp2_data_provider content = {};
  content.read_callback = Callbacks::wait_for_content;
  submit_request(&content);
  exchange();
}

void Pair::exchange() {
  size_t before;
  do {
    before = wire_;
    move(client_, server_);
    move(server_, client_);
  } while (wire_ != before);
}

void Pair::submit_request(const nghttp2_data_provider* content) {
  const auto& fields = messages_.request_views[next_++ % Messages::kDistinct];
  const int32_t stream_id =
      nghttp2_submit_request(client_, nullptr, fields.data(), fields.size(), content, nullptr);
  if (stream_id < 0) fail(std::string("nghttp2_submit_request: ") + nghttp2_strerror(stream_id));
}

int Pair::answer(int32_t stream_id) {
  const size_t number = size_t(stream_id) / 2;
  const auto& fields = messages_.answer_views[number % Messages::kDistinct];
  size_t& left = left_[number % kStreams];
  left = messages_.content.size();
  nghttp2_data_provider content = {};
  content.source.ptr = &left;
  content.read_callback = Callbacks::read_content;
  return nghttp2_submit_response(server_, stream_id, fields.data(), fields.size(),
                                 left > 0 ? &content : nullptr);
}

void Pair::move(nghttp2_session* from, nghttp2_session* to) {
  const uint8_t* data;
  ssize_t size;
  while ((size = nghttp2_session_mem_send(from, &data)) > 0)
    receive(to, data, size_t(size));
  if (size < 0) fail(std::string("nghttp2_session_mem_send: ") + nghttp2_strerror(int(size)));
}

void Pair::receive(nghttp2_session* to, const uint8_t* data, size_t size) {
  const ssize_t taken = nghttp2_session_mem_recv(to, data, size);
  if (taken < 0) fail(std::string("nghttp2_session_mem_recv: ") + nghttp2_strerror(int(taken)));
  if (size_t(taken) != size) fail("nghttp2_session_mem_recv did not take everything");
  wire_ += size;
}

}  // namespace bench
