// SPDX-License-Identifier: MIT
// Whole exchanges between a client and a server session in memory, through the C interface only:
// the same program measures any library with that interface.
#include <nghttp2/nghttp2.h>

#include <cstdlib>
#include <cstring>

#include "measure.h"

namespace {

constexpr char kCookie[] = "session=8f14e45fceea167a5a36dedd4bea2543; theme=dark";

nghttp2_nv field(const char* name, const char* value) {
  return {reinterpret_cast<uint8_t*>(const_cast<char*>(name)),
          reinterpret_cast<uint8_t*>(const_cast<char*>(value)), std::strlen(name),
          std::strlen(value), NGHTTP2_NV_FLAG_NONE};
}

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "session_bench: %s failed\n", what);
  std::exit(1);
}

// A client and a server that answers each request with a body of so many octets.
class Pair {
 public:
  explicit Pair(size_t body_size) : body_size_(body_size) {
    nghttp2_session_callbacks* callbacks;
    if (nghttp2_session_callbacks_new(&callbacks) != 0) fail("nghttp2_session_callbacks_new");
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, on_frame);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, on_close);
    if (nghttp2_session_client_new(&client_, callbacks, this) != 0 ||
        nghttp2_session_server_new(&server_, callbacks, this) != 0) {
      fail("making the sessions");
    }
    nghttp2_session_callbacks_del(callbacks);
    nghttp2_submit_settings(client_, NGHTTP2_FLAG_NONE, nullptr, 0);
    nghttp2_submit_settings(server_, NGHTTP2_FLAG_NONE, nullptr, 0);
    exchange();
  }
  Pair(const Pair&) = delete;
  Pair& operator=(const Pair&) = delete;
  ~Pair() {
    nghttp2_session_del(client_);
    nghttp2_session_del(server_);
  }

  void request(unsigned concurrency) {
    const nghttp2_nv fields[] = {field(":method", "GET"),
                                 field(":scheme", "https"),
                                 field(":authority", "www.example.com"),
                                 field(":path", "/assets/item.js"),
                                 field("user-agent", "bench/1.0"),
                                 field("accept", "*/*"),
                                 field("accept-encoding", "gzip, deflate, br"),
                                 field("cookie", kCookie)};
    for (unsigned i = 0; i < concurrency; ++i) {
      if (nghttp2_submit_request(client_, nullptr, fields, 8, nullptr, nullptr) < 0) {
        fail("nghttp2_submit_request");
      }
    }
    exchange();
  }
  unsigned closed() const { return closed_; }

 private:
  static int on_header(nghttp2_session*, const nghttp2_frame*, const uint8_t*, size_t,
                       const uint8_t*, size_t, uint8_t, void*) {
    return 0;
  }
  static int on_close(nghttp2_session* session, int32_t, uint32_t, void* user_data) {
    Pair* pair = static_cast<Pair*>(user_data);
    if (session == pair->client_) ++pair->closed_;
    return 0;
  }
  static int on_frame(nghttp2_session* session, const nghttp2_frame* frame, void* user_data) {
    Pair* pair = static_cast<Pair*>(user_data);
    if (session != pair->server_ || frame->hd.type != NGHTTP2_HEADERS) return 0;
    const nghttp2_nv fields[] = {field(":status", "200"), field("server", "bench"),
                                 field("content-type", "application/javascript"),
                                 field("cache-control", "public, max-age=31536000")};
    nghttp2_data_provider body = {{0}, read_body};
    pair->left_[frame->hd.stream_id / 2 % kStreams] = pair->body_size_;
    return nghttp2_submit_response(session, frame->hd.stream_id, fields, 4,
                                   pair->body_size_ > 0 ? &body : nullptr);
  }
  static ssize_t read_body(nghttp2_session*, int32_t stream_id, uint8_t* to, size_t length,
                           uint32_t* flags, nghttp2_data_source*, void* user_data) {
    size_t& left = static_cast<Pair*>(user_data)->left_[stream_id / 2 % kStreams];
    const size_t size = left < length ? left : length;
    std::memset(to, 'x', size);
    left -= size;
    if (left == 0) *flags |= NGHTTP2_DATA_FLAG_EOF;
    return ssize_t(size);
  }

  static bool move(nghttp2_session* from, nghttp2_session* to) {
    bool moved = false;
    const uint8_t* data;
    ssize_t size;
    while ((size = nghttp2_session_mem_send(from, &data)) > 0) {
      if (nghttp2_session_mem_recv(to, data, size_t(size)) != size) {
        fail("nghttp2_session_mem_recv");
      }
      moved = true;
    }
    if (size < 0) fail("nghttp2_session_mem_send");
    return moved;
  }
  void exchange() {
    while (move(client_, server_) | move(server_, client_)) {
    }
  }

  static constexpr size_t kStreams = 1024;

  nghttp2_session* client_ = nullptr;
  nghttp2_session* server_ = nullptr;
  size_t body_size_;
  size_t left_[kStreams] = {};
  unsigned closed_ = 0;
};

void measure_requests(const char* name, size_t body_size, unsigned concurrency) {
  constexpr unsigned kRounds = 200;
  Pair pair(body_size);
  pair.request(concurrency);
  const unsigned before = pair.closed();
  const double operations = double(kRounds) * concurrency;
  const double nanoseconds = bench::measure(operations, [&] {
    for (unsigned i = 0; i < kRounds; ++i)
      pair.request(concurrency);
  });
  if ((pair.closed() - before) % (kRounds * concurrency) != 0) fail("closing all streams");
  bench::print(name, "request and response", nanoseconds, double(body_size));
}

void measure_sessions() {
  constexpr unsigned kRounds = 200;
  const double nanoseconds = bench::measure(kRounds, [] {
    for (unsigned i = 0; i < kRounds; ++i)
      Pair pair(0);
  });
  bench::print("sessions", "client and server made, SETTINGS exchanged, deleted", nanoseconds, 0);
}

}  // namespace

int main() {
  measure_requests("one_request", 0, 1);
  measure_requests("one_request_1k", 1024, 1);
  measure_requests("hundred_requests", 0, 100);
  measure_requests("hundred_requests_1k", 1024, 100);
  measure_requests("one_request_40k", 40000, 1);
  measure_sessions();
}
