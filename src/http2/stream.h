// SPDX-License-Identifier: MIT
// One HTTP/2 stream as an http::Stream (RFC 9113 §5.1, §8).
#pragma once

#include <nghttp2/nghttp2.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/buffer.h"
#include "http/stream.h"
#include "http2/connection_config.h"
#include "http2/field_copy.h"
#include "net/loop.h"

namespace http2 {

class Connection;
struct Callbacks;

class Stream final : public http::Stream, public std::enable_shared_from_this<Stream> {
 public:
  explicit Stream(Connection* connection);

  // Where a request will stand in the tree of RFC 7540 §5.3.
  void set_place(const nghttp2_priority_spec& place) { place_ = place; }

  std::int64_t id() const override { return id_; }
  void send_head(const http::Head& head, http::End end) override;
  void send_shared_head(http::SharedHead head, http::End end) override;
  void send_body(http::Bytes chunk, http::End end) override;
  void send_source(std::unique_ptr<http::BodySource> source, http::End end) override;
  void send_trailers(const http::Fields& trailers) override;
  void reset(const http::Reason& reason) override;
  void consume(std::size_t count) override;
  std::size_t room() const override;
  std::uint64_t content_sent() const override { return content_sent_; }
  void receive_with(std::shared_ptr<http::Receiver> receiver) override;
  http::StreamPtr push(const http::Head& request) override;

 private:
  friend class Connection;
  friend struct Callbacks;

  // Sending.
  void submit_head(const http::Head& head, const FieldArray& fields, http::End end);
  void content_changed();
  void begin_wait();
  void content_moved(std::size_t count);
  std::uint64_t available() const;
  nghttp2_ssize plan_frame(std::size_t max_length, std::uint32_t& flags);
  bool take_content(std::span<std::uint8_t> out);
  // The same without a copy, if the content is of that kind and it is worth while.
  std::optional<base::Chunk> lend_content(std::size_t count);
  static nghttp2_ssize read_content(nghttp2_session* session, std::int32_t stream_id,
                                    std::uint8_t* buffer, std::size_t length, std::uint32_t* flags,
                                    nghttp2_data_source* source, void* user_data);

  // Receiving, called by the connection.
  void begin_fields();
  // Comes most often of all: inlined into its one caller.
  void add_field(std::string_view name, std::string_view value, bool sensitive,
                 const ConnectionConfig& config) {
    // RFC 9113 §6.5.2: every field costs 32 octets besides its name and value.
    section_bytes_ += name.size() + value.size() + 32;
    ++section_fields_;
    if (section_bytes_ > config.max_field_section_bytes || section_fields_ > config.max_fields) {
      drop_large_section();
    } else {
      add_received_field(head_, name, value, sensitive);
    }
  }
  void drop_large_section();
  void deliver_head(http::Head&& head, http::End end);
  void deliver_body(http::Bytes chunk, http::End end);
  void deliver_trailers();

  // Lets go of the connection and tells the receiver how it ended.
  void finish_well();
  void finish_early(const http::Reason& reason);

  // nullptr once the exchange is over.
  Connection* connection_;
  std::shared_ptr<http::Receiver> receiver_;
  std::int32_t id_ = -1;
  nghttp2_priority_spec place_{0, NGHTTP2_DEFAULT_WEIGHT, 0};

  // What the session has been lent.
  http::SharedHead lent_head_;
  base::Buffer queue_;
  std::unique_ptr<http::BodySource> source_;
  std::optional<http::Fields> trailers_;
  bool head_submitted_ = false;
  bool content_ended_ = false;
  bool deferred_ = false;
  bool wants_room_ = false;
  bool sent_end_ = false;

  http::Head head_;
  std::size_t section_bytes_ = 0;
  std::size_t section_fields_ = 0;
  bool section_too_large_ = false;
  bool head_received_ = false;
  bool received_end_ = false;
  bool is_tunnel_ = false;
  bool reset_by_peer_ = false;
  std::string failure_;
  std::optional<http::Reason> local_reason_;
  // Octets delivered and not consumed yet.
  std::size_t owed_ = 0;
  net::Clock::time_point last_received_;
  // When content has begun to wait, or enough of it has moved last, and how much since.
  net::Clock::time_point last_sent_;
  std::size_t sent_since_ = 0;
  std::uint64_t content_sent_ = 0;
};

}  // namespace http2
