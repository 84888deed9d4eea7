// SPDX-License-Identifier: MIT
// A client and a server session in one process that talk in memory.
#pragma once

#include <nghttp2/nghttp2.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "fields.h"

namespace bench {

// An allocator over the C library's functions that keeps account.
class Account {
 public:
  Account();
  Account(const Account&) = delete;
  Account& operator=(const Account&) = delete;

  nghttp2_mem* memory() { return &memory_; }
  // In use, each block with what the C library needs beside it.
  size_t octets() const { return octets_; }
  // So far.
  size_t allocations() const { return allocations_; }

 private:
  static void* allocate(size_t size, void* account);
  static void* allocate_zeros(size_t count, size_t size, void* account);
  static void* reallocate(void* block, size_t size, void* account);
  static void release(void* block, void* account);
  void* note(void* block);
  static size_t room_of(void* block);

  nghttp2_mem memory_;
  size_t octets_ = 0;
  size_t allocations_ = 0;
};

// What is asked and answered, over and over.
struct Messages {
  explicit Messages(size_t content);  // octets in each answer
  Messages(const Messages&) = delete;
  Messages& operator=(const Messages&) = delete;

  static constexpr unsigned kDistinct = 96;
  std::vector<FieldList> requests;
  std::vector<FieldList> answers;
  std::vector<std::vector<nghttp2_nv>> request_views;
  std::vector<std::vector<nghttp2_nv>> answer_views;
  std::vector<uint8_t> content;
};

struct Setting {
  bool lends = false;         // content is not copied into frames: NGHTTP2_DATA_FLAG_NO_COPY
  bool wide_windows = false;  // no WINDOW_UPDATE is needed
  nghttp2_mem* client_memory = nullptr;
  nghttp2_mem* server_memory = nullptr;
};

class Pair {
 public:
  // The settings have been exchanged when this returns. The messages must outlive the pair.
  Pair(const Messages& messages, const Setting& setting);
  Pair(const Pair&) = delete;
  Pair& operator=(const Pair&) = delete;
  ~Pair();

  // So many requests at once, until all are answered.
  void fetch(unsigned count);
  // A request with content that does not come, after its fields.
  void open_stream();
  // Until neither side has more to say.
  void exchange();

  size_t closed_streams() const { return closed_; }
  size_t content_octets() const { return content_; }  // that the client has received
  size_t wire_octets() const { return wire_; }        // in both directions

 private:
  struct Callbacks;

  void submit_request(const nghttp2_data_provider* content);
  int answer(int32_t stream_id);
  void move(nghttp2_session* from, nghttp2_session* to);
  void receive(nghttp2_session* to, const uint8_t* data, size_t size);

  static constexpr size_t kStreams = 1024;  // that may be open at once

  const Messages& messages_;
  Setting setting_;
  nghttp2_session* client_ = nullptr;
  nghttp2_session* server_ = nullptr;
  size_t left_[kStreams] = {};  // of the content that is being sent
  unsigned next_ = 0;
  size_t closed_ = 0;
  size_t content_ = 0;
  size_t wire_ = 0;
};

}  // namespace bench
